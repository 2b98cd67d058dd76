"""What was given, however English arranges that, and what guests brought: "what was sent to Uto?", "Uto got what from
Tainan?", "what did we give Prague?", "what gift did they bring along?"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import AID, Span, silence
from bot.questions.senses.meetings import SOMETHING
from bot.questions.senses.ties import names_exchange, names_tie
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept, phrases

# Given and received -------------------------------------------------------------------------------------------------

_ASKS: frozenset[Concept] = frozenset({("ask", "which")})

_GIVES = frozenset(
    ("send", "sends", "sent", "give", "gives", "gave", "given", "donate", "donated", "ship", "shipped", "present",
     "presented", "lend", "lent", "loaned", "hand", "handed", "hand over", "handed over", "sent over", "deliver",
     "delivered", "gifted")
)  # fmt: skip
_GETS = frozenset(
    ("receive", "received", "receives", "get", "got", "gets", "obtain", "obtained", "obtains", "accepted")
)
_WHAT = frozenset(
    ("what was", "what were", "what is", "what s", "what are", "what has been", "what have been")
)
_GOODS = frozenset(
    ("things", "thing", "items", "item", "goods", "objects", "object", "articles", "stuff", "supplies")
)
_WHOM = frozenset(("to", "from", "by"))


@only_where(_GIVES | _GETS)
def _what_was_given(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What was given, however it is arranged: "what was sent to Uto?", "which items did we send?", "Uto got what?"."""
    if any(map(names_exchange, spans)) or any(map(names_tie, spans)) or not any(s.is_place for s in spans):
        return
    asked = next((i for i, span in enumerate(spans) if _asks_what(span, tokens)), None)
    given = next((i for i, span in enumerate(spans) if span.words(tokens) in _GIVES | _GETS), None)
    if asked is None or given is None or not _is_of_a_thing(spans, tokens, asked):
        return
    beside = {word for i in range(len(spans)) if (word := spans[i].words(tokens)) in _WHOM}
    if not beside and not any(span.is_place for span in spans[given + 1 : given + 2]):
        return
    if any(span.of("items") or span.has(("kinds", "aid")) for span in spans if span is not spans[given]):
        return
    got = spans[given].words(tokens) in _GETS
    spans[asked] = replace(spans[asked], concepts=_ASKS)
    spans[given] = replace(
        spans[given], concepts=frozenset({("kinds", "aid"), ("meet", "received" if got else "sent")})
    )
    silence(spans, [i for i in range(asked + 1, len(spans)) if spans[i].words(tokens) in _GOODS])


def _asks_what(span: Span, tokens: Sequence[Token]) -> bool:
    words = span.words(tokens)
    return words in _WHAT or (words in ("what", "which") and span.has(("ask", "which")))


def _is_of_a_thing(spans: Sequence[Span], tokens: Sequence[Token], asked: int) -> bool:
    """Whether nothing but goods is asked for, and neither people nor a day."""
    if any(span.of("level") or span.of("people") or span.of("topics") for span in spans):
        return False
    if any(set(span.of("ask")) - {"which", "whether"} for span in spans):
        return False
    behind = spans[asked + 1] if asked + 1 < len(spans) else None
    if behind is None or spans[asked].words(tokens) != "which":
        return True
    return behind.words(tokens) in _GOODS


