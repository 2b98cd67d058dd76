"""What somebody demands without asking: "list of our partners requested", "names of all twin towns needed"."""

from collections.abc import Sequence

from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import Span, silence

_DEMANDED = frozenset(
    ("requested", "required", "needed", "wanted", "sought", "desired", "appreciated", "available")
)
_BE = frozenset(
    ("is", "are", "be", "being", "still", "also", "now", "hereby", "urgently", "kindly", "please")
)
_ASKS = frozenset(
    (
        "what",
        "which",
        "who",
        "whom",
        "whose",
        "when",
        "where",
        "why",
        "how",
        "did",
        "do",
        "does",
        "was",
        "were",
        "has",
        "have",
        "had",
        "not",
        "no",
        "by",
        "can",
        "could",
        "may",
        "should",
        "will",
    )
)


@only_where(_DEMANDED)
def _demanded(spans: list[Span], tokens: Sequence[Token]) -> None:
    """That something is "requested" says nothing of it where it ends a sentence that has neither question nor verb."""
    words = [token.text for token in tokens]
    last = max((i for i, span in enumerate(spans) if not span.mark), default=0)
    if not last or words[spans[last].start] not in _DEMANDED or spans[last].known or _ASKS & set(words):
        return
    if words[0] in _BE:
        return
    first = last
    while first > 1 and tokens[spans[first - 1].start].text in _BE:
        first -= 1
    silence(spans, range(first, last + 1))


_COUNTS = frozenset(
    ("number", "total", "tally", "sum", "count", "figure", "partners", "ties", "agreements", "how")
)
_AMOUNTS = frozenset(
    ("come to", "comes to", "amount to", "amounts to", "add up to", "adds up to", "run to", "stand at")
)


@only_where(_AMOUNTS)
def _amounts_to(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What a number "comes to" is the number: "what does the number of our partners come to?"; so is how many."""
    for index in range(1, len(spans) - 1):
        said = f"{spans[index].words(tokens)} {tokens[spans[index].end].text}"
        if said in _AMOUNTS and spans[index + 2 : index + 3] and spans[index + 2].has(("ask", "count")):
            silence(spans, (index, index + 1))
            return
    ends = [i for i, span in enumerate(spans) if not span.mark]
    words = {token.text for token in tokens}
    number = any(span.has(("ask", "count")) for span in spans)
    for size in (1, len(("come", "to"))):
        last = ends[-size:]
        said = " ".join(spans[i].words(tokens) for i in last)
        if said in _AMOUNTS and number and words & _COUNTS:
            silence(spans, last)
            return


DEMANDED: Sequence[Rule] = (_demanded, _amounts_to)
