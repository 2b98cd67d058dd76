"""`/healthz` and `/metrics`: well only while everything is, on this machine only, off unless asked for."""

import asyncio
import builtins
import contextlib
import errno
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientConnectionError, ClientSession
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families

from bot.client import AttacheBot
from bot.domain.errors import Unavailable
from bot.domain.reminders import GRACE, Reminder, ReminderKind, ReminderState
from bot.health import LONG_AGO, Health, serving_health
from bot.metrics import Meter, PrometheusMeter, make_meter
from bot.services.desk import Desk
from bot.services.workers import Worker, new_worker, pass_done, pass_failed
from db.engine import Database, database_url
from db.offices import insert_office
from db.places import NewPlace, insert_places
from db.reminders import enqueue
from tests.conftest import NOW


class Moved:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Bot(AttacheBot):
    """A bot of which the test says whether Discord has let it in."""

    let_in = True

    @property
    def connected(self) -> bool:
        return self.let_in


class Watched:
    """A process, and what a watcher gets to see of it."""

    def __init__(self, desk: Desk, meter: Meter) -> None:
        self.clock = Moved()
        self.desk = replace(desk, clock=self.clock)
        self.worker: Worker = new_worker(self.desk)
        self.bot = Bot(self.desk, self.worker, meter)
        self.meter = meter
        self.health = Health(self.desk, self.bot, self.worker, meter)
        self.client: TestClient[Any, Any] = TestClient(TestServer(self.health.application()))

    async def healthz(self) -> tuple[int, dict[str, Any]]:
        response = await self.client.get("/healthz")
        return response.status, await response.json()

    async def samples(self) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
        """Every number of the page by name and labels."""
        response = await self.client.get("/metrics")
        assert response.status == 200
        assert response.headers["Content-Type"].startswith("text/plain")
        families = text_string_to_metric_families(await response.text())
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in families
            for sample in family.samples
        }


