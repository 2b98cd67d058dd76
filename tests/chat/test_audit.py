"""/history, /undo, /scope, /visit edit and /visit remove as people use them, also after a restart."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.access import Role, Scope
from bot.services.audit import undo
from bot.services.editing import edit_visit, open_visit, set_scope
from bot.services.exchanges import VisitForm, log_visit
from tests.chat.conftest import Seen, Stage, form_values, shown_in
from tests.chat.test_nonsense import NONSENSE
from tests.records import audit_entries, office_of, person

pytestmark = pytest.mark.usefixtures("no_pings")


async def logged(stage: Stage, person_: Any = None, **typed: Any) -> Seen:
    """A visit with Seattle, logged by somebody; its answer."""
    form = await stage.slash("visit log", person_, partner="Seattle")
    return await stage.fill(form, person_, **({"topic": "Housing"} | typed))


async def topic(stage: Stage, record: str = "X148") -> str:
    form = await stage.slash("visit edit", stage.administrator, record=record)
    return str(shown_in(form)["topic"])


async def deeds(stage: Stage) -> list[str]:
    return [entry.action for entry in await audit_entries(stage.desk) if entry.subject.startswith("X")]


# Editing ----------------------------------------------------------------------------------------------------


@pytest.mark.both_engines
async def test_a_visit_is_changed_in_its_form(stage: Stage) -> None:
    """The form holds what is stored; the answer tells field by field what was changed."""
    await logged(stage, date="yesterday 9:00", people="6", summary="Two lines\nof it")
    form = await stage.slash("visit edit", record="x148")
    assert form.result.modal["title"] == "X148: Seattle"
    assert shown_in(form) == {
        "date": "2026-11-19 09:00", "format": "video", "topic": "Housing", "people": "6",
        "summary": "Two lines\nof it",
    }  # fmt: skip
    seen = await stage.fill(form, topic="Ports", people="", format=["phone"])
    assert seen.embed.title == "X148 changed: Seattle"
    assert str(seen.embed.description).splitlines() == ["Topic: Housing → Ports", "People: 6 → –"]
    assert not seen.private
    assert seen.buttons == ["Undo", "Edit"]
    assert shown_in(await stage.click(seen, "Edit"))["topic"] == "Ports"
    nothing = await stage.fill(await stage.slash("visit edit", record="X148"))
    assert nothing.embed.title == "X148 stays as it is: Seattle"
    assert nothing.buttons == ["Edit"]


async def test_a_form_of_a_restart_ago(stage: Stage) -> None:
    """Buttons, forms, and the way back to a refused form outlive the process."""
    seen = await logged(stage)
    await stage.restart()
    form = await stage.click(seen, "Edit")
    await stage.restart()
    refused = await stage.fill(form, date="never", topic="Ports")
    assert refused.private
    assert "not a date I can read" in refused.text
    await stage.restart()
    again = await stage.click(refused, "Open the form again")
    assert shown_in(again)["topic"] == "Ports"
    done = await stage.fill(again, date="2026-11-18")
    assert "Date: 20 November 2026 → 18 November 2026" in done.text


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("X1", "not a record of your office"),
        ("X99999", "There is no record X99999"),
        ("P191", "is an agreement"),
        ("Seattle", "is not a record number"),
        ("@everyone", "is not a record number"),
    ],
)
async def test_what_cannot_be_edited_is_told_before_a_form_opens(
    stage: Stage, record: str, expected: str
) -> None:
    """With the reason, and in private."""
    seen = await stage.slash("visit edit", stage.administrator, record=record)
    assert seen.result.modal is None
    assert seen.private
    assert expected in seen.text


async def test_who_may_not_edit_is_told_whom_to_ask(stage: Stage) -> None:
    """The button under somebody else's visit is there for everybody, and answers by the rules."""
    seen = await logged(stage, stage.administrator)
    for refused in (await stage.click(seen, "Edit"), await stage.slash("visit edit", record="X148")):
        assert refused.private
        assert "ask somebody with the role “editor”" in refused.text
    assert "role “editor”" in (await stage.click(seen, "Undo")).text
    assert "takes the role “editor”" in (await stage.slash("visit remove", record="X148")).text


# Two at once ------------------------------------------------------------------------------------------------


async def overtaken(stage: Stage) -> Seen:
    """The administrator changes a visit while its writer has the form open: what the writer is asked."""
    await logged(stage, people="6")
    mine = await stage.slash("visit edit", record="X148")
    theirs = await stage.slash("visit edit", stage.administrator, record="X148")
    await stage.fill(theirs, stage.administrator, topic="Ports")
    return await stage.fill(mine, people="7", summary="It was a long talk.")


