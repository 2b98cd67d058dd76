"""When it is told that ties have gone quiet: each on its day, and all of them once a week."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.domain.dormancy import LADDER, QUIET, Contact
from bot.domain.life import current_pause, is_over
from bot.domain.occasions.facts import Facts, Occasion, Window
from bot.domain.offices import wall_moment
from bot.domain.reminders import OF_OFFICE, ReminderKind
from bot.domain.ties import Tie

MOST_A_DAY = 3
"""So many posts of single ties go out at one moment at most, the worst ones; the weekly list has them all."""

A_WEEK = timedelta(days=7)


def silences(facts: Facts, _: Window) -> Iterator[Occasion]:
    """The days on which a partner tie becomes cooling, dormant or stale.

    Where only years are recorded, many cross on one day: of those that the office wants to hear of, the worst.
    """
    crossing: dict[datetime, list[tuple[Tie, Contact, date]]] = {}
    for tie in facts.ties:
        for state, day in tie.crossings().items() if tie.is_partner else ():
            at = facts.on_or_before(day)
            if facts.wants(silence_of(tie, day), [tie.partner.id], facts.office.today(at)):
                crossing.setdefault(at, []).append((tie, state, day))
    for at, found in crossing.items():
        for tie, _state, day in sorted(found, key=_worst_first)[:MOST_A_DAY]:
            yield Occasion(tie.lead_act.record, day, 0, at, frozenset({tie.partner.id}))


def silence_of(tie: Tie, day: date) -> tuple[ReminderKind, str, date]:
    """What the post of a tie that crosses a threshold on this day is about."""
    return ReminderKind.DORMANCY, tie.lead_act.record, day


def _worst_first(crossing: tuple[Tie, Contact, date]) -> tuple[int, date, int]:
    tie, state, _ = crossing
    assert tie.last is not None, "what was never heard of crosses nothing"
    return -LADDER[state], tie.last.date.latest(), tie.lead_act.id


# Once a week -------------------------------------------------------------------------------------------------


def weekly_lists(facts: Facts, window: Window) -> Iterator[Occasion]:
    """The list of quiet ties, in every week in which there is anything to list: its `occurrence` is the Monday.

    Where the office wants posts on working days, the nearest of them within the week, earlier ones first; a week
    without any has no list.
    """
    monday = window.start.date() - A_WEEK
    monday -= timedelta(days=monday.weekday())
    while monday <= window.end.date() + timedelta(days=1):  # it may be tomorrow there already
        day = _day_of_list(facts, monday)
        if day is not None and any(is_listed(facts, tie, day) for tie in facts.ties):
            at = wall_moment(day, time(facts.office.weekly_list.hour), facts.office.zone)
            yield Occasion(OF_OFFICE, monday, 0, at)
        monday += A_WEEK


def _day_of_list(facts: Facts, monday: date) -> date | None:
    office, chosen = facts.office, monday + timedelta(days=facts.office.weekly_list.day.offset)
    found = (office.posting_day(chosen, facts.works), office.working_day_after(chosen, facts.works))
    return next((day for day in found if monday <= day < monday + A_WEEK), None)


def is_listed(facts: Facts, tie: Tie, day: date) -> bool:
    """Whether a partner tie is past its cadence on the office's day, and the office wants to hear of it; or its pause
    is over, and nobody has said how it goes on."""
    if any((pause := current_pause(act)) and is_over(pause, day) for act in tie.standing):
        return facts.wants(silence_of(tie, day), [tie.partner.id], day)
    quiet = tie.quietness(day) if tie.is_partner else None
    if quiet is None or quiet.state not in QUIET:
        return False
    return facts.wants(silence_of(tie, tie.crossings()[quiet.state]), [tie.partner.id], day)
