"""What can go wrong for a person, as a key and values.

No text is made here: the edge (chat or command line) looks the key `error.<key>` up in the catalogue of the
person's language and fills in the values.
"""

from collections.abc import Sequence
from typing import Any


class AttacheError(Exception):
    """Something a person asked for cannot be done; nothing has been changed."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        # The values may hold what somebody typed, and the text of an exception ends up in logs.
        return self.key


class BadInput(AttacheError):
    """What was typed cannot be read; the sentence says what can."""


class FormRefused(BadInput):
    """A form with one or more fields that cannot be read; nothing was saved."""

    def __init__(self, problems: Sequence[AttacheError]) -> None:
        super().__init__("form.refused")
        self.problems = tuple(problems)


class ChangedMeanwhile(AttacheError):
    """Somebody else has changed a record since the form for it was opened; `version` is what it stands at now."""

    def __init__(self, key: str, version: int, **values: Any) -> None:
        super().__init__(key, **values)
        self.version = version


class NotFound(AttacheError):
    """There is no such record, or none that this office may see."""


class NotAllowed(AttacheError):
    """The role of the person, or the standing of their office, does not reach that far."""


class Unavailable(AttacheError):
    """Something this needs (a setting, a file, a database) is not in place."""
