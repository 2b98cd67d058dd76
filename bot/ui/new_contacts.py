"""The form of a new contact and its answer."""

import discord

from bot.domain.access import Action, Scope
from bot.domain.contacts import ContactRole
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.contact_fields import ContactFields
from bot.services.contacts import ContactForm, SavedContact, add_contact, check_contact
from bot.services.places import place_with_id
from bot.ui.buttons import view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.contact_cards import contact_lines, contact_title, footer_of, name_of
from bot.ui.contact_form import contact_form, fields_typed, typed_of
from bot.ui.contacts import ROLES, edit_button, record_of, undo_buttons
from bot.ui.errors import answer, soon
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, register

SCOPES = "|".join(scope for scope in Scope if scope is not Scope.PUBLIC)


async def open_new_contact(
    interaction: Interaction, place: str, role: ContactRole, scope: Scope, replaces: str
) -> None:
    """Open the form of a new contact; of one who replaces somebody, with the post of that one."""
    caller = await caller_of(interaction)
    where, replaced = await check_contact(desk_of(interaction), caller, place, scope, replaces)
    texts, typed = Texts(caller.language), EMPTY
    if replaced is not None:
        post = ContactFields(
            post=replaced.post or "", post_zh=replaced.post_zh or "", organisation=replaced.organisation or ""
        )
        typed = typed_of(texts, post)
    number = replaced.id if replaced else 0
    form = _new_form(texts, where, role, scope, number, str(interaction.id), typed)
    await interaction.response.send_modal(form)


def _new_form(
    texts: Texts, place: Place, role: ContactRole, scope: Scope, replaced: int, request: str, typed: Typed
) -> discord.ui.Modal:
    """The form names what was chosen beside it; `request` makes submitting it twice one record."""
    custom_id = form_id("contact", place.id, role.value, scope.value, replaced, request)
    title = texts("contacts.form.title_new", place=place)
    return contact_form(texts, title, custom_id, role, typed)


async def _open_new(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    place = await place_with_id(desk_of(interaction), int(keys["place"]))
    texts = Texts((await caller_of(interaction)).language)
    role, scope = ContactRole(keys["role"]), Scope(keys["scope"])
    return _new_form(texts, place, role, scope, int(keys["replaced"]), keys["request"], typed)


async def _take_new(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    saved = await soon(interaction, _add(interaction, keys, typed))
    caller = await caller_of(interaction)
    texts, person = chat_texts(caller.language), saved.contact
    card = Card(contact_title(texts, person), footer=footer_of(texts, person))
    lines = [texts("contacts.kept"), *contact_lines(texts, person, caller.today(desk_of(interaction)))]
    if saved.replaced is not None:
        lines.append(
            texts(
                "contacts.replaces",
                record=Written(saved.replaced.record),
                name=name_of(texts, saved.replaced),
            )
        )
    card.text(lines)
    await answer(
        interaction,
        card.embed,
        view_of(*undo_buttons(texts, saved), edit_button(texts, person)),
        private=True,
    )


async def _add(interaction: Interaction, keys: Keys, typed: Typed) -> SavedContact:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    place = await place_with_id(desk, int(keys["place"]))
    replaces = record_of(int(keys["replaced"])) if int(keys["replaced"]) else ""
    form = ContactForm(
        place.key, fields_typed(typed), ContactRole(keys["role"]), Scope(keys["scope"]), replaces
    )
    return await add_contact(desk, caller, form, f"discord:{keys['request']}")


register(
    Form(
        "contact",
        Action.LOG,
        rf"(?P<place>\d+):(?P<role>{ROLES}):(?P<scope>{SCOPES}):(?P<replaced>\d+):(?P<request>\d+)",
        _open_new,
        _take_new,
    )
)
