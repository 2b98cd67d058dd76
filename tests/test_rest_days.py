"""Weekends and holidays of a country, and an office that changes its mind about them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.domain.access import Role
from bot.domain.dates import PartialDate
from bot.domain.dormancy import Contact, Quietness
from bot.domain.offices import Office, RestDayRule
from bot.domain.reminders import Reminder, ReminderKind, ReminderState
from bot.services.composing.silences import SilenceNews
from bot.services.desk import Caller, Desk
from bot.services.office_settings import PostingForm
from bot.services.offices import office_named, set_up_office
from bot.services.outbox import enqueue_due
from bot.services.posts import Post
from bot.services.reminders import preview
from bot.services.rest_days import working_days
from bot.ui.posts import post_text
from db.tables import OfficeChannelRow, OfficeRow
from tests.domain.builders import PARTNER, act, office, place
from tests.records import outbox


def of_country(country: str | None) -> Office:
    return replace(office(), place=place(1, country=country))


@pytest.mark.parametrize(
    ("country", "day", "works"),
    [
        ("TW", date(2026, 11, 20), True),
        ("TW", date(2026, 11, 21), False),
        ("TW", date(2026, 2, 17), False),  # the lunar new year, a Tuesday
        ("TW", date(2026, 10, 9), False),  # Friday before a National Day on Saturday
        ("TW", date(2025, 2, 8), True),  # a Saturday that was worked to make up for 27 January
        ("US", date(2026, 11, 26), False),  # Thanksgiving
        ("CZ", date(2026, 11, 17), False),
        ("CZ", date(2026, 11, 26), True),
        ("IL", date(2026, 11, 20), False),  # a Friday
        ("IL", date(2026, 11, 22), True),  # a Sunday
        ("XX", date(2026, 11, 20), True),
        ("XX", date(2026, 11, 21), False),
        (None, date(2026, 11, 22), False),
        (None, date(2026, 12, 25), True),
    ],
)
def test_working_days(country: str | None, day: date, works: bool) -> None:
    """By the calendar of the country; of one that is not known, Saturdays and Sundays are off."""
    assert working_days(of_country(country))(day) is works


# Hachioji and Kaohsiung signed on 1 November 2006 (P198): the twentieth anniversary is on a Sunday.
FRIDAY, SUNDAY = "2026-10-30 10:00", "2026-11-01 10:00"
BEFORE, SAME = RestDayRule.WORKING_DAY_BEFORE, RestDayRule.SAME_DAY


def at(desk: Desk, text: str) -> Desk:
    """The same desk at another moment, in Taiwan's time."""
    moment = (datetime.fromisoformat(text) - timedelta(hours=8)).replace(tzinfo=UTC)
    return replace(desk, clock=lambda: moment)


async def change(desk: Desk, **values: object) -> None:
    """Kaohsiung's office as it is stored, without the form for it."""
    kaohsiung = await office_named(desk, "kaohsiung-tw")
    async with desk.database.write() as session:
        await session.execute(update(OfficeRow).where(OfficeRow.id == kaohsiung.id).values(**values))


@pytest.fixture
async def tied_desk(seeded_desk: Desk) -> Desk:
    """Kaohsiung has had a server for a month, with a channel for anniversaries."""
    early = at(seeded_desk, "2026-10-01 00:00")
    await set_up_office(early, Caller("en", 1, 1, role=Role.OPERATOR), "kaohsiung-tw", 10, PostingForm())
    return seeded_desk


async def posts_for_hachioji(desk: Desk) -> list[tuple[str, int, ReminderState]]:
    """(local day of posting, lead, state) of the last two posts before the anniversary, as the outbox has them."""
    return [
        (f"{row.at + timedelta(hours=8):%m-%d}", row.lead_days, row.state)
        for row in await outbox(desk)
        if row.subject == "P198" and row.lead_days < 30
    ]


async def test_a_post_for_a_sunday_goes_out_on_friday(tied_desk: Desk) -> None:
    """The week before, Monday is a holiday too: that one goes out on Friday 23 October."""
    await change(tied_desk, rest_day_rule=BEFORE)
    await enqueue_due(at(tied_desk, "2026-10-23 10:00"))
    await enqueue_due(at(tied_desk, FRIDAY))
    await enqueue_due(at(tied_desk, SUNDAY))
    assert await posts_for_hachioji(tied_desk) == [
        ("10-23", 7, ReminderState.PENDING),
        ("10-30", 0, ReminderState.PENDING),
    ]


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ({"rest_day_rule": BEFORE}, {"rest_day_rule": SAME}, (FRIDAY, SUNDAY)),
        ({"rest_day_rule": SAME}, {"rest_day_rule": BEFORE}, (SUNDAY, SUNDAY)),
        ({"posting_hour": 9}, {"posting_hour": 11}, (SUNDAY, "2026-11-01 11:30")),
        ({"zone": "Asia/Taipei"}, {"zone": "Europe/Prague"}, (SUNDAY, "2026-11-01 19:00")),
    ],
)
async def test_what_went_out_under_one_rule_stays_out_under_another(
    tied_desk: Desk, first: dict[str, object], second: dict[str, object], days: tuple[str, str]
) -> None:
    """A post is the same post whenever it is due: changing rule, hour or zone, and the channel, repeats nothing."""
    await change(tied_desk, **first)
    await enqueue_due(at(tied_desk, days[0]))
    once = await posts_for_hachioji(tied_desk)
    assert [lead for _, lead, _ in once if lead == 0] == [0]
    await change(tied_desk, **second)
    async with tied_desk.database.write() as session:
        await session.execute(update(OfficeChannelRow).values(channel_id=20))
    await enqueue_due(at(tied_desk, days[1]))
    assert await posts_for_hachioji(tied_desk) == once


async def test_the_preview_follows_the_rule(tied_desk: Desk) -> None:
    """On the day and at the lead that the outbox would have, in words that fit the day of posting."""
    desk = at(tied_desk, FRIDAY)
    for rule, day, words in (
        (SAME, date(2026, 11, 1), "Today, "),
        (BEFORE, date(2026, 10, 30), "In 2 days, "),
    ):
        await change(desk, rest_day_rule=rule)
        found = await preview(desk, day, 1, await office_named(desk, "kaohsiung-tw"))
        (post,) = [each for each in found if each.reminder.subject == "P198"]
        assert post.reminder.lead_days == 0
        assert words in post_text(post)
        assert "Sunday, 1 November 2026" in post_text(post)


@pytest.mark.parametrize(
    ("state", "ahead", "words"),
    [
        (Contact.COOLING, 2, "from 22 November 2026 on it is overdue"),
        (Contact.DORMANT, 2, "on 22 November 2026, twice the expected 12 months will have passed"),
        (Contact.STALE, 1, "on 22 November 2026, four times the expected 12 months will have passed"),
        (Contact.DORMANT, 0, "twice the expected 12 months have passed"),
    ],
)
def test_silence_that_is_told_ahead_is_not_told_as_past(state: Contact, ahead: int, words: str) -> None:
    """On the Friday before, the months have not passed yet."""
    day = date(2026, 11, 22)
    moment = datetime(2026, 11, 22, 1, 0, tzinfo=UTC) - timedelta(days=ahead)
    reminder = Reminder(7, ReminderKind.DORMANCY, "P1", day, 0, 1, moment)
    quiet = Quietness(state, 12, PartialDate(2024, 11, 21))
    assert words in post_text(Post(office(), reminder, SilenceNews(act(), [PARTNER], quiet), moment))
