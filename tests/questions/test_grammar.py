"""The tables of the grammar: every word stands for something that the rules know, and both languages say the same."""

from enum import StrEnum

import pytest

from bot.domain.dormancy import Contact
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, Mode
from bot.domain.partnerships import Status
from bot.domain.places import Level
from bot.domain.regions import Region
from bot.questions.conditions import Event, KindWord
from bot.questions.grammar import table, variants
from bot.questions.outcomes import Topic
from bot.questions.query import Per

WORDS: dict[str, type[StrEnum]] = {
    "kind": KindWord, "kinds": ExchangeKind, "mode": Mode, "level": ExchangeLevel, "event": Event,
    "status": Status, "per": Per, "scope": Topic, "places": Level,
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("section", WORDS)
def test_words_are_of_the_vocabulary(language: str, section: str) -> None:
    known = {word.value for word in WORDS[section]}
    assert set(table(language).get(section, {})) <= known


@pytest.mark.parametrize("language", ["en", "zh"])
def test_states_are_those_of_ties(language: str) -> None:
    assert set(table(language)["state"]) - {"overdue"} <= {state.value for state in Contact}


def test_both_languages_ask_the_same() -> None:
    """What can be asked in one can be asked in the other."""
    english, chinese = table("en"), table("zh")
    assert set(english) - set(chinese) == {"hearsay"}, "in Chinese a word for it asks by itself"
    assert set(chinese) - set(english) == set()
    for section in ("ask", "kind", "event", "status", "state", "order", "people", "anniversary", "logic"):
        assert set(english[section]) == set(chinese[section]), section


def test_parts_of_the_world_are_known() -> None:
    tables = table("places")
    assert set(tables["regions"]) == {region.value for region in Region}
    assert {part for parts in tables["parts"] for part in parts.split()} <= {r.value for r in Region}


@pytest.mark.parametrize(
    ("phrase", "written_out"),
    [
        ("sister (city|town)", ["sister city", "sister town"]),
        ("[the] six", ["six", "the six"]),
        ("(姊|姐)妹[市|城]", ["姊妹", "姊妹市", "姊妹城", "姐妹", "姐妹市", "姐妹城"]),
    ],
)
def test_phrases_are_written_out(phrase: str, written_out: list[str]) -> None:
    assert list(variants(phrase)) == written_out
