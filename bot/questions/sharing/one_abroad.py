"""Which of several of ours was first with one place abroad: 宮崎縣跟我們、臺中、新竹縣都有簽，誰最早."""

from bot.domain.places import Place
from bot.questions.conditions import Where
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import About, Asked
from bot.questions.reading.naming import ref
from bot.questions.sharing.whose import Roles
from bot.questions.vocabulary.lexicon import Lexicon

_IN_TIME = (("order", "first"), ("order", "last"))
_ALL = (("logic", "common"), ("logic", "each"))


def of_the_one_abroad(
    sentence: Sentence, form: Form, names: list[Name], lexicon: Lexicon, home: Place | None, *, own: bool
) -> Roles | None:
    """The ties of the one place abroad, which is named first, with those of ours; None where no such thing is asked."""
    if form.asked is not Asked.PLACES or form.about is not About.TIES or not sentence.has(*_IN_TIME):
        return None
    if len(names) < _TWO or not all(name.is_place and len(name.where.places) == 1 for name in names):
        return None
    places = [name.where.places[0] for name in names]
    ours = [place.country in lexicon.home_countries for place in places]
    partners = places[1:] + ([ref(home)] if own and home is not None else [])
    if ours[0] or not all(ours[1:]) or len(partners) < _TWO or (own and home is None):
        return None
    sentence.take(*_ALL)
    return Roles(names[0].where, Where(places=tuple(dict.fromkeys(partners))))


_TWO = 2
