"""Parts of the world, for filters: which countries (ISO 3166-1 alpha-2) lie where, and whose territory is whose.

The parts follow the United Nations' geoscheme (M49), the smaller ones put together; Taiwan, which it leaves out, is in
East Asia, and Kosovo in Europe.
"""

from collections.abc import Mapping
from enum import StrEnum


class Region(StrEnum):
    """A part of the world that staff speak of; `ASIA` is its four parts together."""

    ASIA = "asia"
    EAST_ASIA = "east_asia"
    SOUTHEAST_ASIA = "southeast_asia"
    SOUTH_ASIA = "south_asia"
    WEST_CENTRAL_ASIA = "west_central_asia"
    EUROPE = "europe"
    NORTH_AMERICA = "north_america"
    LATIN_AMERICA = "latin_america"
    AFRICA = "africa"
    OCEANIA = "oceania"

    def holds(self, country: str | None) -> bool:
        """Whether a country lies there; of a place without a country nothing is known."""
        return country in _COUNTRIES[self]

    def takes_in(self, country: str | None) -> bool:
        """Whether people look for a country there: Mexico lies in one part of the world, and is looked for in two."""
        return self.holds(country) or (self is Region.NORTH_AMERICA and country == "MX")


_PARTS: Mapping[Region, str] = {
    Region.EAST_ASIA: "CN HK JP KP KR MN MO TW",
    Region.SOUTHEAST_ASIA: "BN ID KH LA MM MY PH SG TH TL VN",
    Region.SOUTH_ASIA: "AF BD BT IN IR LK MV NP PK",
    Region.WEST_CENTRAL_ASIA: (
        "AE AM AZ BH CY GE IL IQ JO KG KW KZ LB OM PS QA SA SY TJ TM TR UZ YE"
    ),
    Region.EUROPE: (
        "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME "
        "MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK"
    ),
    Region.NORTH_AMERICA: "BM CA GL PM US",
    Region.LATIN_AMERICA: (
        "AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN KY LC MF MQ "
        "MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI"
    ),
    Region.AFRICA: (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW "
        "MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW"
    ),
    Region.OCEANIA: "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
}  # fmt: skip

_IN_ASIA = (Region.EAST_ASIA, Region.SOUTHEAST_ASIA, Region.SOUTH_ASIA, Region.WEST_CENTRAL_ASIA)
_COUNTRIES: Mapping[Region, frozenset[str]] = {
    **{region: frozenset(codes.split()) for region, codes in _PARTS.items()},
    Region.ASIA: frozenset(code for region in _IN_ASIA for code in _PARTS[region].split()),
}

TERRITORIES: Mapping[str, frozenset[str]] = {
    "AU": frozenset(("CC", "CX", "HM", "NF")),
    "DK": frozenset(("FO", "GL")),
    "FI": frozenset(("AX",)),
    "FR": frozenset(("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT")),
    "GB": frozenset(
        ("AI", "BM", "FK", "GG", "GI", "GS", "IM", "IO", "JE", "KY", "MS", "PN", "SH", "TC", "VG")
    ),
    "NL": frozenset(("AW", "BQ", "CW", "SX")),
    "NO": frozenset(("BV", "SJ")),
    "NZ": frozenset(("CK", "NU", "TK")),
    "US": frozenset(("AS", "GU", "MP", "PR", "UM", "VI")),
}
"""Territories with a code of their own, by the country that they belong to: asked for the country, they are told apart
(design §3, reading 9)."""


def is_territory(code: str) -> bool:
    """Whether a code is that of a territory, and not of a country."""
    return any(code in codes for codes in TERRITORIES.values())


def territories_of(country: str | None) -> frozenset[str]:
    """The codes of a country's territories; empty without a country."""
    return TERRITORIES.get(country or "", frozenset())
