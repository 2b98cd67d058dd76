"""What the part of a question that stands before a mark tells: a time, a topic, or something that happens anyhow."""

from collections.abc import Sequence

from bot.questions.normal import Token
from bot.questions.slips import is_han
from bot.questions.spans import Span

SINCE = ("以来", "以后", "之后", "以前", "之前", "后", "时", "期间")
"""What ends a clause that says when: 自2020年締盟以來，請問…"""


_BEFORE = ("before", "until", "till", "by")
_WITHIN = ("during", "in", "between", "from", "since", "after", "over", "within", "throughout")
_IN_TIME = frozenset((*_BEFORE, *_WITHIN))
"""Words with which a part begins that says when: "during the GDR years 1970 to 1979, whom did Dresden add?"."""


def says_when(told: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether it names a time, or ends in a word that makes a time of what a place did: 西雅圖締盟後，…"""
    if told and tokens[told[0].start].text in _IN_TIME and any(span.time for span in told):
        return True  # "during the years 1970 to 1979, …"
    while told and (told[-1].mark or told[-1].of("filler")):
        told = told[:-1]
    ending = "".join(token.text for token in tokens[: told[-1].end][-2:]) if told else ""
    named = any(span.mention is not None or span.of("event") for span in told)
    return named and ending.endswith((*SINCE, "后", "前"))


def is_told(told: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether it is a sentence with its verb: "we host Busan on Friday"."""
    words = {tokens[i].text for span in told for i in range(span.start, span.end)}
    first = next((span for span in told if not (span.mark or span.has(("filler", "greeting")))), None)
    if first is not None and tokens[first.start].text == "i" and len(told) > 1:
        return True  # "I blog about trains: …"
    return any(span.has(("small", "does")) for span in told) or bool(words & {"m", "re", "am"})


_CONDITIONS = ("kind", "kinds", "topics", "mode", "level", "items", "places", "state", "anniversary", "order")


def is_topic(told: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether what stands before a comma says in Chinese what is asked about: 體育類的交流，我們辦過幾場."""
    if not any(is_han(tokens[span.start].text) for span in told):
        return False
    return any(
        span.mention is not None
        or span.time is not None
        or any(span.of(section) for section in _CONDITIONS)
        or span.has(("noun", "exchange"))
        for span in told
    )
