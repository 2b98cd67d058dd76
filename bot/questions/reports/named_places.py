"""Which places a report of an exchange names, and which of several that are called so the words around them leave."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.places import Level, Place
from bot.questions.conditions import Area
from bot.questions.text.normal import Sort, Token, tokens_of
from bot.questions.vocabulary import mentions
from bot.questions.vocabulary.lexicon import Countries, Lexicon
from bot.questions.vocabulary.mentions import Mention

Span = tuple[int, int]
"""From one character of the text to before another."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """The characters from `start` to before `end` name one of `choices`; a place with the id 0 is no place of the
    registry. `taken_for` is the name that it was read as where it was mistyped."""

    start: int
    end: int
    choices: tuple[Place, ...]
    taken_for: str | None = None

    def without(self, hidden: Collection[int]) -> "NamedPlace | None":
        """The same without the choices with these ids; None where no other is left."""
        left = tuple(place for place in self.choices if place.id not in hidden)
        return replace(self, choices=left) if left else None


@dataclass(frozen=True, slots=True)
class NamedArea:
    """A country or state that stands for a place in it that is not named: "a delegation from Japan", 福岡縣."""

    start: int
    end: int
    area: Countries | Area

    @property
    def key(self) -> str:
        codes = self.area.codes if isinstance(self.area, Countries) else (self.area.country, self.area.region)
        return " ".join(codes)

    def holds(self, place: Place) -> bool:
        return _lies_in(place, self.area)


@dataclass(frozen=True, slots=True)
class Named:
    places: tuple[NamedPlace, ...]
    areas: tuple[NamedArea, ...]


def named_in(text: str, lexicon: Lexicon, taken: Iterable[Span] = (), home: int | None = None) -> Named:
    """The places of a text, and the countries and states that stand alone; what is `taken` means something else.

    Mistyped names and places of the world that the registry lacks are looked for where none but `home` is named.
    """
    tokens = tokens_of(text)
    busy = {
        index
        for index, token in enumerate(tokens)
        for start, end in taken
        if token.start < end and start < token.end
    }
    found = [each for each in mentions.find(tokens, lexicon) if busy.isdisjoint(range(each.start, each.end))]
    chosen = _longest(_meant_as_names(text, tokens, found))
    if all(place.id == home for each in chosen for place in each.places[:1]):
        covered = {index for each in chosen for index in range(each.start, each.end)}
        free = [index for index in _names(text, tokens) if index not in busy | covered]
        words = [
            index for index in free if tokens[index].sort is Sort.WORD
        ]  # Chinese that is near to a name is often none
        abroad = [each for each in mentions.abroad(tokens, free, lexicon) if _is_long(tokens, each)]
        chosen += _longest(mentions.slips(tokens, words, lexicon)) or _longest(abroad)
        chosen.sort(key=lambda each: each.start)
    return _settled(text, tokens, chosen, lexicon)


def _longest(found: Iterable[Mention]) -> list[Mention]:
    """In their order without overlaps: the one that begins first and takes most."""
    chosen: list[Mention] = []
    for each in sorted(found, key=lambda m: (m.start, -m.end, -len(m.levels))):
        if not chosen or each.start >= chosen[-1].end:
            chosen.append(each)
    return chosen


def _meant_as_names(text: str, tokens: Sequence[Token], found: list[Mention]) -> list[Mention]:
    """Without English words that only happen to be names (male, mobile): where others are capitals, names are, too."""
    capital = [each for each in found if text[tokens[each.start].start].isupper()]
    if not capital:
        return found
    return [each for each in found if each in capital or not _is_word(tokens[each.start])]


def _is_word(token: Token) -> bool:
    return token.sort is Sort.WORD and token.text.isascii()


def _is_long(tokens: Sequence[Token], mention: Mention) -> bool:
    """One Chinese character is a part of too many words."""
    return tokens[mention.start].sort is not Sort.HAN or mention.end - mention.start > 1


def _names(text: str, tokens: Sequence[Token]) -> list[int]:
    """The tokens that may be parts of unknown names: capitals in English that does not begin the text, and Chinese."""
    return [
        index
        for index, token in enumerate(tokens)
        if token.sort is Sort.HAN or (_is_word(token) and index > 0 and text[token.start].isupper())
    ]


def _settled(text: str, tokens: Sequence[Token], chosen: list[Mention], lexicon: Lexicon) -> Named:
    """The places, each with those choices that fit the country or state beside it: Portland, Oregon; 美國波特蘭."""
    places: list[NamedPlace] = []
    areas: list[NamedArea] = []
    used: set[int] = set()
    for index, mention in enumerate(chosen):
        start, end = tokens[mention.start].start, tokens[mention.end - 1].end
        behind = [tokens[each.start].start for each in chosen[index + 1 :]]
        unknown = _city_behind(text, end, behind) if _is_area(mention) else None
        if unknown is not None:
            name = text[start:unknown]
            places.append(NamedPlace(start, unknown, (Place(0, "", name, name, None, None),)))
            used.add(index)
        elif mention.places:
            choices: Sequence[Place] = mention.places
            for neighbour in (index - 1, index + 1):
                if 0 <= neighbour < len(chosen) and _beside(tokens, chosen[neighbour], mention):
                    fitting = [place for place in choices if _fits(place, chosen[neighbour])]
                    if fitting and not chosen[neighbour].places:
                        choices = fitting
                        used.add(neighbour)
            choices = _abbreviated(tokens, mention, choices, lexicon)
            places.append(NamedPlace(start, end, tuple(choices), mention.taken_for))
            used.add(index)
    for index, mention in enumerate(chosen):
        meaning = mention.meanings[0]
        if index not in used and isinstance(meaning, Countries | Area):
            areas.append(NamedArea(tokens[mention.start].start, tokens[mention.end - 1].end, meaning))
    return Named(tuple(places), tuple(areas))


_IN_NAME = r"[^\W\d_a-zA-Z知議長府與和及訪在的等團事跟赴到拜會來副市縣]"
_CITY_BEHIND = re.compile(rf"(?:{_IN_NAME}{{1,3}}[縣府州省道])?{_IN_NAME}{{1,4}}[市町村郡]")


_AREAS = (Level.PREFECTURE, Level.STATE, Level.PROVINCE, Level.REGION, Level.COUNTRY)


def _is_area(mention: Mention) -> bool:
    """Whether cities lie in what is named."""
    return all(not isinstance(each, Place) or each.level in _AREAS for each in mention.meanings)


def _city_behind(text: str, at: int, names: Sequence[int]) -> int | None:
    """Where a city ends that stands right behind its country or prefecture and is none that is known: 千葉縣館山市."""
    match = _CITY_BEHIND.match(text, at)
    if match is None or at == 0 or text[at - 1].isascii():
        return None
    return None if any(match.start() <= start < match.end() for start in names) else match.end()


def _beside(tokens: Sequence[Token], one: Mention, other: Mention) -> bool:
    """Whether nothing but a comma, "in" or 的 stands between them."""
    first, second = sorted((one, other), key=lambda each: each.start)
    between = [token.text for token in tokens[first.end : second.start]]
    return all(word in (",", "(", "in", "的", "之") for word in between) and len(between) <= 1


def _fits(place: Place, neighbour: Mention) -> bool:
    return any(_lies_in(place, each) for each in neighbour.meanings if isinstance(each, Countries | Area))


def _lies_in(place: Place, area: Countries | Area) -> bool:
    if isinstance(area, Countries):
        return place.country in area.codes
    return (place.country, place.region_en) == (area.country, area.region)


def _abbreviated(
    tokens: Sequence[Token], mention: Mention, choices: Sequence[Place], lexicon: Lexicon
) -> Sequence[Place]:
    """Portland, OR."""
    behind = [token.text for token in tokens[mention.end : mention.end + 2] if token.sort is not Sort.MARK]
    area = lexicon.qualifiers.get(behind[0]) if behind else None
    fitting = [
        each for each in choices if area and (each.country, each.region_en) == (area.country, area.region)
    ]
    return fitting or choices
