"""The Discord client: loads the cogs, syncs the commands, and answers errors."""

import contextlib
import logging
from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.errors import Unavailable
from bot.i18n.commands import CatalogueTranslator
from bot.in_flight import InFlight
from bot.logs import OutageLog
from bot.metrics import Meter
from bot.services.desk import Desk
from bot.services.workers import ALL, Worker, pass_failed
from bot.ui.access import show_to_whom_it_concerns
from bot.ui.buttons import button_pressed, buttons
from bot.ui.callers import Interaction
from bot.ui.direct_offices import DirectOffices
from bot.ui.drafts import HeldDrafts
from bot.ui.errors import answer_error
from bot.ui.forms import form_submitted
from bot.ui.frames import Frames

log = logging.getLogger(__name__)

COGS = (
    "partnerships", "prospects", "exchanges", "lessons", "contacts", "pressure", "audit", "reminders", "offices",
    "groups", "preferences", "privacy", "questions", "sleep", "help", "sentences",
)  # fmt: skip

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""Nothing privileged: of messages only those to the bot, mentions and direct ones, come with what they say."""


PATIENCE = 60.0
"""Seconds that the library waits by itself when Discord asks for it; for longer the one who sent decides."""


class Tree(app_commands.CommandTree[commands.Bot]):
    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        if interaction.type is discord.InteractionType.autocomplete:
            log.error("autocomplete failed", exc_info=error)
            return
        await answer_error(interaction, error)


class AttacheBot(commands.Bot):
    """Attaché on Discord. It never pings anybody: no message may mention, whatever its text.

    `lapsed` says whether this process may have lost its servers to another one; then it answers nobody.
    """

    def __init__(
        self, desk: Desk, worker: Worker | None = None, meter: Meter | None = None, **options: Any
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            tree_cls=Tree,
            max_ratelimit_timeout=PATIENCE,
            **options,
        )
        self.desk = desk
        self.worker = worker
        self.held_drafts = HeldDrafts()
        self.frames = Frames()
        self.direct_offices = DirectOffices()
        self.in_flight = InFlight(meter or Meter())
        self.outages = OutageLog()
        self.lapsed: Callable[[], bool] = lambda: False

    @property
    def own_shards(self) -> tuple[int, ...]:
        return self.worker.shards.ids if self.worker else ALL.ids

    @property
    def connected(self) -> bool:
        """Whether Discord has let us in and its events reach us."""
        return self.is_ready() and self.ws.open

    async def stop_listening(self) -> None:
        """Take no further events; what is under way can still be answered."""
        if self.ws is not None:  # as it is before the first connection, whatever its type says
            await self.ws.close(code=1000)

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        """The library's own; of an interaction it has just made the tasks by now."""
        super().dispatch(event_name, *args, **kwargs)
        if event_name == "interaction":
            self.in_flight.begin(args[0], drop=self.lapsed())

    async def on_outage(self, outage: Unavailable) -> None:
        """Somebody was told that the database is away or busy."""
        self.outages.begin(outage)

    async def on_failure(self, error: Exception) -> None:
        """Somebody was given a reference number."""
        if self.worker:
            with contextlib.suppress(Exception):  # the next sign of life tells it as well
                await pass_failed(self.desk, self.worker, error)

    async def setup_hook(self) -> None:
        await self.tree.set_translator(CatalogueTranslator())
        for cog in COGS:
            await self.load_extension(f"cogs.{cog}")
        show_to_whom_it_concerns(self.tree)
        self.add_dynamic_items(*buttons())
        if 0 in self.own_shards:  # one process does it for all
            await self.tree.sync()

    async def on_interaction(self, interaction: Interaction) -> None:
        """Beside the library's own handling: forms are taken here, whoever opened them."""
        await form_submitted(interaction)
        await button_pressed(interaction)


class ShardedBot(AttacheBot, commands.AutoShardedBot):
    """The same, for one or several of the shards over which Discord spreads the servers of a large bot."""

    @property
    def connected(self) -> bool:
        return self.is_ready() and not any(shard.is_closed() for shard in self.shards.values())

    async def stop_listening(self) -> None:
        for shard in self.shards.values():
            await shard.disconnect()


def make_bot(desk: Desk, worker: Worker, meter: Meter) -> AttacheBot:
    """The bot for the shards of this worker."""
    shards = worker.shards
    if shards.count == 1:
        return AttacheBot(desk, worker, meter)
    return ShardedBot(desk, worker, meter, shard_count=shards.count, shard_ids=list(shards.ids))
