"""The registry in the chat: a partner's card with all that can be on it, lists and files, comparing, ties, calendar."""

import io
import re
from dataclasses import replace

from icalendar import Calendar
from openpyxl import load_workbook

from bot.domain.access import Role, Scope
from bot.domain.agreements import Commitment, Initiator, SignedName
from bot.domain.claims import Claim, Fact
from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.services.office_settings import RolesForm, change_roles
from db.exchanges import NewExchange, insert_exchanges
from db.partnerships import NewPartnership, insert_partnerships
from db.places import ids_by_key
from tests.chat.conftest import Seen, Stage
from tests.records import person


async def add_act(stage: Stage, **more: object) -> int:
    """An act of Kaohsiung and Prague, who have none in the starter data, with something in every corner."""
    async with stage.desk.database.write() as session:
        ids = await ids_by_key(session, ["kaohsiung-tw", "prague-cz"])
        act = NewPartnership(
            Kind.SISTER_CITY,
            (ids["kaohsiung-tw"], ids["prague-cz"]),
            (StatusChange(Status.ACTIVE),),
            signed=PartialDate(2007, 9, 11),
            signed_names=(
                SignedName(1, "en", "City of Kaohsiung"),
                SignedName(2, "cs", "Hlavní město Praha"),
            ),
            claims=(
                Claim(Fact.SIGNED, "2007-09-11", "A letter", preferred=True),
                Claim(Fact.SIGNED, "2007-09-12", "A newspaper"),
            ),
            commitments=(
                Commitment("a garden", due=PartialDate(2020, 1, 1)),
                Commitment("a visit"),
                Commitment("a book", done=PartialDate(2010)),
            ),
            initiator=Initiator.UNIVERSITY,
            initiator_party=2,
            owner="Lin @everyone",
            lead_association="Harbour Friends **Association**",
            review_on=PartialDate(2026, 3),
            expires_on=PartialDate(2031),
        )
        (number,) = await insert_partnerships(session, [replace(act, **more)])  # type: ignore[arg-type]
        held = NewExchange(
            ExchangeKind.VISIT, ExchangeStatus.HELD, PartialDate(2026, 5), "Talks", act.parties,
            level=ExchangeLevel.OFFICIAL, scope=act.scope,
        )  # fmt: skip
        later = replace(held, date=PartialDate(2025), scope=Scope.SHARED)
        await insert_exchanges(session, [replace(held, scope=Scope.SHARED), *[later] * 14])
    return number


async def test_everything_on_one_card(stage: Stage) -> None:
    """Names as signed, who carries it, what is due, what is disputed, levels; nothing pings."""
    number = await add_act(stage)
    seen = await stage.slash("partner show", partner="Prague")
    assert seen.embed.title == "Kaohsiung – Prague (Praha)"
    agreement = seen.field("Agreements")
    for told in (
        f"`P{number}` **sister city** · active",
        "Signed 11 September 2007 · 19 years",
        "Signed as City of Kaohsiung and Hlavní město Praha",
        "⏰ Review was due March 2026",
        "Runs until 2031",
        "11 September 2007 (A letter) or 12 September 2007 (A newspaper)",
    ):
        assert told in agreement, told
    assert "11 September 2027: 20 years" in seen.field("Next anniversary")
    contact = seen.field("Contact")
    assert "Last contact: May 2026" in contact
    assert "official)" in contact
    assert "Held: official 15, civic 0" in contact
    assert "No civic exchange is recorded" in contact
    people = seen.field("Who carries it")
    assert "Begun by university of Prague" in people
    assert "Officer: Lin @\u200beveryone" in people
    assert r"Harbour Friends \*\*Association\*\*" in people
    assert seen.field("Promises") == "2 open, **1 of them overdue**"
    assert "and 12 more" in seen.field("Latest exchanges")
    assert seen.buttons == ["Log a visit with Prague", "Timeline", "Exchanges", "Promises", "Edit"]


async def test_what_is_empty_is_not_shown(stage: Stage) -> None:
    """A tie of which little is known has a short card, and no buttons that lead nowhere."""
    seen = await stage.slash("partner show", partner="Busan")
    names = [field.name for field in seen.embed.fields]
    assert names == ["Agreements", "Next anniversary", "Contact", "Now", "Sources"]
    assert seen.buttons == ["Log a visit with Busan", "Timeline", "Edit"]


async def test_the_buttons_of_a_card_after_a_restart(stage: Stage) -> None:
    """Each opens its list; the exchanges page through all, newest first, and come as a file."""
    await add_act(stage)
    card = await stage.slash("partner show", partner="Prague")
    await stage.restart()
    assert "2007" in (await stage.click(card, "Timeline")).text
    assert "a garden" in (await stage.click(card, "Promises")).text
    page = await stage.click(card, "Exchanges")
    assert page.embed.title == "Exchanges of Kaohsiung and Prague"
    assert "15 exchanges · page 1 of 2" in str(page.embed.footer.text)
    assert str(page.embed.description).startswith("`X")
    assert "May 2026" in str(page.embed.description).splitlines()[0]
    last = await stage.click(page, "Next →")
    assert len(str(last.embed.description).splitlines()) == 3
    sheet = await sent_sheet(await stage.click(last, "File"))
    assert len(sheet) == 16
    assert "Talks" in sheet[1]


