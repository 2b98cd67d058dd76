"""Something that was signed again, where "again" stands at the end: "have we signed with Cincinnati again?"."""

from collections.abc import Sequence

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import Span
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

_SIGNING: frozenset[Concept] = frozenset({("kinds", "signing")})
_RENEWAL: frozenset[Concept] = frozenset({("items", "renewal")})
_AGAIN = frozenset(("again", "anew", "once more"))
_SIGNED = frozenset(("sign", "signed", "signed with", "sign with"))


@only_where(_AGAIN)
def _signed_again(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Asked whether something was signed again, a signing is meant that was another than the first."""
    again = [i for i, span in enumerate(spans) if span.words(tokens) in _AGAIN]
    signed = [i for i, span in enumerate(spans) if span.words(tokens) in _SIGNED]
    asks_otherwise = any(span.of("ask") and not span.has(("ask", "whether")) for span in spans)
    if len(again) != 1 or len(signed) != 1 or asks_otherwise or not spans[0].has(("small", "does")):
        return
    spans[again[0]] = Span(spans[again[0]].start, spans[again[0]].end, concepts=_RENEWAL)
    spans[signed[0]] = Span(spans[signed[0]].start, spans[signed[0]].end, concepts=_SIGNING)


SIGNED_AGAIN: Sequence[Rule] = (_signed_again,)
