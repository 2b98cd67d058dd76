"""Looking after reminders: put off, assigned, done, muted; who may, what is stored, and what it does to posts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.domain.access import Role, Standing
from bot.domain.errors import BadInput, NotAllowed, NotFound
from bot.domain.reminders import ReminderKind, ReminderState
from bot.i18n.texts import Texts
from bot.services import outbox as box
from bot.services.audit import office_history
from bot.services.celebrations import CelebrationForm, plan_celebration
from bot.services.desk import Caller, Desk
from bot.services.office_settings import LeadsForm, PostingForm, change_leads
from bot.services.offices import set_up_office
from bot.services.reminders import compose
from bot.services.tending import (
    Which,
    assign,
    finish,
    mute,
    muted_ties,
    read_put_off,
    snooze,
    unmute,
    which_about,
)
from bot.ui.audit import _office_lines
from bot.ui.posts import post_text
from db.offices import office_of_guild
from db.reminders import Claim
from db.tables import OfficeRow
from db.users import find_user, forget_user
from tests.records import audit_entries

LEAD_DAY = datetime(2026, 5, 31, 1, 0, tzinfo=UTC)
"""Nine o'clock in Kaohsiung, thirty days before sixty years since the signing with Busan."""

BUSAN_DAY = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)
BUSAN = Which(ReminderKind.ANNIVERSARY, "P191", date(2026, 6, 30), 30)
GUILD = 1


class Mover:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def mover() -> Mover:
    return Mover(LEAD_DAY - timedelta(hours=10))


@pytest.fixture
async def tied(seeded_desk: Desk, mover: Mover) -> Desk:
    """Kaohsiung has a server since the evening before, with one channel for everything."""
    desk = replace(seeded_desk, clock=mover)
    await set_up_office(desk, Caller("en", 77, GUILD, role=Role.OPERATOR), "kaohsiung-tw", 10, PostingForm())
    await box.enqueue_due(desk)
    return desk


async def caller(desk: Desk, role: Role = Role.LOGGER, user_id: int = 5) -> Caller:
    async with desk.database.read() as session:
        office = await office_of_guild(session, GUILD)
    assert office is not None
    return Caller("en", user_id, GUILD, office, role)


async def post_all(desk: Desk, when: datetime, mover: Mover) -> list[tuple[Claim, str]]:
    """What is posted at that moment about Busan."""
    mover.now = when
    await box.enqueue_due(desk)
    found = []
    for claim in await box.claim_due(desk, "a"):
        post = await compose(desk, claim)
        if post is None:
            await box.record_unsent(desk, claim, ReminderState.CANCELLED, "nothing")
        else:
            await box.record_sent(desk, claim, claim.row_id)
            if claim.reminder.subject == "P191":
                found.append((claim, post_text(post)))
    return found


async def test_a_reminder_that_is_put_off_comes_again_and_the_cycle_is_untouched(
    tied: Desk, mover: Mover
) -> None:
    """On its day, once, in words of that day; the leads after it as ever."""
    assert len(await post_all(tied, LEAD_DAY, mover)) == 1
    staff = await caller(tied)
    await snooze(tied, staff, BUSAN, date(2026, 6, 2))
    snoozed = await snooze(tied, staff, BUSAN, date(2026, 6, 3))  # they think again
    assert snoozed.at == datetime(2026, 6, 3, 1, 0, tzinfo=UTC)
    assert await post_all(tied, LEAD_DAY + timedelta(days=2), mover) == []
    [(_, text)] = await post_all(tied, LEAD_DAY + timedelta(days=3), mover)
    assert "In 27 days" in text
    [(_, week)] = await post_all(tied, BUSAN_DAY - timedelta(days=7), mover)
    [(_, day)] = await post_all(tied, BUSAN_DAY, mover)
    assert "In 7 days" in week
    assert "Today, " in day
    [entry, *_] = [e for e in await audit_entries(tied) if e.action == "office.reminders"]
    assert (entry.user_id, entry.after) == (5, {"reminder_snoozed": "P191 2026-06-02"})


