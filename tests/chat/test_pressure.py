"""Pressure notes in chat: one form, for editors, and no answer that anybody else sees."""

import pytest

from bot.domain.access import Scope
from bot.domain.pressure import Incident
from db.pressure import NewNote, stored_notes
from tests.chat.conftest import Seen, Stage
from tests.chat.forms import held, submit

pytestmark = pytest.mark.usefixtures("no_pings")

LETTER = {
    "date": "3 October 2019",
    "what": "A letter demanded a clause.\n@everyone The city did not sign it.",
    "sources": "Letter of 3 October 2019",
    "trigger": "P26",
}


async def stored(stage: Stage) -> list[NewNote]:
    async with stage.desk.database.read() as session:
        return await stored_notes(session, None)


async def add(stage: Stage, **more: str) -> Seen:
    """The administrator, who may edit, notes something."""
    options = {"kind": "clause_demanded", "place": "seattle-us"}
    form = await stage.slash("pressure add", stage.administrator, **options)
    return await submit(form, stage.administrator, **{**LETTER, **more})


async def test_a_note_is_written_by_editors_and_read_in_private(stage: Stage) -> None:
    """Added, changed after a restart, removed and put back; staff reads it, without buttons, and writes nothing."""
    refused = await stage.slash("pressure add", kind="threat", place="seattle-us")
    assert refused.private
    assert "editor" in refused.text
    seen = await add(stage)
    assert seen.private
    for part in ("N1", "clause demanded", "Seattle", "3 October 2019", "P26", "only our office"):
        assert part in seen.text, part
    (kept,) = await stored(stage)
    assert (kept.kind, kept.scope, kept.trigger) == (Incident.CLAUSE_DEMANDED, Scope.OFFICE, "P26")
    public = await stage.slash("partner show", partner="seattle-us")
    assert not public.private
    assert "N1" not in public.text
    await stage.restart()
    form = await stage.click(seen, "Edit", stage.administrator)
    assert held(form)["what"] == LETTER["what"]
    edited = await submit(form, stage.administrator, date="2019-10")
    assert edited.private
    assert "3 October 2019 → October 2019" in edited.text
    listed = await stage.slash("pressure list", place="seattle-us")
    shown = await stage.slash("pressure show", record="N1")
    assert listed.private
    assert shown.private
    assert "October 2019" in listed.text
    assert shown.buttons == []
    suggested = await stage.suggestions("pressure show", "record", "seattle")
    assert [each["value"] for each in suggested] == ["N1"]
    card = await stage.slash("pressure show", stage.administrator, record="N1")
    asked = await stage.click(card, "Remove", stage.administrator)
    gone = await stage.click(asked, "Remove N1", stage.administrator)
    assert gone.private
    assert await stored(stage) == []
    await stage.click(gone, "Put it back", stage.administrator)
    assert [note.number for note in await stored(stage)] == [1]


async def test_a_refused_note_comes_back_filled(stage: Stage) -> None:
    """Nothing typed is lost, also after a restart; who spoke is never shared further, and the sentence says why."""
    refused = await add(stage, date="2027", trigger="P99999")
    assert "in the future" in refused.text
    assert "P99999" in refused.text
    assert await stored(stage) == []
    await stage.restart()
    again = await stage.click(refused, "Open the form again", stage.administrator)
    assert held(again)["what"] == LETTER["what"]
    assert "N1" in (await submit(again, stage.administrator, date="2019", trigger="a speech")).text
    wide = await stage.slash("scope", stage.administrator, record="N1", scope="public")
    assert "could harm" in wide.text
    stage.speaks("zh-TW")
    facts = await stage.slash("pressure facts")
    assert facts.private
    assert "並非法律意見" in facts.text
    assert "law.mofa.gov.tw" in facts.text
