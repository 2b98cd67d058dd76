"""The query of a question, put together from what its parts say."""

from dataclasses import replace
from datetime import date

from bot.domain.contacts import ContactRole, ContactState
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.places import Place
from bot.questions.asking.celebrating import as_celebrated, narrowed
from bot.questions.asking.how_many import counts_ties
from bot.questions.asking.otherwise import is_asked_otherwise
from bot.questions.composing.acts import read_acts
from bot.questions.composing.homes import (
    domestic,
    has_nobody_left,
    inherited,
    of_countries_with_ours,
    weighs_what_became_one,
)
from bot.questions.composing.lacking import homes_without, strangers_without
from bot.questions.composing.meant import as_is_meant
from bot.questions.composing.placing import (
    presuming,
    with_met,
)
from bot.questions.composing.times import dated, still_to_come, without_year
from bot.questions.conditions import Comparing, Event, Met, People, Where
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, Rank, RankBy, Unit
from bot.questions.reading.apart_from import what_else_there_is
from bot.questions.reading.between_two import between_two, says_each_other
from bot.questions.reading.both_ways import apart_by_direction, wants_both
from bot.questions.reading.compared_partners import with_whoever_asks
from bot.questions.reading.contents_asked import asking_contents
from bot.questions.reading.counting_leaders import leaders_by_visits
from bot.questions.reading.foreign_homes import seen_from_abroad
from bot.questions.reading.meeting import read_met
from bot.questions.reading.meeting_direction import direction
from bot.questions.reading.narrowing import (
    read_states,
)
from bot.questions.reading.numbers import is_of_meetings, read_bound, read_claimed, read_people, read_turning
from bot.questions.reading.of_one_partner import of_one_partner
from bot.questions.reading.ordering import read_rank, read_sole, read_weighed, says_than
from bot.questions.reading.partners_unmet import whether_there_are_unmet
from bot.questions.reading.right_before import right_before
from bot.questions.reading.signings import by_how_signed
from bot.questions.reading.still_asked import with_still
from bot.questions.reading.where_held import asking_where
from bot.questions.reading.which_country import has_only_that_kind
from bot.questions.reading.who_ended import ended_by_whom
from bot.questions.sharing.roles import read_roles
from bot.questions.sharing.whose import Roles, asks_with_whom
from bot.questions.vocabulary.lexicon import Lexicon
from bot.questions.wording.exchanges import is_dropped
from bot.questions.wording.foretelling import of_what_is_to_come
from bot.questions.wording.meant import says_too_little
from bot.questions.wording.sense import unanswerable, weighed_with_itself
from bot.questions.wording.untied import asks_whether_all_met, denies_a_tie


def compose(sentence: Sentence, form: Form, lexicon: Lexicon, today: date, home: Place | None) -> Query:
    """What a sentence of this form asks. Parts that did not fit are left over in it."""
    people, records = _people(sentence, form), _records(sentence)
    roles = _roles(sentence, form, lexicon, home)
    host = direction(sentence, *roles.positions(sentence))
    rank = _rank(sentence, form, roles)
    states, without_states = read_states(sentence)
    met, denied = read_met(sentence, form, host)
    acts, event = read_acts(sentence, form, today)
    turning, people_there = read_turning(sentence, form), read_people(sentence, form)
    _use_single(sentence, form, roles)
    query = Query(
        asked=form.asked,
        about=form.about,
        told=form.told,
        unit=form.unit,
        home=roles.home,
        partner=roles.partner,
        acts=replace(acts, beside=roles.beside),
        states=states,
        without_states=without_states,
        turning=turning,
        people=people,
        records=records,
        compare=roles.compare,
        rank=rank,
        per=roles.per or form.per,
        having=read_bound(sentence, form) or read_claimed(sentence, form),
        negated=form.negated,
    )
    of_world = sentence.take(("logic", "anywhere"))
    _take_what_says_no_more(sentence, form, roles, ranked=rank is not None)
    _use_or(sentence)
    query, marking = as_celebrated(query, sentence, form)
    ahead = not marking and _looks_ahead(query, met, event)
    query = dated(with_met(query, met, denied), sentence, today, ahead=ahead)
    query = still_to_come(without_year(query, sentence), sentence, today)
    query = with_whoever_asks(narrowed(query, marking, people_there), lexicon)
    if roles.at is not None:
        query = replace(query, exchanges=replace(query.exchanges, at=roles.at))
    query, of_one = _all_in_all(_of_homes(query, sentence, lexicon, home), sentence, form)
    query = homes_without(query, sentence, form, lexicon, home)
    with_whom = of_one or asks_with_whom(sentence) or (form.of_which and query.asked is Asked.DATE)
    sentence.unfit = (
        sentence.unfit
        or unanswerable(query, today, with_whom=with_whom)
        or says_too_little(query, sentence, form)
        or is_dropped(met, query, sentence)
        or (people_there is not None and query.about is not About.EXCHANGES and query.met is None)
        or (of_world and query.home.assumed)
        or _no_query_says_it(query, sentence, lexicon, home)
    )
    return presuming(query, event)


