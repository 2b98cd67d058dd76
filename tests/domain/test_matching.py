"""Which partner fits, by points that are all shown; and where a city leans on one partner, person or level."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.matching import (
    FEWEST,
    POINTS,
    Candidate,
    Home,
    Leaning,
    Reason,
    comparable,
    concentrations,
    match,
    ranked,
)
from bot.domain.places import Level, Place
from bot.domain.profiles import ProfileLine, Side, Topic, topic_of


def place(number: int, level: Level | None = Level.CITY, country: str = "JP") -> Place:
    return Place(number, f"p{number}", f"Place {number}", None, level, country)


def line(side: str, topic: str) -> ProfileLine:
    return ProfileLine(Side(side), topic, "a source")


HOME = Home(
    place(1, Level.SPECIAL_MUNICIPALITY, "TW"),
    (line("seeks", "housing"), line("offers", "port"), line("strength", "port"), line("strength", "sport")),
    frozenset({"US"}),
)


@pytest.mark.parametrize(
    ("candidate", "topic", "expected"),
    [
        (Candidate(place(2, None, "US")), None, {}),
        (Candidate(place(2, None, "US"), (line("offers", "housing"),)), None, {Reason.THEY_OFFER: 3}),
        (Candidate(place(2, None, "US"), (line("strength", "housing"),)), None, {Reason.THEY_OFFER: 3}),
        (Candidate(place(2, None, "US"), (line("seeks", "port"),)), None, {Reason.THEY_SEEK: 3}),
        (Candidate(place(2, None, "US"), (line("strength", "sport"),)), None, {Reason.BOTH_STRONG: 2}),
        (Candidate(place(2, None, "US"), (line("seeks", "port"),)), "housing", {}),
        (
            Candidate(place(2, None, "US"), (line("offers", "beekeeping"),)),
            "beekeeping",
            {Reason.THEY_OFFER: 3},
        ),
        (Candidate(place(2, None, "JP")), None, {Reason.NEW_COUNTRY: 1}),
        (Candidate(place(2, Level.CITY, "US")), None, {Reason.SAME_LEVEL: 1}),
        (Candidate(place(2, Level.PREFECTURE, "US")), None, {Reason.SAME_LEVEL: 1}),
        (Candidate(place(2, Level.VILLAGE, "US")), None, {Reason.OTHER_LEVEL: -2}),
        (
            Candidate(place(2, None, "US"), (), (place(3), place(4)), 5),
            None,
            {Reason.PEERS_KNOW_THEM: 1, Reason.WORKED_TOGETHER: 2},
        ),
    ],
)
def test_each_reason_has_its_points(
    candidate: Candidate, topic: str | None, expected: dict[Reason, int]
) -> None:
    """Alone, each tells what it is worth; the total is their sum."""
    found = match(HOME, candidate, topic)
    assert {point.reason: point.points for point in found.points} == expected
    assert found.total == sum(expected.values())


def test_a_place_of_no_telling_reason_is_no_match() -> None:
    """A country and a level alone do not suggest anybody; of equals the name decides."""
    only_level = match(HOME, Candidate(place(2)))
    fitting = [match(HOME, Candidate(place(n), (line("offers", "housing"),))) for n in (9, 3)]
    assert [each.candidate.place.id for each in ranked([only_level, *fitting])] == [3, 9]


PROFILES = st.lists(
    st.builds(line, st.sampled_from([s.value for s in Side]), st.sampled_from(["port", "sport", "tea"])),
    max_size=6,
).map(tuple)


@given(PROFILES, PROFILES)
def test_points_are_the_weights_and_nothing_else(
    ours: tuple[ProfileLine, ...], theirs: tuple[ProfileLine, ...]
) -> None:
    """Whatever the profiles: each topic counts once for a reason, as the table of weights says."""
    found = match(Home(place(1, None, "TW"), ours, frozenset({"JP"})), Candidate(place(2, None), theirs))
    for point in found.points:
        assert point.points == POINTS[point.reason] * len(set(point.topics))
        assert len(point.topics) == len(set(point.topics)) > 0
    assert len({point.reason for point in found.points}) == len(found.points)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Level.CITY, Level.SPECIAL_MUNICIPALITY, True),
        (Level.SPECIAL_MUNICIPALITY, Level.PREFECTURE, True),
        (Level.CITY, Level.PREFECTURE, False),
        (Level.COUNTY, Level.STATE, True),
        (Level.DISTRICT, Level.CITY, False),
        (Level.CITY, None, None),
    ],
)
def test_comparable_levels(one: Level, other: Level | None, expected: bool | None) -> None:
    assert comparable(one, other) is expected


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("Port", "port"),
        (" 港口 ", "port"),
        ("ＰＯＲＴ", "port"),
        ("住宅", "housing"),
        ("Beekeeping ", "beekeeping"),
        ("", ""),
    ],
)
def test_topics_are_found_in_both_languages(typed: str, topic: str) -> None:
    assert topic_of(typed) == topic


def test_every_topic_is_its_own_word() -> None:
    assert all(topic_of(topic.value) == topic for topic in Topic)


EXCHANGES = st.lists(st.lists(st.sampled_from("abc"), max_size=3), max_size=12)


@given(EXCHANGES)
def test_leaning_is_more_than_half(exchanges: list[list[str]]) -> None:
    """By an oracle that counts anew: more than half of at least six that are known, each counted once."""
    known = [set(each) for each in exchanges if each]
    counts = Counter(what for each in known for what in each)
    leaning = {w for w, n in counts.items() if 2 * n > len(known) >= FEWEST}
    found = concentrations({Leaning.PARTNER: exchanges})
    assert bool(found) == bool(leaning)
    for each in found:
        assert each.what in leaning
        assert (each.count, each.of) == (counts[str(each.what)], len(known))
        assert each.count == max(counts.values())
