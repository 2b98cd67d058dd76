"""What questions are answered from: agreements and exchanges by the places in them.

Every query of records sees through `db.scope.visible`. Places come from what the process has in memory, so that a
record is read without joining them: the caller hands them in by id.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select, true, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.domain.access import ANYONE, Viewer
from bot.domain.claims import Claim
from bot.domain.exchanges import Exchange
from bot.domain.partnerships import Partnership
from bot.domain.places import Level, Place
from db.act_parts import HISTORY, PART_KINDS
from db.exchange_parts import TEXT_LISTS
from db.exchanges import COLUMNS as EXCHANGE_COLUMNS
from db.partnerships import CONTENT as ACT_COLUMNS
from db.parts import read_kind, read_parts
from db.scope import visible
from db.tables import (
    ExchangePlaceRow,
    ExchangeRow,
    PartnershipRow,
    PartnershipSourceRow,
    PartyRow,
    PlaceRow,
)

Places = Mapping[int, Place]


@dataclass(frozen=True, slots=True)
class Somewhere:
    """Places by id, or by where they lie; of these, those that are or became of a level. Else it is everywhere."""

    ids: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    areas: tuple[tuple[str, str], ...] = ()
    """Countries with the name of a region in them."""
    levels: tuple[Level, ...] = ()


EVERYWHERE = Somewhere()


def is_at(place: Place, where: Somewhere, places: Places) -> bool:
    """The same as the database tells it: whether a place is there; `places` are all, by id."""
    named = (
        not (where.ids or where.countries or where.areas)
        or place.id in where.ids
        or place.country in where.countries
        or (place.country, place.region_en) in where.areas
    )
    now = places.get(place.successor_id) if place.successor_id is not None else None
    return named and (
        not where.levels or place.level in where.levels or (now is not None and now.level in where.levels)
    )


def _stand_at(record: Any, owner: Any, place: Any, wheres: Iterable[Somewhere]) -> ColumnElement[bool]:
    """Whether a record has a place at each of these; `owner` and `place` are columns of the table of its places."""
    conditions = (
        record.in_(select(owner).where(_lies_in(place, where))) for where in wheres if where != EVERYWHERE
    )
    return and_(true(), *conditions)


FEW = 500
"""Records up to which a condition is better told by their numbers; engines allow no list of any length."""


async def _by_number(
    session: AsyncSession, record: Any, condition: ColumnElement[bool], wheres: Iterable[Somewhere]
) -> ColumnElement[bool]:
    """The condition by the numbers of the records that fulfil it, where it is dear and they are few.

    A record is read from several tables, and for each the database would look for the places anew.
    """
    if not any(where.countries or where.areas or where.levels for where in wheres):
        return condition
    numbers = list(await session.scalars(select(record).where(condition).limit(FEW + 1)))
    return record.in_(numbers) if len(numbers) <= FEW else condition


def _those(rows: Sequence[Any], chosen: Select[int]) -> Select[int] | list[int]:
    """The records that were read, for reading their parts: by their numbers where they are few."""
    return [number for number, *_ in rows] if len(rows) <= FEW else chosen


def _lies_in(column: Any, where: Somewhere) -> ColumnElement[bool]:
    named = [
        *([column.in_(where.ids)] if where.ids else ()),
        *([_of_place(column, PlaceRow.country.in_(where.countries))] if where.countries else ()),
        *(
            _of_place(column, and_(PlaceRow.country == code, PlaceRow.region_en == region))
            for code, region in where.areas
        ),
    ]
    return and_(or_(*named) if named else true(), _of_level(column, where.levels) if where.levels else true())


def _of_level(column: Any, levels: Sequence[Level]) -> ColumnElement[bool]:
    """Of one of these levels, or merged into such a place."""
    now = aliased(PlaceRow)
    merged = PlaceRow.successor_id.in_(select(now.id).where(now.level.in_(levels)))
    return _of_place(column, or_(PlaceRow.level.in_(levels), merged))


def _of_place(column: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return column.in_(select(PlaceRow.id).where(condition))  # type: ignore[no-any-return]


# Agreements ----------------------------------------------------------------------------------------------------


async def acts_at(
    session: AsyncSession, viewer: Viewer, where: Somewhere, other: Somewhere, places: Places
) -> list[Partnership]:
    """Every visible act with a party at `where` and one, perhaps the same, at `other`; by number, with its history."""
    theirs = _stand_at(PartnershipRow.id, PartyRow.partnership_id, PartyRow.place_id, (where, other))
    chosen = await _by_number(session, PartnershipRow.id, theirs, (where, other))
    return await _acts(session, viewer, chosen, places)


async def acts_numbered(
    session: AsyncSession, viewer: Viewer, numbers: Collection[int], places: Places
) -> list[Partnership]:
    """Those of the acts with these numbers that the viewer may see."""
    return await _acts(session, viewer, PartnershipRow.id.in_(numbers), places)


async def _acts(
    session: AsyncSession, viewer: Viewer, which: ColumnElement[bool], places: Places
) -> list[Partnership]:
    chosen = and_(which, visible(PartnershipRow, viewer))
    table = PartnershipRow.__table__.c
    columns = [table[name] for name in ("status", *ACT_COLUMNS)]
    found = select(PartnershipRow.id, *columns).where(chosen).order_by(PartnershipRow.id)
    rows = (await session.execute(found)).all()
    if not rows:  # as at most places that are only named; their parts need not be asked for
        return []
    ids = _those(rows, select(PartnershipRow.id).where(chosen))
    parties = await read_parts(session, PartyRow.partnership_id, ids, PartyRow.place_id)
    history = await read_kind(session, HISTORY, ids)
    sources = await read_parts(session, PartnershipSourceRow.partnership_id, ids, PartnershipSourceRow.text)
    acts = [
        Partnership(
            id=number,
            parties=tuple(places[place_id] for (place_id,) in parties[number]),
            history=history.get(number, ()),
            sources=tuple(text for (text,) in sources.get(number, ())),
            **dict(zip(("status", *ACT_COLUMNS), values, strict=True)),
        )
        for number, *values in rows
    ]
    return await _as_seen(session, viewer, acts)


async def _as_seen(session: AsyncSession, viewer: Viewer, acts: Sequence[Partnership]) -> list[Partnership]:
    """The acts without what came after them, where the viewer may not see that."""
    known = {act.id for act in acts}
    later = {act.superseded_by for act in acts if act.superseded_by is not None} - known
    if later:
        seen = select(PartnershipRow.id).where(PartnershipRow.id.in_(later), visible(PartnershipRow, viewer))
        known |= set(await session.scalars(seen))
    return [
        act if act.superseded_by is None or act.superseded_by in known else replace(act, superseded_by=None)
        for act in acts
    ]


async def claims_seen(session: AsyncSession, viewer: Viewer) -> dict[int, tuple[Claim, ...]]:
    """All that sources say of acts where they do not agree, by the number of the act."""
    seen = select(PartnershipRow.id).where(visible(PartnershipRow, viewer))
    return await read_kind(session, PART_KINDS["claims"], seen)


# Exchanges -----------------------------------------------------------------------------------------------------

_READ = frozenset(field.name for field in fields(Exchange))
_EXCHANGE_COLUMNS = tuple(name for name in EXCHANGE_COLUMNS if name in _READ)


async def exchanges_at(
    session: AsyncSession, viewer: Viewer, where: Somewhere, other: Somewhere, places: Places
) -> list[Exchange]:
    """Every visible exchange of a place at `where` and one, perhaps the same, at `other`; oldest first."""
    theirs = _stand_at(
        ExchangeRow.id, ExchangePlaceRow.exchange_id, ExchangePlaceRow.place_id, (where, other)
    )
    found = await _by_number(session, ExchangeRow.id, theirs, (where, other))
    chosen = and_(found, visible(ExchangeRow, viewer))
    table = ExchangeRow.__table__.c
    columns = [table[name] for name in _EXCHANGE_COLUMNS]
    wanted = select(ExchangeRow.id, *columns).where(chosen).order_by(ExchangeRow.date, ExchangeRow.id)
    rows = (await session.execute(wanted)).all()
    if not rows:
        return []
    ids = _those(rows, select(ExchangeRow.id).where(chosen))
    parties = await read_parts(session, ExchangePlaceRow.exchange_id, ids, ExchangePlaceRow.place_id)
    texts = {
        name: await read_parts(session, owner, ids, owner.class_.text) for name, owner in TEXT_LISTS.items()
    }
    exchanges = [
        Exchange(
            id=number,
            places=tuple(places[place_id] for (place_id,) in parties.get(number, ())),
            topics=tuple(text for (text,) in texts["topics"].get(number, ())),
            sources=tuple(text for (text,) in texts["sources"].get(number, ())),
            **dict(zip(_EXCHANGE_COLUMNS, values, strict=True)),
        )
        for number, *values in rows
    ]
    return in_order(exchanges)


def in_order(exchanges: Iterable[Exchange]) -> list[Exchange]:
    """Exchanges by their last day, the oldest first."""
    return sorted(exchanges, key=lambda each: ((each.end_date or each.date).latest(), each.id))


# Who sees more -------------------------------------------------------------------------------------------------


async def places_apart(session: AsyncSession, viewer: Viewer) -> frozenset[int]:
    """The places at which the viewer sees more than `ANYONE`, or sees what came after an act that anyone sees."""
    acts, exchanges = (
        select(rows.id).where(visible(rows, viewer), not_(visible(rows, ANYONE)))
        for rows in (PartnershipRow, ExchangeRow)
    )
    before = select(PartnershipRow.id).where(PartnershipRow.superseded_by.in_(acts))
    parties = select(PartyRow.place_id).where(
        or_(PartyRow.partnership_id.in_(acts), PartyRow.partnership_id.in_(before))
    )
    met = select(ExchangePlaceRow.place_id).where(ExchangePlaceRow.exchange_id.in_(exchanges))
    return frozenset(await session.scalars(union(parties, met)))
