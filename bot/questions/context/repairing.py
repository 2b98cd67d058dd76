"""What a question holds that no part explains: slips of the fingers, places of the world, and names nobody knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.domain.places import Place
from bot.questions.grammar import table
from bot.questions.parts.spans import Span, only_a_name, pieces, unknown
from bot.questions.text.normal import Sort, Token, words_of
from bot.questions.text.slips import is_han
from bot.questions.vocabulary.concepts import phrases, spelling
from bot.questions.vocabulary.lexicon import Lexicon
from bot.questions.vocabulary.mentions import Mention, abroad, of_that_sound, slips
from bot.questions.vocabulary.other_counties import counties_not_held


@dataclass(frozen=True, slots=True)
class Repaired:
    """The parts of a question after repair. `unknown` are runs of tokens that stand where a place is named."""

    tokens: Sequence[Token]
    spans: Sequence[Span]
    corrected: tuple[tuple[str, str], ...] = ()
    unknown: tuple[tuple[int, int], ...] = ()


def repaired(tokens: Sequence[Token], text: str, lexicon: Lexicon, today: date) -> Repaired:
    """Cut the question into parts, and explain as much as can be of what is left."""
    known = pieces(tokens, text, lexicon, today)
    spans = known.put_together()
    if owners := _owners(unknown(spans), tokens, lexicon):
        tokens = [
            part for i, token in enumerate(tokens) for part in (_parted(token) if i in owners else (token,))
        ]
        known = pieces(tokens, text, lexicon, today)
        spans = known.put_together()
    everyday = [i for i in range(len(tokens)) if only_a_name(tokens, i)]
    mentioned = {i for span in spans if span.mention for i in range(span.start, span.end)}
    free = _with_letters_between(
        [*unknown(spans), *(i for i in everyday if i not in mentioned)], spans, tokens
    )
    counties = counties_not_held(tokens, lexicon)
    if not free and not counties:
        return Repaired(tokens, spans)
    named = [m for m in _names(tokens, free, lexicon) if not _is_no_name(tokens, m, text)]
    counties = counties_not_held(_as_taken(tokens, named), lexicon)
    named = [m for m in named if not any(start <= m.start < end for start, end in counties)]
    corrected = [(_typed(tokens, m, text), m.taken_for) for m in named if m.taken_for]
    taken = {i for m in named for i in range(m.start, m.end)}
    spelled = {i: word for i in free if i not in taken and (word := _spelled(tokens[i]))}
    if spelled:
        corrected += [
            (text[tokens[i].start : tokens[i].end], word)
            for i, word in spelled.items()
            if word != tokens[i].text
        ]
        tokens = [replace(t, text=spelled[i]) if i in spelled else t for i, t in enumerate(tokens)]
        known = pieces(tokens, text, lexicon, today)
    extra = [Span(m.start, m.end, mention=m) for m in named]
    spans = known.put_together(extra)
    runs = [
        run
        for run in _runs(spans, tokens)
        if _names_a_place(tokens, *run) and not _is_small(tokens, run[0], text)
    ]
    runs = [*(run for run in runs if not any(a <= run[0] < b for a, b in counties)), *counties]
    if runs:
        extra += [Span(start, end, mention=_nobody_knows(tokens, text, start, end)) for start, end in runs]
        spans = known.put_together(extra)
    return Repaired(tokens, spans, tuple(corrected), tuple(runs))


def _as_taken(tokens: Sequence[Token], named: Sequence[Mention]) -> Sequence[Token]:
    """The tokens with the slips of single words written as what they were taken for: "Tiachung County"."""
    meant = list(tokens)
    for mention in named:
        words = words_of(mention.taken_for or "")
        if len(words) == mention.end - mention.start == 1:
            meant[mention.start] = replace(tokens[mention.start], text=words[0])
    return meant


_SHORTEST_OWNER = len("seouls")


def _owners(free: Sequence[int], tokens: Sequence[Token], lexicon: Lexicon) -> set[int]:
    """Names to which an s is joined without an apostrophe: "tainans partners"."""
    return {
        i
        for i in free
        if tokens[i].text.endswith("s")
        and len(tokens[i].text) >= _SHORTEST_OWNER
        and tokens[i].text.isascii()
        and any(isinstance(each, Place) for each in lexicon.meanings((tokens[i].text[:-1],)))
    }


def _parted(token: Token) -> tuple[Token, Token]:
    name = replace(token, text=token.text[:-1], end=token.end - 1)
    return name, Token("s", token.sort, token.end - 1, token.end)


def _is_no_name(tokens: Sequence[Token], mention: Mention, text: str) -> bool:
    """Whether a word is taken for a place of the world that is called alike, by somebody who writes names large.

    An everyday word is no slip of a name either: "while" is not Chile.
    """
    if mention.taken_for is not None and mention.end - mention.start == 1:
        return tokens[mention.start].text in _unmistaken()
    ours = any(place.id for place in mention.places)
    return not ours and mention.taken_for is None and _is_small(tokens, mention.start, text)


def _is_small(tokens: Sequence[Token], index: int, text: str) -> bool:
    """Whether a word begins small in a text in which others begin large that open no sentence."""
    token = tokens[index]
    large = any(
        text[other.start].isupper() and number and tokens[number - 1].sort is not Sort.MARK
        for number, other in enumerate(tokens)
        if len(other.text) > 1 and not is_han(other.text)
    )
    return large and text[token.start].islower()


def _with_letters_between(free: Sequence[int], spans: Sequence[Span], tokens: Sequence[Token]) -> list[int]:
    """In Chinese also a single known character between two unknown ones: 也 of 維也納."""
    found = set(free)
    for span in spans:
        single = span.end == span.start + 1 and is_han(tokens[span.start].text) and bool(span.concepts)
        if single and span.start - 1 in found and span.end in found:
            found.add(span.start)
    return sorted(found)


def _names(tokens: Sequence[Token], free: Sequence[int], lexicon: Lexicon) -> list[Mention]:
    """Names among the free tokens, no two overlapping: world places by their own name, slips, other world places."""
    world = abroad(tokens, _widened(tokens, free), lexicon)
    world = [m for m in world if set(range(m.start, m.end)) & set(free)]
    own = [m for m in world if any(place.id or _is_own_name(tokens, m, place) for place in m.places)]
    other = [m for m in world if _is_believed(tokens, m)]
    found: list[Mention] = []
    alike = of_that_sound(tokens, free, lexicon)
    for mention in (
        *_longest(own),
        *_longest(alike),
        *_longest(slips(tokens, free, lexicon)),
        *_longest(other),
    ):
        apart = all(mention.end <= other.start or other.end <= mention.start for other in found)
        if apart and (_stands_for_a_place(tokens, mention, free) or _is_dashed(tokens, mention, lexicon)):
            found.append(mention)
    return found


def _is_dashed(tokens: Sequence[Token], mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a dash joins it to a name behind it: "the Dresdne–Coventry tie"."""
    end = mention.end
    dashed = end < len(tokens) and tokens[end].gap.strip() in ("-", "–", "—")
    long = len(tokens[mention.start].text) >= _SHORT_NAME
    return dashed and long and bool(lexicon.meanings((tokens[end].text,)))


