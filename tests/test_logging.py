"""Logging exchanges: any kind, any number of partners, from a form or from what was read elsewhere."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.access import ANYONE, Role
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.exchange_particulars import Attachment
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Format, Mode
from bot.domain.offices import Office
from bot.i18n.texts import Texts
from bot.services.desk import Desk
from bot.services.exchanges import Report, VisitForm, check_partners, log_report, log_visit
from bot.services.partnerships import show_partner
from bot.services.visit_fields import VisitFields, read_fields, read_minutes
from db.exchanges import all_exchanges
from tests.domain.builders import office as office_in
from tests.records import audit_entries, office_of, person

STARTER = 147
REPORT = Report(
    ["seattle-us", "布拉格"],
    ExchangeKind.VIRTUAL_VISIT,
    PartialDate(2026, 11, 19),
    mode=Mode.VIRTUAL,
    minutes=40,
    people=6,
    level=ExchangeLevel.OFFICIAL,
    topic="Social housing and trams",
    summary=" They come in May. ",
    platform="Zoom",
    sources=("https://example.org/message",),
    attachments=(Attachment("https://example.org/slides.pdf", "slides.pdf", 4096),),
)


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "kaohsiung-tw")


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "others", ["Prague, Gdynia", "布拉格、格丁尼亞", "prague-cz;gdynia-pl, Seattle", "Prague and Gdynia"]
)
async def test_one_record_counts_for_each_tie(seeded_desk: Desk, home: Office, others: str) -> None:
    """A webinar with three cities is one record, and last contact of all three; a place named twice stands once."""
    caller = person(home)
    form = VisitForm("Seattle", "yesterday", Format.WEBINAR, others=others)
    logged = await log_visit(seeded_desk, caller, form, "test:1")
    assert [place.key for place in logged.exchange.places] == [
        "kaohsiung-tw", "seattle-us", "prague-cz", "gdynia-pl",
    ]  # fmt: skip
    assert [each.place.key for each in logged.partners if each.quiet] == ["seattle-us", "gdynia-pl"]
    for partner in ("Seattle", "Gdynia"):
        card = await show_partner(seeded_desk, caller, partner)
        assert card.tie.last is not None
        assert card.tie.last.record == logged.exchange.record


@pytest.mark.parametrize(
    ("named", "key"),
    [
        (["", " "], "place.empty"),
        (["Seattle", "Atlantis, Prague"], "place.unknown_near"),
        (["Seattle", "高雄"], "visit.with_oneself"),
    ],
)
async def test_who_cannot_have_taken_part(
    seeded_desk: Desk, home: Office, named: list[str], key: str
) -> None:
    with pytest.raises(AttacheError) as refused:
        await check_partners(seeded_desk, person(home), *named[:1], others=", ".join(named[1:]))
    assert refused.value.key == key


@pytest.mark.parametrize("kind", Format)
async def test_any_kind_is_logged_by_the_one_form(seeded_desk: Desk, home: Office, kind: Format) -> None:
    """What the form offers becomes the kind; only where it says how people met, that is recorded."""
    logged = await log_visit(seeded_desk, person(home), VisitForm("Seattle", "2026-11-19", kind), "test:1")
    told = {Format.VIDEO: "virtual_visit", Format.PHONE: "virtual_visit"}
    assert logged.exchange.kind.value == told.get(kind, kind.value)
    virtual = (Format.VIDEO, Format.PHONE, Format.WEBINAR)
    visits = (Format.VISIT_IN, Format.VISIT_OUT, Format.VISIT)
    expected = Mode.VIRTUAL if kind in virtual else Mode.IN_PERSON if kind in visits else None
    assert logged.exchange.mode is expected


async def test_a_report_is_stored_as_it_says(seeded_desk: Desk, home: Office) -> None:
    """Nothing is made up: what the report leaves out is empty; the areas are those that its topic names."""
    logged = await log_report(seeded_desk, person(home), REPORT, "test:1")
    again = await log_report(seeded_desk, person(home), replace(REPORT, minutes=50), "test:1")
    assert again.exchange == logged.exchange
    exchange = logged.exchange
    assert [place.key for place in exchange.places] == ["kaohsiung-tw", "seattle-us", "prague-cz"]
    assert (exchange.minutes, exchange.people, exchange.platform) == (40, 6, "Zoom")
    assert (exchange.title, exchange.summary) == ("Social housing and trams", "They come in May.")
    assert exchange.topics == ("housing", "transport")
    assert (exchange.level, exchange.starts_at, exchange.end_date) == (ExchangeLevel.OFFICIAL, None, None)
    (entry,) = await audit_entries(seeded_desk, exchange.record)
    assert entry.after is not None
    assert entry.after["attachments"] == [
        {"url": "https://example.org/slides.pdf", "name": "slides.pdf", "size": 4096}
    ]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"date": PartialDate(2026, 12)}, "visit.in_future"),
        ({"minutes": 99999}, "visit.number_out_of_range"),
        ({"people": 0}, "visit.people_out_of_range"),
        ({"topic": "x" * 201}, "visit.topic_too_long"),
        ({"summary": "x" * 1501}, "visit.summary_too_long"),
        ({"end_date": PartialDate(2026, 11, 18)}, "visit.after_its_end"),
        ({"partners": ["Atlantis"]}, "place.unknown_near"),
    ],
)
async def test_a_report_that_cannot_be_is_refused(
    seeded_desk: Desk, home: Office, change: dict[str, object], key: str
) -> None:
    with pytest.raises(FormRefused) as refused:
        await log_report(seeded_desk, person(home), replace(REPORT, **change), "test:1")  # type: ignore[arg-type]
    assert [problem.key for problem in refused.value.problems] == [key]
    async with seeded_desk.database.read() as session:
        assert len(await all_exchanges(session, ANYONE)) == STARTER


async def test_what_is_planned_may_lie_ahead(seeded_desk: Desk, home: Office) -> None:
    """And it is no contact."""
    planned = replace(REPORT, status=ExchangeStatus.PLANNED, date=PartialDate(2026, 12, 3))
    caller = person(home)
    before = await show_partner(seeded_desk, caller, "Seattle")
    logged = await log_report(seeded_desk, caller, planned, "test:1")
    assert logged.exchange.status is ExchangeStatus.PLANNED
    assert (await show_partner(seeded_desk, caller, "Seattle")).tie.last == before.tie.last


@pytest.mark.both_engines
@pytest.mark.parametrize("people", [10, pytest.param(100, marks=pytest.mark.proof)])
async def test_double_presses_make_one_record_each(seeded_desk: Desk, home: Office, people: int) -> None:
    """Each form is submitted twice at the same moment: one record, one entry for each."""
    callers = [person(home, Role.LOGGER, user) for user in range(people)]
    form = VisitForm("seattle-us", "yesterday")
    presses = [
        log_visit(seeded_desk, caller, form, f"test:{n}")
        for n, caller in enumerate(callers)
        for _ in range(2)
    ]
    logged = await asyncio.gather(*presses)
    numbers = [each.exchange.id for each in logged]
    assert numbers[::2] == numbers[1::2]
    assert len(set(numbers)) == people
    entries = [entry for entry in await audit_entries(seeded_desk) if entry.action == "exchange.logged"]
    assert len(entries) == people


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", None),
        ("40", 40),
        ("40 min", 40),
        ("約 90 分鐘", 90),
        ("1 h 30", 90),
        ("2小時", 120),
        ("1小時30分", 90),
    ],
)
def test_how_long_it_took(text: str, minutes: int | None) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["soon", "0", "-5", "1.5 h", "99999"])
def test_what_is_no_length_of_time(text: str) -> None:
    with pytest.raises(BadInput):
        read_minutes(text)


# Cut off at every step ---------------------------------------------------------------------------------------


class Cut(BaseException):
    """The process ends here: no error that anybody would answer."""


def ending_after(reached: int) -> Callable[..., Any]:
    """`AsyncSession.execute`, for so many statements and no further."""
    original, left = AsyncSession.execute, iter(range(reached))

    async def execute(self: AsyncSession, *args: Any, **more: Any) -> Any:
        if next(left, None) is None:
            raise Cut
        return await original(self, *args, **more)

    return execute


@pytest.mark.both_engines
async def test_cut_off_at_every_step_nothing_is_half_done(
    seeded_desk: Desk, home: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever statement is the last one before the end: neither record nor entry, and the same request succeeds."""
    for reached in count():
        with monkeypatch.context() as patch:
            patch.setattr(AsyncSession, "execute", ending_after(reached))
            with contextlib.suppress(Cut):
                await log_report(seeded_desk, person(home), REPORT, "test:cut")
                break
        async with seeded_desk.database.read() as session:
            assert len(await all_exchanges(session, ANYONE)) == STARTER
        assert not [each for each in await audit_entries(seeded_desk) if each.action == "exchange.logged"]
    assert reached > 10
    async with seeded_desk.database.read() as session:
        assert len(await all_exchanges(session, ANYONE)) == STARTER + 1


