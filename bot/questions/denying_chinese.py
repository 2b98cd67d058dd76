"""How Chinese denies that there was anything: 連一次交流都沒有, 從來沒登錄過任何互動; see `bot.questions.senses`.

What is denied then stands behind the word that denies it, as the readers look for it, and nothing between them.
"""

from collections.abc import Sequence

from bot.questions.normal import Token
from bot.questions.spans import Span, is_passed, written_in

_COUNTERS = frozenset(("次", "笔", "场", "回", "个", "项", "件", "趟", "点", "条", "种", "封", "丁点"))
_DENIALS = (("logic", "not"), ("logic", "without"))
_MET = (("noun", "exchange"), ("meet", "talked"), ("meet", "visit"), ("meet", "dialogue"))


def _is_met(span: Span) -> bool:
    return span.has(*_MET) or bool(span.of("kinds") or span.of("mode"))


def not_even_one(spans: list[Span], tokens: Sequence[Token]) -> None:
    """連一次交流都沒有, 一筆互動也沒登記過, 交流一次都沒有: the denial is put before what it denies."""
    for at in range(len(spans) - 2):
        counted = spans[at].number == 1 and written_in(spans[at + 1], tokens) in _COUNTERS
        if not counted:
            continue
        denial = _denial_behind(spans, at + 2)
        if denial is None:
            continue
        spans[at], spans[at + 1] = spans[at].silenced(), spans[at + 1].silenced()
        if at and spans[at - 1].has(("filler", "includes")):
            spans[at - 1] = spans[at - 1].silenced()
        met = next((i for i in range(at + 2, denial) if _is_met(spans[i])), None)
        if met is None and at and _is_met(spans[at - 1]):
            met = at - 1
        if met is not None:
            spans.insert(met, spans.pop(denial))
        return


def _denial_behind(spans: Sequence[Span], start: int) -> int | None:
    """The word that denies what was counted, in the same clause, with nothing named before it."""
    for index in range(start, len(spans)):
        if spans[index].has(*_DENIALS):
            return index
        if (
            spans[index].mark
            or spans[index].mention
            or not (is_passed(spans[index]) or _passes(spans[index]))
        ):
            return None
    return None


def _passes(span: Span) -> bool:
    return _is_met(span) or span.has(("logic", "common"), ("noun", "record"))
