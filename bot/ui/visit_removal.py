"""Removing an exchange in chat."""

import discord

from bot.domain.access import Action
from bot.domain.audit import exchange_record
from bot.domain.exchanges import Exchange
from bot.i18n.texts import Texts, Written
from bot.services.editing import check_removable, remove_visit
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.removal import ButtonOf, Gone, ask_to_remove, remove_as_shown


async def confirm_removal(interaction: Interaction, record: str) -> None:
    """Show what would be removed, with a button to do it."""
    caller = await caller_of(interaction)
    exchange, version = await check_removable(desk_of(interaction), caller, record)
    texts = chat_texts(caller.language)
    lines = [_line(texts, exchange), texts("remove.text")]
    await ask_to_remove(interaction, texts, exchange.record, version, lines, _button(exchange.id))


def _line(texts: Texts, exchange: Exchange) -> str:
    """Enough of an exchange to recognise it."""
    return texts(
        "record.exchange_line",
        record=Written(exchange.record),
        date=exchange.date,
        kind=exchange.kind,
        places=list(exchange.places),
    )


def _told(texts: Texts, removed: tuple[Exchange, int]) -> Gone:
    exchange, entry = removed
    return Gone(exchange.record, [_line(texts, exchange)], entry)


def _button(number: int) -> ButtonOf:
    return lambda version, label: RemoveButton(number, version, label=label)


class RemoveButton(PersistentButton, custom_id="remove:{number}:{version}", style=discord.ButtonStyle.danger):
    """Removes an exchange as it was shown."""

    number: int
    version: int

    @presses(Action.EDIT)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        work = remove_visit(desk_of(interaction), caller, self.number, self.version)
        record = str(exchange_record(self.number))
        await remove_as_shown(interaction, work, _told, record, _button(self.number))
