"""Adding and changing agreements: what is read, what is recognised, who may, and that nothing is lost."""

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.access import Role, Scope, Standing
from bot.domain.agreements import Clause, ClauseTag, Initiator, Signatory, SignedName
from bot.domain.audit import Record, RecordKind
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused, NotFound
from bot.domain.offices import Office
from bot.domain.partnership_editing import unequal
from bot.domain.partnerships import Kind, Partnership, Status, StatusChange
from bot.domain.places import Level, Place
from bot.domain.prospects import Stage
from bot.i18n.texts import Texts
from bot.services.act_fields import ALL_FIELDS, FIELDS, ActPart, Reading, read_kind, shown
from bot.services.act_lines import (
    TAG_WORDS,
    read_clauses,
    read_months,
    read_names,
    read_signatories,
    write_names,
    write_signatories,
)
from bot.services.audit import undo_entry
from bot.services.desk import Caller, Desk
from bot.services.partnership_adding import (
    ActForm,
    AddedAct,
    AlreadyThere,
    add_partnership,
    check_new_act,
    complete_new_partners,
)
from bot.services.partnership_editing import complete_acts, edit_act, open_act, replace_act
from bot.services.telling import ChangedSince
from bot.ui.errors import error_text
from db import versions
from db.act_parts import parts_of
from db.partnerships import NewPartnership, insert_partnerships, partnership, stored_partnerships
from db.places import ids_by_key
from tests.records import audit_entries, office_of, person

FORM = ActForm("Fukuoka", "sister_city", "1991-03-04", source="https://example.org/fukuoka")


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "kaohsiung-tw")


@pytest.fixture
def editor(home: Office) -> Caller:
    return person(home, Role.EDITOR)


async def stored(desk: Desk, number: int) -> NewPartnership:
    async with desk.database.read() as session:
        held = await versions.find(session, Record(RecordKind.PARTNERSHIP, number))
    assert held is not None
    assert isinstance(held.content, NewPartnership)
    return held.content


async def count(desk: Desk) -> int:
    async with desk.database.read() as session:
        return len(await stored_partnerships(session, None))


def parties(act: Partnership) -> list[str]:
    return [place.name_en for place in act.parties]


async def refused(desk: Desk, caller: Caller, form: ActForm) -> list[str]:
    """The keys of what is wrong with a form."""
    try:
        await add_partnership(desk, caller, form)
    except FormRefused as error:
        return [problem.key for problem in error.problems]
    except AttacheError as error:
        return [error.key]
    return []


# Adding -----------------------------------------------------------------------------------------------------


async def test_an_act_is_the_offices_own(seeded_desk: Desk, editor: Caller) -> None:
    """With its source, as of today, in force since it was signed; one entry by which it is taken back."""
    before = await count(seeded_desk)
    added = await add_partnership(
        seeded_desk, editor, replace(FORM, named="Sister City Agreement", note="A note")
    )
    act = await stored(seeded_desk, added.act.id)
    assert editor.office is not None
    assert act.office_id == editor.office.id
    assert (act.kind, act.scope, act.signed) == (Kind.SISTER_CITY, Scope.SHARED, PartialDate(1991, 3, 4))
    assert act.history == (StatusChange(Status.ACTIVE, PartialDate(1991, 3, 4)),)
    assert (act.named, act.note, act.as_of) == ("Sister City Agreement", "A note", PartialDate(2026, 11, 20))
    assert act.sources == ("https://example.org/fukuoka",)
    assert parties(added.act) == ["Kaohsiung", "Fukuoka"]
    (entry,) = await audit_entries(seeded_desk, added.act.record)
    assert (entry.action, entry.id) == ("partnership.added", added.entry)
    taken_back = await undo_entry(seeded_desk, editor, added.entry)
    assert not taken_back.is_there
    assert await count(seeded_desk) == before


async def test_a_prospect_begins_as_a_lead(seeded_desk: Desk, editor: Caller) -> None:
    """Nothing is signed: the date is when it began."""
    added = await add_partnership(seeded_desk, editor, replace(FORM, kind="prospective", signed="2026-05"))
    act = await stored(seeded_desk, added.act.id)
    assert (act.signed, act.status) == (None, Status.PROSPECTIVE)
    assert [(step.stage, step.since) for step in act.stages] == [(Stage.LEAD, PartialDate(2026, 5))]
    assert act.history == (StatusChange(Status.PROSPECTIVE, PartialDate(2026, 5)),)


