"""What a question holds that no part explains: slips of the fingers, places of the world, and names nobody knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.names import fold
from bot.domain.places import Place
from bot.questions.concepts import spelling
from bot.questions.lexicon import Lexicon
from bot.questions.mentions import Mention, abroad, slips
from bot.questions.normal import Sort, Token
from bot.questions.slips import is_han
from bot.questions.spans import Span, cut, unknown


@dataclass(frozen=True, slots=True)
class Repaired:
    """The parts of a question after repair. `unknown` are runs of tokens that stand where a place is named."""

    tokens: Sequence[Token]
    spans: Sequence[Span]
    corrected: tuple[tuple[str, str], ...] = ()
    unknown: tuple[tuple[int, int], ...] = ()


def repaired(tokens: Sequence[Token], text: str, lexicon: Lexicon, today: date) -> Repaired:
    """Cut the question into parts, and explain as much as can be of what is left."""
    spans = cut(tokens, text, lexicon, today)
    free = unknown(spans)
    if not free:
        return Repaired(tokens, spans)
    named = _names(tokens, free, lexicon)
    corrected = [(_typed(tokens, m, text), m.taken_for) for m in named if m.taken_for]
    taken = {i for m in named for i in range(m.start, m.end)}
    spelled = {i: word for i in free if i not in taken and (word := _spelled(tokens[i]))}
    if spelled:
        corrected += [(text[tokens[i].start : tokens[i].end], word) for i, word in spelled.items()]
        tokens = [replace(t, text=spelled[i]) if i in spelled else t for i, t in enumerate(tokens)]
    extra = [Span(m.start, m.end, mention=m) for m in named]
    spans = cut(tokens, text, lexicon, today, extra)
    runs = [run for run in _runs(spans, tokens) if _names_a_place(tokens, spans, *run)]
    if runs:
        extra += [Span(start, end, mention=_nobody_knows(tokens, text, start, end)) for start, end in runs]
        spans = cut(tokens, text, lexicon, today, extra)
    return Repaired(tokens, spans, tuple(corrected), tuple(runs))


def _names(tokens: Sequence[Token], free: Sequence[int], lexicon: Lexicon) -> list[Mention]:
    """Names among the free tokens, no two overlapping: places of the world by their own name, then slips, then others."""
    world = abroad(tokens, free, lexicon)
    own_name = [
        m
        for m in world
        if any(
            fold(p.name_en) == " ".join(t.text for t in tokens[m.start : m.end]) or p.name_zh
            for p in m.places
        )
    ]
    found: list[Mention] = []
    for mention in (
        *_longest_first(own_name),
        *_longest_first(slips(tokens, free, lexicon)),
        *_longest_first(world),
    ):
        apart = all(mention.end <= other.start or other.end <= mention.start for other in found)
        if apart and (
            is_han(tokens[mention.start].text) or _stands_for_a_place(tokens, mention.start, mention.end)
        ):
            found.append(mention)
    return found


def _longest_first(mentions: Sequence[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda m: m.start - m.end)


def _typed(tokens: Sequence[Token], mention: Mention, text: str) -> str:
    return text[tokens[mention.start].start : tokens[mention.end - 1].end]


def _spelled(token: Token) -> str | None:
    """The word of the grammar that was mistyped, if only one is near."""
    if token.sort is not Sort.WORD or is_han(token.text):
        return None
    near = spelling().meant(token.text)
    return near[0] if near else None


_BEFORE = frozenset(
    [
        "with",
        "of",
        "and",
        "between",
        "from",
        "to",
        "in",
        "for",
        "at",
        "vs",
        "versus",
        "or",
        "is",
        "are",
        "was",
        "were",
        "does",
        "did",
        "do",
        "has",
        "have",
        "about",
        "visit",
        "visited",
        "the",
        "city",
        "town",
        "county",
        "our",
        "than",
        "w",
        "met",
        "near",
        "against",
    ]
)
_AFTER = frozenset(
    [
        "and",
        "s",
        "become",
        "became",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "sign",
        "signed",
        "sister",
        "twin",
        "partner",
        "partners",
        "or",
        "vs",
        "did",
        "do",
        "does",
        "to",
        "when",
        "last",
        "a",
        "partnership",
        "with",
        "visit",
        "visited",
        "cut",
        "end",
        "ended",
    ]
)


def _stands_for_a_place(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether words stand where a question names a place: behind "with", before "and", at an end of it."""
    before = tokens[start - 1] if start else None
    after = tokens[end] if end < len(tokens) else None
    return (
        before is None
        or after is None
        or before.sort is Sort.MARK
        or after.sort is Sort.MARK
        or before.text in _BEFORE
        or after.text in _AFTER
    )


def _runs(spans: Sequence[Span], tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Runs of tokens that nothing explains; in Chinese with the single characters between them."""
    start = end = None
    for span in [*spans, Span(len(tokens), len(tokens), mark=True)]:
        if not span.known:
            start = span.start if start is None else start
            end = span.end
        elif start is not None and end is not None:
            yield start, end
            start = end = None


def _names_a_place(tokens: Sequence[Token], spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether an unexplained run is named as a place is: with a "with" or "and" beside it, not just anywhere."""
    if is_han(tokens[start].text):
        before = tokens[start - 1].text if start else ""
        after = tokens[end].text if end < len(tokens) else ""
        return end - start > 1 and (before in _HAN_BESIDE or after in _HAN_BESIDE)
    before = tokens[start - 1].text if start else ""
    after = tokens[end].text if end < len(tokens) else ""
    return before in _WITH or after in ("and", "s")


_HAN_BESIDE = frozenset("和与跟同及在对的到是由、")
_WITH = frozenset(("with", "and", "between", "of", "w", "from", "to"))


def _nobody_knows(tokens: Sequence[Token], text: str, start: int, end: int) -> Mention:
    words = text[tokens[start].start : tokens[end - 1].end]
    return Mention(start, end, (Place(0, f"unknown:{words}", words, None, None, None),))
