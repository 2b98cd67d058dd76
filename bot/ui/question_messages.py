"""Questions that are written to the bot: by mentioning it, in a direct message, in reply to an answer."""

import re
from functools import partial

from bot.services.desk import Desk
from bot.services.questions import Frame, Next
from bot.ui.buttons import view_of
from bot.ui.callers import chat_texts
from bot.ui.cards import Card
from bot.ui.messages import Heard, Reply, reads_messages
from bot.ui.questions import AskButton, Shown, remember, reply_to

ASKS = re.compile(
    r"[?？嗎呢哪誰幾]|什麼|何時|^(?:and|what|which|when|who|where|why|how)\b|^那", re.IGNORECASE
)
"""What makes a question of a reply that does not mention the bot, and may be a word to a colleague as well."""


@reads_messages(rank=50)
async def answer_question(desk: Desk, heard: Heard) -> Reply | None:
    """What is understood as a question is answered; the rest is left to others."""
    if not heard.addressed and not ASKS.search(heard.text):
        return None
    shown = await reply_to(desk, heard.caller, heard.text, _frame(desk, heard))
    if shown.query is None and not shown.asks_back:
        return None
    return _reply(heard, shown)


@reads_messages(rank=90)
async def tell_what_is_understood(desk: Desk, heard: Heard) -> Reply | None:
    """What nobody could make anything of: why, and what may be asked."""
    if not heard.addressed:
        return None
    return _reply(heard, await reply_to(desk, heard.caller, heard.text, _frame(desk, heard)))


def _frame(desk: Desk, heard: Heard) -> Frame | None:
    """What the message goes on from: the answer that it replies to, else what its writer asked here before."""
    frames, now = heard.client.frames, desk.clock()
    before = heard.message.reference
    if before is not None and before.message_id is not None:
        found: Frame | None = frames.of(before.message_id, now)
        return found
    asked: Frame | None = frames.of((heard.message.author.id, heard.message.channel.id), now)
    return asked


def _reply(heard: Heard, shown: Shown) -> Reply:
    conversation = heard.message.author.id, heard.message.channel.id
    sent = partial(remember, heard.client, conversation, shown)
    if not shown.private or heard.message.guild is None:
        return Reply(shown.embed, shown.view, sent)
    texts = chat_texts(heard.caller.language)
    buttons = [AskButton(Next.SAME, shown.key, label=texts("answer.show_me"))] if shown.key else []
    return Reply(Card(texts("answer.private")).embed, view_of(*buttons), sent)
