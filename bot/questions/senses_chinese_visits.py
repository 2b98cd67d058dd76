"""Words of Chinese that say who went where and what for: 派青年領袖來, 拜訪了哪些城市, 來看燈會.

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import Span, written_in

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


VISITS: Sequence[Rule] = (
    _visited_which,
    _ours_visited,
)
