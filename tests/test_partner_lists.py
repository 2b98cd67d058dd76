"""Lists of partners, comparisons and ties of a place, on the starter data and on made-up registries."""

import random
from collections import Counter
from typing import Any

import pytest

from bot.domain.access import Role
from bot.domain.dates import PartialDate
from bot.domain.dormancy import Contact
from bot.domain.errors import BadInput, NotFound
from bot.domain.partner_lists import Count, CountRule, Order, PartnerFilter
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.places import Level
from bot.domain.regions import Region
from bot.i18n.texts import Texts
from bot.services.comparing import compare
from bot.services.desk import Caller, Desk
from bot.services.partner_exchanges import list_exchanges
from bot.services.partner_lists import PartnerList, list_partners
from bot.services.place_ties import ties_with
from bot.services.quiet import quiet_ties
from bot.ui.partner_filters import TypedFilter, decode_filter, encode_filter, read_filter
from bot.ui.partner_lists import count_lines
from db.engine import Session
from db.exchanges import all_exchanges
from db.offices import insert_office
from db.partnerships import NewPartnership, insert_partnerships
from db.places import NewPlace, ids_by_key, insert_places, update_places
from tests.records import office_of, person

TODAY = PartialDate(2026, 11, 20).earliest()


async def caller_of(desk: Desk, key: str, language: str = "en") -> Caller:
    return person(await office_of(desk, key), Role.READER, language=language)


async def names_in(desk: Desk, key: str, language: str = "en", **chosen: Any) -> list[str]:
    """The first partner of each act in the list."""
    found = await list_partners(desk, await caller_of(desk, key, language), PartnerFilter(**chosen))
    return [item.partners[0].name_en for item in found.acts]


async def test_taipei_by_each_rule(seeded_desk: Desk) -> None:
    """The three counts differ as they should, and are what the lists by kind have."""
    caller = await caller_of(seeded_desk, "taipei-tw")
    whole = await list_partners(seeded_desk, caller, PartnerFilter())
    by_kind = {
        kind: len((await list_partners(seeded_desk, caller, PartnerFilter(kind=kind))).acts)
        for kind in (Kind.SISTER_CITY, Kind.FRIENDSHIP_CITY, Kind.MOU)
    }
    sister, friendship, memoranda = by_kind.values()
    assert min(by_kind.values()) > 0
    assert [whole.counted[rule].agreements for rule in CountRule] == [
        sister,
        sister + friendship,
        sister + friendship + memoranda,
    ]
    assert len(whole.acts) == sister + friendship
    for language, told in (
        ("en", (f"**{sister}** sister cities", f"**{sister + friendship}**", "in force")),
        (
            "zh-TW",
            (
                f"姊妹市 **{sister}** 個",
                f"共 **{sister + friendship}** 個",
                f"合作備忘錄 {memoranda} 項",
                "現行有效",
            ),
        ),
    ):
        text = "\n".join(count_lines(Texts(language), whole))
        assert [part for part in told if part not in text] == [], text


@pytest.mark.parametrize(
    ("key", "chosen", "inside", "outside"),
    [
        ("taipei-tw", {"region": Region.EUROPE}, "Prague", "Houston"),
        ("taipei-tw", {"region": Region.ASIA}, "Manila", "Prague"),
        ("kaohsiung-tw", {"state": Contact.STALE}, "Seattle", "Busan"),
        ("kaohsiung-tw", {"state": Contact.NO_RECORD}, "Busan", "Seattle"),
        ("kaohsiung-tw", {"signed_until": PartialDate(1990)}, "Busan", "Seattle"),
        ("kaohsiung-tw", {"signed_from": PartialDate(1991)}, "Seattle", "Busan"),
        ("kaohsiung-tw", {"level": Level.COUNTY}, "King County", "Seattle"),
        ("kaohsiung-tw", {"text": "washing"}, "Seattle", "Busan"),
        ("kaohsiung-tw", {"text": "西雅图"}, "Seattle", "Busan"),
    ],
)
async def test_filters(
    seeded_desk: Desk, key: str, chosen: dict[str, Any], inside: str, outside: str
) -> None:
    """Each narrows the list; simplified characters find what is written in traditional ones."""
    found = await names_in(seeded_desk, key, **chosen)
    assert inside in found
    assert outside not in found


