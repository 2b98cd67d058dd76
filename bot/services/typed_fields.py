"""Reading a form over what is stored: what was left as it was shown stays as it is."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.names import clean

LONGEST = 4000
"""Characters that a field of a form holds; what is stored may be longer and is then not changed by a form."""

Values = dict[str, Any]


def read_changed(
    typed: Mapping[str, str], write: Callable[[str], str] | None, read: Callable[[str, str], Values]
) -> Values:
    """What the fields say that differ from how they were shown; without `write` all of them, as of something new.

    `write` gives a stored field as text, by its name, and `read` takes what was typed into it. Raises `FormRefused`
    with a problem for each field that cannot be read, or is longer than a form can hold.
    """
    found: Values = {}
    problems: list[AttacheError] = []
    for name, text in typed.items():
        whole = write(name) if write else ""
        if write and _same(text, whole[:LONGEST]):
            continue
        try:
            if len(whole) > LONGEST:
                raise BadInput("act.longer_than_form", most=LONGEST)
            found |= read(name, text)
        except AttacheError as problem:
            problems.append(problem)
    if problems:
        raise FormRefused(problems)
    return found


def read_text(text: str, longest: int) -> str:
    """What was typed. Raises `BadInput` (`text.too_long`)."""
    cleaned = clean(text)
    if len(cleaned) > longest:
        raise BadInput("text.too_long", begins=cleaned[:30], length=len(cleaned), most=longest)
    return cleaned


def _same(one: str, other: str) -> bool:
    return clean(one).splitlines() == clean(other).splitlines()
