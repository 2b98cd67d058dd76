"""Whether all is well with an office, as far as the registry knows; what Discord knows is added by the chat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.access import Action
from bot.domain.groups import Group
from bot.domain.offices import Office
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.findings import Finding, revision_finding, unsent_finding
from bot.services.group_lists import own_groups
from bot.services.outbox import unsent_posts
from bot.services.posts import News, Post
from bot.services.reminders import next_post
from bot.services.workers import workers_seen
from db.workers import WorkerSeen

OVERDUE = timedelta(minutes=15)
"""After this long without a reminder pass something is wrong: there is one every minute."""

KNOWN_ERRORS = {"database.full": "check.database_full", "clock.leapt": "check.clock_leapt"}
"""What there is a sentence of its own for, by the key in what a process tells of its last error."""

TOLD_OF = timedelta(days=1)
"""How long an error of a process is worth telling."""


@dataclass(frozen=True, slots=True)
class OfficeCheck:
    """`passes` tells of the reminder loop, `unsent` of posts that did not go out; `coming` is the next post due.

    `invitations` are the groups that wait for the office's answer: nobody else tells it of them.
    """

    office: Office
    revision: Finding
    passes: Sequence[Finding]
    unsent: Sequence[Finding]
    coming: Post[News] | None
    invitations: Sequence[Group]


@requires(Action.ADMINISTER)
async def check_office(desk: Desk, caller: Caller) -> OfficeCheck:
    """Look at database, reminder loop and outbox for the caller's office. Raises `Unavailable` (`office.none`)."""
    office = caller.own_office()
    unsent = [
        unsent_finding(office.place, state, reason, number)
        for office_id, state, reason, number in await unsent_posts(desk)
        if office_id == office.id
    ]
    return OfficeCheck(
        office,
        await revision_finding(desk),
        list(_passes(await workers_seen(desk), desk.clock())),
        unsent,
        await next_post(desk, office),
        (await own_groups(desk, caller)).invited,
    )


def _passes(workers: Sequence[WorkerSeen], now: datetime) -> Iterator[Finding]:
    """The last reminder pass of all processes, and the last error of any."""
    last = max((each.last_pass_at for each in workers if each.last_pass_at), default=None)
    if last is None:
        yield Finding(False, "check.no_pass")
    else:
        well = now - last <= OVERDUE
        yield Finding(well, "check.last_pass" if well else "check.pass_overdue", {"moment": last})
    failed = [each for each in workers if each.last_error_at and now - each.last_error_at <= TOLD_OF]
    if failed:
        latest = max(failed, key=lambda each: each.last_error_at or now)
        error = latest.last_error or ""
        key = next((key for known, key in KNOWN_ERRORS.items() if error.endswith(known)), "check.last_error")
        values = {"moment": latest.last_error_at} | ({} if key in KNOWN_ERRORS.values() else {"error": error})
        yield Finding(False, key, values)
