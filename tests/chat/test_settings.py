"""/office settings: the card, the three forms behind its buttons, and what they leave in the audit trail."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import discord
import pytest

from bot.domain.access import Role
from bot.domain.anniversaries import LeapDayRule
from bot.domain.errors import BadInput, ChangedMeanwhile
from bot.domain.offices import Office, Posting, Purpose, RestDayRule
from bot.domain.reminders import Reminder, ReminderKind, ReminderState
from bot.i18n.texts import Texts
from bot.services.desk import Caller
from bot.services.office_settings import (
    ChannelsForm,
    PostingForm,
    RolesForm,
    change_channels,
    change_posting,
    change_roles,
)
from bot.ui.office_settings import settings_view
from db.reminders import enqueue
from tests.chat.conftest import Seen, Stage
from tests.chat.forms import fields, held, submit
from tests.chat.test_nonsense import NONSENSE
from tests.records import AuditEntry, audit_entries, outbox


async def card(stage: Stage) -> Seen:
    return await stage.slash("office settings", stage.administrator)


async def opened(stage: Stage, part: str) -> Seen:
    return await stage.click(await card(stage), part, stage.administrator)


async def changes(stage: Stage) -> list[AuditEntry]:
    return [each for each in await audit_entries(stage.desk) if each.action == "office.settings"]


def another_channel(stage: Stage, name: str, **forbidden: bool) -> Any:
    denied = discord.PermissionOverwrite(**dict.fromkeys(forbidden, False))
    return stage.guild.create_text_channel(name, overwrites={stage.env.bot.user: denied} if forbidden else {})


# The card ----------------------------------------------------------------------------------------------------


async def test_the_card_tells_every_setting(stage: Stage) -> None:
    """As it is after setting up: nothing is left to guess."""
    seen = await card(stage)
    assert seen.private
    assert seen.buttons == ["Posting", "Lead times", "Channels", "Roles", "Quiet ties"]
    assert seen.field("Posting").splitlines() == [
        "Language of posts: English",
        "Hour of posting: 09:00 (Asia/Taipei)",
        "Signed on 29 February: marked on 28 February in other years",
        "For weekends and public holidays: posted on the day itself",
        "Milestones are told so many days before: 180, 90, 30, 7, 0 (0 is the day itself)",
        "Other anniversaries are told so many days before: 30, 7, 0",
        "What virtual visits saved is told, by the built-in factors",
    ]
    channels = [
        f"{purpose}: <#{stage.channel.id}>"
        for purpose in ("Anniversaries", "Quiet ties", "Digests", "Visits")
    ]
    assert seen.field("Channels").splitlines() == [*channels, "Reminders notify nobody"]
    assert seen.field("Roles").splitlines() == [
        "administrator: whoever may manage this server",
        "everyone else: logger",
    ]


async def test_the_card_in_chinese(stage: Stage) -> None:
    """Every word of it."""
    stage.speaks("zh-TW", stage.administrator)
    seen = await card(stage)
    assert seen.embed.title == "高雄市辦公室的設定"
    assert "逢週末或國定假日：當天照常發布" in seen.text
    assert "管理員：具有「管理伺服器」權限的人" in seen.text
    form = await stage.click(seen, "發布方式", stage.administrator)
    assert form.result.modal["title"] == "發布方式"


async def test_staff_may_not_open_the_forms(stage: Stage) -> None:
    """The buttons ask again who presses, also where everybody sees the card."""
    shown = await card(stage)
    channel = stage.env.bot.get_channel(stage.channel.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send("settings", view=settings_view(Texts("en")))
    for label in shown.buttons:
        refused = Seen(await stage.staff.click(message, label=label))
        assert refused.private
        assert "takes the role “administrator”" in refused.text


# Posting -----------------------------------------------------------------------------------------------------


async def test_changing_how_the_office_posts(stage: Stage) -> None:
    """The form begins with what is there; what changed, and only that, is in the audit trail; the card follows."""
    form = await opened(stage, "Posting")
    await stage.restart()
    seen = await submit(
        form, stage.administrator, language=["zh-TW"], zone="asia/tokyo", leap_day_rule=["mar_1"]
    )
    assert "Hour of posting: 09:00 (Asia/Tokyo)" in seen.text
    office = await stage.desk_office()
    assert office.posting == Posting("zh-TW", "Asia/Tokyo", 9, LeapDayRule.MAR_1, RestDayRule.SAME_DAY)
    (entry,) = await changes(stage)
    assert (entry.user_id, entry.guild_id) == (stage.administrator.id, stage.guild.id)
    assert entry.before == {"language": "en", "zone": "Asia/Taipei", "leap_day_rule": "feb_28"}
    assert entry.after == {
        "language": "zh-TW", "zone": "Asia/Tokyo", "leap_day_rule": "mar_1", "version": office.version,
    }  # fmt: skip
    assert held(await opened(stage, "Posting"))["zone"] == "Asia/Tokyo"


async def test_submitting_what_is_there_changes_nothing(stage: Stage) -> None:
    """No entry, no new version: somebody else's open form is still good."""
    before = await stage.desk_office()
    for part in ("Posting", "Channels", "Roles"):
        seen = await submit(await opened(stage, part), stage.administrator, stage.channel)
        assert "Settings of the office of Kaohsiung" in seen.text
    assert await stage.desk_office() == before
    assert await changes(stage) == []


