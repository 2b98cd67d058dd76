"""The reminder loop: takes what is due from the outbox and posts it."""

import asyncio
import logging
import os
import socket

import discord

from bot.domain.reminders import BLOCKED_WAIT, ReminderState, wait_after
from bot.services import reminders
from bot.services.desk import Desk
from bot.ui.reminders import reminder_embed, reminder_view
from db.reminders import Claim

log = logging.getLogger(__name__)

PAUSE = 60.0
"""Seconds between passes: other processes, clock jumps and daylight saving send no signal."""

RECORDING_TRIES = 3


class Delivery:
    """Posts reminders through a client; one for each process."""

    def __init__(self, desk: Desk, client: discord.Client) -> None:
        self._desk = desk
        self._client = client
        self._worker = f"{socket.gethostname()}:{os.getpid()}"[:64]

    async def run(self) -> None:
        """Make passes until cancelled; whatever goes wrong in one, the next one comes."""
        while True:
            try:
                await self.make_pass()
            except Exception:
                log.exception("a reminder pass failed; the next one follows")
            await asyncio.sleep(PAUSE)

    async def make_pass(self) -> int:
        """Plan what has come due, then send until nothing is due; returns how many were posted."""
        await reminders.enqueue_due(self._desk)
        posted = 0
        while claims := await reminders.claim_due(self._desk, self._worker):
            for claim in claims:
                if claim.lease_until < self._desk.clock():
                    continue  # the posts before it took long, and somebody else may hold it by now
                try:
                    posted += await self._deliver(claim)
                except Exception as error:
                    await self._set_aside(claim, error)
        return posted

    async def _deliver(self, claim: Claim) -> bool:
        post = await reminders.compose(self._desk, claim)
        if post is None:
            await reminders.record_unsent(
                self._desk, claim, ReminderState.CANCELLED, "nothing to say any more"
            )
            return False
        channel = self._client.get_partial_messageable(
            claim.reminder.channel_id, guild_id=post.office.guild_id
        )
        message = await channel.send(
            embed=reminder_embed(post),
            view=reminder_view(post),
            nonce=claim.reminder.nonce,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        await self._record(claim, message.id)
        return True

    async def _record(self, claim: Claim, message_id: int) -> None:
        """Record that a post is out. It never goes back to waiting: it may be sent again only when its lease ends."""
        for attempt in range(RECORDING_TRIES):
            try:
                await reminders.record_sent(self._desk, claim, message_id)
                return
            except Exception:
                log.exception("post %s is out as message %s, but not recorded", claim.row_id, message_id)
                await asyncio.sleep(attempt)

    async def _set_aside(self, claim: Claim, error: Exception) -> None:
        """Keep a post that could not go out: blocked where only people can mend it, to be tried again otherwise."""
        if isinstance(error, discord.Forbidden | discord.NotFound):
            log.warning(
                "channel %s of office %s: %s", claim.reminder.channel_id, claim.reminder.office_id, error
            )
            reason = "forbidden" if isinstance(error, discord.Forbidden) else "channel_gone"
            await reminders.record_unsent(self._desk, claim, ReminderState.BLOCKED, reason, BLOCKED_WAIT)
            return
        log.error("reminder %s could not be sent", claim.row_id, exc_info=error)
        wait = wait_after(claim.attempts)
        await reminders.record_unsent(self._desk, claim, ReminderState.PENDING, type(error).__name__, wait)
