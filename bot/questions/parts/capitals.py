"""A capital by its country: 衣索比亞首都, "the Lithuanian capital", "the capital of Ethiopia".

Where the place is named, too, 斯洛維尼亞首都盧比安納, that it is the capital says no more.
"""

from collections.abc import Sequence
from functools import cache

from bot.domain.places import Place
from bot.questions.grammar import table
from bot.questions.parts.spans import Span, is_passed, silence
from bot.questions.text.normal import Token, words_of
from bot.questions.vocabulary.lexicon import Countries, Lexicon
from bot.questions.vocabulary.mentions import Mention

_WORDS = frozenset(("首 都", "首 都 有", "capital", "capital city", "capital of"))
_OF_TIES = ("kind", "event", "meet", "kinds")


def capitals(spans: list[Span], tokens: Sequence[Token], lexicon: Lexicon) -> list[Span]:
    """The parts, with a country and its capital turned into the one place that both are."""
    for at, span in enumerate(spans):
        if span.words(tokens) not in _WORDS:
            continue
        country = _country(spans, tokens, at)
        if country is None:
            continue
        codes = _codes(spans[country])
        named = at + 1 if at + 1 < len(spans) and country < at else country
        mention = spans[named].mention
        if mention is not None and country < at and any(place.country in codes for place in mention.places):
            silence(spans, range(country, at + 1))  # 斯洛維尼亞首都盧比安納
        elif _speaks_of_ties(spans) and (place := _capital(codes, lexicon)) is not None:
            start, end = spans[country].start, spans[country].end
            spans[country] = Span(start, end, mention=Mention(start, end, (place,)))
            silence(spans, [i for i in range(min(country, at), max(country, at) + 1) if i != country])
    return spans


def _country(spans: Sequence[Span], tokens: Sequence[Token], at: int) -> int | None:
    """Where the country is named: right before the word, or behind "capital of"."""
    if spans[at].words(tokens) == "capital of":
        behind = at + 1
        while behind < len(spans) and tokens[spans[behind].start].text == "the":
            behind += 1
        return behind if behind < len(spans) and _codes(spans[behind]) else None
    before = at - 1
    while before > 0 and is_passed(spans[before]):
        before -= 1  # 衣索比亞的首都, "Kosovo's capital"
    return before if before >= 0 and at - before <= _NEAR and _codes(spans[before]) else None


_NEAR = 2


def _codes(span: Span) -> tuple[str, ...]:
    """The one country that is named, and nothing else of the name."""
    if span.mention is None or span.mention.places:
        return ()
    codes = tuple(
        code for each in span.mention.meanings if isinstance(each, Countries) for code in each.codes
    )
    return codes if len(codes) == 1 else ()


def _speaks_of_ties(spans: Sequence[Span]) -> bool:
    return any(span.of(section) for span in spans for section in _OF_TIES) or any(
        span.has(("noun", "tie"), ("noun", "act"), ("noun", "exchange")) for span in spans
    )


@cache
def _names() -> dict[str, tuple[str, ...]]:
    return {code: words_of(names[0]) for code, names in table("places")["capitals"].items()}


def _capital(codes: Sequence[str], lexicon: Lexicon) -> Place | None:
    words = _names().get(codes[0])
    if words is None:
        return None
    found = [each for each in lexicon.meanings(words) if isinstance(each, Place)] or lexicon.abroad(words)
    return next((place for place in found if place.country == codes[0]), None)
