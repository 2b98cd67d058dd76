"""Conditions of exchanges that no query holds, so that a question with one is asked back: of all, or without a tie."""

from bot.questions.parts.auxiliaries import begins_with_auxiliary
from bot.questions.parts.sentence import Sentence
from bot.questions.parts.spans import is_passed
from bot.questions.query import About, Asked, Query

_ALL = frozenset(("all", "every", "each", "both"))


def asks_whether_all_met(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked if something was done with all: "has the mayor visited all of our partners?"."""
    listed = query.about is About.TIES and query.asked is Asked.PLACES and query.met is not None
    words = [token.text for token in sentence.tokens]
    return listed and begins_with_auxiliary(words) and not _ALL.isdisjoint(words)


def denies_a_tie(query: Query, sentence: Sentence) -> bool:
    """Whether exchanges are asked for without an agreement, by which they are not told apart: 沒簽約但有交流的城市."""
    if query.about is not About.EXCHANGES or query.partner.places:
        return False
    return any(
        _is_of_a_tie(sentence, index) for index in sentence.all(("logic", "not"), ("logic", "without"))
    )


def _is_of_a_tie(sentence: Sentence, index: int) -> bool:
    """Whether the next part that says something, behind a denial, is that an agreement was signed."""
    for span in sentence.spans[index + 1 :]:
        if span.has(("event", "signed"), ("noun", "act"), ("noun", "tie")):
            return True
        if not is_passed(span):
            return False
    return False
