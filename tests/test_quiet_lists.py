"""The weekly list and single posts of quiet ties as the outbox takes them: what is told, and that a visit ends it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.access import Role
from bot.domain.offices import Office, Purpose
from bot.domain.partnerships import Kind
from bot.domain.reminders import OF_OFFICE, ReminderKind, ReminderState
from bot.services import outbox as box
from bot.services.composing.silences import QuietListNews
from bot.services.desk import Caller, Desk
from bot.services.exchanges import VisitForm, log_visit
from bot.services.posts import Post
from bot.services.quiet import quiet_ties
from bot.services.reminders import compose, preview
from bot.services.tending import Which, mute, snooze
from bot.ui.posts import post_embed, post_view
from db.office_measures import set_cadences
from db.offices import office_by_id, set_channels, tie_guild
from tests.records import office_of, outbox, person

MONDAY = date(2026, 11, 23)
HOUR = datetime(2026, 11, 23, 1, tzinfo=UTC)
"""Nine in the morning in Taiwan."""


class Mover:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def mover() -> Mover:
    return Mover(datetime(2026, 11, 20, 4, tzinfo=UTC))


@pytest.fixture
def seeded_desk(seeded_desk: Desk, mover: Mover) -> Desk:
    return replace(seeded_desk, clock=mover)


async def served(desk: Desk, key: str = "kaohsiung-tw") -> Office:
    """The office with a server, and a channel for quiet ties."""
    office = await office_of(desk, key)
    async with desk.database.write() as session:
        await tie_guild(session, office.id, 1000 + office.id, desk.clock(), office.posting, office.standing)
        await set_channels(session, office.id, {Purpose.DORMANCY: 55})
        found = await office_by_id(session, office.id)
    assert found is not None
    return found


def logger(office: Office) -> Caller:
    return person(office, Role.ADMINISTRATOR)


async def weekly_post(desk: Desk, office: Office) -> Post[QuietListNews]:
    """The weekly list of the coming Monday, as it would look."""
    (found,) = [
        each
        for each in await preview(desk, MONDAY, 1, office)
        if each.reminder.kind is ReminderKind.QUIET_LIST
    ]
    return found  # type: ignore[return-value]


@pytest.mark.both_engines
async def test_the_list_goes_out_once_a_week(seeded_desk: Desk, mover: Mover) -> None:
    """One row, claimed and composed; nothing more until the next Monday."""
    office = await served(seeded_desk)
    await box.enqueue_due(seeded_desk)
    assert await outbox(seeded_desk) == []
    for moment in (HOUR, HOUR + timedelta(hours=1), HOUR + timedelta(days=6, hours=23)):
        mover.now = moment
        await box.enqueue_due(seeded_desk)
    rows = [row for row in await outbox(seeded_desk) if row.kind is ReminderKind.QUIET_LIST]
    assert [(row.subject, row.occurrence, row.office_id) for row in rows] == [(OF_OFFICE, MONDAY, office.id)]
    mover.now = HOUR + timedelta(days=7)
    await box.enqueue_due(seeded_desk)
    assert sum(row.kind is ReminderKind.QUIET_LIST for row in await outbox(seeded_desk)) == 2


async def test_each_place_in_the_list_has_its_reason(seeded_desk: Desk) -> None:
    """Record, last contact, cadence, since when past it; worst first, no more than ten, and the rest counted."""
    office = await served(seeded_desk)
    async with seeded_desk.database.write() as session:
        await set_cadences(session, office.id, {Kind.SISTER_CITY: 1, Kind.FRIENDSHIP_CITY: 2})
    office = await served(seeded_desk)
    post = await weekly_post(seeded_desk, office)
    embed = post_embed(replace(post, office=replace(office, language="en")))
    lines = str(embed.description).splitlines()[1:]
    assert len(post.news.listed.quiet) > 10
    assert len(lines) == 11
    assert "more" in lines[-1]
    assert any(
        line
        == "`P195` **Seattle** · 🔴 stale · 28 April 2011 (X19); expected every month, past it since 29 May 2011"
        for line in lines
    )
    over = [each.quiet.times_over(MONDAY) for each in post.news.listed.quiet]
    assert over == sorted(over, reverse=True)
    chinese = post_embed(replace(post, office=replace(office, language="zh-TW")))
    assert (
        "**西雅圖** · 🔴 長期無往來 · 2011年4月28日（X19）；預期每 1 個月一次，自2011年5月29日起逾期"
        in str(chinese.description)
    )
    assert any("尚未登錄任何交流" in str(field.name) for field in chinese.fields)
    assert len(post_view(post).children) >= 1


async def test_a_visit_on_the_day_before_leaves_nothing_to_tell(seeded_desk: Desk, mover: Mover) -> None:
    """A tie that would be overdue tomorrow: no post is planned, and the list is shorter."""
    office = await served(seeded_desk)
    await log_visit(seeded_desk, logger(office), VisitForm("Seattle", "2025-11-21"), "test:1")
    coming = [each.reminder.subject for each in await preview(seeded_desk, date(2026, 11, 22), 1, office)]
    assert "P195" in coming
    await log_visit(seeded_desk, logger(office), VisitForm("Seattle", "2026-11-20"), "test:2")
    mover.now = datetime(2026, 11, 22, 1, tzinfo=UTC)
    await box.enqueue_due(seeded_desk)
    assert "P195" not in [row.subject for row in await outbox(seeded_desk)]
    listed = (await weekly_post(seeded_desk, office)).news.listed
    assert "seattle-us" not in [each.tie.partner.key for each in listed.quiet]


async def test_a_visit_calls_off_what_waits(seeded_desk: Desk, mover: Mover) -> None:
    """What is in the outbox already has nothing to say any more when its turn comes."""
    office = await served(seeded_desk)
    await log_visit(seeded_desk, logger(office), VisitForm("Seattle", "2025-11-21"), "test:1")
    mover.now = datetime(2026, 11, 22, 1, tzinfo=UTC)
    await box.enqueue_due(seeded_desk)
    (waiting,) = [row for row in await outbox(seeded_desk) if row.subject == "P195"]
    assert waiting.state is ReminderState.PENDING
    await log_visit(seeded_desk, logger(office), VisitForm("Seattle", "2026-11-22"), "test:2")
    (claim,) = [each for each in await box.claim_due(seeded_desk, "a") if each.reminder.subject == "P195"]
    assert await compose(seeded_desk, claim) is None


async def test_muted_and_put_off_ties_are_not_listed(seeded_desk: Desk) -> None:
    """Of the others the list goes on as it is; `/quiet` shows them still."""
    office = await served(seeded_desk)
    caller = logger(office)
    before = (await weekly_post(seeded_desk, office)).news.listed.quiet
    first, second, *rest = before
    await mute(seeded_desk, caller, first.tie.partner.key)
    crossed = second.tie.crossings()[second.quiet.state]
    which = Which(ReminderKind.DORMANCY, second.tie.lead_act.record, crossed, 0)
    await snooze(seeded_desk, caller, which, date(2026, 12, 20))
    after = (await weekly_post(seeded_desk, office)).news.listed.quiet
    assert [each.tie.partner.id for each in after] == [each.tie.partner.id for each in rest]
    assert len((await quiet_ties(seeded_desk, caller)).quiet) == len(before)
