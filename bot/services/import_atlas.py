"""The gazetteer as an import asks it: which populated place is this, and what do clocks show near here."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from math import cos, floor, radians

from bot.domain.names import fold
from bot.domain.places import Place, distance_km
from db.gazetteer import GazetteerPlace, gazetteer

SAME_SPOT_KM = 25.0
"""How far a table's coordinates and the gazetteer's may lie apart for one place."""

SAME_CLOCKS_KM = 60.0
KM_PER_DEGREE = 111.0  # a little less than a degree of latitude, so that nothing falls out of the band

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def kilometres(a: Point, b: Point) -> float:
    return distance_km(_at(a), _at(b)) or 0.0


def _at(point: Point) -> Place:
    return Place(0, "", "", None, None, None, lat=point[0], lon=point[1])


class Atlas:
    """Asks the gazetteer, and says nothing where it has no single answer."""

    def place(self, name: str, country: str | None, point: Point | None) -> GazetteerPlace | None:
        """The one populated place of this name in the country.

        At `point`, if that is known, by any of its names; otherwise only if it is the one of that main name.
        """
        if country is None:
            return None
        found = gazetteer().find(name, country)
        if point is None:
            found = [place for place in found if _same(place.name, name)]
        else:
            found = [place for place in found if kilometres(point, (place.lat, place.lon)) <= SAME_SPOT_KM]
        return found[0] if len(found) == 1 else None

    def zone(self, country: str | None, point: Point | None) -> str | None:
        """The time zone: the country's only one, or that of the nearest populated place of the country."""
        zones = self._zones.get(country or "", set())
        if len(zones) == 1:
            return next(iter(zones))
        if point is None:
            return None
        band = SAME_CLOCKS_KM / KM_PER_DEGREE
        near = [
            (distance, place.zone)
            for place in self._around(point)
            if place.country == country
            and abs(place.lat - point[0]) <= band
            and (distance := kilometres(point, (place.lat, place.lon))) <= SAME_CLOCKS_KM
        ]
        return min(near)[1] if near else None

    def _around(self, point: Point) -> Iterable[GazetteerPlace]:
        lat, lon = floor(point[0]), floor(point[1])
        # Degrees of longitude shrink towards the poles, so that more of them have to be looked through.
        reach = min(180, floor(1 / max(0.01, cos(radians(min(89.0, abs(point[0]) + 1))))) + 1)
        for row in (lat - 1, lat, lat + 1):
            for column in range(lon - reach, lon + reach + 1):
                yield from self._squares.get((row, (column + 180) % 360 - 180), ())

    @cached_property
    def _zones(self) -> dict[str, set[str]]:
        zones: dict[str, set[str]] = {}
        for place in gazetteer():
            zones.setdefault(place.country, set()).add(place.zone)
        return zones

    @cached_property
    def _squares(self) -> dict[tuple[int, int], Sequence[GazetteerPlace]]:
        """The places of countries with several zones, by the square degree that they lie in."""
        squares: dict[tuple[int, int], list[GazetteerPlace]] = {}
        for place in gazetteer():
            if len(self._zones[place.country]) > 1:
                squares.setdefault((floor(place.lat), floor(place.lon)), []).append(place)
        return {square: tuple(places) for square, places in squares.items()}


def _same(one: str, other: str) -> bool:
    return fold(one).replace(" ", "") == fold(other).replace(" ", "")
