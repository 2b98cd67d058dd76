"""/visit list, show, confirm, dispute and balance: what was done, whether all sides say so, and whose turn it is."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.domain.exchange_lists import ExchangeFilter, Only
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.i18n.commands import command_text as c
from bot.services.places import place_meant
from bot.ui.access import needs
from bot.ui.audit import record_choices
from bot.ui.callers import Interaction, caller_of, desk_of
from bot.ui.choices import partner_choices, place_choices, topic_choices
from bot.ui.confirmations import confirm_shown, open_difference_form
from bot.ui.exchange_cards import show_exchange_card
from bot.ui.exchange_filters import TypedExchangeFilter, encode_exchange_filter, read_exchange_filter
from bot.ui.exchange_lists import ICS, show_exchanges
from bot.ui.files import FileKind
from bot.ui.pages import show_page

KINDS = [app_commands.Choice(name=c(f"choice.exchange_kind.{kind}"), value=kind) for kind in ExchangeKind]
LEVELS = [
    app_commands.Choice(name=c(f"choice.exchange_level.{level}"), value=level) for level in ExchangeLevel
]
STATUSES = [
    app_commands.Choice(name=c(f"choice.exchange_status.{status}"), value=status) for status in ExchangeStatus
]
MODES = [app_commands.Choice(name=c(f"choice.mode.{mode}"), value=mode) for mode in Mode]
OPEN = [app_commands.Choice(name=c(f"choice.only.{only}"), value=only) for only in Only]
FILES = [app_commands.Choice(name=kind.upper(), value=kind) for kind in (*FileKind, ICS)]


class ExchangeListCommands(commands.Cog):
    """Part of the group /visit; see `cogs.exchanges`."""

    @app_commands.command(name=c("visit.list.name"), description=c("visit.list.description"))
    @app_commands.rename(
        partner=c("option.partner.name"),
        kind=c("option.kind.name"),
        level=c("option.level.name"),
        topic=c("option.match_topic.name"),
        since=c("option.from.name"),
        until=c("option.until.name"),
        place=c("option.place.name"),
        status=c("option.status.name"),
        mode=c("option.mode.name"),
        only=c("option.only.name"),
        file=c("option.file.name"),
    )
    @app_commands.describe(
        partner=c("option.listed_partner.description"),
        kind=c("option.exchange_kind.description"),
        level=c("option.exchange_level.description"),
        topic=c("option.listed_topic.description"),
        since=c("option.from.description"),
        until=c("option.listed_until.description"),
        place=c("option.listed_place.description"),
        status=c("option.exchange_status.description"),
        mode=c("option.mode.description"),
        only=c("option.only.description"),
        file=c("option.file.description"),
    )
    @app_commands.autocomplete(partner=partner_choices, place=place_choices, topic=topic_choices)
    @app_commands.choices(kind=KINDS, level=LEVELS, status=STATUSES, mode=MODES, only=OPEN, file=FILES)
    @needs(Action.READ, costly=True)
    async def list(
        self,
        interaction: Interaction,
        partner: str | None = None,
        kind: str | None = None,
        level: str | None = None,
        topic: str | None = None,
        since: str | None = None,
        until: str | None = None,
        place: str | None = None,
        status: str | None = None,
        mode: str | None = None,
        only: str | None = None,
        file: str | None = None,
    ) -> None:
        desk, caller = desk_of(interaction), await caller_of(interaction)
        home = await place_meant(desk, caller, place) if place else caller.own_office().place
        other = await place_meant(desk, caller, partner) if partner else None
        typed = TypedExchangeFilter(kind, level, status, mode, only, since, until, topic)
        chosen = read_exchange_filter(typed, home.id, other.id if other else None, caller.today(desk))
        await show_exchanges(interaction, chosen, file)

    @app_commands.command(name=c("visit.show.name"), description=c("visit.show.description"))
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.exchange_record.description"))
    @app_commands.autocomplete(record=record_choices)
    @needs(Action.READ)
    async def show(self, interaction: Interaction, record: str) -> None:
        await show_exchange_card(interaction, record)

    @app_commands.command(name=c("visit.confirm.name"), description=c("visit.confirm.description"))
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.exchange_record.description"))
    @app_commands.autocomplete(record=record_choices)
    @needs(Action.LOG)
    async def confirm(self, interaction: Interaction, record: str) -> None:
        await confirm_shown(interaction, record)

    @app_commands.command(name=c("visit.dispute.name"), description=c("visit.dispute.description"))
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.exchange_record.description"))
    @app_commands.autocomplete(record=record_choices)
    @needs(Action.LOG)
    async def dispute(self, interaction: Interaction, record: str) -> None:
        await open_difference_form(interaction, record)

    @app_commands.command(name=c("visit.balance.name"), description=c("visit.balance.description"))
    @app_commands.rename(partner=c("option.partner.name"), place=c("option.place.name"))
    @app_commands.describe(
        partner=c("option.listed_partner.description"), place=c("option.listed_place.description")
    )
    @app_commands.autocomplete(partner=partner_choices, place=place_choices)
    @needs(Action.READ, costly=True)
    async def balance(
        self, interaction: Interaction, partner: str | None = None, place: str | None = None
    ) -> None:
        desk, caller = desk_of(interaction), await caller_of(interaction)
        home = await place_meant(desk, caller, place) if place else caller.own_office().place
        other = await place_meant(desk, caller, partner) if partner else None
        chosen = ExchangeFilter(home.id, other.id if other else None)
        await show_page(interaction, "balance", encode_exchange_filter(chosen))
