"""Words of English as reporters, students and consuls type them: "kindly state the date", "has a few: which?".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule
from bot.questions.senses_tying import names_exchange, names_tie
from bot.questions.spans import DOES, WHETHER, Span

_TWO = 2


# What is asked for ---------------------------------------------------------------------------------------------------


_ANY = frozenset(("any", "anything", "anyone", "anybody", "something", "someone", "somebody"))


def _any_there(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who asks no more than "anything in Ohio?", or "Portugal: any partner there?", asks whether there is such."""
    if not spans or any(span.of("ask") for span in spans):
        return
    first = 0
    if len(spans) > _TWO and spans[0].mention is not None and spans[1].mark:
        first = _TWO
    located = first + 1 < len(spans) and spans[first + 1].has(("small", "in"))
    area = any(span.mention is not None and not span.mention.places for span in spans)
    said = spans[first].words(tokens)
    if (said == "any" and first and tokens[spans[-1].start].text == "?") or (
        said in _ANY and located and area
    ):
        spans[first] = replace(spans[first], concepts=WHETHER)


_LATELY = frozenset(("lately", "recently", "of late", "latterly", "these days"))


def _lately(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of these days no day is on record: for a yes or no the last exchange is told, else it is asked back."""
    asked = {key for span in spans for key in span.of("ask")}
    met = any(span.of("meet") or names_exchange(span) for span in spans)
    listed = any(span.words(tokens) in ("what", "what has", "what have") for span in spans)
    for index, span in enumerate(spans):
        if (
            met
            and not listed
            and asked <= _NOT_IN_ORDER
            and span.words(tokens) in _LATELY
            and not span.of("order")
        ):
            spans[index] = replace(span, concepts=frozenset({("logic", "lately")}))


_NOT_IN_ORDER = frozenset(("whether", "which", "who", "count"))


def _jubilees_due(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Anniversaries that "are due" come then; that contact is due is asked of nobody."""
    if not any(span.has(("anniversary", "anniversary")) for span in spans):
        return
    for index, span in enumerate(spans):
        if span.has(("ask", "often")) and span.words(tokens) in ("is due", "are due"):
            spans[index] = replace(span, concepts=DOES)


_KINDS_TOO = frozenset(("sport", "culture", "education"))


def _what_sort_of_sport(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What sort of sport there was between two places is which exchanges there were of that kind."""
    for index in range(len(spans) - 1):
        span, behind = spans[index], spans[index + 1]
        kinds = _KINDS_TOO & set(behind.of("topics"))
        if not (span.has(("ask", "kind")) and kinds) or any(map(names_exchange, spans)):
            continue
        others = [each for at, each in enumerate(spans) if at > index + 1 and names_tie(each)]
        if any(each.of("kind") or each.has(("noun", "act")) for each in others):
            return
        spans[index] = replace(span, concepts=frozenset({("ask", "which")}))
        spans[index + 1] = replace(behind, concepts=frozenset(("kinds", key) for key in kinds))
        for at in range(index + _TWO, len(spans)):
            if names_tie(spans[at]):
                spans[at] = replace(spans[at], concepts=DOES)
        return


PRESS: Sequence[Rule] = (
    _any_there,
    _lately,
    _jubilees_due,
    _what_sort_of_sport,
)
