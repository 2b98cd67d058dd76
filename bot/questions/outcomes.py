"""What becomes of a question that is no query: it is asked back, not understood, or none of the registry's business."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.questions.conditions import PlaceRef
from bot.questions.query import Query


class Difference(StrEnum):
    """What the choices of an ambiguous question differ in."""

    PLACE = "place"
    DATE = "date"
    KIND = "kind"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The question can be read in several ways. `choices` are whole queries, the likeliest first, never fewer than two.

    Where they differ in a place, what the registry knows may settle it: if only one of them has a record, that is it.
    """

    words: str = field(compare=False)
    differs: Difference
    choices: tuple[Query, ...]
    labels: tuple[PlaceRef, ...] = ()
    """Where places differ: the place of each choice."""


class Why(StrEnum):
    """Why a question was not understood."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOTHING_KNOWN = "nothing_known"
    UNKNOWN_WORDS = "unknown_words"
    DOES_NOT_FIT = "does_not_fit"
    """All words are known, and do not make one question."""
    BAD_DATE = "bad_date"
    POINTS_NOWHERE = "points_nowhere"
    """It speaks of "them", and neither it nor a question before names anybody."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """`words` are what could not be placed, as typed; `nearest` is what was understood of it, for examples like it."""

    why: Why
    words: tuple[str, ...] = field(default=(), compare=False)
    nearest: Query | None = None
    unknown: bool = False
    """Whether no table has any of the words, so that at most a record may have them."""
    nobody: bool = False
    """Whether nobody is named, so that whoever was spoken of before still is."""


class Topic(StrEnum):
    """What is out of scope."""

    WEATHER = "weather"
    OPINION = "opinion"
    POLITICS = "politics"
    ALLIES = "allies"
    """With which countries there are diplomatic relations, which no record tells."""
    TRAVEL = "travel"
    FACTS = "facts"
    """General knowledge of a city: its population, its sights."""
    SMALL_TALK = "small_talk"
    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    CHANGE = "change"
    """To change something: that is done by commands and forms."""


@dataclass(frozen=True, slots=True)
class OutOfScope:
    topic: Topic


@dataclass(frozen=True, slots=True)
class UnknownPlace:
    """A place was named that neither the registry nor the world file knows; `query` is the rest of the question."""

    words: str
    nearest: tuple[PlaceRef, ...] = ()
    query: Query | None = None


@dataclass(frozen=True, slots=True)
class Twofold:
    """Two questions in one text, of which the second goes on from the first.

    Of places of one name that are to be chosen from, each is ambiguous, with the same choices.
    """

    first: Query | Ambiguous
    second: Query | Ambiguous


class Regulation(StrEnum):
    """What rules on ties are asked about; the keys of `db/starter/rule_facts.csv`."""

    APPROVAL = "approval"
    NO_PROMISE = "no_promise"
    MISSION = "mission"
    LEVEL = "level"
    TRAVEL = "travel"
    MONEY = "money"
    ALLOWED = "allowed"
    RECOGNITION = "recognition"
    NAME = "name"
    END = "end"


@dataclass(frozen=True, slots=True)
class AboutRegulations:
    """It asks for what the rules of a country say of these; of none of them in particular, for all that they ask.

    Without a country, the asker's own is meant.
    """

    of: frozenset[Regulation]
    country: str | None = None


Reading = Query | Twofold | Ambiguous | NotUnderstood | OutOfScope | UnknownPlace | AboutRegulations
