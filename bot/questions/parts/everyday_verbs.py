"""Everyday verbs that stand for a gift: "what has gone to Tanzania?", "what did we send to C?"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import only_where
from bot.questions.parts.spans import Span
from bot.questions.text.normal import Token

# What was given ------------------------------------------------------------------------------------------------------

_GIVES = {
    **dict.fromkeys(
        (
            "send",
            "sent",
            "give",
            "gave",
            "given",
            "donate",
            "donated",
            "ship",
            "shipped",
            "present",
            "presented",
            "lend",
            "lent",
            "loan",
            "loaned",
            "hand",
            "handed",
            "bring",
            "brought",
        ),
        "sent",
    ),
    **dict.fromkeys(("receive", "received", "get", "got"), "received"),
}
_WHOM = frozenset(("to", "from"))


@only_where(_GIVES)
def gave(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What was given is asked for, and to or from whom: "what did we send to Tanzania?"."""
    first = next((span for span in spans if span.of("ask")), None)
    if (
        first is None
        or first.words(tokens) != "what"
        or any(span.of("kind") or span.of("event") for span in spans[:2])
    ):
        return
    for index, span in enumerate(spans[:-1]):
        way = _GIVES.get(span.words(tokens))
        behind = spans[index + 1]
        if way and (behind.words(tokens) in _WHOM or behind.mention is not None):
            spans[index] = replace(span, concepts=frozenset({("kinds", "aid"), ("meet", way)}))
            return
