"""Whether it is asked where something was held, of which only the titles of some exchanges tell."""

from dataclasses import replace

from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query, Told
from bot.questions.reading.signings import VISITS


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
