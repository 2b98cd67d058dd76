"""/partner: one partner, or all of them."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.domain.partnerships import Kind, Status
from bot.i18n.commands import command_text as c
from bot.i18n.countries import read_country
from bot.services.partnerships import PartnerFilter, show_partner
from bot.services.places import place_meant
from bot.ui.access import needs
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.choices import country_choices, partner_choices, place_choices
from bot.ui.exchanges import log_visit_view
from bot.ui.pages import show_page
from bot.ui.partnerships import encode_filter, is_private, partner_card

ALL = "all"
KINDS = [app_commands.Choice(name=c(f"choice.kind.{kind}"), value=kind) for kind in (*Kind, ALL)]
STATUSES = [app_commands.Choice(name=c(f"choice.status.{status}"), value=status) for status in (*Status, ALL)]


@app_commands.guild_only()
class Partnerships(
    commands.GroupCog, group_name=c("partner.name"), group_description=c("partner.description")
):
    @app_commands.command(name=c("partner.show.name"), description=c("partner.show.description"))
    @app_commands.rename(partner=c("option.partner.name"))
    @app_commands.describe(partner=c("option.partner.description"))
    @app_commands.autocomplete(partner=partner_choices)
    @needs(Action.READ)
    async def show(self, interaction: Interaction, partner: str) -> None:
        caller = await caller_of(interaction)
        card = await show_partner(desk_of(interaction), caller, partner)
        texts = chat_texts(caller.language)
        await interaction.response.send_message(
            embed=partner_card(texts, card),
            view=log_visit_view(texts, card.tie.partner),
            ephemeral=is_private(card),
        )

    @app_commands.command(name=c("partner.list.name"), description=c("partner.list.description"))
    @app_commands.rename(
        city=c("option.city.name"),
        country=c("option.country.name"),
        kind=c("option.kind.name"),
        status=c("option.status.name"),
    )
    @app_commands.describe(
        city=c("option.city.description"),
        country=c("option.country.description"),
        kind=c("option.kind.description"),
        status=c("option.status.description"),
    )
    @app_commands.autocomplete(city=place_choices, country=country_choices)
    @app_commands.choices(kind=KINDS, status=STATUSES)
    @needs(Action.READ, costly=True)
    async def list(
        self,
        interaction: Interaction,
        city: str | None = None,
        country: str | None = None,
        kind: str | None = None,
        status: str | None = None,
    ) -> None:
        caller = await caller_of(interaction)
        home = await place_meant(desk_of(interaction), caller, city) if city else caller.own_office().place
        chosen = PartnerFilter(
            home_id=home.id,
            country=read_country(country) if country else None,
            kind=Kind(kind) if kind and kind != ALL else None,
            all_kinds=kind == ALL,
            status=Status(status) if status and status != ALL else None,
            any_status=status == ALL,
        )
        await show_page(interaction, "partners", encode_filter(chosen))


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Partnerships())
