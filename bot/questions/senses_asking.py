"""What words of English ask, or tell beside a question: "which number", "the top five oldest".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule
from bot.questions.spans import Span

# What is asked -------------------------------------------------------------------------------------------------------


def _which_number(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Which number an anniversary has is how old the tie is: "Busan anniversary this year: which number?"."""
    if not any(span.has(("anniversary", "anniversary")) for span in spans):
        return
    for index in range(1, len(spans)):
        ends = index + 1 == len(spans) or spans[index + 1].words(tokens) != "of"
        if (
            ends
            and spans[index].words(tokens) == "number"
            and spans[index - 1].words(tokens) in ("which", "what")
        ):
            spans[index - 1] = spans[index - 1].silenced()
            spans[index] = replace(spans[index], concepts=frozenset({("ask", "age")}))


def _who_is_contact(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who "our contact" is is a person; what our contacts were, exchanges."""
    for index, span in enumerate(spans):
        if span.words(tokens) not in ("contact", "contacts") or not index:
            continue
        own = index - 1 if spans[index - 1].has(("small", "own"), ("filler", "words")) else index
        if own and spans[own - 1].words(tokens) in ("who is", "who are", "who s"):
            spans[index] = replace(span, concepts=frozenset({("people", "contact")}))


def _top_in_order(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The "top five oldest" are the five oldest."""
    tops = [index for index, span in enumerate(spans) if span.has(("logic", "top"))]
    ordered = any(span.of("order") for index, span in enumerate(spans) if index not in tops)
    for index in tops if ordered else ():
        spans[index] = spans[index].silenced()


def _by_level(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Numbers "by county" are told apart by whose they are."""
    if not any(span.has(("ask", "count"), ("ask", "statistics")) for span in spans):
        return
    for index in range(1, len(spans)):
        if spans[index].of("places") and spans[index - 1].words(tokens) in ("by", "per"):
            spans[index - 1] = replace(spans[index - 1], concepts=frozenset({("per", "home")}))


ASKING: Sequence[Rule] = (
    _which_number,
    _who_is_contact,
    _top_in_order,
    _by_level,
)
