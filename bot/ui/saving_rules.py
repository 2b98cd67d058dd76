"""How an office has it told what virtual visits saved."""

from collections.abc import Iterator

from bot.domain.offices import Office
from bot.i18n.texts import Texts


def saving_rule_lines(texts: Texts, office: Office) -> Iterator[str]:
    """Not at all, by the built-in factors, or by its own."""
    rules = office.savings
    if not rules.shown:
        yield texts("office.settings.savings_off")
    elif rules.flight or rules.cost or rules.nights is not None:
        yield texts("office.settings.savings_own")
    else:
        yield texts("office.settings.savings_on")
