"""Questions about the rules on ties themselves: "who has to approve the draft of an agreement?".

No tie is meant by them and no place but a country, so that they are read apart: they are such a question only if every
word is in the grammar's table of regulations or is filler.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.questions.concepts import Concept, phrases
from bot.questions.grammar import table
from bot.questions.lexicon import Countries, Lexicon
from bot.questions.normal import Sort, Token, words_of


class Regulation(StrEnum):
    """What rules on ties are asked about; the keys of `db/starter/rule_facts.csv`."""

    APPROVAL = "approval"
    NO_PROMISE = "no_promise"
    MISSION = "mission"
    LEVEL = "level"
    TRAVEL = "travel"
    MONEY = "money"
    ALLOWED = "allowed"
    RECOGNITION = "recognition"
    NAME = "name"
    END = "end"


@dataclass(frozen=True, slots=True)
class AboutRegulations:
    """It asks for what the rules of a country say of these; of none of them in particular, for all that they ask.

    Without a country, the asker's own is meant.
    """

    of: frozenset[Regulation]
    country: str | None = None


def regulations_asked(tokens: Sequence[Token], lexicon: Lexicon) -> AboutRegulations | None:
    """What it asks of the rules on ties; None where it says anything else as well."""
    said = _said(tokens, lexicon)
    if said is None or _TIES not in said or said.isdisjoint(_DUTIES) or _ONE_TIE in said:
        return None
    of = frozenset(Regulation(key) for section, key in said if section == "topic")
    countries = [key for section, key in said if section == _COUNTRY]
    if len(countries) > 1 or not (of or _RULES in said):
        return None
    return AboutRegulations(of, *countries)


_TIES, _ONE_TIE, _RULES, _COUNTRY = ("beside", "ties"), ("beside", "one_tie"), ("duty", "rules"), "country"
_DUTIES: frozenset[Concept] = frozenset((_RULES, ("duty", "must"), ("topic", "allowed")))
_NOTHING: frozenset[Concept] = frozenset()
_TELLING, _GLUE, _FILLER = 1.0, 1.2, 2.5
"""The price of a phrase: those in which more is said are preferred."""


def _said(tokens: Sequence[Token], lexicon: Lexicon) -> frozenset[Concept] | None:
    """What the cheapest phrases that make up the whole stand for; None if some of it is in no table."""
    best: list[tuple[float, frozenset[Concept]] | None] = [(0.0, _NOTHING), *(None for _ in tokens)]
    for start in range(len(tokens)):
        so_far = best[start]
        if so_far is None:
            continue
        for end, price, concepts in _beginning_at(start, tokens, lexicon):
            known = best[end]
            if known is None or so_far[0] + price < known[0]:
                best[end] = so_far[0] + price, so_far[1] | concepts
    return best[-1][1] if best[-1] else None


def _beginning_at(
    start: int, tokens: Sequence[Token], lexicon: Lexicon
) -> Iterator[tuple[int, float, frozenset[Concept]]]:
    """The phrases that begin there: where each ends, its price, and what it stands for."""
    if tokens[start].sort is Sort.MARK:
        yield start + 1, 0.0, _NOTHING
    for end in range(start + 1, min(start + _longest(), len(tokens)) + 1):
        words = [token.text for token in tokens[start:end]]
        key = " ".join(words)
        if concepts := _regulations().get(key):
            yield end, _GLUE if concepts == {("beside", "glue")} else _TELLING, concepts
        elif any(section == "filler" for section, _ in phrases().get(key, ())):
            yield end, _FILLER, _NOTHING
        for meaning in lexicon.meanings(words):
            if isinstance(meaning, Countries) and len(meaning.codes) == 1:
                yield end, _TELLING, frozenset({(_COUNTRY, meaning.codes[0])})


@cache
def _regulations() -> Mapping[str, frozenset[Concept]]:
    """Every phrase of the table, as tokens with spaces between them, and all that it stands for."""
    found: dict[str, set[Concept]] = {}
    for section, cells in table("regulations").items():
        for key, listed in cells.items():
            for phrase in listed:
                found.setdefault(" ".join(words_of(phrase)), set()).add((section, key))
    return {key: frozenset(concepts) for key, concepts in found.items()}


@cache
def _longest() -> int:
    return max(key.count(" ") for key in _regulations()) + 1
