"""Places of the world, for staff who add or import a place that the registry does not know.

The gazetteer proposes coordinates, time zone, region and Chinese names; what staff accept goes into the
registry. It is a file in the package, only ever read: places of 5,000 inhabitants and more, and all capitals.

Data: GeoNames, CC BY 4.0 (https://www.geonames.org), reduced; Chinese names converted to Traditional
characters and headed by those used in Taiwan where known. `db/starter/build_gazetteer.py` makes the file.
"""

import gzip
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from heapq import nsmallest
from importlib.resources import files
from math import cos, floor, radians
from typing import Self

from bot.domain.names import fold
from bot.domain.places import Point, kilometres

_KM_PER_DEGREE = 111.0  # a little less than a degree of latitude, so that no neighbour falls outside
_SAME_SPOT_KM = 25.0
"""How far coordinates from elsewhere and the gazetteer's may lie apart for one place."""

_SAME_CLOCKS_KM = 60.0


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """A populated place. `region` is the state's name for the United States and empty elsewhere.

    The first of `names_zh` is the one to show; `other` holds names in Latin letters that people type.
    """

    geonameid: int
    name: str
    country: str
    region: str
    lat: float
    lon: float
    zone: str
    population: int
    names_zh: tuple[str, ...]
    other: tuple[str, ...]

    @property
    def point(self) -> Point:
        return self.lat, self.lon


class Gazetteer:
    """Finds places by name, by the start of a name and by coordinates; each index is built on first use."""

    def __init__(self, rows: Sequence[bytes]) -> None:
        # Rows stay bytes, and places are made only when found. A row's number is its rank by population.
        self._rows = sorted(rows, key=_population, reverse=True)

    @classmethod
    def load(cls) -> Self:
        """Read the packaged file. `gazetteer()` gives the instance that the whole process shares."""
        packed = files("db").joinpath("starter", "gazetteer.tsv.gz").read_bytes()
        return cls(gzip.decompress(packed).splitlines()[1:])

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[GazetteerPlace]:
        return map(_place, self._rows)

    def find(self, name: str, country: str | None = None) -> list[GazetteerPlace]:
        """Return the places that bear this name in any language, the largest first.

        Case, diacritics, width, punctuation and 台/臺 do not matter (see `bot.domain.names.fold`), nor do
        spaces; the rest must be equal. `country` is an ISO 3166-1 alpha-2 code.
        """
        names, ranks = self._names
        key = _key(name)
        found = ranks[bisect_left(names, key) : bisect_right(names, key)]
        places = (_place(self._rows[rank]) for rank in sorted(set(found)))
        return [place for place in places if country in (None, place.country)]

    def beginning(self, typed: str, most: int) -> list[GazetteerPlace]:
        """Return the largest places with a name, in any language, that begins with what was typed."""
        names, ranks = self._names
        key = _key(typed)
        start = bisect_left(names, key)
        end = bisect_left(names, f"{key}\U0010ffff", start)
        return [_place(self._rows[rank]) for rank in nsmallest(most, set(ranks[start:end]))]

    def with_id(self, geonameid: int) -> GazetteerPlace | None:
        """Return the place that GeoNames knows by this number."""
        start = b"%d\t" % geonameid
        return next((_place(row) for row in self._rows if row.startswith(start)), None)

    def nearest(
        self, lat: float, lon: float, country: str | None = None, within_km: float = 25.0
    ) -> GazetteerPlace | None:
        """Return the place closest to a point, or None if there is none within the distance."""
        for distance, rank in sorted(self._distances(lat, lon, within_km)):
            place = _place(self._rows[rank])
            if distance <= within_km and country in (None, place.country):
                return place
        return None

    def only(self, name: str, country: str | None, point: Point | None = None) -> GazetteerPlace | None:
        """Return the one place of this name in the country, or None if there are several.

        With a point, the place there by any of its names; without, only one of which it is the main name.
        """
        if country is None:
            return None
        if point is None:
            found = [place for place in self.find(name, country) if _key(place.name) == _key(name)]
        else:
            found = [p for p in self.find(name, country) if kilometres(point, p.point) <= _SAME_SPOT_KM]
        return found[0] if len(found) == 1 else None

    def zone(self, country: str | None, point: Point | None) -> str | None:
        """Return the country's only time zone, or that of its place nearest to the point, if one is near."""
        zones = self._zones.get(country or "", set())
        if len(zones) == 1:
            return next(iter(zones))
        near = self.nearest(*point, country, _SAME_CLOCKS_KM) if point and zones else None
        return near.zone if near else None

    def _distances(self, lat: float, lon: float, within_km: float) -> Iterator[tuple[float, int]]:
        """Distance and rank of every place in the square degrees that a circle around the point touches."""
        reach = within_km / _KM_PER_DEGREE
        # Meridians draw together towards the poles.
        wide = min(180.0, reach / max(0.001, cos(radians(min(90.0, abs(lat) + reach)))))
        for row in range(floor(lat - reach), floor(lat + reach) + 1):
            for column in range(floor(lon - wide), floor(lon + wide) + 1):
                for rank, point in self._squares.get((row, _on_the_globe(column)), ()):
                    yield kilometres((lat, lon), point), rank

    @cached_property
    def _names(self) -> tuple[list[str], "array[int]"]:
        """The key of every name in order, and beside it the rank of the place that bears it."""
        names: list[str] = []
        ranks = array("L")
        for rank, row in enumerate(self._rows):
            for name in _names_in(row):
                names.append(_key(name))
                ranks.append(rank)
        order = sorted(range(len(names)), key=names.__getitem__)
        return [names[entry] for entry in order], array("L", (ranks[entry] for entry in order))

    @cached_property
    def _squares(self) -> dict[tuple[int, int], list[tuple[int, Point]]]:
        """The rank and point of every place, by the square degree that it lies in."""
        squares: dict[tuple[int, int], list[tuple[int, Point]]] = {}
        for rank, row in enumerate(self._rows):
            lat, lon = map(float, row.split(b"\t", 6)[4:6])
            squares.setdefault((floor(lat), _on_the_globe(floor(lon))), []).append((rank, (lat, lon)))
        return squares

    @cached_property
    def _zones(self) -> dict[str, set[str]]:
        """The time zones of each country."""
        zones: dict[str, set[str]] = {}
        for row in self._rows:
            columns = row.split(b"\t", 7)
            zones.setdefault(columns[2].decode(), set()).add(columns[6].decode())
        return zones


@cache
def gazetteer() -> Gazetteer:
    """Return the packaged gazetteer, read on the first call."""
    return Gazetteer.load()


def _place(row: bytes) -> GazetteerPlace:
    geonameid, name, country, region, lat, lon, zone, population, names_zh, other = row.decode().split("\t")
    return GazetteerPlace(
        int(geonameid), name, country, region, float(lat), float(lon), zone, int(population),
        _listed(names_zh), _listed(other),
    )  # fmt: skip


def _key(name: str) -> str:
    # Without spaces, since romanised names are divided at will: Kao-hsiung, Kaohsiung; N'Djamena, Ndjamena.
    return fold(name).replace(" ", "")


def _population(row: bytes) -> int:
    return int(row.split(b"\t", 8)[7])


def _names_in(row: bytes) -> Iterator[str]:
    columns = row.decode().split("\t")
    yield columns[1]
    yield from _listed(columns[8])
    yield from _listed(columns[9])


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _on_the_globe(degree: int) -> int:
    """A meridian by its number from -180 to 179."""
    return (degree + 180) % 360 - 180
