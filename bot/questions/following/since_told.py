"""A time that only the day tells that was told before: "has anyone come since?", 之後有來訪嗎."""

import re
from datetime import timedelta

from bot.domain.dates import PartialDate
from bot.domain.periods import Period
from bot.questions.frame import Frame
from bot.questions.parts.sentence import Sentence
from bot.questions.query import Query

_THEN = r"(?: (?:then|that|it|that day|that time))?"
_AFTER = re.compile(rf"\bafter(?: (?:then|that|it)|wards)\b|\bever since\b|\bsince{_THEN}(?: \?)?$|\bsince then\b"
                    "|^那?(?:在?[那这此]?)?(?:之后|以后|此后)|(?:签|缔|结盟)[约署]?[之以]后")  # fmt: skip

_FEW = len(("since", "?"))


def points_after(sentence: Sentence) -> bool:
    """Whether a time after what was told is meant, and no day is named."""
    if any(span.time for span in sentence.spans) or sentence.names or len(sentence.tokens) <= _FEW:
        return False
    return _AFTER.search(sentence.plain) is not None


def since_told(sentence: Sentence, frame: Frame) -> Period | None:
    """The time after the day that was told; its parts are used. None where it points to none, or none was told."""
    if frame.day is None or frame.is_of_an_exchange or not points_after(sentence):
        return None
    sentence.used.update(sentence.all(("time", "after"), ("time", "since")))
    return Period(_next(frame.day), None)


def _next(day: PartialDate) -> PartialDate:
    """The day after, or the year or month after one of which no more is known."""
    if day.month is None:
        return PartialDate(day.year + 1)
    if day.day is None:
        return PartialDate(day.year + (day.month == 12), day.month % 12 + 1)
    return PartialDate.of(day.latest() + timedelta(days=1))


def is_of_another_day(said: Query, frame: Frame) -> bool:
    """Whether somebody else is named after a time that only the day of the one before told: 之後有來訪嗎… 那宮崎呢."""
    if frame.day is None or said.partner.anywhere or said.partner == frame.query.partner:
        return False
    return frame.query.exchanges.within == Period(_next(frame.day), None)
