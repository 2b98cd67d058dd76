"""Groups: who may join and leave, what their members then see, and what two at once come to."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import update

from bot.domain.access import Role, Scope, Standing
from bot.domain.errors import AttacheError, NotAllowed, Unavailable
from bot.domain.groups import Group
from bot.domain.groups import MembershipState as State
from bot.domain.offices import Office
from bot.domain.partner_lists import PartnerFilter
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.group_lists import complete_groups, complete_offices, list_groups, own_groups
from bot.services.groups import (
    about_to_leave,
    accept_invitation,
    decline_invitation,
    found_group,
    invite_office,
    join_group,
    leave_group,
    withdraw_invitation,
)
from bot.services.offices import all_offices
from bot.services.partner_lists import list_partners
from bot.services.questions import ask
from bot.services.starter import GROUP_KEY, seed
from bot.ui.answers import understood_line
from db.groups import delete_group
from db.offices import insert_office
from db.partnerships import NewPartnership, insert_partnerships
from db.places import ids_by_key
from db.tables import OfficeRow
from tests.records import audit_entries
from tests.shell import Shell

OPERATOR = Caller("en", role=Role.OPERATOR)
TAIPEI, TAINAN, KAOHSIUNG = "taipei-tw", "tainan-tw", "kaohsiung-tw"


async def speaking(desk: Desk, key: str, role: Role = Role.ADMINISTRATOR) -> Caller:
    """An administrator of the office of a place, as it is now."""
    office = next(office for office in await all_offices(desk) if office.place.key == key)
    return Caller("en", 1, 2, office, role)


async def add_office(desk: Desk, key: str, standing: Standing) -> Office:
    async with desk.database.write() as session:
        places = await ids_by_key(session, [key])
        await insert_office(session, places[key], "en", "Europe/Prague", standing=standing)
    return (await speaking(desk, key)).own_office()


async def add_tie(desk: Desk, owner: Office, partner: str, scope: Scope = Scope.GROUP) -> int:
    """A tie of an office with a place that it has none with yet; returns its number."""
    async with desk.database.write() as session:
        places = await ids_by_key(session, [partner])
        parties = (owner.place.id, places[partner])
        active = (StatusChange(Status.ACTIVE, None),)
        act = NewPartnership(Kind.SISTER_CITY, parties, active, scope=scope, office_id=owner.id)
        return (await insert_partnerships(session, [act]))[0]


async def sees(desk: Desk, key: str, owner: Office, number: int) -> bool:
    """Whether the staff of an office find the act in the list of its owner's partners."""
    caller = await speaking(desk, key, Role.READER)
    listed = await list_partners(desk, caller, PartnerFilter(home_id=owner.place.id))
    return number in {item.act.id for item in listed.acts}


async def joined(desk: Desk, name: str) -> set[str]:
    group = next(group for group in await list_groups(desk, OPERATOR) if name in (group.key, group.name_en))
    return {each.place.key for each in group.joined}


async def leave(desk: Desk, key: str, group: str) -> bool:
    """Leave, and tell whether that dissolved the group."""
    caller = await speaking(desk, key)
    leaving = await about_to_leave(desk, caller, group)
    assert leaving == await leave_group(desk, caller, leaving.group.id, leaving.membership.since)
    return leaving.dissolves


async def refused(call: object) -> str:
    """The key of the sentence that a call is refused with."""
    with pytest.raises(AttacheError) as error:
        await call  # type: ignore[misc]
    return error.value.key


async def south(desk: Desk) -> Group:
    """A group of Tainan's, to which Kaohsiung is invited."""
    tainan = await speaking(desk, TAINAN)
    await found_group(desk, tainan, "South", "南部")
    group, _ = await invite_office(desk, tainan, "south", "高雄")
    return group


