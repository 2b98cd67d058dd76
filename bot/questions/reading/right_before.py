"""The one tie that came right before or after another: "which city did we sign with before Gdynia?"."""

from dataclasses import replace

from bot.questions.conditions import Side
from bot.questions.parts.sentence import Sentence
from bot.questions.query import Asked, Query, Rank, RankBy

_ONE = frozenset(("哪個", "哪个", "哪一個", "哪一个", "哪座", "哪一座"))
_BESIDE = {Side.BEFORE: RankBy.LAST, Side.AFTER: RankBy.FIRST}


def right_before(query: Query, sentence: Sentence) -> Query:
    """The query of the nearest in time, where one is asked for that came before or after; of several all are meant."""
    beside = query.acts.beside
    by = _BESIDE.get(beside.side) if beside is not None else None
    open_one = query.asked is Asked.PLACES and query.rank is None and query.per is None
    if by is None or not open_one or not _is_in_time(sentence) or not _asks_for_one(sentence):
        return query
    return replace(query, rank=Rank(by))


def _is_in_time(sentence: Sentence) -> bool:
    """Whether "before" or "after" is said, and not that one is older."""
    return sentence.has(("time", "before"), ("time", "after")) and not sentence.has(
        ("anniversary", "older"), ("anniversary", "younger"), ("logic", "than")
    )


def _asks_for_one(sentence: Sentence) -> bool:
    which = sentence.all(("ask", "which"))
    if len(which) != 1:
        return False
    if sentence.chinese:
        return sentence.plainly(which[0]) in _ONE
    behind = which[0] + 1
    if behind >= len(sentence.spans) or sentence.plainly(which[0]) not in ("which", "what"):
        return False
    noun = sentence.spans[behind].of("noun") or sentence.spans[behind].of("kind")
    return bool(noun) and not sentence.plainly(behind).endswith("s")
