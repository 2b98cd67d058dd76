"""A free sentence that reports an exchange, read: "video call with Seattle on housing, 40 min, 6 people, yesterday".

What the sentence does not say stays None, and what it leaves open is a question with its choices. A sentence that says
that nothing took place, or only that it might, is no report.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from typing import Protocol

from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.places import Place
from bot.questions.reports.dates import when_told
from bot.questions.reports.kinds import what_told
from bot.questions.reports.named_places import NamedArea, NamedPlace, named_in
from bot.questions.reports.sentence import Sentence, Span, overlaps
from bot.questions.reports.subjects import subjects
from bot.questions.text.amounts import Amount, durations, headcounts
from bot.questions.text.normal import blanked
from bot.questions.times.periods import TimeMention, find_times
from bot.questions.times.reading import Clock
from bot.questions.vocabulary.lexicon import Lexicon

MAX_LENGTH = 2000
"""Characters of a report that are read; a message on Discord has no more."""


class Refusal(StrEnum):
    """Why a sentence is no report of an exchange."""

    EMPTY = "empty"
    DENIED = "denied"
    """It says that it did not take place."""
    PERHAPS = "perhaps"
    ASKED = "asked"
    NO_EXCHANGE = "no_exchange"
    """Nothing in it is an exchange."""
    NO_PARTNER = "no_partner"


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """Which of these places is meant by the words; an answer goes under the `key`.

    With `within`, only their country or state was named; the choices are the partners there, perhaps none.
    """

    words: str
    choices: tuple[Place, ...]
    key: str
    within: bool = False


@dataclass(frozen=True, slots=True)
class UnknownPlace:
    """A place of the world that the registry does not know."""

    words: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """Which day is meant by the words.

    `choices` are empty where the words are too vague; `problem` says what is wrong with a day that is none.
    """

    words: str
    choices: tuple[PartialDate, ...] = ()
    problem: BadInput | None = None


Question = PlaceQuestion | UnknownPlace | DateQuestion


@dataclass(frozen=True, slots=True)
class Answers:
    """What the writer said when asked back: a day, which of several places (by the key of the question), what kind."""

    day: PartialDate | None = None
    places: Mapping[str, int] = field(default_factory=dict)
    kind: ExchangeKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a sentence says of an exchange. `places` are those of the partners, `corrected` names read as slips.

    `ends` is the last of several days, `at` a time of day on the writer's clock. `topic` has the words for the topics.
    """

    text: str
    refusal: Refusal | None = None
    kind: ExchangeKind | None = None
    mode: Mode | None = None
    level: ExchangeLevel | None = None
    status: ExchangeStatus = ExchangeStatus.HELD
    places: tuple[Place, ...] = ()
    day: PartialDate | None = None
    ends: PartialDate | None = None
    at: time | None = None
    minutes: int | None = None
    people: int | None = None
    topics: tuple[str, ...] = ()
    topic: str = ""
    corrected: Mapping[str, Place] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()

    @property
    def lacking(self) -> tuple[str, ...]:
        """What a record needs, and this does not say or leaves open."""
        needed = {"places": self.places, "kind": self.kind, "date": self.day}
        return tuple(name for name, value in needed.items() if not value)

    @property
    def is_complete(self) -> bool:
        """Whether it can be logged as it is."""
        return not (self.refusal or self.questions or self.lacking)


