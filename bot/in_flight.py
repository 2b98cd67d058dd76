"""The interactions that are being answered right now: how long each takes, how it ends, and waiting for them."""

import asyncio
import time
from functools import partial
from typing import Any

import discord

from bot.metrics import Meter
from bot.ui.errors import OUTCOME, answer_error

Interaction = discord.Interaction[Any]

TASKS = (
    "CommandTree-invoker",
    "discord-ui-view-dispatch-",
    "discord-ui-modal-dispatch-",
    "discord-ui-dynamic-item-",
    "discord.py: on_interaction",
)
"""How discord.py names, or begins to name, the tasks in which it answers an interaction."""

KINDS = {
    discord.InteractionType.application_command: "command",
    discord.InteractionType.autocomplete: "suggestions",
    discord.InteractionType.component: "button",
    discord.InteractionType.modal_submit: "form",
}


class InFlight:
    """Knows the tasks that answer interactions, and sees to it that what breaks one is answered, too.

    To be told of each interaction when its tasks have just been made.
    """

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._tasks: set[asyncio.Task[Any]] = set()

    def begin(self, interaction: Interaction, *, drop: bool = False) -> None:
        """Watch the interaction's tasks until they end; `drop` ends them before they begin."""
        tasks = {
            task
            for task in asyncio.all_tasks()
            if task not in self._tasks and task.get_name().startswith(TASKS)
        }
        if drop:
            interaction.extras[OUTCOME] = "dropped"
        self._tasks |= tasks
        began, left = time.perf_counter(), set(tasks)
        for task in tasks:
            task.add_done_callback(partial(self._one_ended, interaction, began, left))
            if drop:
                task.cancel()

    def _one_ended(
        self, interaction: Interaction, began: float, left: set[asyncio.Task[Any]], task: asyncio.Task[Any]
    ) -> None:
        self._tasks.discard(task)
        left.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            # The library answers what goes wrong in a command, not what goes wrong before it.
            task = asyncio.create_task(answer_error(interaction, error))
            task.add_done_callback(partial(self._one_ended, interaction, began, left))
            self._tasks.add(task)
            left.add(task)
        elif not left:
            self._meter.interaction(
                KINDS.get(interaction.type, "other"),
                _command(interaction),
                _outcome(interaction, cut_off=task.cancelled()),
                time.perf_counter() - began,
            )

    async def ended(self, seconds: float) -> None:
        """Wait until what is under way has been answered; what takes longer than this is cut off."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        rest = set(self._tasks)
        for task in rest:
            task.cancel()
        if rest:
            await asyncio.wait(rest)


def _command(interaction: Interaction) -> str:
    """The command's English name; buttons and forms have none, and their ids are no label."""
    return interaction.command.qualified_name if interaction.command else ""


def _outcome(interaction: Interaction, *, cut_off: bool) -> str:
    if outcome := interaction.extras.get(OUTCOME):
        return str(outcome)
    if interaction.response.is_done():
        return "answered"
    return "cut_off" if cut_off else "unanswered"
