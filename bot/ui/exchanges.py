"""The visit form and its answer."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import discord

from bot.domain.access import Action, Scope
from bot.domain.dormancy import Contact, Quietness
from bot.domain.errors import BadInput
from bot.domain.exchanges import Exchange
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
from bot.ui.editing import EditButton
from bot.ui.errors import answer, soon
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, register
from bot.ui.visit_form import format_words, typed_fields, visit_form

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
    await answer(interaction, visit_card(texts, logged), _logged_view(texts, logged), private=private)


async def _log(interaction: Interaction, keys: Keys, typed: Typed) -> tuple[LoggedVisit, Texts]:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    first, *others = (place.key for place in await _partners_in(interaction, keys))
    fields = asdict(typed_fields(typed))
    form = VisitForm(partner=first, others=", ".join(others), scope=_scope_of(keys), **fields)
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
    lines = [texts("visit.kind", kind=exchange.kind)]
    if exchange.starts_at is None:
        lines.append(texts("visit.date", date=Written(texts.date(exchange.date, weekday=True))))
    else:
        for place in (logged.home, *places):
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
    card.field(texts("partner.contact"), _tie_lines(texts, logged))
    return card.embed


def _tie_lines(texts: Texts, logged: LoggedVisit) -> Iterator[str]:
    """How the ties stand; with several partners, each on a line of its own."""
    for each in logged.partners:
        if each.quiet is not None and _may_tell(logged.exchange, each.quiet):
            lines = list(_contact_lines(texts, each.quiet))
            if len(logged.partners) == 1:
                yield from lines
            else:
                yield texts("visit.tie", place=each.place, state=Written(lines[0]))


def _may_tell(exchange: Exchange, quiet: Quietness) -> bool:
    """Whether the answer may say how the tie stands: resting on a later record, it would tell everybody of that."""
    return restricted([exchange.scope]) or quiet.last == exchange.date


def _contact_lines(texts: Texts, quiet: Quietness) -> Iterator[str]:
    """How the tie stands, and by when the next exchange is expected."""
    yield texts(f"contact_mark.{quiet.state.value}", state=quiet.state)
    if quiet.due is not None and quiet.state is Contact.FRESH:
        yield texts("contact.due", due=quiet.due)
