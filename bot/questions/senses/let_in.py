"""What is let in beside what is counted: "in total, including memoranda and districts", "agreements of all kinds"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import Span, is_passed
from bot.questions.text.normal import Token

_LETS_IN = frozenset(("including", "incl", "include", "includes", "inclusive", "counting", "plus"))
_AFTER_MARK = _LETS_IN | {"with", "together with", "along with"}
_PARTS = (("places", "district"), ("places", "township"), ("places", "town"))
_LITTLE = frozenset(
    ("those", "those of", "the", "all", "its", "their", "our", "level", "as well", "too", "also")
)


@only_where(_AFTER_MARK)
def _let_in(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Kinds and districts that are let in narrow nothing; agreements are of every kind anyhow."""
    lead = next((i for i in range(1, len(spans)) if _leads(spans, i, tokens)), None)
    if lead is None:
        return
    end = next((i for i in range(lead + 1, len(spans)) if spans[i].mark), len(spans))
    clause = range(lead + 1, end)
    kinds = [i for i in clause if spans[i].of("kind")]
    parts = [i for i in clause if spans[i].has(*_PARTS)]
    rest = [i for i in clause if i not in (*kinds, *parts)]
    acts = any(span.has(("noun", "act")) for span in spans[:lead])
    if not (parts or (kinds and acts)) or not all(_says_little(spans[i], tokens) for i in rest):
        return
    told = any(span.of("kind") for span in spans[:lead])
    for i in range(lead, end):
        added = spans[i].concepts | {("logic", "added")}
        if i in kinds and (told or not acts):
            spans[i] = replace(spans[i], concepts=added)
        elif i in parts[:1]:
            spans[i] = replace(spans[i], concepts=frozenset({("logic", "with_parts")}))
        else:
            spans[i] = spans[i].silenced()


def _leads(spans: Sequence[Span], index: int, tokens: Sequence[Token]) -> bool:
    """Whether a word lets in what follows; "with" does so behind a mark alone."""
    behind_mark = spans[index - 1].mark
    return spans[index].words(tokens) in (_AFTER_MARK if behind_mark else _LETS_IN)


def _says_little(span: Span, tokens: Sequence[Token]) -> bool:
    joint = span.has(("small", "and"), ("small", "of"), ("small", "own"), ("noun", "city"), ("noun", "tie"))
    return joint or is_passed(span) or span.words(tokens) in _LITTLE


_OF_ALL = ("all kinds", "every kind", "any kind", "all sorts", "all types", "every type", "any type")


@only_where(("kind", "kinds", "sorts", "types", "type"))
def _of_all_kinds(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Ties "of all kinds" are agreements of whichever kind."""
    words = [token.text for token in tokens]
    ties = any(span.of("kind") or span.has(("noun", "tie"), ("noun", "act")) for span in spans)
    exchanges = any(span.of("meet") or span.has(("noun", "exchange")) for span in spans)
    for first in range(len(spans)):
        last = next(
            (i for i in range(first, min(first + 3, len(spans))) if _ends(spans, first, i, words)), None
        )
        behind = spans[last + 1] if last is not None and last + 1 < len(spans) else None
        if last is None or not ties or exchanges or (behind is not None and behind.has(("small", "of"))):
            continue
        spans[first : last + 1] = [each.silenced() for each in spans[first : last + 1]]
        spans[last] = replace(spans[last], concepts=frozenset({("kind", "all")}))
        return


def _ends(spans: Sequence[Span], first: int, last: int, words: Sequence[str]) -> bool:
    said = " ".join(words[spans[first].start : spans[last].end]).removeprefix("of ")
    return said in _OF_ALL


LET_IN: Sequence[Rule] = (_let_in, _of_all_kinds)
