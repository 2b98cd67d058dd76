"""Words of English as typed into a chat box by clerks: "just the figure", "the year Ulm signed with Brno".

The rules are of the kind that `bot.questions.senses` describes.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.remarks import names_ours
from bot.questions.spans import SILENT, Span

_WHEN: frozenset[Concept] = frozenset({("ask", "when")})


def _but(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "but" before what is asked only leads to it: "they are friends, but since when?"."""
    for index in range(1, len(spans) - 1):
        behind = spans[index + 1]
        asks = behind.has(
            ("ask", "when"), ("ask", "age"), ("ask", "count"), ("ask", "whether")
        ) or behind.has(("filler", "lead"))
        if spans[index].words(tokens) == "but" and asks and not spans[index].known:
            spans[index] = spans[index].silenced()


def _how_old(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind a question for the years "old" says it again: "how many years is the tie with Brno old?"."""
    aged = False
    for index, span in enumerate(spans):
        aged = aged or span.has(("ask", "age"))
        if aged and span.words(tokens) == "old" and _ends(spans, index):
            spans[index] = span.silenced()


def _ends(spans: Sequence[Span], index: int) -> bool:
    """Whether a clause ends with a part."""
    return index + 1 == len(spans) or spans[index + 1].mark


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
            spans[index] = replace(span, concepts=_WHEN)
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


def _which_years(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who asks for the years that are given of one tie wants all: "which years are named for Ulm's tie with Brno?"."""
    named = sum(names_ours(span) or "own" in span.of("small") for span in spans)
    for index, span in enumerate(spans[:-1]):
        given = any(each.words(tokens) in _GIVEN for each in spans[index + 1 : index + 4])
        if span.words(tokens) in _YEARS and given and named > 1:
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


_LASTED = frozenset(("existed", "lasted", "stood", "endured", "been", "run", "survived", "held"))
_FOR_YEARS = re.compile(r"for (?:exactly )?(\d{1,3}) years")


def _will_have_lasted(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What will have lasted for so many years has that anniversary: "will have existed for 30 years in 2027"."""
    words = [token.text for token in tokens]
    will = any(one in ("will", "ll") and other == "have" for one, other in pairwise(words))
    if not will:
        return
    for index, span in enumerate(spans):
        years = _FOR_YEARS.fullmatch(span.words(tokens)) if span.time is not None else None
        if years and any(each.time is not None for each in spans[index + 1 :]):
            turning = frozenset({("anniversary", "turning")})
            number = Span(span.end - 2, span.end - 1, concepts=turning, number=int(years[1]))
            spans[index : index + 1] = [
                Span(span.start, span.end - 2, concepts=SILENT), number, Span(span.end - 1, span.end, concepts=SILENT),
            ]  # fmt: skip
            for at in range(index):
                if spans[at].words(tokens) in _LASTED:
                    spans[at] = spans[at].silenced()
            return


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


# Exchanges -------------------------------------------------------------------------------------------------------

_HERE = frozenset(("here", "over here", "with us", "in town"))
_WERE = frozenset(("was", "were", "been", "be", "is", "are"))


def _were_here(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who "was here" came: "when were the pupils from Columbus here?"."""
    if any(
        span.of("kind") or span.of("event") or span.has(("noun", "tie"), ("noun", "act")) for span in spans
    ):
        return
    were = next((i for i, span in enumerate(spans) if tokens[span.end - 1].text in _WERE), None)
    if were is None:
        return
    for index in range(were + 1, len(spans)):
        span = spans[index]
        somebody = any(
            each.mention is not None or each.of("people") or each.of("level") or each.has(("noun", "people"))
            for each in spans[were:index]
        )
        if span.words(tokens) in _HERE and somebody and not span.has(("meet", "came")):
            spans[index] = replace(span, concepts=frozenset({("meet", "came")}))
            return


def _sport_on_record(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A field that is on record with somebody is an exchange in it: "have we got sport on record with Graz?"."""
    if any(
        span.of("kind") or span.has(("noun", "tie"), ("noun", "act"), ("noun", "exchange")) for span in spans
    ):
        return
    fields = [i for i, span in enumerate(spans) if span.of("topics") and not span.of("scope")]
    has = bool(spans) and spans[0].words(tokens) in _HAVE
    named = any(map(names_ours, spans)) and any(span.words(tokens) == "with" for span in spans)
    met = any(span.of("meet") or span.of("kinds") for span in spans if span.words(tokens) != "got")
    if len(fields) == 1 and has and named and not met:
        spans[fields[0]] = replace(
            spans[fields[0]], concepts=spans[fields[0]].concepts | {("noun", "exchange")}
        )
        for index, span in enumerate(spans[: fields[0]]):
            if span.words(tokens) == "got":
                spans[index] = span.silenced()


_HAVE = frozenset(
    ("have", "do", "is", "is there", "are there", "was there", "has there been", "did", "does", "has")
)


def _present(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who was present took part, and was no gift: "which partner was present at the conference?"."""
    for index in range(1, len(spans)):
        before = tokens[spans[index].start - 1].text
        if spans[index].words(tokens) == "present" and before in _WERE:
            spans[index] = replace(spans[index], concepts=frozenset({("meet", "held")}))


CHAT: Sequence[Callable[[list[Span], Sequence[Token]], None]] = (
    _but,
    _how_old,
    _the_figure,
    _the_year,
    _which_years,
    _friendship,
    _merely,
    _will_have_lasted,
    _town_of,
    _renamed,
    _were_here,
    _sport_on_record,
    _present,
)
