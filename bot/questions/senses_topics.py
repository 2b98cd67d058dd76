"""What is named before a question or pointed at beside it: 希臘方面，有哪些…, 以色列那個姊妹市, "webinars included".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence

from bot.questions.concepts import Concept
from bot.questions.lexicon import DOMESTIC, Countries
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.scripts import traditional
from bot.questions.spans import Span, clauses_of, is_passed, silence, written_in

# As for a country ---------------------------------------------------------------------------------------------------

_AS_FOR = frozenset(("for", "regarding", "concerning", "about", "on", "to"))
_IN: frozenset[Concept] = frozenset({("small", "in")})
_ASKS = (("ask", "which"), ("ask", "count"), ("ask", "list"), ("small", "does"))


@only_where((",",))
def _as_for(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What is named before a comma says where those lie that are asked for behind it: 希臘方面，有哪些城市跟…."""
    mark = next((i for i, span in enumerate(spans) if span.mark), None)
    if mark is None or mark + 2 >= len(spans) or not spans[mark + 1].has(*_ASKS):
        return
    named = next((i for i in range(mark - 1, -1, -1) if spans[i].mention is not None), None)
    if named is None or spans[named].is_place or not all(map(is_passed, spans[:named])):
        return
    if not all(map(is_passed, spans[named + 1 : mark])) or tokens[spans[mark].start].text != ",":
        return
    if not tokens[spans[named].start].text.isascii():
        silence(spans, range(named + 1, mark + 1))
    elif named == mark - 1 and named and tokens[spans[named].start - 1].text in _AS_FOR:
        spans[named - 1] = Span(spans[named - 1].start, spans[named - 1].end, concepts=_IN)


# Within a country ---------------------------------------------------------------------------------------------------


@only_where(("国内", "我国"))
def _within(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind the name of a country 國內 says no more: 西班牙國內跟德國結盟的."""
    for index in range(1, len(spans)):
        before = spans[index - 1].mention
        if before is None or not all(isinstance(each, Countries) for each in before.meanings):
            continue
        if traditional(written_in(spans[index], tokens)) in DOMESTIC:
            spans[index] = spans[index].silenced()


# Pointed at beside a name -------------------------------------------------------------------------------------------

_POINTED = {"姊妹市": "sister", "姐妹市": "sister", "伙伴": "partners", "夥伴": "partners"}


@only_where("这那该此")
def _pointed_at(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Right behind a name 那個姊妹市 is the one there, and none that was told before: 以色列那個姊妹市叫什麼."""
    for index in range(1, len(spans)):
        before, span = spans[index - 1], spans[index]
        named = before.mention is not None or "own" in before.of("small")
        kind = _POINTED.get(written_in(span, tokens).lstrip("這这那該该此座個个兩两幾几些"))
        if named and kind and span.of("pointing"):
            spans[index] = Span(span.start, span.end, concepts=frozenset({("kind", kind)}))


# Kinds of exchanges that are among those asked for ------------------------------------------------------------------

_ADDS = frozenset(
    ("including", "include", "includes", "included", "incl", "inclusive", "counted", "too", "also")
)
_BY_VIDEO = frozenset(("virtual_visit", "webinar"))


@only_where((",", ":", ";", "."))
def _included_exchanges(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A clause that lets in some of what is asked for anyhow: …開過視訊會議的有哪些，含線上研討會."""
    if not any(span.mark for span in spans):
        return
    first, *clauses = [*clauses_of(spans)] or [range(0)]
    kinds = {key for i in first for key in spans[i].of("kinds")}
    virtual = any(spans[i].of("mode") == ("virtual",) for i in first) or kinds == {"virtual_visit"}
    every = not kinds and any(spans[i].has(("noun", "exchange")) for i in first)
    if not (virtual or every):
        return
    for clause in clauses:
        added = [i for i in clause if spans[i].of("kinds") or spans[i].of("mode")]
        adds = [i for i in clause if spans[i].has(("filler", "includes")) or spans[i].words(tokens) in _ADDS]
        rest = [i for i in clause if i not in added and i not in adds and not is_passed(spans[i])]
        theirs = every or all(_BY_VIDEO & {*spans[i].of("kinds")} or spans[i].of("mode") for i in added)
        if added and adds and not rest and theirs:
            silence(spans, [*clause, clause[0] - 1])
            if virtual:
                _of_every_kind(spans, first)


def _of_every_kind(spans: list[Span], asked: range) -> None:
    """What is held by video is no longer of one kind."""
    for index in asked:
        if "virtual_visit" in spans[index].of("kinds"):
            spans[index] = Span(
                spans[index].start, spans[index].end, concepts=spans[index].concepts | {("mode", "virtual")}
            )


TOPICS: Sequence[Rule] = (
    _as_for,
    _within,
    _pointed_at,
    _included_exchanges,
)
