"""Whether it is asked if somebody is still in touch: "do we still meet with Columbus?", 我們跟俄羅斯還有沒有往來.

A question says so by the statuses of agreements that stand (`Acts.statuses`).
"""

import re
from dataclasses import replace

from bot.domain.partnerships import Status
from bot.questions.conditions import Met
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query
from bot.questions.text.scripts import traditional

_STANDS = frozenset((Status.ACTIVE, Status.UNKNOWN))
_STILL = re.compile(
    "(?:還|仍(?:然|舊)?|依然|依舊)(?:[有在跟和與]|持續|保持|維持).{0,14}(?:往來|來往|聯絡|聯繫|互動|接觸|交流)"
)
_OF_MORE = re.compile("除了|其他|其它|另外|別的|哪|什麼|何|幾|誰|之[前後]|以[前後]")


def with_still(query: Query, sentence: Sentence) -> Query:
    """The query with agreements that stand where Chinese asks if there is still contact: 我們跟俄羅斯還有沒有往來."""
    said = traditional(sentence.text) if sentence.chinese else ""
    if not _STILL.search(said) or _OF_MORE.search(said) or not _asks_whether_met(query):
        return query
    return replace(query, acts=replace(query.acts, statuses=_STANDS))


def asks_if_still(query: Query) -> bool:
    """Whether it is asked if there is contact today, of whichever sort."""
    return _asks_whether_met(query) and query.acts.statuses == _STANDS and not query.negated


def _asks_whether_met(query: Query) -> bool:
    """Whether it is asked if there is any exchange, and nothing else of it."""
    whether = query.about is About.EXCHANGES and query.asked is Asked.BOOLEAN
    narrowed = query.rank or query.per or query.compare or query.having or query.every
    return whether and not narrowed and not query.partner.anywhere and query.exchanges == Met()
