"""By how many one city has more than another: "how many more does A have than B?", 比高雄少幾個, 差幾個."""

from collections.abc import Sequence

from bot.questions.conditions import Comparing
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import About, Asked, Query
from bot.questions.vocabulary.lexicon import Lexicon

_MORE_OR_FEWER = (("logic", "more"), ("logic", "fewer"))
_TWO = 2


def asks_by_how_many(
    sentence: Sentence, form: Form, homes: Sequence[Name | None], lexicon: Lexicon, at: Sequence[int]
) -> bool:
    """Whether what is counted is how many more of the partners one of two cities has, each of them with its own.

    `homes` are the two, None the asker's; `at` are the words that set them side by side.
    """
    if form.about is not About.TIES or len(homes) != _TWO:
        return False
    ours = all(home is None or _is_at_home(home, lexicon) for home in homes)
    return ours and any(_counts(sentence, index) for index in at)


def _is_at_home(name: Name, lexicon: Lexicon) -> bool:
    return all(place.country in lexicon.home_countries for place in name.where.places)


def _counts(sentence: Sentence, index: int) -> bool:
    """Whether the number beside a word is that of how many more: "how many more", 少幾個, or one word for both."""
    span = sentence.spans[index]
    if span.has(("ask", "count")):
        return True
    beside = index + 1 if sentence.chinese else index - 1
    inside = 0 <= beside < len(sentence.spans)
    return inside and span.has(*_MORE_OR_FEWER) and sentence.spans[beside].has(("ask", "count"))


def is_by_how_many(query: Query) -> bool:
    """Whether a query asks for the difference between the numbers of two cities."""
    compare = query.compare
    two = compare is not None and compare.how is Comparing.NUMBERS and len(compare.others) == 1
    return two and query.asked is Asked.NUMBER and query.about is About.TIES
