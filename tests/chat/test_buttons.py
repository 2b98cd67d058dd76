"""Buttons and forms that stand in a server since an earlier release, or were put there by a later one."""

from typing import Any

import discord
import pytest
from discord.http import Route
from sqlalchemy import update

from bot.domain.access import Action, Role
from bot.ui.access import action_of_button
from bot.ui.buttons import buttons
from db.tables import OfficeRow
from tests.chat.conftest import Seen, Stage
from tests.test_buttons import IN_MESSAGES


async def posted(stage: Stage, custom_id: str) -> Any:
    """A message of the bot's with this button, of which this process knows nothing."""
    button = {"type": 2, "style": 1, "label": "?", "custom_id": custom_id}
    rows = [{"type": 1, "components": [button]}]
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=stage.channel.id)
    sent = await stage.env.bot.http.request(route, json={"content": "from before", "components": rows})
    return next(each for each in stage.channel.history() if each.id == int(sent["id"]))


async def test_every_button_that_is_in_messages_is_answered(stage: Stage) -> None:
    """With what it is for, or with why it can no longer be done; never with Discord's own "did not respond"."""
    for custom_id in IN_MESSAGES:
        message = await posted(stage, custom_id)
        result = await stage.administrator.click(message, custom_id=custom_id)
        answer = result.response
        cards = [*(answer.embeds if answer else []), *told_after(result)]
        assert result.modal is not None or cards or (answer and answer.content), custom_id
        for card in cards:
            assert "another release" not in str(card.description), custom_id
            assert "Something unexpected" not in str(card.description), custom_id


async def test_every_button_refuses_who_may_not_press_it(stage: Stage) -> None:
    """Somebody who is nobody in the office, at a process that knows nothing of the message: told why, privately."""
    async with stage.desk.database.write() as session:
        await session.execute(update(OfficeRow).values(everyone=Role.NOBODY))
    refused = 0
    for custom_id in IN_MESSAGES:
        button = next(
            each for each in buttons() if each.__discord_ui_compiled_template__.fullmatch(custom_id)
        )
        if action_of_button(button) is Action.ASK_ABOUT_ONESELF:
            continue
        message = await posted(stage, custom_id)
        seen = Seen(await stage.staff.click(message, custom_id=custom_id))
        assert seen.private, custom_id
        assert "yours here is “nobody”" in seen.text, custom_id
        refused += 1
    assert refused > len(IN_MESSAGES) / 2


def told_after(result: Any) -> list[discord.Embed]:
    """What was said in a message of its own, where the answer had begun already."""
    return [embed for message in result.followups for embed in message.embeds]


@pytest.mark.parametrize(
    ("locale", "told"), [("en-US", "from another release of Attaché"), ("zh-TW", "來自其他版本的 Attaché")]
)
async def test_a_button_of_another_release(stage: Stage, locale: str, told: str) -> None:
    """Two releases run side by side for a while, and a button may be taken out: whoever presses one is told."""
    stage.speaks(locale)
    message = await posted(stage, "minutes:draft:12")
    seen = Seen(await stage.staff.click(message, custom_id="minutes:draft:12"))
    assert told in seen.text
    assert seen.private


@pytest.mark.parametrize("custom_id", ["visit:form:of:a:later:release", "minutes:form:12", "minutes"])
async def test_a_form_of_another_release(stage: Stage, custom_id: str) -> None:
    """What was typed into it comes back."""
    form = await stage.slash("visit log", partner="Seattle")
    form.result._interaction.modal["custom_id"] = custom_id
    seen = await stage.fill(form, summary="Two hours of work")
    assert "from another release of Attaché" in seen.text
    assert "Two hours of work" in seen.field("What you had typed")
    assert seen.private
