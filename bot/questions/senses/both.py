"""Rules for both languages: what is named before a question or pointed at beside it, 希臘方面，有哪些…, and what a
number counts: an ordinal before "anniversary", "six partners" and the six."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import SILENT, Span, clauses_of, is_passed, next_meant, silence, written_in
from bot.questions.text.normal import Token
from bot.questions.text.scripts import traditional
from bot.questions.vocabulary.concepts import Concept
from bot.questions.vocabulary.lexicon import DOMESTIC, Countries

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


# Ordinals -----------------------------------------------------------------------------------------------------------

_COUNTED: Sequence[Concept] = (("noun", "tie"), ("noun", "act"), ("noun", "exchange"), ("meet", "visit"))

_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "tenth": 10}


def _anniversaries(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The "10th anniversary" is no place in an order but a number of years."""
    for index, span in enumerate(spans):
        numbers = [_ORDINALS[key] for key in span.of("order") if key in _ORDINALS]
        behind = next_meant(spans, index) if numbers else None
        if behind is not None and spans[behind].has(("anniversary", "anniversary")):
            spans[index] = replace(span, concepts=frozenset(), number=numbers[0])
        elif _is_jubilee(spans, index, tokens):
            number = numbers[0] if numbers else span.number
            spans[index] = replace(span, concepts=frozenset({("anniversary", "anniversary")}), number=number)


_ITS = frozenset(("its", "their", "our", "the", "a", "upcoming", "coming"))


def _is_jubilee(spans: Sequence[Span], index: int, tokens: Sequence[Token]) -> bool:
    """Whether an ordinal stands alone for so many years: "when does the tie reach its 40th?"."""
    span, word = spans[index], tokens[spans[index].start].text
    ordinal = (word.endswith(("th", "st", "nd", "rd")) and (span.number or 0) >= _TEN) or span.has(
        ("order", "tenth")
    )
    behind = spans[index + 1] if index + 1 < len(spans) else None
    ends = behind is None or behind.mark or behind.time is not None or behind.has(("small", "with"))
    return ordinal and ends and span.start > 0 and tokens[span.start - 1].text in _ITS


_TEN = 10


# Places of whichever level ------------------------------------------------------------------------------------------


