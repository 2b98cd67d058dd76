"""A simulated Discord around the real bot: the server of an office, its people, and what they see."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import discord
import pytest
import simcord
from simcord import interactions

from bot.client import AttacheBot
from bot.domain.access import Role
from bot.domain.errors import AttacheError
from bot.domain.offices import Office
from bot.services.desk import Caller, Desk
from bot.services.office_settings import PostingForm
from bot.services.offices import office_of_guild, set_up_office

LIMITS = {"title": 256, "description": 4096, "footer": 2048, "name": 256, "value": 1024}


@dataclass
class Seen:
    """What a person sees in answer: the embed's texts, and the labels of its buttons."""

    result: Any

    def __post_init__(self) -> None:
        if self.result.response is not None:
            for embed in self.result.response.embeds:
                assert_within_limits(embed)

    @property
    def embed(self) -> discord.Embed:
        assert self.result.response is not None, f"no answer: {self.result}"
        return self.result.response.embeds[0]

    @property
    def text(self) -> str:
        """Everything on the cards, as one text."""
        assert self.result.response is not None, f"no answer: {self.result}"
        parts = [
            part
            for embed in self.result.response.embeds
            for part in (
                embed.title,
                embed.description,
                *(f"{f.name}\n{f.value}" for f in embed.fields),
                embed.footer.text,
            )
        ]
        return "\n".join(part for part in parts if part)

    def field(self, name: str) -> str:
        return next(str(field.value) for field in self.embed.fields if field.name == name)

    @property
    def buttons(self) -> list[str]:
        rows = self.result.response.components
        return [item["label"] for row in rows for item in row.get("components", [])]

    @property
    def private(self) -> bool:
        return bool(self.result.response.ephemeral)


def assert_within_limits(embed: discord.Embed) -> None:
    """Discord's limits, counted as Discord counts."""

    def units(text: str | None) -> int:
        return len((text or "").encode("utf-16-le")) // 2

    assert units(embed.title) <= LIMITS["title"]
    assert units(embed.description) <= LIMITS["description"]
    assert len(embed.fields) <= 25
    for item in embed.fields:
        assert 0 < units(item.name) <= LIMITS["name"]
        assert 0 < units(item.value) <= LIMITS["value"]
    assert len(embed) <= 6000


@dataclass
class Stage:
    """A server with one channel; `staff` may write, `administrator` may manage the server."""

    desk: Desk
    env: simcord.Env
    guild: Any
    channel: Any
    staff: Any
    administrator: Any
    locales: dict[int, str] = field(default_factory=dict)
    managers: Any = None
    """The Discord role of the administrator, which may manage the server."""

    async def slash(self, command: str, person: Any = None, **options: Any) -> Seen:
        return Seen(await (person or self.staff).slash(self.channel, command, **options))

    async def click(self, seen: Seen, label: str, person: Any = None) -> Seen:
        return Seen(await (person or self.staff).click(seen.result.response, label=label))

    async def fill(self, shown: Seen, person: Any = None, **values: Any) -> Seen:
        """Fill the form by the names of its fields, in their order, and submit it."""
        return Seen(await (person or self.staff).submit_modal(shown.result, form_values(shown, values)))

    async def suggestions(self, command: str, option: str, typed: str, **filled: Any) -> list[dict[str, Any]]:
        return await self.staff.autocomplete(self.channel, command, option, typed, **filled)

    def speaks(self, locale: str, person: Any = None) -> None:
        """Set a person's Discord to another locale."""
        self.locales[(person or self.staff).id] = locale

    async def desk_office(self) -> Office:
        """The office of this server, as it is stored now."""
        office = await office_of_guild(self.desk, self.guild.id)
        assert office is not None
        return office

    async def restart(self) -> None:
        """Stop the bot and start a new one on the same database, in the same server."""
        await self.env.restart_bot(AttacheBot(self.desk))

    async def set_up(self, city: str = "kaohsiung-tw", language: str = "en") -> None:
        caller = Caller("en", self.administrator.id, self.guild.id, role=Role.ADMINISTRATOR)
        await set_up_office(self.desk, caller, city, self.channel.id, PostingForm(language))


FORM = ("date", "format", "topic", "people", "summary")


def form_values(shown: Seen, values: dict[str, Any]) -> dict[str, Any]:
    """Custom ids of the form's fields for the names of `values`; what is left out stays as it was shown."""
    modal = shown.result.modal
    assert modal is not None, f"no form was opened: {shown.result.response and shown.text}"
    parts = [label["component"] for label in modal["components"]]
    filled = {}
    for name, part in zip(FORM, parts, strict=True):
        if name in values:
            filled[part["custom_id"]] = values[name]
        elif name == "format":
            filled[part["custom_id"]] = [str(o["value"]) for o in part["options"] if o["default"]]
        else:
            filled[part["custom_id"]] = part.get("value") or ""
    return filled


def shown_in(form: Seen) -> dict[str, str | None]:
    """What the fields of an open form hold."""
    parts = [label["component"] for label in form.result.modal["components"]]
    held = {name: part.get("value") for name, part in zip(FORM, parts, strict=True)}
    held["format"] = next(str(o["value"]) for o in parts[1]["options"] if o["default"])
    return held


@pytest.fixture
def locales(monkeypatch: pytest.MonkeyPatch) -> dict[int, str]:
    """Whose Discord has which locale; SimCord gives everybody en-US."""
    spoken: dict[int, str] = {}
    original: Callable[..., tuple[Any, dict[str, Any]]] = interactions.base_payload

    def with_locale(backend: Any, **kwargs: Any) -> tuple[Any, dict[str, Any]]:
        record, payload = original(backend, **kwargs)
        payload["locale"] = spoken.get(kwargs["user_id"], "en-US")
        return record, payload

    monkeypatch.setattr(interactions, "base_payload", with_locale)
    return spoken


@pytest.fixture
async def bare_stage(seeded_desk: Desk, locales: dict[int, str]) -> AsyncIterator[Stage]:
    """A server that no office is tied to yet."""
    env = simcord.Env(AttacheBot(seeded_desk), check_errors=False, settle_timeout=60)
    await env.start()
    try:
        guild = env.create_guild("International Affairs")
        channel = guild.create_text_channel("international-affairs")
        manage = guild.create_role("administrators", permissions=discord.Permissions(manage_guild=True))
        staff = guild.add_member(env.create_user("lin"))
        administrator = guild.add_member(env.create_user("wang"), roles=[manage])
        yield Stage(seeded_desk, env, guild, channel, staff, administrator, locales, manage)
    finally:
        await env.shutdown()
    told = (AttacheError, discord.app_commands.CommandOnCooldown)
    unexpected = [error for error in map(_cause, env.errors) if not isinstance(error, told)]
    assert not unexpected, unexpected


def _cause(error: BaseException) -> BaseException:
    """The error inside discord.py's wrapping; those meant for people are answered, not failures."""
    return getattr(error, "original", getattr(error, "reason", error))


@pytest.fixture
async def stage(bare_stage: Stage) -> Stage:
    """The server of the Kaohsiung office."""
    await bare_stage.set_up()
    return bare_stage


@pytest.fixture
def no_pings(stage: Stage) -> Iterator[None]:
    """Nothing that the bot sent during the test may mention anybody."""
    yield
    for request in stage.env.http_requests:
        body = request.json if isinstance(request.json, dict) else {}
        body = body.get("data", body) if isinstance(body.get("data"), dict) else body
        allowed = body.get("allowed_mentions")
        if allowed is not None:
            assert allowed.get("parse") == [], allowed
