"""Offices, where two servers or two failures meet, and the codes with which a server may take one."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.access import Role, Standing
from bot.domain.errors import AttacheError, BadInput, FormRefused, NotAllowed
from bot.domain.offices import INVITATION_KEPT, Office, Purpose
from bot.services.desk import Caller, Desk
from bot.services.invitations import LETTERS, hash_of, invite_office
from bot.services.office_settings import PostingForm, change_standing
from bot.services.offices import begin_setup, list_offices, office_named, set_up_office
from bot.services.outbox import claim_due, enqueue_due
from bot.services.reminders import compose, next_post
from db.offices import hold_office, set_channels
from db.sleep import erase_office
from db.tables import OfficeInvitationRow, OfficeRow
from tests.records import audit_entries, outbox

OPERATOR = Caller("en", role=Role.OPERATOR)


def administrator(guild_id: int) -> Caller:
    return Caller("en", 1, guild_id, role=Role.ADMINISTRATOR)


async def set_up(
    desk: Desk, guild_id: int, city: str = "taipei-tw", code: str | None = None, **form: str
) -> Office:
    """What the administrator of a server does in the chat."""
    code_hash = hash_of(code) if code else None
    return await set_up_office(
        desk, administrator(guild_id), city, 10 * guild_id, PostingForm(**form), code_hash
    )


async def give(desk: Desk, guild_id: int, city: str) -> Office:
    """The same by the operator, who needs no code."""
    caller = replace(administrator(guild_id), role=Role.OPERATOR)
    return await set_up_office(desk, caller, city, 10 * guild_id, PostingForm())


async def outcomes(*attempts: object) -> tuple[list[Office], list[AttacheError]]:
    done = await asyncio.gather(*attempts, return_exceptions=True)  # type: ignore[call-overload]
    assert all(isinstance(each, Office | AttacheError) for each in done), done
    won = [each for each in done if isinstance(each, Office)]
    return won, [each for each in done if isinstance(each, AttacheError)]


pytestmark = pytest.mark.both_engines


# Two servers -------------------------------------------------------------------------------------------------


async def test_of_two_servers_at_once_one_gets_the_office(seeded_desk: Desk) -> None:
    """The other is told that it is taken, and changes nothing."""
    (won,), (lost,) = await outcomes(*(set_up(seeded_desk, n) for n in (1, 2)))
    assert isinstance(lost, BadInput)
    assert lost.key == "office.taken"
    assert set(won.channels.values()) == {10 * (won.guild_id or 0)}


async def test_only_one_server_is_the_first(seeded_desk: Desk) -> None:
    """Of two that take offices of different cities at the same moment, one needs a code."""
    cities = ("taipei-tw", "kaohsiung-tw", "tainan-tw")
    won, lost = await outcomes(*(set_up(seeded_desk, n, city) for n, city in enumerate(cities, 1)))
    assert len(won) == 1
    assert [each.key for each in lost] == ["office.code_needed"] * 2
    assert len([e for e in await audit_entries(seeded_desk) if e.action == "office.set_up"]) == 1


async def test_who_was_first_stays_the_first(seeded_desk: Desk) -> None:
    """Also when its server has left since: nobody else comes in without a code."""
    await set_up(seeded_desk, 1)
    async with seeded_desk.database.write() as session:
        await session.execute(update(OfficeRow).values(guild_id=None))
    with pytest.raises(BadInput, match=r"office\.code_needed"):
        await set_up(seeded_desk, 2, "kaohsiung-tw")


async def test_an_office_that_fails_keeps_no_other_from_its_posts(seeded_desk: Desk) -> None:
    """Here its time zone is one that this machine does not know."""
    broken, sound = await set_up(seeded_desk, 1), await give(seeded_desk, 2, "kaohsiung-tw")
    async with seeded_desk.database.write() as session:
        await session.execute(update(OfficeRow).where(OfficeRow.id == broken.id).values(zone="No/Where"))
        await session.execute(update(OfficeRow).values(since=seeded_desk.clock().replace(year=2025)))
    await enqueue_due(seeded_desk)
    assert {post.office_id for post in await outbox(seeded_desk)} == {sound.id}


@pytest.mark.parametrize("erased", [False, True])
async def test_what_changes_during_a_pass_holds_for_its_posts(seeded_desk: Desk, erased: bool) -> None:
    """The pass has read the offices already when one is given other channels, or erased."""
    office = await set_up(seeded_desk, 1)
    reached = asyncio.Event()

    def telling_clock() -> datetime:
        reached.set()
        return seeded_desk.clock()

    async with seeded_desk.database.write() as session:
        await session.execute(update(OfficeRow).values(since=seeded_desk.clock().replace(year=2025)))
    async with seeded_desk.database.write() as session:
        await hold_office(session, office.id)
        if erased:
            await erase_office(session, office.id)
        else:
            await set_channels(session, office.id, dict.fromkeys(Purpose, 99))
        planning = asyncio.create_task(enqueue_due(replace(seeded_desk, clock=telling_clock)))
        await reached.wait()
    await planning
    assert {post.channel_id for post in await outbox(seeded_desk)} == (set() if erased else {99})


async def test_what_was_claimed_before_an_office_is_erased_is_not_sent(seeded_desk: Desk) -> None:
    """The process that has claimed it finds that there is nobody any more to post for."""
    desk = replace(
        seeded_desk, clock=lambda: datetime(2026, 11, 1, 5, tzinfo=UTC)
    )  # an anniversary of Hachioji's
    office = await set_up(desk, 1, "kaohsiung-tw")
    async with desk.database.write() as session:
        await session.execute(update(OfficeRow).values(since=desk.clock() - timedelta(days=2)))
    await enqueue_due(desk)
    claims = await claim_due(desk, "worker")
    assert [post for claim in claims if (post := await compose(desk, claim))]
    async with desk.database.write() as session:
        await erase_office(session, office.id)
    assert not [post for claim in claims if (post := await compose(desk, claim))]


async def test_every_field_of_the_form_is_read(seeded_desk: Desk) -> None:
    """What Discord's selects would never send is refused as well, each field with its own sentence."""
    bad = {"language": "fr", "zone": "Mars", "hour": "24", "leap_day_rule": "?", "rest_day_rule": ""}
    with pytest.raises(FormRefused) as refused:
        await set_up(seeded_desk, 1, **bad)
    assert [problem.key for problem in refused.value.problems] == [
        "office.not_offered",
        "office.zone_unreadable",
        "office.hour_unreadable",
        "office.not_offered",
        "office.not_offered",
    ]
    assert (await office_named(seeded_desk, "taipei-tw")).guild_id is None


