"""Of which kind a place is, said behind its name: "Hualien City, the township, …", "Xiulin (the township)"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.places import Level, Place
from bot.questions.parts.spans import Span
from bot.questions.text.normal import Token
from bot.questions.vocabulary.lexicon import Lexicon

_LOCAL = frozenset((Level.CITY, Level.TOWN, Level.TOWNSHIP, Level.DISTRICT))
"""Of one tier, so that the one word is used for the other: a city of a county is called a township, too."""
_ARTICLES = frozenset(("the", "a", "an"))


def level_behind_its_name(spans: list[Span], tokens: Sequence[Token], _lexicon: Lexicon) -> None:
    """The kind narrows the name to the places of that kind, and nothing else; one that fits none is left."""
    for index in range(len(spans) - 3, -1, -1):
        mention = spans[index].mention
        if mention is None or not mention.places:
            continue
        told = _behind(spans, tokens, index)
        of_it = tuple(each for each in mention.meanings if isinstance(each, Place) and _is(each, told[1]))
        if of_it:
            spans[index] = replace(spans[index], mention=replace(mention, meanings=of_it))
            del spans[index + 1 : told[0]]


def _behind(spans: Sequence[Span], tokens: Sequence[Token], index: int) -> tuple[int, Sequence[Level]]:
    """Where the kind that is told between marks behind a name ends, and which it is."""
    if not spans[index + 1].mark:
        return index, ()
    level = index + 2
    level += spans[level].words(tokens) in _ARTICLES
    ends = level + 1
    if ends >= len(spans) or not spans[ends].mark or spans[level].of("kind"):
        return index, ()
    city = (Level.CITY,) if spans[level].words(tokens) == "city" else ()
    return ends + 1, [*map(Level, spans[level].of("places")), *city]


def _is(place: Place, said: Sequence[Level]) -> bool:
    return place.level in said or (place.level in _LOCAL and not _LOCAL.isdisjoint(said))
