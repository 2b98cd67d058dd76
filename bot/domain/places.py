"""Places: cities, counties, districts, prefectures, states. Identity is the id or key, never the name."""

import math
from dataclasses import dataclass
from enum import StrEnum

EARTH_RADIUS_KM = 6371.0088
"""Mean radius, IUGG 1980."""

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


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
    COUNTRY = "country"
    """Where a ministry is the office: its ties are the country's."""


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
    name_local: str | None = None

    @property
    def point(self) -> Point | None:
        return point_of(self.lat, self.lon)


def point_of(lat: float | None, lon: float | None) -> Point | None:
    """The point, None where either coordinate is missing."""
    return None if lat is None or lon is None else (lat, lon)


def distance_km(a: Place, b: Place) -> float | None:
    """How far apart two places are, None where one has no coordinates."""
    return None if a.point is None or b.point is None else kilometres(a.point, b.point)


def kilometres(a: Point, b: Point) -> float:
    """Great-circle distance in kilometres (haversine on a sphere)."""
    lat1, lat2 = math.radians(a[0]), math.radians(b[0])
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(b[1] - a[1]) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))
