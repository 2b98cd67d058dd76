"""/office setup and /office check, /help, and what happens when something breaks."""

import logging
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
import pytest
from sqlalchemy import update

from bot.domain.access import Role, Scope, Standing
from bot.domain.offices import Purpose, RestDayRule
from bot.domain.reminders import Reminder, ReminderKind, ReminderState
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.invitations import invite_office
from bot.services.office_settings import PostingForm
from bot.services.offices import set_up_office
from bot.ui.help import PARTS, TOPICS
from bot.ui.office_check import role_findings
from db import offices as db_offices
from db.places import ids_by_key
from db.reminders import enqueue
from db.tables import ExchangeRow, OfficeInvitationRow, PartnershipRow, ReminderRow, WorkerRow
from tests.chat.conftest import Seen, Stage
from tests.chat.forms import held, submit
from tests.records import audit_entries

OPERATOR = Caller("en", role=Role.OPERATOR)


async def set_ups(desk: Desk) -> int:
    return len([e for e in await audit_entries(desk) if e.action == "office.set_up"])


async def open_setup(stage: Stage, city: str = "高雄", **options: object) -> Seen:
    options.setdefault("channel", stage.channel)
    return await stage.slash("office setup", stage.administrator, city=city, **options)


@pytest.mark.both_engines
async def test_setting_up_an_office(bare_stage: Stage) -> None:
    """One command and one form tie the server to a city; a test post shows that the channel works."""
    form = await open_setup(bare_stage)
    assert held(form) == {
        "language": "en",
        "zone": "Asia/Taipei",
        "hour": "9",
        "leap_day_rule": "feb_28",
        "rest_day_rule": "same_day",
    }
    seen = await submit(
        form, bare_stage.administrator, language=["zh-TW"], hour=["8"], rest_day_rule=["working_day_before"]
    )
    assert seen.private
    assert "now the office of Kaohsiung" in seen.text
    assert "08:00 (Asia/Taipei)" in seen.text
    assert seen.buttons == ["Posting", "Lead times", "Channels", "Roles", "Quiet ties"]
    (post,) = [embed for message in bare_stage.channel.history() for embed in message.embeds]
    assert post.title == "高雄市 Attaché"
    card = await bare_stage.slash("partner show", partner="Seattle")
    assert card.embed.title == "Kaohsiung – Seattle"
    office = await bare_stage.desk_office()
    assert (office.language, office.posting_hour) == ("zh-TW", 8)
    assert office.rest_day_rule is RestDayRule.WORKING_DAY_BEFORE
    assert dict(office.channels) == dict.fromkeys(Purpose, bare_stage.channel.id)
    (entry,) = [e for e in await audit_entries(bare_stage.desk) if e.action == "office.set_up"]
    assert entry.user_id == bare_stage.administrator.id
    assert entry.before is None
    assert entry.after is not None
    assert entry.after["place"] == "kaohsiung-tw"


async def test_setting_up_in_chinese(bare_stage: Stage) -> None:
    """Form and answer are in the language of the person's Discord."""
    bare_stage.speaks("zh-TW", bare_stage.administrator)
    form = await open_setup(bare_stage)
    assert form.result.modal["title"] == "設定高雄市辦公室"
    assert held(form)["language"] == "zh-TW"
    seen = await submit(form, bare_stage.administrator)
    assert "本伺服器已設為高雄市辦公室" in seen.text
    assert seen.buttons == ["發布方式", "提醒天數", "頻道", "身分組", "久未往來的夥伴"]


async def test_a_form_that_was_open_during_a_restart_is_taken(bare_stage: Stage) -> None:
    """Its custom id carries city and channel; the process that opened it need not be the one that takes it."""
    form = await open_setup(bare_stage)
    await bare_stage.restart()
    seen = await submit(form, bare_stage.administrator)
    assert "now the office of Kaohsiung" in seen.text


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("台北", "not the name of a time zone. Write it like Asia/Taipei"),
        ("UTC+8", "not the name of a time zone"),
        ("EST", "not the name of a time zone"),
        ("Etc/GMT-8", "not the name of a time zone"),
        ("   ", None),  # nothing typed is the place's own
        ("asia／taipei", None),
    ],
)
async def test_a_time_zone_that_is_none_brings_the_form_back(
    bare_stage: Stage, zone: str, expected: str | None
) -> None:
    """With a sentence that shows how to write it, and everything else as it was chosen."""
    form = await open_setup(bare_stage)
    seen = await submit(form, bare_stage.administrator, zone=zone, hour=["17"], language=["zh-TW"])
    if expected is None:
        assert (await bare_stage.desk_office()).zone == "Asia/Taipei"
        return
    assert seen.private
    assert expected in seen.text
    assert await set_ups(bare_stage.desk) == 0
    await bare_stage.restart()
    again = await bare_stage.click(seen, "Open the form again", bare_stage.administrator)
    assert held(again) | {"zone": zone} == held(again)
    assert (held(again)["hour"], held(again)["language"]) == ("17", "zh-TW")
    done = await submit(again, bare_stage.administrator, zone="Asia/Tokyo")
    assert "17:00 (Asia/Tokyo)" in done.text


