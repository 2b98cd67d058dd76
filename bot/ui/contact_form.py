"""The fields of a contact, alike for keeping one and for changing one: five, each for one thought."""

from dataclasses import asdict
from typing import Any

import discord

from bot.domain.contacts import (
    MAX_NOTE,
    MAX_TEXT,
    ContactRole,
    is_email,
    is_phone,
    joined_scripts,
    joined_term,
    split_term,
)
from bot.domain.names import fold
from bot.domain.offices import LANGUAGES
from bot.i18n.texts import Texts
from bot.services.contact_fields import ContactFields
from bot.ui.forms import Typed, make_form, text_field

NAMES, TERM, MORE = 2 * MAX_TEXT, 100, MAX_NOTE + 1000

LABELS = ("email", "phone", "programme", "programme_year", "consent", "note")
"""What the last field has, line by line; a note is the last of them, and may have several lines."""

_OF_ALUMNI = ("programme", "programme_year", "consent")


def label_of(texts: Texts, name: str) -> str:
    """What a line of the last field begins with."""
    match name:
        case "email":
            return texts("contacts.label.email")
        case "phone":
            return texts("contacts.label.phone")
        case "programme":
            return texts("contacts.label.programme")
        case "programme_year":
            return texts("contacts.label.programme_year")
        case "consent":
            return texts("contacts.label.consent")
    return texts("contacts.label.note")


def contact_form(
    texts: Texts, title: str, custom_id: str, role: ContactRole, typed: Typed
) -> discord.ui.Modal:
    """The form with these fields filled in; alumni are asked for their programme and their consent, too."""
    alumnus = role is ContactRole.ALUMNUS
    if alumnus and not typed.get("more"):
        lines = "\n".join(f"{label_of(texts, name)}: " for name in _OF_ALUMNI)
        typed = {**typed, "more": lines}
    paragraph = discord.TextStyle.paragraph
    fields: list[tuple[str, discord.ui.Item[Any]]] = [
        (
            texts("contacts.form.name"),
            text_field("name", typed, hint=texts("contacts.form.name_hint"), longest=NAMES, required=True),
        ),
        (
            texts("contacts.form.post"),
            text_field(
                "post", typed, hint=texts("contacts.form.post_hint"), longest=NAMES, required=not alumnus
            ),
        ),
        (
            texts("contacts.form.organisation"),
            text_field(
                "organisation", typed, hint=texts("contacts.form.organisation_hint"), longest=MAX_TEXT
            ),
        ),
        (
            texts("contacts.form.term"),
            text_field("term", typed, hint=texts("contacts.form.term_hint"), longest=TERM),
        ),
        (
            texts("contacts.form.more"),
            text_field(
                "more", typed, hint=texts("contacts.form.more_hint"), longest=MORE, style=paragraph,
                required=alumnus,
            ),
        ),
    ]  # fmt: skip
    return make_form(title, custom_id, fields)


def typed_of(texts: Texts, fields: ContactFields) -> dict[str, str]:
    """The fields of the form as they show these; `fields_typed` reads them back."""
    known = asdict(fields)
    return {
        "name": joined_scripts(fields.name, fields.name_zh),
        "post": joined_scripts(fields.post, fields.post_zh),
        "organisation": fields.organisation,
        "term": joined_term(fields.since, fields.until),
        "more": "\n".join(f"{label_of(texts, name)}: {known[name]}" for name in LABELS if known[name]),
    }


def fields_typed(typed: Typed) -> ContactFields:
    """What somebody typed, as the services read it.

    Lines of the last field may begin with the label of what they tell, in either language; of the others, addresses
    and phone numbers are known by their form, and the rest is the note.
    """
    since, until = split_term(typed.get("term", ""))
    return ContactFields(
        name=typed.get("name", ""),
        post=typed.get("post", ""),
        organisation=typed.get("organisation", ""),
        since=since,
        until=until,
        **_read_more(typed.get("more", "")),
    )


def _read_more(text: str) -> dict[str, str]:
    labels = {fold(label_of(Texts(lang), name)): name for lang in LANGUAGES for name in LABELS}
    found: dict[str, str] = {}
    note: list[str] = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        label, value = _labelled(line, labels)
        if label == "note":  # all that comes after is the note, whatever it looks like
            note += [value, *lines[number + 1 :]]
            break
        if label is not None and label not in found:
            found[label] = value
        elif is_email(line) and not found.get("email"):
            found["email"] = line.strip()
        elif is_phone(line) and not found.get("phone"):
            found["phone"] = line.strip()
        else:
            note.append(line)
    return {**found, "note": "\n".join(note).strip()}


def _labelled(line: str, labels: dict[str, str]) -> tuple[str | None, str]:
    """Which field a line tells, if it begins with a label; and the rest of it."""
    for colon in (":", "："):
        before, found, after = line.partition(colon)
        if found and fold(before) in labels:
            return labels[fold(before)], after.strip()
    return None, line
