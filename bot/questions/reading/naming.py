"""What the names in a question stand for there: qualifiers beside a place, lists of them, and homonyms."""

from dataclasses import replace

from bot.domain.names import fold
from bot.domain.places import Level, Place
from bot.domain.regions import Region
from bot.questions.conditions import Area, PlaceRef, Where
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.parts.spans import Span
from bot.questions.reading.naming_within import ONE_FACT, ROW, all_within, holds_what_is_asked
from bot.questions.text.scripts import traditional
from bot.questions.vocabulary.lexicon import DOMESTIC, Areas, Countries, GroupName, Lexicon, Meaning, Parts

MOST_CHOICES = 8
"""How many places of one name are told apart; the others bear it least of all."""


def read_names(sentence: Sentence, lexicon: Lexicon, home: Place | None) -> None:
    """Put the names of the question into `sentence.names`."""
    meanings = {
        i: list(span.mention.meanings) for i, span in enumerate(sentence.spans) if span.mention is not None
    }
    for index in sorted(meanings):
        if index in meanings:
            _abbreviated(sentence, meanings, index, lexicon)
            _qualify(sentence, meanings, index)
            _as_offered(sentence, meanings, index, lexicon)
            _qualify_area(sentence, meanings, index)
    _drop_repeated(sentence, meanings)
    for index, meant in meanings.items():
        mention = sentence.spans[index].mention
        assert mention is not None, "only parts with a mention are looked at"
        slip = mention.taken_for
        cities = lexicon.abroad(_words(sentence, index)) if _may_be_a_city(sentence, index, meant) else ()
        titled = _by_title(sentence, index, [*cities] or meant)
        fitting = _settled(_in_context(sentence, index, titled), lexicon, home)
        sentence.names[index] = Name(index, _choices(sentence, index, fitting, slip is not None), slip)


def _may_be_a_city(sentence: Sentence, index: int, meant: list[Meaning]) -> bool:
    """Whether a state is named where one tie is asked for, so that the city of its name is meant: 跟紐約締結姊妹市."""
    states = bool(meant) and all(isinstance(each, Area) for each in meant)
    alone = not any(
        0 <= n < len(sentence.spans) and (sentence.spans[n].mark or sentence.spans[n].mention)
        for n in (index - 1, index + 1)
    )
    asked = sentence.chinese and sentence.has(*ONE_FACT) and not sentence.plainly(index).endswith(_STATES)
    return states and alone and asked and "in" not in sentence.small_before(index)


_STATES = ("州", "省", "邦")
"""With one of these at its end a name is that of the state: 德州有臺南的姊妹市嗎."""


def _words(sentence: Sentence, index: int) -> tuple[str, ...]:
    span = sentence.spans[index]
    return tuple(token.text for token in sentence.tokens[span.start : span.end])


def _abbreviated(
    sentence: Sentence, meanings: dict[int, list[Meaning]], index: int, lexicon: Lexicon
) -> None:
    """Narrow a place by the abbreviation of a state behind it, which then is nothing else: Portland, OR."""
    places = [m for m in meanings[index] if isinstance(m, Place)]
    behind = index + 1
    divided = behind < len(sentence.spans) and sentence.spans[behind].mark
    behind += divided
    if not places or behind >= len(sentence.spans):
        return
    area = lexicon.qualifiers.get(sentence.plainly(behind))
    strangers = all(isinstance(m, Place) and not m.id for m in meanings.get(behind, ()))
    large = sentence.written(behind).isupper()
    typed_small = sentence.text.islower() and area is not None and any(_may_lie_in(p, area) for p in places)
    if not strangers or (behind in meanings and not (large or typed_small)):
        return  # that some place of the world is called NJ, too, says nothing of Newark NJ
    # or, in, me: behind a comma they are states, but for "Portland, or Seattle"
    is_word = sentence.spans[behind].known and behind not in meanings
    if area is None or (is_word and (not divided or behind + 1 in meanings)):
        return
    fitting = [place for place in places if _may_lie_in(place, area)]
    if is_word and not fitting and not (large and not sentence.text.isupper()):
        return  # "twinned with Taipei, or is it?"
    meanings[index] = list(fitting) or [_stranger(places[0], area)]
    meanings.pop(behind, None)
    sentence.use(behind)
    span = sentence.spans[behind]
    spans = list(sentence.spans)
    spans[behind] = Span(span.start, span.end, concepts=frozenset({("filler", "words")}))
    sentence.spans = spans


