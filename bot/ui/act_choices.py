"""The acts of an office, offered while somebody types a record number."""

from discord import app_commands

from bot.i18n.texts import Texts
from bot.services.held_acts import SeenAct, complete_acts
from bot.ui.callers import Interaction, caller_of, desk_of
from bot.ui.choices import CHOICES, LABEL, Choice, suggests


@suggests
async def act_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The acts of the office, by number or partner."""
    caller = await caller_of(interaction)
    found = await complete_acts(desk_of(interaction), caller, typed)
    texts = Texts(caller.language)
    return [
        app_commands.Choice(name=act_label(texts, seen)[:LABEL], value=seen.act.record)
        for seen in found[:CHOICES]
    ]


def act_label(texts: Texts, seen: SeenAct) -> str:
    parts = [seen.act.record, texts.listed(seen.partners), texts.word(seen.act.kind)]
    return " · ".join([*parts, texts.date(seen.act.signed)] if seen.act.signed else parts)
