"""Reminders survive SIGKILL: at every step of a post, and at two hundred random moments."""

from collections.abc import Callable

import pytest

from tests.wire.kill import DOWNTIMES, STEPS, Outcome, kill_at_each_step, lines, prove
from tests.wire.trial import trial_on

SEED = 1

SHARES = {("sqlite", 1): 80, ("postgresql", 1): 60, ("postgresql", 2): 60}
"""How the two hundred are divided among engines and numbers of processes; SQLite is one process' own."""

Counted = Callable[[str, object], None]


def well(outcome: Outcome, counted: Counted) -> None:
    """Nothing is wrong; what was counted is printed in the end."""
    counted("counted", "\n".join(lines(outcome)))
    assert outcome.wrong == [], outcome.log


async def steps(engine: str, downtime: str, counted: Counted) -> None:
    async with trial_on(engine, 1, days=1) as trial:
        outcome = await kill_at_each_step(trial, DOWNTIMES[downtime])
    well(outcome, counted)
    assert outcome.kills.total() == len(STEPS)
    assert outcome.verdict is not None
    known = downtime.startswith("while")
    assert (outcome.verdict.due, outcome.verdict.given_up) == (3, 0)
    assert (outcome.verdict.twice, outcome.verdict.repeats_swallowed) == ((0, 2) if known else (2, 0))


@pytest.mark.proof
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
@pytest.mark.parametrize("downtime", DOWNTIMES)
async def test_at_each_step(engine: str, downtime: str, record_property: Counted) -> None:
    """The next bot posts all that is left, and nothing twice; later, what was out may be, and is noted as such."""
    await steps(engine, downtime, record_property)


@pytest.mark.proof
@pytest.mark.parametrize(("engine", "processes"), SHARES)
async def test_at_random(engine: str, processes: int, record_property: Counted) -> None:
    """At any moment of their lives, again and again: each post is there once, or twice and noted as such."""
    well(await prove(engine, processes, SHARES[engine, processes], SEED), record_property)
