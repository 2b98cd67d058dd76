"""Muting the reminders of a tie, and letting them come again."""

import discord

from bot.i18n.texts import Texts
from bot.services.tending import mute, unmute
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.errors import answer, soon
from bot.ui.reminder_lists import muted_line


async def mute_tie(interaction: Interaction, partner: str, until: str) -> None:
    """Mute a tie, for everybody in the channel to see."""
    caller = await caller_of(interaction)
    muted = await soon(interaction, mute(desk_of(interaction), caller, partner, until))
    texts = chat_texts(caller.language)
    lines = [muted_line(texts, muted), texts("mute.how_back")]
    await answer(interaction, _card(texts, *lines))


async def unmute_tie(interaction: Interaction, partner: str) -> None:
    """Let the reminders of a tie come again, for everybody in the channel to see."""
    caller = await caller_of(interaction)
    place = await soon(interaction, unmute(desk_of(interaction), caller, partner))
    texts = chat_texts(caller.language)
    await answer(interaction, _card(texts, texts("mute.over", place=place)))


def _card(texts: Texts, *lines: str) -> discord.Embed:
    return Card(texts("mute.title")).text(lines).embed
