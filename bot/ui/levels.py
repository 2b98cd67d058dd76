"""A quiet remark on acts whose places are not of one level of government."""

from collections.abc import Iterator, Sequence

from bot.domain.partnership_editing import unequal
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written


def level_lines(texts: Texts, places: Sequence[Place]) -> Iterator[str]:
    """A line that names each place with its level where these are no equals; nothing otherwise."""
    if told := unequal(places):
        named = [Written(texts("act.place_level", place=place, level=place.level)) for place in told]
        yield texts("act.levels", places=named)
