"""When it is told that a tie has gone quiet."""

from collections.abc import Iterator

from bot.domain.occasions.facts import Facts, Occasion, Window


def silences(facts: Facts, _: Window) -> Iterator[Occasion]:
    """The days on which a partner tie becomes cooling, dormant or stale."""
    for tie in facts.ties:
        if tie.is_partner:
            for day in tie.crossings().values():
                yield Occasion(
                    tie.lead_act.record, day, 0, facts.on_or_before(day), frozenset({tie.partner.id})
                )
