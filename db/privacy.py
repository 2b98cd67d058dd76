"""Where people are named: one list of columns, through which a person is found, and erased.

Every text and JSON column of every table stands either in `KEEPINGS` or, with the reason, in `db.nameless`; a test
sees to it, so that no table of a later day is forgotten. What is kept of Discord users is in `db.users`.
"""

import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    String,
    Table,
    and_,
    false,
    literal,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy import cast as as_type
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.domain.access import Standing, Viewer
from bot.domain.privacy import Counts, Kept, Sought, Trace, counted
from db.act_parts import PART_KINDS
from db.engine import Database
from db.scope import is_party, visible
from db.tables import (
    AskedQueryRow,
    AttachmentRow,
    AttendeeRow,
    AuditRow,
    Base,
    ContactRow,
    ContactSourceRow,
    DecisionRow,
    DraftRow,
    ExchangeRow,
    ExchangeSourceRow,
    ExchangeTopicRow,
    GroupRow,
    LessonRow,
    OfficeKindRuleRow,
    OfficeStepRow,
    PartnershipRow,
    PartnershipSourceRow,
    PlaceRow,
    PressureNoteRow,
    PressureSourceRow,
    ProfileRow,
    ReminderRow,
    ResponseRow,
    StatusRow,
    UnansweredRow,
)
from db.tables.records import RECORD_TABLES, RecordRows

log = logging.getLogger(__name__)

ROWS_AT_A_TIME = 500

Recorded = RecordRows
RECORDS: Mapping[str, Recorded] = {kind.letter: table.rows for kind, table in RECORD_TABLES.items()}
"""What carries record numbers, by their letter."""


# Whose a row is ----------------------------------------------------------------------------------------------


def changeable(rows: Recorded, viewer: Viewer) -> ColumnElement[bool]:
    """Which records an office may rid of a name: `bot.domain.access.may_change` of what it sees, as SQL.

    Nobody's records are changed by members only, as with any other change to them.
    """
    if viewer.office_id is None:
        return false()
    own = rows.office_id == viewer.office_id
    if viewer.standing is not Standing.MEMBER:
        return own
    return and_(visible(rows, viewer), or_(own, and_(rows.office_id.is_(None), is_party(rows, viewer))))


def _in_record(rows: Recorded, number: InstrumentedAttribute[int]) -> Callable[[Viewer], ColumnElement[bool]]:
    return lambda viewer: number.in_(select(rows.id).where(changeable(rows, viewer)))


def _audited(viewer: Viewer) -> ColumnElement[bool]:
    """Entries about a record that the office may change, and about what is no record, or is none any more."""
    if viewer.office_id is None:
        return false()
    ours = [AuditRow.subject.in_(subjects(rows, changeable(rows, viewer))) for rows in RECORDS.values()]
    return or_(*ours, about_what_is_gone(viewer.office_id))


def about_what_is_gone(office_id: int) -> ColumnElement[bool]:
    """Entries about what is no record, or none any more: the office's own, and others' about what was its record."""
    owners = (document["office_id"].as_integer() for document in (AuditRow.before, AuditRow.after))
    its = or_(AuditRow.office_id == office_id, *(owner == office_id for owner in owners))
    return and_(its, *(AuditRow.subject.not_in(subjects(rows, true())) for rows in RECORDS.values()))


def subjects(rows: Recorded, which: ColumnElement[bool]) -> Select[str]:
    """The numbers of records as the audit trail has them: `P12`, `X40`, `C3`, `N2`."""
    letter = next(letter for letter, of in RECORDS.items() if of is rows)
    return select(literal(letter) + as_type(rows.id, String)).where(which)


# The list ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Keeping:
    """A table in which people may be named, and its columns.

    `of` is the column that says which record a row belongs to, and `letter` what its number begins with. `part` is
    what rows are called within their record (`sources`). `of_office` says which rows an office may rid of a name;
    where it is missing, only the operator reaches them.
    """

    rows: type[Base]
    kept: Kept
    columns: tuple[str, ...]
    letter: str
    of: str = "id"
    part: str = ""
    of_office: Callable[[Viewer], ColumnElement[bool]] | None = None

    @property
    def table(self) -> Table:
        return cast("Table", self.rows.__table__)

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.table.primary_key)

    def record(self, row: RowMapping) -> str:
        return f"{self.letter}{row[self.of]}"

    def field(self, row: RowMapping, column: str) -> str:
        return f"{self.part}.{row['position']}.{column}" if self.part else column


def _parts(name: str, *columns: str) -> Keeping:
    """The parts of acts of one kind."""
    kind = PART_KINDS[name]
    return Keeping(
        kind.rows, Kept.PARTNERSHIPS, columns, "P", "partnership_id", name,
        _in_record(PartnershipRow, kind.owner),
    )  # fmt: skip


