"""Levels of exchanges: on which of them a tie lives."""

from collections.abc import Mapping

from bot.domain.exchanges import ExchangeLevel

LevelCounts = Mapping[ExchangeLevel | None, int]
"""How many exchanges were held on each level; under None those whose level nobody told."""

ENOUGH = 2
"""From how many exchanges on one level it is worth saying that there are none on the other."""


def only_level(counts: LevelCounts) -> ExchangeLevel | None:
    """The one level on which a tie lives: `OFFICIAL` (leaders among them) or `CIVIC`; None where it lives on both.

    Nothing is said while the level of an exchange is not known.
    """
    civic = counts.get(ExchangeLevel.CIVIC, 0)
    official = counts.get(ExchangeLevel.OFFICIAL, 0) + counts.get(ExchangeLevel.LEADER, 0)
    if counts.get(None, 0) or civic + official < ENOUGH or (civic and official):
        return None
    return ExchangeLevel.CIVIC if civic else ExchangeLevel.OFFICIAL