DATES = [
    ("1991", PartialDate(1991)),
    ("民國80年6月", PartialDate(1991, 6)),
    ("民國80年6月12日", PartialDate(1991, 6, 12)),
    ("20 Nov 2015", PartialDate(2015, 11, 20)),
    ("yesterday", PartialDate(2026, 11, 19)),
    ("", None),
]


@pytest.mark.parametrize(("typed", "expected"), DATES)
async def test_dates_as_people_write_them(
    seeded_desk: Desk, editor: Caller, typed: str, expected: PartialDate | None
) -> None:
    """As precise as they are; without one the act is undated."""
    added = await add_partnership(seeded_desk, editor, replace(FORM, signed=typed))
    assert added.act.signed == expected


REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    ({"signed": "03/04/2015"}, ["date.ambiguous"]),
    ({"signed": "2027-01-01"}, ["act.in_future"]),
    ({"signed": "once", "source": " \n "}, ["date.unreadable", "act.needs_source"]),
    ({"kind": "marriage"}, ["act.kind_unknown"]),
    ({"named": "x" * 201}, ["act.too_long"]),
    ({"note": "x" * 1501}, ["act.too_long"]),
    ({"partner": "高雄市"}, ["act.with_oneself"]),
    ({"partner": "Qwertyville"}, ["act.place_unknown"]),
    ({"partner": "Seatle, United States"}, ["act.place_near"]),
    ({"partner": "Springfield"}, ["place.ambiguous"]),
    ({"others": "福岡"}, ["act.party_twice"]),
    ({"others": "Mutsu; Kaohsiung"}, ["act.with_oneself"]),
    ({"scope": Scope.GROUP, "source": ""}, ["act.needs_source"]),
]


async def test_what_cannot_be_read_stores_nothing(seeded_desk: Desk, editor: Caller) -> None:
    """A sentence for each field in both languages, and no act, no place, no entry."""
    before, entries = await count(seeded_desk), await audit_entries(seeded_desk)
    for typed, keys in REFUSED:
        form = replace(FORM, **typed)
        with pytest.raises(FormRefused) as refusal:
            await add_partnership(seeded_desk, editor, form)
        assert [problem.key for problem in refusal.value.problems] == keys, typed
        for language in ("en", "zh-TW"):
            assert error_text(Texts(language), refusal.value)
    assert await count(seeded_desk) == before
    assert await audit_entries(seeded_desk) == entries


async def test_an_agreement_of_three(seeded_desk: Desk, editor: Caller) -> None:
    """Further parties stand behind the partner, in the order in which they were named."""
    form = replace(FORM, others="Sapporo、Prague; Portland, Oregon")
    added = await add_partnership(seeded_desk, editor, form)
    assert parties(added.act) == ["Kaohsiung", "Fukuoka", "Sapporo", "Prague", "Portland"]


NEW_PLACES = [
    ("Qwertyville, South Korea", "Qwertyville", None, "KR"),
    ("Qwertyville 蔚州, 韓國", "Qwertyville", "蔚州", "KR"),
    ("捷卡市（日本）", "捷卡市", "捷卡市", "JP"),
    ('"Seatle", US', "Seatle", None, "US"),
]


@pytest.mark.parametrize(("typed", "english", "chinese", "country"), NEW_PLACES)
async def test_a_place_that_nobody_knows(
    seeded_desk: Desk, editor: Caller, typed: str, english: str, chinese: str | None, country: str
) -> None:
    """It is made with its country; written again, it is that one, and the act is recognised."""
    added = await add_partnership(seeded_desk, editor, replace(FORM, partner=typed))
    place = added.act.parties[1]
    assert (place.name_en, place.name_zh, place.country) == (english, chinese, country)
    assert [each.key for each in added.new_places] == [place.key]
    assert await refused(seeded_desk, editor, replace(FORM, partner=typed)) == ["act.already_there"]