async def sent_sheet(seen: Seen) -> list[list[str]]:
    """The rows of the one file that came, for the person alone."""
    assert seen.private
    (file,) = seen.result.response.attachments
    sheet = load_workbook(io.BytesIO(await file.read())).active
    assert sheet is not None
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


async def test_a_list_as_a_file(stage: Stage) -> None:
    """By the option and by the button under the list, also after a restart: what the list shows."""
    listed = await stage.slash("partner list", country="Japan", kind="all")
    records = re.findall(r"`(P\d+)`", str(listed.embed.description))
    after = await stage.click(listed, "Next →")
    records += re.findall(r"`(P\d+)`", str(after.embed.description))
    await stage.restart()
    sheet = await sent_sheet(await stage.click(listed, "File"))
    assert [row[0] for row in sheet[1:]] == records
    assert sheet[0][:3] == ["Record", "Section", "Partner"]
    stage.speaks("zh-TW")
    chinese = await sent_sheet(await stage.slash("partner list", country="日本", kind="all", file="xlsx"))
    assert chinese[0][0] == "紀錄編號"
    assert [row[0] for row in chinese[1:]] == records


async def test_restricted_records_stay_private(stage: Stage) -> None:
    """A card, a list and the ties with an act of the office's own are answered privately; the file warns."""
    office = await stage.desk_office()
    await add_act(stage, scope=Scope.OFFICE, office_id=office.id)
    for seen in (
        await stage.slash("partner show", partner="Prague"),
        await stage.slash("partner list", text="prague"),
        await stage.slash("partner ties", place="Prague"),
        await stage.slash("partner compare", one="Prague", two="Seattle"),
    ):
        assert seen.private
    filed = await stage.slash("partner list", text="prague", file="csv")
    assert "not for everybody" in filed.result.response.content
    assert not (await stage.slash("partner list", text="seattle")).private


async def test_who_may_not_read_presses_in_vain(stage: Stage) -> None:
    """The buttons refuse whoever has no role in the office any more."""
    listed = await stage.slash("partner list")
    office = await stage.desk_office()
    form = RolesForm({Role.ADMINISTRATOR: [stage.managers.id]}, "nobody")
    await change_roles(stage.desk, person(office, Role.ADMINISTRATOR), form, office.version)
    for label in ("File", "Next →"):
        refused = await stage.click(listed, label)
        assert refused.private
        assert "your role" in refused.text.lower() or "role" in refused.text.lower()


async def test_narrowing_and_sorting(stage: Stage) -> None:
    """What was understood stands above the list, the rule of the count below it."""
    seen = await stage.slash(
        "partner list", region="europe", contact="no_record", **{"signed-from": "1990", "sort": "name"}
    )
    assert "🔎 Europe · contact: no record · signed from 1990 · sorted by name" in seen.text
    assert "in force" in seen.field("Count")
    wrong = await stage.slash("partner list", text="x" * 21)
    assert "up to 20 characters" in wrong.text
    whole = await stage.slash("partner list", city="Taipei")
    count = seen_numbers(whole.field("Count"))
    assert count[0] + count[1] == count[2]
    assert count[2] + count[3] == count[4]


def seen_numbers(text: str) -> list[int]:
    return [int(word.strip("*:")) for word in text.split() if word.strip("*:").isdigit()]


async def test_comparing(stage: Stage) -> None:
    """Two partners side by side; two cities by what they share, with the rule."""
    partners = await stage.slash("partner compare", one="Seattle", two="Busan")
    assert "As partners of Kaohsiung" in partners.text
    assert "Signed 30 June 1966 · 60 years" in partners.field("Busan, South Korea")
    cities = await stage.slash("partner compare", one="Taipei", two="Kaohsiung")
    assert "Guam" in cities.field("Partners of both")
    assert "in force" in cities.field("Count")
    same = await stage.slash("partner compare", one="Seattle", two="西雅圖")
    assert "twice" in same.text


async def test_the_ties_of_a_place_and_its_pages(stage: Stage) -> None:
    """Whoever has ties with a place, over all offices."""
    guam = await stage.slash("partner ties", place="Guam")
    assert "**Taipei**" in guam.text
    assert "**Kaohsiung**" in guam.text
    taipei = await stage.slash("partner ties", place="Taipei")
    await stage.restart()
    assert "page 2 of" in (await stage.click(taipei, "Next →")).text


async def test_the_calendar(stage: Stage) -> None:
    """A file that calendars read, and what could not go into it."""
    stage.speaks("zh-TW")
    seen = await stage.slash("partner calendar")
    (embed,), (file,) = seen.result.response.embeds, seen.result.response.attachments
    events = Calendar.from_ical(await file.read()).walk("VEVENT")
    assert any("釜山締盟週年" in event["summary"] for event in events)
    assert f"**{len(events)}**" in embed.description
    assert "西雅圖" in embed.fields[0].value
