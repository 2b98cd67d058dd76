"""Homes that lack something: "which counties have no partner in Korea?", 哪些直轄市2025年沒有交流."""

from dataclasses import replace

from bot.domain.places import Level, Place
from bot.questions.conditions import Bound, Where
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, Unit
from bot.questions.sharing.levels_asked import levels_meant
from bot.questions.sharing.ours import our_units
from bot.questions.sharing.whose import level_asked_for, level_in_chinese, municipalities
from bot.questions.vocabulary.lexicon import Lexicon

_LISTS = (Asked.PLACES, Asked.NUMBER)
_NEAR = 3
_MUNICIPALITY = frozenset(("municipality", "municipalities"))


def homes_without(
    query: Query, sentence: Sentence, form: Form, lexicon: Lexicon, asker: Place | None
) -> Query:
    """The query of the homes themselves, where it is they that have had no exchange, or have no such tie."""
    if query.of_those_without:
        return replace(query, home=_at_home(query.home, lexicon))
    if query.unmet is None or query.met is not None or query.asked not in _LISTS or query.rank is not None:
        return query
    if sentence.any_of("kind") or _is_with_whom(sentence, form) or len(lexicon.home_countries) != 1:
        return query
    home = _asked_for(query, sentence, form, lexicon, asker)
    if home is None:
        return query
    return replace(
        query,
        about=About.EXCHANGES,
        home=home,
        partner=replace(query.partner, levels=()),
        unit=Unit.HOMES if query.asked is Asked.NUMBER else None,
        exchanges=query.unmet,
        unmet=None,
        per=Per.HOME,
        having=Bound(most=0),
    )


def strangers_without(query: Query, lexicon: Lexicon) -> bool:
    """Whether those that lack something are looked for where none is on record but as somebody's partner."""
    home = query.home
    if not query.of_those_without or home.places or home.groups or home.own:
        return False
    if not {*home.countries} <= lexicon.home_countries:
        return True
    left_out = {ref.id for ref in home.without.places} if home.without else set[int | None]()
    known = (each.place for each in lexicon.known.values())
    ours = (place for place in known if place.country in home.countries and place.id not in left_out)
    return bool(home.levels) and not any(place.level in home.levels for place in ours)


def _at_home(home: Where, lexicon: Lexicon) -> Where:
    """Of a level that is asked for those at home, where it is not said which."""
    if home != Where(levels=home.levels, without=home.without) or len(lexicon.home_countries) != 1:
        return home
    return replace(home, countries=tuple(lexicon.home_countries)) if home.levels else home


def _is_with_whom(sentence: Sentence, form: Form) -> bool:
    """Whether it is asked with whom there was none: 臺南跟哪些城市沒有交流, "which did we have no exchange with?"."""
    at, spans = form.asked_at, sentence.spans
    if at is not None and "with" in sentence.small_before(at):
        return True
    alone = [i for i in sentence.all(("small", "with")) if i + 1 == len(spans) or not spans[i + 1].mention]
    return bool(alone) and not sentence.chinese


def _asked_for(
    query: Query, sentence: Sentence, form: Form, lexicon: Lexicon, asker: Place | None
) -> Where | None:
    """The homes that a question about those without an exchange asks for; None where it asks for partners."""
    at, home = form.asked_at, query.home
    if home.groups:
        return home
    ours = {*home.countries} == lexicon.home_countries
    named = [i for i, name in sentence.names.items() if {*name.where.countries} == lexicon.home_countries]
    if at is None or not (home.assumed or (ours and any(abs(i - at) <= _NEAR for i in named))):
        return None
    if (units := our_units(sentence, home, lexicon)) is not None:
        return units
    levels = _levels(sentence, at, lexicon, told=ours or asker is None)
    if not levels and (home.assumed or not query.partner.anywhere):
        return None  # which cities there are is not on record
    return Where(countries=tuple(lexicon.home_countries), levels=levels)


def _levels(sentence: Sentence, at: int, lexicon: Lexicon, *, told: bool) -> tuple[Level, ...]:
    """The level of those that are asked for, where it is told that they are at home."""
    if any(sentence.plainly(i) in _MUNICIPALITY for i in sentence.all(("noun", "city"))):
        return municipalities(lexicon)
    level = level_in_chinese(sentence, at) if sentence.chinese else level_asked_for(sentence, at)
    if level is None or not told:
        return ()
    return levels_meant([(level, key) for key in sentence.spans[level].of("places")])
