"""Naming one of the parts of an act, so that what is meant stays the same when others are added or removed.

A handle is `2.1f0c9a3e`: the position from 1, for people, and a mark of what the part says.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.domain.names import fold

P = TypeVar("P")

_HANDLE = re.compile(r"(?P<position>\d{1,4})(?:\.(?P<mark>[0-9a-f]{8}))?", re.ASCII)


def mark_of(part: object) -> str:
    """Eight characters that differ for parts that say something else."""
    return hashlib.sha256(repr(part).encode()).hexdigest()[:8]


def handle_of(parts: Sequence[object], index: int) -> str:
    return f"{index + 1}.{mark_of(parts[index])}"


def with_part(parts: Sequence[P], index: int | None, part: P | None) -> tuple[P, ...]:
    """The parts with this one in the place of the one at `index`, or at the end; None takes that one away.

    What stands there already is not put at the end a second time.
    """
    if index is None:
        return tuple(parts) if part is None or part in parts else (*parts, part)
    return (*parts[:index], *(() if part is None else (part,)), *parts[index + 1 :])


def find_part(parts: Sequence[P], text: str, told: Callable[[P], str]) -> int | None:
    """Which part is meant (from 0): by its handle, its position from 1, or words that only it has.

    None where there is none such, or more than one, or where the part of a handle says something else by now.
    """
    typed = text.strip()
    match = _HANDLE.fullmatch(typed)
    if match is None:
        wanted = fold(typed)
        fitting = [index for index, part in enumerate(parts) if wanted and wanted in fold(told(part))]
        return fitting[0] if len(fitting) == 1 else None
    index = int(match["position"]) - 1
    if match["mark"] is None:
        return index if 0 <= index < len(parts) else None
    same = [index for index, part in enumerate(parts) if mark_of(part) == match["mark"]]
    return min(same, key=lambda found: abs(found - index), default=None)
