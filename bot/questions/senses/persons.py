"""Of whom English asks: by whom a tie was ended, who is "present in" a place, and for which city somebody asks who is
of no office here, "writing from Gdynia: …", "I work for Prague: …"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import DOES, Span
from bot.questions.senses.ties import names_exchange, names_tie
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

# What is told before ------------------------------------------------------------------------------------------------


def end_of(spans: Sequence[Span]) -> int:
    """Behind the last part that is neither a mark nor a courtesy."""
    end = len(spans)
    while end and (spans[end - 1].mark or spans[end - 1].has(("filler", "thanks"))):
        end -= 1
    return end


_MEANS = ("does that mean", "does this mean", "which means", "meaning", "so does that mean")


@only_where(("mean", "means"))
def _does_that_mean(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What is told before "does that mean" says of whom it is asked, and no more: "… came. Are they ours, then?"."""
    at = next((i for i, span in enumerate(spans) if span.words(tokens).startswith(_MEANS)), None)
    if at is None or not at or not spans[at - 1].mark or not any(map(names_tie, spans[at:])):
        return
    if sum(span.is_place for span in spans[:at]) != 1 or any(map(names_tie, spans[:at])):
        return
    for index in range(at):
        if not spans[index].is_place:
            spans[index] = spans[index].silenced()


# Who did it, and who is there ---------------------------------------------------------------------------------------

_BY_WHOM = frozenset(("whom", "who", "which mayor", "which mayors", "which side"))
_ROLES = {"signed": "signatory", "ended": "ended_by"}


@only_where(("by",))
def _by_whom(spans: list[Span], tokens: Sequence[Token]) -> None:
    """By whom something was signed or ended is asked with the verb behind it, too: "by whom was the tie ended?"."""
    for index in range(len(spans) - 3):
        if spans[index].words(tokens) != "by" or spans[index + 1].words(tokens) not in _BY_WHOM:
            continue
        passive = spans[index + 2].words(tokens) in ("was", "were", "has", "is", "had")
        last = spans[end_of(spans) - 1]
        role = next((_ROLES[key] for key in last.of("event") if key in _ROLES), None)
        if not passive or role is None or any(map(names_exchange, spans)):
            return
        start, end = spans[index].start, spans[index + 1].end
        at = end_of(spans) - 1
        spans[at] = spans[at].silenced()
        spans[index : index + 2] = [Span(start, end, concepts=frozenset({("people", role)}))]
        return


