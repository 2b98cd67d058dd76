"""Pressure notes: kept with their source for an office or its group; nothing of them is counted, posted or public."""

import csv
import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update

from bot.domain.access import ANYONE, Role, Scope, Standing
from bot.domain.audit import Record, RecordKind
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput, FormRefused, NotAllowed, NotFound
from bot.domain.exchanges import ExchangeKind
from bot.domain.offices import Office
from bot.domain.partner_lists import PartnerFilter
from bot.domain.places import Place
from bot.domain.pressure import MAX_SOURCES, Bearing, Incident
from bot.domain.privacy import Kept
from bot.i18n.texts import Texts
from bot.services import (
    coming,
    comparing,
    matching,
    partner_lists,
    partnerships,
    place_ties,
    quiet,
    reminders,
    timeline,
)
from bot.services.audit import recent_records, record_history, undo_entry
from bot.services.desk import Caller, Desk
from bot.services.editing import set_scope
from bot.services.exchanges import VisitForm, log_visit
from bot.services.exports import export_registry
from bot.services.places import complete_places, place_meant
from bot.services.pressure import (
    NoteChange,
    NoteForm,
    SavedNote,
    add_note,
    check_note,
    edit_note,
    open_note,
    remove_note,
)
from bot.services.pressure_facts import facts_for, rule_facts
from bot.services.pressure_fields import NoteFields, fields_of, read_fields
from bot.services.pressure_lists import NoteFilter, complete_notes, list_notes, show_note
from bot.services.privacy import erase_own_data, erase_person, find_person
from bot.services.telling import ChangedSince
from bot.ui.audience import restricted
from bot.ui.cards import DESCRIPTION
from bot.ui.pressure_cards import fact_card
from bot.ui.timeline import timeline_lines
from db.integrity import troubles
from db.pressure import insert_notes, stored_notes
from db.tables import PartnershipRow, PressurePlaceRow
from tests.records import audit_entries, office_of, person
from tests.shell import Shell

LETTER = NoteFields(
    date="2020-01-14",
    what="Shanghai told Prague that it ends their tie.\nThe letter gives the agreement with Taipei as the reason.",
    trigger="P26",
    sources="CNN, 14 January 2020\nhttps://radio.example/prague",
    as_of="2026-11-01",
)


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "taipei-tw")


@pytest.fixture
def editor(home: Office) -> Caller:
    return person(home, Role.EDITOR)


async def keep(desk: Desk, caller: Caller, request: str = "test:1", **more: Any) -> SavedNote:
    form = NoteForm(Incident.TIE_SEVERED, LETTER, ("prague-cz", "shanghai-cn"), "P26")
    return await add_note(desk, caller, replace(form, **more), request)


async def refused(desk: Desk, caller: Caller, **more: Any) -> list[str]:
    with pytest.raises(FormRefused) as error:
        await keep(desk, caller, "test:refused", **more)
    return [problem.key for problem in error.value.problems]


# Keeping ----------------------------------------------------------------------------------------------------


@pytest.mark.both_engines
async def test_a_note_is_kept_as_it_was_typed(seeded_desk: Desk, editor: Caller) -> None:
    """With its places, the act, what set it off and who said so; the same request again makes no other."""
    saved = await keep(seeded_desk, editor)
    note = saved.note
    assert (note.record, note.kind, note.date) == ("N1", Incident.TIE_SEVERED, PartialDate(2020, 1, 14))
    assert ([place.key for place in note.places], note.act, note.trigger) == (
        ["prague-cz", "shanghai-cn"], 26, "P26",
    )  # fmt: skip
    assert note.what == LETTER.what
    assert note.sources == ("CNN, 14 January 2020", "https://radio.example/prague")
    assert (note.as_of, note.scope) == (PartialDate(2026, 11, 1), Scope.OFFICE)
    (entry,) = await audit_entries(seeded_desk, "N1")
    assert (entry.action, entry.id) == ("pressure.added", saved.entry)
    assert await keep(seeded_desk, editor) == saved
    card = await show_note(seeded_desk, editor, "n1")
    assert {act.record for act in card.acts.values()} == {"P26"}
    assert await troubles(seeded_desk.database) == []


