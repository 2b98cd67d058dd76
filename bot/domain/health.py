"""How well a tie is kept: points for reasons, all of them told, and what would raise them most.

What counts is what was done in the last five years (`WINDOW_MONTHS`): longer than the term of a mayor, so that
everybody who took office since has had the time to meet. More contact never lowers a score.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from bot.domain.agreements import Commitment
from bot.domain.contacts import Contact as Person
from bot.domain.dates import add_months
from bot.domain.dormancy import LADDER, Contact, Quietness
from bot.domain.errors import BadInput
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeLevel, ExchangeStatus, LastContact
from bot.domain.profiles import topic_of

WINDOW_MONTHS = 60
ENOUGH_EXCHANGES = 2
"""With fewer held exchanges on record a tie is not scored: one alone says nothing of both sides or of variety."""

MUCH_VARIETY, MANY_PEOPLE = 5, 3
"""So many kinds and topics together, and so many contacts in office, are worth all the points."""

TOLD = 3
"""Records named for one reason."""


class Aspect(StrEnum):
    """What a tie is judged by."""

    RECENCY = "recency"
    RECIPROCITY = "reciprocity"
    LEVELS = "levels"
    VARIETY = "variety"
    LEADERS = "leaders"
    COMMITMENTS = "commitments"
    PEOPLE = "people"


Weights = Mapping[Aspect, int]

WHOLE = 100
"""What the weights come to, and the highest score."""

DEFAULT_WEIGHTS: Weights = {
    Aspect.RECENCY: 30,
    Aspect.RECIPROCITY: 15,
    Aspect.LEVELS: 15,
    Aspect.VARIETY: 10,
    Aspect.LEADERS: 10,
    Aspect.COMMITMENTS: 10,
    Aspect.PEOPLE: 10,
}
"""Contact weighs most, as a tie without any is none. Visits both ways and both levels follow: what is carried by one
side or one level alone ends with it. The others show breadth, and count alike for want of a reason to rank them."""


def read_weights(weights: Weights) -> Weights:
    """Weights that somebody chose, one for each aspect; 0 leaves it out.

    Raises `BadInput`: `health.weight_out_of_range`, `health.weights_sum` where they do not come to `WHOLE`.
    """
    for aspect, weight in weights.items():
        if not 0 <= weight <= WHOLE:
            raise BadInput("health.weight_out_of_range", aspect=aspect, number=weight, most=WHOLE)
    if (total := sum(weights.values())) != WHOLE:
        raise BadInput("health.weights_sum", total=total, whole=WHOLE)
    return weights


@dataclass(frozen=True, slots=True)
class Line:
    """Points for one reason. `why` is the word for it, `values` what it names, `records` what it rests on.

    `gain` is what the next step would add: one more exchange, visit, promise kept or person.
    """

    aspect: Aspect
    points: int
    out_of: int
    why: str
    records: Sequence[str] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    gain: int = 0


class Unscored(StrEnum):
    """Why there is no score."""

    ENDED = "ended"
    PAUSED = "paused"
    TOO_LITTLE = "too_little"
    NOTHING_COUNTS = "nothing_counts"
    """All that the weights leave room for is hidden, or does not apply."""


@dataclass(frozen=True, slots=True)
class Health:
    """The points of a tie, or why it has none. `left_out` are aspects that do not apply or are not shown; the others
    share their weight. `held` is how many held exchanges are on record."""

    lines: Sequence[Line] = ()
    left_out: Sequence[Aspect] = ()
    unscored: Unscored | None = None
    held: int = 0

    @property
    def score(self) -> int | None:
        """From 0 to 100: the sum of the points."""
        return None if self.unscored else sum(line.points for line in self.lines)

    @property
    def advice(self) -> Line | None:
        """The line of which the next step would raise the score most; None where none would."""
        best = max(self.lines, key=lambda line: line.gain, default=None)
        return best if best and best.gain else None


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody may see of a tie: nothing else moves the score that they are shown.

    `quiet` is None where no act stands, `people` the contacts at the partner, None where they are not to be counted.
    `own_ids` are the places of the near side, `commitments` the promises with the record numbers of their acts.
    """

    quiet: Quietness | None
    last: LastContact | None
    exchanges: Sequence[Exchange]
    own_ids: Collection[int]
    commitments: Sequence[tuple[str, Commitment]] = ()
    people: Sequence[Person] | None = None


