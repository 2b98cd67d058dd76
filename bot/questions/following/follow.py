"""Questions that go on from the one before: "and Prague?" asks the same with another place."""

from dataclasses import fields, replace
from datetime import date

from bot.domain.exchanges import ExchangeKind
from bot.domain.periods import Period
from bot.domain.places import Place
from bot.questions.asking.forms import read_form
from bot.questions.composing.compose import compose
from bot.questions.composing.placing import presuming, with_time
from bot.questions.conditions import Acts, Event, Met, Turning
from bot.questions.following.all_told import days_of_all, how_much_was_given, since_then
from bot.questions.following.chosen import (
    of_all_of_them,
    of_that_kind,
    only_of_those,
    take_only,
    with_whom,
    without_those,
    without_visits,
)
from bot.questions.following.compared import compared_with, which_has_more
from bot.questions.following.fields import of_another_field
from bot.questions.following.in_common import in_common_of_others
from bot.questions.following.measuring import nearest_of_all
from bot.questions.following.others import asks_for_the_others, is_of_that_year
from bot.questions.following.places import at_home, merged_partner, of_others
from bot.questions.following.pointing_back import (
    asks_for_several,
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
from bot.questions.following.positions import further_along
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
    kept,
    weighed_with,
    without_begun,
)
from bot.questions.frame import Frame
from bot.questions.parts.form import Form, about_exchanges, names_partners
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query, Rank, RankBy, Told, Unit
from bot.questions.reading.each_home import asks_each_home
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
    if points_after(sentence):
        since = since_told(sentence, before)
        if since is None:
            sentence.unfit = True
            return None
        whether = asks_yes_or_no(sentence) and said.asked is Asked.DATE
        said = with_time(replace(said, asked=Asked.BOOLEAN) if whether else said, since, today)
    if asks and (all_days := days_of_all(said, before, sentence)) is not None:
        sentence.unfit = False
        return all_days
    before = of_others(said, before)
    frame = before.of_one if asks and _asks_of_the_one(said, sentence, before.query) else before.query
    if asks and said.about is not frame.about:
        other = since_then(_of_something_else(said, frame, sentence, today), before, sentence)
        sentence.unfit = sentence.unfit or other is None
        return other
    merged = _merged(frame, said, sentence, asks=asks)
    followed = all_their_days(with_time(merged, _period(said), today), before.query, sentence)
    followed = how_much_was_given(followed, sentence)
    if narrows:
        followed = of_all_of_them(followed, sentence)
    of_one = asks and said.asked in (Asked.DATE, Asked.BOOLEAN, Asked.TEXT)
    sentence.unfit = (
        unanswerable(followed, today)
        or foretells(followed, sentence)
        or (of_one and _of_whom(merged))
        or is_narrower(followed, sentence)
        or _is_of_it(sentence, followed)
        or (followed.about is About.PLACES and followed.told is None and followed.rank is None)
        or (not asks and asks_yes_or_no(sentence) and frame.asked is not Asked.BOOLEAN)
        or (not asks and (followed == frame or _orders_nothing(frame, said)))
        or _is_of_which(followed, said, sentence)
        or says_too_little(followed, said, sentence, home, asks=asks)
        or (not asks and is_of_another_day(said, before))
    )
    return presuming(followed, merged.acts.event)


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
        or (asks_what_was_before(sentence) and _one_earlier(before, sentence) is None)
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
    return of_ties and not named and (is_said_of_one(sentence) or speaks_of_it(sentence))


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


def _merged(frame: Query, said: Query, sentence: Sentence, *, asks: bool) -> Query:
    """The question before with what is said now in the place of what it said, but for the time."""
    partner = merged_partner(frame.partner, said.partner, of_those=asks_of_those(sentence))
    whose = frame.home if said.home.assumed else said.home
    each = asks_each_home(replace(frame, home=whose))
    anew = said.asked is Asked.NUMBER or asks_for_several(sentence)
    before = replace(frame.acts, kinds=frozenset()) if said.told is Told.KIND else frame.acts
    rank = None if anew else frame.rank
    numbers = frame.asked is Asked.STATISTICS and said.asked is not Asked.STATISTICS
    if rank is not None and said.asked is Asked.BOOLEAN and _period(said) is not None:
        rank = replace(rank, position=None)  # 今年有嗎, after the last but one
    return replace(
        frame,
        asked=said.asked,
        told=said.told,
        unit=said.unit or (None if asks else frame.unit),
        home=whose,
        partner=partner,
        every=frame.every and (len(partner.places) > 1 or (each and said.asked is Asked.BOOLEAN)),
        acts=_merged_acts(before, said.acts),
        exchanges=_merged_met(
            without_visits(_kept_of(frame, said, sentence, asks=asks), said.exchanges), said.exchanges
        ),
        states=said.states or frame.states,
        turning=_merged_turning(frame.turning, said.turning),
        people=said.people or (None if asks else frame.people),
        compare=said.compare or frame.compare,
        rank=_one_earlier(frame, sentence) or _merged_rank(rank, said.rank),
        per=said.per
        or (None if asks and numbers else frame.per),  # "what do we have with Prague?" after "by year"
        having=said.having or frame.having,
        corrected=(),
        presumed=frozenset(),
    )


def _kept_of(frame: Query, said: Query, sentence: Sentence, *, asks: bool) -> Met:
    """What exchanges were told apart by; what was only asked of those that were held does not hold for plans."""
    if frame.asked is Asked.BOOLEAN and said.exchanges.statuses > frame.exchanges.statuses:
        return Met()
    before = of_another_field(frame.exchanges, said.exchanges, sentence)
    if not asks:
        return before
    return kept(before, said.exchanges, sentence, signed=says_signed(sentence))


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


def _merged_acts(before: Acts, now: Acts) -> Acts:
    """The conditions of before, with those that are said now in their place; times apart."""
    said = {f.name: getattr(now, f.name) for f in fields(Acts) if f.name != "within"}
    if now.statuses or now.event is not Event.SIGNED:
        before = replace(before, statuses=frozenset(), any_status=False, event=Event.SIGNED)
    return replace(before, **{name: value for name, value in said.items() if value != getattr(Acts(), name)})


def _merged_met(before: Met, now: Met) -> Met:
    said = {f.name: getattr(now, f.name) for f in fields(Met) if f.name != "within"}
    return replace(before, **{name: value for name, value in said.items() if value != getattr(Met(), name)})


def _merged_turning(before: Turning | None, now: Turning | None) -> Turning | None:
    if before is None or now is None:
        return now or before
    years = now.years or before.years
    return Turning(years=years, milestones=now.milestones or before.milestones, within=before.within)


def _one_earlier(frame: Query, sentence: Sentence) -> Rank | None:
    """The one before the last, where that was told: "and before that?"."""
    last = frame.rank is not None and frame.rank.by is RankBy.LAST and frame.rank.limit == 1
    if frame.rank is None or not last or not asks_what_was_before(sentence):
        return None
    sentence.used.update(range(len(sentence.spans)))
    return replace(frame.rank, position=(frame.rank.position or 1) + 1)


def _merged_rank(before: Rank | None, now: Rank | None) -> Rank | None:
    """The order of before, where only a position in it is told: "and the second?"."""
    if before is not None and now is not None and now.position is not None:
        return replace(before, limit=1, position=now.position)
    return now or before


def _period(said: Query) -> Period | None:
    """The time that the sentence named, wherever it was put."""
    places = (said.acts, said.exchanges, said.met, said.unmet, said.turning, said.people)
    return next((each.within for each in places if each is not None and each.within is not None), None)
