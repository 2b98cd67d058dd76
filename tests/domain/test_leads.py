"""Lead times as people type them, strictly read, and anniversaries told by them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadInput
from bot.domain.leads import DEFAULT_LEADS, LONGEST_LEAD, MOST_LEADS, Leads, read_leads, write_leads
from bot.domain.offices import RestDayRule
from bot.domain.partnerships import Kind
from bot.domain.reminders import ReminderKind
from bot.domain.ties import Tie
from tests.domain.builders import HOME, PARTNER, THIRD, act, contact, office, posts

YEAR = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "leads"),
    [
        ("30, 7, 0", (30, 7, 0)),
        ("0,7,30", (30, 7, 0)),
        (" 30、7、0 ", (30, 7, 0)),
        ("３０，７，０", (30, 7, 0)),
        ("14", (14,)),
        ("7; 7; 007", (7,)),
        ("366", (366,)),
        ("None", ()),
        ("無", ()),
        ("-", ()),
    ],
)
def test_what_is_read(typed: str, leads: tuple[int, ...]) -> None:
    """In whatever order and width; each day once, the longest lead first."""
    assert read_leads(typed) == leads


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "leads.missing"),
        ("  ", "leads.missing"),
        ("30 7 0", "leads.unreadable"),
        ("30, 7,", "leads.unreadable"),
        ("30, -7", "leads.unreadable"),
        ("a week", "leads.unreadable"),
        ("3.5", "leads.unreadable"),
        ("30, 367", "leads.too_long"),
        (",".join(map(str, range(MOST_LEADS + 1))), "leads.too_many"),
    ],
)
def test_what_is_not(typed: str, key: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(BadInput) as refused:
        read_leads(typed)
    assert refused.value.key == key


@given(st.sets(st.integers(0, LONGEST_LEAD), max_size=MOST_LEADS))
def test_what_is_written_is_read_alike(days: set[int]) -> None:
    """The form shows what is stored, and submitting it as it is changes nothing."""
    leads = tuple(sorted(days, reverse=True))
    assert read_leads(write_leads(leads)) == leads


def days(*ties: Tie, **more: object) -> list[tuple[str, int]]:
    """On which days of 2026 something is told of anniversaries, with which lead."""
    planned = [p for p in posts(office(**more), ties, *YEAR) if p.kind is ReminderKind.ANNIVERSARY]
    return [(str((p.at + timedelta(hours=8)).date()), p.lead_days) for p in planned]


def test_an_office_has_its_own_leads() -> None:
    """For milestones, for others, and none at all."""
    golden, ordinary = act(signed="1976-06-30"), act(2, signed="1975-06-30")
    ties = [Tie(PARTNER, [golden]), Tie(THIRD, [ordinary])]
    assert days(*ties, leads=Leads((60,), ())) == [("2026-05-01", 60)]
    assert days(*ties, leads=Leads((), (1, 0))) == [("2026-06-29", 1), ("2026-06-30", 0)]
    assert days(*ties, leads=Leads((), ())) == []
    assert len(days(*ties)) == len(DEFAULT_LEADS.milestones) + len(DEFAULT_LEADS.others)


def test_a_month_is_told_once_a_month_ahead() -> None:
    """Of memoranda only milestones; on a working day where the office wants it; not at all without leads."""
    tie = Tie(PARTNER, [act(signed="1986-09"), act(2, signed="1985-11", kind=Kind.MOU)])
    assert days(tie) == [("2026-08-01", 30)]
    assert days(tie, leads=Leads((), (30,))) == []
    considerate = office(rest_day_rule=RestDayRule.WORKING_DAY_BEFORE)
    [post] = posts(considerate, [tie], *YEAR, lambda day: day.weekday() < 5)
    assert post.at + timedelta(hours=8) == datetime(2026, 8, 3, 9, tzinfo=UTC)  # the first is a Saturday


def test_what_is_done_or_muted_is_not_told() -> None:
    """This year's and no other's; a muted partner until its day; of two partners both have to be."""
    three = act(signed="1988-06-30", parties=(HOME, PARTNER, THIRD))
    tie = Tie(PARTNER, [three], contact("2025-01-01"))
    window = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    done = {(ReminderKind.ANNIVERSARY, "P1", date(2026, 6, 30))}
    kept = posts(office(), [tie], *window, done=done)
    assert {p.occurrence.year for p in kept if p.kind is ReminderKind.ANNIVERSARY} == {2027}
    assert posts(office(), [tie], *window, muted={PARTNER.id: None}) == [
        p for p in posts(office(), [tie], *window) if p.kind is ReminderKind.ANNIVERSARY
    ]
    assert posts(office(), [tie], *window, muted={PARTNER.id: None, THIRD.id: None}) == []
    until = {PARTNER.id: date(2026, 6, 24), THIRD.id: None}
    later = [p for p in posts(office(), [tie], *window, muted=until) if p.occurrence.year == 2026]
    assert [p.lead_days for p in later] == [0]