async def test_a_place_of_the_gazetteer(seeded_desk: Desk, editor: Caller) -> None:
    """What is picked from the list, and the same typed in the other script."""
    _, world = await complete_new_partners(seeded_desk, editor, "Yamaguchi")
    value = next(value for label, value in world if label.startswith("Yamaguchi, Japan"))
    added = await add_partnership(seeded_desk, editor, replace(FORM, partner=value))
    assert added.act.parties[1].name_en == "Yamaguchi"
    assert added.act.parties[1].zone == "Asia/Tokyo"
    assert await refused(seeded_desk, editor, replace(FORM, partner="山口市（日本）")) == [
        "act.already_there"
    ]


# Recognised -------------------------------------------------------------------------------------------------

SPELLINGS = [
    "Seattle",
    "西雅圖",
    "西雅图",
    "seattle-us",
    "ＳＥＡＴＴＬＥ",
    "Seattle, Washington",
    "Seattle, USA",
]


async def test_the_same_tie_in_any_spelling(seeded_desk: Desk, editor: Caller) -> None:
    """Before a form is opened, and again when it is submitted; said all the same, it is a second act."""
    before, known = await count(seeded_desk), set[str]()
    for spelling in SPELLINGS:
        form = replace(FORM, partner=spelling, kind="姐妹市", signed="2001")
        tie = await check_new_act(seeded_desk, editor, form)
        assert tie.partner.key == "seattle-us", spelling
        known = {act.record for act in tie.alike}
        assert known
        with pytest.raises(AlreadyThere) as there:
            await add_partnership(seeded_desk, editor, form)
        assert {act.record for act in there.value.acts} == known
    assert await count(seeded_desk) == before
    added = await add_partnership(seeded_desk, editor, replace(form, all_the_same=True))
    assert added.act.record not in known


async def test_what_was_added_in_one_script_is_known_in_the_other(seeded_desk: Desk, editor: Caller) -> None:
    """Both ways, and with 臺 as with 台."""
    taipei = replace(FORM, partner="台北市", kind="mou")
    await add_partnership(seeded_desk, editor, taipei)
    for again in ("臺北", "臺北市", "Taipei", "Taipei City"):
        assert await refused(seeded_desk, editor, replace(taipei, partner=again)) == ["act.already_there"], (
            again
        )


ALIKE = [
    ("sister_city", "1991", True),  # the same kind, whenever it was
    ("sister_city", "2020", True),
    ("mou", "2015", False),
    ("mou", "1991", True),  # another kind of the same time
    ("mou", "1991-03-04", True),
    ("mou", "1991-04", False),
    ("mou", "", False),
]


async def test_what_is_asked_about(seeded_desk: Desk, editor: Caller) -> None:
    """A renewal is legitimate and asked about; an act of another kind and time is not."""
    await add_partnership(seeded_desk, editor, FORM)
    for kind, signed, asked in ALIKE:
        tie = await check_new_act(seeded_desk, editor, replace(FORM, kind=kind, signed=signed))
        assert bool(tie.alike) == asked, (kind, signed)


async def test_hidden_acts_are_not_told(seeded_desk: Desk, editor: Caller) -> None:
    """Another office's own act with the place makes no difference."""
    tainan = person(await office_of(seeded_desk, "tainan-tw"), Role.EDITOR, 2)
    form = replace(FORM, partner="kaohsiung-tw", others="Fukuoka", scope=Scope.OFFICE)
    await add_partnership(seeded_desk, tainan, form)
    assert (await check_new_act(seeded_desk, editor, FORM)).alike == []
    assert await refused(seeded_desk, editor, FORM) == []


async def test_a_double_press_makes_one_record(seeded_desk: Desk, editor: Caller) -> None:
    """Ten deliveries of one submission: one act, one entry, and each is answered with it."""
    before = await count(seeded_desk)
    made: list[AddedAct] = await asyncio.gather(
        *(add_partnership(seeded_desk, editor, FORM, "discord:1") for _ in range(10))
    )
    assert len({added.act.id for added in made}) == 1
    assert len({added.entry for added in made}) == 1
    assert await count(seeded_desk) == before + 1
    assert len(await audit_entries(seeded_desk, made[0].act.record)) == 1


# Levels -----------------------------------------------------------------------------------------------------

