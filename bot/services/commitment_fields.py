"""What stands in the form of a promise: reading what somebody typed, and writing out what is stored."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from bot.domain.agreements import Commitment
from bot.domain.commitments import MAX_EVIDENCE, MAX_OWNER, MAX_WHAT
from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.names import clean
from bot.services.typed_fields import read_changed, read_text

KEEP, REOPEN, REMOVE = "keep", "reopen", "remove"
"""What becomes of a promise whose form is sent off: it stays, it is no longer done, or it goes."""

_A_YEAR = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class PromiseFields:
    """What the fields of the form hold; nothing of it is trusted."""

    what: str = ""
    owner: str = ""
    due: str = ""
    evidence: str = ""
    then: str = KEEP

    @property
    def removes(self) -> bool:
        return self.then == REMOVE


def fields_of(promise: Commitment) -> PromiseFields:
    """A promise as its form shows it; read, it says the same."""
    return PromiseFields(
        promise.what,
        promise.owner or "",
        promise.due.iso() if promise.due else "",
        promise.evidence or "",
    )


def read_promise(typed: PromiseFields, today: date, stored: Commitment | None) -> Commitment:
    """What the form says, over what is stored. Raises `FormRefused` with a problem for each field."""
    readers: dict[str, Callable[[str], Any]] = {
        "what": _read_what,
        "owner": lambda text: read_text(text, MAX_OWNER) or None,
        "due": lambda text: read_future(text, today),
        "evidence": read_evidence,
    }
    shown = asdict(fields_of(stored)).__getitem__ if stored else None
    fields = {name: getattr(typed, name) for name in readers}
    found = read_changed(fields, shown, lambda name, text: {name: readers[name](text)})
    promise = replace(stored, **found) if stored else Commitment(**found)
    return replace(promise, done=None) if typed.then == REOPEN else promise


def _read_what(text: str) -> str:
    what = read_text(text, MAX_WHAT)
    if not what:
        raise BadInput("promise.empty")
    return what


def read_evidence(text: str) -> str | None:
    return read_text(text, MAX_EVIDENCE) or None


def read_future(text: str, today: date) -> PartialDate | None:
    """A date that is meant to lie ahead, None for nothing typed. Raises as `read_date`."""
    return read_date(text, today, ahead=True) if clean(text) else None


def read_done(text: str, today: date) -> PartialDate:
    """The day on which something was done, today for nothing typed. Raises `BadInput` (`promise.done_in_future`)."""
    found = read_date(text, today) if clean(text) else PartialDate.of(today)
    if found.earliest() > today:
        raise BadInput("promise.done_in_future", date=found)
    return found
