"""Processes that change one record, and log for the same requests, at the same time: nothing is written over."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tests.load.children import Child, Told
from tests.load.proof import connect

EDITS = (
    "SELECT before, after FROM audit_entries WHERE action = 'exchange.edited' AND subject = $1 ORDER BY id"
)
RECORD = "SELECT people, version FROM exchanges WHERE id = $1"
SAME = "SELECT count(*), count(DISTINCT request_id) FROM exchanges WHERE request_id LIKE 'same:%'"


@dataclass
class Edits:
    """What the processes told: each edit as (people, summary), how often one was overtaken, and shared requests."""

    edited: list[tuple[int, str]] = field(default_factory=list)
    overtaken: int = 0
    same: dict[int, set[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def heard(self, told: Told) -> None:
        match told["kind"]:
            case "edited":
                self.edited.append((told["people"], told["summary"]))
            case "overtaken":
                self.overtaken += 1
            case "same":
                self.same.setdefault(told["request"], set()).add(told["record"])

    def must(self, good: bool, otherwise: str) -> None:
        if not good:
            self.wrong.append(otherwise)


async def change_together(
    processes: Sequence[Child], url: str, number: int, times: int, requests: int, found: Edits
) -> None:
    """Let every process change the exchange so many times, and all log for the same requests; then judge.

    What they tell goes to `found` meanwhile. Nobody has changed the exchange before.
    """
    (people, _), _, _ = await _read(url, number)
    await asyncio.gather(*(process.ask("edit", number=number, times=times) for process in processes))
    await asyncio.gather(*(process.ask("same", requests=requests) for process in processes))
    await _judge(url, number, people, times * len(processes), requests, found)


async def _read(url: str, number: int) -> tuple[tuple[int, int], list[tuple[str, str]], tuple[int, int]]:
    connection = await connect(url)
    try:
        record = await connection.fetchrow(RECORD, number)
        entries = await connection.fetch(EDITS, f"X{number}")
        same = await connection.fetchrow(SAME)
    finally:
        await connection.close()
    return tuple(record), [tuple(entry) for entry in entries], tuple(same)


async def _judge(url: str, number: int, before: int, edits: int, requests: int, found: Edits) -> None:
    (people, version), entries, same = await _read(url, number)
    found.must(people == before + edits, f"{edits} were added one by one, and {people - before} are there")
    found.must(version == edits + 1, f"version {version} after {edits} edits")
    found.must(len(entries) == edits, f"{len(entries)} audit entries of {edits} edits")
    each = list(range(before + 1, before + edits + 1))
    found.must(sorted(number for number, _ in found.edited) == each, "an edit was written over")
    states = [(json.loads(start), json.loads(end)) for start, end in entries]
    told = {(end["people"], end["summary"]) for _, end in states}
    found.must(told == set(found.edited), "the audit trail tells other edits than the people were told")
    chained = all(first[1] == second[0] for first, second in pairwise(states))
    found.must(chained, "an edit began with another state than the one before it left")
    alone = all(len(records) == 1 for records in found.same.values())
    found.must(alone, "one request was told two records")
    found.must(same == (requests, requests), f"{same[0]} records of {requests} requests")
