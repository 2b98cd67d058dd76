"""The registries that questions are put to, each in a database file of its own, and the command line as their door."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from bot.domain.names import fold
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
        """The answers; the questions are of one language, office and day. Raises `ValueError` if any is missing."""
        first = questions[0]
        options = ["--language", first.language, "--today", first.today]
        options += ["--office", first.office] if first.office else []
        asked = "".join(f"{question.text}\n" for question in questions)
        printed = self._run("ask", "-", "--json", *options, given=asked)
        answers = [json.loads(line) for line in printed.split("\n") if line.strip()]
        if len(answers) != len(questions):
            raise ValueError(f"{len(questions)} questions, {len(answers)} answers: {options}")
        return answers

    def names_of(self, place: ExpectedPlace) -> frozenset[str]:
        """All names of the places that are called so in that country, folded."""
        return self._names.get((fold(place.name), place.country), frozenset((fold(place.name),)))

    def knows(self, place: ExpectedPlace) -> bool:
        return (fold(place.name), place.country) in self._names

    def _run(self, *command: str, given: str = "") -> str:
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "bot", *command],
            input=given,
            capture_output=True,
            check=False,
            encoding="utf-8",
            env={**os.environ, "ATTACHE_DATABASE_URL": f"sqlite+aiosqlite:///{self._database}"},
        )
        if done.returncode:
            raise ValueError(f"attache {' '.join(command)} failed: {done.stderr.strip()}")
        return done.stdout

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