def labelled(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


@pytest.fixture
async def watched(desk: Desk) -> AsyncIterator[Watched]:
    made = Watched(desk, PrometheusMeter())
    async with made.client:
        yield made


@pytest.fixture
async def cut_off(watched: Watched) -> AsyncIterator[Watched]:
    """The same process with a database that is not there."""
    database = Database(database_url("postgresql://me:geheim@127.0.0.1:1/registry"))
    made = Watched(replace(watched.desk, database=database), watched.meter)
    async with made.client:
        yield made
    await database.close()


async def test_all_is_well(watched: Watched) -> None:
    """200, with what it rests on."""
    await pass_done(watched.desk, watched.worker)
    watched.clock.now += timedelta(seconds=30)
    assert await watched.healthz() == (
        200,
        {
            "status": "ok",
            "database": True,
            "gateway": True,
            "reminders": True,
            "shards": "0 of 1",
            "last_pass_seconds_ago": 30.0,
            "last_error": None,
            "last_error_seconds_ago": None,
        },
    )


async def test_discord_has_not_let_us_in(watched: Watched) -> None:
    """503, also while the process is only starting."""
    watched.bot.let_in = False
    status, told = await watched.healthz()
    assert (status, told["status"], told["gateway"], told["database"]) == (503, "failing", False, True)


async def test_the_database_is_away(cut_off: Watched) -> None:
    """503; the password of the address is nowhere on the pages."""
    status, told = await cut_off.healthz()
    assert (status, told["database"], told["gateway"]) == (503, False, True)
    page = await (await cut_off.client.get("/metrics")).text()
    assert "geheim" not in f"{told} {page}"


@pytest.mark.parametrize("passed", [True, False])
async def test_the_reminder_loop_stands_still(watched: Watched, passed: bool) -> None:
    """503 once no pass has been made for long, counted from the start where there was none at all."""
    if passed:
        await pass_done(watched.desk, watched.worker)
    watched.clock.now += LONG_AGO - timedelta(seconds=1)
    assert (await watched.healthz())[0] == 200
    watched.clock.now += timedelta(seconds=1)
    status, told = await watched.healthz()
    assert (status, told["reminders"]) == (503, False)


async def test_the_last_error_is_told_by_its_type(watched: Watched) -> None:
    """It does not make the process unwell by itself."""
    await pass_failed(watched.desk, watched.worker, ValueError("what somebody typed"))
    watched.clock.now += timedelta(seconds=5)
    status, told = await watched.healthz()
    assert (status, told["last_error"], told["last_error_seconds_ago"]) == (200, "ValueError", 5.0)


async def test_what_is_counted(watched: Watched) -> None:
    """Interactions by command and outcome with their seconds, posts by outcome."""
    for outcome in ("answered", "answered", "failed"):
        watched.meter.interaction("command", "partner show", outcome, 0.2)
    watched.meter.interaction("button", "", "answered", 3.0)
    watched.meter.post("sent")
    found = await watched.samples()
    command = {"kind": "command", "command": "partner show"}
    assert found[labelled("attache_interactions_total", **command, outcome="answered")] == 2
    assert found[labelled("attache_interactions_total", **command, outcome="failed")] == 1
    assert found[labelled("attache_interaction_seconds_count", kind="command")] == 3
    assert found[labelled("attache_interaction_seconds_bucket", kind="command", le="0.25")] == 3
    assert found[labelled("attache_interaction_seconds_sum", kind="button")] == 3
    assert found[labelled("attache_posts_total", outcome="sent")] == 1


async def test_how_the_outbox_stands(watched: Watched, cut_off: Watched) -> None:
    """Every state with its number, none too; the last pass; whether the database answers."""
    async with watched.desk.database.write() as session:
        ids = await insert_places(session, [NewPlace("kaohsiung", "Kaohsiung")])
        office = await insert_office(session, ids["kaohsiung"], "en", "Asia/Taipei")
        post = Reminder(office, ReminderKind.ANNIVERSARY, "P1", date(2026, 11, 20), 0, 10**18, NOW)
        await enqueue(session, [post, replace(post, subject="P2")], NOW - GRACE)
    await pass_done(watched.desk, watched.worker)
    found = await watched.samples()
    assert found[labelled("attache_outbox", state="pending")] == 2
    assert {labelled("attache_outbox", state=state.value) for state in ReminderState} <= set(found)
    assert found[labelled("attache_last_pass_timestamp_seconds")] == NOW.timestamp()
    assert found[labelled("attache_database_up")] == 1
    found = await cut_off.samples()
    assert found[labelled("attache_database_up")] == 0
    assert not any(name == "attache_outbox" for name, _ in found)


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if `prometheus-client` were not installed."""
    original = builtins.__import__

    def refuse(name: str, *rest: Any, **more: Mapping[str, Any]) -> Any:
        if name.partition(".")[0] == "prometheus_client":
            raise ImportError(name)
        return original(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    yield
    monkeypatch.undo()


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_without_its_library(desk: Desk, without_library: None) -> None:
    """/metrics says what to install; /healthz and the bot work all the same."""
    meter = make_meter()
    meter.interaction("command", "help", "answered", 0.1)
    meter.post("sent")
    plain = Watched(desk, meter)
    async with plain.client:
        response = await plain.client.get("/metrics")
        assert response.status == 501
        assert "pip install 'attache[metrics]'" in await response.text()
        assert (await plain.healthz())[0] == 200


# Where it listens ----------------------------------------------------------------------------------------


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_it_listens_on_this_machine_only_and_while_it_is_wanted(watched: Watched, port: int) -> None:
    """On the loopback address, until the process ends."""
    async with ClientSession() as session:
        async with serving_health(watched.health, port):
            async with session.get(f"http://127.0.0.1:{port}/healthz") as response:
                assert response.status == 200
            with socket.socket() as other:
                assert other.connect_ex(("127.0.0.2", port)) != 0
        with pytest.raises(ClientConnectionError):
            await session.get(f"http://127.0.0.1:{port}/healthz")


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_port_that_somebody_else_has(watched: Watched, port: int) -> None:
    """It gets a sentence."""
    async with serving_health(watched.health, port):
        with pytest.raises(Unavailable) as refused:
            async with serving_health(watched.health, port):
                pass
    assert refused.value.key == "health.port_taken"
    assert refused.value.values == {"port": str(port), "reason": "Address already in use"}


@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.parametrize("wanted", [None, 0, 8080])
async def test_it_is_off_unless_asked_for(
    watched: Watched, wanted: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is opened to listen on."""
    opened: list[int] = []

    async def create_server(*_arguments: Any, **_options: Any) -> None:
        opened.append(1)
        raise OSError(errno.EADDRINUSE, "not now")

    monkeypatch.setattr(asyncio.get_running_loop(), "create_server", create_server)
    with contextlib.suppress(Unavailable):
        async with serving_health(watched.health, wanted):
            assert not wanted
    assert bool(opened) == bool(wanted)
