"""How a question was understood, as statements: what is asked, of whom, and under which conditions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.domain.periods import Period
from bot.domain.places import Place
from bot.questions.answers import Statement, sentence
from bot.questions.conditions import (
    OF_A_SIGNING,
    Acts,
    Bound,
    Comparing,
    Event,
    KindWord,
    Met,
    PlaceRef,
    Where,
)
from bot.questions.holdings import Called
from bot.questions.query import About, Asked, Per, Query, RankBy, Told, Unit
from bot.questions.reading.each_home import asks_each_home


def understood(query: Query, called: Called) -> list[Statement]:
    """All that the question was read as, in the order in which it is said."""
    if query.told in (Told.SITUATION, Told.NAMES):
        homes = () if query.home.assumed else query.home.places
        places = Where(places=(*homes, *query.partner.places))
        return [_asked(query), *_where("home", places, called)]
    return [_asked(query), *_where("home", query.home, called), *_conditions(query, called)]


def conditions(query: Query, called: Called) -> list[Statement]:
    """What narrows the question, without what is asked and of whom, but which of all homes are meant."""
    return [*_of_homes(query.home, called), *_conditions(query, called)]


def _of_homes(home: Where, called: Called) -> Iterator[Statement]:
    """Of which level homes are that no heading names, and who is none of them: "what do the counties have"."""
    if home.places or home.groups or not home.countries:
        return
    if home.levels:
        yield sentence("home_levels", levels=list(home.levels))
    yield from _where("home", Where(without=home.without), called)


def _conditions(query: Query, called: Called) -> list[Statement]:
    candidate = Where(places=(query.candidate,)) if query.candidate else Where()
    return [
        *_where("partner", candidate, called),
        *_where("partner", query.partner, called),
        *_acts(query.acts),
        *(_met("of", query.exchanges, called) if query.about is About.EXCHANGES else ()),
        *(_met("met", query.met, called) if query.met else ()),
        *(_met("unmet", query.unmet, called) if query.unmet else ()),
        *(sentence("in_state", state=state) for state in sorted(query.states)),
        *(sentence("not_in_state", state=state) for state in sorted(query.without_states)),
        *_turning(query),
        *_people(query),
        *([sentence("of_records", records=list(query.records))] if query.records else ()),
        *_compared(query, called),
        *_ranked(query),
        *([sentence("in_each")] if query.each else ()),
        *([sentence("of_each_home")] if asks_each_home(query) else ()),
        *(_bound("having", query.having)),
        *([sentence("at_most", n=query.limit)] if query.limit else ()),
        *(sentence("read_as", typed=typed, taken=taken) for typed, taken in query.corrected),
    ]


def without_kinds(query: Query) -> Query:
    """The query as its conditions are told beside a heading that names the kinds already."""
    return replace(query, acts=replace(query.acts, kinds=frozenset()))


# What is asked -------------------------------------------------------------------------------------------------


def _asked(query: Query) -> Statement:
    if query.asked is Asked.TEXT or query.told in (Told.PERSON, Told.VENUE):
        return sentence(f"asked_{(query.told or Told.OVERVIEW).value}")
    if query.asked is Asked.NUMBER or query.unit is Unit.THINGS:
        return sentence(f"asked_number_{(query.unit or _unit(query)).value}")
    if query.asked is Asked.DATE and query.about is About.TIES:
        return sentence(f"asked_date_{query.acts.event.value}")
    if query.asked is Asked.PLACES and query.per is Per.HOME and query.about in (About.TIES, About.EXCHANGES):
        return sentence(f"asked_homes_{query.about.value}")
    return sentence(f"asked_{query.asked.value}_{query.about.value}")


def _unit(query: Query) -> Unit:
    units = {About.EXCHANGES: Unit.EXCHANGES, About.PEOPLE: Unit.PEOPLE}
    return units.get(query.about, Unit.PLACES)


def kind_words(words: Iterable[KindWord]) -> tuple[Statement, ...]:
    """The words by which agreements are asked for."""
    return tuple(sentence(f"kind_word_{word.value}") for word in words)


# Places --------------------------------------------------------------------------------------------------------


def place_or_name(ref: PlaceRef, places: Mapping[int, Place]) -> Place | str:
    """The place of a reference; of one that the registry does not have, what it was called."""
    found = places.get(ref.id) if ref.id is not None else None
    return found or ref.called


def _where(role: str, where: Where, called: Called) -> Iterator[Statement]:
    if where.own:
        yield sentence(f"{role}_own")
    if where.places:
        yield sentence(f"{role}_places", places=[place_or_name(ref, called.places) for ref in where.places])
    if where.groups:
        yield sentence(f"{role}_groups", groups=[called.groups.get(key, key) for key in where.groups])
    if where.countries:
        yield sentence(f"{role}_countries", countries=list(where.countries))
    if where.regions:
        yield sentence(f"{role}_regions", regions=list(where.regions))
    if where.areas:
        yield sentence(f"{role}_areas", areas=[called.areas.get(area, area.region) for area in where.areas])
    if where.levels:
        yield sentence("of_levels", levels=list(where.levels))
    out = where.without
    if out is not None and out.assumed:  # cities of counties, whom 縣市 does not mean
        out = replace(out, places=(), assumed=False)
    if out is not None and not out.anywhere:
        yield sentence("without", parts=tuple(_where(role, out, called)))


# Agreements ----------------------------------------------------------------------------------------------------


def _acts(acts: Acts) -> Iterator[Statement]:
    if acts.kinds:
        yield sentence("of_kinds", kinds=kind_words(sorted(acts.kinds)))
    for word in sorted(acts.without_kinds):
        yield sentence("not_of_kinds", kinds=kind_words((word,)))
    if acts.any_status:
        yield sentence("any_status")
    if acts.statuses:
        yield sentence("of_statuses", statuses=sorted(acts.statuses))
    if acts.within:
        yield sentence(
            "event_within", event=sentence(f"event_{acts.event.value}"), period=period(acts.within)
        )
    if acts.outside:
        yield sentence(
            "event_outside", event=sentence(f"event_{acts.event.value}"), period=period(acts.outside)
        )
    if acts.event not in (Event.SIGNED,) and not acts.within:
        yield sentence(f"event_{acts.event.value}")
    if acts.undated is not None:
        yield sentence("undated_only" if acts.undated else "dated_only")
    yield from _bound("aged", acts.age)
    if acts.disputed:
        yield sentence("disputed_only")
    if acts.fields:
        yield sentence("named_after", topics=sorted(acts.fields))
    if acts.by_home:
        yield sentence("by_home_only")
    if acts.of_three:
        yield sentence("of_three_only")
    if acts.replaced:
        yield sentence("replaced_only")
    if acts.invalid:
        yield sentence("invalid_only")


def period(when: Period) -> Statement:
    """A period in words: a date, or from one to another, or open at an end."""
    if when.first is not None and when.last is not None:
        if when.first == when.last:
            return sentence("period_in", date=when.first)
        return sentence("period_between", first=when.first, last=when.last)
    if when.first is not None:
        return sentence("period_since", date=when.first)
    return sentence("period_until", date=when.last)


def _bound(key: str, bound: Bound | None) -> Iterator[Statement]:
    if bound is None:
        return
    if bound.least is not None and bound.least == bound.most:
        yield sentence(f"{key}_exactly", n=bound.least)
    elif bound.least is not None and bound.most is not None:
        yield sentence(f"{key}_between", least=bound.least, n=bound.most)
    elif bound.least is not None:
        yield sentence(f"{key}_at_least", n=bound.least)
    elif bound.most is not None:
        yield sentence(f"{key}_at_most", n=bound.most)


# Exchanges and the rest ----------------------------------------------------------------------------------------


def _met(role: str, met: Met, called: Called) -> Iterator[Statement]:
    parts: list[Statement] = []
    if met.kinds:
        parts.append(sentence("exchange_kinds", kinds=sorted(met.kinds)))
    if met.without_kinds:
        parts.append(sentence("exchange_not_kinds", kinds=sorted(met.without_kinds)))
    if met.mode:
        parts.append(sentence("exchange_mode", mode=met.mode))
    if met.levels:
        parts.append(sentence("exchange_levels", levels=sorted(met.levels)))
    if met.words and met.words in (OF_A_SIGNING, OF_A_SIGNING[::-1]):
        parts.append(sentence("exchange_for_signing"))
    elif met.topics or met.words:
        parts.append(sentence("exchange_topics", topics=[*sorted(met.topics), *met.words[:1]]))
    if met.told:
        parts.append(sentence("exchange_words", words=met.told))
    parts.extend(_bound("with_people", met.people))
    if met.marking:
        years = met.marking.least
        parts.append(sentence("marking_exactly", n=years) if years else sentence("marking_any"))
    if met.statuses:
        parts.append(sentence("exchange_statuses", statuses=sorted(met.statuses)))
    if met.within:
        parts.append(sentence("exchange_within", period=period(met.within)))
    if met.outside:
        parts.append(sentence("exchange_outside", period=period(met.outside)))
    if met.at:
        parts.append(sentence("exchange_at", parts=tuple(_where("partner", met.at, called))))
    if role == "of":
        yield from parts
    else:
        yield sentence(f"{role}_any" if not parts else role, parts=tuple(parts))


def _turning(query: Query) -> Iterator[Statement]:
    turning = query.turning
    if turning is None:
        return
    yield from _bound("turning", turning.years)
    if turning.milestones:
        yield sentence("milestones_only")
    if turning.within:
        yield sentence("turning_within", period=period(turning.within))


def _people(query: Query) -> Iterator[Statement]:
    people = query.people
    if people is None:
        return
    yield sentence(f"people_{people.role.value}")
    if people.contact_roles:
        yield sentence("people_roles", roles=sorted(people.contact_roles))
    if people.state:
        yield sentence("people_state", state=people.state)
    if people.within:
        yield sentence("people_within", period=period(people.within))


def _compared(query: Query, called: Called) -> Iterator[Statement]:
    if query.compare is None:
        return
    having = len(query.compare.others) - query.compare.lacking
    others, lacking = (
        tuple(part for where in some for part in _where("home", where, called))
        for some in (query.compare.others[:having], query.compare.others[having:])
    )
    how = query.compare.how
    if (around := query.compare.others[:1]) and around[0].countries and how is not Comparing.NUMBERS:
        yield sentence(f"compare_{how.value}_elsewhere", countries=list(around[0].countries))
        return
    if query.compare.fewer:
        yield sentence("compare_fewer", others=others)
        return
    yield sentence(
        f"compare_{how.value}" if others or how is not Comparing.COMMON else "compare_each", others=others
    )
    if lacking:
        yield sentence("compare_difference", others=lacking)


def _ranked(query: Query) -> Iterator[Statement]:
    rank = query.rank
    if rank is None:
        if query.per is not None:
            yield sentence("for_each", per=sentence(f"per_{query.per.value}"))
        return
    if rank.position is not None:
        yield sentence("rank_position", n=rank.position, by=sentence(f"rank_{rank.by.value}"))
    elif query.per is not None and rank.by_number:
        yield sentence(
            "rank_per", by=sentence(f"rank_{rank.by.value}"), per=sentence(f"per_{query.per.value}")
        )
    elif rank.limit is None and rank.by is RankBy.MOST_RECENT:
        yield sentence("by_last_contact")
    else:
        yield sentence(f"rank_{rank.by.value}")
    if rank.limit is not None and rank.limit > 1:
        yield sentence("at_most", n=rank.limit)
