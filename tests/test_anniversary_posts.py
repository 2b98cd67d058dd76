"""What the post of an anniversary tells, and to whose eyes."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.access import Scope
from bot.domain.dates import PartialDate
from bot.domain.offices import Office
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.services.desk import Desk
from bot.services.offices import office_named
from bot.services.reminders import preview
from bot.services.rest_days import holiday_name
from bot.ui.posts import post_text, post_view
from db.contacts import NewContact, insert_contacts
from db.partnerships import NewPartnership, insert_partnerships
from db.places import ids_by_key

NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
async def kaohsiung(seeded_desk: Desk) -> Office:
    return replace(await office_named(seeded_desk, "kaohsiung-tw"), language="en")


async def added(desk: Desk, office: Office, signed: str, *keys: str, **more: object) -> str:
    """An act in force of these places; its number."""
    async with desk.database.write() as session:
        ids = await ids_by_key(session, keys)
        new = NewPartnership(
            kind=Kind.SISTER_CITY,
            parties=tuple(ids[key] for key in keys),
            history=(StatusChange(Status.ACTIVE),),
            signed=PartialDate.from_iso(signed),
            office_id=office.id,
            **more,  # type: ignore[arg-type]
        )
        [number] = await insert_partnerships(session, [new])
    return f"P{number}"


async def told(desk: Desk, office: Office, record: str, day: date) -> str:
    """The post about the act on that day."""
    [post] = [each for each in await preview(desk, day, 1, office) if each.reminder.subject == record]
    return post_text(post)


async def test_the_day_at_the_partner(seeded_desk: Desk, kaohsiung: Office) -> None:
    """A public holiday there is named; on the day itself, so is the day that it still is there."""
    record = await added(seeded_desk, kaohsiung, "2020-01-01", "kaohsiung-tw", "seattle-us")
    text = await told(seeded_desk, kaohsiung, record, NEW_YEAR)
    assert "The day is a public holiday in Seattle: New Year's Day." in text
    assert "In Seattle it is Thursday, 31 December 2026 at the moment." in text
    text = await told(seeded_desk, kaohsiung, record, date(2026, 12, 25))
    assert "New Year's Day" in text
    assert "at the moment" not in text
    chinese = replace(kaohsiung, language="zh-TW")
    assert "西雅圖當地現在是2026年12月31日（四）" in await told(seeded_desk, chinese, record, NEW_YEAR)


async def test_a_month_is_told_as_a_month(seeded_desk: Desk, kaohsiung: Office) -> None:
    """Without a day, before it begins, once."""
    record = await added(seeded_desk, kaohsiung, "2017-06", "kaohsiung-tw", "seattle-us")
    text = await told(seeded_desk, kaohsiung, record, date(2027, 5, 1))
    assert "In June 2027, Kaohsiung and Seattle will have been partners for 10 years" in text
    found = [p for p in await preview(seeded_desk, NEW_YEAR, 360, kaohsiung) if p.reminder.subject == record]
    assert len(found) == 1


async def test_whom_to_write_to(seeded_desk: Desk, kaohsiung: Office) -> None:
    """Counterparts in office; by name only where the whole channel may know who it is."""
    record = await added(seeded_desk, kaohsiung, "2020-01-01", "kaohsiung-tw", "seattle-us")
    async with seeded_desk.database.write() as session:
        seattle = (await ids_by_key(session, ["seattle-us"]))["seattle-us"]
        ours = {"place_id": seattle, "office_id": kaohsiung.id}
        numbers = await insert_contacts(
            session,
            [
                NewContact(name="Ann Known", post="Director", scope=Scope.SHARED, **ours),
                NewContact(name="Bob Hidden", **ours),
                NewContact(name="Cyd Former", scope=Scope.SHARED, has_left=True, **ours),
                NewContact(name="Dan Over", scope=Scope.SHARED, until=PartialDate(2024), **ours),
            ],
        )
    text = await told(seeded_desk, kaohsiung, record, NEW_YEAR)
    assert f"Ann Known, Director `C{numbers[0]}` and contact at Seattle `C{numbers[1]}`" in text
    assert not any(name in text for name in ("Bob", "Cyd", "Dan"))


async def test_others_with_the_same_day(seeded_desk: Desk, kaohsiung: Office) -> None:
    """Of other offices' places, as far as this office may see them."""
    record = await added(seeded_desk, kaohsiung, "2020-01-01", "kaohsiung-tw", "seattle-us")
    tainan = await office_named(seeded_desk, "tainan-tw")
    shown = await added(seeded_desk, tainan, "1997-01-01", "tainan-tw", "prague-cz", scope=Scope.SHARED)
    hidden = await added(seeded_desk, tainan, "1987-01-01", "tainan-tw", "prague-cz", scope=Scope.OFFICE)
    elsewhere = await added(seeded_desk, tainan, "1987-01-01", "seattle-us", "prague-cz")
    text = await told(seeded_desk, kaohsiung, record, NEW_YEAR)
    assert f"Same day elsewhere: Tainan – Prague (30 years) `{shown}`" in text
    assert hidden not in text
    assert elsewhere not in text


async def test_the_buttons_fit(seeded_desk: Desk, kaohsiung: Office) -> None:
    """However many partners and contacts there are, Discord takes the message."""
    keys = ("busan-kr", "seattle-us", "prague-cz", "aomori-jp", "brisbane-au", "durban-za", "miami-us")
    async with seeded_desk.database.read() as session:
        known = [key for key in keys if key in await ids_by_key(session, keys)]
    record = await added(seeded_desk, kaohsiung, "2020-01-01", "kaohsiung-tw", *known)
    [post] = [p for p in await preview(seeded_desk, NEW_YEAR, 1, kaohsiung) if p.reminder.subject == record]
    labels = [getattr(item, "item", item).label for item in post_view(post).children]
    assert labels[:4] == ["Plan celebration", "Assign", "Snooze", "Done"]
    assert len(labels) <= 25


@pytest.mark.parametrize(
    ("country", "day", "language", "name"),
    [
        ("KR", date(2026, 1, 1), "en", "New Year's Day"),
        ("TW", date(2026, 10, 10), "zh-TW", "國慶日"),
        ("US", date(2026, 7, 3), "zh-TW", "獨立紀念日補假"),
        ("KR", date(2026, 6, 6), "zh-TW", "顯忠日"),
        ("KR", date(2026, 9, 24), "zh-TW", "中秋節前一日"),
        ("KR", date(2025, 5, 5), "zh-TW", "佛誕日、兒童節"),
        ("HK", date(2026, 10, 18), "zh-TW", "重陽節"),
        ("PH", date(2026, 4, 9), "zh-TW", "Day of Valor"),
        ("CZ", date(2026, 11, 18), "en", None),
        ("XX", date(2026, 1, 1), "en", None),
        (None, date(2026, 1, 1), "en", None),
    ],
)
def test_what_a_holiday_is_called(country: str | None, day: date, language: str, name: str | None) -> None:
    """In the reader's language where the calendar has it, or Taiwan a word for it; else in English."""
    assert holiday_name(country, day, language) == name
