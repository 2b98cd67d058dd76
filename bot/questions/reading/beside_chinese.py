"""Ties that are asked for beside another, in Chinese: 西雅圖之後簽的, 比釜山早締盟的, 和布里斯本同年的."""

from bot.questions.conditions import Beside, Side
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import About, Asked
from bot.questions.reading.excluding import passed_over

_SIDES = (
    (Side.AFTER, (("time", "after"), ("logic", "later"))),
    (Side.BEFORE, (("time", "before"), ("logic", "earlier"))),
    (Side.SAME_YEAR, (("logic", "same"),)),
)


def read_beside_in_chinese(sentence: Sentence, form: Form, names: list[Name]) -> tuple[Beside, Name] | None:
    """The tie beside which others are listed or counted, and its name; None where there is none."""
    if form.about is not About.TIES or form.asked not in (Asked.PLACES, Asked.NUMBER):
        return None
    for name in names:
        if not name.is_place or len(name.choices) != 1:
            continue
        at = name.span + 1
        while at < len(sentence.spans) and _is_passed(sentence, at):
            at += 1
        side = _side(sentence, at, name) if at < len(sentence.spans) else None
        if side is not None:
            sentence.used.update(range(name.span, at + 1))
            if name.span and sentence.spans[name.span - 1].has(("logic", "than")):
                sentence.use(name.span - 1)
            return Beside(name.where.places[0], side), name
    return None


def _is_passed(sentence: Sentence, index: int) -> bool:
    """Whether a part may stand between the name and the word that sets it beside others: 西雅圖*締盟*之後."""
    span = sentence.spans[index]
    signed = span.has(("event", "signed")) and not span.of("time")
    return not span.mark and not span.of("time") and (signed or passed_over(sentence, index))


def _side(sentence: Sentence, index: int, name: Name) -> Side | None:
    """On which side of the tie others are to lie, by the word behind its name."""
    span, before = sentence.spans[index], sentence.spans[name.span - 1] if name.span else None
    compared = before is not None and before.has(("logic", "than"))
    for side, concepts in _SIDES:
        for concept in concepts:
            if not span.has(concept):
                continue
            if concept[0] == "logic" and side is not Side.SAME_YEAR and not compared:
                continue
            if side is Side.SAME_YEAR and "年" not in sentence.plainly(index):
                continue
            return side
    return None
