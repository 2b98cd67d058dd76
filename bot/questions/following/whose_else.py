"""Who else has the one place that was spoken of: "is Guam our partner?", "and whose else?", 還有誰的."""

import re
from dataclasses import replace

from bot.questions.conditions import Where
from bot.questions.frame import Frame
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query, Told

_WHOSE = re.compile(
    "^(?:and )?(?:whose(?: partner| twin| sister city| partners)? else(?: is it)?|"
    "(?:who|which city|which cities) else(?: (?:has|have) (?:it|them))?)$"
    "|^(?:那)?(?:它)?(?:也是|还是|还有|又是|另外是)谁的(?:伙伴|姊妹市|姐妹市|友好城市)?呢?$"
)


def whose_else(sentence: Sentence, frame: Frame | None) -> Query | None:
    """The others that have a tie with the place of the question before; None where that is not asked."""
    words = [token.text for token in sentence.tokens if token.text.isalnum()]
    if frame is None or _WHOSE.match(("" if sentence.chinese else " ").join(words)) is None:
        return None
    query, place = frame.query, frame.place
    tied = query.about is About.TIES and (query.asked is Asked.BOOLEAN or query.told is Told.OVERVIEW)
    if place is None or not tied or place in query.home.places:
        sentence.unfit = True
        return None
    sentence.used.update(range(len(sentence.spans)))
    there = Where(places=(replace(place, said="", corrected=False),))
    acts = replace(query.acts, within=None, any_status=False)
    return Query(
        asked=Asked.PLACES, home=there, partner=Where(without=replace(query.home, assumed=False)), acts=acts
    )
