"""Whose language, and forms that come back filled."""

import secrets
from datetime import timedelta
from typing import Any

from bot.domain.access import Role
from bot.domain.offices import LANGUAGES, Office
from bot.services.desk import Caller, Desk
from db import preferences as db

DRAFTS_KEPT = timedelta(days=1)


async def caller_for(
    desk: Desk, *, user_id: int, guild_id: int | None, office: Office | None, role: Role, discord_locale: str
) -> Caller:
    """The caller, in their language: what they chose, else Discord's locale if we have it, else the office's."""
    async with desk.database.read() as session:
        chosen = await db.language_of(session, user_id)
    spoken = discord_locale if discord_locale in LANGUAGES else _near(discord_locale)
    language = chosen or spoken or (office.language if office else LANGUAGES[0])
    return Caller(language, user_id, guild_id, office, role)


def _near(discord_locale: str) -> str | None:
    """English of any country is English; simplified Chinese is not Traditional and falls to the office."""
    return "en" if discord_locale.split("-")[0] == "en" else None


async def choose_language(desk: Desk, user_id: int, language: str | None) -> None:
    """Remember a person's language; None goes back to Discord's."""
    async with desk.database.write() as session:
        await db.set_language(session, user_id, language)


async def keep_draft(desk: Desk, user_id: int, form: str, values: dict[str, Any]) -> str:
    """Keep what somebody typed for a day, and return the key to it; their earlier draft of the form goes."""
    draft_id = secrets.token_urlsafe(12)
    now = desk.clock()
    async with desk.database.write() as session:
        await db.drop_drafts(session, user_id, form, now - DRAFTS_KEPT)
        await db.keep_draft(session, draft_id, user_id, form, values, now)
    return draft_id


async def read_draft(desk: Desk, user_id: int, draft_id: str) -> dict[str, Any] | None:
    async with desk.database.read() as session:
        return await db.draft(session, draft_id, user_id)