# When it was -------------------------------------------------------------------------------------------------

MOMENTS = [
    # what was typed, the office's zone, now (UTC), the day, the moment (UTC), the partner's clock
    (
        "yesterday 9:00",
        "Asia/Taipei",
        "2026-11-20T02:00",
        "2026-11-19",
        "2026-11-19T01:00",
        "Wed 18 Nov 2026, 17:00",
    ),
    (
        "today 9:00",
        "Asia/Taipei",
        "2021-08-26T02:00",
        "2021-08-26",
        "2021-08-26T01:00",
        "Wed 25 Aug 2021, 18:00",
    ),
    # the clocks of Seattle go back on 1 November 2026, those of Taipei never do
    (
        "2026-10-31 9:00",
        "Asia/Taipei",
        "2026-11-20T02:00",
        "2026-10-31",
        "2026-10-31T01:00",
        "Fri 30 Oct 2026, 18:00",
    ),
    (
        "2026-11-02 9:00",
        "Asia/Taipei",
        "2026-11-20T02:00",
        "2026-11-02",
        "2026-11-02T01:00",
        "Sun 1 Nov 2026, 17:00",
    ),
    (
        "2026-03-08 18:00",
        "Asia/Taipei",
        "2026-11-20T02:00",
        "2026-03-08",
        "2026-03-08T10:00",
        "Sun 8 Mar 2026, 03:00",
    ),
    # midnight belongs to the day that it begins
    (
        "2026-11-19 0:00",
        "Asia/Taipei",
        "2026-11-20T02:00",
        "2026-11-19",
        "2026-11-18T16:00",
        "Wed 18 Nov 2026, 08:00",
    ),
    (
        "昨天凌晨12點",
        "Asia/Taipei",
        "2026-11-20T02:00",
        "2026-11-19",
        "2026-11-18T16:00",
        "Wed 18 Nov 2026, 08:00",
    ),
    ("民國115年11月2日", "Asia/Taipei", "2026-11-20T02:00", "2026-11-02", None, None),
    ("民國115年11月", "Asia/Taipei", "2026-11-20T02:00", "2026-11", None, None),
    ("2025", "Asia/Taipei", "2026-11-20T02:00", "2025", None, None),
    # said on a Friday, "last Friday" is the week before: today is said as today
    ("last Friday", "Asia/Taipei", "2026-11-20T02:00", "2026-11-13", None, None),
    ("上週五", "Asia/Taipei", "2026-11-20T02:00", "2026-11-13", None, None),
    ("last Friday", "Asia/Taipei", "2026-11-21T02:00", "2026-11-20", None, None),
    # the day is the office's: at 17:00 UTC it is tomorrow in Taipei, and still today in Seattle
    ("today", "Asia/Taipei", "2026-11-19T17:00", "2026-11-20", None, None),
    ("today", "America/Los_Angeles", "2026-11-19T17:00", "2026-11-19", None, None),
    # an hour that the office's own clocks skip falls just after the gap
    ("2026-03-08 2:30", "America/Los_Angeles", "2026-11-19T17:00", "2026-03-08", "2026-03-08T10:30", None),
]


@pytest.mark.parametrize(("typed", "zone", "now", "day", "moment", "theirs"), MOMENTS)
def test_when_it_was(
    typed: str, zone: str, now: str, day: str, moment: str | None, theirs: str | None
) -> None:
    """Stored as the office's day and a moment, shown by the clocks of both places."""
    office = office_in(zone)
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    read = read_fields(VisitFields(typed), office, at)
    assert read["date"] == PartialDate.from_iso(day)
    assert read["starts_at"] == (datetime.fromisoformat(moment).replace(tzinfo=UTC) if moment else None)
    if theirs is not None:
        assert Texts("en").moment(read["starts_at"], "America/Los_Angeles") == theirs


@pytest.mark.parametrize("typed", ["03/04/2026", "last week", "上週", "21 Nov"])
def test_what_can_be_read_two_ways_is_asked_back(typed: str) -> None:
    with pytest.raises(FormRefused):
        read_fields(VisitFields(typed), office_in("Asia/Taipei"), datetime(2026, 11, 20, 2, tzinfo=UTC))
