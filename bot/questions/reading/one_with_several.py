"""One place whose ties with each of several are asked for: 柏林與科隆何年和北京締盟, "are A and B twinned with C?"."""

from itertools import pairwise

from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import About, Asked, Unit

_WITH = frozenset(("跟", "和", "與", "与", "同"))


def one_with_several(sentence: Sentence, form: Form, places: list[Name]) -> Name | None:
    """The one place, where all others of a question are its partners, as far as that is said."""
    if len(places) < len(("one", "and", "another")) or form.about is not About.TIES:
        return None
    if not sentence.chinese:
        return _behind_both(sentence, places) if form.asked is Asked.BOOLEAN else None
    if form.asked is Asked.DATE or form.unit is Unit.YEARS:
        return _behind_a_row(sentence, places)
    if form.asked is not Asked.BOOLEAN:
        return None
    if _is_theirs(sentence, places):
        return places[0]
    return _set_off(sentence, places)


def _is_theirs(sentence: Sentence, places: list[Name]) -> bool:
    """Whether the first is said to be the partner of those behind it: 布拉格是漢堡、紐倫堡的夥伴嗎."""
    first, *others = places
    of = others[-1].span + 1
    joins = sentence.spans[first.span + 1]
    if of + 1 >= len(sentence.spans) or joins.mark or joins.has(("small", "and")):
        return False
    theirs = "of" in sentence.spans[of].of("small") and bool(sentence.spans[of + 1].of("kind"))
    return theirs and all(other.span - one.span == len(("one", "and")) for one, other in pairwise(others))


def _behind_both(sentence: Sentence, places: list[Name]) -> Name | None:
    """The one that stands behind a row of others and what ties them: "are A and B both twinned with C?"."""
    *row, last = places
    joins = [sentence.spans[one.span + 1] for one, other in pairwise(row) if other.span - one.span == _NEXT]
    rows = len(joins) == len(row) - 1 and all(each.mark or each.has(("small", "and")) for each in joins)
    between = sentence.spans[row[-1].span + 1 : last.span]
    ties = any(each.of("kind") or each.has(("event", "signed"), ("noun", "tie")) for each in between)
    has = any(sentence.tokens[each.start].text in ("have", "share", "has", "had") for each in between)
    led = bool(between) and not (between[0].mark or between[0].has(("small", "and"), ("small", "with")))
    return last if rows and led and (ties or has) else None


_NEXT = 2


def _behind_a_row(sentence: Sentence, places: list[Name]) -> Name | None:
    """The one that stands behind a row of others and the word that asks: 柏林與科隆何年和北京締盟."""
    *row, last = places
    rows = all(other.span - one.span == len(("one", "and")) for one, other in pairwise(row))
    apart = last.span - row[-1].span > len(("one", "and"))
    return last if rows and apart and "with" in sentence.small_before(last.span) else None


def _set_off(sentence: Sentence, places: list[Name]) -> Name | None:
    """The one that a 跟 sets off from a row: 布達佩斯跟柏林、法蘭克福都有締盟嗎, 柏林、法蘭克福跟布達佩斯都有締盟嗎."""
    between = [
        sentence.plainly(one.span + 1) for one, other in pairwise(places) if other.span - one.span == 2
    ]
    common = places[-1].span + 1
    tied = range(common + 1, min(common + 3, len(sentence.spans)))
    all_tied = common < len(sentence.spans) and sentence.spans[common].has(("logic", "common"))
    all_tied = all_tied and any(_says_tied(sentence, i) for i in tied)
    if len(between) != len(places) - 1 or not all_tied:
        return None
    if between[0] in _WITH and _WITH.isdisjoint(between[1:]):
        return places[0]
    return places[-1] if between[-1] in _WITH and _WITH.isdisjoint(between[:-1]) else None


def _says_tied(sentence: Sentence, index: int) -> bool:
    """Whether it is said that they have signed, or that they are sisters; not that they have some."""
    span = sentence.spans[index]
    return span.has(("event", "signed")) or (bool(span.of("kind")) and "是" in sentence.plainly(index - 1))
