"""Who is asked to have ended a tie: "did any Taiwanese city end one?" is not whether one of theirs is over."""

from dataclasses import replace

from bot.questions.conditions import Event, Where
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query
from bot.questions.reading.naming import joined

_PASSIVE = frozenset(("被", "遭", "由"))


def ended_by_whom(query: Query, sentence: Sentence) -> Query:
    """The query with whoever is asked to have ended ties, where the sentence names that one as its subject."""
    of_ends = query.acts.event is Event.ENDED and query.about is About.TIES
    if not of_ends or query.asked is not Asked.BOOLEAN or query.compare is not None:
        return query
    who = _subject(sentence)
    return query if who is None else replace(query, acts=replace(query.acts, ended_by=who))


def _subject(sentence: Sentence) -> Where | None:
    ends = sentence.all(("event", "ended"), ("status", "ended"))
    if len(ends) != 1:
        return None
    if by_it := [i for i in sentence.names if i > ends[0] and _word_before(sentence, i) == "by"]:
        return joined([sentence.names[i].where for i in by_it])
    who = [i for i in sentence.names if i < ends[0]] or [
        i for i in sentence.all(("small", "own")) if i < ends[0]
    ]
    passive = [i for i in who if _word_before(sentence, i) in _PASSIVE]
    if not (passive or (who and _has_an_object(sentence, ends[0]))):
        return None
    who = passive or who
    named = [sentence.names[i].where for i in who if i in sentence.names]
    return joined(named) if named else Where(own=True)


def _has_an_object(sentence: Sentence, end: int) -> bool:
    """Whether what ended is named behind the word, and not before it: "have we ended a partnership?"."""
    ties = [*sentence.any_of("kind"), *sentence.all(("noun", "tie"), ("noun", "act"))]
    return bool(ties) and all(i > end for i in ties)


def _word_before(sentence: Sentence, index: int) -> str:
    start = sentence.spans[index].start
    return sentence.tokens[start - 1].text if start else ""
