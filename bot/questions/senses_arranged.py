"""English questions about ties that are put in another order: "list requested", "… , what is it called?".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.senses_tying import names_exchange, names_tie
from bot.questions.spans import DOES, Span


def end_of(spans: Sequence[Span]) -> int:
    """Behind the last part that is neither a mark nor a courtesy."""
    end = len(spans)
    while end and (spans[end - 1].mark or spans[end - 1].has(("filler", "thanks"))):
        end -= 1
    return end


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
    _by_whom,
    _present_there,
)
