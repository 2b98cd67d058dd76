"""Questions that go on from the one before: "and Prague?" asks the same with another place."""

from dataclasses import replace
from datetime import date

from bot.domain.exchanges import ExchangeKind
from bot.domain.places import Place
from bot.questions.asking.forms import read_form
from bot.questions.composing.compose import compose
from bot.questions.composing.placing import presuming, with_time
from bot.questions.conditions import Acts
from bot.questions.context.dropped import of_each_state
from bot.questions.following.all_told import days_of_all, how_much_was_given, since_then
from bot.questions.following.chosen import (
    of_all_of_them,
    of_that_kind,
    only_of_those,
    take_only,
    with_whom,
    without_those,
)
from bot.questions.following.compared import compared_with, which_has_more
from bot.questions.following.in_common import in_common_of_others
from bot.questions.following.measuring import nearest_of_all
from bot.questions.following.merging import merged, time_said
from bot.questions.following.others import asks_for_the_others, is_of_that_year
from bot.questions.following.places import at_home, merged_partner, of_others
from bot.questions.following.pointing_back import (
    asks_of_one,
    asks_of_those,
    asks_what_was_before,
    is_said_of_one,
    only_narrows,
    points_back,
    points_to_a_signing,
    says_signed,
    speaks_of_it,
)
from bot.questions.following.positions import further_along, one_earlier
from bot.questions.following.signed import agreements_with, who_signed_then
from bot.questions.following.signings import of_the_signings
from bot.questions.following.since_told import is_of_another_day, points_after, since_told
from bot.questions.following.too_little import says_too_little
from bot.questions.following.words import (
    all_their_days,
    asks_for_the_host,
    asks_why_not,
    asks_yes_or_no,
    began,
    weighed_with,
    without_begun,
)
from bot.questions.frame import Frame
from bot.questions.parts.form import Form, about_exchanges, names_partners
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query, Told, Unit
from bot.questions.vocabulary.lexicon import Lexicon
from bot.questions.wording.foretelling import foretells
from bot.questions.wording.narrow import is_narrower
from bot.questions.wording.sense import unanswerable


def follow(
    sentence: Sentence,
    before: Frame,
    lexicon: Lexicon,
    today: date,
    home: Place | None,
    *,
    whole: bool = False,
) -> Query | None:
    """The question before, with what this sentence says put in the place of what it said.

    `whole` where it says all of what is asked, and lacks only of whom.
    """
    if (another := _another_question(sentence, before, lexicon)) is not None or sentence.unfit:
        sentence.unfit = sentence.unfit or (another is not None and unanswerable(another, today))
        return another
    narrows = only_of_those(sentence, before) or only_narrows(sentence)
    if narrows:
        take_only(sentence)
    if _asks_what_none_tells(sentence, before.query):
        sentence.unfit = True
        return None
    if asks_why_not(sentence):
        sentence.used.update(sentence.all(("logic", "not")))
    if began(sentence, before.query):
        without_begun(sentence)
    asks = whole or bool(sentence.any_of("ask")) or asks_of_one(sentence) or _which_is(sentence)
    asks = asks or speaks_of_it(sentence)
    form = _asked_in(sentence, before.query) if asks else _form_of(before.query)
    if form is None:
        return None
    said = at_home(compose(sentence, form, lexicon, today, home), sentence, before.query, lexicon, home)
    if said is None:
        sentence.unfit = True
        return None
    said = of_that_kind(said, sentence) if narrows else said
    composed, sentence.unfit = sentence.unfit, False
    if (nearest := nearest_of_all(said, before, sentence)) is not None or sentence.unfit:
        return nearest
    sentence.unfit = composed
    since = since_told(sentence, before)
    if since is None and points_after(sentence):
        sentence.unfit = True
        return None
    if since is not None:
        whether = asks_yes_or_no(sentence) and said.asked is Asked.DATE
        said = with_time(replace(said, asked=Asked.BOOLEAN) if whether else said, since, today)
    if asks and (all_days := days_of_all(said, before, sentence)) is not None:
        sentence.unfit = False
        return all_days
    return _put_into(before, said, sentence, today, home, asks=asks, narrows=narrows)


