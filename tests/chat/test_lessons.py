"""A lesson in the chat: noted, shown with what is planned, found by another, and counted once."""

import pytest

from tests.chat.conftest import Stage
from tests.chat.forms import held, submit

pytestmark = pytest.mark.usefixtures("no_pings")


async def test_from_an_exchange_to_the_next_plan(stage: Stage) -> None:
    """The form survives a mistake and a restart; what was learnt stands under the plan, and helps once."""
    log = await stage.slash("visit log", partner="Seattle")
    logged = await submit(log, stage.staff, date="2026-11-18", topic="Housing")
    record = logged.text.split(" logged")[0].split()[-1].strip("*")
    form = await stage.slash("lesson add", record=record)
    assert held(form)["topics"] == "housing"
    refused = await submit(form, stage.staff, ask="The housing desk")
    assert "what worked" in refused.text
    await stage.restart()
    again = await stage.click(refused, "Open the form again")
    assert held(again)["ask"] == "The housing desk"
    kept = await submit(again, stage.staff, worked="The agenda went out *early*")
    assert f"Lesson of {record} kept" in kept.text
    assert "The housing desk" in kept.text
    more = await submit(
        await stage.click(kept, "Evidence, who may see it"), stage.staff, evidence="https://example.org/a_b_c"
    )
    assert "https://example.org/a_b_c" in more.text
    offered = await stage.click(
        await stage.slash("visit plan", partner="Seattle", **{"from": "2026-11-23"}), "Take 1"
    )
    planned = await submit(offered, stage.staff, topic="Housing again")
    assert "Lessons that fit" in planned.text
    for told in ("helped you", "said so before"):
        assert told in (await stage.click(planned, f"This helped ({record})")).text
    stage.speaks("zh-TW")
    found = await stage.slash("lesson find", words="住宅")
    assert record in found.text
    assert "對 1 人有幫助" in found.text
    shown = await stage.slash("lesson show", record=record)
    assert "哪些做法有效" in shown.text
    card = await stage.slash("visit show", record=record)
    assert "有效：" in card.text
    assert "查無經驗" in (await stage.slash("lesson find", words="捷運")).text
