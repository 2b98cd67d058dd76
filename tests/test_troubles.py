"""What becomes of posts that cannot go out: lists of what was missed, notices of closed channels, clocks that leap."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SteadyClock
from bot.domain.access import Role
from bot.domain.errors import Unavailable
from bot.domain.offices import Office, Purpose
from bot.domain.reminders import (
    LEASE,
    LONGEST_RETRY,
    LONGEST_WAIT,
    NO_CHANNEL,
    TWICE,
    Doubt,
    ReminderKind,
    ReminderState,
    wait_after,
)
from bot.i18n.texts import Texts
from bot.sending import asked_for
from bot.services import outbox as box
from bot.services.desk import Caller, Desk
from bot.services.office_settings import PostingForm
from bot.services.offices import set_up_office
from bot.services.reminders import compose
from bot.services.troubles import channels_changed, record_blocked
from bot.ui.posts import post_text
from bot.ui.reminder_lists import posted_line
from db.offices import office_by_id, office_of_guild, set_channels
from db.posted import posted
from db.reminders import Claim
from db.tables import ReminderRow
from tests.records import outbox

BUSAN_DAY = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)
"""Nine o'clock in Kaohsiung, sixty years after the signing with Busan."""

GUILD, FIRST, SECOND = 1, 10, 20


class Mover:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def mover() -> Mover:
    return Mover(BUSAN_DAY - timedelta(hours=10))


@pytest.fixture
async def tied(seeded_desk: Desk, mover: Mover) -> Desk:
    """Kaohsiung has a server since the evening before, with one channel for everything."""
    desk = replace(seeded_desk, clock=mover)
    someone = Caller("en", 77, GUILD, role=Role.ADMINISTRATOR)
    await set_up_office(desk, replace(someone, role=Role.OPERATOR), "kaohsiung-tw", FIRST, PostingForm())
    await box.enqueue_due(desk)
    return desk


async def office(desk: Desk) -> Office:
    async with desk.database.read() as session:
        found = await office_of_guild(session, GUILD)
    assert found is not None
    return found


async def rows(desk: Desk, kind: ReminderKind) -> list[ReminderRow]:
    return [row for row in await outbox(desk) if row.kind is kind]


async def claim(desk: Desk, kind: ReminderKind) -> Claim:
    """The claim on the one post of this kind that is due."""
    [found] = [each for each in await box.claim_due(desk, "a") if each.reminder.kind is kind]
    return found


async def text_of(desk: Desk, claimed: Claim) -> str | None:
    post = await compose(desk, claimed)
    return post_text(post) if post else None


# What was missed ---------------------------------------------------------------------------------------------


async def test_what_was_missed_stands_in_one_list(tied: Desk, mover: Mover) -> None:
    """After two weeks of silence: one list with what would still matter; late ones apart from it; told once."""
    mover.now = BUSAN_DAY + timedelta(days=14)
    await box.enqueue_due(tied)
    claimed = await claim(tied, ReminderKind.MISSED)
    text = str(await text_of(tied, claimed))
    assert "Kaohsiung: missed while Attaché was away" in text
    assert "30 June 2026: Kaohsiung – Busan: 60 years" in text
    assert text.count("P191") == 1
    await box.record_sent(tied, claimed, 5)
    for _ in range(3):
        mover.now += timedelta(days=1)
        await box.enqueue_due(tied)
    assert len(await rows(tied, ReminderKind.MISSED)) == 1


async def test_a_list_that_is_missed_itself_is_made_anew(tied: Desk, mover: Mover) -> None:
    """Down again before the list could go out: the next one has what it had, and what came since."""
    mover.now = BUSAN_DAY + timedelta(days=10)
    await box.enqueue_due(tied)
    mover.now += timedelta(days=30)
    await box.claim_due(tied, "a")  # gives up what is past its grace
    await box.enqueue_due(tied)
    first, second = await rows(tied, ReminderKind.MISSED)
    assert first.state is ReminderState.EXPIRED
    assert {row.told_in for row in await outbox(tied) if row.state is ReminderState.EXPIRED} == {
        None,
        second.id,
    }


