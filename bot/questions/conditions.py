"""The conditions of a question: which places, which agreements, which exchanges, which anniversaries, which people."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.contacts import ContactRole, ContactState
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.partnerships import Status
from bot.domain.periods import Period
from bot.domain.places import Level
from bot.domain.profiles import Topic
from bot.domain.regions import Region

# Where ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place. Without an id it is none of the registry's, though the world knows it: it has no tie.

    `said` is how the question named it, `corrected` whether it had to be read as a slip; neither makes another place.
    """

    id: int | None
    name: str = field(default="", compare=False)
    country: str | None = field(default=None, compare=False)
    said: str = field(default="", compare=False)
    corrected: bool = field(default=False, compare=False)
    world: str = ""
    """For a place without an id: its name with its country, by which two of them are told apart."""

    @property
    def called(self) -> str:
        """What an answer calls a place that the registry does not have: 奧斯陸 as it was typed, else by its name."""
        as_typed = self.said.lower() == self.said.upper() and not self.corrected
        return (as_typed and self.said) or self.name or self.said


@dataclass(frozen=True, slots=True)
class Area:
    """A state, province or prefecture by the name that places carry as their region, `Place.region_en`.

    `itself` where the prefecture, which may have ties of its own, is as good as a place in it.
    """

    country: str
    region: str
    itself: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Which places: any that is named, or lies in what is named; then `levels` and `without` narrow.

    With nothing named it is every place; `own` is the asker's office (every place, where no office asks). `groups` are
    the keys of groups of offices.
    """

    own: bool = False
    places: tuple[PlaceRef, ...] = ()
    groups: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    areas: tuple[Area, ...] = ()
    levels: tuple[Level, ...] = ()
    without: "Where | None" = None
    assumed: bool = field(default=False, compare=False)
    """Whether the question did not say so and the asker's office was taken."""

    @property
    def anywhere(self) -> bool:
        """Whether it leaves out no place."""
        return self == _ANYWHERE

    @property
    def names_any(self) -> bool:
        """Whether a place, a group or a part of the world is named; a level or "our" names none."""
        return bool(self.places or self.groups or self.countries or self.regions or self.areas)

    @property
    def is_one_place(self) -> bool:
        """Whether one place is named, and nothing that others lie in."""
        return len(self.places) == 1 and not (self.groups or self.countries or self.regions or self.areas)

    @property
    def leaves_nobody(self) -> bool:
        """Whether all that it names is left out again: those in Europe that are not in Europe."""
        out = self.without
        if out is None or not self.names_any or self.places or self.groups:
            return False
        return (
            set(self.countries) <= set(out.countries)
            and set(self.regions) <= set(out.regions)
            and set(self.areas) <= set(out.areas)
        )


_ANYWHERE = Where()


class Comparing(StrEnum):
    """What two or more homes are compared for, `Query.home` being the first."""

    COMMON = "common"
    """Partners of all of them."""
    DIFFERENCE = "difference"
    """Partners of the first that none of the others has."""
    NUMBERS = "numbers"
    """Which has more, or how many each has."""
    AGES = "ages"
    """Which tie is older."""


@dataclass(frozen=True, slots=True)
class Comparison:
    how: Comparing
    others: tuple[Where, ...] = ()
    fewer: bool = False
    """With numbers: which has fewer, not more."""
    lacking: int = 0
    """With partners in common: how many of the others, the last ones, must not have them."""
    partners: tuple[Where, Where] | None = None
    """With ages: whose tie with whom is weighed, the partner of the home and that of the other."""


# Conditions -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bound:
    """A number from `least` to `most`, both included; an open end is None."""

    least: int | None = None
    most: int | None = None


class Event(StrEnum):
    """A day in the life of an agreement."""

    SIGNED = "signed"
    ENDED = "ended"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXPIRES = "expires"
    REVIEW = "review"
    PROPOSED = "proposed"


class KindWord(StrEnum):
    """Kinds of agreements as they are asked for by a word (design §3, reading 1)."""

    PARTNERS = "partners"
    """Sister and friendship cities."""
    SISTER = "sister"
    """Sister cities; friendship cities that fit are told apart."""
    FRIENDSHIP = "friendship"
    MOU = "mou"
    PROJECT = "project"
    CONTACT = "contact"
    PROSPECTIVE = "prospective"
    OTHER = "other"
    ALL = "all"
    """Agreements of whichever kind, each named apart."""


