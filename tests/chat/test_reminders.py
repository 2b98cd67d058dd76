"""What is coming, what is quiet, and what is posted to the channel."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from bot.delivery import Delivery
from bot.domain.reminders import LEASE, Reminder, ReminderState
from bot.services import outbox as box
from bot.services.desk import Desk
from bot.services.outbox import enqueue_due
from db.reminders import Claim, enqueue
from tests.chat.conftest import Stage, assert_within_limits
from tests.records import outbox

BUSAN_DAY = datetime(2026, 6, 30, 1, 30, tzinfo=UTC)
"""Half past nine in Kaohsiung, sixty years after the signing with Busan."""


class Mover:
    """A clock that the test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def mover() -> Mover:
    return Mover(BUSAN_DAY - timedelta(hours=10))


@pytest.fixture
def seeded_desk(seeded_desk: Desk, mover: Mover) -> Desk:
    """The starter data under a clock that moves, from the evening before the anniversary with Busan."""
    return replace(seeded_desk, clock=mover)


def posts(stage: Stage) -> list[discord.Embed]:
    """What stands in the channel, oldest first."""
    embeds = [embed for message in stage.channel.history() for embed in message.embeds]
    for embed in embeds:
        assert_within_limits(embed)
    return embeds


async def make_pass(stage: Stage) -> int:
    return await Delivery(stage.desk, stage.env.bot).make_pass()


@pytest.mark.both_engines
async def test_the_sixtieth_anniversary_is_posted_once(stage: Stage, mover: Mover) -> None:
    """On the day, at the hour, once: also after restarts and by a second process."""
    await make_pass(stage)
    assert not any("Busan" in str(embed.title) for embed in posts(stage))
    mover.now = BUSAN_DAY
    await make_pass(stage)
    await stage.restart()
    await make_pass(stage)
    await Delivery(stage.desk, stage.env.bot).make_pass()
    found = [embed for embed in posts(stage) if "Busan" in str(embed.title)]
    assert [embed.title for embed in found] == [
        "Kaohsiung – Busan: 60 years, diamond jubilee, a full sixty-year cycle"
    ]
    assert "Today, Tuesday, 30 June 2026" in str(found[0].description)
    assert "P191" in str(found[0].description)


async def test_posts_follow_the_offices_language(bare_stage: Stage, mover: Mover) -> None:
    """An office that writes Chinese is posted to in Chinese, whoever set it up."""
    await bare_stage.set_up(language="zh-TW")
    mover.now = BUSAN_DAY
    await make_pass(bare_stage)
    (title,) = [embed.title for embed in posts(bare_stage) if "釜山" in str(embed.title)]
    assert title == "高雄市–釜山 60 週年（一甲子）"


async def test_a_late_post_says_that_it_is_late(stage: Stage, mover: Mover) -> None:
    """Down at the hour, back the next day: posted, and marked."""
    await make_pass(stage)
    mover.now = BUSAN_DAY + timedelta(days=1)
    await make_pass(stage)
    (post,) = [embed for embed in posts(stage) if "Busan" in str(embed.title)]
    assert "Late" in str(post.description)
    assert "On Tuesday, 30 June 2026, Kaohsiung and Busan had been partners for 60 years" in str(
        post.description
    )
    assert "Today" not in str(post.description)


async def test_past_the_grace_it_is_kept_as_expired(stage: Stage, mover: Mover) -> None:
    """Down for two weeks: nothing is posted about the past, and nothing is forgotten."""
    await make_pass(stage)
    mover.now = BUSAN_DAY + timedelta(days=14)
    await make_pass(stage)
    assert not any("Busan" in str(embed.title) for embed in posts(stage))
    (row,) = [row for row in await outbox(stage.desk) if row.subject == "P191" and row.lead_days == 0]
    assert row.state is ReminderState.EXPIRED


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        (403, ReminderState.BLOCKED, "forbidden"),
        (404, ReminderState.BLOCKED, "channel_gone"),
        (500, ReminderState.PENDING, "HTTPException"),
    ],
)
async def test_what_discord_refuses_is_kept(
    stage: Stage, mover: Mover, status: int, state: ReminderState, reason: str
) -> None:
    """A closed channel blocks the post with its reason; a failure of Discord's is tried again."""
    mover.now = BUSAN_DAY
    stage.env.inject_error("POST", "/channels/*/messages", status=status, times=None)
    assert await make_pass(stage) == 0
    (row,) = [row for row in await outbox(stage.desk) if row.subject == "P191" and row.lead_days == 0]
    assert (row.state, row.reason) == (state, reason)


