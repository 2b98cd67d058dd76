"""Finding exchanges: lists over the shipped ones, one on its card, the balance, files, and the command line."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.domain.dates import PartialDate
from bot.domain.exchange_lists import ExchangeFilter, Only
from bot.domain.exchanges import ExchangeKind, ExchangeStatus, Mode
from bot.domain.offices import Office
from bot.domain.reciprocity import VISITS, Owing
from bot.i18n.texts import Texts
from bot.services.desk import Desk
from bot.services.exchange_details import edit_details
from bot.services.exchange_lists import find_exchanges, show_exchange, visit_balance
from bot.services.exchanges import VisitForm, log_report, log_visit
from bot.ui.exchange_filters import decode_exchange_filter, encode_exchange_filter
from bot.ui.exchange_lists import exchange_calendar
from db.exchanges import stored_exchanges
from tests.records import office_of, person
from tests.shell import Shell
from tests.test_logging import REPORT
from tests.test_visit_status import PLAN


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "kaohsiung-tw")


@pytest.mark.both_engines
async def test_every_shipped_exchange_is_found_at_its_place(seeded_desk: Desk, home: Office) -> None:
    """By another way of counting: all of Kaohsiung's and what it used to be, by status, with one partner, by kind."""
    caller = person(home)
    async with seeded_desk.database.read() as session:
        every = await stored_exchanges(session, None)
    listed = await find_exchanges(seeded_desk, caller, ExchangeFilter())
    ours = [each for each in every if home.place.id in each.places]
    assert {each.id for each in listed.exchanges} >= {each.number for each in ours}
    assert listed.counted == Counter(each.status for each in listed.exchanges)
    dates = [each.date for each in listed.exchanges]
    assert dates == sorted(dates, reverse=True)
    virtual = await find_exchanges(seeded_desk, caller, ExchangeFilter(mode=Mode.VIRTUAL))
    assert {each.id for each in virtual.exchanges} == {
        each.id for each in listed.exchanges if each.mode is Mode.VIRTUAL
    }
    seattle = (await log_visit(seeded_desk, caller, VisitForm("Seattle", "2026-11-18"), "test:1")).exchange
    chosen = ExchangeFilter(partner_id=seattle.places[1].id, since=PartialDate(2026))
    found = await find_exchanges(seeded_desk, caller, chosen)
    assert found.exchanges[0].id == seattle.id
    assert all(seattle.places[1] in each.places for each in found.exchanges)


async def test_what_is_open_is_listed(seeded_desk: Desk, home: Office) -> None:
    """A plan that nobody confirmed, never counted as held; exhibitions without a counterpart, seen from either side."""
    caller = person(home)
    plan = (await log_report(seeded_desk, caller, PLAN, "test:1")).exchange
    out, back = [
        (
            await log_visit(
                seeded_desk, caller, VisitForm("Seattle", "2026-11-18", "exhibition"), f"test:{n}"
            )
        ).exchange
        for n in (2, 3)
    ]
    open_ = await find_exchanges(seeded_desk, caller, ExchangeFilter(only=Only.UNCONFIRMED))
    assert plan.id in {each.id for each in open_.exchanges}
    assert set(open_.counted) == {ExchangeStatus.PLANNED}
    unpaired = ExchangeFilter(only=Only.UNPAIRED)
    before = {each.id for each in (await find_exchanges(seeded_desk, caller, unpaired)).exchanges}
    assert {out.id, back.id} <= before
    await edit_details(seeded_desk, caller, back.id, 1, {"paired_with": out.record})
    after = {each.id for each in (await find_exchanges(seeded_desk, caller, unpaired)).exchanges}
    assert before - after == {out.id, back.id}
    cards = [await show_exchange(seeded_desk, caller, each.record) for each in (out, back)]
    assert [card.pair for card in cards] == [back.id, out.id]


