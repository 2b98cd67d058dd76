"""The tables of the grammar: every word stands for something that the rules know, and both languages say the same."""

import tomllib
from enum import StrEnum
from importlib.resources import files

import pytest

from bot.domain.dormancy import Contact
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, Mode
from bot.domain.partnerships import Status
from bot.domain.places import Level
from bot.domain.regions import Region
from bot.questions import grammar
from bot.questions.conditions import Event, KindWord
from bot.questions.grammar import table, variants
from bot.questions.outcomes import Topic
from bot.questions.query import Per

WORDS: dict[str, type[StrEnum]] = {
    "kind": KindWord, "kinds": ExchangeKind, "mode": Mode, "level": ExchangeLevel, "event": Event,
    "status": Status, "per": Per, "scope": Topic, "places": Level,
}  # fmt: skip


MOST_VARIANTS = 3000


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


@pytest.mark.parametrize(
    "name",
    [
        "en",
        "en_words",
        "en_office",
        "zh",
        "zh_talk",
        "zh_met",
        "zh_words",
        "zh_office",
        "exchanges",
        "places",
    ],
)
def test_no_line_stands_for_thousands(name: str) -> None:
    """Several choices in one line multiply, and every process reads them all before its first answer."""
    text = files(grammar.__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    cells = [cell for cells in tomllib.loads(text).values() for cell in cells.values()]
    lines = [line for cell in cells if isinstance(cell, str) for line in cell.split(",")]
    assert lines
    assert [line for line in lines if sum(1 for _ in variants(line)) > MOST_VARIANTS] == []
