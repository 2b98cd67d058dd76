"""Years and days in English, and what they are years of: "Year: Kiel-Coventry", "day, month, year", "ten years with
Aomori", "60 years since we signed", "right after", "is over"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import ENDED, OF_A_VISIT, SILENT, WHEN, Span, is_passed
from bot.questions.senses.persons import end_of
from bot.questions.senses.ties import names_tie
from bot.questions.text.normal import Token

# Which year or day is asked for -------------------------------------------------------------------------------------

_TWO = 2

_STANDS_FOR_WHEN = frozenset(("year", "date", "day"))


def _year_of_two(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "year" before a colon and two places asks for the year of their tie: "Year: Kiel-Coventry"."""
    if len(spans) < 4 or not spans[1].mark or any(span.of("ask") for span in spans):
        return
    places = [span for span in spans[_TWO:] if span.is_place]
    plain = all(span.mark or span.is_place or is_passed(span) or names_tie(span) for span in spans[_TWO:])
    if spans[0].words(tokens) in _STANDS_FOR_WHEN and plain and len(places) == _TWO:
        spans[0] = replace(spans[0], concepts=WHEN)


_BEGAN = frozenset(("began", "begun", "started", "start", "begin", "originated"))


@only_where(_STANDS_FOR_WHEN)
def _year_it_began(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The year in which something began is asked for where nothing else is: "I need the year our tie with X began"."""
    if any(span.of("ask") for span in spans) or not any(span.words(tokens) in _BEGAN for span in spans):
        return
    at = next((i for i, span in enumerate(spans) if span.words(tokens) in _STANDS_FOR_WHEN), None)
    wanted = at is not None and all(span.mark or is_passed(span) for span in spans[:at])
    if at is not None and wanted and at + 1 < len(spans) and spans[at + 1].has(("small", "own")):
        spans[at] = replace(spans[at], concepts=WHEN)


UNITS = frozenset(("day", "month", "year", "date"))
_BETWEEN = frozenset((",", "and", "&", "/", "or", "plus"))


@only_where(UNITS)
def _day_month_year(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Units in a row ask for the whole date: "Nagoya memorandum: day, month, year"."""
    run: list[int] = []
    for index, span in enumerate(spans):
        said = span.words(tokens)
        if said in UNITS:
            run.append(index)
        elif said not in _BETWEEN or not run:
            if sum(spans[i].words(tokens) in UNITS for i in run) > 1:
                break
            run = []
    if len(run) > 1 and not any(span.of("ask") for i, span in enumerate(spans) if i not in run):
        spans[run[0]] = replace(spans[run[0]], concepts=WHEN)
        for index in run[1:]:
            spans[index] = replace(spans[index], concepts=SILENT)


# So many years ------------------------------------------------------------------------------------------------------

_PREPARE = frozenset(("prepare", "plan", "ready", "brace", "organise", "organize"))
_APART = frozenset(("for", "in", "within", "over", "last", "past", "than", "after", "least"))


@only_where(("years",))
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


@only_where(("for",))
def _came_for(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A jubilee that somebody comes for is what the visit was about: "did a delegation come for the jubilee?"."""
    if not any(span.has(*OF_A_VISIT) for span in spans):
        return
    for index, span in enumerate(spans):
        before = [token.text for token in tokens[max(0, span.start - _TWO) : span.start]]
        for_it = len(before) == _TWO and before[0] == "for" and before[1] in _THE
        if for_it and span.has(("anniversary", "anniversary")) and span.number is None:
            spans[index] = replace(span, concepts=frozenset({("items", "jubilee")}))


@only_where(("since", "after"))
def _years_since(spans: list[Span], tokens: Sequence[Token]) -> None:
    """So many years since a signing are an anniversary of it: "when will it have been 60 years since we signed?"."""
    words = {token.text for token in tokens}
    coming = any(span.has(("ask", "when")) for span in spans) and words & {
        "will",
        "shall",
        "ll",
        "is",
        "are",
        "do",
        "be",
    }
    for index in range(2, len(spans) - 2):
        years = spans[index - 1].words(tokens) == "years" and spans[index - 2].number is not None
        signed = any(span.has(("event", "signed")) for span in spans[index + 1 :])
        if spans[index].words(tokens) in ("since", "after") and years and signed and coming:
            spans[index] = spans[index].silenced()


# After and over -----------------------------------------------------------------------------------------------------

_RIGHT = frozenset(("right", "directly", "immediately", "straight", "shortly", "just", "soon"))


@only_where(_RIGHT)
def _right_after(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who came right after a place is one, and not all that came later: it is asked back."""
    for index in range(len(spans) - _TWO):
        beside = spans[index + 1].has(
            ("time", "after"), ("time", "before"), ("logic", "earlier"), ("logic", "later")
        )
        if beside and spans[index].words(tokens) in _RIGHT and spans[index + _TWO].is_place:
            spans[index] = Span(spans[index].start, spans[index].end)


@only_where(("over",))
def _is_over(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A tie that "is over" ended: "why is the tie of Prague with Beijing over?"."""
    end = end_of(spans)
    last = spans[end - 1] if end > 1 else None
    if last is None or last.words(tokens) != "over" or not last.has(("event", "ended")):
        return
    tied = any(map(names_tie, spans)) or sum(span.is_place for span in spans) > 1
    if tied and not any(span.number is not None or span.time for span in spans):
        spans[end - 1] = replace(last, concepts=ENDED)


YEARS: Sequence[Rule] = (_year_of_two, _year_it_began, _right_after)
DATES: Sequence[Rule] = (
    _years_with,
    _came_for,
    _day_month_year,
)
OVER_TIME: Sequence[Rule] = (_is_over, _years_since)
