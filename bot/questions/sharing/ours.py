"""Which places are ours: cities of ours, a place beside a country, partners that are called by their country."""

from dataclasses import replace

from bot.domain.places import Level
from bot.questions.conditions import PlaceRef, Where
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import About, Asked, Per
from bot.questions.reading.naming import ref
from bot.questions.sharing.whose import ASSUMED, Roles
from bot.questions.vocabulary.lexicon import Lexicon


def seen_from_ours(
    roles: Roles,
    sentence: Sentence,
    form: Form,
    names: list[Name],
    lexicon: Lexicon,
    *,
    homes: bool,
) -> None:
    """Take for the homes what is ours; `homes` where "our cities" are all of the registry."""
    if (told_of := _of_one_place(roles, names)) is not None:
        roles.home, roles.partner = told_of
    if _describes_partners(roles, lexicon):  # "US sister cities in Texas"
        roles.home = ASSUMED
    if homes and roles.partner.anywhere and roles.home.places:
        roles.partner = Where(countries=tuple(lexicon.home_countries))
    elif homes and _asks_for_ours(sentence, form) and roles.home.assumed and not roles.partner.places:
        roles.home, roles.per = Where(countries=tuple(lexicon.home_countries)), Per.HOME
    _of_the_nation(sentence, roles, lexicon)


def _of_one_place(roles: Roles, names: list[Name]) -> tuple[Where, Where] | None:
    """A place and a country that were read as partners both: 花蓮縣跟日本是什麼關係 asks of its partners there."""
    where = roles.partner
    apart = len(names) == len("ab") and roles.home.assumed and len(where.places) == 1
    around = replace(where, places=())
    if not apart or around.anywhere or where.groups or where.places[0].country in where.countries:
        return None
    return Where(places=where.places), around


def _describes_partners(roles: Roles, lexicon: Lexicon) -> bool:
    """Whether the country of a region where partners lie was read as that of those who have them."""
    areas = {area.country for area in roles.partner.areas}
    countries = {*roles.home.countries}
    return bool(countries) and countries == areas and not countries & {*lexicon.home_countries}


def _asks_for_ours(sentence: Sentence, form: Form) -> bool:
    """Whether it is they that are asked for, by their ties: "which of our cities have a sister city in Israel?"."""
    if form.asked is not Asked.PLACES or form.about is not About.TIES or form.asked_at is None:
        return False
    asked_for = range(form.asked_at + 1, min(form.asked_at + 3, len(sentence.spans)))
    cities = [i for i in asked_for if sentence.spans[i].has(("noun", "city"))]
    return bool(cities) and any(span.of("kind") for span in sentence.spans[cities[0] + 1 :])


def _of_the_nation(sentence: Sentence, roles: Roles, lexicon: Lexicon) -> None:
    """Take for the homes those of the country where all of it is said to have partners: 我國地方政府在日本的姊妹市."""
    said = [i for i in sentence.all(("logic", "nationwide")) if i - 1 not in sentence.names]
    of_nobody = roles.home.assumed and roles.compare is None and not roles.partner.places
    if not said or not of_nobody or len(lexicon.home_countries) != 1:
        return
    if not {*roles.partner.countries} & {*lexicon.home_countries}:
        sentence.used.update(said)
        roles.home = Where(countries=tuple(lexicon.home_countries))


def means_homes(sentence: Sentence) -> bool:
    """Whether "our cities" are all of the registry, where no office asks: "which of our cities has Koror?"."""
    for index in sentence.all(("noun", "city")):
        plural = sentence.plainly(index).endswith("s") and not sentence.spans[index].of("kind")
        behind = [sentence.plainly(i) for i in range(index + 1, min(index + 3, len(sentence.spans)))]
        first = index - 1 if index - 1 in sentence.names and not sentence.names[index - 1].is_place else index
        if (plural and "own" in sentence.small_before(first)) or behind == ["of", "ours"]:
            return True
    return False


_COUNTIES = (Level.SPECIAL_MUNICIPALITY, Level.COUNTY, Level.CITY)
_UNITS = {
    "縣市": _COUNTIES,
    "县市": _COUNTIES,
    **dict.fromkeys(("鄉鎮", "乡镇"), (Level.TOWN, Level.TOWNSHIP)),
    **dict.fromkeys(("鄉鎮市", "乡镇市"), (Level.TOWN, Level.TOWNSHIP, Level.CITY)),
    **dict.fromkeys(
        ("towns", "townships and towns", "towns and townships", "townships or towns", "towns or townships"),
        (Level.TOWN, Level.TOWNSHIP),
    ),
}
"""Words that say which places of Taiwan are meant. Cities of a county (縣轄市) go with towns, others with counties."""


def our_units(sentence: Sentence, home: Where, lexicon: Lexicon) -> Where | None:
    """The homes that such a word narrows to those at home; None where it is not said, or they are named otherwise."""
    if (
        home.places
        or home.groups
        or home.areas
        or home.regions
        or home.levels
        or {*home.countries} - {*lexicon.home_countries}
    ):
        return None
    said = (units_at(sentence, index, lexicon) for index in sentence.all(("noun", "city")))
    levels = next((each for each in said if each), None)
    return of_levels(levels, lexicon, home) if levels is not None else None


def units_at(sentence: Sentence, index: int, lexicon: Lexicon) -> tuple[Level, ...]:
    """The levels that such a word stands for; "towns" are any place where there are none of that level at home."""
    levels = _UNITS.get(sentence.plainly(index), ())
    if sentence.chinese or not levels:
        return levels
    beside = [sentence.spans[i] for i in (index - 1, index - 2) if i >= 0]
    theirs = index - 1 in sentence.names and not {*sentence.names[index - 1].where.countries} & {
        *lexicon.home_countries
    }
    asked = any(span.of("ask") or span.mention or span.of("small") == ("does",) for span in beside)
    return at_home(levels, lexicon) if asked and not theirs else ()


def at_home(levels: tuple[Level, ...], lexicon: Lexicon) -> tuple[Level, ...]:
    """Those of the levels of which there is a place in the country of the offices."""
    ours = {
        each.place.level for each in lexicon.known.values() if each.place.country in lexicon.home_countries
    }
    return tuple(level for level in levels if level in ours)


def of_levels(levels: tuple[Level, ...], lexicon: Lexicon, home: Where = ASSUMED) -> Where:
    """The places at home of some levels; beside counties the cities that belong to one are none (縣轄市)."""
    apart = _cities(lexicon, of_counties=Level.COUNTY in levels) if Level.CITY in levels else ()
    without = home.without
    if apart and not (without and without.places):
        without = replace(without or Where(), places=apart, assumed=True)
    return Where(countries=tuple(lexicon.home_countries), levels=levels, without=without)


def _cities(lexicon: Lexicon, *, of_counties: bool) -> tuple[PlaceRef, ...]:
    """The cities at home that are part of a county (縣轄市), or those that are not."""
    cities = [
        each.place
        for each in lexicon.known.values()
        if each.place.level is Level.CITY and each.place.country in lexicon.home_countries
    ]
    return tuple(ref(place) for place in cities if (place.parent_id is not None) is of_counties)
