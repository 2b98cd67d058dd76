"""The dated life of a tie: everything that happened, in its order, each date as precise as it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.agreements import SignedName
from bot.domain.claims import Claim, Fact
from bot.domain.dates import PartialDate
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.domain.life import BEFORE_FORCE
from bot.domain.partnerships import IN_FORCE, Partnership, Parts, Status, StatusChange
from bot.domain.prospects import Stage, StageChange

LONG_STRETCH = 5
"""More exchanges than this, with nothing else between them, are told together."""


@dataclass(frozen=True, slots=True)
class CivilContact:
    """People of both places first worked together."""

    act: Partnership
    date: PartialDate | None


@dataclass(frozen=True, slots=True)
class StageReached:
    """A prospect came to a stage."""

    act: Partnership
    change: StageChange

    @property
    def date(self) -> PartialDate | None:
        return self.change.since


@dataclass(frozen=True, slots=True)
class Signing:
    """An act began: the names in its text, and what sources say of the day where they do not agree."""

    act: Partnership
    names: tuple[SignedName, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def date(self) -> PartialDate | None:
        return self.act.signed


@dataclass(frozen=True, slots=True)
class Turn:
    """A step of the status; `resumes` where it ends a pause by which the act is in force again.

    The end of an act that a later one replaced is told as that (`act.superseded_by`).
    """

    act: Partnership
    step: StatusChange
    resumes: bool = False

    @property
    def date(self) -> PartialDate | None:
        return self.step.since

    @property
    def is_replacement(self) -> bool:
        return self.step.status is Status.ENDED and self.act.replaced


@dataclass(frozen=True, slots=True)
class Met:
    """An exchange."""

    exchange: Exchange

    @property
    def date(self) -> PartialDate | None:
        return self.exchange.date


@dataclass(frozen=True, slots=True)
class Stretch:
    """Held exchanges with nothing else between them, oldest first, told together."""

    exchanges: tuple[Exchange, ...]

    @property
    def date(self) -> PartialDate | None:
        return self.exchanges[0].date


Happening = CivilContact | StageReached | Signing | Turn | Met | Stretch

_RANKS: Mapping[type[Happening], int] = {
    CivilContact: 0, StageReached: 1, Signing: 2, Turn: 3, Met: 4, Stretch: 4,
}  # fmt: skip
"""What is told first of what may have been at the same time."""


def life_of(
    acts: Iterable[Partnership],
    parts: Mapping[int, Parts],
    exchanges: Iterable[Exchange],
    *,
    each: bool = False,
) -> tuple[list[Happening], list[Happening]]:
    """What happened, oldest first; and apart from it what nobody dated.

    A partial date stands where it can begin: a year at its beginning, but not before a step that it follows. With
    `each`, every exchange is told by itself.
    """
    placed: list[tuple[PartialDate, int, Happening]] = []
    undated: list[Happening] = []
    for act in acts:
        for chain in _chains(act, parts.get(act.id, Parts())):
            floor: PartialDate | None = None
            for happening in chain:
                floor = _begins(happening.date, floor)
                if floor is None:
                    undated.append(happening)
                else:
                    placed.append((floor, _RANKS[type(happening)], happening))
    meetings = sorted(exchanges, key=lambda exchange: (exchange.date, exchange.id))
    placed += [(exchange.date, _RANKS[Met], Met(exchange)) for exchange in meetings]
    placed.sort(key=lambda item: item[:2])  # stable: the steps of an act keep their order
    told = [happening for _, _, happening in placed]
    return (told if each else list(_stretched(told))), undated


def _chains(act: Partnership, parts: Parts) -> Iterator[Sequence[Happening]]:
    """What is told of an act, in sequences of which each part follows the one before it."""
    if act.civil_since is not None:
        yield [CivilContact(act, act.civil_since)]
    early = [step for step in act.history if step.status in BEFORE_FORCE]
    later = [step for step in act.history if step.status not in BEFORE_FORCE]
    yield [Turn(act, step) for step in early if not _goes_without_saying(step, parts)]
    signing: list[Happening] = []
    if act.signed is not None or later:
        claims = tuple(claim for claim in parts.claims if claim.fact is Fact.SIGNED)
        signing = [Signing(act, parts.signed_names, claims)]
    stages = [change for change in parts.stages if not (signing and change.stage is Stage.SIGNED)]
    began = bool(later) and _is_beginning(later[0], act)
    turns = [Turn(act, step, _resumes(later[:n], step)) for n, step in enumerate(later)][began:]
    yield [*(StageReached(act, change) for change in stages), *signing, *turns]


def _goes_without_saying(step: StatusChange, parts: Parts) -> bool:
    """Whether the stages of a prospect say all that its status says."""
    return bool(parts.stages) and step.since is None and _is_bare(step)


def _is_beginning(step: StatusChange, act: Partnership) -> bool:
    """Whether the step says no more than that the act was signed."""
    return step.status in IN_FORCE and step.since in (None, act.signed) and _is_bare(step)


def _resumes(earlier: Sequence[StatusChange], step: StatusChange) -> bool:
    return step.status in IN_FORCE and bool(earlier) and earlier[-1].status is Status.PAUSED


def _is_bare(step: StatusChange) -> bool:
    return not (step.reason or step.by_whom or step.trigger or step.source)


def _begins(date: PartialDate | None, floor: PartialDate | None) -> PartialDate | None:
    """Where a date can begin after `floor`. One that contradicts what it follows stands where it says."""
    if date is None or floor is None:
        return date or floor
    return floor if date < floor and date.latest() >= floor.earliest() else date


def _stretched(told: Iterable[Happening]) -> Iterator[Happening]:
    """The same, long stretches of held exchanges told together."""
    run: list[Met] = []
    for happening in told:
        if isinstance(happening, Met) and happening.exchange.status is ExchangeStatus.HELD:
            run.append(happening)
            continue
        yield from _run_told(run)
        run = []
        yield happening
    yield from _run_told(run)


def _run_told(run: Sequence[Met]) -> Sequence[Happening]:
    return [Stretch(tuple(met.exchange for met in run))] if len(run) > LONG_STRETCH else run