# Closed channels ---------------------------------------------------------------------------------------------


async def blocked(desk: Desk, mover: Mover, reason: str = "forbidden") -> Claim:
    """The sixtieth anniversary, which its channel refuses."""
    mover.now = BUSAN_DAY
    await box.enqueue_due(desk)
    [claimed] = [each for each in await box.claim_due(desk, "a") if each.reminder.subject == "P191"]
    await record_blocked(desk, claimed, reason)
    return claimed


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("forbidden", "may not write in <#10> (Anniversaries)"),
        ("channel_gone", "The channel <#10> is gone (Anniversaries)"),
    ],
)
async def test_a_closed_channel_is_told_once_in_another(
    tied: Desk, mover: Mover, reason: str, words: str
) -> None:
    """However many posts it refuses, and however often."""
    async with tied.database.write() as session:
        others = dict.fromkeys((Purpose.DORMANCY, Purpose.DIGESTS, Purpose.VISITS), SECOND)
        await set_channels(session, (await office(tied)).id, {Purpose.ANNIVERSARIES: FIRST, **others})
    await blocked(tied, mover, reason)
    notice = await claim(tied, ReminderKind.TROUBLE)
    assert notice.reminder.channel_id == SECOND
    text = str(await text_of(tied, notice))
    assert words in text
    assert "1 post waits" in text
    await box.record_sent(tied, notice, 5)
    mover.now += timedelta(days=1)
    [again] = [each for each in await box.claim_due(tied, "a") if each.reminder.subject == "P191"]
    await record_blocked(tied, again, reason)
    assert len(await rows(tied, ReminderKind.TROUBLE)) == 1


async def test_a_trouble_that_comes_back_is_told_again(tied: Desk, mover: Mover) -> None:
    """Mended in between, it is another one."""
    await blocked(tied, mover)
    mover.now += timedelta(hours=1)
    [again] = [each for each in await box.claim_due(tied, "a") if each.reminder.subject == "P191"]
    await box.record_sent(tied, again, 5)
    mover.now = BUSAN_DAY + timedelta(days=40)
    await box.enqueue_due(tied)
    for each in await box.claim_due(tied, "a"):
        if each.reminder.kind is not ReminderKind.TROUBLE:
            await record_blocked(tied, each, "forbidden")
    assert len(await rows(tied, ReminderKind.TROUBLE)) == 2


async def test_where_no_channel_works_a_person_is_told_or_the_check_says_so(tied: Desk, mover: Mover) -> None:
    """Whoever set up the office; where they take no direct messages, it stands in `/office check` and doctor."""
    await blocked(tied, mover)
    notice = await claim(tied, ReminderKind.TROUBLE)
    assert notice.reminder.channel_id == NO_CHANNEL
    post = await compose(tied, notice)
    assert post is not None
    assert getattr(post.news, "person", None) == 77
    await record_blocked(tied, notice, "forbidden")
    assert ((await office(tied)).id, ReminderState.FAILED, "nobody_told", 1) in await box.unsent_posts(tied)


async def test_a_notice_that_its_channel_refuses_goes_to_a_person(tied: Desk, mover: Mover) -> None:
    """The other channel may be closed as well."""
    async with tied.database.write() as session:
        channels = {Purpose.ANNIVERSARIES: FIRST, Purpose.DIGESTS: SECOND}
        await set_channels(session, (await office(tied)).id, channels)
    await blocked(tied, mover)
    await record_blocked(tied, await claim(tied, ReminderKind.TROUBLE), "forbidden")
    [row] = await rows(tied, ReminderKind.TROUBLE)
    assert (row.channel_id, row.state) == (NO_CHANNEL, ReminderState.PENDING)