async def test_what_is_stored_is_read_again_as_it_is(seeded_desk: Desk, editor: Caller) -> None:
    """A form that is opened and sent off untouched changes nothing."""
    await keep(seeded_desk, editor)
    async with seeded_desk.database.read() as session:
        (stored,) = await stored_notes(session, None)
    today = editor.today(seeded_desk)
    assert read_fields(fields_of(stored), today, stored) == {}
    read = read_fields(fields_of(stored), today)
    assert read == {name: getattr(stored, name) for name in read}


async def test_without_a_place_it_concerns_the_others_of_the_act(seeded_desk: Desk, editor: Caller) -> None:
    """An act is enough; neither is not; as of is today where nothing is said."""
    saved = await keep(seeded_desk, editor, places=(), fields=replace(LETTER, as_of="", trigger="a visit"))
    assert [place.key for place in saved.note.places] == ["prague-cz"]
    assert saved.note.as_of == PartialDate.of(editor.today(seeded_desk))
    assert saved.note.trigger == "a visit"
    with pytest.raises(BadInput, match=r"pressure\.which"):
        await check_note(seeded_desk, editor, [])


async def test_each_problem_of_a_form_is_told(seeded_desk: Desk, editor: Caller) -> None:
    """All of them at once, and nothing is stored: no note without a source, none about the future."""
    empty = NoteFields(date="2027", what=" ", sources="\n", as_of="soon")
    assert await refused(seeded_desk, editor, fields=empty, places=("Atlantis",)) == [
        "place.unknown_near", "pressure.in_future", "pressure.what_needed", "pressure.source_needed",
        "date.unreadable",
    ]  # fmt: skip
    long = replace(LETTER, what="x" * 2001, sources="\n".join(str(n) for n in range(MAX_SOURCES + 1)))
    assert await refused(seeded_desk, editor, fields=long, act="X1") == [
        "record.no_act", "pressure.too_long", "pressure.too_many_sources",
    ]  # fmt: skip
    assert await refused(seeded_desk, editor, fields=replace(LETTER, trigger="P99999")) == ["record.unknown"]
    assert await audit_entries(seeded_desk, "N1") == []


@pytest.mark.parametrize("scope", [Scope.SHARED, Scope.PUBLIC])
async def test_a_note_never_reaches_beyond_a_group(seeded_desk: Desk, editor: Caller, scope: Scope) -> None:
    """Neither when it is made nor afterwards, and a database in which one does is told to be unsound."""
    assert await refused(seeded_desk, editor, scope=scope) == ["pressure.never_wider"]
    await keep(seeded_desk, editor)
    with pytest.raises(BadInput, match=r"pressure\.never_wider"):
        await set_scope(seeded_desk, editor, "N1", scope)
    async with seeded_desk.database.write() as session:
        (stored,) = await stored_notes(session, None)
        await insert_notes(session, [replace(stored, number=2, scope=scope)])
    assert [(each.key, each.values["record"]) for each in await troubles(seeded_desk.database)] == [
        ("scope_too_wide", "N2")
    ]
    async with seeded_desk.database.write() as session:
        await session.execute(delete(PressurePlaceRow))
    found = await troubles(seeded_desk.database)
    assert {each.values["record"] for each in found if each.key == "without_place"} == {"N1", "N2"}


async def test_who_may_write(seeded_desk: Desk, editor: Caller, home: Office) -> None:
    """Editors of the office; a logger reads only, and a fellow of the group does not change what it sees."""
    for role in (Role.READER, Role.LOGGER):
        with pytest.raises(NotAllowed):
            await keep(seeded_desk, person(home, role))
    await keep(seeded_desk, editor, scope=Scope.GROUP)
    assert (await show_note(seeded_desk, person(home, Role.READER), "N1")).note.id == 1
    fellow = person(await office_of(seeded_desk, "tainan-tw"), Role.EDITOR, 2)
    assert [note.id for note in await list_notes(seeded_desk, fellow, NoteFilter())] == [1]
    with pytest.raises(NotAllowed, match=r"record\.not_ours"):
        await open_note(seeded_desk, fellow, "N1")


# Changing ---------------------------------------------------------------------------------------------------


