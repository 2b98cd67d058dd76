"""Adding an act in chat: one form, asked back where there is one like it, and answered with the partner's card."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.domain.access import Action, Scope
from bot.domain.errors import NotFound
from bot.domain.partnerships import Kind, Partnership
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.act_fields import MAX_NAMED
from bot.services.desk import Caller
from bot.services.partnership_adding import (
    MAX_NOTE,
    ActForm,
    AddedAct,
    AlreadyThere,
    add_partnership,
    check_new_act,
    complete_new_partners,
)
from bot.services.partnerships import show_partner
from bot.services.preferences import keep_draft, read_draft
from bot.ui.access import presses
from bot.ui.audit import UndoButton
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import DESCRIPTION, QUIET_COLOUR, Card, fit
from bot.ui.choices import Choice, suggests, with_the_world
from bot.ui.errors import answer, soon
from bot.ui.forms import Form, Keys, Typed, form_id, make_form, register, text_field
from bot.ui.kind_rules import rule_line
from bot.ui.levels import level_lines
from bot.ui.partnership_editing import EditActButton, ReplaceActButton, act_label
from bot.ui.partnerships import is_private, partner_card

ADD = "act"
SHOWN = 3
"""How many acts that are there already are named with a button each."""

Given = dict[str, Any]
"""What the command was given, kept as a draft while the form is open: a custom id is too short for some names.