async def test_the_states_of_a_list_are_those_of_the_quiet_list(seeded_desk: Desk) -> None:
    """One rule for both: whoever is dormant there is dormant here."""
    caller = await caller_of(seeded_desk, "kaohsiung-tw")
    quiet = await quiet_ties(seeded_desk, caller)
    told = {tie.tie.partner.id for tie in quiet.quiet if tie.quiet.state is Contact.STALE}
    listed = await list_partners(
        seeded_desk, caller, PartnerFilter(state=Contact.STALE, all_kinds=True, any_status=True)
    )
    here = {
        tie.partner.id
        for item in listed.acts
        for tie in item.ties
        if (found := tie.quietness(TODAY)) and found.state is Contact.STALE
    }
    assert told
    assert told == here


async def test_orders(seeded_desk: Desk) -> None:
    """By date, undated last; by name and by country as the reader writes them; by contact, no record last."""
    caller = await caller_of(seeded_desk, "kaohsiung-tw")

    async def listed(order: Order, language: str = "en") -> PartnerList:
        chosen = PartnerFilter(order=order)
        return await list_partners(
            seeded_desk, await caller_of(seeded_desk, "kaohsiung-tw", language), chosen
        )

    dates = [item.act.signed for item in (await listed(Order.DATE)).acts]
    dated = [day for day in dates if day]
    assert dates == [*sorted(dated), *[None] * (len(dates) - len(dated))]
    names = [item.partners[0].name_en.casefold() for item in (await listed(Order.NAME)).acts]
    assert names == sorted(names)
    chinese = [item.partners[0].name_zh or "" for item in (await listed(Order.NAME, "zh-TW")).acts]
    assert chinese == sorted(chinese)
    countries = [item.partners[0].country for item in (await listed(Order.COUNTRY)).acts]
    assert countries.index("KR") > countries.index("PL")  # South Korea, though its code comes before PL
    assert list(dict.fromkeys(countries)) == [each for each, _ in Counter(countries).items()]
    lasts = [item.last for item in (await listed(Order.CONTACT)).acts]
    known = [last.date.latest() for last in lasts if last]
    assert known == sorted(known)
    assert lasts[len(known) :] == [None] * (len(lasts) - len(known))
    assert caller.language == "en"


async def test_territories_are_told_apart(seeded_desk: Desk) -> None:
    """Asked for the United States, Guam stands apart; asked for Guam, it is the answer (reading 9)."""
    caller = await caller_of(seeded_desk, "taipei-tw")
    states = await list_partners(seeded_desk, caller, PartnerFilter(country="US"))
    assert "Guam" not in {place.name_en for item in states.acts for place in item.partners}
    assert [item.partners[0].name_en for item in states.territory_apart] == ["Guam"]
    assert await names_in(seeded_desk, "taipei-tw", country="GU") == ["Guam"]


async def test_dates_that_are_not_exact_enough_are_counted(seeded_desk: Desk) -> None:
    """What may or may not have been signed within the dates is neither listed nor forgotten."""
    caller = await caller_of(seeded_desk, "taipei-tw")
    whole = (await list_partners(seeded_desk, caller, PartnerFilter())).acts
    first, last = PartialDate(1985, 6), PartialDate(1990, 6)
    found = await list_partners(seeded_desk, caller, PartnerFilter(signed_from=first, signed_until=last))
    open_ = [a for a in (i.act for i in whole) if a.signed is None or str(a.signed) in ("1985", "1990")]
    assert found.unplaced == len(open_) > 0


# Made-up registries -------------------------------------------------------------------------------------------

HOMES = ("alpha", "beta", "old-alpha")
PARTNERS = tuple(f"partner-{n}" for n in range(12))


async def make_up(session: Session, chance: random.Random) -> tuple[dict[str, int], list[NewPartnership]]:
    """Two cities, one with a predecessor, and acts of every kind and status among them and a dozen partners."""
    ids = await insert_places(
        session,
        [NewPlace(key, key, country=chance.choice(["JP", "US", "GU", "FR"])) for key in (*HOMES, *PARTNERS)],
    )
    await update_places(session, [(ids["old-alpha"], {"successor_id": ids["alpha"]})])
    for key in ("alpha", "beta"):
        await insert_office(session, ids[key], "en", "Asia/Taipei")
    acts = []
    for _ in range(60):
        home, *others = chance.choice(HOMES), *chance.sample([*PARTNERS, "beta"], chance.choice([1, 1, 2]))
        parties = list(dict.fromkeys(ids[key] for key in (home, *others)))
        if len(parties) > 1:
            history = (StatusChange(chance.choice(list(Status))),)
            acts.append(NewPartnership(chance.choice(list(Kind)), tuple(parties), history))
    await insert_partnerships(session, acts)
    return ids, acts


