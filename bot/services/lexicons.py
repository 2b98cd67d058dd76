"""The names that running text may hold, of this registry."""

from collections.abc import Sequence
from functools import cache

from babel import Locale

from bot.domain.places import Place
from bot.questions.lexicon import Known, Lexicon
from bot.services.importing.cells import country_codes
from db.engine import Session
from db.gazetteer import gazetteer
from db.place_names import all_place_names
from db.watermarks import Watermark, remembered

_LANGUAGES = ("en", "zh_TW")


async def lexicon_of(session: Session) -> Lexicon:
    """The lexicon of all places; it also holds those that a viewer may not know of."""

    async def read() -> Lexicon:
        known = [Known(each.place, each.names, each.ties) for each in await all_place_names(session)]
        return Lexicon(known, _country_names(), world=_world)

    return await remembered(session, "lexicon", Watermark.PLACES, read)


@cache
def _country_names() -> dict[str, list[str]]:
    """The names of countries in the languages of the bot, as CLDR has them."""
    territories = [Locale.parse(language).territories for language in _LANGUAGES]
    return {code: [str(names[code]) for names in territories if code in names] for code in country_codes()}


def _world(name: str) -> Sequence[Place]:
    return [
        Place(0, "", each.name, next(iter(each.names_zh), None), None, each.country)
        for each in gazetteer().find(name)
    ]