def _no_query_says_it(query: Query, sentence: Sentence, lexicon: Lexicon, home: Place | None) -> bool:
    """Whether the query would be of something else than the sentence, of which no query holds what it asks."""
    return (
        _holds_no_such(query, sentence)
        or has_only_that_kind(query, sentence, of_one=query.home.own and home is not None)
        or _mixes_homes(query, lexicon, home)
        or weighed_with_itself(query, home.id if home else None)
        or _is_of_strangers(query, lexicon)
        or strangers_without(query, lexicon)
        or has_nobody_left(query, sentence)
        or weighs_what_became_one(query, sentence, lexicon)
        or is_asked_otherwise(query, sentence, lexicon, home)
    )


def _all_in_all(query: Query, sentence: Sentence, form: Form) -> tuple[Query, bool]:
    """The query as its parts together mean it, and whether it is of one partner that the sentence speaks of."""
    query = leaders_by_visits(apart_by_direction(query, sentence), sentence)
    query = what_else_there_is(as_is_meant(query, sentence, form), sentence)
    query = ended_by_whom(by_how_signed(whether_there_are_unmet(query, sentence)), sentence)
    query = right_before(query, sentence)
    query = asking_contents(asking_where(_as_of_when(query, sentence), sentence), sentence)
    return of_one_partner(query, sentence)


def _use_single(sentence: Sentence, form: Form, roles: Roles) -> None:
    """Take "a single one" as said by the way where one place's partners are listed: 只有一個姊妹市，是哪裡."""
    of_countries = sentence.has(("noun", "country"))  # 哪些國家只有一個姊妹市
    if form.asked is Asked.PLACES and (roles.home.own or len(roles.home.places) == 1) and not of_countries:
        alone = sentence.free(("logic", "single"))
        sentence.used.update(i for i in alone if not is_of_meetings(sentence, i))


def _holds_no_such(query: Query, sentence: Sentence) -> bool:
    """Whether exchanges are asked for under a condition that no query holds."""
    return (
        wants_both(query, sentence) or asks_whether_all_met(query, sentence) or denies_a_tie(query, sentence)
    )


def _looks_ahead(query: Query, met: Met | None, event: Event | None) -> bool:
    """Whether a time without a year is one to come: of anniversaries, of what expires, of what is planned."""
    following = query.rank is not None and query.rank.by is RankBy.NEXT
    planned = met is not None and ExchangeStatus.PLANNED in met.statuses  # "planned for May"
    return query.turning is not None or event is Event.EXPIRES or following or planned


def _as_of_when(query: Query, sentence: Sentence) -> Query:
    """The query of what is still so today, or of what is to come, where that is asked."""
    return of_what_is_to_come(with_still(query, sentence), sentence)


def _of_homes(query: Query, sentence: Sentence, lexicon: Lexicon, home: Place | None) -> Query:
    """The query with the homes that are meant where what was named says it otherwise: among themselves, domestic."""
    query = domestic(between_two(_among_themselves(query, sentence), sentence), sentence, lexicon, home)
    query = _without_homes(_received_at_home(query, lexicon), lexicon)
    query = seen_from_abroad(of_countries_with_ours(query, lexicon), sentence, lexicon)
    return inherited(query, sentence, lexicon, home)


def _received_at_home(query: Query, lexicon: Lexicon) -> Query:
    """Who came to the country of the offices came to its cities, not they to it: "which mayors visited Taiwan?"."""
    there = set(query.partner.countries)
    went = query.exchanges.kinds == {ExchangeKind.VISIT_OUT} and query.about is About.EXCHANGES
    if not (there and went and query.home.assumed and there <= lexicon.home_countries):
        return query
    home = Where(countries=query.partner.countries)
    rest = Where(without=query.partner.without) if query.partner.without else Where()
    met = replace(query.exchanges, kinds=frozenset({ExchangeKind.VISIT_IN}))
    return replace(query, home=home, partner=rest, exchanges=met)


