"""The visit form and its answer."""

from collections.abc import Iterator
from dataclasses import asdict

import discord

from bot.domain.access import Action, Scope
from bot.domain.dormancy import Contact, Quietness
from bot.domain.exchanges import Exchange
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller
from bot.services.exchanges import LoggedVisit, VisitForm, check_partner, log_visit
from bot.services.places import place_with_id
from bot.ui.access import presses
from bot.ui.audience import restricted
from bot.ui.audit import UndoButton
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.editing import EditButton
from bot.ui.errors import answer, soon
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, register
from bot.ui.visit_form import format_words, typed_fields, visit_form

SCOPES = "|".join(Scope)


def _visit_form(
    caller: Caller, partner: Place, request: str, scope: Scope, typed: Typed = EMPTY
) -> discord.ui.Modal:
    """The one form of a visit. Its custom id names the partner, the request, and who may see the record, so that any
    process can take it.

    `request` is the id of the interaction that opened it: submitting it twice makes one record.
    """
    texts = Texts(caller.language)
    return visit_form(
        texts,
        texts("visit.form.title", partner=partner),
        form_id("visit", partner.id, request, scope.value),
        typed or {"date": texts("visit.form.date_default")},
        format_words(texts),
    )


def _scope_of(keys: Keys) -> Scope:
    """Forms that were opened by an earlier release say nothing, and mean what was the only way then."""
    return Scope(keys.get("scope") or Scope.SHARED)


async def _open_visit(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    partner = await place_with_id(desk_of(interaction), int(keys["partner"]))
    return _visit_form(await caller_of(interaction), partner, keys["request"], _scope_of(keys), typed)


async def _take_visit(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    logged, texts = await soon(interaction, _log(interaction, keys, typed))
    private = restricted([logged.exchange.scope])
    await answer(interaction, visit_card(texts, logged), _logged_view(texts, logged), private=private)


async def _log(interaction: Interaction, keys: Keys, typed: Typed) -> tuple[LoggedVisit, Texts]:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    partner = await place_with_id(desk, int(keys["partner"]))
    form = VisitForm(partner=partner.key, scope=_scope_of(keys), **asdict(typed_fields(typed)))
    logged = await log_visit(desk, caller, form, request_id=f"discord:{keys['request']}")
    return logged, chat_texts(caller.language)


def _logged_view(texts: Texts, logged: LoggedVisit) -> discord.ui.View:
    """To take it back at once, or to mend it."""
    return view_of(
        UndoButton(logged.entry, label=texts("undo.button")),
        EditButton(logged.exchange.id, label=texts("edit.button")),
    )


register(
    Form(
        "visit",
        Action.LOG,
        rf"(?P<partner>\d+):(?P<request>\d+)(?::(?P<scope>{SCOPES}))?",
        _open_visit,
        _take_visit,
    )
)


class LogVisitButton(
    PersistentButton, custom_id="visit:log:{partner_key}", style=discord.ButtonStyle.primary
):
    """Opens the form for one partner; it stands under cards and reminders and outlives restarts."""

    partner_key: str

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        await open_visit_form(interaction, self.partner_key)


async def open_visit_form(interaction: Interaction, partner: str, scope: Scope = Scope.SHARED) -> None:
    """Open the form for the partner that the text names; raises before any form is shown if it names none."""
    caller = await caller_of(interaction)
    place = await check_partner(desk_of(interaction), caller, partner, scope)
    await interaction.response.send_modal(_visit_form(caller, place, str(interaction.id), scope))


def log_visit_buttons(texts: Texts, *partners: Place) -> "list[LogVisitButton]":
    """A button for each, to log a visit with them; on a button a name needs no protection from markdown."""
    texts = Texts(texts.language)
    return [LogVisitButton(each.key, label=texts("visit.log_button", partner=each)) for each in partners]


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
    if exchange.scope is not Scope.SHARED:
        lines.append(texts("visit.scope", scope=exchange.scope))
    card.text(lines)
    if logged.quiet is not None and _may_tell(exchange, logged.quiet):
        card.field(texts("partner.contact"), _contact_lines(texts, logged.quiet))
    return card.embed


def _may_tell(exchange: Exchange, quiet: Quietness) -> bool:
    """Whether the answer may say how the tie stands: resting on a later record, it would tell everybody of that."""
    return restricted([exchange.scope]) or quiet.last == exchange.date


def _contact_lines(texts: Texts, quiet: Quietness) -> Iterator[str]:
    """How the tie stands, and by when the next exchange is expected."""
    yield texts(f"contact_mark.{quiet.state.value}", state=quiet.state)
    if quiet.due is not None and quiet.state is Contact.FRESH:
        yield texts("contact.due", due=quiet.due)
