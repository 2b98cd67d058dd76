"""The health of ties as services and the command line give it: from what whoever asks may see, and nothing else."""

import json

from bot.domain.access import Role, Scope
from bot.domain.dates import PartialDate
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus
from bot.domain.health import Aspect, Unscored
from bot.services.desk import Caller, Desk
from bot.services.health import TieHealth, health_of_ties, tie_health
from bot.services.partnerships import show_partner
from bot.ui.callers import chat_texts
from bot.ui.health import health_card, is_private
from bot.ui.partnerships import is_private as card_is_private
from bot.ui.partnerships import partner_card
from db.contacts import NewContact, insert_contacts
from db.exchanges import NewExchange, insert_exchanges
from db.places import ids_by_key
from tests.records import office_of, person
from tests.shell import Shell


async def editor(desk: Desk, key: str = "kaohsiung-tw") -> Caller:
    return person(await office_of(desk, key), Role.EDITOR)


async def add(desk: Desk, caller: Caller, *days: str, scope: Scope = Scope.SHARED, **more: object) -> None:
    """Something held by Kaohsiung and Seattle on each of these days."""
    assert caller.office is not None
    async with desk.database.write() as session:
        ids = await ids_by_key(session, ["kaohsiung-tw", "seattle-us"])
        places = (ids["kaohsiung-tw"], ids["seattle-us"])
        values: dict[str, object] = {
            "kind": ExchangeKind.VISIT_OUT,
            "scope": scope,
            "office_id": caller.office.id,
        }
        made = [
            NewExchange(
                status=ExchangeStatus.HELD,
                date=PartialDate.from_iso(day),
                title="Harbour talks",
                places=places,
                **values | more,  # type: ignore[arg-type]
            )
            for day in days
        ]
        await insert_exchanges(session, made)


def points(found: TieHealth) -> dict[Aspect, int]:
    return {line.aspect: line.points for line in found.health.lines}


async def test_points_rest_on_records_that_one_may_see(seeded_desk: Desk) -> None:
    """An exchange and contacts of the office alone: counted for it, privately; unknown to another; no card tells."""
    ours, theirs = await editor(seeded_desk), await editor(seeded_desk, "taipei-tw")
    await add(seeded_desk, ours, "2026-05-01", "2026-06-01", level=ExchangeLevel.CIVIC)
    shared = await tie_health(seeded_desk, theirs, "P195")
    card = await show_partner(seeded_desk, ours, "Seattle")
    assert not card_is_private(card)
    async with seeded_desk.database.write() as session:
        seattle = (await ids_by_key(session, ["seattle-us"]))["seattle-us"]
        assert ours.office is not None
        await insert_contacts(
            session, [NewContact(place_id=seattle, name="Ann", post="Director", office_id=ours.office.id)]
        )
    own = await tie_health(seeded_desk, ours, "西雅圖")
    assert is_private(own)
    assert Aspect.PEOPLE in points(own)
    assert (await show_partner(seeded_desk, ours, "Seattle")).health == card.health
    assert Aspect.PEOPLE in card.health.left_out
    await add(seeded_desk, ours, "2026-07-01", scope=Scope.OFFICE, level=ExchangeLevel.LEADER)
    assert (await tie_health(seeded_desk, theirs, "P195")).health == shared.health
    more = await tie_health(seeded_desk, ours, "Seattle")
    assert points(more)[Aspect.LEADERS] > 0 == points(own)[Aspect.LEADERS]
    assert card_is_private(await show_partner(seeded_desk, ours, "Seattle"))


async def test_the_list_is_lowest_first(seeded_desk: Desk) -> None:
    """Ties with too little on record come apart, as they are not bad but unknown."""
    caller = await editor(seeded_desk)
    await add(seeded_desk, caller, "2020-05-01", "2026-06-01")
    listed = await health_of_ties(seeded_desk, caller)
    scores = [each.health.score for each in listed.scored]
    assert len(scores) > 1
    assert scores == sorted(scores, key=lambda score: score or 0)
    assert {each.health.unscored for each in listed.unscored} <= {Unscored.TOO_LITTLE, Unscored.PAUSED}
    for each in listed.scored[:3]:
        assert (await tie_health(seeded_desk, caller, each.tie.lead_act.record)).health == each.health


async def test_how_it_reads(seeded_desk: Desk) -> None:
    """In both languages each aspect with points, reason and record, and the next step."""
    caller = await editor(seeded_desk)
    await add(seeded_desk, caller, "2024-06-01", level=ExchangeLevel.CIVIC, topics=("housing",))
    found = await tie_health(seeded_desk, caller, "Seattle")
    english = str(health_card(chat_texts("en"), found).description)
    assert "**both levels**" in english
    assert "civic: 1, official: none recorded" in english
    assert "to us: none, to them: 1 (X148)" in english
    assert "What would raise it most: an exchange now (+" in english
    chinese = str(health_card(chat_texts("zh-TW"), found).description)
    assert "往訪 1 次，尚無來訪（X148）" in chinese
    assert "最能加分的一步：現在辦理一次交流" in chinese
    card = await show_partner(seeded_desk, caller, "Seattle")
    told = [str(field.value) for field in partner_card(chat_texts("en"), card).fields]
    assert any(f"Health {card.health.score} of 100 without contacts" in value for value in told)


def test_at_the_command_line(shell: Shell) -> None:
    """One tie, the list, and both as JSON; an unknown partner gets a sentence and status 1."""
    for work in ("upgrade", "seed"):
        assert shell("db", work).returncode == 0
    of_ours = ("--office", "Kaohsiung")
    listed = shell("partner", "health", *of_ours, "--json").stdout.splitlines()
    scores = {each["record"]: each["score"] for each in map(json.loads, listed)}
    record, score = next((record, score) for record, score in scores.items() if score is not None)
    one = json.loads(shell("partner", "health", record, *of_ours, "--json").stdout)
    assert one["score"] == score == sum(line["points"] for line in one["points"])
    assert f"{score} of 100" in shell("partner", "health", record, *of_ours).stdout
    assert shell("partner", "health", *of_ours).returncode == 0
    assert shell("partner", "health", "Atlantis", *of_ours).returncode == 1
