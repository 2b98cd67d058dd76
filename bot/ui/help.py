"""The help card and the welcome of the rehearsal."""

import discord

from bot.domain.offices import Office
from bot.i18n.texts import Texts
from bot.ui.cards import Card

TOPICS = ("partner_show", "partner_list", "anniversaries", "quiet", "visit_log", "language", "office_setup")
"""One entry for each command; a test holds them to the command tree."""


def help_card(texts: Texts, office: Office | None) -> discord.Embed:
    opening = texts("help.opening", place=office.place) if office else texts("help.no_office")
    card = Card(texts("help.title"), footer=texts("help.footer")).text([opening])
    for topic in TOPICS:
        card.field(texts(f"help.{topic}.title"), [texts(f"help.{topic}.text")])
    return card.embed


def welcome_card(texts: Texts, office: Office) -> discord.Embed:
    """The first message of a rehearsal: what to try."""
    card = Card(texts("welcome.title", place=office.place), footer=texts("help.footer"))
    return card.text([texts("welcome.text", place=office.place)]).embed
