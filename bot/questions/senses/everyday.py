"""Words of everyday English whose sense the words around them decide: "call them sisters", "Yonaguni island"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import AID, DOES, Span, is_passed
from bot.questions.text.normal import Token


def _means(span: Span) -> bool:
    return not (span.mark or is_passed(span))


# Places ------------------------------------------------------------------------------------------------------------

_OF_A_PLACE = frozenset(("island", "islands", "hall", "isle", "proper", "alike", "both"))
_HAVE_BOTH = frozenset(
    ("have", "has", "had", "share", "hold", "count", "do", "are", "were", "maintain", "keep", "list")
)


@only_where(("over",))
def _over_it(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whom something was ended "over" is why, which no word here says: "did Prague lose a partner over Taipei?"."""
    for index, span in enumerate(spans[:-1]):
        ended = any(each.of("event") == ("ended",) for each in spans[:index])
        if ended and span.words(tokens) == "over" and spans[index + 1].is_place:
            spans[index] = Span(span.start, span.end)


def _islands(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What a place is, behind its name: "Yonaguni island", "Kaohsiung City Hall"."""
    for index in range(1, len(spans)):
        said, behind = spans[index].words(tokens), tokens[spans[index].end : spans[index].end + 1]
        if said == "both" and any(token.text in _HAVE_BOTH for token in behind):
            continue  # "partners that Taipei and Kaohsiung both have"
        if said in _OF_A_PLACE and spans[index - 1].is_place:
            spans[index] = spans[index].silenced()


# Ties --------------------------------------------------------------------------------------------------------------

_ANYTHING = frozenset(
    ("have anything with", "have something with", "had anything with", "had something with")
)


@only_where(_ANYTHING)
def _last_had(spans: list[Span], tokens: Sequence[Token]) -> None:
    """When we "last had anything with" somebody asks for a contact, and no tie."""
    for index, span in enumerate(spans):
        last = any(each.has(("order", "last")) for each in spans[:index])
        if last and span.words(tokens) in _ANYTHING:
            spans[index] = replace(span, concepts=frozenset({("meet", "talked")}))


_GONE = frozenset({("event", "ended"), ("status", "ended")})
_BE = frozenset(("is", "are", "was", "were", "s", "re", "be"))


@only_where(("gone",))
def _gone(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Ties that "are gone" have ended, and nobody went anywhere."""
    for index, span in enumerate(spans):
        behind = spans[index + 1].words(tokens) if index + 1 < len(spans) else "?"
        before = tokens[span.start - 1].text if span.start else ""
        apart = index > 0 and spans[index - 1].mark
        ends = behind in ("?", ".", ",", "by", "now", "then", "for good")
        if span.words(tokens) == "gone" and ends and (before in _BE or apart):
            spans[index] = replace(span, concepts=_GONE)


_CALL = frozenset(("call", "calls", "called", "calling"))
_HOLD = frozenset(("hold", "holds", "holding", "held", "run", "runs", "make", "makes"))


@only_where(_CALL)
def _calls(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who "calls Taipei a sister" does not telephone."""
    for index, span in enumerate(spans):
        behind = spans[index + 1 : index + len("four")]
        named = any(each.mention is not None or "own" in each.of("small") for each in behind)
        kind = any(each.of("kind") or each.has(("noun", "tie")) for each in spans[index + 1 :])
        if span.words(tokens) in _CALL and named and kind and not any(s.mark for s in behind[:1]):
            spans[index] = replace(span, concepts=DOES)
            for at in range(index + 1, len(spans)):
                if spans[at].words(tokens) in ("their", "its", "his", "her"):
                    spans[at] = spans[at].silenced()


@only_where(_HOLD)
def _holds(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Ties that somebody "holds" are had, and not staged as an event is."""
    ties = any(span.of("kind") or span.has(("noun", "tie"), ("noun", "act")) for span in spans)
    events = any(span.of("kinds") or span.has(("noun", "exchange")) or span.of("items") for span in spans)
    if not ties or events:
        return
    for index, span in enumerate(spans):
        if span.words(tokens) in _HOLD and span.has(("meet", "held")):
            spans[index] = replace(span, concepts=DOES)


_PARTNERING = frozenset(("partner", "partners"))


def _is_adjective(name: Span, tokens: Sequence[Token]) -> bool:
    """Whether a country says whence somebody's partner is: "our Polish partner"."""
    owner = tokens[name.start - 1].text if name.start else ""
    return not name.is_place and owner in (
        "our",
        "a",
        "an",
        "the",
        "its",
        "their",
        "my",
        "any",
        "s",
        "your",
        "one",
    )


@only_where(_PARTNERING)
def _partnering(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind "did" and a name "partner" is what was done: "when did Radom partner with Taoyuan?"."""
    did = False
    for index, span in enumerate(spans):
        did = did or span.words(tokens) in ("did", "do", "does", "didn t")
        behind = spans[index + 1].words(tokens) if index + 1 < len(spans) else "with"
        before = spans[index - 1] if index else None
        subject = before is not None and (
            (before.mention is not None and not _is_adjective(before, tokens))
            or before.words(tokens) in ("first", "they", "we", "you", "i")  # not "our partners"
        )
        if did and subject and span.words(tokens) in _PARTNERING and behind in ("with", "up", "?"):
            spans[index] = replace(span, concepts=frozenset({("event", "signed")}))


_TOO = frozenset(("as well", "too", "also", "either"))
_ASKED = (("ask", "whether"), ("ask", "which"), ("ask", "who"))


@only_where(("?",))
def _and_those(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A kind that is asked for as well is one more of what is listed: "Korean sisters? And friends, too?"."""
    ends = [i for i, span in enumerate(spans) if span.mark and tokens[span.start].text == "?"]
    if len(ends) < len("ab") or any(span.has(*_ASKED) for span in spans[: ends[0]]):
        return
    if any(span.of("ask") and not span.has(("ask", "list")) for span in spans[: ends[0]]):
        return
    behind = range(ends[0] + 1, ends[1])
    meant = [i for i in behind if _means(spans[i]) and not spans[i].has(("ask", "whether"))]
    kinds = [i for i in meant if spans[i].of("kind") or spans[i].has(("noun", "tie"))]
    also = [i for i in behind if spans[i].words(tokens) in _TOO]
    if len(kinds) == 1 and set(meant) <= {*kinds, *also} and any(s.of("kind") for s in spans[: ends[0]]):
        for i in behind:
            friends = spans[i].words(tokens) in ("friends", "friend")
            kind = frozenset({("kind", "friendship")}) if friends else spans[i].concepts
            spans[i] = replace(spans[i], concepts=kind) if i in kinds else spans[i].silenced()
        spans[ends[0]] = spans[ends[0]].silenced()


# What was given ----------------------------------------------------------------------------------------------------

_ARRIVING = frozenset(
    (
        "get", "got", "go", "went", "gone", "come", "came", "arrive", "arrived", "reach", "reached", "travel",
        "travelled", "traveled", "fly", "flew", "brought", "delivered", "shipped", "moved", "move",
    )
)  # fmt: skip


@only_where(_ARRIVING)
def _arrives(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Things that get somewhere are given or lent: "when did the pangolins get to Prague?"."""
    things = [i for i, span in enumerate(spans) if span.of("items")]
    for index, span in enumerate(spans[:-1]):
        words = span.words(tokens)
        there = spans[index + 1].words(tokens) in ("to", "in") or spans[index + 1].is_place
        if words in _ARRIVING and there and any(i < index for i in things) and index:
            spans[index] = replace(span, concepts=AID)


EVERYDAY: Sequence[Rule] = (
    _over_it,
    _islands,
    _last_had,
    _gone,
    _calls,
    _holds,
    _partnering,
    _and_those,
    _arrives,
)
