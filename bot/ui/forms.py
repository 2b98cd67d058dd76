"""Forms: taken by whichever process gets them, and brought back filled when something in them could not be read.

A capability registers what its form looks like and what submitting it does. The custom id of a form carries what is
needed besides the fields (its keys), so that a bot that was started since can take the submission.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import discord

from bot.domain.access import Action
from bot.domain.errors import ChangedMeanwhile, NotFound
from bot.domain.names import clean
from bot.services.access import permit
from bot.services.faults import outage
from bot.services.preferences import keep_draft
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of, inert
from bot.ui.drafts import find_draft, hold_draft
from bot.ui.errors import answer_error, language_of

log = logging.getLogger(__name__)

TITLE, LABEL, HINT, OPTION = 45, 45, 100, 100
"""What Discord takes for the title of a form, the label of a field, its placeholder, and an option, in characters."""

REMEMBERED = 900.0
"""Seconds for which the library keeps an open form in memory. It need not: `form_submitted` takes it in any case."""

Keys = Mapping[str, str]
"""What the custom id of a form carries, by the names of the groups in its pattern."""

Typed = Mapping[str, str]
"""What the fields hold, by their custom ids; what was chosen in a select, joined with commas. Empty when new."""

EMPTY: Typed = {}


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of form. `name` begins its custom ids, `keys` is the pattern of the rest, with named groups.

    `build` makes the form for its keys, filled with what was typed before; `take` does what submitting it is for, and
    answers. What it raises is told, with a button that opens the form again. `action` is who may open it.
    """

    name: str
    action: Action
    keys: str
    build: Callable[[Interaction, Keys, Typed], Awaitable[discord.ui.Modal]]
    take: Callable[[Interaction, Keys, Typed], Awaitable[None]]


_FORMS: dict[str, Form] = {}


def register(form: Form) -> Form:
    """Let `form_submitted` and the reopening button know a form; once for each, where it is defined."""
    _FORMS[form.name] = form
    return form


def form_id(form: str, *keys: object) -> str:
    """The custom id of a form with these keys, in the order of its pattern."""
    return ":".join(str(part) for part in (form, "form", *keys))


# Building ----------------------------------------------------------------------------------------------------


def make_form(
    title: str, custom_id: str, fields: Sequence[tuple[str, discord.ui.Item[Any]]]
) -> discord.ui.Modal:
    """A form of up to five labelled fields."""
    form = discord.ui.Modal(title=title[:TITLE], custom_id=custom_id, timeout=REMEMBERED)
    for label, field in fields:
        form.add_item(discord.ui.Label(text=label[:LABEL], component=field))
    return form


def text_field(
    name: str,
    typed: Typed,
    *,
    hint: str,
    longest: int,
    required: bool = False,
    style: discord.TextStyle = discord.TextStyle.short,
) -> discord.ui.TextInput[Any]:
    """A field to type into, filled with what was typed before; `hint` shows while it is empty."""
    return discord.ui.TextInput(
        custom_id=name,
        default=typed.get(name) or None,
        placeholder=hint[:HINT] or None,
        style=style,
        required=required,
        max_length=longest,
    )


def choice_field(name: str, options: Mapping[str, str], chosen: str | None) -> discord.ui.Select[Any]:
    """A select of one of the options (value and label); `chosen` is marked."""
    return discord.ui.Select(
        custom_id=name,
        options=[
            discord.SelectOption(label=label[:OPTION], value=value, default=value == chosen)
            for value, label in options.items()
        ],
    )


def channel_field(name: str, guild: discord.Guild, chosen: int | None) -> discord.ui.ChannelSelect[Any]:
    """A select of one text channel of the server, or of none; a channel that is gone is not offered as chosen."""
    there = [chosen] if chosen is not None and guild.get_channel(chosen) is not None else []
    return discord.ui.ChannelSelect(
        custom_id=name,
        channel_types=[discord.ChannelType.text, discord.ChannelType.news],
        required=False,
        min_values=0,
        default_values=[
            discord.SelectDefaultValue(id=each, type=discord.SelectDefaultValueType.channel) for each in there
        ],
    )


