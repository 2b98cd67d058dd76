"""Reading and writing places and their names.

Places have no scope of their own. Whether somebody may know of one follows from the records that it stands in.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from bot.domain.access import Viewer
from bot.domain.claims import Claim
from bot.domain.names import fold
from bot.domain.places import Level, Place
from bot.domain.profiles import ProfileLine
from db.profiles import profiles, set_profile
from db.scope import VIEWERS, visible
from db.tables import (
    ExchangePlaceRow,
    ExchangeRow,
    OfficeRow,
    PartnershipRow,
    PartyRow,
    PlaceNameRow,
    PlaceRow,
)
from db.watermarks import Watermark, count_on


def to_place(row: PlaceRow) -> Place:
    """A row as the place that leaves `db`."""
    return Place(
        id=row.id,
        key=row.key,
        name_en=row.name_en,
        name_zh=row.name_zh,
        level=row.level,
        country=row.country,
        region_en=row.region_en,
        region_zh=row.region_zh,
        lat=row.lat,
        lon=row.lon,
        zone=row.zone,
        parent_id=row.parent_id,
        successor_id=row.successor_id,
        name_local=row.name_local,
    )


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place to be stored; `names` are all that it answers to, the main ones first."""

    key: str
    name_en: str
    name_zh: str | None = None
    name_local: str | None = None
    aliases: tuple[str, ...] = ()
    level: Level | None = None
    country: str | None = None
    region_en: str | None = None
    region_zh: str | None = None
    lat: float | None = None
    lon: float | None = None
    zone: str | None = None
    wikidata: str | None = None
    note: str | None = None
    profile: tuple[ProfileLine, ...] | None = None
    """What it is good at, offers and seeks; None, never empty, where nobody has said."""
    counts: tuple[Claim, ...] | None = None
    """How many partners it is said to have; None, never empty, where nobody is known to have said."""

    def names(self) -> list[tuple[str, bool]]:
        """(name, whether it is a main one), each folded form once."""
        mains = [name for name in (self.name_en, self.name_zh, self.name_local) if name]
        seen: dict[str, tuple[str, bool]] = {}
        for name, main in [(name, True) for name in mains] + [(name, False) for name in self.aliases]:
            if folded := fold(name):
                seen.setdefault(folded, (name, main))
        return list(seen.values())


_COLUMNS = (
    "key", "name_en", "name_zh", "name_local", "level", "country", "region_en", "region_zh",
    "lat", "lon", "zone", "wikidata", "note", "counts",
)  # fmt: skip


async def insert_places(session: AsyncSession, places: Sequence[NewPlace]) -> dict[str, int]:
    """Store places with their names; returns the id of each by key. Keys must be new."""
    if not places:
        return {}
    rows = [{column: getattr(place, column) for column in _COLUMNS} for place in places]
    await session.execute(insert(PlaceRow), rows)
    ids = await ids_by_key(session, [place.key for place in places])
    names = [
        {"place_id": ids[place.key], "name": name, "folded": fold(name), "main": main}
        for place in places
        for name, main in place.names()
    ]
    await session.execute(insert(PlaceNameRow), names)
    await _set_profiles(session, [(ids[place.key], place.profile) for place in places])
    count_on(session, Watermark.PLACES)
    return ids


async def _set_profiles(
    session: AsyncSession, added: Iterable[tuple[int, tuple[ProfileLine, ...] | None]]
) -> None:
    for place_id, lines in added:
        if lines:
            await set_profile(session, place_id, lines)


async def add_names(session: AsyncSession, added: Iterable[tuple[int, str, bool]]) -> None:
    """Let places answer to further names: (place id, name, whether it is a main one), none that they have."""
    rows = [
        {"place_id": place_id, "name": name, "folded": fold(name), "main": main}
        for place_id, name, main in added
    ]
    if rows:
        await session.execute(insert(PlaceNameRow), rows)
        count_on(session, Watermark.PLACES)


async def update_places(session: AsyncSession, changes: Iterable[tuple[int, Mapping[str, object]]]) -> None:
    """Set columns of places, by the names of `NewPlace` and `StoredPlace`: (place id, values)."""
    changed = list(changes)
    if not changed:
        return
    columns = ((place_id, _without_profile(values)) for place_id, values in changed)
    if rows := [{"id": place_id, **values} for place_id, values in columns if values]:
        await session.execute(update(PlaceRow), rows)
    profiled = [(place_id, values["profile"]) for place_id, values in changed if "profile" in values]
    await _set_profiles(session, cast("list[tuple[int, tuple[ProfileLine, ...]]]", profiled))
    count_on(session, Watermark.PLACES)


