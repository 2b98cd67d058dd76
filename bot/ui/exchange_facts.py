"""What is known of an exchange, line by line, for every card that shows one."""

from collections.abc import Iterator, Sequence

from bot.domain.access import Scope
from bot.domain.dates import PartialDate
from bot.domain.dormancy import Contact, Quietness
from bot.domain.exchange_details import OF_KIND
from bot.domain.exchanges import FORMATS, Exchange, ExchangeStatus
from bot.domain.places import Place
from bot.domain.profiles import known_topic
from bot.i18n.texts import Texts, Written
from bot.services.exchanges import PartnerNow
from bot.services.topics import topics_in
from bot.ui.audience import restricted

_APART = frozenset({"attendees", "paired_with", "mode", "end_date"})
"""What belongs to a kind, but is told elsewhere on a card, or read apart."""


def when_lines(texts: Texts, exchange: Exchange) -> Iterator[str]:
    """The day, or days; where a time is known, what the clocks of the places show, each time of day once."""
    if exchange.starts_at is None:
        yield _days(texts, exchange.date, exchange.end_date)
        return
    clocks: dict[str, list[Place]] = {}
    for place in exchange.places:
        if place.zone:
            clocks.setdefault(texts.moment(exchange.starts_at, place.zone), []).append(place)
    for shown, places in clocks.items():
        yield texts("visit.moment", moment=Written(shown), place=places)


def _days(texts: Texts, first: PartialDate, last: PartialDate | None) -> str:
    if last is None or last == first:
        return texts("visit.date", date=Written(texts.date(first, weekday=True)))
    return texts("visit.date", date=Written(texts.days(first, last)))


def status_lines(texts: Texts, exchange: Exchange) -> Iterator[str]:
    """What the exchange is, and that it is planned or called off, which anybody must see at once."""
    kind = texts("visit.kind", kind=exchange.kind)
    goes_without_saying = (exchange.kind, exchange.mode) in FORMATS.values()
    mode = f" · {texts.word(exchange.mode)}" if exchange.mode and not goes_without_saying else ""
    level = f" · {texts.word(exchange.level)}" if exchange.level else ""
    yield kind + mode + level
    if exchange.status is not ExchangeStatus.HELD:
        yield texts(f"visit.status_{exchange.status.value}")
    if exchange.cancel_reason:
        yield _fact(texts, "cancel_reason", exchange.cancel_reason)


def fact_lines(texts: Texts, exchange: Exchange) -> Iterator[str]:
    """What it was about, who took part, and what belongs to its kind; of another kind what is there all the same."""
    if exchange.topic:
        yield texts("visit.topic", topic=exchange.topic)
    areas = [known_topic(topic) for topic in exchange.topics]
    if areas and exchange.topics != topics_in(exchange.topic):
        yield _fact(texts, "topics", areas)
    if exchange.people:
        yield texts("visit.people", n=exchange.people)
    every = dict.fromkeys(name for names in (OF_KIND[exchange.kind], *OF_KIND.values()) for name in names)
    for name in every:
        value = None if name in _APART else getattr(exchange, name)
        if value not in (None, ""):
            yield _fact(texts, name, value)
    if exchange.summary:
        yield texts("visit.summary", summary=exchange.summary)
    if exchange.scope is not Scope.SHARED:
        yield texts("visit.scope", scope=exchange.scope)


def _fact(texts: Texts, name: str, value: object) -> str:
    return texts("visit.fact", field=Written(texts(f"field.{name}")), value=value)


# How the ties stand -----------------------------------------------------------------------------------------


def tie_lines(texts: Texts, exchange: Exchange, partners: Sequence[PartnerNow]) -> Iterator[str]:
    """How the ties stand now that an exchange counts; with several partners, each on a line of its own."""
    for each in partners:
        if each.quiet is not None and _may_tell(exchange, each.quiet):
            lines = list(_contact_lines(texts, each.quiet))
            if len(partners) == 1:
                yield from lines
            else:
                yield texts("visit.tie", place=each.place, state=Written(lines[0]))


def _may_tell(exchange: Exchange, quiet: Quietness) -> bool:
    """Whether the answer may say how the tie stands: resting on a later record, it would tell everybody of that."""
    return restricted([exchange.scope]) or quiet.last == exchange.date


def _contact_lines(texts: Texts, quiet: Quietness) -> Iterator[str]:
    """How the tie stands, and by when the next exchange is expected."""
    yield texts(f"contact_mark.{quiet.state.value}", state=quiet.state)
    if quiet.due is not None and quiet.state is Contact.FRESH:
        yield texts("contact.due", due=quiet.due)
