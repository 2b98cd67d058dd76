"""How the profile of a place looks, and the one form in which it is written."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.domain.access import Action
from bot.domain.places import Place
from bot.domain.profiles import ProfileLine, Side, Topic, known_topic
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller
from bot.services.places import place_with_id
from bot.services.profiles import Profile, edit_profile, show_profile, undo_profile
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.errors import answer, soon
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, make_form, register, text_field

SIDE_LENGTH, SOURCE_LENGTH = 2500, 300


def profile_card(texts: Texts, profile: Profile) -> discord.Embed:
    """What a place is good at, offers and seeks, each topic with what is said of it and on whose word."""
    card = Card(texts("profile.title", place=profile.place), footer=texts("profile.footer"))
    if not profile.lines:
        card.text([texts("profile.empty", place=profile.place)])
    for name, lines in profile_sections(texts, profile):
        card.field(name, lines)
    return card.embed


def profile_sections(texts: Texts, profile: Profile) -> list[tuple[str, list[str]]]:
    """The sides of a profile and its sources, each with its lines."""
    sides = [(texts.word(side), [_line(texts, line) for line in profile.of(side)]) for side in Side]
    sources = dict.fromkeys(line.source for line in profile.lines)
    return [*sides, (texts("profile.sources"), [texts.write(source) for source in sources])]


def topic_name(texts: Texts, topic: str) -> str:
    """A topic of the list in the language; a tag as it was written."""
    return texts.write(known_topic(topic))


def _line(texts: Texts, line: ProfileLine) -> str:
    name = Written(topic_name(texts, line.topic))
    if line.note is None:
        return texts("profile.line", topic=name)
    return texts("profile.line_noted", topic=name, note=line.note)


class EditProfileButton(PersistentButton, custom_id="profile:edit:{place}"):
    """Opens the form of a place's profile."""

    place: int

    @presses(Action.EDIT)
    async def callback(self, interaction: Interaction) -> None:
        place = await place_with_id(desk_of(interaction), self.place)
        await interaction.response.send_modal(await _form(interaction, place, EMPTY))


class UndoProfileButton(PersistentButton, custom_id="profile:undo:{entry}"):
    """Takes back one change of a profile; under what was taken back, puts it back."""

    entry: int

    @presses(Action.EDIT)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        profile = await soon(interaction, undo_profile(desk_of(interaction), caller, self.entry))
        await _show_changed(interaction, caller, profile, taken_back=True)


async def _show_changed(
    interaction: Interaction, caller: Caller, profile: Profile, *, taken_back: bool
) -> None:
    """The profile as it is now, with a button to take the change back where there was one."""
    texts = chat_texts(caller.language)
    buttons: list[PersistentButton] = [EditProfileButton(profile.place.id, label=texts("profile.edit"))]
    if profile.entry is not None:
        label = texts("undo.put_back_button" if taken_back else "undo.button")
        buttons.append(UndoProfileButton(profile.entry, label=label))
    await answer(interaction, profile_card(texts, profile), view_of(*buttons), private=False)


async def show(interaction: Interaction, place: str | None) -> None:
    """Answer with the profile of a place, and a button to write it."""
    caller = await caller_of(interaction)
    profile = await show_profile(desk_of(interaction), caller, place)
    texts = chat_texts(caller.language)
    view = view_of(EditProfileButton(profile.place.id, label=texts("profile.edit")))
    await interaction.response.send_message(embed=profile_card(texts, profile), view=view)


async def _form(interaction: Interaction, place: Place, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    texts = Texts(caller.language)
    if not typed:
        profile = await show_profile(desk_of(interaction), caller, place.key)
        typed = {side.value: _written(texts, profile.of(side)) for side in Side}
    fields: list[tuple[str, discord.ui.Item[Any]]] = [
        (
            texts.word(side),
            text_field(
                side.value,
                typed,
                hint=texts("profile.side_hint"),
                longest=SIDE_LENGTH,
                style=discord.TextStyle.paragraph,
            ),
        )
        for side in Side
    ]
    source = text_field("source", typed, hint=texts("profile.source_hint"), longest=SOURCE_LENGTH)
    fields.append((texts("profile.source"), source))
    return make_form(texts("profile.form_title", place=place), form_id("profile", place.id), fields)


def _written(texts: Texts, lines: list[ProfileLine]) -> str:
    """Lines as the form takes them back."""
    names = {
        line: texts.word(Topic(line.topic)) if line.topic in set(Topic) else line.topic for line in lines
    }
    return "\n".join(f"{names[line]}: {line.note}" if line.note else names[line] for line in lines)


async def _open(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    return await _form(interaction, await place_with_id(desk_of(interaction), int(keys["place"])), typed)


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    profile = await soon(interaction, _save(interaction, keys, typed))
    await _show_changed(interaction, await caller_of(interaction), profile, taken_back=False)


async def _save(interaction: Interaction, keys: Keys, typed: Mapping[str, str]) -> Profile:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    place = await place_with_id(desk, int(keys["place"]))
    sides = {side: typed.get(side.value, "") for side in Side}
    return await edit_profile(desk, caller, place.key, sides, typed.get("source", ""))


register(Form("profile", Action.EDIT, r"(?P<place>\d+)", _open, _take))
