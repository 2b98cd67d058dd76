"""/office setup, /help, and what happens when something breaks."""

import logging
import sys

import discord
import pytest

from bot.ui.help import TOPICS
from tests.chat.conftest import Stage
from tests.records import audit_entries


async def test_setting_up_an_office(bare_stage: Stage) -> None:
    """An administrator ties the server to a city in one command; the change is in the audit trail."""
    seen = await bare_stage.slash(
        "office setup", bare_stage.administrator, city="高雄", channel=bare_stage.channel
    )
    assert "office of Kaohsiung" in seen.text
    assert "09:00" in seen.text
    card = await bare_stage.slash("partner show", partner="Seattle")
    assert card.embed.title == "Kaohsiung – Seattle"
    (entry,) = [e for e in await audit_entries(bare_stage.desk) if e.action == "office.set_up"]
    assert entry.user_id == bare_stage.administrator.id
    assert entry.after is not None
    assert entry.after["place"] == "kaohsiung-tw"


async def test_staff_may_not_set_up_an_office(bare_stage: Stage) -> None:
    """Without the right to manage the server, the command is refused, and nothing is tied."""
    with pytest.raises(Exception, match=r"permission|visible|available"):
        await bare_stage.slash("office setup", city="kaohsiung-tw", channel=bare_stage.channel)
    assert [e for e in await audit_entries(bare_stage.desk) if e.action == "office.set_up"] == []


async def test_a_closed_channel_is_refused(bare_stage: Stage) -> None:
    """A channel that the bot may not write to is told before anything is stored."""
    closed = bare_stage.guild.create_text_channel(
        "closed",
        overwrites={bare_stage.env.bot.user: discord.PermissionOverwrite(send_messages=False)},
    )
    seen = await bare_stage.slash(
        "office setup", bare_stage.administrator, city="kaohsiung-tw", channel=closed
    )
    assert "may not write in #closed" in seen.text


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("Atlantis", "No place called"),
        ("Columbus", "several places"),
        ("taipei-tw", "server is the office of"),
    ],
)
async def test_a_server_has_one_office(stage: Stage, city: str, expected: str) -> None:
    """Unknown and ambiguous cities, and a second city for the same server, get a sentence."""
    seen = await stage.slash("office setup", stage.administrator, city=city, channel=stage.channel)
    assert expected in seen.text


async def test_help_has_an_entry_for_each_command(stage: Stage) -> None:
    """Help and command tree do not drift apart."""
    paths = {
        " ".join(part for part in (command.parent.name if command.parent else None, command.name) if part)
        for command in stage.env.bot.tree.walk_commands()
        if not isinstance(command, discord.app_commands.Group)
    }
    assert {topic.replace("_", " ") for topic in TOPICS} == paths - {"help"}
    seen = await stage.slash("help")
    for path in paths - {"help"}:
        assert f"/{path}" in seen.text


async def test_the_unexpected_gets_a_reference(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A broken service is answered with a short number that the log carries, with nothing of the person's."""

    async def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(sys.modules["cogs.partnerships"], "show_partner", broken)
    with caplog.at_level(logging.ERROR):
        seen = await stage.slash("partner show", partner="a secret that was typed")
    assert seen.private
    reference = seen.text.split("**")[1]
    assert f"reference {reference}" in caplog.text
    assert "a fault of ours" in caplog.text
    assert "a secret that was typed" not in caplog.text
    [error] = [e for e in stage.env.errors if isinstance(getattr(e, "original", e), RuntimeError)]
    stage.env._errors.remove(error)
