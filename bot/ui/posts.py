"""How reminders look in a channel."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.domain.reminders import ReminderKind
from bot.i18n.texts import Texts
from bot.services.posts import News, Post
from bot.ui.anniversary_posts import ANNIVERSARY
from bot.ui.buttons import view_of
from bot.ui.callers import chat_texts
from bot.ui.cards import Card
from bot.ui.decision_posts import DECISION
from bot.ui.due_posts import DUE
from bot.ui.list_posts import MONTH, YEAR
from bot.ui.looks import Look
from bot.ui.quiet_list_posts import QUIET_LIST
from bot.ui.silence_posts import SILENCE
from bot.ui.tending import assigned_line
from bot.ui.term_posts import TERM
from bot.ui.trouble_posts import TROUBLE, missed_look
from bot.ui.visit_posts import COMING_VISIT, LESSON, UNCONFIRMED


def post_title(texts: Texts, post: Post[News]) -> str:
    """What a post is headed by, also where it is told of before it goes out."""
    return _look(post).title(texts, post)


LOOKS: Mapping[ReminderKind, Look[Any]] = {
    ReminderKind.ANNIVERSARY: ANNIVERSARY,
    ReminderKind.DORMANCY: SILENCE,
    ReminderKind.QUIET_LIST: QUIET_LIST,
    ReminderKind.REVIEW: DUE,
    ReminderKind.COMMITMENT: DUE,
    ReminderKind.DECISION: DECISION,
    ReminderKind.TERM: TERM,
    ReminderKind.VISIT: COMING_VISIT,
    ReminderKind.UNCONFIRMED: UNCONFIRMED,
    ReminderKind.LESSON: LESSON,
    ReminderKind.THIS_MONTH: MONTH,
    ReminderKind.THIS_YEAR: YEAR,
    ReminderKind.MISSED: missed_look(post_title),
    ReminderKind.TROUBLE: TROUBLE,
}


def post_embed(post: Post[News]) -> discord.Embed:
    """A reminder in the office's language."""
    texts, look = chat_texts(post.office.language), _look(post)
    card = Card(look.title(texts, post), colour=look.colour, footer=look.footer(texts, post))
    late = texts("post.late") if post.late else ""
    assigned = assigned_line(texts, post.assignee) if post.assignee else ""
    card.text([late, *look.lines(texts, post), assigned])
    for name, lines in look.fields(texts, post):
        card.field(name, lines)
    return card.embed


def post_view(post: Post[News]) -> discord.ui.View:
    """The buttons under a reminder."""
    return view_of(*_look(post).buttons(chat_texts(post.office.language), post))


def post_ping(post: Post[News]) -> tuple[str | None, discord.AllowedMentions]:
    """What stands above a reminder, and whom it may notify: the one role that the office chose, or nobody."""
    role_id = post.office.notify_role_id
    if role_id is None:
        return None, discord.AllowedMentions.none()
    allowed = discord.AllowedMentions(
        everyone=False, users=False, roles=[discord.Object(role_id)], replied_user=False
    )
    return f"<@&{role_id}>", allowed


def post_text(post: Post[News]) -> str:
    """The post as plain text, for the command line."""
    embed = post_embed(post)
    fields = [f"{field.name}\n{field.value}" for field in embed.fields]
    return "\n".join(part for part in (embed.title, embed.description, *fields) if part)


def _look(post: Post[News]) -> Look[Any]:
    return LOOKS[post.reminder.kind]
