"""What an office calls a kind of tie: written once for both languages, told where ties are counted, and its own."""

import pytest

from bot.domain.access import Role
from bot.domain.errors import AttacheError, ChangedMeanwhile
from bot.domain.kind_rules import MAX_RULE, KindRule, read_rule
from bot.domain.partner_lists import PartnerFilter
from bot.domain.partnerships import Kind
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.kind_rules import change_kind_rule
from bot.services.partner_lists import list_partners
from bot.services.partnerships import show_partner
from bot.ui.partner_lists import count_lines
from bot.ui.partnerships import partner_card
from db.sleep import erase_office
from tests.records import audit_entries, office_of, person
from tests.shell import Shell

ENGLISH, CHINESE = "A pact that our council has seen.", "經本市議會備查的盟約。"


async def administrator(desk: Desk, key: str = "kaohsiung-tw", language: str = "en") -> Caller:
    return person(await office_of(desk, key), Role.ADMINISTRATOR, language=language)


@pytest.mark.parametrize(
    ("english", "chinese", "key"),
    [
        (ENGLISH, " ", "kind_rule.one_language"),
        ("", CHINESE, "kind_rule.one_language"),
        (ENGLISH, "字" * (MAX_RULE + 1), "text.too_long"),
    ],
)
def test_a_rule_is_for_both_languages(english: str, chinese: str, key: str) -> None:
    """Half a rule, and one that is too long to stand below a list, are refused."""
    with pytest.raises(AttacheError) as refused:
        read_rule(Kind.MOU, english, chinese)
    assert refused.value.key == key


def test_a_rule_is_one_line() -> None:
    """However it was typed."""
    assert read_rule(Kind.MOU, " a\n b ", "甲") == KindRule(Kind.MOU, "a b", "甲")
    assert read_rule(Kind.MOU, "", "  ") is None


async def told(desk: Desk, caller: Caller, chosen: PartnerFilter, partner: str) -> tuple[str, str]:
    """What the count below the list says, and the card of a partner."""
    texts = Texts(caller.language)
    listed = await list_partners(desk, caller, chosen)
    card = partner_card(texts, await show_partner(desk, caller, partner))
    return "\n".join(count_lines(texts, listed)), "\n".join(str(each.value) for each in card.fields)


@pytest.mark.both_engines
async def test_own_words_stand_where_ties_are_counted(seeded_desk: Desk) -> None:
    """In the reader's language, until they are taken back; the built-in rule where one kind is asked for."""
    caller = await administrator(seeded_desk)
    one_kind = PartnerFilter(kind=Kind.SISTER_CITY)
    counted, _ = await told(seeded_desk, caller, one_kind, "Seattle")
    assert "sister city: A lasting partnership" in counted
    office = await change_kind_rule(seeded_desk, caller, Kind.SISTER_CITY, ENGLISH, CHINESE, 1)
    for language, words in (("en", f"sister city: {ENGLISH}"), ("zh-TW", f"姊妹市：{CHINESE}")):
        reader = person(office, language=language)
        for chosen in (PartnerFilter(), one_kind):
            counted, card = await told(seeded_desk, reader, chosen, "Seattle")
            assert words in counted
            assert words in card
    other = await administrator(seeded_desk, "taipei-tw")
    elsewhere = await list_partners(seeded_desk, other, PartnerFilter(home_id=office.place.id))
    assert ENGLISH not in "\n".join(count_lines(Texts("en"), elsewhere))
    again = person(office, Role.ADMINISTRATOR)
    office = await change_kind_rule(seeded_desk, again, Kind.SISTER_CITY, "", "", office.version)
    assert office.kind_rules == {}


async def test_a_change_is_in_the_trail_and_takes_turns(seeded_desk: Desk) -> None:
    """With both texts; whoever had read an earlier one is told what has changed; who may not is refused."""
    caller = await administrator(seeded_desk)
    await change_kind_rule(seeded_desk, caller, Kind.MOU, ENGLISH, CHINESE, 1)
    (entry,) = [each for each in await audit_entries(seeded_desk) if each.action == "office.settings"]
    assert entry.before == {"kind_rule_mou": None}
    assert entry.after == {"kind_rule_mou": [ENGLISH, CHINESE], "version": 2}
    with pytest.raises(ChangedMeanwhile):
        await change_kind_rule(seeded_desk, caller, Kind.MOU, "Another", "另一個", 1)
    assert caller.office is not None
    with pytest.raises(AttacheError, match="role_too_weak"):
        await change_kind_rule(
            seeded_desk, person(caller.office, Role.EDITOR), Kind.MOU, "Another", "另一個", 2
        )


async def test_they_go_with_the_office(seeded_desk: Desk) -> None:
    """They are nobody else's."""
    caller = await administrator(seeded_desk)
    office = await change_kind_rule(seeded_desk, caller, Kind.MOU, ENGLISH, CHINESE, 1)
    async with seeded_desk.database.write() as session:
        assert (await erase_office(session, office.id))["kind_rules"] == 1
    assert (await office_of(seeded_desk, "kaohsiung-tw")).kind_rules == {}


def test_the_operator_writes_them_too(shell: Shell) -> None:
    """Lists all kinds, writes one, goes back; half a command is told."""
    listed = shell("office", "kinds", "高雄")
    assert len(listed.stdout.splitlines()) == len(Kind)
    written = shell("office", "kinds", "高雄", "mou", "--en", ENGLISH, "--zh", CHINESE)
    assert written.stdout.splitlines() == ["“memorandum” as Kaohsiung has it", ENGLISH, CHINESE]
    assert f"合作備忘錄：{CHINESE}（高雄市自訂）" in shell(
        "office", "kinds", "高雄", "--language", "zh-TW"
    ).stdout.replace("_", "")
    assert shell("office", "kinds", "高雄", "--built-in").returncode == 1
    assert "built-in rule" in shell("office", "kinds", "高雄", "mou", "--built-in").stdout
    assert ENGLISH not in shell("office", "kinds", "高雄").stdout