async def test_a_notice_that_is_not_true_any_more_is_not_sent(tied: Desk, mover: Mover) -> None:
    """The office has chosen another channel meanwhile."""
    await blocked(tied, mover)
    async with tied.database.write() as session:
        await set_channels(session, (await office(tied)).id, {Purpose.ANNIVERSARIES: SECOND})
    assert await text_of(tied, await claim(tied, ReminderKind.TROUBLE)) is None


async def test_what_is_blocked_is_tried_at_once_when_the_server_changes(tied: Desk, mover: Mover) -> None:
    """Nobody has to wait for half an hour who has just given the permission; and the loop is woken."""
    await blocked(tied, mover)
    assert "P191" not in {each.reminder.subject for each in await box.claim_due(tied, "a")}
    tied.database.changed.clear()
    await channels_changed(tied, 999)
    assert not tied.database.changed.is_set()
    await channels_changed(tied, GUILD)
    assert tied.database.changed.is_set()
    assert "P191" in {each.reminder.subject for each in await box.claim_due(tied, "a")}


# Leases and waits --------------------------------------------------------------------------------------------


async def begun(tied: Desk, mover: Mover, later: timedelta) -> Claim | None:
    """Claim the post of the day after so long, and begin to send it."""
    mover.now += later
    [claimed] = [each for each in await box.claim_due(tied, "a") if each.reminder.subject == "P191"]
    return await box.begin(tied, claimed)


async def test_what_may_be_out_twice_is_noted(tied: Desk, mover: Mover) -> None:
    """Whoever sent it vanished: within the minutes of the nonce nothing is said, after them it is in the log."""
    mover.now = BUSAN_DAY
    await box.enqueue_due(tied)
    past_lease = LEASE + timedelta(seconds=1)
    claims = [
        claimed for later in (timedelta(), *(past_lease,) * 3) if (claimed := await begun(tied, mover, later))
    ]
    assert [claimed.copies for claimed in claims] == [1, 1, 2, 2]  # three minutes after it was sent first
    await box.record_sent(tied, claims[-1], 5)
    [row] = [row for row in await outbox(tied) if row.subject == "P191"]
    assert (row.state, row.reason) == (ReminderState.SENT, TWICE)


async def test_nothing_is_sent_a_third_time(tied: Desk, mover: Mover) -> None:
    """Nobody learns twice how it ended: it is given up, and told of as missed."""
    mover.now = BUSAN_DAY
    await box.enqueue_due(tied)
    assert [bool(await begun(tied, mover, timedelta(hours=1))) for _ in range(3)] == [True, True, False]
    await box.enqueue_due(tied)
    [row] = [row for row in await outbox(tied) if row.subject == "P191"]
    assert (row.state, row.reason, row.told_in is None) == (ReminderState.FAILED, TWICE, False)
    async with tied.database.read() as session:
        office = await office_by_id(session, row.office_id)
        assert office is not None
        [told] = [post for post in await posted(session, office.id, 50) if post.row_id == row.id]
    assert posted_line(Texts("en"), office, told).endswith(
        "perhaps twice: how it was sent before is not known"
    )


@pytest.mark.parametrize(
    ("doubt", "copies", "is_begun"),
    [(Doubt.NONE, 0, False), (Doubt.LITTLE, 0, True), (Doubt.GREAT, 1, True)],
)
async def test_what_failed_is_out_or_not(
    tied: Desk, mover: Mover, doubt: Doubt, copies: int, is_begun: bool
) -> None:
    """A closed channel is an answer, a server's error hardly one, a lost connection is none.

    And whoever has lost the row begins nothing.
    """
    mover.now = BUSAN_DAY
    await box.enqueue_due(tied)
    [claimed] = [each for each in await box.claim_due(tied, "a") if each.reminder.subject == "P191"]
    assert await box.begin(tied, claimed)
    await box.record_unsent(tied, claimed, ReminderState.PENDING, "why", doubt=doubt)
    assert await box.begin(tied, claimed) is None
    [row] = [row for row in await outbox(tied) if row.subject == "P191"]
    assert (row.copies, row.begun_at is not None) == (copies, is_begun)


