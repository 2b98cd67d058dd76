"""A question in parts, while it is being read: who looks for a part marks it as used, and what is left over was not
understood."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from bot.questions.conditions import Where
from bot.questions.parts.spans import Span, by_section
from bot.questions.text.normal import Sort, Token
from bot.questions.vocabulary.concepts import Concept

SILENT = frozenset(("filler", "small", "follow", "repair", "pointing"))
"""Sections of the grammar whose words may be left over."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the question: what it may stand for, the likeliest first. `slip` is what it was taken for."""

    span: int
    choices: tuple[Where, ...]
    slip: str | None = None

    @property
    def where(self) -> Where:
        return self.choices[0]

    @property
    def is_place(self) -> bool:
        """Whether it names a single place, not all that lie in something."""
        return bool(self.where.places)


@dataclass
class Sentence:
    """The parts of a question in order; `names` are its names by the position of their part."""

    tokens: Sequence[Token]
    spans: Sequence[Span]
    text: str = ""
    names: dict[int, Name] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    unfit: bool = False
    """Whether its words, all known, make a question that nobody can answer."""

    _found: tuple[Sequence[Span], Mapping[Concept | str, Sequence[int]]] | None = field(
        default=None, init=False, repr=False, compare=False
    )

    @cached_property
    def chinese(self) -> bool:
        """Whether it is in Chinese, where what is asked for may stand before the word that asks."""
        return any(token.sort is Sort.HAN for token in self.tokens)

    @cached_property
    def plain(self) -> str:
        """All its words as they are compared, in English with blanks between them."""
        return ("" if self.chinese else " ").join(token.text for token in self.tokens)

    def copy(self) -> "Sentence":
        return Sentence(self.tokens, self.spans, self.text, dict(self.names), set(self.used))

    # Looking for words

    def _where(self) -> Mapping[Concept | str, Sequence[int]]:
        """Where each word of the grammar, and any of each section, may be said; the rules ask for hundreds."""
        if self._found is None or self._found[0] is not self.spans:
            where: dict[Concept | str, list[int]] = {}
            for index, span in enumerate(self.spans):
                keys: Iterable[Concept | str] = (*span.concepts, *by_section(span.concepts))
                for key in keys:
                    where.setdefault(key, []).append(index)
            self._found = self.spans, where
        return self._found[1]

    def all(self, *concepts: Concept) -> list[int]:
        """Where a part may stand for one of these."""
        where = self._where()
        if len(concepts) == 1:
            return list(where.get(concepts[0], ()))
        return sorted({index for concept in concepts for index in where.get(concept, ())})

    def any_of(self, section: str) -> list[int]:
        """Where a part may stand for a word of the section."""
        return list(self._where().get(section, ()))

    def free(self, *concepts: Concept) -> list[int]:
        """As `all`, without what is used already."""
        return [index for index in self.all(*concepts) if index not in self.used]

    def has(self, *concepts: Concept) -> bool:
        return not self._where().keys().isdisjoint(concepts)

    def take(self, *concepts: Concept) -> bool:
        """Whether one of these is said and not used yet; it is used now, wherever it stands."""
        found = self.free(*concepts)
        self.used.update(found)
        return bool(found)

    def words(self, section: str) -> Iterator[tuple[int, str]]:
        """Every word of the section that is said and not used yet, with its position; a part may stand for several."""
        for index in self._where().get(section, ()):
            if index not in self.used:
                yield from ((index, key) for key in self.spans[index].of(section))

    def use(self, index: int) -> None:
        self.used.add(index)

    # Looking around

    def means(self, index: int) -> bool:
        """Whether a part carries meaning: words of politeness and grammar do not."""
        span = self.spans[index]
        if span.mark:
            return False
        return not span.concepts or all(section not in SILENT for section, _ in span.concepts)

    def after(self, index: int) -> int | None:
        """The next part that carries meaning, or is a name or time."""
        return next((i for i in range(index + 1, len(self.spans)) if self.means(i)), None)

    def before(self, index: int) -> int | None:
        return next((i for i in range(index - 1, -1, -1) if self.means(i)), None)

    def small_before(self, index: int) -> set[str]:
        """The small words right before a part: with, of, in, to, own; articles between them do not count."""
        found = set[str]()
        for i in range(index - 1, -1, -1):
            span = self.spans[i]
            if span.of("small"):
                begins = i == 0 and span.of("follow")  # "and Prague?" is with nobody
                return found if begins else found | set(span.of("small"))
            if not span.of("filler") or span.mark:
                return found
        return found

    def small_after(self, index: int) -> set[str]:
        """The small words right behind a part."""
        if index + 1 < len(self.spans):
            return set(self.spans[index + 1].of("small"))
        return set()

    def written(self, index: int) -> str:
        """The part as it was typed."""
        span = self.spans[index]
        return self.text[self.tokens[span.start].start : self.tokens[span.end - 1].end]

    def plainly(self, index: int) -> str:
        """The part in small letters, whatever its width and without marks that are not seen."""
        return _plain(self.written(index))

    def left_over(self) -> list[int]:
        """Parts that carry meaning and that nobody has used."""
        return [i for i in range(len(self.spans)) if i not in self.used and self.means(i)]


@lru_cache(maxsize=4096)
def _plain(written: str) -> str:
    plain = written if written.isascii() else unicodedata.normalize("NFKC", written)
    seen = plain if plain.isascii() else "".join(each for each in plain if unicodedata.category(each) != "Cf")
    return " ".join(seen.lower().split())
