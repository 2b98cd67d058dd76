"""Whose ties are meant and with whom: which names of a question are the home and which the partner.

A tie has no direction, so that this matters only where many are asked for. Who asks is the home where a question names
one place that it has a tie with; where it lists the ties of a place, that place is. A name that finds no part is left
unused, so that the question is asked back.
"""

import re
from dataclasses import replace

from bot.domain.places import Level, Place
from bot.questions.conditions import Comparing, Comparison, Where
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import About, Asked, Per, Unit
from bot.questions.reading.beside_chinese import read_beside_in_chinese
from bot.questions.reading.comparing import Compared, asks_for_one_of, compared
from bot.questions.reading.excluding import is_behind, left_out
from bot.questions.reading.naming import joined, ref, within_each_other
from bot.questions.reading.naming_within import said_to_be, tells_where_one_lies
from bot.questions.sharing.beside import is_told_of_first, read_beside
from bot.questions.sharing.districts import of_districts
from bot.questions.sharing.levels_asked import level_in_question, levels_meant, levels_of, signers
from bot.questions.sharing.one_abroad import of_the_one_abroad
from bot.questions.sharing.ours import means_homes, our_units, seen_from_ours
from bot.questions.sharing.owners import seen_from_owners, without_groups
from bot.questions.sharing.share import Sharing
from bot.questions.sharing.whose import Roles, level_asked_for, level_in_chinese, municipalities
from bot.questions.sharing.with_others import also_of, who_else, with_others
from bot.questions.vocabulary.lexicon import Lexicon


def read_roles(sentence: Sentence, form: Form, lexicon: Lexicon, home: Place | None) -> Roles:
    """Share the names out."""
    own, others_only = _own(sentence)
    homes = home is None and own and means_homes(sentence)
    own = own and not homes
    if home is None:  # no office asks, so that all there is is meant anyhow
        sentence.take(("logic", "nationwide"))
    names = [sentence.names[i] for i in sorted(sentence.names)]
    sentence.used.update(name.span for name in names)
    sentence.used.update(at for name in names if (at := said_to_be(sentence, name)) is not None)
    names = [name for name in names if not tells_where_one_lies(sentence, name)]
    read = read_beside_in_chinese if sentence.chinese else read_beside
    beside = read(sentence, form, names)
    names = [name for name in names if beside is None or name is not beside[1]]
    without = left_out(sentence, names, lexicon, own=own)
    names = [name for name in names if name.span not in without]
    sharing = Sharing(sentence, form, lexicon, home, names)
    besides_us = who_else(sentence, form, names, lexicon, home)
    beside_all = with_others(sentence, form, names, lexicon, home)
    if besides_us or beside_all:
        others_only = besides_us is not None and besides_us.home.places != ()
    side_by_side = beside_all or also_of(sentence, form, names, lexicon, home)
    side_by_side = side_by_side or compared(sentence, form, names, lexicon, own=own)
    of_the_one = of_the_one_abroad(sentence, form, names, lexicon, home, own=own)
    roles = besides_us or of_the_one or _of_its_districts(sentence, form, names, lexicon)
    roles = roles or (_roles_of(side_by_side) if side_by_side else sharing.share(own=own))
    if side_by_side and side_by_side.how is Comparing.NUMBERS and asks_for_one_of(sentence, form):
        form.asked = Asked.PLACES
    if every := _every_home(sentence, form, roles, lexicon):
        roles.home = every
    if met := _homes_that_met(sentence, form, roles, lexicon, home):
        form.asked, roles.home, roles.per = Asked.PLACES, met, Per.HOME
    if home is None and roles.home.assumed and signers(sentence) and len(lexicon.home_countries) == 1:
        roles.home = Where(countries=tuple(lexicon.home_countries))
    roles.beside = beside and beside[0]
    if beside is not None and is_told_of_first(sentence, beside[1], roles, lexicon):
        roles.home, roles.partner = roles.partner, roles.home
    seen_from_ours(roles, sentence, form, names, lexicon, homes=homes)
    _set_venue(roles, sentence, form)
    _leave_own_parts(roles, names, sentence, lexicon)
    of_one = roles.home
    roles = of_districts(sentence, roles, lexicon, home)
    seen_from_owners(roles, sentence, form, names, without, lexicon, ours=home is not None)
    if roles.home is not of_one and form.asked is Asked.NUMBER and roles.per is Per.HOME:
        form.unit = Unit.HOMES
    excluded = [sentence.names[i].where for i in without]
    excluded += _at_home(sentence, roles.home, lexicon, home)
    roles.partner = _with_prefectures(sentence, form, roles.partner)
    ours = home is not None and any(place.id == home.id for place in roles.home.places)
    official = any(place.id in lexicon.offices for place in roles.home.places)
    if others_only and home is not None and not (roles.home.own or ours or official):
        excluded.append(Where(places=(ref(home),)))
    return _with_levels(roles, sentence, form, lexicon, excluded)


