"""From a Discord interaction to who is asking, and the texts of their language."""

import re
from typing import Any, cast

import discord

from bot.domain.access import Role, role_of
from bot.domain.offices import Office
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.offices import office_of_guild
from bot.services.preferences import caller_for

Interaction = discord.Interaction[Any]


def desk_of(interaction: Interaction) -> Desk:
    """The desk that the client was made with."""
    return cast(Desk, interaction.client.desk)


async def caller_of(interaction: Interaction) -> Caller:
    """Who asks; found out once for each interaction, however many steps it takes to answer it."""
    known = cast("Caller | None", interaction.extras.get("caller"))
    if known is not None:
        return known
    desk = desk_of(interaction)
    office = await office_of_guild(desk, interaction.guild_id)
    caller = await caller_for(
        desk,
        user_id=interaction.user.id,
        guild_id=interaction.guild_id,
        office=office,
        role=_role(interaction, office),
        discord_locale=interaction.locale.value,
    )
    interaction.extras["caller"] = caller
    return caller


def forget_caller(interaction: Interaction) -> None:
    """Find out anew who asks: their language or their office has just changed."""
    interaction.extras.pop("caller", None)


def _role(interaction: Interaction, office: Office | None) -> Role:
    """What the person is in the office of the server; without an office, whoever manages the server may set one up."""
    person, server = interaction.user, interaction.guild
    held = [role.id for role in person.roles] if isinstance(person, discord.Member) else []
    return role_of(
        office.roles if office else {},
        office.everyone if office else Role.NOBODY,
        held,
        manages_server=interaction.permissions.manage_guild,
        owns_server=server is not None and server.owner_id == person.id,
    )


def chat_texts(language: str) -> Texts:
    """Texts for Discord: what users wrote keeps its letters but loses its markdown and mentions."""
    return Texts(language, escape=inert)


_EFFECTIVE = re.compile(
    r"(?P<link>https?://[^\s<]+[^<.,:;\"'\]\s])"
    r"|(?P<mark>[\\*_~|`\[]|^(?:#{1,3}|-#|>{1,3}|[-+])(?=\s))"
    r"|(?P<tag><)"
)
"""What Discord gives an effect to: bare links, which may keep theirs, marks, and the beginning of tags."""


def inert(text: str) -> str:
    """User text without effect: no markdown, no mentions, no masked links, no Discord tags, on one line."""
    line = re.sub("@(?=everyone|here)", "@\u200b", " ".join(text.split()))
    return _EFFECTIVE.sub(
        lambda found: found[0] if found["link"] else f"\\{found[0]}" if found["mark"] else "<\u200b", line
    )