@only_where(("masks", "books", "vaccines", "pineapples", "ambulance", "ambulances", "pangolins", "pavilion"))
def _given_things(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What was given is meant beside that it was: "when did Taipei give masks to Prague?"."""
    for index, span in enumerate(spans):
        last = tokens[span.end - 1].text
        if span.has(("kinds", "aid")) and span.end - span.start > 1 and not span.of("items"):
            things = frozenset(each for each in phrases().get(last, ()) if each[0] == "items")
            spans[index] = replace(span, concepts=span.concepts | things)


# Guests and what they brought ---------------------------------------------------------------------------------------

_GAVE = frozenset(
    ("give", "gave", "given", "gives", "send", "sent", "donate", "donated", "present", "presented")
)


_GOT = frozenset(("receive", "received", "get", "got"))
_GIVEN: frozenset[Concept] = frozenset({("kinds", "aid"), ("meet", "sent")})


@only_where(_GAVE | _GOT)
def _gave_anything(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether anything was given, or what to us, asks for gifts: "did we ever give anything to Dar es Salaam?"."""
    if any(map(names_tie, spans)) or not any(span.mention for span in spans):
        return
    for index, span in enumerate(spans):
        verb, *whom = span.words(tokens).split()
        if verb not in _GAVE | _GOT or whom not in ([], ["us"]):
            continue
        near = range(index + 1, min(index + len("abc"), len(spans)))
        things = [at for at in near if spans[at].words(tokens) in SOMETHING]
        to_us = [at for at in range(index + 1, len(spans)) if spans[at].words(tokens) == "to us"]
        what = tokens[0].text == "what" and verb in _GAVE and bool(whom or to_us)
        if things or what:
            got = bool(whom or to_us) or verb in _GOT
            spans[index] = replace(
                span, concepts=AID | ({("small", "own")} if whom else set()) if got else _GIVEN
            )
            silence(spans, things)
            for at in to_us:
                spans[at] = replace(spans[at], concepts=frozenset({("small", "own")}))
            return


_BROUGHT = frozenset(
    ("bring along", "brought along", "bring", "brought", "bring with them", "brought with them", "carry")
)


@only_where(("bring", "brought", "carry"))
def _brought_gift(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A gift that a delegation brings is asked for, and no visit: "what gift did their delegation bring along?"."""
    gift = next((i for i, span in enumerate(spans) if span.has(("kinds", "aid"))), None)
    if gift is None:
        return
    for index in range(gift + 1, len(spans)):
        if spans[index].words(tokens) not in _BROUGHT:
            continue
        spans[index] = spans[index].silenced()
        for at in range(gift + 1, index):
            if spans[at].has(("kinds", "visit")):
                spans[at] = spans[at].silenced()
            elif spans[at].words(tokens) == "from":
                spans[at] = replace(spans[at], concepts=frozenset({("small", "with")}))


_GUESTS = frozenset(("guests", "visitors", "guest", "visitor"))


@only_where(_GUESTS)
def _which_guests(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Which guests came somewhere is which visits there were, and they received nobody."""
    counted = any(span.has(("ask", "count")) for span in spans)
    if not counted and not any(span.has(("ask", "which")) for span in spans):
        return
    for index in range(1, len(spans) - 1):
        came = spans[index + 1].has(("meet", "came")) and spans[index].has(("meet", "received"))
        if came and spans[index].words(tokens) in _GUESTS:
            meant = ("noun", "people") if counted else ("kinds", "visit")
            spans[index] = replace(spans[index], concepts=frozenset({meant}))


# What somebody did or swapped ---------------------------------------------------------------------------------------

_GETTING = frozenset(("received", "receive", "receives", "got", "get", "gets"))
_GIVING = frozenset(("give", "given", "gave", "giving", "donate"))


def _gifts(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What somebody gave to a place is a gift: "what did we give Prague?"; a talk is given in one."""
    for index, span in enumerate(spans):
        listing = span.words(tokens) in ("give us", "give me") and span.of("ask")
        if listing and index and spans[index - 1].mention:
            spans[index] = Span(span.start, span.end)  # "what did Prague give us" asks for no list
        if span.words(tokens) in _GETTING and any(each.of("items") for each in spans[index:]):
            spans[index] = replace(span, concepts=AID)  # nobody comes who receives pineapples
        if span.words(tokens) not in _GIVING or not any(s.words(tokens) == "what" for s in spans[:index]):
            continue
        behind = spans[index + 1] if index + 1 < len(spans) else None
        if behind is None or behind.mention or behind.mark or behind.words(tokens) in ("to", "us"):
            spans[index] = replace(span, concepts=AID)


_SWAPPED = frozenset(
    ("swap", "swapped", "swapping", "trade", "traded", "exchange", "exchanged", "exchanging")
)


def _visits(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Services that swap visits meet in their field, whatever that is on record as; who is posted does not visit."""
    fields = any(span.of("topics") for span in spans)
    posted = any("secondment" in span.of("items") for span in spans)
    for index, span in enumerate(spans):
        if fields and span.has(("kinds", "visit")) and tokens[span.start].text in _SWAPPED:
            spans[index] = replace(span, concepts=frozenset({("meet", "talked")}))
        elif posted and span.words(tokens) == "to us":
            spans[index] = replace(span, concepts=frozenset({("small", "own")}))


GIVEN: Sequence[Rule] = (_what_was_given, _given_things)
GUESTS: Sequence[Rule] = (
    _gave_anything,
    _brought_gift,
    _which_guests,
)
SWAPPED: Sequence[Rule] = (_gifts, _visits)
