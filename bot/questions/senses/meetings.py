"""Exchanges in English, and what went on otherwise: "were here", "did anything happen", "in person or online", "since
the signing", "between Seattle and here"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.periods import Period
from bot.questions.context.remarks import names_ours
from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import DOES, OWN, Span
from bot.questions.senses.ties import names_exchange, names_tie
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

# Who was there ------------------------------------------------------------------------------------------------------

_HERE = frozenset(("here", "over here", "with us", "in town"))
_WERE = frozenset(("was", "were", "been", "be", "is", "are"))


@only_where(_HERE)
def _were_here(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who "was here" came: "when were the pupils from Columbus here?"."""
    if any(
        span.of("kind") or span.of("event") or span.has(("noun", "tie"), ("noun", "act")) for span in spans
    ):
        return
    were = next((i for i, span in enumerate(spans) if tokens[span.end - 1].text in _WERE), None)
    if were is None:
        return
    for index in range(were + 1, len(spans)):
        span = spans[index]
        somebody = any(
            each.mention is not None
            or each.of("pointing")
            or each.of("people")
            or each.of("level")
            or each.has(("noun", "people"))
            for each in spans[were:index]
        )
        if span.words(tokens) in _HERE and somebody and not span.has(("meet", "came")):
            spans[index] = replace(span, concepts=frozenset({("meet", "came")}))
            return


_SOMEBODY = frozenset(
    (
        "they",
        "he",
        "she",
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "people",
        "visitors",
        "guests",
        "officials",
    )
)


