"""Words that stand for a kind of exchanges and say more than that: 龍舟 is no other sport, 青少年 no other education.

What they say may be logged as another kind, too, so that they are looked for by that and not by the kind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.exchanges import ExchangeKind
from bot.domain.profiles import Topic
from bot.questions.conditions import Met
from bot.questions.parts.sentence import Sentence
from bot.questions.text.scripts import traditional

_YOUTH = ("青少年", "青年", "youth", "young people")
_BOATS = ("龍舟", "dragon boat", "dragon-boat")


def by_their_word(sentence: Sentence, said: Sequence[int], met: Met) -> Met:
    """The exchanges by what such a word says, where one stands for the only kind that is asked for."""
    for kind, words in _WORDS.items():
        if met.kinds != {kind} or met.words:
            continue
        telling = [i for i in said if kind.value in sentence.spans[i].of("kinds")]
        if not telling or not all(_holds(sentence, i, words) for i in telling):
            continue
        if words is _YOUTH:
            return replace(met, kinds=frozenset(), topics=met.topics | {Topic.YOUTH})
        return replace(met, kinds=frozenset(), words=words[:2] if sentence.chinese else words[1::-1])
    return met


_WORDS: Mapping[ExchangeKind, tuple[str, ...]] = {ExchangeKind.EDUCATION: _YOUTH, ExchangeKind.SPORT: _BOATS}


def _holds(sentence: Sentence, index: int, words: Sequence[str]) -> bool:
    said = traditional(sentence.written(index)) if sentence.chinese else sentence.plainly(index)
    return any(word in said for word in words)
