"""Whose ties are asked for where the districts of a municipality are spoken of: 新北的區有哪些姊妹市."""

from dataclasses import replace

from bot.domain.places import Place
from bot.questions.conditions import Where
from bot.questions.lexicon import Lexicon
from bot.questions.naming import ref
from bot.questions.query import Per
from bot.questions.sentence import Sentence
from bot.questions.whose import Roles

_OF = ("的", "之", "有", "是", "裡", "裏", "中")


def of_districts(sentence: Sentence, roles: Roles, lexicon: Lexicon, asker: Place | None) -> Roles:
    """The roles, with the districts that have ties as the home where those of the home are spoken of."""
    for index in sentence.all(("places", "district")):
        asks = sentence.spans[index].has(("ask", "which"))  # 哪一區
        if (index in sentence.used and not asks) or sentence.spans[index].of("kind"):
            continue
        found = _municipality if sentence.chinese else _municipality_in_english
        whose = found(sentence, index, asker)
        wanted = {place.id for place in roles.home.places} | (
            {asker.id} if roles.home.own and asker else set()
        )
        if whose is None or whose not in wanted:
            continue
        parts = [
            ref(known.place)
            for known in lexicon.known.values()
            if known.place.parent_id == whose and known.records
        ]
        if not parts:
            continue
        sentence.use(index)
        near = sentence.spans[max(0, index - (1 if sentence.chinese else 2)) : index]
        each = asks or any(span.has(("ask", "which"), ("ask", "count")) for span in near)
        return replace(roles, home=Where(places=tuple(parts)), per=Per.HOME if each else roles.per)
    return roles


def _municipality(sentence: Sentence, index: int, asker: Place | None) -> int | None:
    """The id of the place whose districts they are: of that which is named before, or of whoever says "our"."""
    for at in range(index - 1, -1, -1):
        if at in sentence.names and sentence.names[at].is_place:
            return sentence.names[at].where.places[0].id
        if "own" in sentence.spans[at].of("small"):
            return asker.id if asker is not None else None
        if not (sentence.plainly(at) in _OF or sentence.spans[at].has(("ask", "which"))):
            return None
    return None


def _municipality_in_english(sentence: Sentence, index: int, asker: Place | None) -> int | None:
    """The same where districts are asked for: "which districts of New Taipei", "which of our districts"."""
    asked = sentence.all(("ask", "which"), ("ask", "count"), ("ask", "list"))
    if index and "own" in sentence.spans[index - 1].of("small"):
        return asker.id if asker is not None else None
    if not any(at < index <= at + 2 for at in asked):
        return None
    behind = index + 2
    of_it = index + 1 < len(sentence.spans) and sentence.spans[index + 1].has(
        ("small", "of"), ("small", "in")
    )
    of_it = of_it or (index + 1 < len(sentence.spans) and sentence.spans[index + 1].has(("logic", "among")))
    if of_it and behind < len(sentence.spans) and "own" in sentence.spans[behind].of("small"):
        return asker.id if asker is not None else None
    if of_it and behind in sentence.names and sentence.names[behind].is_place:
        return sentence.names[behind].where.places[0].id
    return None
