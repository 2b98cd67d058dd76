"""Who gave what to whom, which is on record in words alone: who asks for the giver is asked back."""

from bot.questions.query import About, Query
from bot.questions.sentence import Sentence

_GAVE = frozenset(("give", "gave", "donate", "donated", "gifted", "hand over", "handed over", "handed"))


def gave_the_other_way(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked what partners gave to us, where who gave is not on record but in words."""
    if sentence.chinese:
        return _gave_to_us(query, sentence)
    if query.about is not About.EXCHANGES:
        return False
    partners = {
        at for at, name in sentence.names.items() if set(name.where.places) & set(query.partner.places)
    }
    for index in (i for i in sentence.all(("kinds", "aid")) if sentence.plainly(i) in _GAVE):
        named = [i for i in range(index) if i in sentence.names or "own" in sentence.spans[i].of("small")]
        if named and named[-1] in partners:
            return True
    return False


_RECEIVED = frozenset(("收到", "收過", "收过", "獲贈", "获赠", "受贈", "受赠", "拿到", "收到過", "收到过"))


_TO = frozenset(("給", "给", "予", "了", "過", "过"))


def _gave_to_us(query: Query, sentence: Sentence) -> bool:
    """The same where no partner is named: 哪個姊妹市送過我們東西, 我們收到過誰的禮物."""
    if query.partner.places or not sentence.any_of("kinds"):
        return False
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
        if (to in home and not received) or (received and any(at < index for at in home)):
            return True
    return False
