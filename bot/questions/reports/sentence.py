"""A sentence that reports an exchange, taken apart: clauses, words, and how it stands to what it tells."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from bot.domain.exchanges import ExchangeKind, ExchangeLevel, Mode
from bot.questions.vocabulary import exchanges as words
from bot.questions.vocabulary.exchanges import Stance, Vocabulary, Way, Word

T = TypeVar("T")

Span = tuple[int, int]
"""From one character of the text to before another."""

_CLAUSE_ENDS = re.compile(
    r"[。，；！？!?;\n]|[,.:](?=\s|$)|\s(?:but|and then|before|after which)\s|但是?|不過|然後"
)
_ENDS_AS_QUESTION = re.compile(r"[?？]\s*$")
_UNREAL = frozenset((Stance.DENYING, Stance.PERHAPS))


def overlaps(span: Span, spans: Iterable[Span]) -> bool:
    start, end = span
    return any(start < other_end and other_start < end for other_start, other_end in spans)


class Sentence:
    """The text and its words. What lies within one of the `names` (places) is no word; 市長 behind 布拉格市 is one."""

    def __init__(self, text: str, names: Iterable[Span] = ()) -> None:
        self.text = text
        self._names = tuple(names)
        bounds = [0, *(match.end() for match in _CLAUSE_ENDS.finditer(text)), len(text)]
        self._clauses = list(pairwise(bounds))

    def _find(self, vocabulary: Vocabulary[T]) -> list[Word[T]]:
        found = vocabulary.find(self.text)
        return [w for w in found if not any(s <= w.start and w.end <= e for s, e in self._names)]

    @cached_property
    def all_kinds(self) -> list[Word[ExchangeKind]]:
        return self._find(words.kinds())

    @cached_property
    def all_events(self) -> list[Word[str]]:
        return self._find(words.events())

    @cached_property
    def modes(self) -> list[Word[Mode]]:
        return [word for word in self._find(words.modes()) if self.is_told(word)]

    @cached_property
    def levels(self) -> list[Word[ExchangeLevel]]:
        return self._find(words.levels())

    @cached_property
    def stances(self) -> list[Word[Stance]]:
        return [word for word in self._find(words.stances()) if word.value is not Stance.NOTHING]

    @cached_property
    def ways(self) -> list[Word[Way]]:
        return self._find(words.ways())

    # How it stands to what it tells

    def clause(self, at: int) -> Span:
        return next((span for span in self._clauses if span[0] <= at < span[1]), self._clauses[-1])

    def _before(self, word: Word[object], stances: Iterable[Stance]) -> bool:
        """Whether one of these stands before the word, in the same clause."""
        start, _ = self.clause(word.start)
        return any(each.value in stances and start <= each.start < word.start for each in self.stances)

    def is_told(self, word: Word[object]) -> bool:
        """Whether the word is told as a fact, of the past or to come, and is neither denied nor only thought of."""
        supposed = any(each.value is Stance.SUPPOSING and each.start < word.start for each in self.stances)
        return not supposed and not self._before(word, _UNREAL)

    def is_told_at(self, at: int) -> bool:
        return self.is_told(Word(None, at, at))

    @cached_property
    def kinds(self) -> list[Word[ExchangeKind]]:
        """What is told; of what took place and what is to come, what took place."""
        told = [word for word in self.all_kinds if self.is_told(word)]
        return told if self.is_ahead else [word for word in told if not self._before(word, {Stance.AHEAD})]

    @cached_property
    def _happenings(self) -> Sequence[Word[object]]:
        """All that can be an exchange, whatever it is, in the order of the text."""
        kinds, events, modes = self.all_kinds, self.all_events, self._find(words.modes())
        return sorted((*kinds, *events, *modes, *self.arrivals), key=lambda word: word.start)

    @cached_property
    def arrivals(self) -> list[Word[Way]]:
        """Where it says that somebody was at a place, or went to it: "Mayor of Taipei in Atlanta"."""
        people = self.levels
        return [
            way
            for way in self.ways
            if way.value in (Way.TOWARD, Way.GOING)
            and any(start >= way.end and not self.text[way.end : start].strip() for start, _ in self._names)
            and any(self.clause(way.start)[0] <= each.start < way.start for each in people)
        ]

    @property
    def tells_of_an_exchange(self) -> bool:
        return bool(self._happenings)

    @cached_property
    def unreal(self) -> Stance | None:
        """Why nothing in it took place or will: it is denied, thought of, or asked; None where something did."""
        if _ENDS_AS_QUESTION.search(self.text) or any(
            word.value is Stance.ASKED
            and (not self.text[word.start].isascii() or not self.text[: word.start].strip())
            for word in self.stances
        ):
            return Stance.ASKED
        if any(word.value is Stance.DENIED for word in self.stances):
            return Stance.DENIED
        if not self._happenings or any(self.is_told(word) for word in self._happenings):
            return None
        return Stance.DENIED if self._before(self._happenings[0], {Stance.DENYING}) else Stance.PERHAPS

    @cached_property
    def is_ahead(self) -> bool:
        """Whether all that it tells is yet to come."""
        told = [word for word in self._happenings if self.is_told(word)]
        return bool(told) and all(self._before(word, {Stance.AHEAD}) for word in told)

    @cached_property
    def is_past(self) -> bool:
        return any(word.value is Stance.PAST for word in self.stances)
