"""The visit form and its answer."""

from collections.abc import Sequence
from dataclasses import asdict

import discord

from bot.domain.access import Action, Scope
from bot.domain.errors import BadInput
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller
from bot.services.exchanges import LoggedVisit, VisitForm, check_partners, log_visit
from bot.services.places import place_with_id
from bot.ui.access import presses
from bot.ui.audience import restricted
from bot.ui.audit import UndoButton
from bot.ui.buttons import CUSTOM_ID, PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.confirmations import side_lines
from bot.ui.editing import EditButton
from bot.ui.errors import answer, soon
from bot.ui.exchange_details import details_button
from bot.ui.exchange_facts import fact_lines, status_lines, tie_lines, when_lines
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, register
from bot.ui.visit_form import format_words, typed_fields, visit_form
from bot.ui.visit_status import settle_buttons

SCOPES = "|".join(Scope)


def _visit_form(
    caller: Caller, partners: Sequence[Place], request: str, scope: Scope, typed: Typed = EMPTY
) -> discord.ui.Modal:
    """The one form of a visit. Its custom id names the partners, the request, and who may see the record, so that any
    process can take it.

    `request` is the id of the interaction that opened it: submitting it twice makes one record.
    """
    texts = Texts(caller.language)
    return visit_form(
        texts,
        texts("visit.form.title", partner=list(partners)),
        _form_id(partners, request, scope),
        typed or {"date": texts("visit.form.date_default")},
        format_words(texts),
    )


def _form_id(partners: Sequence[Place], request: str, scope: Scope) -> str:
    """Raises `BadInput` (`visit.too_many_at_once`) for more partners than a custom id can name."""
    made = form_id("visit", ",".join(str(place.id) for place in partners), request, scope.value)
    if len(made) > CUSTOM_ID:
        raise BadInput("visit.too_many_at_once", n=len(partners))
    return made


async def _partners_in(interaction: Interaction, keys: Keys) -> list[Place]:
    return [await place_with_id(desk_of(interaction), int(number)) for number in keys["partner"].split(",")]


def _scope_of(keys: Keys) -> Scope:
    """Forms that were opened by an earlier release say nothing, and mean what was the only way then."""
    return Scope(keys.get("scope") or Scope.SHARED)


async def _open_visit(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    partners = await _partners_in(interaction, keys)
    return _visit_form(await caller_of(interaction), partners, keys["request"], _scope_of(keys), typed)


async def _take_visit(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    logged, texts = await soon(interaction, _log(interaction, keys, typed))
    private = restricted([logged.exchange.scope])
    await answer(interaction, visit_card(texts, logged), logged_view(texts, logged), private=private)


async def _log(interaction: Interaction, keys: Keys, typed: Typed) -> tuple[LoggedVisit, Texts]:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    first, *others = (place.key for place in await _partners_in(interaction, keys))
    fields = asdict(typed_fields(typed))
    form = VisitForm(partner=first, others=", ".join(others), scope=_scope_of(keys), **fields)
    logged = await log_visit(desk, caller, form, request_id=f"discord:{keys['request']}")
    return logged, chat_texts(caller.language)


def logged_view(texts: Texts, logged: LoggedVisit) -> discord.ui.View:
    """To take it back at once, to mend it, or to tell more."""
    return view_of(
        UndoButton(logged.entry, label=texts("undo.button")),
        *settle_buttons(texts, logged.exchange),
        EditButton(logged.exchange.id, label=texts("edit.button")),
        details_button(texts, logged.exchange),
    )


register(
    Form(
        "visit",
        Action.LOG,
        rf"(?P<partner>\d+(?:,\d+)*):(?P<request>\d+)(?::(?P<scope>{SCOPES}))?",
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


async def open_visit_form(
    interaction: Interaction, partner: str, scope: Scope = Scope.SHARED, others: str = ""
) -> None:
    """Open the form for the partners that the texts name; raises before any form is shown if they name none."""
    caller = await caller_of(interaction)
    partners = await check_partners(desk_of(interaction), caller, partner, scope, others)
    await interaction.response.send_modal(_visit_form(caller, partners, str(interaction.id), scope))


def log_visit_buttons(texts: Texts, *partners: Place) -> "list[LogVisitButton]":
    """A button for each, to log a visit with them; on a button a name needs no protection from markdown."""
    texts = Texts(texts.language)
    return [LogVisitButton(each.key, label=texts("visit.log_button", partner=each)) for each in partners]


def visit_card(texts: Texts, logged: LoggedVisit) -> discord.Embed:
    """What was logged, as it was understood, and how the tie stands now."""
    exchange, places = logged.exchange, [each.place for each in logged.partners]
    card = Card(
        texts("visit.logged", record=Written(exchange.record), partner=places),
        footer=texts("visit.logged_footer"),
    )
    card.text([*status_lines(texts, exchange), *when_lines(texts, exchange), *fact_lines(texts, exchange)])
    card.field(texts("partner.contact"), tie_lines(texts, exchange, logged.partners))
    card.field(texts("field.responses"), side_lines(texts, logged.sides))
    return card.embed
