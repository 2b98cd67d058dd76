"""Lessons of exchanges: noting one, finding them over all offices that one may see, and counting whom they helped."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.access import Action, Scope
from bot.domain.audit import Deed, Record, RecordKind, exchange_record
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused, NotFound
from bot.domain.exchange_particulars import Lesson
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.domain.lessons import MAX_LESSONS, MAX_SEARCHED, NotedLesson, fitting, narrower, search
from bot.domain.names import clean, fold
from bot.questions.text.scripts import plain_characters
from bot.services.access import requires
from bot.services.act_fields import read_text
from bot.services.desk import Caller, Desk
from bot.services.editing import exchange_content, read_exchange_record, seen_exchange
from bot.services.exchange_lines import read_topics, write_topics
from bot.services.records import check_scope, our_record, write_change
from bot.services.topics import topics_in
from db.engine import Session
from db.exchange_parts import EXCHANGE_PART_KINDS
from db.exchanges import NewExchange
from db.lessons import lessons_seen, note_use
from db.places import family_of

LENGTHS = EXCHANGE_PART_KINDS["lessons"].lengths
"""The most characters of each part of a lesson."""


@dataclass(frozen=True, slots=True)
class LessonFields:
    """What somebody typed of a lesson; nothing of it is trusted. `scope` None is that of the exchange."""

    worked: str = ""
    otherwise: str = ""
    who: str = ""
    topics: str = ""
    ask: str = ""
    evidence: str = ""
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class KeptLesson:
    """A lesson as it is kept; `entry`, by which it can be taken back, is None where it was so before."""

    noted: NotedLesson
    entry: int | None


@requires(Action.LOG)
async def open_lesson(desk: Desk, caller: Caller, text: str) -> tuple[Exchange, LessonFields]:
    """The exchange that a lesson is about to be noted of, and what its form holds: the topics of the exchange.

    Raises `BadInput` (`record.unreadable`, `record.no_exchange`, `lesson.not_held`, `lesson.too_many`), `NotFound`
    (`record.unknown`) or `NotAllowed` (`record.not_ours`).
    """
    record = read_exchange_record(text)
    async with desk.database.read() as session:
        stored = exchange_content((await our_record(session, caller, record, hold=False)).content)
        _check_room(stored)
        exchange = await seen_exchange(session, caller, record)
    return exchange, LessonFields(topics=write_topics(stored.topics, caller.language))


@requires(Action.LOG)
async def add_lesson(desk: Desk, caller: Caller, text: str, key: str, typed: LessonFields) -> KeptLesson:
    """Note a lesson of an exchange of the office. The same `key` again stores nothing more.

    Raises as `open_lesson`, and `FormRefused` for what cannot be taken: `lesson.empty`, `act.too_long`,
    `lesson.scope_of_nobody`, and as `check_scope`.
    """
    record, today = read_exchange_record(text), PartialDate.of(caller.today(desk))

    async def noted(session: Session, stored: NewExchange) -> tuple[Lesson, ...]:
        if any(each.key == key for each in stored.lessons):
            return stored.lessons
        _check_room(stored)
        lesson = await _read(session, caller, stored, typed)
        return (*stored.lessons, replace(lesson, key=key, noted_on=today))

    return await desk.database.again(lambda: _keep(desk, caller, record, key, noted))


@requires(Action.LOG)
async def open_more(desk: Desk, caller: Caller, number: int, key: str) -> NotedLesson:
    """A lesson of the office whose evidence and scope are about to be changed. Raises as `complete_lesson`."""
    async with desk.database.read() as session:
        await our_record(session, caller, exchange_record(number), hold=False)
        return await _lesson(session, caller, number, key)


@requires(Action.LOG)
async def complete_lesson(
    desk: Desk, caller: Caller, number: int, key: str, evidence: str, scope: Scope | None
) -> KeptLesson:
    """Say what shows a lesson, and who may see it where that is fewer than may see the exchange.

    Raises as `add_lesson`, and `NotFound` (`lesson.gone`).
    """

    async def completed(session: Session, stored: NewExchange) -> tuple[Lesson, ...]:
        if all(each.key != key for each in stored.lessons):
            raise NotFound("lesson.gone")
        problems: list[AttacheError] = []
        shows = _text("evidence", evidence, problems)
        reach = await _scope(session, caller, stored, scope, problems)
        if problems:
            raise FormRefused(problems)
        return tuple(
            replace(each, evidence=shows, scope=reach) if each.key == key else each for each in stored.lessons
        )

    return await _keep(desk, caller, exchange_record(number), key, completed)


async def _keep(
    desk: Desk,
    caller: Caller,
    record: Record,
    key: str,
    change: Callable[[Session, NewExchange], Awaitable[tuple[Lesson, ...]]],
) -> KeptLesson:
    """Store what becomes of the lessons of an exchange, with the audit entry; nothing where they are so already."""
    async with desk.database.write() as session:
        held = await our_record(session, caller, record, hold=True)
        stored, entry = exchange_content(held.content), None
        after = replace(stored, lessons=await change(session, stored))
        if after != stored:
            _, entry = await write_change(session, desk, caller, Deed.EDITED, before=held, after=after)
        return KeptLesson(await _lesson(session, caller, record.number, key), entry)


async def _lesson(session: Session, caller: Caller, number: int, key: str) -> NotedLesson:
    for each in await lessons_seen(session, caller.viewer, number):
        if each.lesson.key == key:
            return each
    raise NotFound("lesson.gone")


# Reading what was typed --------------------------------------------------------------------------------------


def _check_room(stored: NewExchange) -> None:
    record = str(exchange_record(stored.number or 0))
    if stored.status is not ExchangeStatus.HELD:
        raise BadInput("lesson.not_held", record=record)
    if len(stored.lessons) >= MAX_LESSONS:
        raise BadInput("lesson.too_many", record=record, most=MAX_LESSONS)


async def _read(session: Session, caller: Caller, stored: NewExchange, typed: LessonFields) -> Lesson:
    """The lesson that was typed, yet without a key. Without a topic it has those that its words name."""
    problems: list[AttacheError] = []
    told: dict[str, Any] = {
        name: _text(name, getattr(typed, name), problems)
        for name in ("worked", "otherwise", "who", "ask", "evidence")
    }
    if not (told["worked"] or told["otherwise"]):
        problems.append(BadInput("lesson.empty"))
    topics: Sequence[str] = ()
    try:
        topics = read_topics(typed.topics) or topics_in(f"{typed.worked}\n{typed.otherwise}")
    except AttacheError as problem:
        problems.append(problem)
    scope = await _scope(session, caller, stored, typed.scope, problems)
    if problems:
        raise FormRefused(problems)
    return Lesson("", topics=", ".join(topics) or None, scope=scope, **told)


def _text(name: str, typed: str, problems: list[AttacheError]) -> str | None:
    try:
        return read_text(typed, LENGTHS[name])
    except AttacheError as problem:
        problems.append(problem)
        return None


async def _scope(
    session: Session, caller: Caller, stored: NewExchange, scope: Scope | None, problems: list[AttacheError]
) -> Scope | None:
    """The scope of a lesson where that is narrower than the exchange's; nobody's records have no fewer readers."""
    if scope is None or narrower(stored.scope, scope) is stored.scope:
        return None
    try:
        if stored.office_id is None:
            raise BadInput("lesson.scope_of_nobody", record=str(exchange_record(stored.number or 0)))
        await check_scope(session, caller.own_office(), RecordKind.EXCHANGE, scope)
    except AttacheError as problem:
        problems.append(problem)
    return scope


# Finding -----------------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """The form in which words are compared: folded, and in one script for all forms of Chinese characters."""
    return fold(text).translate(plain_characters())


@requires(Action.READ)
async def find_lessons(desk: Desk, caller: Caller, text: str = "") -> list[NotedLesson]:
    """The lessons that have all words of a text, in either language; without one all that the caller may see."""
    async with desk.database.read() as session:
        found = await lessons_seen(session, caller.viewer)
    return search(found, clean(text)[:MAX_SEARCHED], plain)


@requires(Action.READ)
async def lessons_of(desk: Desk, caller: Caller, text: str) -> list[NotedLesson]:
    """The lessons of one exchange. Raises as `open_lesson` for its number, and `NotFound` (`lesson.none_of`)."""
    record = read_exchange_record(text)
    async with desk.database.read() as session:
        found = await lessons_seen(session, caller.viewer, record.number)
    if not found:
        raise NotFound("lesson.none_of", record=str(record))
    return found


@requires(Action.READ)
async def fitting_lessons(desk: Desk, caller: Caller, planned: Exchange) -> list[NotedLesson]:
    """The lessons that fit what the office plans."""
    async with desk.database.read() as session:
        family = await family_of(session, caller.own_office().place)
        return fitting(await lessons_seen(session, caller.viewer), planned, family.own_ids)


@requires(Action.READ)
async def note_helped(desk: Desk, caller: Caller, number: int, key: str) -> tuple[NotedLesson, bool]:
    """Count that a lesson helped the caller, once; returns it, and whether that is new. Raises `NotFound`
    (`lesson.gone`)."""
    office = caller.own_office()
    async with desk.database.write() as session:
        noted = await _lesson(session, caller, number, key)
        if caller.user_id is None:
            return noted, False
        is_new = await note_use(session, key, office.id, caller.user_id, desk.clock())
        return replace(noted, helped=noted.helped + is_new), is_new
