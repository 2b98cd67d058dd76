"""Words of Chinese that say of an exchange which one it was, who went where, and what came of it: 最初, 拜訪了哪些城市,
送布拉格什麼, 特展擺在哪裡."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import AID, FIRST, SILENT, WHEN, Span, silence, written_in
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

# Which cities somebody visited --------------------------------------------------------------------------------------

_VISITS = ("拜访", "走访", "参访", "访视", "造访", "视察", "考察", "参观", "访问")
_PLACES: Sequence[Concept] = (("noun", "city"), ("noun", "country"), ("noun", "region"))


@only_where(_VISITS)
def _visited_which(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Which cities somebody visited is not what a visit was about: 拜訪了哪些城市, but 參觀了哪些設施."""
    for index in range(len(spans) - 1):
        span, behind = spans[index], spans[index + 1]
        verb = written_in(span, tokens)[: len("拜访")]
        if not span.has(("ask", "subject")) or verb not in _VISITS:
            continue
        if _is_place(behind):
            cut = span.start + len(verb)
            while cut < span.end - 1 and tokens[cut].text in ("了", "过"):
                cut += 1
            moved = ("meet", "visit") if any(each.mention for each in spans[:index]) else ("meet", "went")
            spans[index : index + 1] = [
                Span(span.start, cut, concepts=frozenset({moved})),
                Span(cut, span.end, concepts=frozenset({("ask", "which")})),
            ]
            return