async def test_founding_inviting_accepting(seeded_desk: Desk) -> None:
    """Who accepts is in, sees what the members keep for the group, and is seen; an invitation alone gives nothing."""
    await leave_all(seeded_desk)
    group = await south(seeded_desk)
    assert (group.key, [each.place.key for each in group.invited]) == ("south", [KAOHSIUNG])
    tainan = (await speaking(seeded_desk, TAINAN)).own_office()
    number = await add_tie(seeded_desk, tainan, "seattle-us")
    assert not await sees(seeded_desk, KAOHSIUNG, tainan, number)
    own = await own_groups(seeded_desk, await speaking(seeded_desk, KAOHSIUNG, Role.READER))
    assert ([*own.joined], [each.key for each in own.invited]) == ([], ["south"])
    after = await accept_invitation(seeded_desk, await speaking(seeded_desk, KAOHSIUNG), "南部")
    assert [each.place.key for each in after.members] == [KAOHSIUNG, TAINAN]
    assert await sees(seeded_desk, KAOHSIUNG, tainan, number)
    assert not await sees(seeded_desk, TAIPEI, tainan, number)
    told = [entry for entry in await audit_entries(seeded_desk) if entry.subject == f"group:{group.id}"]
    assert [entry.action for entry in told] == ["group.founded", "group.invited", "group.joined"]
    assert told[2].after == {"office": KAOHSIUNG}
    assert told[2].user_id == 1


async def leave_all(desk: Desk) -> None:
    """Everybody leaves the group of the starter data."""
    for key in sorted(await joined(desk, GROUP_KEY)):
        await leave(desk, key, GROUP_KEY)


async def test_leaving_takes_effect_at_once(seeded_desk: Desk) -> None:
    """Its records stay its own; the others stop seeing them, and it stops seeing theirs."""
    tainan, taipei = [(await speaking(seeded_desk, key)).own_office() for key in (TAINAN, TAIPEI)]
    theirs, ours = (
        await add_tie(seeded_desk, tainan, "seattle-us"),
        await add_tie(seeded_desk, taipei, "busan-kr"),
    )
    assert await sees(seeded_desk, TAIPEI, tainan, theirs)
    assert await sees(seeded_desk, TAINAN, taipei, ours)
    assert not await leave(seeded_desk, TAINAN, "六都")
    assert not await sees(seeded_desk, TAIPEI, tainan, theirs)
    assert not await sees(seeded_desk, TAINAN, taipei, ours)
    assert await sees(seeded_desk, TAINAN, tainan, theirs)
    assert await sees(seeded_desk, KAOHSIUNG, taipei, ours)


async def test_the_last_member_dissolves_the_group(seeded_desk: Desk) -> None:
    """With its invitations and readers; its name is free again, its number is not."""
    first = await south(seeded_desk)
    await add_office(seeded_desk, "prague-cz", Standing.READER)
    await join_group(seeded_desk, OPERATOR, "south", "prague-cz")
    assert await leave(seeded_desk, TAINAN, "south")
    kaohsiung = await speaking(seeded_desk, KAOHSIUNG)
    assert await refused(accept_invitation(seeded_desk, kaohsiung, "south")) == "group.no_invitation"
    assert (await own_groups(seeded_desk, await speaking(seeded_desk, "prague-cz"))).joined == []
    again = await found_group(seeded_desk, kaohsiung, "South")
    assert again.key == first.key
    assert again.id != first.id
    last = [entry for entry in await audit_entries(seeded_desk) if entry.action == "group.dissolved"][-1]
    assert last.before is not None
    assert (last.before["key"], last.before["invited"]) == ("south", [KAOHSIUNG])


async def test_a_reader_that_leaves_dissolves_no_group(seeded_desk: Desk) -> None:
    """Not even one that has no members yet; the last of all does."""
    for key in ("prague-cz", "seattle-us"):
        await add_office(seeded_desk, key, Standing.READER)
    await found_group(seeded_desk, OPERATOR, "Readers")
    for key in ("prague-cz", "seattle-us"):
        await join_group(seeded_desk, OPERATOR, "readers", key)
    assert not await leave(seeded_desk, "prague-cz", "readers")
    assert await joined(seeded_desk, "readers") == {"seattle-us"}
    assert await leave(seeded_desk, "seattle-us", "readers")


