"""One run of the proof: two processes, a PostgreSQL of its own that is restarted under them, and what they tell."""

import asyncio
import contextlib
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.access import Role
from bot.domain.planning import plan
from bot.domain.reminders import Reminder
from bot.services.desk import Caller, Desk
from bot.services.facts import facts_of
from bot.services.office_settings import PostingForm
from bot.services.offices import set_up_office
from bot.services.starter import seed
from db.engine import Database, database_url
from db.offices import offices
from db.reminders import enqueue
from db.schema import upgrade
from tests.load.children import Child, Told, children
from tests.load.edits import Edits, change_together
from tests.load.proof import Acknowledged, Verdict, connect, judge
from tests.load.server import OwnServer, own_server

BEGIN = datetime(2026, 6, 1, 0, 30, tzinfo=UTC)
"""Half past eight in Taiwan; every round is another day."""

CITIES = ("kaohsiung-tw", "taipei-tw", "tainan-tw")
PROCESSES = "AB"


@dataclass(frozen=True)
class Load:
    """How much. `restarts` says in which rounds PostgreSQL is restarted halfway, and how.

    `reminders` is the number of posts that fall due, `edits` that of changes by each process to one record, `floor`
    that of visits logged without a Discord, to compare.
    """

    exchanges: int
    people: int = 25
    rounds: int = 10
    restarts: dict[int, str] = field(default_factory=dict)
    reminders: int = 60
    hand_over: bool = False
    seed: int = 1
    edits: int = 0
    floor: int = 0


@dataclass
class Outcome:
    """What people were told, what was posted, and what the database says to it."""

    load: Load
    told: list[Acknowledged] = field(default_factory=list)
    taken: int = 0
    pressed_again: int = 0
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    posts: list[tuple[int, str]] = field(default_factory=list)
    posts_by: Counter[int] = field(default_factory=Counter)
    passes_failed: Counter[str] = field(default_factory=Counter)
    presses: int = 0
    slowest: float = 0.0
    too_late: int = 0
    seconds: float = 0.0
    floor_seconds: float = 0.0
    verdict: Verdict = field(default_factory=Verdict)
    edits: Edits = field(default_factory=Edits)

    @property
    def requests(self) -> int:
        return len({one.request for one in self.told})

    def said(self, kind: str) -> int:
        """How often somebody was refused in this way."""
        return sum(number for (_, said), number in self.refused.items() if said == kind)


@contextlib.asynccontextmanager
async def desk_on(url: str) -> AsyncIterator[Desk]:
    """A desk on the database at this address, at the moment of `BEGIN`."""
    desk = Desk(Database(database_url(url)), lambda: BEGIN)
    try:
        yield desk
    finally:
        await desk.database.close()


async def prepare(desk: Desk) -> None:
    """Make the tables, and store the starter data."""
    await upgrade(desk.database)
    await seed(desk)


