"""Two confirm: the buttons under another office's exchange, the form for a difference, and what each side says."""

from collections.abc import Iterator, Sequence

import discord

from bot.domain.access import Action
from bot.domain.audit import exchange_record
from bot.domain.confirmations import Side
from bot.domain.exchange_particulars import Response, Stance
from bot.domain.exchanges import Exchange
from bot.i18n.texts import Texts, Written
from bot.services.confirmations import (
    LENGTHS,
    Responded,
    confirm_exchange,
    note_difference,
    open_difference,
)
from bot.ui.access import presses
from bot.ui.audience import restricted
from bot.ui.audit import UndoButton
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.errors import answer, soon
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, make_form, register, text_field


class ConfirmExchangeButton(
    PersistentButton, custom_id="visit:confirm:{number}:{version}", style=discord.ButtonStyle.success
):
    """Confirms, for the office of whoever presses, the exchange as it was shown."""

    number: int
    version: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        await confirm_shown(interaction, str(exchange_record(self.number)), self.version)


class DifferenceButton(PersistentButton, custom_id="visit:differ:{number}"):
    """Opens the form for what an office sees otherwise."""

    number: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        await open_difference_form(interaction, str(exchange_record(self.number)))


def confirmation_buttons(texts: Texts, exchange: Exchange, side: Side) -> list[PersistentButton]:
    """For the office of a side that is not the keeper; it confirms once what is as it confirmed it."""
    confirm = ConfirmExchangeButton(
        exchange.id, exchange.version, label=texts("confirmations.confirm_button")
    )
    said = side.last
    confirmed = said is not None and said.stance is Stance.CONFIRMED and said.changed_on is None
    differ = DifferenceButton(exchange.id, label=texts("confirmations.differ_button"))
    return [differ] if confirmed else [confirm, differ]


async def confirm_shown(interaction: Interaction, record: str, version: int | None = None) -> None:
    """Confirm an exchange for the caller's office, and show what all sides say."""
    work = confirm_exchange(desk_of(interaction), await caller_of(interaction), record, version)
    await _show(interaction, await soon(interaction, work))


async def open_difference_form(interaction: Interaction, record: str) -> None:
    """Open the form; raises before it is shown if the office has nothing to say of this exchange."""
    number = (await open_difference(desk_of(interaction), await caller_of(interaction), record)).id
    await interaction.response.send_modal(await _form(interaction, {"number": str(number)}, EMPTY))


async def _form(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    texts = Texts((await caller_of(interaction)).language)
    what = text_field(
        "what",
        typed,
        hint=texts("confirmations.form.hint"),
        longest=LENGTHS["what"],
        required=True,
        style=discord.TextStyle.paragraph,
    )
    title = texts("confirmations.form.title", record=Written(str(exchange_record(int(keys["number"])))))
    return make_form(
        title, form_id("visit_differ", keys["number"]), [(texts("confirmations.form.what"), what)]
    )


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    caller, record = await caller_of(interaction), str(exchange_record(int(keys["number"])))
    work = note_difference(desk_of(interaction), caller, record, typed.get("what", ""))
    await _show(interaction, await soon(interaction, work))


register(Form("visit_differ", Action.LOG, r"(?P<number>\d+)", _form, _take))


async def _show(interaction: Interaction, responded: Responded) -> None:
    texts = chat_texts((await caller_of(interaction)).language)
    card = Card(responded_title(texts, responded)).text(side_lines(texts, responded.sides))
    undo = [] if responded.entry is None else [UndoButton(responded.entry, label=texts("undo.button"))]
    private = restricted([responded.exchange.scope])
    await answer(interaction, card.embed, view_of(*undo) if undo else discord.utils.MISSING, private=private)


def responded_title(texts: Texts, responded: Responded) -> str:
    key = "confirmations.was_so" if responded.entry is None else "confirmations.done"
    exchange = responded.exchange
    return texts(key, record=Written(exchange.record), places=list(exchange.places))


# What each side says -----------------------------------------------------------------------------------------


def side_lines(texts: Texts, sides: Sequence[Side]) -> list[str]:
    """A line for each office: who logged it, who confirmed it and when, who has still to; and each difference."""
    return [line for side in sides for line in _lines(texts, side)]


def _lines(texts: Texts, side: Side) -> Iterator[str]:
    if side.keeper:
        yield texts("confirmations.logged", place=side.place)
    elif side.last is None:
        yield texts("confirmations.awaited", place=side.place)
    for each in side.responses:
        line = _line(texts, side, each)
        if side.person is not None and each is side.last:
            yield texts("confirmations.by_person", line=Written(line), person=Written(f"<@{side.person}>"))
        else:
            yield line


def _line(texts: Texts, side: Side, said: Response) -> str:
    if said.stance is Stance.DIFFERS:
        key = "confirmations.differs" if said.changed_on is None else "confirmations.differed"
        return texts(
            key, place=side.place, said_on=said.said_on, what=said.what or "", changed_on=said.changed_on
        )
    if said.changed_on is None:
        return texts("confirmations.confirmed", place=side.place, said_on=said.said_on)
    return texts("confirmations.stale", place=side.place, said_on=said.said_on, changed_on=said.changed_on)