LEVELS = [
    ([Level.CITY, Level.PREFECTURE], True),
    ([Level.COUNTY, Level.CITY], True),
    ([Level.DISTRICT, Level.CITY], True),
    ([Level.SPECIAL_MUNICIPALITY, Level.CITY], False),
    ([Level.TOWN, Level.MUNICIPALITY], False),
    ([Level.PREFECTURE, Level.STATE], False),
    ([Level.PREFECTURE, None], False),
    ([Level.CITY, None, Level.COUNTRY], True),
]


@pytest.mark.parametrize(("levels", "told"), LEVELS)
def test_places_of_different_levels(levels: list[Level | None], told: bool) -> None:
    """Only known levels are compared; a town and a city are equals."""
    places = [Place(n, f"p{n}", f"P{n}", None, level, "TW") for n, level in enumerate(levels)]
    known = tuple(each for each in places if each.level is not None)
    assert unequal(places) == (known if told else ())


# One in the place of another --------------------------------------------------------------------------------


async def test_a_memorandum_gives_way_to_a_sister_agreement(seeded_desk: Desk, editor: Caller) -> None:
    """It ends as replaced, which is no break; each record has one step that is taken back by itself."""
    older = await add_partnership(seeded_desk, editor, replace(FORM, kind="mou", signed="2001"))
    later = await add_partnership(seeded_desk, editor, FORM)
    assert [act.id for act in later.may_replace] == [older.act.id]
    done = await replace_act(seeded_desk, editor, older.act.record, later.act.record)
    ended = await stored(seeded_desk, older.act.id)
    assert (ended.superseded_by, ended.status) == (later.act.id, Status.ENDED)
    last = ended.history[-1]
    assert (last.since, last.reason) == (PartialDate(1991, 3, 4), "superseded")
    assert done.older.replaced
    assert (await replace_act(seeded_desk, editor, older.act.record, later.act.record)).entry is None
    with pytest.raises(BadInput) as pointing:
        await undo_entry(seeded_desk, editor, later.entry)
    assert pointing.value.key == "undo.superseding"
    assert done.entry is not None
    await undo_entry(seeded_desk, editor, done.entry)
    assert (await stored(seeded_desk, older.act.id)).status is Status.ACTIVE


async def test_replacing_while_adding(seeded_desk: Desk, editor: Caller) -> None:
    """In one transaction, with an entry for each record; the one that goes is not asked about."""
    older = await add_partnership(seeded_desk, editor, FORM)
    added = await add_partnership(
        seeded_desk, editor, replace(FORM, signed="2020", replaces=older.act.record)
    )
    assert added.replaced == Record(RecordKind.PARTNERSHIP, older.act.id)
    assert (await stored(seeded_desk, older.act.id)).superseded_by == added.act.id
    assert len(await audit_entries(seeded_desk, older.act.record)) == 2


async def test_what_cannot_replace(seeded_desk: Desk, editor: Caller) -> None:
    """Neither itself, nor what came in its own place, nor an act of other places; and then nothing is added."""
    one = (await add_partnership(seeded_desk, editor, FORM)).act.record
    two = (await add_partnership(seeded_desk, editor, replace(FORM, kind="mou", signed="2001"))).act.record
    other = (
        await add_partnership(seeded_desk, editor, replace(FORM, partner="Prague", kind="other"))
    ).act.record
    await replace_act(seeded_desk, editor, two, one)
    for older, later, key in (
        (one, one, "act.replaces_itself"),
        (one, two, "act.replaces_itself"),
        (one, other, "act.replaces_stranger"),
        (two, other, "act.replaced_already"),
        ("X1", one, "record.no_act"),
    ):
        with pytest.raises(BadInput) as wrong:
            await replace_act(seeded_desk, editor, older, later)
        assert wrong.value.key == key
    before = await count(seeded_desk)
    form = replace(FORM, partner="Sapporo", replaces=one)
    assert await refused(seeded_desk, editor, form) == ["act.replaces_stranger"]
    assert await count(seeded_desk) == before


# Who may ----------------------------------------------------------------------------------------------------


