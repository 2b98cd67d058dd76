"""Words that say a tie may be over by now, and date nothing: 高雄縣以前簽過誰, "was Perth a sister city before?"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import Span, written_in
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

_FORMERLY: frozenset[Concept] = frozenset({("logic", "formerly")})
_ONCE = ("以前", "从前", "过去", "早年", "早期")
_GOES_ON = ("跟", "和", "与", "同", "是", "有", "曾", "曾经", "到底", "究竟")
_OPENS = ("have", "has", "had", "did", "was", "were", "what", "which", "who", "whom")
_PAST = frozenset(("did", "had", "was", "were", "been", "has", "have"))


@only_where(_ONCE)
def _behind_a_name(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A 以前 with a verb of the place before it sets no tie before that with the place: 臺北縣以前跟誰締盟."""
    for index in range(1, len(spans) - 1):
        if written_in(spans[index], tokens) not in _ONCE or not spans[index - 1].mention:
            continue
        behind = written_in(spans[index + 1], tokens)
        if behind.startswith(_GOES_ON) or _has_signed(spans, index + 1, tokens):
            spans[index] = replace(spans[index], concepts=_FORMERLY)


def _has_signed(spans: Sequence[Span], index: int, tokens: Sequence[Token]) -> bool:
    """Whether it is told there that something was signed, and not which were: 簽過誰, not 簽過的有哪些."""
    if not spans[index].has(("event", "signed")):
        return False
    rest = [written_in(span, tokens) for span in spans[index + 1 :]]
    said = written_in(spans[index], tokens)
    passed = said.endswith("过") or rest[:1] == ["过"]
    rest = rest[rest[:1] == ["过"] :]
    return passed and not said.endswith("的") and rest[:1] != ["的"]


@only_where(_ONCE)
def _of_what_sort(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Asked what a tie was formerly, what it was is told, too: 我們以前跟布拉格是什麼關係."""
    if any(span.has(("ask", "kind")) for span in spans):
        for index, span in enumerate(spans):
            if written_in(span, tokens) in _ONCE and span.has(("time", "before"), ("logic", "formerly")):
                spans[index] = replace(span, concepts=_FORMERLY)


@only_where(("before",))
def _at_the_end(spans: list[Span], tokens: Sequence[Token]) -> None:
    """At the end of a question about the past "before" says no more than "ever": "was Perth a sister before?"."""
    words = [token.text for token in tokens]
    last = next((i for i in range(len(spans) - 1, 0, -1) if not spans[i].mark), 0)
    past = words[0] in _OPENS and bool(_PAST & set(words))
    if past and spans[last].words(tokens) == "before":
        spans[last] = replace(spans[last], concepts=_FORMERLY)


FORMERLY: Sequence[Rule] = (_behind_a_name, _of_what_sort, _at_the_end)
