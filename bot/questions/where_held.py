"""Where something was held: no field of a record holds it, so that only the titles of some say it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.exchanges import Exchange
from bot.domain.places import Place
from bot.questions.query import About, Asked, Query, Told
from bot.questions.sentence import Sentence
from bot.questions.signings import VISITS

_TOLD = re.compile(r"\b(?:in|at)\s+(?:the\s+)?\w|[於在赴].{2,}")
_BEFORE = r"(?:\b(?:in|at)\s+(?:the\s+)?|[於在赴])"


def asking_where(query: Query, sentence: Sentence) -> Query:
    """The query of where something was held, where that is asked; a visit was to whoever was visited."""
    met = query.exchanges
    held = met.kinds and not met.kinds & VISITS and not met.statuses
    listed = query.about is About.EXCHANGES and query.asked in (Asked.PLACES, Asked.RECORDS)
    if not held or not listed or query.told:
        return query
    if query.rank is not None or query.per is not None or not _asks_where(sentence):
        return query
    return replace(query, asked=Asked.PLACES, told=Told.VENUE)


def venues(exchanges: Sequence[Exchange], partners: Sequence[Place]) -> list[Place] | None:
    """Those of the partners where a title says that it was; None where no title tells of any place."""
    titles = "\n".join(f"{each.title}\n{each.title_zh or ''}" for each in exchanges)
    if not _TOLD.search(titles):
        return None
    return [
        place
        for place in partners
        if any(re.search(_BEFORE + re.escape(name), titles) for name in _names(place))
    ]


def _names(place: Place) -> list[str]:
    return [name.removesuffix("市") for name in (place.name_en, place.name_zh) if name]


def _asks_where(sentence: Sentence) -> bool:
    """Whether "where" is asked, and not "from where"."""
    asked = sentence.all(("ask", "where"))
    whom = [
        i for i in asked if sentence.spans[i].has(("ask", "which"), ("ask", "who")) or _is_with(sentence, i)
    ]
    return bool(asked) and not whom


def _is_with(sentence: Sentence, index: int) -> bool:
    """Whether it is asked with what place: 與哪些地方, 什麼地方和高雄."""
    behind = sentence.spans[index + 1 : index + 2]
    with_it = bool(behind) and behind[0].has(("small", "with"))
    return with_it or "with" in sentence.small_before(index)