async def test_who_may_add_and_change(seeded_desk: Desk, home: Office, editor: Caller) -> None:
    """Editors of member offices their own acts and nobody's of their place; nobody another office's."""
    tainan = person(await office_of(seeded_desk, "tainan-tw"), Role.ADMINISTRATOR, 2)
    guest = person(await office_of(seeded_desk, "seattle-us", Standing.GUEST), Role.ADMINISTRATOR, 3)
    reader = person(await office_of(seeded_desk, "busan-kr", Standing.READER), Role.ADMINISTRATOR, 4)
    logger = person(home, Role.LOGGER, 5)
    for caller, expected in (
        (guest, "standing_forbids"),
        (reader, "standing_forbids"),
        (logger, "role_too_weak"),
    ):
        assert await refused(seeded_desk, caller, FORM) == [expected]
    ours = (await add_partnership(seeded_desk, editor, FORM)).act
    assert await edited(seeded_desk, person(home, Role.EDITOR, 9), ours, note="ours") is None
    assert await edited(seeded_desk, tainan, ours, note="theirs") == "record.not_ours"
    assert await edited(seeded_desk, guest, ours, note="theirs") == "standing_forbids"
    assert await edited(seeded_desk, logger, ours, note="mine") == "role_too_weak"
    assert (await stored(seeded_desk, ours.id)).note == "ours"
    with pytest.raises(NotFound):
        await open_act(seeded_desk, editor, "P99999")
    labels = [act.record for act in await complete_acts(seeded_desk, editor, "福岡")]
    assert labels == [ours.record]
    assert ours.record not in [act.record for act in await complete_acts(seeded_desk, tainan, "")]


async def edited(desk: Desk, caller: Caller, act: Partnership, **typed: str) -> str | None:
    """What changing an act ends in: the key of the refusal, None where it is done."""
    try:
        version = (await open_act(desk, caller, act.record)).version
        await edit_act(desk, caller, act.id, version, typed)
    except FormRefused as error:
        return error.problems[0].key
    except AttacheError as error:
        return error.key
    return None


# Changing ---------------------------------------------------------------------------------------------------


async def test_forms_say_what_is_stored(seeded_desk: Desk) -> None:
    """Every act of the starter data, every field read back from what its form shows, in both languages."""
    async with seeded_desk.database.read() as session:
        everything = await stored_partnerships(session, None)
    assert len(everything) > 300
    for language in ("en", "zh-TW"):
        for act in everything:
            for name, text in shown(act, list(ALL_FIELDS), language).items():
                if text:
                    read = ALL_FIELDS[name].read(text, Reading(act, date(2026, 11, 20), language))
                    assert replace(act, **read) == act, (act.number, name)


CHANGES: list[tuple[dict[str, str], dict[str, Any]]] = [
    ({"kind": "friendship_city"}, {"kind": Kind.FRIENDSHIP_CITY}),
    ({"signed": "民國81年"}, {
        "signed": PartialDate(1992), "history": (StatusChange(Status.ACTIVE, PartialDate(1992)),),
    }),
    ({"named": "New title", "note": ""}, {"named": "New title", "note": None}),
    ({"sources": "a letter\n\n https://example.org \na letter"}, {"sources": ("a letter", "https://example.org")}),
    ({"cadence_months": "2 years"}, {"cadence_months": 24}),
    ({"initiator": "civil_society:2", "civil_since": "1987"}, {
        "initiator": Initiator.CIVIL_SOCIETY, "initiator_party": 2, "civil_since": PartialDate(1987),
    }),
    ({"lead_association": "Rotary", "council_liaison": "Ms Lin", "owner": "Mr Wang"}, {
        "lead_association": "Rotary", "council_liaison": "Ms Lin", "owner": "Mr Wang",
    }),
    ({"languages": "en, zh", "document_url": "https://example.org/a.pdf", "document_name": "a.pdf"}, {
        "languages": "en, zh", "document_url": "https://example.org/a.pdf", "document_name": "a.pdf",
    }),
    ({"review_on": "2028-06", "expires_on": "2031"}, {
        "review_on": PartialDate(2028, 6), "expires_on": PartialDate(2031),
    }),
    ({"signed_names": "1 en: City of Kaohsiung, Taiwan\n2 ja：福岡市"}, {
        "signed_names": (SignedName(1, "en", "City of Kaohsiung, Taiwan"), SignedName(2, "ja", "福岡市")),
    }),
    ({"signatories": "Wu Den-yih 吳敦義, Mayor\n2: Kuwahara Keiichi"}, {
        "signatories": (Signatory(1, "Wu Den-yih", "吳敦義", "Mayor"), Signatory(2, "Kuwahara Keiichi")),
    }),
    ({"clauses": "一中條款\ncosts: each side pays its own"}, {
        "clauses": (Clause(ClauseTag.ONE_CHINA), Clause(ClauseTag.COSTS, "each side pays its own")),
    }),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), CHANGES)
