"""The gazetteer finds places under any of their names, and folding decides which names are equal."""

import csv
import gzip
from importlib.resources import files
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

import db.gazetteer
from bot.domain.names import fold, slug
from db.gazetteer import Gazetteer, gazetteer

STARTER = files("db").joinpath("starter")


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Seattle", "seattle"),
        ("  São   Paulo ", "sao paulo"),
        ("GDAŃSK", "gdansk"),
        ("Łódź", "lodz"),
        ("Tromsø", "tromso"),
        ("Straßburg", "strassburg"),
        ("Đà Nẵng", "da nang"),
        ("İzmir", "izmir"),
        ("Kırıkkale", "kirikkale"),
        ("Næstved", "naestved"),
        ("台南", "臺南"),
        ("臺南", "臺南"),
        ("Ｔａｉｐｅｉ", "taipei"),
        ("St. John's", "st john s"),
        ("Nuku‘alofa", "nuku alofa"),
        ("Nukuʻalofa", "nuku alofa"),
        ("Aix-en-Provence", "aix en provence"),
        ("パリ", "パリ"),
        ("ﾊﾟﾘ", "パリ"),
        ("부산", "부산"),
        ("मुंबई", "मुंबई"),
        ("New\u200bport", "newport"),
        ("葛\U000e0100城", "葛城"),
        ("…", ""),
        ("", ""),
    ],
)
def test_folding(name: str, folded: str) -> None:
    """What is forgotten about a name, and what is not."""
    assert fold(name) == folded


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    """A folded name is its own folded form."""
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("New Taipei City", "new-taipei-city"), ("Đà Nẵng", "da-nang"), ("Tainan 臺南", "tainan"), ("臺南", "")],
)
def test_slug(name: str, expected: str) -> None:
    """A slug holds ASCII only, and nothing where a name has no Latin letters."""
    assert slug(name) == expected


@pytest.mark.parametrize(
    ("query", "country", "name", "zone", "name_zh"),
    [
        ("seattle", "US", "Seattle", "America/Los_Angeles", "西雅圖"),
        ("Praha", "CZ", "Prague", "Europe/Prague", "布拉格"),
        ("布拉格", "CZ", "Prague", "Europe/Prague", "布拉格"),
        ("Dresden", "DE", "Dresden", "Europe/Berlin", "德勒斯登"),
        ("德勒斯登", "DE", "Dresden", "Europe/Berlin", "德勒斯登"),
        ("德累斯頓", "DE", "Dresden", "Europe/Berlin", "德勒斯登"),
        ("Pusan", "KR", "Busan", "Asia/Seoul", "釜山"),
        ("釜山", "KR", "Busan", "Asia/Seoul", "釜山"),
        ("Muenchen", "DE", "Munich", "Europe/Berlin", "慕尼黑"),
        ("wroclaw", "PL", "Wrocław", "Europe/Warsaw", "弗次瓦夫"),
        ("Danzig", "PL", "Gdańsk", "Europe/Warsaw", "格但斯克"),
        ("台南", "TW", "Tainan", "Asia/Taipei", "臺南"),
        ("台中市", "TW", "Taichung", "Asia/Taipei", "臺中"),
        ("仙台", "JP", "Sendai", "Asia/Tokyo", "仙台"),
        ("Auckland", "NZ", "Auckland", "Pacific/Auckland", "奧克蘭"),
        ("奧克蘭", "US", "Oakland", "America/Los_Angeles", "奧克蘭"),
        ("達卡", "SN", "Dakar", "Africa/Dakar", "達卡"),
        ("達卡", "BD", "Dhaka", "Asia/Dhaka", "達卡"),
        ("Kao-hsiung shih", "TW", "Kaohsiung", "Asia/Taipei", "高雄"),
        ("Changhua", "TW", "Changhua", "Asia/Taipei", "彰化"),
        ("朴子", "TW", "Buzi", "Asia/Taipei", "朴子"),
        ("NDjamena", "TD", "N'Djamena", "Africa/Ndjamena", "恩加美納"),
        ("Vaduz", "LI", "Vaduz", "Europe/Vaduz", "瓦都茲"),
    ],
)
def test_places_are_found_by_any_name(query: str, country: str, name: str, zone: str, name_zh: str) -> None:
    """English, local and Chinese names lead to one place, shown under Taiwan's name for it."""
    place = gazetteer().find(query, country)[0]
    assert (place.name, place.country, place.zone, place.names_zh[0]) == (name, country, zone, name_zh)


