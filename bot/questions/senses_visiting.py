"""Words of English for who was a guest and where: "hosted the mayor", "where was the mayor in 2016?", "who was there".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import Span

# Guests --------------------------------------------------------------------------------------------------------------


def _are_people(span: Span) -> bool:
    return bool(span.of("people") or span.of("level")) or span.has(("noun", "people"))


@only_where(("tour",))
def _toured(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind "did" and somebody "tour" is what they did: "which cities did the mayor tour in 2010?"."""
    for index in range(2, len(spans)):
        did = tokens[spans[index].start - 1].text not in ("a", "the", "our", "his", "study", "goodwill")
        did = did and any(span.words(tokens) == "did" for span in spans[:index])
        somebody = any(map(_are_people, spans[:index]))
        behind = spans[index + 1] if index + 1 < len(spans) else None
        ends = behind is None or behind.mark or behind.time or behind.is_place
        if spans[index].words(tokens) == "tour" and did and somebody and ends:
            spans[index] = replace(spans[index], concepts=frozenset({("meet", "visit")}))


VISITING: Sequence[Rule] = (_toured,)
