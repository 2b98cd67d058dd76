"""The timeline of a tie from the database: whose acts belong to it, what is hidden, and how its lines read."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.access import Role, Scope, Standing
from bot.domain.agreements import SignedName
from bot.domain.claims import Claim, Fact
from bot.domain.dates import PartialDate
from bot.domain.errors import NotFound
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.offices import Office
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.prospects import Stage, StageChange
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.life import StepWords, end_act, pause_act
from bot.services.timeline import timeline
from bot.ui.timeline import timeline_lines
from db.exchanges import NewExchange, insert_exchanges
from db.partnerships import NewPartnership, insert_partnerships, link_successors
from db.places import ids_by_key
from tests.records import office_of, person

ACTIVE = (StatusChange(Status.ACTIVE),)
SUPERSEDED = (StatusChange(Status.ACTIVE), StatusChange(Status.ENDED, PartialDate(1991), "superseded"))


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "kaohsiung-tw")


@pytest.fixture
def editor(home: Office) -> Caller:
    return person(home, Role.EDITOR)


async def store_act(desk: Desk, *keys: str, **more: Any) -> int:
    async with desk.database.write() as session:
        ids = await ids_by_key(session, keys)
        values: dict[str, Any] = {"kind": Kind.MOU, "history": ACTIVE} | more
        act = NewPartnership(parties=tuple(ids[key] for key in keys), **values)
        (number,) = await insert_partnerships(session, [act])
    return number


async def store_exchange(desk: Desk, when: str, *keys: str, **more: Any) -> int:
    async with desk.database.write() as session:
        ids = await ids_by_key(session, keys)
        values: dict[str, Any] = {"status": ExchangeStatus.HELD, "title": ""} | more
        new = NewExchange(
            ExchangeKind.VISIT,
            date=PartialDate.from_iso(when),
            places=tuple(ids[key] for key in keys),
            **values,
        )
        (number,) = await insert_exchanges(session, [new])
    return number


async def lines(desk: Desk, caller: Caller, text: str, language: str = "en", **more: Any) -> list[str]:
    return list(timeline_lines(Texts(language), await timeline(desk, caller, text, **more)))


BOTH = ("kaohsiung-tw", "seattle-us")


async def whole_life(desk: Desk, editor: Caller) -> int:
    """A memorandum with a prospect before it, a disputed date, a pause, an end, and exchanges between."""
    number = await store_act(
        desk, *BOTH, signed=PartialDate(2007, 9, 11), civil_since=PartialDate(1979),
        stages=(
            StageChange(Stage.LEAD, PartialDate(2005)),
            StageChange(Stage.PILOT, PartialDate(2006, 3), "harbours", "the port office"),
        ),
        signed_names=(SignedName(1, "en", "Kaohsiung, Taiwan"), SignedName(2, "en", "City of Seattle")),
        claims=(
            Claim(Fact.SIGNED, "2007-09-11", "city list", preferred=True),
            Claim(Fact.SIGNED, "2007-09-12", "newspaper"),
        ),
    )  # fmt: skip
    await store_exchange(desk, "2006-12", *BOTH, title="Harbour talks", title_zh="港口會談")
    for year in range(2012, 2020):
        await store_exchange(desk, str(year), *BOTH)
    await pause_act(desk, editor, f"P{number}", StepWords("2020-03", "2027", "borders closed"))
    ended = StepWords("2026", "", "a new policy", "the council", "X19", "a letter")
    await end_act(desk, editor, f"P{number}", ended)
    await store_exchange(desk, "2027-05", *BOTH, status=ExchangeStatus.PLANNED, title="Reunion")
    return number


@pytest.mark.both_engines
async def test_a_whole_life_reads_well(seeded_desk: Desk, editor: Caller) -> None:
    """A line for each thing, dated as precisely as it is; long stretches together."""
    number = await whole_life(seeded_desk, editor)
    p, last = f"P{number}", 156
    disputed = "Date disputed: 11 September 2007 (city list) or 12 September 2007 (newspaper)"
    assert await lines(seeded_desk, editor, p) == [
        f"1979 · {p} first civil contact between both places",
        "1991 · P195 signed: sister city",
        f"2005 · {p} prospect: lead",
        f"March 2006 · {p} prospect: pilot · by the port office · reason: harbours",
        "December 2006 · X148 visit: Harbour talks",
        f"11 September 2007 · {p} signed: memorandum · as “Kaohsiung, Taiwan / City of Seattle”\n　{disputed}",
        f"2011–2019 · 9 exchanges (X19 … X{last})",
        f"March 2020 · {p} paused until 2027 · reason: borders closed",
        f"2026 · {p} ended · by the council · reason: a new policy · brought about by X19 · source: a letter",
        f"May 2027 · X{last + 1} planned visit: Reunion",
    ]
    chinese = await lines(seeded_desk, editor, p, "zh-TW")
    assert chinese[4] == "2006年12月 · X148 訪問：港口會談"
    assert chinese[6] == f"2011–2019 · 9 筆交流（X19…X{last}）"
    assert chinese[7] == f"2020年3月 · {p} 暫停至2027年 · 理由：borders closed"
    assert chinese == await lines(seeded_desk, editor, "西雅圖", "zh-TW")
    each = await lines(seeded_desk, editor, p, each=True)
    assert len(each) == len(chinese) + 8


async def test_what_the_place_used_to_be(seeded_desk: Desk, editor: Caller) -> None:
    """Kaohsiung County's act with King County stands in the timeline, and says whose it was."""
    renewal = "22 September 2014 · X35 other exchange: County council backs renewing the sister relationship"
    signed = "1977 · P255 signed: sister city · at the time Kaohsiung County"
    assert await lines(seeded_desk, editor, "P255") == [signed, renewal]
    later = await store_act(seeded_desk, "kaohsiung-tw", "king-county-us", signed=PartialDate(2012))
    await store_exchange(seeded_desk, "1980", "kaohsiung-county-tw", "king-county-us")
    await end_act(seeded_desk, editor, "P255", StepWords("2010", "", "merged", "both"))
    assert await lines(seeded_desk, editor, "King County") == [
        signed,
        "1980 · X148 visit · at the time Kaohsiung County",
        "2010 · P255 ended · by both · reason: merged · at the time Kaohsiung County",
        f"2012 · P{later} signed: memorandum",
        renewal,
    ]


