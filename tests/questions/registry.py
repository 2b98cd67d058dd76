"""The places of the starter data as a lexicon, read from the packaged files without a database."""

import csv
from collections import Counter
from functools import cache
from importlib.resources import files

from bot.domain.places import Level, Place
from bot.i18n.countries import country_names
from bot.questions.vocabulary.lexicon import Known, Lexicon
from bot.services.starter import GROUP_EN, GROUP_KEY, GROUP_ZH, MUNICIPALITIES
from db.gazetteer import gazetteer


def starter_rows(sheet: str) -> list[dict[str, str]]:
    text = files("db").joinpath("starter", f"{sheet}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


@cache
def starter_places() -> dict[str, Known]:
    """What the lexicon knows of each place, by key; ids count from 1 in the order of the file."""
    rows = starter_rows("places")
    ids = {row["key"]: number for number, row in enumerate(rows, start=1)}
    ties = Counter(key for row in starter_rows("partnerships") for key in row["parties"].split("|"))
    return {
        row["key"]: Known(
            Place(
                id=ids[row["key"]],
                key=row["key"],
                name_en=row["name_en"],
                name_zh=row["name_zh"] or None,
                level=Level(row["level"]) if row["level"] else None,
                country=row["country"] or None,
                region_en=row["region_en"] or None,
                region_zh=row["region_zh"] or None,
                lat=float(row["lat"]) if row["lat"] else None,
                lon=float(row["lon"]) if row["lon"] else None,
                zone=row["zone"] or None,
                parent_id=ids.get(row["parent"]),
                successor_id=ids.get(row["successor"]),
                name_local=row["name_local"] or None,
            ),
            tuple(filter(None, row["aliases"].split("|"))),
            ties[row["key"]],
        )
        for row in rows
    }


def world(name: str) -> list[Place]:
    """Places of the gazetteer that are called so."""
    return [
        Place(0, f"geonames:{each.geonameid}", each.name, next(iter(each.names_zh), None), None, each.country)
        for each in gazetteer().find(name)
    ]


@cache
def starter_lexicon() -> Lexicon:
    known = starter_places()
    offices = [known[key].place.id for key in MUNICIPALITIES]
    groups = {GROUP_KEY: (GROUP_EN, GROUP_ZH)}
    return Lexicon(known.values(), country_names(), groups, offices, world)


def place_id(key: str) -> int:
    return starter_places()[key].place.id
