"""/anniversaries and /quiet: what is coming, who has not been heard of. /reminders: what is posted, and tending it."""

import discord
from discord import app_commands
from discord.ext import commands

import bot.ui.coming
import bot.ui.quiet  # noqa: F401 - these register the pages that the commands show
from bot.domain.access import Action
from bot.domain.offices import Purpose
from bot.i18n.commands import command_text as c
from bot.services.tending import which_about
from bot.ui.access import needs
from bot.ui.act_choices import act_choices
from bot.ui.callers import Interaction, caller_of, desk_of
from bot.ui.choices import partner_choices
from bot.ui.muting import mute_tie, unmute_tie
from bot.ui.pages import show_page
from bot.ui.reminder_lists import show_reminder_settings
from bot.ui.tending import finish_it, give_to, put_off
from bot.ui.test_posts import send_test

DEFAULT_DAYS, MOST_DAYS = 90, 3660
UPCOMING_DAYS, MOST_UPCOMING = 30, 400

PURPOSES = [
    app_commands.Choice(name=c(f"choice.purpose.{purpose}"), value=purpose.value) for purpose in Purpose
]


class Reminders(commands.Cog):
    @app_commands.command(name=c("anniversaries.name"), description=c("anniversaries.description"))
    @app_commands.guild_only()
    @app_commands.rename(days=c("option.days.name"))
    @app_commands.describe(days=c("option.days.description"))
    @needs(Action.READ)
    async def anniversaries(
        self, interaction: Interaction, days: app_commands.Range[int, 1, MOST_DAYS] = DEFAULT_DAYS
    ) -> None:
        await show_page(interaction, "coming", str(days))

    @app_commands.command(name=c("quiet.name"), description=c("quiet.description"))
    @app_commands.guild_only()
    @needs(Action.READ)
    async def quiet(self, interaction: Interaction) -> None:
        await show_page(interaction, "quiet")


@app_commands.guild_only()
class ReminderCommands(
    commands.GroupCog, group_name=c("reminders.name"), group_description=c("reminders.description")
):
    @app_commands.command(name=c("reminders.upcoming.name"), description=c("reminders.upcoming.description"))
    @app_commands.rename(days=c("option.days.name"))
    @app_commands.describe(days=c("option.days.description"))
    @needs(Action.READ, costly=True)
    async def upcoming(
        self, interaction: Interaction, days: app_commands.Range[int, 1, MOST_UPCOMING] = UPCOMING_DAYS
    ) -> None:
        await show_page(interaction, "upcoming", str(days))

    @app_commands.command(name=c("reminders.log.name"), description=c("reminders.log.description"))
    @needs(Action.READ)
    async def log(self, interaction: Interaction) -> None:
        await show_page(interaction, "posted")

    @app_commands.command(name=c("reminders.settings.name"), description=c("reminders.settings.description"))
    @needs(Action.READ)
    async def settings(self, interaction: Interaction) -> None:
        await show_reminder_settings(interaction)

    @app_commands.command(name=c("reminders.test.name"), description=c("reminders.test.description"))
    @app_commands.rename(purpose=c("option.purpose.name"))
    @app_commands.describe(purpose=c("option.purpose.description"))
    @app_commands.choices(purpose=PURPOSES)
    @needs(Action.ADMINISTER, costly=True)
    async def test(self, interaction: Interaction, purpose: str) -> None:
        await send_test(interaction, Purpose(purpose))

    @app_commands.command(name=c("reminders.snooze.name"), description=c("reminders.snooze.description"))
    @app_commands.rename(record=c("option.record.name"), until=c("option.until.name"))
    @app_commands.describe(
        record=c("option.reminded_record.description"), until=c("option.snooze_until.description")
    )
    @app_commands.autocomplete(record=act_choices)
    @needs(Action.REMIND)
    async def snooze(self, interaction: Interaction, record: str, until: str) -> None:
        caller = await caller_of(interaction)
        await put_off(interaction, await which_about(desk_of(interaction), caller, record), until)

    @app_commands.command(name=c("reminders.assign.name"), description=c("reminders.assign.description"))
    @app_commands.rename(record=c("option.record.name"), person=c("option.person.name"))
    @app_commands.describe(
        record=c("option.reminded_record.description"), person=c("option.assignee.description")
    )
    @app_commands.autocomplete(record=act_choices)
    @needs(Action.REMIND)
    async def assign(
        self, interaction: Interaction, record: str, person: discord.Member | None = None
    ) -> None:
        caller = await caller_of(interaction)
        which = await which_about(desk_of(interaction), caller, record)
        await give_to(interaction, which, person.id if person else None)

    @app_commands.command(name=c("reminders.done.name"), description=c("reminders.done.description"))
    @app_commands.rename(record=c("option.record.name"))
    @app_commands.describe(record=c("option.reminded_record.description"))
    @app_commands.autocomplete(record=act_choices)
    @needs(Action.REMIND)
    async def done(self, interaction: Interaction, record: str) -> None:
        caller = await caller_of(interaction)
        which = await which_about(desk_of(interaction), caller, record)
        await finish_it(interaction, which, done=True)

    @app_commands.command(name=c("reminders.mute.name"), description=c("reminders.mute.description"))
    @app_commands.rename(partner=c("option.partner.name"), until=c("option.until.name"))
    @app_commands.describe(
        partner=c("option.muted_partner.description"), until=c("option.mute_until.description")
    )
    @app_commands.autocomplete(partner=partner_choices)
    @needs(Action.SILENCE)
    async def mute(self, interaction: Interaction, partner: str, until: str = "") -> None:
        await mute_tie(interaction, partner, until)

    @app_commands.command(name=c("reminders.unmute.name"), description=c("reminders.unmute.description"))
    @app_commands.rename(partner=c("option.partner.name"))
    @app_commands.describe(partner=c("option.muted_partner.description"))
    @app_commands.autocomplete(partner=partner_choices)
    @needs(Action.SILENCE)
    async def unmute(self, interaction: Interaction, partner: str) -> None:
        await unmute_tie(interaction, partner)


async def setup(bot: commands.Bot) -> None:
    await bot.add_cog(Reminders())
    await bot.add_cog(ReminderCommands())
