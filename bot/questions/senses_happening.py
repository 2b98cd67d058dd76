"""Words of English for what went on and who was a guest: "did anything happen", "hosted the mayor", "what was sent".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.dates import PartialDate
from bot.domain.periods import Period
from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.senses_tying import names_exchange, names_tie
from bot.questions.spans import Span, silence
from bot.questions.times import TimeMention

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


_YEARS = range(1900, 2100)


@only_where(("attend", "attended", "participate", "participated", "part", "involved"))
def _year_of_an_event(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A number right before an event is its year: "who took part in the 2013 summit?"."""
    for index in range(1, len(spans) - 1):
        span, behind = spans[index], spans[index + 1]
        event = behind.of("items") or behind.of("kinds") or behind.has(("noun", "exchange"))
        if span.number in _YEARS and span.time is None and event and span.number is not None:
            token = tokens[span.start]
            time = TimeMention(token.start, token.end, PartialDate(span.number))
            spans[index] = Span(span.start, span.end, time=time)


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


# What it was about ------------------------------------------------------------------------------------------------

_ABOUT = frozenset(
    ("concern", "concerns", "concerned", "relate", "related", "revolve", "revolved", "touch", "touched", "touching",
     "mention", "mentions", "mentioned", "feature", "featured", "involve", "involved", "involving", "cover", "covered",
     "treat", "treated", "address", "addressed", "focus", "focused", "focussed", "centre", "centred", "center",
     "centered", "devoted", "dedicated", "pertain", "pertained", "referred", "refer", "turned")
)  # fmt: skip
_ABOUT_IT = _ABOUT | {"to", "on", "upon", "around", "round", "about", "with", "the", "any", "a", "in", "of"}


@only_where(_ABOUT)
def _was_about(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A verb that says what exchanges were about says no more than that: "which concerned pangolins?"."""
    if not any(map(names_exchange, spans)):
        return
    for index, span in enumerate(spans):
        if tokens[span.start].text not in _ABOUT or not set(span.words(tokens).split()) <= _ABOUT_IT:
            continue
        end = index + 1
        while end < len(spans) and spans[end].words(tokens) in _ABOUT_IT:
            end += 1
        if end < len(spans) and (spans[end].of("items") or spans[end].of("topics")):
            silence(spans, range(index, end))


# What was spoken of ---------------------------------------------------------------------------------------------

_WANT = frozenset(
    ("want", "wants", "wanted", "wish", "wished", "hope", "hoped", "intend", "intended", "seek", "sought")
)
_SPOKE_OF = frozenset(
    ("talk about", "talked about", "speak about", "spoke about", "discuss", "discussed", "raise")
)


@only_where(_WANT)
def _wanted_to_discuss(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What somebody "wanted to talk about" is what was spoken of."""
    for index in range(len(spans) - 2):
        to, verb = spans[index + 1], spans[index + 2]
        if spans[index].words(tokens) not in _WANT or to.words(tokens) != "to":
            continue
        asked = any(each.of("ask") for each in spans) or "what" in [token.text for token in tokens]
        if verb.words(tokens) in _SPOKE_OF and asked:
            silence(spans, (index, index + 1))


@only_where(_SPOKE_OF)
def _what_was_spoken_of(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What somebody "discussed with" somebody is what it was about: "what did the mayor discuss with us?"."""
    asked = [i for i, span in enumerate(spans) if span.of("ask")]
    if len(asked) != 1 or spans[asked[0]].words(tokens) not in ("what", "which", "what was"):
        return
    verb = next((i for i, span in enumerate(spans) if span.words(tokens) in _SPOKE_OF), None)
    if verb is None or verb < asked[0] or any(span.of("kinds") or span.of("topics") for span in spans):
        return
    if spans[asked[0]].words(tokens) == "what" and any(span.is_place for span in spans):
        spans[asked[0]] = replace(spans[asked[0]], concepts=frozenset({("ask", "subject")}))


@only_where(("when",))
def _when_they_came(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind "what was discussed" no day is asked for: "what was discussed when the mayor of Cebu came?"."""
    told: Sequence[Concept] = (("ask", "subject"), ("ask", "did"), ("people", "participant"))
    first = next((i for i, span in enumerate(spans) if span.of("ask") or span.of("people")), None)
    if first is None or not spans[first].has(*told) or any(span.of("event") for span in spans):
        return
    for index in range(first + 1, len(spans) - 1):
        behind = spans[index + 1]
        clause = (
            behind.is_place or behind.has(("small", "own")) or behind.words(tokens) in ("the", "their", "its")
        )
        if spans[index].words(tokens) == "when" and clause and not spans[index - 1].mark:
            spans[index] = spans[index].silenced()


_SEEN = frozenset(("shown", "displayed", "exhibited", "presented", "seen", "hung", "mounted", "put up"))


@only_where(_SEEN)
def _was_shown(spans: list[Span], tokens: Sequence[Token]) -> None:
    """An exhibition that was shown was held: "where was the Portland exhibition shown?"."""
    shows = [i for i, span in enumerate(spans) if span.has(("kinds", "exhibition"))]
    for index, span in enumerate(spans):
        if span.words(tokens) in _SEEN and shows and shows[0] < index and not span.of("kinds"):
            spans[index] = replace(span, concepts=frozenset({("meet", "held")}))


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
    _year_of_an_event,
    _since_it_was_signed,
    _was_about,
    _wanted_to_discuss,
    _what_was_spoken_of,
    _when_they_came,
    _was_shown,
    _from_a_year_on,
    _from_here,
)
