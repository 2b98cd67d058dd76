"""From proposed times to a planned visit, its event, and what becomes of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.exchanges import ExchangeStatus
from db.exchanges import NewExchange, stored_exchanges
from tests.chat.conftest import Stage
from tests.chat.forms import held, submit

pytestmark = pytest.mark.usefixtures("no_pings")


async def planned(stage: Stage) -> list[NewExchange]:
    async with stage.desk.database.read() as session:
        return [
            each for each in await stored_exchanges(session, None) if each.status is ExchangeStatus.PLANNED
        ]


async def test_from_proposal_to_plan(stage: Stage) -> None:
    """Both clocks are shown; a press fills the form; one record, and a file comes along."""
    before = len(await planned(stage))
    seen = await stage.slash("visit plan", partner="Prague", **{"from": "2026-11-23"})
    assert seen.private
    assert "Mon 23 Nov 2026, 16:00 in Kaohsiung" in seen.text
    assert "Mon 23 Nov 2026, 09:00 in Prague" in seen.text
    await stage.restart()
    form = await stage.click(seen, "Take 1")
    assert (held(form)["when"], held(form)["minutes"]) == ("2026-11-23 16:00", "60")
    done = await submit(form, stage.staff, topic="Trams", link="https://meet.example/abc")
    assert "An event stands in the server" in done.text
    assert "Mon 23 Nov 2026, 09:00" in done.text
    (file,) = done.result.response.attachments
    assert file.filename.endswith(".ics")
    (made,) = (await planned(stage))[before:]
    assert made.starts_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert (made.minutes, made.topic, made.summary) == (60, "Trams", "https://meet.example/abc")


async def test_bad_input_comes_back(stage: Stage) -> None:
    """A plan without a time of day, or in the past, or with oneself."""
    seen = await stage.slash("visit plan", partner="Seattle")
    form = await stage.click(seen, "Another time")
    refused = await submit(form, stage.staff, when="2026-12-03", topic="Ports", minutes="3")
    assert "has no time of day" in refused.text
    assert "from 15 to 480" in refused.text
    again = await stage.click(refused, "Open the form again")
    assert held(again)["topic"] == "Ports"
    late = await submit(again, stage.staff, when="2026-11-19 09:00", minutes="60")
    assert "is over" in late.text or "past" in late.text
    assert "own city" in (await stage.slash("visit plan", partner="Kaohsiung")).text
    stage.speaks("zh-TW")
    chinese = await stage.slash("visit plan", partner="西雅圖", **{"from": "昨天"})
    assert "已過" in chinese.text


async def test_the_event_of_the_server_follows(stage: Stage) -> None:
    """Made, moved and called off with the record, also after a restart."""
    form = await stage.click(
        await stage.slash("visit plan", partner="Prague", **{"from": "2026-11-23"}), "Take 1"
    )
    done = await submit(form, stage.staff, topic="Trams")
    (event,) = events(stage)
    assert event.name.endswith(": Trams")
    await stage.restart()
    moving = await stage.click(done, "Moved")
    moved = await submit(moving, stage.staff, when="2026-11-25 15:30")
    assert "was moved as well" in moved.text
    (event,) = events(stage)
    assert "2026-11-25T07:30" in str(event.scheduled_start_time).replace(" ", "T")
    calling_off = await stage.click(moved, "Cancelled")
    called_off = await submit(calling_off, stage.staff, reason="Elections")
    assert "was called off as well" in called_off.text
    assert events(stage) == []


def events(stage: Stage) -> list[Any]:
    return list(stage.env.backend.get_guild(stage.guild.id).scheduled_events.values())
