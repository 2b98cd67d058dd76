"""Every list that a button can turn: its last page is there, no page tells what another does, both languages."""

from collections.abc import Awaitable, Callable
from importlib import import_module

import pytest

from bot.client import COGS
from bot.domain.access import Role, Scope
from bot.domain.agreements import Commitment
from bot.domain.contacts import ContactRole
from bot.domain.dates import PartialDate
from bot.domain.exchange_particulars import Lesson
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.pressure import Incident
from bot.i18n.texts import Texts
from bot.questions.query import Asked, Query
from bot.services.asked_queries import keep_query
from bot.services.desk import Caller, Desk
from bot.services.groups import found_group
from bot.services.office_settings import PostingForm, change_posting
from bot.ui.pages import LINES, page_makers
from db.contacts import NewContact, insert_contacts
from db.engine import Session
from db.exchanges import NewExchange, insert_exchanges
from db.partnerships import NewPartnership, insert_partnerships
from db.places import ids_by_key
from db.pressure import NewNote, insert_notes
from tests.records import office_of, person

for cog in COGS:
    import_module(f"cogs.{cog}")  # as the client does, which is how all lists come to be known

MANY = 2 * LINES
"""More than a page of each."""

Fill = Callable[[Desk, Caller], Awaitable[None]]


def many(make: Callable[[Session, int, int, int], Awaitable[object]]) -> Fill:
    """Stores so many of something: `make` is given the office, its place and a partner, by their ids."""

    async def fill(desk: Desk, caller: Caller) -> None:
        office = caller.own_office()
        async with desk.database.write() as session:
            partner = (await ids_by_key(session, ["seattle-us"]))["seattle-us"]
            await make(session, office.id, office.place.id, partner)

    return fill


def prospects(session: Session, _office: int, home: int, partner: int) -> Awaitable[object]:
    talks = (StatusChange(Status.PROSPECTIVE, PartialDate(2026)),)
    new = [NewPartnership(Kind.PROSPECTIVE, (home, partner), talks) for _ in range(MANY)]
    return insert_partnerships(session, new)


def promises(session: Session, _office: int, home: int, partner: int) -> Awaitable[object]:
    told = tuple(Commitment(f"Promise {n}") for n in range(MANY))
    active = (StatusChange(Status.ACTIVE, PartialDate(2020)),)
    return insert_partnerships(session, [NewPartnership(Kind.MOU, (home, partner), active, commitments=told)])


def exchanges(session: Session, _office: int, home: int, partner: int) -> Awaitable[object]:
    held = ExchangeKind.CULTURE, ExchangeStatus.HELD
    new = [NewExchange(*held, PartialDate(2000 + n), f"Feast {n}", (home, partner)) for n in range(MANY)]
    return insert_exchanges(session, new)


def lessons(session: Session, office: int, home: int, partner: int) -> Awaitable[object]:
    """One of each of many exchanges, and three of one more."""
    held = ExchangeKind.CULTURE, ExchangeStatus.HELD
    told = [(n, (Lesson(f"{n}", f"Lesson {n}"),)) for n in range(MANY)]
    told.append((MANY, tuple(Lesson(f"more {n}", "It went well") for n in range(3))))
    new = [
        NewExchange(
            *held, PartialDate(2000 + n), f"Feast {n}", (home, partner), lessons=each, number=9000 + n,
            office_id=office,
        )
        for n, each in told
    ]  # fmt: skip
    return insert_exchanges(session, new)


def people(session: Session, office: int, _home: int, partner: int) -> Awaitable[object]:
    return insert_contacts(
        session,
        [
            NewContact(
                place_id=partner, role=ContactRole.ALUMNUS, name=f"Alumna {n}", consent=PartialDate(2024),
                scope=Scope.OFFICE, office_id=office,
            )
            for n in range(MANY)
        ],
    )  # fmt: skip


def notes(session: Session, office: int, home: int, partner: int) -> Awaitable[object]:
    new = [
        NewNote(
            kind=Incident.OTHER, date=PartialDate(2000 + n), what=f"Incident {n}", places=(home, partner),
            sources=("a report",), scope=Scope.OFFICE, office_id=office,
        )
        for n in range(MANY)
    ]  # fmt: skip
    return insert_notes(session, new)


async def groups(desk: Desk, caller: Caller) -> None:
    for n in range(MANY):
        await found_group(desk, caller, f"Circle {n}")


async def settings(desk: Desk, caller: Caller) -> None:
    for n in range(MANY):
        form = PostingForm(language="en", zone="Asia/Taipei", hour=str(n % 24))
        await change_posting(desk, caller, form, caller.own_office().version + n)


async def nothing(desk: Desk, caller: Caller) -> None:
    """The starter data is enough."""


LISTS: dict[str, tuple[str, Fill, bool]] = {
    "partners": ("~h{home}", nothing, True),
    "quiet": ("", nothing, True),
    "coming": ("366", nothing, True),
    "ties": ("{home}", nothing, True),
    "exchanges": ("{home},{partner}", many(exchanges), True),
    "timeline": ("1Seattle", many(exchanges), True),
    "prospects": ("", many(prospects), True),
    "promises": ("||all", many(promises), True),
    "contacts": (":::", many(people), True),
    "alumni": ("all", many(people), True),
    "pressure": (":", many(notes), True),
    "lessons": ("", many(lessons), True),
    "lesson": (f"X{9000 + MANY}", many(lessons), True),
    "groups": ("", groups, True),
    "history": ("office", settings, True),
    "kinds": ("", nothing, False),
    "help": ("ties", nothing, False),
    "examples": ("", nothing, False),
    "unanswered": ("", nothing, False),
    "health": ("", nothing, True),
    "visits": ("~h{home}", nothing, True),
    "balance": ("~h{home}", nothing, False),
    "upcoming": ("366", nothing, False),  # without channels nothing is to be posted
    "posted": ("", nothing, False),
    "answer": ("{kept}", nothing, True),
}
"""What each list is asked, how it is filled, and whether it then has more than one page."""


def test_every_list_is_turned_here() -> None:
    """A new one says how it comes to have more than a page."""
    assert set(page_makers()) == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_pages(seeded_desk: Desk, name: str) -> None:
    """Each page differs, none is empty, and one that is no more gives the last; both languages have as many."""
    asked, fill, is_long = LISTS[name]
    office = await office_of(seeded_desk, "kaohsiung-tw")
    caller = person(office, Role.ADMINISTRATOR)
    await fill(seeded_desk, caller)
    async with seeded_desk.database.read() as session:
        ids = await ids_by_key(session, ["seattle-us"])
    kept = await keep_query(seeded_desk, caller, Query(asked=Asked.PLACES))
    arguments = asked.format(home=office.place.id, partner=ids["seattle-us"], kept=kept)
    make = page_makers()[name]
    found = []
    for language in ("en", "zh-TW"):
        reader = person(office, Role.ADMINISTRATOR, language=language)
        first = await make(seeded_desk, reader, Texts(language), arguments, 0)
        pages = [
            await make(seeded_desk, reader, Texts(language), arguments, index) for index in range(first.pages)
        ]
        told = [str(page.embed.description) for page in pages]
        assert len(set(told)) == len(told)
        assert all(told)
        beyond = await make(seeded_desk, reader, Texts(language), arguments, 999)
        assert (beyond.index, beyond.embed.description) == (first.pages - 1, told[-1])
        found.append(first.pages)
    assert found[0] == found[1]
    assert (found[0] > 1) is is_long
