"""Words of English as typed into a chat box by clerks: "just the figure", "the year Ulm signed with Brno".

The rules are of the kind that `bot.questions.senses` describes.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.remarks import names_ours
from bot.questions.rules import Rule, only_where
from bot.questions.spans import WHEN, Span


@only_where(("but",))
def _but(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "but" before what is asked only leads to it: "they are friends, but since when?"."""
    for index in range(1, len(spans) - 1):
        behind = spans[index + 1]
        asks = behind.has(
            ("ask", "when"), ("ask", "age"), ("ask", "count"), ("ask", "whether")
        ) or behind.has(("filler", "lead"))
        if spans[index].words(tokens) == "but" and asks and not spans[index].known:
            spans[index] = spans[index].silenced()


# What is asked for -----------------------------------------------------------------------------------------------

_JUST_THE_FIGURE = re.compile(
    r"(?:(?:just|only|simply) )?(?:the|a|one) (?:\w+ )?(?:number|figure|count|total)(?: only)?|number only|figure only"
)


def _the_figure(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who wants "just the figure" wants them counted where nothing else is asked: "the figure: partners of Ulm"."""
    if any(set(span.of("ask")) - {"list"} for span in spans):
        return
    if not any(span.of("kind") or span.has(("noun", "tie"), ("noun", "exchange")) for span in spans):
        return
    for index, span in enumerate(spans):
        if span.of("filler") and _JUST_THE_FIGURE.fullmatch(span.words(tokens)):
            spans[index] = replace(span, concepts=frozenset({("ask", "count")}))
            return


_DATES = frozenset(("year", "date", "day", "month"))


def _the_year(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The year somebody did something is when: "I need the year Heidelberg teamed up with Kumamoto"."""
    if any(set(span.of("ask")) - {"list", "whether"} for span in spans):
        return
    for index in range(1, len(spans) - 1):
        span, behind = spans[index], spans[index + 1]
        subject = behind.mention is not None or "own" in behind.of("small")
        done = any(each.has(("event", "signed"), ("event", "ended")) for each in spans[index + 2 :])
        the = tokens[span.start - 1].text == "the"
        if span.words(tokens) in _DATES and the and subject and done and _touch(behind, tokens):
            spans[index] = replace(span, concepts=WHEN)
            return


def _touch(span: Span, tokens: Sequence[Token]) -> bool:
    """Whether no dash or mark parts it from what stands before."""
    return not any(mark in tokens[span.start].gap for mark in "-–—:,(")


_YEARS = frozenset(("which years", "which dates", "which days", "what years", "what dates"))
_GIVEN = frozenset(
    (
        "named", "given", "stated", "mentioned", "quoted", "cited", "claimed", "circulating", "around", "told",
        "are named", "are given", "are stated", "are mentioned", "are quoted", "are cited", "are claimed",
    )
)  # fmt: skip


@only_where(_YEARS)
def _which_years(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who asks for the years that are given of one tie wants all: "which years are named for Ulm's tie with Brno?"."""
    named = sum(names_ours(span) or "own" in span.of("small") for span in spans)
    for index, span in enumerate(spans[:-1]):
        given = [i for i in range(index + 1, min(index + 4, len(spans))) if spans[i].words(tokens) in _GIVEN]
        if span.words(tokens) in _YEARS and given and named > 1:
            spans[given[0]] = spans[given[0]].silenced()
            spans[index] = replace(span, concepts=span.concepts | {("noun", "disputed")})


# Ties ------------------------------------------------------------------------------------------------------------


def _friendship(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A friendship whose beginning is asked for is any tie; a friendship city is one: "since when our friendship"."""
    if not any(span.has(("ask", "when"), ("ask", "age")) for span in spans):
        return
    if sum(span.of("kind") != () for span in spans) > 1 or not any(map(names_ours, spans)):
        return
    for index, span in enumerate(spans):
        if span.words(tokens) == "friendship" and span.has(("kind", "friendship")):
            spans[index] = replace(span, concepts=frozenset({("noun", "tie")}))


@only_where(("rather than", "instead of"))
def _rather_than(spans: list[Span], tokens: Sequence[Token]) -> None:
    """One kind rather than another leaves that out: "a friendship rather than a full partnership"."""
    for index in range(1, len(spans) - 1):
        behind = next((s for s in spans[index + 1 :] if s.words(tokens) not in ("a", "an", "the")), None)
        kinds = any(span.of("kind") for span in spans[:index]) and behind is not None and behind.of("kind")
        if kinds and spans[index].words(tokens) in ("rather than", "instead of"):
            spans[index] = replace(spans[index], concepts=frozenset({("logic", "except")}))


_MERELY = frozenset(("merely", "only", "just", "simply", "purely", "solely"))
_LESSER = (("kind", "friendship"), ("kind", "mou"), ("kind", "contact"), ("kind", "project"))
_BE = frozenset(("is", "are", "was", "were", "re", "s"))


def _merely(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Those that "are merely" of a lesser kind are of it: "which ones are merely friendship cities?"."""
    if not any(
        span.has(("ask", "which"), ("ask", "who"), ("ask", "list"), ("ask", "count")) for span in spans
    ):
        return
    for index in range(1, len(spans) - 1):
        be = tokens[spans[index].start - 1].text in _BE
        if be and spans[index].words(tokens) in _MERELY and spans[index + 1].has(*_LESSER):
            spans[index] = spans[index].silenced()


# Places ----------------------------------------------------------------------------------------------------------

_TOWN_OF = frozenset(("city", "town", "port", "village", "municipality", "capital", "metropolis", "borough"))


def _town_of(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What a town is called besides its name says nothing more: "the Crimean town of Simferopol"."""
    for index in range(1, len(spans) - 1):
        span, behind = spans[index], spans[index + 1]
        words = [token.text for token in tokens[behind.start : behind.end]]
        town = (
            behind.mention is not None
            and len(words) > len("ab")
            and words[0] in _TOWN_OF
            and words[1] == "of"
        )
        the = tokens[span.start - 1].text == "the"
        if town and the and not span.mark and (not span.known or (span.mention and not names_ours(span))):
            spans[index] = span.silenced()


_NOW = frozenset(
    ("now", "today", "nowadays", "formerly", "once", "alias", "aka", "earlier", "previously", "or")
)


def _renamed(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A place by its other name is named once: "Königsberg, now Kaliningrad: which cities…"."""
    for index, span in enumerate(spans):
        if span.mention is None or not span.mention.places:
            continue
        behind = index + 1
        while behind < len(spans) and (spans[behind].mark or spans[behind].words(tokens) in _NOW):
            behind += 1
        if index + 1 < behind < len(spans) and spans[behind].mention is not None:
            again = spans[behind].mention
            if again is not None and set(map(repr, again.places)) & set(map(repr, span.mention.places)):
                spans[index:behind] = [each.silenced() for each in spans[index:behind]]


_MAY_CALL = frozenset(
    ("can we call", "may we call", "can i call", "do we call", "can one call", "could we call")
)


def _may_call(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Since when we "can call Marseille a partner" asks for the day alone."""
    asked = False
    for index, span in enumerate(spans):
        if asked and span.words(tokens) in _MAY_CALL:
            spans[index] = replace(span, concepts=frozenset({("small", "own")}))
        asked = asked or span.has(("ask", "when"), ("ask", "age"), ("ask", "count"), ("ask", "which"))


CHAT: Sequence[Rule] = (
    _but,
    _the_figure,
    _the_year,
    _which_years,
    _friendship,
    _rather_than,
    _merely,
    _town_of,
    _renamed,
    _may_call,
)
