"""Which of those that were told another has as well: "which of them are also partners of Kiel?", 哪些也跟高雄締盟."""

from dataclasses import replace

from bot.questions.conditions import Comparing, Comparison, Where
from bot.questions.following.pointing_back import THOSE
from bot.questions.frame import Frame
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import About, Asked, Per, Query
from bot.questions.reading.naming import joined

_THOSE = THOSE | {"them", "those"}
_LISTS = (("ask", "which"), ("ask", "count"))
_SAID = (
    *_LISTS, ("event", "signed"), ("noun", "tie"), ("noun", "city"), ("logic", "common"), ("logic", "among")
)  # fmt: skip


def asks_who_of_those(sentence: Sentence) -> bool:
    """Whether it is asked which of those that were told have a tie with one place, or in one country, as well."""
    if len(sentence.names) != 1 or not sentence.has(*_LISTS) or sentence.has(("small", "own")):
        return False
    place, also = next(iter(sentence.names.values())).is_place, sentence.has(("logic", "common"))
    ties = sentence.any_of("kind") or sentence.has(("event", "signed"), ("noun", "tie"))
    back = _of_those(sentence) or _which_also(sentence)
    return back and (bool(ties and (place or also)) or (place and also))


def shared_with(sentence: Sentence, frame: Frame) -> Query | None:
    """Those of before that the place has, too; None, and the sentence unfit, where they cannot be told."""
    place, query = next(iter(sentence.names.values())), frame.query
    homes = len(query.home.places) + query.home.own
    listed = query.about is About.TIES and query.asked in (Asked.PLACES, Asked.NUMBER, Asked.RECORDS)
    told_apart = query.compare or query.rank or query.each or query.having
    another = {key for i in sentence.any_of("kind") for key in sentence.spans[i].of("kind")} - {"partners"}
    another -= {kind.value for kind in query.acts.kinds}
    if not listed or told_apart or another or {*place.where.places} & {*query.home.places}:
        sentence.unfit = True
        return None
    sentence.used.update((place.span, *sentence.any_of("kind"), *sentence.all(*_SAID)))
    asked = Asked.NUMBER if sentence.has(("ask", "count")) else Asked.PLACES
    if query.per is Per.HOME:
        return _homes_with(query, place, asked)
    if homes != 1 or not place.is_place:
        sentence.unfit = True
        return None
    compare = Comparison(Comparing.COMMON, (place.where,))
    return replace(query, asked=asked, unit=None, compare=compare, presumed=frozenset(), corrected=())


def _homes_with(query: Query, place: Name, asked: Asked) -> Query:
    """Of cities that were told by whom they have, those that have the place, too."""
    if query.partner.anywhere:
        return replace(query, asked=asked, partner=place.where)
    wheres: tuple[Where, ...] = (query.partner, place.where)
    return replace(query, asked=asked, partner=joined(list(wheres)), each=wheres)


def _of_those(sentence: Sentence) -> bool:
    return any(sentence.plainly(i) in _THOSE for i in range(len(sentence.spans)))


def begins_with_those(sentence: Sentence) -> bool:
    """Whether a question begins with those that were told, so that nothing in it tells who they are: 其中哪些也跟…."""
    return asks_who_of_those(sentence) and any(sentence.plainly(i) in _THOSE for i in range(2))


def _which_also(sentence: Sentence) -> bool:
    """Whether it is asked which have the place as well, and not which of what: 哪些也跟特拉維夫締盟."""
    asked = sentence.all(("ask", "which"))
    spans = sentence.spans
    return any(i + 1 < len(spans) and spans[i + 1].has(("logic", "common")) for i in asked)
