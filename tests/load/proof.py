"""What stands in the database in the end, read with plain SQL, against what people were told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import asyncpg
from sqlalchemy import make_url

from bot.domain.reminders import Reminder, ReminderKind

STORED = """
    SELECT x.id, x.request_id, x.topic, x.office_id, o.guild_id, x.status, x.scope,
           (SELECT count(*) FROM exchange_places p WHERE p.exchange_id = x.id) AS places,
           (SELECT count(*) FROM exchange_places p
             WHERE p.exchange_id = x.id AND p.place_id = o.place_id) AS home
      FROM exchanges x LEFT JOIN offices o ON o.id = x.office_id
     WHERE x.request_id LIKE 'discord:%'
"""

ENTRIES = """
    SELECT subject, user_id, guild_id, office_id, after ->> 'topic' AS topic
      FROM audit_entries WHERE action = 'exchange.logged' AND user_id IS NOT NULL
"""

COUNTER = "SELECT last FROM record_numbers WHERE name = 'exchanges'"
HIGHEST = "SELECT max(id) FROM exchanges"
HOW_MANY = "SELECT count(*) FROM exchanges"
ROWS = "SELECT office_id, kind, subject, occurrence, lead_days, channel_id, at, state FROM reminders"


@dataclass(frozen=True)
class Acknowledged:
    """What one person was told: their request is the record of this number."""

    request: str
    number: int
    topic: str
    user: int
    guild: int


@dataclass
class Verdict:
    """What was found. `wrong` says in words what must not be; empty where all is well."""

    records: int = 0
    audit_entries: int = 0
    reminders_sent: int = 0
    reminders_left: int = 0
    wrong: list[str] = field(default_factory=list)

    def must(self, good: bool, otherwise: str) -> None:
        if not good:
            self.wrong.append(otherwise)


async def connect(url: str) -> Any:
    """A connection that has nothing to do with ours."""
    address = make_url(url)
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    return await asyncpg.connect(plain)


async def judge(
    url: str, before: int, told: Sequence[Acknowledged], posts: Sequence[tuple[int, str]]
) -> Verdict:
    """Hold the database against what was told (`told`) and posted (`posts`: channel and nonce).

    `before` is the number of exchanges that were there at the beginning.
    """
    verdict = Verdict()
    connection = await connect(url)
    try:
        await _judge_records(connection, before, told, verdict)
        await _judge_audit(connection, told, verdict)
        await _judge_posts(connection, posts, verdict)
    finally:
        await connection.close()
    return verdict


async def _judge_records(
    connection: Any, before: int, told: Sequence[Acknowledged], verdict: Verdict
) -> None:
    rows = await connection.fetch(STORED)
    verdict.records = len(rows)
    numbers: dict[str, set[int]] = {}
    for one in told:
        numbers.setdefault(one.request, set()).add(one.number)
    stored = Counter(row["request_id"].removeprefix("discord:") for row in rows)
    verdict.must(all(len(n) == 1 for n in numbers.values()), "one request was told two numbers")
    told_numbers = [number for of_one in numbers.values() for number in of_one]
    verdict.must(len(set(told_numbers)) == len(told_numbers), "one number was told to two requests")
    for request in numbers.keys() - stored.keys():
        verdict.wrong.append(f"lost: request {request}, told {numbers[request]}")
    for request in stored.keys() - numbers.keys():
        verdict.wrong.append(f"stored, but nobody was told: request {request}")
    verdict.must(max(stored.values(), default=1) == 1, "one request made two records")
    by_id = {row["id"]: row for row in rows}
    for one in told:
        row = by_id.get(one.number)
        if row is None:
            verdict.wrong.append(f"lost: X{one.number}")
            continue
        same = (row["topic"], row["guild_id"]) == (one.topic, one.guild)
        verdict.must(same, f"X{one.number} is not what {one.user} logged")
        whole = (row["places"], row["home"], row["status"]) == (2, 1, "held")
        verdict.must(whole, f"X{one.number} is half done")
    everything = await connection.fetchval(HOW_MANY)
    highest, last = await connection.fetchval(HIGHEST), await connection.fetchval(COUNTER)
    verdict.must(everything == before + len(rows), "there are records of no request")
    verdict.must(highest == last == everything, f"numbers have gaps: {everything} records up to X{highest}")


async def _judge_audit(connection: Any, told: Sequence[Acknowledged], verdict: Verdict) -> None:
    entries = await connection.fetch(ENTRIES)
    verdict.audit_entries = len(entries)
    by_subject = Counter(entry["subject"] for entry in entries)
    verdict.must(max(by_subject.values(), default=1) == 1, "one record has two entries in the audit trail")
    expected = {(f"X{one.number}", one.user, one.guild, one.topic) for one in told}
    found = {(entry["subject"], entry["user_id"], entry["guild_id"], entry["topic"]) for entry in entries}
    verdict.must(found == expected, f"the audit trail differs: {len(found ^ expected)} entries")
    offices = await connection.fetch("SELECT id, guild_id FROM offices")
    office_of = {office["guild_id"]: office["id"] for office in offices}
    same = all(entry["office_id"] == office_of[entry["guild_id"]] for entry in entries)
    verdict.must(same, "an audit entry names another office")


async def _judge_posts(connection: Any, posts: Sequence[tuple[int, str]], verdict: Verdict) -> None:
    rows = await connection.fetch(ROWS)
    sent = {(row["channel_id"], _nonce(row)) for row in rows if row["state"] == "sent"}
    verdict.reminders_sent = len(sent)
    verdict.reminders_left = sum(row["state"] in ("pending", "claimed", "blocked") for row in rows)
    times = Counter(posts)
    for channel, nonce in sent - times.keys():
        verdict.wrong.append(f"recorded as sent, and not in channel {channel}: {nonce}")
    for post, number in times.items():
        verdict.must(post in sent, f"posted, and not recorded: {post}")
        # Sent again with its nonce while the database was away: Discord swallows that, the simulator does not.
        verdict.must(number <= 2, f"posted {number} times: {post}")
    verdict.must(verdict.reminders_left == 0, f"{verdict.reminders_left} reminders were left over")


def _nonce(row: Any) -> str:
    reminder = Reminder(
        office_id=row["office_id"],
        kind=ReminderKind(row["kind"]),
        subject=row["subject"],
        occurrence=row["occurrence"],
        lead_days=row["lead_days"],
        channel_id=row["channel_id"],
        at=row["at"],
    )
    return reminder.nonce
