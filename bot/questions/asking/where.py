"""Where a place lies: "where is Boston?", "which state is Columbus in?", 首爾是哪個國家的."""

from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Sentence
from bot.questions.parts.spans import OF_A_LAND
from bot.questions.query import About, Asked, Told

_BESIDE = (("small", "does"), ("small", "in"), ("small", "of"), ("noun", "city"))
"""Words that say nothing else beside the place and where it is asked to lie."""
_WHICH = frozenset({("ask", "which")})
_CHINESE = ("國", "国", "州")


def where_it_lies(sentence: Sentence) -> Form | None:
    """Where nothing but places is named, and only where they lie is asked, whatever ties there are.

    Whether one lies in some land is answered by where it lies: "is Boston in Canada?".
    """
    named = [i for i, span in enumerate(sentence.spans) if span.mention is not None]
    lands = [i for i in named if not sentence.spans[i].is_place]
    said = [i for i in range(len(sentence.spans)) if sentence.means(i) and i not in named]
    asked = _whether_in(sentence, said) if lands else _where(sentence, said)
    if len(named) == len(lands) or len(lands) > 1 or asked is None or _asks_whom_it_has(sentence, named):
        return None
    if any(i not in asked and not sentence.spans[i].has(*_BESIDE) for i in said):
        return None
    if any(sentence.small_before(i) == {"with"} for i in named):
        return None
    sentence.used.update((*said, *lands))
    sentence.names = {at: name for at, name in sentence.names.items() if at not in lands}
    return Form(Asked.TEXT, About.PLACES, Told.SITUATION)


def _where(sentence: Sentence, said: list[int]) -> list[int] | None:
    return [i for i in said if sentence.spans[i].has(("ask", "where"))] or _which_land(sentence, said) or None


def _whether_in(sentence: Sentence, said: list[int]) -> list[int] | None:
    """The words that ask whether places lie somewhere; None where they do not."""
    both = [i for i in said if sentence.spans[i].has(("logic", "common"))]
    if not sentence.chinese:
        first = sentence.tokens[0].text if sentence.tokens else ""
        return both if first in _BE and sentence.has(("small", "in")) else None
    whether = [i for i in said if sentence.spans[i].has(("ask", "whether"))]
    return [*both, *whether] if whether else None


_BE = frozenset(("is", "are", "isn", "aren"))


def asks_its_land(sentence: Sentence) -> bool:
    """Whether it is asked in Chinese beside other things in which land a place lies: 哥倫布是哪個州的？何時簽的？"""
    if not sentence.chinese:
        return False
    return any(name.is_place and _is_of_which_land(sentence, index) for index, name in sentence.names.items())


def _is_of_which_land(sentence: Sentence, index: int) -> bool:
    asked = sentence.after(index)
    land = sentence.after(asked) if asked is not None else None
    if asked is None or land is None or sentence.spans[asked].concepts != _WHICH:
        return False
    return sentence.spans[land].has(*OF_A_LAND) and "是" in sentence.written(asked)


_HAVE = ("have", "has", "had", "有", "countries", "states", "哪些")
"""Words that ask for what somebody has, or for several lands."""


def _asks_whom_it_has(sentence: Sentence, named: list[int]) -> bool:
    return any(sentence.plainly(i).endswith(_HAVE) for i in range(len(sentence.spans)) if i not in named)


def _which_land(sentence: Sentence, said: list[int]) -> list[int]:
    """The words "which country", where there are such."""
    lands = [i for i in said if sentence.spans[i].has(*OF_A_LAND) and not sentence.spans[i].of("kind")]
    which = [i for i in said if sentence.spans[i].has(("ask", "which")) and i + 1 in lands]
    whole = [
        i for i in said if sentence.spans[i].concepts == _WHICH and sentence.plainly(i).endswith(_CHINESE)
    ]
    return [*which, *lands] if which else whole
