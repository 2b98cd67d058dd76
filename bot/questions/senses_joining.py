"""Words of English for joining, and for where that was done: "taken as a sister", "where was it signed?", "is it?".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule
from bot.questions.senses_tying import names_tie
from bot.questions.spans import Span, next_meant

_TAKING = frozenset(
    (
        "take", "takes", "took", "taken", "pick", "picks", "picked", "choose", "chose", "chosen", "select", "selected",
        "welcome", "welcomes", "welcomed", "receive", "receives", "received", "accept", "accepts", "accepted", "admit",
        "admitted", "adopt", "adopts", "adopted", "come", "comes", "came", "get", "gets", "got", "enter", "entered",
        "go", "went", "put", "bring", "brought", "include", "included", "invite", "invited", "join", "joined",
        "name", "names", "named", "declare", "declared", "recognise", "recognised", "recognize", "recognized",
    )
)  # fmt: skip
_CIRCLES = frozenset(
    ("circle", "family", "fold", "ranks", "club", "network", "list", "roll", "roster", "register", "ring", "company",
     "circle of", "family of", "network of", "list of", "roster of")
)  # fmt: skip
_INTO = frozenset(("into", "to", "on", "onto", "in", "aboard", "on to"))


def _taken_among(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is welcomed into a circle of partners, or taken as one, signed: "which city took Gdynia as a sister?"."""
    for index, span in enumerate(spans):
        if span.words(tokens) not in _TAKING:
            continue
        behind = range(index + 1, min(index + len("abcdefg"), len(spans)))
        circle = next((i for i in behind if spans[i].words(tokens) in _CIRCLES), None)
        on_it = next((i for i in behind if _is_on_list(spans[i].words(tokens))), None)
        if on_it is not None and any(map(names_tie, spans[on_it + 1 : on_it + len("abcd")])):
            _join(spans, index, on_it)
            return
        if circle is not None and any(spans[i].words(tokens) in _INTO for i in range(index, circle)):
            kinds = any(names_tie(spans[i]) for i in range(circle, min(circle + len("abcd"), len(spans))))
            whose = any(spans[i].has(("small", "own")) or spans[i].mention for i in range(index + 1, circle))
            if kinds or whose:
                _join(spans, index, circle)
                return
        as_one = next((i for i in behind if spans[i].words(tokens) == "as"), None)
        named = as_one is not None and spans[as_one - 1].mention is not None and as_one > index + 1
        before = spans[index - 1] if index else span
        named = named or (
            as_one == index + 1 and (before.mention is not None or before.has(("small", "own")))
        )
        kind = next_meant(spans, as_one) if as_one is not None else None
        if named and kind is not None and names_tie(spans[kind]):
            spans[index] = replace(span, concepts=frozenset({("event", "signed")}))
            return


def _is_on_list(words: str) -> bool:
    return words.startswith(("on the ", "in the ")) and words.split()[-2:] in (
        ["list", "of"],
        ["roll", "of"],
        ["books", "of"],
    )


def _join(spans: list[Span], verb: int, circle: int) -> None:
    """Make the verb a signing, and what it is that was entered nothing."""
    spans[verb] = replace(spans[verb], concepts=frozenset({("event", "signed")}))
    spans[circle] = spans[circle].silenced()
    for at in range(verb + 1, circle):
        if not (spans[at].mention or spans[at].has(("small", "own"), ("small", "of"), ("small", "with"))):
            spans[at] = spans[at].silenced()


_NOT = frozenset(
    f"{verb}{ending}"
    for verb in ("isn t", "aren t", "wasn t", "weren t", "not", "is not", "are not", "hasn t", "haven t", "didn t",
                 "don t", "doesn t", "has not", "have not", "never")
    for ending in ("", " have")
)  # fmt: skip
_TAG_VERBS = frozenset(("is", "are", "was", "were", "has", "have", "did", "does", "do"))
_TAG_SUBJECTS = frozenset(("it", "they", "he", "she", "we", "that", "there", "you"))


def _or_is_it(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who denies and then asks "or is it?" asks whether it is: "Leipzig isn't a sister of Taipei, is it?"."""
    end = len(spans)
    while end and spans[end - 1].mark:
        end -= 1
    tag = next((i for i in range(end - 1, 0, -1) if spans[i].mark or "-" in tokens[spans[i].start].gap), None)
    if tag is None or any(span.of("ask") for span in spans):
        return
    first = tag + 1 if spans[tag].mark else tag
    words = [token.text for span in spans[first:end] for token in tokens[span.start : span.end]]
    words = words[1:] if words[:1] in (["or"], ["and"]) else words
    if len(words) != len("ab") or words[0] not in _TAG_VERBS or words[1] not in _TAG_SUBJECTS:
        return
    denied = [i for i in range(tag) if spans[i].words(tokens) in _NOT]
    if len(denied) != 1:
        return
    spans[denied[0]] = spans[denied[0]].silenced()
    for index in range(first, end):
        spans[index] = spans[index].silenced()
    spans[end - 1] = replace(spans[end - 1], concepts=frozenset({("ask", "whether")}))


JOINING: Sequence[Rule] = (
    _or_is_it,
    _taken_among,
)
