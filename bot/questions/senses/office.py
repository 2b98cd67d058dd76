"""What is asked for in an office's day: numbers in an order, ties with the countries of a part of the world."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import DOES, Span
from bot.questions.text.normal import Token
from bot.questions.vocabulary.lexicon import GroupName

_RANKED = frozenset(("由", "从", "依", "按", "照", "以", "from", "in", "多", "高", "大"))
_COUNTED = (("per", "country"), ("per", "region"), ("per", "home"), ("per", "partner"))


@only_where(_RANKED)
def _ranked_by_number(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Several homes are told in the order of their numbers by the number of each: 六都的姊妹市數量由多到少排列.

    Where it is said by what they are counted, the numbers are told in that order anyhow.
    """
    at = next((i for i, span in enumerate(spans) if span.has(("logic", "ranked"))), None)
    if at is None or any(span.of("order") for span in spans):
        return
    if any(span.has(*_COUNTED) for span in spans):
        spans[at] = spans[at].silenced()
    elif any(span.of("kind") for span in spans) and sum(map(_is_group, spans)) == 1:
        spans[at] = replace(spans[at], concepts=frozenset({("per", "home"), ("ask", "statistics")}))
        if spans[at - 1].has(("ask", "count")):
            spans[at - 1] = spans[at - 1].silenced()


_PLACED = frozenset(("排", "名", "rank", "ranks", "ranked"))


@only_where(_PLACED)
def _placed_in_a_group(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Which place one of a group takes by a number is told by the number of each: 新北市在六都中姊妹市數排第幾."""
    at = next((i for i, span in enumerate(spans) if _asks_which_place(spans, i, tokens)), None)
    named = [i for i, span in enumerate(spans) if span.mention is not None or span.has(("small", "own"))]
    ones = [i for i in named if not _is_group(spans[i])]
    if at is None or len(named) != len(("one", "group")) or len(ones) != 1:
        return
    if not any(span.of("kind") for span in spans) or any(
        span.of("order") or span.of("per") for span in spans
    ):
        return
    spans[ones[0]] = spans[ones[0]].silenced()
    for index, span in enumerate(spans):
        if span.has(("ask", "count"), ("ask", "where"), ("ask", "which")) or span.words(tokens) in _HOW_MANY:
            spans[index] = span.silenced()
    spans[at] = replace(spans[at], concepts=frozenset({("per", "home"), ("ask", "statistics")}))


_HOW_MANY = frozenset(("数", "how"))


def _asks_which_place(spans: Sequence[Span], index: int, tokens: Sequence[Token]) -> bool:
    span = spans[index]
    asks = any(
        each.has(("ask", "where"), ("ask", "which")) or each.words(tokens) == "how" for each in spans[:index]
    )
    return span.has(("logic", "placed")) or (span.words(tokens).split()[0] in _PLACED and asks)


def _is_group(span: Span) -> bool:
    return span.mention is not None and any(isinstance(each, GroupName) for each in span.mention.meanings)


_EXAMPLES = frozenset(("例如", "比如", "譬如", "像是", "for example", "for instance", "e g", "eg"))


@only_where(("例", "比", "譬", "像", "for", "e", "eg"))
def _examples(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Places told behind a question as examples narrow nothing: 我們各區有姊妹市嗎？例如瑞芳、淡水."""
    for index in range(1, len(spans)):
        said = spans[index].words(tokens)
        if not spans[index - 1].mark or (said if said.isascii() else said.replace(" ", "")) not in _EXAMPLES:
            continue
        behind = spans[index + 1 :]
        named = any(span.is_place for span in behind)
        only = all(span.is_place or span.mark or span.has(*_JOINING) for span in behind)
        asked = any(span.of("ask") or span.has(("small", "does")) for span in spans[:index])
        if named and only and asked and any(span.has(*_OF_SEVERAL) for span in spans[:index]):
            for at in range(index, len(spans)):
                spans[at] = spans[at] if spans[at].mark else spans[at].silenced()
            return


_JOINING = (("small", "and"), ("logic", "or"), ("filler", "words"))
_OF_SEVERAL = (("places", "district"), ("noun", "city"), ("kind", "sister"), ("kind", "partners"))


@only_where(("计", "规", "安"))
def _plans(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What plans there are with somebody asks for exchanges that are planned: 我們跟首爾有什麼計畫."""
    if not any(span.mention for span in spans):
        return
    for index in range(1, len(spans)):
        ends = all(span.mark for span in spans[index + 1 :])
        if ends and spans[index].has(("meet", "planned")) and spans[index - 1].has(("ask", "which")):
            concepts = spans[index].concepts | {("noun", "exchange")}
            spans[index] = replace(spans[index], concepts=concepts)


@only_where(("have", "has", "had"))
def _had_none(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Partners that "have had" no exchange on record are those that have none."""
    for index, span in enumerate(spans[:-1]):
        had = span.has(("meet", "held")) and span.words(tokens).split()[-1] == "had"
        if had and spans[index + 1].has(("state", "no_record")):
            spans[index] = replace(span, concepts=DOES)


OFFICE: Sequence[Rule] = (
    _had_none,
    _examples,
    _plans,
    _ranked_by_number,
    _placed_in_a_group,
)
