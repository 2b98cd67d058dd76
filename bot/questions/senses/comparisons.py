"""Two cities beside each other, in English: whose partners another has as well or has not, "Taichung's minus ours"; who
has more of them, "whose list is longer"; who came before whom."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import DOES, Span, is_passed, silence
from bot.questions.senses.ties import names_tie
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

# Partners that another has not --------------------------------------------------------------------------------------

_TWO = 2

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


@only_where(("but",))
def _but_it_is_not(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What one has "but another has not" is what the other lacks: "who is Taipei tied with but we are not?"."""
    for index in range(1, len(spans) - 2):
        lacks = spans[index + 2].has(("logic", "difference")) and is_home(spans[index + 1])
        if lacks and spans[index].words(tokens) == "but" and not spans[index].known:
            spans[index] = spans[index].silenced()


_LACKS = frozenset(("has not", "hasn t", "have not", "does not", "doesn t", "does not have", "doesn t have", "lacks",
                    "do not", "don t", "do not have", "don t have"))  # fmt: skip


def _that_it_has_not(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether one has partners that another "has not" is asked of those: "does A have partners B does not have?"."""
    first = next((i for i, span in enumerate(spans) if not (span.mark or span.of("filler"))), None)
    if first is None or spans[first].words(tokens) not in ("does", "do", "has", "have"):
        return
    named = [i for i, span in enumerate(spans) if span.mention is not None or "own" in span.of("small")]
    tie = next((i for i, span in enumerate(spans) if names_tie(span)), None)
    if len(named) != _TWO or tie is None or not named[0] < tie < named[1]:
        return
    words = " ".join(token.text for token in tokens[spans[named[1]].end :]).rstrip(" ?.")
    if words in _LACKS:
        spans[first] = replace(spans[first], concepts=frozenset({("ask", "which")}))


# With each other and with others ------------------------------------------------------------------------------------

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


_TIES = frozenset(
    ("tie", "link", "bond", "partnership", "agreement", "twinning", "relationship", "friendship",
     "connection", "alliance")
)  # fmt: skip


@only_where(("share", "shares"))
def _share_a_tie(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Two that "share a tie" have one with each other: "do Taipei and Prague share a partnership?"."""
    for index in range(1, len(spans) - 1):
        words = [token.text for token in tokens[spans[index].end : spans[index].end + len("ab")]]
        one = words[:1] in (["a"], ["an"], ["any"]) and words[-1] in _TIES
        if spans[index].words(tokens) in ("share", "shares") and one and sum(map(is_home, spans)) == _TWO:
            spans[index] = replace(spans[index], concepts=DOES)


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


# Who has more -------------------------------------------------------------------------------------------------------

_MORE: frozenset[Concept] = frozenset({("logic", "more")})
_BEFORE: frozenset[Concept] = frozenset({("logic", "earlier"), ("time", "before")})
_LONGER = frozenset(
    ("longer", "larger", "bigger", "greater", "higher", "fuller", "wider", "more extensive", "richer")
)
_SHORTER = frozenset(("shorter", "smaller", "lower"))
_EXCEEDS = frozenset(
    ("exceed", "exceeds", "surpass", "surpasses", "top", "tops", "beat", "beats", "outdo", "outdoes")
)
_SIZES = _LONGER | _SHORTER | _EXCEEDS
_LISTS = frozenset(
    ("list", "network", "circle", "roster", "roll", "portfolio", "collection", "family", "tally", "count",
     "number", "total")
)  # fmt: skip


@only_where(_SIZES | {"more"})
def _longer_list(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whose list of partners is longer has more of them: "whose network is bigger, Taichung's or Tainan's?"."""
    if not _weighs_homes(spans, tokens):
        return
    lists = [i for i, span in enumerate(spans) if not _LISTS.isdisjoint(span.words(tokens).split())]
    sizes = [i for i, span in enumerate(spans) if span.words(tokens).removesuffix(" than") in _SIZES]
    if not lists or len(sizes) != 1 or any(spans[i].mention for i in lists):
        return
    said = spans[sizes[0]].words(tokens)
    than = said.endswith(" than") or said in _EXCEEDS
    key = "fewer" if said.removesuffix(" than") in _SHORTER else "more"
    spans[sizes[0]] = replace(
        spans[sizes[0]],
        concepts=frozenset({("logic", key), *([("logic", "than")] if than else ())}),
    )
    silence(spans, (index for index in lists if not names_tie(spans[index])))


@only_where(("ahead", "leads"))
def _leads(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is ahead in partners, or leads, has more of them; who signed ahead of another, before."""
    ahead = next((i for i, span in enumerate(spans) if span.words(tokens) == "ahead of"), None)
    if ahead is not None and sum(map(is_home, spans)) > 1:
        if any(span.has(("event", "signed")) for span in spans):
            spans[ahead] = replace(spans[ahead], concepts=_BEFORE)
        elif any(map(names_tie, spans)):
            spans[ahead] = replace(spans[ahead], concepts=frozenset({("logic", "more"), ("logic", "than")}))
    if not _weighs_homes(spans, tokens):
        return
    for index, span in enumerate(spans):
        if span.words(tokens) in ("ahead", "leads") and not any(
            each.has(("logic", "more")) for each in spans
        ):
            spans[index] = replace(span, concepts=_MORE)
            for at in range(index + 1, min(index + len("abcd"), len(spans))):
                if spans[at].has(("ask", "count")):
                    spans[at] = spans[at].silenced()


def _weighs_homes(spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether two are named of which one may have more ties than the other."""
    named = sum(map(is_home, spans))
    chosen = any(span.has(("logic", "or"), ("logic", "than")) for span in spans)
    chosen = chosen or any(tokens[span.end - 1].text in ("than", *_EXCEEDS) for span in spans)
    others = any(span.of("meet") and not span.has(("meet", "planned")) for span in spans)
    dated = any(span.time or span.of("anniversary") or span.of("kinds") for span in spans)
    return named > 1 and chosen and any(map(names_tie, spans)) and not (others or dated)


@only_where(("separates", "separate", "itself", "themselves", "ourselves"))
def _unsaid(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What separates two "in number of partners", and what one has "all to itself", no word here says."""
    if not any(map(names_tie, spans)):
        return
    counted = any(span.has(("ask", "count")) for span in spans)
    for index, span in enumerate(spans):
        said = span.words(tokens)
        alone = said in ("itself", "themselves", "ourselves") and tokens[span.start - 1].text == "to"
        if alone or (said in ("separates", "separate") and counted):
            spans[index] = Span(span.start, span.end)


# How numbers compare --------------------------------------------------------------------------------------------------


@only_where(("compare", "compares"))
def _how_they_compare(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How one number compares with another is told by both: "how does our number compare with Kaohsiung's?"."""
    opens = len(spans) > 1 and spans[0].words(tokens) == "how" and spans[1].has(("small", "does"))
    if opens and any(span.has(("ask", "compare")) for span in spans):
        spans[0] = spans[0].silenced()


COMPARED: Sequence[Rule] = (
    _how_they_compare,
    _that_it_has_not,
    _without_theirs,
    _of_theirs,
    _missing_from,
    _came_before,
    _but_it_is_not,
    _share_a_tie,
    _and_which_other,
    _longer_list,
    _leads,
    _unsaid,
)
