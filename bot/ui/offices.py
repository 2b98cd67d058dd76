"""How an office looks to its administrator."""

import discord

from bot.domain.offices import Office, Purpose
from bot.i18n.texts import Texts, Written
from bot.ui.cards import Card

PERMISSIONS = discord.Permissions(view_channel=True, send_messages=True, embed_links=True)
"""What the invite link asks for, and a channel has to allow: to see it and to post reminders there."""

SCOPES = ("bot", "applications.commands")


def office_card(texts: Texts, office: Office) -> discord.Embed:
    """What has just been set up, and what to try first."""
    channel = Written(f"<#{office.channels[Purpose.ANNIVERSARIES]}>")
    hour = Written(f"{office.posting_hour:02}:00")
    card = Card(texts("office.title", place=office.place))
    card.text(
        [
            texts("office.posts", channel=channel, hour=hour, zone=Written(office.zone)),
            texts("office.language", language=Written(texts(f"language.{office.language}"))),
            texts("office.leap_day"),
            texts("office.next"),
        ]
    )
    return card.embed
