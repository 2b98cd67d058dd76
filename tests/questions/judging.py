"""Whether an answer is right: an answer of `attache ask --json` against a row of the bank."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from bot.domain.names import fold
from tests.questions.bank import NONE, ExpectedPlace, Question

Answer = Mapping[str, Any]
NamesOf = Callable[[ExpectedPlace], frozenset[str]]
"""All names, folded, that the registry has for a place."""

TOLERANCE = 0.02
"""How far a number marked with ≈ may be off: places are points, and coordinates differ by source."""


class Verdict(StrEnum):
    RIGHT = "right"
    INCOMPLETE = "incomplete"
    """The answer is right as far as it goes, or the refusal is; the text leaves out what it had to say."""
    REFUSED = "refused"
    """Not answered, and not in the way that was expected: no harm done."""
    WRONG = "wrong"
    """Confidently wrong."""


def judge(question: Question, answer: Answer, names_of: NamesOf) -> tuple[Verdict, str]:
    """The verdict, with its reason in words."""
    outcome = answer["outcome"]
    text = answer.get("text") or ""
    said = next((word for word in question.excludes if _says(text, word)), None)
    if said is not None:
        return Verdict.WRONG, f"says {said!r}"
    if outcome not in question.outcomes:
        verdict = Verdict.WRONG if outcome == "answered" else Verdict.REFUSED
        return verdict, f"{outcome}, expected {'|'.join(question.outcomes)}"
    fixed = bool(question.values or question.places)
    if outcome == "answered":
        value = answer.get("value")
        if question.values and not any(_is_value(value, wanted) for wanted in question.values):
            return Verdict.WRONG, f"value {value!r}, expected {'|'.join(question.values)}"
        if question.places:
            fault = _fault_of_places(question, answer.get("places") or (), names_of)
            if fault:
                return Verdict.WRONG, fault
    for wordings in question.contains:
        if not any(_says(text, wording) for wording in wordings):
            unproved = outcome == "answered" and not fixed
            return Verdict.WRONG if unproved else Verdict.INCOMPLETE, f"does not say {'|'.join(wordings)!r}"
    if outcome == "answered" and question.kind and answer.get("kind") != question.kind:
        return Verdict.INCOMPLETE, f"kind {answer.get('kind')}, expected {question.kind}"
    return Verdict.RIGHT, ""


def _is_value(value: object, wanted: str) -> bool:
    if wanted == NONE:
        return value is None
    if wanted in ("true", "false"):
        return value is (wanted == "true")
    if isinstance(value, str):
        return value == wanted
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    if wanted.startswith("≈"):
        return abs(value - float(wanted[1:])) <= TOLERANCE * abs(float(wanted[1:]))
    return re.fullmatch(r"-?\d+(\.\d+)?", wanted) is not None and value == float(wanted)


# Places ------------------------------------------------------------------------------------------------------


def _fault_of_places(question: Question, found: Sequence[Mapping[str, str]], names_of: NamesOf) -> str | None:
    """What is wrong with the places by the likeliest of the right answers; None where one of them is met."""
    faults = [_differences(expected, found, names_of) for expected in question.places]
    return min(faults, key=len) or None


def _differences(
    expected: Iterable[ExpectedPlace], found: Sequence[Mapping[str, str]], names_of: NamesOf
) -> str:
    missing = list(expected)
    strangers = []
    for name, country in dict.fromkeys((place["name"], place["country"]) for place in found):
        meant = [p for p in missing if p.country == country and fold(name) in names_of(p)]
        if meant:
            missing.remove(min(meant, key=lambda place: place.optional))
        else:
            strangers.append(f"{name} {country}")
    wanted = [f"{place.name} {place.country}" for place in missing if not place.optional]
    parts = [f"too much: {', '.join(strangers)}" if strangers else ""]
    parts.append(f"missing: {', '.join(wanted)}" if wanted else "")
    return "; ".join(part for part in parts if part)


# Texts -------------------------------------------------------------------------------------------------------

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _says(text: str, wording: str) -> bool:
    return any(_stands_in(text, form) for form in _forms(wording))


def _forms(wording: str) -> list[str]:
    """The usual ways to write it, if it is a day or a month."""
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", wording)
    if match is None:
        return [wording]
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 0)
    name, short = _MONTHS[month - 1], _MONTHS[month - 1][:3]
    if not day:
        return [wording, f"{name} {year}", f"{short} {year}", f"{year}年{month}月"]
    date(year, month, day)
    numbers = [f"{year}年{month}月{day}日", f"{year}/{month}/{day}", f"{year}/{month:02}/{day:02}"]
    words = [form for m in (name, short) for form in (f"{day} {m} {year}", f"{m} {day}, {year}")]
    return [wording, *numbers, *words]


def _stands_in(text: str, form: str) -> bool:
    """Whether the text has it, however it is typed; a number or a word in Latin letters stands for itself alone."""
    if not fold(form) or form.startswith("@"):
        return form in text
    pattern = re.escape(fold(form))
    if form[0].isdigit():
        pattern = rf"(?<!\d){pattern}"
    if form[-1].isdigit():
        pattern = rf"{pattern}(?!\d)"
    return re.search(pattern, fold(text)) is not None
