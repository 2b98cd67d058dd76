"""Whether what an agreement is about, or is called, is asked for, and not all that is known of it."""

from dataclasses import replace

from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Query, Told


def asking_contents(query: Query, sentence: Sentence) -> Query:
    """The query of the contents of agreements, where a word asks for these."""
    told = query.told is Told.OVERVIEW and query.about is About.TIES
    return replace(query, told=Told.CONTENTS) if told and sentence.has(("ask", "contents")) else query
