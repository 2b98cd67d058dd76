"""What people read while the database is away: a sentence, at every step, and never nothing."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
import simcord

from bot.client import AttacheBot
from bot.services.desk import Desk
from db.engine import Database, database_url
from tests.conftest import clock

NOWHERE = "postgresql://attache@127.0.0.1:1/nothing"
"""Nobody listens on that port."""


@pytest.fixture
async def discord_without_database() -> AsyncIterator[simcord.Env]:
    """The bot in a server, on a database that cannot be reached."""
    database = Database(database_url(NOWHERE))
    env = simcord.Env(AttacheBot(Desk(database, clock)), check_errors=False, settle_timeout=20)
    await env.start()
    yield env
    await env.shutdown()
    await database.close()


def person_in(env: simcord.Env) -> tuple[Any, Any]:
    """Somebody who may do everything, and a channel."""
    guild = env.create_guild("International Affairs")
    everything = guild.create_role("everything", permissions=discord.Permissions.all())
    return guild.add_member(env.create_user("lin"), roles=[everything]), guild.create_text_channel("affairs")


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("help", {}),
        ("quiet", {}),
        ("visit log", {"partner": "Seattle"}),
        ("partner show", {"partner": "Seattle"}),
    ],
)
async def test_a_command_is_answered_with_a_sentence(
    discord_without_database: simcord.Env, command: str, options: dict[str, str]
) -> None:
    """Also where it is only to be found out who asks: nobody is left with Discord's own "did not respond"."""
    person, channel = person_in(discord_without_database)
    result = await person.slash(channel, command, **options)
    assert result.response is not None, "no answer at all"
    (card,) = result.response.embeds
    assert result.response.ephemeral
    assert "The database is not reachable at the moment" in str(card.description)
