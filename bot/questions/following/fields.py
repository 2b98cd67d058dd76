"""Another field in the place of the one before: "in sports?", "and in education?", 教育呢."""

from dataclasses import replace

from bot.domain.exchanges import ExchangeKind
from bot.questions.conditions import Met
from bot.questions.following.pointing_back import asks_of_those
from bot.questions.parts.sentence import Sentence
from bot.questions.reading.title_words import DEPUTIES

_FIELDS = frozenset((ExchangeKind.CULTURE, ExchangeKind.EDUCATION, ExchangeKind.SPORT))
"""Kinds of exchanges that say what they were about, as topics do."""


def of_another_field(before: Met, now: Met, sentence: Sentence) -> Met:
    """What exchanges were told apart by before, without what they were about, where that is said anew."""
    words = now.words and not now.persons and not sentence.has(DEPUTIES)
    said = bool(now.topics or words or now.kinds & _FIELDS)
    if not said or asks_of_those(sentence):
        return before
    kinds = before.kinds if before.kinds - _FIELDS else frozenset[ExchangeKind]()
    return replace(before, kinds=kinds, topics=frozenset(), words=(), persons=())