def _put_into(
    before: Frame,
    said: Query,
    sentence: Sentence,
    today: date,
    home: Place | None,
    *,
    asks: bool,
    narrows: bool,
) -> Query | None:
    """The question before with what is said in its place; None, or the sentence unfit, where that makes no question."""
    before = of_others(said, before)
    frame = before.of_one if asks and _asks_of_the_one(said, sentence, before.query) else before.query
    if asks and said.about is not frame.about:
        other = since_then(_of_something_else(said, frame, sentence, today), before, sentence)
        sentence.unfit = sentence.unfit or other is None
        return other
    put = merged(frame, said, sentence, asks=asks)
    followed = all_their_days(with_time(put, time_said(said), today), before.query, sentence)
    followed = how_much_was_given(followed, sentence)
    if narrows:
        followed = of_all_of_them(followed, sentence)
    of_one = asks and said.asked in (Asked.DATE, Asked.BOOLEAN, Asked.TEXT)
    sentence.unfit = (
        unanswerable(followed, today)
        or foretells(followed, sentence)
        or (of_one and _of_whom(put))
        or _changes_nothing(followed, said, frame, sentence, asks=asks)
        or is_narrower(followed, sentence)
        or _is_of_it(sentence, followed)
        or (followed.about is About.PLACES and followed.told is None and followed.rank is None)
        or _is_of_which(followed, said, sentence)
        or says_too_little(followed, said, sentence, home, asks=asks)
        or (not asks and is_of_another_day(said, before))
    )
    if followed.partner == before.query.partner:
        followed = of_each_state(followed, before.query)
    return presuming(followed, put.acts.event)


def _changes_nothing(followed: Query, said: Query, frame: Query, sentence: Sentence, *, asks: bool) -> bool:
    """Whether a reply that asks nothing itself would leave all as it was, or make no yes or no of it."""
    if asks:
        return False
    whether = asks_yes_or_no(sentence) and frame.asked is not Asked.BOOLEAN
    return whether or followed == frame or _orders_nothing(frame, said)


def _another_question(sentence: Sentence, before: Frame, lexicon: Lexicon) -> Query | None:
    """What is asked of what was told, where the sentence is one of those that say how in a few words of their own.

    None, and the sentence unfit, where it is one of them and does not fit what was told.
    """
    weighed = weighed_with(sentence, before.query)
    if weighed is not None or sentence.unfit:
        return weighed
    shared = in_common_of_others(sentence, before, lexicon) or compared_with(sentence, before, lexicon)
    if shared is not None or sentence.unfit:
        return shared
    return (
        which_has_more(sentence, before)
        or of_the_signings(sentence, before)
        or with_whom(sentence, before)
        or without_those(sentence, before)
        or agreements_with(sentence, before)
        or who_signed_then(sentence, before)
        or further_along(before.query, sentence)
    )


def _asks_what_none_tells(sentence: Sentence, before: Query) -> bool:
    """Whether it asks what neither it nor the question before tells apart: the host, the others, the year of that."""
    return (
        asks_for_the_host(sentence)
        or asks_for_the_others(sentence)
        or is_of_that_year(sentence, before)
        or (asks_what_was_before(sentence) and one_earlier(before, sentence) is None)
    )


def _asked_in(sentence: Sentence, before: Query) -> Form | None:
    """What the sentence itself asks; of what was spoken of before, where it names neither ties nor exchanges."""
    form = read_form(sentence) or _whether(sentence)
    if form is None or form.about is not About.TIES or before.about is About.PLACES:
        return form  # "Where is Boston?" "What do we have with it?"
    of_ties = names_partners(sentence) or form.told is Told.KIND or form.unit is Unit.YEARS
    if not (of_ties or says_signed(sentence) or about_exchanges(sentence) or sentence.any_of("event")):
        form.about = before.about
    return form


def _of_something_else(said: Query, frame: Query, sentence: Sentence, today: date) -> Query:
    """Exchanges asked for after ties, and the other way round."""
    back = points_back(sentence) or speaks_of_it(sentence)
    ours = sentence.has(("small", "own"))
    alone = ours and not back and not sentence.any_of("ask")
    whole = alone and said.about is About.EXCHANGES  # "trips abroad of our mayor"
    other = said if whole else _of_the_same_places(said, frame, sentence)
    sentence.unfit = (
        unanswerable(other, today)
        or foretells(other, sentence)
        or _of_whom(frame)
        or _is_of_it(sentence, other)
        or (not whole and said.partner.anywhere and _was_narrowed(frame))
    )
    return other


