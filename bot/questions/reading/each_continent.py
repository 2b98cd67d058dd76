"""Every part of the world asked for together: "do we have a partner on every continent?", 每個大洲都有姊妹市嗎."""

from dataclasses import replace

from bot.domain.regions import Region
from bot.questions.conditions import Bound, Where
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query

_CONTINENTS = tuple(region for region in Region if not region.value.endswith("_asia"))
_SIX = tuple((region,) for region in _CONTINENTS)
_AMERICA = (Region.NORTH_AMERICA, Region.LATIN_AMERICA)
_FIVE = (_AMERICA, *(parts for parts in _SIX if parts[0] not in _AMERICA))
_EVERY = frozenset(
    ("all", "all of", "each", "every", "每", "每個", "每个", "每一", "每一個", "各", "各個", "所有", "五", "5",
     "六", "七", "7", "全部")
)  # fmt: skip
_ASKS = frozenset(("do", "does", "have", "has", "is", "are"))


def on_every_continent(query: Query, sentence: Sentence) -> Query:
    """Whether there is one on each continent that people live on, rather than numbers of all of them."""
    nowhere = replace(query.partner, levels=()) == Where()
    if query.about is not About.TIES or not nowhere or query.rank or query.compare or query.negated:
        return query
    if query.having not in (None, Bound(least=1)) or sentence.has(("ask", "count"), ("ask", "which")):
        return query
    said = _said(query, sentence)
    if said is None or not _asks_whether(sentence):
        return query
    sentence.used.update((*said, *sentence.all(("ask", "whether"), ("logic", "common"))))
    return replace(
        query, asked=Asked.BOOLEAN, unit=None, per=None, having=None,
        partner=replace(query.partner, regions=_CONTINENTS),
        each=tuple(Where(regions=regions) for regions in (_FIVE if _says_five(sentence, said[0]) else _SIX)),
    )  # fmt: skip


def _asks_whether(sentence: Sentence) -> bool:
    first = next((sentence.plainly(i).split() for i in range(len(sentence.spans))), [])
    return sentence.has(("ask", "whether")) or (not sentence.chinese and bool(first) and first[0] in _ASKS)


def _said(query: Query, sentence: Sentence) -> list[int] | None:
    """Where "every continent" stands; None where it does not."""
    if query.asked is Asked.STATISTICS and query.per in (Per.REGION, Per.CONTINENT):
        at = [i for i in sentence.any_of("per") if _is_of_continents(sentence.plainly(i))]
        return at or None
    at = [i for i in sentence.all(("noun", "region")) if _is_of_continents(sentence.plainly(i))]
    first = at[0] - 1 if len(at) == 1 else -1
    return [first, at[0]] if first >= 0 and sentence.plainly(first) in _EVERY else None


def _says_five(sentence: Sentence, index: int) -> bool:
    """Whether America counts as one: 五大洲."""
    return sentence.spans[index].number == len(_FIVE)


def _is_of_continents(said: str) -> bool:
    return "continent" in said or said.endswith("洲")
