"""The place that an office is founded for: the registry's, the gazetteer's or a country; never a guess, never twice."""

import pytest

from bot.domain.access import ANYONE, Scope
from bot.domain.errors import BadInput, NotFound
from bot.domain.offices import LANGUAGES
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.domain.places import Level, Place
from bot.i18n.texts import Texts
from bot.services.desk import Desk
from bot.services.gazetteer import gazetteer_choices, place_to_found
from bot.services.places import find_place
from bot.ui.errors import error_text
from db.offices import office_of_place
from db.partnerships import NewPartnership, insert_partnerships
from db.places import NewPlace, ids_by_key, insert_places, place_by_key

MAGONG = 1672228


async def found(desk: Desk, text: str, country: str | None = None) -> NewPlace | Place:
    async with desk.database.read() as session:
        return await place_to_found(session, text, country)


async def several(desk: Desk, text: str, country: str | None = None) -> list[Place]:
    """What is offered where a text can be more than one place."""
    with pytest.raises(BadInput, match=r"place\.ambiguous") as ambiguous:
        await found(desk, text, country)
    for language in LANGUAGES:
        assert "{" not in error_text(Texts(language), ambiguous.value)
    return list(ambiguous.value.values["choices"])


# The registry's -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Kaohsiung", "kaohsiung-tw"),
        ("高雄", "kaohsiung-tw"),
        ("西雅图", "seattle-us"),
        ("prague-cz", "prague-cz"),
    ],
)
async def test_the_registrys_place_comes_first(seeded_desk: Desk, text: str, key: str) -> None:
    """By key or name, in any script."""
    place = await found(seeded_desk, text)
    assert isinstance(place, Place)
    assert place.key == key


async def test_a_choice_of_the_gazetteer_can_be_the_registrys_place(seeded_desk: Desk) -> None:
    """Seattle is there already; it is not made again, whatever was picked."""
    (value,) = [value for label, value in gazetteer_choices("Seattle") if label.startswith("Seattle,")]
    place = await found(seeded_desk, value)
    assert isinstance(place, Place)
    assert place.key == "seattle-us"


async def test_a_country_narrows_the_registrys_places(seeded_desk: Desk) -> None:
    """A namesake elsewhere is not taken for it; where there is none, nothing is found."""
    place = await found(seeded_desk, "Prague", "CZ")
    assert isinstance(place, Place)
    with pytest.raises(NotFound):
        await found(seeded_desk, "Kaohsiung", "CZ")


# The gazetteer's ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["Magong", "馬公", "马公", "馬公市", "馬公（台灣）", "Magong, Taiwan", "Makung", f"geonames:{MAGONG}"],
)
async def test_a_small_town_of_taiwan(desk: Desk, text: str) -> None:
    """All that is needed for an office is there: key, names in both scripts, time zone, coordinates."""
    place = await found(desk, text)
    assert isinstance(place, NewPlace)
    assert (place.key, place.name_en, place.name_zh, place.country) == ("magong-tw", "Magong", "馬公", "TW")
    assert place.zone == "Asia/Taipei"
    assert (round(place.lat or 0), round(place.lon or 0)) == (24, 120)
    assert place.aliases == ()


async def test_what_was_founded_is_found(desk: Desk) -> None:
    """Stored once, the place is the registry's under its names, and by whatever leads to it in the gazetteer."""
    place = await found(desk, "馬公")
    assert isinstance(place, NewPlace)
    async with desk.database.write() as session:
        ids = await insert_places(session, [place])
    for text in ("馬公市", "Magong", "Makung", f"geonames:{MAGONG}", "magong-tw"):
        again = await found(desk, text)
        assert isinstance(again, Place)
        assert again.id == ids["magong-tw"]


