"""What the asker has and others have as well, or nobody else, where none of the others is named."""

from dataclasses import replace

from bot.domain.places import Place
from bot.questions.conditions import Comparing, Where
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import About, Asked, Per
from bot.questions.reading.comparing import Compared
from bot.questions.reading.naming import joined
from bot.questions.sharing.whose import ANYWHERE, OWN, Roles
from bot.questions.vocabulary.lexicon import Lexicon

_LACK = ("logic", "difference"), ("logic", "not")


def with_others(
    sentence: Sentence, form: Form, names: list[Name], lexicon: Lexicon, asker: Place | None
) -> Compared | None:
    """Partners that a home shares with any other of its country, or with none; None where neither is asked for.

    "Which of our partners does no other city in Taiwan have?", 其他縣市也有簽的夥伴有哪些, 哪些夥伴只有我們有.
    """
    listed = form.asked in (Asked.PLACES, Asked.NUMBER, Asked.RECORDS) and form.about is About.TIES
    listed = listed or (
        form.asked is Asked.BOOLEAN and form.about is About.TIES and sentence.has(("logic", "common"))
    )
    places = [name for name in names if name.is_place]
    home = _home(places, lexicon, asker)
    if home is None or home.country is None or not listed:
        return None
    at = _others(sentence, names, home.country)
    alone = _alone(sentence, places)
    if (not at and not alone) or form.asked_at in at or (form.asked_at or 0) + 1 in at:
        return None
    others = Where(countries=(home.country,))
    rest = [name for name in names if not name.is_place and name.span not in at]
    ours = places[0].where if places else OWN
    lacked = sentence.free(*_LACK)
    sentence.used.update((*at, *alone, *lacked, *sentence.free(("logic", "common"), ("logic", "only"))))
    partner = joined([name.where for name in rest])
    if at and lacked and _says_own(sentence, places, behind=at[-1], before=lacked[-1]):
        return Compared(
            Comparing.DIFFERENCE, Where(countries=others.countries, without=ours), (ours,), partner
        )
    how = Comparing.DIFFERENCE if alone or lacked else Comparing.COMMON
    return Compared(how, ours, (others,), partner)


def also_of(
    sentence: Sentence, form: Form, names: list[Name], lexicon: Lexicon, asker: Place | None
) -> Compared | None:
    """Partners of the asker that another has, too: "which sister cities are also partners of Leipzig?"."""
    places = [name for name in names if name.is_place]
    kinds, also = sentence.any_of("kind"), sentence.free(("logic", "common"))
    listed = form.asked in (Asked.PLACES, Asked.NUMBER) and form.about is About.TIES
    if not listed or asker is None or len(places) != 1 or len(kinds) < len(("ours", "theirs")) or not also:
        return None
    their = places[0].where.places[0]
    at_home = their.id in lexicon.offices or their.country == asker.country
    if their.id == asker.id or not at_home or not kinds[0] < also[0] < min(kinds[-1], places[0].span):
        return None
    sentence.used.update((also[0], *kinds[1:]))
    rest = [name.where for name in names if not name.is_place]
    return Compared(Comparing.COMMON, OWN, (places[0].where,), joined(rest))


def who_else(
    sentence: Sentence, form: Form, names: list[Name], lexicon: Lexicon, asker: Place | None
) -> Roles | None:
    """The ties of others than us: "which cities share Guam with us?", 還有誰跟關島締盟, "which others have Poland?"."""
    places = [name for name in names if name.is_place]
    if asker is None or asker.country is None or form.about is not About.TIES or len(places) > 1:
        return None
    there, besides = Where(countries=(asker.country,)), _besides_us(sentence, form)
    rest = [name for name in names if not name.is_place and name.where != there]
    if besides and rest and not places:
        sentence.used.update(besides)
        return Roles(replace(there, without=OWN), joined([name.where for name in rest]), per=Per.HOME)
    if (
        rest
        or not places
        or not places[0].where.places[0].id
        or places[0].where.places[0].id in lexicon.offices
    ):
        return None
    shared, others = sentence.free(("logic", "common")), _others(sentence, names, asker.country)
    ours = sentence.has(("small", "own"))
    asks_who = form.asked is Asked.PLACES and form.head == "city" and ours and bool(shared)
    first = bool(others) and (others[-1] < places[0].span or _are_with(sentence, others[0]))
    asks_whether = form.asked is Asked.BOOLEAN and first and not ours
    if not (besides or asks_who or asks_whether or _asks_who_else(sentence)):
        return None
    sentence.used.update((*besides, *shared, *others))
    return Roles(places[0].where, there if asks_whether else ANYWHERE)


