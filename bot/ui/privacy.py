"""How what is stored on a person looks, its file, receipts, and the buttons that confirm an erasure."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta

import discord

from bot.domain.access import Action
from bot.domain.errors import NotFound
from bot.domain.offices import SLEEP_KEPT
from bot.domain.privacy import Counts
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller
from bot.services.privacy import (
    CONFIRM_WITHIN,
    Holdings,
    OwnData,
    Receipt,
    erase_as_asked,
    erase_own_data,
    forget_me,
    require_in_time,
)
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton, Second
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of, forget_caller
from bot.ui.cards import QUIET_COLOUR, Card
from bot.ui.drafts import forget_held
from bot.ui.errors import replace_message, soon

# Cards -------------------------------------------------------------------------------------------------------


def count_lines(texts: Texts, counts: Counts) -> Iterator[str]:
    """A line for each kind of thing, with its number."""
    for kept, number in counts.items():
        yield texts("privacy.count", kept=kept, number=number)


def mine_card(texts: Texts, holdings: Holdings) -> discord.Embed:
    """What is stored about the person who asks, in numbers; the file has it place by place."""
    card = Card(texts("privacy.mine"), footer=texts("privacy.mine_footer"))
    if not holdings.traces:
        return card.text([texts("privacy.mine_nothing")]).embed
    return card.text([*count_lines(texts, holdings.counts), texts("privacy.in_file")]).embed


def found_card(texts: Texts, name: str, holdings: Holdings) -> discord.Embed:
    """Where a person is named, in numbers."""
    footer = texts("privacy.reach")
    if not holdings.traces:
        return Card(texts("privacy.not_found", name=name), footer=footer).embed
    card = Card(texts("privacy.found", name=name, n=len(holdings.traces)), footer=footer)
    return card.text([*count_lines(texts, holdings.counts), texts("privacy.in_file")]).embed


def forget_question(texts: Texts, holdings: Holdings) -> discord.Embed:
    card = Card(texts("privacy.forget"), colour=QUIET_COLOUR, footer=_until(texts))
    return card.text([*count_lines(texts, holdings.counts), texts("privacy.forget_means")]).embed


def erase_question(texts: Texts, name: str, holdings: Holdings) -> discord.Embed:
    """How many places an erasure would change, before it is confirmed."""
    title = texts("privacy.erase", name=name, n=len(holdings.traces))
    lines = [*count_lines(texts, holdings.counts), texts("privacy.erase_means"), texts("privacy.reach")]
    return Card(title, colour=QUIET_COLOUR, footer=_until(texts)).text(lines).embed


def office_question(texts: Texts, own: OwnData) -> discord.Embed:
    """What goes and what stays when an office's own data is erased, before it is confirmed."""
    place = own.office.place
    card = Card(texts("privacy.office", place=place), colour=QUIET_COLOUR, footer=_until(texts))
    card.text([texts("privacy.office_means", place=place, n=SLEEP_KEPT.days)])
    card.field(
        texts("privacy.goes"), [*count_lines(texts, own.goes), texts("privacy.goes_besides", place=place)]
    )
    card.field(texts("privacy.stays"), [*count_lines(texts, own.stays), texts("privacy.stays_besides")])
    return card.embed


def _until(texts: Texts) -> str:
    return texts("privacy.confirm_within", n=CONFIRM_WITHIN // timedelta(minutes=1))


def receipt_card(texts: Texts, receipt: Receipt, zone: str, *what_stays: str) -> discord.Embed:
    """What was erased, and what stays and why: what is true of this one, and of all."""
    if not receipt.erased:
        return Card(texts("privacy.nothing_erased")).embed
    card = Card(
        texts("privacy.receipt", number=Written(receipt.number)), footer=texts("privacy.receipt_footer")
    )
    moment = Written(texts.moment(receipt.at, zone))
    card.text(
        [texts("privacy.erased_at", moment=moment, zone=Written(zone)), *count_lines(texts, receipt.erased)]
    )
    card.field(texts("privacy.stays"), receipt_stays(texts, *what_stays))
    return card.embed


def receipt_stays(texts: Texts, *what_stays: str) -> list[str]:
    """What an erasure does not reach, and why: what is true of this one, and of all."""
    return [*what_stays, texts("privacy.stays_messages"), texts("privacy.stays_backups")]


def holdings_file(holdings: Holdings) -> discord.File:
    """What is stored, place by place, as JSON."""
    text = json.dumps(holdings.document, ensure_ascii=False, indent=1)
    name = f"attache-privacy-{holdings.at:%Y-%m-%d}.json"
    return discord.File(io.BytesIO(text.encode()), filename=name)


# Answering ---------------------------------------------------------------------------------------------------


async def answer_with_file(interaction: Interaction, embed: discord.Embed, holdings: Holdings) -> None:
    """Answer in private, with the file where there is something to put into it."""
    file = holdings_file(holdings) if holdings.traces else discord.utils.MISSING
    if interaction.response.is_done():
        await interaction.followup.send(embed=embed, file=file, ephemeral=True)
    else:
        await interaction.response.send_message(embed=embed, file=file, ephemeral=True)


# Buttons -----------------------------------------------------------------------------------------------------


class ForgetMeButton(
    PersistentButton, custom_id="privacy:forget:{user_id}:{asked}", style=discord.ButtonStyle.danger
):
    """Erases what is stored on the person who asked, and on nobody else."""

    user_id: int
    asked: Second

    @presses(Action.ASK_ABOUT_ONESELF)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        require_in_time(desk_of(interaction), self.asked)
        if caller.user_id != self.user_id:
            raise NotFound("privacy.not_yours")
        receipt = await soon(interaction, forget_me(desk_of(interaction), caller), in_place=True)
        forget_held(interaction)
        texts = chat_texts(caller.language)
        forget_caller(interaction)
        await replace_message(
            interaction, receipt_card(texts, receipt, _zone(caller), texts("privacy.stays_logged"))
        )


class EraseButton(PersistentButton, custom_id="privacy:erase:{key}", style=discord.ButtonStyle.danger):
    """Erases the person that its administrator has just looked for, in the office where they did."""

    key: str

    @presses(Action.ADMINISTER)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        work = erase_as_asked(desk_of(interaction), caller, self.key)
        receipt = await soon(interaction, work, in_place=True)
        texts = chat_texts(caller.language)
        stays = [texts("privacy.stays_records"), texts("privacy.stays_others")]
        await replace_message(interaction, receipt_card(texts, receipt, _zone(caller), *stays))


class EraseOfficeButton(
    PersistentButton, custom_id="privacy:office:{office_id}:{asked}", style=discord.ButtonStyle.danger
):
    """Erases an office's own data, in its server."""

    office_id: int
    asked: Second

    @presses(Action.ADMINISTER)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        require_in_time(desk_of(interaction), self.asked)
        office = caller.own_office()
        if office.id != self.office_id:
            raise NotFound("privacy.expired")
        erased = await soon(interaction, erase_own_data(desk_of(interaction), caller), in_place=True)
        forget_caller(interaction)
        texts = chat_texts(caller.language)
        card = Card(texts("privacy.office_erased", place=office.place)).text(count_lines(texts, erased))
        card.field(texts("privacy.stays"), receipt_stays(texts, texts("privacy.stays_besides")))
        await replace_message(interaction, card.embed)


def _zone(caller: Caller) -> str:
    return caller.office.zone if caller.office else "UTC"
