"""What is told behind a question in English that no question mark ends, and why something is asked or believed.

"Name our sister cities in Africa, I am drawing a map." asks what stands before the comma; "Do we have a tie with Osaka,
as we joined their festival?" asks of the tie, and the festival is why it is asked.
"""

import unicodedata
from collections.abc import Iterator, Sequence

from bot.questions.context.remarks import OPENS, is_named_again, is_remark, names_ours
from bot.questions.parts.spans import Span
from bot.questions.text.normal import Token

_SPEAKERS = frozenset(
    ("i", "he", "she", "they", "my", "somebody", "someone", "it", "people", "nobody", "everybody", "everyone")
)
"""With whom a clause begins that tells something, be it only behind a comma."""
_US = frozenset(("we", "our"))

_REASONS = frozenset(("because", "as", "although", "though", "since", "considering", "whereas"))
_ALWAYS = frozenset(("because", "although"))
"""Those that begin a clause without a mark before them, too; "as our sister" is none."""
_WHO_DID = frozenset(
    ("i", "we", "he", "she", "they", "it", "the", "our", "my", "their", "its", "there", "somebody", "someone", "that")
)  # fmt: skip
_DASHES = "-–—"


def told_behind(spans: Sequence[Span], tokens: Sequence[Token], end: int) -> Iterator[int]:
    """Up to where a question may go that ends before `end`, with what stands behind that told and not asked."""
    while end and spans[end - 1].mark:
        end -= 1
    for start in range(2, end):
        if _is_told(spans, tokens, start, end):
            yield start


def _is_told(spans: Sequence[Span], tokens: Sequence[Token], start: int, end: int) -> bool:
    first = tokens[spans[start].start].text
    if any(map(_asks, spans[start:end])):
        return False
    if is_reason(spans[start:end], tokens) and (divides(spans, tokens, start) or first in _ALWAYS):
        if any(span.of("scope") for span in spans[start:end]):
            return False  # "should we end it because of the war?"
        return not _names_others(spans[start:end], spans[:start], tokens)
    mark = divides(spans, tokens, start)
    if not mark:
        return False
    opens = first in OPENS if mark in ".;!-" else first in _SPEAKERS or (mark == "," and first in _US)
    return opens and is_remark(spans[start:end], tokens, spans[:start])


def divides(spans: Sequence[Span], tokens: Sequence[Token], start: int) -> str:
    """The mark that stands before a part, or a dash; empty where nothing does."""
    before = spans[start - 1]
    if before.mark:
        return tokens[before.start].text
    gap = unicodedata.normalize("NFKC", tokens[spans[start].start].gap)
    return "-" if " " in gap and any(each in gap for each in _DASHES) else ""


def is_reason(behind: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether a clause says why: "as it joined the festival", "because of the deal"; "since 2010" is a time."""
    words = [tokens[i].text for span in behind for i in range(span.start, span.end)]
    if len(words) < len(("as", "they", "did")) or words[0] not in _REASONS:
        return False
    if words[0] == "since" and any(span.time or span.of("event") for span in behind):
        return False
    return words[1] in _WHO_DID or words[:2] == ["because", "of"]


def _names_others(behind: Sequence[Span], asked: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether a reason names somebody of ours without whom the question would not be the same."""
    if any(span.mention is not None and span.mention.places for span in asked):
        return False
    return any(names_ours(span) and not is_named_again(span, asked) for span in behind)


def _asks(span: Span) -> bool:
    asks = set(span.of("ask")) - {"whether", "tell", "source", "kind", "subject"}
    return (bool(asks) and not span.of("small") and not span.of("filler")) or span.has(("noun", "year"))
