"""/contact: people in their posts."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action, Scope
from bot.domain.contacts import ContactRole
from bot.i18n.commands import command_text as c
from bot.ui.access import needs
from bot.ui.callers import Interaction
from bot.ui.choices import partner_choices
from bot.ui.contact_removal import confirm_contact_removal
from bot.ui.contact_showing import show_contact_card, show_contact_list
from bot.ui.contacts import (
    NARROW_CHOICES,
    ROLE_CHOICES,
    STATE_CHOICES,
    contact_choices,
    open_contact_form,
    show_next_to_confirm,
    take_left,
)
from bot.ui.new_contacts import open_new_contact
from bot.ui.pages import show_page


@app_commands.guild_only()
class Contacts(commands.GroupCog, group_name=c("contact.name"), group_description=c("contact.description")):
    @app_commands.command(name=c("contact.add.name"), description=c("contact.add.description"))
    @app_commands.rename(
        partner=c("option.partner.name"),
        role=c("option.role.name"),
        replaces=c("option.replaces.name"),
        scope=c("option.scope.name"),
    )
    @app_commands.describe(
        partner=c("option.contact_partner.description"),
        role=c("option.role.description"),
        replaces=c("option.replaces.description"),
        scope=c("option.contact_scope.description"),
    )
    @app_commands.choices(role=ROLE_CHOICES, scope=NARROW_CHOICES)
    @app_commands.autocomplete(partner=partner_choices, replaces=contact_choices)
    @needs(Action.LOG)
    async def add(
        self,
        interaction: Interaction,
        partner: str,
        role: str = ContactRole.COUNTERPART.value,
        replaces: str = "",
        scope: str = Scope.OFFICE.value,
    ) -> None:
        await open_new_contact(interaction, partner, ContactRole(role), Scope(scope), replaces)

    @app_commands.command(name=c("contact.edit.name"), description=c("contact.edit.description"))
    @app_commands.rename(who=c("option.who.name"), role=c("option.role.name"))
    @app_commands.describe(who=c("option.who.description"), role=c("option.role.description"))
    @app_commands.choices(role=ROLE_CHOICES)
    @app_commands.autocomplete(who=contact_choices)
    @needs(Action.LOG)
    async def edit(self, interaction: Interaction, who: str, role: str | None = None) -> None:
        await open_contact_form(interaction, who, ContactRole(role) if role else None)

    @app_commands.command(name=c("contact.show.name"), description=c("contact.show.description"))
    @app_commands.rename(who=c("option.who.name"))
    @app_commands.describe(who=c("option.who.description"))
    @app_commands.autocomplete(who=contact_choices)
    @needs(Action.READ)
    async def show(self, interaction: Interaction, who: str) -> None:
        await show_contact_card(interaction, who)

    @app_commands.command(name=c("contact.list.name"), description=c("contact.list.description"))
    @app_commands.rename(
        partner=c("option.partner.name"),
        post=c("option.post.name"),
        role=c("option.role.name"),
        state=c("option.contact_state.name"),
    )
    @app_commands.describe(
        partner=c("option.contact_partner.description"),
        post=c("option.post.description"),
        role=c("option.role.description"),
        state=c("option.contact_state.description"),
    )
    @app_commands.choices(role=ROLE_CHOICES, state=STATE_CHOICES)
    @app_commands.autocomplete(partner=partner_choices)
    @needs(Action.READ)
    async def list_(
        self,
        interaction: Interaction,
        partner: str | None = None,
        post: app_commands.Range[str, 1, 30] = "",
        role: str | None = None,
        state: str | None = None,
    ) -> None:
        await show_contact_list(interaction, partner, post, role, state)

    @app_commands.command(name=c("contact.left.name"), description=c("contact.left.description"))
    @app_commands.rename(
        who=c("option.who.name"), until=c("option.until.name"), successor=c("option.successor.name")
    )
    @app_commands.describe(
        who=c("option.who.description"),
        until=c("option.left_until.description"),
        successor=c("option.successor.description"),
    )
    @app_commands.autocomplete(who=contact_choices, successor=contact_choices)
    @needs(Action.LOG)
    async def left(self, interaction: Interaction, who: str, until: str, successor: str = "") -> None:
        await take_left(interaction, who, until, successor)

    @app_commands.command(name=c("contact.remove.name"), description=c("contact.remove.description"))
    @app_commands.rename(who=c("option.who.name"))
    @app_commands.describe(who=c("option.who.description"))
    @app_commands.autocomplete(who=contact_choices)
    @needs(Action.EDIT)
    async def remove(self, interaction: Interaction, who: str) -> None:
        await confirm_contact_removal(interaction, who)

    @app_commands.command(name=c("contact.alumni.name"), description=c("contact.alumni.description"))
    @app_commands.rename(in_office=c("option.in_office.name"))
    @app_commands.describe(in_office=c("option.in_office.description"))
    @needs(Action.READ)
    async def alumni(self, interaction: Interaction, in_office: bool = False) -> None:
        await show_page(interaction, "alumni", "in_office" if in_office else "all")

    @app_commands.command(name=c("contact.confirm.name"), description=c("contact.confirm.description"))
    @needs(Action.LOG)
    async def confirm(self, interaction: Interaction) -> None:
        await show_next_to_confirm(interaction)


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Contacts())
