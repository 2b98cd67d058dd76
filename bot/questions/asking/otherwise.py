"""Questions whose words are all known and that ask for what no record of a tie says, so that they are asked back."""

import re

from bot.domain.places import Place
from bot.questions.conditions import Where
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Query
from bot.questions.vocabulary.lexicon import Lexicon

_WHICH_NUMBER = re.compile(
    r"\bwhat number (?:of )?(?:sister|friendship|partner|twin)\s+(?:city|town|county)\s+(?:is|was|are)\b"
)
_AS_WHAT = re.compile(
    r"\bas (?:a |an |the )?(?:special )?(?:municipality|county|province)\b"
    r"|(?:升格|改制)(?:為[^的]*)?(?:後|后|以後|之後)|作為直轄市|[縣县]的時候"
)
_SAME = frozenset(
    ("well", "same", "far", "soon", "long", "known", "such", "count", "counts", "figure", "figures", "listed",
     "registered", "recorded", "regarded", "seen")
)  # fmt: skip


def is_asked_otherwise(query: Query, sentence: Sentence, lexicon: Lexicon, home: Place | None) -> bool:
    """Whether the query says less than the question, or something else."""
    text = sentence.text.lower()
    return (
        _WHICH_NUMBER.search(text) is not None
        or (query.about is About.TIES and _AS_WHAT.search(text) is not None)
        or _is_as_somebody(query, sentence)
        or _became_another(query, lexicon, home)
    )


def _is_as_somebody(query: Query, sentence: Sentence) -> bool:
    """Whether home is named as what it was then: "when did we sign with Cincinnati, as New Taipei?"."""
    if query.about is not About.TIES or sentence.chinese:
        return False
    for index in sentence.names:
        at = sentence.spans[index].start - 1
        words = [token.text for token in sentence.tokens[max(0, at - 1) : at + 1]]
        if words[-1:] == ["as"] and not _SAME & set(words):
            return True
    return False


def _became_another(query: Query, lexicon: Lexicon, home: Place | None) -> bool:
    """Whether a place is asked for as a partner of what it became: "when did Taipei County become New Taipei?"."""
    ours = {home.id} if home is not None and query.home.own else set()
    homes = {place.id for place in query.home.places} | ours
    partners = {place.id for place in query.partner.places}
    became = (homes & _later(query.partner, lexicon)) | (partners & _later(query.home, lexicon))
    return query.about is About.TIES and bool(became - {None})


def _later(where: Where, lexicon: Lexicon) -> set[int | None]:
    """What the places became."""
    known = (lexicon.known.get(place.id or 0) for place in where.places)
    return {each.place.successor_id for each in known if each is not None}
