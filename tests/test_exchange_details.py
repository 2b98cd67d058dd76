"""The details of an exchange: the fields of each kind are written so that they are read back, and both sides kept."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from bot.domain.access import Role, Scope
from bot.domain.audit import exchange_record
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused
from bot.domain.exchange_details import COMMON, OF_KIND, forms_of
from bot.domain.exchange_particulars import (
    Attachment,
    Attendee,
    AttendeeRole,
    Decision,
    Direction,
    ExchangeParticulars,
)
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.offices import Office
from bot.services.audit import undo
from bot.services.desk import Caller, Desk
from bot.services.editing import EditedVisit, open_visit, remove_visit
from bot.services.exchange_details import edit_details, open_details
from bot.services.exchange_fields import FIELDS, Showing, read_number, shown, typed_over
from bot.services.exchange_lines import (
    read_attachments,
    read_attendees,
    read_decisions,
    read_topics,
    write_decisions,
    write_topics,
)
from bot.services.exchange_lists import show_exchange
from bot.services.exchanges import VisitForm, log_visit
from db.exchanges import NewExchange
from db.tables import ExchangeRow
from tests.conftest import NOW
from tests.domain.builders import place
from tests.exchanges import exchange_strategies
from tests.records import audit_entries, office_of, person

PLACES = {1: place(1, "Kaohsiung"), 2: place(2, "Seattle"), 3: place(3, "Prague")}
FRIDAY = NOW.date()
SHOWING = Showing("en", FRIDAY, PLACES)
BARE = NewExchange(
    ExchangeKind.OTHER, ExchangeStatus.HELD, PartialDate(2026, 11, 2), "x", (1, 2, 3), number=148
)
LINE = st.from_regex(r"[A-Za-z臺][a-z0-9北 ]{0,18}[a-z0-9]", fullmatch=True).map(
    lambda text: " ".join(text.split())
)
LINKS = LINE.map(lambda text: f"https://example.org/{text.replace(' ', '-')}")


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "kaohsiung-tw")


async def logged(
    desk: Desk, caller: Caller, kind: str = "video", request: str = "test:1", **more: str
) -> int:
    return (
        await log_visit(desk, caller, VisitForm("Seattle", "2026-11-18", kind, **more), request)
    ).exchange.id


async def told(desk: Desk, caller: Caller, number: int, **typed: str) -> EditedVisit:
    version = (await open_visit(desk, caller, f"X{number}")).version
    return await edit_details(desk, caller, number, version, typed)


# The vocabulary ----------------------------------------------------------------------------------------------


def test_every_particular_belongs_to_a_kind_and_has_a_field() -> None:
    """Nothing can be stored that no form asks for, but why something was called off, which its own button asks."""
    of_kinds = {name for names in OF_KIND.values() for name in names}
    assert set(ExchangeParticulars.__dataclass_fields__) - {"cancel_reason"} <= of_kinds | set(COMMON)
    assert set(FIELDS) == of_kinds | set(COMMON)
    assert set(OF_KIND) == set(ExchangeKind)


@pytest.mark.parametrize("kind", ExchangeKind)
def test_a_form_has_room_for_five_fields(kind: ExchangeKind) -> None:
    forms = forms_of(kind)
    assert [len(form) for form in forms[:-1]] == [5] * (len(forms) - 1)
    assert 1 <= len(forms[-1]) <= 5
    assert [name for form in forms for name in form] == [*OF_KIND[kind], *COMMON]


@given(
    st.fixed_dictionaries(
        exchange_strategies({"": LINE, "url": LINKS, "recording_url": LINKS}, st.just(PartialDate(2026, 11)))
    ),
    st.sampled_from(["en", "zh-TW"]),
)
def test_what_is_shown_says_the_same_when_read(details: Mapping[str, object], language: str) -> None:
    """Any exchange, as its forms show it in either language, and read anew from a bare one."""
    elsewhere = {"cancel_reason": None, "lessons": (), "responses": ()}
    whole = replace(BARE, **{**details, **elsewhere})  # type: ignore[arg-type]
    showing = replace(SHOWING, language=language)
    names = [name for name in FIELDS if name not in ("between", "paired_with")]
    fields = shown(whole, names, showing)
    assert typed_over(whole, fields, showing) == whole
    sizes = {each.url: None for each in whole.attachments}
    unsized = replace(
        whole, attachments=tuple(replace(each, size=sizes[each.url]) for each in whole.attachments)
    )
    assert typed_over(BARE, fields, showing) == unsized


# Reading -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("合辦圖書展", Decision("合辦圖書展")),
        ("a library | Lin", Decision("a library", "Lin")),
        ("合辦圖書展｜林科長｜12月5日", Decision("合辦圖書展", "林科長", PartialDate(2026, 12, 5))),
        ("a library | | next Friday", Decision("a library", due=PartialDate(2026, 11, 27))),
        ("a library | | | yesterday", Decision("a library", done=PartialDate(2026, 11, 19))),
    ],
)
def test_decisions_as_people_write_them(line: str, expected: Decision) -> None:
    """What, who, by when, and when it was done; a day without a year is the next one, or the last."""
    assert read_decisions(line, FRIDAY) == (expected,)
    assert read_decisions(write_decisions([expected]), FRIDAY) == (expected,)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("| Lin", "visit.decision_unreadable"),
        ("a | b | 2026-12-05 | 2026-11-19 | c", "visit.decision_unreadable"),
        ("a | b | | 2026-12-05", "promise.done_in_future"),
        ("a library | Lin | soon", "date.unreadable_ahead"),
        ("x" * 501, "text.too_long"),
    ],
)
def test_decisions_that_cannot_be_read(line: str, key: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_decisions(f"a first one\n{line}", FRIDAY)
    assert refused.value.key == "act.line"
    assert refused.value.values["problem"].key == key


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("leader: 2 Bruce Harrell, Mayor", (2, AttendeeRole.LEADER, "Bruce Harrell", None, "Mayor")),
        ("首長：3 Zdeněk Hřib 賀瑞普，市長", (3, AttendeeRole.LEADER, "Zdeněk Hřib", "賀瑞普", "市長")),
        ("團長: 王小明", (2, AttendeeRole.HEAD, "王小明", None, None)),
        ("1 Chen Chi-mai 陳其邁", (1, AttendeeRole.HEAD, "Chen Chi-mai", "陳其邁", None)),
        ("Speaker: Ann Lee", (2, AttendeeRole.SPEAKER, "Ann Lee", None, None)),
        ("Jane Doe", (2, AttendeeRole.HEAD, "Jane Doe", None, None)),
    ],
)
def test_attendees_as_people_write_them(line: str, expected: tuple[object, ...]) -> None:
    (read,) = read_attendees(line, 3, 2)
    assert read == Attendee(*expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("leader: 4 Ann", "act.no_party"),
        ("cook: Ann", "visit.role_unknown"),
        ("leader:", "visit.attendee_needs_name"),
        ("leader: 2 " + "x" * 201, "act.part_too_long"),
    ],
)
def test_attendees_that_cannot_be_read(line: str, key: str) -> None:
    """The sentence quotes the line."""
    with pytest.raises(BadInput) as refused:
        read_attendees(f"1 Ann\n{line}", 3, 2)
    assert refused.value.key == "act.line"
    assert (refused.value.values["line"], refused.value.values["problem"].key) == (2, key)


def test_too_many_lines_are_refused() -> None:
    for read in (
        lambda: read_attendees("Ann\n" * 31, 3, 2),
        lambda: read_attachments("https://example.org\n" * 11, ()),
        lambda: read_topics(",".join(f"topic {n}" for n in range(11))),
    ):
        with pytest.raises(BadInput) as refused:
            read()
        assert refused.value.key == "visit.too_many_lines"


def test_attachments_are_kept_by_link_and_name() -> None:
    """In either order; the size stays with the address it was told of."""
    known = [Attachment("https://a.org/x.pdf", "old", 4096)]
    typed = "slides | https://a.org/x.pdf\nhttps://b.org\nhttps://c.org/1 照片"
    assert read_attachments(typed, known) == (
        Attachment("https://a.org/x.pdf", "slides", 4096),
        Attachment("https://b.org"),
        Attachment("https://c.org/1", "照片"),
    )
    with pytest.raises(BadInput):
        read_attachments("slides.pdf", ())


def test_topics_in_words_of_the_language() -> None:
    assert read_topics("住宅、Trams, transport") == ("housing", "trams", "transport")
    assert write_topics(("housing", "trams"), "zh-TW") == "住宅、trams"
    assert write_topics(("housing", "trams"), "en") == "housing, trams"


@pytest.mark.parametrize(
    ("text", "number"), [("", None), ("1,200 visitors", 1200), ("約 63 人", 63), ("９０", 90), ("12", 12)]
)
def test_numbers_as_people_write_them(text: str, number: int | None) -> None:
    assert read_number(text, 5000) == number


@pytest.mark.parametrize("text", ["many", "0", "5001", "-3", "1.5"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(BadInput):
        read_number(text, 5000)


# Storing -----------------------------------------------------------------------------------------------------


@pytest.mark.both_engines
async def test_details_are_stored_told_and_taken_back(seeded_desk: Desk, home: Office) -> None:
    """The fields of the kind, form by form; one entry a form, each change told, and taken back as one."""
    caller = person(home)
    number = await logged(seeded_desk, caller)
    opened = await open_details(seeded_desk, caller, f"X{number}")
    assert list(opened.fields) == [*OF_KIND[ExchangeKind.VIRTUAL_VISIT], "between"]
    typed = {
        **opened.fields, "platform": "Zoom", "minutes": "1 h 30", "attendees": "leader: 2 Bruce Harrell, Mayor",
    }  # fmt: skip
    done = await edit_details(seeded_desk, caller, number, opened.version, typed)
    again = await edit_details(seeded_desk, caller, number, opened.version, typed)
    assert again.entry == done.entry
    assert {change.field: change.after for change in done.changes} == {
        "platform": "Zoom",
        "minutes": 90,
        "attendees": (Attendee(2, AttendeeRole.LEADER, "Bruce Harrell", None, "Mayor"),),
    }
    second = await open_details(seeded_desk, caller, f"X{number}", 1)
    typed = {
        **second.fields,
        "level": "leader",
        "topics": "housing, trams",
        "attachments": "https://a.org/x.pdf",
        "proceedings": "Both showed their plans.",
        "decisions": "a shared library | Lin | next Friday",
    }
    await edit_details(seeded_desk, caller, number, second.version, typed)
    exchange = (await open_visit(seeded_desk, caller, f"X{number}")).exchange
    assert (exchange.level, exchange.topics) == (ExchangeLevel.LEADER, ("housing", "trams"))
    assert exchange.proceedings == "Both showed their plans."
    parts = (await show_exchange(seeded_desk, caller, f"X{number}")).parts
    assert parts.decisions == (Decision("a shared library", "Lin", PartialDate(2026, 11, 27)),)
    actions = [entry.action for entry in await audit_entries(seeded_desk, f"X{number}")]
    assert actions == ["exchange.logged", "exchange.edited", "exchange.edited"]
    await undo(seeded_desk, caller, f"X{number}")
    exchange = (await open_visit(seeded_desk, caller, f"X{number}")).exchange
    assert (exchange.level, exchange.topics, exchange.minutes) == (None, (), 90)


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (
            "visit_in",
            {"end_date": "2026-11-20", "venue": "City Hall"},
            {"end_date": PartialDate(2026, 11, 20)},
        ),
        (
            "webinar",
            {"series": "City talks 3", "co_hosts": "TNF"},
            {"series": "City talks 3", "co_hosts": "TNF"},
        ),
        ("sport", {"event": "Dragon boats", "teams": "a; b", "result": "2nd"}, {"result": "2nd"}),
        ("culture", {"footfall": "1,200", "mode": "virtual"}, {"footfall": 1200, "mode": Mode.VIRTUAL}),
        ("education", {"school": "KGHS", "study_programme": "homestay", "pupils": "63"}, {"pupils": 63}),
        ("exhibition", {"direction": "inbound", "venue": "Pier 2"}, {"direction": Direction.INBOUND}),
        (
            "aid",
            {"direction": "outbound", "item": "masks", "quantity": "100,000", "thanked_on": "2026-11"},
            {"item": "masks", "quantity": "100,000", "thanked_on": PartialDate(2026, 11)},
        ),
        ("conference", {"event": "UCLG", "conference_role": "panel"}, {"conference_role": "panel"}),
    ],
)
async def test_each_kind_takes_what_belongs_to_it(
    seeded_desk: Desk, home: Office, kind: str, typed: dict[str, str], expected: dict[str, object]
) -> None:
    caller = person(home)
    number = await logged(seeded_desk, caller, kind)
    done = await told(seeded_desk, caller, number, **typed)
    assert {name: getattr(done.exchange, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"end_date": "2026-11-17"}, "visit.after_its_end"),
        ({"thanked_on": "2026-12-24"}, "act.in_future"),
        ({"recording_url": "my desk"}, "act.no_link"),
        ({"recording_url": "https://" + "x" * 1000}, "act.too_long"),
        ({"platform": "x" * 81}, "act.too_long"),
        ({"minutes": "soon"}, "visit.minutes_unreadable"),
        ({"direction": "up"}, "visit.format_unknown"),
        ({"between": "Atlantis"}, "place.unknown_near"),
        ({"between": ""}, "place.empty"),
        ({"between": "Tainan ↔ Seattle"}, "visit.own_place_left_out"),
        ({"between": "Kaohsiung ↔"}, "place.empty"),
        ({"paired_with": "P12"}, "record.no_exchange"),
        ({"paired_with": "X99999"}, "record.unknown"),
    ],
)
async def test_what_cannot_be_is_refused(
    seeded_desk: Desk, home: Office, typed: dict[str, str], key: str
) -> None:
    """With a sentence for each field, and nothing is stored."""
    caller = person(home)
    number = await logged(seeded_desk, caller)
    with pytest.raises(FormRefused) as refused:
        await told(seeded_desk, caller, number, **typed, venue="City Hall")
    assert [problem.key for problem in refused.value.problems] == [key]
    assert (await open_visit(seeded_desk, caller, f"X{number}")).exchange.venue is None


async def test_both_sides_may_be_many(seeded_desk: Desk, home: Office) -> None:
    """Tainan joins ours, Prague theirs; who took part keeps their place, whatever number it has then."""
    caller = person(home)
    number = await logged(seeded_desk, caller)
    await told(seeded_desk, caller, number, attendees="leader: 2 Bruce Harrell")
    done = await told(seeded_desk, caller, number, between="Tainan, Kaohsiung <-> Prague; Seattle")
    keys = [place.key for place in done.exchange.places]
    assert (keys, done.exchange.home_places) == (["tainan-tw", "kaohsiung-tw", "prague-cz", "seattle-us"], 2)
    (change,) = [each for each in done.changes if each.field == "attendees"]
    assert change.after == (Attendee(4, AttendeeRole.LEADER, "Bruce Harrell"),)
    opened = await open_details(seeded_desk, replace(caller, language="zh-TW"), f"X{number}")
    assert opened.fields["between"] == "臺南市、高雄市 ↔ 布拉格、西雅圖"
    with pytest.raises(FormRefused) as refused:
        await told(seeded_desk, caller, number, between="Prague")
    assert refused.value.problems[0].key == "visit.attendee_left_out"
    done = await told(seeded_desk, caller, number, between="Seattle")
    assert [place.key for place in done.exchange.places] == ["tainan-tw", "kaohsiung-tw", "seattle-us"]


async def test_exhibitions_go_together(seeded_desk: Desk, home: Office) -> None:
    """Outbound and inbound, told on one of them and seen on both; neither goes while the other points to it."""
    caller = person(home, Role.EDITOR)
    out, back, third = [
        await logged(seeded_desk, caller, "exhibition", f"test:{n}", topic=f"Stand {n}") for n in range(3)
    ]
    video = await logged(seeded_desk, caller, "video", "test:9")
    await told(seeded_desk, caller, out, direction="outbound")
    await told(seeded_desk, caller, back, direction="inbound", paired_with=f"X{out}")
    assert (await open_details(seeded_desk, caller, f"X{out}")).fields["paired_with"] == f"X{back}"
    for number, other, key in (
        (out, f"X{third}", "visit.pair_elsewhere"),
        (third, f"X{out}", "visit.pair_taken"),
        (third, f"X{third}", "visit.pair_itself"),
        (third, f"X{video}", "visit.pair_no_exhibition"),
    ):
        with pytest.raises(FormRefused) as refused:
            await told(seeded_desk, caller, number, paired_with=other)
        assert [problem.key for problem in refused.value.problems] == [key]
    version = (await open_visit(seeded_desk, caller, f"X{out}")).version
    with pytest.raises(AttacheError) as stays:
        await remove_visit(seeded_desk, caller, out, version)
    assert (stays.value.key, stays.value.values["others"]) == ("undo.paired", [f"X{back}"])
    await told(seeded_desk, caller, back, paired_with="")
    await remove_visit(seeded_desk, caller, out, version)


async def private_and_shared(desk: Desk, home: Office) -> tuple[int, int, Caller]:
    """An exhibition of Kaohsiung's own, a shared one of nobody's, and an editor of Tainan's, who sees but that one."""
    caller = person(home, Role.EDITOR)
    form = VisitForm("Seattle", "2026", "exhibition", scope=Scope.OFFICE)
    own = (await log_visit(desk, caller, form, "test:own")).exchange.id
    shared = await logged(desk, caller, "exhibition", "test:shared", topic="Shared stand")
    await told(desk, caller, shared, between="Kaohsiung, Tainan <-> Seattle")
    async with desk.database.write() as session:
        await session.execute(update(ExchangeRow).where(ExchangeRow.id == shared).values(office_id=None))
    return own, shared, person(await office_of(desk, "tainan-tw"), Role.EDITOR)


