"""Since a county or city became what it is today: 桃園升格後, 縣市合併以後. Chinese says so for the day that it was.

The rule is of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence

from bot.domain.dates import PartialDate
from bot.domain.periods import Period
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import Span, written_in
from bot.questions.times import TimeMention

_OF_2010, _OF_2014 = PartialDate(2010, 12, 25), PartialDate(2014, 12, 25)
_UPGRADED = {
    "New Taipei": _OF_2010,
    "Taichung": _OF_2010,
    "Tainan": _OF_2010,
    "Taoyuan": _OF_2014,
}
"""When they became special municipalities, by name; of Kaohsiung some mean 1979 and others the merger."""
_MERGED = {"Kaohsiung": _OF_2010, "Taichung": _OF_2010, "Tainan": _OF_2010}
"""When city and county became one."""

_BECAME = (
    "升格",
    "改制",
    "合并升格",
    "合并改制",
    "县市合并升格",
    "升格改制",
    "升格为",
    "升格成",
    "改制为",
    "改制成",
)
_JOINED = ("县市合并", "合并", "县市合一", "合并升格", "合并改制", "县市合并升格", "县市合并改制")
_SINCE = ("后", "之后", "以后", "后来", "以来", "起", "至今")


@only_where(("升格", "改制", "合并", "县市合并"))
def _since_it_became(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The time since a city that is named was made what it is: 桃園升格後第一個締盟的."""
    for start in range(len(spans)):
        said = ""
        for end in range(start + 1, min(start + len("ABCDE"), len(spans)) + 1):
            last = spans[end - 1]
            if last.mark or (end - 1 == start and last.mention is not None):
                break
            said += "" if last.mention is not None else written_in(last, tokens)
            days = _days_of(said)
            if days is None:
                continue
            cities = {place.name_en for span in spans if span.mention for place in span.mention.places}
            of_them = {days[name] for name in cities if name in days}
            if len(of_them) == 1:
                first, until = spans[start].start, spans[end - 1].end
                period = Period(of_them.pop(), None)
                time = TimeMention(tokens[first].start, tokens[until - 1].end, period)
                spans[start:end] = [Span(first, until, time=time)]
            return


def _days_of(said: str) -> dict[str, PartialDate] | None:
    """What the words count from, for each city."""
    for words, days in ((_BECAME, _UPGRADED), (_JOINED, _MERGED)):
        if any(said == f"{word}{since}" for word in words for since in _SINCE):
            return days
    return None


UPGRADES: Sequence[Rule] = (_since_it_became,)
