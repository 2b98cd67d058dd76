"""Logging exchanges: any kind, any number of partners, from a form or from what was read elsewhere."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.access import ANYONE, Role
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.exchange_particulars import Attachment
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Format, Mode
from bot.domain.offices import Office
from bot.services.desk import Desk
from bot.services.exchanges import Report, VisitForm, check_partners, log_report, log_visit
from bot.services.partnerships import show_partner
from bot.services.visit_fields import read_minutes
from db.exchanges import all_exchanges
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
async def test_a_hundred_double_presses_make_a_hundred_records(seeded_desk: Desk, home: Office) -> None:
    """Each form is submitted twice at the same moment, by people of two roles: one record, one entry for each."""
    callers = [person(home, Role.LOGGER, user) for user in range(100)]
    form = VisitForm("seattle-us", "yesterday")
    presses = [
        log_visit(seeded_desk, caller, form, f"test:{n}")
        for n, caller in enumerate(callers)
        for _ in range(2)
    ]
    logged = await asyncio.gather(*presses)
    numbers = [each.exchange.id for each in logged]
    assert numbers[::2] == numbers[1::2]
    assert len(set(numbers)) == 100
    entries = [entry for entry in await audit_entries(seeded_desk) if entry.action == "exchange.logged"]
    assert len(entries) == 100


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
