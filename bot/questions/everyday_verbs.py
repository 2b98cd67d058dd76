"""Everyday verbs that stand for a founding or a gift: "when did A and B get together?", "what did we send to C?"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.spans import Span

_TWO = 2


def _said(span: Span, tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens[span.start : span.end])


# Getting together ----------------------------------------------------------------------------------------------------

_TOGETHER = frozenset(("get together", "got together", "came together", "come together"))


def got_together(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Two places that "got together" in a year that is asked for have signed; "when did we last" is of a meeting."""
    named = sum(1 for span in spans if span.mention is not None and span.mention.places)
    ordered = any(span.of("order") or span.time for span in spans)
    for index, span in enumerate(spans):
        dated = any(each.has(("ask", "when")) for each in spans[:index])
        if dated and named == _TWO and not ordered and _said(span, tokens) in _TOGETHER:
            spans[index] = replace(span, concepts=frozenset({("event", "signed")}))


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


def gave(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What was given is asked for, and to or from whom: "what did we send to Tanzania?"."""
    first = next((span for span in spans if span.of("ask")), None)
    if (
        first is None
        or _said(first, tokens) != "what"
        or any(span.of("kind") or span.of("event") for span in spans[:2])
    ):
        return
    for index, span in enumerate(spans[:-1]):
        way = _GIVES.get(_said(span, tokens))
        behind = spans[index + 1]
        if way and (_said(behind, tokens) in _WHOM or behind.mention is not None):
            spans[index] = replace(span, concepts=frozenset({("kinds", "aid"), ("meet", way)}))
            return
