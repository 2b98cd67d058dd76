"""When the lists of what is coming are posted."""

from collections.abc import Iterator
from datetime import date

from bot.domain.occasions.facts import Facts, Occasion, Window
from bot.domain.reminders import OF_OFFICE


def months(facts: Facts, window: Window) -> Iterator[Occasion]:
    """On the first of each month, or the working day after."""
    for year in window.years:
        for month in range(1, 13):
            yield _on_first(facts, date(year, month, 1))


def years(facts: Facts, window: Window) -> Iterator[Occasion]:
    """On New Year's Day, or the working day after."""
    for year in window.years:
        yield _on_first(facts, date(year, 1, 1))


def _on_first(facts: Facts, begins: date) -> Occasion:
    return Occasion(OF_OFFICE, begins, 0, facts.on_or_after(begins))
