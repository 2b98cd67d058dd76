"""The dated life of a tie: what stands in it, in which order, and what is told together."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreements import SignedName
from bot.domain.claims import Claim, Fact
from bot.domain.dates import PartialDate
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeStatus
from bot.domain.partnerships import Partnership, Parts, Status, StatusChange
from bot.domain.prospects import Stage, StageChange
from bot.domain.timeline import (
    LONG_STRETCH,
    CivilContact,
    Happening,
    Met,
    Signing,
    StageReached,
    Stretch,
    Turn,
    life_of,
)
from tests.domain.builders import HOME, PARTNER, act


def day(text: str | None) -> PartialDate | None:
    return PartialDate.from_iso(text) if text else None


def step(status: Status, since: str | None = None, **more: Any) -> StatusChange:
    return StatusChange(status, day(since), **more)


def met(number: int, when: str, status: ExchangeStatus = ExchangeStatus.HELD) -> Exchange:
    return Exchange(
        number, ExchangeKind.VISIT, None, status, None, PartialDate.from_iso(when), None, None, "", None, None,
        None, None, (HOME, PARTNER),
    )  # fmt: skip


def told(happenings: list[Happening]) -> list[str]:
    """Each happening in a word."""
    return [_word(each) for each in happenings]


def _word(happening: Happening) -> str:
    match happening:
        case CivilContact():
            return "civil"
        case StageReached(change=change):
            return change.stage.value
        case Signing(act=signed):
            return f"signed {signed.record}"
        case Turn(act=turned):
            later = f" by P{turned.superseded_by}" if happening.is_replacement else ""
            return f"{happening.step.status.value} {turned.record}{later}"
        case Met(exchange=exchange):
            return exchange.record
        case Stretch(exchanges=exchanges):
            return f"{exchanges[0].record}…{exchanges[-1].record}"


def whole_life() -> tuple[Partnership, Parts]:
    history = (
        step(Status.PROSPECTIVE),
        step(Status.ACTIVE, "1991"),
        step(Status.PAUSED, "2020-03", reason="borders closed"),
        step(Status.ACTIVE, "2022"),
        step(Status.ENDED, "2024-05-01", reason="a new policy", by_whom="the council"),
    )
    stages = (
        StageChange(Stage.LEAD, day("1988")),
        StageChange(Stage.PILOT, day("1990-05")),
        StageChange(Stage.SIGNED, day("1991")),
    )
    claims = (
        Claim(Fact.SIGNED, "1991", "one"),
        Claim(Fact.SIGNED, "1992", "other"),
        Claim(Fact.KIND, "mou", "one"),
    )
    names = (SignedName(1, "en", "Kaohsiung, Taiwan"),)
    made = act(12, signed="1991", status=Status.ENDED, history=history, civil_since=PartialDate(1979))
    return made, Parts(stages=stages, claims=claims, signed_names=names)


def test_a_whole_life() -> None:
    """From the first contact to the end, exchanges between; what goes without saying is not told twice."""
    made, parts = whole_life()
    meetings = [met(3, "2021-05-01"), met(1, "1979"), met(2, "1991")]
    dated, undated = life_of([made], {12: parts}, meetings)
    assert told(dated) == [
        "civil", "X1", "lead", "pilot", "signed P12", "X2", "paused P12", "X3", "active P12", "ended P12",
    ]  # fmt: skip
    assert undated == []
    (signing,) = [each for each in dated if isinstance(each, Signing)]
    assert signing.names == parts.signed_names
    assert [claim.value for claim in signing.claims] == ["1991", "1992"]
    assert [each.resumes for each in dated if isinstance(each, Turn)] == [False, True, False]


def test_a_partial_date_stands_where_it_can_begin() -> None:
    """A year stands at its beginning, but not before a step of the same act that it follows."""
    first = act(1, signed="2020-06-01", history=(step(Status.ACTIVE), step(Status.ENDED, "2020")))
    other = act(2, signed="2020", history=(step(Status.ACTIVE),))
    dated, _ = life_of([first, other], {}, [met(1, "2020-03"), met(2, "2020-07-01")])
    assert told(dated) == ["signed P2", "X1", "signed P1", "ended P1", "X2"]
    assert dated[3].date == PartialDate(2020)


def test_a_date_that_contradicts_stands_where_it_says() -> None:
    """Imported histories may be out of order: nothing is moved by years to make them right."""
    odd = act(1, signed="2020", history=(step(Status.ACTIVE), step(Status.ENDED, "1999")))
    assert told(life_of([odd], {}, [])[0]) == ["ended P1", "signed P1"]


def test_what_nobody_dated_is_apart() -> None:
    """An undated step after a dated one follows it; what nothing dates is told apart."""
    history = (step(Status.UNKNOWN), step(Status.PAUSED, reason="asked for"))
    undated_act = act(1, history=history)
    dated_act = act(2, signed="1999", history=history)
    dated, undated = life_of([undated_act, dated_act], {}, [])
    assert told(dated) == ["signed P2", "paused P2"]
    assert told(undated) == ["signed P1", "paused P1"]


def test_a_prospect_has_stages_and_no_signing() -> None:
    """Its status says no more than its stages, unless it is dated or explained."""
    stages = (StageChange(Stage.LEAD, day("2024")), StageChange(Stage.DROPPED, day("2025"), "no budget"))
    bare = act(1, status=Status.PROSPECTIVE, history=(step(Status.PROSPECTIVE),))
    said = act(2, status=Status.PROPOSED, history=(step(Status.PROPOSED, "2023", reason="a letter"),))
    dated, undated = life_of([bare, said], {1: Parts(stages=stages)}, [])
    assert told(dated) == ["proposed P2", "lead", "dropped"]
    assert undated == []


def test_an_act_that_was_replaced_is_not_told_as_ended() -> None:
    """The end of the older one is told as its replacement, after the signing of the later one."""
    older = act(
        1, signed="1999", status=Status.ENDED, superseded_by=2,
        history=(step(Status.ACTIVE), step(Status.ENDED, "2009-05-01", reason="superseded")),
    )  # fmt: skip
    later = act(2, signed="2009-05-01", history=(step(Status.ACTIVE),))
    assert told(life_of([older, later], {}, [])[0]) == ["signed P1", "signed P2", "ended P1 by P2"]


def test_long_stretches_are_told_together() -> None:
    """More than five held exchanges in a row; whatever stands between them, or was not held, is told."""
    many = [met(n, f"20{n:02}") for n in range(1, 8)]
    assert told(life_of([], {}, many)[0]) == ["X1…X7"]
    assert told(life_of([], {}, many[:LONG_STRETCH])[0]) == [f"X{n}" for n in range(1, 6)]
    assert told(life_of([], {}, many, each=True)[0]) == [f"X{n}" for n in range(1, 8)]
    between = act(1, signed="2003-06", history=(step(Status.ACTIVE),))
    assert told(life_of([between], {}, many)[0]) == ["X1", "X2", "X3", "signed P1", "X4", "X5", "X6", "X7"]
    planned = [*many, met(8, "2030", ExchangeStatus.PLANNED)]
    assert told(life_of([], {}, planned)[0]) == ["X1…X7", "X8"]


dates = st.builds(
    lambda precision, year, month, number: PartialDate(*(year, month, number)[:precision]),
    st.integers(1, 3), st.integers(1990, 1994), st.integers(1, 12), st.integers(1, 28),
)  # fmt: skip
steps = st.builds(
    lambda status, since: StatusChange(status, since, reason="said"),
    st.sampled_from(list(Status)), st.none() | dates,
)  # fmt: skip


@given(
    st.lists(st.tuples(st.none() | dates, st.lists(steps, min_size=1, max_size=5)), max_size=3),
    st.lists(dates, max_size=12),
)
def test_nothing_is_lost_and_all_is_in_order(
    lives: list[tuple[PartialDate | None, list[StatusChange]]], meetings: list[PartialDate]
) -> None:
    """Every step and every exchange is told once, the exchanges in the order of their dates."""
    acts = [
        act(n, signed=signed, status=history[-1].status, history=tuple(history))
        for n, (signed, history) in enumerate(lives, 1)
    ]
    exchanges = [met(n, each.iso()) for n, each in enumerate(meetings, 1)]
    dated, undated = life_of(acts, {}, exchanges)
    turns = [each for each in (*dated, *undated) if isinstance(each, Turn)]
    for made in acts:
        own = [each.step for each in turns if each.act is made]
        assert sorted(own, key=repr) == sorted(made.history, key=repr)
    held = [each for happening in dated for each in _exchanges(happening)]
    assert sorted(each.id for each in held) == [each.id for each in exchanges]
    assert [each.date for each in held] == sorted(meetings)
    assert all(each.date is None for each in undated)


def _exchanges(happening: Happening) -> tuple[Exchange, ...]:
    match happening:
        case Met(exchange=exchange):
            return (exchange,)
        case Stretch(exchanges=exchanges):
            return exchanges
    return ()
