"""What was told, put in an order, or the first of it: "in chronological order", 依年份排列."""

import re
from dataclasses import replace

from bot.questions.frame import Frame
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, Rank, RankBy

_BY_DATE = re.compile(
    r"^(?:and |then |now |please )*(?:(?:list|sort|order|arrange|put|show) (?:them|these|those|it|all)? ?)?"
    r"(?:in chronological order|chronologically|in order of (?:date|age|year|signing)"
    r"|sorted by (?:date|age|year)|by (?:date|age|date of signing|year of signing)|(?:the )?(?:oldest|earliest) first"
    r"|from (?:the )?(?:oldest|earliest|first) to (?:the )?(?:newest|latest|last))(?: please)?$"
    r"|^(?:and |then |now |please )*(?:list|sort|order|arrange|put) (?:them |these |those |it |all )?by (?:the )?"
    r"(?:year|date|age|year of signing|date of signing)(?: please)?$"
    "|^(?:那|请|麻烦)?(?:把它们|把这些|全部)?(?:依照?|按照?|照)?(?:签约|签署|缔结|缔盟|结盟)?的?"
    "(?:年份|时间|日期|年代|先后|年度)?(?:顺序|先后)?(?:(?:由|从)(?:早到晚|旧到新|先到后))?(?:来)?"
    "(?:排列|排序|排|列出来?|列给我|排给我|排好|给我)?(?:一下|出来|好吗|吗)?$"
)
_SAYS_ORDER = re.compile("依|按|照|排|早到晚|旧到新|先到后|[a-z]")
_LISTED = (Asked.NUMBER, Asked.PLACES, Asked.RECORDS)


def in_order_of_date(sentence: Sentence, frame: Frame) -> Query | None:
    """The list of what was listed or counted, which tells the earliest first; None where that is not asked."""
    query = frame.query
    if sentence.names or any(span.time or span.record for span in sentence.spans):
        return None
    if not _matches(_BY_DATE, sentence) or _SAYS_ORDER.search(sentence.plain) is None:
        return None
    apart = query.compare or query.rank or query.per or query.having or query.each
    if query.asked not in _LISTED or query.about not in (About.TIES, About.EXCHANGES) or apart:
        sentence.unfit = True
        return None
    sentence.used.update(range(len(sentence.spans)))
    asked = Asked.PLACES if query.about is About.TIES else Asked.RECORDS
    return replace(query, asked=asked, unit=None, corrected=(), presumed=frozenset())


_WHICH = (
    r"(?:and |so )?(?:which|who) "
    r"(?:one |tie |of them |of the two |of these |of those |of these two |of those two )?"
)
_OLDER = re.compile(
    rf"^{_WHICH}(?:is|was|came|began|started|has been|is the)(?: the)? "
    r"(?:older|oldest|earlier|earliest|first|longer|signed first)(?: one| of the two| tie)?$"
    "|^那?(?:(?:这|那)?(?:两|二)(?:个|者|座城市)?(?:之中|中|里面|里)?)?(?:哪一?个|哪一?座|谁|何者)(?:是)?"
    "(?:比较早|较早|比较老|较老|先签的?|最早|比较久|较久|先|比较早签的?|早)$"
)
_YOUNGER = re.compile(
    rf"^{_WHICH}(?:is|was|came|is the)(?: the)? "
    r"(?:newer|newest|later|latest|younger|youngest|more recent|signed last)(?: one| of the two| tie)?$"
    "|^那?(?:(?:这|那)?(?:两|二)(?:个|者|座城市)?(?:之中|中|里面|里)?)?(?:哪一?个|哪一?座|谁|何者)(?:是)?"
    "(?:比较晚|较晚|比较新|较新|后签的?|最晚|最新|晚|比较近)$"
)


def which_is_older(sentence: Sentence, frame: Frame) -> Query | None:
    """Which of the places named before has the older tie, or the younger one; None where that is not asked."""
    query = frame.query
    named = query.about is About.TIES and len(query.partner.places) > 1
    if not named or sentence.names or query.rank or query.compare or query.per:
        return None
    by = (_matches(_OLDER, sentence) and RankBy.FIRST) or (_matches(_YOUNGER, sentence) and RankBy.LAST)
    if not by:
        return None
    sentence.used.update(range(len(sentence.spans)))
    return replace(
        query,
        asked=Asked.PLACES,
        told=None,
        unit=None,
        rank=Rank(by),
        every=False,
        corrected=(),
        presumed=frozenset(),
    )


def _matches(pattern: re.Pattern[str], sentence: Sentence) -> bool:
    words = [token.text for token in sentence.tokens if token.text.isalnum()]
    return pattern.match(("" if sentence.chinese else " ").join(words)) is not None


_APART = {
    "country": Per.COUNTRY,
    "region": Per.REGION,
    "kind": Per.KIND,
    "status": Per.STATUS,
    "decade": Per.DECADE,
}


def by_what_they_are(sentence: Sentence, frame: Frame) -> Query | None:
    """The numbers of what was listed or counted, by what is said and nothing else: "by country", 依國家列出."""
    query = frame.query
    said = [sentence.spans[i] for i in range(len(sentence.spans)) if sentence.means(i)]
    per = {key for span in said for key in span.of("per")} & set(_APART)
    only = all(set(span.of("per")) & per or span.has(("ask", "list"), ("ask", "statistics")) for span in said)
    listed = query.about is About.TIES and query.asked in (Asked.NUMBER, Asked.PLACES, Asked.STATISTICS)
    apart = query.compare or query.rank or query.having or query.each or query.per is Per.HOME
    if len(per) != 1 or not only or not listed or apart or query.partner.places:
        return None
    sentence.used.update(range(len(sentence.spans)))
    by = _APART[next(iter(per))]
    return replace(query, asked=Asked.STATISTICS, unit=None, per=by, corrected=(), presumed=frozenset())
