"""The visit form, its answer, and its way back when something in it could not be read."""

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any, Self, cast

import discord

from bot.domain.dormancy import Contact, Quietness
from bot.domain.errors import NotFound
from bot.domain.exchanges import MAX_SUMMARY, MAX_TOPIC, Format
from bot.domain.names import clean
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller
from bot.services.exchanges import LoggedVisit, VisitForm, check_partner, log_visit
from bot.services.places import place_with_id
from bot.services.preferences import keep_draft, read_draft
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of, inert
from bot.ui.cards import Card
from bot.ui.errors import answer, answer_error, answers_errors, soon

log = logging.getLogger(__name__)

FORM = "visit"
EMPTY: Mapping[str, str] = {}


def visit_form(
    caller: Caller, partner: Place, request: int, typed: Mapping[str, str] = EMPTY
) -> discord.ui.Modal:
    """The one form of a visit. Its custom id names the partner and the request, so that any process can take it.

    `request` is the id of the interaction that opened it: submitting it twice makes one record.
    """
    texts = Texts(caller.language)
    chosen = typed.get("format", Format.VIDEO)
    options = [
        discord.SelectOption(label=texts.word(option), value=option, default=option == chosen)
        for option in Format
    ]
    paragraph = discord.TextStyle.paragraph
    fields: dict[str, discord.ui.Item[Any]] = {
        "date": _text_field(
            texts, "date", 100, typed or {"date": texts("visit.form.date_default")}, required=True
        ),
        "format": discord.ui.Select(custom_id="format", options=options),
        "topic": _text_field(texts, "topic", MAX_TOPIC, typed),
        "people": _text_field(texts, "people", 40, typed),
        "summary": _text_field(texts, "summary", MAX_SUMMARY, typed, style=paragraph),
    }
    title = texts("visit.form.title", partner=partner)[:45]
    form = discord.ui.Modal(title=title, custom_id=f"visit:form:{partner.id}:{request}")
    for name, field in fields.items():
        form.add_item(discord.ui.Label(text=texts(f"visit.form.{name}"), component=field))
    return form


def _text_field(
    texts: Texts,
    name: str,
    longest: int,
    typed: Mapping[str, str],
    *,
    required: bool = False,
    style: discord.TextStyle = discord.TextStyle.short,
) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=name,
        default=typed.get(name) or None,
        placeholder=texts(f"visit.form.{name}_hint"),
        style=style,
        required=required,
        max_length=longest,
    )


SUBMITTED = re.compile(r"visit:form:(?P<partner>\d+):(?P<request>\d+)")


async def visit_submitted(interaction: Interaction) -> None:
    """Take a submitted visit form, also one that was opened before a restart; other interactions are left alone.

    Whatever goes wrong, what was typed comes back: as a form to be opened again, or, where not even that can be
    kept, as text.
    """
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    match = SUBMITTED.fullmatch(cast(Any, interaction.data)["custom_id"])
    if match is None:
        return
    typed = _typed(interaction)
    try:
        logged, texts = await soon(interaction, _log(interaction, match, typed))
        await answer(interaction, visit_card(texts, logged))
    except Exception as error:
        await _bring_back(interaction, match, typed, error)


def _typed(interaction: Interaction) -> dict[str, str]:
    """What the fields of a submitted form hold, by their names."""
    fields = [label["component"] for label in cast(Any, interaction.data)["components"]]
    return {
        field["custom_id"]: clean("".join(field.get("values") or [field.get("value", "")]))
        for field in fields
    }


async def _log(
    interaction: Interaction, match: re.Match[str], typed: dict[str, str]
) -> tuple[LoggedVisit, Texts]:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    partner = await place_with_id(desk, int(match["partner"]))
    logged = await log_visit(
        desk, caller, VisitForm(partner=partner.key, **typed), request_id=f"discord:{match['request']}"
    )
    return logged, chat_texts(caller.language)


async def _bring_back(
    interaction: Interaction, match: re.Match[str], typed: dict[str, str], error: Exception
) -> None:
    """Say what went wrong, with a button that opens the form as it was typed."""
    view, lost = discord.ui.View(timeout=None), ""
    try:
        caller = await caller_of(interaction)
        draft = await keep_draft(desk_of(interaction), interaction.user.id, FORM, typed | match.groupdict())
        view.add_item(ReopenButton(draft, chat_texts(caller.language)("visit.form.reopen")))
    except Exception:
        log.exception("a draft could not be kept")
        lost = "\n".join(inert(value) for value in typed.values() if value)
    await answer_error(interaction, error, view if view.children else discord.utils.MISSING, lost)


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
        partner = await place_with_id(desk, int(typed["partner"]))
        await interaction.response.send_modal(visit_form(caller, partner, int(typed["request"]), typed))


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
    await interaction.response.send_modal(visit_form(caller, place, interaction.id))


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
