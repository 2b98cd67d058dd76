"""What English says of a city that took on a partner, and of that partner: "tiny Puyan", "took Beit Jala on".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule
from bot.questions.senses_tying import names_exchange, names_tie
from bot.questions.spans import DOES, SIGNED, WHETHER, Span

_TWO = 2

# What is said of a name ----------------------------------------------------------------------------------------------

_OF_A_PLACE = frozenset(
    ("tiny", "little", "small", "big", "large", "huge", "great", "mighty", "humble", "distant", "faraway", "remote",
     "lovely", "beautiful", "pretty", "picturesque", "sunny", "rainy", "snowy", "coastal", "historic", "ancient",
     "quaint", "neighbouring", "neighboring", "nearby", "bustling", "sleepy", "quiet", "rural", "landlocked", "poor",
     "rich", "wealthy", "famous", "dear", "good", "proud", "industrial", "hanseatic", "imperial")
)  # fmt: skip


def _said_of_places(spans: list[Span], tokens: Sequence[Token]) -> None:
    """An adjective right before the name of one place narrows nothing: "did tiny Puyan conclude…"."""
    for index in range(len(spans) - 1):
        span, behind = spans[index], spans[index + 1]
        if span.words(tokens) not in _OF_A_PLACE or behind.mention is None or not behind.mention.places:
            continue
        if not (span.of("order") or span.of("logic") or span.of("state") or span.of("level")):
            spans[index] = span.silenced()


def _partners_of_the(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The partners "of the municipalities in Taiwan" are theirs, and not chosen among them."""
    for index in range(1, len(spans) - 1):
        if spans[index].words(tokens) != "of the" or not spans[index].has(("logic", "among")):
            continue
        before = index - 1
        while before and (spans[before].mention is not None or spans[before].has(("small", "in"))):
            before -= 1
        if (
            spans[before].of("kind")
            and spans[index + 1].has(("noun", "city"))
            and not spans[index + 1].of("kind")
        ):
            spans[index] = replace(spans[index], concepts=frozenset({("small", "of")}))


# Who does what -------------------------------------------------------------------------------------------------------

_TAKES = frozenset(("take", "takes", "took", "taken", "taking", "bring", "brings", "brought", "land", "landed", "bag",
                    "bagged", "snap up", "snapped up"))  # fmt: skip


_BEFORE_TAKES: Sequence[Concept] = (("small", "own"), ("small", "does"), ("noun", "city"), ("small", "to"))


def _takes_on(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who "took Beit Jala on as a partner" signed with it, as did who "took partners before 1970"."""
    if (
        not any(map(names_tie, spans))
        or any(map(names_exchange, spans))
        or any(span.of("items") for span in spans)
    ):
        return
    if any(span.of("people") or span.of("level") or span.of("event") for span in spans):
        return
    for index in range(1, len(spans)):
        if spans[index].words(tokens) not in _TAKES or spans[index].of("ask"):
            continue
        before = spans[index - 1]
        subject = before.mention is not None or before.has(*_BEFORE_TAKES)
        subject = subject or any(map(names_tie, spans[:index]))
        near = range(index + 1, min(index + 4, len(spans)))
        on = next((i for i in near if spans[i].words(tokens) in ("on", "in")), None)
        if not subject:
            continue
        spans[index] = replace(spans[index], concepts=SIGNED)
        if on is not None and spans[on].time is None:
            spans[on] = spans[on].silenced()
        return


_GOING = frozenset(("going", "about", "set", "due", "scheduled", "likely", "bound", "expected"))


def _going_to_mark(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is "going to mark" a jubilee goes nowhere."""
    for index in range(len(spans) - _TWO):
        to = spans[index + 1].words(tokens) == "to"
        if (
            to
            and spans[index].words(tokens) in _GOING
            and spans[index + _TWO].has(("anniversary", "turning"))
        ):
            spans[index], spans[index + 1] = replace(spans[index], concepts=DOES), spans[index + 1].silenced()


_BRINGS = frozenset(("bring", "brings", "brought"))


def _brings(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Gifts that somebody brings are given, and people who are brought come."""
    gifts = next((i for i, span in enumerate(spans) if span.has(("kinds", "aid")) or span.of("items")), None)
    people = next((i for i, span in enumerate(spans) if span.has(("noun", "people"))), None)
    for index, span in enumerate(spans):
        if span.words(tokens) not in _BRINGS or not span.of("anniversary"):
            continue
        guests = any(each.of("level") or each.of("people") or "visit" in each.of("kinds") for each in spans)
        if gifts is not None and gifts < index and not guests:
            spans[index] = replace(span, concepts=frozenset({("meet", "sent")}))
        elif people is not None and people < index and any(each.of("ask") for each in spans[: people + 1]):
            spans[index] = replace(span, concepts=frozenset({("meet", "came")}))


_RIGHT = frozenset(("right", "correct", "true", "wrong", "proper", "actual", "official"))
_UNITS = frozenset(("year", "date", "day", "month"))


def _the_right_year(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether a year is "the right year for" a tie is whether it was signed then: "is 1997 the right year?"."""
    if not spans or spans[0].words(tokens) != "is" or len(spans) < 4 or spans[1].time is None:
        return
    for index in range(2, len(spans)):
        words = [token.text for token in tokens[spans[2].start : spans[index].end]]
        if set(words) & _UNITS and words[0] == "the" and len(words) > 2 and words[1] in _RIGHT | {"year"}:
            if "wrong" in words:
                return
            spans[0] = replace(spans[0], concepts=WHETHER)
            for at in range(2, index + 1):
                spans[at] = spans[at].silenced()
            return
        if spans[index].is_name:
            return


TAKING: Sequence[Rule] = (
    _said_of_places,
    _partners_of_the,
    _takes_on,
    _going_to_mark,
    _brings,
    _the_right_year,
)
