"""The question before with what a reply says in the place of what it said, condition by condition."""

from dataclasses import fields, replace

from bot.domain.periods import Period
from bot.questions.conditions import Acts, Event, Met, Turning
from bot.questions.following.chosen import without_visits
from bot.questions.following.fields import of_another_field
from bot.questions.following.places import merged_partner
from bot.questions.following.pointing_back import asks_for_several, asks_of_those, says_signed
from bot.questions.following.positions import one_earlier
from bot.questions.following.words import kept
from bot.questions.parts.sentence import Sentence
from bot.questions.query import Asked, Query, Rank, Told
from bot.questions.reading.each_home import asks_each_home


def merged(frame: Query, said: Query, sentence: Sentence, *, asks: bool) -> Query:
    """The question before with what is said now in the place of what it said, but for the time."""
    partner = merged_partner(frame.partner, said.partner, of_those=asks_of_those(sentence))
    whose = frame.home if said.home.assumed else said.home
    each = asks_each_home(replace(frame, home=whose))
    anew = said.asked is Asked.NUMBER or asks_for_several(sentence)
    before = replace(frame.acts, kinds=frozenset()) if said.told is Told.KIND else frame.acts
    rank = None if anew else frame.rank
    numbers = frame.asked is Asked.STATISTICS and said.asked is not Asked.STATISTICS
    if rank is not None and said.asked is Asked.BOOLEAN and time_said(said) is not None:
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
        rank=one_earlier(frame, sentence) or _merged_rank(rank, said.rank),
        per=said.per
        or (None if asks and numbers else frame.per),  # "what do we have with Prague?" after "by year"
        having=said.having or frame.having,
        corrected=(),
        presumed=frozenset(),
    )


def time_said(said: Query) -> Period | None:
    """The time that the sentence named, wherever it was put."""
    places = (said.acts, said.exchanges, said.met, said.unmet, said.turning, said.people)
    return next((each.within for each in places if each is not None and each.within is not None), None)


def _kept_of(frame: Query, said: Query, sentence: Sentence, *, asks: bool) -> Met:
    """What exchanges were told apart by; what was only asked of those that were held does not hold for plans."""
    if frame.asked is Asked.BOOLEAN and said.exchanges.statuses > frame.exchanges.statuses:
        return Met()
    before = of_another_field(frame.exchanges, said.exchanges, sentence)
    if not asks:
        return before
    return kept(before, said.exchanges, sentence, signed=says_signed(sentence))


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


def _merged_rank(before: Rank | None, now: Rank | None) -> Rank | None:
    """The order of before, where only a position in it is told: "and the second?"."""
    if before is not None and now is not None and now.position is not None:
        return replace(before, limit=1, position=now.position)
    return now or before
