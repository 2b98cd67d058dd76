"""What stands in the form of a contact: reading what somebody typed, and writing out what is stored."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from bot.domain.contacts import MAX_NOTE, MAX_PHONE, MAX_TEXT, ContactRole, is_email, is_phone, split_scripts
from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate, Precision
from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.names import clean
from db.contacts import NewContact


@dataclass(frozen=True, slots=True)
class ContactFields:
    """What the fields hold; nothing of it is trusted. Names and posts may hold both scripts, with a slash between."""

    name: str = ""
    name_zh: str = ""
    post: str = ""
    post_zh: str = ""
    organisation: str = ""
    since: str = ""
    until: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""
    programme: str = ""
    programme_year: str = ""
    consent: str = ""


FIELDS = tuple(field.name for field in fields(ContactFields))


def fields_of(stored: NewContact) -> ContactFields:
    """A stored contact as its form shows it; read again, it says the same."""
    return ContactFields(**{name: _shown(getattr(stored, name)) for name in FIELDS})


def _shown(value: str | PartialDate | None) -> str:
    return value.iso() if isinstance(value, PartialDate) else value or ""


def read_fields(
    typed: ContactFields, role: ContactRole, today: date, stored: NewContact | None = None
) -> dict[str, Any]:
    """What the fields say, as columns of `NewContact`; of a stored contact only what was not left as it was shown.

    Raises `FormRefused` with a problem for each field that cannot be read, or is missing: a name, a post of all but
    alumni, and of alumni the date of their consent.
    """
    shown = fields_of(stored) if stored else ContactFields()
    problems: list[AttacheError] = []
    found: dict[str, Any] = {}
    for names, read in _READERS.items():
        texts = [getattr(typed, name) for name in names]
        if stored is not None and [clean(each) for each in texts] == [getattr(shown, name) for name in names]:
            continue
        try:
            found |= dict(zip(names, read(*texts, today), strict=True))
        except AttacheError as problem:
            problems.append(problem)
    problems += _missing(typed, role)
    problems += _at_odds(found, stored)
    if problems:
        raise FormRefused(problems)
    return found


def _missing(typed: ContactFields, role: ContactRole) -> list[AttacheError]:
    needed: list[AttacheError] = []
    if not clean(typed.name + typed.name_zh):
        needed.append(BadInput("contacts.name_needed"))
    if role is ContactRole.ALUMNUS and not clean(typed.consent):
        needed.append(BadInput("contacts.consent_needed"))
    if role is not ContactRole.ALUMNUS and not clean(typed.post + typed.post_zh):
        needed.append(BadInput("contacts.post_needed"))
    return needed


def _at_odds(found: Mapping[str, Any], stored: NewContact | None) -> list[AttacheError]:
    since = found.get("since", stored.since if stored else None)
    until = found.get("until", stored.until if stored else None)
    if since is not None and until is not None and since.earliest() > until.latest():
        return [BadInput("contacts.ends_before", since=since, until=until)]
    return []


def _both_scripts(latin: str, chinese: str, _: date) -> tuple[str | None, str | None]:
    """A text in two scripts, in two fields or one; where both fields say something, they are taken as they are."""
    if not clean(chinese):
        latin, chinese = split_scripts(clean(latin))
    return _text(latin), _text(chinese)


def _text(text: str, longest: int = MAX_TEXT) -> str | None:
    cleaned = clean(text)
    if len(cleaned) > longest:
        raise BadInput("contacts.too_long", text=cleaned[:40], length=len(cleaned), most=longest)
    return cleaned or None


def _plain(text: str, _: date) -> tuple[str | None]:
    return (_text(text),)


def _note(text: str, _: date) -> tuple[str | None]:
    return (_text(text, MAX_NOTE),)


def _email(text: str, _: date) -> tuple[str | None]:
    if clean(text) and not is_email(text):
        raise BadInput("contacts.email_unreadable", text=clean(text)[:80])
    return (_text(text),)


def _phone(text: str, _: date) -> tuple[str | None]:
    if clean(text) and not is_phone(text):
        raise BadInput("contacts.phone_unreadable", text=clean(text)[:80])
    return (_text(text, MAX_PHONE),)


def _day(text: str, today: date) -> tuple[PartialDate | None]:
    return (read_date(text, today) if clean(text) else None,)


def _past(text: str, today: date) -> tuple[PartialDate | None]:
    (day,) = _day(text, today)
    if day is not None and day.earliest() > today:
        raise BadInput("contacts.consent_in_future", date=day)
    return (day,)


def _year(text: str, today: date) -> tuple[PartialDate | None]:
    (year,) = _day(re.sub(r"\s*年$", "", clean(text)), today)
    if year is not None and year.precision is not Precision.YEAR:
        raise BadInput("contacts.year_unreadable", text=clean(text)[:40])
    return (year,)


_READERS: Mapping[tuple[str, ...], Callable[..., tuple[Any, ...]]] = {
    ("name", "name_zh"): _both_scripts,
    ("post", "post_zh"): _both_scripts,
    ("organisation",): _plain,
    ("since",): _day,
    ("until",): _day,
    ("email",): _email,
    ("phone",): _phone,
    ("note",): _note,
    ("programme",): _plain,
    ("programme_year",): _year,
    ("consent",): _past,
}
"""The fields that are read together, and how."""
