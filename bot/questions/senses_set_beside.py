"""Partners of one city that another has as well, or has not, in English: "minus ours", "as well as of Kaohsiung".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.senses_tying import names_tie
from bot.questions.spans import DOES, Span, is_passed

_DIFFERENCE: frozenset[Concept] = frozenset({("logic", "difference")})

_LEAVING = frozenset(
    (
        "but not", "and not", "minus", "without", "excluding", "except", "except for", "less", "leaving out",
        "leave out", "other than", "not counting", "not including", "apart from", "not", "aside from", "besides",
        "subtract",
        "but not to", "but not of", "but not with", "but not by", "but not for", "unlike",
    )
)  # fmt: skip
_THEIRS = frozenset(
    ("those", "the ones", "ones", "these", "partners", "the", "all", "any", "to", "of", "with", "by", "from")
)


@only_where(_LEAVING | {"subtract"})
def _without_theirs(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Partners without those of another are those that it lacks: "Taichung's partners minus ours", "but not to us"."""
    for index in range(2, len(spans) - 1):
        said = spans[index].words(tokens)
        if said not in _LEAVING or not any(is_home(each) for each in spans[:index]):
            continue
        tied = any(names_tie(span) or span.has(("event", "signed")) for span in spans[:index])
        if not tied or any(span.of("order") for span in spans[:index]):
            continue
        whose = _whose(spans, index + 1, tokens)
        if said == "unlike" and is_home(spans[index + 1]):
            whose = index + 1
        if whose is None:
            continue
        spans[index] = replace(spans[index], concepts=_DIFFERENCE)
        for at in range(index + 1, whose):
            spans[at] = spans[at].silenced()
        return


def is_home(span: Span) -> bool:
    return span.is_place or "own" in span.of("small")


def _whose(spans: Sequence[Span], start: int, tokens: Sequence[Token]) -> int | None:
    """Where it stands whose partners are left out; None where no word says that they are somebody's."""
    at, owned = start, False
    while at < len(spans) and spans[at].words(tokens) in _THEIRS:
        owned = owned or spans[at].words(tokens) in ("of", "to", "with", "by")
        at += 1
    if at >= len(spans) or spans[at].mark:
        return None
    behind = spans[at + 1 :]
    ends = not any(not (each.mark or is_passed(each) or names_tie(each)) for each in behind)
    if "own" in spans[at].of("small"):
        mine = spans[at].words(tokens) in ("ours", "we") or owned or any(map(names_tie, behind[:1]))
        return at if mine and ends else None
    genitive = bool(behind) and behind[0].words(tokens) == "s"
    return at if spans[at].is_place and (owned or genitive) and ends else None


@only_where(("of",))
def _of_theirs(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of a city's partners some are asked for behind a comma: "of Taichung's partners, which are not ours?"."""
    for index in range(1, len(spans)):
        words = spans[index].words(tokens)
        if (
            words not in ("which are not", "which aren t", "that are not", "who are not")
            or not spans[index - 1].mark
        ):
            continue
        if any(span.of("ask") for span in spans) or not any(map(names_tie, spans[:index])):
            continue
        start, end = spans[index].start, spans[index].end
        spans[index : index + 1] = [
            Span(start, start + 1, concepts=frozenset({("ask", "which")})),
            Span(start + 1, end, concepts=frozenset({("logic", "difference"), ("logic", "not")})),
        ]
        return


@only_where(("missing", "absent", "lacking"))
def _missing_from(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What is missing from somebody's list is not theirs: "which partners of Taichung's are missing from our list?"."""
    for index in range(1, len(spans) - 1):
        words = spans[index + 1].words(tokens).split()
        if spans[index].words(tokens) in ("missing", "absent", "lacking") and words[:2] in (
            ["from", "our"],
            ["on", "our"],
            ["in", "our"],
        ):
            spans[index] = replace(spans[index], concepts=_DIFFERENCE)
            spans[index + 1] = replace(spans[index + 1], concepts=frozenset({("small", "own")}))


_BEFORE_IT = frozenset(("before", "after", "ahead of", "earlier than", "later than", "prior to"))


@only_where(("come", "came", "comes"))
def _came_before(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Which partner "came before" another signed before it: "did Portland come before Seattle among our sisters?"."""
    if not any(map(names_tie, spans)):
        return
    for index in range(1, len(spans) - 1):
        said = spans[index].words(tokens) in ("come", "came", "comes")
        if said and spans[index + 1].has(("order", "second"), ("order", "third")):
            spans[index] = spans[index].silenced()  # "which partner came second?"
        if (
            said
            and index + 2 < len(spans)
            and spans[index + 1].words(tokens) in _BEFORE_IT
            and is_home(spans[index + 2])
            and is_home(spans[index - 1])
        ):
            spans[index] = replace(spans[index], concepts=frozenset({("event", "signed")}))


@only_where(("but",))
def _but_it_is_not(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What one has "but another has not" is what the other lacks: "who is Taipei tied with but we are not?"."""
    for index in range(1, len(spans) - 2):
        lacks = spans[index + 2].has(("logic", "difference")) and is_home(spans[index + 1])
        if lacks and spans[index].words(tokens) == "but" and not spans[index].known:
            spans[index] = spans[index].silenced()


@only_where(("share", "shares"))
def _share_a_tie(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Two that "share a tie" have one with each other: "do Taipei and Prague share a partnership?"."""
    for index in range(1, len(spans) - 1):
        words = [token.text for token in tokens[spans[index].end : spans[index].end + len("ab")]]
        one = words[:1] in (["a"], ["an"], ["any"]) and words[-1] in _TIES
        if spans[index].words(tokens) in ("share", "shares") and one and sum(map(is_home, spans)) == _TWO:
            spans[index] = replace(spans[index], concepts=DOES)


_TIES = frozenset(
    (
        "tie",
        "link",
        "bond",
        "partnership",
        "agreement",
        "twinning",
        "relationship",
        "friendship",
        "connection",
        "alliance",
    )
)
_TWO = 2


@only_where(("other", "else", "others"))
def _and_which_other(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whom one has a tie with is left out where others are asked for: "A is linked with B – and with which other?"."""
    asked = next((i for i, span in enumerate(spans) if span.has(("ask", "which"), ("ask", "who"))), None)
    if asked is None or not any(span.has(("logic", "else")) for span in spans[asked : asked + len("ab")]):
        return
    before = spans[:asked]
    named = [i for i, span in enumerate(before) if span.is_place]
    joined = any(span.has(("small", "and")) for span in before[-len("ab") :])
    if len(named) != _TWO or not joined or any(span.of("ask") for span in before):
        return
    verb = named[1] - 1
    if (
        before[verb].has(("event", "signed"))
        and named[0] < verb
        and before[named[0] + 1].has(("small", "does"))
    ):
        spans[verb] = replace(before[verb], concepts=frozenset({("logic", "except")}))


SET_BESIDE: Sequence[Rule] = (
    _without_theirs,
    _of_theirs,
    _missing_from,
    _came_before,
    _but_it_is_not,
    _share_a_tie,
    _and_which_other,
)
