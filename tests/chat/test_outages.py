"""While the database is away: everybody is told to try again, in their language, and the log is not flooded."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import simcord
from sqlalchemy import text

from bot.client import AttacheBot
from bot.services.desk import Desk
from db.engine import Database
from tests.chat.conftest import Stage, shown_in

AWAY = {"en-US": "The database is not reachable at the moment", "zh-TW": "目前無法連線至資料庫"}


class Switch:
    """Takes a database away and brings it back: the file, or the name of the one on the server."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._away = False

    async def off(self) -> None:
        await self._database.engine.dispose()
        if file := self._database.file:
            file.rename(_beside(file))
            file.mkdir()
        else:
            await self._rename(self._name, f"{self._name}_away")
        self._away = True

    async def on(self) -> None:
        if not self._away:
            return
        if file := self._database.file:
            file.rmdir()
            _beside(file).rename(file)
        else:
            await self._rename(f"{self._name}_away", self._name)
        self._away = False

    @property
    def _name(self) -> str:
        return str(self._database.url.database)

    async def _rename(self, old: str, new: str) -> None:
        server = Database(self._database.url.set(database="postgres"))
        async with server.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            ended = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
            await connection.execute(ended, {"name": old})
            await connection.execute(text(f'ALTER DATABASE "{old}" RENAME TO "{new}"'))
        await server.close()


def _beside(file: Path) -> Path:
    return file.with_suffix(".away")


@pytest.fixture
async def switch(seeded_desk: Desk) -> AsyncIterator[Switch]:
    made = Switch(seeded_desk.database)
    yield made
    await made.on()


@pytest.fixture
async def stage(seeded_desk: Desk, locales: dict[int, str], switch: Switch) -> AsyncIterator[Stage]:
    """The server of the Kaohsiung office, where things may go wrong."""
    env = simcord.Env(AttacheBot(seeded_desk), check_errors=False, settle_timeout=20)
    await env.start()
    guild = env.create_guild("International Affairs")
    channel = guild.create_text_channel("international-affairs")
    staff = guild.add_member(env.create_user("lin"))
    made = Stage(seeded_desk, env, guild, channel, staff, staff, locales)
    await made.set_up()
    yield made
    await switch.on()
    await env.shutdown()


def complaints(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("locale", AWAY)
async def test_a_command(stage: Stage, switch: Switch, locale: str, caplog: pytest.LogCaptureFixture) -> None:
    """A sentence in the language of the person's Discord, seen by them alone; one line in the log for all of them."""
    stage.speaks(locale)
    await switch.off()
    for command, options in (("partner show", {"partner": "Seattle"}), ("help", {}), ("anniversaries", {})):
        seen = await stage.slash(command, **options)
        assert AWAY[locale] in seen.text
        assert seen.private
    [told] = complaints(caplog)
    assert told.getMessage().startswith("database.away: ")
    assert told.exc_info is None
    await switch.on()
    assert "Seattle" in (await stage.slash("partner show", partner="Seattle")).text


async def test_a_form_keeps_what_was_typed(stage: Stage, switch: Switch) -> None:
    """The text comes back with the sentence, and nothing was logged as an exchange."""
    form = await stage.slash("visit log", partner="Seattle")
    await switch.off()
    seen = await stage.fill(form, topic="Harbour talks", summary="Twelve people, two ships")
    assert AWAY["en-US"] in seen.text
    assert "Harbour talks" in seen.text
    assert "Twelve people, two ships" in seen.text
    await switch.on()
    again = await stage.slash("visit log", partner="Seattle")
    assert "X148 logged: Seattle" in (await stage.fill(again, topic="Harbour talks")).text


async def test_a_form_opens_again_as_it_was(stage: Stage, switch: Switch) -> None:
    """No draft can be stored: the process keeps it itself, for the person who typed it, until the database is back."""
    form = await stage.slash("visit log", partner="Seattle")
    await switch.off()
    long = "Twelve people, two ships. " * 55
    refused = await stage.fill(form, topic="Harbour talks", summary=long)
    assert refused.buttons == ["Open the form again"]
    assert AWAY["en-US"] in (await stage.click(refused, "Open the form again")).text
    await switch.on()
    again = await stage.click(refused, "Open the form again")
    assert shown_in(again)["topic"] == "Harbour talks"
    assert shown_in(again)["summary"] == long.strip()
    assert "X148 logged: Seattle" in (await stage.fill(again)).text


async def test_an_outage_is_not_told_again_for_every_form(
    stage: Stage, switch: Switch, caplog: pytest.LogCaptureFixture
) -> None:
    """One line for all who meet it, whether they sent a command or a form."""
    form = await stage.slash("visit log", partner="Seattle")
    await switch.off()
    await stage.fill(form)
    assert [record.getMessage().partition(":")[0] for record in complaints(caplog)] == ["database.away"]


async def test_a_button(stage: Stage, switch: Switch) -> None:
    """Pressed while the database is away, and again when it is back."""
    shown = await stage.slash("partner show", partner="Seattle")
    label = shown.buttons[0]
    await switch.off()
    assert AWAY["en-US"] in (await stage.click(shown, label)).text
    await switch.on()
    again = await stage.click(shown, label)
    assert again.result.modal is not None or AWAY["en-US"] not in again.text


async def test_suggestions(stage: Stage, switch: Switch, caplog: pytest.LogCaptureFixture) -> None:
    """There are none for the moment, and the log has one line, not one for every letter that is typed."""
    await switch.off()
    for typed in ("S", "Se", "Sea"):
        assert await stage.suggestions("partner show", "partner", typed) == []
    assert [record.getMessage().partition(":")[0] for record in complaints(caplog)] == ["database.away"]
    await switch.on()
    assert await stage.suggestions("partner show", "partner", "Sea") != []


async def test_what_is_our_own_fault_keeps_its_reference(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """A table that is missing is no outage: trying again would not help, and somebody has to look into the log."""
    async with stage.desk.database.write() as session:
        await session.execute(text("DROP TABLE preferences"))
    seen = await stage.slash("help")
    assert "Something unexpected" in seen.text
    references = [record.reference for record in caplog.records if hasattr(record, "reference")]
    assert len(references) == 1
    assert references[0] in seen.text
