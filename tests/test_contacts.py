"""Keeping people in their posts: forms, who came before and after, terms, alumni, and saying that they are right."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.domain.access import Role, Scope, Standing
from bot.domain.contacts import ContactRole, ContactState
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused, NotAllowed, NotFound
from bot.domain.offices import Office
from bot.domain.reminders import ReminderKind
from bot.services.audit import record_history, undo, undo_entry
from bot.services.contact_fields import ContactFields, fields_of, read_fields
from bot.services.contact_lists import (
    ContactFilter,
    complete_contacts,
    list_alumni,
    list_contacts,
    show_contact,
)
from bot.services.contact_removal import check_removable_contact, remove_contact
from bot.services.contact_rounds import confirm_contact, next_to_confirm
from bot.services.contacts import (
    ContactForm,
    SavedContact,
    add_contact,
    check_contact,
    contact_left,
    edit_contact,
    open_contact,
)
from bot.services.desk import Caller, Desk
from bot.services.editing import set_scope
from bot.services.places import place_meant
from bot.services.privacy import erase_own_data, erase_person, find_person
from bot.services.reminders import preview
from bot.services.telling import ChangedSince
from bot.ui.posts import post_text
from db.contacts import all_contacts, insert_contacts, stored_contacts
from db.integrity import troubles
from db.record_kinds import kind_of
from tests.conftest import NOW
from tests.records import audit_entries, office_of, person
from tests.shell import Shell

MAYOR = ContactFields(
    name="Bruce Harrell / 哈瑞爾",
    post="Mayor",
    post_zh="市長",
    organisation="City of Seattle",
    since="2022-01-01",
    until="2025-12-31",
    email="mayor@seattle.example",
    phone="+1 206 555 0100",
    note="Speaks for the port",
)


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "kaohsiung-tw")


@pytest.fixture
def editor(home: Office) -> Caller:
    return person(home, Role.EDITOR)


async def keep(
    desk: Desk, caller: Caller, name: str = "", request: str = "", place: str = "seattle-us", **more: object
) -> SavedContact:
    fields = replace(MAYOR, until="", name=name) if name else MAYOR
    form = ContactForm(place, fields, **more)  # type: ignore[arg-type]
    return await add_contact(desk, caller, form, request or f"test:{name}")


def later(desk: Desk, days: int) -> Desk:
    return Desk(desk.database, lambda: NOW + timedelta(days=days))


async def problems(desk: Desk, caller: Caller, form: ContactForm) -> list[str]:
    with pytest.raises(FormRefused) as refused:
        await add_contact(desk, caller, form, "test:refused")
    return [problem.key for problem in refused.value.problems]


# Keeping ----------------------------------------------------------------------------------------------------


@pytest.mark.both_engines
async def test_a_contact_is_kept_as_it_was_typed(seeded_desk: Desk, editor: Caller) -> None:
    """Both scripts, a term, how to reach them; for the office alone, and right as of today."""
    saved = await keep(seeded_desk, editor)
    kept = saved.contact
    assert (kept.record, kept.name, kept.name_zh, kept.post, kept.post_zh) == (
        "C1", "Bruce Harrell", "哈瑞爾", "Mayor", "市長",
    )  # fmt: skip
    assert (kept.since, kept.until, kept.scope) == (
        PartialDate(2022, 1, 1), PartialDate(2025, 12, 31), Scope.OFFICE,
    )  # fmt: skip
    assert kept.confirmed_on == PartialDate.of(editor.today(seeded_desk))
    assert kept.place.key == "seattle-us"
    (entry,) = await audit_entries(seeded_desk, "C1")
    assert (entry.action, entry.id) == ("contact.added", saved.entry)
    again = await keep(seeded_desk, editor)
    assert (again.contact, again.entry) == (kept, saved.entry)
    assert await troubles(seeded_desk.database) == []


async def test_what_is_stored_is_read_again_as_it_is(seeded_desk: Desk, editor: Caller) -> None:
    """A form that is opened and sent off untouched changes nothing."""
    await keep(seeded_desk, editor)
    async with seeded_desk.database.read() as session:
        (stored,) = await stored_contacts(session, None)
    today = editor.today(seeded_desk)
    shown = fields_of(stored)
    assert read_fields(shown, stored.role, today, stored) == {}
    read = read_fields(shown, stored.role, today)
    assert read == {name: getattr(stored, name) for name in read}


async def test_each_problem_of_a_form_is_told(seeded_desk: Desk, editor: Caller) -> None:
    """All of them at once, and nothing is stored."""
    wrong = ContactFields(since="2026", until="2024", email="at home", phone="later", name="", post="")
    assert await problems(seeded_desk, editor, ContactForm("Atlantis", wrong, scope=Scope.PUBLIC)) == [
        "contacts.never_public", "contacts.email_unreadable", "contacts.phone_unreadable",
        "contacts.name_needed", "contacts.post_needed", "contacts.ends_before",
    ]  # fmt: skip
    long = replace(MAYOR, organisation="x" * 201, until="03/04/2026")
    assert await problems(seeded_desk, editor, ContactForm("Atlantis", long)) == [
        "place.unknown_near", "contacts.too_long", "date.ambiguous",
    ]  # fmt: skip
    assert await audit_entries(seeded_desk, "C1") == []


async def test_an_alumnus_without_consent_is_refused(seeded_desk: Desk, editor: Caller) -> None:
    """Nor can the consent lie in the future, or be taken out of a contact that stays."""
    alumnus = ContactFields(name="Ana Novak", programme="Mosaic", programme_year="2019 年")
    role = ContactRole.ALUMNUS
    assert await problems(seeded_desk, editor, ContactForm("prague-cz", alumnus, role)) == [
        "contacts.consent_needed"
    ]
    for consent, key in (("2027", "contacts.consent_in_future"),):
        form = ContactForm("prague-cz", replace(alumnus, consent=consent), role)
        assert await problems(seeded_desk, editor, form) == [key]
    bad_year = replace(alumnus, consent="2024-05", programme_year="2019-05")
    assert await problems(seeded_desk, editor, ContactForm("prague-cz", bad_year, role)) == [
        "contacts.year_unreadable"
    ]
    form = ContactForm("prague-cz", replace(alumnus, consent="2024-05"), role)
    kept = (await add_contact(seeded_desk, editor, form, "test:1")).contact
    assert (kept.consent, kept.programme_year) == (PartialDate(2024, 5), PartialDate(2019))
    opened = await open_contact(seeded_desk, editor, "Ana Novák")
    with pytest.raises(FormRefused):
        await edit_contact(seeded_desk, editor, 1, opened.version, replace(opened.fields, consent=""), role)


async def test_alumni_in_office(seeded_desk: Desk, editor: Caller) -> None:
    """Those with a post that they have not left."""
    role = ContactRole.ALUMNUS
    for n, more in enumerate(({}, {"post": "Senator"}, {"post": "Mayor", "until": "2020"})):
        fields = ContactFields(name=f"Alumna {n}", consent="2024", **more)
        await add_contact(seeded_desk, editor, ContactForm("prague-cz", fields, role), f"test:{n}")
    await keep(seeded_desk, editor)
    everybody = await list_alumni(seeded_desk, editor)
    assert [each.name for each in everybody.contacts] == ["Alumna 0", "Alumna 1", "Alumna 2"]
    in_office = await list_alumni(seeded_desk, editor, in_office=True)
    assert [each.name for each in in_office.contacts] == ["Alumna 1"]


# Before and after -------------------------------------------------------------------------------------------


async def test_who_replaced_whom(seeded_desk: Desk, editor: Caller) -> None:
    """A card tells the whole line of a post, from whichever of them one asks."""
    await keep(seeded_desk, editor, "First")
    await keep(seeded_desk, editor, "Second", replaces="C1")
    saved = await keep(seeded_desk, editor, "Third", replaces="Second")
    assert saved.replaced is not None
    assert saved.replaced.record == "C2"
    card = await show_contact(seeded_desk, editor, "C2")
    assert ([c.record for c in card.before], [c.record for c in card.after]) == (["C1"], ["C3"])
    card = await show_contact(seeded_desk, editor, "C3")
    assert [c.record for c in card.before] == ["C2", "C1"]
    with pytest.raises(BadInput, match=r"contacts\.replaced_already"):
        await check_contact(seeded_desk, editor, "Seattle", replaces="C1")
    former = await list_contacts(seeded_desk, editor, ContactFilter(state=ContactState.FORMER))
    assert [each.record for each in former.contacts] == ["C1", "C2"]


async def test_taking_back_who_replaced_whom(seeded_desk: Desk, editor: Caller) -> None:
    """The newcomer cannot go while they are said to have replaced somebody; that is taken back first."""
    await keep(seeded_desk, editor, "First")
    saved = await keep(seeded_desk, editor, "Second", replaces="C1")
    assert saved.entry is not None
    assert saved.replaced_entry is not None
    with pytest.raises(BadInput, match=r"undo\.superseding"):
        await undo_entry(seeded_desk, editor, saved.entry)
    await undo_entry(seeded_desk, editor, saved.replaced_entry)
    await undo_entry(seeded_desk, editor, saved.entry)
    async with seeded_desk.database.read() as session:
        assert [each.record for each in await all_contacts(session, editor.viewer)] == ["C1"]


@pytest.mark.both_engines
@pytest.mark.parametrize("seed", range(2))
async def test_a_line_never_loops(seeded_desk: Desk, editor: Caller, seed: int) -> None:
    """Whatever is said of who came after whom, taken back and put back: following it always ends."""
    random = Random(seed)
    for n in range(5):
        await keep(seeded_desk, editor, f"Person {n}")
    for _ in range(40):
        one, other = (f"C{random.randint(1, 5)}" for _ in range(2))
        try:
            match random.randint(0, 3):
                case 0 | 1:
                    await contact_left(seeded_desk, editor, one, "yesterday", other)
                case 2:
                    await undo(seeded_desk, editor, one)
                case 3:
                    entry = random.choice(await audit_entries(seeded_desk, one))
                    await undo_entry(seeded_desk, editor, entry.id)
        except AttacheError:
            continue
    assert await troubles(seeded_desk.database) == []
    for n in range(1, 6):
        try:
            card = await show_contact(seeded_desk, editor, f"C{n}")
        except NotFound:
            continue
        line = [each.id for each in (*card.before, card.contact, *card.after)]
        assert len(line) == len(set(line))


async def test_two_at_once_make_no_circle(seeded_desk: Desk, editor: Caller) -> None:
    """Of two people who say the opposite at the same moment, one is refused."""
    for name in ("First", "Second"):
        await keep(seeded_desk, editor, name)
    said = [("C1", "C2"), ("C2", "C1")]
    done = await asyncio.gather(
        *(contact_left(seeded_desk, editor, one, "yesterday", other) for one, other in said),
        return_exceptions=True,
    )
    assert [type(each) for each in done if isinstance(each, Exception)] == [BadInput]


async def test_who_left_is_former_at_once(seeded_desk: Desk, editor: Caller) -> None:
    """Also where only the month is known; and one whose end is in the future stays until then."""
    await keep(seeded_desk, editor, "First")
    left = await contact_left(seeded_desk, editor, "First", "2026-11")
    today = editor.today(seeded_desk)
    assert left.contact.is_former(today)
    await keep(seeded_desk, editor, "Second")
    leaves = await contact_left(seeded_desk, editor, "Second", "2026-12-31")
    assert not leaves.contact.is_former(today)
    ending = await list_contacts(seeded_desk, editor, ContactFilter(state=ContactState.ENDING))
    assert [each.name for each in ending.contacts] == ["Second"]
    opened = await open_contact(seeded_desk, editor, "First")
    fields = replace(opened.fields, until="2030")
    back = await edit_contact(seeded_desk, editor, 1, opened.version, fields, opened.contact.role)
    assert not back.contact.is_former(today)


# Finding ----------------------------------------------------------------------------------------------------


async def test_lists_are_narrowed(seeded_desk: Desk, editor: Caller) -> None:
    """By place, post in either script, role and state."""
    await keep(seeded_desk, editor, "First")
    await keep(seeded_desk, editor, "Other", place="prague-cz", role=ContactRole.MISSION)

    async def names(**wanted: object) -> list[str | None]:
        found = await list_contacts(seeded_desk, editor, ContactFilter(**wanted))  # type: ignore[arg-type]
        return [each.name for each in found.contacts]

    assert await names() == ["Other", "First"]
    seattle = await place_meant(seeded_desk, editor, "Seattle")
    prague = await place_meant(seeded_desk, editor, "Prague")
    assert await names(place_id=prague.id) == ["Other"]
    assert await names(post="市長") == await names(post="mayor") == ["Other", "First"]
    assert await names(post="city of seattle", place_id=seattle.id) == ["First"]
    assert await names(role=ContactRole.MISSION) == ["Other"]
    assert await names(state=ContactState.FORMER) == []
    assert [each.name for each in await complete_contacts(seeded_desk, editor, "西雅圖")] == ["First"]


async def test_one_name_of_two_is_asked_back(seeded_desk: Desk, editor: Caller) -> None:
    """By number they are told apart; a name that nobody has is told as such."""
    await keep(seeded_desk, editor, "Same", "1")
    await keep(seeded_desk, editor, "same", "2")
    with pytest.raises(BadInput, match=r"contacts\.ambiguous"):
        await show_contact(seeded_desk, editor, "SAME")
    with pytest.raises(NotFound, match=r"contacts\.unknown"):
        await show_contact(seeded_desk, editor, "Nobody")
    with pytest.raises(BadInput, match=r"contacts\.no_contact"):
        await show_contact(seeded_desk, editor, "P1")
    assert (await show_contact(seeded_desk, editor, "ｃ２")).contact.id == 2


async def test_contacts_are_the_office_s_own(seeded_desk: Desk, editor: Caller) -> None:
    """Others find nothing until they are shared, and then may not change it; they never become public."""
    await keep(seeded_desk, editor, "First")
    other = person(await office_of(seeded_desk, "tainan-tw"), Role.EDITOR)
    for search in ("C1", "First"):
        with pytest.raises(NotFound):
            await show_contact(seeded_desk, other, search)
    assert (await list_contacts(seeded_desk, other, ContactFilter())).contacts == []
    assert await complete_contacts(seeded_desk, other, "First") == []
    await set_scope(seeded_desk, editor, "C1", Scope.SHARED)
    assert (await show_contact(seeded_desk, other, "First")).contact.id == 1
    with pytest.raises(NotAllowed):
        await open_contact(seeded_desk, other, "C1")
    with pytest.raises(NotAllowed):
        await confirm_contact(seeded_desk, other, 1, 2)
    with pytest.raises(BadInput, match=r"contacts\.never_public"):
        await set_scope(seeded_desk, editor, "C1", Scope.PUBLIC)
    guest = person(await office_of(seeded_desk, "prague-cz", Standing.GUEST))
    with pytest.raises(NotFound):
        await show_contact(seeded_desk, guest, "C1")


# Changing ---------------------------------------------------------------------------------------------------


async def test_nobody_writes_over_what_they_have_not_seen(seeded_desk: Desk, editor: Caller) -> None:
    """A form of an earlier version is refused and told what changed; history and undo are as of any record."""
    await keep(seeded_desk, editor, "First")
    opened = await open_contact(seeded_desk, editor, "C1")
    role = opened.contact.role
    changed = replace(opened.fields, post="Governor / 州長", post_zh="")
    done = await edit_contact(seeded_desk, editor, 1, 1, changed, role)
    assert (done.contact.post, done.contact.post_zh) == ("Governor", "州長")
    assert {change.field for change in done.changes} == {"post", "post_zh"}
    again = await edit_contact(seeded_desk, editor, 1, 1, changed, role)
    assert again.entry == done.entry
    with pytest.raises(ChangedSince) as refused:
        await edit_contact(seeded_desk, editor, 1, 1, replace(opened.fields, email=""), role)
    assert refused.value.version == 2
    history = await record_history(seeded_desk, editor, "C1")
    assert [told.action for told in history.entries] == ["contact.edited", "contact.added"]
    await undo(seeded_desk, editor, "C1")
    assert (await show_contact(seeded_desk, editor, "C1")).contact.post == "Mayor"


async def test_loggers_change_their_own_of_the_day(seeded_desk: Desk, home: Office, editor: Caller) -> None:
    """As with exchanges; to say that somebody is still right, anybody who logs may."""
    await keep(seeded_desk, editor, "First")
    logger = person(home, Role.LOGGER, user_id=2)
    with pytest.raises(NotAllowed, match=r"record\.only_own"):
        await open_contact(seeded_desk, logger, "C1")
    saved = await confirm_contact(later(seeded_desk, 1), logger, 1, 1)
    assert saved.entry is not None


async def test_confirming_goes_round(seeded_desk: Desk, editor: Caller) -> None:
    """The one of longest ago comes first; a press counts once; who has left is not asked for."""
    for n, name in enumerate(("First", "Second", "Third")):
        await keep(later(seeded_desk, n), editor, name)
    await contact_left(later(seeded_desk, 3), editor, "Third", "yesterday")
    assert (await next_to_confirm(seeded_desk, editor)).contact is None
    then = later(seeded_desk, 200)
    seen = []
    for waiting in (2, 1):
        found = await next_to_confirm(then, editor)
        assert found.contact is not None
        assert found.waiting == waiting
        seen.append(found.contact.name)
        number, version = found.contact.id, found.contact.version
        first = await confirm_contact(then, editor, number, version)
        assert first.entry is not None
        assert (await confirm_contact(then, editor, number, version)).entry is None
    assert seen == ["First", "Second"]
    assert (await next_to_confirm(then, editor)).waiting == 0
    with pytest.raises(ChangedSince):
        await confirm_contact(later(seeded_desk, 201), editor, 1, 1)


async def test_what_was_imported_is_confirmed_first(seeded_desk: Desk, editor: Caller) -> None:
    """Nobody has ever said that it is right."""
    await keep(seeded_desk, editor, "First")
    async with seeded_desk.database.write() as session:
        (stored,) = await stored_contacts(session, None)
        await insert_contacts(session, [replace(stored, number=None, confirmed_on=None, name="Old")])
    found = (await next_to_confirm(later(seeded_desk, 300), editor)).contact
    assert found is not None
    assert found.name == "Old"


# Removing ---------------------------------------------------------------------------------------------------


@pytest.mark.both_engines
async def test_a_removed_contact_leaves_a_whole_line(seeded_desk: Desk, home: Office, editor: Caller) -> None:
    """Who came before is followed by who came after; the removal is taken back; others and loggers may not."""
    for name, before in (("First", ""), ("Second", "C1"), ("Third", "C2")):
        await keep(seeded_desk, editor, name, replaces=before)
    found = await check_removable_contact(seeded_desk, editor, "Second")
    assert [each.record for each in found.before] == ["C1"]
    for caller in (
        person(home, Role.LOGGER, 2),
        person(await office_of(seeded_desk, "tainan-tw"), Role.EDITOR),
    ):
        with pytest.raises((NotAllowed, NotFound)):
            await remove_contact(seeded_desk, caller, 2, found.version)
    with pytest.raises(ChangedSince):
        await remove_contact(seeded_desk, editor, 2, found.version - 1)
    removed = await remove_contact(seeded_desk, editor, 2, found.version)
    assert removed.after is not None
    assert (removed.contact.name, removed.after.record) == ("Second", "C3")
    line = await show_contact(seeded_desk, editor, "C3")
    assert [each.record for each in line.before] == ["C1"]
    await undo_entry(seeded_desk, editor, removed.entry)
    assert (await show_contact(seeded_desk, editor, "C2")).after[0].record == "C3"
    last = await check_removable_contact(seeded_desk, editor, "C3")
    assert (await remove_contact(seeded_desk, editor, 3, last.version)).after is None
    with pytest.raises(NotFound):
        await show_contact(seeded_desk, editor, "Third")


async def test_what_others_point_to_stays(seeded_desk: Desk, home: Office, editor: Caller) -> None:
    """A contact whom another office's contact names as who came after is not taken from under it."""
    shared = ContactForm("seattle-us", MAYOR, scope=Scope.SHARED)
    ours = (await add_contact(seeded_desk, editor, shared, "ours")).contact
    tainan = person(await office_of(seeded_desk, "tainan-tw"), Role.EDITOR)
    theirs = (await add_contact(seeded_desk, tainan, ContactForm("seattle-us", MAYOR), "theirs")).contact
    await contact_left(seeded_desk, tainan, theirs.record, "yesterday", ours.record)
    with pytest.raises(BadInput, match=r"contacts\.referred_to"):
        await check_removable_contact(seeded_desk, editor, ours.record)
    with pytest.raises(BadInput, match=r"contacts\.referred_to"):
        await remove_contact(seeded_desk, editor, ours.id, 1)


