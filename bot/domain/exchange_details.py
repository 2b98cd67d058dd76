"""Which particulars belong to which kind of exchange, and how much of each is taken."""

from collections.abc import Mapping

from bot.domain.exchanges import ExchangeKind

MOST: Mapping[str, int] = {
    "minutes": 7 * 24 * 60,
    "footfall": 100_000_000,
    "pupils": 1_000_000,
    "size": 100 * 1024 * 1024,
}
"""The largest numbers that are taken: a slip of the finger is asked about. Sizes of attachments are in bytes."""

MAX_TOPICS, MAX_ATTENDEES, MAX_ATTACHMENTS, MAX_DECISIONS = 10, 30, 10, 20
MAX_LINK = 1000

_TOGETHER = ("attendees", "end_date", "venue")
_ONLINE = ("platform", "minutes", "recording_url", "attendees")

OF_KIND: Mapping[ExchangeKind, tuple[str, ...]] = {
    ExchangeKind.VIRTUAL_VISIT: _ONLINE,
    ExchangeKind.VISIT_IN: _TOGETHER,
    ExchangeKind.VISIT_OUT: _TOGETHER,
    ExchangeKind.VISIT: _TOGETHER,
    ExchangeKind.WEBINAR: ("series", "co_hosts", "minutes", "recording_url", "attendees"),
    ExchangeKind.SPORT: ("event", "teams", "result", "venue", "end_date"),
    ExchangeKind.CULTURE: ("event", "venue", "end_date", "footfall", "mode"),
    ExchangeKind.EDUCATION: ("school", "study_programme", "pupils", "end_date", "mode"),
    ExchangeKind.EXHIBITION: ("direction", "venue", "end_date", "footfall", "paired_with"),
    ExchangeKind.AID: ("direction", "item", "quantity", "thanked_on"),
    ExchangeKind.CONFERENCE: ("event", "conference_role", "venue", "mode", "attendees", "end_date"),
    ExchangeKind.SIGNING: ("venue", "attendees", "mode"),
    ExchangeKind.OTHER: ("event", "venue", "end_date", "attendees", "mode"),
}
"""What belongs to each kind, in the order of its forms."""

COMMON = ("between", "level", "proceedings", "decisions", "topics", "attachments", "sources", "note")
"""What any kind may have, after what belongs to it; `between` are the places on both sides."""

FIELDS_OF_A_FORM = 5


def forms_of(kind: ExchangeKind) -> list[tuple[str, ...]]:
    """The fields of a kind, form by form, each as full as Discord lets it be."""
    fields = (*OF_KIND[kind], *COMMON)
    return [fields[start : start + FIELDS_OF_A_FORM] for start in range(0, len(fields), FIELDS_OF_A_FORM)]
