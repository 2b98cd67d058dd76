"""Questions with words that no table has, but a record of the exchange that is asked for has them, every one.

Then it is that record that is asked for, whatever the words mean: "on what day did the housing offices meet?".
"""

from dataclasses import replace

from bot.questions.outcomes import NotUnderstood
from bot.questions.query import About, Asked, Query, Unit
from bot.questions.text.normal import tokens_of
from bot.questions.vocabulary.concepts import phrases

MOST = 3
"""Records that may be meant; what more of them say tells none apart."""


def told_in_records(reading: NotUnderstood) -> Query | None:
    """What was understood of a question, of exchanges whose records say what was not.

    None where it is not about exchanges of a partner or a time that is named: there, words prove nothing.
    """
    nearest = reading.nearest and _of_its_signing(reading.nearest)
    if nearest is None or not reading.unknown or nearest.about is not About.EXCHANGES:
        return None
    if any(len(word) == 1 for word in reading.words):
        return None  # a character is in many words: 花 of 花市 in 花蓮
    if any(_is_in_tables(word) or word.lower() in _OF_TIME for word in reading.words):
        return None
    if nearest.asked is Asked.STATISTICS or not (nearest.partner.places or nearest.exchanges.within):
        return None
    if nearest.asked is Asked.NUMBER and nearest.unit is not Unit.DAYS_SINCE:
        # How many there were of something unknown, at most the words of the record say.
        nearest = replace(nearest, asked=Asked.RECORDS, unit=Unit.THINGS)
    return replace(nearest, exchanges=replace(nearest.exchanges, told=reading.words))


_OF_TIME = frozenset(
    each + ending
    for each in ("day", "week", "weekend", "month", "quarter", "season", "semester", "term", "year", "decade")
    for ending in ("", "s")
) | {"century", "centuries", "期間", "期间", "學期", "学期", "季度", "月份", "週末", "周末"}
"""Words for times, which tell when something was and are no part of what it was."""


def _is_in_tables(word: str) -> bool:
    """Whether it has a meaning, which a rule took from it: a boat race is no gift of boats."""
    return " ".join(token.text for token in tokens_of(word)) in phrases()


def _of_its_signing(nearest: Query) -> Query:
    """Asked when something was signed that is more than the tie, the exchange at which it was."""
    if nearest.about is not About.TIES or nearest.asked is not Asked.DATE or not nearest.partner.places:
        return nearest
    return Query(asked=Asked.DATE, about=About.EXCHANGES, home=nearest.home, partner=nearest.partner)
