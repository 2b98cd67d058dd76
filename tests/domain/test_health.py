"""The health of a tie: points for reasons that add up, and that more contact never lowers."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreements import Commitment
from bot.domain.contacts import Contact as Person
from bot.domain.dates import PartialDate
from bot.domain.dormancy import Contact, Quietness, contact_state
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeLevel, ExchangeStatus, LastContact
from bot.domain.health import (
    DEFAULT_WEIGHTS,
    WHOLE,
    Aspect,
    Health,
    Known,
    Line,
    Unscored,
    Weights,
    health,
    shared_out,
)
from tests.domain.builders import HOME, PARTNER

TODAY = date(2026, 11, 20)
CADENCE = 12


def exchange(number: int = 1, day: date = TODAY, **more: Any) -> Exchange:
    """Something held by home and partner, of an untold level; `home` first unless `places` say otherwise."""
    values: dict[str, Any] = {
        "kind": ExchangeKind.VIRTUAL_VISIT,
        "mode": None,
        "status": ExchangeStatus.HELD,
        "level": None,
        "end_date": None,
        "starts_at": None,
        "title": "",
        "title_zh": None,
        "topic": None,
        "summary": None,
        "people": None,
        "places": (HOME, PARTNER),
    } | more
    return Exchange(id=number, date=PartialDate.of(day), **values)


def known(*exchanges: Exchange, paused: bool = False, **more: Any) -> Known:
    """What is known of the tie, its last contact as the registry finds it."""
    held = [each for each in exchanges if each.status is ExchangeStatus.HELD]
    newest = max(held, key=lambda each: (each.date.latest(), each.id), default=None)
    last = LastContact(newest.id, newest.date) if newest else None
    state = contact_state(last.date if last else None, CADENCE, TODAY, paused=paused)
    values: dict[str, Any] = {"quiet": Quietness(state, CADENCE, last.date if last else None)} | more
    return Known(values.pop("quiet"), last, exchanges, {HOME.id}, **values)


def line(found: Health, aspect: Aspect) -> Line:
    return next(each for each in found.lines if each.aspect is aspect)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


TWO = (exchange(1, ago(800)), exchange(2, ago(10)))


def test_the_default_weights_come_to_a_hundred() -> None:
    assert sum(DEFAULT_WEIGHTS.values()) == WHOLE
    assert set(DEFAULT_WEIGHTS) == set(Aspect)


@pytest.mark.parametrize(
    ("given_known", "why"),
    [
        (known(), Unscored.TOO_LITTLE),
        (known(exchange()), Unscored.TOO_LITTLE),
        (known(exchange(1), exchange(2, status=ExchangeStatus.PLANNED)), Unscored.TOO_LITTLE),
        (known(*TWO, paused=True), Unscored.PAUSED),
        (known(*TWO, quiet=None), Unscored.ENDED),
    ],
)
def test_what_is_not_scored(given_known: Known, why: Unscored) -> None:
    """It has no points at all, rather than few."""
    found = health(given_known, TODAY)
    assert (found.score, found.unscored, found.lines, found.advice) == (None, why, (), None)


@pytest.mark.parametrize(
    ("days", "points", "why"),
    [
        (0, 30, "within"),
        (365, 30, "within"),
        (366, 30, "past"),
        (730, 20, "past"),
        (1095, 10, "past"),
        (1500, 0, "past"),
    ],
)
def test_recency_goes_from_all_to_nothing(days: int, points: int, why: str) -> None:
    """All within the cadence of twelve months, nothing after four times that."""
    found = health(known(exchange(1, ago(1600)), exchange(2, ago(days)), people=()), TODAY)
    weights = shared_out({a: w for a, w in DEFAULT_WEIGHTS.items() if a is not Aspect.COMMITMENTS})
    recency = line(found, Aspect.RECENCY)
    assert recency.why == why
    assert abs(recency.points - points * weights[Aspect.RECENCY] / 30) <= 1
    assert recency.points + recency.gain == recency.out_of
    assert recency.records == ["X2"]


@pytest.mark.parametrize(
    ("kind", "places", "near", "why"),
    [
        (ExchangeKind.VISIT_IN, (HOME, PARTNER), 1, "only_in"),
        (ExchangeKind.VISIT_OUT, (HOME, PARTNER), 1, "only_out"),
        (ExchangeKind.VISIT_IN, (PARTNER, HOME), 1, "only_out"),
        (ExchangeKind.VISIT_OUT, (PARTNER, HOME), 1, "only_in"),
        (ExchangeKind.VISIT_IN, (PARTNER, HOME), 2, "only_in"),
        (ExchangeKind.VISIT, (HOME, PARTNER), 1, "neither"),
    ],
)
def test_who_came_to_whom(kind: ExchangeKind, places: Any, near: int, why: str) -> None:
    """A visit is told from the side of the first places of its record; whose record it is makes no difference."""
    visit = exchange(2, kind=kind, places=places, home_places=near)
    assert line(health(known(exchange(), visit), TODAY), Aspect.RECIPROCITY).why == why


@pytest.mark.parametrize(
    ("levels", "why", "untold"),
    [
        ([None, None], "neither", 2),
        ([ExchangeLevel.CIVIC, None], "only_civic", 1),
        ([ExchangeLevel.LEADER, ExchangeLevel.OFFICIAL], "only_official", 0),
        ([ExchangeLevel.LEADER, ExchangeLevel.CIVIC], "both", 0),
    ],
)
def test_both_levels(levels: list[ExchangeLevel | None], why: str, untold: int) -> None:
    """Leaders are officials; what is not told is neither, and is said."""
    found = health(known(*(exchange(n, level=level) for n, level in enumerate(levels, 1))), TODAY)
    levels_line = line(found, Aspect.LEVELS)
    assert (levels_line.why, levels_line.values["untold"]) == (why, untold)
    assert line(found, Aspect.LEADERS).why == ("some" if ExchangeLevel.LEADER in levels else "none")


def test_what_is_long_ago_counts_no_more() -> None:
    """A mayor's visit of six years ago is on record, and says nothing of today."""
    old = exchange(1, ago(6 * 366), kind=ExchangeKind.VISIT_IN, level=ExchangeLevel.LEADER)
    found = health(known(old, exchange(2)), TODAY)
    assert line(found, Aspect.LEADERS).points == 0
    assert line(found, Aspect.RECIPROCITY).why == "neither"