async def test_the_second_is_asked(stage: Stage) -> None:
    """Nothing is stored; who changed what, and what one's own would change, stand on the card."""
    asked = await overtaken(stage)
    assert asked.private
    assert asked.embed.title == "X148 has changed meanwhile"
    since = asked.field("What was changed since")
    assert f"<@{stage.administrator.id}>" in since
    assert "Fri 20 Nov 2026, 12:00" in since
    assert "Topic: Housing → Ports" in since
    mine = asked.field("What yours would change").splitlines()
    assert mine == ["Topic: Ports → Housing", "People: 6 → 7", "Summary: – → It was a long talk."]
    assert asked.buttons == ["Save mine over it", "Open the form again"]
    assert await deeds(stage) == ["exchange.logged", "exchange.edited"]


async def test_saving_over_it_after_a_restart(stage: Stage) -> None:
    """A press stores one's own over what was shown, once however often it is pressed."""
    asked = await overtaken(stage)
    await stage.restart()
    for _ in range(2):
        done = await stage.click(asked, "Save mine over it")
        assert done.embed.title == "X148 changed: Seattle"
        assert "Topic: Ports → Housing" in done.text
    assert await deeds(stage) == ["exchange.logged", "exchange.edited", "exchange.edited"]


async def test_saving_over_something_newer_asks_again(stage: Stage) -> None:
    """What was not shown is not written over."""
    asked = await overtaken(stage)
    theirs = await stage.slash("visit edit", stage.administrator, record="X148")
    await stage.fill(theirs, stage.administrator, topic="Parks")
    again = await stage.click(asked, "Save mine over it")
    assert again.private
    assert "Topic: Ports → Parks" in again.field("What was changed since")
    assert "Housing → Ports" not in again.text
    assert await topic(stage) == "Parks"
    done = await stage.click(again, "Save mine over it")
    assert "Topic: Parks → Housing" in done.text


async def test_opening_the_form_again_keeps_what_was_typed(stage: Stage) -> None:
    """It is filled with one's own, and stored over the version that was shown."""
    asked = await overtaken(stage)
    await stage.restart()
    form = await stage.click(asked, "Open the form again")
    assert shown_in(form)["summary"] == "It was a long talk."
    done = await stage.fill(form, topic="Ports")
    assert str(done.embed.description).splitlines() == ["People: 6 → 7", "Summary: – → It was a long talk."]


async def test_a_question_is_for_the_one_who_was_asked(stage: Stage) -> None:
    """Nobody else can press another's answer through."""
    asked = await overtaken(stage)
    (button, *_) = asked.result.response.components[0]["components"]
    assert button["label"] == "Save mine over it"
    draft = button["custom_id"].split(":")[-1]
    from bot.services.preferences import read_draft

    assert await read_draft(stage.desk, stage.administrator.id, draft) is None
    assert await read_draft(stage.desk, stage.staff.id, draft) is not None


async def test_a_form_is_not_stored_over_a_removed_record(stage: Stage) -> None:
    """It is gone; what was typed stays at hand, in case it comes back."""
    await logged(stage)
    form = await stage.slash("visit edit", record="X148")
    await undo(stage.desk, await editor(stage), "X148")
    refused = await stage.fill(form, summary="Two hours of work")
    assert "There is no record X148" in refused.text
    await stage.slash("undo", stage.administrator, record="X148")
    await undo_again(stage)
    again = await stage.click(refused, "Open the form again")
    assert shown_in(again)["summary"] == "Two hours of work"


async def undo_again(stage: Stage) -> None:
    from bot.services.audit import undo_entry

    last = (await audit_entries(stage.desk, "X148"))[-1]
    await undo_entry(stage.desk, await editor(stage), last.id)


async def editor(stage: Stage) -> Any:
    return person(await stage.desk_office(), Role.EDITOR, 99)


# Undo -------------------------------------------------------------------------------------------------------


async def test_undo_and_put_it_back(stage: Stage) -> None:
    """By command and by button, also after a restart; pressed twice, it is done once."""
    seen = await logged(stage)
    assert seen.buttons == ["Undo", "Edit", "Add details"]
    await stage.restart()
    undone = await stage.click(seen, "Undo")
    assert undone.embed.title == "Taken back: X148 is removed"
    assert "Topic: Housing" in undone.text
    assert undone.buttons == ["Put it back"]
    assert "Seattle" in (await stage.slash("quiet")).text
    twice = await stage.click(seen, "Undo")
    assert twice.private
    assert "has been taken back already" in twice.text
    await stage.restart()
    back = await stage.click(undone, "Put it back")
    assert back.embed.title == "Put back: X148 is there again"
    assert back.buttons == ["Undo"]
    assert "Seattle" not in (await stage.slash("quiet")).text
    assert await deeds(stage) == ["exchange.logged", "exchange.undone", "exchange.put_back"]


