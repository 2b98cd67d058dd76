"""The routes of Discord's REST API that the bot uses."""

import itertools
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import BodyPartReader, web

from tests.wire import payloads
from tests.wire.state import BOT, Channel, Discord, Message, Trouble

API = "/api/v10"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

UNKNOWN_CHANNEL, MISSING_ACCESS, MISSING_PERMISSIONS = 10003, 50001, 50013


def told(document: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """An answer in JSON, called so without a character set, as the library wants to hear it."""
    body = json.dumps(document).encode()
    return web.Response(
        body=body, status=status, headers={"Content-Type": "application/json", **(headers or {})}
    )


def refusal(status: int, code: int, text: str) -> web.Response:
    return told({"code": code, "message": text}, status=status)


class Rest:
    """Answers for a `Discord`."""

    def __init__(self, discord: Discord) -> None:
        self._discord = discord
        self._interactions = itertools.count(1)

    def add_to(self, application: web.Application) -> None:
        application.middlewares.append(self._troubled)
        add = application.router.add_route
        add("GET", f"{API}/users/@me", self._me)
        add("POST", f"{API}/users/@me/channels", self._talk)
        add("GET", f"{API}/users/{{user}}", self._user)
        add("GET", f"{API}/guilds/{{guild}}", self._guild)
        add("GET", f"{API}/gateway/bot", self._gateway)
        add("GET", f"{API}/oauth2/applications/@me", self._application)
        for scope in ("", "/guilds/{guild}"):
            add("PUT", f"{API}/applications/{{application}}{scope}/commands", self._sync)
        add("GET", f"{API}/guilds/{{guild}}/members/{{user}}", self._member)
        add("GET", f"{API}/channels/{{channel}}", self._channel)
        add("POST", f"{API}/channels/{{channel}}/messages", self._send)
        add("GET", f"{API}/channels/{{channel}}/messages", self._history)
        add("PATCH", f"{API}/channels/{{channel}}/messages/{{message}}", self._edit)
        add("POST", f"{API}/interactions/{{interaction}}/{{token}}/callback", self._callback)
        add("POST", f"{API}/webhooks/{{application}}/{{token}}", self._followup)
        add("*", f"{API}/webhooks/{{application}}/{{token}}/messages/{{message}}", self._original)

    @web.middleware
    async def _troubled(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Note every request, and let go wrong what is to go wrong."""
        if not request.path.startswith(API):
            return await handler(request)
        name = f"{request.method} {request.path.removeprefix(API)}"
        try:
            answer = await self._answer(request, name, handler)
        except Exception as error:
            self._discord.note("fault", name, error=repr(error))
            raise
        self._discord.note("request", name, status=answer.status)
        return answer

    async def _answer(self, request: web.Request, name: str, handler: Handler) -> web.StreamResponse:
        trouble = self._discord.trouble_with(name)
        if trouble is None:
            return await handler(request)
        if trouble.done:
            await handler(request)
        return self._wrong(request, trouble)

    def _wrong(self, request: web.Request, trouble: Trouble) -> web.Response:
        if trouble.status is None:
            if request.transport:
                request.transport.abort()
            return web.Response(status=599)
        if trouble.status == 429:
            wait, scope = trouble.retry_after, "global" if trouble.everywhere else "user"
            headers = {"Retry-After": f"{wait:g}", "X-RateLimit-Scope": scope, "Via": "1.1 loopback"}
            if trouble.everywhere:
                headers["X-RateLimit-Global"] = "true"
            document = {
                "message": "You are being rate limited.",
                "retry_after": wait,
                "global": trouble.everywhere,
            }
            return told(document, status=429, headers=headers)
        if trouble.status >= 500:
            return web.Response(status=trouble.status, text="upstream connect error")
        codes = {403: MISSING_PERMISSIONS, 404: UNKNOWN_CHANNEL}
        return refusal(trouble.status, codes.get(trouble.status, 0), f"made to fail with {trouble.status}")

    # Who the bot is ---------------------------------------------------------------------------------

    async def _me(self, _request: web.Request) -> web.Response:
        return told(payloads.user(BOT))

    async def _user(self, request: web.Request) -> web.Response:
        return told(payloads.user(int(request.match_info["user"])))

    async def _guild(self, request: web.Request) -> web.Response:
        return told(payloads.guild(self._discord, self._discord.guilds[int(request.match_info["guild"])]))

    async def _talk(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        return told(payloads.channel(self._discord.talk_with(int(body["recipient_id"]))))

    async def _application(self, _request: web.Request) -> web.Response:
        return told(
            {"id": str(BOT), "name": "attache", "description": "", "icon": None, "bot_public": True,
             "bot_require_code_grant": False, "verify_key": "", "flags": 0, "summary": "", "owner": payloads.user(BOT),
             "team": None}
        )  # fmt: skip

    async def _gateway(self, _request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 16}
        return told({"url": self._discord.gateway, "shards": 1, "session_start_limit": limit})

    async def _sync(self, request: web.Request) -> web.Response:
        self._discord.commands = [
            {
                "description": "",
                "application_id": str(BOT),
                "version": "1",
                "id": str(self._discord.new_id()),
                **command,
            }
            for command in await request.json()
        ]
        return told(self._discord.commands)

    async def _member(self, request: web.Request) -> web.Response:
        return told(payloads.member(int(request.match_info["user"])))

    # Channels and messages --------------------------------------------------------------------------

    def _reached(self, request: web.Request, *, to_write: bool = False) -> Channel | web.Response:
        """The channel of a request, or why the bot may not do that there."""
        channel = self._discord.channels.get(int(request.match_info["channel"]))
        if channel is None or channel.gone:
            return refusal(404, UNKNOWN_CHANNEL, "Unknown Channel")
        guild = self._discord.guilds.get(channel.guild_id)
        if channel.person is not None:
            return channel
        if guild is None:
            return refusal(403, MISSING_ACCESS, "Missing Access")
        if guild.unavailable:
            return web.Response(status=503, text="upstream connect error")
        if to_write and not channel.writable:
            return refusal(403, MISSING_PERMISSIONS, "Missing Permissions")
        return channel

    async def _channel(self, request: web.Request) -> web.Response:
        channel = self._reached(request)
        return channel if isinstance(channel, web.Response) else told(payloads.channel(channel))

    async def _send(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        channel = self._reached(request, to_write=True)
        if isinstance(channel, web.Response):
            return channel
        return told(payloads.message(await self._discord.post(channel.id, body)))

    async def _history(self, request: web.Request) -> web.Response:
        channel = self._reached(request)
        if isinstance(channel, web.Response):
            return channel
        newest = sorted(self._discord.in_channel(channel), key=lambda message: -message.id)
        limit = int(request.query.get("limit", 50))
        return told([payloads.message(message) for message in newest[:limit]])

    async def _edit(self, request: web.Request) -> web.Response:
        number, body = int(request.match_info["message"]), await body_of(request)
        found = next((message for message in self._discord.messages if message.id == number), None)
        if found is None:
            return refusal(404, 10008, "Unknown Message")
        found.body.update(body)
        return told(payloads.message(found))

    # What people are answered -----------------------------------------------------------------------

    async def _callback(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        answer = body.get("data") or {}
        self._discord.note("answered", answer.get("content") or "", type=body["type"], data=answer)
        number = request.match_info["interaction"]
        document: dict[str, Any] = {"interaction": {"id": number, "type": 2}}
        if body["type"] in (4, 5, 7):
            shown = {**self._shown(request, answer), "id": str(self._discord.new_id())}
            document["resource"] = {"type": body["type"], "message": shown}
        return told(document)

    async def _followup(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        self._discord.note("answered", body.get("content") or "", type=4, data=body)
        return told(self._shown(request, body))

    async def _original(self, request: web.Request) -> web.Response:
        if request.method == "DELETE":
            return web.Response(status=204)
        body = await body_of(request) if request.method == "PATCH" else {}
        if body:
            self._discord.note("answered", body.get("content") or "", type=7, data=body)
        return told(self._shown(request, body))

    def _shown(self, _request: web.Request, body: dict[str, Any]) -> dict[str, Any]:
        return payloads.message(Message(self._discord.new_id(), 0, None, self._discord.clock(), body))


async def body_of(request: web.Request) -> dict[str, Any]:
    """What was sent, as JSON or as a form with files beside it."""
    if request.content_type != "multipart/form-data":
        return dict(await request.json()) if request.can_read_body else {}
    body: dict[str, Any] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        read = await part.read(decode=True)
        if part.name == "payload_json":
            body |= json.loads(read)
        else:
            body.setdefault("files", {})[part.filename] = bytes(read)
    return body
