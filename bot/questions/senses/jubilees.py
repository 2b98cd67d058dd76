"""How many years a tie has or will have in English, and that there was nothing "for ages": "30th with Brisbane", "when
will we get there?", "will have existed for 30 years"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import Span, is_passed, next_meant
from bot.questions.senses.ties import names_exchange, names_tie
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

# Which jubilee it is ------------------------------------------------------------------------------------------------

_ROUND = 5


def _ordinal_with(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A round number of a partner that opens a question is one of years: "30th with Brisbane: when is it?"."""
    first = next((i for i, span in enumerate(spans) if not (span.mark or is_passed(span))), None)
    if first is None or any(
        span.of("anniversary") and span.has(("anniversary", "anniversary")) for span in spans
    ):
        return
    span = spans[first]
    words = span.words(tokens)
    ordinal = words.endswith(("th", "st", "nd", "rd")) and span.time is None
    behind = next_meant(spans, first)
    with_it = first + 1 < len(spans) and spans[first + 1].words(tokens) in ("with", "of", "for")
    named = behind is not None and spans[behind].mention is not None
    if span.number and span.number % _ROUND == 0 and ordinal and with_it and named:
        spans[first] = replace(span, concepts=frozenset({("anniversary", "anniversary")}))


# Reaching so many years ---------------------------------------------------------------------------------------------


@only_where(("will",))
def _will_have_been(spans: list[Span], tokens: Sequence[Token]) -> None:
    """When they will have been together so long is a jubilee: "when will they have been partners for 50 years?"."""
    words = [token.text for token in tokens]
    if "will" not in words or not any(span.has(("ask", "when")) for span in spans):
        return
    been = next((i for i, span in enumerate(spans) if span.words(tokens) in ("been", "have been")), None)
    lasting = next((i for i, s in enumerate(spans) if s.time and tokens[s.start].text == "for"), None)
    if (
        been is not None
        and lasting is not None
        and spans[lasting].end - spans[lasting].start == len(("for", "60", "years"))
    ):
        at = spans[lasting].start
        years = int(tokens[at + 1].text) if tokens[at + 1].text.isdigit() else None
        number = Span(at + 1, at + 2, number=years)
        if years is not None and tokens[at + 2].text in ("years", "yrs"):
            spans[lasting : lasting + 1] = [
                Span(at, at + 1).silenced(),
                number,
                Span(at + 2, at + 3).silenced(),
            ]
    counted = [i for i, span in enumerate(spans) if span.number is not None]
    if been is None or not counted or counted[0] < been or words[spans[been].end - 2] not in ("have", "will"):
        return
    if not any(token.text in ("years", "yrs", "decades") for token in tokens[spans[counted[0]].start :]):
        return
    spans[been] = replace(spans[been], concepts=frozenset({("anniversary", "turning")}))
    for index in range(been + 1, counted[0]):
        if spans[index].words(tokens) in (
            "for",
            "together",
            "partners",
            "twinned",
            "sisters",
            "paired",
            "friends",
        ):
            spans[index] = spans[index].silenced()


_PERFECT = frozenset(("has", "have", "ve"))
_REACHED = frozenset(
    ("reached", "passed", "turned", "completed", "hit", "marked", "celebrated", "topped", "exceeded")
)


