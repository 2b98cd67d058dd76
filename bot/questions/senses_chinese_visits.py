"""Words of Chinese that say who went where and what for: 派青年領袖來, 拜訪了哪些城市, 來看燈會.

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import OF_A_VISIT, Span, ends_clause, written_in

# Who sends whom -----------------------------------------------------------------------------------------------------

_SENDS = frozenset(("派", "派了", "派出", "派遣"))


@only_where(_SENDS)
def _sent_here(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is sent here comes and does not go: 哪一年派青年領袖來."""
    for index, span in enumerate(spans):
        if not span.has(("meet", "went")) or written_in(span, tokens) not in _SENDS:
            continue
        behind = next(
            (i for i in range(index + 1, len(spans)) if spans[i].mark or spans[i].has(("meet", "came"))), None
        )
        if behind is not None and not spans[behind].mark:
            spans[index] = span.silenced()


@only_where(("人数",))
def _headcount(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The number of people is asked for where nothing else is: 2006年八王子訪團人數."""
    if any(span.of("ask") for span in spans):
        return
    for index, span in enumerate(spans):
        if written_in(span, tokens) == "人数" and ends_clause(spans, index):
            spans[index] = replace(span, concepts=span.concepts | {("ask", "count")})


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


# What somebody came to see ------------------------------------------------------------------------------------------

_SEES = frozenset(("看", "看看", "看了", "逛", "逛了", "赏", "欣赏", "观赏", "看过"))


@only_where(("看", "逛", "赏", "欣赏", "观赏"))
def _came_to_see(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What somebody came to see is what the visit was about: 市長來看燈會那次."""
    moved = next((i for i, span in enumerate(spans) if any(span.has(each) for each in OF_A_VISIT)), None)
    if moved is None:
        return
    for index in range(moved + 1, len(spans) - 1):
        seen = spans[index + 1]
        what = seen.of("kinds") or seen.of("items") or seen.of("topics")
        if written_in(spans[index], tokens) in _SEES and what and not seen.of("ask"):
            spans[index] = spans[index].silenced()


VISITS: Sequence[Rule] = (
    _sent_here,
    _headcount,
    _visited_which,
    _ours_visited,
    _came_to_see,
)