@pytest.mark.parametrize("seed", range(5))
async def test_counts_of_a_made_up_registry(desk: Desk, seed: int) -> None:
    """As somebody would count with the acts on the table: in force, by kind, seen from either end."""
    async with desk.database.write() as session:
        ids, acts = await make_up(session, random.Random(seed))
    families = {"alpha": {ids["alpha"], ids["old-alpha"]}, "beta": {ids["beta"]}}
    kinds = {
        CountRule.SISTER: {"sister_city"},
        CountRule.PARTNERS: {"sister_city", "friendship_city"},
        CountRule.WITH_MEMORANDA: {"sister_city", "friendship_city", "mou"},
    }
    for key, family in families.items():
        found = await list_partners(desk, await caller_of(desk, key), PartnerFilter())
        mine = [a for a in acts if family & set(a.parties) and a.status.value in ("active", "unknown")]
        for rule, wanted in kinds.items():
            counted = [a for a in mine if a.kind.value in wanted]
            places = {party for a in counted for party in a.parties} - family
            assert found.counted[rule] == Count(len(counted), len(places)), (key, rule)
        ended = [a for a in acts if family & set(a.parties) and a.status is Status.ENDED]
        assert found.ended == len(ended)


@pytest.mark.parametrize("seed", range(3))
async def test_comparing_made_up_cities(desk: Desk, seed: int) -> None:
    """What both have, and what only one has, is the arithmetic of their lists."""
    async with desk.database.write() as session:
        ids, acts = await make_up(session, random.Random(seed))
    both = {ids["alpha"], ids["old-alpha"]}, {ids["beta"]}

    def partners(family: set[int]) -> set[int]:
        kept = [
            a
            for a in acts
            if family & set(a.parties)
            and a.status.value in ("active", "unknown")
            and a.kind.value in ("sister_city", "friendship_city")
        ]
        return {party for a in kept for party in a.parties} - both[0] - both[1]

    found = await compare(desk, await caller_of(desk, "alpha"), "alpha", "beta")
    one, two = map(partners, both)
    assert {place.id for place in found.shared} == one & two
    assert {place.id for place in found.only_one} == one - two
    assert {place.id for place in found.only_two} == two - one


# Comparing, ties, exchanges -----------------------------------------------------------------------------------


async def test_two_partners_of_the_office(seeded_desk: Desk) -> None:
    """Each with the office's own tie, its state, and how much was done."""
    found = await compare(seeded_desk, await caller_of(seeded_desk, "kaohsiung-tw"), "Seattle", "釜山")
    assert found.of_partners
    assert found.one.own is not None
    assert found.one.own.held == 1
    assert found.two.own is not None
    assert found.two.own.quiet is not None
    assert found.two.own.quiet.state is Contact.NO_RECORD
    assert [place.name_en for place in found.shared] == ["Kaohsiung"]


async def test_two_cities(seeded_desk: Desk) -> None:
    """Guam is shared by Taipei and Kaohsiung; one place twice is no comparison."""
    caller = await caller_of(seeded_desk, "kaohsiung-tw")
    found = await compare(seeded_desk, caller, "Kaohsiung", "Taipei")
    assert not found.of_partners
    assert "Guam" in {place.name_en for place in found.shared}
    assert "Seattle" in {place.name_en for place in found.only_one}
    assert "Prague" in {place.name_en for place in found.only_two}
    with pytest.raises(BadInput) as refused:
        await compare(seeded_desk, caller, "Seattle", "西雅圖")
    assert refused.value.key == "compare.same"


