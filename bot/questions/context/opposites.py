"""Two questions that differ in a pair of opposites alone: "our oldest and newest partners", 歐洲內外."""

from collections.abc import Sequence

from bot.questions.parts.spans import Span
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

_OPPOSITES: Sequence[frozenset[Concept]] = (
    frozenset((("order", "first"), ("order", "last"))),
    frozenset((("order", "most"), ("order", "fewest"))),
    frozenset((("small", "in"), ("logic", "except"))),
    frozenset((("logic", "among"), ("logic", "except"))),
)
_EACH: Sequence[Concept] = (("logic", "each"), ("per", "home"))


def with_either(written: str, tokens: Sequence[Token], spans: Sequence[Span]) -> tuple[str, str] | None:
    """The question with the one and with the other of two opposites, where both are asked for at once."""
    for index, span in enumerate(spans):
        joined = index + 2 < len(spans) and spans[index + 1].has(("small", "and"))
        at = index + 2 if joined else index + 1
        if at < len(spans) and (joined or _stand_together(span, spans[at])) and _opposed(span, spans[at]):
            ends = spans[index + 1].start if joined else spans[at].start
            one = (range(ends, spans[at].end), *_eaches(spans, tokens))
            other = (range(span.start, spans[at].start), *_eaches(spans, tokens))
            return _without(written, tokens, one), _without(written, tokens, other)
    return None


def _opposed(one: Span, other: Span) -> bool:
    return any(
        one.has(*pair) and other.has(*pair) and pair.isdisjoint(one.concepts & other.concepts)
        for pair in _OPPOSITES
    )


def _stand_together(one: Span, other: Span) -> bool:
    """Whether two words are written as one: 內外."""
    return one.has(("logic", "among")) and other.has(("logic", "except"))


def _eaches(spans: Sequence[Span], tokens: Sequence[Token]) -> list[range]:
    """The words that say that each of the two is asked for: 各是哪個, "each"."""
    said = (at for span in spans if span.has(*_EACH) for at in range(span.start, span.end))
    return [range(at, at + 1) for at in said if tokens[at].text in _SAID_OF_BOTH]


_SAID_OF_BOTH = frozenset(("each", "respectively", "各"))


def _without(written: str, tokens: Sequence[Token], left_out: Sequence[range]) -> str:
    """The text without these tokens."""
    for each in sorted(left_out, key=lambda each: each.start, reverse=True):
        written = written[: tokens[each.start].start] + written[tokens[each.stop - 1].end :]
    return " ".join(written.split())
