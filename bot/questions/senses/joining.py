"""Who took on a partner in English, and what is said of that partner: "took Beit Jala on", "taken as a sister", "tiny
Puyan"; whether it was in a year that is told: "is 1997 the right year?"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import DOES, SIGNED, WHETHER, Span, next_meant
from bot.questions.senses.dates import UNITS
from bot.questions.senses.ties import names_exchange, names_tie
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

# What is said of a name ---------------------------------------------------------------------------------------------

_TWO = 2

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


# Who takes on whom --------------------------------------------------------------------------------------------------

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


_TAKING = frozenset(
    (
        "take", "takes", "took", "taken", "pick", "picks", "picked", "choose", "chose", "chosen", "select", "selected",
        "welcome", "welcomes", "welcomed", "receive", "receives", "received", "accept", "accepts", "accepted", "admit",
        "admitted", "adopt", "adopts", "adopted", "come", "comes", "came", "get", "gets", "got", "enter", "entered",
        "go", "went", "put", "bring", "brought", "include", "included", "invite", "invited", "join", "joined",
        "name", "names", "named", "declare", "declared", "recognise", "recognised", "recognize", "recognized",
    )
)  # fmt: skip
_CIRCLES = frozenset(
    ("circle", "family", "fold", "ranks", "club", "network", "list", "roll", "roster", "register", "ring", "company",
     "circle of", "family of", "network of", "list of", "roster of")
)  # fmt: skip
_INTO = frozenset(("into", "to", "on", "onto", "in", "aboard", "on to"))


def _taken_among(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is welcomed into a circle of partners, or taken as one, signed: "which city took Gdynia as a sister?"."""
    for index, span in enumerate(spans):
        if span.words(tokens) not in _TAKING:
            continue
        behind = range(index + 1, min(index + len("abcdefg"), len(spans)))
        circle = next((i for i in behind if spans[i].words(tokens) in _CIRCLES), None)
        on_it = next((i for i in behind if _is_on_list(spans[i].words(tokens))), None)
        if on_it is not None and any(map(names_tie, spans[on_it + 1 : on_it + len("abcd")])):
            _join(spans, index, on_it)
            return
        if circle is not None and any(spans[i].words(tokens) in _INTO for i in range(index, circle)):
            kinds = any(names_tie(spans[i]) for i in range(circle, min(circle + len("abcd"), len(spans))))
            whose = any(spans[i].has(("small", "own")) or spans[i].mention for i in range(index + 1, circle))
            if kinds or whose:
                _join(spans, index, circle)
                return
        as_one = next((i for i in behind if spans[i].words(tokens) == "as"), None)
        named = as_one is not None and spans[as_one - 1].mention is not None and as_one > index + 1
        before = spans[index - 1] if index else span
        named = named or (
            as_one == index + 1 and (before.mention is not None or before.has(("small", "own")))
        )
        kind = next_meant(spans, as_one) if as_one is not None else None
        if named and kind is not None and names_tie(spans[kind]):
            spans[index] = replace(span, concepts=frozenset({("event", "signed")}))
            return


def _is_on_list(words: str) -> bool:
    return words.startswith(("on the ", "in the ")) and words.split()[-2:] in (
        ["list", "of"],
        ["roll", "of"],
        ["books", "of"],
    )


def _join(spans: list[Span], verb: int, circle: int) -> None:
    """Make the verb a signing, and what it is that was entered nothing."""
    spans[verb] = replace(spans[verb], concepts=frozenset({("event", "signed")}))
    spans[circle] = spans[circle].silenced()
    for at in range(verb + 1, circle):
        if not (spans[at].mention or spans[at].has(("small", "own"), ("small", "of"), ("small", "with"))):
            spans[at] = spans[at].silenced()


# Marking and bringing -----------------------------------------------------------------------------------------------

_GOING = frozenset(("going", "about", "set", "due", "scheduled", "likely", "bound", "expected"))


@only_where(_GOING)
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


@only_where(_BRINGS)
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


# The right year -----------------------------------------------------------------------------------------------------

_RIGHT = frozenset(("right", "correct", "true", "wrong", "proper", "actual", "official"))


@only_where(("is",))
def _the_right_year(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether a year is "the right year for" a tie is whether it was signed then: "is 1997 the right year?"."""
    if not spans or spans[0].words(tokens) != "is" or len(spans) < 4 or spans[1].time is None:
        return
    for index in range(2, len(spans)):
        words = [token.text for token in tokens[spans[2].start : spans[index].end]]
        if set(words) & UNITS and words[0] == "the" and len(words) > 2 and words[1] in _RIGHT | {"year"}:
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
    _takes_on,
    _going_to_mark,
    _brings,
    _the_right_year,
)
JOINING: Sequence[Rule] = (_taken_among,)
