"""Words of English whose sense the words around them decide, as people write in a hurry: "our 30th with Busan"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import AID, OF_A_VISIT, SILENT, WHEN, Span


def _is_dashed(spans: Sequence[Span], tokens: Sequence[Token], index: int) -> bool:
    """Whether a mark or a dash stands behind a part, or nothing more."""
    if index + 1 >= len(spans):
        return True
    behind = spans[index + 1]
    return behind.mark or "-" in tokens[behind.start].gap or "–" in tokens[behind.start].gap


# Years -------------------------------------------------------------------------------------------------------------

_FIVE, _TWO = 5, 2


_PREPARE = frozenset(("prepare", "plan", "ready", "brace", "organise", "organize"))
_APART = frozenset(("for", "in", "within", "over", "last", "past", "than", "after", "least"))


def _years_with(spans: list[Span], tokens: Sequence[Token]) -> None:
    """When there are so many years with a place, they are celebrated: "ten years with Aomori, when exactly?"."""
    if not any(span.has(("ask", "when")) for span in spans):
        return
    if any(
        span.of("event") or span.of("meet") or span.of("kinds") or span.has(("anniversary", "anniversary"))
        for span in spans
    ):
        return
    for index, span in enumerate(spans):
        words = [token.text for token in tokens[span.end : span.end + _TWO]]
        before = tokens[span.start - 1].text if span.start else ""
        if before == "for" and span.start > 1 and tokens[span.start - _TWO].text in _PREPARE:
            before = ""
        if span.number and words in (["years", "with"], ["years", "of"]) and before not in _APART:
            spans[index] = replace(span, concepts=frozenset({("anniversary", "anniversary")}))
            if index + 1 < len(spans) and spans[index + 1].has(("ask", "age")):
                spans[index + 1] = spans[index + 1].silenced()


_THE = frozenset(("the", "our", "its", "their", "that"))


def _came_for(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A jubilee that somebody comes for is what the visit was about: "did a delegation come for the jubilee?"."""
    if not any(span.has(*OF_A_VISIT) for span in spans):
        return
    for index, span in enumerate(spans):
        before = [token.text for token in tokens[max(0, span.start - _TWO) : span.start]]
        for_it = len(before) == _TWO and before[0] == "for" and before[1] in _THE
        if for_it and span.has(("anniversary", "anniversary")) and span.number is None:
            spans[index] = replace(span, concepts=frozenset({("items", "jubilee")}))


# Days --------------------------------------------------------------------------------------------------------------

_UNITS = frozenset(("day", "month", "year", "date"))
_BETWEEN = frozenset((",", "and", "&", "/", "or", "plus"))


@only_where(_UNITS)
def _day_month_year(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Units in a row ask for the whole date: "Nagoya memorandum: day, month, year"."""
    run: list[int] = []
    for index, span in enumerate(spans):
        said = span.words(tokens)
        if said in _UNITS:
            run.append(index)
        elif said not in _BETWEEN or not run:
            if sum(spans[i].words(tokens) in _UNITS for i in run) > 1:
                break
            run = []
    if len(run) > 1 and not any(span.of("ask") for i, span in enumerate(spans) if i not in run):
        spans[run[0]] = replace(spans[run[0]], concepts=WHEN)
        for index in run[1:]:
            spans[index] = replace(spans[index], concepts=SILENT)


# What is wanted ----------------------------------------------------------------------------------------------------

_GETTING = frozenset(("received", "receive", "receives", "got", "get", "gets"))
_GIVING = frozenset(("give", "given", "gave", "giving", "donate"))


def _gifts(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What somebody gave to a place is a gift: "what did we give Prague?"; a talk is given in one."""
    for index, span in enumerate(spans):
        listing = span.words(tokens) in ("give us", "give me") and span.of("ask")
        if listing and index and spans[index - 1].mention:
            spans[index] = Span(span.start, span.end)  # "what did Prague give us" asks for no list
        if span.words(tokens) in _GETTING and any(each.of("items") for each in spans[index:]):
            spans[index] = replace(span, concepts=AID)  # nobody comes who receives pineapples
        if span.words(tokens) not in _GIVING or not any(s.words(tokens) == "what" for s in spans[:index]):
            continue
        behind = spans[index + 1] if index + 1 < len(spans) else None
        if behind is None or behind.mention or behind.mark or behind.words(tokens) in ("to", "us"):
            spans[index] = replace(span, concepts=AID)


_SWAPPED = frozenset(
    ("swap", "swapped", "swapping", "trade", "traded", "exchange", "exchanged", "exchanging")
)


def _visits(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Services that swap visits meet in their field, whatever that is on record as; who is posted does not visit."""
    fields = any(span.of("topics") for span in spans)
    posted = any("secondment" in span.of("items") for span in spans)
    for index, span in enumerate(spans):
        if fields and span.has(("kinds", "visit")) and tokens[span.start].text in _SWAPPED:
            spans[index] = replace(span, concepts=frozenset({("meet", "talked")}))
        elif posted and span.words(tokens) == "to us":
            spans[index] = replace(span, concepts=frozenset({("small", "own")}))


def _only(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A kind that stands apart with an "only" is the one that is asked for: "memoranda only: with which towns…"."""
    for index in range(1, len(spans)):
        apart = index + 1 < len(spans) and _is_dashed(spans, tokens, index)
        apart = apart and tokens[spans[index + 1].start].text not in ("?", ".")
        before = spans[index - 1]
        if spans[index].words(tokens) == "only" and apart and (before.of("kind") or before.of("places")):
            spans[index] = replace(spans[index], concepts=SILENT)


def _ones(spans: list[Span], tokens: Sequence[Token]) -> None:
    """ "The Korean ones" that are to be listed are those of our ties."""
    if not any(span.has(("ask", "list")) for span in spans):
        return
    for index in range(1, len(spans)):
        if spans[index - 1].mention is not None and spans[index].words(tokens) == "ones":
            spans[index] = replace(spans[index], concepts=frozenset({("noun", "tie")}))


_SAID_OF_TIES = ("kind", "event", "meet", "noun", "kinds", "mode", "anniversary")
_WAS = frozenset(("was", "were", "been"))


def _last_in(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Where somebody "was last in" they went: "when were we last in Kyoto?"."""
    if any(span.of(section) for span in spans for section in _SAID_OF_TIES):
        return
    for index in range(1, len(spans) - 1):
        last, there = spans[index - 1], spans[index + 1].mention
        were = _WAS & {token.text for token in tokens[: last.end]}
        if last.has(("order", "last")) and were and there is not None and spans[index].words(tokens) == "in":
            spans[index] = replace(spans[index], concepts=frozenset({("meet", "went")}))


ENGLISH: Sequence[Rule] = (
    _years_with,
    _came_for,
    _day_month_year,
    _gifts,
    _visits,
    _only,
    _ones,
    _last_in,
)
