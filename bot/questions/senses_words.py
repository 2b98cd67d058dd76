"""Rarer words that stand for what their table says only beside certain others: "when did it stop", "regard Busan as".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import TIE, WHETHER, Span, silence

# What is asked behind a statement -----------------------------------------------------------------------------------

_TAG_VERBS = frozenset(("are", "is", "was", "were", "do", "does", "did", "have", "has", "had"))
_TAG_WHO = frozenset(("they", "it", "we", "he", "she", "you"))


@only_where(("not",))
def _is_it_not(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A statement is asked with "are they not?" behind it, which denies nothing."""
    ends = [i for i, span in enumerate(spans) if not span.mark]
    tag = [token.text for token in tokens if token.text.isalnum()][-len(("are", "they", "not")) :]
    if tag[0] not in _TAG_VERBS or tag[1] not in _TAG_WHO or tag[-1] != "not":
        return
    first = [i for i, token in enumerate(tokens) if token.text.isalnum()][-len(tag)]
    start = next((i for i in ends if spans[i].start == first), None)
    if start is None or start == 0 or not spans[start - 1].mark:
        return
    silence(spans, (i for i in ends if i >= start))
    spans[start] = Span(spans[start].start, spans[start].end, concepts=WHETHER)


# What is told to be done ------------------------------------------------------------------------------------------

_DO = frozenset(("host", "undertake", "implement", "realise", "realize", "accomplish"))


@only_where(_DO)
def _told_to_do(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whoever is told to do something is asked nothing: "please host Seattle next week"."""
    for index, span in enumerate(spans):
        if span.words(tokens) in _DO and (index == 0 or _is_told(spans, tokens, index)):
            spans[index] = Span(span.start, span.end)


def _is_told(spans: Sequence[Span], tokens: Sequence[Token], index: int) -> bool:
    before = tokens[max(0, spans[index].start - 1)].text
    return before in ("please", "kindly", "you", "to", "us", "let")


# How two are tied ---------------------------------------------------------------------------------------------------

_TIED = frozenset(("linked", "related", "connected", "tied", "affiliated", "associated", "bound", "allied"))
_BY = frozenset(("by", "via", "through", "in"))
_WAY = ["in", "what", "way"]
_KIND: frozenset[Concept] = frozenset({("ask", "kind")})


@only_where(_TIED)
def _how_tied(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How two cities "are linked" asks for the kind of their tie."""
    words = [token.text for token in tokens]
    said = [i for i, span in enumerate(spans) if not span.mark]
    verb = 1 if words[0] == "how" else len(_WAY) if words[: len(_WAY)] == _WAY else None
    if verb is None or words[verb : verb + 1] not in (["are"], ["is"]) or _BY & set(words[verb:]):
        return
    tied = next((i for i in said[-len("abc") :] if words[spans[i].start] in _TIED), None)
    if tied is None:
        return
    asks = next(i for i in said if spans[i].end > verb)
    silence(spans, range(asks + 1))
    spans[0] = Span(spans[0].start, spans[0].end, concepts=_KIND)
    spans[tied] = Span(spans[tied].start, spans[tied].end, concepts=TIE)


# What will be -------------------------------------------------------------------------------------------------------

_PLANNED: frozenset[Concept] = frozenset({("meet", "planned")})


@only_where(("will",))
def _will(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The exchanges that a city "will have" are planned."""
    exchanges = any(span.has(("noun", "exchange")) for span in spans)
    if not exchanges or any(span.of("order") or span.of("anniversary") or span.of("kind") for span in spans):
        return
    if any(span.has(("meet", "planned"), ("ask", "when")) for span in spans):
        return
    for index, span in enumerate(spans):
        if span.words(tokens) == "will":
            spans[index] = Span(span.start, span.end, concepts=_PLANNED)
            return


# Ahead of another --------------------------------------------------------------------------------------------------


_SURPASS = frozenset(("surpass", "surpasses", "surpassed", "outdo", "outdoes", "outstrip", "outstrips"))


@only_where(_SURPASS)
def _surpasses(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Only in ties does one city surpass another here, and not in baseball."""
    if any(span.of("kind") for span in spans):
        return
    for index, span in enumerate(spans):
        if span.words(tokens) in _SURPASS:
            spans[index] = Span(span.start, span.end)


# What is left --------------------------------------------------------------------------------------------------------


@only_where(("left",))
def _has_left(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What a city "has left" it still has: "which partners does Kaohsiung have left?"."""
    for index in range(2, len(spans)):
        words = [token.text for token in tokens[: spans[index].start]]
        ends = index + 1 == len(spans) or spans[index + 1].mark
        if (
            spans[index].words(tokens) == "left"
            and words[-1] == "have"
            and {"do", "does"} & {*words}
            and ends
        ):
            spans[index] = spans[index].silenced()


WORDS: Sequence[Rule] = (
    _surpasses,
    _how_tied,
    _will,
    _has_left,
    _is_it_not,
    _told_to_do,
)
