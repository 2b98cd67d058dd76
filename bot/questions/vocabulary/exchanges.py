"""The words for exchanges in running text: what it was, how, who met, about what, and how the sentence stands to it.

    [(word.value, text[word.start : word.end]) for word in topics().find(text)]

The words themselves are data, in `grammar/exchanges.toml`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import Generic, TypeVar

from bot.domain.exchanges import ExchangeKind, ExchangeLevel, Mode
from bot.domain.profiles import TOPIC_WORDS, Topic
from bot.questions.grammar import table
from bot.questions.text.letters import plain_letters

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Word(Generic[T_co]):
    """A word of a vocabulary in a text, from `start` to before `end`."""

    value: T_co
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


class Vocabulary(Generic[T_co]):
    """Phrases and what each stands for. The longest that fits counts, and none overlaps another.

    English ones are whole words, singular or plural; Chinese ones may stand anywhere.
    """

    def __init__(self, phrases: Iterable[tuple[str, T_co]]) -> None:
        plain = sorted(
            {(plain_letters(phrase), value) for phrase, value in phrases}, key=lambda each: each[0]
        )
        self._by_letter: Mapping[str, Sequence[tuple[str, T_co]]] = {
            letter: sorted(group, key=lambda each: -len(each[0]))
            for letter, group in groupby(plain, key=lambda each: each[0][0])
        }

    def find(self, text: str) -> list[Word[T_co]]:
        plain, found, at = plain_letters(text), list[Word[T_co]](), 0
        while at < len(plain):
            word = self._at(plain, at)
            if word is not None:
                found.append(word)
            at = word.end if word is not None else at + 1
        return found

    def _at(self, plain: str, start: int) -> Word[T_co] | None:
        if _joined(plain, start):
            return None
        for phrase, value in self._by_letter.get(plain[start], ()):
            if plain.startswith(phrase, start):
                for ending in ("", "s", "es"):
                    end = start + len(phrase) + len(ending)
                    if plain.startswith(ending, end - len(ending)) and not _joined(plain, end):
                        return Word(value, start, end)
        return None


def _joined(plain: str, at: int) -> bool:
    """Whether the letters before and at this place are of one English word."""
    return 0 < at < len(plain) and _is_latin(plain[at - 1]) and _is_latin(plain[at])


def _is_latin(letter: str) -> bool:
    return letter.isalnum() and letter < "\u2e80"


class Stance(StrEnum):
    """How a sentence stands to what it tells."""

    DENIED = "denied"
    """It says that it did not take place."""
    DENYING = "denying"
    """The same, where it comes before the word for the exchange."""
    PERHAPS = "perhaps"
    """It is thought of, where this comes before the word for the exchange."""
    SUPPOSING = "supposing"
    """The same for all that comes behind it, in whatever part of the sentence."""
    AHEAD = "ahead"
    PAST = "past"
    ASKED = "asked"
    NOTHING = "nothing"
    """Holds a word of the others, and means something else."""


class Way(StrEnum):
    """Who went to whom."""

    TOWARD = "toward"
    """Right before the place where somebody went."""
    FROM = "from"
    """Right before the place where they came from."""
    RECEIVING = "receiving"
    """We received somebody."""
    GOING = "going"
    """We went."""
    EITHER = "either"
    """Holds a word of the others, and does not say who went."""


E_ = TypeVar("E_", bound=StrEnum)


def _section(section: str, words: type[E_]) -> Vocabulary[E_]:
    cells = table("exchanges")[section]
    return Vocabulary((phrase, words(name)) for name, cell in cells.items() for phrase in cell)


@cache
def kinds() -> Vocabulary[ExchangeKind]:
    return _section("kinds", ExchangeKind)


@cache
def modes() -> Vocabulary[Mode]:
    return _section("modes", Mode)


@cache
def levels() -> Vocabulary[ExchangeLevel]:
    return _section("levels", ExchangeLevel)


@cache
def topics() -> Vocabulary[Topic]:
    """Also what the fields of forms take for a topic."""
    own = ((phrase, Topic(name)) for name, cell in table("exchanges")["topics"].items() for phrase in cell)
    typed = ((word, topic) for topic, words in TOPIC_WORDS.items() for word in words.split())
    return Vocabulary([*own, *typed])


@cache
def events() -> Vocabulary[str]:
    """Words that say that something took place, without saying what it was."""
    return Vocabulary(
        (phrase, name) for name, cell in table("exchanges")["events"].items() for phrase in cell
    )


@cache
def stances() -> Vocabulary[Stance]:
    return _section("stances", Stance)


@cache
def ways() -> Vocabulary[Way]:
    return _section("ways", Way)