@pytest.mark.parametrize(
    ("capital", "country"),
    [("Ngerulmud", "PW"), ("Funafuti", "TV"), ("Yaren", "NR"), ("Hagåtña", "GU"), ("Valletta", "MT")],
)
def test_small_capitals_are_there(capital: str, country: str) -> None:
    """A capital is in, whatever its size."""
    assert gazetteer().find(capital, country)


def test_a_country_narrows_the_name() -> None:
    """Without a country every place of the name is offered, the largest first; with one, only its own."""
    at_home = gazetteer().find("Tainan", "TW")
    assert at_home[0].name == "Tainan"
    assert {place.country for place in at_home} == {"TW"}
    anywhere = gazetteer().find("Tainan")
    assert anywhere[0].country == "TW"
    assert len({place.country for place in anywhere}) > 1


def test_namesakes_are_told_apart_by_region() -> None:
    """There are several Portlands, and each says its state."""
    regions = {place.region for place in gazetteer().find("Portland", "US") if place.name == "Portland"}
    assert {"Oregon", "Maine", "Texas"} <= regions


@pytest.mark.parametrize("name", ["", "…", "Seattle Tacoma", "Seattleville", "西雅"])
def test_no_name_is_guessed(name: str) -> None:
    """Only a whole name finds a place."""
    assert gazetteer().find(name) == []


@pytest.mark.parametrize(
    ("lat", "lon", "country", "within_km", "name"),
    [
        (47.61, -122.33, None, 25.0, "Seattle"),
        (22.99, 120.21, "TW", 25.0, "Tainan"),
        (47.61, -122.33, "CA", 25.0, None),
        (0.0, -30.0, None, 25.0, None),
        (50.09, 14.43, None, 0.1, None),
        (90.0, 0.0, None, 25.0, None),
    ],
)
def test_nearest(lat: float, lon: float, country: str | None, within_km: float, name: str | None) -> None:
    """The closest place within the distance and country, or none."""
    place = gazetteer().nearest(lat, lon, country, within_km)
    assert (place.name if place else None) == name


def test_nearest_looks_across_the_date_line() -> None:
    """Longitudes of either sign are near each other at 180 degrees."""
    taveuni = Gazetteer([b"1\tEast\tFJ\t\t-16.8000\t179.9800\tPacific/Fiji\t9000\t\t"])
    assert taveuni.nearest(-16.8, -179.98) is not None


def test_the_file_is_sorted_and_its_ids_are_unique() -> None:
    """The file stands by country, the largest first, so that a new build gives a readable difference."""
    lines = gzip.decompress(STARTER.joinpath("gazetteer.tsv.gz").read_bytes()).decode().splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    keys = [(row[2], -int(row[7]), int(row[0])) for row in rows]
    assert keys == sorted(keys)
    assert len({row[0] for row in rows}) == len(rows) > 30_000
    assert {row[6] for row in rows} <= available_timezones()


def test_every_exonym_is_shown_first() -> None:
    """The curated table names each place once, and its names head the list in its own order."""
    table = csv.DictReader(STARTER.joinpath("exonyms.csv").read_text(encoding="utf-8").splitlines())
    exonyms = {int(row["geonameid"]): tuple(row["name_zh"].split("|")) for row in table}
    shown = {place.geonameid: place.names_zh for place in gazetteer() if place.geonameid in exonyms}
    wrong = {
        key: shown.get(key) for key, names in exonyms.items() if shown.get(key, ())[: len(names)] != names
    }
    assert len(exonyms) >= 120
    assert wrong == {}


def test_chinese_names_of_taiwan_are_written_officially() -> None:
    """臺, not 台, in what is shown of Taiwan."""
    assert not [place for place in gazetteer() if place.country == "TW" and "台" in "".join(place.names_zh)]


def test_the_file_stays_small() -> None:
    """It ships in every installation."""
    assert len(STARTER.joinpath("gazetteer.tsv.gz").read_bytes()) <= 2_600_000


def test_the_source_is_named() -> None:
    """The licence of the data asks for attribution."""
    assert "GeoNames, CC BY 4.0" in (db.gazetteer.__doc__ or "")