async def test_the_ties_of_a_place(seeded_desk: Desk) -> None:
    """Of all offices, what is in force first; an act of a predecessor is told under the successor."""
    caller = await caller_of(seeded_desk, "tainan-tw")
    async with seeded_desk.database.read() as session:
        ids = await ids_by_key(session, ["guam-gu", "kaohsiung-tw"])
    guam = await ties_with(seeded_desk, caller, ids["guam-gu"])
    assert {"Taipei", "Kaohsiung"} <= {place.name_en for item in guam.partners for place in item.partners}
    kaohsiung = await ties_with(seeded_desk, caller, ids["kaohsiung-tw"])
    through = {item.partners[0].name_en: item.through for item in kaohsiung.partners if item.through}
    assert through["King County"] is not None
    assert all(not item.act.in_force for item in kaohsiung.not_in_force)
    assert "Malé" in {place.name_en for item in kaohsiung.not_in_force for place in item.partners}
    assert kaohsiung.counted.agreements == len(kaohsiung.partners)
    with pytest.raises(NotFound):
        await ties_with(seeded_desk, caller, 10**6)


async def test_the_exchanges_with_a_partner(seeded_desk: Desk) -> None:
    """All of them, newest first, with what was held on each level."""
    caller = await caller_of(seeded_desk, "taipei-tw")
    async with seeded_desk.database.read() as session:
        ids = await ids_by_key(session, ["taipei-tw", "prague-cz"])
        everything = await all_exchanges(session, caller.viewer)
    both = set(ids.values())
    expected = [each for each in everything if both <= {place.id for place in each.places}]
    found = await list_exchanges(seeded_desk, caller, ids["taipei-tw"], ids["prague-cz"])
    assert {each.id for each in found.exchanges} == {each.id for each in expected}
    assert len(expected) > 3
    days = [each.date for each in found.exchanges]
    assert days == sorted(days, reverse=True)
    assert found.levels == Counter(each.level for each in expected if each.status == "held")


# The filter as it is typed, and on a button -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (TypedFilter(text="x" * 21), "list.text_too_long"),
        (TypedFilter(signed_from="1990", signed_until="1980"), "list.dates_crossed"),
        (TypedFilter(signed_from="03/04/1990"), "date.ambiguous"),
        (TypedFilter(country="Narnia"), "country.unknown"),
    ],
)
def test_what_cannot_be_read(typed: TypedFilter, key: str) -> None:
    """Each is told with a sentence of its own."""
    with pytest.raises(BadInput) as refused:
        read_filter(typed, 1, TODAY)
    assert refused.value.key == key


def any_filters() -> list[PartnerFilter]:
    """The longest there can be, and some that others have under their messages."""
    longest = read_filter(
        TypedFilter(
            "JP", "west_central_asia", "friendship_city", "prospective", "no_record", "country", "1990-05-01",
            "2020-12-31", "~h|:k" + "長" * 15, "contact",
        ),
        9_999_999,
        TODAY,
    )  # fmt: skip
    words = [PartnerFilter(1, region=region) for region in Region]
    words += [PartnerFilter(1, state=state, signed_from=PartialDate(1990, 5)) for state in Contact]
    words += [PartnerFilter(1, kind=kind, level=level) for kind in Kind for level in Level]
    words += [PartnerFilter(1, status=status, order=order) for status in Status for order in Order]
    return [longest, PartnerFilter(), PartnerFilter(3, all_kinds=True, any_status=True), *words]


def test_a_filter_stands_on_a_button() -> None:
    """Whatever it is made of, it comes back; the longest has room beside the rest of a custom id."""
    for chosen in any_filters():
        assert decode_filter(encode_filter(chosen)) == chosen
    assert (
        max(len(encode_filter(chosen)) for chosen in any_filters()) + len("page:partners:zh-TW:b:99:") <= 100
    )


def test_a_filter_of_the_first_release_is_still_read() -> None:
    """Its buttons are under messages."""
    assert decode_filter("1|JP|sister_city|any") == PartnerFilter(
        1, country="JP", kind=Kind.SISTER_CITY, any_status=True
    )
    assert decode_filter("|||") == PartnerFilter()
    found = decode_filter("~h1~cJP~k*~s2~r1~q2~l0~o3~a199005~b20201231~t港 ~t")
    assert found == PartnerFilter(
        1, "JP", all_kinds=True, status=Status.ACTIVE, region=Region.EAST_ASIA, state=Contact.DORMANT,
        signed_from=PartialDate(1990, 5), signed_until=PartialDate(2020, 12, 31), level=Level.CITY,
        text="港 ~t", order=Order.CONTACT,
    )  # fmt: skip
