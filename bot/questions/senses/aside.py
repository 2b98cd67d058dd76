"""Words of English that stand beside what is asked: "the old memorandum", "in Canada too", "when he came, …"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import SILENT, Span, is_passed, silence
from bot.questions.senses.ties import names_tie
from bot.questions.text.normal import Token

_DEFINITE = frozenset(("the", "our", "its", "their", "this", "that", "s"))


@only_where(("old",))
def _old_thing(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What was before is "the old" one: a city under its former name, an agreement that another replaced."""
    for index in range(1, len(spans) - 1):
        named = spans[index + 1]
        called = named.is_place or names_tie(named) or named.has(("noun", "act"), ("noun", "city"))
        the = tokens[spans[index - 1].end - 1].text in _DEFINITE
        if spans[index].words(tokens) == "old" and the and called:
            spans[index] = spans[index].silenced()


@only_where(("exchange", "cooperation"))
def _exchange_agreement(spans: list[Span], tokens: Sequence[Token]) -> None:
    """An "exchange agreement" is an agreement, and no exchange."""
    for index in range(len(spans) - 1):
        act = spans[index + 1].has(("noun", "act"), ("kind", "mou"))
        if act and spans[index].words(tokens) in ("exchange", "cooperation"):
            spans[index] = spans[index].silenced()


