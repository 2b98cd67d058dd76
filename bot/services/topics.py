"""The topics of the list that somebody's words name."""

from bot.domain.exchange_details import MAX_TOPICS
from bot.questions.vocabulary.exchanges import topics as topic_words


def topics_in(text: str | None) -> tuple[str, ...]:
    """The topics of the list that a text names, in their order."""
    return tuple(dict.fromkeys(word.value.value for word in topic_words().find(text or "")))[:MAX_TOPICS]