class Slow(Delivery):
    """Takes longer than a lease over each post."""

    def __init__(self, stage: Stage, mover: Mover) -> None:
        super().__init__(stage.desk, stage.env.bot)
        self.mover = mover
        self.attempts: list[int] = []

    async def _deliver(self, claim: Claim) -> bool:
        self.attempts.append(claim.attempts)
        self.mover.now += LEASE + timedelta(seconds=1)
        return await super()._deliver(claim)


async def test_what_was_claimed_too_long_ago_is_claimed_again(stage: Stage, mover: Mover) -> None:
    """Behind a slow post the lease on the next ones ends: another process may have them by then."""
    mover.now = BUSAN_DAY
    await enqueue_due(stage.desk)
    (due,) = [row for row in await outbox(stage.desk) if row.state is ReminderState.PENDING]
    more = [
        Reminder(due.office_id, due.kind, due.subject, due.occurrence, lead, due.channel_id, due.at)
        for lead in (1, 2)
    ]
    async with stage.desk.database.write() as session:
        await enqueue(session, more, due.at)
    slow = Slow(stage, mover)
    await slow.make_pass()
    assert slow.attempts == [1, 2, 3]


async def test_it_is_sent_once_discord_has_recovered(stage: Stage, mover: Mover) -> None:
    """After a failure the next pass posts it, once."""
    mover.now = BUSAN_DAY
    stage.env.inject_error("POST", "/channels/*/messages", status=500, times=5)
    for _ in range(8):
        await make_pass(stage)
        mover.now += timedelta(minutes=20)
    assert len([embed for embed in posts(stage) if "Busan" in str(embed.title)]) == 1


async def test_sends_carry_a_nonce_that_discord_enforces(stage: Stage, mover: Mover) -> None:
    """A repeat within minutes is swallowed by Discord: same row, same nonce."""
    mover.now = BUSAN_DAY
    await make_pass(stage)
    sent = [
        request.json
        for request in stage.env.http_requests
        if request.method == "POST" and request.path.endswith("/messages") and isinstance(request.json, dict)
    ]
    assert sent
    for body in sent:
        assert body["enforce_nonce"] is True
        assert 1 <= len(str(body["nonce"])) <= 25
        assert body["allowed_mentions"]["parse"] == []


async def test_a_tie_that_goes_quiet_is_told_on_that_day(stage: Stage, mover: Mover) -> None:
    """Gdynia was last met on 14 September 2025: a year later and a day it cools, and the post says why."""
    mover.now = datetime(2026, 9, 14, 1, 30, tzinfo=UTC)
    await make_pass(stage)
    quiet = "Kaohsiung – Gdynia: it has gone quiet"
    assert quiet not in [embed.title for embed in posts(stage)]
    mover.now = datetime(2026, 9, 15, 1, 30, tzinfo=UTC)
    await make_pass(stage)
    (post,) = [embed for embed in posts(stage) if embed.title == quiet]
    assert "last contact with Gdynia was 14 September 2025" in str(post.description)
    assert "every 12 months" in str(post.description)


async def test_a_logged_contact_cancels_the_reminder(stage: Stage, mover: Mover) -> None:
    """A visit logged the day before the tie would cool: no reminder comes."""
    mover.now = datetime(2026, 9, 14, 1, 30, tzinfo=UTC)
    await make_pass(stage)
    await stage.fill(await stage.slash("visit log", partner="Gdynia"))
    mover.now = datetime(2026, 9, 15, 1, 30, tzinfo=UTC)
    await make_pass(stage)
    assert not any(
        "gone quiet" in str(embed.title) and "Gdynia" in str(embed.title) for embed in posts(stage)
    )


async def test_quiet_and_no_record_are_told_apart(stage: Stage) -> None:
    """Nobody is called quiet merely because nothing was typed in."""
    page = await stage.slash("quiet")
    text = page.text
    while "Next →" in page.buttons and "No exchange logged yet" not in page.text:
        page = await stage.click(page, "Next →")
        text += page.text
    quiet, _, unknown = text.partition("No exchange logged yet")
    assert "Seattle" in quiet
    assert "28 April 2011" in quiet
    assert re.search(r"of \d+ partners", unknown)


