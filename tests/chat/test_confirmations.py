"""Two confirm in the chat: buttons under what another office logged, a note of a difference, and what a change does."""

from dataclasses import replace

import pytest

from bot.domain.access import Role
from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind
from bot.services.editing import edit_visit, open_visit
from bot.services.exchanges import Report, log_report
from tests.chat.conftest import Stage
from tests.chat.forms import submit
from tests.records import office_of, person

pytestmark = pytest.mark.usefixtures("no_pings")

MEETING = Report(["kaohsiung-tw"], ExchangeKind.VIRTUAL_VISIT, PartialDate(2026, 11, 12), topic="housing")


async def test_confirmed_disputed_and_changed_since(stage: Stage) -> None:
    """What Tainan logged with Kaohsiung: listed, confirmed, taken back, disputed, and confirmed again when mended."""
    tainan = person(await office_of(stage.desk, "tainan-tw"), Role.EDITOR)
    record = (await log_report(stage.desk, tainan, MEETING, "test:1")).exchange.record
    listed = await stage.slash("visit list", only="to_confirm")
    assert record in listed.text
    shown = await stage.slash("visit show", record=record)
    assert shown.buttons == ["Confirm", "Note a difference"]
    assert "Kaohsiung: has not confirmed it yet" in shown.field("What both sides say")
    await stage.restart()
    confirmed = await stage.click(shown, "Confirm")
    assert "🖊️ Tainan: logged it" in confirmed.text
    assert "✅ Kaohsiung: confirmed on 20 November 2026" in confirmed.text
    assert "you have said so already" in (await stage.slash("visit confirm", record=record)).text
    assert (await stage.slash("visit show", record=record)).buttons == ["Note a difference"]
    assert "No record." in (await stage.slash("visit list", only="to_confirm")).text
    assert record in (await stage.click(confirmed, "Undo")).text

    form = await stage.slash("visit dispute", record=record)
    noted = await submit(form, stage.staff, what="We were *four* @everyone")
    assert "❗ Kaohsiung, on 20 November 2026: We were \\*four\\*" in noted.text
    opened = await open_visit(stage.desk, tainan, record)
    fields = replace(opened.fields, people="4")
    await edit_visit(stage.desk, tainan, opened.exchange.id, opened.version, fields)
    stale = await stage.click(shown, "Confirm")
    assert "changed since this was shown" in stale.text
    stage.speaks("zh-TW")
    again = await stage.slash("visit show", record=record)
    assert "紀錄後於" in again.field("雙方確認")
    assert "✅ 高雄市：" in (await stage.click(again, "確認")).text
    mine = await stage.slash("history", record=record)
    assert "提出不同意見" in mine.text


async def test_an_office_does_not_confirm_its_own(stage: Stage) -> None:
    """Under one's own record are the buttons that change it; what cannot be said is answered in a sentence."""
    log = await stage.slash("visit log", partner="Tainan")
    logged = await submit(log, stage.staff, date="2026-11-18")
    shown = await stage.slash("visit show", record="X148")
    assert "Confirm" not in shown.buttons
    assert "⏳ Tainan: has not confirmed it yet" in shown.text
    assert "⏳ Tainan: has not confirmed it yet" in logged.field("What both sides say")
    for command in ("visit confirm", "visit dispute"):
        assert "your own office’s record" in (await stage.slash(command, record="X148")).text
    form = await stage.slash("visit dispute", record="X19")
    assert "No office keeps X19" in form.text
