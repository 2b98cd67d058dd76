"""How far apart two places are."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.places import EARTH_RADIUS_KM, Place, distance_km
from tests.domain.builders import place

KAOHSIUNG = place(1, "Kaohsiung", lat=22.6273, lon=120.3014)
SEATTLE = place(2, "Seattle", lat=47.6062, lon=-122.3321)
NOWHERE = place(3, "Nowhere")

points = st.builds(
    lambda lat, lon: place(4, "Anywhere", lat=lat, lon=lon),
    st.floats(-90, 90),
    st.floats(-180, 180),
)


def test_kaohsiung_and_seattle() -> None:
    """About 10,020 km, across the date line."""
    assert distance_km(KAOHSIUNG, SEATTLE) == pytest.approx(10_020, abs=30)


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ((0, 0), (0, 180), math.pi * EARTH_RADIUS_KM),
        ((90, 0), (-90, 77), math.pi * EARTH_RADIUS_KM),
        ((22.6, 120.3), (-22.6, -59.7), math.pi * EARTH_RADIUS_KM),
        ((0, 0), (0, 90), math.pi * EARTH_RADIUS_KM / 2),
        ((90, 10), (90, -170), 0),
        ((10, 180), (10, -180), 0),
        ((22.6, 120.3), (22.6, 120.3), 0),
    ],
)
def test_antipodes_poles_and_the_same_place(
    a: tuple[float, float], b: tuple[float, float], km: float
) -> None:
    """Half the circumference at most, and no root of a negative number."""
    here, there = (place(n, lat=lat, lon=lon) for n, (lat, lon) in enumerate((a, b), 1))
    assert distance_km(here, there) == pytest.approx(km, abs=0.001)


def test_without_coordinates_there_is_no_distance() -> None:
    """Not even zero, and half a coordinate is none."""
    assert distance_km(KAOHSIUNG, NOWHERE) is None
    assert distance_km(NOWHERE, NOWHERE) is None
    assert distance_km(KAOHSIUNG, place(5, lat=0.0)) is None


@given(points, points)
def test_distance_by_another_formula(a: Place, b: Place) -> None:
    """The angle between the two radii, there as well as back."""
    lat1, lon1, lat2, lon2 = (math.radians(x or 0) for x in (a.lat, a.lon, b.lat, b.lon))
    v1, v2 = (
        (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))
        for lat, lon in ((lat1, lon1), (lat2, lon2))
    )
    cross = (v1[1] * v2[2] - v1[2] * v2[1], v1[2] * v2[0] - v1[0] * v2[2], v1[0] * v2[1] - v1[1] * v2[0])
    angle = math.atan2(math.hypot(*cross), sum(x * y for x, y in zip(v1, v2, strict=True)))
    assert distance_km(a, b) == pytest.approx(angle * EARTH_RADIUS_KM, abs=0.5)
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)
