"""Near names from memory: read once, right for every process after every change, and never more than is committed."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.access import ANYONE, Role
from bot.domain.audit import RecordKind
from bot.domain.errors import NotFound
from bot.domain.offices import Office
from bot.services.desk import Caller, Desk
from bot.services.imports import Sheet, import_file
from bot.services.offices import all_offices
from bot.services.places import complete_partners, complete_places, find_place
from db.engine import Database, Session
from db.numbers import hold_numbers
from db.place_index import place_index
from db.places import NewPlace, add_names, ids_by_key, insert_places, update_places
from db.watermarks import Watermark, version_of

pytestmark = pytest.mark.both_engines


@pytest.fixture
async def other(desk: Desk) -> AsyncIterator[Desk]:
    """What another process has: a connection of its own to the same database, and a memory of its own."""
    database = Database(desk.database.url)
    yield Desk(database, desk.clock)
    await database.close()


async def store(desk: Desk, *names: str) -> None:
    async with desk.database.write() as session:
        await insert_places(session, [NewPlace(name.lower(), name) for name in names])


async def near_in(session: Session, typed: str) -> list[str]:
    """The names that are offered for one that nobody has."""
    with pytest.raises(NotFound) as unknown:
        await find_place(session, typed, viewer=ANYONE)
    return [place.name_en for place in unknown.value.values["nearest"]]


async def near(desk: Desk, typed: str) -> list[str]:
    async with desk.database.read() as session:
        return await near_in(session, typed)


async def version(desk: Desk) -> int:
    async with desk.database.read() as session:
        return await version_of(session, Watermark.PLACES)


class Rolled(Exception):
    """Thrown to have a transaction rolled back."""


# Two processes ------------------------------------------------------------------------------------------------


async def test_what_one_process_adds_the_other_finds_at_once(desk: Desk, other: Desk) -> None:
    """Both have their index already; a place is found by its name as ever, and by a misspelt one as well."""
    await store(desk, "Ouagadougou")
    assert await near(desk, "Wagadougou") == await near(other, "Wagadougou") == ["Ouagadougou"]
    await store(other, "Bobo-Dioulasso")
    assert await near(desk, "Bobo-Dioulaso") == ["Bobo-Dioulasso"]
    await store(desk, "Koudougou")
    assert await near(other, "Koudougu") == ["Koudougou", "Ouagadougou"]
    async with other.database.read() as session:
        assert (await find_place(session, "koudougou", viewer=ANYONE)).name_en == "Koudougou"


async def test_further_names_and_imports_count_as_well(desk: Desk, other: Desk, tmp_path: Path) -> None:
    """Whatever writes places or names tells the others; what writes nothing does not."""
    await store(desk, "Saigon")
    assert await near(other, "Ho Chi Min") == []
    async with desk.database.write() as session:
        ids = await ids_by_key(session, ["saigon"])
        await add_names(session, [(ids["saigon"], "Ho Chi Minh", False)])
    assert await near(other, "Ho Chi Min") == ["Saigon"]
    path = tmp_path / "places.csv"
    path.write_text("key,name_en,country\nhanoi-vn,Hanoi,VN\n")
    await import_file(desk, Sheet.PLACES, path)
    assert await near(other, "Hannoi") == ["Hanoi"]
    before = await version(desk)
    async with desk.database.write() as session:
        await update_places(session, [(ids["saigon"], {"country": "VN"})])
    assert await version(desk) == before + 1
    async with desk.database.write() as session:
        await insert_places(session, [])
        await add_names(session, [])
        await update_places(session, [])
    await import_file(desk, Sheet.PLACES, path)
    assert await version(desk) == before + 1


async def test_a_transaction_counts_once(desk: Desk, other: Desk) -> None:
    """However many places it writes; and two that overlap count as two."""
    before = await version(desk)
    async with desk.database.write() as session:
        await insert_places(session, [NewPlace("a", "Aleppo")])
        ids = await insert_places(session, [NewPlace("b", "Beirut")])
        await add_names(session, [(ids["b"], "Berytus", False)])
        await update_places(session, [(ids["b"], {"country": "LB"})])
    assert await version(desk) == before + 1
    if not desk.database.is_sqlite:  # which has one writer at a time
        async with desk.database.write() as one, other.database.write() as two:
            await insert_places(one, [NewPlace("c", "Cairo")])
            await insert_places(two, [NewPlace("d", "Damascus")])
        assert await version(desk) == before + 3


async def test_nobody_waits_for_the_count(desk: Desk, other: Desk) -> None:
    """An import holds the record numbers and then writes places; who does so the other way round is not locked out."""
    if desk.database.is_sqlite:
        pytest.skip("one writer at a time")
    async with desk.database.write() as importing:
        await hold_numbers(importing, RecordKind.PARTNERSHIP)
        async with other.database.write() as founding:
            await insert_places(founding, [NewPlace("a", "Aleppo")])
            await insert_places(importing, [NewPlace("b", "Beirut")])
    assert await near(desk, "Beiruth") == ["Beirut"]


# What is not committed ----------------------------------------------------------------------------------------


async def test_a_place_that_was_rolled_back_is_not_found(desk: Desk, other: Desk) -> None:
    """Its own transaction finds it; nobody else does, before or after."""
    await store(desk, "Ouagadougou")
    before = await version(desk)
    assert await near(desk, "Atlantiss") == []
    with suppress(Rolled):
        async with desk.database.write() as session:
            await insert_places(session, [NewPlace("atlantis", "Atlantis")])
            assert await near_in(session, "Atlantiss") == ["Atlantis"]
            assert await near(desk, "Atlantiss") == await near(other, "Atlantiss") == []
            raise Rolled
    assert await near(desk, "Atlantiss") == await near(other, "Atlantiss") == []
    assert await version(desk) == before
    async with desk.database.read() as session:
        assert (await place_index(session)).names == ["ouagadougou"]


async def test_a_version_that_another_reached_is_not_mistaken_for_ones_own(desk: Desk, other: Desk) -> None:
    """A change rolled back here and one committed there would both have been the next version."""
    await store(desk, "Ouagadougou")
    await near(desk, "Wagadougou")
    with suppress(Rolled):
        async with desk.database.write() as session:
            await insert_places(session, [NewPlace("atlantis", "Atlantis")])
            await near_in(session, "Atlantiss")
            raise Rolled
    await store(other, "Atlanta")
    assert await near(desk, "Atlantiss") == ["Atlanta"]


async def test_savepoints(desk: Desk, other: Desk) -> None:
    """What a savepoint takes back is gone; what it keeps is counted with the transaction around it."""
    before = await version(desk)
    assert await near(other, "Aleppoo") == []
    async with desk.database.write() as session:
        with suppress(Rolled):
            async with session.begin_nested():
                await insert_places(session, [NewPlace("atlantis", "Atlantis")])
                async with session.begin_nested():
                    await insert_places(session, [NewPlace("lemuria", "Lemuria")])
                raise Rolled
        async with session.begin_nested():
            await insert_places(session, [NewPlace("a", "Aleppo")])
        assert await version_of(session, Watermark.PLACES) == before
    assert await version(desk) == before + 1
    assert await near(other, "Aleppoo") == ["Aleppo"]
    assert await near(other, "Atlantiss") == await near(other, "Lemurria") == []


# Many places --------------------------------------------------------------------------------------------------

MANY = 60_000


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """What is asked of the database for reading meanwhile."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(" ".join(statement.split()))

    engine = desk.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def whole_readings(seen: list[str]) -> list[str]:
    """The statements that read all places or all names: without a condition or a limit."""
    tables = ("FROM place_names", "FROM places")
    return [s for s in seen if any(t in s for t in tables) and "WHERE" not in s and "LIMIT" not in s]