async def test_setting_up_again_keeps_what_is_there(stage: Stage) -> None:
    """The form of a server that has an office begins with its settings, and the office stays since when it was."""
    before = await stage.desk_office()
    await submit(await open_setup(stage), stage.administrator, hour=["7"])
    other = stage.guild.create_text_channel("another")
    form = await open_setup(stage, channel=other)
    assert held(form)["hour"] == "7"
    await submit(form, stage.administrator)
    after = await stage.desk_office()
    assert (after.since, after.posting_hour) == (before.since, 7)
    assert set(after.channels.values()) == {other.id}


async def test_staff_may_not_set_up_an_office(bare_stage: Stage) -> None:
    """Without the right to manage the server, the command is refused, and nothing is tied."""
    with pytest.raises(Exception, match=r"permission|visible|available"):
        await bare_stage.slash("office setup", city="kaohsiung-tw", channel=bare_stage.channel)
    assert await set_ups(bare_stage.desk) == 0


async def test_a_closed_channel_is_refused(bare_stage: Stage) -> None:
    """A channel that the bot may not write to is told before any form is opened."""
    closed = bare_stage.guild.create_text_channel(
        "closed",
        overwrites={bare_stage.env.bot.user: discord.PermissionOverwrite(send_messages=False)},
    )
    seen = await open_setup(bare_stage, channel=closed)
    assert seen.result.modal is None
    assert "may not write in #closed" in seen.text


async def test_a_test_post_that_fails_is_told(bare_stage: Stage) -> None:
    """The office is set up all the same; the answer says what to look at."""
    form = await open_setup(bare_stage)
    bare_stage.env.inject_error("POST", "/channels/*/messages", status=403, times=1)
    seen = await submit(form, bare_stage.administrator)
    assert "now the office of Kaohsiung" in seen.text
    assert "test post could not be sent" in seen.text


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("Nirgendheim", "No place called"),
        ("Columbus", "several places"),
        ("taipei-tw", "server is the office of"),
    ],
)
async def test_a_server_has_one_office(stage: Stage, city: str, expected: str) -> None:
    """Unknown and ambiguous cities, and a second city for the same server, get a sentence before any form."""
    seen = await open_setup(stage, city)
    assert seen.result.modal is None
    assert expected in seen.text


async def suggested(stage: Stage, typed: str) -> dict[str, str]:
    found = await stage.administrator.autocomplete(
        stage.channel, "office setup", "city", typed, channel=stage.channel
    )
    return {choice["name"]: choice["value"] for choice in found}


async def test_cities_are_suggested_before_there_is_an_office(bare_stage: Stage) -> None:
    """The registry's first, then the world's, none of them twice."""
    found = await suggested(bare_stage, "高雄")
    assert next(iter(found.values())) == "kaohsiung-tw"
    assert sum(label.startswith("Kaohsiung, Taiwan") for label in found) == 1
    assert len(await suggested(bare_stage, "san")) == 25
    assert await suggested(bare_stage, "\x00" * 6000) is not None


async def test_a_stranger_learns_nothing_of_what_offices_share(bare_stage: Stage) -> None:
    """A place that stands only in a shared record is suggested as any other of the world; taking it still works."""
    async with bare_stage.desk.database.write() as session:
        await session.execute(update(PartnershipRow).values(scope=Scope.SHARED))
        await session.execute(update(ExchangeRow).values(scope=Scope.SHARED))
    found = await suggested(bare_stage, "Seattle")
    assert found
    assert all(value.startswith("geonames:") for value in found.values())
    told = (await open_setup(bare_stage, "Seatle")).text
    assert "Seattle" not in told
    form = await open_setup(bare_stage, next(iter(found.values())))
    await submit(form, bare_stage.administrator)
    assert (await bare_stage.desk_office()).place.key == "seattle-us"