def _may_lie_in(place: Place, area: Area) -> bool:
    return place.country == area.country and place.region_en in (None, area.region)


def _stranger(place: Place, where: Area) -> Place:
    """A place of that name elsewhere, of which the registry has nothing."""
    name = f"{place.name_en}, {where.region}"
    return Place(0, f"elsewhere:{name}", name, None, None, where.country)


def _qualify(sentence: Sentence, meanings: dict[int, list[Meaning]], index: int) -> None:
    """Narrow a place by the country or state that is named with it, which then is no name of its own."""
    places = [m for m in meanings[index] if isinstance(m, Place)]
    if not places:
        return
    for other, loose in _beside(sentence, index):
        if other not in meanings:
            continue
        fitting = [place for place in places if any(_lies_in(place, each) for each in meanings[other])]
        sets = (
            not any(isinstance(m, Place) for m in meanings[other])
            or _same_name(meanings[other], places)
            or any(isinstance(m, Place) and _lies_in(place, m) for m in meanings[other] for place in fitting)
        )
        tells = not loose or len(fitting) < len(places) or (sentence.chinese and other < index)  # 印度的浦那
        if fitting and sets and tells:
            meanings[index] = list(fitting)
            del meanings[other]
            sentence.use(other)
            return


def _as_offered(sentence: Sentence, meanings: dict[int, list[Meaning]], index: int, lexicon: Lexicon) -> None:
    """Of several places of a name that is written with its country in brackets the one that is called just so.

    So a name is offered where it is asked back: 法蘭克福（德國）, and not the one on the Oder.
    """
    places = [m for m in meanings.get(index, ()) if isinstance(m, Place)]
    behind = sentence.spans[index + 1 : index + 2]
    opens = any(span.mark and sentence.tokens[span.start].text == "(" for span in behind)
    if len(places) < _TITLED or not opens or index + _TITLED not in sentence.used:
        return
    words = _words(sentence, index)
    called = [each for each in places if each.id and lexicon.known[each.id].is_main(words)]
    if len(called) == 1:
        meanings[index] = list(called)


def _qualify_area(sentence: Sentence, meanings: dict[int, list[Meaning]], index: int) -> None:
    """Drop the country or part of the world that is named with a state or country in it: 美國加州, 歐洲的法國."""
    inner = [m for m in meanings.get(index, ()) if isinstance(m, Area | Areas | Countries)]
    if not inner or len(inner) != len(meanings[index]):
        return
    for other, loose in _beside(sentence, index):
        if loose and not sentence.chinese:
            continue  # "excluding Japan in Asia"
        outer = meanings.get(other, ())
        if outer and all(_holds(each, meaning) for each in outer for meaning in inner):
            del meanings[other]
            sentence.use(other)
            return


def _drop_repeated(sentence: Sentence, meanings: dict[int, list[Meaning]]) -> None:
    """Drop a name in brackets that says again what stands before them: Cavite City（加美地市）."""
    for index in sorted(meanings):
        bracket, again = index + 1, index + 2
        if again not in meanings or index not in meanings or not sentence.spans[bracket].mark:
            continue
        opens = sentence.tokens[sentence.spans[bracket].start].text == "("
        shared = [each for each in meanings[index] if each in meanings[again]]
        if opens and shared and all(isinstance(each, Place) for each in shared):
            meanings[index] = shared
            del meanings[again]
            sentence.use(again)


def _holds(outer: Meaning, inner: Area | Areas | Countries) -> bool:
    """Whether a state lies in a country, or a country in a part of the world; nothing lies in itself."""
    match outer, inner:
        case _, Areas(areas):
            return _holds(outer, areas[0])
        case Countries(codes), Area(country, _):
            return codes == (country,)
        case Region(), Countries(codes):
            return all(outer.takes_in(code) for code in codes)
        case _:
            return False