def kaohsiung(offices: list[Office]) -> Caller:
    office = next(office for office in offices if office.place.key == "kaohsiung-tw")
    return Caller("en", 1, 2, office, Role.EDITOR)


@pytest.mark.proof
async def test_many_places_are_read_once(seeded_desk: Desk) -> None:
    """Suggestions never read them all; near names do once, and again only after a change."""
    desk, other = seeded_desk, Desk(Database(seeded_desk.database.url), seeded_desk.clock)
    async with desk.database.write() as session:
        await insert_places(session, [NewPlace(f"x-{n}", f"Town {n * 7919}") for n in range(MANY)])
    caller = kaohsiung(await all_offices(desk))
    with statements(desk) as seen:
        for typed in ("", "s", "se", "seat", "西", "town 1", "no such place"):
            await complete_partners(desk, caller, typed)
            await complete_places(desk, caller, typed)
        async with desk.database.read() as session:
            assert (await find_place(session, "西雅圖", viewer=caller.viewer)).key == "seattle-us"
    assert len(seen) > 14
    assert whole_readings(seen) == []
    with statements(desk) as seen:
        assert "Seattle" in await near(desk, "Seatle")
        assert "Busan" in await near(desk, "Bussan")
    assert len(whole_readings(seen)) == 1
    with statements(desk) as seen:
        for typed in ("Seatle", "Bussan", "Kaoshiung"):
            assert await near(desk, typed)
    assert whole_readings(seen) == []
    assert len([statement for statement in seen if "FROM watermarks" in statement]) == 3
    await store(other, "Ouagadougou")
    with statements(desk) as seen:
        for typed in ("Wagadougou", "Seatle"):
            assert await near(desk, typed)
    assert len(whole_readings(seen)) == 1
    await other.database.close()


async def test_the_index_keeps_what_it_was_made_of(desk: Desk) -> None:
    """Every name of every place, at the version of the moment; the same object until something changes."""
    await store(desk, "Aleppo", "Beirut")
    async with desk.database.read() as session:
        first = await place_index(session)
        assert sorted(first.names) == ["aleppo", "beirut"]
        assert await place_index(session) is first
    async with desk.database.read() as session:
        assert await place_index(session) is first
    await store(desk, "Cairo")
    async with desk.database.read() as session:
        later = await place_index(session)
    assert later is not first
    assert sorted(later.names) == ["aleppo", "beirut", "cairo"]
