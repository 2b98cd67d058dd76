"""The help card and the welcome of the rehearsal."""

import discord

from bot.domain.offices import Office
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.reminders import Post
from bot.ui.cards import Card
from bot.ui.reminders import reminder_embed

TOPICS = (
    "partner_show", "partner_list", "anniversaries", "quiet",
    "visit_log", "visit_edit", "visit_remove", "history", "undo", "scope", "language", "office_setup",
    "office_settings", "office_check",
    "group_show", "group_found", "group_invite", "group_withdraw", "group_accept", "group_decline",
    "group_leave",
    "privacy_mine", "privacy_forget-me", "privacy_find", "privacy_erase", "privacy_office",
)  # fmt: skip
"""One entry for each command; a test holds them to the command tree."""


def help_card(texts: Texts, office: Office | None) -> discord.Embed:
    """What can be done here, a line for each command."""
    opening = texts("help.opening", place=office.place) if office else texts("help.no_office")
    # Lines, as Discord takes no more than 25 fields.
    lines = (f"**{texts(f'help.{topic}.title')}** {texts(f'help.{topic}.text')}" for topic in TOPICS)
    return Card(texts("help.title"), footer=texts("help.footer")).text([opening, *lines]).embed


def welcome_card(texts: Texts, office: Office, quietest: Place, coming: Post | None) -> discord.Embed:
    """The first message of a rehearsal: what to try, with a partner of the office, and which reminder comes next."""
    card = Card(texts("welcome.title", place=office.place), footer=texts("help.footer"))
    names = {"partner": quietest.name_en, "chinese": quietest.name_zh or quietest.name_en}
    card.text([texts("welcome.text", **names)])
    if coming is not None:
        at = coming.reminder.at
        line = texts(
            "welcome.next",
            when=Written(texts.moment(at, office.zone)),
            title=Written(reminder_embed(coming).title or ""),
            day=Written(office.today(at).isoformat()),
        )
        card.field(texts("welcome.next_title"), [line])
    return card.embed
