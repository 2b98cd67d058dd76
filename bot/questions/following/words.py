"""Small words by which a question goes on otherwise than the one before: "and than Kaohsiung?", 分別是什麼時候."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.exchanges import ExchangeKind
from bot.questions.conditions import Comparing, Event, Met
from bot.questions.parts.auxiliaries import begins_with_auxiliary
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query
from bot.questions.reading.meeting_ends import MADE
from bot.questions.reading.signings import VISITS
from bot.questions.vocabulary.concepts import Concept


def asks_yes_or_no(sentence: Sentence) -> bool:
    """Whether it begins in English with the verb, so that a yes or no is asked for: "has anyone been there?"."""
    if sentence.chinese:
        return False
    words = [token.text for token in sentence.tokens]
    return begins_with_auxiliary(words) and words[-1:] != ["."]


def weighed_with(sentence: Sentence, before: Query) -> Query | None:
    """The same weighed with another place: "and than Kaohsiung?", 那比高雄呢.

    Where it is not said who is to have more, "and Kaohsiung?", nobody knows whether it is that place: `unfit`.
    """
    compare, places = before.compare, [name for name in sentence.names.values() if name.is_place]
    weighs = compare is not None and compare.how is Comparing.NUMBERS and before.asked is Asked.BOOLEAN
    if not weighs or compare is None or len(places) != 1 or len(sentence.names) != 1:
        return None
    than = sentence.all(("logic", "than"))
    others = [i for i in range(len(sentence.spans)) if sentence.means(i) and i not in (*than, places[0].span)]
    if others:
        return None
    sentence.used.update((*than, places[0].span))
    sentence.unfit = not than
    return replace(before, compare=replace(compare, others=(places[0].where,)))


_EACH = frozenset(("分別", "分别", "各", "各是", "分別是", "分别是", "each", "respectively", "they"))


def all_their_days(merged: Query, before: Query, sentence: Sentence) -> Query:
    """Each of the exchanges that were counted or told, where their days are asked for: 分別是什麼時候."""
    several = before.asked in (Asked.NUMBER, Asked.RECORDS) and before.rank is None
    dated = merged.asked is Asked.DATE and merged.about is About.EXCHANGES and before.about is About.EXCHANGES
    words = {token.text for token in sentence.tokens}
    each = bool(words & _EACH) or any(sentence.plainly(i) in _EACH for i in range(len(sentence.spans)))
    if not (several and dated and each):
        return merged
    return replace(merged, asked=Asked.RECORDS, unit=None, rank=None)


_BEGAN = frozenset(("開始", "开始", "start", "started", "begin", "began", "begun"))


def began(sentence: Sentence, before: Query) -> bool:
    """Whether it is asked when it began, after what was told of one exchange: 陸奧市有派人來常駐嗎… 什麼時候開始的."""
    said = sentence.all(("event", "signed"))
    if before.about is not About.EXCHANGES or before.exchanges == Met(within=before.exchanges.within):
        return False
    alone = bool(said) and all(sentence.plainly(i) in _BEGAN for i in said)
    return alone and not sentence.any_of("kind") and not sentence.has(("noun", "act"), ("noun", "tie"))


def without_begun(sentence: Sentence) -> None:
    """Take the word for the beginning as one that says nothing."""
    spans = list(sentence.spans)
    for i in sentence.all(("event", "signed")):
        spans[i] = spans[i].silenced()
    sentence.spans = spans


_VENUE = frozenset(("地點", "於", "在"))
_IT = frozenset(("it", "that", "this"))


def kept(before: Met, now: Met, sentence: Sentence, *, signed: bool) -> Met:
    """What exchanges were told apart by before, without the words of a question that is over.

    Where it took place is asked and narrows nothing; and what a record has to say does not hold for other exchanges,
    unless it is asked what "it" was.
    """
    if set(before.words) >= _VENUE:
        before = replace(before, words=(), kinds=before.kinds if not now.kinds else frozenset())
    words = {token.text for token in sentence.tokens}
    of_it = bool(words & _IT) and asks_yes_or_no(sentence)
    if before.kinds & VISITS and words & MADE and sentence.has(("small", "own")):
        before = replace(before, kinds=frozenset({ExchangeKind.VISIT_OUT}))  # "and how many did we make?"
    if before.told and (signed or (now.kinds and not of_it)):
        return replace(before, told=())
    return before


def asks_of_any_kind(sentence: Sentence) -> bool:
    """Whether it is asked if there are such, of whom nothing else is said: 有姊妹市嗎, "any sister cities?"."""
    said = [i for i in range(len(sentence.spans)) if sentence.means(i)]
    if sentence.names or sentence.has(("small", "own")):
        return False
    only = all(sentence.spans[i].of("kind") or sentence.spans[i].has(("ask", "whether")) for i in said)
    return only and bool(sentence.any_of("kind")) and sentence.has(("ask", "whether"))


def told_apart_by_time_or_place(query: Query) -> bool:
    """Whether ties were asked for by a time or by where they lie."""
    return (query.acts.within is not None and query.acts.event is Event.SIGNED) or not query.partner.anywhere


_HOSTS = frozenset(("host", "hosts"))
_HOSTS_CHINESE = re.compile("主办(?:方|单位|城市)|东道主|地主|是不?是?(?:我们|对方|他们|谁)主办")


def asks_for_the_host(sentence: Sentence) -> bool:
    """Whether it is asked who was host, which no record says: "were we the hosts?", 我們是主辦方嗎."""
    words = [token.text for token in sentence.tokens]
    if sentence.chinese:
        return _HOSTS_CHINESE.search("".join(words)) is not None
    said = [i for i in range(len(words)) if words[i] in _HOSTS]
    return any(
        words[i - 1 : i] in (["the"], ["our"], ["we"], ["they"]) and words[:1] != ["did"] for i in said
    )


def asks_why_not(sentence: Sentence) -> bool:
    """Whether it is asked why what was told is not so, and nothing else: "why not?", 為什麼不是."""
    said = [i for i in range(len(sentence.spans)) if sentence.means(i)]
    why = [i for i in said if sentence.spans[i].has(("ask", "why"))]
    return bool(why) and all(i in why or sentence.spans[i].has(("logic", "not")) for i in said)


_THEN = re.compile(r"\bby then\b|\bby that (?:time|day|date|point)\b|(?:届时|到时|到那时|到那天)")


def asks_as_of_then(sentence: Sentence) -> bool:
    """Whether it is asked how things are on a day that only what was told before says: "by then", 屆時."""
    if any(span.time for span in sentence.spans):
        return False
    return _THEN.search(sentence.plain) is not None


def only_names_places(sentence: Sentence, others: Sequence[Concept] = ()) -> bool:
    """Whether nothing is said but places, and words like `others`: "and Taipei and Tainan?", 那漢堡和柏林呢."""
    said = [i for i in range(len(sentence.spans)) if sentence.means(i)]
    named = [i for i in said if i in sentence.names]
    return bool(named) and all(i in sentence.names or sentence.spans[i].has(*others) for i in said)
