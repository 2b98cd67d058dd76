"""The form by which an act is paused, and the button that opens it."""

import discord

from bot.domain.access import Action
from bot.domain.life import MAX_REASON
from bot.i18n.texts import Texts, Written
from bot.services.life import StepWords
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton
from bot.ui.callers import Interaction, caller_of
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, make_form, register, text_field
from bot.ui.life import DATE, pause


class PauseButton(PersistentButton, custom_id="pause:open:{number}"):
    """Opens the form for an act."""

    number: int

    @presses(Action.EDIT)
    async def callback(self, interaction: Interaction) -> None:
        await interaction.response.send_modal(await _build(interaction, {"number": str(self.number)}, EMPTY))


async def _build(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    texts = Texts((await caller_of(interaction)).language)
    long = discord.TextStyle.paragraph
    hints = {name: texts(f"pause.form.{name}_hint") for name in ("reason", "until", "since")}
    reason = text_field("reason", typed, hint=hints["reason"], longest=MAX_REASON, required=True, style=long)
    until = text_field("until", typed, hint=hints["until"], longest=DATE)
    since = text_field("since", typed, hint=hints["since"], longest=DATE)
    fields = [(texts(f"pause.form.{field.custom_id}"), field) for field in (reason, until, since)]
    title = texts("pause.form.title", record=Written(f"P{keys['number']}"))
    return make_form(title, form_id("pause", keys["number"]), fields)


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    words = StepWords(typed.get("since", ""), typed.get("until", ""), typed.get("reason", ""))
    await pause(interaction, f"P{keys['number']}", words)


register(Form("pause", Action.EDIT, r"(?P<number>\d+)", _build, _take))
