"""How an office wants it told what virtual visits saved: whether, and by which factors of its own."""

import re
import unicodedata
from dataclasses import dataclass

from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.names import clean

MAX_NIGHTS, MAX_COST, MAX_SOURCE = 60, 100_000_000, 300
MOST_PER_KM = 5.0
"""In kg CO2e per passenger-km: more than any seat in the air takes."""


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`."""

    low: float
    high: float

    def times(self, low: float, high: float | None = None) -> "Range":
        return Range(self.low * low, self.high * (low if high is None else high))


@dataclass(frozen=True, slots=True)
class SavingRules:
    """How an office wants it told: not at all, or with factors of its own in place of those of the table.

    `flight` is in kg CO2e per passenger-km, `cost` what one traveller's trip costs, in whole units of `currency`. Own
    factors have a `source`.
    """

    shown: bool = True
    nights: int | None = None
    flight: Range | None = None
    cost: Range | None = None
    currency: str | None = None
    source: str | None = None


DEFAULT_SAVINGS = SavingRules()


@dataclass(frozen=True, slots=True)
class SavingsForm:
    """How an office wants it told, as somebody chose and typed it; nothing of it is trusted."""

    shown: str = "yes"
    nights: str = ""
    flight: str = ""
    cost: str = ""
    source: str = ""


def savings_form(rules: SavingRules) -> SavingsForm:
    """The form as it would have to be filled in for this."""
    nights = "" if rules.nights is None else str(rules.nights)
    cost = f"{_written(rules.cost)} {rules.currency}" if rules.cost else ""
    return SavingsForm(
        "yes" if rules.shown else "no", nights, _written(rules.flight), cost, rules.source or ""
    )


def _written(amount: Range | None) -> str:
    if amount is None:
        return ""
    low, high = (f"{each:.12g}" for each in (amount.low, amount.high))
    return low if low == high else f"{low}-{high}"


def read_savings(form: SavingsForm) -> SavingRules:
    """What the form says. Raises `FormRefused`: no own factor without its source, no cost without its currency."""
    problems: list[AttacheError] = []
    nights: int | None = None
    flight = cost = None
    currency: str | None = None
    try:
        nights = _nights(form.nights)
    except AttacheError as problem:
        problems.append(problem)
    try:
        found = read_range(form.flight, MOST_PER_KM)
        flight = found[0] if found else None
    except AttacheError as problem:
        problems.append(problem)
    try:
        found = read_range(form.cost, MAX_COST)
        cost, currency = found or (None, None)
        if cost and not currency:
            raise BadInput("savings.no_currency", text=clean(form.cost)[:40])
    except AttacheError as problem:
        problems.append(problem)
    source = " ".join(clean(form.source).split())
    if len(source) > MAX_SOURCE:
        problems.append(BadInput("act.too_long", text=source[:40], length=len(source), most=MAX_SOURCE))
    if (flight or cost) and not source:
        problems.append(BadInput("savings.no_source"))
    if problems:
        raise FormRefused(problems)
    return SavingRules(form.shown != "no", nights, flight, cost, currency, source or None)


def _nights(text: str) -> int | None:
    typed = clean(text)
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and int(typed) <= MAX_NIGHTS):
        raise BadInput("savings.nights_unreadable", text=typed[:40], most=MAX_NIGHTS)
    return int(typed)


_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
_RANGE = re.compile(rf"({_AMOUNT})(?:\s*(?:-|–|~|to|至|到)\s*({_AMOUNT}))?\s*([a-z]{{3}})?")


def read_range(text: str, most: float) -> tuple[Range, str | None] | None:
    """A number or a range of two, perhaps with a currency behind: `0.06-0.32`, `30,000–60,000 TWD`; None for nothing.

    Raises `BadInput` (`savings.range_unreadable`).
    """
    typed = unicodedata.normalize("NFKC", text).strip().casefold()
    if not typed:
        return None
    match = _RANGE.fullmatch(typed)
    numbers = [float(each.replace(",", "")) for each in match.groups()[:2] if each] if match else []
    if match is None or not 0 < numbers[0] <= numbers[-1] <= most:
        raise BadInput("savings.range_unreadable", text=text.strip()[:40], most=int(most))
    return Range(numbers[0], numbers[-1]), match[3].upper() if match[3] else None
