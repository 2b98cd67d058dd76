"""Another place in an order that was told: "and the one after that?", "and the second most?", 再下一個呢."""

import re
from dataclasses import replace

from bot.questions.following.pointing_back import asks_what_was_before
from bot.questions.parts.sentence import Sentence
from bot.questions.query import Query, Rank, RankBy

_AFTER_THAT = re.compile(
    r"^(?:and |so |what about |what is )*"
    r"(?:the (?:one|next one|next)(?: after)?(?: (?:that|this|it))?|after (?:that|this)(?: one)?)$"
    "|^那?[再更]?[下之]?[下后]一?[个次位]?呢?$|^那?再来呢?$|^那?接下来呢?$"
)
_POSITIONS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
_BY = {
    RankBy.MOST: ("order", "most"),
    RankBy.FEWEST: ("order", "fewest"),
    RankBy.NEAREST: ("order", "nearest"),
    RankBy.FARTHEST: ("order", "farthest"),
}

_BY_IN_CHINESE = {RankBy.MOST: "多", RankBy.FEWEST: "少", RankBy.NEAREST: "近", RankBy.FARTHEST: "远"}
_CHINESE = re.compile("^那?第([二三四五])(多|少|近|远)的?(?:是)?(?:谁|哪[个里座])?呢?\\??$")


def further_along(query: Query, sentence: Sentence) -> Query | None:
    """The same of the one that follows, or of the one at a position by what the order goes by."""
    rank = one_later(query, sentence) or _at_position(query, sentence)
    if rank is None:
        return None
    sentence.used.update(range(len(sentence.spans)))
    return replace(query, rank=rank, corrected=())


def asks_what_is_after(sentence: Sentence) -> bool:
    """Whether the one after the one that was told is asked for, and nothing else."""
    words = [token.text for token in sentence.tokens if token.text.isalnum()]
    said = ("" if sentence.chinese else " ").join(words)
    return _AFTER_THAT.match(said) is not None and not asks_what_was_before(sentence)


def one_earlier(frame: Query, sentence: Sentence) -> Rank | None:
    """The one before the last, where that was told: "and before that?"."""
    last = frame.rank is not None and frame.rank.by is RankBy.LAST and frame.rank.limit == 1
    if frame.rank is None or not last or not asks_what_was_before(sentence):
        return None
    sentence.used.update(range(len(sentence.spans)))
    return replace(frame.rank, position=(frame.rank.position or 1) + 1)


def one_later(query: Query, sentence: Sentence) -> Rank | None:
    """The one after the first or next that was told."""
    rank = query.rank
    one = rank is not None and rank.by in (RankBy.FIRST, RankBy.NEXT) and rank.limit == 1
    if rank is None or not one or not asks_what_is_after(sentence):
        return None
    return replace(rank, position=(rank.position or 1) + 1)


def _at_position(query: Query, sentence: Sentence) -> Rank | None:
    """The second by number or distance, where the first was told: "and the second most?", 第二多的呢."""
    rank = query.rank
    if rank is None or rank.limit != 1 or rank.by not in _BY or sentence.names:
        return None
    if match := _CHINESE.match(sentence.plain):
        same = match[2] == _BY_IN_CHINESE[rank.by]
        return replace(rank, position="一二三四五".index(match[1]) + 1) if same else None
    said = [sentence.spans[i] for i in range(len(sentence.spans)) if sentence.means(i)]
    positions = [_POSITIONS[key] for span in said for key in span.of("order") if key in _POSITIONS]
    others = all(set(span.of("order")) & {*_POSITIONS, _BY[rank.by][1]} for span in said)
    if len(positions) != 1 or not others or len(said) != len(("second", "most")):
        return None
    return replace(rank, position=positions[0])