def health(known: Known, today: date, weights: Weights = DEFAULT_WEIGHTS) -> Health:
    """The health of a tie on the office's day. `weights` come to `WHOLE`; what weighs nothing is not told."""
    held = [each for each in known.exchanges if each.status is ExchangeStatus.HELD]
    if (why := _unscored(known, held)) is not None:
        return Health(unscored=why, held=len(held))
    since = add_months(today, -WINDOW_MONTHS)
    recent = [each for each in held if (each.end_date or each.date).latest() >= since]
    judged = {
        aspect: found
        for aspect, judge in _JUDGES.items()
        if weights.get(aspect) and (found := judge(known, recent, today)) is not None
    }
    left_out = [aspect for aspect in Aspect if weights.get(aspect) and aspect not in judged]
    if not judged:
        return Health(left_out=left_out, unscored=Unscored.NOTHING_COUNTS, held=len(held))
    shares = shared_out({aspect: weights[aspect] for aspect in judged})
    return Health(
        [_line(aspect, shares[aspect], found) for aspect, found in judged.items()], left_out, None, len(held)
    )


def _unscored(known: Known, held: Sequence[Exchange]) -> Unscored | None:
    if known.quiet is None:
        return Unscored.ENDED
    if known.quiet.state is Contact.PAUSED:
        return Unscored.PAUSED
    return Unscored.TOO_LITTLE if known.last is None or len(held) < ENOUGH_EXCHANGES else None


def shared_out(weights: Weights) -> dict[Aspect, int]:
    """These weights, stretched so that they come to `WHOLE`: what rounding leaves goes to the largest remainders."""
    total = sum(weights.values())
    exact = {aspect: Fraction(weight * WHOLE, total) for aspect, weight in weights.items()}
    shares = {aspect: int(share) for aspect, share in exact.items()}
    by_remainder = sorted(exact, key=lambda aspect: exact[aspect] - shares[aspect], reverse=True)
    for aspect in by_remainder[: WHOLE - sum(shares.values())]:
        shares[aspect] += 1
    return shares


# Judging -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Judged:
    """Which part of an aspect a tie has, which it would have after the next step, and why."""

    part: Fraction
    then: Fraction
    why: str
    records: Sequence[str] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


_Judge = Callable[[Known, Sequence[Exchange], date], _Judged | None]


def _line(aspect: Aspect, out_of: int, found: _Judged) -> Line:
    points, then = _points(found.part, out_of), _points(found.then, out_of)
    return Line(aspect, points, out_of, found.why, found.records[:TOLD], found.values, then - points)


def _points(part: Fraction, out_of: int) -> int:
    return int(part * out_of + Fraction(1, 2))


def _up_to(number: int, enough: int) -> Fraction:
    return Fraction(min(number, enough), enough)


def _recency(known: Known, _: Sequence[Exchange], today: date) -> _Judged:
    """All of it within the cadence, and down to nothing where a tie is stale."""
    assert known.quiet is not None
    assert known.last is not None
    last, cadence = known.last, known.quiet.cadence_months
    day = last.date.latest()
    due, stale = add_months(day, cadence), add_months(day, LADDER[Contact.STALE] * cadence)
    values = {"last": last.date, "n": cadence, "since": due + timedelta(days=1)}
    if today <= due:
        return _Judged(Fraction(1), Fraction(1), "within", [last.record], values)
    part = Fraction(max((stale - today).days, 0), (stale - due).days)
    return _Judged(part, Fraction(1), "past", [last.record], values)


def _reciprocity(known: Known, recent: Sequence[Exchange], _: date) -> _Judged:
    """Half for a visit to us, half for one to them."""
    coming = [each.record for each in recent if _comes_to(each, known.own_ids) is True]
    going = [each.record for each in recent if _comes_to(each, known.own_ids) is False]
    values = {"coming": len(coming), "going": len(going)}
    return _both(coming, going, ("only_in", "only_out", "neither"), values)


def _comes_to(exchange: Exchange, own: Collection[int]) -> bool | None:
    """Whether it is a visit to these places (True) or by them (False), None if neither is known of it."""
    if exchange.kind not in (ExchangeKind.VISIT_IN, ExchangeKind.VISIT_OUT):
        return None
    near = any(place.id in own for place in exchange.places[: exchange.home_places])
    return (exchange.kind is ExchangeKind.VISIT_IN) is near


