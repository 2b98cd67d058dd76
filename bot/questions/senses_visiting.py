"""Words of English for who was a guest and where: "hosted the mayor", "where was the mayor in 2016?", "who was there".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.senses_tying import names_tie
from bot.questions.spans import Span

# Guests --------------------------------------------------------------------------------------------------------------


def _are_guests(span: Span) -> bool:
    return bool(span.of("level")) or span.has(("noun", "people"), ("kinds", "visit"))


_BE = frozenset(("is", "are", "was", "were"))


@only_where(_BE)
def _were_where(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Where somebody was, there they went: "where was the mayor of Taipei in 2016?", "which cities was he in?"."""
    asked = next((i for i, span in enumerate(spans) if span.of("ask")), None)
    if asked is None or any(span.of("meet") or span.of("kinds") or span.of("event") for span in spans):
        return
    near = range(asked + 1, min(asked + len("abc"), len(spans)))
    were = next((i for i in near if spans[i].words(tokens) in _BE), None)
    cities = spans[asked].has(("ask", "which")) and spans[asked + 1 : asked + 2]
    where = spans[asked].has(("ask", "where")) or bool(cities and spans[asked + 1].has(("noun", "city")))
    if were is None or not where or any(map(names_tie, spans)):
        return
    people = [
        i for i in range(were + 1, len(spans)) if spans[i].of("people") or spans[i].has(("noun", "people"))
    ]
    stays = people and people[0] <= were + 2 and any(span.time for span in spans)
    if stays:
        spans[were] = replace(spans[were], concepts=frozenset({("meet", "went")}))
        if spans[-2].words(tokens) == "in" and spans[-1].mark:
            spans[-2] = spans[-2].silenced()


@only_where(("visit", "here"))
def _on_a_visit(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who was in a place "on a visit" came, and whom we "had here": "when did we have pupils from Graz here?"."""
    for index in range(1, len(spans)):
        words = [token.text for token in tokens[: spans[index].start]]
        visit = words[-2:] == ["on", "a"] and spans[index].words(tokens) == "visit"
        had = spans[index].words(tokens) == "here" and not {"have", "had", "get", "got"}.isdisjoint(words)
        somebody = any(_are_people(each) or each.is_place for each in spans[:index])
        if had and somebody and not spans[index].known and not any(each.of("event") for each in spans):
            spans[index] = replace(spans[index], concepts=_CAME)
        there = next(
            (i for i in range(1, index - 1) if spans[i].words(tokens) == "in" and spans[i + 1].is_place), None
        )
        if visit and there is not None and not {"was", "were", "been"}.isdisjoint(words):
            spans[there] = replace(spans[there], concepts=_CAME | {("small", "in")})
            spans[index] = spans[index].silenced()


_CAME: frozenset[Concept] = frozenset({("meet", "came")})


def _are_people(span: Span) -> bool:
    return bool(span.of("people") or span.of("level")) or span.has(("noun", "people"))


@only_where(_BE)
def _who_was_there(spans: list[Span], tokens: Sequence[Token]) -> None:
    """People who are asked for and were in a place came there: "which mayors were in Taipei in 2023?"."""
    asked = next((i for i, span in enumerate(spans) if span.has(("ask", "which"), ("ask", "list"))), None)
    if asked is None or not any(map(_are_guests, spans[asked + 1 : asked + 3])) or any(map(names_tie, spans)):
        return
    if any(s.of("meet") or s.of("event") or (s.of("kinds") and not _are_guests(s)) for s in spans):
        return
    for index in range(asked + 2, len(spans) - 2):
        there = spans[index + 1].words(tokens) == "in" and spans[index + 2].is_place
        if spans[index].words(tokens) in _BE and there:
            spans[index] = replace(spans[index], concepts=frozenset({("meet", "came")}))
            return


@only_where(("been",))
def _have_been(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Where people have been, they went: "where have our delegations been in 2025?"."""
    asked = next((i for i, span in enumerate(spans) if span.has(("ask", "where"))), None)
    been = next((i for i, span in enumerate(spans) if span.words(tokens) == "been"), None)
    if asked is None or been is None or any(span.of("meet") or span.of("event") for span in spans):
        return
    if any(_are_guests(each) or _are_people(each) for each in spans[asked:been]):
        spans[been] = replace(spans[been], concepts=frozenset({("meet", "went")}))


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


@only_where(("deputy", "vice"))
def _deputy_was_in(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Where our deputy mayor "was", there he went: "when was our deputy mayor in Oakland?"."""
    if any(span.of("meet") or span.of("kinds") or span.of("event") for span in spans):
        return
    for index in range(len(spans) - 3):
        was = spans[index].words(tokens) in _BE and spans[index + 1].words(tokens) in ("our", "the")
        deputy = spans[index + 2].has(("noun", "deputy"))
        if was and deputy and spans[index + 3].words(tokens) == "in":
            spans[index] = replace(spans[index], concepts=frozenset({("meet", "went")}))


@only_where(("brought", "brings", "led"))
def _what_brought(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What brought somebody to a place is what the visit was about: "what brought the mayor of Miami to us?"."""
    words = [token.text for token in tokens]
    if (
        words[:1] != ["what"]
        or words[1] not in ("brought", "brings", "led")
        or not any(map(_are_people, spans))
    ):
        return
    goal = next((i for i, span in enumerate(spans) if span.words(tokens) in ("to", "to us", "here")), None)
    verb = next((i for i, span in enumerate(spans) if words[1] in span.words(tokens).split()), None)
    if goal is None or verb is None or any(span.of("items") or span.has(("kinds", "aid")) for span in spans):
        return
    spans[0] = replace(spans[0], concepts=frozenset({("ask", "subject")}))
    if verb:
        spans[verb] = replace(spans[verb], concepts=frozenset({("meet", "came")}))


VISITING: Sequence[Rule] = (
    _were_where,
    _who_was_there,
    _have_been,
    _toured,
    _deputy_was_in,
    _what_brought,
    _on_a_visit,
)
