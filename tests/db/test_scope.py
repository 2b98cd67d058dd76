"""What may be seen: the rule and its SQL agree for every viewer, scope and owner."""

from itertools import product

from sqlalchemy import select

from bot.domain.access import ANYONE, Scope, Viewer, may_see
from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.services.desk import Desk
from db.exchanges import (
    NewExchange,
    all_exchanges,
    exchange,
    exchanges_between,
    insert_exchanges,
    last_contacts,
)
from db.offices import insert_office
from db.partnerships import (
    NewPartnership,
    all_partnerships,
    insert_partnerships,
    partnership,
    partnerships_of,
)
from db.places import NewPlace, insert_places
from db.scope import visible
from db.tables import ExchangeRow, PartnershipRow


async def stored(desk: Desk) -> tuple[list[tuple[Scope, int | None]], list[Viewer], tuple[int, int]]:
    """An act and an exchange of every scope and owner, numbered alike; and everybody who may look."""
    async with desk.database.write() as session:
        ids = await insert_places(
            session, [NewPlace(key, key.title()) for key in ("tainan", "taipei", "seattle")]
        )
        offices = [
            await insert_office(session, ids[key], "en", "Asia/Taipei") for key in ("tainan", "taipei")
        ]
        kinds = list(product(Scope, (None, *offices)))
        both = (ids["tainan"], ids["seattle"])
        active = (StatusChange(Status.ACTIVE, None),)
        await insert_partnerships(
            session,
            [NewPartnership(Kind.SISTER_CITY, both, active, scope=s, office_id=owner) for s, owner in kinds],
        )
        await insert_exchanges(
            session,
            [
                NewExchange(
                    ExchangeKind.VISIT,
                    ExchangeStatus.HELD,
                    PartialDate(2000 + n),
                    "",
                    both,
                    scope=s,
                    office_id=owner,
                )
                for n, (s, owner) in enumerate(kinds)
            ],
        )
    return kinds, [ANYONE, *(Viewer(office) for office in (*offices, 999))], both


async def test_the_filter_is_the_rule(desk: Desk) -> None:
    """For every viewer, scope and owner, on both tables and both engines."""
    kinds, viewers, _ = await stored(desk)
    async with desk.database.read() as session:
        for viewer in viewers:
            expected = {n for n, (scope, owner) in enumerate(kinds, 1) if may_see(viewer, scope, owner)}
            for table in (PartnershipRow, ExchangeRow):
                found = set(await session.scalars(select(table.id).where(visible(table, viewer))))
                assert found == expected


async def test_every_query_sees_through_the_filter(desk: Desk) -> None:
    """Lists, single records, exchanges of a pair and last contacts show nothing beyond it."""
    kinds, viewers, (home, partner) = await stored(desk)
    async with desk.database.read() as session:
        for viewer in viewers:
            seen = [n for n, (scope, owner) in enumerate(kinds, 1) if may_see(viewer, scope, owner)]
            assert [act.id for act in await all_partnerships(session, viewer)] == seen
            assert [act.id for act in await partnerships_of(session, viewer, [home])] == seen
            assert [x.id for x in await all_exchanges(session, viewer)] == seen
            pair = await exchanges_between(session, viewer, [home], [partner], 100)
            assert [x.id for x in pair] == seen[::-1]
            last = await last_contacts(session, viewer, [home])
            assert last[partner].exchange_id == seen[-1]
            for number in range(1, len(kinds) + 1):
                assert (await partnership(session, viewer, number) is not None) == (number in seen)
                assert (await exchange(session, viewer, number) is not None) == (number in seen)


def test_the_rule() -> None:
    """What is shared or public is for all, the rest its office's, and nobody's where it has none."""
    office, other = Viewer(1), Viewer(2)
    for scope in (Scope.SHARED, Scope.PUBLIC):
        assert all(may_see(viewer, scope, owner) for viewer in (ANYONE, office) for owner in (None, 1, 2))
    for scope in (Scope.OFFICE, Scope.GROUP):
        assert may_see(office, scope, 1)
        assert not any(may_see(viewer, scope, 1) for viewer in (ANYONE, other))
        assert not any(may_see(viewer, scope, None) for viewer in (ANYONE, office))
