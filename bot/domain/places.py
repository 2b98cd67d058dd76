"""Places: cities, counties, districts, prefectures, states. Identity is the id or key, never the name."""

import math
from dataclasses import dataclass
from enum import StrEnum

EARTH_RADIUS_KM = 6371.0088
"""Mean radius, IUGG 1980."""


class Level(StrEnum):
    CITY = "city"
    SPECIAL_MUNICIPALITY = "special_municipality"
    MUNICIPALITY = "municipality"
    COUNTY = "county"
    DISTRICT = "district"
    TOWNSHIP = "township"
    TOWN = "town"
    VILLAGE = "village"
    PREFECTURE = "prefecture"
    STATE = "state"
    PROVINCE = "province"
    TERRITORY = "territory"
    REGION = "region"
    ATOLL = "atoll"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as people read it. `country` is ISO 3166-1 alpha-2, or None where the source names none."""

    id: int
    key: str
    name_en: str
    name_zh: str | None
    level: Level | None
    country: str | None
    region_en: str | None = None
    region_zh: str | None = None
    lat: float | None = None
    lon: float | None = None
    zone: str | None = None
    parent_id: int | None = None
    successor_id: int | None = None


def distance_km(a: Place, b: Place) -> float | None:
    """Great-circle distance in kilometres (haversine on a sphere), None where a place has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(b.lon - a.lon) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))