`request` is the id of the interaction that opened it: submitting it twice makes one record. `same` if it is added
though there is one like it.
"""


async def open_new_act(
    interaction: Interaction, partner: str, kind: str, signed: str | None, scope: Scope
) -> None:
    """Open the form for an act with this place; where there is one like it, show that first.

    Raises before anything is shown where the place cannot be told.
    """
    desk, caller = desk_of(interaction), await caller_of(interaction)
    form = ActForm(partner, kind, signed or "", scope=scope)
    tie = await check_new_act(desk, caller, form)
    given: Given = {
        "partner": tie.partner.key if tie.partner.id else partner,
        "kind": tie.kind.value,
        "scope": scope.value,
        "request": str(interaction.id),
        "same": bool(tie.alike),
        "typed": {"signed": signed or ""},
    }
    if tie.alike:
        await _ask(interaction, caller, given, tie.partner, tie.alike)
        return
    ticket = await _keep(interaction, given)
    await interaction.response.send_modal(_form(caller, tie.partner, tie.kind, ticket, given["typed"]))


async def _keep(interaction: Interaction, given: Given) -> str:
    return await keep_draft(desk_of(interaction), interaction.user.id, f"act_start:{given['request']}", given)


async def _given(interaction: Interaction, ticket: str) -> Given:
    given = await read_draft(desk_of(interaction), interaction.user.id, ticket)
    if given is None:
        raise NotFound("form.draft_gone")
    return given


def _form(caller: Caller, partner: Place, kind: Kind, ticket: str, typed: Typed) -> discord.ui.Modal:
    texts = Texts(caller.language)
    lines = discord.TextStyle.paragraph
    since = texts("act.form.prospect") if kind is Kind.PROSPECTIVE else texts("act.form.signed")
    fields = [
        (since, text_field("signed", typed, hint=texts("act.hint.signed"), longest=100)),
        (texts("act.form.source"), text_field(
            "source", typed, hint=texts("act.hint.sources"), longest=1000, required=True, style=lines
        )),
        (texts("act.form.named"), text_field(
            "named", typed, hint=texts("act.hint.named"), longest=MAX_NAMED
        )),
        (texts("act.form.others"), text_field("others", typed, hint=texts("act.hint.others"), longest=300)),
        (texts("field.note"), text_field(
            "note", typed, hint=texts("act.hint.note"), longest=MAX_NOTE, style=lines
        )),
    ]  # fmt: skip
    title = texts("act.form.title", kind=kind, partner=partner)
    return make_form(title, form_id(ADD, ticket), fields)


async def _open(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller, given = await caller_of(interaction), await _given(interaction, keys["ticket"])
    tie = await check_new_act(desk_of(interaction), caller, _act_form(given, typed))
    return _form(caller, tie.partner, tie.kind, keys["ticket"], typed)


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    await _add(interaction, await _given(interaction, keys["ticket"]), typed)


register(Form(ADD, Action.EDIT, r"(?P<ticket>[\w-]+)", _open, _take))


def _act_form(given: Given, typed: Typed) -> ActForm:
    fields = {name: typed.get(name, "") for name in ("signed", "others", "named", "source", "note")}
    return ActForm(
        given["partner"], given["kind"], scope=Scope(given["scope"]), all_the_same=given["same"], **fields
    )


async def _add(interaction: Interaction, given: Given, typed: Typed) -> None:
    caller = await caller_of(interaction)
    work = add_partnership(
        desk_of(interaction), caller, _act_form(given, typed), f"discord:{given['request']}"
    )
    try:
        added = await soon(interaction, work)
    except AlreadyThere as there:
        again = {**given, "same": True, "typed": dict(typed), "submitted": True}
        await _ask(interaction, caller, again, there.partner, there.acts)
        return
    await _show_added(interaction, caller, added)


# Where there is one like it ----------------------------------------------------------------------------------


async def _ask(
    interaction: Interaction, caller: Caller, given: Given, partner: Place, acts: Sequence[Partnership]
) -> None:
    """Show the acts that there are, to be changed; or let the new one be added all the same."""
    texts, own = chat_texts(caller.language), caller.own_office()
    ticket = await _keep(interaction, given)
    card = Card(texts("act.there.title", home=own.place, partner=partner), colour=QUIET_COLOUR)
    lines = [act_label(texts, own.place.id, act) for act in acts]
    card.text([*lines, texts("act.there.text")])
    mine = [act for act in acts if act.office_id in (None, own.id)]
    buttons = [
        EditActButton(act.id, label=texts("act.there.edit", record=Written(act.record)))
        for act in mine[:SHOWN]
    ]
    view = view_of(*buttons, AddAllTheSameButton(ticket, label=texts("act.there.add")))
    await answer(interaction, card.embed, view, private=True)


class AddAllTheSameButton(PersistentButton, custom_id="act:same:{ticket}"):
    """Adds what was typed, or opens the form for it, though there is an act like it."""

    ticket: str

    @presses(Action.EDIT)
    async def callback(self, interaction: Interaction) -> None:
        given = await _given(interaction, self.ticket)
        if given.get("submitted"):
            await _add(interaction, given, given["typed"])
            return
        form = await _open(interaction, {"ticket": self.ticket}, given["typed"])
        await interaction.response.send_modal(form)


# The answer --------------------------------------------------------------------------------------------------


async def _show_added(interaction: Interaction, caller: Caller, added: AddedAct) -> None:
    """The card of the partner, with what was added at its head."""
    texts, act = chat_texts(caller.language), added.act
    card = await show_partner(desk_of(interaction), caller, act.record)
    embed = partner_card(texts, card)
    lines = [f"**{added_line(texts, act)}**"]
    lines.append(f"*{rule_line(texts, caller.own_office().kind_rules, act.kind)}*")
    if len(act.parties) > 2:  # of two, the card says it
        lines += [f"*{line}*" for line in level_lines(texts, act.parties)]
    if added.new_places:
        places = [Written(texts.place_in_full(place)) for place in added.new_places]
        lines.append(texts("act.new_places", places=places))
    embed.description = fit("\n".join([*lines, "", embed.description or ""]), DESCRIPTION)
    replacing = [
        ReplaceActButton(older.id, act.id, label=texts("act.replace_button", record=Written(older.record)))
        for older in added.may_replace[:SHOWN]
    ]
    view = view_of(
        UndoButton(added.entry, label=texts("undo.button")),
        EditActButton(act.id, label=texts("edit.button")),
        *replacing,
    )
    await answer(interaction, embed, view, private=is_private(card))


def added_line(texts: Texts, act: Partnership) -> str:
    """What was added; of a prospect, the kind says how it stands."""
    if act.kind is Kind.PROSPECTIVE:
        return texts("act.added_prospect", record=Written(act.record))
    return texts("act.added", record=Written(act.record), kind=act.kind, status=act.status)


@suggests
async def new_partner_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """Places that an act can be with: those with ties first, then the world's."""
    caller = await caller_of(interaction)
    known, world = await complete_new_partners(desk_of(interaction), caller, typed)
    return with_the_world(Texts(caller.language), known, world)
