"""What offices say of each other's records: which place they speak for, what stands, and what a change outdates."""

from dataclasses import replace

import pytest

from bot.domain.access import Viewer
from bot.domain.confirmations import (
    Side,
    is_others,
    moved,
    outdated,
    party_of,
    says_so,
    with_response,
)
from bot.domain.dates import PartialDate
from bot.domain.exchange_particulars import Response, Stance
from tests.domain.builders import place

DAY, LATER = PartialDate(2026, 11, 20), PartialDate(2026, 11, 22)
YES = Response(2, Stance.CONFIRMED, DAY)
NO = Response(2, Stance.DIFFERS, DAY, "We were four.")
THIRD = Response(3, Stance.CONFIRMED, DAY)


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ((), YES, (YES,)),
        ((YES,), replace(YES, said_on=LATER), (replace(YES, said_on=LATER),)),
        ((YES, THIRD), NO, (THIRD, NO)),
        ((NO, THIRD), YES, (NO, THIRD, YES)),
        ((NO,), replace(NO, what="And on Friday."), (NO, replace(NO, what="And on Friday."))),
    ],
)
def test_what_is_kept(before: tuple[Response, ...], new: Response, after: tuple[Response, ...]) -> None:
    """A difference stays as a note; of what a side confirmed only the last, and nothing beside a later difference."""
    assert with_response(before, new) == after
    assert says_so(after, new.party, new.stance, new.what)
    assert says_so(outdated(after, LATER), new.party, new.stance, new.what) is False


def test_what_a_change_outdates() -> None:
    """All that was said of the record as it was, each on the day of the first change since."""
    once = outdated((YES, THIRD), LATER)
    assert {each.changed_on for each in once} == {LATER}
    assert outdated(once, PartialDate(2026, 12, 1)) == once
    waits = [Side(place(2), responses=said).is_awaited for said in ((), (YES,), (NO,), once[:1])]
    assert waits == [True, False, False, True]
    assert not Side(place(1), keeper=True).is_awaited


def test_what_is_said_moves_with_its_place() -> None:
    assert moved((YES, THIRD, NO), [10, 20, 30], [30, 10, 20]) == (
        replace(YES, party=3), replace(THIRD, party=1), replace(NO, party=3),
    )  # fmt: skip
    assert moved((YES, THIRD, NO), [10, 20, 30], [10, 30]) == (replace(THIRD, party=2),)


def test_for_which_place_an_office_speaks() -> None:
    """For its own, or for one that it came in the place of; an office of no place for none."""
    county = replace(place(5), successor_id=4)
    assert [party_of(n, [place(1), place(2), county]) for n in (1, 2, 4, 3, None)] == [1, 2, 3, None, None]


@pytest.mark.parametrize(("owner", "is_one"), [(None, False), (7, False), (8, True)])
def test_whose_record_one_confirms(owner: int | None, is_one: bool) -> None:
    """Another office's; not one's own, nor nobody's. Who speaks for no office confirms nothing."""
    assert is_others(Viewer(office_id=7), owner) is is_one
    assert is_others(Viewer(), owner) is False
