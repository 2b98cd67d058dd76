"""All exchanges between a place and one partner."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.access import Action
from bot.domain.errors import NotFound
from bot.domain.exchange_levels import LevelCounts
from bot.domain.exchanges import Exchange
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.partnerships import held_levels
from bot.services.ties import partner_ids
from db.exchange_counts import count_between
from db.exchanges import exchanges_between
from db.places import family_of, known_places


@dataclass(frozen=True, slots=True)
class PartnerExchanges:
    """The exchanges of two places, newest first, and how many were held on each level."""

    home: Place
    partner: Place
    exchanges: Sequence[Exchange]
    levels: LevelCounts


@requires(Action.READ)
async def list_exchanges(desk: Desk, caller: Caller, home_id: int, partner_id: int) -> PartnerExchanges:
    """What the place, with its predecessors, did with the partner; raises `NotFound` (`place.gone`)."""
    async with desk.database.read() as session:
        found = await known_places(session, caller.viewer, [home_id, partner_id])
        if len(found) < 2:
            raise NotFound("place.gone")
        home, partner = found
        sides = (await family_of(session, home)).own_ids, partner_ids(partner)
        exchanges = await exchanges_between(session, caller.viewer, *sides, None)
        counts = await count_between(session, caller.viewer, *sides)
    return PartnerExchanges(home, partner, exchanges, held_levels(counts))
