"""The visit form, its answer, and its way back when something in it could not be read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Self

import discord

from bot.domain.dormancy import Contact, Quietness
from bot.domain.errors import FormRefused, NotFound
from bot.domain.exchanges import MAX_SUMMARY, MAX_TOPIC, Format
from bot.domain.names import clean
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller
from bot.services.exchanges import LoggedVisit, VisitForm, check_partner, log_visit
from bot.services.preferences import forget_drafts, keep_draft, read_draft
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.errors import answer_error, answer_privately, answers_errors, error_card

FORM = "visit"
EMPTY: Mapping[str, str] = {}


class VisitModal(discord.ui.Modal):
    """The one form of a visit: date, format, topic, people, summary. The partner is known already."""

    def __init__(self, caller: Caller, partner: Place, typed: Mapping[str, str] = EMPTY) -> None:
        texts = Texts(caller.language)
        super().__init__(title=texts("visit.form.title", partner=partner)[:45])
        self._partner = partner
        self.date: discord.ui.TextInput[Self] = discord.ui.TextInput(
            default=typed.get("date", texts("visit.form.date_default")),
            placeholder=texts("visit.form.date_hint"),
            max_length=100,
        )
        chosen = typed.get("format", Format.VIDEO)
        self.format: discord.ui.Select[Any] = discord.ui.Select(
            options=[
                discord.SelectOption(label=texts.word(option), value=option, default=option == chosen)
                for option in Format
            ]
        )
        self.topic: discord.ui.TextInput[Self] = discord.ui.TextInput(
            default=typed.get("topic") or None,
            placeholder=texts("visit.form.topic_hint"),
            required=False,
            max_length=MAX_TOPIC,
        )
        self.people: discord.ui.TextInput[Self] = discord.ui.TextInput(
            default=typed.get("people") or None,
            placeholder=texts("visit.form.people_hint"),
            required=False,
            max_length=40,
        )
        self.summary: discord.ui.TextInput[Self] = discord.ui.TextInput(
            default=typed.get("summary") or None,
            placeholder=texts("visit.form.summary_hint"),
            style=discord.TextStyle.paragraph,
            required=False,
            max_length=MAX_SUMMARY,
        )
        for name in ("date", "format", "topic", "people", "summary"):
            label = texts(f"visit.form.{name}")
            self.add_item(discord.ui.Label(text=label, component=getattr(self, name)))

    def _typed(self) -> VisitForm:
        return VisitForm(
            partner=self._partner.key,
            date=clean(self.date.value),
            format=self.format.values[0] if self.format.values else Format.VIDEO,
            topic=clean(self.topic.value),
            people=clean(self.people.value),
            summary=clean(self.summary.value),
        )

    async def on_submit(self, interaction: Interaction) -> None:
        desk, caller = desk_of(interaction), await caller_of(interaction)
        texts = chat_texts(caller.language)
        form = self._typed()
        try:
            logged = await log_visit(desk, caller, form, request_id=f"discord:{interaction.id}")
        except FormRefused as refused:
            await self._bring_back(interaction, caller, form, refused)
            return
        await interaction.response.send_message(embed=visit_card(texts, logged))
        await forget_drafts(desk, interaction.user.id, FORM)

    async def _bring_back(
        self, interaction: Interaction, caller: Caller, form: VisitForm, refused: FormRefused
    ) -> None:
        """Say what could not be read, with a button that opens the form as it was typed."""
        draft = await keep_draft(desk_of(interaction), interaction.user.id, FORM, asdict(form))
        texts = chat_texts(caller.language)
        view = discord.ui.View(timeout=None)
        view.add_item(ReopenButton(draft, texts("visit.form.reopen")))
        await answer_privately(interaction, error_card(texts, refused), view)

    async def on_error(  # type: ignore[override]  # a modal's handler gets no item
        self, interaction: Interaction, error: Exception, /
    ) -> None:
        await answer_error(interaction, error)


class ReopenButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"visit:reopen:(?P<draft>[\w-]+)"
):
    """Opens the form again with what was typed, also after a restart, for the person who typed it."""

    def __init__(self, draft: str, label: str = "") -> None:
        button: discord.ui.Button[Any] = discord.ui.Button(
            style=discord.ButtonStyle.primary, label=label, custom_id=f"visit:reopen:{draft}"
        )
        super().__init__(button)
        self.draft = draft

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Any, match: re.Match[str], /) -> Self:
        return cls(match["draft"])

    @answers_errors
    async def callback(self, interaction: Interaction) -> None:
        desk, caller = desk_of(interaction), await caller_of(interaction)
        typed = await read_draft(desk, interaction.user.id, self.draft)
        if typed is None:
            raise NotFound("visit.draft_gone")
        partner = await check_partner(desk, caller, typed["partner"])
        await interaction.response.send_modal(VisitModal(caller, partner, typed))


class LogVisitButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"visit:log:(?P<partner>[\w-]+)"
):
    """Opens the form for one partner; it stands under cards and reminders and outlives restarts."""

    def __init__(self, partner_key: str, label: str = "") -> None:
        button: discord.ui.Button[Any] = discord.ui.Button(
            style=discord.ButtonStyle.primary, label=label, custom_id=f"visit:log:{partner_key}"
        )
        super().__init__(button)
        self.partner_key = partner_key

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Any, match: re.Match[str], /) -> Self:
        return cls(match["partner"])

    @answers_errors
    async def callback(self, interaction: Interaction) -> None:
        await open_visit_form(interaction, self.partner_key)


async def open_visit_form(interaction: Interaction, partner: str) -> None:
    """Open the form for the partner that the text names; raises before any form is shown if it names none."""
    caller = await caller_of(interaction)
    place = await check_partner(desk_of(interaction), caller, partner)
    await interaction.response.send_modal(VisitModal(caller, place))


def log_visit_view(texts: Texts, partner: Place) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(LogVisitButton(partner.key, texts("visit.log_button", partner=partner)[:80]))
    return view


def visit_card(texts: Texts, logged: LoggedVisit) -> discord.Embed:
    """What was logged, as it was understood, and how the tie stands now."""
    exchange = logged.exchange
    card = Card(
        texts("visit.logged", record=Written(exchange.record), partner=logged.partner),
        footer=texts("visit.logged_footer"),
    )
    lines = [texts("visit.kind", kind=exchange.kind)]
    if exchange.starts_at is None:
        lines.append(texts("visit.date", date=Written(texts.date(exchange.date, weekday=True))))
    else:
        for place in (logged.home, logged.partner):
            if place.zone:
                moment = Written(texts.moment(exchange.starts_at, place.zone))
                lines.append(texts("visit.moment", moment=moment, place=place))
    if exchange.topic:
        lines.append(texts("visit.topic", topic=exchange.topic))
    if exchange.people:
        lines.append(texts("visit.people", n=exchange.people))
    if exchange.summary:
        lines.append(texts("visit.summary", summary=exchange.summary))
    card.text(lines)
    if logged.quiet is not None:
        card.field(
            texts("partner.contact"),
            _contact_lines(texts, logged.quiet),
        )
    return card.embed


def _contact_lines(texts: Texts, quiet: Quietness) -> Iterator[str]:
    """How the tie stands, and by when the next exchange is expected."""
    yield texts(f"contact_mark.{quiet.state.value}", state=quiet.state)
    if quiet.due is not None and quiet.state is Contact.FRESH:
        yield texts("contact.due", due=quiet.due)
