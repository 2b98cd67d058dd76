"""Lessons: who may note one, who finds it, what fits a plan, whom it helped, and when it is asked for."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.access import Scope
from bot.domain.audit import exchange_record
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput, FormRefused, NotAllowed, NotFound
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.lessons import NotedLesson
from bot.domain.offices import Office, Purpose
from bot.domain.planning import plan
from bot.domain.reminders import ReminderKind
from bot.services.audit import record_history, undo_entry
from bot.services.composing.lessons import lesson_news
from bot.services.desk import Desk
from bot.services.exchange_lists import show_exchange
from bot.services.exchanges import Report, log_report
from bot.services.exporting.selection import registry_seen_by
from bot.services.facts import facts_of
from bot.services.lessons import (
    KeptLesson,
    LessonFields,
    add_lesson,
    complete_lesson,
    find_lessons,
    fitting_lessons,
    lessons_of,
    note_helped,
    open_lesson,
)
from db.users import find_user, forget_user
from tests.records import audit_entries, office_of, person

HELD = Report(
    ["seattle-us"],
    ExchangeKind.VIRTUAL_VISIT,
    PartialDate(2026, 11, 12),
    topic="社會住宅",
    topics=("housing",),
)
LESSON = LessonFields("兩週前就送出議程", "安排兩小時口譯", "下次規劃的同仁", "住宅", "國際事務科")


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "kaohsiung-tw")


async def held(desk: Desk, home: Office, report: Report = HELD, request: str = "test:1") -> str:
    return (await log_report(desk, person(home, user_id=99), report, request)).exchange.record


async def noted(
    desk: Desk, home: Office, record: str, fields: LessonFields = LESSON, key: str = "1"
) -> KeptLesson:
    return await add_lesson(desk, person(home, user_id=42), record, key, fields)


def records(found: Sequence[NotedLesson]) -> list[str]:
    return [each.exchange.record for each in found]


@pytest.mark.both_engines
async def test_noted_once_taken_back_and_told(seeded_desk: Desk, home: Office) -> None:
    """Anybody of the office who may log may say what was learnt; a form that comes twice is one lesson."""
    record = await held(seeded_desk, home)
    exchange, fields = await open_lesson(seeded_desk, person(home), record)
    assert (exchange.record, fields.topics) == (record, "housing")
    kept = await noted(seeded_desk, home, record)
    assert kept.entry is not None
    assert (await noted(seeded_desk, home, record)).entry is None
    lesson = kept.noted.lesson
    assert (lesson.worked, lesson.tags, lesson.noted_on) == (
        "兩週前就送出議程",
        ("housing",),
        PartialDate(2026, 11, 20),
    )
    entries = await audit_entries(seeded_desk, record)
    assert [each.action for each in entries] == ["exchange.logged", "exchange.edited"]
    await undo_entry(seeded_desk, person(home, user_id=42), kept.entry)
    with pytest.raises(NotFound, match=r"lesson\.none_of"):
        await lessons_of(seeded_desk, person(home), record)


async def test_what_cannot_be_noted(seeded_desk: Desk, home: Office) -> None:
    record = await held(seeded_desk, home)
    with pytest.raises(FormRefused) as refused:
        await noted(seeded_desk, home, record, LessonFields(ask="x" * 201, scope=Scope.GROUP))
    assert {each.key for each in refused.value.problems} >= {"lesson.empty", "act.too_long"}
    planned = await held(
        seeded_desk,
        home,
        replace(HELD, date=PartialDate(2026, 12, 3), status=ExchangeStatus.PLANNED),
        "test:2",
    )
    with pytest.raises(BadInput, match=r"lesson\.not_held"):
        await open_lesson(seeded_desk, person(home), planned)
    taipei = await office_of(seeded_desk, "taipei-tw")
    with pytest.raises(NotAllowed, match=r"record\.not_ours"):
        await noted(seeded_desk, taipei, record)
    for key in "12345":
        await noted(seeded_desk, home, record, key=key)
    with pytest.raises(BadInput, match=r"lesson\.too_many"):
        await noted(seeded_desk, home, record, key="6")


@pytest.mark.both_engines
async def test_found_in_both_languages(seeded_desk: Desk, home: Office) -> None:
    """By its words in any script, by its topic in any language, by its places; by another office as well."""
    record = await held(seeded_desk, home)
    await noted(seeded_desk, home, record)
    caller = person(await office_of(seeded_desk, "taipei-tw"))
    for text in ("housing", "Housing Seattle", "住宅", "社会住宅", "议程", "西雅圖 口譯", "hous", record, ""):
        assert records(await find_lessons(seeded_desk, caller, text)) == [record], text
    for text in ("transport", "ousing", "Seattle sport", "口譯 捷運"):
        assert await find_lessons(seeded_desk, caller, text) == [], text


@pytest.mark.both_engines
async def test_a_lesson_is_for_no_more_than_it_says(seeded_desk: Desk, home: Office) -> None:
    """Narrower than its exchange: hidden from others in lists, on the card, in the history and in exports."""
    record = await held(seeded_desk, home)
    shared = await noted(seeded_desk, home, record)
    own = await noted(seeded_desk, home, record, LessonFields(worked="geheim"), key="2")
    hidden = await complete_lesson(
        seeded_desk, person(home), own.noted.exchange.id, "2", "https://example.org/notes", Scope.OFFICE
    )
    assert (hidden.noted.scope, shared.noted.scope) == (Scope.OFFICE, Scope.SHARED)
    taipei = await office_of(seeded_desk, "taipei-tw")
    assert len(await find_lessons(seeded_desk, person(home))) == 2
    assert len(await find_lessons(seeded_desk, person(taipei))) == 1
    assert await find_lessons(seeded_desk, person(taipei), "geheim") == []
    assert len((await show_exchange(seeded_desk, person(taipei), record)).parts.lessons) == 1
    number = hidden.noted.exchange.id
    with pytest.raises(NotFound, match=r"lesson\.gone"):
        await note_helped(seeded_desk, person(taipei), number, "2")
    history = await record_history(seeded_desk, person(taipei), record)
    told = str([entry.changes for entry in history.entries][-1])
    assert "example.org/notes" not in told
    async with seeded_desk.database.read() as session:
        for office, seen in ((taipei, 1), (home, 2)):
            registry = await registry_seen_by(session, office.viewer)
            (exported,) = [each for each in registry.exchanges if each.number == number]
            assert len(exported.lessons) == seen


async def test_wider_than_its_exchange_it_never_is(seeded_desk: Desk, home: Office) -> None:
    record = await held(seeded_desk, home, replace(HELD, scope=Scope.OFFICE))
    kept = await noted(seeded_desk, home, record, replace(LESSON, scope=Scope.PUBLIC))
    assert (kept.noted.lesson.scope, kept.noted.scope) == (None, Scope.OFFICE)
    assert await find_lessons(seeded_desk, person(await office_of(seeded_desk, "taipei-tw"))) == []


@pytest.mark.both_engines
async def test_helped_once_for_each_person(seeded_desk: Desk, home: Office) -> None:
    """Twenty presses of two people at one moment count two; who is forgotten is not kept."""
    number = (await noted(seeded_desk, home, await held(seeded_desk, home))).noted.exchange.id
    people = [person(home, user_id=7001 + user % 2) for user in range(20)]
    pressed = await asyncio.gather(*(note_helped(seeded_desk, each, number, "1") for each in people))
    assert sum(is_new for _, is_new in pressed) == 2
    (found,) = await find_lessons(seeded_desk, person(home))
    assert found.helped == 2
    async with seeded_desk.database.write() as session:
        assert [trace.record for trace in await find_user(session, 7001)] == ["lesson:1"]
        await forget_user(session, 7001)
    (found,) = await find_lessons(seeded_desk, person(home))
    assert found.helped == 1


async def test_what_fits_a_plan(seeded_desk: Desk, home: Office) -> None:
    """Up to two: the same topic before the same partner, what helped before what did not; nothing else."""
    with_partner = await held(seeded_desk, home, replace(HELD, topic="", topics=("sport",)), "a")
    on_topic = await held(seeded_desk, home, replace(HELD, partners=["prague-cz"]), "b")
    neither = await held(
        seeded_desk, home, replace(HELD, partners=["prague-cz"], topic="", topics=("port",)), "c"
    )
    for key, record in enumerate((with_partner, on_topic, neither)):
        await noted(seeded_desk, home, record, LessonFields(worked="x"), key=str(key))
    planned = replace(HELD, date=PartialDate(2026, 12, 3), status=ExchangeStatus.PLANNED)
    plan_ = (await log_report(seeded_desk, person(home), planned, "d")).exchange
    assert records(await fitting_lessons(seeded_desk, person(home), plan_)) == [on_topic, with_partner]


async def test_asked_for_a_week_after(seeded_desk: Desk, home: Office) -> None:
    """On the seventh day, of what the office itself held, until somebody has noted one."""
    record = await held(seeded_desk, home)
    channels = {Purpose.VISITS: 7}
    async with seeded_desk.database.read() as session:
        facts = await facts_of(session, replace(home, channels=channels))
    start = seeded_desk.clock() - timedelta(days=2)
    due = [each for each in plan(facts, start, start + timedelta(days=9)) if each.kind is ReminderKind.LESSON]
    assert [(each.subject, each.occurrence, each.lead_days) for each in due] == [
        (record, date(2026, 11, 12), -7)
    ]
    assert home.today(due[0].at) == date(2026, 11, 19)
    async with seeded_desk.database.read() as session:
        news = await lesson_news(session, facts, due[0])
    assert news is not None
    assert [place.key for place in news.partners] == ["seattle-us"]
    await noted(seeded_desk, home, record)
    async with seeded_desk.database.read() as session:
        assert await lesson_news(session, await facts_of(session, home), due[0]) is None
    taipei = await office_of(seeded_desk, "taipei-tw")
    async with seeded_desk.database.read() as session:
        theirs = await facts_of(session, taipei)
    assert record not in {str(exchange_record(each.id)) for each in theirs.unlearnt}