async def test_a_note_is_changed_and_put_back(seeded_desk: Desk, editor: Caller) -> None:
    """Fields, kind, place and act; undone it is as it was; removed it is nowhere, and can come back."""
    first = (await keep(seeded_desk, editor)).note
    opened = await open_note(seeded_desk, editor, "N1")
    fields = replace(opened.fields, what="Only this is sure.", trigger="")
    change = NoteChange(Incident.PROTEST, ("prague-cz",), "P14")
    saved = await edit_note(seeded_desk, editor, 1, opened.version, fields, change)
    assert {each.field for each in saved.changes} == {"kind", "what", "places", "act", "trigger"}
    told = {each.field: each.after for each in saved.changes}
    assert told["act"] == Record(RecordKind.PARTNERSHIP, 14)
    assert saved.entry is not None
    await undo_entry(seeded_desk, editor, saved.entry)
    note = (await show_note(seeded_desk, editor, "N1")).note
    assert replace(note, version=first.version) == first
    gone, entry = await remove_note(seeded_desk, editor, 1, note.version)
    assert gone == note
    assert await list_notes(seeded_desk, editor, NoteFilter()) == []
    with pytest.raises(NotFound):
        await show_note(seeded_desk, editor, "N1")
    await undo_entry(seeded_desk, editor, entry)
    back = (await show_note(seeded_desk, editor, "N1")).note
    assert replace(back, version=first.version) == first
    history = await record_history(seeded_desk, editor, "N1")
    assert history.scopes == {Scope.OFFICE}
    assert len(history.entries) == 5


async def test_of_two_editors_the_second_is_asked(seeded_desk: Desk, home: Office) -> None:
    """Nothing is written over what one has not seen; the same form twice is stored once."""
    one, other = person(home, Role.EDITOR, 1), person(home, Role.EDITOR, 2)
    await keep(seeded_desk, one)
    mine, theirs = replace(LETTER, what="Mine."), replace(LETTER, what="Theirs.")
    done = await edit_note(seeded_desk, one, 1, 1, mine, NoteChange())
    assert (await edit_note(seeded_desk, one, 1, 1, mine, NoteChange())).entry == done.entry
    with pytest.raises(ChangedSince):
        await edit_note(seeded_desk, other, 1, 1, theirs, NoteChange())
    with pytest.raises(ChangedSince):
        await remove_note(seeded_desk, other, 1, 1)
    assert (await show_note(seeded_desk, one, "N1")).note.what == "Mine."


async def test_an_act_that_is_gone_is_not_named(seeded_desk: Desk, editor: Caller, tmp_path: Path) -> None:
    """What is noted stays; the number is told neither on the card nor in an export: another may come to have it."""
    note = (await keep_as_content(seeded_desk, editor))[0]
    async with seeded_desk.database.write() as session:
        await insert_notes(session, [replace(note, number=7, act=99999, trigger="X99999")])
    told = (await show_note(seeded_desk, editor, "N7")).note
    assert (told.act, told.trigger, told.what) == (None, None, LETTER.what)
    await export_registry(seeded_desk, tmp_path / "all", None)
    rows = exported_notes(tmp_path / "all")
    assert [(row["number"], row["act"], row["trigger"]) for row in rows] == [
        ("1", "P26", "P26"),
        ("7", "", ""),
    ]


async def keep_as_content(desk: Desk, caller: Caller) -> list[Any]:
    await keep(desk, caller)
    async with desk.database.read() as session:
        return list(await stored_notes(session, None))