@pytest.mark.parametrize(
    ("typed", "key", "zone"),
    [
        ("斗六", "douliu-tw", "Asia/Taipei"),
        ("Slany", "slany-cz", "Europe/Prague"),
        ("Czechia", "czechia-cz", "Europe/Prague"),
    ],
)
async def test_a_place_that_the_registry_does_not_know(
    bare_stage: Stage, typed: str, key: str, zone: str
) -> None:
    """A small town, or a country for a ministry: suggested, set up, and in the registry only then."""
    value = next(value for value in (await suggested(bare_stage, typed)).values() if ":" in value)
    form = await open_setup(bare_stage, value)
    assert held(form)["zone"] == zone
    async with bare_stage.desk.database.read() as session:
        before = await ids_by_key(session, [key])
    await bare_stage.restart()
    refused = await submit(form, bare_stage.administrator, zone="nowhere")
    again = await bare_stage.click(refused, "Open the form again", bare_stage.administrator)
    seen = await submit(again, bare_stage.administrator, zone=zone)
    assert "now the office of" in seen.text
    office = await bare_stage.desk_office()
    assert (office.place.key, office.zone) == (key, zone)
    assert before == {}
    assert (await bare_stage.slash("quiet")).embed.title == f"Quiet ties of {office.place.name_en}"


# Codes -------------------------------------------------------------------------------------------------------


@pytest.fixture
async def second(bare_stage: Stage) -> Stage:
    """A server that comes after the first: Taipei's has its office already."""
    caller = Caller("en", 1, 1, role=Role.OPERATOR)
    await set_up_office(bare_stage.desk, caller, "taipei-tw", 10, PostingForm())
    return bare_stage


async def test_a_later_server_needs_a_code(second: Stage) -> None:
    """It is told so, and whom to ask; with the code it goes on, in the standing that the operator gave."""
    refused = await open_setup(second)
    assert refused.private
    assert "needs a code" in refused.text
    invited = await invite_office(second.desk, OPERATOR, "高雄", Standing.GUEST)
    form = await open_setup(second, code=invited.code.lower().replace("-", " "))
    await second.restart()
    seen = await submit(form, second.administrator)
    assert "now the office of Kaohsiung" in seen.text
    assert (await second.desk_office()).standing is Standing.GUEST


async def test_a_code_survives_a_form_that_comes_back(second: Stage) -> None:
    """It is used up when the office is taken, not when a field was mistyped; nowhere is it kept as it was typed."""
    invited = await invite_office(second.desk, OPERATOR, "高雄", Standing.MEMBER)
    form = await open_setup(second, code=invited.code)
    assert invited.code not in str(form.result.modal)
    refused = await submit(form, second.administrator, zone="nowhere")
    again = await second.click(refused, "Open the form again", second.administrator)
    seen = await submit(again, second.administrator, zone="Asia/Taipei")
    assert "now the office of Kaohsiung" in seen.text
    async with second.desk.database.read() as session:
        for table in (OfficeInvitationRow.__table__,):
            rows = (await session.execute(table.select())).all()
            assert invited.code not in str(rows)


async def test_a_code_that_is_not_good_is_told(second: Stage) -> None:
    """Wrong, for another city, expired, used: a sentence each, and no form."""
    assert "not a code for" in (await open_setup(second, code="ABCD-EFGH-JKMN-PQRS")).text
    elsewhere = await invite_office(second.desk, OPERATOR, "臺南", Standing.MEMBER)
    assert "not a code for" in (await open_setup(second, code=elsewhere.code)).text
    invited = await invite_office(second.desk, OPERATOR, "高雄", Standing.MEMBER)
    async with second.desk.database.write() as session:
        await session.execute(update(OfficeInvitationRow).values(expires_at=second.desk.clock()))
    assert "has expired" in (await open_setup(second, code=invited.code)).text
    async with second.desk.database.write() as session:
        await session.execute(update(OfficeInvitationRow).values(used_at=second.desk.clock()))
    assert "has been used already" in (await open_setup(second, code=invited.code)).text
    assert await set_ups(second.desk) == 1


async def test_guessing_codes_is_slowed_down(second: Stage) -> None:
    """After a few tries one has to wait."""
    for _ in range(5):
        assert "not a code for" in (await open_setup(second, code="GUESS")).text
    assert "Please try again in" in (await open_setup(second, code="GUESS")).text


# Check -------------------------------------------------------------------------------------------------------


async def check(stage: Stage) -> list[str]:
    seen = await stage.slash("office check", stage.administrator)
    assert seen.private
    return str(seen.embed.description).splitlines()


async def test_a_check_of_an_office_that_is_well(stage: Stage) -> None:
    """Every line has its tick; what comes next is told."""
    now = stage.desk.clock()
    async with stage.desk.database.write() as session:
        session.add(WorkerRow(name="one", shards="0 of 1", started_at=now, seen_at=now, last_pass_at=now))
    lines = await check(stage)
    assert [line for line in lines if not line.startswith("✓ ")] == []
    text = "\n".join(lines)
    assert "office of Kaohsiung (member)" in text
    assert "Anniversaries, Quiet ties, Digests, and Visits: posts can go to #international-affairs" in text
    assert "Administrators: whoever may manage this server" in text
    assert "newest revision" in text
    assert "Last reminder pass: Fri 20 Nov 2026, 12:00" in text
    assert "Next post, " in text


