"""Ties that are asked for beside another: "which partners joined after Seattle?", "in the same year as Busan"."""

from bot.questions.conditions import Beside, Side
from bot.questions.parts.form import Form, names_partners
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import About, Asked
from bot.questions.reading.excluding import passed_over
from bot.questions.sharing.whose import Roles
from bot.questions.vocabulary.lexicon import Lexicon

_SIDES = (
    (Side.SAME_YEAR, ("logic", "same")),
    (Side.AFTER, ("time", "after")),
    (Side.AFTER, ("anniversary", "younger")),
    (Side.BEFORE, ("time", "before")),
    (Side.BEFORE, ("anniversary", "older")),
)
_STEPS = frozenset(("year", "years", "month", "months", "week", "weeks", "day", "days", "decade"))
_TWO = 2
_OF_A_CITY = frozenset(("founded", "established", "started", "win", "won", "winning", "built", "born"))
"""What a city does, or what becomes of it, without another: "was Portland founded before Seattle?"."""

_COMPARED = frozenset(("older than", "longer than", "younger than", "newer than", "shorter than"))


def read_beside(sentence: Sentence, form: Form, names: list[Name]) -> tuple[Beside, Name] | None:
    """The tie beside which others are asked for, and its name; None where there is none.

    Of lists and counts, and where it is asked whether one tie is older than another.
    """
    asked = form.asked in (Asked.PLACES, Asked.NUMBER) or (
        form.asked is Asked.BOOLEAN and _is_of_two(sentence)
    )
    if form.about is not About.TIES or not asked:
        return None
    for name in names:
        at = name.span - 1
        while at >= 0 and _is_between(sentence, at):
            at -= 1
        side = _side(sentence, at) if at >= 0 and name.is_place and len(name.choices) == 1 else None
        if side is not None:
            sentence.used.update(range(at, name.span + 1))
            return Beside(name.where.places[0], side), name
    return None


def _is_of_two(sentence: Sentence) -> bool:
    """Whether two ties are spoken of: ours, or those of a third that is named, too."""
    places = sum(name.is_place for name in sentence.names.values())
    own = sentence.has(("small", "own"))
    events = [i for i in sentence.any_of("event") if sentence.plainly(i) not in _OF_A_CITY]
    tied = names_partners(sentence) or bool(events)
    two = places == _TWO or (places == _TWO + 1 and not own)
    return tied and two and not sentence.has(("logic", "than"), ("logic", "or"))


def _is_between(sentence: Sentence, index: int) -> bool:
    """Whether a part may stand between "older than" and the name: "our tie with", "the one with"."""
    tie = sentence.spans[index].has(("noun", "tie"), ("noun", "act")) or sentence.plainly(index) == "tie with"
    signed = sentence.spans[index].has(("event", "signed"))  # "before it signed with Yokohama"
    return tie or signed or passed_over(sentence, index)


def _side(sentence: Sentence, index: int) -> Side | None:
    span = sentence.spans[index]
    if span.start and sentence.tokens[span.start - 1].text in _STEPS:
        return None  # "in the year before Seattle"
    for side, concept in _SIDES:
        said = sentence.plainly(index)
        fits = {"anniversary": said in _COMPARED, "logic": "year" in said}.get(concept[0], True)
        if span.has(concept) and fits:
            return side
    return None


def is_told_of_first(sentence: Sentence, beside: Name, roles: Roles, lexicon: Lexicon) -> bool:
    """Whether the other tie is said to be of whom both were with: "was Amiens tied to Dortmund before Leeds was?"."""
    one, other = roles.home.places, roles.partner.places
    behind = sentence.spans[beside.span + 1 : beside.span + 2]
    verb = any(span.has(("small", "does")) for span in behind)
    return verb and len(one) == len(other) == 1 and one[0].id not in lexicon.offices
