"""The fields of a visit, alike for logging one and for changing one."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.domain.exchanges import MAX_SUMMARY, MAX_TOPIC, Format
from bot.i18n.texts import Texts
from bot.services.visit_fields import VisitFields
from bot.ui.forms import Typed, choice_field, make_form, text_field

PEOPLE, DATE = 40, 100


def visit_form(
    texts: Texts, title: str, custom_id: str, typed: Typed, formats: Mapping[str, str]
) -> discord.ui.Modal:
    """The form with these fields filled in; `formats` are offered, the one that was typed is marked.

    What is stored already may be longer than what is taken anew, and has to fit all the same.
    """
    hints = {name: texts(f"visit.form.{name}_hint") for name in ("date", "topic", "people", "summary")}
    longest = max(MAX_SUMMARY, len(typed.get("summary", "")))
    fields: dict[str, discord.ui.Item[Any]] = {
        "date": text_field("date", typed, hint=hints["date"], longest=DATE, required=True),
        "format": choice_field("format", formats, typed.get("format", Format.VIDEO.value)),
        "topic": text_field("topic", typed, hint=hints["topic"], longest=MAX_TOPIC),
        "people": text_field("people", typed, hint=hints["people"], longest=PEOPLE),
        "summary": text_field(
            "summary", typed, hint=hints["summary"], longest=longest, style=discord.TextStyle.paragraph
        ),
    }
    return make_form(
        title, custom_id, [(texts(f"visit.form.{name}"), field) for name, field in fields.items()]
    )


def format_words(texts: Texts) -> dict[str, str]:
    return {option.value: texts.word(option) for option in Format}


def typed_fields(typed: Typed) -> VisitFields:
    """What somebody typed, as the services read it."""
    return VisitFields(**{name: typed[name] for name in VisitFields.__dataclass_fields__ if name in typed})
