"""Messages that people write to the bot: a mention, a direct message, a reply; Discord shows it no others.

A capability that understands such messages registers a reader; the first that has an answer gives it.
"""

import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.domain.access import Action
from bot.domain.errors import AttacheError, NotFound, Unavailable
from bot.domain.offices import LANGUAGES
from bot.services.desk import Caller, Desk
from bot.services.faults import outage
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of_message, chat_texts
from bot.ui.cards import Card
from bot.ui.direct_offices import Belonging, belongings
from bot.ui.errors import error_card

log = logging.getLogger(__name__)

OFFICES = 25
"""Of how many offices somebody is asked for which they write: so many buttons stand under a message."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message to the bot: its text without the mention, who wrote it, and the message to reply to.

    `addressed` is False for a reply to a message of the bot's that does not mention it otherwise: people also talk
    with each other below a post. Such a reply is answered by what can make something of it, and else left alone.
    """

    text: str
    caller: Caller
    message: discord.Message
    client: Any
    addressed: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """A card and the buttons under it. `sent` is told the id of the message, once it is there."""

    embed: discord.Embed
    view: discord.ui.View | None = None
    sent: Callable[[int], None] | None = None


Reader = Callable[[Desk, Heard], Awaitable[Reply | None]]
"""Answers a message, or leaves it to the next reader (None). What it raises is told."""

_READERS: list[tuple[int, Reader]] = []


def reads_messages(rank: int) -> Callable[[Reader], Reader]:
    """Let messages to the bot be read by this; those of a lower rank are asked before those of a higher one."""

    def register(reader: Reader) -> Reader:
        _READERS.append((rank, reader))
        _READERS.sort(key=lambda each: each[0])
        return reader

    return register


def text_to(bot: discord.ClientUser, message: discord.Message) -> tuple[str, bool] | None:
    """What the message says to the bot, without mentions of it, and whether it is addressed (see `Heard`).

    None for what is not for it: messages of other bots, and what people say to each other.
    """
    if message.author.bot or message.webhook_id is not None:
        return None
    mention = re.compile(rf"<@!?{bot.id}>")
    addressed = message.guild is None or mention.search(message.content) is not None
    if not addressed and not _replies_to(bot, message):
        return None
    return mention.sub(" ", message.content).strip(), addressed


def _replies_to(bot: discord.ClientUser, message: discord.Message) -> bool:
    before = message.reference.resolved if message.reference else None
    return isinstance(before, discord.Message) and before.author.id == bot.id


async def answer_message(client: Any, message: discord.Message) -> None:
    """Answer a message that is for the bot; whatever goes wrong is told in a reply."""
    said = None if client.lapsed() else text_to(client.user, message)
    if said is None:
        return
    reply = await _reply(client, message, *said)
    if reply is None:
        return
    try:
        view = reply.view or discord.utils.MISSING
        sent = await message.reply(embed=reply.embed, view=view, mention_author=False)
    except discord.HTTPException:
        log.warning("a message could not be answered", exc_info=True)
        return
    if reply.sent:
        reply.sent(sent.id)


async def _reply(client: Any, message: discord.Message, text: str, addressed: bool) -> Reply | None:
    desk: Desk = client.desk
    language = LANGUAGES[0]
    try:
        caller = await caller_of_message(client, desk, message, text)
        language = caller.language
        if message.guild is None and caller.office is None:
            return _for_which(language, await belongings(client, desk, message.author.id))
        return await _read(desk, Heard(text, caller, message, client, addressed))
    except AttacheError as error:
        return Reply(_told(client, language, error)) if addressed else None
    except Exception as error:
        return Reply(_told(client, language, error))


async def _read(desk: Desk, heard: Heard) -> Reply | None:
    for _, reader in _READERS:
        if reply := await reader(desk, heard):
            return reply
    return None


# Direct messages of somebody in several offices ------------------------------------------------------------------


def _for_which(language: str, those: Sequence[Belonging]) -> Reply:
    """Ask for which office a person writes. Raises `Unavailable` (`message.no_office`) where there is none."""
    if not those:
        raise Unavailable("message.no_office")
    texts = chat_texts(language)
    buttons = [
        OfficeButton(each.office.guild_id or 0, label=texts.place(each.office.place))
        for each in those[:OFFICES]
    ]
    return Reply(Card(texts("message.which_office")).embed, view_of(*buttons))


class OfficeButton(PersistentButton, custom_id="direct:office:{guild}"):
    """Says for which office one writes, and answers the message that was written, which is read once more."""

    guild: int

    @presses(Action.ASK_ABOUT_ONESELF)
    async def callback(self, interaction: Interaction) -> None:
        client, asked = interaction.client, interaction.message
        client.direct_offices.choose(interaction.user.id, self.guild, client.desk.clock())
        await interaction.response.defer()
        message = await _message_before(asked)
        said = text_to(client.user, message)
        reply = await _reply(client, message, *said) if said else None
        if reply is None:
            raise NotFound("message.gone")
        await interaction.edit_original_response(embed=reply.embed, view=reply.view)
        if reply.sent and asked:
            reply.sent(asked.id)


async def _message_before(asked: discord.Message | None) -> discord.Message:
    """The message that this one answers. Raises `NotFound` (`message.gone`)."""
    if asked is None or asked.reference is None or asked.reference.message_id is None:
        raise NotFound("message.gone")
    try:
        return await asked.channel.fetch_message(asked.reference.message_id)
    except discord.HTTPException:
        raise NotFound("message.gone") from None


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