@only_where(("come", "came"))
def _came_from_there(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is said to have "come from" a place came here: "when did they last come from Austin?"."""
    for index, span in enumerate(spans):
        if span.words(tokens) not in ("come from", "came from") or span.of("meet"):
            continue
        before = [each for each in spans[:index] if not each.of("order")]
        words = {token.text for each in before[-2:] for token in tokens[each.start : each.end]}
        did = {token.text for token in tokens[: span.start]} & {"did", "has", "have", "had", "ever"}
        if words & _SOMEBODY and did:
            spans[index] = replace(span, concepts=span.concepts | {("meet", "came")})


@only_where(("coming",))
def _is_coming(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Somebody who is "coming" is expected, be it in May or to us: "who is coming in the next six months?"."""
    for index in range(1, len(spans)):
        said = spans[index].words(tokens) == "coming" and spans[index - 1].has(("ask", "who"))
        behind = spans[index + 1 : index + 2]
        if said and all(each.mark or each.time or each.words(tokens) in _TO_US for each in behind):
            spans[index] = replace(spans[index], concepts=_EXPECTED)


_TO_US = frozenset(("to", "to us", "here", "over", "to see us", "to visit"))
_EXPECTED: frozenset[Concept] = frozenset({("meet", "came"), ("meet", "planned")})


@only_where(("present",))
def _present(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who was present took part, and was no gift: "which partner was present at the conference?"."""
    for index in range(1, len(spans)):
        before = tokens[spans[index].start - 1].text
        at_it = index + 1 < len(spans) and spans[index + 1].words(tokens) in ("at", "in", "during")
        was = at_it and tokens[0].text in _WERE  # "was our mayor present at the festival?"
        if spans[index].words(tokens) == "present" and (before in _WERE or was):
            spans[index] = replace(spans[index], concepts=frozenset({("meet", "held")}))


@only_where(_WERE)
def _were_in(spans: list[Span], tokens: Sequence[Token]) -> None:
    """People from one place who "were in" another came there: "when were pupils from Columbus in Dresden?"."""
    if any(span.of("kind") or span.of("event") or span.of("meet") or span.of("kinds") for span in spans):
        return
    people = [
        i
        for i, span in enumerate(spans)
        if span.has(("noun", "people")) or span.of("level") or span.of("people")
    ]
    were = [i for i, span in enumerate(spans) if span.words(tokens) in _WERE and span.has(("small", "does"))]
    named = [i for i, span in enumerate(spans) if names_ours(span) or span.words(tokens) == "our city"]
    if len(named) != 2 or not people or not were or not were[0] < named[0]:
        return
    if tokens[spans[named[1]].start - 1].text == "in" and people[0] < named[1]:
        spans[were[0]] = replace(spans[were[0]], concepts=DOES | {("meet", "came")})


# What happened ------------------------------------------------------------------------------------------------------

SOMETHING = frozenset(("something", "anything"))


@only_where(SOMETHING)
def _last_something(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of "something" with somebody the last is an exchange: "when was there last something with Graz?"."""
    if any(
        span.of(section) for span in spans for section in ("kind", "event", "kinds", "anniversary", "meet")
    ):
        return
    last = any(span.has(("order", "last")) for span in spans) and any(span.of("ask") for span in spans)
    for index, span in enumerate(spans[:-1]):
        if last and span.words(tokens) in SOMETHING and tokens[span.end].text in ("with", "from"):
            spans[index] = replace(span, concepts=frozenset({("noun", "exchange")}))


_EXCHANGE: frozenset[Concept] = frozenset({("noun", "exchange")})
_HAPPEN = frozenset(
    ("happen", "happened", "happens", "take place", "took place", "taken place", "occur", "occurred", "occurs",
     "go on", "went on", "going on", "be held", "held", "hold", "come about", "came about", "come off", "came off")
)  # fmt: skip


@only_where(SOMETHING)
def _anything_happens(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Anything that happens is an exchange, wherever its verb stands: "when did anything last happen with Graz?"."""
    if any(map(names_exchange, spans)) or any(map(names_tie, spans)):
        return
    for index, span in enumerate(spans):
        happens = any(each.words(tokens) in _HAPPEN for each in spans[index + 1 :])
        if span.words(tokens) in SOMETHING and happens:
            spans[index] = replace(span, concepts=_EXCHANGE)
            return


# Of what sort it was ------------------------------------------------------------------------------------------------


@only_where(("or",))
def _or_online(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether it was "in person or online" is told by what it was: such exchanges are listed, of either kind."""
    for index in range(1, len(spans) - 1):
        modes = _says_how(spans[index - 1]) and _says_how(spans[index + 1])
        asked = any(set(span.of("ask")) - {"whether"} for span in spans)
        named = any(span.is_place for span in spans)
        if any(span.of("event") for span in spans) and not named:
            return  # "can I sign in online or in person?"
        if spans[index].words(tokens) == "or" and modes and not asked:
            _signed_how(spans, tokens)
            spans[index - 1] = replace(
                spans[index - 1], concepts=frozenset({("ask", "which"), ("noun", "exchange")})
            )
            spans[index], spans[index + 1] = spans[index].silenced(), spans[index + 1].silenced()
            return


def _says_how(span: Span) -> bool:
    return bool(span.of("mode")) or span.has(("kinds", "virtual_visit"))


def _signed_how(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How an agreement was signed is told by its signing: "was the agreement signed in person or online?"."""
    signed = any(span.of("event") == ("signed",) for span in spans)
    if not signed or not any(span.is_place for span in spans):
        return
    for index, span in enumerate(spans):
        if span.of("kind") or span.has(("noun", "act")) or span.words(tokens) == "how":
            spans[index] = span.silenced()


@only_where(("official",))
def _official(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Exchanges that are said to be official are those of that level: "which official exchanges did we have?"."""
    exchanges = [i for i, span in enumerate(spans) if span.has(("noun", "exchange"), ("meet", "talked"))]
    for index, span in enumerate(spans):
        said = tokens[span.start - 1].text in ("was", "were", "are", "is") and exchanges
        if span.words(tokens) == "official" and (index + 1 in exchanges or said):
            spans[index] = replace(span, concepts=frozenset({("level", "official")}))


# Since when ---------------------------------------------------------------------------------------------------------


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


# Where we are -------------------------------------------------------------------------------------------------------


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
            spans[index] = replace(spans[index], concepts=OWN)
        ends = index + 1 == len(spans) or spans[index + 1].mark or tokens[spans[index].end].text == "from"
        if words in ("apart", "away", "off") and ends:
            spans[index] = spans[index].silenced()


HAPPENING: Sequence[Rule] = (
    _anything_happens,
    _since_it_was_signed,
    _from_a_year_on,
    _from_here,
)
MEETINGS: Sequence[Rule] = (
    _were_here,
    _came_from_there,
    _is_coming,
    _were_in,
    _present,
    _last_something,
    _or_online,
    _official,
)
