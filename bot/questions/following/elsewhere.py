"""Whether others have what was told, too: "do other cities have any there?", 其他縣市在那裡也有嗎, 高雄也有嗎."""

import re
from dataclasses import replace

from bot.questions.conditions import Acts, PlaceRef, Where
from bot.questions.following.words import only_names_places
from bot.questions.frame import Frame
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import About, Asked, Query, Told
from bot.questions.vocabulary.lexicon import Lexicon

_CITIES = r"(?:cities|municipalities|counties|towns|places|offices|cities and counties)"
_TIES = r"(?:any|one|partners?|ties|twins?|sister cit(?:y|ies)|friendship cit(?:y|ies)|it|them)"
_OTHERS = re.compile(
    rf"^(?:and )?(?:do|does|have|has) (?:any |some )?(?:of the )?other (?:\w+ )?{_CITIES}"
    rf"(?: (?:have|got))?(?: {_TIES})?(?: there)?(?: (?:too|as well|also))?$"
    rf"|^(?:and )?which other (?:\w+ )?{_CITIES} (?:have|has) {_TIES}(?: there)?(?: (?:too|as well))?$"
    rf"|^(?:and )?(?:what about |how about )?(?:the )?other (?:\w+ )?{_CITIES}$"
    "|^那?(?:在?那[里边儿]|在?当地)?(?:有没有|还有|有|还有哪些|有哪些)?(?:其他|其它|别的|别|另外的)(?:县市|城市|直辖市|地方政府|机关)"
    "(?:在?那[里边儿]|在?当地)?(?:也有?|有没有|是否)?(?:有|跟他们有|跟它有)?(?:签|缔盟|结盟)?"
    "(?:姊妹市|姐妹市|友好城市|伙伴)?(?:吗|呢)?$"
    "|^那?还有(?:哪些|哪个|别的|其他)(?:县市|城市)(?:在那[里边儿])?(?:也)?(?:有|跟它缔盟|跟他们缔盟)(?:吗|呢)?$"
)
_TOO = re.compile(r"\b(?:too|as well|also|either)\b|也")


def of_the_others(sentence: Sentence, frame: Frame, lexicon: Lexicon) -> Query | None:
    """The ties of the others in the country with what was spoken of; None, and unfit, where that is of nobody."""
    words = [token.text for token in sentence.tokens if token.text.isalnum()]
    if _OTHERS.match(("" if sentence.chinese else " ").join(words)) is None:
        return None
    query, home = frame.query, _home_of(frame, lexicon)
    with_whom = _partner_of(frame, lexicon)
    others = any(name.where.countries != tuple(sorted(lexicon.home_countries)) for name in _names(sentence))
    if home is None or with_whom is None or others or not lexicon.home_countries:
        sentence.unfit = True
        return None
    sentence.used.update(range(len(sentence.spans)))
    there = Where(countries=tuple(sorted(lexicon.home_countries)), without=home)
    acts = Acts(kinds=query.acts.kinds)
    if with_whom.is_one_place:
        return Query(asked=Asked.PLACES, home=with_whom, partner=there, acts=acts)
    return Query(asked=Asked.PLACES, home=there, partner=with_whom, acts=acts)


def has_it_too(sentence: Sentence, frame: Frame, lexicon: Lexicon) -> Query | None:
    """Whether another place of the country has a tie with what was spoken of: "does Kaohsiung have it, too?"."""
    names = _names(sentence)
    if len(names) != 1 or not only_names_places(sentence, _LIGHT) or _TOO.search(sentence.plain) is None:
        return None
    named = names[0].where
    ours = {place.country for place in named.places} <= lexicon.home_countries
    with_whom = _partner_of(frame, lexicon)
    if not named.is_one_place or not ours or with_whom is None or _home_of(frame, lexicon) is None:
        return None
    sentence.used.update(range(len(sentence.spans)))
    acts = Acts(kinds=frame.query.acts.kinds)
    return Query(asked=Asked.BOOLEAN, home=named, partner=with_whom, acts=acts)


_LIGHT = (
    ("ask", "whether"),
    ("small", "does"),
    ("pointing", "words"),
    ("pointing", "place"),
    ("logic", "common"),
)


def _names(sentence: Sentence) -> list[Name]:
    return list(sentence.names.values())


def _is_abroad(places: tuple[PlaceRef, ...], lexicon: Lexicon) -> bool:
    return bool(places) and all(place.country not in lexicon.home_countries for place in places)


def _turned(query: Query, lexicon: Lexicon) -> bool:
    """Whether the question before was of the partner itself: 跟亞特蘭大的關係."""
    return query.home.is_one_place and _is_abroad(query.home.places, lexicon) and not query.partner.places


def _partner_of(frame: Frame, lexicon: Lexicon) -> Where | None:
    """With whom the ties are that were spoken of: one place abroad, or one part of the world."""
    query = frame.query
    if query.about is not About.TIES or query.told in (Told.DISTANCE, Told.TIME_DIFFERENCE):
        return None
    if _turned(query, lexicon):
        return Where(places=(replace(query.home.places[0], said="", corrected=False),))
    place = frame.place
    if place is not None and _is_abroad((place,), lexicon):
        return Where(places=(replace(place, said="", corrected=False),))
    there = query.partner
    alone = there.countries or there.regions or there.areas
    return replace(there, without=None) if alone and not (there.places or there.groups) else None


def _home_of(frame: Frame, lexicon: Lexicon) -> Where | None:
    """Whose tie was spoken of."""
    query = frame.query
    if _turned(query, lexicon):
        return Where(places=(frame.told,)) if frame.told is not None else query.partner.without or Where()
    one = query.home.own or query.home.assumed or query.home.is_one_place
    return replace(query.home, assumed=False) if one else None