def _is_of_it(sentence: Sentence, followed: Query) -> bool:
    """Whether the tie with one place is asked about, and there are several it may be: "is it a sister city?"."""
    of_ties = followed.about is About.TIES and followed.asked in (Asked.DATE, Asked.BOOLEAN, Asked.TEXT)
    named = len(followed.partner.places) == 1 or followed.rank is not None
    they = (
        followed.asked is Asked.BOOLEAN and bool(sentence.any_of("status")) and _speaks_of_several(sentence)
    )
    return of_ties and not (named or they) and (is_said_of_one(sentence) or speaks_of_it(sentence))


def _speaks_of_several(sentence: Sentence) -> bool:
    """Whether those are spoken of that were listed, as they may be by nobody at all in Chinese: 還有效嗎."""
    return sentence.chinese or bool({"they", "those", "these"} & {token.text for token in sentence.tokens})


def _asks_of_the_one(said: Query, sentence: Sentence, before: Query) -> bool:
    """Whether a question is of the one that was told, and does not choose from those that the one before was of."""
    listed = said.asked in (Asked.PLACES, Asked.NUMBER, Asked.STATISTICS, Asked.RECORDS)
    same = said.about is before.about and before.rank is None
    chooses = listed and (said.about is About.TIES or same)
    of_age = said.unit in (Unit.YEARS, Unit.DAYS_SINCE)
    return (not chooses or of_age) and not asks_of_those(sentence)


def _was_narrowed(frame: Query) -> bool:
    """Whether ties were told apart by what exchanges are not: those since 2020, those that are quiet."""
    narrowed = frame.acts != Acts(kinds=frame.acts.kinds, without_kinds=frame.acts.without_kinds)
    others = frame.states or frame.without_states or frame.met or frame.unmet or frame.turning
    return frame.about is About.TIES and not frame.partner.places and (narrowed or bool(others))


def _orders_nothing(frame: Query, said: Query) -> bool:
    """Whether the second is wanted of what has no order: "is it a sister city?", "and the second?"."""
    return (
        said.rank is not None
        and said.rank.position is not None
        and frame.rank is None
        and frame.asked not in (Asked.PLACES, Asked.RECORDS)
    )


def _is_of_which(followed: Query, said: Query, sentence: Sentence) -> bool:
    """Whether one of several exchanges is asked of that were told, and nothing says of which: "who led it?"."""
    of_one = said.told in (Told.PERSON, Told.SUBJECT, Told.DECISIONS) and followed.about is About.EXCHANGES
    it = any(sentence.tokens[i].text in ("it", "that") for i in range(len(sentence.tokens)))
    return of_one and it and followed.rank is None


def _of_whom(frame: Query) -> bool:
    """Whether nobody can know of whom it is asked, as the one that was told is not named: the oldest."""
    return frame.partner.anywhere and (frame.rank is not None or bool(frame.records))


def _which_is(sentence: Sentence) -> bool:
    return sentence.plainly(0) in ("which is", "which are")


def _whether(sentence: Sentence) -> Form | None:
    """Of a state alone it is asked whether the tie is so: "quiet?"."""
    alone = sentence.any_of("state") or sentence.any_of("status")
    return Form(Asked.BOOLEAN, About.TIES) if alone else None


def _of_the_same_places(said: Query, frame: Query, sentence: Sentence) -> Query:
    """Something else about the places of the question before: "how far is it?", "who signed?"."""
    partner = merged_partner(frame.partner, said.partner, of_those=asks_of_those(sentence))
    alone = len(partner.places) == 1 and said.about is About.EXCHANGES  # whatever tie there is with it
    kinds = said.acts.kinds or (frozenset() if alone else frame.acts.kinds)
    exchanges = frame.exchanges if said.about is About.PEOPLE else said.exchanges
    if points_to_a_signing(sentence, frame):
        exchanges = replace(exchanges, kinds=frozenset({ExchangeKind.SIGNING}), statuses=frozenset())
    lies = said.told is Told.SITUATION  # where a place lies is of nobody
    return replace(
        said,
        home=frame.home if said.home.assumed and not lies else said.home,
        partner=partner,
        acts=replace(said.acts, kinds=kinds),
        exchanges=exchanges,
    )


def _form_of(frame: Query) -> Form:
    return Form(
        frame.asked,
        frame.about,
        frame.told,
        frame.unit,
        frame.per,
        frame.people.role if frame.people else None,
        counts_years=frame.turning is not None,
    )
