"""How it looks what is to be posted, and what became of what was."""

from collections.abc import Iterator, Sequence

import discord

from bot.domain.offices import Office
from bot.domain.reminders import NO_CHANNEL, OF_OFFICE, PERHAPS_OUT, TWICE, Posted, ReminderState
from bot.i18n.texts import Texts, Written
from bot.services.composing.anniversaries import AnniversaryNews
from bot.services.composing.silences import QuietListNews, SilenceNews
from bot.services.desk import Caller, Desk
from bot.services.posts import News, Post
from bot.services.reminder_lists import Coming, reminder_log, upcoming
from bot.services.tending import Muted, muted_ties
from bot.ui.buttons import view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.errors import answer
from bot.ui.office_measures import weekly_list_line
from bot.ui.office_settings import SettingsButton, lead_lines
from bot.ui.pages import Page, page_of, paged
from bot.ui.posts import post_title

# What is coming ----------------------------------------------------------------------------------------------


@paged("upcoming")
async def upcoming_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """What is posted within so many days, which the arguments are: when, where, what, and why."""
    found = await upcoming(desk, caller, int(arguments))
    lines = [upcoming_line(texts, each) for each in found.coming]
    shown, index, pages = page_of(lines or [texts("upcoming.none", n=found.days)], index)
    footer = texts("upcoming.footer", zone=Written(found.office.zone), page=index + 1, pages=pages)
    card = Card(texts("upcoming.title", home=found.office.place, n=found.days), footer=footer)
    return Page(card.text(shown).embed, index, pages, private=True)


def upcoming_line(texts: Texts, coming: Coming) -> str:
    post = coming.post
    key = "upcoming.line_assigned" if post.assignee else "upcoming.line"
    return texts(
        key,
        when=Written(texts.moment(post.reminder.at, post.office.zone)),
        channel=Written(_channel(texts, post.reminder.channel_id)),
        title=Written(post_title(texts, post)),
        why=Written(why(texts, coming)),
        record=Written(", ".join(post.news.records[:1]) or "–"),
        **({"person": Written(f"<@{post.assignee}>")} if post.assignee else {}),
    )


def why(texts: Texts, coming: Coming) -> str:
    """By which rule a post comes when it does."""
    post = coming.post
    if coming.waits is not None and coming.waits.told_as_lead is not None:
        timing = texts("why.put_off")
    elif coming.waits is not None:
        timing = texts(f"why.{coming.waits.state.value}")
    else:
        timing = _timing(texts, post)
    return texts("why.line", kind=post.reminder.kind, timing=Written(timing))


def _timing(texts: Texts, post: Post[News]) -> str:
    news, lead = post.news, post.reminder.lead_days
    if isinstance(news, SilenceNews):
        return texts("why.turns", state=news.quiet.state, n=news.quiet.cadence_months)
    if isinstance(news, QuietListNews):
        return texts("why.week")
    if isinstance(news, AnniversaryNews) and news.on.exact() is None:
        return texts("why.month")
    if lead == 0:
        return texts("why.first" if post.reminder.subject == OF_OFFICE else "why.day")
    return texts("why.before" if lead > 0 else "why.after", n=abs(lead))


def _channel(texts: Texts, channel_id: int) -> str:
    return texts("upcoming.no_channel") if channel_id == NO_CHANNEL else f"<#{channel_id}>"


# What was posted ---------------------------------------------------------------------------------------------


@paged("posted")
async def posted_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """What became of the last posts, newest first; it takes no arguments."""
    office, rows = await reminder_log(desk, caller)
    lines = [posted_line(texts, office, row) for row in rows]
    shown, index, pages = page_of(lines or [texts("posted.none")], index)
    footer = texts("upcoming.footer", zone=Written(office.zone), page=index + 1, pages=pages)
    card = Card(texts("posted.title", home=office.place), footer=footer)
    return Page(card.text(shown).embed, index, pages, private=True)


def posted_line(texts: Texts, office: Office, row: Posted) -> str:
    """When, what about, where; with a link to the message, or what stood in the way."""
    reminder = row.reminder
    subject = "" if reminder.subject == OF_OFFICE or not reminder.subject[0].isalpha() else reminder.subject
    told = texts(
        "posted.line",
        when=Written(texts.moment(row.sent_at or reminder.at, office.zone)),
        kind=reminder.kind,
        record=Written(f" `{subject}`" if subject else ""),
        day=reminder.occurrence,
        state=row.state,
    )
    return f"{told}{_where(texts, office, row)}"


def _where(texts: Texts, office: Office, row: Posted) -> str:
    doubt = f" · {texts(f'posted.{row.reason}')}" if row.reason in (TWICE, PERHAPS_OUT) else ""
    if row.state is not ReminderState.SENT or row.message_id is None:
        return doubt
    if row.reminder.channel_id == NO_CHANNEL:
        return f" · {texts('posted.direct')}{doubt}"
    link = f"https://discord.com/channels/{office.guild_id}/{row.reminder.channel_id}/{row.message_id}"
    return f" · {texts('posted.link', link=Written(link))}{doubt}"


# How it is set -----------------------------------------------------------------------------------------------


async def show_reminder_settings(interaction: Interaction) -> None:
    """Answer with how reminders are set, and with buttons by which administrators change it."""
    caller = await caller_of(interaction)
    muted = await muted_ties(desk_of(interaction), caller)
    texts = chat_texts(caller.language)
    view = view_of(
        *(
            SettingsButton(part, label=texts(f"office.settings.{part}"))
            for part in ("posting", "leads", "channels", "weekly_list")
        )
    )
    await answer(interaction, reminder_settings_card(texts, caller.own_office(), muted), view, private=True)


def reminder_settings_card(texts: Texts, office: Office, muted: Sequence[Muted]) -> discord.Embed:
    """When, how long before, where, and of whom not."""
    hour = Written(f"{office.posting_hour:02}:00")
    card = Card(
        texts("reminders.settings_title", place=office.place), footer=texts("reminders.settings_footer")
    )
    card.text(
        [
            texts("office.settings.hour", hour=hour, zone=Written(office.zone)),
            weekly_list_line(texts, office),
            *lead_lines(texts, office),
            texts("office.settings.rest_day", rule=office.rest_day_rule),
            texts("office.settings.leap_day", rule=office.leap_day_rule),
        ]
    )
    card.field(texts("office.settings.channels"), _channels(texts, office))
    card.field(texts("reminders.muted"), [muted_line(texts, each) for each in muted])
    return card.embed


def _channels(texts: Texts, office: Office) -> Iterator[str]:
    for purpose, channel in office.channels.items():
        yield texts("office.settings.channel", purpose=purpose, channel=Written(f"<#{channel}>"))
    if not office.channels:
        yield texts("office.settings.no_channel")


def muted_line(texts: Texts, muted: Muted) -> str:
    if muted.until is None:
        return texts("mute.line", place=muted.partner)
    return texts("mute.line_until", place=muted.partner, until=muted.until)
