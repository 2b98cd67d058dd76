"""A question cut into what its parts stand for: words of the grammar, names, times, numbers and record numbers.

Of all ways to cut it the cheapest counts: that which explains most with the fewest parts. So 高雄市長 is 高雄 and 市長,
and "Oklahoma City" is no city of Oklahoma. What no part explains stays, and is the business of `repairing`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import chain

from bot.domain.date_reading import chinese_number
from bot.domain.places import Place
from bot.questions.grammar import table
from bot.questions.text.normal import Sort, Token, blanked
from bot.questions.times.periods import TimeMention, find_times
from bot.questions.vocabulary.concepts import Concept, longest, phrases
from bot.questions.vocabulary.lexicon import Lexicon
from bot.questions.vocabulary.mentions import Mention, find

SILENT: frozenset[Concept] = frozenset({("filler", "words")})
"""What a part stands for that says nothing of what is asked."""

# What rules turn a part into, each alone.
AID: frozenset[Concept] = frozenset({("kinds", "aid")})
DOES: frozenset[Concept] = frozenset({("small", "does")})
ENDED: frozenset[Concept] = frozenset({("event", "ended")})
FIRST: frozenset[Concept] = frozenset({("order", "first")})
OR: frozenset[Concept] = frozenset({("logic", "or")})
OWN: frozenset[Concept] = frozenset({("small", "own")})
SIGNED: frozenset[Concept] = frozenset({("event", "signed")})
STATUS: frozenset[Concept] = frozenset({("ask", "status")})
TIE: frozenset[Concept] = frozenset({("noun", "tie")})
WHEN: frozenset[Concept] = frozenset({("ask", "when")})
WHETHER: frozenset[Concept] = frozenset({("ask", "whether")})

OF_A_VISIT: Sequence[Concept] = (
    ("meet", "came"),
    ("meet", "visit"),
    ("meet", "went"),
    ("meet", "received"),
    ("kinds", "visit"),
)
"""Words that say that somebody went to see somebody."""

OF_A_LAND: Sequence[Concept] = (
    ("noun", "country"),
    ("places", "state"),
    ("places", "prefecture"),
    ("places", "province"),
)
"""Words for what a place may be asked to lie in."""


@dataclass(frozen=True, slots=True)
class Span:
    """The tokens from `start` to before `end` and what they stand for; nothing, where nothing explains them."""

    start: int
    end: int
    concepts: frozenset[Concept] = frozenset()
    mention: Mention | None = None
    time: TimeMention | None = None
    number: int | None = None
    record: str | None = None
    mark: bool = False

    @property
    def known(self) -> bool:
        return (
            self.mark
            or bool(self.concepts or self.mention or self.time or self.record)
            or self.number is not None
        )

    def has(self, *concepts: Concept) -> bool:
        """Whether it may stand for one of these."""
        return not self.concepts.isdisjoint(concepts)

    def of(self, section: str) -> tuple[str, ...]:
        """The words of a section of the grammar that it may stand for, in order."""
        return by_section(self.concepts).get(section, ())

    @property
    def is_place(self) -> bool:
        """Whether it may name a place, the registry's or the world's."""
        return self.mention is not None and bool(self.mention.places)

    @property
    def is_name(self) -> bool:
        """Whether it names something that the registry or the world knows."""
        return self.mention is not None and any(
            not isinstance(each, Place) or each.id or each.country for each in self.mention.meanings
        )

    def silenced(self) -> "Span":
        """The same tokens, as words that say nothing."""
        return Span(self.start, self.end, concepts=SILENT)

    def words(self, tokens: Sequence[Token]) -> str:
        """Its words as they are compared, with blanks between them."""
        if self.end == self.start + 1:  # as most are; the rules ask some hundred times
            return tokens[self.start].text
        return " ".join(token.text for token in tokens[self.start : self.end])


@cache
def by_section(concepts: frozenset[Concept]) -> Mapping[str, tuple[str, ...]]:
    """The words of each section; there are no more such sets than the tables and the rules make."""
    found: dict[str, list[str]] = {}
    for section, key in sorted(concepts):
        found.setdefault(section, []).append(key)
    return {section: tuple(keys) for section, keys in found.items()}


def written_in(span: Span, tokens: Sequence[Token]) -> str:
    """What a part in Chinese is written with, in plain characters."""
    return "".join(token.text for token in tokens[span.start : span.end])


def silence(spans: list[Span], positions: Iterable[int]) -> None:
    """Let these parts say nothing."""
    for at in positions:
        spans[at] = spans[at].silenced()


def is_dash(tokens: Sequence[Token], at: int) -> bool:
    """Whether a dash stands before a token."""
    return any(each in tokens[at].gap for each in "-–—")


def clauses_of(spans: Sequence[Span]) -> Iterator[range]:
    """The parts between marks."""
    start = 0
    for index, span in enumerate(spans):
        if span.mark:
            if index > start:
                yield range(start, index)
            start = index + 1
    if start < len(spans):
        yield range(start, len(spans))


def ends_clause(spans: Sequence[Span], index: int) -> bool:
    """Whether nothing but particles stands behind a part, up to a mark or the end."""
    for span in spans[index + 1 :]:
        if span.mark:
            return True
        if not span.concepts or any(section not in ("filler", "small") for section, _ in span.concepts):
            return False
    return True


_LITTLE = ("filler", "small", "follow")


def is_passed(span: Span) -> bool:
    """Whether a part is a word that says little, so that the words on both sides of it are neighbours."""
    return not span.mark and bool(span.concepts) and all(section in _LITTLE for section, _ in span.concepts)


def next_meant(spans: Sequence[Span], index: int) -> int | None:
    """The next part that is not passed over; None behind the last."""
    return next((i for i in range(index + 1, len(spans)) if not is_passed(spans[i])), None)


_UNKNOWN, _UNKNOWN_HAN = 5.0, 3.0
_NAME, _TIME, _PHRASE, _LETTER, _NUMBER = 0.9, 0.95, 1.0, 1.25, 1.1
_WEAK = 1.6
"""The price of a part, by what it is. A single Chinese character is a part of many words, so that it costs more; a
name that is also a word is taken only where the word explains less."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Every part that some of the tokens of a question may be, with its price; `alone` are the single tokens."""

    of_tables: Sequence[tuple[float, Span]]
    alone: Sequence[tuple[float, Span]]

    def put_together(self, extra: Sequence[Span] = ()) -> list[Span]:
        """The parts of the question, in order, all tokens among them; `extra` are parts that were found otherwise."""
        more = ((_NAME, span) for span in extra)
        found = cheapest(len(self.alone), chain(self.of_tables, more, self.alone))
        assert found is not None, "every token is a part at least"
        return found