def role_field(
    name: str, guild: discord.Guild, chosen: Sequence[int], most: int = 1
) -> discord.ui.RoleSelect[Any]:
    """A select of up to so many roles of the server; those that are gone are not offered as chosen."""
    return discord.ui.RoleSelect(
        custom_id=name,
        required=False,
        min_values=0,
        max_values=most,
        default_values=[
            discord.SelectDefaultValue(id=each, type=discord.SelectDefaultValueType.role)
            for each in chosen[:most]
            if guild.get_role(each) is not None
        ],
    )


def person_field(name: str, chosen: int | None) -> discord.ui.UserSelect[Any]:
    """A select of one member of the server, or of nobody."""
    kind = discord.SelectDefaultValueType.user
    return discord.ui.UserSelect(
        custom_id=name,
        required=False,
        min_values=0,
        default_values=[discord.SelectDefaultValue(id=chosen, type=kind)] if chosen else [],
    )


def ids_in(typed: Typed, name: str) -> list[int]:
    """The ids of what was chosen in a select of channels, roles or people."""
    return [int(each) for each in typed.get(name, "").split(",") if each.isascii() and each.isdigit()]


# Taking ------------------------------------------------------------------------------------------------------

SUBMITTED = re.compile(r"(?P<form>\w+):form:(?P<keys>.*)")


async def form_submitted(interaction: Interaction) -> None:
    """Take a submitted form, also one that was opened before a restart; other interactions are left alone.

    Whatever goes wrong, what was typed comes back: as a form to be opened again, and as text where that is not sure.
    """
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    match = SUBMITTED.fullmatch(cast(Any, interaction.data)["custom_id"])
    form = _FORMS.get(match["form"]) if match else None
    keys = re.fullmatch(form.keys, match["keys"]) if match and form else None
    typed = _typed(interaction)
    if form is None or keys is None:  # of another release, which runs, or ran, beside this one
        await answer_error(interaction, NotFound("form.unknown"), typed=_as_text(typed))
        return
    try:
        await form.take(interaction, keys.groupdict(), typed)
    except Exception as error:
        await _bring_back(interaction, form, keys.groupdict(), typed, error)


def _typed(interaction: Interaction) -> dict[str, str]:
    """What the fields of a submitted form hold, by their names."""
    parts = cast(Any, interaction.data)["components"]
    fields = [part["component"] for part in parts if "component" in part]
    return {
        field["custom_id"]: clean(
            ",".join(field["values"]) if "values" in field else field.get("value") or ""
        )
        for field in fields
    }


async def _bring_back(
    interaction: Interaction, form: Form, keys: dict[str, str], typed: dict[str, str], error: Exception
) -> None:
    """Say what went wrong, with a button that opens the form as it was typed."""
    if isinstance(error, ChangedMeanwhile):
        keys["version"] = str(error.version)  # they have been told: what they submit now is meant
    draft, away = {"keys": keys, "typed": typed}, outage(error)
    key = None if away else await _stored(interaction, form, draft)
    lost = "" if key else _as_text(typed)  # what is held is lost with the process
    texts = chat_texts(await language_of(interaction, away))
    button = ReopenButton(
        form.name, key or hold_draft(interaction, form.name, draft), label=texts("form.reopen")
    )
    await answer_error(interaction, error, view_of(button), lost)


async def _stored(interaction: Interaction, form: Form, draft: dict[str, Any]) -> str | None:
    """The key to the stored draft; None where storing it failed, which is in the log."""
    try:
        return await keep_draft(desk_of(interaction), interaction.user.id, form.name, draft)
    except Exception as fault:
        if outage(fault) is None:
            log.exception("a draft could not be kept")
        return None


def _as_text(typed: Typed) -> str:
    return "\n".join(inert(value) for value in typed.values() if value)


class ReopenButton(PersistentButton, custom_id="{form}:reopen:{draft}", style=discord.ButtonStyle.primary):
    """Opens a form again with what was typed, also after a restart, for the person who typed it."""

    form: str
    draft: str

    @presses(Action.ASK_ABOUT_ONESELF)  # what one typed oneself; the form has its own rule
    async def callback(self, interaction: Interaction) -> None:
        form = _FORMS.get(self.form)
        draft = await find_draft(interaction, self.draft)
        if form is None or draft is None:
            raise NotFound("form.draft_gone")
        permit(await caller_of(interaction), form.action)
        await interaction.response.send_modal(await form.build(interaction, draft["keys"], draft["typed"]))
