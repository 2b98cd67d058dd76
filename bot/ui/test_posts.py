"""Posting a test, to see that reminders of a purpose arrive."""

from bot.domain.errors import Unavailable
from bot.domain.offices import Purpose
from bot.i18n.texts import Written
from bot.ui.callers import Interaction, caller_of, chat_texts
from bot.ui.cards import Card
from bot.ui.errors import answer, soon
from bot.ui.office_setup import post_test
from bot.ui.offices import require_channel


async def send_test(interaction: Interaction, purpose: Purpose) -> None:
    """Post a test where reminders of this purpose go.

    Raises `Unavailable`: `office.no_channel_for` where the office has chosen none, `office.channel_gone`,
    `office.channel_closed`, `office.test_refused` where Discord does not take it.
    """
    caller = await caller_of(interaction)
    office = caller.own_office()
    channel_id = office.channels.get(purpose)
    if channel_id is None:
        raise Unavailable("office.no_channel_for", purpose=purpose)
    channel = require_channel(interaction.guild, channel_id)
    if not await soon(interaction, post_test(channel, office)):
        raise Unavailable("office.test_refused", channel=channel.name)
    texts = chat_texts(caller.language)
    line = texts("reminders.tested", purpose=purpose, channel=Written(f"<#{channel_id}>"))
    await answer(
        interaction, Card(texts("office.test.title", place=office.place)).text([line]).embed, private=True
    )
