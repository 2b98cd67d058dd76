"""How many people there were at an exchange: as logged, else as its title says."""

from bot.domain.exchanges import Exchange
from bot.questions.text.amounts import headcounts


def told_in_title(exchange: Exchange) -> int | None:
    """The number of people that the titles say, where they say one alone: 拉當派 16 人代表團."""
    told = {each.value for title in (exchange.title, exchange.title_zh) for each in headcounts(title or "")}
    return told.pop() if len(told) == 1 else None


def people_at(exchange: Exchange) -> int | None:
    """How many people there were; None where nobody has written that down."""
    return exchange.people if exchange.people is not None else told_in_title(exchange)