@only_where(("too", "as well"))
def _there_too(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind a country, "too" says that others were spoken of: "does Taichung have one in Canada too?"."""
    for index in range(1, len(spans)):
        ends = index + 1 == len(spans) or spans[index + 1].mark
        before = spans[index - 1]
        country = before.mention is not None and not before.is_place
        if spans[index].words(tokens) in ("too", "as well") and ends and country:
            spans[index] = spans[index].silenced()


@only_where(("when",))
def _when_it_was(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A clause may tell when before another asks: "when their mayor came in 2015, how many people did he bring?"."""
    first = next((i for i, span in enumerate(spans) if not span.mark), 0)
    if (
        spans[first].words(tokens) != "when"
        or first + 1 == len(spans)
        or spans[first + 1].has(("small", "does"))
    ):
        return
    mark = next((i for i in range(first, len(spans)) if spans[i].mark), len(spans))
    if any(span.of("ask") and not span.has(("ask", "who")) for span in spans[mark:]):
        spans[first] = spans[first].silenced()
        _same_again(spans, tokens, mark)


_AGAIN = frozenset(
    ("he", "she", "they", "it", "him", "her", "them", "with him", "with her", "with them", "along")
)


def _same_again(spans: list[Span], tokens: Sequence[Token], mark: int) -> None:
    """Behind the mark, those who came are spoken of again, and what they brought came."""
    silence(spans, [i for i in range(mark, len(spans)) if spans[i].words(tokens) in _AGAIN])


@only_where(("how",))
def _celebrated_how(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How an anniversary was celebrated is told by what was held for it."""
    how = next((i for i, span in enumerate(spans) if span.words(tokens) == "how"), None)
    if how is None or not spans[how + 1 :] or not spans[how + 1].has(("small", "does")):
        return
    feast = next((i for i in range(how, len(spans)) if tokens[spans[i].start].text in _CELEBRATED), None)
    if feast is None:
        return
    spans[how] = replace(spans[how], concepts=frozenset({("ask", "did")}))
    if any(span.has(("anniversary", "anniversary")) for span in spans):
        spans[feast] = spans[feast].silenced()


_CELEBRATED = frozenset(("celebrate", "celebrated", "mark", "marked", "commemorate", "commemorated"))


@only_where(("and",))
def _with_both(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Each of two partners may be asked for by itself: "with Busan and with Seattle", "and when with Seattle"."""
    for index in range(1, len(spans) - len("ab")):
        before = index - 2 if spans[index - 1].mark else index - 1
        again = index + 1 + (spans[index + 1].words(tokens) == "when")
        if spans[index].words(tokens) != "and" or again + 1 >= len(spans) or not spans[before].is_place:
            continue
        if spans[again].words(tokens) == "with" and spans[again + 1].is_place:
            spans[index : again + 1] = [replace(spans[index], end=spans[again].end)]
            return


@only_where(("same", "common"))
def _same_partners(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The "same partners as" another's are those in common with it; where nobody is named beside, ours."""
    for index in range(len(spans) - len("ab")):
        shared = spans[index].words(tokens) in ("same", "common", "the same")
        if (
            not shared
            or not names_tie(spans[index + 1])
            or spans[index + 2].words(tokens) not in ("with", "as")
        ):
            continue
        ours = sum(span.is_place or "own" in span.of("small") for span in spans) == 1
        said = {("logic", "common"), ("small", "own")} if ours else {("logic", "common")}
        spans[index] = replace(spans[index], concepts=frozenset(said))
        spans[index + 2] = replace(spans[index + 2], concepts=frozenset({("small", "with")}))
        return


@only_where(("including", "included", "include"))
def _counted_as_well(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A kind that is included counts beside partners: "including memoranda", "memoranda included"."""
    for index, span in enumerate(spans):
        beside = (each for each in (index - 1, index + 1) if 0 <= each < len(spans))
        said = next((i for i in beside if spans[i].words(tokens) in ("including", "included")), None)
        if said is not None and span.of("kind"):
            spans[index] = replace(span, concepts=span.concepts | {("logic", "added")})
            spans[said] = spans[said].silenced()


_TRAVELS = frozenset(("visit", "visits", "trip", "trips", "tour", "tours", "journey", "journeys", "travels"))


@only_where(("abroad", "overseas", "foreign"))
def _travels_abroad(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Visits abroad are made, not received: "trips abroad of our mayor", "the mayor's foreign visits"."""
    for index, span in enumerate(spans):
        beside = (each for each in (index - 1, index + 1) if 0 <= each < len(spans))
        named = next((i for i in beside if spans[i].words(tokens) in _TRAVELS), None)
        before = span.words(tokens) == "foreign"
        if span.has(("logic", "abroad")) and named is not None and before is (named > index):
            spans[index] = replace(span, concepts=frozenset({("meet", "went")}))
            spans[named] = replace(spans[named], concepts=frozenset({("meet", "visit")}))
            behind = max(index, named) + 1
            if behind + 1 < len(spans) and spans[behind].words(tokens) == "of":
                spans[behind] = replace(spans[behind], concepts=frozenset({("small", "by")}))


@only_where(("not",))
def _not_another(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A kind that is denied behind a mark is left out: "a friendship city? I mean not a sister city"."""
    kinds = [i for i, span in enumerate(spans) if span.of("kind")]
    for index, span in enumerate(spans):
        mark = index - 1 if index and not spans[index - 1].of("repair") else index - 2
        named = index + 1
        while named < len(spans) and is_passed(spans[named]):
            named += 1
        if span.words(tokens) == "not" and named in kinds and kinds[0] < mark and spans[mark].mark:
            spans[index] = replace(span, concepts=frozenset({("logic", "except")}))
            silence(spans, range(mark + 1, index))


@only_where(("council", "councils"))
def _of_councils(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What councils sign is their own, and no agreement of their cities."""
    own = any(spans[i].words(tokens) == "own" for i in range(len(spans)))
    signed = any(span.has(("event", "signed")) for span in spans)
    for index, span in enumerate(spans):
        said = tokens[span.end - 1].text
        if signed and not span.mention and (said == "councils" or (said == "council" and own)):
            spans[index] = Span(span.end - 1, span.end)
            if span.end - span.start > 1:
                spans.insert(index, Span(span.start, span.end - 1, concepts=SILENT))
            return


@only_where(("before",))
def _before_whom(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Before whom something was signed is nobody who signed, and no time."""
    for index in range(len(spans) - 1):
        if spans[index].words(tokens) == "before" and spans[index + 1].words(tokens) in ("whom", "who"):
            spans[index] = Span(spans[index].start, spans[index].end)


_GUESTS = frozenset(
    ("delegation", "delegations", "guests", "visitors", "group", "a group from", "group from")
)
_ARE_THEY = (("is", "it"), ("are", "they"), ("is", "that"), ("is", "this"), ("are", "those"))


@only_where(("delegation", "delegations", "guests", "visitors", "group"))
def _where_guests_are_from(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is expected tells only which city is meant: "our delegation is from Seoul, are they a sister city?"."""
    mark = next((i for i, span in enumerate(spans) if span.mark), len(spans))
    told, asked = spans[:mark], spans[mark + 1 :]
    places = [i for i, span in enumerate(told) if span.is_place]
    guests = any(span.words(tokens) in _GUESTS for span in told)
    if len(places) != 1 or not guests or not all(span.is_place or _says_who_comes(span) for span in told):
        return
    they = (asked[0].words(tokens), asked[1].words(tokens)) in _ARE_THEY if len(asked) > 1 else False
    if they and any(map(names_tie, asked)) and not any(span.mention or span.of("meet") for span in asked):
        silence(spans, [i for i in range(mark) if i != places[0]])


_OF_COMING = frozenset((("order", "next"), ("noun", "people"), ("kinds", "visit")))


def _says_who_comes(span: Span) -> bool:
    return is_passed(span) or span.has(*_OF_COMING) or bool(span.of("meet"))


ASIDE: Sequence[Rule] = (
    _where_guests_are_from,
    _old_thing,
    _exchange_agreement,
    _there_too,
    _when_it_was,
    _celebrated_how,
    _with_both,
    _same_partners,
    _counted_as_well,
    _travels_abroad,
    _not_another,
    _of_councils,
    _before_whom,
)
