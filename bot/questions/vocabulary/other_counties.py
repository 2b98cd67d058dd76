"""Counties that the registry does not have, though it has a city of their name: "Taichung County", 臺中縣.

Such a county is another place than the city, be it that it became one with it, and none of the city's partners are its.
"""

from collections.abc import Iterable, Sequence

from bot.domain.places import Level, Place
from bot.questions.conditions import Area
from bot.questions.text.normal import Token
from bot.questions.vocabulary.lexicon import Lexicon, Meaning

_COUNTY = frozenset(("county", "县"))
_CITIES = frozenset((Level.CITY, Level.SPECIAL_MUNICIPALITY))
_LEVELS = frozenset(("level", "市", "级"))
"""Behind it these say of which sort partners are, or that both are meant: "county-level", 縣市."""


def counties_not_held(tokens: Sequence[Token], lexicon: Lexicon) -> list[tuple[int, int]]:
    """The runs of tokens that name a county of which the registry has only a city of that name."""
    found = []
    for end, token in enumerate(tokens):
        if token.text not in _COUNTY or (end + 1 < len(tokens) and tokens[end + 1].text in _LEVELS):
            continue
        starts = [start for start in range(max(0, end - 4), end) if _is_city(tokens, start, end, lexicon)]
        if starts:
            found.append((starts[0], end + 1))
    return found


def _is_city(tokens: Sequence[Token], start: int, end: int, lexicon: Lexicon) -> bool:
    words = [token.text for token in tokens[start:end]]
    meanings = lexicon.meanings(words)
    if lexicon.meanings([*words, tokens[end].text]):
        return False
    cities = [each for each in meanings if isinstance(each, Place) and each.id and each.level in _CITIES]
    return bool(cities) and all(each in cities or is_city_itself(each, cities) for each in meanings)


def is_city_itself(meaning: Meaning, cities: Iterable[Place]) -> bool:
    """Whether an area is nothing but what lies in one of the special municipalities, which has its name."""
    return isinstance(meaning, Area) and any(
        city.level is Level.SPECIAL_MUNICIPALITY
        and (city.country, city.name_en) == (meaning.country, meaning.region)
        for city in cities
    )
