"""Words of English that say nothing more where they stand: "who" behind those who did it, "only" of a late day.

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule
from bot.questions.spans import Span, is_dash, is_passed


def _continents(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind the name of one, "continent" says it again: "on the African continent"."""
    for index in range(1, len(spans)):
        before = spans[index - 1]
        named = before.mention is not None and not before.mention.places
        asked = named and index > 1 and spans[index - 2].has(("ask", "which"))
        if asked and spans[index].has(("noun", "country")):
            continue  # "which African nations"
        if named and spans[index].words(tokens) in (
            "continent",
            "based",
            "region",
            "subcontinent",
            "countries",
            "nations",
        ):
            spans[index] = spans[index].silenced()


def _no_tag(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "no?" at the end behind a comma denies nothing."""
    end = len(spans)
    while end and spans[end - 1].mark:
        end -= 1
    if end > 1 and spans[end - 1].words(tokens) in _TAGS and spans[end - 2].mark:
        spans[end - 1] = replace(spans[end - 1], concepts=frozenset({("ask", "whether")}))


_TAGS = frozenset(("no", "yes", "eh", "huh", "or", "innit", "hm", "hmm", "ja", "oder"))
_PRONOUNS = frozenset(("it", "she", "he", "they", "we", "that", "this", "there"))


def _questions_denied(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who asks "didn't we sign with Shanghai?" denies nothing."""
    for index, span in enumerate(spans):
        if not span.has(("logic", "not")) or tokens[span.end - 1].text != "t" or span.end - span.start < 2:
            continue
        opens = all(each.mark or is_passed(each) or each.of("follow") for each in spans[:index])
        opens = opens or spans[index - 1].mark or is_dash(tokens, span.start)
        subject = spans[index + 1] if index + 1 < len(spans) else None
        named = subject is not None and (
            "own" in subject.of("small") or subject.mention is not None or subject.words(tokens) in _PRONOUNS
        )
        asks = any(set(each.of("ask")) - {"whether"} for each in spans[:index])
        if opens and named and not asks and tokens[span.start].text in _DENYING:
            spans[index] = replace(span, concepts=frozenset({("ask", "whether")}))


_DENYING = frozenset(
    ("didn", "isn", "aren", "wasn", "weren", "hasn", "haven", "hadn", "don", "doesn", "couldn", "wouldn")
)


_WHO_HAS = frozenset(("who has", "who have"))


def _who_has(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "who has" that opens a question asks; behind a noun it says which is meant."""
    for index, span in enumerate(spans):
        if span.words(tokens) in _WHO_HAS:
            who = Span(span.start, span.start + 1, concepts=frozenset({("ask", "who")}))
            has = Span(span.start + 1, span.end, concepts=frozenset({("small", "does")}))
            spans[index : index + 1] = [who, has]
            return
        if not (span.mark or is_passed(span)):
            return


CLAUSES: Sequence[Rule] = (
    _who_has,
    _continents,
    _no_tag,
    _questions_denied,
)
