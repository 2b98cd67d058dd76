"""A number of years that is said to be near: which partnership turns 60 soon is the one that turns it next."""

import re
from dataclasses import replace

from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query, Rank, RankBy
from bot.questions.text.scripts import traditional

_SOON = re.compile(r"\b(?:soon|shortly|about to|approaching|nearing)\b", re.IGNORECASE)
_SOON_CHINESE = re.compile(
    "快要?滿|即將(?:屆?滿|邁入|迎[來接])|將[要屆]?滿|快要?(?:到|有)?\\d+|快[一二三四五六七八九十]"
)


def of_the_soonest(query: Query, sentence: Sentence) -> Query:
    """The query of the next anniversary of so many years, where it is only said that it is near."""
    turning, listed = query.turning, query.asked in (Asked.PLACES, Asked.RECORDS)
    if turning is None or not listed or query.about not in (About.TIES, About.ANNIVERSARIES):
        return query
    years = turning.years
    one = years is not None and years.least is not None and years.least == years.most
    if not one or turning.within is not None or query.rank is not None or query.limit is not None:
        return query
    said = _SOON_CHINESE.search(traditional(sentence.text)) or _SOON.search(sentence.text)
    return replace(query, rank=Rank(RankBy.NEXT)) if said else query
