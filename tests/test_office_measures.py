"""What an office measures its ties by: its own cadences, weights and time of the weekly list, told and audited."""

import pytest

from bot.domain.access import Role
from bot.domain.dormancy import Contact
from bot.domain.errors import AttacheError, ChangedMeanwhile
from bot.domain.health import DEFAULT_WEIGHTS, Aspect
from bot.domain.offices import Weekday, WeeklyList
from bot.domain.partnerships import Kind
from bot.services.desk import Caller, Desk
from bot.services.health import tie_health
from bot.services.office_measures import WeeklyListForm, change_cadence, change_weekly_list, change_weights
from bot.services.partnership_editing import edit_act, open_act
from bot.services.partnerships import show_partner
from bot.services.quiet import quiet_ties
from tests.records import audit_entries, office_of, person
from tests.shell import Shell


async def administrator(desk: Desk, key: str = "kaohsiung-tw") -> Caller:
    return person(await office_of(desk, key), Role.ADMINISTRATOR)


@pytest.mark.both_engines
async def test_cadences_of_kind_office_and_tie(seeded_desk: Desk) -> None:
    """Twelve months are built in, the office's own go before them, and those of a tie before both."""
    caller = await administrator(seeded_desk)

    async def months(of: Caller) -> int:
        quiet = (await show_partner(seeded_desk, of, "P195")).quiet
        assert quiet is not None
        return quiet.cadence_months

    assert await months(caller) == 12
    office = await change_cadence(seeded_desk, caller, Kind.SISTER_CITY, 120, 1)
    caller = person(office, Role.ADMINISTRATOR)
    assert await months(caller) == 120
    assert await months(await administrator(seeded_desk, "taipei-tw")) == 12
    (seattle,) = [
        each for each in (await quiet_ties(seeded_desk, caller)).quiet if each.tie.partner.key == "seattle-us"
    ]
    assert seattle.quiet.state is Contact.COOLING
    version = (await open_act(seeded_desk, caller, "P195")).version
    await edit_act(seeded_desk, caller, 195, version, {"cadence_months": "2 years"})
    assert await months(caller) == 24
    await change_cadence(seeded_desk, caller, Kind.SISTER_CITY, None, office.version)
    assert (await office_of(seeded_desk, "kaohsiung-tw")).cadences == {}


async def test_weights_are_the_offices_to_change(seeded_desk: Desk) -> None:
    """Those that are left out of the command stay; what does not come to a hundred is refused, and nothing changed."""
    caller = await administrator(seeded_desk)
    for wrong in ({Aspect.RECENCY: 40}, {Aspect.RECENCY: -10, Aspect.PEOPLE: 50}, {Aspect.RECENCY: 101}):
        with pytest.raises(AttacheError, match="weight"):
            await change_weights(seeded_desk, caller, wrong, 1)
    office = await change_weights(seeded_desk, caller, {Aspect.RECENCY: 40, Aspect.PEOPLE: 0}, 1)
    assert office.weights == {**DEFAULT_WEIGHTS, Aspect.RECENCY: 40, Aspect.PEOPLE: 0}
    health = (await tie_health(seeded_desk, person(office), "Busan")).health
    assert Aspect.PEOPLE not in {line.aspect for line in health.lines} | set(health.left_out)
    built_in = await change_weights(seeded_desk, person(office, Role.ADMINISTRATOR), None, office.version)
    assert built_in.weights == {}


async def test_changes_are_in_the_trail_and_take_turns(seeded_desk: Desk) -> None:
    """Each with before and after; whoever had read an earlier state is told; who may not is refused."""
    caller = await administrator(seeded_desk)
    assert caller.office is not None
    assert caller.office.weekly_list == WeeklyList(Weekday.MONDAY, 9)
    office = await change_weekly_list(seeded_desk, caller, WeeklyListForm("friday", "16"), 1)
    assert office.weekly_list == WeeklyList(Weekday.FRIDAY, 16)
    await change_cadence(seeded_desk, person(office, Role.ADMINISTRATOR), Kind.MOU, 6, 2)
    first, second = [each for each in await audit_entries(seeded_desk) if each.action == "office.settings"]
    assert first.before == {"list_day": "monday", "list_hour": 9}
    assert first.after == {"list_day": "friday", "list_hour": 16, "version": 2}
    assert second.after == {"cadence_mou": 6, "version": 3}
    with pytest.raises(ChangedMeanwhile):
        await change_cadence(seeded_desk, caller, Kind.MOU, 7, 1)
    with pytest.raises(AttacheError, match="role_too_weak"):
        await change_cadence(seeded_desk, person(caller.office, Role.EDITOR), Kind.MOU, 7, 3)


def test_the_operator_sets_them_too(shell: Shell) -> None:
    """Shows, sets, and goes back; what is half a command, or out of range, is told with status 1."""
    for work in ("upgrade", "seed"):
        assert shell("db", work).returncode == 0
    assert "sister city: every 12 months" in shell("office", "cadence", "高雄").stdout
    assert "every 6 months (built in: 24)" in shell("office", "cadence", "高雄", "mou", "6").stdout
    assert "memorandum: every 24 months" in shell("office", "cadence", "高雄", "mou", "--built-in").stdout
    for half in (["mou"], ["--built-in"], ["mou", "0"], ["mou", "6", "--built-in"]):
        assert shell("office", "cadence", "高雄", *half).returncode == 1
    assert (
        "last contact: 40 (built in: 30)"
        in shell("office", "weights", "高雄", "recency=40", "people=0").stdout
    )
    for wrong in ("recency=50", "luck=5", "recency=x"):
        assert shell("office", "weights", "高雄", wrong).returncode == 1
    assert "built in: 30" not in shell("office", "weights", "高雄", "--built-in").stdout
    assert "Monday, 09:00" in shell("office", "list-time", "高雄").stdout
    assert "Friday, 08:00" in shell("office", "list-time", "高雄", "--day", "friday", "--hour", "8").stdout