@pytest.mark.usefixtures("no_pings")
async def test_nonsense_as_a_time_zone(stage: Stage) -> None:
    """The only field to type into: a sentence each time, the form comes back, nothing changes."""
    before = await stage.desk_office()
    for typed in NONSENSE:
        form = await opened(stage, "Posting")
        seen = await submit(form, stage.administrator, zone=typed[:64])
        assert seen.private
        assert "time zone" in seen.text, typed
        assert "@everyone" not in seen.text
        assert "<@" not in seen.text
        assert seen.buttons == ["Open the form again"]
    assert await stage.desk_office() == before
    assert await changes(stage) == []


async def test_who_is_second_is_told_what_changed(stage: Stage) -> None:
    """Two open the same form: the later one sees what the other did, and is asked, with the form as it was filled."""
    mine, theirs = await opened(stage, "Posting"), await opened(stage, "Posting")
    await submit(theirs, stage.administrator, hour=["8"], language=["zh-TW"])
    refused = await submit(mine, stage.administrator, zone="Asia/Tokyo")
    assert refused.private
    assert "Somebody else has changed the settings" in refused.text
    assert "Hour of posting: 09:00 → 08:00" in refused.text
    assert "Language of posts: English → Chinese (Taiwan)" in refused.text
    assert (await stage.desk_office()).zone == "Asia/Taipei"
    again = await stage.click(refused, "Open the form again", stage.administrator)
    assert (held(again)["zone"], held(again)["hour"]) == ("Asia/Tokyo", "9")
    await submit(again, stage.administrator)
    office = await stage.desk_office()
    assert (office.zone, office.posting_hour) == ("Asia/Tokyo", 9)
    assert len(await changes(stage)) == 2


async def test_what_was_changed_back_stands_in_nobodys_way(stage: Stage) -> None:
    """There is nothing to tell of: the form is taken."""
    mine = await opened(stage, "Posting")
    await submit(await opened(stage, "Posting"), stage.administrator, hour=["8"])
    await submit(await opened(stage, "Posting"), stage.administrator, hour=["9"])
    await submit(mine, stage.administrator, zone="Asia/Tokyo")
    assert (await stage.desk_office()).zone == "Asia/Tokyo"


async def test_of_two_at_the_same_moment_one_is_told(stage: Stage) -> None:
    """Also where both have read the same version: one is stored, the other knows of it."""
    office = await stage.desk_office()
    caller = Caller("en", 1, stage.guild.id, office, Role.ADMINISTRATOR)
    outcomes = await asyncio.gather(
        *(
            change_posting(
                stage.desk, caller, PostingForm(hour=str(hour), zone="Asia/Taipei"), office.version
            )
            for hour in (1, 2, 3)
        ),
        return_exceptions=True,
    )
    (stored,) = [each for each in outcomes if isinstance(each, Office)]
    told = [each for each in outcomes if isinstance(each, ChangedMeanwhile)]
    assert len(told) == 2
    assert all(each.version == stored.version for each in told)
    assert (await stage.desk_office()).posting_hour == stored.posting_hour
    assert len(await changes(stage)) == 1


