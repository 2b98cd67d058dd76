"""Words of English for what went on and who was a guest: "did anything happen", "hosted the mayor", "what was sent".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.periods import Period
from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.senses_tying import names_exchange, names_tie
from bot.questions.spans import Span

_EXCHANGE: frozenset[Concept] = frozenset({("noun", "exchange")})
_OWN: frozenset[Concept] = frozenset({("small", "own")})

# What happened -------------------------------------------------------------------------------------------------------

_THINGS = frozenset(("something", "anything"))
_HAPPEN = frozenset(
    ("happen", "happened", "happens", "take place", "took place", "taken place", "occur", "occurred", "occurs",
     "go on", "went on", "going on", "be held", "held", "hold", "come about", "came about", "come off", "came off")
)  # fmt: skip


@only_where(_THINGS)
def _anything_happens(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Anything that happens is an exchange, wherever its verb stands: "when did anything last happen with Graz?"."""
    if any(map(names_exchange, spans)) or any(map(names_tie, spans)):
        return
    for index, span in enumerate(spans):
        happens = any(each.words(tokens) in _HAPPEN for each in spans[index + 1 :])
        if span.words(tokens) in _THINGS and happens:
            spans[index] = replace(span, concepts=_EXCHANGE)
            return


# Years and silences ----------------------------------------------------------------------------------------------


@only_where(("since",))
def _since_it_was_signed(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How long it is since two places signed is an age: "how long has it been since the signing with Seattle?"."""
    signs = any(span.of("event") == ("signed",) or span.of("kind") for span in spans)
    meets = any(span.of("meet") or span.of("order") or span.of("logic") for span in spans)
    if not signs or meets or any(map(names_exchange, spans)):
        return
    for index, span in enumerate(spans):
        if span.has(("ask", "since_last")) and span.words(tokens).endswith("since"):
            spans[index] = replace(span, concepts=frozenset({("ask", "age")}))


# What was spoken of ---------------------------------------------------------------------------------------------


@only_where(("from",))
def _from_a_year_on(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Numbers of each year "from 2020" are those since then."""
    if not any(span.has(("ask", "statistics")) for span in spans) or sum(bool(s.time) for s in spans) != 1:
        return
    for index in range(1, len(spans)):
        time = spans[index].time
        period = time.period if time is not None else None
        if time is None or period is None or period.first is None or period.first != period.last:
            continue
        if tokens[spans[index].start - 1].text == "from" and period.first.month is None:
            spans[index] = replace(spans[index], time=replace(time, value=Period(period.first, None)))


# Where we are --------------------------------------------------------------------------------------------------------


@only_where(("here", "apart", "away", "off"))
def _from_here(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of ways and clocks "here" is where who asks is, and "apart" says no more: "between Seattle and here"."""
    if not any(span.has(("ask", "far"), ("ask", "clock")) for span in spans):
        return
    for index in range(1, len(spans)):
        words = spans[index].words(tokens)
        if words == "here" and tokens[spans[index].start - 1].text in (
            "and",
            "to",
            "from",
            "than",
            "between",
        ):
            spans[index] = replace(spans[index], concepts=_OWN)
        ends = index + 1 == len(spans) or spans[index + 1].mark or tokens[spans[index].end].text == "from"
        if words in ("apart", "away", "off") and ends:
            spans[index] = spans[index].silenced()


HAPPENING: Sequence[Rule] = (
    _anything_happens,
    _since_it_was_signed,
    _from_a_year_on,
    _from_here,
)
