"""Where a question names places, countries, parts of the world and groups, and which of them it may mean."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.domain.places import Level, Place
from bot.questions.conditions import Area
from bot.questions.grammar import table
from bot.questions.text.normal import Sort, Token, words_of
from bot.questions.text.scripts import traditional
from bot.questions.text.slips import is_han
from bot.questions.text.sounds import windows
from bot.questions.vocabulary.lexicon import Lexicon, Meaning
from bot.questions.vocabulary.other_counties import is_city_itself

_LONGEST_NAME = 9
"""Tokens of the longest name of the world's that is looked for."""

MOST_WORDS = 14
"""Tokens of the longest name that is looked for."""


@dataclass(frozen=True, slots=True)
class Mention:
    """The tokens from `start` to before `end` name one of `meanings`, the likeliest first.

    `taken_for` is the name that it was read as where it was mistyped. `levels` where the question says what kind of
    place it means: "Kumamoto City".
    """

    start: int
    end: int
    meanings: tuple[Meaning, ...]
    taken_for: str | None = None
    levels: frozenset[Level] = frozenset()

    @property
    def places(self) -> list[Place]:
        return [meaning for meaning in self.meanings if isinstance(meaning, Place)]


def find(tokens: Sequence[Token], lexicon: Lexicon) -> list[Mention]:
    """All runs of tokens that are names, overlapping ones too; slips and places of the world apart, see below."""
    found: dict[tuple[int, int], Mention] = {}
    widened: list[Mention] = []
    for start, token in enumerate(tokens):
        if token.sort is Sort.MARK:
            continue
        for end in _ends(tokens, start, min(lexicon.longest(token.text), MOST_WORDS)):
            words = _words(tokens, start, end)
            with_hall = _is_of_the_hall(tokens, end) and _is_ours(words, lexicon)  # "Oklahoma City Council"
            if _is_of_the_hall(tokens, end) and not with_hall and _is_ours(words[:-1], lexicon):
                words = words[:-1]  # "Phoenix City Hall" is in Phoenix, whatever is called Phoenix City
            if meanings := _of_that_level(tokens, end, lexicon.meanings(words)):
                mention = Mention(start, end + with_hall, tuple(meanings))
                found[start, mention.end] = mention
                widened.extend(_with_level(tokens, mention))
        widened.extend(_divided_otherwise(tokens, start, lexicon))
    for mention in widened:  # 臺北縣 is a name of its own, not the 縣 that is called 臺北
        found.setdefault((mention.start, mention.end), mention)
    return list(found.values())


