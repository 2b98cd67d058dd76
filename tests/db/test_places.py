"""Who may know of a place: what stands only in hidden records is as if it were not there."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from bot.domain.access import ANYONE, Role, Scope, Standing, Viewer
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, NotFound
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.services.desk import Caller, Desk
from bot.services.exchanges import check_partners
from bot.services.partnerships import show_partner
from bot.services.places import complete_partners, complete_places, find_place, place_meant
from db.exchanges import NewExchange, insert_exchanges
from db.offices import insert_office, office_by_id
from db.partnerships import NewPartnership, insert_partnerships
from db.places import (
    NewPlace,
    insert_places,
    known_places,
    place_by_key,
    places_by_id,
    places_named,
    update_places,
)

SECRET = "Vientiane"
"""A prospect of Tainan's that nobody else is to hear of. Every place below is called so, apart from its number."""

NAMES = (
    "in a hidden tie", "in a hidden exchange", "in no record", "in an open tie", "in an open exchange", "in both",
    "with an office", "the whole of an open one", "a part of an open one", "what an open one became",
    "what an open one was", "the whole of a hidden one", "a part of a hidden one, in a hidden tie",
)  # fmt: skip

HIDDEN = {
    "in a hidden tie",
    "in a hidden exchange",
    "a part of an open one",
    "the whole of a hidden one",
    "a part of a hidden one, in a hidden tie",
}
"""What Taipei must not know of. That a whole is known tells of no part of it."""

OPEN = set(NAMES) - HIDDEN


@dataclass(frozen=True)
class World:
    desk: Desk
    ids: Mapping[str, int]
    tainan: Caller
    taipei: Caller
    guest: Caller

    @property
    def secrets(self) -> dict[str, int]:
        return {name: self.ids[name] for name in NAMES}


@pytest.fixture
async def world(desk: Desk) -> World:
    async with desk.database.write() as session:
        keys = {name: f"p-{number}" for number, name in enumerate(NAMES)}
        places = [NewPlace(key, f"{SECRET} {key[2:]}", "永珍") for key in keys.values()]
        cities = [NewPlace(key, key.title()) for key in ("tainan", "taipei", "seattle")]
        stored = await insert_places(session, places + cities)
        ids = {name: stored[key] for name, key in keys.items()} | {
            place.key: stored[place.key] for place in cities
        }
        offices = {
            key: await insert_office(session, stored[key], "en", "Asia/Taipei", standing=standing)
            for key, standing in (
                ("tainan", Standing.MEMBER), ("taipei", Standing.MEMBER), ("seattle", Standing.GUEST)
            )
        }  # fmt: skip
        await insert_office(session, ids["with an office"], "en", "Asia/Taipei")
        links = {
            "in an open tie": {
                "parent_id": ids["the whole of an open one"],
                "successor_id": ids["what an open one became"],
            },
            "what an open one was": {"successor_id": ids["in an open tie"]},
            "a part of an open one": {"parent_id": ids["in an open tie"]},
            "a part of a hidden one, in a hidden tie": {"parent_id": ids["the whole of a hidden one"]},
        }
        for name, values in links.items():
            await update_places(session, [(ids[name], values)])
        hidden = [*HIDDEN, "in both", "with an office", "the whole of an open one", "what an open one became"]
        hidden += ["what an open one was"]
        active = (StatusChange(Status.ACTIVE, None),)
        home, owner = ids["tainan"], offices["tainan"]
        await insert_partnerships(
            session,
            [
                NewPartnership(
                    Kind.PROSPECTIVE, (home, ids[name]), active, scope=Scope.OFFICE, office_id=owner
                )
                for name in hidden
                if name != "in a hidden exchange"
            ]
            + [
                NewPartnership(Kind.SISTER_CITY, (home, ids[name]), active, scope=Scope.PUBLIC)
                for name in ("in an open tie", "in both")
            ],
        )
        await insert_exchanges(
            session,
            [
                NewExchange(
                    ExchangeKind.VISIT, ExchangeStatus.PLANNED, PartialDate(2027), "a visit", (home, ids[name]),
                    scope=scope, office_id=owner,
                )
                for name, scope in (
                    ("in a hidden exchange", Scope.OFFICE), ("in an open exchange", Scope.PUBLIC)
                )
            ],
        )  # fmt: skip
        callers = {}
        for key, office_id in offices.items():
            callers[key] = Caller("en", 1, 2, await office_by_id(session, office_id), Role.EDITOR)
    return World(desk, ids, callers["tainan"], callers["taipei"], callers["seattle"])


def viewers(world: World) -> list[Viewer | None]:
    """Those who must not know of what is hidden."""
    return [world.taipei.viewer, world.guest.viewer, ANYONE]


