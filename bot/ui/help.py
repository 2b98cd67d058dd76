"""The help card and the welcome of the rehearsal."""

from collections.abc import Sequence

import discord

from bot.domain.offices import Office
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.posts import News, Post
from bot.ui.buttons import view_of
from bot.ui.callers import chat_texts
from bot.ui.cards import Card
from bot.ui.pages import ListButton
from bot.ui.posts import post_title

TIES = (
    "partner_show", "partner_list", "partner_compare", "partner_ties", "partner_calendar",
    "partner_add", "partner_edit",
    "partner_timeline", "partner_pause", "partner_resume", "partner_end",
    "partner_health", "partner_revive",
    "partner_match", "partner_profile", "partner_claim", "partner_prefer", "partner_promise",
    "partner_promise-done", "partner_commitments", "prospect_list", "prospect_move",
    "prospect_pilot", "prospect_plan", "prospect_steps", "prospect_step-done",
)  # fmt: skip
DAILY = (
    "ask", "anniversaries", "quiet", "reminders_upcoming", "reminders_log", "reminders_settings", "reminders_test",
    "reminders_snooze", "reminders_assign", "reminders_done", "reminders_mute", "reminders_unmute",
    "visit_log", "visit_plan", "visit_edit", "visit_remove", "visit_list", "visit_show", "visit_balance",
    "lesson_add", "lesson_find", "lesson_show",
    "contact_add", "contact_edit", "contact_show", "contact_list", "contact_left", "contact_remove",
    "contact_alumni", "contact_confirm",
    "pressure_add", "pressure_edit", "pressure_list", "pressure_show", "pressure_remove", "pressure_facts",
    "history", "undo", "scope", "language", "office_setup",
    "office_settings", "office_kind", "office_savings", "office_cadence", "office_weights", "office_check",
    "group_show", "group_found", "group_invite", "group_withdraw", "group_accept", "group_decline",
    "group_leave",
    "privacy_mine", "privacy_forget-me", "privacy_find", "privacy_erase", "privacy_office",
)  # fmt: skip
TOPICS = (*DAILY, *TIES)
"""One entry for each command; a test holds them to the command tree."""


def help_cards(texts: Texts, office: Office | None) -> list[discord.Embed]:
    """What can be done here, a line for each command: what is for every day, and on a card below the ties."""
    opening = texts("help.opening", place=office.place) if office else texts("help.no_office")
    # Lines, as Discord takes no more than 25 fields.
    daily = Card(texts("help.title")).text([opening, *_lines(texts, DAILY)])
    ties = Card(texts("help.ties"), footer=texts("help.footer")).text(_lines(texts, TIES))
    return [daily.embed, ties.embed]


def help_view(texts: Texts) -> discord.ui.View:
    return view_of(ListButton("kinds", "", label=texts("kind_rule.button")))


def _lines(texts: Texts, topics: Sequence[str]) -> list[str]:
    return [f"**{texts(f'help.{topic}.title')}** {texts(f'help.{topic}.text')}" for topic in topics]


def welcome_card(texts: Texts, office: Office, quietest: Place, coming: Post[News] | None) -> discord.Embed:
    """The first message of a rehearsal: what to try, with a partner of the office, and which reminder comes next."""
    card = Card(texts("welcome.title", place=office.place), footer=texts("help.footer"))
    names = {"partner": quietest.name_en, "chinese": quietest.name_zh or quietest.name_en}
    card.text([texts("welcome.text", **names)])
    if coming is not None:
        at = coming.reminder.at
        line = texts(
            "welcome.next",
            when=Written(texts.moment(at, office.zone)),
            title=Written(post_title(chat_texts(coming.office.language), coming)),
            day=Written(office.today(at).isoformat()),
        )
        card.field(texts("welcome.next_title"), [line])
    return card.embed
