"""The places at which exchanges were held, by their titles: no field of a record holds it."""

import re
from collections.abc import Sequence

from bot.domain.exchanges import Exchange
from bot.domain.places import Place

_TOLD = re.compile(r"\b(?:in|at)\s+(?:the\s+)?\w|[於在赴].{2,}")
_BEFORE = r"(?:\b(?:in|at)\s+(?:the\s+)?|[於在赴])"


def venues(exchanges: Sequence[Exchange], partners: Sequence[Place]) -> list[Place] | None:
    """Those of the partners where a title says that it was; None where no title tells of any place."""
    titles = "\n".join(f"{each.title}\n{each.title_zh or ''}" for each in exchanges)
    if not _TOLD.search(titles):
        return None
    return [
        place
        for place in partners
        if any(re.search(_BEFORE + re.escape(name), titles) for name in _names(place))
    ]


def _names(place: Place) -> list[str]:
    return [name.removesuffix("市") for name in (place.name_en, place.name_zh) if name]
