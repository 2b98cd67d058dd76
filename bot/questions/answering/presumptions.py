"""What a question takes for granted and the registry says otherwise: it is put right, not followed."""

from collections.abc import Callable, Mapping

from bot.domain.dormancy import QUIET, Contact
from bot.domain.exchanges import ExchangeStatus
from bot.domain.partnerships import Status
from bot.questions.answering.choosing import whatever_there_is
from bot.questions.answers import Statement, sentence
from bot.questions.holdings import Link, Registry
from bot.questions.lying import lies
from bot.questions.query import Presumed, Query


def corrections(query: Query, registry: Registry) -> list[Statement]:
    """A sentence for each thing that is taken for granted and is not so, as far as the registry tells."""
    if query.partner.anywhere or not query.presumed:
        return []
    links = [link for link in whatever_there_is(query, registry) if not link.act.replaced]
    if not links:
        return []  # that there is no tie is the answer itself
    first = links[0]
    return [
        sentence(
            key, home=first.home, partner=first.partner, record=first.act.record, status=first.act.status
        )
        for presumed, key in KEYS.items()
        if presumed in query.presumed and not _HOLDS[presumed](links, query, registry)
    ]


def _was(status: Status) -> Callable[[list[Link], Query, Registry], bool]:
    return lambda links, query, registry: any(
        any(step.status is status for step in link.act.history) or link.act.status is status for link in links
    )


def _is_dormant(links: list[Link], query: Query, registry: Registry) -> bool:
    return any((q := registry.quietness(link)) and q.state in QUIET - {Contact.COOLING} for link in links)


def _is_planned(links: list[Link], query: Query, registry: Registry) -> bool:
    return any(
        each.status is ExchangeStatus.PLANNED and any(lies(p, query.partner, registry) for p in each.places)
        for each in registry.exchanges()
    )


_HOLDS: Mapping[Presumed, Callable[[list[Link], Query, Registry], bool]] = {
    Presumed.ENDED: _was(Status.ENDED),
    Presumed.PAUSED: _was(Status.PAUSED),
    Presumed.ACTIVE: lambda links, query, registry: any(link.act.in_force for link in links),
    Presumed.DORMANT: _is_dormant,
    Presumed.PLANNED: _is_planned,
}

KEYS: Mapping[Presumed, str] = {
    Presumed.ENDED: "not_ended",
    Presumed.PAUSED: "not_paused",
    Presumed.ACTIVE: "not_active",
    Presumed.DORMANT: "not_dormant",
    Presumed.PLANNED: "not_planned",
}
