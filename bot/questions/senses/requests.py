"""What English wants without asking for it in full, as clerks and reporters type it: "list of our partners requested",
"just the figure", "anything in Ohio?", "they are friends, but since when?", "the Tucson thing"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.context.remarks import names_ours
from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import DOES, WHETHER, Span, silence
from bot.questions.senses.ties import names_exchange, names_tie
from bot.questions.text.normal import Token

# What is demanded ---------------------------------------------------------------------------------------------------

_DEMANDED = frozenset(
    ("requested", "required", "needed", "wanted", "sought", "desired", "appreciated", "available")
)
_BE = frozenset(
    ("is", "are", "be", "being", "still", "also", "now", "hereby", "urgently", "kindly", "please")
)
_ASKS = frozenset(
    ("what", "which", "who", "whom", "whose", "when", "where", "why", "how", "did", "do", "does", "was",
     "were", "has", "have", "had", "not", "no", "by", "can", "could", "may", "should", "will")
)  # fmt: skip


@only_where(_DEMANDED)
def _demanded(spans: list[Span], tokens: Sequence[Token]) -> None:
    """That something is "requested" says nothing of it where it ends a sentence that has neither question nor verb."""
    words = [token.text for token in tokens]
    last = max((i for i, span in enumerate(spans) if not span.mark), default=0)
    if not last or words[spans[last].start] not in _DEMANDED or spans[last].known or _ASKS & set(words):
        return
    if words[0] in _BE:
        return
    first = last
    while first > 1 and tokens[spans[first - 1].start].text in _BE:
        first -= 1
    silence(spans, range(first, last + 1))


_DO = frozenset(("host", "undertake", "implement", "realise", "realize", "accomplish"))


@only_where(_DO)
def _told_to_do(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whoever is told to do something is asked nothing: "please host Seattle next week"."""
    for index, span in enumerate(spans):
        if span.words(tokens) in _DO and (index == 0 or _is_told(spans, tokens, index)):
            spans[index] = Span(span.start, span.end)


def _is_told(spans: Sequence[Span], tokens: Sequence[Token], index: int) -> bool:
    before = tokens[max(0, spans[index].start - 1)].text
    return before in ("please", "kindly", "you", "to", "us", "let")


# Numbers and years --------------------------------------------------------------------------------------------------

_COUNTS = frozenset(
    ("number", "total", "tally", "sum", "count", "figure", "partners", "ties", "agreements", "how")
)
_AMOUNTS = frozenset(
    ("come to", "comes to", "amount to", "amounts to", "add up to", "adds up to", "run to", "stand at")
)


