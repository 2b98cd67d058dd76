"""What an agreement is called after, where a question says so: "tourism agreements", 文化類的協議."""

from bot.domain.profiles import Topic
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked

_ACT = (("noun", "act"), ("kind", "mou"))
_ON = frozenset(("on", "about", "for", "concerning", "regarding"))


def named_after(sentence: Sentence, form: Form) -> frozenset[Topic]:
    """The fields that the agreements asked for are called after; their words are used."""
    if form.about is not About.TIES or form.asked is Asked.STATISTICS:
        return frozenset()
    if form.asked is Asked.PLACES and any(name.is_place for name in sentence.names.values()):
        return frozenset()  # 首爾青年事務備忘錄是哪位局長簽的: of one agreement, somebody is asked for
    found = set[Topic]()
    for index in sentence.any_of("topics"):
        of_act = _stands_before_act(sentence, index, far=form.asked not in (Asked.DATE, Asked.TEXT))
        if index not in sentence.used and (of_act or _stands_behind_act(sentence, index)):
            sentence.use(index)
            found.update(map(Topic, sentence.spans[index].of("topics")))
    return frozenset(found)


def _stands_before_act(sentence: Sentence, index: int, *, far: bool) -> bool:
    """Whether a field stands before a word for agreements, or `far` from it: "tourism exchange agreement"."""
    behind = sentence.after(index)
    if behind is None:
        return False
    span = sentence.spans[behind]
    if span.has(*_ACT):
        return True
    more = bool(span.of("topics")) or span.has(("noun", "exchange"))
    return far and more and _stands_before_act(sentence, behind, far=far)


def _stands_behind_act(sentence: Sentence, index: int) -> bool:
    """Whether a field stands behind a word for agreements, with no more than "on" between them."""
    before = sentence.before(index)
    if sentence.chinese or before is None or not sentence.spans[before].has(*_ACT):
        return False
    between = [sentence.plainly(i) for i in range(before + 1, index)]
    return bool(between) and between[0] in _ON
