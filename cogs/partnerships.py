"""/partner: one partner, or all of them."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action, Scope
from bot.domain.dormancy import Contact
from bot.domain.partner_lists import Order
from bot.domain.partnerships import Kind, Status
from bot.domain.places import Level
from bot.domain.regions import Region
from bot.i18n.commands import command_text as c
from bot.services.comparing import compare
from bot.services.places import place_meant
from bot.ui.access import needs
from bot.ui.calendars import send_calendar
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.choices import country_choices, partner_choices, place_choices
from bot.ui.comparisons import comparison_card, is_private_comparison
from bot.ui.editing import SCOPE_CHOICES
from bot.ui.files import FileKind
from bot.ui.partner_buttons import send_partner
from bot.ui.partner_filters import ALL, TypedFilter, read_filter
from bot.ui.partner_lists import show_partners
from bot.ui.place_ties import show_ties
from cogs.claims import ClaimCommands
from cogs.commitments import PromiseCommands
from cogs.health import HealthCommands
from cogs.life import LifeCommands
from cogs.matching import Matching
from cogs.partnership_editing import EditingCommands
from cogs.reviving import RevivalCommands

KINDS = [app_commands.Choice(name=c(f"choice.kind.{kind}"), value=kind) for kind in (*Kind, ALL)]
STATUSES = [app_commands.Choice(name=c(f"choice.status.{status}"), value=status) for status in (*Status, ALL)]
REGIONS = [app_commands.Choice(name=c(f"choice.region.{region}"), value=region) for region in Region]
STATES = [app_commands.Choice(name=c(f"choice.contact.{state}"), value=state) for state in Contact]
LEVELS = [app_commands.Choice(name=c(f"choice.level.{level}"), value=level) for level in Level]
ORDERS = [app_commands.Choice(name=c(f"choice.sort.by_{order}"), value=order) for order in Order]
FILES = [app_commands.Choice(name=kind.upper(), value=kind.value) for kind in FileKind]


@app_commands.guild_only()
class Partnerships(
    ClaimCommands,
    EditingCommands,
    HealthCommands,
    LifeCommands,
    Matching,
    PromiseCommands,
    RevivalCommands,
    commands.GroupCog,
    group_name=c("partner.name"),
    group_description=c("partner.description"),
):
    @app_commands.command(name=c("partner.show.name"), description=c("partner.show.description"))
    @app_commands.rename(partner=c("option.partner.name"))
    @app_commands.describe(partner=c("option.partner.description"))
    @app_commands.autocomplete(partner=partner_choices)
    @needs(Action.READ)
    async def show(self, interaction: Interaction, partner: str) -> None:
        await send_partner(interaction, partner)

    @app_commands.command(name=c("partner.list.name"), description=c("partner.list.description"))
    @app_commands.rename(
        city=c("option.city.name"),
        country=c("option.country.name"),
        kind=c("option.kind.name"),
        status=c("option.status.name"),
        region=c("option.region.name"),
        state=c("option.contact.name"),
        level=c("option.level.name"),
        signed_from=c("option.signed_from.name"),
        signed_until=c("option.signed_until.name"),
        text=c("option.text.name"),
        sort=c("option.sort.name"),
        file=c("option.file.name"),
    )
    @app_commands.describe(
        city=c("option.city.description"),
        country=c("option.country.description"),
        kind=c("option.kind.description"),
        status=c("option.status.description"),
        region=c("option.region.description"),
        state=c("option.contact.description"),
        level=c("option.level.description"),
        signed_from=c("option.signed_from.description"),
        signed_until=c("option.signed_until.description"),
        text=c("option.text.description"),
        sort=c("option.sort.description"),
        file=c("option.file.description"),
    )
    @app_commands.autocomplete(city=place_choices, country=country_choices)
    @app_commands.choices(
        kind=KINDS, status=STATUSES, region=REGIONS, state=STATES, level=LEVELS, sort=ORDERS, file=FILES
    )
    @needs(Action.READ, costly=True)
    async def list(
        self,
        interaction: Interaction,
        city: str | None = None,
        country: str | None = None,
        kind: str | None = None,
        status: str | None = None,
        region: str | None = None,
        state: str | None = None,
        level: str | None = None,
        signed_from: str | None = None,
        signed_until: str | None = None,
        text: str | None = None,
        sort: str | None = None,
        file: str | None = None,
    ) -> None:
        desk, caller = desk_of(interaction), await caller_of(interaction)
        home = await place_meant(desk, caller, city) if city else caller.own_office().place
        typed = TypedFilter(
            country, region, kind, status, state, level, signed_from, signed_until, text, sort
        )
        chosen = read_filter(typed, home.id, caller.today(desk))
        await show_partners(interaction, chosen, FileKind(file) if file else None)

    @app_commands.command(name=c("partner.compare.name"), description=c("partner.compare.description"))
    @app_commands.rename(one=c("option.one.name"), two=c("option.two.name"))
    @app_commands.describe(one=c("option.one.description"), two=c("option.two.description"))
    @app_commands.autocomplete(one=partner_choices, two=partner_choices)
    @needs(Action.READ, costly=True)
    async def compare(self, interaction: Interaction, one: str, two: str) -> None:
        caller = await caller_of(interaction)
        found = await compare(desk_of(interaction), caller, one, two)
        embed = comparison_card(chat_texts(caller.language), found)
        await interaction.response.send_message(embed=embed, ephemeral=is_private_comparison(found))

    @app_commands.command(name=c("partner.ties.name"), description=c("partner.ties.description"))
    @app_commands.rename(place=c("option.place.name"))
    @app_commands.describe(place=c("option.tied_place.description"))
    @app_commands.autocomplete(place=place_choices)
    @needs(Action.READ, costly=True)
    async def ties(self, interaction: Interaction, place: str) -> None:
        found = await place_meant(desk_of(interaction), await caller_of(interaction), place)
        await show_ties(interaction, found)

    @app_commands.command(name=c("partner.calendar.name"), description=c("partner.calendar.description"))
    @app_commands.rename(reach=c("option.reach.name"))
    @app_commands.describe(reach=c("option.reach.description"))
    @app_commands.choices(reach=SCOPE_CHOICES)
    @needs(Action.READ, costly=True)
    async def calendar(self, interaction: Interaction, reach: str = Scope.OFFICE.value) -> None:
        await send_calendar(interaction, Scope(reach))


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Partnerships())
