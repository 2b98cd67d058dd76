"""When the anniversaries of acts are told of."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.anniversaries import anniversary, milestone
from bot.domain.occasions.facts import Facts, Occasion, Window
from bot.domain.partnerships import PARTNER_KINDS, Partnership

MILESTONE_LEADS = (180, 90, 30, 7, 0)
ORDINARY_LEADS = (30, 7, 0)
"""How many days before an anniversary it is announced."""


def anniversaries(facts: Facts, window: Window) -> Iterator[Occasion]:
    """Day-exact anniversaries of acts in force; of memoranda and the like only the milestones.

    An act of three parties belongs to two ties, and is announced once.
    """
    acts = {act.id: act for tie in facts.ties for act in tie.acts if act.in_force}
    for act in acts.values():
        origin = act.signed.exact() if act.signed else None
        if origin is None:
            continue
        for year in window.years:
            if year <= origin.year:
                continue
            day = anniversary(origin, year, facts.office.leap_day_rule)
            for lead in _leads(act, year - origin.year):
                yield Occasion(act.record, day, lead, facts.on_or_before(day - timedelta(days=lead)))


def _leads(act: Partnership, years: int) -> tuple[int, ...]:
    """How many days ahead the anniversary of an act is announced."""
    if milestone(years):
        return MILESTONE_LEADS if act.kind in PARTNER_KINDS else ORDINARY_LEADS
    return ORDINARY_LEADS if act.kind in PARTNER_KINDS else ()
