"""From a question to what it asks: a pure function of the text, the names, the day, who asks, and what came before."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, product

from bot.domain.dates import PartialDate
from bot.domain.names import clean
from bot.domain.places import Place
from bot.questions.asking.forms import read_form
from bot.questions.asking.regulations import regulations_asked, what_is_allowed
from bot.questions.composing.compose import compose
from bot.questions.conditions import PlaceRef, Where
from bot.questions.context.announced import question_behind, without_announcement
from bot.questions.context.around import without_context
from bot.questions.context.by_itself import cores
from bot.questions.context.courtesy import without_courtesies, without_greeting
from bot.questions.context.hearsay import as_statement, without_teller
from bot.questions.context.predecessors import naming_what_it_was
from bot.questions.context.repairing import Repaired, repaired
from bot.questions.context.said_twice import said_once
from bot.questions.context.twofold import in_two
from bot.questions.following.few_words import in_few_words
from bot.questions.following.follow import follow
from bot.questions.following.one import is_of_the_one, says_them_of_another, standing_for
from bot.questions.following.places import seen_from_ours
from bot.questions.following.pointing_back import goes_on, points_back, speaks_of_it, tells_of_it
from bot.questions.following.shared import asks_who_of_those, begins_with_those, shared_with
from bot.questions.following.signed import (
    asks_who_else,
    asks_who_signed,
    names_the_agreement,
    what_was_signed,
)
from bot.questions.following.whose_else import whose_else
from bot.questions.following.words import asks_as_of_then
from bot.questions.frame import Frame
from bot.questions.outcomes import (
    Ambiguous,
    Difference,
    NotUnderstood,
    OutOfScope,
    Reading,
    Topic,
    UnknownPlace,
    Why,
)
from bot.questions.parts.sentence import Sentence
from bot.questions.parts.spans import Span
from bot.questions.query import Query
from bot.questions.reading.naming import read_names, ref
from bot.questions.reading.narrowing import settled_time, unsure
from bot.questions.senses.order import in_their_sense
from bot.questions.text.normal import MAX_LENGTH, Sort, Token, tokens_of
from bot.questions.text.shorthand import with_the_nation, written_out
from bot.questions.vocabulary.lexicon import Lexicon
from bot.questions.wording.leaving_out import left_out
from bot.questions.wording.sense import unanswerable

_MOST_READINGS = 12
"""Of how many readings an ambiguous question is made at most."""

_MOST_CORES = 6
"""How many clauses from the end a question may reach back where it is read without the story before it."""


def parse(
    text: str, lexicon: Lexicon, today: date, home: Place | None = None, frame: Frame | None = None
) -> Reading:
    """Read a question.

    `today` is the asker's day and `home` the place of the office that asks, if one does. `frame` is what was asked
    before: "and Prague?" keeps all of it but the place. Never raises for any text.
    """
    frame = seen_from_ours(frame, lexicon, home) if frame is not None else None
    written = without_greeting(written_out(clean(text).translate(_AS_TYPED)))
    written = with_the_nation(written) if home is None and lexicon.home_countries else written
    read = _read_prepared(written, lexicon, today, home, frame)

    def again(part: str, before: Frame | None) -> Reading:
        return _read_prepared(part, lexicon, today, home, before).reading

    reading = in_two(read.written, read.reading, read.tokens, read.spans, again, frame)
    if not isinstance(reading, NotUnderstood | UnknownPlace | OutOfScope):
        return what_is_allowed(read.tokens, lexicon) or reading
    if regulations := regulations_asked(read.tokens, lexicon):
        return regulations
    for core in islice(cores(read.spans, read.tokens, read.written), _MOST_CORES):
        alone = _read_prepared(core.text, lexicon, today, home).reading
        if isinstance(alone, Query):
            if core.lacks_nothing(alone) and not left_out(alone, read.found, read.tokens, lexicon, home):
                return alone
            if isinstance(reading, NotUnderstood) and reading.nearest is None:
                reading = replace(reading, nearest=alone)
    return reading


@dataclass(frozen=True, slots=True)
class _Read:
    """What a text was read as, and the parts of which it was."""

    reading: Reading
    written: str
    tokens: Sequence[Token] = ()
    spans: Sequence[Span] = ()
    found: Sequence[Span] = ()
    """The parts before those were put aside that are told around the question."""


def _read_prepared(
    written: str, lexicon: Lexicon, today: date, home: Place | None, frame: Frame | None = None
) -> _Read:
    if len(written) > MAX_LENGTH:
        return _Read(NotUnderstood(Why.TOO_LONG), written)
    tokens = tokens_of(written)
    if all(token.sort is Sort.MARK for token in tokens):
        return _Read(NotUnderstood(Why.EMPTY), written)
    found = repaired(tokens, written, lexicon, today)
    tidied = _tidied(found, lexicon)
    if (behind := question_behind(tidied, found.tokens, today)) is not None:
        return _read_prepared(written[found.tokens[behind].start :], lexicon, today, home, frame)
    spans = without_announcement(tidied, found.tokens, today)
    spans = naming_what_it_was(spans, found.tokens, lexicon, home)
    reading = _read(written, found, spans, lexicon, today, home, frame)
    if isinstance(reading, Query) and (part := left_out(reading, found.spans, found.tokens, lexicon, home)):
        reading = NotUnderstood(Why.DOES_NOT_FIT, (_written(written, found.tokens, part.start, part.end),))
    return _Read(reading, written, found.tokens, spans, found.spans)


def _read(
    written: str,
    found: Repaired,
    spans: list[Span],
    lexicon: Lexicon,
    today: date,
    home: Place | None,
    frame: Frame | None,
) -> Reading:
    topic = _out_of_scope(Sentence(found.tokens, spans, written))

    def read(choice: Sentence) -> Query | None:
        return _query_of(choice, lexicon, today, home, frame)

    def outcome(parts: Sequence[Span]) -> Reading:
        sentence = Sentence(found.tokens, parts, written)
        read_names(sentence, lexicon, home)
        nowhere = frame is None and any(
            points(sentence)
            for points in (points_back, speaks_of_it, says_them_of_another, begins_with_those)
        )
        if tells_of_it(sentence) or nowhere:
            return NotUnderstood(Why.POINTS_NOWHERE, nobody=True)
        return _outcome(sentence, found, lexicon, today, read)

    for parts in without_context(spans, found.tokens, led=True):
        if topic is not None and _out_of_scope(Sentence(found.tokens, parts, written)) is not None:
            continue  # "I am writing a poem" is told, "write a poem" is asked
        alone = outcome(parts)
        if isinstance(alone, Query | Ambiguous):
            return alone
    if topic in _TOLD_OF and any(span.mark for span in spans[:-1]):
        for parts in without_context(spans, found.tokens):
            if _asks_in(spans, parts, found) or _out_of_scope(Sentence(found.tokens, parts, written)):
                continue
            alone = outcome(parts)
            if isinstance(alone, Query):
                return alone
    if topic is not None:
        return OutOfScope(topic)
    reading = outcome(spans)
    if isinstance(reading, NotUnderstood | UnknownPlace):
        for parts in without_context(spans, found.tokens):
            alone = outcome(parts)
            if isinstance(alone, Query | Ambiguous):
                return alone
    return reading


def _query_of(
    choice: Sentence, lexicon: Lexicon, today: date, home: Place | None, frame: Frame | None
) -> Query | None:
    """The query that one choice of names and senses is, by itself or as what goes on from the question before."""
    if (signed := what_was_signed(choice, frame)) is not None:
        return signed
    if (others := whose_else(choice, frame)) is not None:
        return others
    if (few := in_few_words(choice, frame, lexicon)) is not None:
        return few
    if asks_who_else(choice) or names_the_agreement(choice) or asks_who_signed(choice, frame):
        choice.unfit = True
        return None
    choice.unfit = choice.unfit or asks_as_of_then(choice)
    if choice.unfit:
        return None
    if frame is not None and asks_who_of_those(choice):
        return shared_with(choice, frame)
    if frame is not None and (named := standing_for(choice, frame, lexicon, today, home)):
        return named
    if frame is not None and not choice.unfit and goes_on(choice, frame):
        return follow(choice, frame, lexicon, today, home)
    if frame is not None and not choice.unfit and is_of_the_one(choice, frame, lexicon, today, home):
        return follow(choice, frame, lexicon, today, home, whole=True)
    form = read_form(choice)
    return compose(choice, form, lexicon, today, home) if form is not None else None


_TOLD_OF = frozenset((Topic.FACTS, Topic.POLITICS, Topic.ALLIES, Topic.WEATHER, Topic.TRAVEL))
"""What is none of the registry's business and may be told before a question: "both hosted the Olympics in '72"."""

