"""Some of what was told, and nothing else: "only the visits", 只看視訊的, "without Japan", "which cities?"."""

from dataclasses import replace

from bot.domain.exchanges import Mode
from bot.domain.periods import Period
from bot.questions.conditions import Met
from bot.questions.frame import Frame
from bot.questions.parts.form import about_exchanges
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, RankBy, Unit
from bot.questions.reading.naming import joined
from bot.questions.reading.signings import VISITS

_ONLY = ("only", "just", "只要", "只看", "只列", "只算", "只", "僅", "仅")
_WITHOUT = ("without", "not", "but not", "minus", "不要", "不算", "扣掉", "扣除", "去掉")


def only_of_those(sentence: Sentence, frame: Frame) -> bool:
    """Whether only some of the exchanges that were told are wanted: "only the visits"."""
    if sentence.any_of("ask") or sentence.has(("small", "own")) or not _begins_with(sentence, _ONLY):
        return False
    said = about_exchanges(sentence) or bool(sentence.names)
    return said and frame.query.about is About.EXCHANGES


def take_only(sentence: Sentence) -> None:
    """Take the "only" that a reply begins with as read."""
    first = _first(sentence)
    if _begins_with(sentence, _ONLY) and sentence.spans[first].has(("logic", "only")):
        sentence.used.add(first)


def of_that_kind(said: Query, sentence: Sentence) -> Query:
    """What a reply says with "only", which chooses from what was told and leaves out nobody for having more."""
    if not _begins_with(sentence, _ONLY) or sentence.has(("logic", "except")):
        return said
    return replace(said, acts=replace(said.acts, without_kinds=frozenset()))


def _leaves_out(sentence: Sentence, frame: Frame) -> bool:
    """Whether a country, a part of the world or a place is to be left out of what was told."""
    if not sentence.names or sentence.any_of("ask"):
        return False
    said = [i for i in range(len(sentence.spans)) if sentence.means(i) and i not in sentence.names]
    alone = all(i == _first(sentence) or sentence.spans[i].has(("logic", "without")) for i in said)
    several = frame.of_several or frame.query.about is About.EXCHANGES
    return alone and several and _begins_with(sentence, _WITHOUT)


def without_those(sentence: Sentence, frame: Frame) -> Query | None:
    """The same without what is named; None, and the sentence unfit, where what was asked is of one place."""
    if not _leaves_out(sentence, frame):
        return None
    query = frame.query
    homes = {*query.home.places} & {ref for name in sentence.names.values() for ref in name.where.places}
    if query.partner.places or homes or query.compare or query.rank:
        sentence.unfit = True
        return None
    sentence.used.update(range(len(sentence.spans)))
    before = [query.partner.without] if query.partner.without is not None else []
    left_out = joined([*before, *(name.where for name in sentence.names.values())])
    return replace(query, partner=replace(query.partner, without=left_out), corrected=())


def with_whom(sentence: Sentence, frame: Frame) -> Query | None:
    """The places of the exchanges or ties that were counted: "which cities?", 哪些城市.

    After the year with most of them, those of that year.
    """
    if not _asks_which_cities(sentence):
        return None
    query = frame.query
    best_year = query.per is Per.YEAR and query.rank is not None and query.rank.limit == 1
    if (
        best_year
        and frame.day is not None
        and query.about is About.EXCHANGES
        and query.exchanges.within is None
    ):
        exchanges = replace(query.exchanges, within=Period(frame.day, frame.day))
        query = replace(query, asked=Asked.NUMBER, per=None, rank=None, exchanges=exchanges)
    counted = query.asked in (Asked.NUMBER, Asked.RECORDS, Asked.BOOLEAN)
    apart = query.per or query.rank or query.having or query.compare or query.records or query.turning
    of_many = query.about in (About.EXCHANGES, About.TIES) and not query.partner.places
    measured = query.unit in (
        Unit.YEARS,
        Unit.DAYS_SINCE,
        Unit.PEOPLE,
        Unit.THINGS,
        Unit.COUNTRIES,
        Unit.HOMES,
    )
    if not (counted and of_many) or apart or measured or query.negated:
        return None
    sentence.used.update(range(len(sentence.spans)))
    return replace(query, asked=Asked.PLACES, unit=None, presumed=frozenset(), corrected=())


def _asks_which_cities(sentence: Sentence) -> bool:
    said = [sentence.spans[i] for i in range(len(sentence.spans)) if sentence.means(i)]
    which = [span for span in said if span.of("ask") == ("which",)]
    cities = [span for span in said if span.has(("noun", "city")) and not span.of("kind")]
    return bool(which and cities) and len(which) + len(cities) == len(said) and not sentence.names


def without_visits(before: Met, now: Met) -> Met:
    """What exchanges were told apart by, without visits where those by video are meant now, which are none of them."""
    virtual = now.mode is Mode.VIRTUAL and not now.kinds
    return (
        replace(before, kinds=frozenset()) if virtual and before.kinds and before.kinds <= VISITS else before
    )


def of_all_of_them(query: Query, sentence: Sentence) -> Query:
    """All exchanges of the sort that is wanted, after the last: "who visited last?", "only the virtual ones"."""
    last = query.rank is not None and query.rank.by in (RankBy.LAST, RankBy.FIRST)
    if query.about is not About.EXCHANGES or not (last or query.asked is Asked.DATE):
        return query
    if not _begins_with(sentence, _ONLY):
        return query
    return replace(query, asked=Asked.RECORDS, told=None, unit=None, rank=None, presumed=frozenset())


def _first(sentence: Sentence) -> int:
    """The first part that is no "and"."""
    led = (i for i, span in enumerate(sentence.spans) if not span.of("follow") and not span.mark)
    return next(led, 0)


def _begins_with(sentence: Sentence, words: tuple[str, ...]) -> bool:
    return bool(sentence.spans) and sentence.plainly(_first(sentence)) in words
