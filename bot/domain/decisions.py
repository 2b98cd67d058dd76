"""What was decided in an exchange: what of it is still to be done, and how one of several is named."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.dates import PartialDate
from bot.domain.exchange_particulars import Decision
from bot.domain.exchanges import Exchange
from bot.domain.marks import find_part, handle_of
from bot.domain.places import Place


@dataclass(frozen=True, slots=True)
class Decided:
    """An exchange with all that was decided in it."""

    exchange: Exchange
    decisions: Sequence[Decision] = ()

    def partners(self, own_ids: Collection[int]) -> list[Place]:
        """Those who took part beside the places of an office."""
        return [place for place in self.exchange.places if place.id not in own_ids]

    def owed(self) -> Iterator[tuple[Decision, PartialDate]]:
        """What is to be done by a date and is not done."""
        for each in self.decisions:
            if each.due is not None and each.done is None:
                yield each, each.due


def as_decided(decision: Decision) -> Decision:
    """The decision itself, whatever has become of it since."""
    return replace(decision, done=None)


def decision_handle(decisions: Sequence[Decision], index: int) -> str:
    """Names one of them, also once it is done."""
    return handle_of([as_decided(each) for each in decisions], index)


def find_decision(decisions: Sequence[Decision], text: str) -> int | None:
    """Which one is meant, as `bot.domain.marks.find_part` finds it."""
    return find_part([as_decided(each) for each in decisions], text, lambda each: each.what)
