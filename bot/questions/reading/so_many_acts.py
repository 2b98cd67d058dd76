"""Whether there are so many agreements: "did we sign more than one with Kumamoto?", 簽了不只一個協議嗎."""

from dataclasses import replace

from bot.questions.conditions import Bound, KindWord
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, Unit

_NUMBERS = {"一": 1, "两": 2, "兩": 2, "二": 2}
_MEASURES = frozenset("個个份項项")


def of_so_many_acts(query: Query, sentence: Sentence) -> Query:
    """Agreements are counted, not the places they are with, where they are named or all are with one place."""
    one_home = query.home.own or len(query.home.places) == 1
    if query.asked is not Asked.BOOLEAN or query.about is not About.TIES or not one_home or query.compare:
        return query
    acts = sentence.all(("noun", "act"))
    having = query.having or (_in_chinese(sentence, acts) if sentence.chinese else None)
    with_one = len(query.partner.places) == 1
    counts_acts = with_one or (acts and not query.acts.kinds - {KindWord.PARTNERS, KindWord.ALL})
    if having is None or query.per not in (None, Per.HOME) or not counts_acts:
        return query
    kinds = query.acts.kinds or (frozenset() if with_one else frozenset({KindWord.ALL}))
    return replace(
        query, per=Per.HOME, having=having, unit=Unit.AGREEMENTS, acts=replace(query.acts, kinds=kinds)
    )


def counts_acts(query: Query) -> bool:
    """Whether a boolean asks if there are so many agreements."""
    so_many = query.asked is Asked.BOOLEAN and query.about is About.TIES and query.having is not None
    return so_many and query.per is Per.HOME and query.unit is Unit.AGREEMENTS


def _in_chinese(sentence: Sentence, acts: list[int]) -> Bound | None:
    """How many agreements are said before the word for them: 兩個協議 are two, 不只一個協議 more than one."""
    for act in acts:
        first = act - 1
        while first >= 0 and sentence.plainly(first) in _MEASURES:
            first -= 1
        said = sentence.plainly(first) if first >= 0 else ""
        number = sentence.spans[first].number if said else None
        if number is None and len(said) > 1 and said[-1] in _MEASURES:
            number = _NUMBERS.get(said[:-1])
        if number is None:
            continue
        over = first > 0 and sentence.spans[first - 1].has(("logic", "over"))
        if over:
            sentence.use(first - 1)
        elif number == 1:
            return None  # 有一個協議嗎
        sentence.used.update(range(first, act))
        return Bound(least=number + 1) if over else Bound(number, number)
    return None