def _with_levels(
    roles: Roles, sentence: Sentence, form: Form, lexicon: Lexicon, excluded: list[Where]
) -> Roles:
    """The roles with the kinds of places that are asked for, and without those that are `excluded`."""
    asked = level_asked_for(sentence, form.asked_at) if roles.per is Per.HOME else None
    if roles.per is Per.HOME and asked is None:
        asked = level_in_chinese(sentence, form.asked_at)
        if asked is not None and _lie_in_partner(sentence, form, roles):
            roles.home, roles.partner = roles.partner, roles.home
    of_homes, levels = levels_of(sentence, roles.home, asked)
    if asked is not None and asked == form.asked_at:  # 哪個鄉跟日本締盟
        of_homes = levels_meant([(asked, key) for key in sentence.spans[asked].of("places")])
    levels = levels or (() if of_homes else level_in_question(sentence, form))
    if of_homes:
        roles.home = replace(roles.home, levels=of_homes)
    excluded = _narrowed(roles, sentence, lexicon, excluded)
    if excluded or levels:
        without_them = joined(excluded) if excluded else None
        roles.partner = replace(roles.partner, without=without_them, levels=levels or roles.partner.levels)
    return roles


def _narrowed(roles: Roles, sentence: Sentence, lexicon: Lexicon, excluded: list[Where]) -> list[Where]:
    """Narrow both sides to what lies in all that is said of them; those of the excluded that are no homes."""
    excluded = without_groups(roles, excluded, lexicon)
    if roles.per is Per.HOME and (units := our_units(sentence, roles.home, lexicon)):
        roles.home = units
    side_by_side_named = sentence.has(("small", "and"), ("logic", "or"))
    roles.home = within_each_other(roles.home, apart=side_by_side_named)
    roles.partner = within_each_other(roles.partner, apart=side_by_side_named)
    return excluded


def _every_home(sentence: Sentence, form: Form, roles: Roles, lexicon: Lexicon) -> Where | None:
    """All that there are, if a number of each city is asked for and none is named: "sister cities by county"."""
    if form.per is not Per.HOME or form.about is not About.TIES or not roles.home.assumed:
        return None
    for index in sentence.all(("per", "home")):
        behind = sentence.spans[index + 1] if index + 1 < len(sentence.spans) else None
        if behind and behind.of("places"):
            sentence.used.add(index + 1)
            return Where(levels=levels_meant([(index + 1, key) for key in behind.of("places")]))
        if _CITY.search(sentence.plainly(index)):
            return Where(levels=municipalities(lexicon) if "municipalit" in sentence.plainly(index) else ())
    return None


_WHICH_ONE = frozenset(("哪個", "哪个", "哪一個", "哪一个", "哪座", "哪一座", "誰", "谁", "哪一都", "哪都"))