def _widened(tokens: Sequence[Token], free: Sequence[int]) -> list[int]:
    """In Chinese also the little words beside an unexplained character: 上 of 上海, 里 and 約 of 里約熱內盧."""
    found = set(free)
    for at in free:
        for step in (-1, 1) if is_han(tokens[at].text) else ():
            for n in (at + step, at + 2 * step):
                if not (0 <= n < len(tokens) and _is_little(tokens[n])):
                    break
                found.add(n)
    return sorted(found)


_NEVER_OF_NAMES = frozenset(("small", "ask", "kind"))


def _is_little(token: Token) -> bool:
    """Whether a character alone is a word that may as well be a part of a name: 首 of 首爾, 開 of 開羅."""
    sections = {section for section, _ in phrases().get(token.text, ())}
    return bool(sections) and is_han(token.text) and ("filler" in sections or not sections & _NEVER_OF_NAMES)


def _is_believed(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a place is meant by another name than its own: a long one, or one of a place of ours, as Köln or Prag."""
    first = tokens[mention.start].text
    ours = any(place.id for place in mention.places) and len(first) > len("ulm")
    return len(first) >= _LONG_NAME or is_han(first) or ours


def _is_own_name(tokens: Sequence[Token], mention: Mention, place: Place) -> bool:
    words = tuple(token.text for token in tokens[mention.start : mention.end])
    return any(words_of(name) == words for name in (place.name_en, place.name_zh) if name)


def _longest(mentions: Sequence[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda m: m.start - m.end)


def _stands_for_a_place(tokens: Sequence[Token], mention: Mention, free: Sequence[int]) -> bool:
    """Whether words stand where a question names a place: behind "with", before "and", at an end of it.

    In Chinese, whether they are all that is unexplained there: 亞特蘭提 of 亞特蘭提斯 is no slip of 亞特蘭大.
    """
    start, end = mention.start, mention.end
    if is_han(tokens[start].text):
        return start - 1 not in free and end not in free
    at_ends = mention.taken_for is not None or len(tokens[start].text) >= _SHORT_NAME
    return _beside(tokens, start, end, "before", "after", at_ends=at_ends)


_LONG_NAME = 6
"""Letters from which on a place of the world is believed under another name than its own; in short ones words hide."""
_SHORT_NAME = 5
"""Letters of a place of the world that is believed at the beginning of a question, where many words stand."""


def _beside(
    tokens: Sequence[Token], start: int, end: int, before: str, after: str, *, at_ends: bool = False
) -> bool:
    """Whether one of the words of these lists stands before or behind a run of tokens, or, `at_ends`, nothing does."""
    words = _beside_words()
    first = start == 0 or tokens[start - 1].sort is Sort.MARK
    last = end == len(tokens) or tokens[end].sort is Sort.MARK
    if at_ends and (first or last):
        return True
    ahead = not first and tokens[start - 1].text in words[before]
    return ahead or (not last and tokens[end].text in words[after])


@cache
def _beside_words() -> dict[str, frozenset[str]]:
    cells = table("places")["beside"]
    return {
        key: frozenset(w for phrase in listed for w in (words_of(phrase) or (phrase,)))
        for key, listed in cells.items()
    }


def _typed(tokens: Sequence[Token], mention: Mention, text: str) -> str:
    return text[tokens[mention.start].start : tokens[mention.end - 1].end]


def _spelled(token: Token) -> str | None:
    """The word of the grammar that was mistyped, if only one is near."""
    if token.sort is not Sort.WORD or is_han(token.text) or token.text in _unmistaken():
        return None
    near = [word for word in spelling().meant(token.text) if len(word) > len("those")]
    return near[0] if near else None


@cache
def _unmistaken() -> frozenset[str]:
    return frozenset(table("spelling")["unmistaken"]["words"])


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


def _names_a_place(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether an unexplained run is surely meant as a place, so that it can be said that nobody knows it."""
    if is_han(tokens[start].text) and (end - start < len("旗津") or _is_a_person(tokens, start, end)):
        return False
    told_of = "".join(token.text for token in tokens[max(0, start - 2) : start]) in ("关于", "有关")
    if tokens[end - 1].text in _GATHERINGS or told_of:
        return False  # 書法展, 關於神社的活動
    return _beside(tokens, start, end, "surely", "surely_after")


_GATHERINGS = frozenset("展祭宴獎奖典")
"""With which no place is called at its end, but something that was held."""


def _is_a_person(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether an office stands right beside: 陳菊市長, 市長陳菊."""
    offices = table("zh")["people"]["mayor"]
    behind, before = (
        "".join(t.text for t in part) for part in (tokens[end : end + 2], tokens[max(0, start - 2) : start])
    )
    return any("".join(words_of(office)) in (behind, before) for office in offices)


def _nobody_knows(tokens: Sequence[Token], text: str, start: int, end: int) -> Mention:
    words = text[tokens[start].start : tokens[end - 1].end]
    return Mention(start, end, (Place(0, f"unknown:{words}", words, None, None, None),))
