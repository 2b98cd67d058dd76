"""Which step may follow which, and when it may have been."""

from datetime import date
from itertools import product

import pytest

from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.life import BECOMES, Step, check_dates, check_step, current_pause, is_over
from bot.domain.partnerships import Status, StatusChange
from tests.domain.builders import act

TODAY = date(2026, 11, 20)

REFUSED = {
    (Step.PAUSE, Status.PROSPECTIVE): "life.never_in_force",
    (Step.PAUSE, Status.PROPOSED): "life.never_in_force",
    (Step.PAUSE, Status.PAUSED): "life.paused_already",
    (Step.PAUSE, Status.ENDED): "life.ended_no_pause",
    (Step.RESUME, Status.PROSPECTIVE): "life.never_in_force",
    (Step.RESUME, Status.PROPOSED): "life.never_in_force",
    (Step.RESUME, Status.ACTIVE): "life.not_paused",
    (Step.RESUME, Status.UNKNOWN): "life.not_paused",
    (Step.RESUME, Status.ENDED): "life.ended_no_resume",
    (Step.END, Status.PROSPECTIVE): "life.never_in_force",
    (Step.END, Status.PROPOSED): "life.never_in_force",
    (Step.END, Status.ENDED): "life.ended_already",
}


@pytest.mark.parametrize(("step", "now"), list(product(Step, Status)))
def test_every_step_from_every_state(step: Step, now: Status) -> None:
    """What makes sense is let through; the rest has its own reason each."""
    key = REFUSED.get((step, now))
    if key is None:
        check_step("P12", step, now)
        assert BECOMES[step] is not now
        return
    with pytest.raises(BadInput) as refused:
        check_step("P12", step, now)
    assert refused.value.key == key
    assert refused.value.values["record"] == "P12"


@pytest.mark.parametrize(
    ("since", "until", "signed", "last", "key"),
    [
        ("2026-11-20", None, "1991", None, None),
        ("2026-11-21", None, "1991", None, "life.in_future"),
        ("2026-12", None, "1991", None, "life.in_future"),
        ("2026-11", None, "1991", None, None),  # a month that has begun
        ("2026", None, "1991", None, None),
        ("2027", None, "1991", None, "life.in_future"),
        ("1991", None, "1991-06-30", None, None),  # some day of 1991 after the signing
        ("1991-06-30", None, "1991-06-30", None, None),
        ("1991-06-29", None, "1991-06-30", None, "life.before_signing"),
        ("1991-05", None, "1991-06-30", None, "life.before_signing"),
        ("1990", None, "1991", None, "life.before_signing"),
        ("1900", None, None, None, None),  # nobody knows when it was signed
        ("2020", None, "1991", "2020-05-01", None),
        ("2020-04", None, "1991", "2020-05-01", "life.before_last_step"),
        ("2019", None, None, "2020", "life.before_last_step"),
        ("2026-11-20", "2027", "1991", None, None),
        ("2026-11-20", "2026", "1991", None, None),  # to the end of the year
        ("2026-11-20", "2026-11", "1991", None, None),
        ("2026-11-20", "2026-11-21", "1991", None, None),
        ("2026-11-20", "2026-11-20", "1991", None, "life.until_past"),
        ("2026-11-20", "2026-03", "1991", None, "life.until_past"),
        ("2026-11-20", "2025", "1991", None, "life.until_past"),
    ],
)
def test_when_a_step_may_have_been(
    since: str, until: str | None, signed: str | None, last: str | None, key: str | None
) -> None:
    """Not in the future, not before the signing or the step before it; a pause ends ahead."""

    def day(text: str | None) -> PartialDate | None:
        return PartialDate.from_iso(text) if text else None

    history = [StatusChange(Status.ACTIVE, None), StatusChange(Status.PAUSED, day(last))]
    step = StatusChange(Status.ENDED, day(since), until=day(until))
    if key is None:
        check_dates("P12", day(signed), history, step, TODAY)
        return
    with pytest.raises(BadInput) as refused:
        check_dates("P12", day(signed), history, step, TODAY)
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("until", "over"),
    [
        (None, False),
        ("2026-11-19", True),
        ("2026-11-20", False),
        ("2026-11", False),
        ("2026-10", True),
        ("2026", False),
        ("2025", True),
    ],
)
def test_when_a_pause_is_over(until: str | None, over: bool) -> None:
    """After its last day; one without an end never is. What was resumed is not paused."""
    pause = StatusChange(Status.PAUSED, until=PartialDate.from_iso(until) if until else None)
    began = StatusChange(Status.ACTIVE)
    assert is_over(pause, TODAY) is over
    assert current_pause(act(status=Status.PAUSED, history=(began, pause))) == pause
    assert current_pause(act(status=Status.ACTIVE, history=(began, pause, began))) is None
