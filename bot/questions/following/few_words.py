"""Questions that say in a few words of their own what is asked of what was told before."""

from bot.questions.following.elsewhere import has_it_too, of_the_others
from bot.questions.following.put_in_order import by_what_they_are, in_order_of_date, which_is_older
from bot.questions.following.years_beside import in_another_time
from bot.questions.frame import Frame
from bot.questions.parts.sentence import Sentence
from bot.questions.query import Query
from bot.questions.vocabulary.lexicon import Lexicon

_MOST_TOKENS = 24


def in_few_words(sentence: Sentence, frame: Frame | None, lexicon: Lexicon) -> Query | None:
    """What is asked of the others, in an order or of another year; None where nothing like that is.

    None, and the sentence unfit, where it is, and does not fit what was told.
    """
    if frame is None or len(sentence.tokens) > _MOST_TOKENS:
        return None
    return (
        of_the_others(sentence, frame, lexicon)
        or has_it_too(sentence, frame, lexicon)
        or in_order_of_date(sentence, frame)
        or by_what_they_are(sentence, frame)
        or which_is_older(sentence, frame)
        or in_another_time(sentence, frame)
    )