async def test_anniversaries_to_come(stage: Stage) -> None:
    """Day-exact ones by day; those of which only the year is known apart and without a day."""
    seen = await stage.slash("anniversaries", days=10)
    by_day, _, by_year = str(seen.embed.description).partition("In 2026, the day is not recorded")
    assert "Tuesday, 30 June 2026: 60 years" in by_day
    assert "**Seattle** · 35 years" in by_year


async def test_nothing_within_the_days(stage: Stage, mover: Mover) -> None:
    """Where no dated anniversary comes, the list says so."""
    mover.now = datetime(2026, 8, 1, 1, 0, tzinfo=UTC)
    seen = await stage.slash("anniversaries", days=1)
    assert "No dated anniversary within 1 day." in seen.text


async def test_a_closed_channel_resumes_by_itself(stage: Stage, mover: Mover) -> None:
    """Blocked while the permission is missing; posted once it is back, without anybody's doing."""
    mover.now = BUSAN_DAY
    stage.env.inject_error("POST", "/channels/*/messages", status=403, times=1)
    await make_pass(stage)
    assert not any("Busan" in str(embed.title) for embed in posts(stage))
    mover.now += timedelta(minutes=31)
    await make_pass(stage)
    assert len([embed for embed in posts(stage) if "Busan" in str(embed.title)]) == 1


async def test_a_new_channel_repeats_nothing(stage: Stage, mover: Mover) -> None:
    """Moving the posts to another channel does not post there what stood in the old one."""
    mover.now = BUSAN_DAY
    await make_pass(stage)
    other = stage.guild.create_text_channel("elsewhere")
    await stage.slash("office setup", stage.administrator, city="kaohsiung-tw", channel=other)
    mover.now += timedelta(hours=2)
    assert await make_pass(stage) == 0


async def test_what_was_sent_but_not_recorded_is_not_sent_at_once_again(
    stage: Stage, mover: Mover, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault between send and record is retried as a record, not as a send."""
    original, faults = box.record_sent, [RuntimeError("the database is gone")]

    async def record(*arguments: Any) -> None:
        if faults:
            raise faults.pop()
        await original(*arguments)

    monkeypatch.setattr(box, "record_sent", record)
    mover.now = BUSAN_DAY
    await make_pass(stage)
    mover.now += timedelta(minutes=10)
    await make_pass(stage)
    assert len([embed for embed in posts(stage) if "Busan" in str(embed.title)]) == 1
    (row,) = [row for row in await outbox(stage.desk) if row.subject == "P191" and row.lead_days == 0]
    assert row.state is ReminderState.SENT


async def test_only_the_partner_that_goes_quiet_is_named(stage: Stage, mover: Mover) -> None:
    """Of a three-party act one partner may be met and the other not: the post names the one that was not."""
    mover.now = datetime(2026, 11, 19, 1, 30, tzinfo=UTC)
    await stage.fill(await stage.slash("visit log", partner="Aomori Prefecture"))
    mover.now = datetime(2027, 4, 20, 1, 30, tzinfo=UTC)
    await make_pass(stage)
    mover.now = datetime(2027, 4, 21, 1, 30, tzinfo=UTC)
    await make_pass(stage)
    (post,) = [
        embed for embed in posts(stage) if "gone quiet" in str(embed.title) and "Mutsu" in str(embed.title)
    ]
    assert post.title == "Kaohsiung – Mutsu: it has gone quiet"
    assert "20 October 2025" in str(post.description)


async def test_a_memorandum_is_not_called_a_partnership(stage: Stage, mover: Mover) -> None:
    """Its milestones are told as what they are, and other years of it not at all."""
    mover.now = datetime(2027, 2, 16, 1, 30, tzinfo=UTC)
    await make_pass(stage)
    mover.now = datetime(2027, 2, 17, 1, 30, tzinfo=UTC)
    await make_pass(stage)
    (post,) = [
        embed
        for embed in posts(stage)
        if "Tochigi" in str(embed.title) and "today" in str(embed.description).lower()
    ]
    assert post.title == "Kaohsiung – Tochigi Prefecture: memorandum, 10 years"
    assert "partners" not in str(post.description)