async def test_a_reader_joins_and_reads(seeded_desk: Desk) -> None:
    """It sees what the members share, shows them nothing, and may neither found nor invite."""
    ministry = await add_office(seeded_desk, "prague-cz", Standing.READER)
    tainan = await speaking(seeded_desk, TAINAN)
    await invite_office(seeded_desk, tainan, GROUP_KEY, "Prague")
    reader = await speaking(seeded_desk, "prague-cz")
    group = await accept_invitation(seeded_desk, reader, GROUP_KEY)
    assert [each.place.key for each in group.readers] == ["prague-cz"]
    theirs = await add_tie(seeded_desk, tainan.own_office(), "seattle-us")
    odd = await add_tie(seeded_desk, ministry, "seattle-us")
    assert await sees(seeded_desk, "prague-cz", tainan.own_office(), theirs)
    assert not await sees(seeded_desk, TAINAN, ministry, odd)
    assert await refused(found_group(seeded_desk, reader, "Ministries")) == "standing_forbids"
    assert await refused(invite_office(seeded_desk, reader, GROUP_KEY, "Tainan")) == "standing_forbids"
    assert not await leave(seeded_desk, "prague-cz", GROUP_KEY)
    assert not await sees(seeded_desk, "prague-cz", tainan.own_office(), theirs)


async def test_a_guest_belongs_to_no_group(seeded_desk: Desk) -> None:
    """It is not invited, cannot accept, and one that became a guest in a group sees nothing of it any more."""
    await add_office(seeded_desk, "prague-cz", Standing.GUEST)
    tainan = await speaking(seeded_desk, TAINAN)
    assert await refused(invite_office(seeded_desk, tainan, GROUP_KEY, "Prague")) == "group.guest"
    assert await refused(join_group(seeded_desk, OPERATOR, GROUP_KEY, "Prague")) == "group.guest"
    guest = await speaking(seeded_desk, "prague-cz")
    assert await refused(found_group(seeded_desk, guest, "Guests")) == "standing_forbids"
    theirs = await add_tie(seeded_desk, tainan.own_office(), "seattle-us")
    await south(seeded_desk)
    async with seeded_desk.database.write() as session:
        for key in (TAIPEI, KAOHSIUNG):
            office = (await speaking(seeded_desk, key)).own_office()
            await session.execute(
                update(OfficeRow).where(OfficeRow.id == office.id).values(standing=Standing.GUEST)
            )
    assert not await sees(seeded_desk, TAIPEI, tainan.own_office(), theirs)
    assert await joined(seeded_desk, GROUP_KEY) == {TAINAN, "new-taipei-tw", "taoyuan-tw", "taichung-tw"}
    own = await own_groups(seeded_desk, await speaking(seeded_desk, TAIPEI))
    assert (own.joined, own.invited) == ([], [])
    kaohsiung = await speaking(seeded_desk, KAOHSIUNG)
    assert await refused(accept_invitation(seeded_desk, kaohsiung, "south")) == "standing_forbids"
    await decline_invitation(seeded_desk, kaohsiung, "south")


