"""A gathered list of all shipped exchanges: previewed, imported once, each on its tie; dormancy and lists follow it."""

import csv
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from bot.domain.access import ANYONE, Role
from bot.domain.dates import PartialDate
from bot.domain.exchange_lists import ExchangeFilter
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.reciprocity import VISITS
from bot.services.desk import Caller, Desk
from bot.services.exchange_lists import find_exchanges, visit_balance
from bot.services.imports import Sheet, import_file
from bot.services.ties import ties_of_place
from db.exchanges import all_exchanges
from db.places import place_by_key, stored_places

STARTER = files("db").joinpath("starter")
WORDS = {"visit_in": "delegation_visit", "visit_out": "delegation_visit", "visit": "delegation_visit",
         "culture": "cultural_event", "sport": "sports", "aid": "donation", "conference": "forum",
         "education": "training", "other": "trade"}  # fmt: skip
"""What a gathered list calls the kinds."""

Rows = list[dict[str, str]]


def shipped() -> Rows:
    text = STARTER.joinpath("exchanges.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


async def gathered(desk: Desk, path: Path) -> Rows:
    """The shipped exchanges as somebody would have gathered them: a city and a partner by name, no numbers."""
    async with desk.database.read() as session:
        names = {each.content.key: each.content.name_en for each in await stored_places(session)}
    rows = []
    for row in shipped():
        city, partner = (names[key] for key in row["places"].split("|")[:2])
        kind = WORDS.get(row["kind"], row["kind"])
        title = row["title_en"]
        rows.append({"date": row["date"], "city": city, "partner": partner, "kind": kind, "title": title,
                     "source": row["sources"]})  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return rows


@pytest.fixture
async def registry(desk: Desk) -> Desk:
    """The shipped places and ties, without any exchange."""
    for sheet in (Sheet.PLACES, Sheet.PARTNERSHIPS):
        with as_file(STARTER.joinpath(f"{sheet.value}.csv")) as path:
            assert not (await import_file(desk, sheet, path)).problems
    return desk


async def test_the_whole_list_lands_on_its_ties(registry: Desk, tmp_path: Path) -> None:
    """All or nothing, nothing twice; and what rests on exchanges is as another way of counting has it."""
    rows = await gathered(registry, tmp_path / "events.csv")
    preview = await import_file(registry, Sheet.EXCHANGES, tmp_path / "events.csv", dry_run=True)
    assert (preview.added, preview.problem_count, preview.dry_run) == (len(rows), 0, True)
    async with registry.database.read() as session:
        assert await all_exchanges(session, ANYONE) == []
    done = await import_file(registry, Sheet.EXCHANGES, tmp_path / "events.csv")
    assert (done.added, done.problems) == (len(rows), ())
    again = await import_file(registry, Sheet.EXCHANGES, tmp_path / "events.csv")
    assert (again.added, again.unchanged) == (0, len(rows))

    async with registry.database.read() as session:
        stored = await all_exchanges(session, ANYONE)
    for each, row in zip(stored, shipped(), strict=True):
        assert [place.key for place in each.places] == row["places"].split("|")[:2], each.record
        assert each.date == PartialDate.from_iso(row["date"])
        assert (each.kind in VISITS) == (row["kind"] in {kind.value for kind in VISITS})
        if row["kind"] not in WORDS:
            assert each.kind == ExchangeKind(row["kind"])

    held = [each for each in stored if each.status is ExchangeStatus.HELD]
    for key in ("taipei-tw", "kaohsiung-tw", "taichung-tw", "tainan-tw", "taoyuan-tw", "new-taipei-tw"):
        async with registry.database.read() as session:
            place = await place_by_key(session, None, key)
            assert place is not None
            family, ties = await ties_of_place(session, ANYONE, place)
        own = set(family.own_ids)
        dates: dict[int, list[PartialDate]] = {}
        for each in held:
            ids = {other.id for other in each.places}
            if ids & own:
                for other in ids - own:
                    dates.setdefault(other, []).append(each.end_date or each.date)
        for tie in ties:
            if tie.partner.successor_id is None:
                latest = max((day.latest() for day in dates.get(tie.partner.id, [])), default=None)
                assert (tie.last.date.latest() if tie.last else None) == latest, (key, tie.partner.key)
        caller = Caller("en", role=Role.OPERATOR)
        listed = await find_exchanges(registry, caller, ExchangeFilter(place.id))
        assert len(listed.exchanges) == sum(bool({p.id for p in each.places} & own) for each in stored)
        found = await visit_balance(registry, caller, place.id)
        counted = sum(each.visits_in + each.visits_out + each.unrecorded for each in found.balances)
        assert counted == sum(
            each.kind in VISITS and bool({p.id for p in each.places} & own) for each in held
        )
