"""What stands between two parts of the world: the same from memory, by place, as by one query of the database."""

from functools import partial
from itertools import product
from typing import Any

import pytest

from bot.domain.access import ANYONE, Scope, Viewer
from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.places import Level
from bot.services.desk import Desk
from bot.services.lexicon import names_of
from bot.services.offices import all_offices
from bot.services.records_at import RecordsAt
from db.exchanges import NewExchange, insert_exchanges
from db.partnerships import NewPartnership, insert_partnerships
from db.places import known_places
from db.questions import EVERYWHERE, Somewhere, acts_at, exchanges_at
from tests.worlds import OFFICES, found_offices

JAPAN, TAIWAN = Somewhere(countries=("JP",)), Somewhere(countries=("TW",))
HOKKAIDO = Somewhere(areas=(("JP", "Hokkaido"),))
TOWNS = Somewhere(countries=("TW",), levels=(Level.TOWNSHIP, Level.COUNTY))
COUNTIES_ONCE_TOO = Somewhere(countries=("TW",), levels=(Level.SPECIAL_MUNICIPALITY,))
PLACES_OR_PALAU = Somewhere(ids=(1, 2, 3), countries=("PW",))
MUNICIPALITIES = Somewhere(levels=(Level.SPECIAL_MUNICIPALITY,))
TOWNSHIPS = Somewhere(levels=(Level.TOWNSHIP,))
CITIES = Somewhere(levels=(Level.CITY, Level.SPECIAL_MUNICIPALITY))
NOWHERE = Somewhere(ids=(-1,))


@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("where", "other"),
    [
        (JAPAN, EVERYWHERE),
        (JAPAN, TAIWAN),
        (HOKKAIDO, TOWNS),
        (EVERYWHERE, COUNTIES_ONCE_TOO),
        (PLACES_OR_PALAU, TAIWAN),
        (JAPAN, MUNICIPALITIES),
        (MUNICIPALITIES, EVERYWHERE),
        (TOWNSHIPS, JAPAN),
        (TOWNSHIPS, EVERYWHERE),
        (CITIES, TAIWAN),
        (JAPAN, NOWHERE),
    ],
)
async def test_between(seeded_desk: Desk, where: Somewhere, other: Somewhere) -> None:
    """A second time as well, when all is in memory."""
    async with seeded_desk.database.read() as session:
        names = await names_of(session)
        records = RecordsAt(session, ANYONE, names)
        acts = await acts_at(session, ANYONE, where, other, names.places)
        exchanges = await exchanges_at(session, ANYONE, where, other, names.places)
        assert bool(acts) is (other != NOWHERE)
        for _ in range(2):
            assert await records.acts_between(where, other) == acts
            assert await records.exchanges_between(where, other) == exchanges


ACTIVE = (StatusChange(Status.ACTIVE, PartialDate(2020)),)
DAY = PartialDate(2024, 5, 6)


async def _every_scope(desk: Desk) -> dict[str, Viewer]:
    """Acts and exchanges of every scope and owner, some superseded by what others may not see; and who looks on."""
    owned = list(product(Scope, OFFICES))
    partners = [f"{what}{number}" for number in range(len(owned)) for what in ("tied", "met", "once")]
    async with desk.database.write() as session:
        places, offices = await found_offices(
            session, desk, OFFICES, {"former": "seattle"}, ["all", "beside", "host", *partners]
        )
        for number, (scope, owner) in enumerate(owned):
            cell: dict[str, Any] = {"scope": scope, "office_id": offices[owner]}
            acts = [
                NewPartnership(Kind.SISTER_CITY, (places[owner], places[other]), ACTIVE, **cell)
                for other in (f"tied{number}", "all", "former")
            ]
            later = (await insert_partnerships(session, acts))[1]
            before = (places["beside"], places[f"once{number}"])
            await insert_partnerships(
                session,
                [NewPartnership(Kind.MOU, before, ACTIVE, superseded_by=later, scope=Scope.PUBLIC)],
            )
            met = NewExchange(
                ExchangeKind.VISIT_IN,
                ExchangeStatus.HELD,
                DAY,
                "Met",
                (places["host"], places[f"met{number}"]),
                **cell,
            )
            await insert_exchanges(session, [met])
    return {each.place.key: each.viewer for each in await all_offices(desk)} | {"nobody": ANYONE}


@pytest.mark.both_engines
async def test_everybody_sees_their_own(desk: Desk) -> None:
    """What offices share in memory is what each of them would read, whoever has asked before."""
    viewers = await _every_scope(desk)
    seen: set[int] = set()
    for viewer in (*viewers.values(), *reversed(viewers.values())):
        async with desk.database.read() as session:
            names = await names_of(session)
            records, there = RecordsAt(session, viewer, names), Somewhere(ids=tuple(names.places))
            acts = await acts_at(session, viewer, EVERYWHERE, EVERYWHERE, names.places)
            assert await records.acts_of(there.ids) == acts
            assert await records.acts_between(EVERYWHERE, EVERYWHERE) == acts
            exchanges = await exchanges_at(session, viewer, EVERYWHERE, EVERYWHERE, names.places)
            assert await records.exchanges_of(there.ids) == exchanges
            assert await records.exchanges_between(EVERYWHERE, EVERYWHERE) == exchanges
            known = await known_places(session, viewer, there.ids)
            assert await records.known_among(there.ids) == {place.id for place in known}
            seen.add(len(acts))
    assert len(seen) > 3, "they see different things"


async def test_of_large_things_the_last_few_are_kept(seeded_desk: Desk) -> None:
    """Three of them, and none that was made of what has changed since."""
    made: list[int] = []

    async def latest(*asked: int) -> list[int]:
        async def make_of(number: int) -> int:
            made.append(number)
            return number * 10

        async with seeded_desk.database.read() as session:
            records = RecordsAt(session, ANYONE, await names_of(session))
            return [await records.latest("large", each, partial(make_of, each)) for each in asked]

    assert await latest(1, 2, 3, 1) == [10, 20, 30, 10]
    assert await latest(3, 4, 1) == [30, 40, 10]
    assert made == [1, 2, 3, 4, 1]
    async with seeded_desk.database.write() as session:
        one, other = sorted((await names_of(session)).places)[:2]
        signed = (StatusChange(Status.ACTIVE, PartialDate(1990)),)
        await insert_partnerships(session, [NewPartnership(Kind.SISTER_CITY, (one, other), signed)])
    assert await latest(1) == [10]
    assert made == [1, 2, 3, 4, 1, 1]