_ASKING = frozenset(
    (
        "what",
        "which",
        "who",
        "whom",
        "whose",
        "how",
        "where",
        "when",
        "why",
        "should",
        "tell",
        "give",
        "list",
        "show",
    )
) | frozenset("哪何几谁吗呢怎")


def _asks_in(spans: Sequence[Span], parts: Sequence[Span], found: Repaired) -> bool:
    """Whether what was left away with the context asks something itself."""
    away = [one for one, other in zip(spans, parts, strict=True) if one is not other]
    return any(found.tokens[i].text in _ASKING for span in away for i in range(span.start, span.end))


_AS_TYPED: dict[int, int | str | None] = {
    **dict.fromkeys((0x200C, 0x200D)),
    **dict.fromkeys((0x25CB, 0x25EF), "〇"),  # the circle that is typed for a zero: 二○二四年
    **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)},
}
"""Marks between letters that are not seen are left out, and letters and marks of full width are as others."""


def _outcome(
    sentence: Sentence,
    found: Repaired,
    lexicon: Lexicon,
    today: date,
    read: Callable[[Sentence], Query | None],
) -> Reading:
    """The one query that the sentence is, or what else becomes of it."""
    readings: dict[Query, PlaceRef | None] = {}
    left: Sentence | None = None
    query = None
    for choice, label in islice(_choices(sentence), _MOST_READINGS):
        query = read(choice)
        if query is None or choice.unfit or choice.left_over():
            left = left or choice
        else:
            readings.setdefault(replace(query, corrected=found.corrected), label)
    if not readings:
        assert left is not None, "a sentence has one reading at least"
        offered = query if query is not None and not unanswerable(query, today) else None
        return _not_understood(left, query, offered)
    queries = list(readings)
    unknown = [run for run in found.unknown if _is_named(sentence, *run)]
    if unknown:
        start, end = unknown[0]
        nearest = lexicon.near([token.text for token in sentence.tokens[start:end]], 3)
        return UnknownPlace(
            _written(sentence.text, sentence.tokens, start, end),
            tuple(ref(place) for place in nearest),
            queries[0],
        )
    if len(queries) == 1:
        return queries[0]
    labels = tuple(label for label in readings.values() if label is not None)
    named = any(len(name.choices) > 1 for name in sentence.names.values())
    if len(labels) != len(queries):
        labels = ()
    differs = Difference.PLACE if named else Difference.DATE
    return Ambiguous(_ambiguous_words(sentence), differs, tuple(queries), labels)


