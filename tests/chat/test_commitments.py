"""Promises in chat: the form, keeping one, what happens when two people change one, the list, the sheet, the post."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.delivery import Delivery
from bot.domain.access import Role
from bot.domain.agreements import Commitment
from bot.domain.dates import PartialDate
from bot.domain.exchange_particulars import Decision
from bot.services.desk import Desk
from tests.chat.conftest import Seen, Stage
from tests.chat.forms import held, submit
from tests.conftest import NOW
from tests.records import person
from tests.test_commitments import SEATTLE, act
from tests.test_decisions import decided


class Mover:
    """A clock that the test moves."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def mover() -> Mover:
    return Mover()


@pytest.fixture
def seeded_desk(seeded_desk: Desk, mover: Mover) -> Desk:
    return replace(seeded_desk, clock=mover)


PROMISE = {"what": "One visit of *students*", "owner": "International affairs", "due": "2027-06-30"}


async def promise(stage: Stage, **values: str) -> Seen:
    form = await stage.slash("partner promise", stage.administrator, record=SEATTLE)
    return await submit(form, stage.administrator, **(PROMISE | values))


async def which(stage: Stage, command: str, typed: str = "") -> list[Mapping[str, Any]]:
    return await stage.administrator.autocomplete(stage.channel, command, "which", typed, record=SEATTLE)


async def test_a_promise_is_made_changed_and_kept(stage: Stage, no_pings: None) -> None:
    """One form; a field that cannot be read comes back filled, also after a restart; and each change can be undone."""
    refused = await promise(stage, due="mid-June", evidence="@everyone")
    assert "is not a date I can read. Try `tomorrow`" in refused.text
    await stage.restart()
    form = await stage.click(refused, "Open the form again", stage.administrator)
    assert held(form) == PROMISE | {"due": "mid-June", "evidence": "@everyone"}
    added = await submit(form, stage.administrator, due="30 June")
    assert "P195 · Seattle: promise added" in added.text
    assert r"One visit of \*students\*" in added.text
    (choice,) = await which(stage, "partner promise")
    assert choice["name"] == "1 · One visit of *students* · 30 June 2027"
    chosen = {"record": SEATTLE, "which": choice["value"]}
    form = await stage.slash("partner promise", stage.administrator, **chosen)
    assert held(form)["due"] == "2027-06-30"
    changed = await submit(form, stage.administrator, owner="The mayor's office", then=["keep"])
    assert "promise changed" in changed.text
    (choice,) = await which(stage, "partner promise-done", "students")
    chosen = {"record": SEATTLE, "which": choice["value"], "on": "yesterday", "evidence": "X40"}
    done = await stage.slash("partner promise-done", stage.administrator, **chosen)
    assert "promise kept" in done.text
    assert "Done: 19 November 2026" in done.text
    assert await which(stage, "partner promise-done") == []
    await stage.restart()
    await stage.click(done, "Undo", stage.administrator)
    assert len(await which(stage, "partner promise-done")) == 1


async def test_a_promise_that_another_changed_meanwhile(stage: Stage) -> None:
    """What they did is shown, and what one had typed comes back over it."""
    await promise(stage)
    (choice,) = await which(stage, "partner promise")
    chosen = {"record": SEATTLE, "which": choice["value"]}
    mine = await stage.slash("partner promise", stage.administrator, **chosen)
    theirs = await stage.slash("partner promise", stage.administrator, **chosen)
    await submit(theirs, stage.administrator, owner="They")
    told = await submit(mine, stage.administrator, owner="Me")
    assert "somebody has changed P195" in told.text
    assert told.private
    await stage.restart()
    again = await stage.click(told, "Open the form again", stage.administrator)
    assert held(again)["owner"] == "Me"
    kept = await submit(again, stage.administrator)
    assert "Sees to it: Me" in kept.text
    assert len(await which(stage, "partner promise")) == 1


async def test_staff_may_look_but_not_change(stage: Stage) -> None:
    """The form is not even opened."""
    seen = await stage.slash("partner promise", record=SEATTLE)
    assert seen.private
    assert "editor" in seen.text
    assert "No such promise or decision is on record." in (await stage.slash("partner commitments")).text


async def test_the_list_and_the_sheet(stage: Stage) -> None:
    """Overdue first, in pages that outlive a restart; the sheet comes as a file, restricted ones privately."""
    home = await stage.desk_office()
    late = [Commitment(f"promise {n}", due=PartialDate(2026, 1, n)) for n in range(1, 15)]
    await act(stage.desk, commitments=(Commitment("without a date"), *late))
    seen = await stage.slash("partner commitments")
    assert not seen.private
    lines = seen.text.splitlines()
    assert re.search(r"`P\d+` Seattle: promise 1$", lines[1])
    assert lines[2].strip() == "🔴 323 days overdue (due 1 January 2026)"
    assert "15 open, 14 of them overdue, 0 done" in seen.text
    await stage.restart()
    onward = await stage.click(seen, "Next ›" if "Next ›" in seen.buttons else seen.buttons[1])
    assert "without a date" in onward.text
    sheet = await stage.slash("partner commitments", partner="Seattle", sheet="xlsx")
    (file,) = sheet.result.response.attachments
    assert file.filename == "implementation-kaohsiung-2026-11-20.xlsx"
    assert "15 promises" in sheet.text
    assert not sheet.private
    await act(stage.desk, commitments=(Commitment("a secret"),), scope="office", office_id=home.id)
    assert (await stage.slash("partner commitments", sheet="csv")).private
    assert (await stage.slash("partner commitments")).private


async def test_posts_about_what_is_overdue(bare_stage: Stage, mover: Mover) -> None:
    """Once, in the channel for quiet ties, in the office's language; the button settles it after a restart."""
    stage = bare_stage
    await stage.set_up(language="zh-TW")
    number = await act(stage.desk, commitments=(Commitment("學生交流", due=PartialDate(2026, 11, 20)),))
    keeper = person(await stage.desk_office(), Role.LOGGER)
    record = await decided(stage.desk, keeper, Decision("合辦展覽", "文化局", PartialDate(2026, 11, 20)))
    mover.now = NOW + timedelta(days=1, hours=5)
    for _ in range(2):
        await Delivery(stage.desk, stage.env.bot).make_pass()
    found = [m for m in stage.channel.history() if any("承諾" in str(e.title) for e in m.embeds)]
    (message,) = found
    assert message.embeds[0].title == "高雄市–西雅圖：1 項待履行的承諾"
    assert "學生交流：逾期 1 天" in str(message.embeds[0].description)
    await stage.restart()
    form = Seen(await stage.administrator.click(message, label="完成：學生交流"))
    kept = await submit(form, stage.administrator, evidence="X40")
    assert f"P{number}" in kept.text
    assert "2026" in kept.text
    (message,) = [m for m in stage.channel.history() if any("決議" in str(e.title) for e in m.embeds)]
    assert message.embeds[0].title == "高雄市–臺南市和西雅圖：1 項待辦決議"
    assert "合辦展覽：逾期 1 天（期限 2026年11月20日）・文化局" in str(message.embeds[0].description)
    form = Seen(await stage.administrator.click(message, label="完成：合辦展覽"))
    done = await submit(form, stage.administrator)
    assert f"{record}, Kaohsiung, Tainan, and Seattle: decision carried out" in done.text