def _beside(sentence: Sentence, index: int) -> list[tuple[int, bool]]:
    """Positions of what may qualify a place, and whether it is loosely joined ("Portland in Oregon")."""
    found: list[tuple[int, bool]] = []
    spans = sentence.spans
    if index and spans[index - 1].mention and not _is_domestic(sentence, index - 1):  # 日本熊本
        found.append((index - 1, False))
    if index > 1 and sentence.written(index - 1) in ("的", "之") and spans[index - 2].mention:
        found.append((index - 2, True))
    if not sentence.chinese and index > 1 and sentence.plainly(index - 1) == "s" and spans[index - 2].mention:
        found.append((index - 2, False))  # "Japan's Kyushu"
    after = index + 1
    joined = (
        after < len(spans) and spans[after].mark and sentence.tokens[spans[after].start].text in (",", "(")
    )
    if (joined or after < len(spans)) and not _left_out_alone(sentence, index):
        behind = after + 1 if joined else after
        if sentence.chinese and not joined and _says_whose(sentence, behind):
            return found
        if behind < len(spans) and spans[behind].mention and not _is_domestic(sentence, behind):
            found.append((behind, False))
        elif behind + 1 < len(spans) and spans[behind].of("small") == ("in",) and spans[behind + 1].mention:
            found.append((behind + 1, True))
    return found


def _left_out_alone(sentence: Sentence, index: int) -> bool:
    """Whether a name is left out of what is named behind it: 除了布拉格，歐洲還有誰; not "except Portland, Oregon"."""
    first = index
    while first > 1 and sentence.spans[first - 2].mention and sentence.plainly(first - 1) in ROW:
        first -= 2  # 除了日本、韓國，亞洲還有誰
    before = sentence.before(first)
    if before is None or before < first - 2 or not sentence.spans[before].has(("logic", "except")):
        return False
    behind, mark = sentence.spans[index + 1 : index + 4], sentence.spans[index + 1 : index + 2]
    if sentence.chinese:
        return not any(span.mark and sentence.tokens[span.start].text == "(" for span in mark)
    return any(span.mark for span in mark) and len(behind) > _TITLED and not behind[-1].mark


def _says_whose(sentence: Sentence, index: int) -> bool:
    """Whether partners stand right behind a name, so that it says where they lie: 漢堡德國姊妹市有哪些."""
    behind = next(
        (i for i in (index + 1, index + 2) if sentence.spans[i : i + 1] and not _says_of(sentence, i)), None
    )
    return behind is not None and bool(sentence.spans[behind].of("kind"))


def _says_of(sentence: Sentence, index: int) -> bool:
    return sentence.plainly(index) in ("的", "之")


def _is_domestic(sentence: Sentence, index: int) -> bool:
    """Whether it says where partners lie, not where the place beside it does: 臺南市國內的締盟城市."""
    return traditional(sentence.plainly(index)) in DOMESTIC


def _lies_in(place: Place, meaning: Meaning) -> bool:
    match meaning:
        case Countries(codes):
            return place.country in codes
        case Areas(areas):
            return any(_lies_in(place, area) for area in areas)
        case Area(country, region):
            unsaid = not place.id and place.region_en is None  # 沖繩那霸: of the world, not of the registry
            return place.country == country and (unsaid or place.region_en == region)
        case Region():
            return meaning.takes_in(place.country)
        case Place():
            return bool(place.id) and meaning.id in (place.parent_id, place.successor_id)
        case _:
            return False


def _same_name(meanings: list[Meaning], places: list[Place]) -> bool:
    """Whether the other name is that of a state or prefecture, too, in which one of the places lies."""
    return any(isinstance(m, Area) and _lies_in(p, m) for m in meanings for p in places)


def _in_context(sentence: Sentence, index: int, meanings: list[Meaning]) -> list[Meaning]:
    """A state or country, or a place of the same name: "in New York" is the state where partners are looked for."""
    countries = [m for m in meanings if isinstance(m, Countries)]
    areas = [
        m for m in meanings if isinstance(m, Area) and not any(_holds(country, m) for country in countries)
    ]  # 貝里斯 is the country, and not its district of that name
    places = [m for m in meanings if isinstance(m, Place)]
    if not places:
        return [m for m in meanings if not isinstance(m, Area) or m in areas]
    if not countries and (whole := all_within(sentence, index, places, areas)):
        return list(whole)
    if not (areas or countries):
        return meanings
    counties = all(_is_county_of(place, area) for place in places for area in areas)
    if areas and counties and not sentence.has(("ask", "when"), ("ask", "age")):
        return list(areas)  # 夏威夷 is the state, and not the county of that name in it
    within = "in" in sentence.small_before(index) or holds_what_is_asked(sentence, index)
    return [*countries, *areas] if within and _outside_home(places) else list(places)


def _is_county_of(place: Place, area: Area) -> bool:
    """Whether a place is a county that is called for short as the state is in which it lies."""
    return place.level is Level.COUNTY and _lies_in(place, area) and place.name_en != area.region