async def test_what_cannot_be_is_told(seeded_desk: Desk) -> None:
    """Names that are taken or none, inviting twice, answering what was withdrawn, what is not one's own."""
    await south(seeded_desk)
    tainan, kaohsiung, taipei = [await speaking(seeded_desk, key) for key in (TAINAN, KAOHSIUNG, TAIPEI)]
    before = await list_groups(seeded_desk, OPERATOR)
    expected = {
        "group.name_taken": [
            found_group(seeded_desk, taipei, " SOUTH! "),
            found_group(seeded_desk, taipei, "Northern", "南部"),
            found_group(seeded_desk, taipei, "南部"),
            found_group(seeded_desk, taipei, "Six_Municipalities"),
        ],
        "group.name_unreadable": [
            found_group(seeded_desk, taipei, " … "),
            found_group(seeded_desk, taipei, ""),
        ],
        "group.name_too_long": [found_group(seeded_desk, taipei, "x" * 81)],
        "group.invited_already": [invite_office(seeded_desk, tainan, "South", "kaohsiung-tw")],
        "group.joined_already": [
            invite_office(seeded_desk, tainan, "South", "Tainan"),
            accept_invitation(seeded_desk, tainan, "South"),
            decline_invitation(seeded_desk, tainan, "South"),
            join_group(seeded_desk, OPERATOR, "South", "Tainan"),
        ],
        "group.not_joined": [
            invite_office(seeded_desk, kaohsiung, "South", "Taipei"),
            about_to_leave(seeded_desk, kaohsiung, "South"),
        ],
        "group.unknown": [
            invite_office(seeded_desk, taipei, "South", "Tainan"),
            withdraw_invitation(seeded_desk, taipei, "South", "Kaohsiung"),
            about_to_leave(seeded_desk, taipei, "South"),
            join_group(seeded_desk, OPERATOR, "Nowhere", "Tainan"),
            about_to_leave(seeded_desk, taipei, ""),
        ],
        "group.no_invitation": [
            accept_invitation(seeded_desk, taipei, "South"),
            decline_invitation(seeded_desk, taipei, "Nowhere"),
        ],
        "group.not_invited": [withdraw_invitation(seeded_desk, tainan, "South", "Taipei")],
        "office.no_such": [invite_office(seeded_desk, tainan, "South", "Seattle")],
        "place.unknown": [invite_office(seeded_desk, tainan, "South", "Atlantis in the sea")],
    }
    for key, calls in expected.items():
        assert [await refused(call) for call in calls] == [key] * len(calls)
    assert await list_groups(seeded_desk, OPERATOR) == before
    await withdraw_invitation(seeded_desk, tainan, "South", "Kaohsiung")
    assert await refused(accept_invitation(seeded_desk, kaohsiung, "south")) == "group.no_invitation"
    await invite_office(seeded_desk, tainan, "South", "Kaohsiung")
    await decline_invitation(seeded_desk, kaohsiung, "south")
    assert await refused(accept_invitation(seeded_desk, kaohsiung, "south")) == "group.no_invitation"


async def test_who_may_change_groups(seeded_desk: Desk) -> None:
    """Administrators, of an office; staff may look."""
    await south(seeded_desk)
    editor = await speaking(seeded_desk, KAOHSIUNG, Role.EDITOR)
    nobody = Caller("en", 1, 2, role=Role.ADMINISTRATOR)
    for caller, error in ((editor, NotAllowed), (nobody, Unavailable)):
        for call in (
            found_group(seeded_desk, caller, "Mine"),
            invite_office(seeded_desk, caller, "South", "Taipei"),
            accept_invitation(seeded_desk, caller, "South"),
            decline_invitation(seeded_desk, caller, "South"),
            about_to_leave(seeded_desk, caller, "South"),
            complete_groups(seeded_desk, caller, "", State.JOINED),
            complete_offices(seeded_desk, caller, "", "", invited=False),
        ):
            with pytest.raises(error):
                await call
    for call in (join_group(seeded_desk, replace(editor, role=Role.ADMINISTRATOR), "South", "Taipei"),):
        assert await refused(call) == "role_too_weak"
    assert [group.key for group in (await own_groups(seeded_desk, editor)).invited] == ["south"]


async def test_an_old_confirmation_ends_no_later_membership(seeded_desk: Desk) -> None:
    """Whoever left and came back is not thrown out by a button that was never pressed."""
    tainan = await speaking(seeded_desk, TAINAN)
    old = await about_to_leave(seeded_desk, tainan, GROUP_KEY)
    await leave(seeded_desk, TAINAN, GROUP_KEY)
    assert (
        await refused(leave_group(seeded_desk, tainan, old.group.id, old.membership.since))
        == "group.left_already"
    )
    later = Desk(seeded_desk.database, lambda: seeded_desk.clock().replace(hour=23))
    await join_group(later, OPERATOR, GROUP_KEY, "Tainan")
    assert (
        await refused(leave_group(seeded_desk, tainan, old.group.id, old.membership.since))
        == "group.left_already"
    )
    assert TAINAN in await joined(seeded_desk, GROUP_KEY)


# At the same moment ------------------------------------------------------------------------------------------


async def at_once(*calls: object) -> list[object]:
    return list(await asyncio.gather(*calls, return_exceptions=True))  # type: ignore[call-overload]


