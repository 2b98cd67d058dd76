"""The reminder loop: takes what is due from the outbox and posts it."""

import asyncio
import contextlib
import logging
import os
import socket

import discord

from bot.domain.reminders import ReminderState
from bot.services import reminders
from bot.services.desk import Desk
from bot.ui.reminders import reminder_embed, reminder_view
from db.reminders import Claim

log = logging.getLogger(__name__)

LONGEST_WAIT = 300.0
"""Seconds between passes at most: other processes, clock jumps and daylight saving send no signal."""

ATTEMPTS = 8
"""After so many failures of Discord's a post is kept as failed."""


class Delivery:
    """Posts reminders through a client; one for each process."""

    def __init__(self, desk: Desk, client: discord.Client) -> None:
        self._desk = desk
        self._client = client
        self._worker = f"{socket.gethostname()}:{os.getpid()}"[:64]
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Have the next pass now."""
        self._wake.set()

    async def run(self) -> None:
        """Make passes until cancelled; whatever goes wrong in one, the next one comes."""
        while True:
            try:
                await self.make_pass()
            except Exception:
                log.exception("a reminder pass failed; the next one follows")
            self._wake.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LONGEST_WAIT)

    async def make_pass(self) -> int:
        """Plan what has come due, then send until nothing is due; returns how many were posted."""
        await reminders.enqueue_due(self._desk)
        posted = 0
        while claims := await reminders.claim_due(self._desk, self._worker):
            waiting = False
            for claim in claims:
                if claim.lease_until < self._desk.clock():
                    continue  # the posts before it took long, and somebody else may hold it by now
                try:
                    posted += await self._deliver(claim)
                except Exception as error:
                    waiting = True
                    await self._set_aside(claim, error)
            if waiting:
                break  # what Discord would not take now is tried again in the next pass
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
        await reminders.record_sent(self._desk, claim, message.id)
        return True

    async def _set_aside(self, claim: Claim, error: Exception) -> None:
        """Keep a post that could not go out: blocked where only people can mend it, to be tried again otherwise."""
        if isinstance(error, discord.Forbidden | discord.NotFound):
            log.warning(
                "channel %s of office %s: %s", claim.reminder.channel_id, claim.reminder.office_id, error
            )
            reason = "forbidden" if isinstance(error, discord.Forbidden) else "channel_gone"
            await reminders.record_unsent(self._desk, claim, ReminderState.BLOCKED, reason)
            return
        log.error("reminder %s could not be sent", claim.row_id, exc_info=error)
        state = ReminderState.FAILED if claim.attempts >= ATTEMPTS else ReminderState.PENDING
        await reminders.record_unsent(self._desk, claim, state, type(error).__name__)