@pytest.mark.parametrize("says", ["own", "shared"])
async def test_a_pair_that_is_hidden_is_not_told(seeded_desk: Desk, home: Office, says: str) -> None:
    """Nor does another office learn of it by a refusal: it pairs the shared one itself, and both pairs stay."""
    caller = person(home, Role.EDITOR)
    own, shared, other = await private_and_shared(seeded_desk, home)
    first, second = (own, shared) if says == "own" else (shared, own)
    await told(seeded_desk, caller, first, paired_with=f"X{second}")
    assert (await open_details(seeded_desk, caller, f"X{second}")).fields["paired_with"] == f"X{first}"

    assert (await open_details(seeded_desk, other, f"X{shared}")).fields["paired_with"] == ""
    theirs = await logged(seeded_desk, other, "exhibition", "test:theirs", topic="Tainan's stand")
    late = await logged(seeded_desk, other, "exhibition", "test:late", topic="A later stand")
    if says == "own":
        await told(seeded_desk, other, theirs, paired_with=f"X{shared}")
    else:  # the shared one names what they cannot see
        done = await told(seeded_desk, other, shared, paired_with=f"X{theirs}")
        assert [(each.field, each.before, each.after) for each in done.changes] == [
            ("paired_with", None, exchange_record(theirs))
        ]
    assert (await show_exchange(seeded_desk, other, f"X{shared}")).pair == theirs
    with pytest.raises(FormRefused) as refused:  # what they see, they are told
        await told(seeded_desk, other, late, paired_with=f"X{shared}")
    assert [problem.key for problem in refused.value.problems] == ["visit.pair_taken"]
    assert (await show_exchange(seeded_desk, caller, f"X{own}")).pair == shared
    assert (await show_exchange(seeded_desk, caller, f"X{theirs}")).pair == shared
