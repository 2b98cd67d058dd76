"""How English asks how a tie stands, or how lively it is: "how is our tie doing?", "what shape is it in?".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.senses_tying import names_exchange, names_tie
from bot.questions.spans import Span, silence

_STATUS: frozenset[Concept] = frozenset({("ask", "status")})
_DOES = frozenset(("is", "are", "s", "does", "do", "has", "have"))
_DOING = frozenset(
    ("doing", "going", "going on", "faring", "standing", "holding up", "getting on", "getting along", "coming along",
     "stand", "stands", "fare", "fares", "look", "looking", "developing", "progressing", "been doing", "been going")
)  # fmt: skip
_LIVELY = frozenset(
    ("healthy", "lively", "alive", "strong", "vibrant", "robust", "active", "dormant", "quiet", "fresh", "stale",
     "well", "good", "solid", "intense", "sound", "sleepy", "cold", "warm")
)  # fmt: skip


@only_where(("how",))
def _how_it_does(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How a tie "is doing", or how lively it is, is how it stands."""
    how = next((i for i, span in enumerate(spans) if span.words(tokens) == "how"), None)
    if how is None or how + 2 >= len(spans) or not _is_of_a_tie(spans[how:]):
        return
    behind = spans[how + 1].words(tokens)
    if behind in _LIVELY and spans[how + 2].words(tokens) in _DOES:
        spans[how] = replace(spans[how], concepts=_STATUS)
        silence(spans, (how + 1, *_ends_doing(spans, tokens, how)))
    elif behind in _DOES:
        doing = _ends_doing(spans, tokens, how)
        if doing:
            spans[how] = replace(spans[how], concepts=_STATUS)
            silence(spans, doing)


def _ends_doing(spans: Sequence[Span], tokens: Sequence[Token], how: int) -> list[int]:
    """The verb that ends the question, if it says how something goes."""
    said = [i for i in range(how + 1, len(spans)) if not (spans[i].mark or spans[i].has(("filler", "words")))]
    return said[-1:] if said and spans[said[-1]].words(tokens) in _DOING else []


def _is_of_a_tie(spans: Sequence[Span]) -> bool:
    """Whether a tie is spoken of, and neither exchanges nor a number of them."""
    asked = any(set(span.of("ask")) - {"whether"} for span in spans[1:])
    ties = any(map(names_tie, spans)) or any(span.has(("small", "own")) for span in spans)
    return ties and any(span.is_place for span in spans) and not asked and not any(map(names_exchange, spans))


_OUGHT = frozenset(
    ("should", "ought", "must", "expected", "supposed", "required", "necessary", "desired", "recommended")
)
_MEETS: Sequence[Concept] = (("noun", "exchange"), ("meet", "talked"), ("meet", "planned"), ("meet", "held"))


@only_where(_OUGHT)
def _how_often_it_should(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How often contact is expected is no number of exchanges: "contact with Portland should take place how often?"."""
    often = next((i for i, span in enumerate(spans) if span.has(("ask", "times"))), None)
    ought = any(tokens[i].text in _OUGHT for span in spans for i in range(span.start, span.end))
    if often is None or not ought or not any(span.is_place for span in spans):
        return
    if tokens[spans[often].start].text != "how" or any(span.of("kinds") or span.time for span in spans):
        return
    spans[often] = replace(spans[often], concepts=frozenset({("ask", "often")}))
    for index, span in enumerate(spans):
        if span.has(*_MEETS) or span.words(tokens) in _OUGHT:
            kept = frozenset({("small", "with")}) if span.words(tokens).endswith("with") else None
            spans[index] = replace(span, concepts=kept) if kept else span.silenced()


STANDING: Sequence[Rule] = (_how_it_does, _how_often_it_should)
