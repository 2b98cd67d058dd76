"""Who gave what to whom, which is on record in words alone: who asks for the giver is asked back."""

import re

from bot.domain.exchanges import ExchangeKind
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Query

_GAVE = frozenset(("give", "gave", "donate", "donated", "gifted", "hand over", "handed over", "handed"))


def gave_the_other_way(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked what partners gave to us, where who gave is not on record but in words."""
    if not sentence.chinese and _partners_give_us(sentence):
        return True
    if query.about is not About.EXCHANGES:
        return sentence.chinese and _gave_to_us(query, sentence)
    if sentence.chinese:
        return _gave_to_us(query, sentence)
    partners = {
        at for at, name in sentence.names.items() if set(name.where.places) & set(query.partner.places)
    }
    for index in (i for i in sentence.all(("kinds", "aid")) if sentence.plainly(i) in _GAVE):
        named = [i for i in range(index) if i in sentence.names or "own" in sentence.spans[i].of("small")]
        if named and named[-1] in partners:
            return True
    given = ExchangeKind.AID in query.exchanges.kinds
    return given and (_came_to_us(query, sentence) or _we_received(query, sentence))


_GIVING = _GAVE | {"given", "sent", "presented", "presented with", "brought"}
_GOT = frozenset(
    ("receive", "received", "receives", "get", "got", "gotten", "accept", "accepted", "obtain", "obtained")
)


def _partners_give_us(sentence: Sentence) -> bool:
    """Whether partners are said to have given us something, and nothing is begged for: "did our partners give us"."""
    words = [token.text for token in sentence.tokens]
    givers = {span.end for i, span in enumerate(sentence.spans) if i in sentence.names or span.of("kind")}
    return any(
        word in _GIVING and i in givers and "us" in words[i + 1 : i + 3] for i, word in enumerate(words)
    )


def _ours(query: Query, sentence: Sentence) -> set[int]:
    """Where the home is named, "we" among it."""
    named = {at for at, name in sentence.names.items() if set(name.where.places) & set(query.home.places)}
    return named | {i for i, span in enumerate(sentence.spans) if "own" in span.of("small")}


def _came_to_us(query: Query, sentence: Sentence) -> bool:
    """Whether something was for us, or came from partners: "gifts to us", "donations from our sister cities"."""
    ours = _ours(query, sentence)
    words = [token.text for token in sentence.tokens]
    partners = [i for i in sentence.names if i not in ours] + sentence.any_of("kind")
    if any({*words[max(0, i - 1) : i]} & _GIVING for i, word in enumerate(words) if word == "us"):
        return True  # "who gave us pineapples"
    for index in ours:
        start = sentence.spans[index].start
        if index + 1 < len(sentence.spans) and sentence.spans[index + 1].of("kind"):
            continue  # "to our partners"
        if words[start - 1 : start] == ["to"]:
            return True
    for index in partners:
        start = sentence.spans[index].start
        while start and words[start - 1] in ("our", "the", "a", "any", "some", "another"):
            start -= 1
        if start and words[start - 1] in ("from", "by"):
            return True
    return False


def _we_received(query: Query, sentence: Sentence) -> bool:
    """Whether it is we who received something: "which gifts did we receive?"."""
    ours = _ours(query, sentence)
    for index, token in enumerate(sentence.tokens):
        if token.text not in _GOT:
            continue
        named = [
            i
            for i, span in enumerate(sentence.spans)
            if span.start <= index
            and not (span.start and sentence.tokens[span.start - 1].text == "from")
            and (
                i in ours
                or i in sentence.names
                or span.has(("ask", "who"), ("noun", "city"))
                or span.of("kind")
            )
        ]
        if named and named[-1] in ours:
            return True
    return False


_RECEIVED = frozenset(("收到", "收過", "收过", "獲贈", "获赠", "受贈", "受赠", "拿到", "收到過", "收到过"))


_TO = frozenset(("給", "给", "予", "了", "過", "过"))


_FROM = frozenset(("從", "从", "由", "自"))
_TO_US = re.compile(r"[送贈赠捐][了過过給给予]*(我們|我们|咱們|咱们|本市|我方)")


def _gave_to_us(query: Query, sentence: Sentence) -> bool:
    """The same in Chinese: 哪個姊妹市送過我們東西, 我們收到過誰的禮物, 布拉格送了我們什麼."""
    if not sentence.any_of("kinds"):
        return False
    if _TO_US.search(sentence.text):
        return True
    home = [at for at, name in sentence.names.items() if set(name.where.places) & set(query.home.places)] + [
        i for i, span in enumerate(sentence.spans) if "own" in span.of("small")
    ]
    for index, span in enumerate(sentence.spans):
        said = sentence.plainly(index)
        if not (span.has(("kinds", "aid")) or said in _RECEIVED):
            continue
        to = index + 1
        while to < len(sentence.spans) and sentence.plainly(to) in _TO:
            to += 1
        received = any(word in said for word in _RECEIVED)
        before = [
            i
            for i in range(index)
            if (i in home or i in sentence.names) and not (i and sentence.plainly(i - 1) in _FROM)
        ]
        we = bool(before) and before[-1] in home
        if (to in home and not received) or (received and we):
            return True
    return False
