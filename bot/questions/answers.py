"""An answer, as data: what was found, on which records it rests, and the sentences to be said, by their keys."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from bot.domain.access import Scope
from bot.domain.dates import PartialDate
from bot.domain.places import Place


class Outcome(StrEnum):
    ANSWERED = "answered"
    NO_RECORD = "no_record"
    AMBIGUOUS = "ambiguous"
    NOT_UNDERSTOOD = "not_understood"


class AnswerKind(StrEnum):
    DATE = "date"
    NUMBER = "number"
    BOOLEAN = "boolean"
    PLACES = "places"
    RECORDS = "records"
    TEXT = "text"


Value = PartialDate | int | float | bool | str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence: the key of its text, the values in it, and the lines of the list that it heads."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    items: Sequence["Statement"] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered. `statements` come first to last; `places` are the answer, not the subject (reading 10).

    `records` are the numbers that it rests on, and `scopes` who may see those.
    """

    outcome: Outcome
    kind: AnswerKind
    statements: Sequence[Statement]
    value: Value = None
    places: Sequence[Place] = ()
    records: Sequence[str] = ()
    scopes: frozenset[Scope] = frozenset()
    parts: Sequence["Answer"] = ()
    """Where two questions were put: the answer to each, of which this one has all."""

    def followed_by(self, *statements: Statement) -> "Answer":
        return replace(self, statements=(*self.statements, *statements))

    def preceded_by(self, *statements: Statement) -> "Answer":
        return replace(self, statements=(*statements, *self.statements))


def both_told(first: Answer, second: Answer) -> Answer:
    """The answers to two questions in one; the value is that of the first that has one, a yes or no after others."""
    valued = next((each for each in (first, second) if not isinstance(each.value, bool | None)), first)
    valued = valued if valued.value is not None else second
    return Answer(
        Outcome.ANSWERED if Outcome.ANSWERED in (first.outcome, second.outcome) else second.outcome,
        valued.kind,
        (*first.statements, *second.statements),
        valued.value,
        once((*first.places, *second.places)),
        once((*first.records, *second.records)),
        first.scopes | second.scopes,
        (first, second),
    )


def sentence(key: str, items: Iterable[Statement] = (), **values: Any) -> Statement:
    """A sentence by its key, with what stands in it."""
    return Statement(key, values, tuple(items))


def once(things: Iterable[Any]) -> tuple[Any, ...]:
    """Each once, in order; places by their ids."""
    return tuple({getattr(thing, "id", thing): thing for thing in things}.values())