def _without_profile(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name != "profile"}


async def ids_by_key(session: AsyncSession, keys: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        result = await session.execute(select(PlaceRow.key, PlaceRow.id).where(PlaceRow.key.in_(part)))
        found |= {key: place_id for key, place_id in result}
    return found


@dataclass(frozen=True, slots=True)
class StoredPlace:
    """All that is stored of a place; `content.aliases` are the names beside the main ones, oldest first."""

    id: int
    content: NewPlace
    parent_id: int | None
    successor_id: int | None


async def stored_places(session: AsyncSession) -> list[StoredPlace]:
    """Every place in full, in order of id."""
    aliases: dict[int, list[str]] = {}
    names = select(PlaceNameRow.place_id, PlaceNameRow.name).where(PlaceNameRow.main.is_(False))
    for place_id, name in await session.execute(names.order_by(PlaceNameRow.id)):
        aliases.setdefault(place_id, []).append(name)
    lines = await profiles(session)
    table = PlaceRow.__table__.c
    columns = [table[name] for name in _COLUMNS]
    rows = await session.execute(
        select(PlaceRow.id, PlaceRow.parent_id, PlaceRow.successor_id, *columns).order_by(PlaceRow.id)
    )
    return [
        StoredPlace(
            place_id,
            NewPlace(
                **dict(zip(_COLUMNS, values, strict=True)),
                aliases=tuple(aliases.get(place_id, ())),
                profile=lines.get(place_id),
            ),
            parent_id,
            successor_id,
        )
        for place_id, parent_id, successor_id, *values in rows
    ]


# Finding ----------------------------------------------------------------------------------------------------


def known_to(viewer: Viewer | None) -> ColumnElement[bool]:
    """Which places the viewer may know of; without a viewer, all.

    A place that stands only in records which the viewer may not see is unknown to them: that it is here at all
    would tell of those records. Known are places with a record that they may see, places of offices, places
    without any record, and what such a place is part of, became, or was before.
    """
    return true() if viewer is None else _known_to(viewer)


@lru_cache(maxsize=VIEWERS)
def _known_to(viewer: Viewer) -> ColumnElement[bool]:
    relative = aliased(PlaceRow)
    related = or_(
        relative.parent_id == PlaceRow.id,
        relative.successor_id == PlaceRow.id,
        relative.id == PlaceRow.successor_id,
    )
    akin = select(relative.id).where(related, _stands_openly(relative, viewer))
    return or_(_stands_openly(PlaceRow, viewer), akin.exists())


def _stands_openly(place: type[PlaceRow], viewer: Viewer) -> ColumnElement[bool]:
    ties = select(PartyRow.place_id).where(PartyRow.place_id == place.id)
    events = select(ExchangePlaceRow.place_id).where(ExchangePlaceRow.place_id == place.id)
    seen_ties = ties.join(PartnershipRow, PartnershipRow.id == PartyRow.partnership_id)
    seen_events = events.join(ExchangeRow, ExchangeRow.id == ExchangePlaceRow.exchange_id)
    return or_(
        seen_ties.where(visible(PartnershipRow, viewer)).exists(),
        seen_events.where(visible(ExchangeRow, viewer)).exists(),
        select(OfficeRow.id).where(OfficeRow.place_id == place.id).exists(),
        and_(~ties.exists(), ~events.exists()),
    )


async def place_by_key(session: AsyncSession, viewer: Viewer | None, key: str) -> Place | None:
    row = await session.scalar(select(PlaceRow).where(PlaceRow.key == key, known_to(viewer)))
    return to_place(row) if row else None


async def places_by_id(session: AsyncSession, ids: Iterable[int]) -> dict[int, Place]:
    """Places that somebody has been shown already, in a record or on a button."""
    rows = await session.scalars(select(PlaceRow).where(PlaceRow.id.in_(list(ids))))
    return {row.id: to_place(row) for row in rows}


async def known_places(session: AsyncSession, viewer: Viewer | None, ids: Sequence[int]) -> list[Place]:
    """Of these places, those that the viewer may know of, in the order of `ids`."""
    rows = await session.scalars(select(PlaceRow).where(PlaceRow.id.in_(ids), known_to(viewer)))
    found = {row.id: to_place(row) for row in rows}
    return [found[place_id] for place_id in ids if place_id in found]


async def known_ids(session: AsyncSession, viewer: Viewer, ids: Collection[int]) -> set[int]:
    """The same by their numbers, which is what most want to know."""
    return set(await session.scalars(_known_among(viewer), {"ids": list(ids)}))


@lru_cache(maxsize=VIEWERS)
def _known_among(viewer: Viewer) -> Select[int]:
    ids: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
    return select(PlaceRow.id).where(PlaceRow.id.in_(ids), known_to(viewer))


async def places_named(session: AsyncSession, viewer: Viewer | None, name: str) -> list[Place]:
    """Places that answer to exactly this name, folded; those whose main name it is come first."""
    rows = await session.scalars(
        select(PlaceRow)
        .join(PlaceNameRow, PlaceNameRow.place_id == PlaceRow.id)
        .where(PlaceNameRow.folded == fold(name), known_to(viewer))
        .group_by(PlaceRow.id)
        .order_by(_any(PlaceNameRow.main).desc(), PlaceRow.id)
    )
    return [to_place(row) for row in rows]


def _any(condition: ColumnElement[bool] | InstrumentedAttribute[bool]) -> ColumnElement[int]:
    """1 for a group in which some row fulfils the condition."""
    return func.max(case((condition, 1), else_=0))


async def complete_tied_places(
    session: AsyncSession, viewer: Viewer, typed: str, *, partners_of: Sequence[int] = (), limit: int = 25
) -> list[Place]:
    """Places with a visible tie whose names begin with, or else hold, what was typed.

    With `partners_of`, only places tied to one of those; places that start so come before those that hold it.
    """
    folded = fold(typed)
    start = _like(folded, prefix=True)
    query = (
        select(PlaceRow)
        .join(PlaceNameRow, PlaceNameRow.place_id == PlaceRow.id)
        .where(PlaceRow.id.in_(_tied_ids(viewer, partners_of)), or_(start, _like(folded, prefix=False)))
        .group_by(PlaceRow.id)
        .order_by(_any(start).desc(), PlaceRow.name_en, PlaceRow.id)
        .limit(limit)
    )
    return [to_place(row) for row in await session.scalars(query)]


def _like(folded: str, *, prefix: bool) -> ColumnElement[bool]:
    if prefix:
        return PlaceNameRow.folded.startswith(folded, autoescape=True)
    return PlaceNameRow.folded.contains(folded, autoescape=True)


def _tied_ids(viewer: Viewer, partners_of: Sequence[int]) -> Select[int]:
    tied = (
        select(PartyRow.place_id)
        .join(PartnershipRow, PartnershipRow.id == PartyRow.partnership_id)
        .where(visible(PartnershipRow, viewer))
    )
    if partners_of:
        own = select(PartyRow.partnership_id).where(PartyRow.place_id.in_(partners_of))
        tied = tied.where(PartyRow.partnership_id.in_(own), PartyRow.place_id.not_in(partners_of))
    return tied


async def counts_of(session: AsyncSession, place_id: int) -> tuple[Claim, ...]:
    """What sources say of how many partners a place has."""
    return await session.scalar(select(PlaceRow.counts).where(PlaceRow.id == place_id)) or ()


@dataclass(frozen=True, slots=True)
class Family:
    """A place as its ties see it: itself with its predecessors, and its districts (design §3, reading 3)."""

    place: Place
    predecessors: tuple[Place, ...]
    districts: tuple[Place, ...]

    @property
    def own_ids(self) -> tuple[int, ...]:
        return (self.place.id, *(place.id for place in self.predecessors))

    @property
    def district_ids(self) -> tuple[int, ...]:
        return tuple(place.id for place in self.districts)


async def family_of(session: AsyncSession, place: Place) -> Family:
    predecessors = await _chain(session, PlaceRow.successor_id, [place.id])
    districts = await _children(session, PlaceRow.parent_id, [place.id])
    former = await _chain(session, PlaceRow.successor_id, [district.id for district in districts])
    return Family(place, tuple(predecessors), tuple(districts + former))


async def _children(
    session: AsyncSession, column: InstrumentedAttribute[int | None], ids: Sequence[int]
) -> list[Place]:
    rows = await session.scalars(select(PlaceRow).where(column.in_(ids)).order_by(PlaceRow.name_en))
    return [to_place(row) for row in rows]


async def _chain(
    session: AsyncSession, column: InstrumentedAttribute[int | None], ids: Sequence[int]
) -> list[Place]:
    """All that lead to `ids` through `column`, step by step; a loop in the data ends the walk."""
    found: dict[int, Place] = {}
    step = list(ids)
    while step:
        new = [place for place in await _children(session, column, step) if place.id not in found]
        found |= {place.id: place for place in new}
        step = [place.id for place in new]
    return list(found.values())
