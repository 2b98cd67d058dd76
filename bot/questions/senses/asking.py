"""What words of English ask, or tell beside a question: "which number", "the top five oldest"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import DOES, Span, is_passed, silence
from bot.questions.senses.comparisons import is_home
from bot.questions.senses.ties import names_exchange, names_tie
from bot.questions.text.normal import Token
from bot.questions.vocabulary.lexicon import GroupName

# What is asked -------------------------------------------------------------------------------------------------------


def _which_number(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Which number an anniversary has is how old the tie is: "Busan anniversary this year: which number?"."""
    if not any(span.has(("anniversary", "anniversary")) for span in spans):
        return
    for index in range(1, len(spans)):
        ends = index + 1 == len(spans) or spans[index + 1].words(tokens) != "of"
        if (
            ends
            and spans[index].words(tokens) == "number"
            and spans[index - 1].words(tokens) in ("which", "what")
        ):
            spans[index - 1] = spans[index - 1].silenced()
            spans[index] = replace(spans[index], concepts=frozenset({("ask", "age")}))


def _top_in_order(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The "top five oldest" are the five oldest, and the busiest "in number of exchanges" the busiest."""
    tops = [index for index, span in enumerate(spans) if span.has(("logic", "top"))]
    ordered = any(span.of("order") for index, span in enumerate(spans) if index not in tops)
    tops += [
        index
        for index in range(2, len(spans))
        if spans[index].words(tokens).endswith("number of")
        and spans[index - 1].words(tokens) in ("in", "by", "for")
        and any(span.has(("order", "most"), ("order", "fewest")) for span in spans[: index - 1])
    ]
    for index in tops if ordered else ():
        spans[index] = spans[index].silenced()


@only_where(("by", "per"))
def _by_level(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Numbers "by county" are told apart by whose they are."""
    if not any(span.has(("ask", "count"), ("ask", "statistics")) for span in spans):
        return
    for index in range(1, len(spans)):
        named = spans[index].mention
        group = named is not None and isinstance(named.meanings[0], GroupName)
        if (spans[index].of("places") or group) and spans[index - 1].words(tokens) in ("by", "per"):
            spans[index - 1] = replace(spans[index - 1], concepts=frozenset({("per", "home")}))


@only_where(("over", "past"))
def _over_so_many(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Nothing ended where "over" stands before a number, or "past" before a year: "partners over 50 years old"."""
    for index, span in enumerate(spans[:-1]):
        behind = spans[index + 1]
        if span.words(tokens) == "past" and behind.time is not None:
            spans[index] = replace(span, concepts=frozenset({("time", "after")}))
        if span.words(tokens) != "over":
            continue
        if behind.number is not None or behind.of("jubilee"):
            spans[index] = replace(span, concepts=span.concepts - {("event", "ended")})
        elif behind.has(("ask", "count"), ("ask", "which")):
            spans[index] = replace(span, concepts=frozenset({("small", "in")}))


_AGREE = frozenset(("match", "agree", "coincide", "intersect", "meet", "converge"))


@only_where(("which",))
def _which_relates(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind what is counted "which" only says more of it: "how many does Taipei have which Tainan does not?"."""
    counted = next((i for i, span in enumerate(spans) if span.of("ask") == ("count",)), len(spans))
    for index in range(counted + 2, len(spans) - 1):
        ends = any(span.mark for span in spans[counted:index])
        if spans[index].words(tokens) == "which" and is_home(spans[index + 1]) and not ends:
            spans[index] = spans[index].silenced()


@only_where(_AGREE | {"mutual", "have", "has"})
def _in_common(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Mutual partners are those in common, as is where the lists of two "agree"; how many they have "together", all."""
    counted = any(span.has(("ask", "count")) for span in spans)
    lists = any(span.words(tokens).startswith(("lists", "networks", "circles")) for span in spans)
    for index, span in enumerate(spans):
        mutual = span.words(tokens) == "mutual" and any(map(names_tie, spans[index + 1 : index + 2]))
        agree = span.words(tokens) in _AGREE and lists and sum(map(is_home, spans[:index])) > 1
        if counted and span.words(tokens) in ("have together", "has together"):
            spans[index] = replace(span, concepts=DOES)
        if mutual or agree:
            spans[index] = replace(span, concepts=frozenset({("logic", "common")}))


_SPREAD = frozenset(
    ("spread", "spread out", "distributed", "scattered", "dispersed", "strewn", "divided", "divided up", "split",
     "split up", "divide", "divide up", "cover", "represent", "located", "found", "distribute")
)  # fmt: skip


@only_where(_SPREAD)
def _spread_over(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How partners "are spread over" countries asks how many lie in each, and over how many countries, of these."""
    places = (("noun", "country"), ("noun", "region"), ("per", "country"), ("per", "region"))
    if not any(map(names_tie, spans)) or not any(span.has(*places) for span in spans):
        return
    if any(names_exchange(span) and span.words(tokens) not in _SPREAD for span in spans):
        return
    spread = [i for i, span in enumerate(spans) if i and span.words(tokens) in _SPREAD]
    for index in spread:
        spans[index] = replace(spans[index], concepts=DOES)
    if spread and spans[0].words(tokens) == "how" and any(span.of("per") for span in spans):
        spans[0] = replace(spans[0], concepts=frozenset({("ask", "statistics")}))


_LISTS = frozenset(
    ("list", "network", "circle", "family", "roster", "roll", "register", "portfolio", "collection")
)
_LARGE = frozenset(("large", "big", "long", "extensive", "sizeable", "wide", "size"))


_HEADS = frozenset(("headcount", "head"))


@only_where(_LISTS | _HEADS)
def _how_large(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How large a list of partners is is how many there are: "how big is Kaohsiung's network of sister cities?"."""
    said = [set(span.words(tokens).split()) for span in spans]
    if said[0] & _HEADS and any(map(names_tie, spans)) and not any(map(names_exchange, spans)):
        spans[0] = replace(spans[0], concepts=frozenset({("ask", "count")}))
    asked = [i for i, words in enumerate(said) if words & _LARGE]
    lists = [i for i, words in enumerate(said[:-1]) if words & _LISTS and names_tie(spans[i + 1])]
    lists += [i for i, words in enumerate(said) if words & _LISTS and names_tie(spans[i])]
    if len(asked) != 1 or len(lists) != 1 or asked[0] > lists[0] or any(map(names_exchange, spans)):
        return
    at = asked[0]
    start = at - (at > 0 and spans[at - 1].words(tokens) == "how")
    spans[lists[0]] = spans[lists[0]] if names_tie(spans[lists[0]]) else spans[lists[0]].silenced()
    spans[start : at + 1] = [
        Span(spans[start].start, spans[at].end, concepts=frozenset({("ask", "count")})),
    ]


_CITY = frozenset(("city", "town", "municipality"))


@only_where(_CITY | {"office"})
def whose_it_is(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The partners of "the city" are ours where none was named before: "which of the city's partners lie in Asia?"."""
    for index in range(len(spans) - 1):
        span, behind = spans[index], spans[index + 1]
        if span.is_place:
            return
        owns = behind.words(tokens).split()[0] == "s"
        article = span.start and tokens[span.start - 1].text == "the"
        ours = "own" in span.of("small") or (article and span.words(tokens) in _CITY and not span.of("ask"))
        if not (owns and ours):
            continue
        if article and spans[index - 1].words(tokens) == "of the":
            spans[index - 1] = replace(spans[index - 1], concepts=frozenset({("small", "of")}))
        end = behind.end if behind.words(tokens) == "s" else span.end
        taken = index + 2 if end == behind.end else index + 1
        spans[index:taken] = [Span(span.start, end, concepts=frozenset({("small", "own")}))]
        return


@only_where(("every", "each"))
def _every_one(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whoever lists "each of our partners" wants them all, and no number of each."""
    if any(span.has(("ask", "count"), ("ask", "times"), ("ask", "statistics")) for span in spans):
        return
    for index in range(len(spans) - 1):
        behind = spans[index + 1 + (spans[index + 1].words(tokens) == "the") :][:1]
        if spans[index].has(("per", "home")) and any("own" in span.of("small") for span in behind):
            spans[index] = replace(spans[index], concepts=frozenset({("small", "of")}))


_THERE = (("order", "nearest"), ("order", "farthest"), ("meet", "came"), ("meet", "visit"))


def _from_itself(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A city's partner that is nearest "to" it: "of Kaohsiung's sister cities, which lies closest to Kaohsiung?"."""
    named = [i for i, span in enumerate(spans) if span.is_place]
    if len(named) != 2 or spans[named[0]].words(tokens) != spans[named[1]].words(tokens):
        return
    near = [i for i in (named[1] - 1, named[1] - 2) if i > named[0] and spans[i].has(*_THERE)]
    if near:
        silence(spans, range(near[0] + 1, named[1] + 1))


_TRAVELS = frozenset(
    ("fly", "go", "travel", "drive", "get", "fly to", "go to", "travel to", "drive to", "get to")
)


@only_where(("farthest", "furthest", "nearest", "closest", "longest", "shortest", "far"))
def _as_far_to_go(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How far one would travel is a distance and no visit: "to which sister city do we fly farthest?"."""
    if any(span.time for span in spans) or not any(
        span.has(("order", "farthest"), ("order", "nearest")) for span in spans
    ):
        return
    for index, span in enumerate(spans):
        if span.has(("meet", "went")) and span.words(tokens) in _TRAVELS:
            spans[index] = span.silenced()


_BE = frozenset(("is", "was", "were", "are", "s"))


@only_where(("about",))
def _about_what(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What something "is about" is its subject: "what was the memorandum with Seoul about?"."""
    said = [index for index, span in enumerate(spans) if not span.mark]
    if not said or spans[said[-1]].words(tokens) != "about":
        return
    words = [token.text for token in tokens]
    asked = words.index("what") if "what" in words else len(words)
    if asked + 1 < len(words) and words[asked + 1] in _BE:
        spans[said[-1]] = replace(spans[said[-1]], concepts=frozenset({("ask", "subject")}))


_HAS_WHICH = frozenset(("which have", "which has"))


@only_where(_HAS_WHICH)
def _which_have(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "which have" that opens a question asks; behind a noun it says which is meant."""
    for index, span in enumerate(spans):
        if span.words(tokens) in _HAS_WHICH:
            which = Span(span.start, span.start + 1, concepts=frozenset({("ask", "which")}))
            spans[index : index + 1] = [which, Span(span.start + 1, span.end, concepts=DOES)]
            return
        if not (span.mark or is_passed(span) or span.of("follow")):
            return


_PLEASE_LIST = frozenset(("please list", "please name"))


@only_where(("please",))
def _listed_then(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who has asked how many and then says "please list them" wants the names, too."""
    for index in range(1, len(spans)):
        asked = spans[index - 1].mark and any(span.has(("ask", "count")) for span in spans[:index])
        if asked and spans[index].words(tokens) in _PLEASE_LIST:
            spans[index] = replace(spans[index], concepts=frozenset({("ask", "list")}))


ASKING: Sequence[Rule] = (
    _which_have,
    _listed_then,
    _about_what,
    _as_far_to_go,
    _over_so_many,
    _which_relates,
    _in_common,
    _spread_over,
    _how_large,
    _every_one,
    _from_itself,
    _which_number,
    _top_in_order,
    _by_level,
)
