"""Which exchanges a list keeps, what is unconfirmed, and whose turn it is to visit."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import PartialDate
from bot.domain.exchange_lists import ExchangeFilter, Only, is_unconfirmed
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.reciprocity import Owing, balances
from tests.domain.builders import HOME, PARTNER, THIRD, place

TODAY = date(2026, 11, 20)
HELD = Exchange(
    id=1, kind=ExchangeKind.VISIT_IN, mode=Mode.IN_PERSON, status=ExchangeStatus.HELD, level=ExchangeLevel.LEADER,
    date=PartialDate(2026, 11, 2), end_date=None, starts_at=None, title="", title_zh=None, topic=None, summary=None,
    people=None, places=(HOME, PARTNER), topics=("housing",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        (ExchangeFilter(), True),
        (ExchangeFilter(kind=ExchangeKind.VISIT_IN, level=ExchangeLevel.LEADER, mode=Mode.IN_PERSON), True),
        (ExchangeFilter(kind=ExchangeKind.VISIT_OUT), False),
        (ExchangeFilter(level=ExchangeLevel.CIVIC), False),
        (ExchangeFilter(status=ExchangeStatus.PLANNED), False),
        (ExchangeFilter(topic="housing"), True),
        (ExchangeFilter(topic="port"), False),
        (ExchangeFilter(only=Only.UNCONFIRMED), False),
        (ExchangeFilter(only=Only.UNPAIRED), False),
        (ExchangeFilter(since=PartialDate(2026, 11), until=PartialDate(2026, 11)), True),
        (ExchangeFilter(since=PartialDate(2026, 11, 3)), False),
        (ExchangeFilter(until=PartialDate(2026, 10)), False),
    ],
)
def test_what_a_filter_keeps(chosen: ExchangeFilter, kept: bool) -> None:
    assert chosen.keeps(HELD, TODAY) is kept


@pytest.mark.parametrize(
    ("day", "end", "within"),
    [
        (PartialDate(2026), None, True),  # perhaps in November
        (PartialDate(2025), None, False),
        (PartialDate(2026, 10, 30), PartialDate(2026, 11, 2), True),
        (PartialDate(2026, 12), None, False),
        (PartialDate(2025), PartialDate(2027), True),
    ],
)
def test_a_partial_date_is_read_in_favour_of_the_list(
    day: PartialDate, end: PartialDate | None, within: bool
) -> None:
    november = ExchangeFilter(since=PartialDate(2026, 11, 1), until=PartialDate(2026, 11, 30))
    assert november.may_be_within(replace(HELD, date=day, end_date=end)) is within


@pytest.mark.parametrize(
    ("day", "unconfirmed"),
    [
        (PartialDate(2026, 11, 19), True),
        (PartialDate(2026, 11, 20), False),
        (PartialDate(2026, 11), False),
        (PartialDate(2026, 10), True),
        (PartialDate(2025), True),
        (PartialDate(2026), False),
    ],
)
def test_a_plan_is_unconfirmed_once_its_last_day_is_over(day: PartialDate, unconfirmed: bool) -> None:
    planned = replace(HELD, status=ExchangeStatus.PLANNED, date=day)
    assert is_unconfirmed(planned, TODAY) is unconfirmed
    assert not is_unconfirmed(replace(planned, status=ExchangeStatus.HELD), TODAY)
    assert not is_unconfirmed(replace(planned, end_date=PartialDate(2026, 11, 21)), TODAY)


KINDS = st.sampled_from(
    [ExchangeKind.VISIT_IN, ExchangeKind.VISIT_OUT, ExchangeKind.VISIT, ExchangeKind.SPORT]
)
VISITS = st.lists(
    st.tuples(
        KINDS, st.sampled_from(ExchangeStatus), st.permutations([HOME, PARTNER, THIRD]), st.integers(1, 2)
    )
)


@given(VISITS)
def test_the_balance_by_another_way_of_counting(drawn: list[tuple[object, ...]]) -> None:
    """Whoever came to the side of our place came in; whoever our side went to was visited; the rest is not counted."""
    made = [
        replace(HELD, kind=kind, status=status, places=tuple(places), home_places=near)  # type: ignore[arg-type]
        for kind, status, places, near in drawn
    ]
    found = {
        each.partner.id: (each.visits_in, each.visits_out, each.unrecorded)
        for each in balances(made, [HOME.id])
    }
    expected: dict[int, list[int]] = {}
    for each in made:
        if each.status is not ExchangeStatus.HELD or each.kind is ExchangeKind.SPORT:
            continue
        hosts, guests = each.places[: each.home_places], each.places[each.home_places :]
        if each.kind is ExchangeKind.VISIT_OUT:
            hosts, guests = guests, hosts
        others = guests if HOME in hosts else hosts
        column = 2 if each.kind is ExchangeKind.VISIT else 0 if HOME in hosts else 1
        for other in others:
            expected.setdefault(other.id, [0, 0, 0])[column] += 1
    assert found == {partner: tuple(counts) for partner, counts in expected.items()}


def test_whose_turn_it_is_and_what_a_place_used_to_be() -> None:
    """A merged county's visits are those of the city that it became."""
    county = place(9, "Aomori County", successor_id=PARTNER.id)
    came = [replace(HELD, places=(HOME, county)), replace(HELD, places=(HOME, PARTNER))]
    went = replace(HELD, kind=ExchangeKind.VISIT_OUT, places=(HOME, THIRD))
    aomori, mutsu = balances([*came, went], [HOME.id])
    assert (aomori.partner, aomori.visits_in, aomori.owing) == (PARTNER, 2, Owing.WE)
    assert (mutsu.visits_out, mutsu.owing) == (1, Owing.THEY)
    assert balances([replace(went, kind=ExchangeKind.VISIT)], [HOME.id])[0].owing is Owing.UNKNOWN
    assert balances([came[1], replace(went, places=(HOME, PARTNER))], [HOME.id])[0].owing is Owing.NOBODY
