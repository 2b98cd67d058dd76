"""Where countries are ranked, though the cities that have the ties are named first: 德國城市和哪個國家締盟最多."""

from dataclasses import replace

from bot.questions.conditions import KindWord
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, Unit


def of_which_country(query: Query, sentence: Sentence, form: Form) -> Query:
    """The query of the country with which there is most, where it is that which the word that asks stands by."""
    ranked = query.rank is not None and query.rank.by_number
    of_homes = query.about is About.TIES and query.asked is Asked.PLACES and query.per is Per.HOME
    if not (ranked and of_homes) or query.unit is not Unit.COUNTRIES or form.asked_at is None:
        return query
    behind = sentence.after(form.asked_at)
    of_country = behind is not None and sentence.spans[behind].has(("noun", "country"))
    with_it = {"with", "and"} & sentence.small_before(form.asked_at)
    return replace(query, per=Per.COUNTRY, unit=None) if of_country and with_it else query


def has_only_that_kind(query: Query, sentence: Sentence, *, of_one: bool) -> bool:
    """Whether cities are asked for that have one kind of tie only, which no list of ties says: 哪些城市只有友好城市."""
    listed = query.asked in (Asked.PLACES, Asked.NUMBER, Asked.BOOLEAN) and query.about is About.TIES
    more = query.acts.kinds & {KindWord.FRIENDSHIP, KindWord.MOU} and query.acts.without_kinds
    one = of_one or len(query.home.places) == 1 or query.compare is not None
    return listed and bool(more) and not one and sentence.has(("logic", "only"))