@pytest.mark.both_engines
async def test_the_balance_of_the_shipped_visits(seeded_desk: Desk, home: Office) -> None:
    """Every held visit in person of Kaohsiung counts once for each partner; one more tips it."""
    caller = person(home)
    listed = await find_exchanges(seeded_desk, caller, ExchangeFilter(status=ExchangeStatus.HELD))
    visits = [each for each in listed.exchanges if each.kind in VISITS]
    found = await visit_balance(seeded_desk, caller)
    counted = sum(each.visits_in + each.visits_out + each.unrecorded for each in found.balances)
    assert counted == sum(len(each.places) - 1 for each in visits) > 0
    seattle = (
        await log_visit(seeded_desk, caller, VisitForm("Seattle", "2026-11-18", "visit_in"), "x")
    ).exchange
    (one,) = (await visit_balance(seeded_desk, caller, None, seattle.places[1].id)).balances
    assert (one.visits_in, one.owing) == (1, Owing.WE)
    ours = await office_of(seeded_desk, "tainan-tw")
    assert (await visit_balance(seeded_desk, person(ours), home.place.id)).home == home.place


async def test_a_filter_comes_back_from_a_button() -> None:
    whole = ExchangeFilter(
        12, 34, ExchangeKind.AID, None, ExchangeStatus.HELD, Mode.VIRTUAL, Only.UNPAIRED, PartialDate(2025),
        PartialDate(2026, 11, 2), "a~tag",
    )  # fmt: skip
    for chosen in (whole, ExchangeFilter(), replace(whole, topic="")):
        assert decode_exchange_filter(encode_exchange_filter(chosen)) == chosen
    assert encode_exchange_filter(whole) == "~h12~p34~k9~s1~m0~o1~a2025~b2026-11-02~ta~tag"


async def test_the_calendar_has_stable_ids_and_no_invented_day(seeded_desk: Desk, home: Office) -> None:
    """Moments with their length, days as days, plans as tentative; what has no day is counted as left out."""
    caller = person(home)
    timed = (await log_report(seeded_desk, caller, replace(PLAN, minutes=90), "test:1")).exchange
    stay = replace(REPORT, date=PartialDate(2026, 11, 2), end_date=PartialDate(2026, 11, 4))
    days = (await log_report(seeded_desk, caller, stay, "test:2")).exchange
    listed = await find_exchanges(seeded_desk, caller, ExchangeFilter())
    made = [exchange_calendar(Texts(language), listed) for language in ("en", "zh-TW")]
    uids = [[str(e["uid"]) for e in Calendar.from_ical(each.content).walk("VEVENT")] for each in made]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == made[0].entries
    exact = [each for each in listed.exchanges if each.date.exact()]
    assert (made[0].entries, made[0].left_out) == (len(exact), len(listed.exchanges) - len(exact))
    event = next(
        e for e in Calendar.from_ical(made[0].content).walk("VEVENT") if timed.record in e["description"]
    )
    assert (event["dtstart"].dt, event["status"]) == (timed.starts_at, "TENTATIVE")
    assert (event["dtend"].dt - event["dtstart"].dt).total_seconds() == 90 * 60
    event = next(
        e for e in Calendar.from_ical(made[0].content).walk("VEVENT") if days.record in e["description"]
    )
    assert (event["dtend"].dt - event["dtstart"].dt).days == 3


def test_exchanges_at_the_command_line(shell: Shell, tmp_path: Path) -> None:
    """Lists with their count, as JSON and as files of each kind; a card; the balance; wrong usage told."""
    listed = shell("visit", "list", "--office", "高雄", "--kind", "sport").stdout
    assert "X2 " in listed
    assert "Portland" in listed
    assert "were held" in listed
    records = json.loads(shell("visit", "list", "--place", "Taipei", "--partner", "Prague", "--json").stdout)
    assert {"name": "Prague", "country": "CZ"} in records[0]["places"]
    for ending in ("csv", "xlsx", "json", "ics"):
        told = shell("visit", "list", "--office", "高雄", "--file", f"visits.{ending}").stdout
        assert f"visits.{ending}" in told
        assert (tmp_path / f"visits.{ending}").stat().st_size > 500
    assert "Portland" in shell("visit", "show", "X2").stdout
    assert "不明" in shell("visit", "balance", "--office", "高雄", ATTACHE_LANGUAGE="zh-TW").stdout
    wrong = shell("visit", "list", "--office", "高雄", "--file", "visits.doc")
    assert (wrong.returncode, ".ics" in wrong.stderr) == (1, True)
    assert shell("visit", "show", "X9999").returncode == 1
    assert shell("visit", "list", "--office", "高雄", "--kind", "war").returncode == 2
