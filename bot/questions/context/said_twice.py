"""What a question says twice: a place by two names, a year behind "this year", countries behind the part of the world.

Each rule leaves one of the two, so that the readers find it once: 但澤（現在叫格但斯克）, 去年…我指2025年.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from bot.domain.periods import Period
from bot.domain.places import Place
from bot.questions.context.apposed import level_behind_its_name
from bot.questions.parts.capitals import capitals
from bot.questions.parts.spans import Span, silence
from bot.questions.text.normal import Sort, Token, tokens_of
from bot.questions.text.scripts import traditional
from bot.questions.text.slips import is_han
from bot.questions.vocabulary.lexicon import Lexicon
from bot.questions.vocabulary.mentions import Mention, find

_LONGEST_NAME = 8
"""Characters of a name in Chinese letters that nobody knows."""


def said_once(spans: Sequence[Span], tokens: Sequence[Token], lexicon: Lexicon) -> list[Span]:
    """The parts, with what is said a second time turned into nothing."""
    found = list(spans)
    if not any(span.mark for span in found):
        return capitals(found, tokens, lexicon)
    for rule in _RULES:
        rule(found, tokens, lexicon)
    return capitals(found, tokens, lexicon)


def _contradict(spans: list[Span], at: int) -> None:
    """Leave a part unexplained, as it says something else than what it stands for: it is asked back."""
    spans[at] = Span(spans[at].start, spans[at].end)


def _bracketed(spans: Sequence[Span], tokens: Sequence[Token], at: int) -> int | None:
    """Where the bracket closes that opens at a part."""
    if not spans[at].mark or tokens[spans[at].start].text != "(":
        return None
    return next(
        (i for i in range(at + 1, len(spans)) if spans[i].mark and tokens[spans[i].start].text == ")"),
        None,
    )


# Places ------------------------------------------------------------------------------------------------------------


def _other_names(spans: list[Span], tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """但澤（現在叫格但斯克）, 布洛瓦（Blois）, 加里寧格勒（舊稱柯尼斯堡）, 法蘭克福（美因河畔）."""
    for at in range(len(spans) - 1, 0, -1):
        end = _bracketed(spans, tokens, at)
        if end is None or end == at + 1:
            continue
        inner = range(at + 1, end)
        named = [i for i in inner if spans[i].mention is not None]
        again = any(spans[i].has(("filler", "again")) for i in inner)
        others = [i for i in inner if i not in named and not spans[i].of("filler")]
        before = _unknown_name(spans, tokens, at)
        one = spans[at - 1].mention
        if _is_nobody(one):
            one, before = None, [at - 1]
        if len(named) == 1 and not others:
            latin = not is_han(tokens[spans[named[0]].start].text)
            other = spans[named[0]].mention
            if one is not None and latin and _is_nobody(one) and other is not None and other.places:
                silence(spans, [at - 1, at, end])  # 布拉札維（Brazzaville）
            elif one is not None and _same(one, other):
                silence(spans, range(at, end + 1))
            elif _is_end_of(spans, at - 1, other):  # 布拉薩|維爾（Brazzaville）
                silence(spans, range(at - 1, end + 1))
            elif one is not None and one.places and other is not None and other.places:
                _contradict(spans, named[0])
            elif before and one is None and (again or _is_gloss(spans, before, end, latin=latin)):
                silence(spans, [*before, *(i for i in range(at, end + 1) if i not in named)])
        elif (
            (one or spans[at - 1].of("kind")) and others and all(_is_latin(spans[i], tokens) for i in others)
        ):
            silence(spans, range(at, end + 1))
        elif one is not None and not named and all(_is_han(spans[i], tokens) for i in inner):
            _qualified(spans, tokens, lexicon, at, end, again=again)


def _is_end_of(spans: Sequence[Span], at: int, name: Mention | None) -> bool:
    """Whether a part that names nothing of ours is the end of a longer spelling of the name before it."""
    end = spans[at].mention
    stranger = end is not None and bool(end.places) and not any(place.id for place in end.places)
    before = spans[at - 1].mention if at else None
    return stranger and before is not None and name is not None and _same(before, name)


def _qualified(
    spans: list[Span], tokens: Sequence[Token], lexicon: Lexicon, at: int, end: int, *, again: bool
) -> None:
    """A bracket that no name stands in: which of several it is, or an old name that nobody knows."""
    inner = "".join(token.text for token in tokens[spans[at].end : spans[end].start])
    name = "".join(token.text for token in tokens[spans[at - 1].start : spans[at].start])
    whole = tokens_of(inner + name)
    exact = next((m for m in find(whole, lexicon) if (m.start, m.end) == (0, len(whole))), None)
    if exact is not None and exact.places:
        spans[at - 1] = Span(spans[at - 1].start, spans[at - 1].end, mention=exact)
        silence(spans, range(at, end + 1))
    elif again:
        silence(spans, range(at, end + 1))


def _namely(spans: list[Span], tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """柯尼斯堡，也就是加里寧格勒，…"""
    for at in range(1, len(spans) - 1):
        if not spans[at].has(("filler", "again")) or spans[at + 1].mention is None:
            continue
        if (before := spans[at - 1].mention) is not None and _same(before, spans[at + 1].mention):
            silence(spans, [at - 1, at])  # 列寧格勒現在叫聖彼得堡，…
        if at == 1 or not spans[at - 1].mark:
            continue
        one = spans[at - 2].mention
        behind = [at + 2] if at + 2 < len(spans) and spans[at + 2].mark else []
        if one is not None and not _same(one, spans[at + 1].mention):
            continue
        other = [at - 2] if one is not None else _unknown_name(spans, tokens, at - 1)
        if other:
            silence(spans, [*other, at - 1, at, *behind])


def _unknown_name(spans: Sequence[Span], tokens: Sequence[Token], end: int) -> list[int]:
    """The parts before one that are a name in Chinese letters that nobody knows; none where it is something else."""
    run: list[int] = []
    for at in range(end - 1, -1, -1):
        if (
            spans[at].mark
            or {"with", "of", "in"} & set(spans[at].of("small"))
            or spans[at].has(("filler", "lead"))
        ):
            break
        run.append(at)
    letters = sum(spans[i].end - spans[i].start for i in run)
    fits = all(_is_han(spans[i], tokens) and not (spans[i].time or spans[i].record) for i in run)
    strange = any(not spans[i].known or _is_nobody(spans[i].mention) for i in run)
    return run[::-1] if fits and strange and 1 < letters <= _LONGEST_NAME else []


def _is_strange(span: Span) -> bool:
    """Whether a part may be one of a name that nobody knows: itself unknown, of the wide world, or a lone character."""
    named = span.mention is not None and all(isinstance(m, Place) and not m.id for m in span.mention.meanings)
    return named or not span.known or (span.mention is None and span.end == span.start + 1)


def _is_nobody(mention: Mention | None) -> bool:
    return mention is not None and all(
        isinstance(m, Place) and not (m.id or m.country) for m in mention.meanings
    )


def _is_han(span: Span, tokens: Sequence[Token]) -> bool:
    return all(is_han(tokens[i].text) for i in range(span.start, span.end))


def _is_latin(span: Span, tokens: Sequence[Token]) -> bool:
    """Whether a part is a foreign word that nobody knows, which behind a name in Chinese is but another name for it."""
    return not span.known and all(tokens[i].sort is Sort.WORD for i in range(span.start, span.end))


def _is_gloss(spans: Sequence[Span], before: Sequence[int], end: int, *, latin: bool) -> bool:
    """Whether what stands before a bracket is a name and no more, or behind it goes on what is said of a place.

    布雷斯勞（弗次瓦夫）, 西里斯特拉（Silistra）跟…
    """
    if all(_is_strange(spans[i]) for i in before):
        return True
    if not latin:
        return False
    behind = spans[end + 1] if end + 1 < len(spans) else None
    return behind is not None and bool({"with", "of", "in"} & set(behind.of("small")))


def _same(one: Mention, other: Mention | None) -> bool:
    """Whether two names may be of one place."""
    if other is None:
        return False
    named = {(place.id, place.name_en) for place in one.places}
    return any((place.id, place.name_en) in named for place in other.places)


def _listed_countries(spans: list[Span], tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """北歐四國（挪威、瑞典、芬蘭、丹麥）: those that are listed are meant."""
    for at in range(1, len(spans)):
        end = _bracketed(spans, tokens, at)
        if end is None:
            continue
        inner = range(at + 1, end)
        row = all(spans[i].mark or _is_set(spans[i]) or spans[i].of("small") for i in inner)
        if not row or sum(_is_set(spans[i]) for i in inner) < _ROW:
            continue
        before = [i for i in range(max(0, at - _ROW - 1), at) if _counts_countries(spans[i])]
        head = before[0] - 1 if before else at - 1
        if head >= 0 and _is_set(spans[head]) and all(i in before for i in range(head + 1, at)):
            silence(spans, [head, *before, at, end])


_ROW = 2


def _is_set(span: Span) -> bool:
    return span.mention is not None and not span.mention.places


def _counts_countries(span: Span) -> bool:
    return span.number is not None or span.has(("noun", "country"))


# Times -------------------------------------------------------------------------------------------------------------


def _years(spans: list[Span], tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """去年…我指2025年, 2012年以後…含2012: a year behind a mark that says again what was said."""
    times = [i for i, span in enumerate(spans) if span.time is not None]
    for one, other in pairwise(times):
        apart = any(spans[i].mark for i in range(one, other))
        first, second = _period(spans[one]), _period(spans[other])
        if not apart or first is None or second is None:
            continue
        includes = spans[other - 1].has(("filler", "includes")) and first.first == second.first
        alone = other == one + _ROW and _bracketed(spans, tokens, one + 1) == other + 1
        if alone and first.first and second.first and first.first.year != second.first.year:
            _contradict(spans, other)  # 去年（2024年）, said in 2026
        elif first == second or includes:
            silence(spans, [other, *([other - 1] if includes else [])])


def _period(span: Span) -> Period | None:
    return span.time.period if span.time is not None else None


_TOO = re.compile(
    r"^(?:也|都|亦)(?:要|得)?(?:算|計|計入|列入|包括|包含|納入)(?:在內|在内|進去|进去|進來|进来|上)?$"
)
_WITH = frozenset(("包括", "包含", "連同", "含", "連", "連同"))


def _counted_too(spans: list[Span], tokens: Sequence[Token], _lexicon: Lexicon) -> None:
    """A level that counts as well narrows nothing: 我們在加州有幾個姊妹市？郡也算."""
    for at, span in enumerate(spans):
        if not span.of("places"):
            continue
        behind = traditional(spans[at + 1].words(tokens).replace(" ", "")) if at + 1 < len(spans) else ""
        before = traditional(spans[at - 1].words(tokens).replace(" ", "")) if at else ""
        if _TOO.match(behind):
            silence(spans, (at, at + 1))
        elif before in _WITH and _stands_alone(spans, at):
            silence(spans, (at - 1, at))


def _stands_alone(spans: Sequence[Span], at: int) -> bool:
    """Whether it is said behind a mark, and nothing more than it: "…，包括郡"."""
    return at > 1 and spans[at - 2].mark and all(span.mark or span.of("filler") for span in spans[at + 1 :])


_RULES: Sequence[Callable[[list[Span], Sequence[Token], Lexicon], None]] = (
    _other_names,
    _namely,
    _listed_countries,
    _years,
    _counted_too,
    level_behind_its_name,
)