def _has_reached(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A tie that "has reached fifty years" has at least so many: "which has passed its half century?"."""
    if any(span.time for span in spans) or not any(
        span.has(("ask", "which"), ("ask", "count")) for span in spans
    ):
        return
    for index in range(1, len(spans)):
        before = {spans[i].words(tokens) for i in range(max(0, index - 2), index)}
        if spans[index].words(tokens) not in _REACHED or not before & _PERFECT:
            continue
        behind = next_meant(spans, index)
        if behind is None:
            return
        if spans[behind].number is not None or spans[behind].of("jubilee"):
            spans[index] = replace(spans[index], concepts=frozenset({("anniversary", "older")}))
            return


_TURNING: frozenset[Concept] = frozenset({("anniversary", "turning")})


_TWO = 2
_GETS = frozenset(("get", "gets", "reach", "reaches", "get to", "gets to"))


@only_where(("get", "gets", "reach", "reaches"))
def _gets_there(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who gets to a number of years reaches that anniversary: "30 years with Brisbane: when will we get there?"."""
    number = next((i for i, span in enumerate(spans) if span.number is not None), None)
    if number is None or number + 1 == len(spans) or spans[number + 1].words(tokens) not in ("years", "yrs"):
        return
    for index in range(number + _TWO, len(spans) - 1):
        goal = spans[index + 1].words(tokens)
        if spans[index].words(tokens) in _GETS and goal in ("there", "it", "that", "to it"):
            spans[index] = replace(spans[index], concepts=_TURNING)
            spans[index + 1] = spans[index + 1].silenced()
            return


# How long it has lasted ---------------------------------------------------------------------------------------------


@only_where(("old",))
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


_LASTED = frozenset(
    ("existed", "lasted", "stood", "endured", "been", "run", "survived", "held", "going", "around")
)


@only_where(("has", "have", "will", "ll", "would", "shall"))
def _for_years(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What will have lasted for so many years has that anniversary: "will have existed for 30 years in 2027"."""
    words = [token.text for token in tokens]
    will = bool({"will", "ll", "would", "shall"} & set(words)) and bool({"have", "be"} & set(words))
    if not (will or {"has", "have"} & set(words)) or any(span.of("meet") for span in spans):
        return
    for index, span in enumerate(spans):
        if span.words(tokens) not in ("years", "yrs") and span.time is None:
            continue
        number, first = _number_of_years(spans, index, tokens)
        dated = any(each.time is not None for each in spans[index + 1 :])
        asked = will and any(each.has(("ask", "when")) for each in spans)
        if number and (asked or dated):
            end = spans[index].end
            spans[first : index + 1] = [
                Span(spans[first].start, end - 2).silenced(),
                Span(end - 2, end - 1, concepts=_TURNING, number=number),
                Span(end - 1, end).silenced(),
            ]
            for at in range(first):
                if spans[at].words(tokens) in _LASTED:
                    spans[at] = spans[at].silenced()
            return


def _number_of_years(spans: Sequence[Span], index: int, tokens: Sequence[Token]) -> tuple[int | None, int]:
    """The number of "for fifty years" that ends with a part, and where that begins."""
    span = spans[index]
    if span.time is not None:
        words = span.words(tokens).split()
        counted = len(words) == len(("for", "50", "years")) and words[0] == "for" and words[2] == "years"
        return (int(words[1]) if counted and words[1].isdigit() else None), index
    if index < 2 or spans[index - 1].number is None or tokens[spans[index - 2].start].text != "for":
        return None, index
    return spans[index - 1].number, index - 2


# How long there was nothing -----------------------------------------------------------------------------------------

_FOR_AGES = re.compile(
    r"\b(?:in|for|since) (?:ages|forever|(?:a|so) (?:very )?long(?: time| while)?|yonks|a (?:good )?while)\b"
)


def _is_contact(span: Span) -> bool:
    """Whether it is said of contact in general, and not of a visit."""
    return not span.has(("meet", "visit")) and (span.has(("meet", "talked")) or names_exchange(span))


@only_where(("ages", "forever", "long", "yonks", "while"))
def _not_for_ages(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whom we have not talked to in ages are those with whom it has become quiet: of no number of years is it said."""
    said = _FOR_AGES.search(" ".join(token.text for token in tokens))
    denied = next((i for i, span in enumerate(spans) if span.has(("logic", "not"))), None)
    if said is None or denied is None or any(span.time for span in spans):
        return
    behind = range(denied + 1, len(spans))
    talks = next((i for i in behind if _is_contact(spans[i])), None)
    begin = " ".join(token.text for token in tokens)[: said.start()].count(" ")
    ages = range(begin, begin + said.group().count(" ") + 1)
    if talks is None or spans[talks].end > begin:
        return
    spans[denied] = spans[denied].silenced()
    for index, span in enumerate(spans):
        if span.start in ages:
            spans[index] = span.silenced()
    spans[talks] = replace(spans[talks], concepts=frozenset({("state", "dormant")}))


# Friends ------------------------------------------------------------------------------------------------------------


@only_where(("friends", "the", "friend"))
def _friends_of(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The friends of a place are its partners where nothing else is spoken of: "the Japanese friends of Changhua"."""
    others = any(
        names_tie(s)
        or s.of("kinds")
        or s.of("meet")
        or s.of("event")
        or s.of("people")
        or s.has(("noun", "exchange"))
        for s in spans
    )
    for index, span in enumerate(spans):
        if not others and span.words(tokens) in ("friends of", "the friends of", "friend of"):
            spans[index] = replace(span, concepts=frozenset({("noun", "tie"), ("small", "of")}))


JUBILEES: Sequence[Rule] = (
    _ordinal_with,
    _will_have_been,
    _has_reached,
    _friends_of,
)
LASTING: Sequence[Rule] = (
    _not_for_ages,
    _gets_there,
    _how_old,
    _for_years,
)
