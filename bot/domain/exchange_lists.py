"""Which exchanges a list shows: the filter, what is still unconfirmed, and what lies within a period."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.dates import PartialDate
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeLevel, ExchangeStatus, Mode


class Only(StrEnum):
    """What is looked for because something about it is open."""

    UNCONFIRMED = "unconfirmed"
    UNPAIRED = "unpaired"
    TO_CONFIRM = "to_confirm"
    """What another office logged, and the office of the place has not confirmed, nor noted a difference."""


@dataclass(frozen=True, slots=True)
class ExchangeFilter:
    """Which exchanges of a place (`home_id`, by default the office's own) are kept; what is empty keeps all.

    `topic` is a word of the list of topics or a tag. A period is from the first day of `since` to the last of `until`.
    """

    home_id: int | None = None
    partner_id: int | None = None
    kind: ExchangeKind | None = None
    level: ExchangeLevel | None = None
    status: ExchangeStatus | None = None
    mode: Mode | None = None
    only: Only | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    topic: str = ""

    def may_be_within(self, exchange: Exchange) -> bool:
        """Whether it took place within the period, or may have, as far as its dates are known (reading 6)."""
        last = exchange.end_date or exchange.date
        begins = self.until is None or exchange.date.earliest() <= self.until.latest()
        return begins and (self.since is None or last.latest() >= self.since.earliest())

    def keeps(self, exchange: Exchange, today: date) -> bool:
        """Whether the exchange is kept, but for `home_id`, `partner_id`, what is paired and what waits."""
        wanted = (
            (self.kind, exchange.kind), (self.level, exchange.level), (self.status, exchange.status),
            (self.mode, exchange.mode),
        )  # fmt: skip
        if any(want is not None and want is not has for want, has in wanted):
            return False
        if self.topic and self.topic not in exchange.topics:
            return False
        if self.only is Only.UNCONFIRMED and not is_unconfirmed(exchange, today):
            return False
        if self.only is Only.TO_CONFIRM and exchange.status is not ExchangeStatus.HELD:
            return False
        if self.only is Only.UNPAIRED and exchange.kind is not ExchangeKind.EXHIBITION:
            return False
        return self.may_be_within(exchange)


def is_unconfirmed(exchange: Exchange, today: date) -> bool:
    """Whether it was planned for a day that is over, and nobody said what became of it; it is never taken for held."""
    last = exchange.end_date or exchange.date
    return exchange.status is ExchangeStatus.PLANNED and last.latest() < today