@only_where(_AMOUNTS)
def _amounts_to(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What a number "comes to" is the number: "what does the number of our partners come to?"; so is how many."""
    for index in range(1, len(spans) - 1):
        said = f"{spans[index].words(tokens)} {tokens[spans[index].end].text}"
        if said in _AMOUNTS and spans[index + 2 : index + 3] and spans[index + 2].has(("ask", "count")):
            silence(spans, (index, index + 1))
            return
    ends = [i for i, span in enumerate(spans) if not span.mark]
    words = {token.text for token in tokens}
    number = any(span.has(("ask", "count")) for span in spans)
    for size in (1, len(("come", "to"))):
        last = ends[-size:]
        said = " ".join(spans[i].words(tokens) for i in last)
        if said in _AMOUNTS and number and words & _COUNTS:
            silence(spans, last)
            return


_JUST_THE_FIGURE = re.compile(
    r"(?:(?:just|only|simply) )?(?:the|a|one) (?:\w+ )?(?:number|figure|count|total)(?: only)?|number only|figure only"
)


def _the_figure(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who wants "just the figure" wants them counted where nothing else is asked: "the figure: partners of Ulm"."""
    if any(set(span.of("ask")) - {"list"} for span in spans):
        return
    if not any(span.of("kind") or span.has(("noun", "tie"), ("noun", "exchange")) for span in spans):
        return
    for index, span in enumerate(spans):
        if span.of("filler") and _JUST_THE_FIGURE.fullmatch(span.words(tokens)):
            spans[index] = replace(span, concepts=frozenset({("ask", "count")}))
            return


_YEARS = frozenset(("which years", "which dates", "which days", "what years", "what dates"))
_GIVEN = frozenset(
    (
        "named", "given", "stated", "mentioned", "quoted", "cited", "claimed", "circulating", "around", "told",
        "are named", "are given", "are stated", "are mentioned", "are quoted", "are cited", "are claimed",
    )
)  # fmt: skip


@only_where(_YEARS)
def _which_years(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who asks for the years that are given of one tie wants all: "which years are named for Ulm's tie with Brno?"."""
    named = sum(names_ours(span) or "own" in span.of("small") for span in spans)
    for index, span in enumerate(spans[:-1]):
        given = [i for i in range(index + 1, min(index + 4, len(spans))) if spans[i].words(tokens) in _GIVEN]
        if span.words(tokens) in _YEARS and given and named > 1:
            spans[given[0]] = spans[given[0]].silenced()
            spans[index] = replace(span, concepts=span.concepts | {("noun", "disputed")})


# Whether there is any, and lately -----------------------------------------------------------------------------------

_TWO = 2

_ANY = frozenset(("any", "anything", "anyone", "anybody", "something", "someone", "somebody"))


@only_where(_ANY)
def _any_there(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who asks no more than "anything in Ohio?", or "Portugal: any partner there?", asks whether there is such."""
    if not spans or any(span.of("ask") for span in spans):
        return
    first = 0
    if len(spans) > _TWO and spans[0].mention is not None and spans[1].mark:
        first = _TWO
    located = first + 1 < len(spans) and spans[first + 1].has(("small", "in"))
    area = any(span.mention is not None and not span.mention.places for span in spans)
    said = spans[first].words(tokens)
    if (said == "any" and first and tokens[spans[-1].start].text == "?") or (
        said in _ANY and located and area
    ):
        spans[first] = replace(spans[first], concepts=WHETHER)


_LATELY = frozenset(("lately", "recently", "of late", "latterly", "these days"))


@only_where(_LATELY)
def _lately(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of these days no day is on record: for a yes or no the last exchange is told, else it is asked back."""
    asked = {key for span in spans for key in span.of("ask")}
    met = any(span.of("meet") or names_exchange(span) for span in spans)
    listed = any(span.words(tokens) in ("what", "what has", "what have") for span in spans)
    for index, span in enumerate(spans):
        if (
            met
            and not listed
            and asked <= _NOT_IN_ORDER
            and span.words(tokens) in _LATELY
            and not span.of("order")
        ):
            spans[index] = replace(span, concepts=frozenset({("logic", "lately")}))


_NOT_IN_ORDER = frozenset(("whether", "which", "who", "count"))


# What is due, and of what sort --------------------------------------------------------------------------------------


@only_where(("due",))
def _jubilees_due(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Anniversaries that "are due" come then; that contact is due is asked of nobody."""
    if not any(span.has(("anniversary", "anniversary")) for span in spans):
        return
    for index, span in enumerate(spans):
        if span.has(("ask", "often")) and span.words(tokens) in ("is due", "are due"):
            spans[index] = replace(span, concepts=DOES)


_KINDS_TOO = frozenset(("sport", "culture", "education"))


def _what_sort_of_sport(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What sort of sport there was between two places is which exchanges there were of that kind."""
    for index in range(len(spans) - 1):
        span, behind = spans[index], spans[index + 1]
        kinds = _KINDS_TOO & set(behind.of("topics"))
        if not (span.has(("ask", "kind")) and kinds) or any(map(names_exchange, spans)):
            continue
        others = [each for at, each in enumerate(spans) if at > index + 1 and names_tie(each)]
        if any(each.of("kind") or each.has(("noun", "act")) for each in others):
            return
        spans[index] = replace(span, concepts=frozenset({("ask", "which")}))
        spans[index + 1] = replace(behind, concepts=frozenset(("kinds", key) for key in kinds))
        for at in range(index + _TWO, len(spans)):
            if names_tie(spans[at]):
                spans[at] = replace(spans[at], concepts=DOES)
        return


# What leads to what is asked ----------------------------------------------------------------------------------------


@only_where(("but",))
def _but(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "but" before what is asked only leads to it: "they are friends, but since when?"."""
    for index in range(1, len(spans) - 1):
        behind = spans[index + 1]
        asks = behind.has(
            ("ask", "when"), ("ask", "age"), ("ask", "count"), ("ask", "whether")
        ) or behind.has(("filler", "lead"))
        if spans[index].words(tokens) == "but" and asks and not spans[index].known:
            spans[index] = spans[index].silenced()


_LEAVING = frozenset(
    ("leaving", "putting", "setting", "leave", "put", "set", "laying", "pushing", "with", "once", "keeping")
)


@only_where(("aside", "out"))
def _leaving_aside(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who leaves a name "aside" leaves it out: "leaving Japan aside, who are our partners?"."""
    for index, span in enumerate(spans):
        if not span.has(("logic", "except")) or span.words(tokens) not in ("aside", "out"):
            continue
        for at in range(max(0, index - len("a b c")), index):
            between = spans[at + 1 : index]
            named = any(each.mention is not None for each in between)
            if named and spans[at].words(tokens) in _LEAVING and not any(s.mark for s in between):
                spans[at] = spans[at].silenced()


# Words for a tie ----------------------------------------------------------------------------------------------------


@only_where(("friendship",))
def _friendship(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A friendship whose beginning is asked for is any tie; a friendship city is one: "since when our friendship"."""
    if not any(span.has(("ask", "when"), ("ask", "age")) for span in spans):
        return
    if sum(span.of("kind") != () for span in spans) > 1 or not any(map(names_ours, spans)):
        return
    for index, span in enumerate(spans):
        if span.words(tokens) == "friendship" and span.has(("kind", "friendship")):
            spans[index] = replace(span, concepts=frozenset({("noun", "tie")}))


_THINGS = frozenset(("thing", "business", "affair", "matter", "story"))


def _the_thing(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A thing that is called by a partner or a kind is the tie: "the Tucson thing", "sign the friendship thing"."""
    for index in range(1, len(spans)):
        before, span = spans[index - 1], spans[index]
        if span.words(tokens) not in _THINGS or span.of("noun"):
            continue
        if names_tie(before):
            spans[index] = span.silenced()
        elif before.mention is not None and before.mention.places and not _spoken_of(spans, index):
            spans[index] = replace(span, concepts=frozenset({("noun", "tie")}))


def _spoken_of(spans: Sequence[Span], index: int) -> bool:
    """Whether something is spoken of that a thing may be, other than a tie."""
    return any(s.of("meet") or s.of("kinds") or s.of("topics") or s.of("items") for s in spans[:index])


DEMANDED: Sequence[Rule] = (
    _told_to_do,
    _demanded,
    _amounts_to,
)
WANTED: Sequence[Rule] = (
    _any_there,
    _lately,
    _jubilees_due,
    _what_sort_of_sport,
)
CHAT: Sequence[Rule] = (
    _but,
    _the_figure,
    _which_years,
    _friendship,
    _the_thing,
    _leaving_aside,
)