# Codes -------------------------------------------------------------------------------------------------------


@pytest.fixture
async def taken_desk(seeded_desk: Desk) -> Desk:
    """Taipei's office has its server, so that every other needs a code."""
    await set_up(seeded_desk, 1)
    return seeded_desk


async def test_only_the_hash_of_a_code_is_kept(taken_desk: Desk) -> None:
    """Neither the table nor the audit trail tells what the operator was shown."""
    invited = await invite_office(taken_desk, OPERATOR, "kaohsiung-tw", Standing.READER)
    assert invited.expires_at == taken_desk.clock() + INVITATION_KEPT
    assert len(invited.code.replace("-", "")) == 16
    assert set(invited.code) <= {*LETTERS, "-"}
    async with taken_desk.database.read() as session:
        (row,) = await session.execute(select(OfficeInvitationRow.__table__))
    assert row.code_hash == hash_of(invited.code)
    told = str(tuple(row)) + str(await audit_entries(taken_desk))
    assert invited.code not in told
    assert invited.code.replace("-", "") not in told


async def test_a_code_gives_the_standing_of_its_invitation(taken_desk: Desk) -> None:
    """Once, however it is typed, and to the server that comes first."""
    invited = await invite_office(taken_desk, OPERATOR, "高雄", Standing.READER)
    office = await set_up(taken_desk, 2, "kaohsiung-tw", f" {invited.code.lower()} ")
    assert office.standing is Standing.READER
    again = await set_up(taken_desk, 2, "kaohsiung-tw")  # its own, without any code
    assert (again.id, again.standing) == (office.id, Standing.READER)
    for city in ("kaohsiung-tw", "tainan-tw"):
        with pytest.raises(BadInput, match=r"office\.(taken|code_wrong)"):
            await set_up(taken_desk, 3, city, invited.code)


async def test_a_code_is_used_once_also_by_two_at_once(taken_desk: Desk) -> None:
    """Of four servers with the same code at the same moment, one has the office."""
    invited = await invite_office(taken_desk, OPERATOR, "高雄", Standing.MEMBER)
    won, lost = await outcomes(*(set_up(taken_desk, n, "kaohsiung-tw", invited.code) for n in range(2, 6)))
    assert len(won) == 1
    assert {each.key for each in lost} == {"office.taken"}


