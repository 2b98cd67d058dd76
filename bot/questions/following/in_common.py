"""Others put beside each other for what they have in common: "and Taipei and Tainan?", 那漢堡和柏林呢."""

from dataclasses import replace

from bot.questions.conditions import Comparing, Where
from bot.questions.following.words import only_names_places
from bot.questions.frame import Frame
from bot.questions.parts.sentence import Sentence
from bot.questions.query import Query
from bot.questions.vocabulary.lexicon import Lexicon


def in_common_of_others(sentence: Sentence, frame: Frame, lexicon: Lexicon) -> Query | None:
    """What others have in common, where that was asked before and homes are named: "and with Taoyuan?".

    None, and the sentence unfit, where it is not said in whose stead one is named.
    """
    query = frame.query
    compare = query.compare
    if compare is None or compare.how is not Comparing.COMMON or not only_names_places(sentence, _ALSO):
        return None
    homes = [name.where for _, name in sorted(sentence.names.items())]
    if not all(_is_a_home(where, lexicon) for where in homes):
        return None
    own = sentence.has(("small", "own"))
    sides = [Where(own=True)] * own + homes
    if len(sides) == 1 and len(compare.others) == 1:
        first = next(iter(sentence.names))
        if not (query.home.own or "with" in sentence.small_before(first)) or compare.lacking:
            sentence.unfit = True
            return None
        sides = [query.home, *sides]
    if len(sides) == 1 or compare.lacking or len(set(sides)) < len(sides):
        sentence.unfit = True
        return None
    sentence.used.update(range(len(sentence.spans)))
    return replace(
        query, home=sides[0], compare=replace(compare, others=tuple(sides[1:])), presumed=frozenset(), corrected=()
    )  # fmt: skip


_ALSO = (("logic", "common"), ("small", "own"))


def _is_a_home(where: Where, lexicon: Lexicon) -> bool:
    """Whether it is a place where the offices are."""
    return len(where.places) == 1 and all(each.country in lexicon.home_countries for each in where.places)