async def test_put_off_to_a_day_on_which_it_comes_anyway(tied: Desk, mover: Mover) -> None:
    """One post, not two; and where that one is out already, once more all the same."""
    await post_all(tied, LEAD_DAY, mover)
    staff = await caller(tied)
    await snooze(tied, staff, BUSAN, date(2026, 6, 23))
    assert len(await post_all(tied, BUSAN_DAY - timedelta(days=7), mover)) == 1
    async with tied.database.write() as session:  # from now on, what is for a rest day goes out before it
        await session.execute(update(OfficeRow).values(posting_hour=9))
    await post_all(tied, BUSAN_DAY, mover)
    await snooze(tied, staff, replace(BUSAN, lead=0), date(2026, 7, 1))
    [(claim, text)] = await post_all(tied, BUSAN_DAY + timedelta(days=1), mover)
    assert claim.reminder.lead_days == -1
    assert "On Tuesday, 30 June 2026" in text


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "snooze.no_day"),
        ("2026-07", "snooze.no_day"),
        ("2026-05-31", "snooze.not_ahead"),
        ("2026-01-01", "snooze.not_ahead"),
        ("2027-06-02", "snooze.too_far"),
        ("soon", "date.unreadable_ahead"),
    ],
)
def test_what_nothing_can_be_put_off_to(typed: str, key: str) -> None:
    """It takes a day ahead, within a year."""
    with pytest.raises(BadInput) as refused:
        read_put_off(typed, date(2026, 5, 31))
    assert refused.value.key == key
    assert read_put_off("2026-06-01", date(2026, 5, 31)) == date(2026, 6, 1)


async def test_who_looks_after_it_stands_in_the_next_post(tied: Desk, mover: Mover) -> None:
    """Until they are forgotten: their id is found, and goes."""
    await post_all(tied, LEAD_DAY, mover)
    staff = await caller(tied)
    await assign(tied, staff, BUSAN, 4321)
    await assign(tied, staff, BUSAN, 4321)
    assert len([e for e in await audit_entries(tied) if e.action == "office.reminders"]) == 1
    [(_, text)] = await post_all(tied, BUSAN_DAY - timedelta(days=7), mover)
    assert "<@4321> looks after this" in text
    async with tied.database.write() as session:
        assert "reminder:P191" in {trace.record for trace in await find_user(session, 4321)}
        await forget_user(session, 4321)
        assert await find_user(session, 4321) == []
    [(_, text)] = await post_all(tied, BUSAN_DAY, mover)
    assert "looks after" not in text


async def test_what_is_done_comes_no_more_this_year(tied: Desk, mover: Mover) -> None:
    """Nor what was put off; and it comes again when it is not done after all."""
    await post_all(tied, LEAD_DAY, mover)
    staff = await caller(tied)
    await snooze(tied, staff, BUSAN, date(2026, 6, 3))
    await finish(tied, staff, BUSAN)
    assert await post_all(tied, LEAD_DAY + timedelta(days=3), mover) == []
    assert await post_all(tied, BUSAN_DAY - timedelta(days=7), mover) == []
    await finish(tied, staff, BUSAN, done=False)
    assert len(await post_all(tied, BUSAN_DAY, mover)) == 1
    await finish(tied, staff, BUSAN)
    assert len(await post_all(tied, datetime(2027, 5, 31, 1, tzinfo=UTC), mover)) == 1


async def test_a_muted_tie_is_not_told_of_until_its_day(tied: Desk, mover: Mover) -> None:
    """Editors may; what waits is not sent either; whoever asks sees it."""
    editor = await caller(tied, Role.EDITOR)
    with pytest.raises(NotAllowed):
        await mute(tied, await caller(tied), "Busan")
    with pytest.raises(NotFound) as unknown:
        await mute(tied, editor, "Prague")
    assert unknown.value.key == "mute.no_tie"
    await mute(tied, editor, "釜山", "2026-06-24")
    assert await post_all(tied, LEAD_DAY, mover) == []
    assert [(each.partner.name_en, each.until) for each in await muted_ties(tied, editor)] == [
        ("Busan", date(2026, 6, 24))
    ]
    assert await post_all(tied, BUSAN_DAY - timedelta(days=7), mover) == []
    assert len(await post_all(tied, BUSAN_DAY, mover)) == 1
    assert await muted_ties(tied, editor) == []
    await unmute(tied, editor, "Busan")
    with pytest.raises(NotFound):
        await unmute(tied, editor, "Busan")
    [last, *_] = await office_history(tied, replace(editor, role=Role.ADMINISTRATOR))
    lines = _office_lines(Texts("en"), last, "Asia/Taipei")
    assert lines[1].strip() == "Reminders muted: Busan 2026-06-24 → none"