async def test_what_is_typed_is_stored(
    seeded_desk: Desk, editor: Caller, typed: dict[str, str], expected: dict[str, Any]
) -> None:
    """Just those fields, with one entry that is taken back; opened again the form shows it."""
    act = (await add_partnership(seeded_desk, editor, replace(FORM, note="old"))).act
    before = await stored(seeded_desk, act.id)
    done = await edit_act(seeded_desk, editor, act.id, 1, typed)
    after = await stored(seeded_desk, act.id)
    assert after == replace(before, **expected)
    again = await edit_act(seeded_desk, editor, act.id, 2, shown(after, list(ALL_FIELDS), "en"))
    assert again.entry is None
    assert done.entry is not None
    await undo_entry(seeded_desk, editor, done.entry)
    assert await stored(seeded_desk, act.id) == before


BAD_FIELDS = [
    ({"signed": "03/04/2015"}, "date.ambiguous"),
    ({"signed": "2027"}, "act.in_future"),
    ({"sources": " "}, "act.needs_source"),
    ({"cadence_months": "often"}, "act.months_unreadable"),
    ({"cadence_months": "0"}, "act.months_out_of_range"),
    ({"document_url": "a.pdf"}, "act.no_link"),
    ({"owner": "x" * 201}, "act.too_long"),
    ({"civil_since": "2030"}, "act.in_future"),
    ({"initiator": "aliens:1"}, "act.initiator_unknown"),
    ({"initiator": "government:3"}, "act.no_party"),
    ({"signed_names": "1 en: A\nB"}, "act.line"),
    ({"signatories": "3 Nobody"}, "act.line"),
    ({"clauses": "weather: fine"}, "act.line"),
    ({"colour": "red"}, "act.no_field"),
]


async def test_a_field_that_cannot_be_read_changes_nothing(seeded_desk: Desk, editor: Caller) -> None:
    """Not even the fields of the same form that could be read."""
    act = (await add_partnership(seeded_desk, editor, FORM)).act
    for typed, key in BAD_FIELDS:
        assert await edited(seeded_desk, editor, act, **typed, note="new") == key, typed
    assert (await stored(seeded_desk, act.id)).note is None


def test_the_line_that_is_wrong_is_named() -> None:
    """By its number and its words, with what is wrong in it, in both languages."""
    with pytest.raises(BadInput) as wrong:
        read_names("1 en: City of Taipei\n\nCity of Prague", 2)
    assert error_text(Texts("en"), wrong.value).startswith("Line 3, “City of Prague”: Write the language")
    assert error_text(Texts("zh-TW"), wrong.value).startswith("第 3 行「City of Prague」：請寫語言")


async def test_two_at_once(seeded_desk: Desk, home: Office, editor: Caller) -> None:
    """The second is told who changed what; a second delivery of the first is answered with the first."""
    other = person(home, Role.EDITOR, 2)
    act = (await add_partnership(seeded_desk, editor, FORM)).act
    first = await edit_act(seeded_desk, editor, act.id, 1, {"note": "one"})
    assert (await edit_act(seeded_desk, editor, act.id, 1, {"note": "one"})).entry == first.entry
    with pytest.raises(ChangedSince) as asked:
        await edit_act(seeded_desk, other, act.id, 1, {"note": "two"})
    assert [(each.field, each.before, each.after) for each in asked.value.mine] == [("note", "one", "two")]
    done = await edit_act(seeded_desk, other, act.id, asked.value.version, {"note": "two"})
    assert done.act.note == "two"


