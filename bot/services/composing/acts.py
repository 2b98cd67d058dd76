"""What every piece of news of an agreement tells."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.exchanges import Exchange
from bot.domain.partnerships import Partnership
from bot.domain.places import Place


@dataclass(frozen=True, slots=True)
class ActNews:
    """News of an agreement, with the places of the other side and what was done with them last."""

    act: Partnership
    partners: Sequence[Place]
    recent: Sequence[Exchange] = field(default=(), kw_only=True)

    @property
    def records(self) -> Sequence[str]:
        return [self.act.record, *(exchange.record for exchange in self.recent[:1])]

    @property
    def places(self) -> Sequence[Place]:
        return self.act.parties
