"""Words of English for who came, and what they brought or were shown: "which guests", "what gift did they bring".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.senses_tying import names_tie
from bot.questions.spans import AID, Span, silence

_GIVES = frozenset(
    ("give", "gave", "given", "gives", "send", "sent", "donate", "donated", "present", "presented")
)
_THINGS = frozenset(("anything", "something"))


_GETS = frozenset(("receive", "received", "get", "got"))
_GIVEN: frozenset[Concept] = frozenset({("kinds", "aid"), ("meet", "sent")})


@only_where(_GIVES | _GETS)
def _gave_anything(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether anything was given, or what to us, asks for gifts: "did we ever give anything to Dar es Salaam?"."""
    if any(map(names_tie, spans)) or not any(span.mention for span in spans):
        return
    for index, span in enumerate(spans):
        verb, *whom = span.words(tokens).split()
        if verb not in _GIVES | _GETS or whom not in ([], ["us"]):
            continue
        near = range(index + 1, min(index + len("abc"), len(spans)))
        things = [at for at in near if spans[at].words(tokens) in _THINGS]
        to_us = [at for at in range(index + 1, len(spans)) if spans[at].words(tokens) == "to us"]
        what = tokens[0].text == "what" and verb in _GIVES and bool(whom or to_us)
        if things or what:
            got = bool(whom or to_us) or verb in _GETS
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


GUESTS: Sequence[Rule] = (
    _gave_anything,
    _brought_gift,
    _which_guests,
)
