"""Words of English for how long something has lasted: "will have existed for 30 years", "their 60th".

The rules are of the kind that `bot.questions.senses` describes.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.senses_tying import names_exchange
from bot.questions.spans import Span

_TURNING: frozenset[Concept] = frozenset({("anniversary", "turning")})


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


_FOR_AGES = re.compile(
    r"\b(?:in|for|since) (?:ages|forever|(?:a|so) (?:very )?long(?: time| while)?|yonks|a (?:good )?while)\b"
)


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


_TWO = 2
_GETS = frozenset(("get", "gets", "reach", "reaches", "get to", "gets to"))


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


LASTING: Sequence[Rule] = (
    _not_for_ages,
    _gets_there,
    _how_old,
    _for_years,
)