def _of_exchanges(name: str, owner: InstrumentedAttribute[int], *columns: str) -> Keeping:
    """The parts of exchanges that stand in one table."""
    where = _in_record(ExchangeRow, owner)
    return Keeping(cast("type[Base]", owner.class_), Kept.EXCHANGES, columns, "X", "exchange_id", name, where)


KEEPINGS = (
    Keeping(DraftRow, Kept.DRAFTS, ("values",), "draft:"),
    Keeping(
        PartnershipRow, Kept.PARTNERSHIPS,
        ("named", "note", "lead_association", "council_liaison", "owner", "sustain_plan", "document_url",
         "document_name"), "P",
        of_office=lambda viewer: changeable(PartnershipRow, viewer),
    ),
    Keeping(
        StatusRow, Kept.PARTNERSHIPS, ("reason", "by_whom", "trigger", "source"), "P", "partnership_id", "history",
        _in_record(PartnershipRow, StatusRow.partnership_id),
    ),
    Keeping(
        PartnershipSourceRow, Kept.PARTNERSHIPS, ("text",), "P", "partnership_id", "sources",
        _in_record(PartnershipRow, PartnershipSourceRow.partnership_id),
    ),
    _parts("signed_names", "name"),
    _parts("signatories", "name", "name_zh", "post"),
    _parts("clauses", "text"),
    _parts("commitments", "what", "owner", "evidence"),
    _parts("stages", "reason", "by_whom"),
    _parts("pilots", "title", "owner", "result"),
    _parts("steps", "note"),
    _parts("claims", "value", "source", "note"),
    Keeping(
        ExchangeRow, Kept.EXCHANGES,
        ("title", "title_zh", "topic", "summary", "note", "platform", "recording_url", "venue", "event", "series",
         "co_hosts", "teams", "result", "item", "quantity", "school", "study_programme", "conference_role",
         "proceedings", "cancel_reason"), "X",
        of_office=lambda viewer: changeable(ExchangeRow, viewer),
    ),
    _of_exchanges("sources", ExchangeSourceRow.exchange_id, "text"),
    _of_exchanges("topics", ExchangeTopicRow.exchange_id, "text"),
    _of_exchanges("attendees", AttendeeRow.exchange_id, "name", "name_zh", "post"),
    _of_exchanges("attachments", AttachmentRow.exchange_id, "url", "name"),
    _of_exchanges("decisions", DecisionRow.exchange_id, "what", "owner"),
    _of_exchanges("responses", ResponseRow.exchange_id, "what"),
    _of_exchanges("lessons", LessonRow.exchange_id, "worked", "otherwise", "who", "topics", "ask", "evidence"),
    Keeping(
        ContactRow, Kept.CONTACTS,
        ("name", "name_zh", "post", "post_zh", "organisation", "email", "phone", "note", "programme"), "C",
        of_office=lambda viewer: changeable(ContactRow, viewer),
    ),
    Keeping(
        ContactSourceRow, Kept.CONTACTS, ("text",), "C", "contact_id", "sources",
        _in_record(ContactRow, ContactSourceRow.contact_id),
    ),
    Keeping(
        PressureNoteRow, Kept.PRESSURE, ("what", "trigger"), "N",
        of_office=lambda viewer: changeable(PressureNoteRow, viewer),
    ),
    Keeping(
        PressureSourceRow, Kept.PRESSURE, ("text",), "N", "note_id", "sources",
        _in_record(PressureNoteRow, PressureSourceRow.note_id),
    ),
    Keeping(
        ReminderRow, Kept.REMINDERS, ("reason",), "reminder:",
        of_office=lambda viewer: ReminderRow.office_id == viewer.office_id,
    ),
    Keeping(AuditRow, Kept.AUDIT, ("before", "after"), "audit:", of_office=_audited),
    Keeping(PlaceRow, Kept.PLACES, ("note",), "place:"),
    Keeping(ProfileRow, Kept.PLACES, ("topic", "note", "source"), "place:", "place_id", "profile"),
    Keeping(
        OfficeKindRuleRow, Kept.KIND_RULES, ("text_en", "text_zh"), "office:", "office_id",
        of_office=lambda viewer: OfficeKindRuleRow.office_id == viewer.office_id,
    ),
    Keeping(
        OfficeStepRow, Kept.STEPS, ("text_en", "text_zh", "warning_en", "warning_zh", "source"), "office:",
        "office_id", "steps", lambda viewer: OfficeStepRow.office_id == viewer.office_id,
    ),
    Keeping(
        AskedQueryRow, Kept.QUESTIONS, ("query",), "question:", "key",
        of_office=lambda viewer: AskedQueryRow.office_id == viewer.office_id,
    ),
    Keeping(
        UnansweredRow, Kept.QUESTIONS, ("folded", "question", "words"), "question:",
        of_office=lambda viewer: UnansweredRow.office_id == viewer.office_id,
    ),
    Keeping(GroupRow, Kept.GROUPS, ("name_en", "name_zh", "key"), "group:"),
)  # fmt: skip
"""Where a person can be named. A new table or column with free text belongs here."""

