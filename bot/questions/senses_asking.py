"""What words of English ask, or tell beside a question: "which number", "what sort of event", "by this evening".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.senses_tying import names_exchange, names_tie
from bot.questions.spans import Span, next_meant

# How long ago --------------------------------------------------------------------------------------------------------


def _how_long_ago(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How long ago two cities paired up is since when they are a pair, and nothing of their last exchange."""
    signs = any(span.has(("event", "signed")) and not span.of("meet") for span in spans)
    if not signs or any(
        span.of("meet") or span.of("kinds") or span.has(("noun", "exchange")) for span in spans
    ):
        return
    for index, span in enumerate(spans):
        if span.has(("ask", "since_last")) and span.words(tokens).startswith("how long ago"):
            spans[index] = replace(span, concepts=frozenset({("ask", "when")}))


_CONTACT = frozenset(
    (
        "contact",
        "contacts",
        "communication",
        "communications",
        "interaction",
        "interactions",
        "exchanges",
        "dealings",
    )
)
_DORMANT = frozenset({("state", "dormant")})


def _lapsed_contact(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Where contact has lapsed, the tie is quiet and no agreement has ended: "with which contact has lapsed"."""
    for index, span in enumerate(spans):
        if span.words(tokens) not in _CONTACT:
            continue
        behind = index + 1
        while behind < len(spans) and spans[behind].words(tokens) in (
            "has",
            "have",
            "had",
            "with",
            "us",
            "ever",
        ):
            behind += 1
        ends = spans[behind] if behind < len(spans) else None
        if ends is not None and ends.has(("event", "ended"), ("status", "ended"), ("state", "dormant")):
            spans[index] = span.silenced()
            spans[behind] = replace(ends, concepts=_DORMANT)


_DEADLINES = frozenset(
    (
        "tonight", "tomorrow", "noon", "today", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
        "sunday", "evening", "afternoon", "morning", "lunchtime", "midnight",
    )
)  # fmt: skip


def _deadlines(spans: list[Span], tokens: Sequence[Token]) -> None:
    """By when somebody wants the answer narrows nothing: "all our sister cities, by this evening"."""
    if any(
        span.of("meet") or span.of("kinds") or (span.of("ask") and span.has(("ask", "whether")))
        for span in spans
    ):
        return
    for index, span in enumerate(spans):
        words = span.words(tokens).split()
        if (
            span.time
            and words[0] == "by"
            and words[-1] in _DEADLINES
            and len(words) <= len(["by", "this", "evening"])
        ):
            spans[index] = span.silenced()


_BECAUSE = frozenset(("as", "because", "since", "for", "seeing", "given", "considering", "now"))
_CLAUSES = frozenset(("it", "they", "we", "he", "she", "i", "that", "there", "their", "our", "its", "the"))


def _reasons(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Why somebody asks whether there is a tie is no part of it: "…, as it joined the light festival there?"."""
    for index in range(2, len(spans) - 2):
        start = spans[index].start
        because = [token.text for token in tokens[start : start + 2]]
        if not spans[index - 1].mark or because[0] not in _BECAUSE or because[-1] not in _CLAUSES:
            continue
        end = next((i for i in range(index, len(spans)) if spans[i].mark), len(spans))
        ties = any(map(names_tie, spans[:index])) and not any(map(names_exchange, spans[:index]))
        asks = any(span.of("ask") or span.of("kind") or span.of("logic") for span in spans[index:end])
        if ties and not asks:
            spans[index:end] = [span.silenced() for span in spans[index:end]]


# What is asked -------------------------------------------------------------------------------------------------------

_SORTS = frozenset(("kind", "sort", "type", "form", "kinds", "sorts", "types", "forms"))


def _what_sort_of(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What sort of event there was asks which it was, and not what kind of tie there is."""
    for index, span in enumerate(spans[:-1]):
        said = span.words(tokens).split()
        if not span.has(("ask", "kind")) or not _SORTS & set(said) or said[0] not in ("what", "which"):
            continue
        behind = next_meant(spans, index)
        if behind is None or not names_exchange(spans[behind]):
            continue
        after = spans[behind + 1] if behind + 1 < len(spans) else None
        if after is None or not names_tie(after):  # "what kind of exchange agreement"
            spans[index] = replace(span, concepts=frozenset({("ask", "which")}))


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


_FIRST_TO = frozenset(("to", "who", "that", "ever", "from", "we"))


def _titles(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The First Mayor is a mayor, and not the first of several, unless it is said what he was first to do."""
    for index in range(1, len(spans)):
        before, span = spans[index - 1], spans[index]
        first = before.words(tokens) in ("first", "second") and tokens[before.start - 1].text == "the"
        behind = tokens[span.end].text if span.end < len(tokens) else ""
        if first and before.start and span.words(tokens) == "mayor" and behind not in _FIRST_TO:
            spans[index - 1] = before.silenced()


def _as_said(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who said so, behind what is to be confirmed: "is Leeds linked with Dortmund, as our newsletter claims?"."""
    for index in range(1, len(spans) - 1):
        if not spans[index - 1].mark or tokens[spans[index].start].text != "as":
            continue
        end = next((i for i in range(index, len(spans)) if spans[i].mark), len(spans))
        told = spans[index:end]
        if any(span.has(("hearsay", "says"), ("hearsay", "heard")) for span in told) and not any(
            span.time or span.number is not None or span.of("kind") or span.of("ask") for span in told
        ):
            spans[index:end] = [span.silenced() for span in told]


ASKING: Sequence[Callable[[list[Span], Sequence[Token]], None]] = (
    _lapsed_contact,
    _how_long_ago,
    _deadlines,
    _reasons,
    _what_sort_of,
    _which_number,
    _titles,
    _as_said,
)
