"""How long reading a question takes with as many places as the whole world file has. Run it by hand:

python -m tests.questions.benchmark [places]
"""

import csv
import gc
import statistics
import sys
import time
from datetime import date
from importlib.resources import files
from itertools import islice

from bot.domain.places import Place
from bot.i18n.countries import country_names
from bot.questions.parser import parse
from bot.questions.vocabulary.lexicon import Known, Lexicon
from bot.services.starter import GROUP_EN, GROUP_KEY, GROUP_ZH, MUNICIPALITIES
from db.gazetteer import gazetteer
from tests.questions.registry import starter_places, world

PLACES = 25_000


def bank() -> list[str]:
    tables = files("bot").joinpath("questions", "bank").iterdir()
    texts = [table.read_text(encoding="utf-8") for table in tables if table.name.endswith(".csv")]
    return [row["question"] for text in texts for row in csv.DictReader(text.splitlines())]


def world_lexicon(places: int) -> Lexicon:
    """The starter places and the largest of the gazetteer, with all their names."""
    known = list(starter_places().values())
    for number, each in enumerate(islice(gazetteer(), places), start=10_000):
        zh = next(iter(each.names_zh), None)
        place = Place(number, f"g{number}", each.name, zh, None, each.country, each.region or None)
        known.append(Known(place, (*each.names_zh, *each.other), 1))
    offices = [starter_places()[key].place.id for key in MUNICIPALITIES]
    return Lexicon(known, country_names(), {GROUP_KEY: (GROUP_EN, GROUP_ZH)}, offices, world)


def main() -> None:
    places = int(sys.argv[1]) if len(sys.argv) > 1 else PLACES
    started = time.perf_counter()
    lexicon = world_lexicon(places)
    home = starter_places()["kaohsiung-tw"].place
    parse("warm up Reykjavik", lexicon, date(2026, 11, 20), home)
    print(f"{places} places indexed in {time.perf_counter() - started:.1f} s")
    gc.collect()
    gc.freeze()
    took: list[tuple[float, str]] = []
    for question in bank():
        started = time.perf_counter()
        parse(question, lexicon, date(2026, 11, 20), home)
        took.append(((time.perf_counter() - started) * 1000, question))
    times = [milliseconds for milliseconds, _ in took]
    cuts = statistics.quantiles(times, n=100)
    print(f"{len(times)} questions: half under {cuts[49]:.2f} ms, 99 in 100 under {cuts[98]:.2f} ms")
    for milliseconds, question in sorted(took, reverse=True)[:8]:
        print(f"{milliseconds:8.2f} ms  {question[:80]}")


if __name__ == "__main__":
    main()
