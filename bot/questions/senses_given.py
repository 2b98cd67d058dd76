"""Words of English for what was given, however that is arranged: "what was sent to Uto?", "Uto got what from Tainan?".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept, phrases
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.senses_tying import names_exchange, names_tie
from bot.questions.spans import Span, silence

_ASKS: frozenset[Concept] = frozenset({("ask", "which")})

# Gifts ---------------------------------------------------------------------------------------------------------------

_GIVES = frozenset(
    ("send", "sends", "sent", "give", "gives", "gave", "given", "donate", "donated", "ship", "shipped", "present",
     "presented", "lend", "lent", "loaned", "hand", "handed", "hand over", "handed over", "sent over", "deliver",
     "delivered", "gifted")
)  # fmt: skip
_GETS = frozenset(
    ("receive", "received", "receives", "get", "got", "gets", "obtain", "obtained", "obtains", "accepted")
)
_WHAT = frozenset(
    ("what was", "what were", "what is", "what s", "what are", "what has been", "what have been")
)
_GOODS = frozenset(
    ("things", "thing", "items", "item", "goods", "objects", "object", "articles", "stuff", "supplies")
)
_WHOM = frozenset(("to", "from", "by"))


@only_where(_GIVES | _GETS)
def _what_was_given(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What was given, however it is arranged: "what was sent to Uto?", "which items did we send?", "Uto got what?"."""
    if any(map(names_exchange, spans)) or any(map(names_tie, spans)) or not any(s.is_place for s in spans):
        return
    asked = next((i for i, span in enumerate(spans) if _asks_what(span, tokens)), None)
    given = next((i for i, span in enumerate(spans) if span.words(tokens) in _GIVES | _GETS), None)
    if asked is None or given is None or not _is_of_a_thing(spans, tokens, asked):
        return
    beside = {word for i in range(len(spans)) if (word := spans[i].words(tokens)) in _WHOM}
    if not beside and not any(span.is_place for span in spans[given + 1 : given + 2]):
        return
    if any(span.of("items") or span.has(("kinds", "aid")) for span in spans if span is not spans[given]):
        return
    got = spans[given].words(tokens) in _GETS
    spans[asked] = replace(spans[asked], concepts=_ASKS)
    spans[given] = replace(
        spans[given], concepts=frozenset({("kinds", "aid"), ("meet", "received" if got else "sent")})
    )
    silence(spans, [i for i in range(asked + 1, len(spans)) if spans[i].words(tokens) in _GOODS])


def _asks_what(span: Span, tokens: Sequence[Token]) -> bool:
    words = span.words(tokens)
    return words in _WHAT or (words in ("what", "which") and span.has(("ask", "which")))


def _is_of_a_thing(spans: Sequence[Span], tokens: Sequence[Token], asked: int) -> bool:
    """Whether nothing but goods is asked for, and neither people nor a day."""
    if any(span.of("level") or span.of("people") or span.of("topics") for span in spans):
        return False
    if any(set(span.of("ask")) - {"which", "whether"} for span in spans):
        return False
    behind = spans[asked + 1] if asked + 1 < len(spans) else None
    if behind is None or spans[asked].words(tokens) != "which":
        return True
    return behind.words(tokens) in _GOODS


@only_where(("masks", "books", "vaccines", "pineapples", "ambulance", "ambulances", "pangolins", "pavilion"))
def _given_things(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What was given is meant beside that it was: "when did Taipei give masks to Prague?"."""
    for index, span in enumerate(spans):
        last = tokens[span.end - 1].text
        if span.has(("kinds", "aid")) and span.end - span.start > 1 and not span.of("items"):
            things = frozenset(each for each in phrases().get(last, ()) if each[0] == "items")
            spans[index] = replace(span, concepts=span.concepts | things)


GIVEN: Sequence[Rule] = (_what_was_given, _given_things)
