"""What the other offices say of an exchange that one of them keeps: who may, what stands, and what outdates it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.access import Viewer
from bot.domain.dates import PartialDate
from bot.domain.exchange_particulars import Response, Stance
from bot.domain.places import Place

MAX_RESPONSES = 20
"""So many are kept of one exchange."""


@dataclass(frozen=True, slots=True)
class Side:
    """The office of a place that took part: what it said of the record, oldest first; the `keeper` logged it.

    `person` is who of the caller's own office said the last of it (a Discord id), None of other offices.
    """

    place: Place
    keeper: bool = False
    responses: Sequence[Response] = ()
    person: int | None = None

    @property
    def last(self) -> Response | None:
        return self.responses[-1] if self.responses else None

    @property
    def is_awaited(self) -> bool:
        """Whether it has still to say something of the record as it is now."""
        return not self.keeper and (self.last is None or self.last.changed_on is not None)


def party_of(place_id: int | None, places: Sequence[Place]) -> int | None:
    """Which of the places, counted from 1, the office of this place speaks for: its own, or one that it succeeded."""
    own = (n for n, place in enumerate(places, 1) if place_id in (place.id, place.successor_id))
    return next(own, None) if place_id is not None else None


def is_others(viewer: Viewer, owner_office_id: int | None) -> bool:
    """Whether another office keeps the record: of one's own, and of nobody's, one changes what is not right."""
    return viewer.office_id is not None and owner_office_id not in (None, viewer.office_id)


def says_so(responses: Iterable[Response], party: int, stance: Stance, what: str | None) -> bool:
    """Whether the last that a party said is just this, of the record as it is now."""
    last = next((each for each in reversed([*responses]) if each.party == party), None)
    return last is not None and (last.stance, last.what, last.changed_on) == (stance, what, None)


def with_response(responses: Iterable[Response], new: Response) -> tuple[Response, ...]:
    """What was said, with the new one; a difference stays, and of the confirmations of a party only the last."""
    kept = (each for each in responses if each.party != new.party or each.stance is not Stance.CONFIRMED)
    return (*kept, new)


def outdated(responses: Iterable[Response], day: PartialDate) -> tuple[Response, ...]:
    """What was said of a record that became another one on this day."""
    return tuple(replace(each, changed_on=day) if each.changed_on is None else each for each in responses)


def moved(responses: Iterable[Response], before: Sequence[int], after: Sequence[int]) -> tuple[Response, ...]:
    """What was said, where the places (ids) of a record become others; of one that is left out, nothing is kept."""
    return tuple(
        replace(each, party=after.index(before[each.party - 1]) + 1)
        for each in responses
        if before[each.party - 1] in after
    )