_TITLES = {
    "市": "市",
    "縣": "縣",
    "县": "縣",
    "鎮": "鎮",
    "镇": "鎮",
    "鄉": "鄉",
    "乡": "鄉",
    "區": "區",
    "区": "區",
}


def _by_title(sentence: Sentence, index: int, meanings: list[Meaning]) -> list[Meaning]:
    """Of several places of a name that whose mayor or government is named behind it: 花蓮市長, 新竹縣府."""
    behind = sentence.written(index + 1) if index + 1 < len(sentence.spans) else ""
    level = _TITLES.get(behind[:1])
    if len(behind) < _TITLED or level is None or not sentence.spans[index + 1].has(*_OFFICES):
        return meanings
    fitting = [m for m in meanings if isinstance(m, Place) and (m.name_zh or "").endswith(level)]
    return list(fitting) or meanings


_TITLED = len("市長")
_OFFICES = (("people", "mayor"), ("level", "official"), ("level", "leader"), ("filler", "words"))


def _outside_home(places: list[Place]) -> bool:
    return all(place.level is None or place.level.value not in ("special_municipality",) for place in places)


def _choices(sentence: Sentence, index: int, meanings: list[Meaning], slip: bool) -> tuple[Where, ...]:
    said = sentence.written(index)
    return tuple(
        Where(places=(ref(each, said, slip),)) if isinstance(each, Place) else where_of(each)
        for each in meanings[:MOST_CHOICES]
    )


def _settled(meanings: list[Meaning], lexicon: Lexicon, home: Place | None) -> list[Meaning]:
    """What is left when the office that asks is known: its own place, or the one of its country that has an office."""
    if home is None or len(meanings) < 2:
        return meanings
    if home in meanings:
        return [home]
    near = [
        m for m in meanings if isinstance(m, Place) and m.country == home.country and m.id in lexicon.offices
    ]
    return list(near) if len(near) == 1 else meanings


def where_of(meaning: Countries | Region | Parts | Area | Areas | GroupName) -> Where:
    """The places that lie in what is named."""
    match meaning:
        case Countries(codes):
            return Where(countries=codes)
        case Area():
            return Where(areas=(meaning,))
        case Areas(areas):
            return Where(areas=areas)
        case GroupName(key):
            return Where(groups=(key,))
        case Parts(regions):
            return Where(regions=regions)
        case _:
            return Where(regions=(meaning,))


def lies_within(place: PlaceRef, where: Where, lexicon: Lexicon) -> bool:
    """Whether a place lies in the countries, regions and areas that are named."""
    known = lexicon.known.get(place.id or 0)
    if known is None:
        return place.country in where.countries
    meanings: list[Meaning] = [Countries(where.countries), *where.regions, *where.areas]
    return any(_lies_in(known.place, meaning) for meaning in meanings)


def ref(place: Place, said: str = "", corrected: bool = False) -> PlaceRef:
    """The place as a query holds it."""
    world = "" if place.id else f"{fold(place.name_en)}, {place.country or ''}"
    return PlaceRef(place.id or None, place.name_en, place.country, said, corrected, world)


def within_each_other(where: Where, *, apart: bool = False) -> Where:
    """Where what is named lies in what is named as well, in both: "US partners in Texas" are those in Texas.

    `apart` where they may be named side by side, as with "and": then a part of the world stands beside its countries.
    """
    areas = {area.country for area in where.areas}
    countries = tuple(code for code in where.countries if code not in areas)
    inner = {*countries, *areas}
    regions = where.regions if apart else tuple(r for r in where.regions if not any(map(r.takes_in, inner)))
    return replace(where, countries=countries, regions=regions)


def joined(wheres: list[Where]) -> Where:
    """What lies in any of them."""
    return Where(
        own=any(w.own for w in wheres),
        places=tuple(dict.fromkeys(p for w in wheres for p in w.places)),
        groups=tuple(dict.fromkeys(g for w in wheres for g in w.groups)),
        countries=tuple(dict.fromkeys(c for w in wheres for c in w.countries)),
        regions=tuple(dict.fromkeys(r for w in wheres for r in w.regions)),
        areas=tuple(dict.fromkeys(a for w in wheres for a in w.areas)),
        levels=tuple(dict.fromkeys(level for w in wheres for level in w.levels)),
    )
