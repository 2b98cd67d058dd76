"""What a question is answered from: nothing that it may be about is left out, however little is read."""

from datetime import date

import pytest
from sqlalchemy import update

from bot.domain.access import Role
from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.questions.answering.fitting import tie_fits
from bot.questions.conditions import Met, Where
from bot.questions.query import Asked, Query
from bot.services import seen_from
from bot.services.desk import Caller, Desk
from bot.services.holdings import Loader
from bot.services.lexicon import names_of
from db.exchanges import NewExchange, insert_exchanges
from db.partnerships import NewPartnership, insert_partnerships
from db.places import NewPlace, insert_places
from db.tables import PlaceRow


async def _pairs(desk: Desk, query: Query) -> set[tuple[int, int, int]]:
    """Who, with whom and by which act, has what the query asks of ties."""
    async with desk.database.read() as session:
        caller = Caller("en", role=Role.OPERATOR)
        loader = Loader(session, caller.viewer, await names_of(session), caller, date(2026, 11, 20))
        registry = await loader.registry(query)
        links = [link for link in registry.links() if tie_fits(link, query, registry)]
    return {(min(x), max(x), link.act.id) for link in links for x in [(link.home.id, link.partner.id)]}


@pytest.mark.parametrize("kind", list(ExchangeKind))
async def test_of_who_met(seeded_desk: Desk, monkeypatch: pytest.MonkeyPatch, kind: ExchangeKind) -> None:
    """Ties with an exchange are the same, whether all ties are looked at or those of who met."""
    query = Query(asked=Asked.PLACES, home=Where(), met=Met(kinds=frozenset((kind,))))
    of_these = await _pairs(seeded_desk, query)
    monkeypatch.setattr(seen_from, "_is_of_who_met", lambda _: False)
    assert of_these == await _pairs(seeded_desk, query)


async def test_of_who_met_after_a_merger(desk: Desk) -> None:
    """What was signed before a city took over is its tie as well, when it has met them since."""
    async with desk.database.write() as session:
        places = await insert_places(
            session, [NewPlace(key, key, country="TW") for key in ("county", "city", "partner", "other")]
        )
        row = update(PlaceRow).where(PlaceRow.id == places["county"])
        await session.execute(row.values(successor_id=places["city"]))
        history = (StatusChange(Status.ACTIVE, PartialDate(1990)),)
        parties = (places["county"], places["partner"])
        (signed,) = await insert_partnerships(session, [NewPartnership(Kind.SISTER_CITY, parties, history)])
        met = NewExchange(
            ExchangeKind.VISIT_IN,
            ExchangeStatus.HELD,
            PartialDate(2024),
            "Met",
            (places["city"], places["partner"]),
        )
        await insert_exchanges(session, [met])
    found = await _pairs(desk, Query(asked=Asked.PLACES, home=Where(), met=Met()))
    assert {number for _, _, number in found} == {signed}