def _are_with(sentence: Sentence, others: int) -> bool:
    """Whether it is asked in Chinese of a tie with the others: 黃金海岸是不是也跟其他縣市簽."""
    return sentence.chinese and others > 0 and sentence.spans[others - 1].has(("small", "with"))


def _besides_us(sentence: Sentence, form: Form) -> list[int]:
    """The parts that ask which others there are: "which other cities", "which municipalities besides us"."""
    at, spans = form.asked_at, sentence.spans
    if at is None or form.asked not in (Asked.PLACES, Asked.NUMBER):
        return []
    city = next((i for i in (at + 1, at + 2) if i < len(spans) and spans[i].has(("noun", "city"))), None)
    beside = [i for i in (at - 1, at + 1) if 0 <= i < len(spans) and spans[i].has(("logic", "else"))]
    excepted = [i for i in sentence.all(("logic", "except")) if _is_home(sentence, i + 1, [])]
    excepted += [i + 1 for i in excepted]
    if spans[at].has(("noun", "city")):  # 哪個縣市
        city = at
    return sorted({*beside, *excepted, city}) if city is not None and (beside or excepted) else []


def _asks_who_else(sentence: Sentence) -> bool:
    """Whether it begins with who there is besides: 還有誰, 還有哪些縣市."""
    first = sentence.plainly(0)
    if first in _BESIDES:
        return len(sentence.spans) > 1 and sentence.spans[1].has(("ask", "which"), ("ask", "who"))
    return first.startswith(_BESIDES) and sentence.spans[0].has(("ask", "which"), ("ask", "who"))


_BESIDES = ("還有", "还有")


def _home(places: list[Name], lexicon: Lexicon, asker: Place | None) -> Place | None:
    """Whose partners are looked at: the asker, or the one office that is named."""
    if not places:
        return asker
    number = places[0].where.places[0].id
    known = lexicon.known.get(number) if len(places) == 1 and number in lexicon.offices else None
    return known.place if known else None


def _others(sentence: Sentence, names: list[Name], country: str) -> list[int]:
    """The parts that stand for all others: "nobody else", "other Taiwanese cities", "another city in Taiwan"."""
    there = {name.span for name in names if name.where == Where(countries=(country,))}
    for at in sentence.all(("logic", "else")):
        if sentence.plainly(at) in _ANYBODY or (at and sentence.plainly(at - 1) in _ANYBODY):
            return [at]
        city = at + 2 if at + 1 in there else at + 1
        if city >= len(sentence.spans) or not _are_cities(sentence, city, named=at + 1 in there):
            continue
        if at - 1 in there:  # 德國其他城市
            return [at - 1, *range(at, city + 1)]
        behind = city + 2
        located = behind in there and "in" in sentence.small_before(behind)
        return [at, *range(at + 1, city + 1), *([behind] if located else ())]
    return []


def _are_cities(sentence: Sentence, index: int, *, named: bool) -> bool:
    """Whether a part stands for the others themselves, not for their partners: "other cities", "other German twins"."""
    span = sentence.spans[index]
    return span.has(("noun", "city")) or (named and bool(span.of("kind")))


_ANYBODY = frozenset(("nobody", "no one", "anybody", "anyone", "somebody", "someone", "別人", "别人"))


def _alone(sentence: Sentence, places: list[Name]) -> list[int]:
    """Where it is said that only the home has something: 只有我們有, 只跟我們締盟, 高雄獨有, "do only we have"."""
    for at in sentence.free(("logic", "only")):
        behind = (
            at + 2
            if sentence.spans[at + 1 : at + 2] and sentence.spans[at + 1].has(("small", "with"))
            else at + 1
        )
        if _is_home(sentence, behind, places):
            return [at]
    for at in sentence.free(("logic", "difference")):
        beside = at - 1 if sentence.chinese else at + 1
        if at and sentence.plainly(at) in _ALONE and _is_home(sentence, beside, places):
            return [at]
    return []


_ALONE = frozenset(
    ("獨有", "独有", "獨有的", "独有的", "獨家", "獨家的", "独家", "独家的", "unique to", "exclusive to")
)


def _is_home(sentence: Sentence, index: int, places: list[Name]) -> bool:
    own = index < len(sentence.spans) and "own" in sentence.spans[index].of("small")
    return own or any(name.span == index for name in places)


def _says_own(sentence: Sentence, places: list[Name], *, behind: int, before: int) -> bool:
    """Whether what is lacked is lacked by the home, not by the others: 其他縣市有、我們沒有的."""
    return any(_is_home(sentence, index, places) for index in range(behind + 1, before))
