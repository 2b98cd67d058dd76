"""Places as tables speak of them, and how they write the names: with brackets and regions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.names import fold
from bot.domain.places import Point

REGIONS_TELL_APART = frozenset({"US", "CA", "AU"})
"""Where a different region means a different place; elsewhere regions are spelled in too many ways."""

_TERRITORIES = {
    "US": "AS GU MP PR VI",
    "FR": "GF GP MQ NC PF PM RE WF YT",
    "GB": "BM FK GG GI IM JE KY",
    "NL": "AW BQ CW SX",
    "DK": "FO GL",
    "CN": "HK MO",
    "NZ": "CK NU TK",
    "FI": "AX",
}
_REALMS = {code: country for country, codes in _TERRITORIES.items() for code in codes.split()}

BRACKETED = re.compile(r"(?P<name>[^()（）]+?)\s*[(（](?P<whose>[^()（）]+)[)）]")
_WITH_REGION = re.compile(r"(?P<name>[^,]+?)\s*,\s*(?P<whose>[^,]+)")
_OF_PARENT = re.compile(r"(?P<whose>.+?)\s+[–—]\s+(?P<name>.+)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as a row speaks of it. `region_sure` says that the source itself names the region."""

    name: str
    country: str | None
    region: str | None = None
    region_sure: bool = False
    name_zh: str | None = None
    point: Point | None = None
    wikidata: str | None = None


def name_parts(name: str) -> Iterator[tuple[str, str]]:
    """What a name written out consists of: (name, what it is part of)."""
    for pattern in (BRACKETED, _WITH_REGION, _OF_PARENT):
        if match := pattern.fullmatch(name):
            yield match["name"], match["whose"]


def realm(country: str | None) -> str | None:
    """The country that a territory with a code of its own belongs to."""
    return _REALMS.get(country or "", country)


_LEVEL_WORDS: frozenset[str] = frozenset(
    {"city", "county", "prefecture", "province", "state", "municipality", "district", "kreis", "atoll"}
)


def plain_name(region: str) -> str:
    """The name of a region as it is compared: without the word that says what kind it is."""
    words = fold(region).split()
    return " ".join(word for word in words if word not in _LEVEL_WORDS) or " ".join(words)