async def test_a_check_tells_what_is_not_well_and_how_to_mend_it(stage: Stage) -> None:
    """Channels, roles, the reminder loop, and posts that did not go out."""
    gone, now = stage.guild.create_text_channel("gone"), stage.desk.clock()
    closed = stage.guild.create_text_channel(
        "closed",
        overwrites={
            stage.env.bot.user: discord.PermissionOverwrite(embed_links=False, mention_everyone=False)
        },
    )
    office = await stage.desk_office()
    post = Reminder(
        office.id, ReminderKind.DORMANCY, "P195", datetime(2026, 11, 19, tzinfo=UTC).date(), 0, closed.id, now
    )
    async with stage.desk.database.write() as session:
        await db_offices.set_channels(
            session, office.id, {Purpose.ANNIVERSARIES: gone.id, Purpose.DORMANCY: closed.id}
        )
        await db_offices.set_roles(session, office.id, {12345: Role.EDITOR}, Role.READER)
        await db_offices.set_notify_role(session, office.id, stage.managers.id)
        await enqueue(session, [post], now - timedelta(days=3))
        await session.execute(update(ReminderRow).values(state=ReminderState.BLOCKED, reason="forbidden"))
        session.add(
            WorkerRow(
                name="one", shards="0 of 1", started_at=now, seen_at=now,
                last_pass_at=now - timedelta(hours=2), last_error="TimeoutError", last_error_at=now,
            )
        )  # fmt: skip
    stage.env.backend.delete_channel(gone.id)
    await stage.env.settle()
    lines = await check(stage)
    text = "\n".join(lines)
    for expected in (
        "✗ Anniversaries: the channel is gone. Pick another one",
        "✗ Quiet ties: in #closed, allow Attaché",
        "✓ Digests and Visits: no channel is chosen",
        "✗ 1 Discord role that was on a level is gone",
        f"✗ Discord will not notify <@&{stage.managers.id}>",
        "✗ The last reminder pass was Fri 20 Nov 2026, 10:00",
        "TimeoutError",
        "✗ Posts of Kaohsiung are blocked",
    ):
        assert expected in text, text


async def test_administrators_whose_role_is_gone(stage: Stage) -> None:
    """Only the owner of the server is left as one, and can mend it."""
    guild = stage.env.bot.get_guild(stage.guild.id)
    assert guild is not None
    office = await stage.desk_office()
    for held_by, key in (
        ({stage.managers.id}, "check.administrators"),
        ({12345}, "check.owner_only"),
        (set(), "check.managers"),
    ):
        roles = dict.fromkeys(held_by, Role.ADMINISTRATOR)
        assert next(each.key for each in role_findings(guild, replace(office, roles=roles))) == key


async def test_a_check_without_any_process(stage: Stage) -> None:
    """Nobody makes reminder passes: the one thing that is not well here."""
    lines = await check(stage)
    assert [line for line in lines if line.startswith("✗")] == [
        "✗ No reminder pass was seen in the last week. Tell whoever runs this Attaché."
    ]


# Help, and the unexpected ------------------------------------------------------------------------------------


async def test_help_has_an_entry_for_each_command(stage: Stage) -> None:
    """Help and command tree do not drift apart."""
    paths = {
        " ".join(part for part in (command.parent.name if command.parent else None, command.name) if part)
        for command in stage.env.bot.tree.walk_commands()
        if not isinstance(command, discord.app_commands.Group)
    }
    assert {topic.replace("_", " ") for topic in TOPICS} == paths - {"help"}
    seen = await stage.slash("help")
    told = seen.text
    for part in list(PARTS)[1:]:
        told += (await stage.click(seen, Texts("en")(f"help.{part}_button"))).text
    assert set(re.findall(r"\*\*/([a-z -]+)\*\*", told)) == paths - {"help"}


async def test_the_unexpected_gets_a_reference(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A broken service is answered with a short number that the log carries, with nothing of the person's."""

    async def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("bot.ui.partner_buttons.show_partner", broken)
    with caplog.at_level(logging.ERROR):
        seen = await stage.slash("partner show", partner="a secret that was typed")
    assert seen.private
    reference = seen.text.split("**")[1]
    assert f"reference {reference}" in caplog.text
    assert "a fault of ours" in caplog.text
    assert "a secret that was typed" not in caplog.text
    [error] = [e for e in stage.env.errors if isinstance(getattr(e, "original", e), RuntimeError)]
    stage.env._errors.remove(error)
