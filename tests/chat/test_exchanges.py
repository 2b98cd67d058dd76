"""/visit as a person uses it, and what is stored."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.access import ANYONE, Role, Scope
from bot.domain.dates import PartialDate
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeStatus, Mode
from bot.services.exchanges import LoggedVisit, VisitForm, log_visit
from bot.services.offices import office_of_guild
from bot.services.preferences import caller_for, read_draft
from bot.ui import errors as errors_ui
from bot.ui import exchanges as exchanges_ui
from bot.ui import forms as forms_ui
from db.exchanges import all_exchanges
from tests.chat.conftest import Stage, shown_in
from tests.conftest import NOW
from tests.records import audit_entries

STARTER = 147


async def logged(stage: Stage) -> list[Exchange]:
    """What has been logged beside the starter data."""
    async with stage.desk.database.read() as session:
        return (await all_exchanges(session, ANYONE))[STARTER:]


@pytest.mark.both_engines
@pytest.mark.usefixtures("no_pings")
async def test_a_virtual_visit_in_one_command_and_one_form(stage: Stage) -> None:
    """The confirmation tells what was understood, and the record holds just that."""
    form = await stage.slash("visit log", partner="西雅圖")
    assert shown_in(form)["date"] == "today"
    seen = await stage.fill(
        form, date="yesterday 9:00", topic="Housing", people="6 people", summary="They visit us in May."
    )
    assert seen.embed.title == "X148 logged: Seattle"
    assert not seen.private
    assert "Thu 19 Nov 2026, 09:00 in Kaohsiung" in seen.text
    assert "Wed 18 Nov 2026, 17:00 in Seattle" in seen.text
    assert "6 people took part" in seen.text
    assert "fresh" in seen.text
    assert "expected by 19 November 2027" in seen.text
    (exchange,) = await logged(stage)
    assert (exchange.kind, exchange.mode) == (ExchangeKind.VIRTUAL_VISIT, Mode.VIRTUAL)
    assert exchange.status is ExchangeStatus.HELD
    assert exchange.date == PartialDate(2026, 11, 19)
    assert exchange.starts_at == datetime(2026, 11, 19, 1, 0, tzinfo=UTC)
    assert [place.key for place in exchange.places] == ["kaohsiung-tw", "seattle-us"]
    assert (exchange.topic, exchange.people) == ("Housing", 6)
    (entry,) = [e for e in await audit_entries(stage.desk) if e.subject == "X148"]
    assert (entry.action, entry.user_id, entry.guild_id) == (
        "exchange.logged",
        stage.staff.id,
        stage.guild.id,
    )
    assert entry.at == NOW


async def test_a_logged_visit_counts_at_once(stage: Stage) -> None:
    """Seattle leaves the quiet list as soon as it is logged."""
    before = await stage.slash("quiet")
    assert "Seattle" in before.text
    await stage.fill(await stage.slash("visit log", partner="Seattle"))
    after = await stage.slash("quiet")
    assert "Seattle" not in after.text
    card = await stage.slash("partner show", partner="Seattle")
    assert "🟢 fresh" in card.field("Contact")


async def test_the_button_under_a_card_opens_the_form_after_a_restart(stage: Stage) -> None:
    """The button carries the partner and outlives the process."""
    card = await stage.slash("partner show", partner="Busan")
    await stage.restart()
    form = await stage.click(card, "Log a visit with Busan")
    seen = await stage.fill(form, format=["visit_in"], date="18 Nov 2026")
    assert "X148 logged: Busan" in seen.text
    (exchange,) = await logged(stage)
    assert exchange.kind is ExchangeKind.VISIT_IN


BAD_FIELDS = [
    ({"date": "30 Feb"}, "no such day"),
    ({"date": "03/04/2026"}, "3 April 2026 or 4 March 2026"),
    ({"date": "tomorrow"}, "has not come yet"),
    ({"date": "today 23:00"}, "has not come yet"),
    ({"date": "last week"}, "Which day?"),
    ({"date": "0999"}, "outside the calendar"),
    ({"date": "99999999"}, "outside the calendar"),
    ({"date": "😀"}, "not a date I can read"),
    ({"date": "@everyone"}, "not a date I can read"),
    ({"date": "2023 9:00"}, "needs a full date"),
    ({"people": "six"}, "not a number of people"),
    ({"people": "-3"}, "not a number of people"),
    ({"people": "0"}, "between 1 and"),
    ({"people": "99999999"}, "between 1 and"),
    ({"date": "30 Feb", "people": "x"}, "no such day"),
]


@pytest.mark.parametrize(("typed", "expected"), BAD_FIELDS)
@pytest.mark.usefixtures("no_pings")
async def test_a_refused_form_comes_back_filled(stage: Stage, typed: dict[str, str], expected: str) -> None:
    """A sentence for each bad field, nothing stored, and the form opens again as it was typed."""
    whole = {"topic": "Smart port", "summary": "Two lines\nof it", "format": ["webinar"], **typed}
    form = await stage.slash("visit log", partner="Seattle")
    refused = await stage.fill(form, **whole)
    assert refused.private
    assert expected in refused.text
    assert await logged(stage) == []
    await stage.restart()
    again = await stage.click(refused, "Open the form again")
    held = shown_in(again)
    for name, value in whole.items():
        assert held[name] == (value[0] if isinstance(value, list) else value)
    seen = await stage.fill(again, date="2026-11-19", people="6")
    assert "X148 logged: Seattle" in seen.text
    (exchange,) = await logged(stage)
    assert (exchange.kind, exchange.topic) == (ExchangeKind.WEBINAR, "Smart port")


async def test_work_that_takes_long_is_announced(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord gives up after three seconds: before that it is told to wait, and the answer follows."""
    original, free = exchanges_ui.log_visit, asyncio.Event()

    async def held_up(*arguments: Any, **named: Any) -> LoggedVisit:
        await stage.env.external_wait(free.wait(), reason="somebody else is writing")
        return await original(*arguments, **named)

    monkeypatch.setattr(exchanges_ui, "log_visit", held_up)
    monkeypatch.setattr(errors_ui, "PATIENCE", 0)
    form = await stage.slash("visit log", partner="Seattle")
    seen = await stage.fill(form, topic="Housing")
    assert seen.result.deferred
    free.set()
    await stage.env.settle()
    assert "X148 logged: Seattle" in seen.text


