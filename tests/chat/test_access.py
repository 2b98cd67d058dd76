"""Who may use which command and press which button, as Discord shows it and as Attaché checks it."""

import discord
import pytest
from discord import app_commands
from sqlalchemy import insert, update

from bot.domain.access import RULES, Role
from bot.ui.access import COSTLY_USES, action_of, action_of_button
from db.tables import OfficeRoleRow, OfficeRow
from tests.chat.conftest import Stage


async def test_every_command_has_a_rule(stage: Stage) -> None:
    """One without would be open to whoever finds it, whether it reads or writes."""
    commands = [
        command
        for command in stage.env.bot.tree.walk_commands()
        if not isinstance(command, app_commands.Group)
    ]
    menus = [
        menu
        for kind in (discord.AppCommandType.message, discord.AppCommandType.user)
        for menu in stage.env.bot.tree.get_commands(type=kind)
    ]
    assert [each.qualified_name for each in (*commands, *menus) if action_of(each) is None] == []


async def test_every_button_has_a_rule(stage: Stage) -> None:
    """Whoever sees a message sees its buttons."""
    buttons = stage.env.bot._connection._view_store._dynamic_items.values()
    assert len(buttons) >= 3
    assert [button.__name__ for button in buttons if action_of_button(button) is None] == []


async def test_discord_shows_administrators_commands_to_administrators(stage: Stage) -> None:
    """One decorator gives both, so that they never differ."""
    for command in stage.env.bot.tree.get_commands():
        action = action_of(command)
        assert action is not None
        hidden = command.default_permissions is not None
        assert hidden == RULES[action].role.covers(Role.ADMINISTRATOR), command.name


async def test_a_role_that_is_too_weak_is_told(stage: Stage) -> None:
    """Here people without a role may only read: they are told what it takes, before any form is opened."""
    async with stage.desk.database.write() as session:
        await session.execute(update(OfficeRow).values(everyone=Role.READER))
    seen = await stage.slash("visit log", partner="Seattle")
    assert seen.private
    assert "takes the role “logger”; yours here is “reader”" in seen.text
    card = await stage.slash("partner show", partner="Seattle")
    refused = await stage.click(card, "Log a visit with Seattle")
    assert "takes the role “logger”" in refused.text


@pytest.mark.both_engines
async def test_a_mapped_role_counts(stage: Stage) -> None:
    """A Discord role is what the administrator says it is, from the next command on."""
    logging = stage.guild.create_role("loggers")
    lin = stage.guild.add_member(stage.env.create_user("lin-of-the-loggers"), roles=[logging])
    async with stage.desk.database.write() as session:
        await session.execute(update(OfficeRow).values(everyone=Role.NOBODY))
        office = (await stage.desk_office()).id
        await session.execute(
            insert(OfficeRoleRow).values(office_id=office, role_id=logging.id, role=Role.LOGGER)
        )
    form = await stage.slash("visit log", lin, partner="Seattle")
    assert form.result.modal is not None
    refused = await stage.slash("partner show", partner="Seattle")
    assert refused.private
    assert "yours here is “nobody”" in refused.text
    assert await stage.suggestions("partner show", "partner", "Sea") == []


async def test_a_server_without_an_office_gets_a_pointer(bare_stage: Stage) -> None:
    """And nothing of the registry, not even a suggestion."""
    for command, options in (
        ("partner list", {"city": "taipei-tw"}),
        ("quiet", {}),
        ("visit log", {"partner": "x"}),
    ):
        seen = await bare_stage.slash(command, **options)
        assert seen.private
        assert "/office setup" in seen.text
        assert "Houston" not in seen.text
    assert await bare_stage.suggestions("partner list", "city", "Tai") == []


async def test_who_asks_too_much_waits(stage: Stage) -> None:
    """A costly command has a limit for each person, told with the seconds to wait."""
    for _ in range(5):
        assert not (await stage.slash("partner list")).private
    seen = await stage.slash("partner list")
    assert seen.private
    assert "Please try again in" in seen.text
    assert not (await stage.slash("partner list", stage.administrator)).private


async def test_a_person_may_not_ask_for_much_all_the_time(stage: Stage) -> None:
    """What reads much is refused after some uses, to that person, by that bot; a new one begins to count anew."""
    asked = [await stage.slash("partner match") for _ in range(COSTLY_USES + 1)]
    assert ["That was a lot" in seen.text for seen in asked] == [False] * COSTLY_USES + [True]
    assert "That was a lot" not in (await stage.slash("partner match", stage.administrator)).text
    await stage.restart()
    assert "That was a lot" not in (await stage.slash("partner match")).text
