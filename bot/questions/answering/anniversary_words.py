"""Which anniversary of a tie an exchange marked, by what its record says: "for the 10th anniversary", 締盟 60 週年."""

import re

from bot.domain.date_reading import NUMBER
from bot.domain.exchanges import Exchange
from bot.questions.text.amounts import ENGLISH_NUMBER, number_of
from bot.questions.text.letters import plain_letters

_ORDINAL = r"(?P<n>\d{1,3})(?:st|nd|rd|th)"
_TIES = "(?:ties?|friend|partner|relation|twin|sister)"
_OF_THE_TIE = rf"(?!\s+of\s+(?!(?:(?:the|our|their)\s+)?{_TIES}))"
_SOME = rf"(?P<n>\d{{1,3}}|{ENGLISH_NUMBER})"
_ENGLISH = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_ORDINAL}\s+(?:anniversary|jubilee){_OF_THE_TIE}",
        rf"\bin\s+the\s+{_ORDINAL}\s+year\b",
        rf"\b{_SOME}\s+years\s+(?:of\s+(?:ties|friendship|partnership|relations|twinning)|as\s+\w+\s+(?:cities|towns))",
        rf"\b(?:ceremony|celebrat\w+|party|concert|reception|gala|marks?|marking)\b[^.;]{{0,20}}?\b{_SOME}\s+years\b",
    )
)
_CHINESE = re.compile(rf"(?P<n>{NUMBER})\s*[週周]年")
_OF_ELSE = re.compile(
    "建[城市縣校國館園廠廟]|開[港埠校館園]|成立|創[立校辦]|誕[辰生]|獨立|光復|設[立市]|升格|改制|震災|通車"
)
"""Of what else there are anniversaries: 建城 250 週年."""


def anniversaries_in(text: str) -> frozenset[int]:
    """The numbers of years that a text tells of a tie that was celebrated."""
    plain = plain_letters(text)
    found = {number_of(match["n"]) for pattern in _ENGLISH for match in pattern.finditer(plain)}
    for match in _CHINESE.finditer(plain):
        if not _OF_ELSE.search(plain[max(0, match.start("n") - len("建城已有 ")) : match.start("n")]):
            found.add(number_of(match["n"]))
    return frozenset(found)


def anniversaries_of(exchange: Exchange) -> frozenset[int]:
    """The numbers of years of the anniversaries that the record of an exchange says it was for."""
    told = (exchange.title, exchange.title_zh, exchange.summary)
    return frozenset(years for text in told if text for years in anniversaries_in(text))
