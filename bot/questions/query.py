"""What a question asks, as data: what is wanted, of which ties or exchanges, under which conditions.

All conditions combine freely; what is not set does not narrow. A query names places by id and holds no text of the
question beside topics, so that two wordings of one question are equal.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum

from bot.domain.dormancy import Contact
from bot.questions.conditions import Acts, Bound, Comparison, KindWord, Met, People, PlaceRef, Turning, Where


class Asked(StrEnum):
    """The form of the answer."""

    DATE = "date"
    """The day of `Query.event`, or of the exchange or anniversary that is asked for."""
    NUMBER = "number"
    """How many of `Query.unit`, or, where it is a measure, how much."""
    BOOLEAN = "boolean"
    """Whether there is anything that fits the query."""
    PLACES = "places"
    """Which partners; which of `Query.per`, where that is set."""
    RECORDS = "records"
    """Which agreements, exchanges, people or anniversaries, by `Query.about`."""
    TEXT = "text"
    """A few words: see `Query.told`."""
    STATISTICS = "statistics"
    """A number for each of `Query.per`."""


class About(StrEnum):
    """What the conditions are about."""

    TIES = "ties"
    EXCHANGES = "exchanges"
    PEOPLE = "people"
    ANNIVERSARIES = "anniversaries"
    PLACES = "places"
    """Places by themselves: how far apart they are, and what their clocks say."""


class Told(StrEnum):
    """What a text tells, for `Asked.TEXT`."""

    OVERVIEW = "overview"
    """All that matters about the tie, the place or the record."""
    STATUS = "status"
    KIND = "kind"
    CONTENTS = "contents"
    """What an agreement is called, which is all that tells what it is about."""
    REASON = "reason"
    """Why `Query.event` came about, or why the tie stands as it does."""
    PERSON = "person"
    """Who: see `Query.people`; with an exchange or an agreement, who took part or signed."""
    SUBJECT = "subject"
    """What an exchange was about."""
    DECISIONS = "decisions"
    """What was decided in an exchange."""
    COMMITMENTS = "commitments"
    """What was promised."""
    VENUE = "venue"
    """Where an exchange was held, with `Asked.PLACES`; only titles say so."""
    SOURCE = "source"
    SITUATION = "situation"
    """Where the places named lie, whether there is a tie with them or not."""
    NAMES = "names"
    """What the places named are called in the languages that are on record."""
    DISTANCE = "distance"
    TIME_DIFFERENCE = "time_difference"
    CADENCE = "cadence"
    """How often the tie should have an exchange, and by when the next is due."""


class Unit(StrEnum):
    """What a number counts, or measures.

    None in a query: what it is about; where agreements and places differ, the answer says so.
    """

    AGREEMENTS = "agreements"
    PLACES = "places"
    COUNTRIES = "countries"
    EXCHANGES = "exchanges"
    HOMES = "homes"
    PEOPLE = "people"
    """People who took part in exchanges, or contacts, where the query is about people."""
    THINGS = "things"
    """Things that were given or shown, of which at most the words of a record say how many."""
    YEARS = "years"
    """How old a tie is, in years."""
    DAYS_SINCE = "days_since"
    """How long ago, in days, the last exchange was; with `Rank.NEXT`, how long until it."""


class Per(StrEnum):
    """By what numbers are told apart or places are ranked. `HOME` is each place of `Query.home`."""

    YEAR = "year"
    MONTH = "month"
    DECADE = "decade"
    COUNTRY = "country"
    REGION = "region"
    AREA = "area"
    """The state or prefecture in which a partner lies."""
    CONTINENT = "continent"
    KIND = "kind"
    STATUS = "status"
    PARTNER = "partner"
    HOME = "home"
    TOPIC = "topic"
    LEVEL = "level"
    MODE = "mode"


class RankBy(StrEnum):
    """What comes first. `MOST` and `FEWEST` count for each of `Query.per`."""

    FIRST = "first"
    LAST = "last"
    NEXT = "next"
    MOST = "most"
    FEWEST = "fewest"
    NEAREST = "nearest"
    FARTHEST = "farthest"
    LEAST_RECENT = "least_recent"
    """Whose last exchange is longest ago."""
    MOST_RECENT = "most_recent"
    ONLY = "only"
    """The one beside which there is no other; only with a candidate."""


@dataclass(frozen=True, slots=True)
class Rank:
    """The first `limit` by an order; without a limit all, those that have nothing to be ordered by at the end.

    `position` where one is asked for by its place: "the second sister city".
    """

    by: RankBy
    limit: int | None = 1
    position: int | None = None

    @property
    def by_number(self) -> bool:
        """Whether it goes by how many there are of each, most or fewest first."""
        return self.by in (RankBy.MOST, RankBy.FEWEST)


class Presumed(StrEnum):
    """What the question takes for granted; where the registry says otherwise, the answer says so first."""

    TIE = "tie"
    """There is a tie between home and partner."""
    ENDED = "ended"
    PAUSED = "paused"
    RESUMED = "resumed"
    DORMANT = "dormant"
    ACTIVE = "active"
    MET = "met"
    """There was such an exchange."""
    PLANNED = "planned"
    """Such an exchange is planned."""


_OWN, _ANYWHERE, _ACTS, _MET = Where(own=True), Where(), Acts(), Met()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question, read. See the parts for what is meant where one is left out.

    Ties are between `home` and `partner`, in either direction of the record; the other way round is the same tie, so
    "which cities are twinned with Prague?" has Prague as its home and asks for its partners.
    """

    asked: Asked
    about: About = About.TIES
    told: Told | None = None
    unit: Unit | None = None
    home: Where = _OWN
    partner: Where = _ANYWHERE
    acts: Acts = _ACTS
    exchanges: Met = _MET
    """What exchanges are asked for, where the query is about them."""
    met: Met | None = None
    """Only ties with such an exchange."""
    unmet: Met | None = None
    """Only ties without such an exchange; of how many of them nothing was ever logged is told (reading 7)."""
    states: frozenset[Contact] = frozenset()
    without_states: frozenset[Contact] = frozenset()
    turning: Turning | None = None
    people: People | None = None
    records: tuple[str, ...] = ()
    """Record numbers that the question names, such as P12."""
    compare: Comparison | None = None
    rank: Rank | None = None
    per: Per | None = None
    having: Bound | None = None
    """Only those of `per` of which there are so many."""
    each: tuple[Where, ...] = ()
    """With `Per.HOME`: only homes that have such a tie in each of these, all of which are in `partner`.

    A boolean without it asks whether there is one in each of these.
    """
    limit: int | None = None
    candidate: PlaceRef | None = None
    """With a boolean and a rank: the partner that is said to be the one. "Is Busan our oldest partner?"."""
    every: bool = False
    """A boolean asked of each of several partners: "are Busan and Tokyo our sister cities?".

    With `negated` and no partner named: of all ties, whether there is none that is dated otherwise.
    """
    negated: bool = False
    """A boolean asked the other way round: "is it true that we have no partner in Chile?"."""
    presumed: frozenset["Presumed"] = frozenset()
    corrected: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """Slips that were read as something else: (what was typed, what it was taken for)."""

    @property
    def of_those_without(self) -> bool:
        """Whether homes are asked for that have none of what the query is about: "which counties have no partner"."""
        return self.per is Per.HOME and self.having == Bound(most=0)

    def __iter__(self) -> Iterator[tuple[str, object]]:
        """The parts that are set, by name: what "how I understood it" has to say in words."""
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name in ("asked", "about", "home") or value != each.default:
                yield each.name, value


_COUNTED_BY_OTHERS = frozenset((KindWord.SISTER, KindWord.FRIENDSHIP, KindWord.PARTNERS, KindWord.ALL))


def counts_all(query: Query) -> bool:
    """Whether all partners of whoever is asked about are counted, under no condition but their kind."""
    plain = Query(asked=Asked.NUMBER, unit=query.unit, home=query.home, acts=Acts(kinds=query.acts.kinds))
    of_ties = query.unit in (None, Unit.PLACES, Unit.AGREEMENTS) and query.acts.kinds <= _COUNTED_BY_OTHERS
    return of_ties and query == plain