class Side(StrEnum):
    """How the signing of one tie lies to that of another."""

    BEFORE = "before"
    AFTER = "after"
    SAME_YEAR = "same_year"


@dataclass(frozen=True, slots=True)
class Beside:
    """The tie with a place beside which others are asked for: "which partners joined after Seattle?"."""

    place: PlaceRef
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """Which agreements.

    Without kinds it is partners, and with a single partner named whatever there is with it, partners first. Without
    statuses it is those in force (reading 1, counting rule).
    """

    kinds: frozenset[KindWord] = frozenset()
    without_kinds: frozenset[KindWord] = frozenset()
    statuses: frozenset[Status] = frozenset()
    any_status: bool = False
    ever: bool = False
    """Those that were ever signed: what is over is told apart from what is in force."""
    event: Event = Event.SIGNED
    """What `within` dates, and what a date is asked of."""
    within: Period | None = None
    outside: Period | None = None
    """"Not signed in the 1990s"."""
    beside: "Beside | None" = None
    """Those signed before or after the tie with another place."""
    undated: bool | None = None
    """True: whose day of signing is not recorded; False: whose is."""
    age: Bound | None = None
    """In full years."""
    disputed: bool = False
    """Only those on which sources disagree."""
    fields: frozenset[Topic] = frozenset()
    """Those that are called after one of these: "the economic agreement"."""
    of_three: bool = False
    """Only those of three places or more."""
    by_home: bool = False
    """Only those that the home itself signed, and none of its districts."""
    replaced: bool = False
    """Only those whose place a later one took, which is no end (reading 4)."""
    invalid: bool = False
    """Only those that ended as somebody declared them invalid, by the reason on record."""
    ended_by: Where | None = None
    """With a boolean: who is asked to have ended them, be it their home or their partner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """Which exchanges. Without statuses it is those held.

    Asked for "virtual visits", `mode` is virtual and `kinds` is empty; "visits" are the three kinds in person
    (reading 11).
    """

    kinds: frozenset[ExchangeKind] = frozenset()
    without_kinds: frozenset[ExchangeKind] = frozenset()
    mode: Mode | None = None
    levels: frozenset[ExchangeLevel] = frozenset()
    topics: frozenset[Topic] = frozenset()
    """Any of these fields; `vocabulary.exchanges.topics` has the words that a title or summary may hold for them."""
    words: tuple[str, ...] = ()
    """Or any of these, which are no field: what the question says behind "about", in Traditional characters."""
    persons: tuple[str, ...] = ()
    """Those of `words` that are somebody's name."""
    told: tuple[str, ...] = ()
    """All of these, as they were typed, in what is told of it: words that no table has."""
    people: Bound | None = None
    """Those at which there were so many people, as far as that is on record."""
    marking: Bound | None = None
    """Those that are told to have been for an anniversary of so many years; of any where it is open at both ends."""
    statuses: frozenset[ExchangeStatus] = frozenset()
    within: Period | None = None
    yearless: bool = field(default=False, compare=False)
    """Whether the question told a month or day without its year, so that other years may be meant as well."""
    outside: Period | None = None
    at: Where | None = None
    """Where they took place."""


OF_A_SIGNING = ("簽", "締結", "sign")
"""The words of `Met.words` by which it is told that something was signed, whatever that was logged as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """Which anniversaries: of so many years, or milestones only, within a period (None: the coming ones).

    With `Unit.YEARS` the period is when the age is asked for: "how old will it be in 2030?".
    """

    years: Bound | None = None
    milestones: bool = False
    multiple: int | None = None
    """Only years that this divides: 逢十."""
    within: Period | None = None


class Role(StrEnum):
    """Who a person is to what is asked about."""

    ANY = "any"
    CONTACT = "contact"
    """Whoever is to be written to."""
    SIGNATORY = "signatory"
    INITIATOR = "initiator"
    OWNER = "owner"
    """Who looks after the tie on the own side."""
    MAYOR = "mayor"
    PARTICIPANT = "participant"
    ENDER = "ender"
    """Who ended the tie, a place, a ministry or a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Which people."""

    role: Role = Role.ANY
    contact_roles: frozenset[ContactRole] = frozenset()
    state: ContactState | None = None
    within: Period | None = None
    """When their term ends."""
