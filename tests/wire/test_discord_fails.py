"""When Discord fails, or people close what the bot needs: nothing is lost or comes twice, and somebody is told."""

from datetime import timedelta

import pytest

from bot.domain.reminders import LEASE, TWICE, ReminderState
from bot.services.workers import workers_seen
from tests.wire.conftest import BUSAN_DAY, World

MESSAGES = "POST /channels/*/messages"


async def test_an_answer_that_is_lost_and_a_permission_that_is_taken(world: World) -> None:
    """Out already, it is known by its nonce; refused, it comes by itself as soon as it may."""
    discord, gateway = world.discord, world.loopback.gateway
    bot = await world.start()
    await gateway.permit(world.channel, False)
    world.clock.set(BUSAN_DAY)
    await world.row(state=ReminderState.BLOCKED, reason="forbidden", copies=0)
    assert "allow Attaché: View Channel, Send Messages, Embed Links" in await world.office_check()
    assert "Posts of Kaohsiung are blocked: the bot may not write in their channel." in await world.doctor()
    await discord.until(lambda: bool(discord.messages))
    (notice,) = discord.messages
    assert "may not write in" in notice.text
    assert discord.channels[notice.channel_id].person is not None, "there is no other channel"

    discord.trouble(MESSAGES, None, done=True)
    await gateway.permit(world.channel, True)
    (post,) = await world.posted()
    await world.row(state=ReminderState.PENDING, copies=1)
    world.clock.move(LEASE)
    row = await world.row(state=ReminderState.SENT)
    assert (row.message_id, row.reason) == (post.id, None)
    assert len(await world.posted()) == 1
    assert len(discord.happened("repeated")) == 1
    await bot.stop()


@pytest.mark.proof
async def test_an_answer_that_is_lost_for_long(world: World) -> None:
    """When Discord knows the nonce no more, the post comes twice at most, and that is noted and logged."""
    world.discord.trouble(MESSAGES, None, done=True)
    bot = await world.start()
    world.clock.set(BUSAN_DAY)
    await world.row(state=ReminderState.PENDING, copies=1)
    world.clock.move(timedelta(minutes=30))
    row = await world.row(state=ReminderState.SENT)
    assert (row.reason, row.message_id) == (TWICE, (await world.posted(2))[1].id)
    assert "may stand there twice" in bot.said


@pytest.mark.proof
async def test_a_deleted_channel(world: World) -> None:
    """Somebody is told, once; in the channel that is chosen then, the post stands once."""
    bot = await world.start()
    await world.loopback.gateway.delete(world.channel)
    world.clock.set(BUSAN_DAY)
    await world.row(state=ReminderState.BLOCKED, reason="channel_gone")
    await world.discord.until(lambda: bool(world.discord.messages))
    assert "is gone" in world.discord.messages[0].text
    assert "their channel is gone. Run /office setup again." in await world.doctor()
    world.clock.move(timedelta(hours=1))
    await world.row(state=ReminderState.BLOCKED, attempts=2)
    assert len(world.discord.messages) == 1
    world.channel = world.discord.add_channel(world.guild, "another")
    await world.set_up()
    (post,) = await world.posted()
    assert post.channel_id == world.channel.id
    assert "Traceback" not in bot.said


@pytest.mark.proof
async def test_a_server_that_is_not_available(world: World) -> None:
    """Discord cannot show it: nothing is blocked, nobody is bothered, and the post comes when it is back."""
    gateway = world.loopback.gateway
    await world.start()
    await gateway.outage(world.guild)
    world.clock.set(BUSAN_DAY)
    await world.row(state=ReminderState.PENDING, reason="ServerAway", copies=0)
    assert "blocked" not in await world.doctor()
    await gateway.outage_over(world.guild)
    world.clock.move(timedelta(minutes=2))
    await world.posted()
    row = await world.row(state=ReminderState.SENT)
    assert (row.reason, len(world.discord.messages)) == (None, 1)


@pytest.mark.proof
async def test_too_many_requests(world: World) -> None:
    """A short wait is waited out; a long one is left to the outbox, and not cut short."""
    world.discord.trouble(MESSAGES, 429, times=2, retry_after=0.2)
    bot = await world.start()
    world.clock.set(BUSAN_DAY)
    await world.posted()
    await world.row(state=ReminderState.SENT, attempts=1)
    assert "could not be sent" not in bot.said


@pytest.mark.proof
async def test_too_many_requests_for_long(world: World) -> None:
    """Ten minutes that Discord asks for are ten minutes, for whichever process."""
    world.discord.trouble(MESSAGES, 429, retry_after=600)
    await world.start()
    world.clock.set(BUSAN_DAY)
    row = await world.row(state=ReminderState.PENDING, reason="RateLimited", copies=0)
    assert row.retry_at is not None
    assert row.retry_at >= BUSAN_DAY + timedelta(minutes=10)
    world.clock.move(timedelta(minutes=9))
    await world.passes(3)
    assert world.discord.messages == []
    world.clock.move(timedelta(minutes=2))
    assert len(await world.posted()) == 1


@pytest.mark.proof
async def test_a_storm_of_errors(world: World) -> None:
    """Half an hour of errors: tried again, less and less often, and posted once when it is over."""
    storm = world.discord.trouble(MESSAGES, 503, times=None)
    await world.start()
    world.clock.set(BUSAN_DAY)
    for attempts in range(1, 6):
        await world.row(state=ReminderState.PENDING, attempts=attempts, copies=0)
        world.clock.move(timedelta(minutes=2**attempts))
    storm.times = 0
    world.clock.move(timedelta(minutes=60))
    row = await world.row(state=ReminderState.SENT)
    assert (len(await world.posted()), row.reason) == (1, None)


@pytest.mark.proof
async def test_a_connection_that_breaks(world: World) -> None:
    """What happens meanwhile is made up for; where Discord has forgotten the session, the bot begins a new one."""
    discord, gateway = world.discord, world.loopback.gateway
    await world.start()
    world.clock.set(BUSAN_DAY)
    (post,) = await world.posted()
    await gateway.drop()
    assert "Kaohsiung" in await world.office_check(), "asked while nobody listened"
    assert len(discord.happened("resumed")) == 1
    await gateway.ask_to_reconnect()
    await discord.until(lambda: len(discord.happened("resumed")) == 2)
    await gateway.drop(forget=True)
    await discord.until(lambda: len(discord.happened("identified")) == 2)
    assert "Kaohsiung" in await world.office_check()
    assert await world.posted() == [post]
    assert [each.last_error for each in await workers_seen(world.desk)] == [None]
