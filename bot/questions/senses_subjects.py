"""Who does what in English: "which partners visited in 2023", "does A have partners that B has not".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule
from bot.questions.senses_tying import names_tie
from bot.questions.spans import Span, is_passed

_MOVED = frozenset(("visited", "visiting", "travelled", "traveled"))
_SENT = frozenset(("sent", "send", "dispatched"))
_ANYBODY = frozenset(("anybody", "anyone", "somebody", "someone", "people", "guests", "nobody"))


def _partners_visited(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Partners that visited, or sent somebody, came: "which partner of Tainan visited in November 2018?"."""
    asked = next((i for i, span in enumerate(spans) if span.has(("ask", "which"), ("ask", "count"))), None)
    if asked is None or any(span.of("ask") for span in spans[:asked]):
        return
    tie = next((i for i in range(asked + 1, len(spans)) if names_tie(spans[i])), None)
    for index in range(asked + 1, len(spans)):
        said = spans[index].words(tokens)
        behind = tokens[spans[index].end].text if spans[index].end < len(tokens) else ""
        if said not in _MOVED and not (said in _SENT and behind in _ANYBODY):
            continue
        if tie is None or tie > index or not all(_may_stand_between(spans, i) for i in range(tie + 1, index)):
            return
        if any(each.mention or "own" in each.of("small") for each in spans[index + 1 :]):
            return
        spans[index] = replace(spans[index], concepts=frozenset({("meet", "came")}))


def _may_stand_between(spans: Sequence[Span], index: int) -> bool:
    """Whether a part between "partners" and what they did says no other who did it: "of Tainan", "have never"."""
    span = spans[index]
    if span.mention is not None or "own" in span.of("small"):
        return spans[index - 1].has(("small", "of"), ("small", "in"))
    return not span.mark and (is_passed(span) or span.has(("logic", "not"), ("order", "last")))


_LACKS = frozenset(("has not", "hasn t", "have not", "does not", "doesn t", "does not have", "doesn t have", "lacks",
                    "do not", "don t", "do not have", "don t have"))  # fmt: skip


def _that_it_has_not(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether one has partners that another "has not" is asked of those: "does A have partners B does not have?"."""
    first = next((i for i, span in enumerate(spans) if not (span.mark or span.of("filler"))), None)
    if first is None or spans[first].words(tokens) not in ("does", "do", "has", "have"):
        return
    named = [i for i, span in enumerate(spans) if span.mention is not None or "own" in span.of("small")]
    tie = next((i for i, span in enumerate(spans) if names_tie(span)), None)
    if len(named) != _TWO or tie is None or not named[0] < tie < named[1]:
        return
    words = " ".join(token.text for token in tokens[spans[named[1]].end :]).rstrip(" ?.")
    if words in _LACKS:
        spans[first] = replace(spans[first], concepts=frozenset({("ask", "which")}))


_TWO = 2

SUBJECTS: Sequence[Rule] = (_partners_visited, _that_it_has_not)
