"""What stands between two parts of the world: the same from memory, by place, as by one query of the database."""

import pytest

from bot.domain.access import ANYONE
from bot.domain.places import Level
from bot.services.desk import Desk
from bot.services.lexicon import names_of
from bot.services.records_at import RecordsAt
from db.questions import EVERYWHERE, Somewhere, acts_at, exchanges_at

JAPAN, TAIWAN = Somewhere(countries=("JP",)), Somewhere(countries=("TW",))
HOKKAIDO = Somewhere(areas=(("JP", "Hokkaido"),))
TOWNS = Somewhere(countries=("TW",), levels=(Level.TOWNSHIP, Level.COUNTY))
COUNTIES_ONCE_TOO = Somewhere(countries=("TW",), levels=(Level.SPECIAL_MUNICIPALITY,))
PLACES_OR_PALAU = Somewhere(ids=(1, 2, 3), countries=("PW",))
MUNICIPALITIES = Somewhere(levels=(Level.SPECIAL_MUNICIPALITY,))
NOWHERE = Somewhere(ids=(-1,))


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
