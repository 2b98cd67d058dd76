"""What a question may go on from: the one before, and whom its answer told."""

from dataclasses import dataclass, replace

from bot.domain.dates import PartialDate
from bot.questions.conditions import Acts, PlaceRef, Where
from bot.questions.query import About, Asked, Query, RankBy

_IN_TIME = (RankBy.FIRST, RankBy.LAST, RankBy.NEXT)


@dataclass(frozen=True, slots=True)
class Frame:
    """The question before; `told` is the one partner that its answer was about where it named none: the oldest.

    `home` is whose partner that is, where the question before was of many homes. `day` is the last day that was told of
    the one that is spoken of, `before` the question before that one, and `among` the one whose answer told the partner
    that is named now.
    """

    query: Query
    told: PlaceRef | None = None
    home: PlaceRef | None = None
    day: PartialDate | None = None
    before: Query | None = None
    among: Query | None = None

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
    def is_of_an_exchange(self) -> bool:
        """Whether the day of an exchange was asked for, which may have lasted longer than that day."""
        return self.query.about is About.EXCHANGES and self.query.asked is Asked.DATE

    @property
    def of_several(self) -> bool:
        """Whether it is of ties of several, that the next question may choose from."""
        return self.query.about is About.TIES and not self.query.partner.places and not self.query.records

    def after(self, before: "Frame | None") -> "Frame":
        """The same with what is known of the one before it, as far as the same partner is spoken of."""
        if before is None:
            return self
        same = self.place is not None and self.place == before.place
        brought = same and bool(self.query.partner.places)
        among = before.among if before.query.partner.places else before.query
        return replace(
            self,
            day=self.day or (before.day if same and not before.is_of_an_exchange else None),
            before=before.query,
            among=among if brought else None,
        )