def exported_notes(folder: Path) -> list[dict[str, str]]:
    with (folder / "pressure.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# Where notes never are --------------------------------------------------------------------------------------

STRANGERS = ("kaohsiung-tw", "seattle-us")
"""A fellow of Taipei's group, for whom notes of the office are no more than for anybody, and a guest."""


async def answers(desk: Desk, caller: Caller) -> dict[str, Any]:
    """What somebody is told who asks for everything but notes."""
    found: dict[str, Any] = {
        "list": await partner_lists.list_partners(desk, caller, PartnerFilter(any_status=True)),
        "show": await partnerships.show_partner(desk, caller, "P26"),
        "timeline": replace(told, notes=()) if (told := await own_timeline(desk, caller)) else None,
        "ties": await place_ties.ties_with(desk, caller, (await place_meant(desk, caller, "Prague")).id),
        "compare": await comparing.compare(desk, caller, "Prague", "Seattle"),
        "quiet": await quiet.quiet_ties(desk, caller),
        "posts": await reminders.preview(desk, None, 400, caller.own_office()),
        "matches": await matching.match_partners(desk, caller, None),
        "anniversaries": await coming.coming_anniversaries(desk, caller, 400),
        "places": await complete_places(desk, caller, ""),
    }
    return found


async def own_timeline(desk: Desk, caller: Caller) -> timeline.Timeline | None:
    """The timeline of the tie, for the office that has it."""
    is_home = caller.own_office().place.key == "taipei-tw"
    return await timeline.timeline(desk, caller, "P26") if is_home else None


async def test_a_timeline_names_notes_only_where_it_is_private_anyway(
    seeded_desk: Desk, editor: Caller, home: Office
) -> None:
    """To editors; a public one does not, and does not become private for them."""
    texts = Texts("en")
    await keep(seeded_desk, editor)
    public = await timeline.timeline(seeded_desk, editor, "P26")
    assert public.notes == ["N1"]
    assert not any("N1" in line for line in timeline_lines(texts, public))
    assert not restricted(public.scopes)
    form = VisitForm("prague-cz", "yesterday", topic="Trams", scope=Scope.OFFICE)
    await log_visit(seeded_desk, editor, form, "test:v")
    private = await timeline.timeline(seeded_desk, editor, "P26")
    assert any("N1" in line for line in timeline_lines(texts, private))
    reader = person(home, Role.LOGGER)
    assert (await timeline.timeline(seeded_desk, reader, "P26")).notes == []


async def test_notes_are_in_no_answer_count_post_or_suggestion(
    seeded_desk: Desk, editor: Caller, home: Office, tmp_path: Path
) -> None:
    """With notes of each kind, all answers are what they were: for the own office, and for others."""
    others = [
        person(await office_of(seeded_desk, key, Standing.GUEST), Role.ADMINISTRATOR, 9) for key in STRANGERS
    ]
    callers = [editor, *others]
    before = [await answers(seeded_desk, caller) for caller in callers]
    for n, kind in enumerate(Incident):
        await keep(seeded_desk, editor, f"test:{n}", kind=kind, fields=replace(LETTER, date="yesterday"))
    assert [await answers(seeded_desk, caller) for caller in callers] == before
    for other in others:
        assert await list_notes(seeded_desk, other, NoteFilter()) == []
        assert await complete_notes(seeded_desk, other, "N") == []
        assert not any(
            record.kind is RecordKind.PRESSURE for record in await recent_records(seeded_desk, other)
        )
        for number in (1, 99):  # what is hidden is told in the words of what is not there
            with pytest.raises(NotFound, match=r"record\.unknown"):
                await show_note(seeded_desk, other, f"N{number}")
        with pytest.raises(NotFound):
            await record_history(seeded_desk, other, "N1")
        folder = tmp_path / other.own_office().place.key
        await export_registry(seeded_desk, folder, other.viewer)
        assert exported_notes(folder) == []
        assert "Shanghai told Prague" not in (folder / "registry.json").read_text(encoding="utf-8")
    await export_registry(seeded_desk, tmp_path / "anyone", ANYONE)
    assert exported_notes(tmp_path / "anyone") == []
    await export_registry(seeded_desk, tmp_path / "own", home.viewer)
    assert len(exported_notes(tmp_path / "own")) == len(Incident)


async def test_a_visit_that_is_logged_counts_and_a_note_does_not(seeded_desk: Desk, editor: Caller) -> None:
    """The last contact is that of the visit, however much was noted since."""
    visit = await log_visit(
        seeded_desk, editor, VisitForm("prague-cz", "2026-11-02", topic="Trams"), "test:v"
    )
    await keep(seeded_desk, editor, fields=replace(LETTER, date="yesterday"))
    card = await partnerships.show_partner(seeded_desk, editor, "P26")
    assert card.tie.last is not None
    assert card.tie.last.exchange_id == visit.exchange.id
    assert visit.exchange.kind is ExchangeKind.VIRTUAL_VISIT


async def test_a_group_is_told_without_what_it_may_not_see(seeded_desk: Desk, editor: Caller) -> None:
    """Of a note that the group sees, an act that only the office sees is not named, in the history neither."""
    await set_scope_of_act(seeded_desk, editor)
    await keep(seeded_desk, editor, scope=Scope.GROUP)
    fellow = person(await office_of(seeded_desk, "tainan-tw"), Role.READER, 2)
    told = (await show_note(seeded_desk, fellow, "N1")).note
    assert (told.act, told.trigger, told.what) == (None, None, LETTER.what)
    (entry,) = (await record_history(seeded_desk, fellow, "N1")).entries
    assert {"act", "trigger"}.isdisjoint(change.field for change in entry.changes)
    (own,) = (await record_history(seeded_desk, editor, "N1")).entries
    assert {"act", "trigger"} <= {change.field for change in own.changes}


async def set_scope_of_act(desk: Desk, caller: Caller) -> None:
    """Let P26 be Taipei's own."""
    async with desk.database.write() as session:
        row = update(PartnershipRow).where(PartnershipRow.id == 26)
        await session.execute(row.values(scope=Scope.OFFICE, office_id=caller.own_office().id, version=2))


# Privacy ----------------------------------------------------------------------------------------------------


async def test_who_is_named_in_a_note_is_found_and_erased(seeded_desk: Desk, home: Office) -> None:
    """In what happened, what set it off and who said so; an office that erases its own data takes its notes along."""
    administrator = person(home, Role.ADMINISTRATOR)
    said = replace(LETTER, what="Told by Lin Mei-hua", sources="Lin Mei-hua", trigger="Lin Mei-hua's speech")
    await keep(seeded_desk, administrator, fields=said)
    found = await find_person(seeded_desk, administrator, ["Lin Mei-hua"])
    assert [t.field for t in found.traces if t.record == "N1"] == ["what", "trigger", "sources.0.text"]
    await erase_person(seeded_desk, administrator, ["Lin Mei-hua"])
    note = (await show_note(seeded_desk, administrator, "N1")).note
    assert "Lin" not in " ".join((note.what, note.trigger or "", *note.sources))
    erased = await erase_own_data(seeded_desk, administrator)
    assert erased[Kept.PRESSURE] == 1
    async with seeded_desk.database.read() as session:
        assert await stored_notes(session, None) == []
    assert "Shanghai" not in json.dumps([e.after for e in await audit_entries(seeded_desk, "N1")])


# The fact card ----------------------------------------------------------------------------------------------


async def test_the_fact_card_has_a_source_for_every_line(seeded_desk: Desk, editor: Caller) -> None:
    """An address that can be opened, a day, both languages; and all of it fits on one card."""
    card = await rule_facts(seeded_desk, editor)
    assert {fact.bearing for fact in card.facts} == set(Bearing)
    keys = [fact.key for fact in card.facts]
    assert len(keys) == len(set(keys))
    for fact in card.facts:
        assert fact.source.startswith(("https://", "http://")), fact.key
        assert fact.text_en, fact.key
        assert fact.text_zh, fact.key
        assert fact.as_of.earliest() <= editor.today(seeded_desk), fact.key
    for language in ("en", "zh-TW"):
        text = fact_card(Texts(language), card).description or ""
        assert len(text.encode("utf-16-le")) // 2 < DESCRIPTION
        for fact in card.facts:
            assert (fact.text_zh if language == "zh-TW" else fact.text_en) in text
            assert fact.source in text
    assert (
        files("db").joinpath("starter", "rule_facts.csv").read_text(encoding="utf-8").count("\n")
        == len(keys) + 1
    )


def test_a_country_without_rules_is_told_what_happened_elsewhere() -> None:
    """And that its own rules are not in the list."""
    facts = facts_for(Place(1, "x", "X", None, None, "FR"))
    assert {fact.bearing for fact in facts} == {Bearing.HAPPENED}


# The command line -------------------------------------------------------------------------------------------


def test_notes_at_the_command_line(shell: Shell, tmp_path: Path) -> None:
    """Added, listed, shown and refused; another city's office sees nothing."""
    add = (
        "pressure", "add", "--office", "Taipei", "--kind", "clause_demanded", "--date", "2019-10",
        "--what", "A clause was demanded", "--place", "Prague", "--act", "P26",
    )  # fmt: skip
    added = json.loads(shell(*add, "--source", "A letter", "--json").stdout)
    assert (added["record"], added["act"], added["scope"], added["date"]) == (
        "N1",
        "P26",
        "office",
        "2019-10",
    )
    assert "A clause was demanded" in shell("pressure", "list", "--office", "Taipei").stdout
    shown = shell("pressure", "show", "N1", "--office", "臺北").stdout
    assert "A letter" in shown
    assert "P26" in shown
    assert shell("pressure", "show", "N1", "--office", "Kaohsiung").returncode == 1
    assert "law.mofa.gov.tw" in shell("pressure", "facts", "--office", "Taipei").stdout
    wide = shell(*add, "--source", "", "--scope", "public")
    assert wide.returncode == 1
    assert "could harm" in wide.stderr
    assert "who said so" in wide.stderr
