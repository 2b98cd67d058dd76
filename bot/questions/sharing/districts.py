"""Whose ties are asked for where the districts or towns of a place are spoken of: 新北的區有哪些姊妹市."""

from dataclasses import replace

from bot.domain.places import Level, Place
from bot.questions.conditions import PlaceRef, Where
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import Per
from bot.questions.reading.naming import joined, ref
from bot.questions.sharing.whose import Roles
from bot.questions.vocabulary.lexicon import Lexicon

_OF = (
    "的",
    "之",
    "有",
    "是",
    "裡",
    "裏",
    "中",
    "境內",
    "境内",
    "轄內",
    "辖内",
    "轄下",
    "辖下",
    "所轄",
    "所辖",
)

_TOWNS = (Level.TOWN, Level.TOWNSHIP, Level.VILLAGE)
_WORDS = {
    **dict.fromkeys(
        ("towns", "鄉鎮市", "乡镇市", "鄉鎮市區", "乡镇市区"), (*_TOWNS, Level.CITY, Level.DISTRICT)
    ),
    **dict.fromkeys(("鄉鎮", "乡镇"), _TOWNS),
}
"""Words for cities that mean parts of a county where one is named."""

_LEVELS = {"district": (Level.DISTRICT,), "township": _TOWNS, "town": _TOWNS}


def of_districts(sentence: Sentence, roles: Roles, lexicon: Lexicon, asker: Place | None) -> Roles:
    """The roles, with the districts or towns that have ties as the home where those of the home are spoken of."""
    if (at := next(iter(sentence.all(("logic", "with_parts"))), None)) is not None:
        return _counted_in(sentence, at, roles, lexicon, asker)
    for index, levels in _spoken_of(sentence):
        asks = sentence.spans[index].has(("ask", "which"))  # 哪一區
        if (index in sentence.used and not asks) or sentence.spans[index].of("kind"):
            continue
        near = sentence.spans[max(0, index - (1 if sentence.chinese else 3)) : index]
        each = asks or any(span.has(("ask", "which"), ("ask", "count")) for span in near)
        if (within := _in_area(sentence, index, roles, lexicon)) is not None:
            sentence.use(index)
            rest = joined([name.where for name in sentence.names.values() if name is not within])
            home = _in_county(within.where, levels, lexicon)
            return replace(roles, home=home, partner=rest, per=Per.HOME if each else roles.per)
        found = _municipality if sentence.chinese else _municipality_in_english
        whose = found(sentence, index, asker)
        wanted = {place.id for place in roles.home.places} | (
            {asker.id} if roles.home.own and asker else set()
        )
        theirs = roles.home.assumed and any(place.id == whose for place in roles.partner.places)
        if theirs:  # "do the districts of Hamburg have partners?"
            wanted.add(whose)
        if whose is None or whose not in wanted:
            continue
        parts = _parts(whose, levels, lexicon)
        if not parts:
            sentence.unfit = True  # nothing is known of them, be it that they have none
            continue
        sentence.use(index)
        roles = replace(roles, partner=_without(roles.partner, whose)) if theirs else roles
        return replace(roles, home=Where(places=parts), per=Per.HOME if each else roles.per)
    return roles


def _parts(whole: int, levels: tuple[Level, ...], lexicon: Lexicon) -> tuple[PlaceRef, ...]:
    """The parts of a place that have ties, be it from what they were before."""
    having = [known.place for known in lexicon.known.values() if known.records]
    tied = {place.id for place in having} | {place.successor_id for place in having}
    return tuple(
        ref(known.place)
        for known in lexicon.known.values()
        if known.place.parent_id == whole and known.place.id in tied and known.place.level in levels
    )


def _without(where: Where, whole: int) -> Where:
    return replace(where, places=tuple(place for place in where.places if place.id != whole))


def _counted_in(sentence: Sentence, at: int, roles: Roles, lexicon: Lexicon, asker: Place | None) -> Roles:
    """The place with its districts or towns: 新北市含各區有幾個姊妹市."""
    home = ref(asker) if roles.home.own and asker is not None else next(iter(roles.home.places), None)
    alone = len(roles.home.places) + roles.home.own == 1
    if (home is None and roles.home.assumed) or _is_own_country(roles.home, lexicon):
        sentence.use(at)  # of a whole country they are counted anyhow
    if home is None or home.id is None or not alone or roles.compare is not None:
        return roles  # of whom is left open, so that the words are left over
    sentence.use(at)
    return replace(roles, home=Where(places=(home, *_parts(home.id, tuple(Level), lexicon))))


