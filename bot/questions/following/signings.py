"""Signings among the exchanges that were told, and no ties: "were any signed?", 有簽約的嗎, 有幾次是簽約."""

import re
from dataclasses import replace

from bot.domain.exchanges import ExchangeKind
from bot.questions.frame import Frame
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query, Unit

_SIGNED = r"(?:签约|签署|签字|签订|缔约|签)(?:仪式|典礼)?"
_CHINESE = re.compile(
    rf"^[那么其中里]*(?:当中)?(?:有没有|是否有|有)(?:是|做)?{_SIGNED}的(?:吗|呢)?\??$"
    rf"|^[那么其中里]*(?:当中)?(?:有)?(?:几|多少|哪几|哪些?|哪一?)[次场]?(?:是|算|有)?{_SIGNED}(?:的)?(?:呢)?\??$"
    rf"|^(?:只要|只看|只列|只算){_SIGNED}的?$"
    rf"|^[那么]*{_SIGNED}的?(?:有)?(?:几|多少|哪几|哪)[次场些](?:呢)?\??$"
)
_ENGLISH = re.compile(
    r"^(?:and |so |but )?(?:was|were|is|are) any(?:thing)?(?: of (?:them|those|these))? "
    r"(?:signed|a signing|signings)(?: \?)?$"
)


def of_the_signings(sentence: Sentence, frame: Frame) -> Query | None:
    """Those of the exchanges that were told at which something was signed; None where that is not asked."""
    pattern = _CHINESE if sentence.chinese else _ENGLISH
    query = frame.query
    if query.about is not About.EXCHANGES or sentence.names or not pattern.match(sentence.plain):
        return None
    listed = query.asked in (Asked.RECORDS, Asked.NUMBER, Asked.PLACES, Asked.BOOLEAN)
    if not listed or query.rank or query.per or query.compare or query.negated:
        return None
    sentence.used.update(range(len(sentence.spans)))
    counts = sentence.has(("ask", "times"), ("ask", "count"))
    lists = sentence.has(("ask", "which"), ("ask", "list")) or sentence.plain.startswith("只")
    asked = Asked.NUMBER if counts else Asked.RECORDS if lists else Asked.BOOLEAN
    exchanges = replace(query.exchanges, kinds=frozenset({ExchangeKind.SIGNING}))
    unit = Unit.EXCHANGES if counts else None
    return replace(query, asked=asked, unit=unit, told=None, exchanges=exchanges, corrected=())
