"""The registries that questions are put to, each in a database file of its own, and what the command line answers."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.app import open_desk
from bot.console.frame import speaking_for
from bot.console.questions import at_noon, document
from bot.domain.names import fold
from bot.i18n.texts import Texts
from bot.services.desk import Desk
from bot.services.questions import ask
from tests.questions.bank import ExpectedPlace, Question
from tests.questions.judging import Answer

HERE = Path(__file__).parent
GERMANY = "germany"
"""Files with this word in their name are put to the registry of German cities."""

_BUILDING = {
    "starter": (("db", "upgrade"), ("db", "seed")),
    GERMANY: (
        ("db", "upgrade"),
        ("import", "partnerships", str(HERE / "germany.csv")),
        ("import", "exchanges", str(HERE / "germany_exchanges.csv")),
        ("import", "offices", str(HERE / "germany_offices.csv")),
    ),
}


def registry_of(question: Question) -> str:
    return GERMANY if GERMANY in question.file else "starter"


class Registry:
    """A registry that is built when it is first made; `folder` is where its database stands."""

    def __init__(self, name: str, folder: Path) -> None:
        self._database = folder / f"{name}.db"
        for command in _BUILDING[name]:
            self._run(*command)
        self._names = self._read_names()

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        """What `attache ask --json` says to each, in order, without a process for each office and day."""
        return asyncio.run(self._ask(questions))

    async def _ask(self, questions: Sequence[Question]) -> list[Answer]:
        async with open_desk(self.url) as desk:
            return [await _answer(desk, question) for question in questions]

    def names_of(self, place: ExpectedPlace) -> frozenset[str]:
        """All names of the places that are called so in that country, folded."""
        return self._names.get((fold(place.name), place.country), frozenset((fold(place.name),)))

    def knows(self, place: ExpectedPlace) -> bool:
        return (fold(place.name), place.country) in self._names

    @property
    def url(self) -> str:
        return f"sqlite+aiosqlite:///{self._database}"

    def _run(self, *command: str) -> None:
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "bot", *command],
            capture_output=True,
            check=False,
            encoding="utf-8",
            env={**os.environ, "ATTACHE_DATABASE_URL": self.url},
        )
        if done.returncode:
            raise ValueError(f"attache {' '.join(command)} failed: {done.stderr.strip()}")

    def _read_names(self) -> dict[tuple[str, str], frozenset[str]]:
        """By the English name, folded, and the country."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        with sqlite3.connect(self._database) as database:
            rows = database.execute(
                "SELECT places.name_en, places.country, place_names.folded FROM places"
                " JOIN place_names ON place_names.place_id = places.id"
            )
            for name, country, folded in rows:
                found[fold(name), country or ""].update((fold(name), folded))
        database.close()
        return {key: frozenset(names) for key, names in found.items()}


async def _answer(desk: Desk, question: Question) -> Answer:
    caller = replace(await speaking_for(desk, question.office or None), language=question.language)
    there = at_noon(desk, caller, date.fromisoformat(question.today))
    return document(await ask(there, caller, question.text), Texts(question.language))
