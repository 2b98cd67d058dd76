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
from bot.questions.spans import AID, DOES, Span, silence
from bot.questions.times import TimeMention

_EXCHANGE: frozenset[Concept] = frozenset({("noun", "exchange")})
_ASKS: frozenset[Concept] = frozenset({("ask", "which")})
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

_GO = frozenset(("go", "goes", "gone", "went", "going"))


@only_where(_GO)
def _gone_without(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who "has gone two years without contact" went nowhere."""
    for index, span in enumerate(spans):
        near = range(index + 1, min(index + len("four") + 1, len(spans)))
        lacks = any(
            spans[i].has(("order", "least_recent"), ("state", "no_record"))
            or (spans[i].has(("logic", "without")) and any(map(names_exchange, spans[i + 1 : i + 3])))
            for i in near
        )
        if lacks and span.words(tokens) in _GO:
            spans[index] = replace(span, concepts=DOES)


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


# Gifts ---------------------------------------------------------------------------------------------------------------

_GIVES = frozenset(
    ("send", "sends", "sent", "give", "gives", "gave", "given", "donate", "donated", "ship", "shipped", "present",
     "presented", "lend", "lent", "loaned", "hand", "handed", "hand over", "handed over", "sent over", "deliver",
     "delivered", "gifted")
)  # fmt: skip
_GETS = frozenset(
    ("receive", "received", "receives", "get", "got", "gets", "obtain", "obtained", "obtains", "accepted")
)
_WHAT = frozenset(
    ("what was", "what were", "what is", "what s", "what are", "what has been", "what have been")
)
_GOODS = frozenset(
    ("things", "thing", "items", "item", "goods", "objects", "object", "articles", "stuff", "supplies")
)
_WHOM = frozenset(("to", "from", "by"))


@only_where(_GIVES | _GETS)
def _what_was_given(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What was given, however it is arranged: "what was sent to Uto?", "which items did we send?", "Uto got what?"."""
    if any(map(names_exchange, spans)) or any(map(names_tie, spans)) or not any(s.is_place for s in spans):
        return
    asked = next((i for i, span in enumerate(spans) if _asks_what(span, tokens)), None)
    given = next((i for i, span in enumerate(spans) if span.words(tokens) in _GIVES | _GETS), None)
    if asked is None or given is None or not _is_of_a_thing(spans, tokens, asked):
        return
    beside = {word for i in range(len(spans)) if (word := spans[i].words(tokens)) in _WHOM}
    if not beside and not any(span.is_place for span in spans[given + 1 : given + 2]):
        return
    if any(span.of("items") or span.has(("kinds", "aid")) for span in spans if span is not spans[given]):
        return
    got = spans[given].words(tokens) in _GETS
    spans[asked] = replace(spans[asked], concepts=_ASKS)
    spans[given] = replace(
        spans[given], concepts=frozenset({("kinds", "aid"), ("meet", "received" if got else "sent")})
    )
    silence(spans, [i for i in range(asked + 1, len(spans)) if spans[i].words(tokens) in _GOODS])


def _asks_what(span: Span, tokens: Sequence[Token]) -> bool:
    words = span.words(tokens)
    return words in _WHAT or (words in ("what", "which") and span.has(("ask", "which")))


def _is_of_a_thing(spans: Sequence[Span], tokens: Sequence[Token], asked: int) -> bool:
    """Whether nothing but goods is asked for, and neither people nor a day."""
    if any(span.of("level") or span.of("people") or span.of("topics") for span in spans):
        return False
    if any(set(span.of("ask")) - {"which", "whether"} for span in spans):
        return False
    behind = spans[asked + 1] if asked + 1 < len(spans) else None
    if behind is None or spans[asked].words(tokens) != "which":
        return True
    return behind.words(tokens) in _GOODS


@only_where(("ship", "ships"))
def _ships(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who ships things gives them, as no ship does: "when did the zoo ship pangolins to Leipzig?"."""
    for index in range(1, len(spans) - 1):
        things = spans[index + 1].of("items") or spans[index + 1].words(tokens) in (
            "the",
            "its",
            "their",
            "two",
        )
        if (
            spans[index].words(tokens) in ("ship", "ships")
            and things
            and any(s.of("items") for s in spans[index:])
        ):
            spans[index] = replace(spans[index], concepts=AID)


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
        if verb.words(tokens) in _SPOKE_OF and any(each.of("ask") for each in spans):
            silence(spans, (index, index + 1))


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
        if words == "here" and tokens[spans[index].start - 1].text in ("and", "to", "from", "than"):
            spans[index] = replace(spans[index], concepts=_OWN)
        ends = index + 1 == len(spans) or spans[index + 1].mark
        if words in ("apart", "away", "off") and ends:
            spans[index] = spans[index].silenced()


HAPPENING: Sequence[Rule] = (
    _anything_happens,
    _gone_without,
    _ships,
    _year_of_an_event,
    _since_it_was_signed,
    _what_was_given,
    _wanted_to_discuss,
    _when_they_came,
    _was_shown,
    _from_a_year_on,
    _from_here,
)
