"""Words of English that say nothing more where they stand: "who" behind those who did it, "only" of a late day.

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule
from bot.questions.spans import Span, is_dash, is_passed, next_meant

_WHO = frozenset(("who", "that", "which"))
_PEOPLE = frozenset(
    ("people", "guests", "visitors", "delegates", "delegation", "group", "team", "pupils", "students")
)


def _those_who(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "who" behind people asks for nobody where something else is asked: "the people from Osaka who came, when…"."""
    for index in range(1, len(spans)):
        if spans[index].words(tokens) not in _WHO or not spans[index].of("ask"):
            continue
        rest = [span for i, span in enumerate(spans) if i != index]
        asked = any(set(span.of("ask")) - {"whether", "who"} for span in rest)
        before = [token.text for token in tokens[: spans[index].start]]
        people = spans[index - 1].has(("noun", "people"), ("kinds", "visit")) or (
            spans[index - 1].mention is not None and "from" in before[-4:]
        )
        if asked and people and (before[0] in _ARTICLES or _PEOPLE & set(before)):
            spans[index] = spans[index].silenced()


_ARTICLES = frozenset(("the", "those", "our"))


def _only_then(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What was done "only in the seventies" was done then, and not before."""
    for index, span in enumerate(spans):
        if span.words(tokens) not in ("only", "merely"):
            continue
        behind = next_meant(spans, index)
        if behind is None:
            continue
        dated = spans[behind].time is not None or (
            spans[behind].has(("event", "signed")) and any(each.time for each in spans[behind:])
        )
        apart = index == 0 or not (spans[index - 1].of("ask") or spans[index - 1].of("kind"))
        if dated and apart:
            spans[index] = span.silenced()


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
            "region",
            "subcontinent",
            "countries",
            "nations",
        ):
            spans[index] = spans[index].silenced()


_OURS = frozenset(("our", "the", "your", "their"))


def _our_people(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who signed for a city is not asked for by "when did our people sign with Florence?"."""
    signed = any(span.has(("event", "signed")) for span in spans)
    when = any(span.has(("ask", "when"), ("ask", "whether"), ("ask", "age")) for span in spans)
    for index in range(1, len(spans)):
        ours = tokens[spans[index].start - 1].text in _OURS
        if (
            signed
            and when
            and ours
            and spans[index].words(tokens) in ("people", "leaders", "officials", "mayors")
        ):
            spans[index] = spans[index].silenced()


def _no_tag(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "no?" at the end behind a comma denies nothing."""
    end = len(spans)
    while end and spans[end - 1].mark:
        end -= 1
    if end > 1 and spans[end - 1].words(tokens) in _TAGS and spans[end - 2].mark:
        spans[end - 1] = replace(spans[end - 1], concepts=frozenset({("ask", "whether")}))


_TAGS = frozenset(("no", "yes", "eh", "huh", "or", "innit", "hm", "hmm", "ja", "oder"))
_PRONOUNS = frozenset(("it", "she", "he", "they", "we", "that", "this", "there"))


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


_DENYING = frozenset(
    ("didn", "isn", "aren", "wasn", "weren", "hasn", "haven", "hadn", "don", "doesn", "couldn", "wouldn")
)


_OF_THEN = ("the year", "the month", "the day", "the same year", "when", "the very year", "the decade")


def _told_of_a_time(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What else happened at a time says nothing more of it: "in 1989, the year the Wall came down"."""
    for index in range(1, len(spans) - 1):
        if not spans[index].mark or tokens[spans[index].start].text != "," or spans[index - 1].time is None:
            continue
        end = next((i for i in range(index + 1, len(spans)) if spans[i].mark), len(spans))
        aside = spans[index + 1 : end]
        words = " ".join(token.text for span in aside for token in tokens[span.start : span.end])
        foreign = any(not span.known or span.of("scope") for span in aside)
        ours = any(span.mention or span.time or span.number is not None or span.of("kind") for span in aside)
        if words.startswith(_OF_THEN) and foreign and not ours:
            spans[index + 1 : end] = [span.silenced() for span in aside]
            return


_WHO_HAS = frozenset(("who has", "who have"))


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


CLAUSES: Sequence[Rule] = (
    _told_of_a_time,
    _who_has,
    _those_who,
    _only_then,
    _continents,
    _our_people,
    _no_tag,
    _questions_denied,
)