def read_report(
    text: str,
    today: date,
    lexicon: Lexicon,
    *,
    home: Place | None = None,
    partners: Collection[int] = (),
    hidden: Collection[int] = (),
    answers: Answers | None = None,
) -> Reading:
    """Read a report, written on `today` by somebody in the office of `home`, which has ties with `partners` (ids).

    Places that are `hidden` (ids) from the writer are as if they were not there.
    """
    answers = answers or Answers()
    text = text[:MAX_LENGTH]
    plain = blanked(text)
    lasted, people = durations(plain), headcounts(plain)
    times = [
        each for each in find_times(plain, today) if not overlaps((each.start, each.end), _spans(lasted))
    ]
    taken = [*_spans(times), *_spans(lasted), *_spans(people)]
    named = named_in(plain, lexicon, taken, home.id if home else None)
    own = [partners, [home.id] if home else [], answers.places.values()]
    seen = [left for each in named.places if (left := each.without(hidden))]
    places = [_narrowed(each, own) for each in seen]
    partner_places = [each for each in places if home is None or each.choices != (home,)]
    there = [lexicon.known[each].place for each in partners if each in lexicon.known]
    parties, asked = _parties(plain, partner_places, named.areas, there, answers)
    sentence = Sentence(plain, _spans(places))
    if refusal := _refusal(sentence, bool(parties or asked)):
        return Reading(text=text, refusal=refusal)
    homes = [each for each in places if each not in partner_places]
    theirs = [*_spans(partner_places), *_spans(named.areas)]
    told = what_told(sentence, theirs, _spans(homes), answers.kind)
    when = when_told(sentence, times, today, answers.day)
    if when.words:
        asked.append(DateQuestion(when.words, when.choices or (), when.problem))
    topics = subjects(sentence, [*taken, *_spans(places)], told.kind)
    return Reading(
        text=text,
        kind=told.kind,
        mode=told.mode,
        level=told.level,
        status=ExchangeStatus.PLANNED if when.ahead else ExchangeStatus.HELD,
        places=parties,
        day=when.day,
        ends=when.ends,
        at=when.at,
        minutes=_minutes(lasted, times),
        people=_only(people),
        topics=tuple(topics),
        topic=", ".join(topics.values()),
        corrected={plain[each.start : each.end]: each.choices[0] for each in places if each.taken_for},
        questions=tuple(asked),
    )


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def _spans(found: Iterable[_Spanned]) -> list[Span]:
    return [(each.start, each.end) for each in found]


def _refusal(sentence: Sentence, has_partner: bool) -> Refusal | None:
    if not any(letter.isalnum() for letter in sentence.text):
        return Refusal.EMPTY
    if sentence.unreal is not None:
        return Refusal(sentence.unreal.value)
    if not sentence.tells_of_an_exchange:
        return Refusal.NO_EXCHANGE
    return None if has_partner else Refusal.NO_PARTNER


# Places --------------------------------------------------------------------------------------------------------


def _narrowed(named: NamedPlace, own: Iterable[Collection[int]]) -> NamedPlace:
    """Where several places are called so: the office's partners, its own place, or what an answer says."""
    for ids in own:
        fitting = tuple(place for place in named.choices if place.id in ids)
        named = replace(named, choices=fitting or named.choices)
    return named


def _parties(
    text: str,
    places: Sequence[NamedPlace],
    areas: Sequence[NamedArea],
    partners: Sequence[Place],
    answers: Answers,
) -> tuple[tuple[Place, ...], list[Question]]:
    """The partners that are named for sure, and what is to be asked of the others."""
    parties: dict[int, Place] = {}
    asked: dict[str, Question] = {}
    for each in places:
        words, first = text[each.start : each.end], each.choices[0]
        if first.id == 0:
            asked[words] = UnknownPlace(words, each.choices)
        elif len(each.choices) > 1:
            key = ",".join(str(place.id) for place in each.choices)
            asked[key] = PlaceQuestion(words, each.choices, key)
        else:
            parties[first.id] = first
    if parties or asked:
        return tuple(parties.values()), list(asked.values())
    for area in areas:
        choices = tuple(place for place in partners if area.holds(place))
        chosen = [place for place in choices if place.id == answers.places.get(area.key)]
        parties |= {place.id: place for place in chosen}
        if not chosen:
            asked[area.key] = PlaceQuestion(text[area.start : area.end], choices, area.key, within=True)
    return tuple(parties.values()), list(asked.values())


# Numbers -------------------------------------------------------------------------------------------------------


def _only(amounts: Sequence[Amount]) -> int | None:
    """The number, where the sentence says just one."""
    values = {amount.value for amount in amounts}
    return values.pop() if len(values) == 1 else None


def _minutes(lasted: Sequence[Amount], times: Sequence[TimeMention]) -> int | None:
    """How long it lasted; also where it is told from when until when."""
    if lasted:
        return _only(lasted)
    clocks = [each.value for each in times if isinstance(each.value, Clock)]
    if len(clocks) == 1 and clocks[0].until is not None:
        at, until = clocks[0].at, clocks[0].until
        return (until.hour - at.hour) * 60 + until.minute - at.minute
    return None
