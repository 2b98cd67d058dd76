"""/group: offices that share records with each other."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.domain.groups import MAX_GROUP_NAME
from bot.i18n.commands import command_text as c
from bot.services.groups import (
    about_to_leave,
    accept_invitation,
    decline_invitation,
    found_group,
    invite_office,
    withdraw_invitation,
)
from bot.ui.access import needs
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of, forget_caller
from bot.ui.cards import Card
from bot.ui.errors import answer, soon
from bot.ui.groups import (
    founded_card,
    group_card,
    group_choices,
    invitable_choices,
    invitation_choices,
    invited_choices,
    joined_card,
    leaving_card,
    leaving_view,
)
from bot.ui.pages import show_page

Name = app_commands.Range[str, 1, MAX_GROUP_NAME]


@app_commands.guild_only()
class Groups(commands.GroupCog, group_name=c("group.name"), group_description=c("group.description")):
    @app_commands.command(name=c("group.found.name"), description=c("group.found.description"))
    @app_commands.rename(name=c("option.group_name.name"), name_zh=c("option.group_name_zh.name"))
    @app_commands.describe(
        name=c("option.group_name.description"), name_zh=c("option.group_name_zh.description")
    )
    @needs(Action.ADMINISTER)
    async def found(self, interaction: Interaction, name: Name, name_zh: Name | None = None) -> None:
        caller = await caller_of(interaction)
        group = await soon(interaction, found_group(desk_of(interaction), caller, name, name_zh))
        forget_caller(interaction)
        embed = founded_card(chat_texts(caller.language), group)
        await answer(interaction, embed, private=True)

    @app_commands.command(name=c("group.invite.name"), description=c("group.invite.description"))
    @app_commands.rename(group=c("option.group.name"), office=c("option.office.name"))
    @app_commands.describe(group=c("option.group.description"), office=c("option.invited.description"))
    @app_commands.autocomplete(group=group_choices, office=invitable_choices)
    @needs(Action.ADMINISTER)
    async def invite(self, interaction: Interaction, group: str, office: str) -> None:
        caller = await caller_of(interaction)
        found, place = await soon(interaction, invite_office(desk_of(interaction), caller, group, office))
        texts = chat_texts(caller.language)
        title = texts("group.invited_title", place=place, group=found)
        embed = group_card(texts, title, found, texts("group.invited_next", place=place))
        await answer(interaction, embed, private=True)

    @app_commands.command(name=c("group.withdraw.name"), description=c("group.withdraw.description"))
    @app_commands.rename(group=c("option.group.name"), office=c("option.office.name"))
    @app_commands.describe(group=c("option.group.description"), office=c("option.withdrawn.description"))
    @app_commands.autocomplete(group=group_choices, office=invited_choices)
    @needs(Action.ADMINISTER)
    async def withdraw(self, interaction: Interaction, group: str, office: str) -> None:
        caller = await caller_of(interaction)
        found, place = await soon(
            interaction, withdraw_invitation(desk_of(interaction), caller, group, office)
        )
        texts = chat_texts(caller.language)
        embed = group_card(texts, texts("group.withdrawn", place=place, group=found), found)
        await answer(interaction, embed, private=True)

    @app_commands.command(name=c("group.accept.name"), description=c("group.accept.description"))
    @app_commands.rename(group=c("option.group.name"))
    @app_commands.describe(group=c("option.invitation.description"))
    @app_commands.autocomplete(group=invitation_choices)
    @needs(Action.ADMINISTER)
    async def accept(self, interaction: Interaction, group: str) -> None:
        caller = await caller_of(interaction)
        joined = await soon(interaction, accept_invitation(desk_of(interaction), caller, group))
        forget_caller(interaction)
        embed = joined_card(chat_texts(caller.language), joined)
        await answer(interaction, embed, private=True)

    @app_commands.command(name=c("group.decline.name"), description=c("group.decline.description"))
    @app_commands.rename(group=c("option.group.name"))
    @app_commands.describe(group=c("option.invitation.description"))
    @app_commands.autocomplete(group=invitation_choices)
    @needs(Action.ADMINISTER)
    async def decline(self, interaction: Interaction, group: str) -> None:
        caller = await caller_of(interaction)
        declined = await soon(interaction, decline_invitation(desk_of(interaction), caller, group))
        embed = Card(chat_texts(caller.language)("group.declined", group=declined)).embed
        await answer(interaction, embed, private=True)

    @app_commands.command(name=c("group.leave.name"), description=c("group.leave.description"))
    @app_commands.rename(group=c("option.group.name"))
    @app_commands.describe(group=c("option.group.description"))
    @app_commands.autocomplete(group=group_choices)
    @needs(Action.ADMINISTER)
    async def leave(self, interaction: Interaction, group: str) -> None:
        caller = await caller_of(interaction)
        leaving = await about_to_leave(desk_of(interaction), caller, group)
        texts = chat_texts(caller.language)
        await answer(interaction, leaving_card(texts, leaving), leaving_view(texts, leaving), private=True)

    @app_commands.command(name=c("group.show.name"), description=c("group.show.description"))
    @needs(Action.READ)
    async def show(self, interaction: Interaction) -> None:
        await show_page(interaction, "groups")


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Groups())
