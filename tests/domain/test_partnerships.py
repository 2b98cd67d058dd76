"""How acts are counted, who the partners in one are, and which act names a tie."""

import pytest

from bot.domain.dates import PartialDate
from bot.domain.partnerships import Kind, Partnership, Status, StatusChange, Tally, tally
from bot.domain.places import Place
from bot.domain.ties import Tie
from tests.domain.builders import HOME, PARTNER, THIRD, act, contact, place


@pytest.mark.parametrize(
    ("kind", "status", "counted"),
    [
        (Kind.SISTER_CITY, Status.ACTIVE, Tally(1, 0, 0, 0)),
        (Kind.SISTER_CITY, Status.UNKNOWN, Tally(1, 0, 0, 0)),
        (Kind.FRIENDSHIP_CITY, Status.ACTIVE, Tally(0, 1, 0, 0)),
        (Kind.MOU, Status.ACTIVE, Tally(0, 0, 1, 0)),
        (Kind.SISTER_CITY, Status.ENDED, Tally(0, 0, 0, 1)),
        (Kind.MOU, Status.ENDED, Tally(0, 0, 0, 1)),
        (Kind.SISTER_CITY, Status.PAUSED, Tally(0, 0, 0, 0)),
        (Kind.SISTER_CITY, Status.PROPOSED, Tally(0, 0, 0, 0)),
        (Kind.PROSPECTIVE, Status.PROSPECTIVE, Tally(0, 0, 0, 0)),
        (Kind.PROJECT, Status.ACTIVE, Tally(0, 0, 0, 0)),
    ],
)
def test_the_counting_rule(kind: Kind, status: Status, counted: Tally) -> None:
    """In force is active or unknown; memoranda stand apart, ended acts apart from all."""
    assert tally([act(kind=kind, status=status)]) == counted


def test_a_tally_adds_up() -> None:
    """Every act is counted at most once, and acts of many parties once."""
    acts = [
        act(1, parties=(HOME, PARTNER, THIRD)),
        act(2, kind=Kind.FRIENDSHIP_CITY, status=Status.UNKNOWN),
        act(3, kind=Kind.MOU),
        act(4, status=Status.ENDED),
        act(5, status=Status.PAUSED),
    ]
    assert tally(iter(acts)) == Tally(sister=1, friendship=1, memoranda=1, ended=1)
    assert tally([]) == Tally(0, 0, 0, 0)


COUNTY = place(9, "Kaohsiung County")


@pytest.mark.parametrize(
    ("parties", "own", "partners"),
    [
        ((HOME, PARTNER), {HOME.id}, (PARTNER,)),
        ((PARTNER, HOME), {HOME.id}, (PARTNER,)),
        ((HOME, PARTNER, THIRD), {HOME.id}, (PARTNER, THIRD)),
        ((HOME, PARTNER, THIRD), {PARTNER.id}, (HOME, THIRD)),
        ((COUNTY, PARTNER), {HOME.id, COUNTY.id}, (PARTNER,)),
        ((HOME, COUNTY, PARTNER), {HOME.id, COUNTY.id}, (PARTNER,)),
        ((HOME, PARTNER), {THIRD.id}, (HOME, PARTNER)),
        ((HOME, PARTNER), set(), (HOME, PARTNER)),
    ],
)
def test_the_partners_in_an_act(
    parties: tuple[Place, ...], own: set[int], partners: tuple[Place, ...]
) -> None:
    """The other parties in the order of the record; all of them where none is one's own."""
    assert act(parties=parties).partners_of(own) == partners


@pytest.mark.parametrize(
    ("acts", "lead"),
    [
        # Standing before ended
        ([act(1, signed="1970", status=Status.ENDED), act(2, kind=Kind.MOU, signed="2020")], 2),
        ([act(1, signed="1970", status=Status.ENDED), act(2, signed="1990", status=Status.PAUSED)], 2),
        # Partners before memoranda
        ([act(1, kind=Kind.MOU, signed="1970"), act(2, kind=Kind.FRIENDSHIP_CITY, signed="2020")], 2),
        # The oldest, the vaguer first, dated before undated
        ([act(1, signed="1990"), act(2, signed="1980")], 2),
        ([act(1, signed="1980-05-01"), act(2, signed="1980")], 2),
        ([act(1), act(2, signed="2020")], 2),
        ([act(2), act(1)], 1),
        # All ended: the oldest of them
        ([act(1, signed="1990", status=Status.ENDED), act(2, signed="1980", status=Status.ENDED)], 2),
    ],
)
def test_the_act_that_names_a_tie(acts: list[Partnership], lead: int) -> None:
    """Standing before ended, partners before memoranda, then the oldest, in any order of reading."""
    assert Tie(PARTNER, acts).lead_act.id == lead
    assert Tie(PARTNER, acts[::-1]).lead_act.id == lead


def test_what_stands_and_what_is_in_force() -> None:
    """A paused act stands but is not in force; proposals and ended acts do neither."""
    acts = [act(number, status=status) for number, status in enumerate(Status, 1)]
    tie = Tie(PARTNER, acts)
    assert {a.status for a in tie.standing} == {Status.ACTIVE, Status.UNKNOWN, Status.PAUSED}
    assert {a.status for a in tie.in_force} == {Status.ACTIVE, Status.UNKNOWN}


def test_a_tie_of_ended_acts_is_not_quiet() -> None:
    """Where nothing stands there is nothing to be dormant."""
    tie = Tie(PARTNER, [act(status=Status.ENDED)], contact("1990"))
    assert tie.quietness(PartialDate(2026, 11, 20).earliest()) is None


def test_how_an_act_ended() -> None:
    """The last ending of its history, so that a tie taken up again and ended again tells the newer one."""
    steps = [
        StatusChange(Status.ENDED, PartialDate(1990)),
        StatusChange(Status.ACTIVE, PartialDate(2000)),
        StatusChange(Status.ENDED, PartialDate(2020)),
    ]
    assert act(status=Status.ENDED, history=tuple(steps)).ended == steps[-1]
    assert act(history=(StatusChange(Status.ACTIVE, None),)).ended is None


def test_record_numbers() -> None:
    """They are shown as they are spoken."""
    assert act(12).record == "P12"
