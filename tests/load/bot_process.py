"""One process: the real bot in a simulated Discord of its own, on a database that it shares with others.

Started by `tests.load.children`: commands come as JSON lines on standard input, what happens goes out as JSON lines
on standard output. Every process builds the same Discord: the same servers, channels and people, with the same ids.
"""

import asyncio
import contextlib
import itertools
import json
import random
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from simcord.results import InteractionResult

from bot.client import AttacheBot
from bot.clock import Clock, clock_from
from bot.delivery import Delivery
from bot.domain.access import Role
from bot.domain.errors import ChangedMeanwhile
from bot.domain.partner_lists import PartnerFilter
from bot.domain.partnerships import PARTNER_KINDS
from bot.services.desk import Caller, Desk
from bot.services.editing import edit_visit, open_visit
from bot.services.exchanges import VisitForm, log_visit
from bot.services.offices import office_of_guild
from bot.services.partner_lists import list_partners
from db.engine import Database, database_url
from tests.load.crowd import Crowd, Person, Said, Seat, Wish, request_of, wishes

GUILD = 4_000_000_000_000_000
"""The id of the first server; the others count on."""

BETWEEN_PASSES = 1.5
"""Seconds between the passes of a process, which takes a minute in earnest."""

SHOWN_TO_ANOTHER = 10
"""Where a shard is handed over, one form in so many is submitted in two processes at once."""


def tell(kind: str, **values: Any) -> None:
    """Tell the parent; whole lines, at once."""
    sys.stdout.write(json.dumps({"kind": kind, **values}) + "\n")
    sys.stdout.flush()


