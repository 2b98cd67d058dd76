"""Words of Chinese as they are typed in a chat: 各是哪一天簽的, 分姊妹市跟友好城市, 是哪裡啊？在哪個國家？"""

from collections.abc import Sequence
from itertools import pairwise

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import OF_A_LAND, OR, OWN, Span, clauses_of, is_passed, written_in
from bot.questions.text.normal import Token

# The day of each ----------------------------------------------------------------------------------------------------


@only_where(("各",))
def _each_when(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The days of ours with several that are named are told each: 京都和山形各是什麼時候簽的, not of those two."""
    for index, span in enumerate(spans):
        if written_in(span, tokens) != "各" or not _ends_a_row(spans, index):
            continue
        behind = spans[index + 1 :]
        asked = next((each for each in behind if not is_passed(each) and not each.of("small")), None)
        if asked is not None and asked.has(("ask", "when")) and not any(each.mention for each in behind):
            spans[index] = Span(span.start, span.end, concepts=OWN)


def _ends_a_row(spans: Sequence[Span], index: int) -> bool:
    """Whether names stand before a part, two at least, with nothing but what joins them between."""
    if index < len("A和B") or spans[index - 1].mention is None or spans[index - 3].mention is None:
        return False
    return spans[index - 2].mark or spans[index - 2].has(("small", "and"))


# Apart by kind ------------------------------------------------------------------------------------------------------

_PARTED = frozenset(("分", "分成", "分为", "区分", "区分为", "分开", "成", "为"))
_SORTS = frozenset(("类", "种", "组", "部分"))


@only_where(("分",))
def _apart_by_kind(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Kinds that are to be told apart are told with each agreement anyhow: 請分姊妹市跟友好城市, 分成…兩類."""
    kinds = [i for i, span in enumerate(spans) if span.of("kind")]
    pair = next((one for one, other in pairwise(kinds) if other == one + 2 and _joins(spans[one + 1])), None)
    if pair is None:
        return
    at = pair - 1
    while at >= 0 and not spans[at].known and written_in(spans[at], tokens) in _PARTED:
        at -= 1
    parted = range(at + 1, pair)
    if not any("分" in written_in(spans[i], tokens) for i in parted):
        return
    for index in parted:
        spans[index] = spans[index].silenced()
    behind = pair + 3
    if [written_in(each, tokens) for each in spans[behind : behind + 2]] in (["两", one] for one in _SORTS):
        spans[behind] = spans[behind].silenced()


def _joins(span: Span) -> bool:
    return span.mark or span.has(("small", "and"))


# Where it lies, twice -----------------------------------------------------------------------------------------------

_WHERE = (("ask", "where"), ("ask", "which"))


@only_where(("哪",))
def _where_again(spans: list[Span], tokens: Sequence[Token]) -> None:
    """In which country a place lies is told with where it lies: 約納瓦是哪裡啊？在哪個國家？"""
    clauses = [clause for clause in clauses_of(spans) if clause]
    for one, other in pairwise(clauses):
        named = [i for i in one if spans[i].mention]
        where = any(spans[i].has(("ask", "where")) for i in one)
        if len(named) == 1 and where and _asks_only_for_land([spans[i] for i in other], tokens):
            for i in other:
                spans[i] = spans[i].silenced()


def _asks_only_for_land(clause: Sequence[Span], tokens: Sequence[Token]) -> bool:
    asked = [span for span in clause if span.has(*_WHERE)]
    lands = [span for span in clause if span.has(*OF_A_LAND)]
    rest = [span for span in clause if span not in asked and span not in lands]
    begins = written_in(clause[0], tokens)[:1] in ("在", "位", "是", "属")
    little = all(is_passed(span) or span.of("small") for span in rest)
    one = len(asked) == 1 and len(lands) == 1 and "些" not in written_in(asked[0], tokens)
    return begins and little and one


# Whose of two -------------------------------------------------------------------------------------------------------


@only_where(("还是", "或", "抑"))
def _whose_of_two(spans: list[Span], tokens: Sequence[Token]) -> None:
    """One is a partner of either of two, and of neither of them a second: 加賀是臺南的還是鼓山區的友好城市.

    Where one of the two is the asker's, no part says that one alone is the partner, and the question is refused.
    """
    for index in range(3, len(spans) - 2):
        of_first = spans[index - 1].has(("small", "of"))
        first = index - 2 if of_first else index - 1
        second = index + 1
        either = written_in(spans[index], tokens) in ("还是", "或", "或是", "或者", "抑或")
        if not (either and _is_whose(spans[first]) and _is_whose(spans[second]) and first >= len("X是")):
            continue
        is_one = written_in(spans[first - 1], tokens) == "是" and spans[first - 2].mention is not None
        if not (is_one and _names_kind(spans[second + 1 :])):
            continue
        if spans[first].mention is None or spans[second].mention is None:
            spans[index] = Span(spans[index].start, spans[index].end)
            return
        joint = Span(spans[first].end, spans[second].start, concepts=OR)
        spans[first + 1 : second] = [joint]
        return


def _is_whose(span: Span) -> bool:
    return (
        span.mention is not None
        or span.has(("small", "own"))
        or span.has(("filler", "words"), ("noun", "city"))
    )


def _names_kind(behind: Sequence[Span]) -> bool:
    """Whether 的 and the kind of the partner stand there."""
    return len(behind) > 1 and behind[0].has(("small", "of")) and bool(behind[1].of("kind"))


# Abroad -------------------------------------------------------------------------------------------------------------

_SOCIETIES = ("协", "总", "组", "联", "年会")


@only_where(("国际",))
def _international(spans: list[Span], tokens: Sequence[Token]) -> None:
    """International ties are those with other countries: 嘉義市的國際姊妹市, but not 國際姊妹市協會.

    How these stand is told by a list: 嘉義市的國際締盟情形.
    """
    for index, span in enumerate(spans[:-1]):
        if written_in(span, tokens) != "国际" or not spans[index + 1].of("kind"):
            continue
        behind = "".join(token.text for token in tokens[spans[index + 1].end :])
        if behind.startswith(_SOCIETIES):
            continue
        spans[index] = Span(span.start, span.end, concepts=frozenset({("logic", "abroad")}))
        stands = index + 2
        while stands < len(spans) and spans[stands].has(("ask", "status")):  # 情形, 情形如何
            listed = Span(spans[stands].start, spans[stands].end, concepts=frozenset({("ask", "list")}))
            spans[stands] = listed if stands == index + 2 else spans[stands].silenced()
            stands += 1


CHAT: Sequence[Rule] = (_each_when, _apart_by_kind, _where_again, _whose_of_two, _international)
