"""Yes or no of all ties by their day: "are all our partnerships older than 30 years?" is a no where one is younger."""

from dataclasses import replace

from bot.questions.conditions import Acts, Bound, Event
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query
from bot.questions.reading.all_of_them import ALL, of_exceptions, says_whether


def of_all_dated(query: Query, sentence: Sentence) -> Query:
    """Where all ties are said to be signed then, to be so old or to have a day: whether there is one that is not."""
    kind = next((i for i in sentence.any_of("kind")), None)
    if (
        query.about is not About.TIES
        or kind is None
        or not (query.asked is Asked.BOOLEAN or says_whether(sentence))
    ):
        return query
    if query.partner.places or query.compare or query.rank or query.having or query.negated:
        return query
    said = [i for i in range(len(sentence.spans)) if sentence.plainly(i) in ALL]
    of_all = any(i > kind for i in said) if sentence.chinese else any(i < kind for i in said)
    day = _has_a_day(sentence, kind)
    other = _other_than_said(query.acts, day=day is not None)
    if not of_all or other is None:
        return query
    sentence.used.update(said if day is None else (*said, day))
    return of_exceptions(replace(query, acts=other))


def _has_a_day(sentence: Sentence, kind: int) -> int | None:
    """Where it is said of ties that they have a day of signing: 都有簽署日期嗎, "have a signing date"."""
    found = [i for i in sentence.all(("ask", "when")) if i > kind and _is_day(sentence.plainly(i))]
    had = found and any(sentence.plainly(i) in _HAVE for i in range(kind + 1, found[0]))
    return found[0] if len(found) == 1 and had else None


def _is_day(said: str) -> bool:
    return said.endswith(("date", "dates", "日期", "日", "年份"))


_HAVE = frozenset(("have", "has", "got", "with", "有", "都有", "皆有", "均有"))


def _other_than_said(acts: Acts, *, day: bool) -> Acts | None:
    """Agreements of which it is not so; None where nothing is said of their day, or more than that."""
    plain = acts.outside is None and not (acts.beside or acts.disputed or acts.statuses or acts.without_kinds)
    said = [acts.within is not None, acts.age is not None, acts.undated is not None or day]
    if not plain or said.count(True) != 1 or acts.event is not Event.SIGNED:
        return None
    acts = replace(acts, any_status=False)
    if acts.within is not None:
        return replace(acts, within=None, outside=acts.within)
    if acts.age is None:
        return replace(acts, undated=not acts.undated)
    return _of_another_age(acts, acts.age)


def _of_another_age(acts: Acts, age: Bound) -> Acts | None:
    if age.least is not None and age.most is None:
        return replace(acts, age=Bound(most=age.least - 1))
    if age.most is not None and age.least is None:
        return replace(acts, age=Bound(least=age.most + 1))
    return None