async def test_namesakes_are_asked_back(desk: Desk) -> None:
    """The largest first, at most six, told apart by region and country; each settles it by name or by choice."""
    springfields = await several(desk, "Springfield")
    assert len(springfields) == 6
    assert {place.country for place in springfields} == {"US"}
    assert springfields[0].region_en == "Missouri"
    assert len({place.region_en for place in springfields}) == 6
    place = await found(desk, "Springfield, Oregon")
    assert isinstance(place, NewPlace)
    assert (place.region_en, place.zone) == ("Oregon", "America/Los_Angeles")
    chosen = await found(desk, springfields[1].key)
    assert isinstance(chosen, NewPlace)
    assert chosen.region_en == springfields[1].region_en
    assert {place.country for place in await several(desk, "奧克蘭")} == {"NZ", "US"}
    auckland = await found(desk, "奧克蘭", "NZ")
    assert isinstance(auckland, NewPlace)
    assert auckland.name_en == "Auckland"


async def test_keys_are_free(desk: Desk) -> None:
    """A second place of a name gets its region into the key, a third of the same region a number."""
    async with desk.database.write() as session:
        taken = [
            NewPlace(key, "Elsewhere", country="US") for key in ("springfield-us", "springfield-oregon-us")
        ]
        await insert_places(session, taken)
    place = await found(desk, "Springfield, Oregon")
    assert isinstance(place, NewPlace)
    assert place.key == "springfield-us-2"


async def test_only_what_is_near_is_the_same_place(desk: Desk) -> None:
    """A namesake of the registry far off, or of another region, is another place; one without a point may be it."""
    async with desk.database.write() as session:
        await insert_places(
            session,
            [
                NewPlace("far", "Springfield", country="US", region_en="Oregon", lat=30.0, lon=-90.0),
                NewPlace("elsewhere", "Springfield", country="US", region_en="Ohio"),
                NewPlace("abroad", "Springfield", country="CA", lat=44.05, lon=-123.02),
            ],
        )
    oregon = next(value for label, value in gazetteer_choices("Springfield") if "Oregon" in label)
    assert isinstance(await found(desk, oregon), NewPlace)
    ohio = next(value for label, value in gazetteer_choices("Springfield") if "Ohio" in label)
    place = await found(desk, ohio)
    assert isinstance(place, Place)
    assert place.key == "elsewhere"


async def test_what_nobody_has_heard_of(desk: Desk) -> None:
    """Nothing is made of a name alone, nor of a value that no choice has."""
    for text in ("Nowhere at all", "geonames:0", "geonames:x", "geonames:", "country:ZZ", "country:", "Q"):
        with pytest.raises(NotFound):
            await found(desk, text)
    for text in ("", " ", "…"):
        with pytest.raises(BadInput, match=r"place\.empty"):
            await found(desk, text)


async def test_a_hidden_place_tells_nothing(seeded_desk: Desk) -> None:
    """A town that stands only in another office's prospect is the gazetteer's to everybody, and is not made twice."""
    desk = seeded_desk
    place = await found(desk, "馬公")
    assert isinstance(place, NewPlace)
    village = NewPlace("secret-laos", "Ban Secret", country="LA")
    async with desk.database.write() as session:
        ids = await insert_places(session, [place, village])
        home = (await ids_by_key(session, ["tainan-tw"]))["tainan-tw"]
        owner = await office_of_place(session, home)
        assert owner is not None
        active = (StatusChange(Status.PROSPECTIVE, None),)
        for new in ids.values():
            act = NewPartnership(
                Kind.PROSPECTIVE, (home, new), active, scope=Scope.OFFICE, office_id=owner.id
            )
            await insert_partnerships(session, [act])
    async with desk.database.read() as session:
        assert await place_by_key(session, ANYONE, "magong-tw") is None
        again = await place_to_found(session, "馬公")
        assert isinstance(again, Place)
        assert again.id == ids["magong-tw"]
        with pytest.raises(NotFound) as unknown:
            await place_to_found(session, "Ban Secret")
        assert unknown.value.values["nearest"] == []
        known = await place_to_found(session, "Ban Secret", viewer=owner.viewer)
        assert isinstance(known, Place)


