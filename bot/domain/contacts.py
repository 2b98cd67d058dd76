"""Contacts: one person in one post, how long they hold it, and when somebody last said that this is right."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.access import Scope
from bot.domain.dates import PartialDate, add_months
from bot.domain.names import clean
from bot.domain.places import Place

MAX_TEXT, MAX_PHONE, MAX_NOTE = 200, 80, 1000
"""The most characters of a name, a post, an organisation, a programme or an e-mail address; of a phone; of a note."""

NOTICE_DAYS = 60
"""So many days before a term ends it is told."""

CONFIRMED_MONTHS = 6
"""So long what somebody said of a contact is taken as right."""


class ContactRole(StrEnum):
    """What somebody is to the office."""

    COUNTERPART = "counterpart"
    COLLEAGUE = "colleague"
    ASSOCIATION = "association"
    MISSION = "mission"
    ADVISER = "adviser"
    ALUMNUS = "alumnus"
    """Of an exchange programme; kept only with their consent."""
    OTHER = "other"


class ContactState(StrEnum):
    """What lists can be narrowed to. Somebody in office may also be soon to leave, or to be confirmed."""

    IN_OFFICE = "in_office"
    FORMER = "former"
    ENDING = "ending"
    TO_CONFIRM = "to_confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is known of somebody in a post; names and posts as they are written in Latin script and in Chinese.

    `has_left` where somebody said that they left, which a term that ends by itself does not say. `replaced_by` is the
    number of the contact who came after them, `confirmed_on` the day on which somebody last said that this is right,
    `consent` when an alumnus agreed to be kept here, `programme_year` the year of their programme.
    """

    role: ContactRole = ContactRole.COUNTERPART
    name: str | None = None
    name_zh: str | None = None
    post: str | None = None
    post_zh: str | None = None
    organisation: str | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    has_left: bool = False
    replaced_by: int | None = None
    email: str | None = None
    phone: str | None = None
    note: str | None = None
    programme: str | None = None
    programme_year: PartialDate | None = None
    consent: PartialDate | None = None
    confirmed_on: PartialDate | None = None
    sources: tuple[str, ...] = ()
    scope: Scope = Scope.OFFICE
    office_id: int | None = None

    def is_former(self, today: date) -> bool:
        """Whether they have left: somebody said so, or came after them, or the last day of their term is over."""
        over = self.until is not None and self.until.latest() < today
        return self.has_left or self.replaced_by is not None or over

    def is_ending(self, today: date) -> bool:
        """Whether the term ends within `NOTICE_DAYS`, or is over and nobody has said whether they left."""
        if self.until is None or self.has_left or self.replaced_by is not None:
            return False
        return self.until.latest() <= today + timedelta(days=NOTICE_DAYS)

    def is_to_confirm(self, today: date) -> bool:
        """Whether nobody has said for so long, or ever, that somebody in office still is."""
        if self.is_former(today):
            return False
        return self.confirmed_on is None or add_months(self.confirmed_on.latest(), CONFIRMED_MONTHS) < today

    def is_in(self, state: ContactState, today: date) -> bool:
        match state:
            case ContactState.IN_OFFICE:
                return not self.is_former(today)
            case ContactState.FORMER:
                return self.is_former(today)
            case ContactState.ENDING:
                return self.is_ending(today)
            case ContactState.TO_CONFIRM:
                return self.is_to_confirm(today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Person):
    """A contact as it is stored, with the place whose city they speak for."""

    id: int
    place: Place
    version: int = 1

    @property
    def record(self) -> str:
        return f"C{self.id}"


def to_write_to(people: Iterable[Contact], day: date) -> list[Contact]:
    """Those in office on that day, counterparts first, then whoever was confirmed last; alumni are no addressees."""

    def order(person: Contact) -> tuple[bool, int, int]:
        confirmed = person.confirmed_on.latest().toordinal() if person.confirmed_on else 0
        return person.role is not ContactRole.COUNTERPART, -confirmed, person.id

    there = [each for each in people if not each.is_former(day) and each.role is not ContactRole.ALUMNUS]
    return sorted(there, key=order)


# Reading what was typed --------------------------------------------------------------------------------------

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_BETWEEN = re.compile(r"\s*[\n/／]\s*")


def split_scripts(text: str) -> tuple[str, str]:
    """What was typed in two scripts, one after the other: (Latin, Chinese), either of them empty.

    They stand on two lines, or with a slash between them. What is in one script stays whole: `Mayor / Chair`.
    """
    whole = " ".join(text.split())
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    if len(parts) == 2:
        first, second = (" ".join(part.split()) for part in parts)
        if _HAN.search(second) and not _HAN.search(first):
            return first, second
        if _HAN.search(first) and not _HAN.search(second):
            return second, first
    return ("", whole) if _HAN.search(whole) else (whole, "")


def joined_scripts(latin: str | None, chinese: str | None) -> str:
    """The two as they are typed; `split_scripts` takes them apart again."""
    return " / ".join(part for part in (latin, chinese) if part)


_TERM = re.compile(r"\s+(?:-|to|until)\s+|\s*[–—~～→至到]\s*")


def split_term(text: str) -> tuple[str, str]:
    """Since when and until when, as texts, of `2022-01-01 – 2026`; what has no dash in its middle is the beginning.

    `– 2026` and `2022 –` leave one of them open.
    """
    parts = _TERM.split(f" {text.strip()} ", maxsplit=1)
    since, until = parts if len(parts) == 2 else (parts[0], "")
    return since.strip(), until.strip()


def joined_term(since: str, until: str) -> str:
    """The two as they are typed; `split_term` takes them apart again."""
    return f"{since} – {until}".strip() if since or until else ""


_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_PHONE = re.compile(r"\+?\(?[0-9][0-9 ()./\-]{4,}(?:\s*(?:ext\.?|x|#|分機)\s*[0-9]+)?", re.IGNORECASE)


def is_email(text: str) -> bool:
    return _EMAIL.fullmatch(clean(text)) is not None


def is_phone(text: str) -> bool:
    return _PHONE.fullmatch(clean(text)) is not None