# Erasing ----------------------------------------------------------------------------------------------------


async def test_a_person_is_erased_from_their_contact(seeded_desk: Desk, home: Office) -> None:
    """From every text and from the history, so that undo does not bring them back."""
    administrator = person(home, Role.ADMINISTRATOR)
    await keep(seeded_desk, administrator)
    note = replace(MAYOR, organisation="Office of Bruce Harrell", note="Ask Bruce Harrell, 哈瑞爾")
    await edit_contact(seeded_desk, administrator, 1, 1, note, ContactRole.COUNTERPART)
    names = ["Bruce Harrell", "哈瑞爾"]
    assert (await find_person(seeded_desk, administrator, names)).traces
    await erase_person(seeded_desk, administrator, names)
    assert not (await find_person(seeded_desk, administrator, names)).traces
    kept = (await show_contact(seeded_desk, administrator, "C1")).contact
    told = f"{kept} {await audit_entries(seeded_desk)}"
    assert not any(name in told for name in names)


async def test_an_office_s_own_contacts_go_with_it(seeded_desk: Desk, home: Office) -> None:
    """Those of scope `office`, also where they replaced one that stays."""
    administrator = person(home, Role.ADMINISTRATOR)
    await keep(seeded_desk, administrator, "First")
    await keep(seeded_desk, administrator, "Second", replaces="C1")
    await set_scope(seeded_desk, administrator, "C1", Scope.SHARED)
    await erase_own_data(seeded_desk, administrator)
    async with seeded_desk.database.read() as session:
        left = await stored_contacts(session, None)
    assert [(kind_of(each).letter, each.number, each.replaced_by) for each in left] == [("C", 1, None)]


