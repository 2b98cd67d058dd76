"""The names that a question may hold: of places, countries, parts of the world and groups, indexed once.

A name is looked up by the run of tokens that it is; nothing is searched through for a question, but for slips.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.places import Level, Place
from bot.domain.regions import Region
from bot.questions.conditions import Area
from bot.questions.grammar import table
from bot.questions.text.normal import words_of
from bot.questions.text.scripts import traditional
from bot.questions.text.slips import Slips, is_han
from bot.questions.text.sounds import Sounds
from bot.questions.vocabulary.concepts import phrases
from bot.questions.vocabulary.written_names import stem, with_people, written_otherwise


@dataclass(frozen=True, slots=True)
class Countries:
    """A country, or several that one word stands for, by ISO 3166-1 alpha-2 code."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """Several parts of the world that one word stands for: the Americas."""

    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class Areas:
    """Several states or prefectures of a country that one word stands for: Kyushu."""

    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class GroupName:
    """A group of offices by its key."""

    key: str


Meaning = Place | Countries | Region | Parts | Area | Areas | GroupName
"""What a name may stand for. A place with the id 0 is one of the world's that the registry does not have."""

DOMESTIC = (
    "國內", "我國", "domestic", "over here", "this country", "our country", "our own country",
    "this side of the border", "our side of the border", "here at home", "at home here", "back home",
)  # fmt: skip
"""What the country of the offices is called, whichever it is."""

World = Callable[[str], Sequence[Place]]
"""Looks a name up among all places of the world: the largest first, each with the id 0."""


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the registry, all names that it answers to, and on how many records it stands.

    `elsewhere` are names that others have for it, as Köln and Breslau: they count where no place is called so itself.
    """

    place: Place
    names: Sequence[str] = ()
    records: int = 0
    elsewhere: Sequence[str] = ()

    def all_names(self) -> Iterable[str]:
        mains = (self.place.name_en, self.place.name_zh, self.place.name_local)
        return dict.fromkeys(name for name in (*mains, *self.names) if name)

    def is_main(self, words: tuple[str, ...]) -> bool:
        """Whether it is its own name in either language, not one that it also answers to."""
        return words in [words_of(name) for name in (self.place.name_en, self.place.name_zh) if name]


_ABOVE_CITIES = (Level.COUNTY, Level.PREFECTURE, Level.PROVINCE, Level.STATE)
"""What no place of the world's is, which are cities and towns."""


