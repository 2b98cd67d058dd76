"""What people add behind their question, or before it, that says nothing of what they ask.

"… I have seen two different dates in the press." is a remark, "… I mean those in Japan." narrows what is asked.
"""

from collections.abc import Sequence

from bot.domain.places import Place
from bot.questions.parts.spans import Span
from bot.questions.text.normal import Token

OPENS = frozenset(
    (
        "i", "we", "it", "this", "that", "my", "our", "the", "they", "he", "she", "there", "some", "somebody",
        "someone", "people", "nobody", "wikipedia", "no", "not", "thanks", "because", "as", "since", "for",
        "otherwise", "just", "your", "you", "one", "both", "so", "or", "sorry", "two", "three", "several",
        "various", "many", "different", "a", "an", "all", "every", "everybody", "everyone", "his", "her",
        "their", "apparently", "unfortunately", "today", "tomorrow", "sources", "newspapers", "papers", "opinions",
        "nothing", "never", "unluckily", "sadly", "luckily", "everything", "rumour", "rumours", "rumors",
        "maybe", "perhaps", "hope", "hopefully", "colleagues", "others",
    )
)  # fmt: skip
"""Words with which a remark begins."""

_ASKS_ON = frozenset(
    (
        "mean", "meant", "want", "wanted", "need", "only", "interested", "also", "list", "include", "including",
        "exclude", "excluding", "count", "leave", "those", "ones", "second", "first", "prefer", "looking", "limit",
    )
)  # fmt: skip
"""Words by which somebody says what else is wanted, or which of it."""

_NARROWS = (
    "kind", "kinds", "status", "state", "order", "anniversary", "places", "topics", "mode", "level", "jubilee", "per",
    "event", "items",
)  # fmt: skip
_GUESS = frozenset(
    (
        "think", "believe", "guess", "assume", "remember", "heard", "read", "told", "say", "says", "seen", "saw",
        "claim", "claims", "claimed", "said", "insists", "swears", "thought", "suspect", "reckon", "found", "states",
        "writes", "wrote", "mentions", "has", "bet", "mind", "supposedly", "recall", "recalls", "suppose",
    )
)  # fmt: skip


def is_remark(behind: Sequence[Span], tokens: Sequence[Token], asked: Sequence[Span]) -> bool:
    """Whether what stands behind a question is a sentence that neither asks nor narrows."""
    said = [span for span in behind if not span.mark]
    if not said or any(span.mark and tokens[span.start].text == "?" for span in behind):
        return False
    words = {tokens[i].text for span in said for i in range(span.start, span.end)}
    if _is_guessed(said, tokens):
        return True
    if tokens[said[0].start].text not in OPENS or (words & _ASKS_ON and not _says_what_for(said, tokens)):
        return False
    if any(span.record for span in said):
        return False
    if _is_at_work(said, tokens) or _says_what_for(said, tokens):
        return True
    if _tells_of_them(said, tokens, asked):
        return True
    if any(map(names_ours, said)):
        return False
    dated = any(span.has(("ask", "when")) for span in asked)
    if any(span.time for span in said):
        return dated and bool(words & _GUESS)  # "I think it was in 1961"
    narrows = _OF_TIES if _asks_whether_tied(asked) else _NARROWS
    return len(said) > 1 and not any(span.of(section) for span in said for section in narrows)


_OF_MEETINGS = ("kinds", "topics", "mode", "level", "items")
_OF_TIES = tuple(section for section in _NARROWS if section not in _OF_MEETINGS)


def _asks_whether_tied(asked: Sequence[Span]) -> bool:
    """Whether a tie is asked for, yes or no, so that what was done is no part of it: "… We sent them pangolins."."""
    ties = any(span.of("kind") or span.has(("noun", "tie")) for span in asked)
    met = any(span.of(section) for span in asked for section in ("meet", *_OF_MEETINGS))
    return ties and not met and all(key == "whether" for span in asked for key in span.of("ask"))


_WANTS = _ASKS_ON - {"first", "second", "those", "ones", "count"}
_SUSPECTS = _GUESS | {"suspect", "suppose", "fancy", "reckon", "gather", "imagine", "expect", "bet", "seem"}


