"""A person's name in free text: found however it was written, and nowhere else."""

import pytest

from bot.domain.privacy import CHINESE_MARK, MARK, SHORT_MARK, Sought, usable


@pytest.mark.parametrize(
    ("names", "text", "without"),
    [
        (["Ann Lee"], "met Ann Lee, ANN LEE and ann  lee", f"met {MARK}, {MARK} and {MARK}"),
        (["Ann Lee"], "ＡＮＮ　ＬＥＥ\nand Ann\nLee", f"{MARK}\nand {MARK}"),
        (["Ann"], "Ann's Anniversary, Joanne, Ann-Marie", f"{MARK}'s Anniversary, Joanne, {MARK}-Marie"),
        (["Ann Lee"], "與Ann Lee會面", f"與{MARK}會面"),
        (["Ann Lee"], "AnnLee and Ann Leeds", "AnnLee and Ann Leeds"),
        (["Chloé"], "Chloe, CHLOÉ, Chloe\u0301.", f"{MARK}, {MARK}, {MARK}."),
        (["O'Brien"], "O’Brien, O'BRIEN", f"{MARK}, {MARK}"),
        (["Øystein"], "oystein og Øystein", f"{MARK} og {MARK}"),
        (["Иван"], "Иван и Иванов", f"{MARK} и Иванов"),
        (["J. K. Smith"], "J.K. Smith", MARK),
        (["王小明"], "王小明市長與王 小明、王　小明", f"{CHINESE_MARK}市長與{CHINESE_MARK}、{CHINESE_MARK}"),
        (["安・李"], "安·李來訪", f"{CHINESE_MARK}來訪"),
        (["台小明"], "臺小明", CHINESE_MARK),
        (["Ann Lee", "李安"], "李安（Ann Lee）", f"{CHINESE_MARK}（{MARK}）"),
        (["Ann", "Ann Lee"], "Ann Lee and Ann", f"{MARK} and {MARK}"),
        (["김철수"], "김철수는", f"{MARK}는"),
        (["ann lee"], "A\u200bnn Lee\ufe0f!", f"{MARK}!"),
    ],
)
def test_a_name_is_erased_however_it_is_written(names: list[str], text: str, without: str) -> None:
    """Case, width, accents, spaces and punctuation do not matter; a word is not a part of another one."""
    sought = Sought.named(*names)
    assert sought.without(text) == without
    assert sought.hits(text) == (without != text)
    assert not sought.hits(without)


def test_what_has_nothing_of_the_person_stays_letter_by_letter() -> None:
    """Not even its normal form changes: e and an accent stay two characters."""
    text = "Cafe\u0301 with Bo\u200b, 5 people"
    assert Sought.named("Ann Lee").without(text) is text


def test_json_is_searched_to_its_depth() -> None:
    """Every text in it, with the way to it; keys, numbers and nothing stay."""
    document = {"title": "Ann Lee", "sources": ["x", "by Ann Lee"], "people": 6, "note": None, "ok": True}
    sought = Sought.named("Ann Lee")
    assert list(sought.traces(document, "after")) == [
        ("after.title", "Ann Lee"),
        ("after.sources.1", "by Ann Lee"),
    ]
    assert sought.without(document) == document | {"title": MARK, "sources": ["x", f"by {MARK}"]}


def test_a_mark_that_does_not_fit_is_short() -> None:
    """A name of two letters in a full column leaves no room for the mark; nothing else of the text is lost."""
    text = "x" * 8 + " Li"
    assert Sought.named("Li").without(text, 11) == "x" * 8 + f" {SHORT_MARK}"
    assert Sought.named("Li").without(text, 40) == "x" * 8 + f" {MARK}"


def test_a_user_is_found_by_id_and_shown_nothing_else() -> None:
    """As a number in JSON and as a mention in a text; of the text around it only the id is given."""
    sought = Sought.user(123456789012345678)
    document = {
        "by": 123456789012345678,
        "text": ["asked <@123456789012345678>", "1234567890123456789"],
        "n": True,
    }
    assert list(sought.traces(document, "after")) == [
        ("after.by", "123456789012345678"),
        ("after.text.0", "123456789012345678"),
    ]
    left = sought.without(document)
    assert left == {"by": None, "text": [f"asked <@{MARK}>", "1234567890123456789"], "n": True}


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("Li", True), ("王明", True), ("Ann Lee 3rd", True), ("x" * 100, True),
        ("A", False), ("王", False), ("", False), ("  ", False), ("...", False), ("x" * 101, False),
        ("2026", False), ("erased", False), ("[erased]", False), ("已刪除", False), ("刪除", False),
    ],
)  # fmt: skip
def test_which_names_can_be_looked_for(name: str, good: bool) -> None:
    """What would be found everywhere, or in the marks themselves for ever, is refused."""
    assert usable(name) is good
