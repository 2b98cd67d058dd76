"""Telling more of a visit, and what became of a planned one, as a person presses it, in both languages."""

from dataclasses import replace

import pytest

from bot.services.exchanges import log_report
from tests.chat.conftest import Stage
from tests.chat.forms import fields, held, submit
from tests.records import person
from tests.test_visit_status import PLAN


@pytest.mark.usefixtures("no_pings")
async def test_a_visit_with_several_cities_and_its_details(stage: Stage) -> None:
    """One command, one form; then as much as one likes: two further forms, each to be taken back or gone on from."""
    form = await stage.slash("visit log", partner="Seattle", **{"with": "Prague, Gdynia"})
    seen = await stage.fill(form, date="yesterday 9:00", format=["webinar"], topic="Housing", people="60")
    assert seen.embed.title == "X148 logged: Seattle, Prague, and Gdynia"
    assert "webinar\n" in seen.text
    assert "Wed 18 Nov 2026, 17:00 in Seattle" in seen.text
    assert "Thu 19 Nov 2026, 02:00 in Prague and Gdynia" in seen.text
    assert "Areas" not in seen.text  # the topic says it already
    assert "Gdynia: 🟢 fresh" in seen.field("Contact")
    assert seen.buttons == ["Undo", "Edit", "Add details"]
    await stage.restart()
    first = await stage.click(seen, "Add details")
    assert list(fields(first)) == ["series", "co_hosts", "minutes", "recording_url", "attendees"]
    refused = await submit(first, stage.staff, series="City talks 3", minutes="soon")
    assert "“soon” is not a length of time" in refused.text
    again = await stage.click(refused, "Open the form again")
    assert held(again)["series"] == "City talks 3"
    more = await submit(again, stage.staff, minutes="1 h 30", attendees="speaker: 2 Ann @everyone")
    assert more.buttons == ["Undo", "More details", "Edit"]
    assert "90" in more.text
    second = await stage.click(more, "More details")
    assert held(second)["between"] == "Kaohsiung ↔ Seattle, Prague, Gdynia"
    assert held(second)["topics"] == "housing"
    changed = await submit(
        second,
        stage.staff,
        between="Tainan, Kaohsiung ↔ Seattle",
        level=["official"],
        proceedings="Both showed their plans.",
        decisions="a twin library | Lin @everyone | next Friday",
    )
    assert "Tainan" in changed.text
    assert "a twin library" in changed.text
    third = await stage.click(changed, "More details")
    assert list(fields(third)) == ["attachments", "sources", "note"]
    shown = await stage.slash("visit show", record="X148")
    assert "Both showed their plans." in shown.text
    assert "a twin library · Lin @\u200beveryone · by 27 November 2026" in shown.field("Decisions")
    await stage.restart()
    done = await submit(await stage.click(shown, "Done: a twin library"), stage.staff, on="yesterday")
    assert done.embed.title == "X148, Tainan, Kaohsiung, and Seattle: decision carried out"
    assert "✅ done 19 November 2026" in done.text
    shown = await stage.slash("visit show", record="X148")
    assert "Done: a twin library" not in shown.buttons
    await stage.click(done, "Undo")
    named = await stage.slash("visit decision-done", record="X148", which="library", on="tomorrow")
    assert "21 November 2026 is still to come" in named.text


async def test_what_became_of_a_plan(stage: Stage) -> None:
    """Held · Moved · Cancelled, after a restart as well; a second press says that it is so already."""
    plan = replace(PLAN, starts_at=None)
    await log_report(stage.desk, person(await stage.desk_office()), plan, "test:1")
    stage.speaks("zh-TW", stage.administrator)
    quiet = await stage.slash("quiet")
    assert "Seattle" in quiet.text
    shown = await stage.slash("visit show", record="X148")
    assert shown.buttons[:3] == ["Held", "Moved", "Cancelled"]
    await stage.restart()
    moving = await stage.click(shown, "Moved", stage.administrator)
    assert held(moving) == {"when": "2026-11-19"}
    refused = await submit(moving, stage.administrator, when="昨天")
    assert "已經過去" in refused.text
    again = await stage.click(refused, "重新開啟表單", stage.administrator)
    moved = await submit(again, stage.administrator, when="2026-12-03 9:00")
    assert "X148 已改期：西雅圖" in moved.text
    assert "12月2日" in moved.text  # in Seattle it is the evening before
    cancelling = await stage.click(moved, "取消", stage.administrator)
    cancelled = await submit(cancelling, stage.administrator, reason="颱風")
    assert "取消原因：颱風" in cancelled.text
    undone = await stage.click(cancelled, "撤回", stage.administrator)
    assert "X148" in undone.text
    back = await stage.click(moved, "撤回", stage.administrator)
    assert "X148" in back.text
    done = await stage.click(shown, "Held")
    assert "X148 was held: Seattle" in done.text
    assert "🟢 fresh" in done.field("Contact")
    twice = await stage.click(shown, "Held")
    assert "on record so already" in twice.text
    assert "Undo" not in twice.buttons
    assert "Seattle" not in (await stage.slash("quiet")).text
