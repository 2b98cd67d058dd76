"""What somebody heard and wants confirmed: "I was told in a meeting that Lyon is our partner", "the paper reports…".

All up to the word behind which the statement begins becomes one part that asks whether it is so.
"""

from collections.abc import Sequence
from functools import cache

from bot.questions.context.remarks import is_named_again, names_ours
from bot.questions.grammar import table
from bot.questions.parts.spans import Span
from bot.questions.text.normal import Sort, Token

_WHOM = frozenset(("me", "us"))
_FAR = 14
"""Up to which word the statement has to begin."""


@cache
def _says() -> frozenset[str]:
    """Verbs that stand before a statement of somebody else's, with or without a "that"."""
    return frozenset(table("en")["hearsay"]["says"])


@cache
def _heard() -> frozenset[str]:
    """Words behind which a "that" begins what was heard."""
    return _says() | frozenset(table("en")["hearsay"]["heard"])


def as_statement(spans: Sequence[Span], tokens: Sequence[Token]) -> list[Span]:
    """The parts, with what says who said it turned into a part that asks whether it is so."""
    greeting = next((i for i, span in enumerate(spans) if not (span.mark or _is_courtesy(span))), len(spans))
    begins = _begins(spans[greeting:], tokens)
    if begins is None:
        return list(spans)
    rest = [i for i, span in enumerate(spans) if span.start >= begins]
    if not rest or spans[rest[0]].mark:
        return list(spans)
    first = rest[0]
    who = Span(spans[greeting].start, spans[first].start, concepts=frozenset({("ask", "whether")}))
    return [*spans[:greeting], who, *spans[first:]]


def _is_courtesy(span: Span) -> bool:
    """Whether it greets or asks politely; an article begins the statement."""
    return bool(span.has(("filler", "greeting"), ("filler", "lead"), ("filler", "request")))


def _begins(spans: Sequence[Span], tokens: Sequence[Token]) -> int | None:
    """The token with which the statement begins; None where nobody is said to have said anything."""
    told = False
    for index, span in enumerate(spans):
        at = span.start
        if at - spans[0].start > _FAR or span.record or (span.mark and tokens[at].text not in ',"'):
            return None
        if names_ours(span) and not (_is_paper(span, tokens) or is_named_again(span, spans[index + 1 :])):
            return None
        word = tokens[at].text
        single = span.end == at + 1
        if told and single and word == "that":
            return at + 1
        last = tokens[span.end - 1].text
        if not single and last == "that" and any(tokens[i].text in _says() for i in range(at, span.end)):
            return span.end
        asks = [key for key in span.of("ask") if key != "whether"]
        if asks or (not told and span.has(("small", "does")) and not index):
            return None
        told = told or any(tokens[i].text in _heard() for i in range(at, span.end))
        if index and last in _says() and not span.of("ask") and _is_somebody(spans, span, tokens):
            behind = span.end
            if behind < len(tokens) and tokens[behind].text in _WHOM:
                behind += 1
            if behind < len(tokens) and tokens[behind].text == "that":
                behind += 1
            elif (
                behind >= len(tokens)
                or tokens[behind].text in _NO_STATEMENT
                or tokens[behind].sort is Sort.MARK
            ):
                continue
            return behind
    return None


_TOLD = ("说", "讲", "提到", "告诉我", "指出", "报导", "提过", "说过", "问我", "问我们", "以为", "坚持")
_SHORT = 6
"""Of how many parts who said something is made at most."""


def without_teller(spans: Sequence[Span], tokens: Sequence[Token]) -> list[Span]:
    """The parts without who said or asked it in Chinese: 聽日本朋友說大津的…, 同學打賭說柏林有…"""
    found = list(spans)
    start = 0
    for index, span in enumerate(spans):
        if span.mark:
            start = index + 1
            continue
        said = "".join(token.text for token in tokens[span.start : span.end])
        says = span.has(("filler", "tells")) or said in ("说", "讲") or span.has(("filler", "lead"))
        if not (says and said.endswith(_TOLD)) or index - start > _SHORT:
            continue
        before, behind = spans[start:index], spans[index + 1 :]
        named = [each for each in before if names_ours(each)]
        if any(_says_more(each, told=bool(start)) for each in before) or not behind or behind[0].mark:
            continue
        if (start or before) and (not named or any(each.mention for each in behind)):
            for at in range(start, index + 1):  # what tells goes on saying so: 網路上有人說是1965年
                found[at] = spans[at] if spans[at].has(("filler", "tells")) else spans[at].silenced()
    return found


def _says_more(span: Span, *, told: bool) -> bool:
    """Whether a part that stands before the verb can be no part of who said something."""
    if span.time is not None:
        return told
    return any(span.of(section) for section in ("ask", "kind", "event", "meet", "kinds", "logic", "order"))


_PAPERS = frozenset(("times", "post", "news", "journal", "herald", "gazette", "tribune", "daily", "zeitung"))


def _is_paper(span: Span, tokens: Sequence[Token]) -> bool:
    """Whether the name is part of a newspaper's: "the Taipei Times"."""
    return span.end < len(tokens) and tokens[span.end].text in _PAPERS


_NO_STATEMENT = frozenset(
    ("in", "at", "on", "by", "to", "about", "yesterday", "last", "goodbye", "hello", "so", "it")
)
"""Words with which the verb goes on, before a statement begins."""

_SOMEBODY = frozenset(
    ("a", "an", "the", "my", "our", "one", "some", "somebody", "someone", "wikipedia", "people", "his", "her")
)


def _is_somebody(spans: Sequence[Span], verb: Span, tokens: Sequence[Token]) -> bool:
    """Whether all that stands before the verb is who said it: "the Liberty Times", "one of my colleagues"."""
    before = [span for span in spans if span.end <= verb.start]
    return tokens[spans[0].start].text in _SOMEBODY and not any(
        span.of("ask") or span.mark for span in before
    )
