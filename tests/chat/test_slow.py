"""While somebody else is writing: Discord is told in time that the answer is coming, whatever is being changed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

import bot.ui.errors as errors_ui
from db.engine import Database, Session
from tests.chat.conftest import Seen, Stage


@pytest.fixture
def free(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Writing waits until this is set; patience is at an end at once."""
    set_free, original = asyncio.Event(), Database.write

    @asynccontextmanager
    async def waiting(database: Database) -> AsyncIterator[Session]:
        await stage.env.external_wait(set_free.wait(), reason="somebody else is writing")
        async with original(database) as session:
            yield session

    monkeypatch.setattr(Database, "write", waiting)
    monkeypatch.setattr(errors_ui, "PATIENCE", 0)
    set_free.set()
    return set_free


async def freed(stage: Stage, free: asyncio.Event) -> None:
    free.set()
    await stage.env.settle()


async def test_commands_that_change_something(stage: Stage, free: asyncio.Event) -> None:
    """Founding a group, saying who may see a record, choosing a language."""
    asked: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("group found", {"name": "South"}, "South"),
        ("scope", {"record": "P1", "scope": "office"}, "P1"),
        ("language", {"language": "zh-TW"}, "繁體中文"),
    )
    for command, options, told in asked:
        free.clear()
        seen = await stage.slash(command, stage.administrator, **options)
        assert seen.result.deferred, command
        await freed(stage, free)
        assert told in seen.text
        assert seen.private


async def test_buttons_that_change_something(stage: Stage, free: asyncio.Event) -> None:
    """The answer still takes the place of the question, so that nothing is left to press twice."""
    logged = await stage.fill(await stage.slash("visit log", partner="Seattle"))
    assert "X148 logged" in logged.text
    await stage.slash("group found", stage.administrator, name="South")
    for command, options, label, told in (
        ("visit remove", {"record": "X148"}, "Remove X148", "X148 is removed"),
        ("group leave", {"group": "south"}, "Leave the group", "has left"),
    ):
        question = await stage.slash(command, stage.administrator, **options)
        free.clear()
        pressed = await stage.click(question, label, stage.administrator)
        assert pressed.result.deferred, command
        await freed(stage, free)
        shown = Seen(question.result)
        assert told in shown.text
        assert label not in shown.buttons


async def test_questions(stage: Stage, free: asyncio.Event) -> None:
    """An answer is kept for what may be asked next, and that waits as well; so does the first of a process."""
    free.clear()
    asked = await stage.slash("ask", question="How many sister cities do we have?")
    assert asked.result.deferred
    await freed(stage, free)
    assert "Kaohsiung" in asked.text
    free.clear()
    which = await stage.click(asked, "Which ones?")
    assert which.result.deferred
    await freed(stage, free)
    assert "Busan" in which.text
    back = await stage.slash("ask", question="When did Columbus become a sister city?")
    free.clear()
    chosen = await stage.click(back, back.buttons[0])
    assert chosen.result.deferred
    await freed(stage, free)
    assert "Columbus" in Seen(back.result).text
    following = await stage.slash("ask", question="and Prague?")
    assert "Prague" in following.text
