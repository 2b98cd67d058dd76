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


_LINKS = frozenset(
    f"{noun} {word}" for noun in ("link", "links", "tie", "ties", "bond") for word in ("with", "to")
)
_WHOSE = frozenset(("our", "the", "its", "their", "your", "s", "this", "that"))


def its_link(spans: list[Span], tokens: Sequence[Token]) -> None:
    """ "Our link with Skopje" is a tie; "did they link with Skopje?" asks of a founding."""
    for index in range(len(spans) - 1, 0, -1):
        span = spans[index]
        if _said(span, tokens) in _LINKS and tokens[span.start - 1].text in _WHOSE:
            tie = Span(span.start, span.start + 1, concepts=frozenset({("noun", "tie")}))
            link = Span(span.start + 1, span.end, concepts=frozenset({("small", "with")}))
            spans[index : index + 1] = [tie, link]


_GONE = frozenset(("gone to", "went to", "go to", "goes to", "going to", "gone", "went"))


def went_over(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What has "gone to Tanzania" was sent there, and nobody went."""
    for index in range(1, len(spans)):
        before = tokens[spans[index].start - 1].text
        if before in ("anything", "something", "what") and _said(spans[index], tokens) in _GONE:
            spans[index] = replace(spans[index], concepts=frozenset({("kinds", "aid")}))


_SOMETHING = frozenset(("something", "anything", "gifts", "presents", "a gift", "a present", "help", "goods"))


def got_something(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who "got something from us" was given it."""
    for index, span in enumerate(spans[:-1]):
        if _said(span, tokens) in ("got", "get", "received", "receive", "gets", "receives"):
            behind = " ".join(token.text for token in tokens[span.end : span.end + 4])
            if behind.split(" from")[0] in _SOMETHING and " from" in behind:
                spans[index] = replace(span, concepts=frozenset({("kinds", "aid")}))


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