# Finding -----------------------------------------------------------------------------------------------------


async def find_person(session: AsyncSession, sought: Sought, viewer: Viewer | None) -> list[Trace]:
    """Every place where the person stands, in the order of the list; of an office only what it may change."""
    return [
        Trace(keeping.kept, keeping.record(row), field, found)
        for keeping in KEEPINGS
        async for row in _hits(session, keeping, sought, viewer)
        for column in keeping.columns
        for field, found in sought.traces(row[column], keeping.field(row, column))
    ]


async def _hits(
    session: AsyncSession, keeping: Keeping, sought: Sought, viewer: Viewer | None
) -> AsyncIterator[RowMapping]:
    """The rows that the person stands in. For a name all are read, as no engine compares texts as `Sought` does."""
    if viewer is not None and keeping.of_office is None:
        return
    columns = keeping.table.c
    wanted = dict.fromkeys((*keeping.key, keeping.of, *keeping.columns))
    query = select(*(columns[name] for name in wanted)).order_by(*(columns[name] for name in keeping.key))
    if viewer is not None and keeping.of_office is not None:
        query = query.where(keeping.of_office(viewer))
    if sought.user_id is not None:  # digits are the same everywhere
        texts = (as_type(columns[name], String) for name in keeping.columns)
        query = query.where(or_(*(each.contains(str(sought.user_id)) for each in texts)))
    stream = await session.stream(query, execution_options={"yield_per": ROWS_AT_A_TIME})
    async for row in stream.mappings():
        if any(sought.hits(row[column]) for column in keeping.columns):
            yield row


# Erasing -----------------------------------------------------------------------------------------------------


async def erase_person(session: AsyncSession, sought: Sought, viewer: Viewer | None) -> Counts:
    """Put a mark wherever the person stands, and tell how many texts that were, by what they belong to.

    Records that change count their version on, so that whoever has one open is told. Rows are read once more under
    lock before they are written, so that nobody's edit of the same moment is lost. Where this waited for somebody,
    they may have written the name elsewhere: so it is looked for until it is found no more.
    """
    await overwrite_what_goes(session)
    erased: list[Kept] = []
    while hits := [(k, row) for k in KEEPINGS async for row in _hits(session, k, sought, viewer)]:
        for letter, rows in RECORDS.items():
            numbers = {row[keeping.of] for keeping, row in hits if keeping.letter == letter}
            await _count_on(session, rows, sorted(numbers))
        for keeping, row in hits:
            erased += await _erase_in_row(session, keeping, row, sought)
        if _is_sqlite(session):
            break  # nobody else has written meanwhile
    return counted(erased)


async def _count_on(session: AsyncSession, rows: Recorded, numbers: Sequence[int]) -> None:
    table = cast("Table", rows.__table__)
    counted_on = update(table).values(version=table.c.version + 1)
    for start in range(0, len(numbers), ROWS_AT_A_TIME):
        part = numbers[start : start + ROWS_AT_A_TIME]
        await session.execute(counted_on.where(table.c.id.in_(part)))


async def _erase_in_row(
    session: AsyncSession, keeping: Keeping, hit: RowMapping, sought: Sought
) -> list[Kept]:
    """What was erased in a row, once for each text."""
    table = keeping.table
    here = and_(*(table.c[name] == hit[name] for name in keeping.key))
    query = select(*(table.c[name] for name in keeping.columns)).where(here).with_for_update()
    row = (await session.execute(query)).mappings().one_or_none()
    if row is None:
        return []  # removed a moment ago
    found = [name for name in keeping.columns if sought.hits(row[name])]
    changes = {}
    for name in found:
        changes[name] = sought.without(row[name], getattr(table.c[name].type, "length", None))
        if table.c[name].unique:
            changes[name] += f"-{hit[keeping.of]}"
    if changes:
        await session.execute(update(table).where(here).values(changes))
    return [keeping.kept for name in found for _ in sought.traces(row[name], name)]


async def overwrite_what_goes(session: AsyncSession) -> None:
    """Let SQLite overwrite what is deleted, which it would otherwise leave in the file until the room is needed."""
    if _is_sqlite(session):
        await session.execute(text("PRAGMA secure_delete = ON"))


def _is_sqlite(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"


async def empty_log(database: Database) -> None:
    """Let SQLite drop the file of its latest changes, which still has what stood there before, once they are in.

    PostgreSQL drops old versions of rows by itself, with its next VACUUM.
    """
    if not database.is_sqlite:
        return
    async with database.engine.connect() as connection:
        # Past SQLAlchemy, which would begin a transaction, in which there is no checkpoint.
        driver = cast(Any, (await connection.get_raw_connection()).driver_connection)
        try:
            async with driver.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                await cursor.fetchall()
        except sqlite3.Error:  # what was erased is erased all the same, and the next checkpoint may succeed
            log.warning("the log of the database could not be emptied", exc_info=True)