def test_kinds_and_topics_make_variety() -> None:
    """A topic is one in whichever language it was typed."""
    found = health(known(exchange(1, topic="Housing"), exchange(2, topics=("住宅", "trams"))), TODAY)
    variety = line(found, Aspect.VARIETY)
    assert variety.values["topics"] == ["housing", "trams"]
    assert (variety.why, variety.points) == ("some", round(variety.out_of * 3 / 5))


def test_promises_count_once_they_are_due() -> None:
    """Kept against late; those that are not due yet say nothing, and then the others share the weight."""
    past, future = PartialDate(2026, 1), PartialDate(2027, 1)
    promises = [("P1", Commitment("a", due=past)), ("P2", Commitment("b", due=past, done=past))]
    found = health(known(*TWO, commitments=promises), TODAY)
    kept = line(found, Aspect.COMMITMENTS)
    assert kept.points == (kept.out_of + 1) // 2
    assert (kept.records, kept.values) == (["P1", "P2"], {"kept": 1, "n": 2})
    without = health(known(*TWO, commitments=[("P1", Commitment("a", due=future))]), TODAY)
    assert Aspect.COMMITMENTS in without.left_out
    assert sum(each.out_of for each in without.lines) == WHOLE


def person(number: int, **more: Any) -> Person:
    return Person(id=number, place=PARTNER, name=f"Person {number}", **more)


def test_people_who_left_are_not_counted() -> None:
    found = health(known(*TWO, people=[person(1), person(2, has_left=True)]), TODAY)
    people = line(found, Aspect.PEOPLE)
    assert (people.why, people.records, people.values["n"]) == ("some", ["C1"], 1)


