"""Guests who are called foreign, so that they came: "visits by foreign mayors", 外國訪團."""

from bot.questions.parts.sentence import Sentence

_FOREIGN = frozenset(("foreign", "overseas", "外國", "外国", "國外", "国外"))
_GROUPS = ("delegation", "guest", "visitor", "group", "團", "团", "賓", "宾", "客")


def guests_from_abroad(sentence: Sentence) -> set[int]:
    """Where those are named who are said to be of abroad, leaders and delegations; trips abroad are none."""
    found = set[int]()
    for at in sentence.all(("logic", "abroad")):
        behind = at + 1
        if (
            sentence.plainly(at) in _FOREIGN
            and behind < len(sentence.spans)
            and _are_guests(sentence, behind)
        ):
            found.add(behind)
            found.update(_in_a_row(sentence, behind))
    return found


def _are_guests(sentence: Sentence, index: int) -> bool:
    span = sentence.spans[index]
    groups = span.of("kinds") and any(word in sentence.plainly(index) for word in _GROUPS)
    return bool(span.of("level") and span.of("people")) or bool(groups)


def _in_a_row(sentence: Sentence, index: int) -> list[int]:
    """Who stands behind the first of them, joined by an "or": "foreign mayors or governors"."""
    joined, behind = index + 1, index + 2
    if behind >= len(sentence.spans) or not sentence.spans[joined].has(("logic", "or"), ("small", "and")):
        return []
    return [behind] if _are_guests(sentence, behind) else []
