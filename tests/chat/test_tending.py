"""Reminders in the hands of people: the buttons under a post, and the commands that show and tend them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.delivery import Delivery
from bot.domain.reminders import ReminderState
from bot.services.desk import Desk
from tests.chat.conftest import Seen, Stage
from tests.chat.forms import fields, held, submit
from tests.records import outbox

BUSAN_DAY = datetime(2026, 6, 30, 1, 30, tzinfo=UTC)
"""Half past nine in Kaohsiung, sixty years after the signing with Busan."""


class Mover:
    """A clock that the test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def mover() -> Mover:
    return Mover(BUSAN_DAY - timedelta(hours=10))


@pytest.fixture
def seeded_desk(seeded_desk: Desk, mover: Mover) -> Desk:
    """The starter data under a clock that moves, from the evening before the anniversary with Busan."""
    return replace(seeded_desk, clock=mover)


async def posted(stage: Stage, mover: Mover) -> Any:
    """The message of the sixtieth anniversary, after a restart: its buttons have to outlive that."""
    mover.now = BUSAN_DAY
    await Delivery(stage.desk, stage.env.bot).make_pass()
    await stage.restart()
    [message] = [
        each for each in stage.channel.history() if any("Busan" in str(embed.title) for embed in each.embeds)
    ]
    return message


async def press(stage: Stage, message: Any, label: str, person: Any = None) -> Seen:
    return Seen(await (person or stage.staff).click(message, label=label))


@pytest.mark.usefixtures("no_pings")
async def test_the_buttons_under_a_post(stage: Stage, mover: Mover) -> None:
    """Plan on another day, assign, put off for a day, say that it is done and not: each answers, none pings."""
    message = await posted(stage, mover)
    form = await press(stage, message, "Plan celebration")
    assert held(form) == {"date": "2026-06-30", "title": "60 years with Busan", "mode": "in_person"}
    refused = await submit(form, stage.staff, date="2026-02-30")
    assert refused.private
    form = await stage.click(refused, "Open the form again")
    planned = await submit(form, stage.staff, date="2026-07-04 14:00", title="Concert")
    assert "Planned: Concert" in planned.text
    assert "Sat 4 Jul 2026, 14:00" in planned.text

    form = await press(stage, message, "Assign")
    [(name, _)] = fields(form).items()
    assert held(form) == {"person": [stage.staff.id]}
    assigned = await submit(form, stage.staff, **{name: [stage.administrator]})
    assert f"<@{stage.administrator.id}> looks after this" in assigned.text

    asked = await press(stage, message, "Snooze")
    assert asked.buttons == ["In a day", "In a week", "On a day…"]
    assert asked.private
    snoozed = await stage.click(asked, "In a day")
    assert "Again Wed 1 Jul 2026, 09:00" in snoozed.text
    form = await stage.click(asked, "On a day…")
    refused = await submit(form, stage.staff, until="2026-06-30")
    assert "is not ahead" in refused.text
    mover.now += timedelta(days=1)
    await Delivery(stage.desk, stage.env.bot).make_pass()
    [*_, again] = [each for each in stage.channel.history() if "Busan" in str(each.embeds[0].title)]
    assert "On Tuesday, 30 June 2026" in str(again.embeds[0].description)
    assert f"<@{stage.administrator.id}> looks after this" in str(again.embeds[0].description)

    done = await press(stage, again, "Done")
    assert "says that this is done" in done.text
    assert not done.private
    assert "Not done" in (await stage.click(done, "Not done after all")).text


async def test_who_may_press_them(stage: Stage, mover: Mover) -> None:
    """Readers may not; they are told why."""
    message = await posted(stage, mover)
    roles = await stage.slash("office settings", stage.administrator)
    form = await stage.click(roles, "Roles", stage.administrator)
    await submit(form, stage.administrator, everyone=["reader"])
    for label in ("Plan celebration", "Assign", "Snooze", "Done"):
        refused = await press(stage, message, label)
        assert "logger" in refused.text
        assert refused.private


async def test_what_comes_and_why(stage: Stage, mover: Mover) -> None:
    """By which rule, where, who looks after it; what was put off stands there as such; muted ties do not."""
    seen = await stage.slash("reminders upcoming", days=5)
    assert seen.private
    assert f"**Tue 30 Jun 2026, 09:00** <#{stage.channel.id}>" in seen.text
    assert "Kaohsiung – Busan: 60 years, diamond jubilee" in seen.text
    assert "Anniversary: on its day" in seen.text
    mover.now = BUSAN_DAY
    await Delivery(stage.desk, stage.env.bot).make_pass()
    assert (
        "Wed 1 Jul 2026, 09:00"
        in (await stage.slash("reminders snooze", record="P191", until="2026-07-01")).text
    )
    assert "put off until then by somebody" in (await stage.slash("reminders upcoming", days=5)).text
    muted = await stage.slash("reminders mute", stage.administrator, partner="Busan", until="2026-08-01")
    assert "no reminders before 1 August 2026" in muted.text
    assert "Busan" not in (await stage.slash("reminders upcoming", days=5)).text
    settings = await stage.slash("reminders settings")
    assert "no reminders before 1 August 2026" in settings.text
    assert settings.buttons == ["Posting", "Lead times", "Channels", "Quiet ties"]
    assert "come again" in (await stage.slash("reminders unmute", stage.administrator, partner="Busan")).text
    stage.speaks("zh-TW")
    seen = await stage.slash("reminders upcoming", days=5)
    assert "高雄市–釜山 60 週年（一甲子）" in seen.text
    assert "週年：有人延後至此時" in seen.text


async def test_what_was_posted(stage: Stage, mover: Mover) -> None:
    """With a link to the message; what a closed channel kept back as well; a test goes where reminders go."""
    message = await posted(stage, mover)
    tested = await stage.slash("reminders test", stage.administrator, purpose="anniversaries")
    assert "A test for Anniversaries stands in" in tested.text
    log = await stage.slash("reminders log")
    assert log.private
    link = f"https://discord.com/channels/{stage.guild.id}/{stage.channel.id}/{message.id}"
    assert f"Anniversary `P191`, 30 June 2026: posted · [message]({link})" in log.text
    assert "done" in (await stage.slash("reminders done", record="P191")).text
    given = await stage.slash("reminders assign", record="P191", person=stage.administrator)
    assert "looks after this" in given.text
    assert [row.state for row in await outbox(stage.desk) if row.subject == "P191"] == [ReminderState.SENT]
    unknown = await stage.slash("reminders done", record="P1")
    assert "There is no reminder about P1" in unknown.text
