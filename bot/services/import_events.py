"""What a gathered list calls an event, and what the registry calls it (design §3, reading 11)."""

import re
from collections.abc import Sequence

from bot.domain.exchanges import ExchangeKind, Mode

GATHERED_KINDS = {
    "delegation_visit": ExchangeKind.VISIT,
    "cultural_event": ExchangeKind.CULTURE,
    "sports": ExchangeKind.SPORT,
    "gift": ExchangeKind.AID,
    "donation": ExchangeKind.AID,
    "forum": ExchangeKind.CONFERENCE,
    "training": ExchangeKind.EDUCATION,
    "student_exchange": ExchangeKind.EDUCATION,
    "resolution": ExchangeKind.OTHER,
    "anniversary": ExchangeKind.OTHER,
    "trade": ExchangeKind.OTHER,
    "secondment": ExchangeKind.OTHER,
} | {kind.value: kind for kind in ExchangeKind}

_VISITS = frozenset({ExchangeKind.VISIT, ExchangeKind.VISIT_IN, ExchangeKind.VISIT_OUT})
_VIRTUAL = frozenset({ExchangeKind.VIRTUAL_VISIT, ExchangeKind.WEBINAR})
_HEAD = r"(?:mayor|governor|magistrate|councillors?|officials|delegation)"


def direction(title: str, ours: Sequence[str], theirs: Sequence[str]) -> ExchangeKind:
    """Who went, where the title says so: "Mayor of <partner> … visits (in, to) <city>", or the other way."""
    if _goes(title, theirs, ours):
        return ExchangeKind.VISIT_IN
    return ExchangeKind.VISIT_OUT if _goes(title, ours, theirs) else ExchangeKind.VISIT


def _goes(title: str, who: Sequence[str], where: Sequence[str]) -> bool:
    from_them = f"(?:{'|'.join(map(re.escape, who))})"
    to_them = f"(?:{'|'.join(map(re.escape, where))})"
    pattern = (
        rf"\b{_HEAD} (?:of|from) {from_them}\b(?:(?! and )[^;])*?\b(?:visits?|in|to|at|tours?) "
        rf"(?:[\w' ]+ (?:in|to|at|of) )?{to_them}\b"
    )
    return re.search(pattern, title, re.IGNORECASE) is not None


def mode_of(kind: ExchangeKind) -> Mode | None:
    if kind in _VIRTUAL:
        return Mode.VIRTUAL
    return Mode.IN_PERSON if kind in _VISITS else None
