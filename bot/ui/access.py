"""Who may use a command: one decorator for the check when it runs and for what Discord shows."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.domain.access import RULES, Action, Role
from bot.domain.errors import AttacheError
from bot.services.access import permit
from bot.ui.callers import Interaction, caller_of
from bot.ui.errors import Refused, answer_error

B = TypeVar("B")
F = TypeVar("F", bound=Callable[..., Any])
Press = Callable[[B, Interaction], Coroutine[Any, Any, None]]
AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu

COSTLY_USES, COSTLY_SECONDS = 5, 20.0
"""How often one person may use a command that reads much, within how many seconds."""

_ACTION = "attache_action"


def needs(action: Action, *, costly: bool = False) -> Callable[[F], F]:
    """Decorate the callback of a command with the rule for it; stands below the other decorators.

    The services ask again: this keeps a form from being opened in vain, and tells Discord whom to show the command.
    """

    async def allowed(interaction: Interaction) -> bool:
        try:
            permit(await caller_of(interaction), action)
        except AttacheError as reason:
            raise Refused(reason) from None
        return True

    def decorate(callback: F) -> F:
        setattr(callback, _ACTION, action)
        checked: F = app_commands.check(allowed)(callback)
        if costly:
            once_more = app_commands.checks.cooldown(COSTLY_USES, COSTLY_SECONDS, key=_person)
            checked = once_more(checked)
        return checked

    return decorate


def _person(interaction: Interaction) -> tuple[discord.Client, int]:
    """Whose uses are counted: a person's, by the bot that answers, as commands outlive the bots of one process."""
    return interaction.client, interaction.user.id


def action_of(command: AnyCommand) -> Action | None:
    """What a command needs; of a group, what the least of its commands needs. None where nothing was said."""
    if isinstance(command, app_commands.Group):
        actions = [action_of(inner) for inner in command.commands]
        return min((a for a in actions if a), key=lambda a: RULES[a].role.rank, default=None)
    found: Action | None = getattr(command.callback, _ACTION, None)
    return found


def show_to_whom_it_concerns(tree: app_commands.CommandTree[Any]) -> None:
    """Let Discord show administrators' commands to those who manage the server.

    Other roles are the office's own and unknown to Discord; a server's owner can show a command to whom they like
    (Server Settings, Integrations).
    """
    for command in tree.get_commands():
        action = action_of(command)
        if action is not None and RULES[action].role.covers(Role.ADMINISTRATOR):
            command.default_permissions = discord.Permissions(manage_guild=True)


def presses(action: Action) -> Callable[[Press[B]], Press[B]]:
    """Decorate the callback of a button that outlives restarts: who may press it, and an answer to what goes wrong.

    Whoever sees a message may press what is under it; and the library would only log an error in it.
    """

    def decorate(press: Press[B]) -> Press[B]:
        @wraps(press)
        async def answering(button: B, interaction: Interaction) -> None:
            try:
                permit(await caller_of(interaction), action)
                await press(button, interaction)
            except Exception as error:
                await answer_error(interaction, error)

        setattr(answering, _ACTION, action)
        return answering

    return decorate


def action_of_button(button: type[discord.ui.DynamicItem[Any]]) -> Action | None:
    """What pressing a button needs, None where nothing was said."""
    found: Action | None = getattr(button.callback, _ACTION, None)
    return found