# Countries --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Taiwan", "臺灣", "台湾", "tw", "TW", "country:TW"])
async def test_a_ministrys_place_is_its_country(desk: Desk, text: str) -> None:
    """By name in either language, or by code."""
    place = await found(desk, text)
    assert isinstance(place, NewPlace)
    assert (place.level, place.country, place.key) == (Level.COUNTRY, "TW", "taiwan-tw")
    assert (place.name_en, place.name_zh, place.zone) == ("Taiwan", "台灣", "Asia/Taipei")


async def test_a_country_of_several_time_zones_has_none_of_its_own(desk: Desk) -> None:
    """Nobody's clock is guessed."""
    place = await found(desk, "United States")
    assert isinstance(place, NewPlace)
    assert place.zone is None


async def test_a_country_and_its_capital_are_two_places(desk: Desk) -> None:
    """Singapore is a city first; as a country it is picked, stored under a key of its own, and found again."""
    city = await found(desk, "Singapore")
    assert isinstance(city, NewPlace)
    assert city.level is None
    async with desk.database.write() as session:
        await insert_places(session, [city])
    country = await found(desk, "country:SG")
    assert isinstance(country, NewPlace)
    assert country.level is Level.COUNTRY
    assert country.key != city.key
    async with desk.database.write() as session:
        ids = await insert_places(session, [country])
    stored = await found(desk, "country:SG")
    assert isinstance(stored, Place)
    assert stored.id == ids[country.key]
    async with desk.database.read() as session:
        assert (await find_place(session, country.key, viewer=ANYONE)).level is Level.COUNTRY


# What is offered ------------------------------------------------------------------------------------------------


def test_choices_while_typing() -> None:
    """Places by population, both scripts in the label, countries at the end; the label fits, and so do they all."""
    choices = gazetteer_choices("tai")
    assert len(choices) <= 25
    assert choices[0][0].startswith("Taipei, Taiwan · ")
    assert choices[-1] == ("Taiwan · 台灣", "country:TW")
    assert all(value.startswith("geonames:") for _, value in choices[:-1])
    assert len({value for _, value in choices}) == len(choices)
    for typed in ("san", "saint", "new", "los", "ban", "united", "中", "新北", "ch"):
        for language in LANGUAGES:
            offered = gazetteer_choices(typed, language)
            assert len(offered) <= 25
            assert all(1 <= len(label) <= 100 and 1 <= len(value) <= 100 for label, value in offered)


@pytest.mark.parametrize(
    ("typed", "language", "label"),
    [
        ("馬公", "zh-TW", "馬公（台灣） · Magong"),
        ("馬公市", "zh-TW", "馬公（台灣） · Magong"),
        ("Maku", "en", "Magong, Taiwan · 馬公"),
        ("芝加", "zh-TW", "芝加哥（美國 Illinois） · Chicago"),
        ("Portland", "en", "Portland, Oregon, United States · 波特蘭"),
        ("捷克", "zh-TW", "捷克 · Czechia"),
        ("TW", "en", "Taiwan · 台灣"),
    ],
)
def test_labels(typed: str, language: str, label: str) -> None:
    """In the language of who types."""
    assert label in [offered for offered, _ in gazetteer_choices(typed, language)]


@pytest.mark.parametrize("typed", ["", " ", "a", "臺", ".a", "…", "\x00", "zzzzzz"])
def test_nothing_is_offered_for_next_to_nothing(typed: str) -> None:
    """One letter begins the names of thousands of places."""
    assert gazetteer_choices(typed) == []


async def test_every_choice_is_read_back(desk: Desk) -> None:
    """What a label says is what its value is made of."""
    for typed in ("sprin", "高雄", "united"):
        for label, value in gazetteer_choices(typed):
            place = await found(desk, value)
            assert isinstance(place, NewPlace)
            assert label.startswith(place.name_en)
