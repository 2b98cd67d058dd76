"""Words of Chinese that say of which tie, and of which act of it, a question is: 以前的桃園縣, 從友好升級成姊妹."""

from collections.abc import Sequence

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import Span, clauses_of, ends_clause, is_passed, silence, written_in
from bot.questions.senses.chinese_days import ASKING_DAY
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

# What a place was before -----------------------------------------------------------------------------------------

_IN_THOSE_DAYS = frozenset(("时代", "时期", "年代"))
_BEFORE = frozenset(("以前的", "过去的", "从前的", "当时的"))


def _predecessors(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A place that was merged into another is the former one anyhow: 以前的桃園縣; 北縣時代 only says when."""
    for index, span in enumerate(spans[:-1]):
        mention = spans[index + 1].mention
        merged = mention is not None and any(place.successor_id is not None for place in mention.places)
        if merged and (span.has(("logic", "former")) or written_in(span, tokens) in _BEFORE):
            spans[index] = span.silenced()
        mention = span.mention
        merged = mention is not None and any(place.successor_id is not None for place in mention.places)
        partner = any(each.mention for each in spans[index + 2 :])
        if merged and partner and written_in(spans[index + 1], tokens) in _IN_THOSE_DAYS:
            spans[index], spans[index + 1] = span.silenced(), spans[index + 1].silenced()


# From one kind to another -----------------------------------------------------------------------------------------

_BECAME = ("升", "晋", "提升", "改", "转", "变")
_FIRST = (("order", "first"), ("logic", "earlier"), ("event", "signed"))


@only_where(_BECAME)
def _upgrades(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What a tie was before it became another is no condition: 先簽備忘錄再升級成友好城市, 從友好變姊妹."""
    for index, span in enumerate(spans):
        if not span.has(("event", "signed")) or not written_in(span, tokens).startswith(_BECAME):
            continue
        before = [i for i in range(index) if spans[i].of("kind")]
        behind = next((i for i in range(index + 1, len(spans)) if spans[i].of("kind")), None)
        if not before or behind is None or any(spans[i].mark for i in range(before[0], behind)):
            continue
        for i in before:
            spans[i] = spans[i].silenced()
        for i in range(before[0]):
            if spans[i].has(*_FIRST) and not spans[i].of("kind"):
                spans[i] = spans[i].silenced()
        return


# What it is thought to have ended for -------------------------------------------------------------------------------

_FOR = frozenset(("因为", "由于"))
_WHY: frozenset[Concept] = frozenset({("ask", "why")})


@only_where(_FOR)
def _ended_for(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether a tie ended because of somebody is told by why it ended: 是因為臺北才終止的嗎. That is no party to it."""
    ends = any(span.has(("event", "ended"), ("status", "ended")) for span in spans)
    whether = [i for i, span in enumerate(spans) if span.of("ask") == ("whether",)]
    for index, span in enumerate(spans[:-1]):
        if ends and whether and written_in(span, tokens) in _FOR and spans[index + 1].mention:
            spans[index] = Span(span.start, span.end, concepts=_WHY)
            silence(spans, (index + 1, *whether))
            return


# Talks before a signing -------------------------------------------------------------------------------------------


_LATER = ("后来", "结果", "最后", "之后", "如今", "现在")
_OF_MEETINGS = ("meet", "level", "kinds")


@only_where((*_LATER, "过"))
def _talked_before(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether something was signed is asked of the tie, whoever talked about it before: 談過，後來有簽成嗎."""
    clauses = list(clauses_of(spans))
    last = clauses[-1] if clauses else range(0)
    asked = any(spans[i].has(("ask", "whether")) for i in last)
    signed = any(spans[i].has(("event", "signed")) for i in last)
    met = any(spans[i].of(section) for i in last for section in _OF_MEETINGS)
    before = range(last.start)
    told = "".join(written_in(spans[i], tokens) for i in before)
    later = any(word in "".join(written_in(spans[i], tokens) for i in last) for word in _LATER)
    if not (asked and signed and before) or met or not (later or "过" in told):
        return
    if any(spans[i].of("ask") or spans[i].of("order") or spans[i].time for i in before):
        return
    for i in before:
        if any(spans[i].of(section) for section in _OF_MEETINGS) or spans[i].has(("noun", "deputy")):
            spans[i] = spans[i].silenced()


# Orders to the bot ---------------------------------------------------------------------------------------------------

_CHANGE: frozenset[Concept] = frozenset({("scope", "change")})


@only_where(("改成", "改为", "换成"))
def _changes(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who says 把…改成… wants a record changed, and asks nothing."""
    for index, span in enumerate(spans):
        said = written_in(span, tokens)
        if said in ("改成", "改为", "换成") and any(token.text == "把" for token in tokens[: span.start]):
            spans[index] = Span(span.start, span.end, concepts=_CHANGE)


# Formerly ---------------------------------------------------------------------------------------------------------

_FORMERLY = ("以前", "之前", "从前", "过去", "先前")
_THREE = 3


@only_where(_FORMERLY)
def _formerly(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A 以前 that follows no day and no deed says "formerly" and dates nothing: 以前臺南跟夏威夷有姊妹市."""
    for index, span in enumerate(spans):
        before = spans[index - 1] if index else None
        dates = before is not None and (
            before.time or before.mention or before.record or before.of("event") or before.of("meet")
        )
        opens = index == 1 and len(spans) > _THREE and written_in(spans[2], tokens) == "有"
        if opens and written_in(span, tokens) in ("以前", "从前", "过去"):
            dates = False  # 布拉格以前有哪些姊妹市
        if span.of("time") and written_in(span, tokens) in _FORMERLY and not dates:
            spans[index] = span.silenced()


# Each of them -----------------------------------------------------------------------------------------------------

_LIST: frozenset[Concept] = frozenset({("ask", "list")})


def _each_with_its_day(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The days of each of several are in a list of them: 各姊妹市的締盟日期."""
    if any(set(span.of("ask")) - {"when", "list", "tell"} or span.of("order") for span in spans):
        return
    last = max((i for i, span in enumerate(spans) if span.has(("ask", "when"))), default=0)
    for index in range(last):
        span, behind = spans[index], spans[index + 1]
        each = written_in(span, tokens)
        if not each.startswith(("各", "每个", "每一个", "所有", "全部")):
            continue
        if span.has(("per", "partner")):
            kind = "sister" if each.endswith(("姊妹市", "姐妹市")) else "partners"
            spans[index] = Span(span.start, span.end, concepts=frozenset({("kind", kind)}))
        elif behind.of("kind"):
            spans[index] = span.silenced()
        else:
            continue
        spans[last] = Span(spans[last].start, spans[last].end, concepts=_LIST)
        return


_YEARS = ("年份", "年度", "日期", "时间", "年月", "年月日", "年")
_ACTS = ("备忘录", "协定", "协议", "盟约", "意向书")


def _years_of_many(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The years of all that one place has are in a list of them: 明斯克的德國姊妹市締盟年份."""
    asked = [i for i, span in enumerate(spans) if span.of("ask")]
    if len(asked) != 1 or any(span.of("order") or span.of("event") or span.time for span in spans):
        return
    at = asked[0]
    said = written_in(spans[at], tokens)
    before = next((i for i in range(at - 1, -1, -1) if not is_passed(spans[i])), None)
    named = [i for i, each in enumerate(spans) if each.mention or "own" in each.of("small")]
    places = [i for i in named if not (mention := spans[i].mention) or mention.places]
    if not spans[at].has(("ask", "when")) or not said.endswith(_YEARS) or ASKING_DAY & set(said):
        return
    if before is None or not spans[before].of("kind") or len(places) != 1 or not ends_clause(spans, at):
        return
    if len(named) == 1 and spans[named[0]].mention and written_in(spans[before], tokens).endswith(_ACTS):
        return  # 熊本的備忘錄簽署日期
    theirs = [written_in(spans[i], tokens) for i in range(places[0], before)]
    if len(named) > 1 or any(each.endswith(("的", "之")) for each in theirs):
        spans[at] = Span(spans[at].start, spans[at].end, concepts=_LIST)


# What an agreement is called --------------------------------------------------------------------------------------

_NAMED: frozenset[Concept] = frozenset({("noun", "act")})


def _partnership_acts(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of two places 夥伴協議 is what some agreement is called, be it a memorandum: 觀光夥伴協議."""
    named = sum(span.mention is not None or "own" in span.of("small") for span in spans)
    for index, span in enumerate(spans[:-1]):
        partner = span.of("kind") == ("partners",) and written_in(span, tokens).startswith(
            ("伙伴", "合作伙伴")
        )
        if named > 1 and partner and spans[index + 1].has(("noun", "act")):
            spans[index] = Span(span.start, span.end, concepts=_NAMED)


# What took its place -----------------------------------------------------------------------------------------------

_REPLACED: frozenset[Concept] = frozenset({("noun", "replaced")})
_OF_ACTS = ("kind", "event")


def _replaced(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether an act was replaced is no end of it, and by what is told anyhow: 友好協定是不是被新的姊妹盟約取代了.

    When that happened is not on record, so that a day that is told of it is not passed over.
    """
    if not any(span.has(("ask", "whether")) for span in spans):
        return
    for index, span in enumerate(spans):
        if not written_in(span, tokens).endswith("取代") or not span.has(("event", "ended")):
            continue
        by = next((i for i in range(index) if written_in(spans[i], tokens) in ("被", "由", "让")), index)
        acts = [i for i in range(by) if spans[i].of("kind") or spans[i].has(("noun", "act"))]
        dated = any(spans[i].time for i in range(acts[-1] if acts else 0, len(spans)))
        spans[index] = Span(span.start, span.end, concepts=frozenset() if dated else _REPLACED)
        for i in range(by, index):
            if any(spans[i].of(section) for section in _OF_ACTS) or spans[i].has(("noun", "act")):
                spans[i] = spans[i].silenced()


TIES: Sequence[Rule] = (
    _predecessors,
    _ended_for,
    _upgrades,
    _talked_before,
    _changes,
    _formerly,
    _each_with_its_day,
    _years_of_many,
    _partnership_acts,
    _replaced,
)