@only_where(_VISITS)
def _ours_visited(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is of no city that is named is ours, and went where others are: 市長訪問過哪些城市."""
    for index in range(1, len(spans) - 2):
        span, asked, goal = spans[index : index + 3]
        if not span.has(("meet", "visit")) or written_in(span, tokens)[: len("拜访")] not in _VISITS:
            continue
        ours = any(each.has(("people", "mayor"), ("noun", "deputy")) for each in spans[:index])
        named = any(each.mention is not None for each in spans)
        if ours and not named and asked.has(("ask", "which")) and _is_place(goal):
            spans[index] = replace(span, concepts=frozenset({("meet", "went")}))


def _is_place(span: Span) -> bool:
    return span.has(*_PLACES) or bool(span.of("kind") or span.of("places"))


# The first ----------------------------------------------------------------------------------------------------------

_AT_FIRST = frozenset(("最初", "起初", "一开始", "最开始", "开始"))


@only_where(_AT_FIRST)
def _at_first(spans: list[Span], tokens: Sequence[Token]) -> None:
    """When two cities met "at first", or began to, asks for the first exchange: 最初和波特蘭互動, 開始有交流."""
    met = any(span.of("meet") or span.of("kinds") or span.has(("noun", "exchange")) for span in spans)
    tied = any(span.of("kind") or span.has(("noun", "act")) for span in spans)
    asked = any(span.has(("ask", "when")) for span in spans)
    if tied or not (met and asked) or any(span.of("order") or span.of("anniversary") for span in spans):
        return
    for index, span in enumerate(spans):
        if written_in(span, tokens) in _AT_FIRST:
            spans[index] = replace(span, concepts=FIRST)
            return


_BEGAN = ("始于", "始自", "起于", "起自", "肇始", "肇于", "始於")


@only_where(("始", "起", "肇"))
def _began(spans: list[Span], tokens: Sequence[Token]) -> None:
    """In which year exchanges began asks for the first: 交流始於何時."""
    met = any(span.of("meet") or span.of("kinds") or span.has(("noun", "exchange")) for span in spans)
    tied = any(span.of("kind") or span.has(("noun", "act")) for span in spans)
    if tied or not met or any(span.of("order") for span in spans):
        return
    for index, span in enumerate(spans):
        said = written_in(span, tokens)
        if span.has(("ask", "when")) and any(word in said for word in _BEGAN):
            cut = span.start + 1
            spans[index : index + 1] = [
                Span(span.start, cut, concepts=FIRST),
                replace(span, start=cut, concepts=WHEN),
            ]
            return


# The nearest --------------------------------------------------------------------------------------------------------

_FAR = ("距离", "直线距离", "地理距离", "距离上", "地理远近", "远近")
_NEAREST: frozenset[Concept] = frozenset({("order", "nearest")})
_BY_IT = frozenset(
    ("以", "论", "就", "依", "按", "照", "从", "来说", "来看", "来讲", "而言", "计", "算", "来算")
)


@only_where(("距离", "直线", "地理", "远近"))
def _by_distance(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Which partner is nearest "by distance" asks for no number of kilometres, and not for the latest."""
    near = [i for i, span in enumerate(spans) if span.has(("order", "nearest"))]
    far = [i for i, span in enumerate(spans) if written_in(span, tokens) in _FAR]
    asked = any(span.has(("ask", "which"), ("ask", "who"), ("ask", "list")) for span in spans)
    if len(near) != 1 or not far or not asked:
        return
    spans[near[0]] = replace(spans[near[0]], concepts=_NEAREST)
    for at in far:
        beside = [i for i in (at - 1, at + 1) if 0 <= i < len(spans)]
        silence(spans, [at, *(i for i in beside if written_in(spans[i], tokens) in _BY_IT)])


# What was given -----------------------------------------------------------------------------------------------------

_GIVES = frozenset(
    ("送", "送了", "送过", "送给", "给", "给了", "给过", "赠", "寄", "寄了", "寄过", "收到", "收过", "拿到",
     "拿过", "得到")
)  # fmt: skip
_WHAT = ("什么", "啥", "哪些", "何物", "甚么")


@only_where(_GIVES)
def _gave(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What somebody gave to a place that is named between: 台北送過布拉格什麼, 給波特蘭的禮物是什麼."""
    for index in range(len(spans) - 2):
        if written_in(spans[index], tokens) not in _GIVES:
            continue
        whom = index + 1
        if spans[whom].of("filler") and spans[whom].mention is None:
            whom += 1  # 送了
        if whom >= len(spans) or not (spans[whom].mention is not None or "own" in spans[whom].of("small")):
            continue
        what = whom + 1
        while what < len(spans) and (
            spans[what].has(("noun", "thing"), ("people", "mayor"))
            or (spans[what].of("filler") and not spans[what].mark)
        ):
            what += 1
        if what >= len(spans) or not written_in(spans[what], tokens).endswith(_WHAT):
            continue
        plain = spans[what].has(("ask", "which")) or spans[what].has(("noun", "thing"))
        things = [i for i in range(whom + 1, len(spans)) if spans[i].has(("noun", "thing"))]
        rest = [i for i in range(what + 1, len(spans)) if not spans[i].mark]
        if plain and all(i in things or spans[i].of("filler") for i in rest):
            spans[index] = replace(spans[index], concepts=AID)
            silence(spans, [i for i in things if not spans[i].of("ask")])
            silence(spans, [i for i in range(index) if written_in(spans[i], tokens) == "都"])
            return


# Where it was -------------------------------------------------------------------------------------------------------

_PUT = frozenset(
    ("摆", "摆在", "设", "设在", "设于", "办", "办在", "展", "展在", "放", "放在", "在", "于", "假")
)
_WHERE = ("哪里", "哪裏", "哪儿", "何处", "什么地方", "哪个地方", "在哪", "何地")
_VENUE: Concept = ("ask", "venue")


@only_where(("哪", "何", "什么地方", "地点", "场地", "场所"))
def _where_it_was(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Where something was shown or signed may be said in its title: 特展擺在哪裡, 簽署協定的地點為何."""
    shown = any(span.has(("kinds", "exhibition")) for span in spans)
    signed = any(span.has(("event", "signed"), ("kinds", "signing")) for span in spans)
    if any(span.has(_VENUE, ("ask", "when"), ("ask", "count")) for span in spans):
        return
    if not any(span.mention is not None for span in spans):
        return
    spot = next((i for i, span in enumerate(spans) if span.has(("noun", "spot"))), None)
    if spot is not None and (shown or signed):
        asked = spot
        silence(spans, [i for i in range(spot + 1, len(spans)) if spans[i].of("ask")])
    elif shown or signed:
        said = [written_in(span, tokens) for span in spans]
        found = [i for i, span in enumerate(spans) if _asks_where(span, said[i], shown=shown)]
        if len(found) != 1:
            return
        asked = found[0]
    else:
        return
    before = [i for i in range(max(0, asked - 2), asked) if written_in(spans[i], tokens) in _PUT]
    silence(spans, before)
    spans[asked] = replace(
        spans[asked], concepts=frozenset({_VENUE}) if shown else frozenset({_VENUE, ("kinds", "signing")})
    )


def _asks_where(span: Span, said: str, *, shown: bool) -> bool:
    """Whether it asks where; with whom somebody signed is asked so, too, unless it says that it was held there."""
    where = span.has(("ask", "where"), ("ask", "which")) and said.endswith(_WHERE) and shown
    return where or (span.of("scope") == ("facts",) and any(word in said for word in _WHERE))


# Ports --------------------------------------------------------------------------------------------------------------

_PORT = frozenset(("港", "港口", "港务局", "港务公司"))
_SIGNING: frozenset[Concept] = frozenset({("kinds", "signing"), ("topics", "port")})


@only_where(("港",))
def _ports(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What two ports sign is no agreement of their cities, and is kept with the exchanges: 高雄港跟庫斯灣港."""
    ports = [i for i, span in enumerate(spans) if i and written_in(span, tokens) in _PORT]
    named = [i for i in ports if spans[i - 1].mention is not None]
    asked = [i for i in ports if spans[i - 1].has(("ask", "which"))]
    asked += [i for i in named if i > 1 and spans[i - 2].has(("ask", "which"))]  # 哪個美國港口
    signs = [i for i, span in enumerate(spans) if span.has(("event", "signed"), ("kinds", "signing"))]
    if not signs or not named or len(ports) < len("AB"):
        return
    for index, span in enumerate(spans):
        if index in asked:
            spans[index] = replace(span, concepts=frozenset({("noun", "city")}))
        elif index in ports or span.of("kind") or span.has(("noun", "act")):
            spans[index] = span.silenced()
        elif index in signs:
            spans[index] = replace(span, concepts=_SIGNING if index == signs[0] else SILENT)


@only_where(("去",))
def _where_they_went(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind a word for a journey 去 says no more: 最近一次出國訪問是去哪個城市."""
    for index in range(1, len(spans) - 1):
        gone = written_in(spans[index], tokens) == "去" and spans[index].has(("meet", "went"))
        asked = spans[index + 1].has(("ask", "which"), ("ask", "where"))
        if gone and asked and any(span.has(("meet", "went")) for span in spans[:index]):
            spans[index] = spans[index].silenced()


EXCHANGES: Sequence[Rule] = (
    _where_they_went,
    _visited_which,
    _ours_visited,
    _at_first,
    _began,
    _by_distance,
    _gave,
    _where_it_was,
    _ports,
)
