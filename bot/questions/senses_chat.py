"""Words of English as typed into a chat box by clerks: "just the figure", "the year Ulm signed with Brno".

The rules are of the kind that `bot.questions.senses` describes.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.remarks import names_ours
from bot.questions.rules import Rule, only_where
from bot.questions.spans import Span


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


# Places ----------------------------------------------------------------------------------------------------------


CHAT: Sequence[Rule] = (
    _but,
    _the_figure,
    _which_years,
    _friendship,
)