async def test_undo_goes_step_by_step(stage: Stage) -> None:
    """Twice two steps, across records; then there is nothing more."""
    await logged(stage)
    await stage.fill(await stage.slash("visit edit", record="X148"), topic="Ports")
    first = await stage.slash("undo")
    assert first.embed.title == "Taken back: X148 is as it was before"
    assert first.embed.description == "Topic: Ports → Housing"
    second = await stage.slash("undo")
    assert second.embed.title == "Taken back: X148 is removed"
    nothing = await stage.slash("undo")
    assert nothing.private
    assert "You changed nothing here within the last day" in nothing.text


async def test_what_others_changed_since_is_told(stage: Stage) -> None:
    """Nothing is taken back, and the card says what was changed, and by whom."""
    await logged(stage)
    theirs = await stage.slash("visit edit", stage.administrator, record="X148")
    await stage.fill(theirs, stage.administrator, topic="Ports")
    seen = await stage.slash("undo")
    assert seen.private
    assert "was changed again afterwards" in seen.text
    since = seen.field("What was changed since")
    assert f"<@{stage.administrator.id}>" in since
    assert "Topic: Housing → Ports" in since
    assert await topic(stage) == "Ports"
    assert (await stage.slash("undo", stage.administrator, record="X148")).text.startswith("Taken back")


# Removing ---------------------------------------------------------------------------------------------------


async def test_removing_asks_first(stage: Stage) -> None:
    """The question shows the record; the answer takes its place, with the way back."""
    await logged(stage)
    question = await stage.slash("visit remove", stage.administrator, record="X148")
    assert question.private
    assert question.embed.title == "Remove X148?"
    assert "virtual visit · Kaohsiung and Seattle" in question.text
    assert await deeds(stage) == ["exchange.logged"]
    await stage.restart()
    await stage.click(question, "Remove X148", stage.administrator)
    assert question.embed.title == "X148 is removed"
    assert question.buttons == ["Put it back"]
    back = await stage.click(question, "Put it back", stage.administrator)
    assert back.embed.title == "Taken back: X148 is there again"
    assert await topic(stage) == "Housing"


async def test_removing_what_was_changed_since_asks_again(stage: Stage) -> None:
    """Nobody removes what they have not seen."""
    await logged(stage)
    question = await stage.slash("visit remove", stage.administrator, record="X148")
    await stage.fill(await stage.slash("visit edit", record="X148"), topic="Ports")
    again = await stage.click(question, "Remove X148", stage.administrator)
    assert "Topic: Housing → Ports" in again.field("What was changed since")
    await stage.click(again, "Remove X148", stage.administrator)
    assert await deeds(stage) == ["exchange.logged", "exchange.edited", "exchange.removed"]


# Who may see ------------------------------------------------------------------------------------------------


async def test_what_only_the_office_sees_is_answered_in_private(stage: Stage) -> None:
    """Logging, showing, listing, editing, undoing, the history: no channel sees it."""
    form = await stage.slash("visit log", partner="Seattle", scope="office")
    seen = await stage.fill(form, topic="Budget")
    assert seen.private
    assert "Seen by: only our office" in seen.text
    answers = {
        "show": await stage.slash("partner show", partner="Seattle"),
        "history": await stage.slash("history", record="X148"),
        "edit": await stage.fill(await stage.slash("visit edit", record="X148"), topic="Budget 2027"),
        "undo": await stage.slash("undo"),
    }
    assert {name: answer.private for name, answer in answers.items()} == dict.fromkeys(answers, True)
    assert "Budget" in answers["show"].text
    assert not (await stage.slash("partner show", partner="Busan")).private


async def test_the_quiet_list_with_a_hidden_contact_is_private(stage: Stage) -> None:
    """The date of a contact that only the office knows of is on it."""
    assert not (await stage.slash("quiet")).private
    form = await stage.slash("visit log", partner="Seattle", scope="office")
    await stage.fill(form, date="2012")
    seen = await stage.slash("quiet")
    assert seen.private
    assert "2012 (X148)" in seen.text


