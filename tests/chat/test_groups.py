"""/group on two servers of one Discord: one office invites, the other answers, and both see what that changes."""

from dataclasses import replace
from typing import Any

import discord
import pytest
from sqlalchemy import insert

from bot.domain.access import Role, Scope
from bot.services.desk import Caller
from bot.services.office_settings import PostingForm
from bot.services.offices import all_offices, set_up_office
from bot.services.starter import GROUP_KEY
from db.groups import end_membership
from db.tables import OfficeRoleRow
from tests.chat.conftest import Seen, Stage
from tests.records import audit_entries
from tests.test_groups import OPERATOR, add_tie, joined, list_groups

TAINAN, KAOHSIUNG = "tainan-tw", "kaohsiung-tw"


@pytest.fixture
async def neighbour(stage: Stage) -> Stage:
    """The server of the Tainan office, beside that of Kaohsiung; the two are in no group yet."""
    guild = stage.env.create_guild("Tainan")
    channel = guild.create_text_channel("tainan")
    manage = guild.create_role("administrators", permissions=discord.Permissions(manage_guild=True))
    staff = guild.add_member(stage.env.create_user("huang"))
    administrator = guild.add_member(stage.env.create_user("su"), roles=[manage])
    made = replace(
        stage, guild=guild, channel=channel, staff=staff, administrator=administrator, managers=manage
    )
    operator = Caller("en", administrator.id, guild.id, role=Role.OPERATOR)
    await set_up_office(stage.desk, operator, TAINAN, channel.id, PostingForm("en"))
    (starter,) = await list_groups(stage.desk, OPERATOR)
    async with stage.desk.database.write() as session:
        for office in await all_offices(stage.desk):
            if office.place.key in (TAINAN, KAOHSIUNG):
                await end_membership(session, starter.id, office.id)
    return made


async def ask(stage: Stage, command: str, **options: Any) -> Seen:
    """An administrator's command; the answer is for them alone."""
    seen = await stage.slash(command, stage.administrator, **options)
    assert seen.private
    return seen


async def offered(stage: Stage, command: str, option: str, typed: str = "", **filled: Any) -> list[str]:
    found = await stage.administrator.autocomplete(stage.channel, command, option, typed, **filled)
    return [choice["value"] for choice in found]


async def south(stage: Stage, neighbour: Stage) -> None:
    """A group of Tainan's, to which Kaohsiung is invited."""
    await ask(neighbour, "group found", name="South", name_zh="南部")
    await ask(neighbour, "group invite", group="south", office=KAOHSIUNG)


@pytest.mark.both_engines
async def test_from_the_invitation_to_what_is_shared(stage: Stage, neighbour: Stage) -> None:
    """The invitation shows on the other server; once accepted, each sees what the other keeps for the group."""
    tainan = await neighbour.desk_office()
    number = await add_tie(stage.desk, tainan, "busan-kr")
    listing = {"city": TAINAN, "country": "KR"}
    assert f"P{number}" in (await neighbour.slash("partner list", **listing)).text
    founded = await ask(neighbour, "group found", name="South", name_zh="南部")
    assert "Group founded: South" in founded.text
    assert "1 member: Tainan" in founded.text
    invited = await ask(neighbour, "group invite", group="south", office=KAOHSIUNG)
    assert "Kaohsiung is invited to South" in invited.text
    assert "No message goes to Kaohsiung" in invited.text
    assert "1 invited, no answer yet: Kaohsiung" in invited.text
    assert f"P{number}" not in (await stage.slash("partner list", **listing)).text
    shown = await stage.slash("group show")
    assert shown.private
    assert "in no group" in shown.text
    assert "1 open invitation" in shown.text
    assert "South (in it: Tainan)" in shown.text
    assert "Invited to the group South" in (await ask(stage, "office check")).text
    accepted = await ask(stage, "group accept", group="south")
    assert "2 members: Kaohsiung and Tainan" in accepted.text
    seen = await stage.slash("partner list", **listing)
    assert f"P{number}" in seen.text
    assert seen.private
    assert "open invitation" not in (await stage.slash("group show")).text
    entries = [e for e in await audit_entries(stage.desk) if e.action.startswith("group.") and e.user_id]
    assert [(entry.action, entry.guild_id) for entry in entries] == [
        ("group.founded", neighbour.guild.id),
        ("group.invited", neighbour.guild.id),
        ("group.joined", stage.guild.id),
    ]


@pytest.mark.both_engines
async def test_leaving_is_confirmed_and_works_at_once(stage: Stage, neighbour: Stage) -> None:
    """The command alone changes nothing; the button does, also after a restart, and once."""
    await south(stage, neighbour)
    await ask(stage, "group accept", group="南部")
    number = await add_tie(stage.desk, await neighbour.desk_office(), "busan-kr")
    asked = await ask(neighbour, "group leave", group="south")
    assert "Leave South?" in asked.text
    assert "dissolved" not in asked.text
    assert TAINAN in await joined(stage.desk, "south")
    await stage.restart()
    left = await neighbour.click(asked, "Leave the group", neighbour.administrator)
    assert "This office has left South" in left.text
    assert left.buttons == []
    seen = await stage.slash("partner list", city=TAINAN, country="KR")
    assert f"P{number}" not in seen.text
    assert f"P{number}" in (await neighbour.slash("partner list", country="KR")).text
    last = await ask(stage, "group leave", group="south")
    assert "last member" in last.text
    gone = await stage.click(last, "Leave the group", stage.administrator)
    assert "dissolved" in gone.text
    assert [group.key for group in await list_groups(stage.desk, OPERATOR)] == [GROUP_KEY]


