"""/partner pause, resume, end and timeline as people use them, also after a restart."""

from typing import Any

import pytest

from bot.domain.access import Role, Scope
from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.services.editing import set_scope
from bot.services.life import StepWords, pause_act
from db.exchanges import NewExchange, insert_exchanges
from db.places import ids_by_key
from tests.chat.conftest import Seen, Stage
from tests.chat.forms import fields, held, submit
from tests.chat.test_nonsense import NONSENSE
from tests.records import person

pytestmark = pytest.mark.usefixtures("no_pings")

SAID = {"date": "2026-11-01", "by_whom": "the council of Seattle", "reason": "a new policy"}


async def by_editor(stage: Stage, command: str, **options: Any) -> Seen:
    return await stage.slash(f"partner {command}", stage.administrator, **options)


async def end(stage: Stage, record: str = "P195", **typed: Any) -> Seen:
    """Fill the form by which an act is ended; its answer."""
    form = await by_editor(stage, "end", record=record)
    return await submit(form, stage.administrator, **(SAID | typed))


async def test_a_pause_from_beginning_to_end(stage: Stage) -> None:
    """Before and after on a short card; the card, the list and the quiet list say until when, and why."""
    seen = await by_editor(stage, "pause", record="P195", reason="an election", until="2027-06")
    assert seen.embed.title == "P195 paused: Seattle"
    assert str(seen.embed.description).splitlines() == [
        "Status: active → paused until June 2027",
        "Since: 20 November 2026",
        "Reason: an election",
    ]
    assert seen.buttons == ["Undo"]
    assert not seen.private
    card = await stage.slash("partner show", partner="Seattle")
    assert "⏸️ paused until June 2027 (an election)" in card.field("Contact")
    assert "paused until June 2027 (an election)" in card.field("Agreements")
    quiet = await stage.slash("quiet")
    assert "`P195` **Seattle** · ⏸️ paused until June 2027 (an election)" in quiet.text
    resumed = await by_editor(stage, "resume", record="P195", note="agreed by letter")
    assert resumed.embed.title == "P195 in force again: Seattle"
    assert "Status: paused until June 2027 → active" in resumed.text
    assert "paused" not in (await stage.slash("quiet")).text


async def test_an_end_and_taking_it_back_after_a_restart(stage: Stage) -> None:
    """One form, a card that says what it comes to, and a button that still works in a new process."""
    form = await by_editor(stage, "end", record="P195")
    assert form.result.modal["title"] == "End P195: Seattle"
    assert held(form) == {"date": "", "by_whom": "", "reason": "", "trigger": "", "source": ""}
    assert [name for name, field in fields(form).items() if field["required"]] == [
        "date",
        "by_whom",
        "reason",
    ]
    await stage.restart()
    seen = await submit(form, stage.administrator, **SAID, trigger="x19", source="a report")
    assert seen.embed.title == "P195 ended: Seattle"
    assert str(seen.embed.description).splitlines() == [
        "Status: active → ended",
        "Since: 1 November 2026",
        "By: the council of Seattle",
        "Reason: a new policy",
        "Brought about by: X19",
        "Source: a report",
        "It is no longer counted as in force; its history stays.",
        "It was the last one: nothing is in force any more with Seattle.",
    ]
    assert "`P195`" not in (await stage.slash("partner list")).text
    await stage.restart()
    undone = await stage.click(seen, "Undo", stage.administrator)
    assert "P195 is as it was before" in undone.text
    assert "Seattle" in (await stage.slash("partner show", partner="Seattle")).text
    again = await by_editor(stage, "resume", record="P195")
    assert "P195 is not paused (status: active)" in again.text


async def test_a_form_that_cannot_be_taken_comes_back_filled(stage: Stage) -> None:
    """With the reason; what was typed is in it, also after a restart."""
    refused = await end(stage, date="1990", reason="It was *said* so @everyone")
    assert refused.private
    assert "1990 is before P195 was signed (1991)" in refused.text
    await stage.restart()
    again = await stage.click(refused, "Open the form again", stage.administrator)
    assert held(again)["reason"] == "It was *said* so @everyone"
    done = await submit(again, stage.administrator, date="2026")
    assert done.embed.title == "P195 ended: Seattle"
    assert "@everyone" not in done.text


async def test_a_form_that_was_overtaken(stage: Stage) -> None:
    """Somebody pauses the act while the form is open: that is shown, and the form can be sent again."""
    form = await by_editor(stage, "end", record="P195")
    other = person(await stage.desk_office(), Role.EDITOR, 4712)
    await pause_act(stage.desk, other, "P195", StepWords("2026-10", reason="an election"))
    asked = await submit(form, stage.administrator, **SAID)
    assert asked.private
    assert asked.embed.title == "P195 has changed meanwhile"
    assert "<@4712>" in asked.text
    again = await stage.click(asked, "Open the form again", stage.administrator)
    assert held(again)["reason"] == "a new policy"
    done = await submit(again, stage.administrator)
    assert "Status: paused → ended" in done.text


