"""English questions about ties that are put in another order: "list requested", "… , what is it called?".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.senses_tying import names_exchange, names_tie
from bot.questions.spans import DOES, Span, is_passed


def end_of(spans: Sequence[Span]) -> int:
    """Behind the last part that is neither a mark nor a courtesy."""
    end = len(spans)
    while end and (spans[end - 1].mark or spans[end - 1].has(("filler", "thanks"))):
        end -= 1
    return end


_ANYONE = frozenset(("anyone", "anybody", "any of them", "any of those", "somebody", "someone"))


@only_where(
    ("turning", "turns", "celebrating", "celebrates", "marking", "marks", "reaching", "turn", "hitting")
)
def _anyone_turning(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whoever asks for anyone "turning 30" asks who does."""
    first = next((i for i, span in enumerate(spans) if not span.mark), None)
    if first is None or spans[first].words(tokens) not in _ANYONE or any(span.of("ask") for span in spans):
        return
    behind = next((span for span in spans[first + 1 :] if not is_passed(span)), None)
    if behind is not None and behind.has(("anniversary", "turning")):
        spans[first] = replace(spans[first], concepts=frozenset({("ask", "who")}))


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


_FILES = frozenset(
    (
        "file",
        "files",
        "case",
        "dossier",
        "folder",
        "matter",
        "question",
        "query",
        "inquiry",
        "enquiry",
        "record",
    )
)


@only_where(_FILES)
def _file_of(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whose "file" a question is about is said before a colon: "San Jose file: what year did we sign?"."""
    for index in range(1, len(spans) - 1):
        named = spans[index - 1].is_place and spans[index].words(tokens) in _FILES
        if (
            named
            and spans[index + 1].mark
            and index + 1 < len(tokens)
            and tokens[spans[index + 1].start].text in ":-,"
        ):
            spans[index] = spans[index].silenced()
            return


@only_where(("come", "came", "comes"))
def _it_came_to(spans: list[Span], tokens: Sequence[Token]) -> None:
    """When "it came to" something is when that happened: "when did it come to a break between A and B?"."""
    for index in range(1, len(spans) - 1):
        said = spans[index].words(tokens) in ("come", "came", "comes")
        behind = next((s for s in spans[index + 1 :] if not is_passed(s)), None)
        it_did = tokens[spans[index].start - 1].text == "it" and tokens[spans[index].end].text == "to"
        if said and it_did and behind is not None and (behind.of("event") or names_tie(behind)):
            spans[index] = spans[index].silenced()
            spans[index + 1] = spans[index + 1].silenced()


@only_where(("or",))
def _either_day(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether it was signed on one day or another asks when it was: "was it signed on the 14th or the 15th?"."""
    verb = next(
        (i for i, span in enumerate(spans) if span.words(tokens) in ("was", "were", "did", "is")), None
    )
    signed = any(span.has(("event", "signed")) for span in spans)
    if verb is None or not signed or any(span.of("ask") or span.of("meet") for span in spans):
        return
    for index in range(verb + 1, len(spans) - 1):
        if not spans[index].has(("logic", "or")):
            continue
        behind = next((i for i in range(index + 1, len(spans)) if not is_passed(spans[i])), None)
        if behind is not None and _is_day(spans[index - 1], tokens) and _is_day(spans[behind], tokens):
            for at in range(index - 1, behind + 1):
                spans[at] = spans[at].silenced()
            spans[verb] = replace(spans[verb], concepts=frozenset({("ask", "when")}))
            return


def _is_day(span: Span, tokens: Sequence[Token]) -> bool:
    return span.time is not None or (
        span.number is not None and span.words(tokens).endswith(("st", "nd", "rd", "th"))
    )


@only_where(("present",))
def _present_there(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is "present in" a place gave nothing: "are we present in Africa?"."""
    for index in range(1, len(spans) - 1):
        who = spans[index - 1].mention is not None or "own" in spans[index - 1].of("small")
        if spans[index].words(tokens) == "present" and who and spans[index + 1].has(("small", "in")):
            spans[index] = replace(spans[index], concepts=DOES)


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


_MEANS = ("does that mean", "does this mean", "which means", "meaning", "so does that mean")


ARRANGED: Sequence[Rule] = (
    _does_that_mean,
    _anyone_turning,
    _by_whom,
    _file_of,
    _present_there,
    _either_day,
    _it_came_to,
)