async def test_a_scope_that_was_chosen_survives_a_refused_form(stage: Stage) -> None:
    """What was meant for the office alone does not become everybody's on the way back to the form."""
    form = await stage.slash("visit log", partner="Seattle", scope="office")
    refused = await stage.fill(form, date="never", topic="Budget")
    await stage.restart()
    seen = await stage.fill(await stage.click(refused, "Open the form again"), date="today")
    assert seen.private
    assert "Seen by: only our office" in seen.text


async def test_the_group_needs_a_group(stage: Stage) -> None:
    """Told before the form is opened, where the office has left every group."""
    from db import groups

    office = await stage.desk_office()
    async with stage.desk.database.write() as session:
        for group in await groups.all_groups(session):
            await groups.end_membership(session, group.id, office.id)
    seen = await stage.slash("visit log", partner="Seattle", scope="group")
    assert seen.result.modal is None
    assert "is in no group" in seen.text


async def test_scope_is_for_editors(stage: Stage) -> None:
    """It says what it was before, and can be taken back like any change."""
    await logged(stage)
    refused = await stage.slash("scope", record="X148", scope="office")
    assert "takes the role “editor”" in refused.text
    seen = await stage.slash("scope", stage.administrator, record="X148", scope="office")
    assert seen.private
    assert seen.embed.title == "X148 is now seen by: only our office"
    assert "Before: all offices." in seen.text
    nothing = await stage.slash("scope", stage.administrator, record="X148", scope="office")
    assert nothing.embed.title == "X148 was seen by: only our office, and still is"
    undone = await stage.click(seen, "Undo", stage.administrator)
    assert undone.private
    assert "Seen by: only our office → all offices" in undone.text
    foreign = await stage.slash("scope", stage.administrator, record="P191", scope="office")
    assert "not a record of your office" in foreign.text


async def test_a_list_that_becomes_private_is_not_turned_in_public(stage: Stage) -> None:
    """The pages of a list that was asked for in public go on in private once something in it is not for all."""
    from sqlalchemy import update

    from db.tables import PartnershipRow

    shown = await stage.slash("partner list", city="taipei-tw")
    assert not shown.private
    office = await office_of(stage.desk, "taipei-tw")
    async with stage.desk.database.write() as session:
        await session.execute(
            update(PartnershipRow.__table__)  # type: ignore[arg-type]
            .where(PartnershipRow.id.in_(range(1, 60)))
            .values(scope=Scope.GROUP, office_id=office.id)
        )
    turned = await stage.click(shown, "Next →")
    assert turned.private
    assert "page 2 of" in turned.text
    assert "page 1 of" in shown.text


# History ----------------------------------------------------------------------------------------------------


async def test_a_history_in_words(stage: Stage) -> None:
    """Newest first, local time, who, and what field by field; what was taken back says so."""
    await logged(stage, date="yesterday 9:00", people="6")
    await stage.fill(await stage.slash("visit edit", record="X148"), topic="@everyone **Ports**", people="")
    await stage.slash("undo")
    seen = await stage.slash("history", record="X148")
    assert not seen.private
    assert seen.embed.title == "X148: what was changed"
    lines = str(seen.embed.description).splitlines()
    who = f"**Fri 20 Nov 2026, 12:00** · <@{stage.staff.id}> · "
    heads = [line.removeprefix(who) for line in lines if line.startswith("**")]
    assert heads == ["took back a change", "changed (taken back)", "logged"]
    assert "@everyone" not in seen.text
    assert r"\*\*Ports\*\*" in seen.text
    assert "　Kind: virtual visit" in lines
    assert "　Begins at: Thu 19 Nov 2026, 09:00" in lines
    assert "　Places: Kaohsiung and Seattle" in lines
    assert "　Seen by: all offices" in lines
    assert "Asia/Taipei" in seen.text


async def test_another_offices_people_are_not_shown(stage: Stage) -> None:
    """Only which office it was."""
    tainan = await office_of(stage.desk, "tainan-tw")
    form = VisitForm("seattle-us", "yesterday", topic="Mangoes")
    number = (await log_visit(stage.desk, person(tainan, user_id=4711), form, "test:1")).exchange.id
    seen = await stage.slash("history", record=f"X{number}")
    assert "· office of Tainan · logged" in seen.text
    assert "4711" not in seen.text
    await set_scope(stage.desk, person(tainan, Role.EDITOR), f"X{number}", Scope.OFFICE)
    hidden = await stage.slash("history", record=f"X{number}")
    assert hidden.private
    assert f"There is no record X{number}" in hidden.text