async def test_a_clock_that_was_ahead_holds_nothing_up(tied: Desk, mover: Mover) -> None:
    """A month ahead by mistake: what expired by it waits again, and neither lease nor wait of then counts."""
    mover.now = BUSAN_DAY + timedelta(days=30)
    await box.enqueue_due(tied)
    for each in await box.claim_due(tied, "a"):
        if each.reminder.kind is ReminderKind.DORMANCY:
            await box.record_unsent(tied, each, ReminderState.PENDING, "why", timedelta(hours=1))
    mover.now = BUSAN_DAY + timedelta(minutes=1)
    await box.enqueue_due(tied)
    assert "P191" in {each.reminder.subject for each in await box.claim_due(tied, "b")}


@given(st.integers(1, 200), st.floats(0, 1), st.floats(0, 10**6))
def test_how_long_is_waited(attempts: int, luck: float, seconds: float) -> None:
    """Longer each time, never together, never less than Discord asks for unless that is out of reason."""
    asked = timedelta(seconds=seconds)
    wait = wait_after(attempts, luck, asked)
    assert min(asked, LONGEST_RETRY) <= wait <= LONGEST_RETRY
    backoff = wait_after(attempts, luck)
    assert timedelta(seconds=30) <= backoff <= LONGEST_WAIT * 1.5
    assert backoff <= wait_after(attempts + 1, luck)
    assert wait_after(attempts, 0) * 3 == wait_after(attempts, 1)


@pytest.mark.parametrize(
    ("status", "header", "seconds"),
    [(429, "17.5", 17.5), (429, "3600", 3600), (503, "120", 120), (429, "soon", 0), (500, "", 0)],
)
def test_what_discord_asks_for(status: int, header: str, seconds: float) -> None:
    """In the header of a refusal, or where the library tells of one."""
    response: Any = SimpleNamespace(
        status=status, reason="", headers={"Retry-After": header} if header else {}
    )
    assert asked_for(discord.HTTPException(response, None)) == timedelta(seconds=seconds)
    assert asked_for(discord.RateLimited(seconds)) == timedelta(seconds=seconds)
    assert asked_for(TimeoutError()) == timedelta()


# Clocks that leap --------------------------------------------------------------------------------------------


class Hands:
    """A clock, and the steady time beside it."""

    def __init__(self) -> None:
        self.now, self.seconds = datetime(2026, 1, 1, tzinfo=UTC), 0.0

    def go_on(self, seconds: float, leap: timedelta = timedelta()) -> None:
        self.now += timedelta(seconds=seconds) + leap
        self.seconds += seconds


@pytest.mark.parametrize("leap", [timedelta(days=365), timedelta(hours=-3), timedelta(minutes=6)])
def test_a_leap_is_believed_once_it_has_stood(leap: timedelta) -> None:
    """Not at once, and from then on for good."""
    hands = Hands()
    steady = SteadyClock(lambda: hands.now, lambda: hands.seconds)
    hands.go_on(60)
    steady.check()
    hands.go_on(60, leap)
    for _ in range(10):
        with pytest.raises(Unavailable, match=r"clock\.leapt"):
            steady.check()
        hands.go_on(60)
    steady.check()
    hands.go_on(60)
    steady.check()


def test_a_leap_that_is_mended_is_forgotten() -> None:
    """Set right again before anybody believed it; the next one is doubted as long as the first."""
    hands = Hands()
    steady = SteadyClock(lambda: hands.now, lambda: hands.seconds)
    for _ in range(2):
        hands.go_on(60, timedelta(days=1))
        with pytest.raises(Unavailable):
            steady.check()
        hands.go_on(540, timedelta(days=-1))
        steady.check()


def test_a_clock_may_drift() -> None:
    """A few seconds an hour add up over the weeks, and are no leap."""
    hands = Hands()
    steady = SteadyClock(lambda: hands.now, lambda: hands.seconds)
    for _ in range(1000):
        hands.go_on(60, timedelta(seconds=2))
        steady.check()