def _tidied(found: Repaired, lexicon: Lexicon) -> list[Span]:
    """The parts without what people say around a question, each in the sense that it has beside the others."""
    once = said_once(found.spans, found.tokens, lexicon)
    told = without_teller(as_statement(once, found.tokens), found.tokens)
    return in_their_sense(without_courtesies(told, found.tokens), found.tokens)


def _is_named(sentence: Sentence, start: int, end: int) -> bool:
    """Whether tokens still stand for a name, and were not left away with what is told around the question."""
    return any((span.start, span.end) == (start, end) and span.mention for span in sentence.spans)


def _not_understood(sentence: Sentence, query: Query | None, nearest: Query | None) -> NotUnderstood:
    left = sentence.left_over()
    known = [sentence.spans[i].known for i in left]
    nobody = not sentence.names and (all(known) or points_back(sentence) or speaks_of_it(sentence))
    if query is None and not sentence.names:
        return NotUnderstood(Why.NOTHING_KNOWN, _words(sentence), nobody=nobody)
    why = Why.DOES_NOT_FIT if all(known) else Why.UNKNOWN_WORDS
    return NotUnderstood(why, _words(sentence), nearest, bool(known) and not any(known), nobody)


def _choices(sentence: Sentence) -> Iterator[tuple[Sentence, PlaceRef | None]]:
    """The sentence in all its readings: each homonym and each doubtful date decided, with the place that decides it."""
    several = [name for name in sentence.names.values() if len(name.choices) > 1]
    doubtful = unsure(sentence)
    dates: tuple[PartialDate | None, ...] = doubtful[1] if doubtful else (None,)
    for picked in product(*(name.choices for name in several)):
        for day in dates:
            choice = sentence.copy()
            for name, where in zip(several, picked, strict=True):
                choice.names[name.span] = replace(name, choices=(where,))
            if doubtful and day is not None:
                _settle(choice, doubtful[0], day)
            yield choice, _label(picked)


def _label(picked: tuple[Where, ...]) -> PlaceRef | None:
    return next((where.places[0] for where in picked if where.places), None)


def _settle(sentence: Sentence, index: int, day: PartialDate) -> None:
    spans = list(sentence.spans)
    time = spans[index].time
    assert time is not None, "only a time is unsure"
    side = spans[index - 1].of("time") if index else []
    if side:
        sentence.use(index - 1)
    spans[index] = replace(spans[index], time=settled_time(time, day, side))
    sentence.spans = spans


def _words(sentence: Sentence) -> tuple[str, ...]:
    """What is left over, as it was typed; neighbours together."""
    found: list[str] = []
    last = -2
    for index in sentence.left_over():
        word = sentence.written(index)
        if index == last + 1 and not sentence.spans[index].known:
            found[-1] += ("" if not word.isascii() else " ") + word
        else:
            found.append(word)
        last = index
    return tuple(found)


def _written(text: str, tokens: Sequence[Token], start: int, end: int) -> str:
    """Tokens as they were typed."""
    return text[tokens[start].start : tokens[end - 1].end]


def _ambiguous_words(sentence: Sentence) -> str:
    for name in sentence.names.values():
        if len(name.choices) > 1:
            return sentence.written(name.span)
    doubtful = unsure(sentence)
    return sentence.written(doubtful[0]) if doubtful else ""


def _out_of_scope(sentence: Sentence) -> Topic | None:
    """What the question is about where that is none of the registry's business."""
    topics = [
        Topic(key)
        for span in sentence.spans
        if span.of("scope") and all(section in ("scope", "filler") for section, _ in span.concepts)
        for key in span.of("scope")
    ]
    if topics:
        return topics[0]
    meaning = [i for i in range(len(sentence.spans)) if sentence.means(i)]
    if not meaning:
        for key in ("greeting", "thanks"):
            if sentence.has(("filler", key)):
                return Topic(key)
    return None
