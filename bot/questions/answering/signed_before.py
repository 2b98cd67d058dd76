"""What of a number of ties was signed by what a place was before, which may not have been carried over."""

from collections.abc import Sequence

from bot.questions.answering.choosing import partners_of
from bot.questions.answers import Statement, once, sentence
from bot.questions.holdings import Link, Registry

_HOMES = 3
"""Of so many homes it is told at most: of all that there are it would be a long list."""


def without_predecessors(links: Sequence[Link], registry: Registry) -> list[Statement]:
    """How many partners each home has without those with whom only a predecessor of it has signed."""
    if len(registry.homes) > _HOMES:
        return []
    said = []
    for holding in registry.homes:
        theirs = [link for link in links if link.home.id == holding.home.id]
        own = partners_of(link for link in theirs if link.through is None)
        before = [link for link in theirs if link.through is not None and link.partner not in own]
        if before:
            said.append(
                sentence(
                    "without_predecessors", home=holding.home, n=len(own),
                    places=once(link.through for link in before),
                    records=once(link.act.record for link in before),
                )
            )  # fmt: skip
    return said
