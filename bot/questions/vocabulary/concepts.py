"""What the words and phrases of the grammar stand for, indexed by their tokens."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from bot.questions.grammar import table
from bot.questions.text.normal import words_of
from bot.questions.text.slips import Slips, is_han

Concept = tuple[str, str]
"""A section of the grammar and a word of it: `("ask", "when")`."""

_OF_EXCHANGES = {
    "kinds": ("virtual_visit", "webinar", "sport", "culture", "education", "exhibition", "aid", "conference"),
    "topics": None,
}
"""What questions take of the words for exchanges; visits and signings are told apart by words of their own."""


@cache
def phrases() -> Mapping[str, frozenset[Concept]]:
    """Every phrase, as tokens with spaces between them, and all that it may stand for."""
    found = _indexed((*_of_tables(*_TABLES, *_RARER), *_of_exchanges()))
    singular = dict(found)
    for key, concepts in singular.items():
        for ending in ("s", "es"):
            if (
                key.isascii()
                and key[-3:].isalpha()
                and len(key) > len("mou")
                and f"{key}{ending}" not in singular
            ):
                found[f"{key}{ending}"] = concepts
    return found


@cache
def phrases_of(name: str) -> Mapping[str, frozenset[Concept]]:
    """The same of one table alone, which questions are not cut by."""
    return _indexed(_of_tables(name))


def _indexed(listed: Iterable[tuple[Concept, str]]) -> dict[str, frozenset[Concept]]:
    found: dict[str, set[Concept]] = {}
    for concept, phrase in listed:
        if words := words_of(phrase):
            found.setdefault(" ".join(words), set()).add(concept)
    return {key: frozenset(concepts) for key, concepts in found.items()}


_TABLES = ("en", "zh", "zh_talk", "zh_met")
_RARER = ("en_words", "zh_words", "en_office", "zh_office")
"""Tables with words that are no slip's aim: the more words there are, the more are near to some other."""


def _of_tables(*names: str) -> Iterator[tuple[Concept, str]]:
    for name in names:
        for section, cells in table(name).items():
            for key, listed in cells.items():
                yield from (((section, key), phrase) for phrase in listed)


def _of_exchanges() -> Iterator[tuple[Concept, str]]:
    for section, wanted in _OF_EXCHANGES.items():
        for key, listed in table("exchanges")[section].items():
            if wanted is None or key in wanted:
                yield from (((section, key), phrase) for phrase in listed)


@cache
def longest() -> Mapping[str, int]:
    """How many tokens the longest phrase has that begins with a token."""
    found: dict[str, int] = {}
    for key in phrases():
        words = key.split()
        found[words[0]] = max(found.get(words[0], 0), len(words))
    return found


@cache
def vocabulary() -> frozenset[str]:
    """Every token of every phrase."""
    return frozenset(word for key in phrases() for word in key.split())


_SPELLED = ("ask", "kind", "noun", "kinds")
"""Sections whose words are looked for where one is mistyped; of others too many are near to some other word."""


@cache
def spelling() -> Slips:
    """Finds the word of the grammar that somebody mistyped."""
    phrases_listed = (*_of_tables(*_TABLES), *_of_exchanges())
    listed = [
        word for (section, _), phrase in phrases_listed if section in _SPELLED for word in words_of(phrase)
    ]
    spelled = (*listed, *table("spelling")["spelled"]["words"])
    return Slips({word: 1 for word in spelled if not is_han(word)})
