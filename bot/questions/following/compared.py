"""Numbers of two that were told, or of one beside another: "which has more?", 和高雄比呢."""

from dataclasses import replace

from bot.questions.conditions import Comparing, Comparison, Where
from bot.questions.following.words import only_names_places
from bot.questions.frame import Frame
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query
from bot.questions.vocabulary.lexicon import Lexicon

_COMPARE = (("ask", "compare"), ("logic", "than"))
_WHICH = (("ask", "which"), ("ask", "who"))
_MORE = (("logic", "more"), ("order", "most"))


def says_compared(sentence: Sentence) -> bool:
    """Whether nothing is said but with whom it is to be compared."""
    return sentence.has(("ask", "compare")) and only_names_places(sentence, _COMPARE)


def compared_with(sentence: Sentence, frame: Frame, lexicon: Lexicon) -> Query | None:
    """The ties that were listed or counted, by number beside those of another home: "compared with Kaohsiung?"."""
    query = frame.query
    if query.about is not About.TIES or not says_compared(sentence):
        return None
    places = [name.where for name in sentence.names.values()]
    home = len(places) == 1 and all(each.country in lexicon.home_countries for each in places[0].places)
    if (
        not _is_of_one_home(query)
        or not home
        or not places[0].places
        or places[0].places == query.home.places
    ):
        sentence.unfit = True
        return None
    sentence.used.update(range(len(sentence.spans)))
    return _weighed(query, Asked.STATISTICS, (places[0],))


def which_has_more(sentence: Sentence, frame: Frame) -> Query | None:
    """Which of the two homes has more whose numbers were told one after the other: "which has more?", 哪個比較多."""
    if not _asks_who_has_more(sentence) or frame.before is None:
        return None
    now, before = frame.query, frame.before
    same = replace(before, home=now.home, presumed=now.presumed, corrected=()) == replace(now, corrected=())
    counted = now.asked is before.asked is Asked.NUMBER
    if not (counted and same and _is_of_one_home(now) and _is_of_one_home(before)) or now.home == before.home:
        return None
    sentence.used.update(range(len(sentence.spans)))
    return _weighed(before, Asked.PLACES, (now.home,))


def _asks_who_has_more(sentence: Sentence) -> bool:
    if sentence.names or not sentence.has(*_WHICH):
        return False
    said = [sentence.spans[i] for i in range(len(sentence.spans)) if sentence.means(i)]
    return sentence.has(*_MORE) and all(span.has(*_WHICH, *_MORE, ("noun", "city")) for span in said)


def _is_of_one_home(query: Query) -> bool:
    """Whether ties of one home are listed or counted, and nothing else is weighed."""
    apart = query.compare or query.rank or query.per or query.having or query.each or query.records
    listed = query.about is About.TIES and query.asked in (Asked.PLACES, Asked.NUMBER)
    one = query.home.own or len(query.home.places) == 1
    return listed and one and not apart and not query.partner.places


def _weighed(query: Query, asked: Asked, others: tuple[Where, ...]) -> Query:
    compare = Comparison(Comparing.NUMBERS, others)
    return replace(
        query, asked=asked, unit=None, compare=compare, per=Per.HOME, presumed=frozenset(), corrected=()
    )
