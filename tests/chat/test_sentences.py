"""Free sentences in chat: mentioning the bot, a direct message, the menu of a message, and the buttons of the card."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.domain.access import ANYONE
from bot.domain.dates import PartialDate
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeStatus
from db.exchanges import all_exchanges
from tests.chat.conftest import Seen, Stage
from tests.chat.forms import held, submit

STARTER = 147
ONE_DAY = timedelta(days=1)
SENTENCE = "logged: video call with Seattle on housing, 40 min, 6 people, yesterday at 9 am"


async def logged(stage: Stage) -> list[Exchange]:
    async with stage.desk.database.read() as session:
        return (await all_exchanges(session, ANYONE))[STARTER:]


class Replied(Seen):
    """A message of the bot's that answers no interaction."""

    def __init__(self, message: Any) -> None:
        super().__init__(SimpleNamespace(response=message))

    @property
    def buttons(self) -> list[str]:
        return [item.label for row in self.result.response.components for item in row.children]


async def say(stage: Stage, text: str, person: Any = None) -> Seen:
    """Mention the bot with a text, and see its reply."""
    person = person or stage.staff
    bot = stage.env.bot.user
    sent = await person.send(stage.channel, f"<@{bot.id}> {text}")
    reply = stage.channel.last_message
    assert reply.reference is not None
    assert reply.reference.message_id == sent.id
    return Replied(reply)


@pytest.mark.usefixtures("no_pings")
async def test_a_mention_is_read_shown_and_logged_when_confirmed(stage: Stage) -> None:
    """After a restart, too; for its writer alone; the link is kept."""
    seen = await say(stage, SENTENCE)
    assert seen.embed.title == "Is this right?"
    for told in ("Seattle, Washington", "virtual visit", "🕘 Wed 18 Nov 2026, 17:00 in Seattle", "40 minutes",
                 "6 people", "housing", "Not said: Level.", "Nothing is stored before you confirm."):  # fmt: skip
        assert told in seen.text
    assert seen.buttons == ["Confirm", "Edit", "Reword", "Cancel"]
    assert await logged(stage) == []
    await stage.restart()
    refused = await stage.click(seen, "Confirm", stage.administrator)
    assert "Only the person who wrote this" in refused.text
    assert refused.private
    assert await logged(stage) == []
    done = await stage.click(seen, "Confirm")
    assert done.embed.title == "X148 logged: Seattle"
    assert "Undo" in done.buttons
    (exchange,) = await logged(stage)
    assert (exchange.kind, exchange.minutes, exchange.people) == (ExchangeKind.VIRTUAL_VISIT, 40, 6)
    assert exchange.date == PartialDate(2026, 11, 19)
    assert [str(stage.channel.id) in source for source in exchange.sources] == [True]


async def test_what_is_open_is_asked_back_and_answered_by_buttons(stage: Stage) -> None:
    """A place, then a day, then what it was; what a plan is, is said."""
    seen = await say(stage, "和奧克蘭開會，3/4/2026")
    assert "奧克蘭" in seen.text
    assert "Confirm" not in seen.buttons
    seen = await stage.click(seen, next(label for label in seen.buttons if "美國" in label))
    assert "which day is meant?" in seen.text
    day = next(label for label in seen.buttons if "April" in label)
    seen = await stage.click(seen, day)
    assert "Confirm" not in seen.buttons
    seen = await stage.click(seen, "virtual visit")
    seen = await stage.click(seen, "Confirm")
    assert seen.embed.title == "X148 logged: Oakland"
    (exchange,) = await logged(stage)
    assert exchange.date == PartialDate(2026, 4, 3)

    seen = await say(stage, "will visit Brisbane")
    assert "Still to come" in seen.text
    seen = await say(stage, "video call with Seattle")
    seen = await stage.click(seen, "Thursday, 19 November 2026")
    seen = await stage.click(seen, "Cancel")
    assert seen.embed.title == "Nothing was logged."
    assert len(await logged(stage)) == 1


async def test_it_can_be_edited_and_reworded(stage: Stage) -> None:
    """The form is filled with what was read, and what has no field in it stays; a form that is wrong comes back."""
    seen = await say(stage, SENTENCE)
    form = await stage.click(seen, "Edit")
    assert held(form)["date"] == "2026-11-19 09:00"
    assert held(form)["topic"] == "housing"
    wrong = await submit(form, stage.staff, date="whenever")
    assert "whenever" in wrong.text
    again = await stage.click(wrong, wrong.buttons[0])
    done = await submit(again, stage.staff, date="25 Nov 2026", people="7")
    assert done.embed.title == "X148 logged: Seattle"
    (exchange,) = await logged(stage)
    assert (exchange.date, exchange.people, exchange.minutes) == (PartialDate(2026, 11, 25), 7, 40)
    assert exchange.status is ExchangeStatus.PLANNED

    seen = await say(stage, "video call with Portland, 12 Nov")
    form = await stage.click(seen, "Reword")
    assert held(form)["text"] == "video call with Portland, 12 Nov"
    seen = await submit(form, stage.staff, text="video call with Honolulu, 12 Nov 2026")
    assert "Honolulu" in seen.text
    seen = await stage.click(seen, "Confirm")
    assert seen.embed.title == "X149 logged: Honolulu"


async def test_a_message_is_logged_from_its_menu(stage: Stage) -> None:
    """Seen by whoever asks alone; "yesterday" is before the day it was written on; twice is one record."""
    message = await stage.staff.send(stage.channel, "昨天和西雅圖視訊討論住宅，6 人")
    stage.speaks("zh-TW", stage.administrator)
    for _ in range(2):
        menu = await stage.administrator.context_menu(stage.channel, "Log this as an exchange", message)
        seen = Seen(menu)
        assert seen.private
        assert "未提到：時間長度和層級。" in seen.text
        done = await stage.click(seen, "確認", stage.administrator)
        assert done.embed.title == "已登錄 X148：西雅圖"
    (exchange,) = await logged(stage)
    assert exchange.date == PartialDate.of(message.created_at.date() - ONE_DAY)
    assert exchange.sources == (message.jump_url,)
    other = await stage.staff.send(stage.channel, "good morning")
    nothing = Seen(await stage.staff.context_menu(stage.channel, "Log this as an exchange", other))
    assert nothing.text.count("•") == 3


async def test_what_is_no_report_and_direct_messages(stage: Stage) -> None:
    """Three examples for what is not understood; other talk is none of the bot's; a direct message is for the one
    office whose server the writer is in."""
    seen = await say(stage, "the mayor fell ill, so we did not meet <@1> **Seattle** @everyone yesterday")
    assert "did not take place" in seen.text
    assert seen.text.count("•") == 3
    before = len(stage.channel.history())
    await stage.staff.send(stage.channel, SENTENCE)
    assert len(stage.channel.history()) == before + 1
    assert await logged(stage) == []
    await stage.staff.send_dm(SENTENCE)
    reply = stage.staff.user.dm_channel.last_message
    seen = Replied(reply)
    assert "Seattle, Washington" in seen.text
