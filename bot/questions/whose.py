"""Whose ties a question is about, and with whom: what the names of a sentence are shared out to."""

from dataclasses import dataclass

from bot.questions.conditions import Beside, Comparison, Where
from bot.questions.naming import joined
from bot.questions.query import Per
from bot.questions.sentence import Sentence

ANYWHERE = Where()
OWN = Where(own=True)
ASSUMED = Where(own=True, assumed=True)


@dataclass
class Roles:
    """The parts of a query that say where."""

    home: Where
    partner: Where = ANYWHERE
    compare: Comparison | None = None
    per: Per | None = None
    at: Where | None = None
    """Where exchanges took place, be it with others than those of that place."""
    beside: Beside | None = None

    def positions(self, sentence: Sentence) -> tuple[set[int], set[int]]:
        """Where the sentence names the home, and where the partner; "we" is the home."""
        home = {i for i, name in sentence.names.items() if _within(name.where, self.home)}
        home |= {i for i, span in enumerate(sentence.spans) if "own" in span.of("small")}
        partner = {i for i, name in sentence.names.items() if _within(name.where, self.partner)}
        return home, partner


def _within(part: Where, whole: Where) -> bool:
    if part.places:
        return bool(set(part.places) & set(whole.places))
    return joined([whole, part]) == joined([whole])
