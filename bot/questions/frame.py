"""What a question may go on from: the one before, and whom its answer told."""

from dataclasses import dataclass, replace

from bot.questions.conditions import Acts, PlaceRef, Where
from bot.questions.query import About, Query, RankBy

_IN_TIME = (RankBy.FIRST, RankBy.LAST, RankBy.NEXT)


@dataclass(frozen=True, slots=True)
class Frame:
    """The question before; `told` is the one partner that its answer was about where it named none: the oldest.

    `home` is whose partner that is, where the question before was of many homes.
    """

    query: Query
    told: PlaceRef | None = None
    home: PlaceRef | None = None

    @property
    def place(self) -> PlaceRef | None:
        """The one partner that is spoken of: whom the question named, else whom the answer told."""
        named = self.query.partner.places
        if named:
            return named[0] if len(named) == 1 else None
        return self.told

    @property
    def of_one(self) -> Query:
        """The question before, asked of the one partner that was told, without what told it from others."""
        query = self.query
        if self.told is None or query.partner.places:
            return query
        one = replace(
            query,
            home=Where(places=(self.home,)) if self.home else query.home,
            partner=Where(places=(self.told,)),
            per=None,
            having=None,
            each=(),
            candidate=None,
        )
        if query.about is About.EXCHANGES:
            of_an_exchange = query.rank is not None and query.rank.by in _IN_TIME
            return one if of_an_exchange else replace(one, rank=None)
        return replace(
            one,
            acts=Acts(kinds=query.acts.kinds),
            rank=None,
            records=(),
            states=frozenset(),
            without_states=frozenset(),
            met=None,
            unmet=None,
            turning=None,
            negated=False,
        )

    @property
    def of_several(self) -> bool:
        """Whether it is of ties of several, that the next question may choose from."""
        return self.query.about is About.TIES and not self.query.partner.places and not self.query.records
