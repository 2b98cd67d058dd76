"""Whether visits of both directions are meant: made and received, to and from, incoming and outgoing."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query
from bot.questions.text.normal import Sort

_IN, _OUT = frozenset(("came", "received")), frozenset(("went", "sent"))
_IN_WORDS = frozenset(
    ("incoming", "inbound", "receive", "received", "host", "hosted", "from", "in", "接", "来", "自")
)
_OUT_WORDS = frozenset(
    ("outgoing", "outbound", "make", "made", "paid", "pay", "undertake", "undertook", "to", "out", "出", "往", "去")
)  # fmt: skip
_JOINS = frozenset(
    ("and", "or", "&", "/", "和", "与", "及", "跟", "或", "、", "以及", "還", "还", "有", "也")
)
_PAIRS = (("to", "from"), ("from", "to"), ("in", "out"), ("out", "in"), ("and", "back"))
_LITTLE = frozenset(
    ("to", "from", "have", "has", "did", "we", "they", "us", "them", "had", "been", "were", "was", "by", "who",
     "whom")
)  # fmt: skip


def goes_both_ways(sentence: Sentence) -> bool:
    """Whether two words that stand side by side, with "and" or "or", say that somebody came and that somebody went."""
    words = [token.text for token in sentence.tokens]
    if any(words[i] in _JOINS and (words[i - 1], words[i + 1]) in _PAIRS for i in range(1, len(words) - 1)):
        return sentence.has(("meet", "visit"), ("kinds", "visit"), ("noun", "exchange"))
    ways = [(i, way) for i in range(len(sentence.spans)) if (way := _way(sentence, i)) is not None]
    return any(
        one != other and _are_joined(sentence, words, first, second)
        for (first, one), (second, other) in pairwise(ways)
    )


def _way(sentence: Sentence, index: int) -> bool | None:
    """Whether a part says that somebody came (True) or went; None where it says neither, or both."""
    span = sentence.spans[index]
    meet = set(span.of("meet"))
    said = {sentence.tokens[i].text for i in range(span.start, span.end)}
    came = bool(meet & _IN) or (bool(meet) and not said.isdisjoint(_IN_WORDS))
    went = bool(meet & _OUT) or (bool(meet) and not said.isdisjoint(_OUT_WORDS))
    return came if came is not went else None


def _are_joined(sentence: Sentence, words: Sequence[str], first: int, second: int) -> bool:
    """Whether nothing but "and" stands between two parts: "made and received", 出訪和接待."""
    between = words[sentence.spans[first].end : sentence.spans[second].start]
    return not _JOINS.isdisjoint(between) and all(word in _JOINS or word in _LITTLE for word in between)


_EITHER = frozenset(("or", "/", "或"))


def wants_both(query: Query, sentence: Sentence) -> bool:
    """Whether both directions are wanted at once, of which either would do: "have they come, and have we gone?"."""
    of_exchanges = query.about is About.EXCHANGES or query.met is not None or query.unmet is not None
    asked = query.asked in (Asked.BOOLEAN, Asked.PLACES) and of_exchanges
    return asked and goes_both_ways(sentence) and _EITHER.isdisjoint(token.text for token in sentence.tokens)


def apart_by_direction(query: Query, sentence: Sentence) -> Query:
    """Visits of both directions, each counted for itself, are told apart by their kind: 出訪與來訪各幾次."""
    counted = query.asked is Asked.STATISTICS and query.per is Per.HOME and query.compare is None
    exchanges = counted and query.about is About.EXCHANGES
    return replace(query, per=Per.KIND) if exchanges and goes_both_ways(sentence) else query


_VISITS = frozenset(("visit", "visits", "delegations", "delegation", "trips", "missions"))
_HAVE = frozenset(("have", "has", "got"))


def has_visits(sentence: Sentence, index: int) -> bool:
    """Whether somebody has visits, and is not said to have made them: "do we have any visits planned?"."""
    said = sentence.plainly(index).split()
    spans = sentence.spans
    before = [
        i for i in range(index - 1, -1, -1) if not (spans[i].of("filler") or "own" in spans[i].of("small"))
    ]
    had = bool(before) and sentence.tokens[spans[before[0]].end - 1].text in _HAVE
    return bool(said) and said[-1] in _VISITS and had and not sentence.chinese


def are_had(sentence: Sentence, index: int, goal: int) -> bool:
    """Whether it is asked for visits that somebody has, whoever made them: "what visits do we have planned?"."""
    behind = [token.text for token in sentence.tokens[sentence.spans[goal].end :]]
    return index < goal and behind[:1] != [] and behind[0] in _HAVE and "from" not in behind


_OF_A_PLACE = (["of"], ["of", "the"], ["for"], ["for", "the"])
_KEPT = frozenset(("记录", "纪录", "资料"))


def are_of_a_place(sentence: Sentence, index: int, home: set[int], partner: set[int]) -> bool:
    """Whether visits are only said to be a place's, whoever made them: "visits on file for Dresden", 臺北的訪問."""
    if sentence.chinese:
        return not partner and _is_noun_of(sentence, index, home)
    behind = next((i for i in sorted(home | partner) if i > index and i in sentence.names), None)
    if behind is None or sentence.plainly(index) != "visits":
        return False
    start = sentence.spans[behind].start
    words = [token.text for token in sentence.tokens[sentence.spans[index].end : start]]
    people = any(sentence.spans[i].of("people") for i in range(index, min(behind + 3, len(sentence.spans))))
    return not people and (words[-1:] == ["for"] or (words in _OF_A_PLACE and not partner))


def _is_noun_of(sentence: Sentence, index: int, home: set[int]) -> bool:
    """Whether 訪問 is a noun: 臺北的訪問, 臺北有哪些訪問紀錄."""
    if sentence.plainly(index) not in ("访问", "訪問") or not index:
        return False
    before = index - 1
    owned = (
        before and sentence.plainly(before) == "的" and before - 1 in home and before - 1 in sentence.names
    )
    asked = sentence.spans[before].has(("ask", "which")) and sentence.plainly(before) in _WHICH
    ends = [each for each in sentence.tokens[sentence.spans[index].end :] if each.sort is not Sort.MARK]
    kept = "".join(token.text for token in ends[:2]) in _KEPT
    return bool(owned) or (asked and not ends) or (asked and kept)


_WHICH = frozenset(("哪些", "什么", "什麼", "甚麼", "甚么"))