class MovedClock:
    """A clock that the parent sets, and that goes on from there."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def set(self, moment: datetime) -> None:
        self._clock: Clock = clock_from(moment)

    def __call__(self) -> datetime:
        return self._clock()


@dataclass
class Process:
    """This process: its desk, its Discord, and the people in it, by the number of their server."""

    name: str
    desk: Desk
    clock: MovedClock
    crowd: Crowd
    seats: list[Seat]
    people: list[list[Any]]
    mine: list[int]
    hand_over: bool
    _posted: int = 0
    _chances: "itertools.count[int]" = field(default_factory=itertools.count)

    # What the parent wants ----------------------------------------------------------------------

    async def clock_to(self, at: str) -> None:
        self.clock.set(datetime.fromisoformat(at))

    async def learn_partners(self) -> None:
        """Find out with whom each office has ties; once they have been set up."""
        for seat in self.seats:
            caller = await self._caller(seat)
            listed = await list_partners(self.desk, caller, PartnerFilter(all_kinds=True, any_status=True))
            own = [place for act in listed.acts for place in act.partners if act.act.kind in PARTNER_KINDS]
            seat.partners.extend(sorted({place.key for place in own}))

    async def log(self, exchanges: int, people: int, seed: int) -> None:
        """Let so many people log so many visits, and post what is due all the while."""
        left = iter(range(exchanges))
        members = [self._person(number, random.Random(seed + number)) for number in range(people)]
        logged = asyncio.Event()
        passes = asyncio.create_task(self._pass_until(logged))
        await asyncio.gather(*(self._log_while(person, left) for person in members))
        logged.set()
        await passes
        tell(
            "people",
            presses=sum(person.presses for person in members),
            slowest=max(person.slowest for person in members),
            too_late=sum(person.too_late for person in members),
        )

    async def take(self, form: dict[str, Any], seat: int, person: int, fields: dict[str, Any]) -> None:
        """Submit a form that another process has opened for the same person in the same server."""
        who = self._person_in(seat, person, random.Random(person))
        backend = self.crowd.backend
        opened = backend.new_interaction(2, who.seat.channel.id, who.member.id, who.seat.guild.id)
        opened.modal = form
        await self._submit(who, InteractionResult(self.crowd, opened), fields, took=True)

    async def deliver(self) -> None:
        """Pass until nothing is due any more."""
        while await self._pass():
            pass

    async def floor(self, exchanges: int, people: int, seed: int) -> None:
        """Log as many visits straight through the service, as the floor to compare with."""
        left = iter(range(exchanges))
        callers = [await self._caller(seat) for seat in self.seats]

        async def log_while(number: int) -> None:
            which = self.mine[number % len(self.mine)]
            make = wishes(f"{self.name}f{seed}.{number}", self.seats[which], random.Random(seed + number))
            for _ in left:
                wish = make()
                form = VisitForm(wish.partner, wish.date, wish.format, wish.topic, wish.people)
                await log_visit(self.desk, callers[which], form, f"floor:{wish.topic}")

        await asyncio.gather(*(log_while(number) for number in range(people)))

    async def edit(self, number: int, times: int) -> None:
        """Change one exchange so many times, again each time that somebody else was faster: one person more each."""
        caller = replace(await self._caller(self.seats[0]), user_id=1, role=Role.EDITOR)
        for turn in range(times):
            while True:
                seen = await open_visit(self.desk, caller, f"X{number}")
                people = str(int(seen.fields.people) + 1)
                typed = replace(seen.fields, people=people, summary=f"{self.name}{turn}")
                try:
                    await edit_visit(self.desk, caller, number, seen.version, typed)
                except ChangedMeanwhile:
                    tell("overtaken")
                else:
                    tell("edited", people=int(people), summary=typed.summary)
                    break

    async def same(self, requests: int) -> None:
        """Log visits for requests that every process has at the same time."""
        caller = await self._caller(self.seats[0])
        form = VisitForm(self.seats[0].partners[0], "today")
        logged = (log_visit(self.desk, caller, form, f"same:{number}") for number in range(requests))
        for number, visit in enumerate(await asyncio.gather(*logged)):
            tell("same", request=number, record=visit.exchange.record)

    # How it is done -----------------------------------------------------------------------------

    async def _caller(self, seat: Seat) -> Caller:
        office = await office_of_guild(self.desk, seat.guild.id)
        assert office is not None, "the parent has set the offices up"
        return Caller("en", guild_id=seat.guild.id, office=office, role=office.everyone)

    def _person(self, number: int, chance: random.Random) -> Person:
        return self._person_in(self.mine[number % len(self.mine)], number, chance)

    def _person_in(self, seat: int, number: int, chance: random.Random) -> Person:
        return Person(self.crowd, self.seats[seat], self.people[seat][number], chance, self._refused)

    def _refused(self, step: str, said: Said, text: str) -> None:
        tell("refused", step=step, said=said, text=text)

    async def _log_while(self, person: Person, left: Any) -> None:
        # A name of its own for each turn of each person: topics are like no other.
        make = wishes(f"{self.name}.{next(self._chances)}", person.seat, person.chance)
        for number in left:
            wish = make()
            form = await person.open_form(wish)
            if self.hand_over and number % SHOWN_TO_ANOTHER == 0:
                self._show_to_another(person, form, wish)
            await self._submit(person, form, wish.fields)

    def _show_to_another(self, person: Person, form: Any, wish: Wish) -> None:
        seat = self.seats.index(person.seat)
        number = self.people[seat].index(person.member)
        tell("form", form=form.modal, seat=seat, person=number, fields=wish.fields)

    async def _submit(self, person: Person, form: Any, fields: dict[str, Any], *, took: bool = False) -> None:
        before = person.presses
        number = await person.submit_until_logged(form, fields)
        tell(
            "logged",
            request=request_of(form),
            number=number,
            topic=fields["topic"],
            user=person.member.id,
            guild=person.seat.guild.id,
            presses=person.presses - before,
            took=took,
        )

    async def _pass_until(self, enough: asyncio.Event) -> None:
        while not enough.is_set():
            await self._pass()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(enough.wait(), BETWEEN_PASSES)

    async def _pass(self) -> int:
        """One pass; tells what was posted, also where it failed on the way."""
        try:
            return await Delivery(self.desk, self.crowd.bot).make_pass()
        except Exception as error:
            tell("pass_failed", error=type(error).__name__)
            return 0
        finally:
            self._tell_posts()

    def _tell_posts(self) -> None:
        requests = self.crowd.bell[self._posted :]
        self._posted += len(requests)
        for request in requests:
            if request.method == "POST" and request.path.endswith("/messages"):
                tell(
                    "posted", channel=int(request.path.split("/")[2]), nonce=(request.json or {}).get("nonce")
                )


@contextlib.asynccontextmanager
async def started(settings: dict[str, Any]) -> AsyncIterator[Process]:
    """The process with its Discord, as the parent has asked for it."""
    clock = MovedClock(datetime.fromisoformat(settings["at"]))
    database = Database(database_url(settings["database"]))
    desk = Desk(database, clock)
    crowd = Crowd(AttacheBot(desk))
    await crowd.start()
    try:
        seats, people = [], []
        for number, city in enumerate(settings["cities"]):
            guild = crowd.create_guild(f"International Affairs of {city}", id=GUILD + number)
            seats.append(Seat(city, guild, guild.create_text_channel("international-affairs")))
            names = (f"{city}-{person}" for person in range(settings["people"]))
            people.append([guild.add_member(crowd.create_user(name)) for name in names])
        await crowd.bot.wait_until_ready()
        # From here on ids are this process's own, as Discord gives each only once.
        crowd.backend.advance_clock(1 + settings["number"])
        yield Process(
            settings["name"], desk, clock, crowd, seats, people, settings["mine"], settings["hand_over"]
        )
    finally:
        await crowd.shutdown()
        await database.close()


async def serve(settings: dict[str, Any]) -> None:
    """Do what the parent says until it says no more; several things at once where it does not wait."""
    lines = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(lines)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    async with started(settings) as process, asyncio.TaskGroup() as tasks:
        tell("ready", seats=[[seat.city, seat.guild.id, seat.channel.id] for seat in process.seats])
        while line := await lines.readline():
            command = json.loads(line)
            name, ticket = command.pop("do"), command.pop("ticket")
            tasks.create_task(_do(getattr(process, name), ticket, command))


async def _do(work: Callable[..., Awaitable[None]], ticket: int, values: dict[str, Any]) -> None:
    began = asyncio.get_running_loop().time()
    await work(**values)
    tell("done", ticket=ticket, seconds=asyncio.get_running_loop().time() - began)


if __name__ == "__main__":
    asyncio.run(serve(json.loads(sys.argv[1])))
