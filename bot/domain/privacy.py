"""Finding a person in what was typed, however their name was written, and putting a mark in its place."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any

from bot.domain.names import clean, fold

MARK, CHINESE_MARK = "[erased]", "[已刪除]"
"""What stands in the place of a name, after the script that the name was written in."""

SHORT_MARK = "…"
"""The mark where a column has no room for a longer one; no name is shorter."""

MARKS = frozenset((MARK, CHINESE_MARK, SHORT_MARK))

SHORTEST, LONGEST = 2, 100
"""How many letters a name must have, and how many characters it may have. One letter is found everywhere."""

_JOINED = "0-9a-z\u00df-\u02af\u0370-\u03ff\u0400-\u052f\u1e00-\u1fff"
"""Folded letters of scripts that set words apart, and digits: a name in them is a word, not a part of one."""

_HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_IS_JOINED = re.compile(f"[{_JOINED}]")


def usable(name: str) -> bool:
    """Whether a name can be looked for: long enough, not too long, no mere number, and not found in the marks."""
    letters = fold(clean(name)).replace(" ", "")
    if len(clean(name)) > LONGEST or len(letters) < SHORTEST or letters.isdecimal():
        return False
    sought = Sought.named(name)
    return not any(sought.hits(mark) for mark in (MARK, CHINESE_MARK))


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom one looks for: a person by the spellings of their name, or a Discord user by their id."""

    pattern: re.Pattern[str]
    user_id: int | None = None

    @classmethod
    def named(cls, *names: str) -> "Sought":
        """By name, in any of these spellings; all of them must be `usable`.

        Case, width, accents and punctuation do not matter, nor the kind and number of spaces. A name in Latin, Greek
        or Cyrillic letters is found as whole words: Ann is not in Anniversary. Others are found wherever they stand,
        with or without spaces in them, as Chinese sets no words apart.
        """
        folded = sorted({fold(clean(name)) for name in names} - {""}, key=lambda name: (-len(name), name))
        assert folded, "without a name everything would be found"
        return cls(re.compile("|".join(map(_pattern, folded))))

    @classmethod
    def user(cls, user_id: int) -> "Sought":
        """By Discord user id: as a number in what the audit trail keeps, and in texts, where a mention has it."""
        return cls(re.compile(_pattern(str(user_id))), user_id)

    def hits(self, value: Any) -> bool:
        """Whether the person stands in a value: a text, a number, or plain JSON of whatever depth."""
        match value:
            case str():
                return bool(self.pattern.search(fold(value))) and any(_places(self.pattern, value))
            case dict():
                return any(self.hits(inner) for inner in value.values())
            case list():
                return any(self.hits(inner) for inner in value)
            case int():
                return self.user_id is not None and value == self.user_id
            case _:
                return False

    def without(self, value: Any, longest: int | None = None) -> Any:
        """The value with a mark wherever the person stood, in at most `longest` characters; a user's id becomes None.

        A text that has nothing of the person in it stays as it is, letter by letter.
        """
        match value:
            case str() if self.hits(value):
                text = _marked(self.pattern, value, short=False)
                if longest is not None and len(text) > longest:
                    text = _marked(self.pattern, value, short=True)[:longest]
                return text
            case dict():
                return {key: self.without(inner) for key, inner in value.items()}
            case list():
                return [self.without(inner) for inner in value]
            case int() if self.hits(value):
                return None
            case _:
                return value

    def traces(self, value: Any, field: str) -> Iterator[tuple[str, str]]:
        """Each text that the person stands in, with where it is: `summary`, or `after.sources.0` within JSON.

        Of a user who was looked for by id nothing is given but the id: what stands around it is others' business.
        """
        match value:
            case dict():
                for key, inner in value.items():
                    yield from self.traces(inner, f"{field}.{key}")
            case list():
                for index, inner in enumerate(value):
                    yield from self.traces(inner, f"{field}.{index}")
            case _ if self.hits(value):
                yield field, str(value) if self.user_id is None else str(self.user_id)


def _pattern(folded: str) -> str:
    """A name in its folded form as a pattern over folded texts."""
    letters = folded.replace(" ", "")
    spaced = {len(before.replace(" ", "")) for before in _heads(folded)}
    parts = [re.escape(letters[0])]
    for index, (left, right) in enumerate(pairwise(letters), 1):
        both_joined = _IS_JOINED.match(left) and _IS_JOINED.match(right)
        parts.append((" " if index in spaced else "") if both_joined else " ?")
        parts.append(re.escape(right))
    before = f"(?<![{_JOINED}])" if _IS_JOINED.match(letters[0]) else ""
    after = f"(?![{_JOINED}])" if _IS_JOINED.match(letters[-1]) else ""
    return before + "".join(parts) + after


def _heads(folded: str) -> Iterator[str]:
    """What stands before each space."""
    for index, letter in enumerate(folded):
        if letter == " ":
            yield folded[:index]


@cache
def _fold_letter(letter: str) -> str:
    """What one character becomes when it is folded amid letters: a space, letters, or nothing."""
    return fold(f"x{letter}x")[1:-1]


def _places(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where in a text, as NFC writes it, the pattern is found in its folded form: begin and end."""
    composed = unicodedata.normalize("NFC", text)
    letters: list[str] = []
    origins: list[int] = []
    for index, letter in enumerate(composed):
        for folded in _fold_letter(letter):
            if folded != " " or (letters and letters[-1] != " "):
                letters.append(folded)
                origins.append(index)
    for found in pattern.finditer("".join(letters)):
        end = origins[found.end() - 1] + 1
        while end < len(composed) and _fold_letter(composed[end]) == "":
            end += 1  # marks that belong to the last letter
        yield origins[found.start()], end


def _marked(pattern: re.Pattern[str], text: str, *, short: bool) -> str:
    composed = unicodedata.normalize("NFC", text)
    parts, done = [], 0
    for begin, end in _places(pattern, text):
        long_mark = CHINESE_MARK if _HAN.search(composed[begin:end]) else MARK
        parts += [composed[done:begin], SHORT_MARK if short else long_mark]
        done = end
    return "".join([*parts, composed[done:]])


class Kept(StrEnum):
    """What is kept about a person or for an office, as receipts count it."""

    PREFERENCES = "preferences"
    DRAFTS = "drafts"
    PARTNERSHIPS = "partnerships"
    EXCHANGES = "exchanges"
    CONTACTS = "contacts"
    PRESSURE = "pressure"
    REMINDERS = "reminders"
    AUDIT = "audit"
    PLACES = "places"
    GROUPS = "groups"
    CHANNELS = "channels"
    ROLES = "roles"
    KIND_RULES = "kind_rules"
    STEPS = "steps"
    QUESTIONS = "questions"
    LESSONS = "lessons"


@dataclass(frozen=True, slots=True)
class Trace:
    """One place where a person stands: in which record (`X40`, `audit:17`), in which field, and what it says."""

    kept: Kept
    record: str
    field: str
    text: str


Counts = Mapping[Kept, int]


def counted(kept: Iterable[Kept]) -> Counts:
    """How many there are of each, in the order of the vocabulary."""
    found = Counter(kept)
    return {each: found[each] for each in Kept if found[each]}