def _is_guessed(said: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether somebody tells what they expect to hear: "I believe two of them share the first place"."""
    words = [tokens[i].text for span in said for i in range(span.start, span.end)]
    verb = next((word for word in words[1:4] if word in _SUSPECTS), None)
    return (
        words[0] in ("i", "we")
        and verb is not None
        and not _WANTS & set(words)
        and not any(names_ours(span) or span.time or span.record for span in said)
    )


_SUBJECTS = frozenset(
    (
        "i",
        "we",
        "it",
        "they",
        "he",
        "she",
        "the",
        "our",
        "my",
        "their",
        "somebody",
        "someone",
        "his",
        "her",
        "there",
    )
)


def _tells_of_them(said: Sequence[Span], tokens: Sequence[Token], asked: Sequence[Span]) -> bool:
    """Whether it tells what was done with whom the tie would be: "is Leipzig a sister? We sent them pangolins"."""
    if any(span.of("meet") or span.of("kinds") or span.has(("noun", "exchange")) for span in asked):
        return False
    of_tie = any(
        span.of("kind") or span.has(("noun", "tie"), ("noun", "act"), ("event", "signed")) for span in asked
    )
    named = any(span.mention is not None and span.mention.places for span in asked)
    does = any(span.of("meet") or span.of("kinds") or span.has(("noun", "exchange")) for span in said)
    others = any(names_ours(span) and not is_named_again(span, asked) for span in said)
    return of_tie and named and does and not others and tokens[said[0].start].text in _SUBJECTS


def _is_at_work(said: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether it tells what somebody is doing: "we are preparing a plaque for the visit of their mayor"."""
    words = [tokens[i].text for span in said for i in range(span.start, span.end)][:7]
    verbs = [
        i for i, word in enumerate(words) if i and word in ("am", "are", "is", "m", "re", "been", "will")
    ]
    if not verbs or words[0] not in OPENS:
        return False
    doing = words[verbs[0] + 1 :]
    return words[verbs[0]] == "will" or any(w.endswith("ing") and len(w) > len("bring") for w in doing[:2])


_WHAT_FOR = (
    "need it",
    "needs it",
    "need this",
    "needs this",
    "need that",
    "is for",
    "it for",
    "use it",
    "wants it",
    "want it",
    "wants this",
    "asks",
    "asked me",
)


def _says_what_for(said: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether it tells what the answer is for: "the mayor needs it for tonight's toast"."""
    words = " ".join(tokens[i].text for span in said for i in range(span.start, span.end))
    return any(f" {each} " in f" {words} " for each in _WHAT_FOR)


_HARMLESS = frozenset(("among", "earlier", "later", "formerly"))
"""Words of logic that may stand in a preface: "on behalf of the mayor", "before we reply"."""


def is_preface(before: Sequence[Span], asked: Sequence[Span]) -> bool:
    """Whether what stands before a request says only why or for whom: "as a translator of the mayor's speech I need…".

    A name may stand in it that the question names again.
    """
    tells = any(not span.known or span.of("meet") or span.of("kinds") or span.of("level") for span in before)
    dated = tells and any(span.time or span.has(("ask", "when")) for span in asked)
    pointed = any(span.has(("pointing", "place")) for span in asked) and all(
        span.mention is None or span.mention.places for span in asked
    )
    pointed = pointed or not any(span.mention for span in asked)
    for span in before:
        if (span.time and not dated) or span.number is not None or span.record or span.of("order"):
            return False
        if set(span.of("logic")) - _HARMLESS:
            return False
        if span.concepts and all(section == "ask" for section, _ in span.concepts):
            return False
        if names_ours(span) and not (pointed or is_named_again(span, asked)):
            return False
    return True


def is_named_again(span: Span, behind: Sequence[Span]) -> bool:
    """Whether what a part names is named by another one, too."""
    assert span.mention is not None, "only names are looked at"
    meanings = set(map(repr, span.mention.meanings))
    return any(each.mention and meanings & set(map(repr, each.mention.meanings)) for each in behind)


def names_ours(span: Span) -> bool:
    """Whether a part names a place of the registry, a country, a group or a part of the world."""
    return span.mention is not None and any(
        not isinstance(each, Place) or each.id for each in span.mention.meanings
    )