class Proof:
    """One run: its server, its processes, and what they tell."""

    def __init__(self, load: Load, server: OwnServer, url: str) -> None:
        self.load = load
        self.server = server
        self.url = url
        self.outcome = Outcome(load)
        self._children: list[Child] = []
        self._handed_over: list[asyncio.Future[Told]] = []
        self._waited_for, self._halfway = sys.maxsize, asyncio.Event()

    async def run(self, errors: Path) -> Outcome:
        """Do all of it; what the bots log goes to the file `errors`."""
        async with desk_on(self.url) as desk:
            prepared = asyncio.create_task(prepare(desk))
            async with children(self._settings(), self._heard, errors) as started:
                self._children = started
                await prepared
                before = await _exchanges_in(self.url)
                await self._set_up(desk)
                await self._rounds(desk)
                self.outcome.verdict = await judge(self.url, before, self.outcome.told, self.outcome.posts)
                await self._edits()
                await self._floor()
        return self.outcome

    def _settings(self) -> list[Told]:
        everywhere = list(range(len(CITIES)))
        mine = [everywhere, everywhere] if self.load.hand_over else [everywhere[:2], everywhere[2:]]
        return [
            {
                "name": name,
                "number": number,
                "database": self.url,
                "at": BEGIN.isoformat(),
                "cities": CITIES,
                "people": self.load.people,
                "mine": mine[number],
                "hand_over": self.load.hand_over,
            }
            for number, name in enumerate(PROCESSES)
        ]

    async def _set_up(self, desk: Desk) -> None:
        """Tie each server to its office; both processes have built the same servers."""
        worlds = [child.ready.result()["seats"] for child in self._children]
        assert worlds[0] == worlds[1], "the processes see different servers"
        for city, guild, channel in worlds[0]:
            operator = Caller("en", 1, guild, role=Role.OPERATOR)
            await set_up_office(desk, operator, city, channel, PostingForm("en"))
        await self._all("learn_partners")

    async def _all(self, what: str, **values: object) -> None:
        await asyncio.gather(*(child.ask(what, **values) for child in self._children))

    # Rounds ---------------------------------------------------------------------------------------

    async def _rounds(self, desk: Desk) -> None:
        due = await self._reminders(desk)
        at = BEGIN
        for number in range(self.load.rounds):
            at += timedelta(days=1)
            await self._all("clock_to", at=at.isoformat())
            await _make_due(desk, due[number :: self.load.rounds], at)
            await self._round(number)
            await self._all("deliver")
        # What was claimed and not sent, when the database went, is free again once its lease has ended.
        await self._all("clock_to", at=(at + timedelta(minutes=5)).isoformat())
        await self._all("deliver")

    async def _round(self, number: int) -> None:
        load, loop = self.load, asyncio.get_running_loop()
        share = load.exchanges // load.rounds // len(self._children)
        began = loop.time()
        self._waited_for, self._halfway = len(self.outcome.told) + share, asyncio.Event()
        logging = [
            child.ask("log", exchanges=share, people=load.people, seed=load.seed * 1000 + which * 100)
            for which, child in enumerate(self._children)
        ]
        if how := load.restarts.get(number):
            await self._halfway.wait()
            await self.server.restart(how)
        await asyncio.gather(*logging)
        while self._handed_over:
            await self._handed_over.pop()
        self.outcome.seconds += loop.time() - began

    async def _reminders(self, desk: Desk) -> list[Reminder]:
        """A year's posts of the offices, in turn; all that differs is that they fall due when the proof says."""
        async with desk.database.read() as session:
            facts = [await facts_of(session, o) for o in await offices(session) if o.guild_id]
            found = [plan(each, BEGIN, BEGIN + timedelta(days=365)) for each in facts]
        in_turn = [post for posts in zip(*found, strict=False) for post in posts]
        return in_turn[: self.load.reminders]

    async def _edits(self) -> None:
        """Let both processes change the first visit of the first office, and log for the same requests."""
        load, seat = self.load, self._children[0].ready.result()["seats"][0]
        if load.edits:
            number = next(one.number for one in self.outcome.told if one.guild == seat[1])
            found = self.outcome.edits
            await change_together(self._children, self.url, number, load.edits, load.edits, found)

    async def _floor(self) -> None:
        if not self.load.floor:
            return
        loop = asyncio.get_running_loop()
        began, share = loop.time(), self.load.floor // len(self._children)
        await self._all("floor", exchanges=share, people=self.load.people, seed=self.load.seed)
        self.outcome.floor_seconds = loop.time() - began

    # What the processes tell ----------------------------------------------------------------------

    def _heard(self, child: Child, told: Told) -> None:
        match told.pop("kind"):
            case "logged":
                self._logged(took=told.pop("took"), presses=told.pop("presses"), **told)
            case "refused":
                self.outcome.refused[told["step"], told["said"]] += 1
                self.outcome.texts[told["text"]] += 1
            case "form":
                (other,) = [one for one in self._children if one is not child]
                self._handed_over.append(other.ask("take", **told))
            case "posted":
                if told["nonce"] is not None:
                    self.outcome.posts.append((told["channel"], told["nonce"]))
                    self.outcome.posts_by[self._children.index(child)] += 1
            case "pass_failed":
                self.outcome.passes_failed[told["error"]] += 1
            case "edited" | "overtaken" | "same" as kind:
                self.outcome.edits.heard({"kind": kind, **told})
            case "people":
                self.outcome.presses += told["presses"]
                self.outcome.too_late += told["too_late"]
                self.outcome.slowest = max(self.outcome.slowest, told["slowest"])

    def _logged(self, *, took: bool, presses: int, **told: Any) -> None:
        self.outcome.told.append(Acknowledged(**told))
        self.outcome.taken += took
        self.outcome.pressed_again += presses > 1
        if len(self.outcome.told) >= self._waited_for:
            self._halfway.set()


async def _exchanges_in(url: str) -> int:
    connection = await connect(url)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM exchanges"))
    finally:
        await connection.close()


async def _make_due(desk: Desk, reminders: Sequence[Reminder], at: datetime) -> None:
    async with desk.database.write() as session:
        for office_id in {post.office_id for post in reminders}:
            posts = [replace(post, at=at) for post in reminders if post.office_id == office_id]
            await enqueue(session, posts, BEGIN)


async def prove(load: Load, errors: Path) -> Outcome:
    """Run the proof on a server of its own."""
    async with own_server() as server:
        return await Proof(load, server, await server.new_database()).run(errors)
