"""Who has a tie, in English, and how it stands: "counts Derby among its partners", "a tie with", "the Korean ones",
"how is our tie doing?"."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import DOES, SILENT, STATUS, TIE, Span, is_passed, next_meant, silence
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept


def names_tie(span: Span) -> bool:
    """Whether a part is a word for a tie."""
    return bool(span.of("kind")) or span.has(("noun", "tie"), ("noun", "act"))


def names_exchange(span: Span) -> bool:
    """Whether a part is a word for an exchange."""
    return bool(span.of("kinds") or span.of("mode")) or span.has(("noun", "exchange"), ("meet", "visit"))


# Having -------------------------------------------------------------------------------------------------------------

_COUNTS = frozenset(
    f"{verb}{ending}"
    for verb in (
        "count",
        "number",
        "list",
        "name",
        "rank",
        "reckon",
        "include",
        "place",
        "see",
        "feature",
        "claim",
    )
    for ending in ("", "s", "d", "ed", "ing")
)


@only_where(_COUNTS)
def _counting_among(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who "counts Derby among its partners" has it: no number is asked for, and no list."""
    for index, span in enumerate(spans):
        if span.words(tokens) not in _COUNTS or not span.start:
            continue
        among = next(
            (i for i in range(index + 1, len(spans)) if spans[i].words(tokens) in ("among", "amongst")), None
        )
        behind = _next_but_whose(spans, among) if among is not None else None
        between = spans[index + 1 : among]
        if among is None and _counted_as(spans, index, tokens):
            spans[index] = replace(span, concepts=DOES)
        if among is None or behind is None or any(each.mark or each.of("ask") for each in between):
            continue
        if names_tie(spans[behind]) or spans[behind].mention is not None:
            spans[index] = replace(span, concepts=DOES)
            spans[among] = spans[among].silenced()


def _counted_as(spans: Sequence[Span], index: int, tokens: Sequence[Token]) -> bool:
    """Whether a place behind is counted as a partner: "Haifa counts German cities as partners"."""
    as_it = next((i for i in range(index + 1, len(spans)) if spans[i].words(tokens) == "as"), None)
    behind = next_meant(spans, as_it) if as_it is not None else None
    if as_it is None or behind is None or not index:
        return False
    between = spans[index + 1 : as_it]
    named = any(each.mention is not None for each in between) and not any(each.mark for each in between)
    subject = spans[index - 1].mention is not None or spans[index - 1].has(("noun", "city"), ("small", "own"))
    return named and subject and names_tie(spans[behind])


def _next_but_whose(spans: Sequence[Span], index: int) -> int | None:
    """The next part that is meant, but for the word that says whose it is: "among their sisters"."""
    behind = next_meant(spans, index)
    whose = behind is not None and spans[behind].of("pointing")
    return next_meant(spans, behind) if behind is not None and whose else behind


_NOUNS = frozenset(
    f"{noun} {to}" for noun in ("tie", "link", "match", "pair", "bond", "deal") for to in ("with", "to")
)
_BEFORE_NOUN = frozenset(
    ("a", "an", "the", "our", "its", "their", "his", "your", "any", "no", "this", "that", "each", "every",
     "s")
)  # fmt: skip