# Reminders --------------------------------------------------------------------------------------------------

ENDS = {
    "2027-01-31": [("2026-12-02", 60), ("2027-01-31", 0)],
    "2027-02": [("2027-02-01", 0)],
    "2028": [("2028-01-01", 0)],
}


@pytest.mark.parametrize("until", ENDS)
async def test_the_end_of_a_term_is_told(seeded_desk: Desk, editor: Caller, until: str) -> None:
    """By day 60 days before and on the day, by month on its first, by year in January; without the name."""
    form = ContactForm("seattle-us", replace(MAYOR, until=until))
    await add_contact(seeded_desk, editor, form, "test:1")
    posts = await preview(seeded_desk, None, 500, editor.office)
    terms = [post for post in posts if post.reminder.kind is ReminderKind.TERM]
    told = [(post.office.today(post.reminder.at).isoformat(), post.reminder.lead_days) for post in terms]
    assert told == ENDS[until]
    for post in terms:
        text = post_text(post)
        assert "C1" in text
        assert "西雅圖" in text
        assert not any(name in text for name in ("Harrell", "哈瑞爾", "mayor@"))
    await contact_left(seeded_desk, editor, "C1", "today")
    posts = await preview(seeded_desk, None, 500, editor.office)
    assert not any(post.reminder.kind is ReminderKind.TERM for post in posts)


