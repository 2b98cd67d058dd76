"""What a list of partners keeps, how it is counted, and where countries lie."""

from typing import Any

import pytest
from babel.core import get_global
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import PartialDate
from bot.domain.dormancy import Contact
from bot.domain.exchange_levels import LevelCounts, only_level
from bot.domain.exchanges import ExchangeLevel
from bot.domain.partner_lists import Count, CountRule, ListedAct, PartnerFilter, count_by_rule
from bot.domain.partnerships import Kind, Status
from bot.domain.places import Level, Place
from bot.domain.regions import TERRITORIES, Region
from bot.domain.ties import Tie
from tests.domain.builders import HOME, act, contact, place

TODAY = PartialDate(2026, 11, 20).earliest()
TOKYO = place(11, "Tokyo", name_zh="東京都", country="JP", level=Level.PREFECTURE)
PORTLAND = place(12, "Portland", country="US", region_en="Oregon", region_zh="奧勒岡州", level=Level.CITY)
HAGATNA = place(13, "Hagåtña", country="GU", level=Level.CITY)


def item(*partners: Place, last: str | None = None, **more: Any) -> ListedAct:
    """A listed act of home with these partners, who were all met at `last`."""
    made = act(parties=(HOME, *partners), **more)
    found = contact(last) if last else None
    return ListedAct(made, partners, None, [Tie(partner, [made], found) for partner in partners])


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({}, True),
        ({"country": "US"}, True),
        ({"country": "JP"}, False),
        ({"region": Region.NORTH_AMERICA}, True),
        ({"region": Region.ASIA}, False),
        ({"level": Level.CITY}, True),
        ({"level": Level.PREFECTURE}, False),
        ({"state": Contact.STALE}, True),
        ({"state": Contact.FRESH}, False),
        ({"text": "portl"}, True),
        ({"text": "ＯＲＥＧＯＮ"}, True),
        ({"text": "奧勒岡"}, True),
        ({"text": "roses"}, True),
        ({"text": "Salem"}, False),
        ({"kind": Kind.SISTER_CITY}, True),
        ({"kind": Kind.MOU}, False),
        ({"status": Status.PAUSED}, False),
        ({"any_status": True, "all_kinds": True}, True),
        # A year is within dates only if all of it is
        ({"signed_from": PartialDate(1988)}, True),
        ({"signed_from": PartialDate(1988, 1, 1)}, True),
        ({"signed_from": PartialDate(1988, 2)}, False),
        ({"signed_until": PartialDate(1988)}, True),
        ({"signed_until": PartialDate(1988, 11)}, False),
        ({"signed_from": PartialDate(1980), "signed_until": PartialDate(1990)}, True),
        ({"signed_until": PartialDate(1987)}, False),
    ],
)
def test_what_a_filter_keeps(chosen: dict[str, Any], kept: bool) -> None:
    """Each of its parts alone, for a tie signed in some day of 1988 that has been silent since 2001."""
    portland = item(PORTLAND, last="2001", signed="1988", named="City of Roses")
    assert PartnerFilter(**chosen).keeps(portland, TODAY) is kept


def test_what_cannot_be_placed_is_not_called_outside() -> None:
    """An act without a date, and one whose year reaches over the edge, may be within; a later year is not."""
    chosen = PartnerFilter(signed_from=PartialDate(1988, 6))
    found = [chosen.may_be_signed_within(act(signed=day)) for day in (None, "1988", "1987", "1990")]
    assert found == [True, True, False, True]
    assert [chosen.is_signed_within(act(signed=day)) for day in (None, "1988", "1990")] == [
        False,
        False,
        True,
    ]


def test_an_act_of_three_is_told_by_any_of_its_partners() -> None:
    """Country, level and state of one of them are enough; the last contact is the newest with any."""
    made = act(parties=(HOME, TOKYO, PORTLAND))
    ties = [Tie(TOKYO, [made], contact("2026-10-01")), Tie(PORTLAND, [made], contact("2001"))]
    both = ListedAct(made, (TOKYO, PORTLAND), None, ties)
    for chosen in ({"country": "JP"}, {"country": "US"}, {"state": Contact.FRESH}, {"state": Contact.STALE}):
        assert PartnerFilter(**chosen).keeps(both, TODAY), chosen  # type: ignore[arg-type]
    assert both.last == contact("2026-10-01")
    quiet = both.quietness(TODAY)
    assert quiet is not None
    assert quiet.state is Contact.FRESH


