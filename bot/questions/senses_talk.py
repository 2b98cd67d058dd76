"""Words of English as one talks to a colleague: "state the year", "any partner in Chile?".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import Span, is_dash, is_passed

_TWO = 2

_STATED = frozenset(
    ("the", "your", "our", "its", "when", "which", "whether", "how", "since", "in", "year", "all")
)


@only_where(("state",))
def _stating(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who says "state the year" wants to be told it, and speaks of no state."""
    for index, span in enumerate(spans):
        opens = all(each.mark or is_passed(each) or each.has(("filler", "request")) for each in spans[:index])
        if opens and span.words(tokens) == "state" and span.end < len(tokens):
            if tokens[span.end].text in _STATED:
                spans[index] = replace(span, concepts=frozenset({("filler", "request")}))
            return


_IS_IT = frozenset(("is it", "is that", "was it", "was that", "is she", "would it be", "would that be"))


def _is_it(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who ends with "is it Lviv?" asks whether what stands before is that."""
    end = len(spans)
    while end and (spans[end - 1].mark or is_passed(spans[end - 1])):
        end -= 1
    if end < _TWO or spans[end - 1].mention is None or any(span.of("ask") for span in spans):
        return
    first = end - 1
    while (
        first
        and not spans[first - 1].mark
        and spans[first - 1].mention is None
        and is_passed(spans[first - 1])
    ):
        if is_dash(tokens, spans[first].start):
            break
        first -= 1
    said = " ".join(token.text for token in tokens[spans[first].start : spans[end - 1].start])
    if first and said in _IS_IT:
        spans[first] = replace(spans[first].silenced(), concepts=frozenset({("ask", "whether")}))


def _any_at_all(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A question that begins with "any", and asks nothing else, asks whether there is such: "any partner in Chile?"."""
    asks = any(span.of("ask") for span in spans)
    ends = bool(spans) and spans[-1].mark and tokens[spans[-1].start].text == "?"
    if not asks and ends and spans[0].words(tokens) == "any":
        spans[0] = replace(spans[0], concepts=frozenset({("ask", "whether")}))


TALK: Sequence[Rule] = (
    _stating,
    _is_it,
    _any_at_all,
)
