"""Places, acts and offices for tests that need no database: what is not said is ordinary."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bot.domain.dates import PartialDate
from bot.domain.exchanges import LastContact
from bot.domain.occasions.facts import Facts
from bot.domain.offices import Office, Purpose, WorkingDay, every_day
from bot.domain.partnerships import Kind, Partnership, Status
from bot.domain.places import Place
from bot.domain.planning import plan
from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.ties import Tie

ANNIVERSARIES, DORMANCY = 101, 102
"""The channels of `office()`."""


def place(number: int, name: str = "", **more: Any) -> Place:
    name = name or f"Place {number}"
    values: dict[str, Any] = {"name_zh": None, "level": None, "country": None} | more
    return Place(id=number, key=name.lower().replace(" ", "-"), name_en=name, **values)


HOME, PARTNER, THIRD = place(1, "Kaohsiung"), place(2, "Aomori"), place(3, "Mutsu")


def act(number: int = 1, **more: Any) -> Partnership:
    """A sister-city act of home and partner, in force and undated; `signed` may be text."""
    values: dict[str, Any] = {
        "kind": Kind.SISTER_CITY,
        "status": Status.ACTIVE,
        "signed": None,
        "parties": (HOME, PARTNER),
    } | more
    if isinstance(values["signed"], str):
        values["signed"] = PartialDate.from_iso(values["signed"])
    return Partnership(id=number, **values)


def contact(when: str | date) -> LastContact:
    return LastContact(1, PartialDate.from_iso(when) if isinstance(when, str) else PartialDate.of(when))


def office(zone: str = "Asia/Taipei", posting_hour: int = 9, **more: Any) -> Office:
    channels = {Purpose.ANNIVERSARIES: ANNIVERSARIES, Purpose.DORMANCY: DORMANCY}
    values: dict[str, Any] = {"guild_id": 1, "language": "en", "channels": channels} | more
    return Office(id=7, place=HOME, zone=zone, posting_hour=posting_hour, **values)


def posts(
    of: Office,
    ties: Sequence[Tie],
    start: datetime,
    end: datetime,
    works: WorkingDay = every_day,
    **more: Any,
) -> list[Reminder]:
    """What is planned for an office with these ties, without its weekly lists (`weekly`)."""
    planned = plan(Facts(of, works, [HOME.id], ties, **more), start, end)
    return [each for each in planned if each.kind is not ReminderKind.QUIET_LIST]


def weekly(
    of: Office,
    ties: Sequence[Tie],
    start: datetime,
    end: datetime,
    works: WorkingDay = every_day,
    **more: Any,
) -> list[Reminder]:
    """The lists of quiet ties that are planned."""
    planned = plan(Facts(of, works, [HOME.id], ties, **more), start, end)
    return [each for each in planned if each.kind is ReminderKind.QUIET_LIST]