def _levels(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who asks for "cities or provinces" leaves the level open."""
    for index in range(1, len(spans) - 1):
        between, before, behind = spans[index], spans[index - 1], spans[index + 1]
        joined = between.has(("logic", "or"), ("small", "and"))
        if joined and before.words(tokens).endswith(("cities", "towns")) and behind.of("places"):
            spans[index], spans[index + 1] = between.silenced(), behind.silenced()
            continue  # "sister cities and provinces"
        if not joined or before.of("kind") or behind.of("kind"):
            continue
        one, other = before.of("places"), behind.of("places")
        if one and other:
            continue  # 縣或郡
        if (before.has(("noun", "city")) and other) or (one and behind.has(("noun", "city"))):
            for at in (index - 1, index + 1):
                spans[at] = replace(spans[at], concepts=frozenset({("noun", "city")}))
            spans[index] = between.silenced()


def _of_either_level(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Two words for cities in a row are one: "how many counties and cities have…", "cities or municipalities"."""
    for index in range(len(spans) - 2, 0, -1):
        if index + 1 == len(spans):
            continue  # those behind have just become one
        before, between, behind = spans[index - 1 : index + 2]
        joined = between.words(tokens) in ("and", "or") and not (before.of("kind") or behind.of("kind"))
        city = ("noun", "city")
        if joined and before.has(city) and behind.has(city) and tokens[before.start].text.isascii():
            spans[index - 1 : index + 2] = [Span(before.start, behind.end, concepts=frozenset({city}))]


# Six ----------------------------------------------------------------------------------------------------------------


@only_where(("six", "6", "one"))
def _numbers(spans: list[Span], tokens: Sequence[Token]) -> None:
    """ "Six" alone is the group of that many, but before a word for ties it is how many: "we have six partners"."""
    for index, span in enumerate(spans[:-1]):
        number = _SIX.get(tokens[span.end - 1].text) if span.mention is not None else None
        behind = _next_named(spans, index)
        if number and behind is not None and (spans[behind].of("kind") or spans[behind].has(*_COUNTED)):
            spans[index] = Span(span.start, span.end, number=number)
        more = index and spans[index - 1].has(("logic", "over"), ("logic", "under"), ("logic", "least"))
        after = spans[index + 1]
        if (
            more
            and span.words(tokens) == "one"
            and (after.of("kind") or after.mention or after.has(*_COUNTED))
        ):
            spans[index] = Span(span.start, span.end, number=1)  # "more than one partner"


_SIX = {"six": 6, "6": 6}


def _next_named(spans: Sequence[Span], index: int) -> int | None:
    """The next part that is no filler, small word or name: "six Japanese partners"."""
    behind = index + 1
    while behind < len(spans) and spans[behind].mention is not None:
        behind += 1
    return behind if behind < len(spans) else None


# Numbers that tell what is known ------------------------------------------------------------------------------------


def _which_two(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How many there are is known to who asks "which two Spanish cities…", and "both" at the end says it again."""
    if any(span.of("order") or span.of("jubilee") for span in spans):
        return
    for index, span in enumerate(spans):
        before = spans[index - 1] if index else None
        if span.number is not None and before is not None and before.has(("ask", "which")):
            behind = _next_named(spans, index)
            if behind is not None and (spans[behind].of("kind") or spans[behind].has(("noun", "city"))):
                spans[index] = span.silenced()
        last = all(each.mark or is_passed(each) for each in spans[index + 1 :])
        if span.words(tokens) in ("both", "both of them") and last and before is not None and before.mark:
            spans[index] = span.silenced()


# Who is asked for ---------------------------------------------------------------------------------------------------

_A_NAME_AND_WHO = 2


def _who_alone(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A name and "who" ask for the ties there: "Israel, who?"."""
    said = [span for span in spans if not span.mark and (span.mention or not span.concepts <= SILENT)]
    asked = [index for index, span in enumerate(spans) if span.has(("ask", "who")) and not span.of("event")]
    if len(said) == _A_NAME_AND_WHO and len(asked) == 1 and said[0].mention:
        spans[asked[0]] = replace(spans[asked[0]], concepts=frozenset({("ask", "who"), ("noun", "tie")}))


# Of persons ---------------------------------------------------------------------------------------------------------

_FACTS: frozenset[Concept] = frozenset({("scope", "facts")})
_BORN = frozenset(("birthday", "birthdays", "生 日"))


@only_where(_BORN)
def _birthdays(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A mayor's birthday is no anniversary of a tie: "when is the mayor of Chicago's birthday?"."""
    of_tie = any(span.of("kind") or span.has(*_COUNTED) or span.of("event") for span in spans)
    if of_tie or not any(span.has(("people", "mayor")) for span in spans):
        return
    for index, span in enumerate(spans):
        if span.words(tokens) in _BORN:
            spans[index] = Span(span.start, span.end, concepts=_FACTS)


# What was merged ----------------------------------------------------------------------------------------------------

_FORMER = frozenset(("former", "previous", "past", "以前的", "过去的", "从前的", "当时的", "昔日的", "旧"))


def _of_what_was_merged(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The former partners of what is no more itself are those that it had: 高雄縣以前的姊妹市."""
    named = [span.mention for span in spans if span.mention]
    places = named[0].places if len(named) == 1 else ()
    if not places or any(place.successor_id is None for place in places):
        return
    for index, span in enumerate(spans):
        if span.words(tokens).replace(" ", "") in _FORMER and span.has(("status", "ended")):
            spans[index] = span.silenced()


TOPICS: Sequence[Rule] = (
    _as_for,
    _within,
    _pointed_at,
    _included_exchanges,
)
IN_BOTH: Sequence[Rule] = (
    _anniversaries,
    _levels,
    _of_either_level,
    _numbers,
    _which_two,
    _who_alone,
    _of_what_was_merged,
    _birthdays,
)