@only_where(_NOUNS)
def _nouns(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "tie with" behind an article is a noun, and nothing that somebody did."""
    for index in range(1, len(spans)):
        span, before = spans[index], spans[index - 1]
        noun = tokens[span.start - 1].text in _BEFORE_NOUN or before.of("order") or before.of("kind")
        if noun and span.words(tokens) in _NOUNS and span.has(("event", "signed"), ("meet", "talked")):
            spans[index] = replace(span, concepts=TIE | {("small", "with")})


# Going --------------------------------------------------------------------------------------------------------------

_GOES = frozenset(("go", "goes", "gone", "went"))
_BESIDE = frozenset(("with", "together with"))


@only_where(_GOES)
def _going_with(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The city that "goes with" another is its partner, where nobody travels."""
    if any(span.of("people") or names_exchange(span) or span.of("level") for span in spans):
        return
    for index, span in enumerate(spans[:-1]):
        behind = spans[index + 2] if index + 2 < len(spans) else None
        ends = behind is None or behind.mark or behind.mention is not None
        if span.words(tokens) in _GOES and spans[index + 1].words(tokens) in _BESIDE and ends:
            spans[index] = replace(span, concepts=frozenset({("event", "signed")}))
            spans[index + 1] = replace(spans[index + 1], concepts=frozenset({("small", "with")}))
            continue
        both = sum(each.is_place for each in spans[:index]) > 1  # "since when do Kiel and Brest go together"
        if span.words(tokens) in _GOES and spans[index + 1].words(tokens) == "together" and both and ends:
            spans[index] = replace(span, concepts=frozenset({("event", "signed")}))
            spans[index + 1] = spans[index + 1].silenced()


_SAID_OF_TIES = ("kind", "event", "meet", "noun", "kinds", "mode", "anniversary")
_WAS = frozenset(("was", "were", "been"))


def _last_in(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Where somebody "was last in" they went: "when were we last in Kyoto?"."""
    if any(span.of(section) for span in spans for section in _SAID_OF_TIES):
        return
    for index in range(1, len(spans) - 1):
        last, there = spans[index - 1], spans[index + 1].mention
        were = _WAS & {token.text for token in tokens[: last.end]}
        if last.has(("order", "last")) and were and there is not None and spans[index].words(tokens) == "in":
            spans[index] = replace(spans[index], concepts=frozenset({("meet", "went")}))


# Which of them ------------------------------------------------------------------------------------------------------


@only_where(("only",))
def _only(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A kind that stands apart with an "only" is the one that is asked for: "memoranda only: with which towns…"."""
    for index in range(1, len(spans)):
        apart = index + 1 < len(spans) and _is_dashed(spans, tokens, index)
        apart = apart and tokens[spans[index + 1].start].text not in ("?", ".")
        before = spans[index - 1]
        if spans[index].words(tokens) == "only" and apart and (before.of("kind") or before.of("places")):
            spans[index] = replace(spans[index], concepts=SILENT)


def _is_dashed(spans: Sequence[Span], tokens: Sequence[Token], index: int) -> bool:
    """Whether a mark or a dash stands behind a part, or nothing more."""
    if index + 1 >= len(spans):
        return True
    behind = spans[index + 1]
    return behind.mark or "-" in tokens[behind.start].gap or "–" in tokens[behind.start].gap


@only_where(("ones",))
def _ones(spans: list[Span], tokens: Sequence[Token]) -> None:
    """ "The Korean ones" that are to be listed are those of our ties."""
    if not any(span.has(("ask", "list")) for span in spans):
        return
    for index in range(1, len(spans)):
        if spans[index - 1].mention is not None and spans[index].words(tokens) == "ones":
            spans[index] = replace(spans[index], concepts=frozenset({("noun", "tie")}))


# Kinds that are to be counted as well -------------------------------------------------------------------------------

_WITH = frozenset(("including", "include", "incl", "counting", "plus", "includes", "included", "with"))
_BEHIND = frozenset(
    ("included", "includes", "include", "inclusive", "count", "counted", "counted in", "added", "incl",
     "including", "as well", "too", "also")
)  # fmt: skip


def _added_kinds(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A kind that is let in behind a mark widens what is asked: "how many partners, friendship ones included?"."""
    marks = [i for i, span in enumerate(spans) if span.mark]
    for mark, end in pairwise([*marks, len(spans)]):
        clause = range(mark + 1, end)
        if not clause:
            continue
        kinds = [i for i in clause if spans[i].of("kind")]
        words = [spans[i].words(tokens) for i in clause]
        asked = any(span.of("kind") or span.of("event") for span in spans[:mark])
        if len(kinds) != 1 or not asked or not (words[0] in _WITH or words[-1] in _BEHIND):
            continue
        rest = [i for i in clause if i not in kinds and spans[i].words(tokens) not in _WITH | _BEHIND]
        if all(is_passed(spans[i]) or spans[i].has(("noun", "city"), ("noun", "tie")) for i in rest):
            for i in clause:
                kept = spans[i].concepts | {("logic", "added")}
                spans[i] = replace(spans[i], concepts=kept) if i in kinds else spans[i].silenced()


# How a tie stands ---------------------------------------------------------------------------------------------------

_DOES = frozenset(("is", "are", "s", "does", "do", "has", "have"))
_DOING = frozenset(
    ("doing", "going", "going on", "faring", "standing", "holding up", "getting on", "getting along", "coming along",
     "stand", "stands", "fare", "fares", "look", "looking", "developing", "progressing", "been doing", "been going")
)  # fmt: skip
_LIVELY = frozenset(
    ("healthy", "lively", "alive", "strong", "vibrant", "robust", "active", "dormant", "quiet", "fresh", "stale",
     "well", "good", "solid", "intense", "sound", "sleepy", "cold", "warm")
)  # fmt: skip


@only_where(("how",))
def _how_it_does(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How a tie "is doing", or how lively it is, is how it stands."""
    how = next((i for i, span in enumerate(spans) if span.words(tokens) == "how"), None)
    if how is None or how + 2 >= len(spans) or not _is_of_a_tie(spans[how:]):
        return
    behind = spans[how + 1].words(tokens)
    if behind in _LIVELY and spans[how + 2].words(tokens) in _DOES:
        spans[how] = replace(spans[how], concepts=STATUS)
        silence(spans, (how + 1, *_ends_doing(spans, tokens, how)))
    elif behind in _DOES:
        doing = _ends_doing(spans, tokens, how)
        if doing:
            spans[how] = replace(spans[how], concepts=STATUS)
            silence(spans, doing)


def _ends_doing(spans: Sequence[Span], tokens: Sequence[Token], how: int) -> list[int]:
    """The verb that ends the question, if it says how something goes."""
    said = [i for i in range(how + 1, len(spans)) if not (spans[i].mark or spans[i].has(("filler", "words")))]
    return said[-1:] if said and spans[said[-1]].words(tokens) in _DOING else []


def _is_of_a_tie(spans: Sequence[Span]) -> bool:
    """Whether a tie is spoken of, and neither exchanges nor a number of them."""
    asked = any(set(span.of("ask")) - {"whether"} for span in spans[1:])
    ties = any(map(names_tie, spans)) or any(span.has(("small", "own")) for span in spans)
    return ties and any(span.is_place for span in spans) and not asked and not any(map(names_exchange, spans))


_OUGHT = frozenset(
    ("should", "ought", "must", "expected", "supposed", "required", "necessary", "desired", "recommended")
)
_MEETS: Sequence[Concept] = (("noun", "exchange"), ("meet", "talked"), ("meet", "planned"), ("meet", "held"))


@only_where(_OUGHT)
def _how_often_it_should(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How often contact is expected is no number of exchanges: "contact with Portland should take place how often?"."""
    often = next((i for i, span in enumerate(spans) if span.has(("ask", "times"))), None)
    ought = any(tokens[i].text in _OUGHT for span in spans for i in range(span.start, span.end))
    if often is None or not ought or not any(span.is_place for span in spans):
        return
    if tokens[spans[often].start].text != "how" or any(span.of("kinds") or span.time for span in spans):
        return
    spans[often] = replace(spans[often], concepts=frozenset({("ask", "often")}))
    for index, span in enumerate(spans):
        if span.has(*_MEETS) or span.words(tokens) in _OUGHT:
            kept = frozenset({("small", "with")}) if span.words(tokens).endswith("with") else None
            spans[index] = replace(span, concepts=kept) if kept else span.silenced()


_BE = frozenset(("is", "are", "was", "were", "am", "be"))


@only_where(("connected",))
def _connected(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who "is connected with" somebody has a tie, as who "is linked with" him; who "connected with" him met."""
    for index, span in enumerate(spans):
        if span.words(tokens) != "connected with" or not span.has(("noun", "tie")):
            continue
        before = [token.text for token in tokens[: span.start]]
        auxiliary = next((word for word in reversed(before) if word in _BE | {"have", "has", "had"}), "")
        if auxiliary in _BE:
            spans[index] = replace(span, concepts=frozenset({("event", "signed")}))


STANDING: Sequence[Rule] = (_how_it_does, _how_often_it_should)
TYING: Sequence[Rule] = (
    _only,
    _ones,
    _last_in,
    _nouns,
    _counting_among,
    _going_with,
    _added_kinds,
    _connected,
)
