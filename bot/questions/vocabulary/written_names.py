"""Names of places as people write them: for short, without what kind of place it is, and those of its people."""

from collections.abc import Iterable, Iterator

from bot.questions.text.slips import is_han

_ABBREVIATED = {
    "saint": "st",
    "sankt": "st",
    "st": "saint",
    "fort": "ft",
    "ft": "fort",
    "mount": "mt",
    "mt": "mount",
}
_ADDED = frozenset(
    ("am", "an", "im", "in", "bei", "ob", "upon", "on", "sur", "de", "del", "der", "den", "oder", "saale")
)
"""Words with which what is added to a name begins: Frankfurt am Main, Newcastle upon Tyne, Halle (Saale)."""


_ARTICLES = frozenset(("san", "são", "sao", "los", "las", "the", "les"))
_RIVERS = frozenset(("oder", "saale", "spree", "ruhr"))


def written_otherwise(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A name as people write it for short, where no place is called just so: St. Petersburg, Frankfurt."""
    if words[0] in _ABBREVIATED:
        yield (_ABBREVIATED[words[0]], *words[1:])
    if len(words) > 1 and words[-1] in _RIVERS:
        yield from ((*words[:-1], *beside, words[-1]) for beside in (("an", "der"), ("on", "the"), ("on",)))
    if words[-2:] == ("哈", "芬"):  # 不來梅港
        yield (*words[:-2], "港")
    added = next((i for i, word in enumerate(words) if i and word in _ADDED), None)
    if added is not None and len(" ".join(words[:added])) >= len("rio") and words[0] not in _ARTICLES:
        yield words[:added]
        if words[-1] not in _ADDED:  # Frankfurt/Main
            yield (*words[:added], words[-1])


_ENDINGS = frozenset(
    (
        "county", "prefecture", "district", "province", "township", "municipality", "atoll", "region", "department",
        "governorate",
    )
)  # fmt: skip
_HAN_ENDINGS = frozenset("市县区镇乡町村郡省府都道州")
"""Simplified, as tokens are."""
_SHORTEST_STEM = 2


def stem(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the word that says what kind of place it is; empty where it has none, or too little is left."""
    if is_han(words[0]):
        return words[:-1] if words[-1] in _HAN_ENDINGS and len(words) > _SHORTEST_STEM else ()
    return words[:-1] if len(words) > 1 and words[-1] in _ENDINGS else ()


def with_people(names: Iterable[str]) -> Iterator[str]:
    """Names of a country with those of its people: Chilean and Chileans."""
    for name in names:
        yield name
        if name.endswith(("an", "ani", "eli", "aqi")) and name.isascii():
            yield f"{name}s"
