"""The exchanges that a post shows."""

from collections.abc import Sequence

from bot.domain.exchanges import Exchange
from bot.domain.occasions.facts import Facts
from bot.domain.places import Place
from db.engine import Session
from db.exchanges import exchanges_between

RECENT = 3


async def recent_with(session: Session, facts: Facts, partners: Sequence[Place]) -> Sequence[Exchange]:
    """The last exchanges of the office's place with these, newest first."""
    ids = [place.id for place in partners]
    return await exchanges_between(session, facts.office.viewer, facts.own_ids, ids, RECENT)
