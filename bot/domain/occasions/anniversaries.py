"""When the anniversaries of acts are told of."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.anniversaries import anniversary, milestone
from bot.domain.dates import PartialDate, Precision, add_months
from bot.domain.occasions.facts import Facts, Occasion, Window
from bot.domain.partnerships import PARTNER_KINDS, Partnership

MONTH_LEAD = 30
"""The lead of what is told of a month: on the first of the month before."""


def anniversaries(facts: Facts, window: Window) -> Iterator[Occasion]:
    """Anniversaries of acts in force, so many days before as the office wants; of memoranda only the milestones.

    Those of which only the month is known are told of once, a month ahead, and not on a rest day that the office
    avoids; those of a year are on no day at all. An act of three parties belongs to two ties, and is announced once.
    """
    acts = {act.id: act for tie in facts.ties for act in tie.acts if act.in_force}
    for act in acts.values():
        if act.signed is None or act.signed.precision is Precision.YEAR:
            continue
        for year in window.years:
            if year <= act.signed.year:
                continue
            leads = _leads(facts, act, year - act.signed.year)
            if act.signed.precision is Precision.DAY:
                yield from _by_day(facts, act, act.signed.earliest(), year, leads)
            elif leads:
                yield _by_month(facts, act, act.signed, year)


def _by_day(
    facts: Facts, act: Partnership, origin: date, year: int, leads: tuple[int, ...]
) -> Iterator[Occasion]:
    day = anniversary(origin, year, facts.office.leap_day_rule)
    for lead in leads:
        at = facts.on_or_before(day - timedelta(days=lead))
        yield Occasion(act.record, day, lead, at, _partners(facts, act))


def _by_month(facts: Facts, act: Partnership, origin: PartialDate, year: int) -> Occasion:
    begins = PartialDate(year, origin.month).earliest()
    return Occasion(
        act.record, begins, MONTH_LEAD, facts.on_or_after(add_months(begins, -1)), _partners(facts, act)
    )


def _partners(facts: Facts, act: Partnership) -> frozenset[int]:
    return frozenset(place.id for place in act.partners_of(facts.own_ids))


def _leads(facts: Facts, act: Partnership, years: int) -> tuple[int, ...]:
    """How many days ahead the anniversary of an act is announced."""
    leads = facts.office.leads
    if milestone(years):
        return leads.milestones if act.kind in PARTNER_KINDS else leads.others
    return leads.others if act.kind in PARTNER_KINDS else ()
