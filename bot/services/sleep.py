"""Offices that sleep: their server has removed the bot. Nothing is posted for them, and after a time they are erased.

Nobody asks for these: Discord's events and the reminder loop do.
"""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.offices import SLEEP_KEPT
from bot.domain.privacy import Counts
from bot.services.desk import Caller, Desk
from bot.services.preferences import DRAFTS_KEPT
from db import sleep as db
from db.audit import record_change
from db.engine import Session
from db.privacy import empty_log

log = logging.getLogger(__name__)


async def put_to_sleep(desk: Desk, guild_id: int) -> bool:
    """Let the office of a server sleep that has removed the bot; whether there was one awake. Nothing is deleted."""
    return await _turn(desk, guild_id, asleep=True)


async def wake(desk: Desk, guild_id: int) -> bool:
    """Wake the office of a server that the bot is in again; whether there was one asleep.

    Its posts resume: of what came due meanwhile, late what is within the grace; the rest has expired.
    """
    return await _turn(desk, guild_id, asleep=False)


async def _turn(desk: Desk, guild_id: int, *, asleep: bool) -> bool:
    async with desk.database.read() as session:  # Discord tells of every server anew with each connection
        if (await db.tied_guilds(session, guild_id)).get(guild_id, asleep) is asleep:
            return False
    now = desk.clock()
    async with desk.database.write() as session:
        if asleep:
            office_id = await db.put_to_sleep(session, guild_id, now)
        else:
            office_id = await db.wake(session, guild_id)
        if office_id is None:
            return False
        await record_change(
            session,
            at=now,
            action="office.asleep" if asleep else "office.awake",
            subject=f"office:{office_id}",
            guild_id=guild_id,
            office_id=office_id,
        )
    log.info("office %s %s", office_id, "sleeps" if asleep else "is awake")
    return True


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Servers whose office is not as it should be: awake without the bot, or asleep with it."""

    gone: Collection[int]
    back: Collection[int]


async def compare(desk: Desk, present: Collection[int], ours: Callable[[int], bool]) -> Misplaced:
    """Hold the offices against the servers that the bot is in, of those that this process serves (`ours`).

    Servers that an outage hides must be among the `present` ones: the bot is in them all the same.
    """
    async with desk.database.read() as session:
        asleep = await db.tied_guilds(session)
    return Misplaced(
        gone=[
            guild_id
            for guild_id in asleep
            if ours(guild_id) and guild_id not in present and not asleep[guild_id]
        ],
        back=[guild_id for guild_id in asleep if ours(guild_id) and guild_id in present and asleep[guild_id]],
    )


async def sweep(desk: Desk) -> None:
    """Erase what has been kept long enough: the own data of offices that have slept too long, and old drafts.

    May be called as often as one likes. An office for which it fails is logged, and keeps no other back.
    """
    now = desk.clock()
    async with desk.database.read() as session:
        overdue = await db.asleep_before(session, now - SLEEP_KEPT)
        drafts = await db.old_drafts(session, now - DRAFTS_KEPT)
    for office_id in overdue:
        try:
            await _erase_sleeper(desk, office_id)
        except Exception:
            log.exception("the data of office %s, which has slept too long, could not be erased", office_id)
    if drafts:
        async with desk.database.write() as session:
            await db.drop_old_drafts(session, now - DRAFTS_KEPT)


async def _erase_sleeper(desk: Desk, office_id: int) -> None:
    async with desk.database.write() as session:
        if not await db.hold_if_asleep(session, office_id, desk.clock() - SLEEP_KEPT):
            return  # another process was first, or it woke a moment ago
        await erase_own(session, desk.clock(), office_id)
    await empty_log(desk.database)
    log.info("the data of office %s was erased, as it has slept for %s days", office_id, SLEEP_KEPT.days)


async def erase_own(session: Session, at: datetime, office_id: int, actor: Caller | None = None) -> Counts:
    """Erase what only the office itself sees, untie it from its server, and note it; tells what was erased."""
    erased = await db.erase_office(session, office_id)
    await record_change(
        session,
        at=at,
        action="office.erased",
        subject=f"office:{office_id}",
        user_id=actor.user_id if actor else None,
        guild_id=actor.guild_id if actor else None,
        office_id=office_id,
        after={kept.value: number for kept, number in erased.items()},
    )
    return erased