def test_an_ended_act_has_no_state() -> None:
    """Nothing is dormant where nothing stands."""
    ended = item(TOKYO, last="1990", status=Status.ENDED)
    assert (ended.states(TODAY), ended.quietness(TODAY)) == (frozenset(), None)


def test_territories_are_told_apart() -> None:
    """Guam is not among the United States, and not forgotten either (reading 9)."""
    chosen = PartnerFilter(country="US")
    assert not chosen.keeps(item(HAGATNA), TODAY)
    assert [chosen.is_in_territory(item(each)) for each in (HAGATNA, PORTLAND, TOKYO)] == [True, False, False]
    assert not PartnerFilter().is_in_territory(item(HAGATNA))


# Counting --------------------------------------------------------------------------------------------------

listed_acts = st.lists(
    st.builds(
        lambda kind, status, ids: item(*(place(n) for n in ids), kind=kind, status=status),
        st.sampled_from(Kind),
        st.sampled_from(Status),
        st.lists(st.integers(20, 26), min_size=1, max_size=3, unique=True),
    ),
    max_size=20,
)


@given(listed_acts)
def test_counts_by_rule(listed: list[ListedAct]) -> None:
    """Against a count written out for each rule; each takes in the one before."""
    names = {
        CountRule.SISTER: ("sister_city",),
        CountRule.PARTNERS: ("sister_city", "friendship_city"),
        CountRule.WITH_MEMORANDA: ("sister_city", "friendship_city", "mou"),
    }
    found = count_by_rule(listed)
    for rule, kinds in names.items():
        agreements, places = 0, []
        for each in listed:
            over = each.act.status.value in ("prospective", "proposed", "paused", "ended")
            if not over and each.act.kind.value in kinds:
                agreements += 1
                places += [partner.name_en for partner in each.partners]
        assert found[rule] == Count(agreements, len(set(places)))
    totals = [found[rule].agreements for rule in CountRule]
    assert totals == sorted(totals)


# The world -------------------------------------------------------------------------------------------------

PARTS = [region for region in Region if region is not Region.ASIA]


def test_every_country_lies_in_one_part_of_the_world() -> None:
    """Every country of CLDR in exactly one, Antarctica in none; Asia is its parts."""
    countries = set(get_global("territory_zones")) - {"001", "AQ", "ZZ"} | {"XK", "BV", "HM"}
    places = {code: [region for region in PARTS if region.holds(code)] for code in countries}
    assert {code: found for code, found in places.items() if len(found) != 1} == {}
    asian = {code for code, (found,) in places.items() if found.value.endswith("asia")}
    assert {code for code in countries if Region.ASIA.holds(code)} == asian
    assert not any(region.holds(code) for region in Region for code in ("AQ", "", None))
    assert set().union(*TERRITORIES.values()) | set(TERRITORIES) <= countries


@pytest.mark.parametrize(
    ("country", "region"),
    [("TW", "east_asia"), ("GU", "oceania"), ("SZ", "africa"), ("BZ", "latin_america"), ("CZ", "europe")],
)
def test_where_countries_lie(country: str, region: str) -> None:
    """Some that staff look for, and that are easily misplaced."""
    assert Region(region).holds(country)


CIVIC, OFFICIAL, LEADER = ExchangeLevel.CIVIC, ExchangeLevel.OFFICIAL, ExchangeLevel.LEADER


@pytest.mark.parametrize(
    ("counts", "only"),
    [
        ({OFFICIAL: 5}, OFFICIAL),
        ({OFFICIAL: 1, LEADER: 1}, OFFICIAL),
        ({CIVIC: 2}, CIVIC),
        ({CIVIC: 1, OFFICIAL: 5}, None),
        ({OFFICIAL: 1}, None),
        ({OFFICIAL: 5, None: 1}, None),
        ({}, None),
    ],
)
def test_a_tie_on_one_level_only(counts: LevelCounts, only: ExchangeLevel | None) -> None:
    """Said from two exchanges on, and never while the level of one of them is unknown."""
    assert only_level(counts) is only
