"""How quiet a tie is: the ladder's exact days, partial dates, cadences, pauses and no record."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import PartialDate
from bot.domain.dormancy import CADENCE_MONTHS, Contact, cadence_of, contact_state, crossings, quietness
from bot.domain.partnerships import Kind, Partnership, Status
from tests.domain.builders import act

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("last", "cadence", "today", "state"),
    [
        ("2025-11-20", 12, date(2025, 11, 20), Contact.FRESH),
        ("2025-11-20", 12, date(2026, 11, 20), Contact.FRESH),
        ("2025-11-20", 12, date(2026, 11, 21), Contact.COOLING),
        ("2025-11-20", 12, date(2027, 11, 20), Contact.COOLING),
        ("2025-11-20", 12, date(2027, 11, 21), Contact.DORMANT),
        ("2025-11-20", 12, date(2029, 11, 20), Contact.DORMANT),
        ("2025-11-20", 12, date(2029, 11, 21), Contact.STALE),
        ("2025-11-20", 18, date(2027, 5, 20), Contact.FRESH),
        ("2025-11-20", 18, date(2027, 5, 21), Contact.COOLING),
        ("2026-08-31", 6, date(2027, 2, 28), Contact.FRESH),  # there is no 31 February
        ("2026-08-31", 6, date(2027, 3, 1), Contact.COOLING),
        ("2024-02-29", 12, date(2025, 2, 28), Contact.FRESH),
        ("2024-02-29", 12, date(2025, 3, 1), Contact.COOLING),
        # Partial dates are read in favour of the tie, as their last day (reading 6)
        ("2023", 12, date(2024, 12, 31), Contact.FRESH),
        ("2023", 12, date(2025, 1, 1), Contact.COOLING),
        ("2023-11", 12, date(2024, 11, 30), Contact.FRESH),
        ("2023-11", 12, date(2024, 12, 1), Contact.COOLING),
        # A contact that is noted ahead of the day is not quiet
        ("2027-01-01", 6, date(2026, 11, 20), Contact.FRESH),
    ],
)
def test_the_ladder_on_its_exact_days(last: str, cadence: int, today: date, state: Contact) -> None:
    """Each state begins on the day after its number of cadences is full."""
    assert contact_state(PartialDate.from_iso(last), cadence, today) is state


def test_nothing_logged_is_no_record_and_never_dormant() -> None:
    """A tie is not called dormant because nobody typed its history in."""
    assert contact_state(None, 12, TODAY) is Contact.NO_RECORD
    assert quietness([act(signed="1950")], None, TODAY).state is Contact.NO_RECORD


@given(
    st.dates(date(1950, 1, 1), date(2050, 12, 31)),
    st.integers(1, 3),
    st.integers(1, 60),
    st.integers(0, 20_000),
)
def test_the_day_of_a_crossing_is_the_first_of_its_state(
    day: date, parts: int, cadence: int, later: int
) -> None:
    """What is posted on the crossing is what the card says that day and did not say the day before."""
    last = PartialDate(*(day.year, day.month, day.day)[:parts])
    for state, crossing in crossings(last, cadence).items():
        assert contact_state(last, cadence, crossing) is state
        assert contact_state(last, cadence, crossing - timedelta(days=1)) is not state
    order = list(Contact)
    today = last.latest() + timedelta(days=later)
    assert order.index(contact_state(last, cadence, today)) <= order.index(
        contact_state(last, cadence, today + timedelta(days=1))
    )


@pytest.mark.parametrize(
    ("acts", "months"),
    [
        ([act(kind=Kind.SISTER_CITY)], 12),
        ([act(kind=Kind.FRIENDSHIP_CITY)], 18),
        ([act(kind=Kind.MOU)], 24),
        ([act(kind=Kind.PROSPECTIVE, status=Status.PROSPECTIVE)], 6),
        ([act(kind=Kind.MOU), act(2, kind=Kind.FRIENDSHIP_CITY)], 18),
        ([act(kind=Kind.SISTER_CITY, cadence_months=36)], 36),
        ([act(kind=Kind.MOU, cadence_months=3), act(2, kind=Kind.SISTER_CITY)], 3),
    ],
)
def test_the_strictest_cadence_holds(acts: list[Partnership], months: int) -> None:
    """Several acts with one partner: the shortest interval, a tie's own before its kind's (reading 4)."""
    assert cadence_of(acts) == months


def test_every_kind_has_a_cadence() -> None:
    """No kind of act can come without one."""
    assert set(CADENCE_MONTHS) == set(Kind)


def test_a_paused_act_sets_no_cadence_beside_one_in_force() -> None:
    """Reading 4 speaks of acts in force: a paused sister city does not hurry the memorandum that goes on."""
    paused, memorandum = act(status=Status.PAUSED), act(2, kind=Kind.MOU)
    found = quietness([paused, memorandum], PartialDate(2025, 5, 1), TODAY)
    assert (found.state, found.cadence_months) == (Contact.FRESH, 24)


def test_a_tie_is_paused_when_all_that_stands_is() -> None:
    """However long ago the last contact was, and with the cadence it will have again."""
    found = quietness([act(status=Status.PAUSED)], PartialDate(1990), TODAY)
    assert (found.state, found.cadence_months) == (Contact.PAUSED, 12)


def test_quietness_tells_what_it_rests_on() -> None:
    """State, cadence and the last contact come together."""
    found = quietness([act()], PartialDate(2024, 6), TODAY)
    assert (found.state, found.cadence_months, found.last) == (Contact.DORMANT, 12, PartialDate(2024, 6))