def _homes_that_met(
    sentence: Sentence, form: Form, roles: Roles, lexicon: Lexicon, asker: Place | None
) -> Where | None:
    """Those of which it is asked who met others most or least often: 哪個直轄市交流最多."""
    at = None if form.asked_at is None else form.asked_at + 1
    of_group = at is not None and roles.home.groups and sentence.plainly(at - 1) in _WHICH_ONE
    if of_group and form.head == "exchange" and sentence.has(("order", "most"), ("order", "fewest")):
        return roles.home  # 六都中哪一個交流最多
    if at is None or at >= len(sentence.spans) or form.about is not About.EXCHANGES:
        return None
    if not sentence.has(("order", "most"), ("order", "fewest")):
        return None
    name, nobody = sentence.names.get(at), roles.partner.anywhere
    if name is not None:
        ours = not nobody and {*name.where.countries} == lexicon.home_countries
        sentence.used.update([at] if ours else ())  # "which Taiwanese city met Prague most often"
        return name.where if ours or name.where.groups else None
    if not roles.home.assumed or (sentence.names and not roles.partner.places):
        return None
    levels = _level_asked_for(sentence, at, lexicon)
    told = bool(levels) or not nobody or asker is None
    return Where(levels=levels) if told and (levels or sentence.spans[at].has(("noun", "city"))) else None


def _level_asked_for(sentence: Sentence, at: int, lexicon: Lexicon) -> tuple[Level, ...]:
    if keys := sentence.spans[at].of("places"):
        return levels_meant([(at, key) for key in keys])
    return municipalities(lexicon) if "municipality" in sentence.plainly(at) else ()


_CITY = re.compile("cit(?:y|ies)|municipalit|市")


def _at_home(sentence: Sentence, whose: Where, lexicon: Lexicon, asker: Place | None) -> list[Where]:
    """The countries of the home, where partners abroad are asked for."""
    if not sentence.free(("logic", "abroad")):
        return []
    countries = {place.country for place in whose.places if place.country} | {*whose.countries}
    if whose.own and asker is not None and asker.country:
        countries.add(asker.country)
    at_home = tuple(sorted(country for country in countries or lexicon.home_countries if country))
    if not at_home:
        return []
    sentence.take(("logic", "abroad"))
    return [Where(countries=at_home)]


def _of_its_districts(sentence: Sentence, form: Form, names: list[Name], lexicon: Lexicon) -> Roles | None:
    """Asked which district of a city has a tie with somebody: the partners of that one which are such districts."""
    asked = sentence.all(("places", "district")) or _place_within(sentence, form)
    if form.asked is not Asked.PLACES or form.about is not About.TIES or not asked or len(names) != _TWO:
        return None
    for whole, other in (names, names[::-1]):
        if not (whole.is_place and other.is_place) or abs(whole.span - asked[0]) > _TWO:
            continue
        parents = {place.id for place in whole.where.places}
        parts = [ref(known.place) for known in lexicon.known.values() if known.place.parent_id in parents]
        if parts and sentence.spans[asked[0]].of("places"):
            return Roles(other.where, Where(places=tuple(parts)))
        if parts:
            return Roles(other.where, Where(places=(*whole.where.places, *parts)))
    return None


def _place_within(sentence: Sentence, form: Form) -> list[int]:
    """Where a place in one that is named is asked for: "A is the sister of which place in New Taipei?"."""
    at = form.asked_at
    if at is None or sentence.chinese:
        return []
    city = at + 1 < len(sentence.spans) and sentence.spans[at + 1].has(("noun", "city"))
    within = at + _TWO + 1 in sentence.names and sentence.plainly(at + _TWO) in ("in", "within", "inside")
    return [at + 1] if city and within else []


def _with_prefectures(sentence: Sentence, form: Form, partner: Where) -> Where:
    """In English the partners in a prefecture with the prefecture itself, but where cities in it are asked for."""
    listed = form.asked in (Asked.PLACES, Asked.NUMBER, Asked.BOOLEAN) and form.about is About.TIES
    listed = listed or form.about is About.EXCHANGES
    cities = sentence.has(("noun", "city")) or sentence.any_of("places")
    if not partner.areas or not listed or cities or sentence.chinese:
        return partner
    return replace(partner, areas=tuple(replace(area, itself=True) for area in partner.areas))


