"""The days of all ties of one place, which a list of them tells: 姊妹市都是哪一年簽的, "when was each signed?"."""

from collections.abc import Sequence

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import Span, written_in
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

_LIST: frozenset[Concept] = frozenset({("ask", "list")})
_EACH = frozenset(("都", "都是", "各", "各是", "各自", "各自是", "分别", "分别是", "都分别", "都各"))
_NARROWS = ("order", "meet", "anniversary")


@only_where(("都", "各", "分", "each", "each of", "all", "all of"))
def _day_of_each(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Asked of each partner of one place when it was signed, they are listed, each with its day."""
    asked = [i for i, span in enumerate(spans) if span.of("ask")]
    whose = sum(bool(span.mention) or "own" in span.of("small") for span in spans)
    if len(asked) != 1 or spans[asked[0]].of("ask") != ("when",) or whose != 1:
        return
    at = asked[0]
    signed = any(span.has(("event", "signed")) for span in spans)
    if not signed or any(any(map(span.of, _NARROWS)) and not span.of("filler") for span in spans):
        return
    each = _chinese(spans, at, tokens) or _english(spans, at, tokens)
    if each is None:
        return
    spans[each] = spans[each].silenced()
    spans[at] = Span(spans[at].start, spans[at].end, concepts=_LIST)


def _chinese(spans: Sequence[Span], at: int, tokens: Sequence[Token]) -> int | None:
    """Where "each" stands between the partners and what is asked of them."""
    each = at - 1
    said = each > 0 and written_in(spans[each], tokens) in _EACH
    return each if said and bool(spans[each - 1].of("kind")) else None


def _english(spans: Sequence[Span], at: int, tokens: Sequence[Token]) -> int | None:
    """Where "each of" or "each" stands behind "when was", with the partners behind it."""
    for index in range(at + 1, min(at + len("abcd"), len(spans))):
        if spans[index].words(tokens) in ("each", "each of", "all", "all of", "every one of", "each one of"):
            kinds = any(span.of("kind") for span in spans[index + 1 :])
            return index if kinds else None
    return None


EACH_SIGNED: Sequence[Rule] = (_day_of_each,)