async def test_what_is_longer_than_a_form_stays_whole(seeded_desk: Desk, editor: Caller) -> None:
    """An import may have brought it: untouched it stays, and a change of it is refused, not cut off."""
    async with seeded_desk.database.write() as session:
        ids = await ids_by_key(session, ["kaohsiung-tw", "seattle-us"])
        act = NewPartnership(
            Kind.OTHER, tuple(ids.values()), (StatusChange(Status.ACTIVE),), note="x" * 5000, sources=("s",)
        )
        (number,) = await insert_partnerships(session, [act])
    opened = await open_act(seeded_desk, editor, f"P{number}")
    assert len(opened.fields["note"]) == 4000
    await edit_act(seeded_desk, editor, number, 1, {**opened.fields, "named": "A title"})
    assert (await stored(seeded_desk, number)).note == "x" * 5000
    assert await edited(seeded_desk, editor, opened.act, note="short") == "act.longer_than_form"


# Lines ------------------------------------------------------------------------------------------------------

KINDS = [
    ("sister city", Kind.SISTER_CITY), ("姊妹市", Kind.SISTER_CITY), ("姐妹城市", Kind.SISTER_CITY),
    ("友好城市", Kind.FRIENDSHIP_CITY), ("MOU", Kind.MOU), ("备忘录", Kind.MOU), ("合作備忘錄", Kind.MOU),
    ("洽談中的夥伴", Kind.PROSPECTIVE), ("專案夥伴", Kind.PROJECT), ("其他協定", Kind.OTHER),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "kind"), KINDS)
def test_kinds_in_words(typed: str, kind: Kind) -> None:
    """Of either language, in either script."""
    assert read_kind(typed) is kind


@pytest.mark.parametrize("language", ["en", "zh-TW"])
def test_words_of_the_catalogue_are_read(language: str) -> None:
    """What a form and a card call a kind or a clause is what is understood."""
    texts = Texts(language)
    assert [read_kind(texts.word(kind)) for kind in Kind] == list(Kind)
    for tag, words in TAG_WORDS.items():
        assert words[language != "en"] == texts.word(tag)
        assert read_clauses(f"{texts.word(tag)}：x") == (Clause(tag, "x"),)


SIGNATORIES = [
    Signatory(1, "Chen Chu", "陳菊", "Mayor"),
    Signatory(2, "Ma, Ying-jeou", None, "Mayor"),
    Signatory(1, "馬英九", None, "市長"),
    Signatory(2, "A. B. C."),
    Signatory(1, "陳菊", "陳菊"),
    Signatory(1, "臺a"),
]


@pytest.mark.parametrize("signatory", SIGNATORIES)
def test_signatories_survive_their_line(signatory: Signatory) -> None:
    """Whatever stands in the names."""
    assert read_signatories(write_signatories([signatory]), 2) == (signatory,)


def test_names_in_any_order() -> None:
    """Numbers may be left out: the first of a language is the first party's."""
    typed = "英文：City of Taipei\nCzech: Praha\n2 cs: Praha\nenglish : Prague"
    assert [(name.party, name.language, name.name) for name in read_names(typed, 2)] == [
        (1, "en", "City of Taipei"), (1, "cs", "Praha"), (2, "cs", "Praha"), (2, "en", "Prague"),
    ]  # fmt: skip
    names = (SignedName(2, "zh-Hant", "臺北市: 首都"),)
    assert read_names(write_names(names), 2) == names


@pytest.mark.parametrize(
    ("typed", "months"),
    [("12", 12), ("18 months", 18), ("2 years", 24), ("２年", 24), ("6個月", 6), ("", None)],
)
def test_months(typed: str, months: int | None) -> None:
    """As people say how often."""
    assert read_months(typed) == months


def test_a_form_has_room_for_its_fields() -> None:
    """Discord's five, and each field in one form."""
    assert all(1 <= len(FIELDS[part]) <= 5 for part in ActPart)
    assert len(ALL_FIELDS) == sum(map(len, FIELDS.values()))


async def test_parts_are_shown_where_the_act_is(seeded_desk: Desk, editor: Caller) -> None:
    """What a form stored is what cards read."""
    act = (await add_partnership(seeded_desk, editor, FORM)).act
    await edit_act(seeded_desk, editor, act.id, 1, {"clauses": "renewal: by silence"})
    async with seeded_desk.database.read() as session:
        parts = await parts_of(session, editor.viewer, [act.id])
        again = await partnership(session, editor.viewer, act.id)
    assert parts[act.id].clauses == (Clause(ClauseTag.RENEWAL, "by silence"),)
    assert again is not None
    assert again.sources == ("https://example.org/fukuoka",)
