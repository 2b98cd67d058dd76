"""What the reminders of an office are planned from, and what planning gives."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.contacts import Contact
from bot.domain.decisions import Decided
from bot.domain.due_dates import Notice, Watched
from bot.domain.exchanges import Exchange
from bot.domain.offices import Office, WorkingDay, every_day
from bot.domain.reminders import Marked
from bot.domain.ties import Tie


@dataclass(frozen=True, slots=True)
class Facts:
    """An office and what it may see; `works` says on which days people work there.

    `own_ids` are the ids of its place and of those that the place succeeds, `watched` the acts whose dates are told
    of, `decided` the exchanges in which something was decided, `terms` the contacts whose term ends some time,
    `planned` the exchanges that are planned, `unlearnt` those that the office held and noted no lesson of. `muted`
    are partner places with the day from which they are told of again, None for never; `done` what needs no more
    reminders, and `assigned` who looks after what (the id of a Discord user).
    """

    office: Office
    works: WorkingDay = every_day
    own_ids: Sequence[int] = ()
    ties: Sequence[Tie] = ()
    watched: Sequence[Watched] = ()
    decided: Sequence[Decided] = ()
    terms: Sequence[Contact] = ()
    planned: Sequence[Exchange] = ()
    unlearnt: Sequence[Exchange] = ()
    muted: Mapping[int, date | None] = field(default_factory=dict)
    done: Collection[Marked] = frozenset()
    assigned: Mapping[Marked, int] = field(default_factory=dict)

    def wants(self, marked: Marked, partners: Collection[int], day: date) -> bool:
        """Whether the office wants to be told of something on this day: not once it is done, nor where all
        `partners` that it is about (their ids) are muted."""
        return marked not in self.done and not (
            partners and all(self._is_muted(each, day) for each in partners)
        )

    def _is_muted(self, partner: int, day: date) -> bool:
        if partner not in self.muted:
            return False
        until = self.muted[partner]
        return until is None or day < until

    def on_or_before(self, day: date) -> datetime:
        """When what belongs to a day is posted (UTC): at the posting hour, by the office's rule on the working day
        before."""
        return self.office.posting_moment(self.office.posting_day(day, self.works))

    def on_or_after(self, day: date) -> datetime:
        """When what is not so before a day is posted (UTC): at the posting hour, by the rule on the working day
        after."""
        return self.office.posting_moment(self.office.working_day_after(day, self.works))

    def moment_of(self, notice: Notice) -> datetime:
        return self.on_or_after(notice.day) if notice.waits else self.on_or_before(notice.day)


@dataclass(frozen=True, slots=True)
class Window:
    """The moments (UTC) for which is planned: from `start` to just before `end`."""

    start: datetime
    end: datetime

    @property
    def years(self) -> range:
        """Every year that a day may lie in which is told of within the window, up to a year ahead."""
        return range(self.start.year - 1, self.end.year + 2)


@dataclass(frozen=True, slots=True)
class Occasion:
    """That something is told of at the moment `at` (UTC), any hour of the day.

    `subject` is the record that it is about, or `OF_OFFICE` (`bot.domain.reminders`); `occurrence` the day that is
    marked, and `lead_days` how many days before that it is told: they tell one occasion from the next, also when its
    moment moves. `partners` are the ids of the places that it is about.
    """

    subject: str
    occurrence: date
    lead_days: int
    at: datetime
    partners: frozenset[int] = frozenset()


Planner = Callable[[Facts, Window], Iterable[Occasion]]
"""Gives the occasions of one kind. It may give more than lie in the window: `plan` takes those that do."""


def never(_facts: Facts, _window: Window) -> Iterable[Occasion]:
    """Of kinds that follow from what becomes of other posts."""
    return ()
