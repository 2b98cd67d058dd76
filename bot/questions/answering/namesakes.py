"""Places that share a name, as a city does with the county around it: which is meant, and which others there are."""

from collections.abc import Sequence

from bot.domain.names import clean
from bot.domain.places import Level, Place
from bot.questions.answers import Answer, sentence
from bot.questions.conditions import PlaceRef
from bot.questions.outcomes import Ambiguous
from bot.questions.query import About, Asked
from bot.questions.text.normal import words_of
from bot.questions.vocabulary.written_names import stem

_AROUND = (Level.COUNTY, Level.PREFECTURE, Level.PROVINCE, Level.STATE)


def the_city_itself(reading: Ambiguous, labels: Sequence[Place | str]) -> int | None:
    """Which choice is of the city that is called just as was said, where the others are counties of that name.

    A yes or no is about what is named: that there is a tie with Dallas County makes Dallas no sister city.
    """
    if len(labels) != len(reading.choices) or any(not isinstance(each, Place) for each in labels):
        return None
    places = [each for each in labels if isinstance(each, Place)]
    itself = [i for i, place in enumerate(places) if _is_called(place, reading.words)]
    around = [place for i, place in enumerate(places) if i not in itself and place.level in _AROUND]
    if len(itself) != 1 or len(around) != len(places) - 1 or places[itself[0]].level in _AROUND:
        return None
    ref = reading.labels[itself[0]]
    choice = reading.choices[itself[0]]
    asks = choice.asked is Asked.BOOLEAN and choice.about is About.TIES
    return itself[0] if asks and choice.partner.places == (PlaceRef(ref.id),) else None


_LISTS = (Asked.PLACES, Asked.NUMBER, Asked.RECORDS)


def beside_those_without(found: Answer, reading: Ambiguous, without: Sequence[Place | str]) -> Answer:
    """The answer for the one home of a name that has such ties, with those of that name that have none: 嘉義縣."""
    homes = {choice.home for choice in reading.choices}
    listed = all(choice.asked in _LISTS and choice.home.is_one_place for choice in reading.choices)
    told = bool(without) and listed and len(homes) == len(reading.choices) == len(without) + 1
    return found.followed_by(sentence("namesakes_without", places=list(without))) if told else found


def share_a_name(one: Place, other: Place) -> bool:
    """Whether two places are called alike, but for what kind of place each is: Dallas and Dallas County."""
    if one.id == other.id:
        return False
    first, second = (words_of(place.name_en) for place in (one, other))
    return (stem(first) or first) == (stem(second) or second)


def _is_called(place: Place, said: str) -> bool:
    names = (place.name_en, place.name_zh)
    return any(name is not None and words_of(name) == words_of(clean(said)) for name in names)
