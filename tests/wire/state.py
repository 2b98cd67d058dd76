"""What the small Discord knows, what is wrong with it at the moment, and what has happened."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from bot.clock import Clock, system_clock

BOT = 900_000_000_000_000_001
"""The id of the bot's user and of its application."""

STAFF = 900_000_000_000_000_002
"""The id of the one person there is."""

NONCE_KEPT = timedelta(minutes=4)
"""Discord says that a nonce is "checked for uniqueness in the past few minutes"; this is few."""

PATIENCE = 30.0
"""Seconds; how long something may take at most, not how long is waited."""

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""From which Discord's ids count milliseconds."""


@dataclass
class Channel:
    """A text channel, or the bot's talk with a `person`. `writable` says whether the bot may send to it."""

    id: int
    guild_id: int
    name: str
    writable: bool = True
    gone: bool = False
    person: int | None = None


@dataclass
class Guild:
    """A server. While it is `unavailable`, it cannot be read or written to."""

    id: int
    name: str
    unavailable: bool = False


@dataclass(frozen=True)
class Message:
    id: int
    channel_id: int
    nonce: str | None
    at: datetime
    body: dict[str, Any]

    @property
    def title(self) -> str:
        return str(next((embed.get("title") for embed in self.body.get("embeds") or ()), ""))

    @property
    def text(self) -> str:
        return text_of(self.body)


def text_of(body: dict[str, Any]) -> str:
    """All that is read in a message, as one text."""
    parts = [body.get("content")]
    for embed in body.get("embeds") or ():
        parts += [embed.get("title"), embed.get("description")]
        parts += [part for each in embed.get("fields", ()) for part in (each["name"], each["value"])]
    return "\n".join(str(part) for part in parts if part)


@dataclass
class Trouble:
    """What becomes of requests like `POST /channels/*/messages`, so many `times`, until it is lifted for None.

    They are answered with `status`, or the connection is dropped for None. `done` says that Discord has acted on
    them all the same. 429 says `retry_after` (seconds).
    """

    request: str
    status: int | None
    times: int | None = 1
    done: bool = False
    retry_after: float = 0.0
    everywhere: bool = False

    def meets(self, request: str) -> bool:
        return self.times != 0 and fnmatchcase(request, self.request)


@dataclass(frozen=True)
class Event:
    """Something that happened: `request`, `posted`, `repeated`, `identified`, `resumed`, `heartbeat`, `closed`, …"""

    kind: str
    at: datetime
    what: str
    details: dict[str, Any] = field(default_factory=dict)


async def nothing(_message: Message) -> None:
    """Let a message pass."""


@dataclass
class Discord:
    """All of it. `on_arrival` is awaited before a message is stored, `on_stored` before that is answered."""

    clock: Clock = system_clock
    nonce_kept: timedelta = NONCE_KEPT
    heartbeat: timedelta = timedelta(seconds=40)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    commands: list[dict[str, Any]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    gateway_open: bool = True
    on_arrival: Callable[[Message], Awaitable[None]] = nothing
    on_stored: Callable[[Message], Awaitable[None]] = nothing
    base: str = ""
    gateway: str = ""
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _happened: asyncio.Event = field(default_factory=asyncio.Event)

    # What a test sets up ----------------------------------------------------------------------------

    def add_guild(self, name: str) -> Guild:
        guild = Guild(self.new_id(), name)
        self.guilds[guild.id] = guild
        return guild

    def add_channel(self, guild: Guild, name: str) -> Channel:
        channel = Channel(self.new_id(), guild.id, name)
        self.channels[channel.id] = channel
        return channel

    def talk_with(self, person: int) -> Channel:
        """The channel of the bot's messages to a person."""
        found = (each for each in self.channels.values() if each.person == person)
        made = next(found, None) or Channel(self.new_id(), 0, "", person=person)
        self.channels[made.id] = made
        return made

    def trouble(self, request: str, status: int | None, **more: Any) -> Trouble:
        """Let requests like this one go wrong; the newest trouble counts first."""
        made = Trouble(request, status, **more)
        self.troubles.insert(0, made)
        return made

    # What happens -----------------------------------------------------------------------------------

    def new_id(self) -> int:
        """Larger than those before while the clock goes on, and different from them if it does not."""
        milliseconds = int((self.clock() - EPOCH).total_seconds() * 1000)
        return (milliseconds << 22) + next(self._numbers) % (1 << 22)

    def note(self, kind: str, what: str, /, **details: Any) -> None:
        self.events.append(Event(kind, self.clock(), what, details))
        self._happened.set()

    def trouble_with(self, request: str) -> Trouble | None:
        """What goes wrong with this request, counted as having happened."""
        found = next((each for each in self.troubles if each.meets(request)), None)
        if found and found.times is not None:
            found.times -= 1
        return found

    async def post(self, channel_id: int, body: dict[str, Any]) -> Message:
        """Store a message, or give the earlier one with its nonce where the sender has that enforced."""
        nonce = body.get("nonce")
        message = Message(self.new_id(), channel_id, nonce, self.clock(), body)
        await self.on_arrival(message)
        earlier = self._earlier(channel_id, nonce) if body.get("enforce_nonce") and nonce else None
        if earlier is None:
            self.messages.append(message)
        self.note("repeated" if earlier else "posted", message.title, nonce=nonce, channel=channel_id)
        await self.on_stored(earlier or message)
        return earlier or message

    def _earlier(self, channel_id: int, nonce: str) -> Message | None:
        """The newest message with this nonce of the past few minutes."""
        since = self.clock() - self.nonce_kept
        return next(
            (
                message
                for message in reversed(self.messages)
                if (message.channel_id, message.nonce) == (channel_id, nonce) and message.at >= since
            ),
            None,
        )

    async def until(self, seen: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait until something that happens here makes `seen` true; TimeoutError without."""
        async with asyncio.timeout(patience):
            while not seen():
                self._happened.clear()
                await self._happened.wait()

    # What a test looks at ---------------------------------------------------------------------------

    def happened(self, *kinds: str) -> list[Event]:
        return [event for event in self.events if event.kind in kinds]

    def answers(self) -> list[str]:
        """What the person was answered."""
        return [text_of(event.details["data"]) for event in self.happened("answered")]

    def in_channel(self, channel: Channel) -> list[Message]:
        return [message for message in self.messages if message.channel_id == channel.id]

    def channels_of(self, guild: Guild) -> Iterable[Channel]:
        return (each for each in self.channels.values() if each.guild_id == guild.id and not each.gone)