def _is_ours(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether it is the main name of a place of the registry."""
    places = [each for each in lexicon.meanings(words) if isinstance(each, Place) and each.id]
    return any(lexicon.known[place.id].is_main(tuple(words)) for place in places)


_HALLS = frozenset(("hall", "council", "government", "administration", "office"))


def _is_of_the_hall(tokens: Sequence[Token], end: int) -> bool:
    """Whether a name ends with a "city" that belongs to what stands behind it: "City Hall"."""
    return end < len(tokens) and tokens[end - 1].text == "city" and tokens[end].text in _HALLS


_NOT_A = {
    "市": frozenset((Level.COUNTY, Level.PREFECTURE, Level.PROVINCE, Level.STATE, Level.DISTRICT)),
    "县": frozenset((Level.CITY, Level.SPECIAL_MUNICIPALITY, Level.TOWN, Level.DISTRICT)),
}
_COMPOUNDS = frozenset("市长府民区政议立场内外中级")
"""Characters behind 市 and 县 with which these are another word: 市長, 縣政府."""


def _of_that_level(tokens: Sequence[Token], end: int, meanings: list[Meaning]) -> list[Meaning]:
    """Without the county where a city of its name is said: 彰化市 is not 彰化縣, which may be all that is on record."""
    behind = tokens[end].text if end < len(tokens) else ""
    if behind not in _NOT_A or (end + 1 < len(tokens) and tokens[end + 1].text in _COMPOUNDS):
        return meanings
    fitting = [m for m in meanings if isinstance(m, Place) and m.level not in _NOT_A[behind]]
    areas = [m for m in meanings if isinstance(m, Area)]
    as_area = behind == "县" and not any(isinstance(m, Place) for m in meanings)
    return [
        m
        for m in meanings
        if m in fitting or (m in areas and (fitting or as_area)) or not isinstance(m, Place | Area)
    ]


def _ends(tokens: Sequence[Token], start: int, most: int) -> Iterator[int]:
    """Where a name of up to so many tokens that begins here may end.

    It goes on behind the stop of "St. Louis", the stroke of "Frankfurt/Main" and the bracket of "Halle (Saale)".
    """
    count, bracket = 0, False
    for end in range(start, len(tokens)):
        if tokens[end].sort is Sort.MARK:
            if tokens[end].text == "." and len(tokens[end - 1].text) <= len("st") and tokens[end].gap == "":
                continue
            if tokens[end].text == "/" and end > start and tokens[end].gap == "":
                continue
            if tokens[end].text == "(" and end > start:
                bracket = True
                continue
            if not (tokens[end].text == ")" and bracket):
                return
            yield end + 1
            return
        count += 1
        if count > most:
            return
        yield end + 1


def _words(tokens: Sequence[Token], start: int, end: int) -> tuple[str, ...]:
    return tuple(token.text for token in tokens[start:end] if token.sort is not Sort.MARK)


def _divided_otherwise(tokens: Sequence[Token], start: int, lexicon: Lexicon) -> Iterator[Mention]:
    """Names with or without hyphens and spaces where the lexicon has them otherwise."""
    words = [tokens[start].text]
    if is_han(words[0]):
        return
    for end in range(start + 1, min(start + 4, len(tokens) + 1)):
        if meanings := lexicon.solid(words):
            if not lexicon.meanings(words):
                yield Mention(start, end, tuple(meanings))
            return
        if end == len(tokens) or tokens[end].gap not in ("-", "'"):
            return
        words.append(tokens[end].text)


@cache
def _level_words() -> dict[str, frozenset[Level]]:
    """Which levels a word behind or before a name may stand for."""
    found: dict[str, frozenset[Level]] = {}
    for level, words in table("places")["levels"].items():
        for word in words:
            key = " ".join(words_of(word))
            found[key] = found.get(key, frozenset()) | {Level(level)}
    return found


def _with_level(tokens: Sequence[Token], mention: Mention) -> Iterator[Mention]:
    """The same with the word that says what kind of place it is, if that fits one that may be meant."""
    levels = _level_words()
    if _is_an_office(tokens, mention.end):
        yield replace(mention, end=mention.end + 1)
        return
    if mention.end < len(tokens) and (said := levels.get(tokens[mention.end].text)):
        yield from narrowed_to(replace(mention, end=mention.end + 1), said)
    after_of = mention.start > 1 and tokens[mention.start - 1].text == "of"
    if after_of and (said := levels.get(tokens[mention.start - 2].text)):
        yield from narrowed_to(replace(mention, start=mention.start - 2), said)


def _is_an_office(tokens: Sequence[Token], end: int) -> bool:
    """Whether a 府 stands behind 市 or 縣, which is no prefecture: 高雄市府."""
    return 0 < end < len(tokens) and tokens[end].text == "府" and tokens[end - 1].text in ("市", "县")


_OF_AREAS = frozenset((Level.PREFECTURE, Level.PROVINCE, Level.STATE, Level.COUNTY, Level.REGION))


def narrowed_to(mention: Mention, levels: frozenset[Level]) -> Iterator[Mention]:
    """The mention of a place of these levels; of places whose level nobody has told, any. Nothing where none fits."""
    fitting = [place for place in mention.places if place.level is None or place.level in levels]
    areas = [meaning for meaning in mention.meanings if isinstance(meaning, Area)]
    if not levels & _OF_AREAS:
        areas = []
    areas = [area for area in areas if not is_city_itself(area, mention.places)]
    if fitting or areas:
        yield replace(mention, meanings=(*fitting, *areas), levels=levels)


# What is not written as the lexicon has it ----------------------------------------------------------------------


def slips(tokens: Sequence[Token], free: Sequence[int], lexicon: Lexicon) -> list[Mention]:
    """Names that were mistyped, among the tokens that nothing else explains (`free`, their positions).

    Where several names are equally near, any of them may be meant: Potland is Portland or Poland.
    """
    found = []
    mistyped = set(free)
    for start, end in _around(tokens, free):
        # "are islands" are not the Faroe Islands
        right = [tokens[i].text for i in range(start, end) if i not in mistyped]
        names = [n for n in lexicon.meant(_words(tokens, start, end)) if not {*right} - {*words_of(n)}]
        meanings = list(dict.fromkeys(m for name in names for m in lexicon.meanings(words_of(name))))
        if meanings:
            mention = Mention(start, end, tuple(meanings), taken_for=_shown(names[0]))
            found.append(mention)
    return [*found, *(wider for mention in found for wider in _with_level(tokens, mention))]


def _shown(name: str) -> str:
    """A name as it is compared, as it is shown to whoever reads Traditional Chinese."""
    return traditional(name) if is_han(name) else name


def of_that_sound(tokens: Sequence[Token], free: Sequence[int], lexicon: Lexicon) -> list[Mention]:
    """Names in other characters of the same sound, where nothing explains all of them: 維洛那."""
    found = []
    for start, end in windows(tokens, free):
        names = lexicon.sounding_like(_words(tokens, start, end))
        meanings = dict.fromkeys(m for name in names for m in lexicon.meanings(words_of(name)))
        if meanings:
            found.append(Mention(start, end, tuple(meanings), taken_for=_shown(names[0])))
    return found


def abroad(tokens: Sequence[Token], free: Iterable[int], lexicon: Lexicon) -> list[Mention]:
    """Names of places that the world knows and the registry does not, among the tokens that nothing else explains."""
    return [
        Mention(start, end, tuple(places))
        for start, end in _runs(tokens, free)
        if (places := _of_that_level(tokens, end, list(lexicon.abroad(_words(tokens, start, end)))))
    ]


def _around(tokens: Sequence[Token], free: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The runs of free tokens, and in letters those with a known one beside them: "New Orlens"."""
    yield from (runs := list(_runs(tokens, free)))
    for start, end in runs:
        if is_han(tokens[start].text) or end - start > 1:
            continue
        if start and tokens[start - 1].sort is Sort.WORD:
            yield start - 1, end
        if end < len(tokens) and tokens[end].sort is Sort.WORD:
            yield start, end + 1


def _runs(tokens: Sequence[Token], free: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Every run of tokens that may be a name, all of them free."""
    left = set(free)
    for start in sorted(left):
        for end in range(start + 1, min(start + _LONGEST_NAME + 1, len(tokens) + 1)):
            if end - 1 not in left:
                break
            yield start, end
