"""What is asked of all that were told, not of one of them: when each was signed, how much was given."""

import re
from dataclasses import replace

from bot.domain.exchanges import ExchangeKind
from bot.questions.conditions import Acts, Event, Met
from bot.questions.frame import Frame
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, RankBy, Unit

_LISTED = (Asked.PLACES, Asked.NUMBER, Asked.RECORDS)
_ONE = frozenset(("it", "that", "this", "its", "first", "last", "它", "这", "那", "该", "其"))


def days_of_all(said: Query, before: Frame, sentence: Sentence) -> Query | None:
    """The ties that were told, each with its day, where it is asked when they were signed: "when did we sign?".

    None where it is asked of one, or where those that were told are no list that tells their days.
    """
    query = before.query
    dates = said.asked is Asked.DATE and said.about is About.TIES and said.rank is None
    signed = said.acts == replace(Acts(), kinds=said.acts.kinds) and said.acts.event is Event.SIGNED
    alone = said.partner.anywhere and not sentence.names and before.told is None
    if not (dates and signed and alone) or _ONE & {token.text for token in sentence.tokens}:
        return None
    apart = query.per or query.rank or query.compare or query.records or query.turning or query.each
    several = len(query.partner.places) > 1
    listed = query.asked in _LISTED and not query.partner.places
    if query.per is Per.HOME and query.about is About.TIES and query.asked is Asked.PLACES:
        weighed = query.rank or query.compare or query.having or query.turning
        return None if weighed or query.partner.anywhere else query  # each home with its ties, and their days
    if query.about is not About.TIES or apart or not (several or listed):
        return None
    acts = replace(query.acts, kinds=frozenset()) if several else query.acts
    return replace(
        query, asked=Asked.PLACES, told=None, unit=None, acts=acts, every=False, negated=False,
        presumed=frozenset(), corrected=(),
    )  # fmt: skip


def how_much_was_given(followed: Query, sentence: Sentence) -> Query:
    """How many of the things that were given, and not how often, where it is not said what is counted: 送了多少."""
    given = followed.about is About.EXCHANGES and followed.exchanges.kinds == {ExchangeKind.AID}
    counted = followed.asked is Asked.NUMBER and followed.unit in (None, Unit.EXCHANGES)
    of_times = sentence.has(("ask", "times"), ("noun", "exchange")) or sentence.any_of("time")
    if not (given and counted) or of_times or _says_gifts(sentence):
        return followed
    return replace(followed, asked=Asked.RECORDS, unit=Unit.THINGS, rank=None)


def since_then(followed: Query, before: Frame, sentence: Sentence) -> Query | None:
    """How long ago an exchange was that was told, and not how old the tie is; None where that can be told of none.

    "When did we last meet Kiel?", "how many years ago was that?".
    """
    query = before.query
    aged = followed.asked is Asked.NUMBER and followed.unit is Unit.YEARS
    if not aged or query.about is not About.EXCHANGES or not _AGO.search(sentence.plain):
        return followed
    last = query.rank is not None and query.rank.by is RankBy.LAST and query.rank.position is None
    if not last or query.exchanges != Met() or len(followed.partner.places) != 1:
        return None
    return replace(followed, about=About.TIES, unit=Unit.DAYS_SINCE, rank=None, presumed=frozenset())


_AGO = re.compile(r"\bago\b|[年久个月天]以?前|距今|至今")


def _says_gifts(sentence: Sentence) -> bool:
    """Whether gifts themselves are counted: "how many gifts were there?"."""
    words = {token.text for token in sentence.tokens}
    return bool(words & {"gifts", "donations", "times", "often", "笔", "次", "件"})
