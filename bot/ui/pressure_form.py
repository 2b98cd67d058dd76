"""The fields of a pressure note, alike for noting something and for changing a note: five, each for one thought."""

from dataclasses import asdict
from typing import Any

import discord

from bot.domain.pressure import MAX_SOURCE, MAX_SOURCES, MAX_TRIGGER, MAX_WHAT
from bot.i18n.texts import Texts
from bot.services.pressure_fields import FIELDS, NoteFields
from bot.ui.forms import Typed, make_form, text_field

DATE = 60


def note_form(texts: Texts, title: str, custom_id: str, typed: Typed) -> discord.ui.Modal:
    """The form with these fields filled in."""
    paragraph = discord.TextStyle.paragraph
    fields: list[tuple[str, discord.ui.Item[Any]]] = [
        (
            texts("pressure.form.date"),
            text_field("date", typed, hint=texts("pressure.form.date_hint"), longest=DATE, required=True),
        ),
        (
            texts("pressure.form.what"),
            text_field(
                "what", typed, hint=texts("pressure.form.what_hint"), longest=MAX_WHAT, required=True,
                style=paragraph,
            ),
        ),
        (
            texts("pressure.form.sources"),
            text_field(
                "sources", typed, hint=texts("pressure.form.sources_hint"),
                longest=(MAX_SOURCE + 1) * MAX_SOURCES, required=True, style=paragraph,
            ),
        ),
        (
            texts("pressure.form.trigger"),
            text_field("trigger", typed, hint=texts("pressure.form.trigger_hint"), longest=MAX_TRIGGER),
        ),
        (
            texts("pressure.form.as_of"),
            text_field("as_of", typed, hint=texts("pressure.form.as_of_hint"), longest=DATE),
        ),
    ]  # fmt: skip
    return make_form(title, custom_id, fields)


def typed_of(fields: NoteFields) -> dict[str, str]:
    """The fields of the form as they show these; `fields_typed` reads them back."""
    return asdict(fields)


def fields_typed(typed: Typed) -> NoteFields:
    """What somebody typed, as the services read it."""
    return NoteFields(**{name: typed.get(name, "") for name in FIELDS})
