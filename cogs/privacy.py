"""/privacy: what is stored about oneself or about somebody, and erasing it."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.domain.privacy import LONGEST
from bot.i18n.commands import command_text as c
from bot.i18n.texts import Texts
from bot.services.privacy import ask_to_erase, find_person, own_data, stored_about_me
from bot.ui.access import needs
from bot.ui.buttons import view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.errors import answer, soon
from bot.ui.privacy import (
    EraseButton,
    EraseOfficeButton,
    ForgetMeButton,
    answer_with_file,
    erase_question,
    forget_question,
    found_card,
    mine_card,
    office_question,
)

Name = app_commands.Range[str, 1, LONGEST]


class Privacy(commands.GroupCog, group_name=c("privacy.name"), group_description=c("privacy.description")):
    @app_commands.command(name=c("privacy.mine.name"), description=c("privacy.mine.description"))
    @needs(Action.ASK_ABOUT_ONESELF, costly=True)
    async def mine(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        holdings = await soon(interaction, stored_about_me(desk_of(interaction), caller))
        await answer_with_file(interaction, mine_card(chat_texts(caller.language), holdings), holdings)

    @app_commands.command(name=c("privacy.forget_me.name"), description=c("privacy.forget_me.description"))
    @needs(Action.ASK_ABOUT_ONESELF, costly=True)
    async def forget_me(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        holdings = await soon(interaction, stored_about_me(desk_of(interaction), caller))
        texts = chat_texts(caller.language)
        if not holdings.traces:
            await answer(interaction, mine_card(texts, holdings), private=True)
            return
        asked = desk_of(interaction).clock()
        button = ForgetMeButton(interaction.user.id, asked, label=texts("privacy.forget_button"))
        await answer(interaction, forget_question(texts, holdings), view_of(button), private=True)

    @app_commands.command(name=c("privacy.find.name"), description=c("privacy.find.description"))
    @app_commands.rename(name=c("option.person.name.name"), other_spelling=c("option.person.other.name"))
    @app_commands.describe(
        name=c("option.person.name.description"), other_spelling=c("option.person.other.description")
    )
    @needs(Action.ADMINISTER, costly=True)
    async def find(self, interaction: Interaction, name: Name, other_spelling: Name | None = None) -> None:
        caller = await caller_of(interaction)
        found = await soon(
            interaction, find_person(desk_of(interaction), caller, _names(name, other_spelling))
        )
        await answer_with_file(interaction, found_card(chat_texts(caller.language), name, found), found)

    @app_commands.command(name=c("privacy.erase.name"), description=c("privacy.erase.description"))
    @app_commands.rename(name=c("option.person.name.name"), other_spelling=c("option.person.other.name"))
    @app_commands.describe(
        name=c("option.person.name.description"), other_spelling=c("option.person.other.description")
    )
    @needs(Action.ADMINISTER, costly=True)
    async def erase(self, interaction: Interaction, name: Name, other_spelling: Name | None = None) -> None:
        caller = await caller_of(interaction)
        names = _names(name, other_spelling)
        found = await soon(interaction, find_person(desk_of(interaction), caller, names))
        if not found.traces:
            await answer(interaction, found_card(chat_texts(caller.language), name, found), private=True)
            return
        texts = chat_texts(caller.language)
        key = await ask_to_erase(desk_of(interaction), caller, names)
        view = view_of(EraseButton(key, label=texts("privacy.erase_button")))
        await answer(interaction, erase_question(texts, name, found), view, private=True)

    @app_commands.command(name=c("privacy.office.name"), description=c("privacy.office.description"))
    @needs(Action.ADMINISTER, costly=True)
    async def office(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        own = await own_data(desk_of(interaction), caller)
        texts = chat_texts(caller.language)
        label = Texts(caller.language)("privacy.office_button", place=own.office.place)
        button = EraseOfficeButton(own.office.id, desk_of(interaction).clock(), label=label)
        await answer(interaction, office_question(texts, own), view_of(button), private=True)


def _names(name: str, other_spelling: str | None) -> list[str]:
    return [name, other_spelling] if other_spelling else [name]


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Privacy())