def _among_themselves(query: Query, sentence: Sentence) -> Query:
    """Ties of the cities of a country or group with each other have both ends there: 臺灣縣市之間的締盟."""
    home = query.home
    all_of_it = bool(home.countries or home.groups) and not home.own and query.partner.anywhere
    if query.about is not About.TIES or not all_of_it or not says_each_other(sentence):
        return query
    return replace(query, partner=Where(countries=home.countries, groups=home.groups))


def _without_homes(query: Query, lexicon: Lexicon) -> Query:
    """A place of the country whose ties are asked for is left out of the homes: 全臺的友好城市，不含高雄."""
    left_out, home = query.partner.without, query.home
    if left_out is None or not left_out.places or home.without is not None or home.places or home.own:
        return query
    of_all = bool(home.countries or home.groups or (home.levels and query.per is Per.HOME))
    ours = [
        p
        for p in left_out.places
        if p.country and {p.country} <= (set(home.countries) or lexicon.home_countries)
    ]
    at_home = {*query.partner.countries} & lexicon.home_countries
    if not of_all or len(ours) != len(left_out.places) or at_home:
        return query
    rest = replace(left_out, places=())
    kept = rest if rest != Where() else None
    return replace(
        query,
        home=replace(home, without=Where(places=tuple(ours))),
        partner=replace(query.partner, without=kept),
    )


def _is_of_strangers(query: Query, lexicon: Lexicon) -> bool:
    """Whether neither side of what is asked lies where the offices do: 捷克的夥伴跟波蘭的夥伴哪個早."""
    one, other = query.home, query.partner
    sets = bool(one.countries or one.regions) and bool(other.countries or other.regions)
    named = one.places or other.places or one.groups or other.groups or query.compare
    if query.about is not About.TIES or not sets or named or len(lexicon.home_countries) != 1:
        return False
    ours = next(iter(lexicon.home_countries))
    sides = (one, other)
    return not any(ours in side.countries or any(r.holds(ours) for r in side.regions) for side in sides)


def _mixes_homes(query: Query, lexicon: Lexicon, home: Place | None) -> bool:
    """Whether another home is read as a partner: "when did A and B sign with Guam?", "before Kaohsiung was"."""
    official = query.home.own or any(place.id in lexicon.offices for place in query.home.places)
    partners = [place.id in lexicon.offices for place in query.partner.places]
    asked = query.asked in (Asked.DATE, Asked.BOOLEAN, Asked.TEXT) or query.unit is Unit.YEARS
    beside = query.acts.beside is not None and query.acts.beside.place.id in lexicon.offices
    several = any(partners) and not all(partners)
    itself = bool(set(query.home.places) & set(query.partner.places)) or (
        query.home.own and home is not None and home.id in {place.id for place in query.partner.places}
    )
    return official and query.about is About.TIES and (beside or itself or (asked and several))


def _roles(sentence: Sentence, form: Form, lexicon: Lexicon, home: Place | None) -> Roles:
    """Who is home and who partner; where no single city is home, ties are counted and not places."""
    roles = read_roles(sentence, form, lexicon, home)
    if roles.home.assumed and sentence.take(("logic", "throughout")):
        roles.home = Where()
    of_one = len(roles.home.places) == 1 or (roles.home.own and home is not None)
    if not of_one and counts_ties(sentence, form):
        form.unit = Unit.AGREEMENTS  # of one city they are as many as its partners
    return roles


def _rank(sentence: Sentence, form: Form, roles: Roles) -> Rank | None:
    if form.by_contact:
        return Rank(RankBy.MOST_RECENT, None)
    one_of_two = form.asked is Asked.PLACES or (form.asked is Asked.BOOLEAN and says_than(sentence))
    count = len(roles.partner.places)
    to_another = count > _TWO and sentence.has(("order", "nearer"), ("order", "further"))  # "closer to Tokyo"
    rank = read_rank(sentence, form, chosen=one_of_two and count > 1 and not to_another)
    if roles.compare is not None and roles.compare.how is Comparing.AGES:
        rank = read_weighed(sentence, rank)
    return rank or read_sole(sentence, form)


_TWO = 2


