"""Rules on the parts of a question: each of them decides something, or it need not be there."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.app import open_desk
from bot.domain.places import Place
from bot.questions.outcomes import Reading
from bot.questions.parser import parse
from bot.questions.parts.rules import InOrder, Rule
from bot.questions.parts.spans import Span
from bot.questions.senses import order as senses
from bot.questions.text.normal import Token
from bot.questions.vocabulary.lexicon import Lexicon
from bot.services.lexicon import names_of
from bot.services.offices import all_offices
from tests.questions.alike import HERE, TODAY, read_blocks
from tests.questions.asked_registry import Registry, registry_of
from tests.questions.bank import read_questions
from tests.questions.crossed import questions_of, read_lines
from tests.questions.test_bank import BANK

_OF_EACH_LINE = 20
"""So many crossed questions that each framing and arrangement comes up."""

LISTS = ("_IN_EITHER", "_IN_ENGLISH", "_IN_CHINESE", "_AT_LAST")

Ask = Callable[[], Reading]


class Watched:
    """The rules as they are asked: which of them changed something, and which one is left out."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.rules: list[Rule] = [rule for name in LISTS for rule in getattr(senses, name).rules]
        self.changed: set[Rule] = set()
        self.without: Rule | None = None
        where = InOrder.where
        patch.setattr(InOrder, "where", lambda rules, written: map(self._watched, where(rules, written)))

    def _watched(self, rule: Rule) -> Rule:
        def asked(spans: list[Span], tokens: Sequence[Token]) -> None:
            if rule is self.without:
                return
            before = list(spans)
            rule(spans, tokens)
            if spans != before:
                self.changed.add(rule)

        return asked


async def _known(registry: Registry) -> tuple[Lexicon, dict[str, Place]]:
    """The names of a registry, and the places of its offices."""
    async with open_desk(registry.url) as desk:
        async with desk.database.read() as session:
            names = await names_of(session)
        return names.lexicon, {office.place.name_en: office.place for office in await all_offices(desk)}


def _all_questions(folder: Path) -> Iterator[Ask]:
    """Those of the bank, of the sets that have been seen, of the blocks, and some of those that are crossed."""
    known = {name: asyncio.run(_known(Registry(name, folder))) for name in ("starter", "germany")}
    for file in (*BANK.glob("*.csv"), *HERE.glob("seen_*.csv")):
        for each in read_questions(file):
            lexicon, offices = known[registry_of(each)]
            home, today = offices.get(each.office), date.fromisoformat(each.today)
            yield lambda e=each, x=lexicon, t=today, h=home: parse(e.text, x, t, h)  # type: ignore[misc]
    lexicon, offices = known["starter"]
    for file in HERE.glob("alike_*.txt"):
        for text in (line for block in read_blocks(file) for line in block):
            yield lambda q=text: parse(q, lexicon, TODAY.date(), offices["Kaohsiung"])  # type: ignore[misc]
    for line in (line for file in HERE.glob("crossed_*.txt") for line in read_lines(file)):
        for text, _ in questions_of(line, _OF_EACH_LINE, "test"):
            yield lambda q=text: parse(q, lexicon, TODAY.date(), offices["Kaohsiung"])  # type: ignore[misc]


@pytest.mark.proof
def test_each_decides_something(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is a question that is read otherwise without it; one whose only use is gone is to be deleted."""
    questions = list(_all_questions(tmp_path))
    watched = Watched(monkeypatch)
    idle = set(watched.rules)
    for read in questions:
        watched.changed, watched.without = set(), None
        reading = read()
        for rule in watched.changed & idle:
            watched.without = rule
            if read() != reading:
                idle.discard(rule)
    assert sorted(f"{rule.__module__}.{rule.__name__}" for rule in idle) == []
