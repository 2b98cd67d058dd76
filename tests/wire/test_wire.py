"""The real bot, as a process of its own, in the small Discord."""

from bot.domain.reminders import ReminderState
from bot.services.workers import workers_seen
from tests.records import outbox
from tests.wire.conftest import BUSAN_DAY, World


async def test_from_the_first_connection_to_the_last(world: World) -> None:
    """It logs in, posts what is due, answers commands and buttons, takes up a cut connection, and leaves in order."""
    discord, gateway = world.discord, world.loopback.gateway
    bot = await world.start()
    await discord.until(lambda: bool(discord.happened("identified")))
    assert {"office", "partner", "visit"} <= {command["name"] for command in discord.commands}

    world.clock.set(BUSAN_DAY)
    await discord.until(lambda: bool(discord.messages))
    (post,) = discord.in_channel(world.channel)
    assert post.title == "Kaohsiung – Busan: 60 years, diamond jubilee, a full sixty-year cycle"
    assert "Today, Tuesday, 30 June 2026" in post.text
    assert post.body["enforce_nonce"] is True

    await gateway.drop()
    await discord.until(lambda: bool(discord.happened("resumed")))
    buttons = [each for row in post.body["components"] for each in row["components"]]
    button = next(each for each in buttons if each["label"].startswith("Log a visit"))
    await gateway.press(world.channel, post.id, button["custom_id"])
    await discord.until(lambda: bool(discord.happened("answered")))
    assert "Busan" in str(discord.happened("answered")[-1].details["data"])

    await gateway.command(world.channel, "office check")
    await discord.until(lambda: any("Kaohsiung" in text for text in discord.answers()))
    await bot.stop()
    assert "Traceback" not in bot.said
    (row,) = [row for row in await outbox(world.desk) if row.subject == "P191" and row.lead_days == 0]
    assert (row.state, row.message_id, row.attempts) == (ReminderState.SENT, post.id, 1)
    assert await workers_seen(world.desk) == []
    assert len(discord.happened("identified")) == 1
    assert {event.details["status"] for event in discord.happened("request")} <= {200, 204}
