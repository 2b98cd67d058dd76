"""/privacy: what is stored about oneself or somebody, erasing it with a receipt, and an office's own data."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.access import Scope
from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.privacy import MARK
from bot.services.desk import Desk
from bot.services.offices import all_offices
from bot.services.preferences import choose_language
from db.exchanges import NewExchange, all_exchanges, insert_exchanges
from db.places import place_by_key
from tests.chat.conftest import Seen, Stage
from tests.chat.test_reminders import Mover
from tests.conftest import NOW
from tests.records import audit_entries

ANN = "Ann Lee"


@pytest.fixture
def mover() -> Mover:
    return Mover(NOW)


@pytest.fixture
def seeded_desk(seeded_desk: Desk, mover: Mover) -> Desk:
    return replace(seeded_desk, clock=mover)


async def named(stage: Stage, city: str = "kaohsiung-tw", scope: Scope = Scope.SHARED) -> int:
    """An exchange of the office of a city, in which somebody is named twice; its record number."""
    offices = {office.place.key: office for office in await all_offices(stage.desk)}
    async with stage.desk.database.write() as session:
        partner = await place_by_key(session, None, "seattle-us")
        assert partner is not None
        new = NewExchange(
            ExchangeKind.VISIT,
            ExchangeStatus.HELD,
            PartialDate(2024),
            f"Visit of {ANN}",
            (offices[city].place.id, partner.id),
            summary=f"李安（{ANN}） came",
            scope=scope,
            office_id=offices[city].id,
        )
        (number,) = await insert_exchanges(session, [new])
    return number


async def texts_of(stage: Stage, number: int) -> tuple[str, str | None]:
    async with stage.desk.database.read() as session:
        owners = [office.viewer for office in await all_offices(stage.desk)]
        for viewer in owners:
            for each in await all_exchanges(session, viewer):
                if each.id == number:
                    return each.title, each.summary
    raise AssertionError(number)


async def document(seen: Seen) -> dict[str, Any]:
    """The JSON file under an answer."""
    (attachment,) = seen.result.response.attachments
    assert attachment.filename.endswith(".json")
    found: dict[str, Any] = json.loads(await attachment.read())
    return found


async def test_what_is_stored_about_me(stage: Stage) -> None:
    """For everybody, in private: numbers on the card, and a file for machines; nothing for a stranger."""
    assert "Nothing." in (await stage.slash("privacy mine")).text
    await choose_language(stage.desk, stage.staff.id, "en")
    await stage.fill(await stage.slash("visit log", partner="Seattle"))
    seen = await stage.slash("privacy mine")
    assert seen.private
    assert "Settings of one's own: 1" in seen.text
    assert "History: 1" in seen.text
    found = (await document(seen))["found"]
    assert [(item["kind"], item["field"]) for item in found] == [
        ("preferences", "language"),
        ("audit", "user_id"),
    ]
    assert "exchange.logged X148" in found[1]["text"]


async def test_forgetting_me(stage: Stage) -> None:
    """After a question, with a receipt; the visit stays, and who logged it is forgotten."""
    await stage.fill(await stage.slash("visit log", partner="Seattle"))
    asked = await stage.slash("privacy forget-me")
    assert asked.private
    assert (await audit_entries(stage.desk))[-1].user_id == stage.staff.id
    done = await stage.click(asked, "Erase it")
    assert "Erased · receipt " in done.text
    assert "What you logged" not in done.text
    assert "no longer says who logged it" in done.field("What stays, and why")
    assert done.buttons == []
    entries = await audit_entries(stage.desk)
    assert {entry.user_id for entry in entries} == {stage.administrator.id, None}
    assert (await texts_of(stage, 148))[0] == ""
    assert "Nothing." in (await stage.slash("privacy forget-me")).text


async def test_finding_a_person(stage: Stage) -> None:
    """The office's own and nobody's; what lies with others is neither shown nor counted."""
    own = await named(stage)
    await named(stage, "taipei-tw")
    seen = await stage.slash("privacy find", stage.administrator, name=ANN, other_spelling="李安")
    assert seen.private
    assert seen.embed.title == f"“{ANN}” stands in 2 places"
    assert "Exchanges: 2" in seen.text
    found = (await document(seen))["found"]
    assert {item["record"] for item in found} == {f"X{own}"}
    nobody = await stage.slash("privacy find", stage.administrator, name="Nobody Atall")
    assert "stands nowhere" in nobody.text
    assert nobody.result.response.attachments == []


async def test_erasing_a_person(stage: Stage) -> None:
    """A question with the number of places, a button that outlives a restart, a receipt; and then nothing is left."""
    own, theirs = await named(stage), await named(stage, "taipei-tw")
    asked = await stage.slash("privacy erase", stage.administrator, name="ann lee", other_spelling="李安")
    assert asked.private
    assert asked.embed.title == "Erase “ann lee” in 2 places?"
    assert "within 10 minutes" in asked.text
    assert ANN not in json.dumps(asked.result.response.components)
    await stage.restart()
    done = await stage.click(asked, "Erase the name", stage.administrator)
    assert "Erased · receipt " in done.text
    assert "Exchanges: 2" in done.text
    assert "Backups and exports" in done.field("What stays, and why")
    assert ANN.lower() not in done.text.lower()
    assert done.buttons == []
    assert await texts_of(stage, own) == (f"Visit of {MARK}", f"[已刪除]（{MARK}） came")
    assert await texts_of(stage, theirs) == (f"Visit of {ANN}", f"李安（{ANN}） came")
    again = await stage.slash("privacy erase", stage.administrator, name=ANN, other_spelling="李安")
    assert "stands nowhere" in again.text


async def test_a_question_that_has_stood_too_long_erases_nothing(stage: Stage, mover: Mover) -> None:
    """Each of the three, ten minutes later."""
    own = await named(stage)
    boss = stage.administrator
    questions = [
        (await stage.slash("privacy erase", boss, name=ANN), "Erase the name"),
        (await stage.slash("privacy forget-me", boss), "Erase it"),
        (await stage.slash("privacy office", boss), "Erase the data of Kaohsiung"),
    ]
    mover.now += timedelta(minutes=10, seconds=2)
    before = len(await audit_entries(stage.desk))
    for question, label in questions:
        refused = await stage.click(question, label, boss)
        told = refused.result.followups[0].embeds[0] if refused.result.followups else refused.embed
        assert "stood for too long" in str(told.description)
    assert await texts_of(stage, own) == (f"Visit of {ANN}", f"李安（{ANN}） came")
    assert len(await audit_entries(stage.desk)) == before
    assert (await stage.desk_office()).guild_id == stage.guild.id


async def test_only_administrators_look_for_others(stage: Stage) -> None:
    """Staff are told what it takes; about themselves everybody may ask."""
    await named(stage)
    for command, options in (("find", {"name": ANN}), ("erase", {"name": ANN}), ("office", {})):
        seen = await stage.slash(f"privacy {command}", **options)
        assert seen.private
        assert "takes the role “administrator”" in seen.text
    assert (await stage.slash("privacy mine")).private


async def test_an_unusable_name_gets_a_sentence(stage: Stage) -> None:
    """One letter would be found everywhere."""
    seen = await stage.slash("privacy erase", stage.administrator, name="x")
    assert "two letters at least" in seen.text


async def test_erasing_an_office(stage: Stage) -> None:
    """The question names the city and says what goes and stays; then the server has no office, and can get one."""
    hidden, shared = await named(stage, scope=Scope.OFFICE), await named(stage)
    asked = await stage.slash("privacy office", stage.administrator)
    assert "Kaohsiung" in str(asked.embed.title)
    assert "Exchanges: 1" in asked.field("What goes")
    assert "Exchanges: 1" in asked.field("What stays, and why")
    assert "90 days" in asked.text
    await stage.restart()
    done = await stage.click(asked, "Erase the data of Kaohsiung", stage.administrator)
    assert "Erased: what only the office of Kaohsiung saw" in done.text
    assert "Channels: 4" in done.text
    assert (await texts_of(stage, shared))[0] == f"Visit of {ANN}"
    with pytest.raises(AssertionError):
        await texts_of(stage, hidden)
    assert "/office setup" in (await stage.slash("quiet")).text


async def test_in_chinese(stage: Stage) -> None:
    """Questions and receipts, and the mark after the script of the name."""
    await named(stage)
    stage.speaks("zh-TW", stage.administrator)
    asked = await stage.slash("privacy erase", stage.administrator, name="李安")
    assert asked.embed.title == "確定刪除「李安」？共 1 處"
    done = await stage.click(asked, "刪除姓名", stage.administrator)
    assert "已刪除 · 收據編號" in done.text
    assert "交流紀錄：1" in done.text
    office = await stage.slash("privacy office", stage.administrator)
    assert office.embed.title == "確定刪除只有高雄市辦公室看得到的資料？"
    assert office.buttons == ["刪除高雄市的資料"]


async def test_searching_has_a_limit(stage: Stage) -> None:
    """It reads everything, and who asks too much waits."""
    for _ in range(5):
        assert "stands nowhere" in (await stage.slash("privacy find", stage.administrator, name=ANN)).text
    seen = await stage.slash("privacy find", stage.administrator, name=ANN)
    assert "Please try again in" in seen.text


async def test_about_oneself_also_without_an_office(bare_stage: Stage) -> None:
    """In a server that is no office's, and in a direct message."""
    await choose_language(bare_stage.desk, bare_stage.staff.id, "en")
    assert "Settings of one's own: 1" in (await bare_stage.slash("privacy mine")).text
    direct = Seen(await bare_stage.staff.user.slash("privacy mine"))
    assert "Settings of one's own: 1" in direct.text
    refused = Seen(await bare_stage.staff.user.slash("privacy find", name=ANN))
    assert "/office setup" in refused.text
