"""Taking down in chat what a source says of an act, and saying which claim the record goes by."""

from collections.abc import Awaitable, Iterator
from typing import Any

import discord
from discord import app_commands

from bot.domain.access import Action
from bot.domain.claims import MAX_NOTE, MAX_SOURCE, MAX_VALUE, Claim, Fact, disputed, identities
from bot.domain.marks import handle_of
from bot.domain.partnerships import Kind, Status
from bot.i18n.commands import command_text
from bot.i18n.texts import Texts, Written
from bot.services.claims import (
    FOLLOWED,
    ActClaims,
    ClaimDone,
    ClaimFields,
    add_claim,
    claims_of,
    open_claim,
    prefer_claim,
)
from bot.ui.access import presses
from bot.ui.audience import restricted
from bot.ui.audit import UndoButton
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.changes import change_lines
from bot.ui.claims import claim_line, claim_value, dispute_lines
from bot.ui.errors import answer, soon
from bot.ui.forms import Form, Keys, Typed, choice_field, form_id, make_form, register, text_field

FACT_CHOICES = [
    app_commands.Choice(name=command_text(f"choice.fact.{fact}"), value=fact.value) for fact in Fact
]
VOCABULARIES: dict[Fact, type[Kind] | type[Status]] = {Fact.KIND: Kind, Fact.STATUS: Status}
DATE = 40
BUTTONS = 20
"""How many claims have a button under the card of an act, beside none."""

# The form -----------------------------------------------------------------------------------------------------


async def open_claim_form(interaction: Interaction, record: str, fact: Fact) -> None:
    """Open the form for what a source says; raises before it is shown if the person may not change the act."""
    caller = await caller_of(interaction)
    told = await open_claim(desk_of(interaction), caller, record)
    await interaction.response.send_modal(_form(Texts(caller.language), told, fact, {}))


def _form(texts: Texts, told: ActClaims, fact: Fact, typed: Typed) -> discord.ui.Modal:
    title = texts("claim.form.title", record=Written(str(told.record)), fact=fact)
    hints = {name: texts(f"claim.form.{name}_hint") for name in ("source", "as_of", "note")}
    fields: dict[str, discord.ui.Item[Any]] = {
        "value": _value_field(texts, fact, typed),
        "source": text_field("source", typed, hint=hints["source"], longest=MAX_SOURCE, required=True),
        "as_of": text_field("as_of", typed, hint=hints["as_of"], longest=DATE),
        "note": text_field(
            "note", typed, hint=hints["note"], longest=MAX_NOTE, style=discord.TextStyle.paragraph
        ),
    }
    named = [(texts(f"claim.form.{name}"), field) for name, field in fields.items()]
    return make_form(title, form_id("claim", told.record.number, fact.value), named)


def _value_field(texts: Texts, fact: Fact, typed: Typed) -> discord.ui.Item[Any]:
    """Words of a vocabulary are picked; anything else is typed."""
    if fact in VOCABULARIES:
        words = {word.value: texts.word(word) for word in VOCABULARIES[fact]}
        return choice_field("value", words, typed.get("value"))
    hint = texts("claim.form.date_hint" if fact is Fact.SIGNED else "claim.form.value_hint")
    return text_field("value", typed, hint=hint, longest=MAX_VALUE, required=True)


async def _open(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    told = await open_claim(desk_of(interaction), caller, f"P{keys['number']}")
    return _form(Texts(caller.language), told, Fact(keys["fact"]), typed)


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    caller = await caller_of(interaction)
    fields = ClaimFields(**{name: typed.get(name, "") for name in ClaimFields.__dataclass_fields__})
    work = add_claim(desk_of(interaction), caller, f"P{keys['number']}", Fact(keys["fact"]), fields)
    await _show_done(interaction, work, "claim.added")


register(Form("claim", Action.EDIT, rf"(?P<number>\d+):(?P<fact>{'|'.join(Fact)})", _open, _take))

# The card -----------------------------------------------------------------------------------------------------


async def show_claims(interaction: Interaction, record: str) -> None:
    """What sources say of an act, with a button for each claim that it could go by instead."""
    caller = await caller_of(interaction)
    told = await soon(interaction, claims_of(desk_of(interaction), caller, record))
    texts = chat_texts(caller.language)
    card = Card(texts("claim.title", record=Written(str(told.record)), partners=told.partners))
    card.text([texts("claim.none")] if not told.claims else [])
    for fact in Fact:
        card.field(texts.word(fact), [claim_line(texts, each) for each in told.claims if each.fact is fact])
    buttons = list(_prefer_buttons(texts, told))
    view = view_of(*buttons) if buttons else discord.utils.MISSING
    await answer(interaction, card.embed, view, private=restricted([told.scope]))


def _prefer_buttons(texts: Texts, told: ActClaims) -> Iterator[PersistentButton]:
    facts, names = disputed(told.claims), identities(told.claims)
    gone_by = {(each.fact, each.value) for each in told.claims if each.preferred}
    others: dict[tuple[Fact, str], int] = {}  # one for each value, by the first who says so
    for index, claim in enumerate(told.claims):
        if claim.fact in facts and (claim.fact, claim.value) not in gone_by:
            others.setdefault((claim.fact, claim.value), index)
    for index in list(others.values())[:BUTTONS]:
        claim = told.claims[index]
        value = Written(claim_value(Texts(texts.language), claim))
        label = texts("claim.prefer_button", value=value)
        yield PreferButton(told.record.number, handle_of(names, index), label=label)


class PreferButton(PersistentButton, custom_id="claim:prefer:{number}:{handle}"):
    """Lets the record go by this claim; undone as any other change."""

    number: int
    handle: str

    @presses(Action.EDIT)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        work = prefer_claim(desk_of(interaction), caller, f"P{self.number}", self.handle)
        await _show_done(interaction, work, "claim.preferred")


async def _show_done(interaction: Interaction, work: Awaitable[ClaimDone], title: str) -> None:
    """What became of the act, with buttons to take it back and to prefer another claim."""
    done = await soon(interaction, work)
    caller = await caller_of(interaction)
    texts, told = chat_texts(caller.language), done.told
    key = title if done.entry is not None else "claim.nothing"
    card = Card(texts(key, record=Written(str(told.record)), partners=told.partners))
    card.text(done_lines(texts, done, caller.own_office().zone))
    undo = [UndoButton(done.entry, label=texts("undo.button"))] if done.entry is not None else []
    buttons = [*undo, *_prefer_buttons(texts, told)]
    view = view_of(*buttons) if buttons else discord.utils.MISSING
    await answer(interaction, card.embed, view, private=restricted([told.scope]))


def done_lines(texts: Texts, done: ClaimDone, zone: str) -> Iterator[str]:
    """The claim, what the record goes by now, and what is disputed."""
    yield claim_line(texts, done.claim)
    yield from change_lines(texts, [each for each in done.changes if each.field in ("signed", "kind")], zone)
    if done.claim.preferred and done.claim.fact not in FOLLOWED and _is_disputed(done.claim, done.told):
        yield texts("claim.field_stays")
    yield from dispute_lines(texts, done.told.claims)


def _is_disputed(claim: Claim, told: ActClaims) -> bool:
    return claim.fact in disputed(told.claims)
