"""How what is stored on a person looks, its file, receipts, and the buttons that confirm an erasure."""

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Self

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
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of, forget_caller
from bot.ui.cards import QUIET_COLOUR, Card

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


def question_view(button: discord.ui.Item[Any]) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(button)
    return view


# Buttons -----------------------------------------------------------------------------------------------------


def _stamp(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)


def _danger(label: str, custom_id: str) -> discord.ui.Button[Any]:
    return discord.ui.Button(style=discord.ButtonStyle.danger, label=label[:80], custom_id=custom_id)


async def _replace(interaction: Interaction, embed: discord.Embed) -> None:
    """Put the answer in the place of the question, so that its button is gone."""
    await interaction.edit_original_response(embed=embed, view=None)


class ForgetMeButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"privacy:forget:(?P<user>\d+):(?P<asked>\d+)"
):
    """Erases what is stored on the person who asked, and on nobody else."""

    def __init__(self, user_id: int, asked: int, label: str = "") -> None:
        super().__init__(_danger(label, f"privacy:forget:{user_id}:{asked}"))
        self.user_id, self.asked = user_id, asked

    @classmethod
    def asked_at(cls, interaction: Interaction, label: str) -> Self:
        return cls(interaction.user.id, _stamp(desk_of(interaction).clock()), label)

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Any, match: re.Match[str], /) -> Self:
        return cls(int(match["user"]), int(match["asked"]))

    @presses(Action.ASK_ABOUT_ONESELF)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        require_in_time(desk_of(interaction), _moment(self.asked))
        if caller.user_id != self.user_id:
            raise NotFound("privacy.not_yours")
        await interaction.response.defer()
        receipt = await forget_me(desk_of(interaction), caller)
        texts = chat_texts(caller.language)
        forget_caller(interaction)
        await _replace(
            interaction, receipt_card(texts, receipt, _zone(caller), texts("privacy.stays_logged"))
        )


class EraseButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"privacy:erase:(?P<key>[\w-]+)"):
    """Erases the person that its administrator has just looked for, in the office where they did."""

    def __init__(self, key: str, label: str = "") -> None:
        super().__init__(_danger(label, f"privacy:erase:{key}"))
        self.key = key

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Any, match: re.Match[str], /) -> Self:
        return cls(match["key"])

    @presses(Action.ADMINISTER)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        await interaction.response.defer()
        receipt = await erase_as_asked(desk_of(interaction), caller, self.key)
        texts = chat_texts(caller.language)
        stays = [texts("privacy.stays_records"), texts("privacy.stays_others")]
        await _replace(interaction, receipt_card(texts, receipt, _zone(caller), *stays))


class EraseOfficeButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"privacy:office:(?P<office>\d+):(?P<asked>\d+)"
):
    """Erases an office's own data, in its server."""

    def __init__(self, office_id: int, asked: int, label: str = "") -> None:
        super().__init__(_danger(label, f"privacy:office:{office_id}:{asked}"))
        self.office_id, self.asked = office_id, asked

    @classmethod
    def asked_at(cls, interaction: Interaction, own: OwnData, label: str) -> Self:
        return cls(own.office.id, _stamp(desk_of(interaction).clock()), label)

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Any, match: re.Match[str], /) -> Self:
        return cls(int(match["office"]), int(match["asked"]))

    @presses(Action.ADMINISTER)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        require_in_time(desk_of(interaction), _moment(self.asked))
        office = caller.own_office()
        if office.id != self.office_id:
            raise NotFound("privacy.expired")
        await interaction.response.defer()
        erased = await erase_own_data(desk_of(interaction), caller)
        forget_caller(interaction)
        texts = chat_texts(caller.language)
        card = Card(texts("privacy.office_erased", place=office.place)).text(count_lines(texts, erased))
        card.field(texts("privacy.stays"), receipt_stays(texts, texts("privacy.stays_besides")))
        await _replace(interaction, card.embed)


def _zone(caller: Caller) -> str:
    return caller.office.zone if caller.office else "UTC"