def _leave_own_parts(roles: Roles, names: list[Name], sentence: Sentence, lexicon: Lexicon) -> None:
    """A place has no tie with its own district: such a partner was meant otherwise, so that it is asked back."""
    homes = {place.id for place in roles.home.places if place.id is not None}
    for name in names:
        for place in name.where.places if name.where.places != roles.home.places else ():
            known = lexicon.known.get(place.id or 0)
            if known is not None and known.place.parent_id in homes and place in roles.partner.places:
                sentence.used.discard(name.span)


def _set_venue(roles: Roles, sentence: Sentence, form: Form) -> None:
    """Of several partners one is where they met: "the mayors of Taipei and Wellington met in Seoul"."""
    partners = roles.partner.places
    if form.about is not About.EXCHANGES or len(partners) < _TWO:
        return
    for index, name in sentence.names.items():
        located = name.is_place and {"in"} == sentence.small_before(index) - {"does"}
        located = located and not (index and sentence.plainly(index - 1).endswith("from"))
        if located and name.where.places[0] in partners:
            roles.at = name.where
            rest = tuple(place for place in partners if place not in name.where.places)
            roles.partner = replace(roles.partner, places=rest)
            return


_TWO = 2


def _roles_of(side_by_side: Compared) -> Roles:
    per = Per.HOME if side_by_side.how is Comparing.NUMBERS else None
    comparison = Comparison(side_by_side.how, side_by_side.others, side_by_side.fewer, side_by_side.lacking)
    return Roles(side_by_side.home, side_by_side.partner, comparison, per)


_WE = frozenset(("we", "our", "ours", "us"))


_TELLS = frozenset(
    ("give", "show", "tell", "list", "name", "send", "remind", "inform", "let", "get", "bring")
)
_ASKER = frozenset(("i", "me", "you", "your", "我"))


def _own(sentence: Sentence) -> tuple[bool, bool]:
    """Whether the question says "we", be it in a phrase ("what did we do"), and whether it asks for others than us."""
    said = [i for i, span in enumerate(sentence.spans) if "own" in span.of("small")]
    if sum(name.is_place for name in sentence.names.values()) >= _TWO:  # "could I have the year in which…"
        said = [i for i in said if sentence.plainly(i) not in _ASKER]
    excepted = [
        i
        for i in said
        if i
        and sentence.spans[i - 1].has(("logic", "except"))
        and not _owns_ties(sentence, i)
        and not (i - 2 in sentence.names and is_behind(sentence.plainly(i - 1)))  # 歐洲以外我們有哪些姊妹市
    ]
    sentence.used.update(i - 1 for i in excepted)
    behind = [i + 1 for i in excepted if i + 1 < len(sentence.spans)]
    sentence.used.update(i for i in behind if sentence.spans[i].has(("logic", "except")))
    asking = [span for span in sentence.spans if span.of("ask") or span.of("meet") or span.of("event")]
    asking = [
        span for span in asking if not span.has(("filler", "request"))
    ]  # "give us the partners of Keelung"
    words = [token.text for token in sentence.tokens]
    within = {
        words[i]
        for span in asking
        for i in range(span.start, span.end)
        if not (words[i] == "us" and i and words[i - 1] in _TELLS)
        and not (span.has(("ask", "whether")) and i == span.start)  # "we want to find out whether"
    }
    others = sentence.take(("logic", "else")) or "else" in within or bool(excepted)
    return len(said) > len(excepted) or bool(within & _WE), others


def _owns_ties(sentence: Sentence, index: int) -> bool:
    """Whether what is left out is not who asks but their ties: "outside our sister cities"."""
    behind = sentence.after(index)
    return behind is not None and behind <= index + _TWO and bool(sentence.spans[behind].of("kind"))


def _lie_in_partner(sentence: Sentence, form: Form, roles: Roles) -> bool:
    """Whether those that are asked for are said to lie where the partners were read to: 日本有哪些町跟臺灣締盟."""
    before = (form.asked_at or 0) - 1
    while before > 0 and sentence.plainly(before) in ("有", "的"):
        before -= 1
    name = sentence.names.get(before)
    return name is not None and not name.is_place and name.where == roles.partner
