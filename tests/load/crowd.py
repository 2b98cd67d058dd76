"""Many people at once in one simulated Discord, each pressing as people press, and again when told to."""

import asyncio
import itertools
import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any

import simcord

from bot.i18n.texts import Texts

SILENCE = 90.0
"""Seconds after which an answer is not coming any more: longer than anything in the bot waits for the database."""

GIVEN_UP = 3.0
"""Seconds after which Discord says that the application did not respond. Here it is only counted."""

LOGGED = re.compile(r"X(?P<number>\d+) logged: ")
FORM = re.compile(r"visit:form:\d+:(?P<request>\d+)")

TEXTS = Texts("en")


class Bell(list[Any]):
    """Discord's log of what the bot sent, which wakes who waits for an answer."""

    def __init__(self) -> None:
        super().__init__()
        self._rung = asyncio.Event()

    def append(self, request: Any, /) -> None:
        super().append(request)
        asyncio.get_running_loop().call_soon(self._ring)  # once Discord has done what it was sent

    def _ring(self) -> None:
        self._rung.set()
        self._rung = asyncio.Event()

    async def next(self) -> None:
        await self._rung.wait()


class Crowd(simcord.Env):
    """A simulated Discord in which people need not wait for each other.

    SimCord holds the clock still until the bot has settled after each act; here the bot runs by the clock on the
    wall, and only the moment of pressing is one person's alone.
    """

    def __init__(self, bot: Any) -> None:
        super().__init__(bot, check_errors=False)
        self._pressing = asyncio.Lock()
        self.bell = self.backend.http_requests = Bell()

    def _bot_scope(self) -> Any:
        return self.time_context()

    async def press(self, act: Callable[[], Awaitable[Any]]) -> Any:
        """Do one act of one person; what comes of it is seen by `wait`."""
        async with self._pressing:
            return await act()

    async def wait(self, result: Any) -> "Waited":
        """Wait for a form or a message in answer."""
        loop = asyncio.get_running_loop()
        began, waited = loop.time(), Waited()
        try:
            async with asyncio.timeout(SILENCE):
                while not waited.answered:
                    if result.acknowledged and waited.acknowledged is None:
                        waited.acknowledged = loop.time() - began
                    # A message without a card is Discord's own: the answer is being thought about.
                    if result.modal is not None or (result.response and result.response.embeds):
                        waited.answered = True
                    else:
                        await self.bell.next()
        except TimeoutError:
            pass
        return waited


@dataclass
class Waited:
    """Whether an answer came, and after how many seconds Discord was told of it, if it was."""

    answered: bool = False
    acknowledged: float | None = None


@dataclass(frozen=True)
class Seat:
    """The server of an office in this Discord, and the keys of places that its people log visits with."""

    city: str
    guild: Any
    channel: Any
    partners: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Wish:
    """A visit that somebody wants to log; `topic` is like no other."""

    partner: str
    topic: str
    format: str
    people: str
    date: str

    @property
    def fields(self) -> dict[str, Any]:
        return {
            "date": self.date,
            "format": [self.format],
            "topic": self.topic,
            "people": self.people,
            "summary": f"What was said about {self.topic}.",
        }


def wishes(name: str, seat: Seat, chance: random.Random) -> Callable[[], Wish]:
    """Makes one visit after the other, by chance."""
    numbers = itertools.count(1)
    formats = ("video", "visit_in", "visit_out", "webinar")

    def make() -> Wish:
        return Wish(
            partner=chance.choice(seat.partners),
            topic=f"{name} no. {next(numbers)}",
            format=chance.choice(formats),
            people=str(chance.randint(1, 60)),
            date=chance.choice(("today", "yesterday", "2026-02-03")),
        )

    return make


class Said(StrEnum):
    """What somebody reads who is not served; `SILENCE` is nothing at all."""

    AWAY = "away"
    BUSY = "busy"
    REFERENCE = "reference"
    SILENCE = "silence"
    OTHER = "other"


_SENTENCES = {Said.AWAY: "database.away", Said.BUSY: "database.busy", Said.REFERENCE: "unexpected"}


def kind_of(text: str) -> Said:
    """Which refusal a text is, by the sentences of the catalogue."""
    for kind, key in _SENTENCES.items():
        whole = TEXTS(f"error.{key}", reason="\0", reference="\0")
        if all(part in text for part in whole.split("\0")):
            return kind
    return Said.OTHER


@dataclass
class Person:
    """One person in a server. `tell` is handed every refusal: at which step, of which kind, and its text."""

    crowd: Crowd
    seat: Seat
    member: Any
    chance: random.Random
    tell: Callable[[str, Said, str], None]
    slowest: float = 0.0
    too_late: int = 0
    presses: int = 0

    async def open_form(self, wish: Wish) -> Any:
        """`/visit log` until the form is there."""
        while True:
            form = await self._press(
                "open",
                lambda: self.member.slash(self.seat.channel, "visit log", partner=wish.partner),
            )
            if form is not None and form.modal is not None:
                return form
            await self._a_moment()

    async def submit_until_logged(self, form: Any, fields: dict[str, Any]) -> int:
        """Submit the form, again and again where told to, until the record number is read."""
        while True:
            answer = await self._press("submit", partial(self._submit, form, fields))
            if answer is not None and (found := LOGGED.match(answer.response.embeds[0].title or "")):
                return int(found["number"])
            await self._a_moment()
            form = await self._again(form, answer)

    async def _submit(self, form: Any, fields: dict[str, Any]) -> Any:
        # Discord keeps a form open whose submission failed, and whoever has read that, submits it again.
        form._interaction.modal_consumed = False
        return await self.member.submit_modal(form, fields)

    async def _again(self, form: Any, answer: Any) -> Any:
        """The form to submit next: the one that the button under the answer opens, else the one at hand."""
        label = TEXTS("form.reopen")
        if answer is None or label not in str(answer.response.components):
            return form
        while True:
            opened = await self._press("reopen", lambda: self.member.click(answer.response, label=label))
            if opened is not None and opened.modal is not None:
                assert request_of(opened) == request_of(form), "the form came back as another request"
                return opened
            await self._a_moment()

    async def _press(self, step: str, act: Callable[[], Awaitable[Any]]) -> Any:
        """What came of it, None where nothing did."""
        self.presses += 1
        result = await self.crowd.press(act)
        waited = await self.crowd.wait(result)
        if waited.acknowledged is not None:
            self.slowest = max(self.slowest, waited.acknowledged)
            self.too_late += waited.acknowledged > GIVEN_UP
        if not waited.answered:
            self.tell(step, Said.SILENCE, "")
            return None
        if result.modal is None:
            embed = result.response.embeds[0]
            if not LOGGED.match(embed.title or ""):
                self.tell(step, kind_of(embed.description or ""), f"{embed.title}: {embed.description}")
        return result

    async def _a_moment(self) -> None:
        """People take one before they press again."""
        await asyncio.sleep(self.chance.uniform(0.1, 0.4))


def request_of(form: Any) -> str:
    """The request that a form carries in its custom id."""
    found = FORM.match(form.modal["custom_id"])
    assert found, f"not the form of a visit: {form.modal['custom_id']}"
    return found["request"]
