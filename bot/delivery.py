"""The reminder loop: takes what is due from the outbox and posts it."""

import asyncio
import contextlib
import logging
import random

import discord

from bot.clock import SteadyClock
from bot.domain.errors import Unavailable
from bot.domain.reminders import LEASE, Doubt, ReminderState, wait_after
from bot.logs import OutageLog
from bot.metrics import Meter
from bot.sending import Sending, asked_for, doubt_after
from bot.services import outbox, reminders, sleep
from bot.services.desk import Desk
from bot.services.faults import outage
from bot.services.troubles import record_blocked
from bot.services.workers import Worker, new_worker, pass_done, pass_failed
from db.reminders import Claim

log = logging.getLogger(__name__)

PAUSE = 60.0
"""Seconds between passes, unless something happens before: other processes, clock jumps and daylight saving send no
signal."""

SENDING_TAKES = LEASE.total_seconds() * 2 / 3
"""Seconds for one post. After that it may be out or not; while the lease runs, Discord knows its nonce again."""

RECORDING_TRIES = 3


class Delivery:
    """Posts reminders through a client; one for each process.

    `steady` watches the clock: while that cannot be believed, `run` makes no pass.
    """

    def __init__(
        self,
        desk: Desk,
        client: discord.Client,
        worker: Worker | None = None,
        meter: Meter | None = None,
        outages: OutageLog | None = None,
        steady: SteadyClock | None = None,
    ) -> None:
        self._desk = desk
        self._client = client
        self._worker = worker or new_worker(desk)
        self._meter = meter or Meter()
        self._outages = outages or OutageLog()
        self._steady = steady
        self._leaps = OutageLog("the clock is believed again")
        self._stopping = asyncio.Event()
        self._unrecorded: dict[int, tuple[Claim, int]] = {}
        """What is out and could not be recorded: claim and message by row id."""

    async def run(self, pause: float = PAUSE) -> None:
        """Make passes until stopped or cancelled; whatever goes wrong in one, the next one comes.

        Between two of them is `pause`, less where a change is stored meanwhile.
        """
        while not self._stopping.is_set():
            self._desk.database.changed.clear()
            try:
                await self.make_pass()
                await pass_done(self._desk, self._worker)
                self._outages.end()
                self._leaps.end()
            except Exception as error:
                await self._tell_of(error)
            await self._rest(pause)

    async def _rest(self, pause: float) -> None:
        """Wait until it is time for the next pass: stopped, a change stored, or so many seconds later."""
        waits = [asyncio.create_task(e.wait()) for e in (self._stopping, self._desk.database.changed)]
        try:
            await asyncio.wait(waits, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()

    def stop(self) -> None:
        """Begin no further post; `run` ends once the one that is on its way is recorded."""
        self._stopping.set()

    async def _tell_of(self, error: Exception) -> None:
        """Log a pass that failed; of a database that is away, or a clock that leapt, once and not at every pass."""
        if away := error if isinstance(error, Unavailable) else outage(error):
            (self._leaps if away.key == "clock.leapt" else self._outages).begin(away)
        else:
            log.error("a reminder pass failed; the next one follows", exc_info=error)
        with contextlib.suppress(Exception):  # the next sign of life tells it as well
            await pass_failed(self._desk, self._worker, error)

    async def make_pass(self) -> int:
        """Plan what has come due, then send until nothing is due; returns how many were posted."""
        self._believe_the_clock()
        await self._catch_up()
        await self._sweep()
        for error in await outbox.enqueue_due(self._desk):
            self._worker.note_error(error, self._desk.clock())
        posted = 0
        while not self._stopping.is_set() and (
            claims := await outbox.claim_due(self._desk, self._worker.name)
        ):
            for claim in claims:
                if self._stopping.is_set() or self._unrecorded:
                    return posted  # the rest is released, or free again when its lease ends
                self._believe_the_clock()
                if claim.lease_until < self._desk.clock():
                    continue  # the posts before it took long, and somebody else may hold it by now
                try:
                    posted += await self._deliver(claim)
                except Exception as error:
                    await self._set_aside(claim, error)
        return posted

    def _believe_the_clock(self) -> None:
        """Raises `Unavailable` (`clock.leapt`) while that is in doubt, also where it leaps in the middle of a pass."""
        if self._steady:
            self._steady.check()

    async def _sweep(self) -> None:
        """Erase what has been kept long enough; posts go out whatever comes of it."""
        try:
            await sleep.sweep(self._desk)
        except Exception as error:
            if outage(error) is None:  # an outage is told of once, when the pass fails over it
                log.exception("what has been kept long enough could not be erased; the next pass tries again")

    async def _deliver(self, claim: Claim) -> bool:
        post = await reminders.compose(self._desk, claim)
        if post is None:
            await outbox.record_unsent(self._desk, claim, ReminderState.CANCELLED, "nothing to say any more")
            self._meter.post("cancelled")
            return False
        sending = Sending(post, claim.reminder.nonce)
        begun = await outbox.begin(self._desk, claim)
        if begun is None:
            return False
        self._worker.begun.add(claim.row_id)
        async with asyncio.timeout(SENDING_TAKES):
            message = await sending.through(self._client)
        self._meter.post("sent")
        await self._record(begun, message.id)
        return True

    async def _record(self, claim: Claim, message_id: int) -> None:
        """Record that a post is out. It never goes back to waiting: it may be sent again only when its lease ends."""
        self._unrecorded[claim.row_id] = claim, message_id
        for attempt in range(RECORDING_TRIES):
            try:
                await self._catch_up()
                return
            except Exception:
                log.exception("post %s is out as message %s, but not recorded", claim.row_id, message_id)
                await asyncio.sleep(attempt)

    async def _catch_up(self) -> None:
        """Record what is out and not recorded yet; nothing else may be claimed before, lest it go out twice."""
        for row_id, (claim, message_id) in list(self._unrecorded.items()):
            await outbox.record_sent(self._desk, claim, message_id)
            self._worker.begun.discard(row_id)
            del self._unrecorded[row_id]

    async def _set_aside(self, claim: Claim, error: Exception) -> None:
        """Keep a post that could not go out: blocked where only people can mend it, to be tried again otherwise."""
        if isinstance(error, discord.Forbidden | discord.NotFound):
            log.warning(
                "channel %s of office %s: %s", claim.reminder.channel_id, claim.reminder.office_id, error
            )
            reason = "forbidden" if isinstance(error, discord.Forbidden) else "channel_gone"
            await record_blocked(self._desk, claim, reason)
            self._meter.post("blocked")
        else:
            log.error("reminder %s could not be sent", claim.row_id, exc_info=error)
            doubt = doubt_after(error)
            wait = wait_after(claim.attempts, random.random(), asked_for(error))  # noqa: S311 - a jitter
            if doubt is Doubt.GREAT and claim.begun_at is None:
                wait = min(wait, LEASE)  # while Discord knows the nonce, asking again tells whether it is out
            await outbox.record_unsent(
                self._desk,
                claim,
                ReminderState.PENDING,
                type(error).__name__,
                wait,
                doubt=doubt,
            )
            self._meter.post("to_be_tried_again")
        self._worker.begun.discard(claim.row_id)