def _levels(_known: Known, recent: Sequence[Exchange], _: date) -> _Judged:
    """Half for an exchange of citizens, half for one of officials, leaders among them."""
    civic = [each.record for each in recent if each.level is ExchangeLevel.CIVIC]
    official = [
        each.record for each in recent if each.level in (ExchangeLevel.OFFICIAL, ExchangeLevel.LEADER)
    ]
    values = {
        "civic": len(civic),
        "official": len(official),
        "untold": sum(each.level is None for each in recent),
    }
    return _both(civic, official, ("only_civic", "only_official", "neither"), values)


def _both(
    one: Sequence[str], other: Sequence[str], words: tuple[str, str, str], values: Mapping[str, Any]
) -> _Judged:
    there = bool(one) + bool(other)
    only_one, only_other, neither = words
    why = {(True, True): "both", (True, False): only_one, (False, True): only_other}.get(
        (bool(one), bool(other)), neither
    )
    return _Judged(Fraction(there, 2), Fraction(min(there + 1, 2), 2), why, [*one[:1], *other[:1]], values)


def _variety(_known: Known, recent: Sequence[Exchange], _: date) -> _Judged:
    """For each kind of exchange and each topic, up to `MUCH_VARIETY` of them."""
    kinds = list(dict.fromkeys(each.kind for each in recent))
    topics = list(dict.fromkeys(topic for each in recent for topic in topics_in(each)))
    number = len(kinds) + len(topics)
    now, then = _up_to(number, MUCH_VARIETY), _up_to(number + 1, MUCH_VARIETY)
    why = "much" if now == 1 else "some" if number else "none"
    values = {"kinds": kinds, "topics": topics, "enough": MUCH_VARIETY}
    return _Judged(now, then, why, [each.record for each in recent], values)


def topics_in(exchange: Exchange) -> list[str]:
    """What an exchange was about, as words that are the same in either language: its topics, and what was typed."""
    said = [*exchange.topics, *([exchange.topic] if exchange.topic else [])]
    return list(dict.fromkeys(topic_of(each) for each in said))


def _leaders(_known: Known, recent: Sequence[Exchange], _: date) -> _Judged:
    found = [each for each in recent if each.level is ExchangeLevel.LEADER]
    if not found:
        return _Judged(Fraction(0), Fraction(1), "none")
    newest = max(found, key=lambda each: (each.date.latest(), each.id))
    return _Judged(Fraction(1), Fraction(1), "some", [newest.record], {"date": newest.date})


def _commitments(known: Known, _: Sequence[Exchange], today: date) -> _Judged | None:
    """Which part of what was to be done by now was done; None where nothing was."""
    kept = [record for record, each in known.commitments if each.done is not None]
    late = [record for record, each in known.commitments if each.is_overdue(today)]
    number = len(kept) + len(late)
    if not number:
        return None
    part, then = Fraction(len(kept), number), Fraction(min(len(kept) + 1, number), number)
    records = list(dict.fromkeys([*late, *kept]))
    return _Judged(part, then, "some" if late else "all", records, {"kept": len(kept), "n": number})


def _people(known: Known, _: Sequence[Exchange], today: date) -> _Judged | None:
    if known.people is None:
        return None
    there = in_office(known.people, today)
    number = len(there)
    now, then = _up_to(number, MANY_PEOPLE), _up_to(number + 1, MANY_PEOPLE)
    why = "some" if there else "none"
    return _Judged(now, then, why, [each.record for each in there], {"n": number, "enough": MANY_PEOPLE})


def in_office(people: Iterable[Person], today: date) -> list[Person]:
    """Those who have not left."""
    return [each for each in people if not each.is_former(today)]


_JUDGES: Mapping[Aspect, _Judge] = {
    Aspect.RECENCY: _recency,
    Aspect.RECIPROCITY: _reciprocity,
    Aspect.LEVELS: _levels,
    Aspect.VARIETY: _variety,
    Aspect.LEADERS: _leaders,
    Aspect.COMMITMENTS: _commitments,
    Aspect.PEOPLE: _people,
}