async def test_who_may_not(stage: Stage) -> None:
    """Loggers are told which role it takes; what makes no sense is told before a form opens."""
    for command, options in (("pause", {"reason": "x"}), ("resume", {}), ("end", {})):
        seen = await stage.slash(f"partner {command}", record="P195", **options)
        assert seen.private
        assert "takes the role “editor”" in seen.text
    seen = await by_editor(stage, "end", record="P200")
    assert seen.result.modal is None
    assert "P200 has ended already" in seen.text
    assert (
        "P200 has ended and cannot be paused"
        in (await by_editor(stage, "pause", record="P200", reason="x")).text
    )
    assert "`/undo` takes it back" in (await by_editor(stage, "resume", record="P200")).text


async def test_suggestions_fit_the_command(stage: Stage) -> None:
    """In force for a pause, paused for resuming; by number or by name in any script."""
    await by_editor(stage, "pause", record="P195", reason="an election")

    async def offered(command: str, typed: str, **filled: Any) -> list[str]:
        found = await stage.administrator.autocomplete(
            stage.channel, f"partner {command}", "record", typed, **filled
        )
        return [choice["value"] for choice in found]

    assert await offered("resume", "") == ["P195"]
    assert await offered("pause", "西雅圖") == []
    assert await offered("pause", "釜山") == ["P191"]
    assert await offered("end", "P19") == [f"P{n}" for n in range(190, 200)]
    assert await offered("timeline", "Male") == ["P200"]


async def many_exchanges(stage: Stage, number: int) -> None:
    held_then = (ExchangeKind.VISIT, ExchangeStatus.HELD)
    async with stage.desk.database.write() as session:
        ids = await ids_by_key(session, ["kaohsiung-tw", "seattle-us"])
        days = [PartialDate(1992, 1 + n % 12) for n in range(number)]
        new = [NewExchange(*held_then, day, "visit", tuple(ids.values())) for day in days]
        await insert_exchanges(session, new)


async def test_the_timeline_pages_after_a_restart(stage: Stage) -> None:
    """Oldest first; long stretches together unless each is asked for, and then in pages that outlive a restart."""
    await many_exchanges(stage, 20)
    await by_editor(stage, "pause", record="P195", reason="an election", until="2027-06")
    seen = await stage.slash("partner timeline", partner="Seattle")
    assert seen.embed.title == "Kaohsiung – Seattle: timeline"
    assert str(seen.embed.description).splitlines() == [
        "**1991** · P195 signed: sister city",
        "**1992–2011** · 21 exchanges (X148 … X19)",
        "**20 November 2026** · P195 paused until June 2027 · reason: an election",
    ]
    each = await stage.slash("partner timeline", record="p195", each=True)
    assert each.text.count(": visit") == 11
    await stage.restart()
    following = await stage.click(each, "Next →")
    assert "P195 paused until June 2027" in following.text
    assert "page 2 of 2" in following.text
    stage.speaks("zh-TW")
    chinese = await stage.slash("partner timeline", partner="西雅圖")
    assert "**2026年11月20日** · P195 暫停至2027年6月 · 理由：an election" in chinese.text


async def test_a_restricted_record_makes_it_private(stage: Stage) -> None:
    """What only the office may see is answered to the person alone."""
    form = await stage.slash("visit log", partner="Seattle")
    await stage.fill(form, topic="Housing")
    assert not (await stage.slash("partner timeline", partner="Seattle")).private
    await set_scope(stage.desk, person(await stage.desk_office(), Role.EDITOR), "X148", Scope.OFFICE)
    seen = await stage.slash("partner timeline", partner="Seattle")
    assert seen.private
    assert "X148" in seen.text


async def test_which_tie_has_to_be_said(stage: Stage) -> None:
    """One of the two options; a long label of a suggestion, pasted, is understood."""
    options: dict[str, str]
    for options in ({}, {"partner": "Seattle", "record": "P195"}):
        assert "either a partner or a record" in (await by_editor(stage, "timeline", **options)).text
    long = "Seattle, King County, Washington, United States of America, North America · Seattle"
    seen = await by_editor(stage, "timeline", partner=long)
    assert seen.embed.title == "Kaohsiung – Seattle: timeline"


async def test_nonsense_is_answered(stage: Stage) -> None:
    """Whatever is typed into the options, there is an answer, and nothing is stored."""
    for text in NONSENSE:
        seen = await by_editor(stage, "pause", record=text or "x", reason="x")
        assert seen.private
        typed = await by_editor(stage, "pause", record="P195", reason="x", until=text or "x")
        assert typed.private