async def test_what_the_partner_used_to_be(seeded_desk: Desk) -> None:
    """Seen from the other side: Kaohsiung's timeline has what Kaohsiung County signed with King County."""
    guest = person(await office_of(seeded_desk, "king-county-us", Standing.GUEST), Role.READER)
    later = await store_act(seeded_desk, "kaohsiung-tw", "king-county-us", signed=PartialDate(2012))
    assert (await lines(seeded_desk, guest, "Kaohsiung"))[:2] == [
        "1977 · P255 signed: sister city · at the time Kaohsiung County",
        f"2012 · P{later} signed: memorandum",
    ]


async def test_what_was_replaced(seeded_desk: Desk, editor: Caller) -> None:
    """An act that a later one replaced is not told as ended; where the later one is hidden, it is."""
    older = await store_act(seeded_desk, *BOTH, signed=PartialDate(1981), history=SUPERSEDED)
    async with seeded_desk.database.write() as session:
        await link_successors(session, [(older, 195)])
    assert f"1991 · P{older} replaced by P195" in await lines(seeded_desk, editor, "Seattle")
    tainan = await office_of(seeded_desk, "tainan-tw")
    hidden = await store_act(
        seeded_desk, *BOTH, signed=PartialDate(1991), scope=Scope.OFFICE, office_id=tainan.id
    )
    async with seeded_desk.database.write() as session:
        await link_successors(session, [(older, hidden)])
    found = await lines(seeded_desk, editor, "Seattle")
    assert f"1991 · P{older} ended · reason: replaced by a later agreement" in found
    assert not any(f"P{hidden}" in line for line in found)


async def test_nothing_hidden_stands_in_it(seeded_desk: Desk, editor: Caller) -> None:
    """Neither acts nor exchanges of another office, nor a step's cause by its number; one's own make it private."""
    tainan = await office_of(seeded_desk, "tainan-tw")
    theirs = {"scope": Scope.OFFICE, "office_id": tainan.id}
    act = await store_act(seeded_desk, *BOTH, signed=PartialDate(1999), **theirs)
    exchange = await store_exchange(seeded_desk, "2001", *BOTH, **theirs)
    step = StatusChange(Status.PAUSED, PartialDate(2020), "asked for", trigger=f"X{exchange}")
    told = await store_act(seeded_desk, *BOTH, signed=PartialDate(2015), history=(*ACTIVE, step))
    found = await timeline(seeded_desk, editor, "Seattle")
    shown = list(timeline_lines(Texts("en"), found))
    assert f"2020 · P{told} paused · reason: asked for" in shown
    assert not any(f"P{act}" in line or f"X{exchange}" in line for line in shown)
    assert found.scopes <= {Scope.PUBLIC, Scope.SHARED}
    theirs_too = replace(editor, office=tainan)
    everything = await timeline(seeded_desk, theirs_too, f"P{act}")
    assert Scope.OFFICE in everything.scopes
    assert any(f"brought about by X{exchange}" in line for line in timeline_lines(Texts("en"), everything))


async def test_undated_and_unknown(seeded_desk: Desk, editor: Caller) -> None:
    """What nobody dated stands apart; a tie that is not there is refused as it is elsewhere."""
    assert await lines(seeded_desk, editor, "P214") == ["__Without a date:__", "P214 sister city"]
    with pytest.raises(NotFound, match=r"partner\.no_tie"):
        await timeline(seeded_desk, editor, "Prague")
    with pytest.raises(NotFound, match=r"record\.unknown"):
        await timeline(seeded_desk, editor, "P9999")


async def test_an_end_of_the_starter_data_in_words(seeded_desk: Desk, editor: Caller) -> None:
    """Malé's agreement was declared invalid: the sources' word is told in the reader's language."""
    assert "P200 ended" in (last := (await lines(seeded_desk, editor, "P200"))[-1])
    assert "reason: declared invalid" in last
    assert "理由：經宣告無效" in (await lines(seeded_desk, editor, "P200", "zh-TW"))[-1]
