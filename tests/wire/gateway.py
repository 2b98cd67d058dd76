"""Discord's gateway: hello, identify or resume, heartbeats, and the events that reach the bot."""

import asyncio
import contextlib
import json
import uuid
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMessage, WSMsgType, web

from tests.wire import payloads
from tests.wire.state import BOT, Channel, Discord, Guild

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
"""What frames are for, by Discord's numbers (`op`)."""

PATH = "/gateway/"
AWAY = 4000
"""A code after which the bot may resume."""


@dataclass
class Session:
    """What one bot has been sent, numbered, so that it can be sent again from any point. Outlives its connection."""

    id: str
    shard: tuple[int, int]
    sent: list[dict[str, Any]] = field(default_factory=list)
    line: "Line | None" = None

    def is_for(self, guild_id: int) -> bool:
        number, count = self.shard
        return (guild_id >> 22) % count == number

    async def dispatch(self, event: str, data: dict[str, Any]) -> None:
        """Send an event; while nobody listens it is kept for who resumes."""
        self.sent.append({"op": DISPATCH, "t": event, "s": len(self.sent) + 1, "d": data})
        if self.line:
            await self.line.send(self.sent[-1])


@dataclass
class Line:
    """One connection; everything it sends is one stream of zlib, if the bot asked for that."""

    socket: web.WebSocketResponse
    stream: Any

    async def send(self, frame: dict[str, Any]) -> None:
        text = json.dumps(frame)
        with contextlib.suppress(ConnectionError):
            if self.stream is None:
                await self.socket.send_str(text)
            else:
                packed = self.stream.compress(text.encode()) + self.stream.flush(zlib.Z_SYNC_FLUSH)
                await self.socket.send_bytes(packed)


class Gateway:
    """The sessions of all bots of one `Discord`."""

    def __init__(self, discord: Discord) -> None:
        self._discord = discord
        self._sessions: dict[str, Session] = {}

    def add_to(self, application: web.Application) -> None:
        application.router.add_get(PATH, self._listen)

    # What a test does -------------------------------------------------------------------------------

    @property
    def lines(self) -> list[Line]:
        return [session.line for session in self._sessions.values() if session.line]

    async def drop(self, *, forget: bool = False) -> None:
        """Cut every connection in the middle; with `forget` there is nothing to resume either."""
        if forget:
            self._sessions, sessions = {}, self._sessions
        else:
            sessions = self._sessions
        for session in sessions.values():
            line, session.line = session.line, None
            if line and (transport := line.socket._req and line.socket._req.transport):
                transport.abort()

    async def ask_to_reconnect(self) -> None:
        """Say that the bot is to connect anew, as Discord does every now and then."""
        for line in self.lines:
            await line.send({"op": RECONNECT, "d": None})

    async def tell(self, event: str, guild_id: int, data: dict[str, Any]) -> None:
        """Send an event to whichever bot serves the server."""
        for session in self._sessions.values():
            if session.is_for(guild_id):
                await session.dispatch(event, data)

    async def outage(self, guild: Guild) -> None:
        """A server can no longer be reached."""
        guild.unavailable = True
        await self.tell("GUILD_DELETE", guild.id, {"id": str(guild.id), "unavailable": True})

    async def outage_over(self, guild: Guild) -> None:
        guild.unavailable = False
        await self.tell("GUILD_CREATE", guild.id, payloads.guild(self._discord, guild))

    async def delete(self, channel: Channel) -> None:
        """Somebody deletes a channel."""
        channel.gone = True
        await self.tell("CHANNEL_DELETE", channel.guild_id, payloads.channel(channel))

    async def permit(self, channel: Channel, writable: bool) -> None:
        """Somebody takes the permission to write there from the bot, or gives it back."""
        channel.writable = writable
        await self.tell("CHANNEL_UPDATE", channel.guild_id, payloads.channel(channel))

    async def command(self, where: Channel, name: str, **options: Any) -> None:
        """The one person there is sends a command, such as `office check`."""
        top, *below = name.split()
        command = next(each for each in self._discord.commands if each["name"] == top)
        given: list[dict[str, Any]] = [
            {"name": key, "type": 3, "value": value} for key, value in options.items()
        ]
        for depth, part in enumerate(reversed(below)):
            given = [{"name": part, "type": 2 if depth else 1, "options": given}]
        data = {"id": command["id"], "name": top, "type": 1, "options": given}
        await self.tell(
            "INTERACTION_CREATE", where.guild_id, payloads.interaction(self._discord, where, 2, data)
        )

    async def press(self, where: Channel, message_id: int, custom_id: str) -> None:
        """The one person there is presses a button of a message."""
        found = next(each for each in self._discord.messages if each.id == message_id)
        data = {"custom_id": custom_id, "component_type": 2}
        pressed = payloads.interaction(
            self._discord, where, 3, data, message=payloads.message(found) | {"guild_id": str(where.guild_id)}
        )
        await self.tell("INTERACTION_CREATE", where.guild_id, pressed)

    # How a bot is served ----------------------------------------------------------------------------

    async def _listen(self, request: web.Request) -> web.StreamResponse:
        if not self._discord.gateway_open:
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        packed = request.query.get("compress") == "zlib-stream"
        line = Line(socket, zlib.compressobj() if packed else None)
        interval = int(self._discord.heartbeat.total_seconds() * 1000)
        await line.send({"op": HELLO, "d": {"heartbeat_interval": interval}})
        session: Session | None = None
        async for frame in socket:
            if frame.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                session = await self._answer(line, frame, session)
        if session and session.line is line:
            session.line = None
        self._discord.note("closed", session.id if session else "", code=socket.close_code)
        return socket

    async def _answer(self, line: Line, frame: WSMessage, session: Session | None) -> Session | None:
        heard = json.loads(frame.data)
        match heard["op"]:
            case 1:
                self._discord.note("heartbeat", session.id if session else "")
                await line.send({"op": ACK, "d": None})
            case 2:
                return await self._identify(line, heard["d"])
            case 6:
                return await self._resume(line, heard["d"])
        return session

    async def _identify(self, line: Line, data: dict[str, Any]) -> Session:
        number, count = data.get("shard") or (0, 1)
        session = Session(uuid.uuid4().hex, (number, count), line=line)
        self._sessions[session.id] = session
        guilds = [each for each in self._discord.guilds.values() if session.is_for(each.id)]
        self._discord.note("identified", session.id, shard=(number, count))
        await session.dispatch(
            "READY",
            {
                "v": 10,
                "user": payloads.user(BOT),
                "guilds": [{"id": str(each.id), "unavailable": True} for each in guilds],
                "session_id": session.id,
                "resume_gateway_url": self._discord.gateway,
                "shard": [number, count],
                "application": {"id": str(BOT), "flags": 0},
            },
        )
        for each in guilds:
            if not each.unavailable:
                await session.dispatch("GUILD_CREATE", payloads.guild(self._discord, each))
        return session

    async def _resume(self, line: Line, data: dict[str, Any]) -> Session | None:
        session = self._sessions.get(data["session_id"])
        if session is None:
            await line.send({"op": INVALID, "d": False})
            return None
        session.line = line
        self._discord.note("resumed", session.id, seq=data["seq"])
        for frame in session.sent[data["seq"] :]:
            await line.send(frame)
        await session.dispatch("RESUMED", {})
        return session


async def close_all(gateway: Gateway) -> None:
    """End every connection in good order."""
    await asyncio.gather(*(line.socket.close() for line in gateway.lines))