# Channels ----------------------------------------------------------------------------------------------------


def waiting(office: Office, kind: ReminderKind, subject: str, now: datetime) -> Reminder:
    purpose = Purpose.ANNIVERSARIES if kind is ReminderKind.ANNIVERSARY else Purpose.DORMANCY
    day = date(2026, 11, 20)
    return Reminder(office.id, kind, subject, day, 0, office.channels[purpose], now)


async def test_each_purpose_has_its_channel(stage: Stage) -> None:
    """What waits for a purpose goes to its new channel, and to no other; without one it is called off."""
    office, now = await stage.desk_office(), stage.desk.clock()
    async with stage.desk.database.write() as session:
        planned = [
            waiting(office, ReminderKind.ANNIVERSARY, "P1", now),
            waiting(office, ReminderKind.DORMANCY, "P2", now),
        ]
        await enqueue(session, planned, now - timedelta(days=1))
    first = another_channel(stage, "anniversaries")
    form = await opened(stage, "Channels")
    assert held(form) == {purpose: [stage.channel.id] for purpose in Purpose} | {"notify_role": []}
    seen = await submit(
        form, stage.administrator, stage.channel, anniversaries=[first], dormancy=[], visits=[]
    )
    assert f"Anniversaries: <#{first.id}>" in seen.text
    assert "Quiet ties: no channel, so nothing is posted" in seen.text
    office = await stage.desk_office()
    assert office.channels == {Purpose.ANNIVERSARIES: first.id, Purpose.DIGESTS: stage.channel.id}
    rows = {row.subject: (row.channel_id, row.state) for row in await outbox(stage.desk)}
    assert rows == {
        "P1": (first.id, ReminderState.PENDING),
        "P2": (stage.channel.id, ReminderState.CANCELLED),
    }
    (entry,) = await changes(stage)
    assert entry.before == {f"channel_{p}": stage.channel.id for p in ("anniversaries", "dormancy", "visits")}
    assert entry.after == {
        "channel_anniversaries": first.id, "channel_dormancy": None, "channel_visits": None,
        "version": office.version,
    }  # fmt: skip


async def test_a_channel_that_is_closed_brings_the_form_back(stage: Stage) -> None:
    """Each channel is looked at before anything is stored."""
    closed = another_channel(stage, "closed", send_messages=False)
    form = await opened(stage, "Channels")
    refused = await submit(form, stage.administrator, stage.channel, digests=[closed])
    assert "may not write in #closed" in refused.text
    assert await changes(stage) == []
    again = await stage.click(refused, "Open the form again", stage.administrator)
    assert held(again)["digests"] == [closed.id]
    await submit(again, stage.administrator, stage.channel, digests=[])
    assert Purpose.DIGESTS not in (await stage.desk_office()).channels


async def test_a_channel_that_is_gone_is_not_offered(stage: Stage) -> None:
    """Discord would refuse a form that has it chosen."""
    other = another_channel(stage, "short-lived")
    await submit(await opened(stage, "Channels"), stage.administrator, stage.channel, visits=[other])
    stage.env.backend.delete_channel(other.id)
    await stage.env.settle()
    assert held(await opened(stage, "Channels"))["visits"] == []


async def test_the_role_to_notify(stage: Stage) -> None:
    """One role; where Discord would show the mention and notify nobody, that is said."""
    silent = stage.guild.create_role("protocol")
    loud = stage.guild.create_role("protocol-on-call", mentionable=True)
    strict = another_channel(stage, "strict", mention_everyone=True)
    form = await opened(stage, "Channels")
    seen = await submit(form, stage.administrator, stage.channel, notify_role=[silent], dormancy=[strict])
    assert f"Reminders notify <@&{silent.id}>" in seen.text
    assert "Discord will not notify that role" in seen.text
    form = await opened(stage, "Channels")
    seen = await submit(form, stage.administrator, stage.channel, strict, notify_role=[loud])
    assert "Discord will not notify" not in seen.text
    assert (await stage.desk_office()).notify_role_id == loud.id