def pieces(tokens: Sequence[Token], text: str, lexicon: Lexicon, today: date) -> Pieces:
    """What the tables, the names and the calendar know of a question."""
    alone = [_alone(at, token.sort) for at, token in enumerate(tokens)]
    return Pieces(list(_edges(tokens, text, lexicon, today)), alone)


@lru_cache(maxsize=1024)  # every question begins with the same
def _alone(at: int, sort: Sort) -> tuple[float, Span]:
    """A single token that nothing explains, with its price."""
    return _UNKNOWN_HAN if sort is Sort.HAN else _UNKNOWN, Span(at, at + 1)


def cheapest(length: int, edges: Iterable[tuple[float, Span]]) -> list[Span] | None:
    """The parts that together make up so many tokens at the least price, in order; None if none do.

    Of equally cheap ones those that are given first.
    """
    starting: dict[int, list[tuple[float, Span]]] = {}
    for price, span in edges:
        starting.setdefault(span.start, []).append((price, span))
    best: list[tuple[float, Span | None]] = [(0.0, None), *((float("inf"), None) for _ in range(length))]
    for start in range(length):
        so_far = best[start][0]
        for price, span in starting.get(start, ()):
            if so_far + price < best[span.end][0]:
                best[span.end] = so_far + price, span
    found: list[Span] = []
    at = length
    while at:
        step = best[at][1]
        if step is None:
            return None
        found.append(step)
        at = step.start
    return found[::-1]


def _edges(tokens: Sequence[Token], text: str, lexicon: Lexicon, today: date) -> Iterator[tuple[float, Span]]:
    for position, token in enumerate(tokens):
        if token.sort is Sort.MARK:
            yield 0.0, Span(position, position + 1, mark=True)
    yield from _phrases(tokens)
    for mention in find(tokens, lexicon):
        price = _WEAK if _is_word(tokens, mention) else _NAME
        yield price, Span(mention.start, mention.end, mention=mention)
    yield from _times(tokens, text, today)
    yield from _numbers(tokens)


def _phrases(tokens: Sequence[Token]) -> Iterator[tuple[float, Span]]:
    known, reach = phrases(), longest()
    for start, token in enumerate(tokens):
        key = ""
        for end in range(start + 1, min(start + reach.get(token.text, 0), len(tokens)) + 1):
            key = f"{key} {tokens[end - 1].text}" if key else token.text
            if (concepts := known.get(key)) and not _cuts_a_number(tokens, start, end):
                single = end == start + 1 and token.sort is Sort.HAN
                yield (_LETTER if single else _PHRASE), Span(start, end, concepts=concepts)


