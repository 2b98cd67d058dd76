"""Anniversaries to come, for whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain import claims as doubts
from bot.domain.access import Action
from bot.domain.anniversaries import Anniversary, within
from bot.domain.dates import Precision
from bot.domain.partnerships import Partnership
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.claims import disputes_of
from bot.services.desk import Caller, Desk
from bot.services.ties import ties_of_place


@dataclass(frozen=True, slots=True)
class ComingAnniversary:
    act: Partnership
    partners: Sequence[Place]
    anniversary: Anniversary
    day_disputed: bool = False


@dataclass(frozen=True, slots=True)
class Anniversaries:
    """Anniversaries of acts in force from today on: by day, by month, and those of which only the year is known."""

    home: Place
    today: date
    days: int
    by_day: Sequence[ComingAnniversary]
    by_month: Sequence[ComingAnniversary]
    by_year: Sequence[ComingAnniversary]


@requires(Action.READ)
async def coming_anniversaries(desk: Desk, caller: Caller, days: int) -> Anniversaries:
    """Anniversaries of the office's ties within `days` days. Raises `Unavailable` (`office.none`)."""
    office = caller.own_office()
    today = caller.today(desk)
    async with desk.database.read() as session:
        family, ties = await ties_of_place(session, caller.viewer, office.place)
        acts = {act.id: act for tie in ties for act in tie.in_force}
        said = await disputes_of(session, caller.viewer, acts.values())
    coming = [
        ComingAnniversary(
            act, act.partners_of(family.own_ids), found, bool(doubts.day_disputed(said.get(act.id, ())))
        )
        for act in acts.values()
        if act.signed and (found := within(act.signed, today, days, office.leap_day_rule))
    ]
    coming.sort(key=lambda item: (item.anniversary.occurrence.latest(), item.act.id))

    def of(precision: Precision) -> list[ComingAnniversary]:
        return [item for item in coming if item.anniversary.occurrence.precision is precision]

    return Anniversaries(
        office.place, today, days, of(Precision.DAY), of(Precision.MONTH), of(Precision.YEAR)
    )
