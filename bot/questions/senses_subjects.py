"""Who does what in English: "which partners visited in 2023", "does A have partners that B has not".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule
from bot.questions.senses_tying import names_tie
from bot.questions.spans import Span

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

SUBJECTS: Sequence[Rule] = (_that_it_has_not,)