async def test_a_code_that_is_not_good(taken_desk: Desk) -> None:
    """Wrong, replaced by a later one, expired, used up: told apart, and nothing is tied."""

    async def refused(desk: Desk, code: str | None, guild_id: int = 2) -> str:
        with pytest.raises(BadInput) as told:
            await begin_setup(desk, administrator(guild_id), "高雄", hash_of(code) if code else None)
        with pytest.raises(BadInput) as told_again:
            await set_up(desk, guild_id, "kaohsiung-tw", code)
        assert told.value.key == told_again.value.key
        return told.value.key

    first = await invite_office(taken_desk, OPERATOR, "高雄", Standing.MEMBER)
    second = await invite_office(taken_desk, OPERATOR, "高雄", Standing.MEMBER)
    later = replace(taken_desk, clock=lambda: taken_desk.clock() + INVITATION_KEPT)
    assert await refused(taken_desk, None) == "office.code_needed"
    assert await refused(taken_desk, "") == "office.code_needed"
    assert await refused(taken_desk, "￿\x00💥") == "office.code_wrong"
    assert await refused(taken_desk, first.code) == "office.code_wrong"
    assert await refused(later, second.code) == "office.code_expired"
    just_before = replace(
        taken_desk, clock=lambda: taken_desk.clock() + INVITATION_KEPT - timedelta(seconds=1)
    )
    await set_up(just_before, 2, "kaohsiung-tw", second.code)
    async with taken_desk.database.write() as session:
        await session.execute(update(OfficeRow).where(OfficeRow.guild_id == 2).values(guild_id=None))
    assert await refused(taken_desk, second.code, guild_id=3) == "office.code_used"


async def test_whom_the_operator_can_invite(taken_desk: Desk) -> None:
    """A place of the registry or of the gazetteer without a server; nobody but the operator can."""
    small = await invite_office(taken_desk, OPERATOR, "斗六", Standing.GUEST)
    office = await set_up(taken_desk, 2, "斗六", small.code)
    assert (office.place.key, office.zone, office.standing) == ("douliu-tw", "Asia/Taipei", Standing.GUEST)
    with pytest.raises(BadInput, match=r"office\.taken"):
        await invite_office(taken_desk, OPERATOR, "taipei-tw", Standing.MEMBER)
    with pytest.raises(AttacheError, match=r"place\.unknown"):
        await invite_office(taken_desk, OPERATOR, "Nirgendheim", Standing.MEMBER)
    with pytest.raises(NotAllowed):
        await invite_office(taken_desk, administrator(1), "高雄", Standing.MEMBER)


# For the operator --------------------------------------------------------------------------------------------


async def test_a_standing_is_changed_with_a_trace(taken_desk: Desk) -> None:
    """Who is set back to reader may write no more from the next command on."""
    office = await office_named(taken_desk, "taipei-tw")
    changed = await change_standing(taken_desk, OPERATOR, office, Standing.READER)
    assert (changed.standing, changed.version) == (Standing.READER, office.version + 1)
    (entry,) = [e for e in await audit_entries(taken_desk) if e.action == "office.settings"]
    assert (entry.before, entry.after) == (
        {"standing": "member"},
        {"standing": "reader", "version": changed.version},
    )
    assert await change_standing(taken_desk, OPERATOR, changed, Standing.READER) == changed


async def test_the_list_of_offices(taken_desk: Desk) -> None:
    """Groups, server and last change of each."""
    listed = {each.office.place.key: each for each in await list_offices(taken_desk, OPERATOR)}
    assert len(listed) == 6
    taipei = listed["taipei-tw"]
    assert taipei.office.guild_id == 1
    assert taipei.last_change == taken_desk.clock()
    assert listed["tainan-tw"].last_change is None
    assert [group.name_en for group in taipei.groups] == ["Six Special Municipalities"]


async def test_the_next_post_of_an_office(taken_desk: Desk) -> None:
    """The first of what will be posted, none where no channel is chosen."""
    office = await office_named(taken_desk, "taipei-tw")
    post = await next_post(taken_desk, office)
    assert post is not None
    assert post.reminder.at >= taken_desk.clock()
    assert await next_post(taken_desk, replace(office, channels={})) is None
