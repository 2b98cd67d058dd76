"""What one can write about: each hook only if the data has it, and the best one first."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.dates import PartialDate
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.domain.partnerships import Kind, Status
from bot.domain.places import Place
from bot.domain.profiles import ProfileLine, Side
from bot.domain.reviving import Fit, Shared, fitting_event, near_anniversary, shared_topic
from tests.domain.builders import HOME, act, place
from tests.domain.test_health import exchange

TODAY = date(2026, 11, 20)
SEATTLE, PORTLAND, TAIPEI = (
    place(2, "Seattle", country="US"),
    place(3, "Portland", country="US"),
    place(4, "Taipei"),
)


@pytest.mark.parametrize(
    ("signed", "status", "kind", "found"),
    [
        ("1991-12-01", Status.ACTIVE, Kind.SISTER_CITY, "2026-12-01"),
        ("1991-11-20", Status.UNKNOWN, Kind.FRIENDSHIP_CITY, "2026-11-20"),
        ("1991-11-19", Status.ACTIVE, Kind.SISTER_CITY, None),  # in 364 days
        ("1991-03", Status.ACTIVE, Kind.SISTER_CITY, "2027-03"),
        ("1991", Status.ACTIVE, Kind.SISTER_CITY, "2026"),
        ("1991-12-01", Status.ENDED, Kind.SISTER_CITY, None),
        ("1991-12-01", Status.ACTIVE, Kind.MOU, None),
        (None, Status.ACTIVE, Kind.SISTER_CITY, None),
    ],
)
def test_an_anniversary_that_is_near(
    signed: str | None, status: Status, kind: Kind, found: str | None
) -> None:
    """As precise as it is known; of acts in force that are celebrated."""
    near = near_anniversary([act(signed=signed, status=status, kind=kind)], TODAY)
    assert (near.coming.occurrence.iso() if near else None) == found


def line(side: Side, topic: str) -> ProfileLine:
    return ProfileLine(side, topic, f"source of {topic}")


SEEK, OFFER, STRONG = (
    [line(side, "housing"), line(side, "port")] for side in (Side.SEEKS, Side.OFFERS, Side.STRENGTH)
)


@pytest.mark.parametrize(
    ("ours", "theirs", "how", "topics"),
    [
        (OFFER, SEEK, Shared.THEY_SEEK, ["housing", "port"]),
        (STRONG, SEEK, Shared.THEY_SEEK, ["housing", "port"]),
        (SEEK, OFFER, Shared.THEY_OFFER, ["housing", "port"]),
        (STRONG, STRONG, Shared.BOTH_STRONG, ["housing", "port"]),
        (SEEK, SEEK, Shared.WORKED_ON, ["trams"]),
        ([], [], Shared.WORKED_ON, ["trams"]),
    ],
)
def test_a_topic_that_both_share(
    ours: list[ProfileLine], theirs: list[ProfileLine], how: Shared, topics: list[str]
) -> None:
    """By the profiles, else by the newest exchange that was held on one."""
    planned = exchange(9, topic="tea", status=ExchangeStatus.PLANNED)
    found = shared_topic(ours, theirs, [planned, exchange(8), exchange(7, topic="Trams")])
    assert found is not None
    assert (found.how, list(found.topics)) == (how, topics)
    assert (found.exchange is not None) == (how is Shared.WORKED_ON)
    if found.exchange is None:
        assert list(found.sources) == ["source of housing", "source of port"]


def test_no_topic_without_data() -> None:
    assert shared_topic([], [], [exchange(8)]) is None


def planned(number: int, *places: Place, on: str = "2027-01-10", **more: Any) -> Exchange:
    made = exchange(number, status=ExchangeStatus.PLANNED, places=places, **more)
    return replace(made, date=PartialDate.from_iso(on))


@pytest.mark.parametrize(
    ("events", "number", "fit"),
    [
        ([planned(1, TAIPEI, PORTLAND), planned(2, TAIPEI, SEATTLE, on="2027-05")], 2, Fit.WITH_THEM),
        ([planned(1, TAIPEI, PORTLAND, on="2027-05"), planned(2, TAIPEI, PORTLAND)], 2, Fit.IN_THEIR_COUNTRY),
        ([planned(1, TAIPEI, place(9), topic="Housing")], 1, Fit.ON_THE_TOPIC),
        ([planned(1, TAIPEI, place(9), topic="tea")], None, None),
        ([planned(1, HOME, SEATTLE)], None, None),
        ([planned(1, TAIPEI, SEATTLE, on="2026-10")], None, None),
        ([planned(1, TAIPEI, SEATTLE, on="2026-11")], 1, Fit.WITH_THEM),
    ],
)
def test_an_event_that_fits(events: list[Exchange], number: int | None, fit: Fit | None) -> None:
    """The partner's own before one of its country, before one on its topics; then the soonest; none that is over."""
    found = fitting_event(events, SEATTLE, [SEATTLE.id], [HOME.id], {"housing"}, TODAY)
    assert (found.exchange.id if found else None, found.fit if found else None) == (number, fit)
