"""Held · Moved · Cancelled: the buttons under a planned exchange, and what pressing them looks like."""

import discord

from bot.domain.access import Action
from bot.domain.audit import exchange_record
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.i18n.texts import Texts, Written
from bot.services.visit_status import MAX_REASON, Settled, cancel, confirm_held, move, open_plan
from bot.ui.access import presses
from bot.ui.audience import restricted
from bot.ui.audit import UndoButton
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.confirmations import side_lines
from bot.ui.editing import EditButton
from bot.ui.errors import answer, soon
from bot.ui.exchange_details import details_button
from bot.ui.exchange_facts import fact_lines, status_lines, tie_lines, when_lines
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, make_form, register, text_field
from bot.ui.visit_events import EventState, event_line, follow

WHEN = 100
_NOW = {ExchangeStatus.HELD: "held", ExchangeStatus.PLANNED: "moved", ExchangeStatus.CANCELLED: "cancelled"}


def settle_buttons(texts: Texts, exchange: Exchange) -> list[PersistentButton]:
    """To say what became of a planned exchange; none for one that was held."""
    if exchange.status is ExchangeStatus.HELD:
        return []
    moved = MovedButton(exchange.id, label=texts("visit.moved_button"))
    if exchange.status is ExchangeStatus.CANCELLED:
        return [moved]
    return [
        HeldButton(exchange.id, label=texts("visit.held_button")),
        moved,
        CancelledButton(exchange.id, label=texts("visit.cancelled_button")),
    ]


class HeldButton(PersistentButton, custom_id="visit:held:{number}", style=discord.ButtonStyle.success):
    """Says that a planned exchange took place."""

    number: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        await _show(
            interaction, await soon(interaction, confirm_held(desk_of(interaction), caller, self.number))
        )


class MovedButton(PersistentButton, custom_id="visit:moved:{number}"):
    """Asks when a planned exchange is to be instead."""

    number: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        await interaction.response.send_modal(
            await _open_move(interaction, {"number": str(self.number)}, EMPTY)
        )


class CancelledButton(
    PersistentButton, custom_id="visit:cancelled:{number}", style=discord.ButtonStyle.danger
):
    """Asks why a planned exchange does not take place."""

    number: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        await interaction.response.send_modal(
            await _open_cancel(interaction, {"number": str(self.number)}, EMPTY)
        )


async def _open_move(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    record = str(exchange_record(int(keys["number"])))
    opened = await open_plan(desk_of(interaction), caller, record)
    texts = Texts(caller.language)
    when = text_field(
        "when",
        typed or {"when": opened.when},
        hint=texts("visit.move.when_hint"),
        longest=WHEN,
        required=True,
    )
    title = texts("visit.move.title", record=Written(record))
    return make_form(title, form_id("visit_move", keys["number"]), [(texts("visit.move.when"), when)])


async def _open_cancel(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    record = str(exchange_record(int(keys["number"])))
    await open_plan(desk_of(interaction), caller, record)
    texts = Texts(caller.language)
    reason = text_field("reason", typed, hint=texts("visit.cancel.reason_hint"), longest=MAX_REASON)
    title = texts("visit.cancel.title", record=Written(record))
    return make_form(title, form_id("visit_cancel", keys["number"]), [(texts("field.cancel_reason"), reason)])


async def _take_move(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    caller = await caller_of(interaction)
    work = move(desk_of(interaction), caller, int(keys["number"]), typed.get("when", ""))
    await _show(interaction, await soon(interaction, work))


async def _take_cancel(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    caller = await caller_of(interaction)
    work = cancel(desk_of(interaction), caller, int(keys["number"]), typed.get("reason", ""))
    await _show(interaction, await soon(interaction, work))


register(Form("visit_move", Action.LOG, r"(?P<number>\d+)", _open_move, _take_move))
register(Form("visit_cancel", Action.LOG, r"(?P<number>\d+)", _open_cancel, _take_cancel))


async def _show(interaction: Interaction, settled: Settled) -> None:
    """What the exchange is now, to be taken back or told more of; nothing to take back where it was so before."""
    texts, exchange = chat_texts((await caller_of(interaction)).language), settled.exchange
    key = "visit.was_so" if settled.entry is None else f"visit.now_{_NOW[exchange.status]}"
    partners = [each.place for each in settled.partners]
    card = Card(texts(key, record=Written(exchange.record), partner=partners))
    card.text([*status_lines(texts, exchange), *when_lines(texts, exchange), *fact_lines(texts, exchange)])
    if exchange.status is ExchangeStatus.HELD:
        card.field(texts("partner.contact"), tie_lines(texts, exchange, settled.partners))
        card.field(texts("field.responses"), side_lines(texts, settled.sides))
    event = EventState.NONE
    if settled.entry is not None:
        event = await follow(interaction, exchange, Texts(texts.language))
    card.field(texts("visit.event.heading"), [event_line(texts, event)])
    undo = [UndoButton(settled.entry, label=texts("undo.button"))] if settled.entry is not None else []
    more = [EditButton(exchange.id, label=texts("edit.button")), details_button(texts, exchange)]
    view = view_of(*undo, *settle_buttons(texts, exchange), *more)
    await answer(interaction, card.embed, view, private=restricted([exchange.scope]))
