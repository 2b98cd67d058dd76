"""Where places lie, how far apart two of them are, and what their clocks say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.places import Place, distance_km
from bot.questions.answering.choosing import choose, ranked
from bot.questions.answering.telling import link_lines, nothing, of_links
from bot.questions.answers import Answer, AnswerKind, Outcome, sentence
from bot.questions.holdings import Registry
from bot.questions.query import Asked, Query, RankBy, Told, Unit


def tell_of_places(query: Query, registry: Registry) -> Answer:
    """Where places lie and what they are called; how far one is from home, by way or clock; or the nearest partner."""
    if query.told is Told.SITUATION:
        return _where(query, registry)
    if query.told is Told.NAMES:
        return _names(registry)
    pairs = [(holding.home, place) for holding in registry.homes for place in registry.named]
    if not pairs:
        between = sentence("between_which")
        return _nearest(query, registry) if query.rank else nothing(AnswerKind.NUMBER, between)
    home, other = pairs[0]
    if query.told is Told.TIME_DIFFERENCE:
        return _time_difference(home, other, registry)
    return _distance(home, other, query)


def _where(query: Query, registry: Registry) -> Answer:
    homes = [] if query.home.assumed else [holding.home for holding in registry.homes]
    places = [*homes, *registry.named]
    return Answer(
        Outcome.ANSWERED,
        AnswerKind.TEXT,
        [sentence("lies_in", place=place) for place in places],
        places=places,
    )


def _names(registry: Registry) -> Answer:
    told = [sentence("names_of", place=place) for place in registry.named]
    return Answer(Outcome.ANSWERED, AnswerKind.TEXT, told, places=registry.named)


def _distance(home: Place, other: Place, query: Query) -> Answer:
    far = distance_km(home, other)
    if far is None:
        return nothing(AnswerKind.NUMBER, sentence("no_coordinates", home=home, other=other))
    statement = sentence("distance", home=home, other=other, km=round(far))
    return Answer(Outcome.ANSWERED, AnswerKind.NUMBER, [statement], value=round(far))


def nearer_of(query: Query, registry: Registry) -> Answer:
    """Which of several places lies nearest to home, or farthest; they need have no tie."""
    assert query.rank is not None, "only such a query is answered so"
    home = registry.homes[0].home
    measured = [(far, place) for place in registry.named if (far := distance_km(home, place)) is not None]
    if len(measured) < len(query.partner.places):
        return nothing(AnswerKind.PLACES, sentence("nothing"))
    measured.sort(key=lambda pair: pair[0], reverse=query.rank.by is RankBy.FARTHEST)
    first = [place for _, place in measured[: query.rank.limit]]
    links = [x for x in choose(replace(query, rank=None), registry).links if x.partner in first]
    told = [sentence("distance", home=home, other=place, km=round(far)) for far, place in measured]
    return of_links(Outcome.ANSWERED, AnswerKind.PLACES, links, *told, places=first)


def _time_difference(home: Place, other: Place, registry: Registry) -> Answer:
    """How many hours the other's clocks are ahead of home's at noon of home's day."""
    if home.zone is None or other.zone is None:
        return nothing(AnswerKind.NUMBER, sentence("no_zone", home=home, other=other))
    noon = datetime.combine(registry.today, datetime.min.time(), ZoneInfo(home.zone)) + timedelta(hours=12)
    hours = _offset(noon, other.zone) - _offset(noon, home.zone)
    if not hours:
        return Answer(
            Outcome.ANSWERED, AnswerKind.NUMBER, [sentence("same_time", home=home, other=other)], value=0
        )
    statement = sentence(
        "time_difference", home=home, other=other, hours=abs(hours), ahead=hours > 0,
        here=noon, there=noon.astimezone(ZoneInfo(other.zone)), here_zone=home.zone, there_zone=other.zone,
    )  # fmt: skip
    value = int(hours) if hours == int(hours) else hours
    return Answer(Outcome.ANSWERED, AnswerKind.NUMBER, [statement], value=value)


def _offset(at: datetime, zone: str) -> float:
    offset = at.astimezone(UTC).astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None, "a zone has an offset"
    return offset / timedelta(hours=1)


def _nearest(query: Query, registry: Registry) -> Answer:
    links, _ = ranked(choose(query, registry).links, query.rank, registry)
    if not links:
        return nothing(AnswerKind.PLACES, sentence("nothing"))
    far = distance_km(links[0].home, links[0].partner)
    kind = (
        AnswerKind.NUMBER
        if query.asked is Asked.NUMBER or query.unit is Unit.DAYS_SINCE
        else AnswerKind.PLACES
    )
    return of_links(
        Outcome.ANSWERED, kind, links,
        sentence("nearest", link_lines(links, registry, query), partner=links[0].partner, km=round(far or 0)),
        value=round(far) if far else None, places=[link.partner for link in links],
    )  # fmt: skip