def _is_own_country(where: Where, lexicon: Lexicon) -> bool:
    """Whether it is the whole country of the offices."""
    return bool(where.countries) and {*where.countries} <= lexicon.home_countries and not where.levels


def _in_county(where: Where, levels: tuple[Level, ...], lexicon: Lexicon) -> Where:
    """Such places of a county that is known by its region; the region where the county is none of the registry's."""
    regions = {area.region for area in where.areas}
    counties = [known.place.id for known in lexicon.known.values() if known.place.name_en in regions]
    parts = tuple(part for county in counties for part in _parts(county, levels, lexicon))
    return Where(places=parts) if parts else Where(areas=where.areas, levels=levels)


def _spoken_of(sentence: Sentence) -> list[tuple[int, tuple[Level, ...]]]:
    """Where districts or towns are spoken of, and which places these are."""
    levels = [
        (i, _LEVELS[key])
        for i, span in enumerate(sentence.spans)
        for key in span.of("places")
        if key in _LEVELS
    ]
    cities = sentence.all(("noun", "city"))
    return levels + [(i, _WORDS[said]) for i in cities if (said := sentence.plainly(i)) in _WORDS]


def _in_area(sentence: Sentence, index: int, roles: Roles, lexicon: Lexicon) -> Name | None:
    """The county at home in which such places are asked for, where it was read as that of their partners."""
    beside = (index - 1, index - 2) if sentence.chinese else (index - 1, index + 2)
    for at in beside:
        name = sentence.names.get(at)
        areas = name.where.areas if name is not None else ()
        ours = bool(areas) and {area.country for area in areas} <= lexicon.home_countries
        if ours and set(areas) <= set(roles.partner.areas):
            return name
    return None


def _municipality(sentence: Sentence, index: int, asker: Place | None) -> int | None:
    """The id of the place whose districts they are: of that which is named before, or of whoever says "our".

    A district office, 區公所, is one at home, and so is every district of which a question begins: 各區有沒有….
    """
    office = sentence.plainly(index + 1) if index + 1 < len(sentence.spans) else ""
    if index == 0 and (office.startswith("公所") or sentence.plainly(0).startswith("各")):
        return asker.id if asker is not None else None
    for at in range(index - 1, -1, -1):
        if at in sentence.names and sentence.names[at].is_place:
            return sentence.names[at].where.places[0].id
        if "own" in sentence.spans[at].of("small"):
            return asker.id if asker is not None else None
        if not (sentence.plainly(at) in _OF or sentence.spans[at].has(("ask", "which"))):
            return None
    return None


_WHETHER = frozenset(("do", "does", "did", "have", "has", "do any of", "does any of"))


def _municipality_in_english(sentence: Sentence, index: int, asker: Place | None) -> int | None:
    """The same where districts are asked for: "which districts of New Taipei", "New Taipei districts"."""
    before = index - (2 if index > 1 and sentence.plainly(index - 1) == "s" else 1)
    if before in sentence.names and sentence.names[before].is_place:
        return sentence.names[before].where.places[0].id
    asked = sentence.all(("ask", "which"), ("ask", "count"), ("ask", "list"))
    asked += [i for i in range(index) if sentence.plainly(i) in _WHETHER]
    if index and "own" in sentence.spans[index - 1].of("small"):
        return asker.id if asker is not None else None
    start = sentence.spans[index].start
    determined = start > 0 and sentence.tokens[start - 1].text in ("the", "any", "all")
    if not (determined or any(at < index <= at + 2 for at in asked)):
        return None
    behind = index + 2
    of_it = index + 1 < len(sentence.spans) and sentence.spans[index + 1].has(
        ("small", "of"), ("small", "in")
    )
    of_it = of_it or (index + 1 < len(sentence.spans) and sentence.spans[index + 1].has(("logic", "among")))
    if of_it and behind < len(sentence.spans) and "own" in sentence.spans[behind].of("small"):
        return asker.id if asker is not None else None
    if of_it and behind in sentence.names and sentence.names[behind].is_place:
        return sentence.names[behind].where.places[0].id
    return None
