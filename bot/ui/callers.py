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
from bot.ui.direct_offices import belongings

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
    if interaction.guild_id is None:
        office, role = await _standing_in(interaction.client, desk, interaction.user.id)
    else:
        office = await office_of_guild(desk, interaction.guild_id)
        role = _role(
            interaction.user, interaction.guild, office, manages=interaction.permissions.manage_guild
        )
    caller = await caller_for(
        desk,
        user_id=interaction.user.id,
        guild_id=interaction.guild_id,
        office=office,
        role=role,
        discord_locale=interaction.locale.value,
    )
    interaction.extras["caller"] = caller
    return caller


def forget_caller(interaction: Interaction) -> None:
    """Find out anew who asks: their language or their office has just changed."""
    interaction.extras.pop("caller", None)


_WORDS = 3
"""From how many words in Latin letters a message is taken for English: names alone are of no language."""


def written_in(text: str) -> str | None:
    """The language that a text is written in; None where it may be either."""
    han = sum("\u4e00" <= letter <= "\u9fff" for letter in text)
    latin = sum(
        word.strip("?!.,:;'\"").isascii() and word.strip("?!.,:;'\"").isalpha() for word in text.split()
    )
    if han > latin:
        return "zh-TW"
    return "en" if latin >= _WORDS else None


async def caller_of_message(
    client: discord.Client, desk: Desk, message: discord.Message, text: str
) -> Caller:
    """Who wrote this text to the bot. Discord does not say what their language is; the text itself may."""
    author, guild = message.author, message.guild
    if guild is None:
        office, role = await _standing_in(client, desk, author.id)
    else:
        office = await office_of_guild(desk, guild.id)
        manages = isinstance(author, discord.Member) and author.guild_permissions.manage_guild
        role = _role(author, guild, office, manages=manages)
    guild_id = guild.id if guild else None
    return await caller_for(
        desk,
        user_id=author.id,
        guild_id=guild_id,
        office=office,
        role=role,
        discord_locale=written_in(text) or "",
    )


def _role(
    person: discord.User | discord.Member,
    server: discord.Guild | None,
    office: Office | None,
    *,
    manages: bool,
) -> Role:
    """What the person is in the office of the server; without an office, whoever manages the server may set one up."""
    held = [role.id for role in person.roles] if isinstance(person, discord.Member) else []
    return role_of(
        office.roles if office else {},
        office.everyone if office else Role.NOBODY,
        held,
        manages_server=manages,
        owns_server=server is not None and server.owner_id == person.id,
    )


async def _standing_in(client: discord.Client, desk: Desk, user_id: int) -> tuple[Office | None, Role]:
    """The one office for which the person writes, and what they are there; none where it may be several."""
    those = await belongings(client, desk, user_id)
    return (those[0].office, those[0].role) if len(those) == 1 else (None, Role.NOBODY)


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