class Lexicon:
    """All names, for any number of questions.

    `countries` are the names of each country by code, `groups` those of each group of offices by key, `offices` the ids
    of the places that have an office. Building it takes a second or two for 25,000 places: once for a version of them.
    """

    def __init__(
        self,
        known: Iterable[Known],
        countries: Mapping[str, Iterable[str]],
        groups: Mapping[str, Iterable[str]] | None = None,
        offices: Iterable[int] = (),
        world: World | None = None,
    ) -> None:
        self.known = {each.place.id: each for each in known}
        self.offices = frozenset(offices)
        lying = (self.known[each].place.country for each in self.offices if each in self.known)
        self.home_countries = frozenset(country for country in lying if country)
        self.qualifiers: dict[str, Area] = {}
        """Abbreviations of states, which count only behind a place: OR, ME, IN."""
        self._world = world
        self._whole: dict[str, list[Meaning]] = {}
        self._stems: dict[str, list[Place]] = {}
        self._short: dict[str, list[Place]] = {}
        self._solid: dict[str, str] = {}
        self._longest: dict[str, int] = {}
        for meaning, name in self._names(countries, groups or {}):
            self._add(meaning, words_of(name))
        self._share_names()
        for each in self.known.values():
            for words in filter(_is_distinct, map(words_of, each.elsewhere)):
                self._enter(self._short, words, each.place)
        self._slips = Slips({_typed(key): self._weight(found) for key, found in self._whole.items()})
        self._sounds = Sounds(map(_typed, {**self._whole, **self._short}))

    # Building

    def _names(
        self, countries: Mapping[str, Iterable[str]], groups: Mapping[str, Iterable[str]]
    ) -> Iterator[tuple[Meaning, str]]:
        tables = table("places")
        for each in self.known.values():
            yield from ((each.place, name) for name in each.all_names())
            yield from _area_of(each.place)
        for code, names in countries.items():
            for name in (*names, *with_people(tables["countries"].get(code, ()))):
                yield Countries((code,)), name
        if self.home_countries:
            yield from ((Countries(tuple(sorted(self.home_countries))), name) for name in DOMESTIC)
        for codes, names in tables["several"].items():
            yield from ((Countries(tuple(codes.split())), name) for name in names)
        for parts, names in tables["parts"].items():
            yield from ((Parts(tuple(map(Region, parts.split()))), name) for name in names)
        for region, names in tables["regions"].items():
            yield from ((Region(region), name) for name in names)
        for written, names in tables["areas"].items():
            country, _, region = written.partition(" ")
            yield from self._names_of_area(Area(country, region), names)
        for written, names in tables["wider_areas"].items():
            country, _, parts = written.partition(" ")
            areas = tuple(Area(country, part, itself=True) for part in parts.split(", "))
            yield from ((Areas(areas), name) for name in names)
        for key, names in groups.items():
            yield from ((GroupName(key), name) for name in (*names, *tables["groups"].get(key, ())))

    def _names_of_area(self, area: Area, names: Iterable[str]) -> Iterator[tuple[Meaning, str]]:
        for name in (area.region, *names):
            if name.isascii() and len(name) == len("OR"):
                self.qualifiers[name.lower()] = area
            else:
                yield area, name

    def _share_names(self) -> None:
        """Places that an addition alone tells apart, as Frankfurt am Main and on the Oder, share a name in Chinese."""
        for places in self._short.values():
            names = {place.name_zh for place in places if place.name_zh} if len(places) > 1 else set()
            for name in names:
                for place in places:
                    if place.name_zh is None or (place.name_zh != name and place.name_zh.endswith(name)):
                        self._enter(self._stems, words_of(name), place)

    def _add(self, meaning: Meaning, words: tuple[str, ...]) -> None:
        if not words or (len(words) == 1 and len(words[0]) == 1):
            return  # one character is a part of too many words
        self._enter(self._whole, words, meaning)
        if isinstance(meaning, Place):
            for other in written_otherwise(words):
                self._enter(self._short, other, meaning)
        if short := stem(words):
            if isinstance(meaning, Place):
                self._enter(self._stems, short, meaning)
            elif isinstance(meaning, Area) and "".join(short) not in _SIDES:
                self._enter(self._whole, short, meaning)

    def _enter(self, index: dict[str, list[Any]], words: tuple[str, ...], meaning: Meaning) -> None:
        key = " ".join(words)
        found = index.setdefault(key, [])
        if meaning not in found:
            found.append(meaning)
        self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))
        if len(words) > 1 or len(key) > 5:
            self._solid.setdefault("".join(words), key)

    # Looking up

    def longest(self, first: str) -> int:
        """How many tokens the longest name has that begins with this one; 0 if none does."""
        return self._longest.get(first, 0)

    def meanings(self, words: Sequence[str]) -> list[Meaning]:
        """What a run of tokens stands for, the likeliest first; empty if it is no name.

        Of relatives (a county that became a city, a district of it) the name is that of the one that is now called so.
        """
        key = " ".join(words)
        if key not in self._whole and key not in self._stems and key not in self._short:
            return []  # as most runs of words
        whole: Sequence[Meaning] = self._whole.get(key, ())
        if any(isinstance(each, Countries) for each in whole):
            whole = [m for m in whole if not isinstance(m, Place) or self.known[m.id].is_main(tuple(words))]
        places = [meaning for meaning in whole if isinstance(meaning, Place)]
        others = [meaning for meaning in whole if not isinstance(meaning, Place)]
        if not any(isinstance(each, Countries | GroupName) for each in others):
            places += [
                place
                for place in self._stems.get(key, ())
                if place not in places
                and place.successor_id is None
                and not any(self.are_kin(place, other) for other in places)
            ]
        if not whole and not places:
            places = list(self._short.get(key, ()))
        ids = {place.id for place in places}
        places = [place for place in places if place.successor_id not in ids]
        places.sort(key=lambda place: -self.known[place.id].records)
        return [*places, *others]

    def solid(self, words: Sequence[str]) -> list[Meaning]:
        """What a name stands for that is divided otherwise than it is written here: Kao-hsiung, Losangeles."""
        key = self._solid.get("".join(words))
        return self.meanings(key.split()) if key else []

    def abroad(self, words: Sequence[str]) -> Sequence[Place]:
        """The place of the registry that the world calls so, as Breslau, or else the largest of the world's."""
        if self._world is None or (len(words) == 1 and len(words[0]) == 1):
            return ()
        name = traditional("".join(words)) if is_han(words[0]) else " ".join(words)
        found = [self._ours(place) for place in self._world(name)]
        ours = list(dict.fromkeys(place for place in found if place.id))
        return ours or found[:1]

    def _ours(self, place: Place) -> Place:
        """The registry's place that one of the world's is: its own name may not be the one that was asked for."""
        for each in self.meanings(words_of(place.name_en)):
            if isinstance(each, Place) and each.country == place.country and each.level not in _ABOVE_CITIES:
                same = None in (each.region_en, place.region_en) or each.region_en == place.region_en
                if same:
                    return each
        return place

    def meant(self, words: Sequence[str]) -> list[str]:
        """The names that a run of tokens may be a slip of, the likeliest first."""
        return self._slips.meant(_typed(" ".join(words)))

    def sounding_like(self, words: Sequence[str]) -> list[str]:
        """The names that a run of Chinese tokens is in other characters of the same sound."""
        return self._sounds.meant("".join(words))

    def near(self, words: Sequence[str], most: int) -> list[Place]:
        """Places with names near to what was typed, the nearest first."""
        found: dict[int, Place] = {}
        for name in self._slips.near(_typed(" ".join(words)), most * 2):
            found |= {
                m.id: m for m in self.meanings(words_of(name)) if isinstance(m, Place) and m.id not in found
            }
        return list(found.values())[:most]

    def are_kin(self, one: Place, other: Place) -> bool:
        """Whether one is a district of the other, or was it before."""
        return other.id in self._line(one) or one.id in self._line(other)

    def _line(self, place: Place) -> Iterator[int]:
        """What a place is part of, and what it became, as far as that goes."""
        waiting, seen = [place], {place.id}
        while waiting:
            each = waiting.pop()
            for above in (each.parent_id, each.successor_id):
                if above is not None and above not in seen:
                    seen.add(above)
                    yield above
                    if above in self.known:
                        waiting.append(self.known[above].place)

    def _weight(self, meanings: Sequence[Meaning]) -> int:
        return max(self.known[m.id].records if isinstance(m, Place) else 1 for m in meanings)


_SIDES = frozenset(
    ("northern", "southern", "eastern", "western", "central", "北部", "南部", "東部", "东部", "西部", "中部", "中央")
)  # fmt: skip
"""What a region is not called without its title: "southern Japan" is none of Malawi's Southern Region."""


def _typed(key: str) -> str:
    """A key as it is measured: a slip in Chinese is one of its characters, which no spaces divide."""
    return key.replace(" ", "") if is_han(key) else key


def _area_of(place: Place) -> Iterator[tuple[Meaning, str]]:
    """The state or prefecture that a place lies in, by its names."""
    if place.country and place.region_en:
        area = Area(place.country, place.region_en)
        yield from ((area, name) for name in (place.region_en, place.region_zh) if name)


def _is_distinct(words: tuple[str, ...]) -> bool:
    """Whether a foreign name is long enough, and no word of questions."""
    return (
        len("".join(words)) > len("ulm") - is_han(words[0] if words else "") * 2
        and " ".join(words) not in phrases()
    )