def keys(outcomes: list[object]) -> list[str]:
    """What those that failed were refused with; nothing else may have gone wrong."""
    failed = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    assert all(isinstance(each, AttacheError) for each in failed), failed
    return sorted(each.key for each in failed if isinstance(each, AttacheError))


async def test_two_accept_at_once(seeded_desk: Desk) -> None:
    """Two administrators of one office: one accepts, the other is told; two offices: both are in."""
    await south(seeded_desk)
    kaohsiung, taipei = [await speaking(seeded_desk, key) for key in (KAOHSIUNG, TAIPEI)]
    twice = [accept_invitation(seeded_desk, kaohsiung, "south") for _ in range(2)]
    assert keys(await at_once(*twice)) == ["group.joined_already"]
    tainan = await speaking(seeded_desk, TAINAN)
    await invite_office(seeded_desk, tainan, "south", "Taipei")
    await invite_office(seeded_desk, tainan, "south", "Taoyuan")
    taoyuan = await speaking(seeded_desk, "taoyuan-tw")
    both = [accept_invitation(seeded_desk, caller, "south") for caller in (taipei, taoyuan)]
    assert keys(await at_once(*both)) == []
    assert await joined(seeded_desk, "south") == {TAINAN, KAOHSIUNG, TAIPEI, "taoyuan-tw"}
    actions = [entry.action for entry in await audit_entries(seeded_desk)]
    assert actions.count("group.joined") == 3


async def test_accepting_what_is_withdrawn_at_once(seeded_desk: Desk) -> None:
    """Either it is in, and there is nothing to withdraw, or it is not, and there is nothing to accept."""
    await south(seeded_desk)
    kaohsiung, tainan = [await speaking(seeded_desk, key) for key in (KAOHSIUNG, TAINAN)]
    outcomes = await at_once(
        withdraw_invitation(seeded_desk, tainan, "south", "Kaohsiung"),
        accept_invitation(seeded_desk, kaohsiung, "south"),
    )
    inside = KAOHSIUNG in await joined(seeded_desk, "south")
    assert keys(outcomes) == ["group.not_invited" if inside else "group.no_invitation"]


async def test_two_found_one_name_at_once(seeded_desk: Desk) -> None:
    """One group, and a sentence for the other."""
    callers = [await speaking(seeded_desk, key) for key in (KAOHSIUNG, TAINAN)]
    outcomes = await at_once(*(found_group(seeded_desk, caller, "港都") for caller in callers))
    assert keys(outcomes) == ["group.name_taken"]
    assert len([group for group in await list_groups(seeded_desk, OPERATOR) if group.name_en == "港都"]) == 1


async def test_the_last_two_leave_at_once(seeded_desk: Desk) -> None:
    """No group without members stays behind."""
    await south(seeded_desk)
    await accept_invitation(seeded_desk, await speaking(seeded_desk, KAOHSIUNG), "south")
    outcomes = await at_once(*(leave(seeded_desk, key, "south") for key in (TAINAN, KAOHSIUNG)))
    assert [error for error in outcomes if isinstance(error, AttacheError)] == []
    assert [group.key for group in await list_groups(seeded_desk, OPERATOR)] == [GROUP_KEY]
    entries = [entry.action for entry in await audit_entries(seeded_desk)]
    assert entries.count("group.dissolved") == 1


# What is offered ---------------------------------------------------------------------------------------------


async def test_only_what_is_meant_is_offered(seeded_desk: Desk) -> None:
    """Groups that one is in, invitations that one has, offices that are not in it yet and are no guests."""
    await add_office(seeded_desk, "prague-cz", Standing.GUEST)
    await add_office(seeded_desk, "seattle-us", Standing.READER)
    await south(seeded_desk)
    tainan, kaohsiung = [await speaking(seeded_desk, key) for key in (TAINAN, KAOHSIUNG)]

    async def groups(caller: Caller, typed: str, state: State) -> list[str]:
        return [group.key for group in await complete_groups(seeded_desk, caller, typed, state)]

    assert await groups(tainan, "", State.JOINED) == [GROUP_KEY, "south"]
    assert await groups(tainan, "南", State.JOINED) == ["south"]
    assert await groups(tainan, "", State.INVITED) == []
    assert await groups(kaohsiung, "", State.JOINED) == [GROUP_KEY]
    assert await groups(kaohsiung, "SOU", State.INVITED) == ["south"]

    async def places(typed: str, group: str, *, invited: bool = False) -> set[str]:
        found = await complete_offices(seeded_desk, tainan, typed, group, invited=invited)
        return {place.key for place in found}

    assert await places("", GROUP_KEY) == {"seattle-us"}
    assert await places("", "south") == {
        "seattle-us",
        "taipei-tw",
        "new-taipei-tw",
        "taoyuan-tw",
        "taichung-tw",
    }
    assert await places("台北", "south") == {"taipei-tw"}
    assert await places("", "south", invited=True) == {KAOHSIUNG}
    assert KAOHSIUNG in await places("", "")