async def test_which_reminder_is_meant_by_a_record(tied: Desk, mover: Mover) -> None:
    """The last one posted, else the next one to come."""
    staff = await caller(tied)
    assert await which_about(tied, staff, "p191") == BUSAN
    await post_all(tied, LEAD_DAY, mover)
    await post_all(tied, BUSAN_DAY - timedelta(days=7), mover)
    assert await which_about(tied, staff, "P191") == replace(BUSAN, lead=7)
    with pytest.raises(NotFound) as unknown:
        await which_about(tied, staff, "P1")
    assert unknown.value.key == "reminders.none_about"


async def test_who_may_look_after_reminders(tied: Desk) -> None:
    """Whoever may log, also in an office that only reads; readers may not."""
    with pytest.raises(NotAllowed):
        await snooze(tied, await caller(tied, Role.READER), BUSAN, date(2026, 6, 3))
    async with tied.database.write() as session:
        await session.execute(update(OfficeRow).values(standing=Standing.READER))
    staff = await caller(tied)
    assert (await finish(tied, staff, BUSAN)).news.records[0] == "P191"
    with pytest.raises(NotFound) as over:
        await finish(tied, staff, replace(BUSAN, occurrence=date(2026, 6, 29)))
    assert over.value.key == "reminders.over"


async def test_a_celebration_is_planned_on_a_day_of_its_own(tied: Desk) -> None:
    """Once however often it is submitted; it is planned, so it is no contact yet."""
    staff = await caller(tied)
    form = CelebrationForm("2026-07-04 14:00", "Concert", "in_person")
    first = await plan_celebration(tied, staff, "P191", form, "900")
    again = await plan_celebration(tied, staff, "P191", form, "900")
    assert first == again
    planned = first.exchange
    assert (planned.status, planned.kind, planned.title) == ("planned", "other", "Concert")
    assert planned.starts_at == datetime(2026, 7, 4, 6, 0, tzinfo=UTC)
    assert [place.name_en for place in planned.places] == ["Kaohsiung", "Busan"]
    for typed, key in (("2026-05-01", "celebration.in_past"), ("sometime", "date.unreadable_ahead")):
        with pytest.raises(BadInput) as refused:
            await plan_celebration(tied, staff, "P191", CelebrationForm(typed, " "), "901")
        assert [problem.key for problem in refused.value.problems] == [key, "celebration.no_title"]  # type: ignore[attr-defined]


async def test_lead_times_of_an_office(tied: Desk, mover: Mover) -> None:
    """Changed in one form, read strictly, in the trail; the next pass goes by them."""
    administrator = await caller(tied, Role.ADMINISTRATOR)
    office = administrator.own_office()
    with pytest.raises(BadInput) as refused:
        await change_leads(tied, administrator, LeadsForm("a month", ""), office.version)
    assert [p.key for p in refused.value.problems] == ["leads.unreadable", "leads.missing"]  # type: ignore[attr-defined]
    await change_leads(tied, administrator, LeadsForm("29, 0", "none"), office.version)
    assert await post_all(tied, LEAD_DAY, mover) == []
    assert len(await post_all(tied, LEAD_DAY + timedelta(days=1), mover)) == 1
    [entry] = [e for e in await audit_entries(tied) if e.after and "other_leads" in e.after and e.before]
    assert entry.before == {"milestone_leads": "180, 90, 30, 7, 0", "other_leads": "30, 7, 0"}
