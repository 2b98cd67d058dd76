"""Questions that go on from the one before: "and Prague?" asks the same with another place."""

import re
from dataclasses import fields, replace
from datetime import date

from bot.domain.periods import Period
from bot.domain.places import Place
from bot.questions.asking import read_form
from bot.questions.composing import compose
from bot.questions.conditions import Acts, Event, Met, Turning
from bot.questions.each_home import asks_each_home
from bot.questions.foretelling import foretells
from bot.questions.form import Form, about_exchanges, head_of
from bot.questions.lexicon import Lexicon
from bot.questions.placing import presuming, with_time
from bot.questions.query import About, Asked, Query, Rank
from bot.questions.sense import unanswerable
from bot.questions.sentence import Sentence
from bot.questions.spans import Span


def points_back(sentence: Sentence) -> bool:
    """Whether it speaks of "them" and names nobody, nor has a noun before it that they may be."""
    at = next(iter(sentence.any_of("pointing")), None)
    if at is not None and _points_beside_the_only_name(sentence, at):
        return True
    if at is None or sentence.names or any(span.record for span in sentence.spans):
        return False
    if sentence.has(("pointing", "place")):
        return True
    return not any(head_of(sentence, i) for i in range(at))


_OF_IT = re.compile(r"[,.:;–—-] (?:and |so |but |please )?(?:is|was|does|did|has)(?:n t)? it\b")
_OF_NOTHING = frozenset(("true", "correct", "right", "possible", "known", "case", "certain", "so"))
"""Words behind an "it" that stands for what is said behind it: "is it true that…"."""
_NAMING = ("kind", "meet", "kinds", "noun", "people", "event", "time", "anniversary")


def speaks_of_it(sentence: Sentence) -> bool:
    """Whether "it" is asked about, or nothing at all, and no place is named that it may be: "is it still valid?"."""
    if sentence.names or any(span.record for span in sentence.spans):
        return False
    if sentence.chinese:  # 還有效嗎
        stands = bool(sentence.any_of("status")) and sentence.has(("ask", "whether"))
        others = any(sentence.any_of(section) for section in _NAMING)
        return stands and not others and not sentence.has(("small", "own"))
    words = f", {' '.join(token.text for token in sentence.tokens)}"
    return bool(_OF_IT.search(words)) and not _OF_NOTHING & set(words.split())


def _points_beside_the_only_name(sentence: Sentence, at: int) -> bool:
    """Whether somebody is pointed at with whom the only place that is named has to do: 科隆跟那個城市是姊妹市嗎."""
    with_it = sentence.chinese and at > 1 and "with" in sentence.spans[at - 1].of("small")
    return with_it and at - 2 in sentence.names and len(sentence.names) == 1


def goes_on(sentence: Sentence) -> bool:
    """Whether a sentence asks nothing whole by itself: it says neither what is asked nor about what."""
    if points_back(sentence) or _asks_of_one(sentence) or _asks_of_those(sentence):
        return True
    begins = any(span.of("follow") for span in sentence.spans[:2]) or _ends_with_ne(sentence)
    asks = bool(sentence.any_of("ask"))
    heads = (head_of(sentence, i) for i in range(len(sentence.spans)) if sentence.plainly(i) not in _ONE)
    subject = any(heads) or about_exchanges(sentence)
    subject = subject or bool(
        sentence.any_of("event") or sentence.any_of("state") or sentence.any_of("people")
    )
    if sentence.names and sentence.has(*_OF_AN_EXCHANGE):
        return begins  # "what was decided with Prague?"
    return not (asks and (subject or sentence.names)) if begins else not subject


_OF_AN_EXCHANGE = (("ask", "decided"), ("ask", "subject"))
"""What is asked of exchanges, though none is spoken of."""

_ONE = frozenset(("one", "ones"))
"""What is named before: "the last one"."""


def _ends_with_ne(sentence: Sentence) -> bool:
    """Whether 呢 asks for the same of something else: 友好城市呢."""
    said = [index for index, span in enumerate(sentence.spans) if not span.mark]
    return bool(said) and sentence.written(said[-1]).endswith("呢")


_WHOLE = ("kind", "anniversary", "jubilee", "per")
_WHOLE_NOUNS = (("noun", "tie"), ("noun", "act"), ("noun", "city"), ("noun", "country"), ("noun", "region"))
_OF_ONE = ("event", "status", "meet", "kinds", "mode", "people", "state")
_MANY = (("ask", "count"), ("ask", "times"), ("ask", "which"), ("ask", "list"), ("ask", "statistics"))


def _asks_of_one(sentence: Sentence) -> bool:
    """Whether it asks of a tie or its exchanges, and not with whom: "when was it signed?", 有交流過嗎."""
    if sentence.names or any(span.record for span in sentence.spans):
        return False
    if any(sentence.any_of(section) for section in _WHOLE) or sentence.has(*_WHOLE_NOUNS):
        return False
    if sentence.has(*_MANY) and any(map(_narrows, sentence.spans)):
        return False  # "how many exchanges did we hold?", "which exchanges in 2025 were virtual?"
    return sentence.has(("noun", "exchange")) or any(sentence.any_of(section) for section in _OF_ONE)


