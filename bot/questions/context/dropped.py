"""Which of two questions would be lost if both were read as one: that of a state, of an anniversary, of the years."""

from dataclasses import replace

from bot.questions.query import About, Asked, Query, Told, Unit

_LISTED = (Asked.PLACES, Asked.RECORDS, Asked.NUMBER)


def drops_one(reading: Query, first: Query, second: Query) -> bool:
    """Whether a reading of all answers one of two questions alone, however the two are divided."""
    return (
        asks_for_the_state(second, first)
        or _is_of_an_anniversary(second, first)
        or _dates_by_the_anniversary(reading, first)
        or _weighs_the_named(second, first)
        or _is_another_list(reading, first, second)
        or _counts_years_of_exchanges(reading, first)
    )


def says_no_more(reading: Query, first: Query) -> bool:
    """Whether a reading of two questions is that of the first, so that the second was lost."""
    return replace(reading, presumed=first.presumed) == first


def asks_for_the_state(second: Query, first: Query) -> bool:
    """Whether it is asked if ties are in force of which something else was asked: "when, and is it still active?".

    Read as one, the state would only narrow what is told.
    """
    of_ties = first.about is second.about is About.TIES
    asks = second.told is Told.STATUS or (second.asked is Asked.BOOLEAN and bool(second.acts.statuses))
    told = first.acts.statuses or first.acts.any_status or first.asked in (Asked.BOOLEAN, Asked.TEXT)
    return of_ties and asks and not told and first.rank is None


def of_each_state(second: Query, first: Query) -> Query:
    """The state of each of the ties that were listed, where it is asked if they are in force."""
    several = first.asked in _LISTED and not (first.partner.is_one_place or first.records)
    if not (several and asks_for_the_state(second, first)) or first.per is not None:
        return second
    return replace(first, asked=Asked.TEXT, told=Told.STATUS, unit=None, presumed=frozenset())


def _is_of_an_anniversary(second: Query, first: Query) -> bool:
    """Whether the day of signing is asked for and then an anniversary, which does not tell it: 哪年簽的，幾週年."""
    return first.asked is Asked.DATE and first.turning is None and second.turning is not None


def _dates_by_the_anniversary(reading: Query, first: Query) -> bool:
    """Whether the year of an anniversary would be taken for that of the signing: 今年幾週年，哪一年簽的."""
    turns = first.turning.within if first.turning is not None else None
    return turns is not None and reading.asked is Asked.DATE and reading.acts.within == turns


def of_the_signing(second: Query, first: Query) -> Query:
    """The day of signing, which is none of the year whose anniversary the first is about."""
    dated = second.asked is Asked.DATE and second.about is About.TIES
    return replace(second, turning=None) if dated and second.turning == first.turning else second


def _weighs_the_named(second: Query, first: Query) -> bool:
    """Whether it is asked of some if there is a tie, and which came first, which tells but one of them."""
    named = len(first.partner.places) > 1 and first.partner.places == second.partner.places
    return named and first.asked is Asked.BOOLEAN and first.rank is None and second.rank is not None


def whoever_met(first: Query) -> Query | None:
    """The ties with whomever those are of whom some were met, whenever that was: "…, and which have we visited?".

    None where there is nothing to be left out, or a time is told that may hold for both questions.
    """
    mets = [met for met in (first.met, first.unmet) if met is not None]
    timed = any(met.within is not None or met.outside is not None for met in mets)
    listed = first.asked is Asked.PLACES and first.about is About.TIES
    return replace(first, met=None, unmet=None) if listed and mets and not timed else None


def _is_another_list(reading: Query, first: Query, second: Query) -> bool:
    """Whether a second list is asked for, and the first alone was read: "who came, and which have we visited?"."""
    listed = first.asked is second.asked is Asked.PLACES and first.about is About.TIES
    apart = second.about is About.EXCHANGES or (first.met, first.unmet) != (second.met, second.unmet)
    return listed and apart and says_no_more(reading, first)


def _counts_years_of_exchanges(reading: Query, first: Query) -> bool:
    """Whether the years of a tie would be taken for a number of exchanges: 締盟幾年了，最近有什麼交流."""
    return first.about is About.TIES and first.unit is Unit.YEARS and is_no_age(reading)


def is_no_age(query: Query) -> bool:
    """Whether exchanges are to be counted in years, which are the years of a tie."""
    return query.about is About.EXCHANGES and query.unit is Unit.YEARS