@pytest.mark.both_engines
async def test_a_long_history_has_pages(stage: Stage) -> None:
    """Whole entries on each, within Discord's limits, and buttons that outlive a restart."""
    await logged(stage, summary="x" * 1500)
    caller = person(await stage.desk_office(), Role.EDITOR, 99)
    for number in range(30):
        opened = await open_visit(stage.desk, caller, "X148")
        fields = replace(opened.fields, topic=f"Topic {number} " + "t" * 150, summary=str(number) * 700)
        await edit_visit(stage.desk, caller, 148, opened.version, fields)
    seen = await stage.slash("history", record="X148")
    assert "page 1 of 4" in seen.text
    await stage.restart()
    await stage.click(seen, "Next →")
    assert "page 2 of 4" in seen.text
    assert str(seen.embed.description).startswith("**")


async def test_the_history_of_the_office(stage: Stage) -> None:
    """For administrators, always in private, whatever it is called."""
    for word in ("office", "辦公室"):
        seen = await stage.slash("history", stage.administrator, record=word)
        assert seen.private
        assert "set up" in seen.text
        assert f"<@{stage.administrator.id}>" in seen.text
    refused = await stage.slash("history", record="office")
    assert refused.private
    assert "takes the role “administrator”" in refused.text


async def test_suggestions_are_the_records_of_late(stage: Stage) -> None:
    """Those that the office changed last, with enough to recognise them; nothing of another's."""
    tainan = await office_of(stage.desk, "tainan-tw")
    await log_visit(stage.desk, person(tainan), VisitForm("seattle-us", "yesterday"), "test:1")
    await logged(stage)
    await logged(stage, topic="Ports")
    found = await stage.suggestions("history", "record", "")
    assert [choice["value"] for choice in found] == ["X150", "X149"]
    assert found[0]["name"] == "X150 · Seattle · 20 November 2026 · virtual visit · Ports"
    assert [choice["value"] for choice in await stage.suggestions("undo", "record", "hous")] == ["X149"]
    assert [choice["value"] for choice in await stage.suggestions("visit edit", "record", "x15")] == ["X150"]


async def test_all_of_it_in_chinese(stage: Stage) -> None:
    """Cards, buttons, field names and refusals are in the person's language."""
    stage.speaks("zh-TW")
    stage.speaks("zh-TW", stage.administrator)
    seen = await logged(stage, topic="社會住宅")
    assert seen.buttons == ["撤回", "修改", "補充細節"]
    mine = await stage.click(seen, "修改")
    theirs = await stage.slash("visit edit", stage.administrator, record="X148")
    await stage.fill(theirs, stage.administrator, topic="港口")
    asked = await stage.fill(mine, people="7")
    assert asked.embed.title == "X148 已有其他變更"
    assert asked.buttons == ["以我的內容覆蓋", "重新開啟表單"]
    assert "主題：社會住宅 → 港口" in asked.text
    history = await stage.slash("history", record="X148")
    assert "修改" in history.text
    assert "可見範圍：所有單位" in history.text
    question = await stage.slash("visit remove", stage.administrator, record="X148")
    assert question.embed.title == "要刪除 X148 嗎？"
    undone = await stage.slash("undo", stage.administrator, record="X148")
    assert undone.embed.title == "已撤回：X148 回到變更前的內容"
    assert undone.buttons == ["恢復"]
    assert "不是紀錄編號" in (await stage.slash("undo", record="西雅圖")).text


async def test_a_submission_that_is_delivered_twice(stage: Stage) -> None:
    """The same form, taken twice, is one change with one entry."""
    await logged(stage)
    form = await stage.slash("visit edit", record="X148")
    values = form_values(form, {"topic": "Ports"})
    for _ in range(2):
        form.result._interaction.modal_consumed = False  # Discord may deliver it again, SimCord does not
        done = Seen(await stage.staff.submit_modal(form.result, values))
        assert "Topic: Housing → Ports" in done.text
    assert await deeds(stage) == ["exchange.logged", "exchange.edited"]


@pytest.mark.parametrize("command", ["undo", "visit edit", "visit remove", "history"])
async def test_nonsense_gets_a_sentence(stage: Stage, command: str) -> None:
    """In every option that takes a record: one private answer, no change, no ping."""
    before = len(await audit_entries(stage.desk))
    costly = command == "history"  # more than a few in a row are asked to wait
    for typed in NONSENSE[:4] if costly else NONSENSE:
        seen = await stage.slash(command, stage.administrator, record=typed)
        assert seen.private, typed
        assert "is not a record number" in seen.text, typed
        assert "@everyone" not in seen.text
        assert "<@" not in seen.text
        await stage.suggestions(command, "record", typed[:6000])
    assert len(await audit_entries(stage.desk)) == before
