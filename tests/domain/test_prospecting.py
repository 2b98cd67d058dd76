"""The way of a prospect: which moves there are, what they need, and the gate."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError
from bot.domain.partnerships import Kind, Status
from bot.domain.prospecting import (
    STATUS_OF,
    WAY,
    GatePart,
    check_date,
    check_move,
    crosses_gate,
    days_in_stage,
    gate,
    needs_reason,
    stage_of,
)
from bot.domain.prospects import Pilot, Stage, StageChange

TODAY = date(2026, 11, 20)
L, E, P, O, A, S, D = *WAY, Stage.DROPPED  # noqa: E741


@pytest.mark.parametrize(
    ("before", "to", "reason"),
    [
        (L, E, False), (E, P, False), (L, P, False), (P, O, False), (O, A, False), (A, S, False),
        (P, E, True), (A, L, True), (L, D, True), (A, D, True), (D, L, True), (D, P, True),
        (P, A, True), (L, S, True), (O, S, True), (E, O, False),
    ],
)  # fmt: skip
def test_which_moves_need_a_reason(before: Stage, to: Stage, reason: bool) -> None:
    """Back, dropped, taken up again, and past an approval; onward by any other way not."""
    assert needs_reason(before, to) is reason
    assert check_move(before, to, "because") is before
    if reason:
        with pytest.raises(AttacheError, match="needs_reason"):
            check_move(before, to, None)
    else:
        assert check_move(before, to, None) is before


@pytest.mark.parametrize(
    ("before", "to", "key"),
    [(None, E, "none"), (S, D, "signed_already"), (S, L, "signed_already"), (P, P, "same_stage")],
)
def test_what_is_no_move(before: Stage | None, to: Stage, key: str) -> None:
    """What is no prospect, is signed, or is there already stays where it is, whatever the reason."""
    with pytest.raises(AttacheError, match=key):
        check_move(before, to, "because")


@pytest.mark.parametrize(
    ("before", "to", "crosses"),
    [(P, O, True), (L, A, True), (E, S, True), (D, O, True), (O, A, False), (A, O, False), (L, P, False),
     (A, D, False), (O, P, False)],
)  # fmt: skip
def test_where_the_gate_stands(before: Stage, to: Stage, crosses: bool) -> None:
    """Between a pilot and a proposal; whoever skips the proposal passes it as well."""
    assert crosses_gate(before, to) is crosses


DONE, RUNNING = Pilot("a week", result="it went well"), Pilot("another")


@pytest.mark.parametrize(
    ("pilots", "plan", "owner", "missing"),
    [
        ([DONE, RUNNING], "a visit each year", "the mayor's office", []),
        ([RUNNING], "a visit each year", "the mayor's office", ["pilot"]),
        ([], None, "", ["pilot", "plan", "owner"]),
        ([DONE], "", None, ["plan", "owner"]),
    ],
)
def test_the_gate(pilots: list[Pilot], plan: str | None, owner: str | None, missing: list[str]) -> None:
    """A pilot counts once it has a result."""
    found = gate(pilots, plan, owner)
    assert found.missing == tuple(GatePart(part) for part in missing)
    assert found.open is (not missing)


@pytest.mark.parametrize(
    ("kind", "status", "stages", "stage"),
    [
        (Kind.PROSPECTIVE, Status.PROSPECTIVE, [], L),
        (Kind.SISTER_CITY, Status.PROPOSED, [], L),
        (Kind.SISTER_CITY, Status.ACTIVE, [], None),
        (Kind.PROSPECTIVE, Status.ENDED, [], None),
        (Kind.PROSPECTIVE, Status.ENDED, [D], D),
        (Kind.MOU, Status.ACTIVE, [L, S], S),
        (Kind.PROSPECTIVE, Status.PROPOSED, [L, P, O], O),
    ],
)
def test_where_a_prospect_stands(
    kind: Kind, status: Status, stages: list[Stage], stage: Stage | None
) -> None:
    """At the beginning where nobody has moved it; an agreement in force is none."""
    assert stage_of(kind, status, [StageChange(each) for each in stages]) is stage


def test_dates_go_forward() -> None:
    """Not to a day to come, nor before the stage that is left; a month that may be the same is taken."""
    stages = [StageChange(L, PartialDate(2026, 3, 15))]
    check_date(stages, PartialDate(2026, 3), TODAY)
    check_date(stages, PartialDate(2026, 3, 15), TODAY)
    with pytest.raises(AttacheError, match="before_last"):
        check_date(stages, PartialDate(2026, 3, 14), TODAY)
    with pytest.raises(AttacheError, match="in_future"):
        check_date(stages, PartialDate(2026, 11, 21), TODAY)


@pytest.mark.parametrize(
    ("since", "days"), [("2026-11-10", 10), ("2026-11", None), ("2026", None), (None, None)]
)
def test_how_long_at_a_stage(since: str | None, days: int | None) -> None:
    """In days where the day is known; no day is invented."""
    change = StageChange(L, PartialDate.from_iso(since) if since else None)
    assert days_in_stage([change], TODAY) == days


@given(st.lists(st.tuples(st.sampled_from(Stage), st.none() | st.just("because"), st.integers(0, 400))))
def test_any_way_keeps_a_dated_history(wishes: list[tuple[Stage, str | None, int]]) -> None:
    """Whatever is tried, what is taken is dated in order, explained where it must be, and ends with a signing."""
    stages: list[StageChange] = []
    status = Status.PROSPECTIVE
    for to, reason, ago in wishes:
        on = PartialDate.of(date.fromordinal(TODAY.toordinal() - ago))
        before = stage_of(Kind.PROSPECTIVE, status, stages)
        try:
            left = check_move(before, to, reason)
            check_date(stages, on, TODAY)
        except AttacheError:
            continue
        assert left is not Stage.SIGNED
        assert reason or not needs_reason(left, to)
        stages.append(StageChange(to, on, reason))
        status = STATUS_OF[to]
    dates = [change.since for change in stages if change.since]
    assert len(dates) == len(stages)
    assert dates == sorted(dates)
    assert all(one.stage is not other.stage for one, other in pairwise(stages))
    assert Stage.SIGNED not in [change.stage for change in stages[:-1]]
