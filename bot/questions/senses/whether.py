"""Whether something is so, as English asks it: "any partner in Chile?", "is it Lviv?", "Leipzig isn't ours, is it?",
"didn't we sign with Shanghai?"; and words beside it that ask nothing: "state the year", "on the African continent"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import WHETHER, Span, is_dash, is_passed, silence
from bot.questions.text.normal import Token

# Behind a statement -------------------------------------------------------------------------------------------------

_NOT = frozenset(
    f"{verb}{ending}"
    for verb in ("isn t", "aren t", "wasn t", "weren t", "not", "is not", "are not", "hasn t", "haven t", "didn t",
                 "don t", "doesn t", "has not", "have not", "never")
    for ending in ("", " have")
)  # fmt: skip
_TAG_VERBS = frozenset(("is", "are", "was", "were", "has", "have", "did", "does", "do"))
_TAG_WHO = frozenset(("they", "it", "we", "he", "she", "you"))
_TAG_SUBJECTS = _TAG_WHO | {"that", "there"}


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


@only_where(("not",))
def _is_it_not(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A statement is asked with "are they not?" behind it, which denies nothing."""
    ends = [i for i, span in enumerate(spans) if not span.mark]
    tag = [token.text for token in tokens if token.text.isalnum()][-len(("are", "they", "not")) :]
    if tag[0] not in {*_TAG_VERBS, "had"} or tag[1] not in _TAG_WHO or tag[-1] != "not":
        return
    first = [i for i, token in enumerate(tokens) if token.text.isalnum()][-len(tag)]
    start = next((i for i in ends if spans[i].start == first), None)
    if start is None or start == 0 or not spans[start - 1].mark:
        return
    silence(spans, (i for i in ends if i >= start))
    spans[start] = Span(spans[start].start, spans[start].end, concepts=WHETHER)


_TAGS = frozenset(("no", "yes", "eh", "huh", "or", "innit", "hm", "hmm", "ja", "oder"))


@only_where(_TAGS)
def _no_tag(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "no?" at the end behind a comma denies nothing."""
    end = len(spans)
    while end and spans[end - 1].mark:
        end -= 1
    if end > 1 and spans[end - 1].words(tokens) in _TAGS and spans[end - 2].mark:
        spans[end - 1] = replace(spans[end - 1], concepts=frozenset({("ask", "whether")}))


_TWO = 2

_IS_IT = frozenset(("is it", "is that", "was it", "was that", "is she", "would it be", "would that be"))


def _is_it(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who ends with "is it Lviv?" asks whether what stands before is that."""
    end = len(spans)
    while end and (spans[end - 1].mark or is_passed(spans[end - 1])):
        end -= 1
    if end < _TWO or spans[end - 1].mention is None or any(span.of("ask") for span in spans):
        return
    first = end - 1
    while (
        first
        and not spans[first - 1].mark
        and spans[first - 1].mention is None
        and is_passed(spans[first - 1])
    ):
        if is_dash(tokens, spans[first].start):
            break
        first -= 1
    said = " ".join(token.text for token in tokens[spans[first].start : spans[end - 1].start])
    if first and said in _IS_IT:
        spans[first] = replace(spans[first].silenced(), concepts=frozenset({("ask", "whether")}))


# Before what is asked -----------------------------------------------------------------------------------------------


@only_where(("any",))
def _any_at_all(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A question that begins with "any", and asks nothing else, asks whether there is such: "any partner in Chile?"."""
    asks = any(span.of("ask") for span in spans)
    ends = bool(spans) and spans[-1].mark and tokens[spans[-1].start].text == "?"
    if not asks and ends and spans[0].words(tokens) == "any":
        spans[0] = replace(spans[0], concepts=frozenset({("ask", "whether")}))


_PRONOUNS = frozenset(("it", "she", "he", "they", "we", "that", "this", "there"))
_DENYING = frozenset(
    ("didn", "isn", "aren", "wasn", "weren", "hasn", "haven", "hadn", "don", "doesn", "couldn", "wouldn")
)


@only_where(("t",))
def _questions_denied(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who asks "didn't we sign with Shanghai?" denies nothing."""
    for index, span in enumerate(spans):
        if not span.has(("logic", "not")) or tokens[span.end - 1].text != "t" or span.end - span.start < 2:
            continue
        opens = all(each.mark or is_passed(each) or each.of("follow") for each in spans[:index])
        opens = opens or spans[index - 1].mark or is_dash(tokens, span.start)
        subject = spans[index + 1] if index + 1 < len(spans) else None
        named = subject is not None and (
            "own" in subject.of("small") or subject.mention is not None or subject.words(tokens) in _PRONOUNS
        )
        asks = any(set(each.of("ask")) - {"whether"} for each in spans[:index])
        if opens and named and not asks and tokens[span.start].text in _DENYING:
            spans[index] = replace(span, concepts=frozenset({("ask", "whether")}))


_WHO_HAS = frozenset(("who has", "who have"))


@only_where(_WHO_HAS)
def _who_has(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "who has" that opens a question asks; behind a noun it says which is meant."""
    for index, span in enumerate(spans):
        if span.words(tokens) in _WHO_HAS:
            who = Span(span.start, span.start + 1, concepts=frozenset({("ask", "who")}))
            has = Span(span.start + 1, span.end, concepts=frozenset({("small", "does")}))
            spans[index : index + 1] = [who, has]
            return
        if not (span.mark or is_passed(span)):
            return


_STATED = frozenset(
    ("the", "your", "our", "its", "when", "which", "whether", "how", "since", "in", "year", "all")
)


@only_where(("state",))
def _stating(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who says "state the year" wants to be told it, and speaks of no state."""
    for index, span in enumerate(spans):
        opens = all(each.mark or is_passed(each) or each.has(("filler", "request")) for each in spans[:index])
        if opens and span.words(tokens) == "state" and span.end < len(tokens):
            if tokens[span.end].text in _STATED:
                spans[index] = replace(span, concepts=frozenset({("filler", "request")}))
            return


# Said again ---------------------------------------------------------------------------------------------------------


def _continents(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind the name of one, "continent" says it again: "on the African continent"."""
    for index in range(1, len(spans)):
        before = spans[index - 1]
        named = before.mention is not None and not before.mention.places
        asked = named and index > 1 and spans[index - 2].has(("ask", "which"))
        if asked and spans[index].has(("noun", "country")):
            continue  # "which African nations"
        if named and spans[index].words(tokens) in (
            "continent",
            "based",
            "region",
            "subcontinent",
            "countries",
            "nations",
        ):
            spans[index] = spans[index].silenced()


IS_IT_NOT: Sequence[Rule] = (_is_it_not,)
OR_IS_IT: Sequence[Rule] = (_or_is_it,)
WHETHER_IT_IS: Sequence[Rule] = (
    _stating,
    _is_it,
    _any_at_all,
    _who_has,
    _continents,
    _no_tag,
    _questions_denied,
)