@only_where(("present",))
def _present_there(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is "present in" a place gave nothing: "are we present in Africa?"."""
    for index in range(1, len(spans) - 1):
        who = spans[index - 1].mention is not None or "own" in spans[index - 1].of("small")
        if spans[index].words(tokens) == "present" and who and spans[index + 1].has(("small", "in")):
            spans[index] = replace(spans[index], concepts=DOES)


# For which city somebody asks ---------------------------------------------------------------------------------------

_AT = frozenset(("from", "for", "at", "in", "with", "of"))
_WHERE_I_AM = frozenset(
    ("writing", "calling", "asking", "greetings", "phoning", "mailing", "emailing", "speaking", "hello", "hi")
)


@only_where(_WHERE_I_AM)
def _writing_from(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who writes from a city asks of its tie: "writing from Gdynia: when was the agreement with Kaohsiung signed?"."""
    mark = next((i for i, span in enumerate(spans) if span.mark), None)
    if mark is None or mark < len("abc") or tokens[spans[mark].start].text not in ":,.;-":
        return
    words = [tokens[i].text for i in range(spans[0].start, spans[mark].start)]
    at = next((i for i in range(mark) if spans[i].is_place), None)
    if at is None or not set(words) & _WHERE_I_AM or not set(words) & _AT:
        return
    rest = spans[mark + 1 :]
    named = sum(span.is_place for span in rest)
    if (
        named != 1
        or any("own" in span.of("small") for span in rest)
        or not any(names_tie(span) or span.has(("event", "signed")) for span in rest)
    ):
        return
    spans[: mark + 1] = [each if i == at else each.silenced() for i, each in enumerate(spans[: mark + 1])]
    spans[mark] = Span(spans[mark].start, spans[mark].end, concepts=spans[mark].silenced().concepts)


_SPEAKS = re.compile(
    r"(?:(?:hello|hi|hey|good (?:morning|afternoon|evening|day)) )?"
    r"(?:(?:i|we) works? (?:for|at|in|with)"
    r"|(?:i|we) (?:am|m|are|re) (?:from|with|representing|(?:writing|calling|asking|speaking|inquiring) for)"
    r"|(?:i|we) (?:am|m|are|re) (?:a|an|the) (?:\w+ ){1,3}(?:of|at|from|in|for)"
    r"|(?:writing |calling |asking |speaking )?(?:on behalf of|in the name of)"
    r"|(?:a |one |another |my |our )?(?:question|query|inquiry|enquiry|request|greetings|regards) (?:from|for)"
    r"|we (?:in|from|of|at)"
    r"|as (?:a|an|the) (?:\w+ ){1,3}(?:of|in|at|from|for))"
    r"(?: (?:the|our))?(?: (?:city|town|county|prefecture|municipality|government|council|state))?"
    r"(?: (?:of|government of|council of|hall of))?"
)
_WRITES = re.compile(
    r"(?:(?:i|we) (?:am|m|are|re) )?(?:writing|calling|asking|phoning|speaking) (?:to you )?from(?: the)?"
)
_OFFICES = frozenset(("hall", "council", "government", "administration", "office", "municipality"))
_OURS = frozenset(
    ("we", "our", "us", "ours", "my", "mine", "i", "my city", "our city", "our own", "ourselves")
)
_FAR = 8


@only_where(
    (
        "i",
        "we",
        "behalf",
        "name",
        "question",
        "query",
        "inquiry",
        "enquiry",
        "request",
        "greetings",
        "regards",
        "as",
        "here",
    )
)
def _speaks_for(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who says for which city it is asked means that with "we": "I work for Prague: who are our partners?"."""
    at = next((i for i, span in enumerate(spans[:_FAR]) if span.is_place), None)
    if at is None:
        return
    before = " ".join(token.text for token in tokens[spans[0].start : spans[at].start])
    office = any(token.text in _OFFICES for token in tokens[spans[at].start : spans[at].end + len("ab")])
    here = not before and spans[at + 1 : at + 2] and spans[at + 1].words(tokens) == "here"
    if not (here or _SPEAKS.fullmatch(before) or (office and _WRITES.fullmatch(before))):
        return
    begins = next((i for i in range(at + 1, len(spans)) if spans[i].mark or spans[i].has(*_LEADS)), None)
    if begins is None or any(spans[i].of("ask") or spans[i].mention for i in range(at + 1, begins)):
        return
    rest = range(begins + 1, len(spans))
    ours = [i for i in rest if spans[i].words(tokens) in _OURS]
    tied = any(names_tie(spans[i]) or spans[i].of("event") or spans[i].of("anniversary") for i in rest)
    same = any(spans[i].mention == spans[at].mention for i in rest)
    if not ours or not tied or same:
        return
    for index in (*range(begins + 1), *ours[1:]):
        if index != at:
            spans[index] = spans[index].silenced()
    first, speaker = ours[0], spans[at].mention
    spans[at] = spans[at].silenced()
    behind = spans[first + 1 : first + 2]
    generic = sum(span.has(("noun", "city")) or bool(span.of("places")) for span in behind)  # "my prefecture"
    spans[first : first + 1 + generic] = [
        Span(spans[first].start, spans[first + generic].end, mention=speaker)
    ]


_LEADS: Sequence[Concept] = (("filler", "lead"), ("filler", "request"))


PERSONS: Sequence[Rule] = (
    _does_that_mean,
    _by_whom,
    _present_there,
)
SPOKEN_FOR: Sequence[Rule] = (_writing_from, _speaks_for)
