"""Lists of partners and who is on them, in English: "on our list", "part of our sister cities", "allies"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import DOES, OWN, Span
from bot.questions.senses.ties import names_exchange, names_tie
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

_PARTNERS: frozenset[Concept] = frozenset({("kind", "partners"), ("small", "own")})

_GROUND = frozenset(("soil", "ground", "territory", "lands", "shores"))


@only_where(_GROUND)
def _on_its_soil(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What lies on the soil of a country lies there: "sister cities of ours on Japanese soil"."""
    for index in range(2, len(spans)):
        there = spans[index - 1].mention is not None and spans[index - 2].has(("small", "in"))
        if spans[index].words(tokens) in _GROUND and there:
            spans[index] = spans[index].silenced()


_ON_LIST = frozenset(
    f"{place} {whose} {what}"
    for place in ("on", "in")
    for whose in ("our", "the")
    for what in ("list", "lists", "books", "roll", "roster", "register")
)


@only_where(("on", "in", "network", "circle", "fold"))
def _on_our_list(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Places "on our list" are partners, where no word says of what it is: "which African places are on our list?"."""
    if any(
        names_tie(s) or names_exchange(s) or s.of("event") or s.of("meet") or s.of("anniversary")
        for s in spans
    ):
        return
    for index, span in enumerate(spans):
        ours = span.words(tokens) in _CIRCLES and tokens[span.start - 1].text == "our"
        if (ours or span.words(tokens) in _ON_LIST) and any(each.mention for each in spans[:index]):
            spans[index] = replace(span, concepts=_PARTNERS)
            return


_CIRCLES = frozenset(("network", "circle", "fold"))


_HOLDS = frozenset(
    ("include", "includes", "contain", "contains", "comprise", "comprises", "feature", "features", "show")
)


@only_where(_HOLDS)
def _list_includes(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A list of partners that includes a place says that it is one: "does our list of partners include Portland?"."""
    for index in range(2, len(spans) - 1):
        named = any(span.mention is not None for span in spans[index + 1 : index + 3])
        lists = [i for i in range(index) if tokens[spans[i].start].text in _ROLLS]
        if spans[index].words(tokens) in _HOLDS and named and lists and any(map(names_tie, spans[:index])):
            spans[index] = replace(spans[index], concepts=DOES)
            own = tokens[spans[lists[0]].end - 1].text in ("our", "your", "my")
            spans[lists[0]] = replace(spans[lists[0]], concepts=OWN) if own else spans[lists[0]].silenced()
            return


_ROLLS = frozenset(
    ("list", "lists", "roster", "roll", "register", "circle", "family", "network", "portfolio")
)


@only_where(("part",))
def _part_of(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is "part of our sister cities" is one of them."""
    for index in range(1, len(spans) - 1):
        words = [token.text for token in tokens[spans[index].start : spans[index].start + len("abc")]]
        if (
            words[:2] != ["part", "of"]
            or words[-1] not in ("our", "the")
            or not any(map(names_tie, spans[index:]))
        ):
            continue
        forms = spans[index - 1].words(tokens) in ("form", "forms", "a")
        for at in range(index - forms, index + 1):
            spans[at] = replace(spans[at], concepts=DOES)
        return


@only_where(("special",))
def _special_ones(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Special municipalities are no special anniversaries."""
    for index in range(len(spans) - 1):
        if spans[index].words(tokens) == "special" and "municipalit" in spans[index + 1].words(tokens):
            spans[index] = spans[index].silenced()


@only_where(("ally", "allies"))
def _allies(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Allies of a city are its partners; those of a country are none of the registry's business."""
    if any(span.is_place or "own" in span.of("small") or span.has(("noun", "city")) for span in spans):
        return
    for index, span in enumerate(spans):
        if span.words(tokens) in ("ally", "allies"):
            spans[index] = Span(span.start, span.end)


LISTED: Sequence[Rule] = (
    _on_its_soil,
    _on_our_list,
    _list_includes,
    _part_of,
    _special_ones,
    _allies,
)