def _narrows(span: Span) -> bool:
    """Whether a part says of which of many it is asked: ours, those of a time, virtual ones."""
    return bool(span.has(("small", "own")) or span.time or span.of("mode") or span.of("topics"))


_THOSE = frozenset(("of them", "of these", "of those", "其中", "當中", "这些", "這些", "那些"))


def _asks_of_those(sentence: Sentence) -> bool:
    """Whether it is asked which of those that were told: "which of them are quiet?"."""
    if sentence.names or any(span.of("kind") for span in sentence.spans):
        return False
    return any(sentence.plainly(index) in _THOSE for index in range(len(sentence.spans)))


def follow(
    sentence: Sentence, frame: Query, lexicon: Lexicon, today: date, home: Place | None
) -> Query | None:
    """The question before, with what this sentence says put in the place of what it said."""
    asks = bool(sentence.any_of("ask")) or _asks_of_one(sentence) or _which_is(sentence)
    form = (read_form(sentence) or _whether(sentence)) if asks else _form_of(frame)
    if form is None:
        return None
    if asks and form.about is About.TIES and not (about_exchanges(sentence) or sentence.any_of("event")):
        form.about = frame.about
    said = compose(sentence, form, lexicon, today, home)
    if asks and said.about is not frame.about:
        back = points_back(sentence) or speaks_of_it(sentence)
        ours = any("own" in span.of("small") for span in sentence.spans)
        alone = ours and not back and not sentence.any_of("ask")
        whole = alone and said.about is About.EXCHANGES  # "trips abroad of our mayor"
        other = said if whole else _of_the_same_places(said, frame)
        sentence.unfit = unanswerable(other, today) or foretells(other, sentence) or _of_whom(frame)
        return other
    partner = frame.partner if said.partner.anywhere else said.partner
    whose = frame.home if said.home.assumed else said.home
    each = asks_each_home(replace(frame, home=whose))
    merged = replace(
        frame,
        asked=said.asked,
        told=said.told,
        unit=said.unit or (None if asks else frame.unit),
        home=whose,
        partner=partner,
        every=frame.every and (len(partner.places) > 1 or (each and said.asked is Asked.BOOLEAN)),
        acts=_merged_acts(frame.acts, said.acts),
        exchanges=_merged_met(frame.exchanges, said.exchanges),
        states=said.states or frame.states,
        turning=_merged_turning(frame.turning, said.turning),
        people=said.people or (None if asks else frame.people),
        compare=said.compare or frame.compare,
        rank=_merged_rank(None if said.asked is Asked.NUMBER else frame.rank, said.rank),
        per=said.per or frame.per,
        having=said.having or frame.having,
        corrected=(),
        presumed=frozenset(),
    )
    followed = with_time(merged, _period(said), today)
    of_one = asks and said.asked in (Asked.DATE, Asked.BOOLEAN, Asked.TEXT)
    sentence.unfit = (
        unanswerable(followed, today) or foretells(followed, sentence) or (of_one and _of_whom(merged))
    )
    return presuming(followed, merged.acts.event)


def _of_whom(frame: Query) -> bool:
    """Whether nobody can know of whom it is asked, as the one that was told is not named: the oldest."""
    return frame.partner.anywhere and (frame.rank is not None or bool(frame.records))


def _which_is(sentence: Sentence) -> bool:
    return sentence.plainly(0) in ("which is", "which are")


def _whether(sentence: Sentence) -> Form | None:
    """Of a state alone it is asked whether the tie is so: "quiet?"."""
    alone = sentence.any_of("state") or sentence.any_of("status")
    return Form(Asked.BOOLEAN, About.TIES) if alone else None


def _of_the_same_places(said: Query, frame: Query) -> Query:
    """Something else about the places of the question before: "how far is it?", "who signed?"."""
    return replace(
        said,
        home=frame.home if said.home.assumed else said.home,
        partner=frame.partner if said.partner.anywhere else said.partner,
        acts=replace(said.acts, kinds=frame.acts.kinds),
        exchanges=frame.exchanges if said.about is About.PEOPLE else said.exchanges,
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


def _merged_rank(before: Rank | None, now: Rank | None) -> Rank | None:
    """The order of before, where only a position in it is told: "and the second?"."""
    if before is not None and now is not None and now.position is not None:
        return replace(before, limit=1, position=now.position)
    return now or before


def _period(said: Query) -> Period | None:
    """The time that the sentence named, wherever it was put."""
    places = (said.acts, said.exchanges, said.met, said.unmet, said.turning, said.people)
    return next((each.within for each in places if each is not None and each.within is not None), None)
