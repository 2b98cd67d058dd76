"""The fact card: what rules say and do not say about ties of cities, read from `db/starter/rule_facts.csv`."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.domain.access import Action
from bot.domain.dates import PartialDate
from bot.domain.places import Place
from bot.domain.pressure import Bearing, RuleFact
from bot.services.access import requires
from bot.services.desk import Caller, Desk

EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class FactCard:
    """The facts for a place: those of its country, and what happened elsewhere."""

    home: Place
    facts: Sequence[RuleFact]

    def of(self, bearing: Bearing) -> list[RuleFact]:
        return [fact for fact in self.facts if fact.bearing is bearing]


@cache
def _all_facts() -> Mapping[str, Sequence[RuleFact]]:
    """Every fact, by country; those that are told everywhere have none."""
    found: dict[str, list[RuleFact]] = {}
    text = files("db").joinpath("starter", "rule_facts.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        fact = RuleFact(
            row["key"], Bearing(row["bearing"]), row["text_en"], row["text_zh"], row["title_en"],
            row["title_zh"], row["source"], PartialDate.from_iso(row["as_of"]),
        )  # fmt: skip
        found.setdefault(row["country"], []).append(fact)
    return found


def facts_for(place: Place) -> list[RuleFact]:
    """The facts of the country of a place, then those of everywhere."""
    return [*(facts_in(place.country) if place.country else ()), *_all_facts()[EVERYWHERE]]


def facts_in(country: str) -> Sequence[RuleFact]:
    """What is known of the rules of a country."""
    return _all_facts().get(country, ())


def countries_with_rules() -> list[str]:
    """The countries of whose rules something is known, by their codes."""
    return sorted(_all_facts().keys() - {EVERYWHERE})


@requires(Action.READ)
async def rule_facts(desk: Desk, caller: Caller) -> FactCard:
    """The fact card of the caller's office. Raises `Unavailable` (`office.none`)."""
    home = caller.own_office().place
    return FactCard(home, facts_for(home))
