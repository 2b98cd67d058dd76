"""What a person reads when something cannot be done, and when something broke."""

import asyncio
import logging
import math
import secrets
from collections.abc import Awaitable
from typing import TypeVar

import discord
from discord import app_commands

from bot.domain.errors import AttacheError, FormRefused
from bot.domain.offices import LANGUAGES
from bot.domain.places import Place
from bot.i18n.commands import DISCORD_LOCALES
from bot.i18n.texts import Texts, Written
from bot.services.faults import outage
from bot.ui.callers import Interaction, caller_of, chat_texts
from bot.ui.cards import FIELD_VALUE, WRONG_COLOUR, Card, fit

log = logging.getLogger(__name__)

OUTCOME = "outcome"
"""Where an interaction carries, in its `extras`, that it did not end as hoped: refused, away or failed."""

CHOICES_SHOWN = 6

PATIENCE = 1.5
"""Seconds after which Discord is told that the answer is coming; it gives up after three."""


def error_text(texts: Texts, error: AttacheError) -> str:
    """The sentence, or the sentences, for an error."""
    if isinstance(error, FormRefused):
        return "\n".join(f"• {error_text(texts, problem)}" for problem in error.problems)
    values = dict(error.values)
    for name in ("nearest", "choices"):
        if name in values:
            places: list[Place] = values[name][:CHOICES_SHOWN]
            values[name] = Written(texts.listed([Written(texts.place_in_full(place)) for place in places]))
    if isinstance(problem := values.get("problem"), AttacheError):
        values["problem"] = Written(error_text(texts, problem))
    if "role_id" in values:
        values["role_id"] = Written(f"<@&{values['role_id']}>")
    return texts(f"error.{error.key}", **values)


class Refused(app_commands.CheckFailure):
    """A command that the person may not use here, for a reason that can be told."""

    def __init__(self, reason: AttacheError) -> None:
        super().__init__(reason.key)
        self.reason = reason


def error_card(texts: Texts, error: AttacheError) -> discord.Embed:
    return Card(texts("error.title"), colour=WRONG_COLOUR).text([error_text(texts, error)]).embed


async def language_of(interaction: Interaction, away: AttacheError | None) -> str:
    """The person's language; while the database is away or broken, Discord's, which comes with the interaction."""
    if away is None or "caller" in interaction.extras:
        try:
            return (await caller_of(interaction)).language
        except Exception as error:
            if outage(error) is None:
                log.exception("no language for an error message")
    return DISCORD_LOCALES.get(interaction.locale, LANGUAGES[0])


async def answer_error(
    interaction: Interaction, error: Exception, view: discord.ui.View = discord.utils.MISSING, typed: str = ""
) -> None:
    """Answer the person, whatever went wrong: for commands, forms and buttons alike.

    `view` goes under the answer; `typed`, inert already, is given back in it where it would be lost otherwise.

    What they can mend is told in a sentence. The unexpected gets a short reference number, which the log carries
    with the traceback, and nothing else: neither what was typed nor who typed it. A database that is away is told
    as such; the client logs it once, not for everybody who asks.
    """
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original if isinstance(error.original, Exception) else error
    if isinstance(error, Refused):
        error = error.reason
    away = outage(error)
    texts = chat_texts(await language_of(interaction, away))
    interaction.extras[OUTCOME] = "refused"
    if away:
        interaction.extras[OUTCOME] = "away"
        embed = error_card(texts, away)
        interaction.client.dispatch("outage", away)
    elif isinstance(error, AttacheError):
        embed = error_card(texts, error)
    elif isinstance(error, app_commands.CommandOnCooldown):
        embed = error_card(texts, AttacheError("cooldown", n=math.ceil(error.retry_after)))
    elif isinstance(error, app_commands.CheckFailure):
        embed = error_card(texts, AttacheError("not_allowed"))
    else:
        reference = secrets.token_hex(3).upper()
        log.error("unexpected error, reference %s", reference, exc_info=error, extra={"reference": reference})
        interaction.extras[OUTCOME] = "failed"
        interaction.client.dispatch("failure", error)
        embed = error_card(texts, AttacheError("unexpected", reference=reference))
    if typed:
        embed.add_field(name=texts("error.typed"), value=fit(typed, FIELD_VALUE))
    try:
        await answer(interaction, embed, view, private=True)
    except discord.HTTPException:
        log.warning("an error message could not be delivered", exc_info=True)


T = TypeVar("T")


async def answer(
    interaction: Interaction,
    embed: discord.Embed,
    view: discord.ui.View = discord.utils.MISSING,
    *,
    private: bool = False,
    file: discord.File = discord.utils.MISSING,
) -> int | None:
    """Answer, whether or not an answer has begun; a `private` one only the person sees. Returns the message's id."""
    if interaction.response.is_done():
        sent = await interaction.followup.send(
            embed=embed, view=view, file=file, ephemeral=private, wait=True
        )
        return sent.id
    told = await interaction.response.send_message(embed=embed, view=view, file=file, ephemeral=private)
    return told.message_id


async def replace_message(
    interaction: Interaction, embed: discord.Embed, view: discord.ui.View | None = None
) -> None:
    """Put the answer to a press in the place of the message with the button, whether or not an answer has begun."""
    if interaction.response.is_done():
        await interaction.edit_original_response(embed=embed, view=view)
    else:
        await interaction.response.edit_message(embed=embed, view=view)


async def soon(interaction: Interaction, work: Awaitable[T], *, in_place: bool = False) -> T:
    """Do the work; where it takes long, tell Discord in time that the answer is coming.

    It follows by `answer`, or, where a press is answered `in_place`, by `replace_message`.
    """
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({task}, timeout=PATIENCE)
    if not done:
        await interaction.response.defer(ephemeral=not in_place, thinking=not in_place)
    return await task
