"""What one of two questions leaves to be taken from the other: "how many sister cities in Japan, how many MOUs?"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.conditions import Where
from bot.questions.parts.spans import Span
from bot.questions.query import About, Asked, Per, Query, Told

_POINTING = frozenset(("one", "them", "those", "these", "there"))
_OF_ALL = (
    *("in total", "in all", "altogether", "overall", "worldwide", "all over", "anywhere", "elsewhere"),
    *("总共", "總共", "一共", "全部", "合計", "合计", "全世界", "全球", "所有"),
)
"""With these the second question is of more than the first was: "how many in Japan, and how many in total?"."""
_COUNTED = (Asked.NUMBER, Asked.PLACES, Asked.RECORDS)


def of_those(second: Query, first: Query, rest: str) -> Query:
    """The second question of those that the first is about, where it points to them or names nobody."""
    words = rest.lower().replace("?", " ")
    if any(each in words for each in _OF_ALL):
        return second
    lost = not (second.partner.names_any or second.partner.own) and not first.partner.anywhere
    alone = second.partner.anywhere and not _POINTING.isdisjoint(words.split())
    if lost and (alone or _goes_on_silently(second, first)):
        second = replace(second, partner=_narrowed(first.partner, second.partner))
    counts = second.asked is Asked.NUMBER or _weighs_homes(second)
    if second.about is first.about is About.TIES and counts and not second.acts.kinds:
        acts = replace(second.acts, kinds=first.acts.kinds)
        second = replace(second, acts=acts, unit=second.unit or first.unit)
    if second.about is first.about is About.TIES and lost and _are_those(second, words):
        second = replace(second, acts=replace(second.acts, kinds=first.acts.kinds))
    named = not (first.home.assumed or first.home.anywhere)
    same = first.about in (About.TIES, About.EXCHANGES) and second.about is not About.PLACES
    return replace(second, home=first.home) if second.home.assumed and named and same else second


def _are_those(second: Query, words: str) -> bool:
    """Whether it is asked who has them, whatever kind they are of: "how many memoranda, and who signed them?"."""
    pointed = not _POINTING.isdisjoint(words.split()) or any(each in words for each in _WHO_SIGNED)
    return second.asked is Asked.PLACES and not second.acts.kinds and pointed


_WHO_SIGNED = ("签的", "簽的", "签署的", "簽署的")


def _goes_on_silently(second: Query, first: Query) -> bool:
    """Whether the second names nobody as the first has said with whom."""
    if _weighs_homes(second) and first.about is second.about is About.TIES:
        return True
    if not (second.home.assumed or second.home == first.home):
        return False
    if second.about is About.EXCHANGES and len(first.partner.places) == 1:
        return second.home.assumed
    tied = first.about is second.about is About.TIES
    lists = tied and first.asked is second.asked is Asked.PLACES
    return lists or (second.asked is Asked.NUMBER and first.asked in _COUNTED)


def _weighs_homes(query: Query) -> bool:
    """Whether it is asked who has most or fewest: 美國有幾個姊妹市，哪個縣市最多."""
    return query.per is Per.HOME and query.rank is not None and query.rank.by_number


def _narrowed(where: Where, by: Where) -> Where:
    """The partners of the first, narrowed; those outside of where they lie, if that is said."""
    narrowed = replace(where, levels=by.levels or where.levels, without=by.without or where.without)
    return by if narrowed.leaves_nobody else narrowed


def one_of_them(second: Query, first: Query) -> Query | None:
    """What there is with a place of the country that the first is about: "…, and what about Pyeongtaek?"."""
    places = second.home.places
    if len(places) != 1 or places[0].country not in first.partner.countries:
        return None
    return Query(asked=Asked.TEXT, told=Told.OVERVIEW, home=first.home, partner=second.home)


def is_bare(told: Sequence[Span]) -> bool:
    """Whether nothing but what is counted is said, so that the rest stands behind: "how many MOUs and how many…"."""
    said = [span for span in told if not (span.mark or span.of("filler"))]
    more = any(
        span.mention or span.time or span.has(("small", "does"), ("small", "own")) or span.of("event")
        for span in said
    )
    return not more and any(span.has(("ask", "count")) for span in said)


def with_what_stands_behind(first: Query, second: Query) -> Query:
    """The first of two numbers of ties, of those whom the second names, and of its time."""
    if not (first.about is second.about is About.TIES and first.asked is second.asked is Asked.NUMBER):
        return first
    acts = replace(
        first.acts,
        event=second.acts.event,
        within=second.acts.within,
        outside=second.acts.outside,
        undated=second.acts.undated,
    )
    return replace(first, home=second.home, partner=second.partner, acts=acts)


def asks_of_another_time(first: Query, second: Query) -> bool:
    """Whether of one time something else is asked than of the other: "which were signed in 2017, how many in 2018?"."""
    times = first.acts.within, second.acts.within
    return None not in times and times[0] != times[1] and first.asked is not second.asked


def asks_of_others(reading: Query, first: Query, second: Query) -> bool:
    """Whether the second of two questions of ties is not only what is to be told of those that the first is about.

    It is of anniversaries, or of some of them, and `reading` says no more than that.
    """
    if second.turning is not None and first.turning is None:
        return True
    if second.partner.without is not None and second.home == first.partner:
        return True  # "is Guam our partner, and whose else?"
    named = second.partner.places and not first.partner.places
    if first.asked is Asked.PLACES and named and reading.partner.places == second.partner.places:
        return True  # "which Korean partners do we have, and what about Pyeongtaek?"
    chosen = first.asked is Asked.PLACES and second.asked in (Asked.PLACES, Asked.NUMBER)
    no_more = replace(reading, presumed=second.presumed, unit=second.unit) == second
    return chosen and no_more and _conditions(first) != _conditions(second)


def _conditions(query: Query) -> tuple[object, ...]:
    acts = replace(query.acts, any_status=False)
    return query.partner, acts, query.rank, query.met, query.unmet, query.states, query.without_states
