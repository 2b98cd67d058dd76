"""Prospects in chat: moving one through the gate to the signing, its pilot and plan, the list, the steps."""

from typing import Any

from bot.domain.partnerships import Kind, Status
from tests.chat.conftest import Seen, Stage
from tests.chat.forms import fields, held, submit
from tests.records import person
from tests.test_prospects import prospect, stored


async def slash(server: Stage, command: str, **options: Any) -> Seen:
    """As an editor; a command may have an option called `stage`."""
    return await server.slash(command, server.administrator, **options)


async def test_through_the_gate_to_the_signing(stage: Stage, no_pings: None) -> None:
    """Stopped with a checklist; what is missing is added; all is dated; signed, it is a tie; restarts lose nothing."""
    record = f"P{await prospect(stage.desk)}"
    (choice,) = await stage.administrator.autocomplete(stage.channel, "prospect move", "record", "seattle")
    assert choice["value"] == record
    await slash(stage, "prospect move", record=record, stage="pilot", on="2026-03-01")
    stopped = await slash(stage, "prospect move", record=record, stage="proposed")
    assert "not yet “proposed”" in stopped.text
    assert "☐ a pilot that has a result" in stopped.text
    assert "partners have gone quiet" in stopped.text
    plan = await slash(stage, "prospect plan", record=record)
    planned = await submit(plan, stage.administrator, owner="Libraries", sustain_plan="A *week* each year")
    assert r"A \*week\* each year" in planned.text
    pilot = await slash(stage, "prospect pilot", record=record)
    refused = await submit(pilot, stage.administrator, title="A week", until="30 June")
    assert "Is that 30 June 2027 or 30 June 2026?" in refused.text
    await stage.restart()
    pilot = await stage.click(refused, "Open the form again", stage.administrator)
    added = await submit(pilot, stage.administrator, until="2026-06-30", result="500 readers")
    assert "pilot added" in added.text
    proposed = await slash(stage, "prospect move", record=record, stage="proposed", by_whom="The mayor")
    assert "pilot → proposed, 20 November 2026" in proposed.text
    assert "☑ a pilot that has a result" in proposed.text
    signing = await slash(stage, "prospect move", record=record, stage="signed", reason="no approval needed")
    assert held(signing)["reason"] == "no approval needed"
    assert "prospective" not in [option["value"] for option in fields(signing)["kind"]["options"]]
    late = await submit(signing, stage.administrator, on="tomorrow", kind=["sister_city"])
    assert "still to come" in late.text
    await stage.restart()
    signing = await stage.click(late, "Open the form again", stage.administrator)
    assert (held(signing)["on"], held(signing)["kind"]) == ("tomorrow", "sister_city")
    signed = await submit(signing, stage.administrator, on="today")
    assert "It is now an agreement in force: sister city." in signed.text
    await stage.click(signed, "Undo", stage.administrator)
    found, _ = await stored(stage.desk, await _caller(stage), int(record[1:]))
    assert (found.kind, found.status) == (Kind.PROSPECTIVE, Status.PROPOSED)


async def _caller(stage: Stage) -> Any:
    return person(await stage.desk_office())


async def test_going_on_all_the_same(stage: Stage) -> None:
    """A button under the checklist asks for the reason, also after a restart; it stands in the stage."""
    number = await prospect(stage.desk)
    stage.speaks("zh-TW", stage.administrator)
    stopped = await slash(stage, "prospect move", record=f"P{number}", stage="proposed", by_whom="市長")
    assert "☐已有成果的試辦計畫" in stopped.text
    await stage.restart()
    form = await stage.click(stopped, "仍要繼續", stage.administrator)
    assert held(form)["by_whom"] == "市長"
    passed = await submit(form, stage.administrator, reason="議會希望今年完成")
    assert "理由：議會希望今年完成" in passed.text
    _, parts = await stored(stage.desk, await _caller(stage), number)
    assert (parts.stages[-1].reason, parts.stages[-1].by_whom) == ("議會希望今年完成", "市長")
    staff = await stage.slash("prospect move", record=f"P{number}", stage="dropped", reason="x")
    assert "editor" in staff.text


async def test_the_list_and_the_steps(stage: Stage) -> None:
    """Staff may look; what is noted can be taken back; it is no legal advice, and says where it is from."""
    assert "No prospect is on record." in (await stage.slash("prospect list")).text
    record = f"P{await prospect(stage.desk)}"
    listed = await stage.slash("prospect list")
    assert f"**lead** (1)\n`{record}` Seattle" in listed.text
    seen = await stage.slash("prospect steps", record=record)
    assert "☐ The Executive Yuan has approved the draft" in seen.text
    assert "Ministry of the Interior" not in seen.text
    assert "⚠️ Promise the other side nothing before the approval" in seen.text
    assert "No legal advice" in seen.text
    assert "FL005208" in seen.field("Sources")
    options = {"record": record, "step": "approval_cabinet", "note": "letter 12"}
    (choice,) = await stage.administrator.autocomplete(
        stage.channel, "prospect step-done", "step", "executive", record=record
    )
    assert choice["value"] == options["step"]
    done = await slash(stage, "prospect step-done", **options, on="yesterday")
    assert "☑ The Executive Yuan has approved the draft: 19 November 2026 · letter 12" in done.text
    await stage.restart()
    await stage.click(done, "Undo", stage.administrator)
    assert "☑" not in (await stage.slash("prospect steps", record=record)).text