# The starter data --------------------------------------------------------------------------------------------


async def test_the_starter_group(seeded_desk: Desk) -> None:
    """The six are in it; seeding again changes nothing, and who left stays out."""
    (group,) = await list_groups(seeded_desk, OPERATOR)
    assert (group.key, group.name_en, group.name_zh) == (GROUP_KEY, "Six Special Municipalities", "六都")
    assert len(group.members) == 6
    before = await audit_entries(seeded_desk)
    await seed(seeded_desk)
    assert await list_groups(seeded_desk, OPERATOR) == [group]
    assert await audit_entries(seeded_desk) == before
    await leave(seeded_desk, TAINAN, GROUP_KEY)
    await seed(seeded_desk)
    assert TAINAN not in await joined(seeded_desk, GROUP_KEY)
    await leave_all(seeded_desk)
    await seed(seeded_desk)
    assert await list_groups(seeded_desk, OPERATOR) == []


async def test_a_server_decides_for_itself(seeded_desk: Desk) -> None:
    """Where offices are in use before the group comes (an older installation), they are invited, not put in."""
    async with seeded_desk.database.write() as session:
        await delete_group(session, (await list_groups(seeded_desk, OPERATOR))[0].id)
        tainan = (await speaking(seeded_desk, TAINAN)).own_office()
        await session.execute(update(OfficeRow).where(OfficeRow.id == tainan.id).values(guild_id=77))
    await seed(seeded_desk)
    (group,) = await list_groups(seeded_desk, OPERATOR)
    assert [each.place.key for each in group.invited] == [TAINAN]
    assert len(group.members) == 5


async def test_a_question_calls_a_group_by_its_name(seeded_desk: Desk) -> None:
    """Who reads how a question was understood does not know the keys of groups."""
    for language, name in (("zh-TW", "六都"), ("en", "Six Special Municipalities")):
        answered = await ask(seeded_desk, replace(OPERATOR, language=language), "六都有幾個姊妹市？")
        said = understood_line(Texts(language), answered)
        assert name in said
        assert GROUP_KEY not in said


# The command line --------------------------------------------------------------------------------------------


def test_groups_at_the_command_line(shell: Shell) -> None:
    """Founding, inviting, withdrawing, joining, leaving, and the list, in either language."""
    assert "South (south)" in shell("group", "found", "South", "--zh", "南部").stdout
    assert "invited, no answer yet: Tainan" in shell("group", "invite", "south", "臺南").stdout
    assert "withdrawn" in shell("group", "withdraw", "South", "Tainan").stdout
    assert "1 member: Tainan" in shell("group", "join", "南部", "Tainan").stdout
    listed = shell("group", "list")
    assert listed.returncode == 0
    assert "6 members: " in listed.stdout
    assert "南部（south）" in shell("group", "list", ATTACHE_LANGUAGE="zh-TW").stdout
    left = shell("group", "leave", "south", "Tainan")
    assert "Tainan has left South" in left.stdout
    assert "dissolved" in left.stdout
    for arguments, sentence in (
        (("found", "六都"), "already"),
        (("join", "south", "Tainan"), "no group “south”"),
        (("join", "六都", "Seattle"), "no office"),
        (("leave", "six-municipalities", "Atlantis"), "No place called"),
    ):
        done = shell("group", *arguments)
        assert done.returncode == 1
        assert sentence in done.stderr
        assert done.stdout == ""