async def test_a_form_that_was_open_during_a_restart_is_taken(stage: Stage) -> None:
    """The form names its partner and its request; the process that opened it need not be the one that takes it."""
    form = await stage.slash("visit log", partner="Seattle")
    await stage.restart()
    seen = await stage.fill(form, topic="Housing")
    assert "X148 logged: Seattle" in seen.text
    assert [exchange.topic for exchange in await logged(stage)] == ["Housing"]


async def test_a_form_that_an_earlier_release_opened_is_taken(stage: Stage) -> None:
    """It says nothing of who may see the record, and means all offices, as was the only way then."""
    form = await stage.slash("visit log", partner="Seattle")
    opened = form.result._interaction.modal
    assert opened["custom_id"].endswith(":shared")
    opened["custom_id"] = opened["custom_id"].removesuffix(":shared")
    seen = await stage.fill(form, topic="Housing")
    assert not seen.private
    (exchange,) = await logged(stage)
    assert (exchange.scope, exchange.topic) == (Scope.SHARED, "Housing")


async def test_what_was_typed_survives_a_fault_of_ours(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer has a reference number and the way back to the form as it was."""
    original = exchanges_ui.log_visit

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(exchanges_ui, "log_visit", broken)
    form = await stage.slash("visit log", partner="Seattle")
    failed = await stage.fill(form, topic="Housing", summary="Two hours of work")
    assert "Something unexpected" in failed.text
    assert await logged(stage) == []
    monkeypatch.setattr(exchanges_ui, "log_visit", original)
    again = await stage.click(failed, "Open the form again")
    assert shown_in(again)["summary"] == "Two hours of work"
    assert "X148 logged" in (await stage.fill(again)).text


async def test_where_no_draft_can_be_kept_the_text_comes_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the database gone, what was typed is at least there to be copied."""

    async def gone(*_: object, **__: object) -> None:
        raise RuntimeError("no database")

    monkeypatch.setattr(exchanges_ui, "log_visit", gone)
    monkeypatch.setattr(forms_ui, "keep_draft", gone)
    form = await stage.slash("visit log", partner="Seattle")
    failed = await stage.fill(form, summary="Two hours of work")
    assert "Two hours of work" in failed.field("What you had typed")


async def test_a_draft_is_its_writers_alone(stage: Stage) -> None:
    """Somebody else pressing the button under a refused form gets a sentence, not the draft."""
    form = await stage.slash("visit log", partner="Seattle")
    refused = await stage.fill(form, date="never")
    draft = refused.result.response.components[0]["components"][0]["custom_id"].split(":")[-1]
    assert await read_draft(stage.desk, stage.administrator.id, draft) is None
    assert await read_draft(stage.desk, stage.staff.id, draft) is not None


@pytest.mark.parametrize(
    ("partner", "expected"),
    [
        ("Kaohsiung", "is your own city"),
        ("Atlantis", "No place called"),
        ("", "Please name a place"),
        ("x" * 6000, "No place called"),
    ],
)
async def test_no_form_for_nobody(stage: Stage, partner: str, expected: str) -> None:
    """A partner that cannot be found is told before a form is opened."""
    seen = await stage.slash("visit log", partner=partner)
    assert seen.result.modal is None
    assert expected in seen.text


async def test_user_text_has_no_effect(stage: Stage) -> None:
    """Markdown, links and mentions in a topic are shown as they were typed."""
    form = await stage.slash("visit log", partner="Seattle")
    topic = "**bold** @everyone <@&1> [x](http://evil.example)"
    seen = await stage.fill(form, topic=topic)
    assert "@everyone" not in seen.text
    assert "<@" not in seen.text
    assert r"\*\*bold\*\*" in seen.text
    (exchange,) = await logged(stage)
    assert exchange.topic == topic


@pytest.mark.both_engines
async def test_the_same_request_makes_one_record(stage: Stage) -> None:
    """A submission that is delivered twenty times at once is one record with one audit entry."""
    office = await office_of_guild(stage.desk, stage.guild.id)
    caller = await caller_for(
        stage.desk,
        user_id=1,
        guild_id=stage.guild.id,
        office=office,
        role=Role.LOGGER,
        discord_locale="en-US",
    )
    form = VisitForm(partner="Seattle", date="today")
    results = await asyncio.gather(
        *(log_visit(stage.desk, caller, form, request_id="discord:1") for _ in range(20))
    )
    assert {result.exchange.record for result in results} == {"X148"}
    assert len(await logged(stage)) == 1
    assert len([e for e in await audit_entries(stage.desk) if e.subject == "X148"]) == 1


async def test_an_answer_for_all_tells_nothing_of_what_only_the_office_may_see(stage: Stage) -> None:
    """How the tie stands may rest on another record: an older visit for all gives no date that hides one away."""
    hidden = await stage.fill(await stage.slash("visit log", partner="Seattle", scope="office"), date="today")
    assert hidden.private
    assert "20 November 2027" in hidden.text
    older = await stage.fill(await stage.slash("visit log", partner="Seattle"), date="2025-01-10")
    assert not older.private
    assert "2027" not in older.text
    newest = await stage.fill(await stage.slash("visit log", partner="Busan"), date="today")
    assert "20 November 2027" in newest.text
