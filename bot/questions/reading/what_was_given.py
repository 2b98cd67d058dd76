"""What was given to partners of whom none is named, and not to which of them something was: 送過什麼禮物給姊妹市."""

import re
from dataclasses import replace

from bot.domain.exchanges import ExchangeKind
from bot.questions.conditions import Met
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query

_WHAT = re.compile(
    "(?:什麼|什么|甚麼|甚么|啥|何物|(?:哪|那)(?:些|幾樣|几样|幾種|几种)(?:禮|礼|東西|东西|物|贈|赠|捐))"
)
_TO_WHOM = re.compile(
    "[誰谁]|(?:哪|那)(?:個|个|些|幾個|几个|一個|一个|座|裡|里)(?!(?:禮|礼|東西|东西|物|贈|赠|捐))"
)


def what_was_given(query: Query, sentence: Sentence) -> Query:
    """The gifts themselves, where the partners that had some would be told."""
    met, listed = query.met, query.asked is Asked.PLACES and query.about is About.TIES
    if not (listed and sentence.chinese) or met is None or met.kinds != {ExchangeKind.AID}:
        return query
    narrowed = query.rank or query.unmet or query.per or query.compare or query.turning or query.states
    if narrowed or query.exchanges != Met() or not _WHAT.search(sentence.text):
        return query
    if _TO_WHOM.search(sentence.text):
        return query
    return replace(query, asked=Asked.RECORDS, about=About.EXCHANGES, exchanges=met, met=None)
