"""What virtual visits saved: the table of factors, and how an office wants it told."""

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from bot.domain.access import Action
from bot.domain.exchanges import Exchange
from bot.domain.offices import Office
from bot.domain.saving_rules import DEFAULT_SAVINGS, Range, SavingsForm, read_savings
from bot.domain.savings import (
    Factor,
    FactorKind,
    Savings,
    savings_of,
)
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.office_settings import changing_office, office_as_stored
from db.offices import set_saving_rules


@cache
def factors() -> Sequence[Factor]:
    """The table of factors (`db/starter/factors.csv`): none without a source and a year."""
    text = files("db").joinpath("starter", "factors.csv").read_text(encoding="utf-8")
    return [
        Factor(
            FactorKind(row["key"]),
            row["variant"],
            Range(float(row["low"]), float(row["high"])),
            row["unit"],
            int(row["year"]),
            row["publisher"],
            row["source"],
        )
        for row in csv.DictReader(text.splitlines())
    ]


def saved_by(exchange: Exchange, office: Office | None) -> Savings | None:
    """What a virtual visit saved, as the office wants it told; without one, seen from the first of its places."""
    home = office.place if office and office.place in exchange.places else exchange.places[0]
    return savings_of(exchange, home, factors(), office.savings if office else DEFAULT_SAVINGS)


@requires(Action.ADMINISTER)
async def change_savings(desk: Desk, caller: Caller, form: SavingsForm, version: int) -> Office:
    """Change how the caller's office is told what virtual visits saved.

    Raises `FormRefused` with a problem for each field; `ChangedMeanwhile` as `change_posting`.
    """
    rules = read_savings(form)
    async with changing_office(desk, caller, version) as (session, office):
        await set_saving_rules(session, office.id, rules)
    return await office_as_stored(desk, office)
