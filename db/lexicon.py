"""The names by which questions are read: of all places, and of the offices and their groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.access import Standing
from bot.domain.groups import MembershipState
from bot.domain.places import Place
from db.places import to_place
from db.tables import (
    ExchangePlaceRow,
    GroupMemberRow,
    GroupRow,
    OfficeRow,
    PartyRow,
    PlaceNameRow,
    PlaceRow,
)


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place with all the names that it answers to, and on how many records it stands."""

    place: Place
    names: tuple[str, ...]
    records: int


async def named_places(session: AsyncSession) -> list[NamedPlace]:
    """All places, whoever may know of them: for reading questions, not for telling."""
    names: dict[int, list[str]] = {}
    for place_id, name in await session.execute(select(PlaceNameRow.place_id, PlaceNameRow.name)):
        names.setdefault(place_id, []).append(name)
    numbers = dict.fromkeys(names, 0)
    for column in (PartyRow.place_id, ExchangePlaceRow.place_id):
        for place_id, number in await session.execute(select(column, func.count()).group_by(column)):
            numbers[place_id] = numbers.get(place_id, 0) + number
    rows = await session.scalars(select(PlaceRow).order_by(PlaceRow.id))
    return [NamedPlace(to_place(row), tuple(names.get(row.id, ())), numbers.get(row.id, 0)) for row in rows]


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """A group of offices with its names, and the places of those that have joined it."""

    key: str
    name_en: str
    name_zh: str | None
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NamedOffices:
    """The places that have an office, in order of id, and every group by key; guests belong to none."""

    places: tuple[int, ...]
    groups: tuple[NamedGroup, ...]


async def named_offices(session: AsyncSession) -> NamedOffices:
    """All of them, in one query."""
    joined = and_(GroupMemberRow.group_id == GroupRow.id, GroupMemberRow.state == MembershipState.JOINED)
    members = (
        select(GroupRow.key, GroupRow.name_en, GroupRow.name_zh, OfficeRow.place_id)
        .outerjoin(GroupMemberRow, joined)
        .outerjoin(
            OfficeRow, and_(OfficeRow.id == GroupMemberRow.office_id, OfficeRow.standing != Standing.GUEST)
        )
    )
    offices = select(null(), null(), null(), OfficeRow.place_id)
    places: list[int] = []
    groups: dict[tuple[str, str, str | None], list[int]] = {}
    rows: Iterable[Any] = await session.execute(union_all(members, offices))
    for key, name_en, name_zh, place_id in rows:
        if key is None:
            places.append(place_id)
            continue
        joining = groups.setdefault((key, name_en, name_zh), [])
        if place_id is not None:
            joining.append(place_id)
    named = (
        NamedGroup(*names, tuple(sorted(ids))) for names, ids in sorted(groups.items(), key=lambda x: x[0][0])
    )
    return NamedOffices(tuple(sorted(places)), tuple(named))