def _cuts_a_number(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a phrase would take only the first numeral of a number: 逢五 of 逢五十週年."""
    ends = end - start > 1 and end < len(tokens)
    return ends and tokens[end - 1].text in _HAN_NUMERALS and tokens[end].text in _HAN_NUMERALS


def _is_word(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a name is an ordinary word of questions, too: Nice, Most, Of."""
    if mention.end - mention.start > 1 or tokens[mention.start].text not in phrases():
        return False
    if only_a_name(tokens, mention.start):
        return False
    if tokens[mention.start].text != "us":
        return True
    before = tokens[mention.start - 1].text if mention.start else ""
    return before not in _LOCATING and not _before_noun(tokens, mention.end)


_LOCATING = frozenset(("in", "within", "across", "throughout", "excluding", "except", "outside", "including"))


def only_a_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether an everyday word stands where only a name can: "with Nice?"."""
    if at == 0 or tokens[at].text not in _everyday() or tokens[at - 1].text not in _LEADING:
        return False
    return at + 1 == len(tokens) or tokens[at + 1].sort is Sort.MARK or tokens[at + 1].text in ("and", "s")


_LEADING = frozenset(("with", "of", "between", "and", "to"))


@cache
def _everyday() -> frozenset[str]:
    return frozenset(table("places")["everyday"]["words"])


def _before_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun follows, so that "us" is the country: "US cities"."""
    concepts = phrases().get(tokens[at].text, frozenset()) if at < len(tokens) else frozenset()
    return any(
        section in ("kind", "places") or each == ("noun", "city") for each in concepts for section in each[:1]
    )


def _times(tokens: Sequence[Token], text: str, today: date) -> Iterator[tuple[float, Span]]:
    for time in find_times(blanked(text), today):
        within = [n for n, token in enumerate(tokens) if time.start <= token.start and token.end <= time.end]
        if within:
            yield _TIME, Span(within[0], within[-1] + 1, time=time)


_COUNTED = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "hundred": 100}
_NUMBER_WORDS = {word: number for number, word in enumerate(_COUNTED)} | _TENS
_ORDINAL_WORDS = {
    "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70,
    "eightieth": 80, "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th)")
_RECORD = re.compile(r"[pxc]\d{1,7}")
_HAN_NUMERALS = frozenset("〇零一二两三四五六七八九十百")
_HAN_NUMBER = re.compile("[一二两三四五六七八九]?百?零?[一二两三四五六七八九]?十?[一二三四五六七八九]?")


def _numbers(tokens: Sequence[Token]) -> Iterator[tuple[float, Span]]:
    for position, token in enumerate(tokens):
        span = position, position + 1
        if token.sort is Sort.NUMBER and len(token.text) <= len("100000"):
            if (
                len(token.text) == len("2030")
                and position + 1 < len(tokens)
                and tokens[position + 1].text == "年"
            ):
                continue  # a year, and no 年會
            yield _NUMBER, Span(*span, number=int(token.text))
        elif token.sort is Sort.WORD:
            if token.text in _NUMBER_WORDS:
                yield _NUMBER, Span(*span, number=_NUMBER_WORDS[token.text])
            elif token.text in _ORDINAL_WORDS:
                yield _NUMBER, Span(*span, number=_ORDINAL_WORDS[token.text])
            elif match := _ORDINAL.fullmatch(token.text):
                yield _NUMBER, Span(*span, number=int(match[1]))
            elif _RECORD.fullmatch(token.text):
                yield _NUMBER, Span(*span, record=token.text.upper())
        elif token.text in _HAN_NUMERALS:
            yield from _han_numbers(tokens, position)


def _han_numbers(tokens: Sequence[Token], start: int) -> Iterator[tuple[float, Span]]:
    numeral = ""
    for end in range(start, min(start + len("一百二十五"), len(tokens))):
        if tokens[end].text not in _HAN_NUMERALS:
            return
        numeral += tokens[end].text
        if _HAN_NUMBER.fullmatch(numeral):
            price = _LETTER if end == start else _NUMBER  # 六都 | 有, and not 六 | 都有
            yield price, Span(start, end + 1, number=chinese_number(numeral.replace("两", "兩")))


def unknown(spans: Iterable[Span]) -> list[int]:
    """The positions of the tokens that nothing explains."""
    return [position for span in spans if not span.known for position in range(span.start, span.end)]