def _take_what_says_no_more(sentence: Sentence, form: Form, roles: Roles, *, ranked: bool) -> None:
    """Use the words that are no condition in a question of this form."""
    sentence.take(("logic", "among"))
    lists_ties = form.asked is Asked.PLACES and form.about is About.TIES
    if lists_ties and not ranked:
        sentence.take(("logic", "sole"))
    of_one = len(roles.home.places) == 1 and roles.compare is None
    if lists_ties and (of_one or (roles.per is Per.HOME and sentence.has(("logic", "least")))):
        sentence.used.update(i for i in sentence.free(("logic", "common")) if sentence.plainly(i) in _AT_ONCE)
    if form.about is About.EXCHANGES and form.unit is not Unit.PEOPLE:
        sentence.used.update(i for i in sentence.free(("noun", "people")) if not _are_asked_for(sentence, i))
    if form.about is About.EXCHANGES:  # what is past is asked for anyhow; 釜山之前 is before Busan
        said = sentence.free(("logic", "formerly"))
        sentence.used.update(
            i for i in said if i - 1 not in sentence.names or not sentence.plainly(i).endswith("前")
        )
    if form.asked is Asked.BOOLEAN:
        sentence.take(("logic", "common"))  # "also"
    if form.of_pairs and form.about is About.TIES:  # 觀光交流備忘錄 is its name
        sentence.take(("meet", "together"))  # "are they twinned with each other?"
        sentence.used.update(i for i in sentence.any_of("topics") if _names_act(sentence, i))


_AT_ONCE = frozenset(("同時", "同时", "同時也", "同时也", "share", "shares", "shared", "sharing"))
"""Of one place alone they say no more than that it has several partners: 同時是哪兩座城市的姊妹, "who shares Guam?"."""


def _names_act(sentence: Sentence, index: int) -> bool:
    """Whether a field is part of what an agreement is called."""
    behind = sentence.after(index)
    return behind is not None and (
        bool(sentence.spans[behind].of("kind"))
        or (bool(sentence.spans[behind].of("topics")) and _names_act(sentence, behind))
        or sentence.spans[behind].has(("noun", "act"), ("noun", "exchange"))
    )


def _are_asked_for(sentence: Sentence, index: int) -> bool:
    """Whether people are what a word asks for, "which people", not "when did the people of Osaka come"."""
    before = sentence.before(index)
    if sentence.chinese:  # 那邊的人上次來是哪年 asks for no people
        return index == 0 or not {"of"} & set(sentence.spans[index - 1].of("small"))
    if before is None or index - before > 1:
        return False
    return bool(set(sentence.spans[before].of("ask")) - {"when", "whether", "where"})


_ALIKE = ("kind", "kinds", "topics", "state", "level", "places", "mode", "items", "event", "status", "meet")


_EARLIER = ("logic", "earlier")


def _use_or(sentence: Sentence) -> None:
    """An "or" between two of a kind lets either fit, as the query does: "in Japan or Korea"."""
    for index in sentence.free(("logic", "or")):
        before, behind = sentence.before(index), sentence.after(index)
        while before and sentence.chinese and sentence.spans[before].has(("event", "signed"), _EARLIER):
            before = sentence.before(before)  # 跟臺中先簽還是跟高雄先簽
        if before is None or behind is None:
            continue
        one, other = sentence.spans[before], sentence.spans[behind]
        names = one.mention is not None and other.mention is not None
        alike = any(one.of(section) and other.of(section) for section in _ALIKE)
        alike = alike or (one.has(("noun", "city")) and other.has(("noun", "city")))
        if names or alike:
            sentence.use(index)


def _people(sentence: Sentence, form: Form) -> People | None:
    """Which people are asked for."""
    if form.role is None:
        return None
    roles = {
        role for key, role in (("adviser", ContactRole.ADVISER), ("alumnus", ContactRole.ALUMNUS))
        if sentence.has(("people", key))
    }  # fmt: skip
    state = None
    for key, each in (
        ("leaving", ContactState.ENDING),
        ("to_confirm", ContactState.TO_CONFIRM),
        ("former_person", ContactState.FORMER),
    ):
        if sentence.has(("people", key)):
            state = each
    sentence.used.update(i for i in sentence.any_of("people"))
    return People(role=form.role, contact_roles=frozenset(roles), state=state)


def _records(sentence: Sentence) -> tuple[str, ...]:
    found = [(i, span.record) for i, span in enumerate(sentence.spans) if span.record]
    sentence.used.update(i for i, _ in found)
    return tuple(record for _, record in found if record)