async def test_nothing_can_notify_everybody(stage: Stage) -> None:
    """The role that everybody has is no role to notify, nor one for a level, whoever asks for it."""
    office = await stage.desk_office()
    caller = Caller("en", 1, stage.guild.id, office, Role.ADMINISTRATOR)
    with pytest.raises(BadInput, match=r"office\.pings_everyone"):
        await change_channels(stage.desk, caller, ChannelsForm({}, stage.guild.id), office.version)
    levels = {Role.EDITOR: [stage.guild.id]}
    with pytest.raises(BadInput, match=r"office\.role_of_all"):
        await change_roles(stage.desk, caller, RolesForm(levels, "logger"), office.version)
    with pytest.raises(BadInput, match=r"office\.not_offered"):
        await change_roles(stage.desk, caller, RolesForm({}, "administrator"), office.version)
    assert await stage.desk_office() == office


# Roles -------------------------------------------------------------------------------------------------------


async def test_what_roles_mean(stage: Stage) -> None:
    """Roles by level, and what everyone else is; from then on it counts."""
    heads, clerks, interns = (stage.guild.create_role(name) for name in ("heads", "clerks", "interns"))
    form = await opened(stage, "Roles")
    assert list(fields(form)) == ["administrator", "editor", "logger", "reader", "everyone"]
    seen = await submit(
        form, stage.administrator,
        administrator=[heads, stage.managers], editor=[clerks], reader=[interns], everyone=["nobody"],
    )  # fmt: skip
    assert seen.field("Roles").splitlines() == [
        f"administrator: {' '.join(f'<@&{n}>' for n in sorted((heads.id, stage.managers.id)))}",
        f"editor: <@&{clerks.id}>",
        f"reader: <@&{interns.id}>",
        "everyone else: nobody",
    ]
    office = await stage.desk_office()
    assert office.roles == {
        heads.id: Role.ADMINISTRATOR,
        stage.managers.id: Role.ADMINISTRATOR,
        clerks.id: Role.EDITOR,
        interns.id: Role.READER,
    }
    refused = await stage.slash("quiet")
    assert "yours here is “nobody”" in refused.text
    (entry,) = await changes(stage)
    assert entry.before == {
        "role_administrator": [],
        "role_editor": [],
        "role_reader": [],
        "everyone": "logger",
    }
    assert held(await opened(stage, "Roles"))["editor"] == [clerks.id]


async def test_a_role_stands_on_one_level_only(stage: Stage) -> None:
    """Twice the same role: a sentence, and the form comes back as it was filled."""
    clerks = stage.guild.create_role("clerks")
    form = await opened(stage, "Roles")
    refused = await submit(form, stage.administrator, editor=[clerks], logger=[clerks])
    assert f"<@&{clerks.id}> is on more than one level: logger and editor" in refused.text
    assert await changes(stage) == []
    again = await stage.click(refused, "Open the form again", stage.administrator)
    assert held(again)["logger"] == [clerks.id]
    await submit(again, stage.administrator, clerks, logger=[])
    assert (await stage.desk_office()).roles == {clerks.id: Role.EDITOR}


async def test_who_gives_the_office_away_is_no_administrator_any_more(stage: Stage) -> None:
    """Managing the server counts only until a role is on that level; the owner always stays one."""
    heads = stage.guild.create_role("heads")
    await submit(await opened(stage, "Roles"), stage.administrator, administrator=[heads])
    refused = await card(stage)
    assert "takes the role “administrator”" in refused.text


async def test_an_unconfigured_server_gets_a_pointer(bare_stage: Stage) -> None:
    """Settings and check without an office: how to set one up, and nothing else."""
    for command in ("office settings", "office check"):
        seen = await bare_stage.slash(command, bare_stage.administrator)
        assert seen.private
        assert "/office setup" in seen.text
        assert seen.result.response.components in ([], None)