def test_people_who_are_hidden_are_left_out() -> None:
    """None is not nobody: the score is made of the rest, and says so."""
    hidden, nobody = health(known(*TWO), TODAY), health(known(*TWO, people=[]), TODAY)
    assert Aspect.PEOPLE in hidden.left_out
    assert line(nobody, Aspect.PEOPLE).why == "none"


def test_the_advice_is_what_adds_most() -> None:
    found = health(known(exchange(1, ago(2000)), exchange(2, ago(1900)), people=[]), TODAY)
    assert found.advice is not None
    assert found.advice.aspect is Aspect.RECENCY
    assert found.advice.gain == max(each.gain for each in found.lines)


def test_nothing_that_counts() -> None:
    """Where all the weight is on what is hidden, there is no score to show."""
    only_people = dict.fromkeys(Aspect, 0) | {Aspect.PEOPLE: WHOLE}
    assert health(known(*TWO), TODAY, only_people).unscored is Unscored.NOTHING_COUNTS
    assert health(known(*TWO, people=[]), TODAY, only_people).score == 0


# Of any tie --------------------------------------------------------------------------------------------------

exchanges = st.builds(
    lambda number, days, kind, level, status, near, topics: exchange(
        number,
        ago(days),
        kind=kind,
        level=level,
        status=status,
        topics=tuple(topics),
        places=(HOME, PARTNER) if near else (PARTNER, HOME),
    ),
    st.integers(1, 99),
    st.integers(0, 3000),
    st.sampled_from(ExchangeKind),
    st.none() | st.sampled_from(ExchangeLevel),
    st.sampled_from(ExchangeStatus),
    st.booleans(),
    st.lists(st.sampled_from(["housing", "port", "trams"]), max_size=2),
)
promises = st.lists(
    st.builds(
        lambda due, done: (
            "P1",
            Commitment("x", due=PartialDate(due), done=PartialDate(2025) if done else None),
        ),
        st.integers(2020, 2030),
        st.booleans(),
    ),
    max_size=4,
)
people = st.none() | st.lists(st.builds(person, st.integers(1, 99), has_left=st.booleans()), max_size=5)
weights = st.lists(st.integers(0, WHOLE), min_size=6, max_size=6).map(
    lambda cuts: dict(
        zip(
            Aspect,
            (b - a for a, b in zip([0, *sorted(cuts)], [*sorted(cuts), WHOLE], strict=True)),
            strict=True,
        )
    )
)


@given(st.lists(exchanges, max_size=6), promises, people, weights)
def test_points_add_up_and_stay_within_bounds(
    held: list[Exchange], owed: Any, there: Any, chosen: Weights
) -> None:
    """Whatever is known and whatever the weights: the parts make the whole, which is a hundred."""
    found = health(known(*held, commitments=owed, people=there), TODAY, chosen)
    if found.score is None:
        assert not found.lines
        return
    assert sum(each.out_of for each in found.lines) == WHOLE
    assert sum(each.points for each in found.lines) == found.score
    assert 0 <= found.score <= WHOLE
    for each in found.lines:
        assert 0 <= each.points <= each.points + each.gain <= each.out_of
    counted = {each.aspect for each in found.lines}
    assert counted | set(found.left_out) == {aspect for aspect, weight in chosen.items() if weight}


@given(st.lists(exchanges, min_size=2, max_size=6), exchanges, people, promises, weights)
def test_more_contact_never_lowers(
    held: list[Exchange], another: Exchange, there: Any, owed: Any, chosen: Weights
) -> None:
    """Neither one more exchange of any kind, level, side and day, nor one more person in office."""
    before = health(known(*held, commitments=owed, people=there), TODAY, chosen)
    after = health(known(*held, replace(another, id=100), commitments=owed, people=there), TODAY, chosen)
    if before.score is not None:
        assert after.score is not None
        assert after.score >= before.score
    if there is not None:
        more = health(known(*held, commitments=owed, people=[*there, person(100)]), TODAY, chosen)
        assert (more.score or 0) >= (before.score or 0)


def test_a_state_of_the_ladder_is_no_part_of_it() -> None:
    """The builder of these tests gives the states that the registry gives."""
    assert known(*TWO).quiet == Quietness(Contact.FRESH, CADENCE, PartialDate.of(ago(10)))
