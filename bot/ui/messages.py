"""Messages that people write to the bot, by mentioning it or in a direct message; Discord shows it no others.

A capability that understands such messages registers a reader; the first that has an answer gives it.
"""

import logging
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import discord

from bot.domain.errors import AttacheError, Unavailable
from bot.domain.offices import LANGUAGES
from bot.services.desk import Caller, Desk
from bot.services.faults import outage
from bot.ui.callers import caller_of_message, chat_texts
from bot.ui.errors import error_card

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message to the bot: its text without the mention, who wrote it, and the message to reply to."""

    text: str
    caller: Caller
    message: discord.Message


Reply = tuple[discord.Embed, discord.ui.View]
"""A card and the buttons under it (`discord.utils.MISSING` for none)."""

Reader = Callable[[Desk, Heard], Awaitable[Reply | None]]
"""Answers a message, or leaves it to the next reader (None); the last one answers all. What it raises is told."""

_READERS: list[tuple[int, Reader]] = []


def reads_messages(rank: int) -> Callable[[Reader], Reader]:
    """Let messages to the bot be read by this; those of a lower rank are asked before those of a higher one."""

    def register(reader: Reader) -> Reader:
        _READERS.append((rank, reader))
        _READERS.sort(key=lambda each: each[0])
        return reader

    return register


def text_to(bot: discord.ClientUser, message: discord.Message) -> str | None:
    """What the message says to the bot: all of a direct message, and what stands beside a mention of the bot.

    None for what is not for it: messages of other bots, and those that only reply to it.
    """
    if message.author.bot or message.webhook_id is not None:
        return None
    mention = re.compile(rf"<@!?{bot.id}>")
    if message.guild is not None and not mention.search(message.content):
        return None
    return mention.sub(" ", message.content).strip()


async def answer_message(client: Any, message: discord.Message) -> None:
    """Answer a message that is for the bot; whatever goes wrong is told in a reply."""
    text = None if client.lapsed() else text_to(client.user, message)
    if text is None:
        return
    desk: Desk = client.desk
    language = LANGUAGES[0]
    try:
        caller = await caller_of_message(client, desk, message)
        language = caller.language
        embed, view = await _read(desk, Heard(text, caller, message))
    except Exception as error:
        embed, view = _told(client, language, error), discord.utils.MISSING
    try:
        await message.reply(embed=embed, view=view, mention_author=False)
    except discord.HTTPException:
        log.warning("a message could not be answered", exc_info=True)


async def _read(desk: Desk, heard: Heard) -> Reply:
    if heard.message.guild is None and heard.caller.office is None:
        raise Unavailable("message.no_office")
    for _, reader in _READERS:
        if reply := await reader(desk, heard):
            return reply
    raise LookupError("no reader answers what all others leave")


def _told(client: discord.Client, language: str, error: Exception) -> discord.Embed:
    """The error as people read it; the unexpected by a reference that stands in the log."""
    texts = chat_texts(language)
    if away := outage(error):
        client.dispatch("outage", away)
        return error_card(texts, away)
    if isinstance(error, AttacheError):
        return error_card(texts, error)
    reference = secrets.token_hex(3).upper()
    log.error("unexpected error, reference %s", reference, exc_info=error, extra={"reference": reference})
    client.dispatch("failure", error)
    return error_card(texts, AttacheError("unexpected", reference=reference))