async def test_an_old_button_ends_no_later_membership(stage: Stage, neighbour: Stage) -> None:
    """A confirmation that was left lying is answered with a sentence."""
    await south(stage, neighbour)
    await ask(stage, "group accept", group="south")
    old = await ask(neighbour, "group leave", group="south")
    new = await ask(neighbour, "group leave", group="south")
    await neighbour.click(new, "Leave the group", neighbour.administrator)
    late = await neighbour.click(old, "Leave the group", neighbour.administrator)
    assert "not in that group any more" in late.text


async def test_who_is_no_administrator_any_more_cannot_confirm(stage: Stage, neighbour: Stage) -> None:
    """The role is asked for again when the button is pressed; here it has since been given to others."""
    await south(stage, neighbour)
    asked = await ask(neighbour, "group leave", group="south")
    office = await neighbour.desk_office()
    async with stage.desk.database.write() as session:
        row = {"office_id": office.id, "role_id": 999, "role": Role.ADMINISTRATOR}
        await session.execute(insert(OfficeRoleRow).values(**row))
    refused = await neighbour.click(asked, "Leave the group", neighbour.administrator)
    assert "takes the role “administrator”" in refused.text
    assert TAINAN in await joined(stage.desk, "south")


async def test_withdrawing_and_declining(stage: Stage, neighbour: Stage) -> None:
    """What was withdrawn cannot be accepted; who declined can be invited again."""
    await south(stage, neighbour)
    taken = await ask(neighbour, "group withdraw", group="south", office=KAOHSIUNG)
    assert "The invitation of Kaohsiung to South is withdrawn" in taken.text
    assert "no open invitation to “south”" in (await ask(stage, "group accept", group="south")).text
    await ask(neighbour, "group invite", group="south", office=KAOHSIUNG)
    assert "declined" in (await ask(stage, "group decline", group="south")).text
    twice = await ask(neighbour, "group withdraw", group="south", office=KAOHSIUNG)
    assert "no open invitation to South" in twice.text
    again = await ask(neighbour, "group invite", group="south", office=KAOHSIUNG)
    assert "Kaohsiung is invited" in again.text


async def test_what_is_offered(stage: Stage, neighbour: Stage) -> None:
    """Groups one is in, invitations one has, offices that are not in it yet; to staff, nothing."""
    await south(stage, neighbour)
    assert await offered(neighbour, "group invite", "group") == ["south"]
    others = await offered(neighbour, "group invite", "office", group="south")
    assert "taipei-tw" in others
    assert not {TAINAN, KAOHSIUNG} & set(others)
    assert await offered(neighbour, "group withdraw", "office", group="south") == [KAOHSIUNG]
    assert await offered(neighbour, "group accept", "group") == []
    assert await offered(stage, "group accept", "group", "sou") == ["south"]
    assert await offered(stage, "group leave", "group") == []
    assert await stage.suggestions("group accept", "group", "") == []


async def test_staff_may_look_and_no_more(stage: Stage, neighbour: Stage) -> None:
    """They see the groups; changing them takes an administrator."""
    await south(stage, neighbour)
    assert "South" in (await stage.slash("group show")).text
    for command, options in (
        ("group found", {"name": "Mine"}),
        ("group accept", {"group": "south"}),
        ("group decline", {"group": "south"}),
        ("group leave", {"group": "south"}),
    ):
        seen = await stage.slash(command, **options)
        assert "takes the role “administrator”" in seen.text
    assert len(await list_groups(stage.desk, OPERATOR)) == 2


async def test_in_chinese(stage: Stage, neighbour: Stage) -> None:
    """Names and sentences are Chinese where the reader's Discord is."""
    await south(stage, neighbour)
    stage.speaks("zh-TW", stage.administrator)
    shown = await stage.slash("group show", stage.administrator)
    assert shown.embed.title == "高雄市的群組"
    assert "南部（已加入：臺南市）" in shown.text
    assert "本單位已加入南部" in (await ask(stage, "group accept", group="南部")).text
    assert "確定退出南部？" in (await ask(stage, "group leave", group="南部")).text


async def test_many_groups_are_paged(stage: Stage, neighbour: Stage) -> None:
    """A long list is turned page by page, and a name is no markup."""
    for number in range(9):
        await ask(neighbour, "group found", name=f"Group {number} **@everyone**")
    first = await neighbour.slash("group show")
    assert "page 1 of 2" in first.text
    assert "Group 0 \\*\\*" in first.text
    second = await neighbour.click(first, "Next →")
    assert "page 2 of 2" in second.text
    assert "Group 8" in second.text


async def test_an_answer_names_no_hidden_record(stage: Stage, neighbour: Stage) -> None:
    """What one office keeps to itself stays so in a group, too."""
    await south(stage, neighbour)
    await ask(stage, "group accept", group="south")
    number = await add_tie(stage.desk, await neighbour.desk_office(), "busan-kr", Scope.OFFICE)
    assert f"P{number}" in (await neighbour.slash("partner list", country="KR")).text
    assert f"P{number}" not in (await stage.slash("partner list", city=TAINAN, country="KR")).text
    assert (
        f"no record P{number} that you may see"
        in (await stage.slash("partner show", partner=f"P{number}")).text
    )
