"""Questions of what will be, which no record tells: 釜山會和我們斷交嗎, 何時會跟東京締盟."""

from bot.questions.conditions import Event
from bot.questions.query import About, Asked, Query
from bot.questions.sentence import Sentence

_TO_COME = frozenset(("會", "将", "將", "will", "shall", "won't", "should"))
_WHEN_WILL = ("會", "会")


def foretells(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked if, or in Chinese when, something will be that is not on record."""
    ahead = any(sentence.plainly(i) in _TO_COME for i in sentence.any_of("small"))
    if query.asked is Asked.DATE and sentence.chinese:
        ahead = ahead or any(sentence.plainly(i).endswith(_WHEN_WILL) for i in sentence.all(("ask", "when")))
        signs = query.about is About.TIES and query.acts.event is Event.SIGNED and query.turning is None
        return ahead and signs and not sentence.has(("level", "leader"))
    called_off = query.about is About.EXCHANGES and (
        sentence.has(("meet", "cancelled")) or sentence.has(("event", "ended"), ("event", "paused"))
    )
    of_tie = query.about is About.TIES and query.turning is None
    return ahead and query.asked is Asked.BOOLEAN and (of_tie or called_off)