async def test_by_key(world: World) -> None:
    """A key opens what may be known, to the owner and the operator everything."""
    async with world.desk.database.read() as session:
        for viewer in viewers(world):
            found = {n for n in NAMES if await place_by_key(session, viewer, f"p-{NAMES.index(n)}")}
            assert found == OPEN
        for viewer in (world.tainan.viewer, None):
            assert all([await place_by_key(session, viewer, f"p-{n}") for n in range(len(NAMES))])


async def test_by_name(world: World) -> None:
    """A name that many places have gives those that may be known; so does what they are chosen from."""
    async with world.desk.database.read() as session:
        for viewer in viewers(world):
            assert {place.id for place in await places_named(session, viewer, "永珍")} == {
                world.ids[name] for name in OPEN
            }
            with pytest.raises(BadInput, match="ambiguous") as several:
                await find_place(session, "永珍", viewer=viewer)
            assert {place.id for place in several.value.values["choices"]} == {world.ids[n] for n in OPEN}
        for viewer in (world.tainan.viewer, None):
            assert len(await places_named(session, viewer, "永珍")) == len(NAMES)


async def test_by_id(world: World) -> None:
    """What the index in memory proposes is filtered, and keeps its order; what was shown is found again by id."""
    proposed = list(world.secrets.values())[::-1]
    async with world.desk.database.read() as session:
        for viewer in viewers(world):
            known = [place.id for place in await known_places(session, viewer, proposed)]
            assert known == [place_id for place_id in proposed if place_id in {world.ids[n] for n in OPEN}]
        assert len(await known_places(session, None, proposed)) == len(NAMES)
        assert await known_places(session, ANYONE, []) == []
        assert len(await places_by_id(session, proposed)) == len(NAMES)


@pytest.mark.proof
async def test_a_hidden_place_is_told_like_one_that_is_not_there(world: World) -> None:
    """By key or name, to show, to log with, to list: the very errors that a place nobody has heard of gives."""
    for number, name in enumerate(NAMES):
        typed = f"{SECRET} {number}"
        assert "place" not in kinds(await errors(world.desk, world.tainan, typed)), name
        for caller in (world.taipei, world.guest):
            found = await errors(world.desk, caller, typed)
            if name in OPEN:
                assert "place" not in kinds(found), name
            else:
                assert found == await errors(world.desk, caller, f"{SECRET}n {number}"), name
                assert kinds(found) == {"place"}, name


def kinds(keys: set[str]) -> set[str]:
    return {key.partition(".")[0] for key in keys}


async def errors(desk: Desk, caller: Caller, typed: str) -> set[str]:
    """How services that take the name of a place end."""
    found = set()
    for service in (place_meant, show_partner, check_partners):
        try:
            await service(desk, caller, typed)
        except AttacheError as error:
            found.add(error.key)
    return found


async def test_the_nearest_names(world: World) -> None:
    """A misspelt name leads to what may be known, also where every nearer place is hidden; or to nothing."""
    hidden = {world.ids[name] for name in HIDDEN}
    async with world.desk.database.read() as session:
        for viewer in viewers(world):
            with pytest.raises(NotFound, match="unknown_near") as near:
                await find_place(session, f"Vientiano {NAMES.index('in a hidden tie')}", viewer=viewer)
            assert len(near.value.values["nearest"]) == 3
            assert not {place.id for place in near.value.values["nearest"]} & hidden
        with pytest.raises(NotFound, match="unknown_near") as near:
            await find_place(session, "Vientiano 0", viewer=world.tainan.viewer)
        assert near.value.values["nearest"][0].id == world.ids["in a hidden tie"]
        with pytest.raises(NotFound) as nothing:
            await find_place(session, "Ulan Bator", viewer=ANYONE)
        assert nothing.value.key == "place.unknown"


async def test_hidden_places_are_not_offered(world: World) -> None:
    """Suggestions are places with a tie that the person may see."""
    for caller in (world.taipei, world.guest):
        for complete in (complete_partners, complete_places):
            offered = {place.id for place in await complete(world.desk, caller, SECRET)}
            assert offered == {world.ids["in an open tie"], world.ids["in both"]}
    assert world.ids["in a hidden tie"] in {
        place.id for place in await complete_partners(world.desk, world.tainan, SECRET)
    }


async def test_an_open_record_makes_a_place_known(world: World) -> None:
    """At once; what is near in memory is the same as before, and only who may know of it has changed."""
    typed = f"{SECRET} {NAMES.index('in a hidden exchange')}"
    with pytest.raises(NotFound):
        await place_meant(world.desk, world.taipei, typed)
    parties = (world.ids["taipei"], world.ids["in a hidden exchange"])
    async with world.desk.database.write() as session:
        act = NewPartnership(Kind.MOU, parties, (StatusChange(Status.ACTIVE, None),), scope=Scope.SHARED)
        await insert_partnerships(session, [act])
    assert (await place_meant(world.desk, world.taipei, typed)).id == parties[1]
    with pytest.raises(NotFound):
        await place_meant(
            world.desk, world.guest, typed
        )  # what is shared, guests see where they are party to it