def test_the_operator_keeps_contacts(shell: Shell, tmp_path: Path) -> None:
    """`attache contact add`, `show` and `list`, in words and as JSON; an alumnus without consent is refused."""
    kept = ("--office", "Kaohsiung", "--partner", "Seattle", "--post", "Mayor / 市長")
    assert (
        "C1 · Bruce Harrell 哈瑞爾"
        in shell("contact", "add", *kept, "--name", "Bruce Harrell / 哈瑞爾").stdout
    )
    assert shell("contact", "add", *kept, "--name", "Katie Wilson", "--replaces", "哈瑞爾").returncode == 0
    shown = json.loads(shell("contact", "show", "C2", "--office", "Kaohsiung", "--json").stdout)
    assert (shown["name"], shown["before"], shown["place"]["country"]) == ("Katie Wilson", ["C1"], "US")
    listed = shell("contact", "list", "--office", "Kaohsiung", "--state", "former")
    assert "Bruce Harrell" in listed.stdout
    assert "Katie" not in listed.stdout
    assert "No contact on record" in shell("contact", "list", "--office", "Tainan").stdout
    kept_back = shell("contact", "remove", "C1")
    assert (kept_back.returncode, "Bruce Harrell" in kept_back.stdout) == (1, True)
    assert "C1 is removed" in shell("contact", "remove", "C1", "--yes").stdout
    assert shell("contact", "show", "C1", "--office", "Kaohsiung").returncode == 1
    assert shell("undo", "C1").returncode == 0
    assert "Bruce" in shell("contact", "show", "C1", "--office", "Kaohsiung").stdout
    refused = shell("contact", "add", *kept, "--name", "Ana", "--role", "alumnus")
    assert (refused.returncode, "consent" in refused.stderr) == (1, True)
