"""/partner claim and /partner prefer: what sources say of an act, and which of them it goes by."""

from discord import app_commands
from discord.ext import commands

from bot.domain.access import Action
from bot.domain.claims import Fact
from bot.i18n.commands import command_text as c
from bot.ui.access import needs
from bot.ui.act_choices import act_choices
from bot.ui.callers import Interaction
from bot.ui.claim_forms import FACT_CHOICES, open_claim_form, show_claims


class ClaimCommands(commands.Cog):
    """Part of the group /partner; see `cogs.partnerships`."""

    @app_commands.command(name=c("partner.claim.name"), description=c("partner.claim.description"))
    @app_commands.rename(record=c("option.record.name"), fact=c("option.fact.name"))
    @app_commands.describe(record=c("option.act.description"), fact=c("option.fact.description"))
    @app_commands.autocomplete(record=act_choices)
    @app_commands.choices(fact=FACT_CHOICES)
    @needs(Action.EDIT)
    async def claim(self, interaction: Interaction, record: str, fact: str) -> None:
        await open_claim_form(interaction, record, Fact(fact))

    @app_commands.command(name=c("partner.prefer.name"), description=c("partner.prefer.description"))
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.act.description"))
    @app_commands.autocomplete(record=act_choices)
    @needs(Action.EDIT)
    async def prefer(self, interaction: Interaction, record: str) -> None:
        await show_claims(interaction, record)
