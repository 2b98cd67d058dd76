"""The conditions of a question on agreements and their numbers: kinds, states, times, age, anniversaries, order."""

from datetime import date

from bot.domain.dates import PartialDate
from bot.domain.dormancy import Contact
from bot.domain.partnerships import Status
from bot.domain.periods import Period
from bot.questions.conditions import Bound, Event, KindWord, Turning
from bot.questions.form import Form
from bot.questions.meeting import negation_of
from bot.questions.query import About, Asked, Per, Query, Rank, RankBy
from bot.questions.sentence import Sentence
from bot.questions.times import TimeMention, Unsure

# Kinds and states ------------------------------------------------------------------------------------------------


def read_kinds(sentence: Sentence, form: Form) -> tuple[frozenset[KindWord], frozenset[KindWord]]:
    """The kinds that are asked for by a word, and those that are left out."""
    wanted, left_out = set[KindWord](), set[KindWord]()
    for index in sentence.any_of("kind"):
        if index in sentence.used:
            continue
        keys = {KindWord(key) for key in sentence.spans[index].of("kind")}
        at = negation_of(sentence, index) if form.asked is not Asked.BOOLEAN else None
        if at is not None and form.asked is not Asked.NUMBER and _is_apposition(sentence, at, index):
            sentence.use(at)
            left_out |= keys
        else:
            wanted |= keys
        sentence.use(index)
    sentence.take(("noun", "tie"), ("noun", "act"), ("noun", "city"), ("noun", "record"))
    if wanted - {KindWord.PARTNERS}:
        wanted -= {KindWord.PARTNERS}
    return frozenset(wanted), frozenset(left_out)


def _is_apposition(sentence: Sentence, at: int, index: int) -> bool:
    """Whether "not" is said of the kind itself: "partners that are not sister cities"."""
    earlier = [i for i in (*sentence.any_of("kind"), *sentence.all(("noun", "city"))) if i < at]
    return bool(earlier)


_STATES = {
    "dormant": frozenset((Contact.DORMANT, Contact.STALE)),  # asked whether dormant, stale is yes (reading 7)
    "stale": frozenset((Contact.STALE,)),
    "cooling": frozenset((Contact.COOLING,)),
    "fresh": frozenset((Contact.FRESH,)),
    "no_record": frozenset((Contact.NO_RECORD,)),
}


def read_states(sentence: Sentence) -> tuple[frozenset[Contact], frozenset[Contact]]:
    """How quiet ties are, or are not."""
    states, without = frozenset[Contact](), frozenset[Contact]()
    for index, key in list(sentence.words("state")):
        if index in sentence.used:
            continue
        at = negation_of(sentence, index)
        if at is not None:
            sentence.use(at)
            without |= _STATES[key]
        else:
            states |= _STATES[key]
        sentence.use(index)
    if states or without:
        sentence.take(("noun", "exchange"), ("status", "active"))
    return states, without


_EVENTS = (
    Event.ENDED,
    Event.PAUSED,
    Event.RESUMED,
    Event.EXPIRES,
    Event.REVIEW,
    Event.PROPOSED,
    Event.SIGNED,
)


def read_event(sentence: Sentence) -> Event | None:
    """The day in the life of an agreement that is spoken of; ended goes before signed: "who ended what we signed"."""
    said = {key for _, key in sentence.words("event")}
    found = next((event for event in _EVENTS if event.value in said), None)
    for index in sentence.any_of("event"):
        if index not in sentence.used and (
            found is not None and found.value in sentence.spans[index].of("event")
        ):
            sentence.use(index)
    if found is not Event.SIGNED:
        sentence.take(("event", "signed"))
    return found


_STATUSES = {
    "active": frozenset((Status.ACTIVE, Status.UNKNOWN)),
    "ended": frozenset((Status.ENDED,)),
    "paused": frozenset((Status.PAUSED,)),
    "proposed": frozenset((Status.PROPOSED,)),
    "unknown": frozenset((Status.UNKNOWN,)),
}


def read_statuses(sentence: Sentence) -> frozenset[Status]:
    found = frozenset[Status]()
    for index, key in list(sentence.words("status")):
        found |= _STATUSES[key]
        sentence.use(index)
    return found


# Times -----------------------------------------------------------------------------------------------------------


def read_times(sentence: Sentence, *, ahead: bool) -> list[tuple[int, Period]]:
    """The periods of a question with their positions; `ahead` where it looks to what is yet to come.

    Those that can be read in two ways were settled before (`unsure`).
    """
    found = []
    for index, span in enumerate(sentence.spans):
        if span.time is not None and index not in sentence.used:
            coming = span.time.ahead if ahead else None
            period = Period(coming, coming) if coming is not None else span.time.period
            if period is not None:
                sentence.use(index)
                found.append((index, period))
    return found


def unsure(sentence: Sentence) -> tuple[int, tuple[PartialDate, ...]] | None:
    """The first date that can be read in two ways, and in which."""
    for index, span in enumerate(sentence.spans):
        if span.time is not None and isinstance(span.time.value, Unsure):
            return index, span.time.value.choices
    return None


def settled_time(time: TimeMention, choice: PartialDate, before: list[str]) -> TimeMention:
    """The same words, read in one way; `before` are the small words in front of them, which may open its end."""
    value: PartialDate | Period = choice
    if "since" in before or "after" in before:
        value = Period(choice, None)
    elif "before" in before:
        value = Period(None, choice)
    return TimeMention(time.start, time.end, value, time.ahead)


def both(periods: list[Period]) -> Period | None:
    """The time that lies in all of them; None where there is none. "Last year in May" is May of last year."""
    if not periods:
        return None
    firsts = [p.first for p in periods if p.first is not None]
    lasts = [p.last for p in periods if p.last is not None]
    first = max(firsts, key=lambda each: each.earliest(), default=None)
    last = min(lasts, key=lambda each: each.latest(), default=None)
    return Period(first, last)


def years_within(period: Period, today: date) -> int | None:
    """How many years a duration up to today has: "for 30 years"; None for other periods."""
    if (
        period.first is None
        or period.last is None
        or period.last.exact() != today
        or period.first.exact() is None
    ):
        return None
    years = today.year - period.first.year
    return years if years and (period.first.month, period.first.day) == (today.month, today.day) else None


# Numbers ---------------------------------------------------------------------------------------------------------


def read_turning(sentence: Sentence, form: Form) -> Turning | None:
    """Which anniversaries are spoken of; None if there are none."""
    said = sentence.free(("anniversary", "anniversary"))
    turning = sentence.free(("anniversary", "turning"))
    milestones = sentence.free(("anniversary", "milestone"))
    numbers = [
        i for i, span in enumerate(sentence.spans) if span.number is not None and i not in sentence.used
    ]
    of_years = form.about is About.ANNIVERSARIES or (numbers and (turning or form.counts_years))
    if not (of_years or said or milestones):
        return None
    sentence.used.update((*said, *turning, *milestones))
    years = None
    if numbers:
        sentence.use(numbers[0])
        number = sentence.spans[numbers[0]].number
        years = Bound(number, number)
    sentence.take(("anniversary", "years_old"))
    return Turning(years=years, milestones=bool(milestones))


def read_bound(sentence: Sentence) -> Bound | None:
    """A number that is compared with: "more than 5", 三個以上; None if there is none."""
    for index, span in enumerate(sentence.spans):
        if span.number is None or index in sentence.used:
            continue
        near = [i for i in range(index - 2, index + 4) if 0 <= i < len(sentence.spans) and i != index]
        for words, bound in _bounds(span.number):
            at = [i for i in near if sentence.spans[i].has(*words) and i not in sentence.used]
            if at:
                sentence.used.update((index, *at))
                sentence.take(("logic", "more"), ("logic", "than"), ("anniversary", "older"))
                return bound
    return None


def _bounds(number: int) -> list[tuple[tuple[tuple[str, str], ...], Bound]]:
    return [
        ((("logic", "least"),), Bound(least=number)),
        ((("logic", "most"),), Bound(most=number)),
        ((("logic", "over"), ("logic", "more"), ("anniversary", "older")), Bound(least=number + 1)),
        ((("logic", "under"), ("logic", "fewer"), ("anniversary", "younger")), Bound(most=number - 1)),
        ((("logic", "exactly"),), Bound(number, number)),
    ]


def read_rank(sentence: Sentence, form: Form) -> Rank | None:
    """What comes first, and how many of it."""
    said = [(i, key) for i, key in sentence.words("order")]
    if not said:
        return None
    keys = {key for _, key in said}
    positions = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "tenth": 10}
    position = next((positions[key] for key in keys if key in positions), None)
    if position is not None:
        by = RankBy.FIRST
    elif {"last", "nearest"} <= keys:
        by = RankBy.NEAREST if _from_somewhere(sentence) else RankBy.LAST
    else:
        by = RankBy(min(keys, key=_ORDER.index))
    sentence.used.update(i for i, _ in said)
    return Rank(by, _limit(sentence, [i for i, _ in said]), position)


def _from_somewhere(sentence: Sentence) -> bool:
    """Whether 最近 is said of the way, 離臺南最近, not of the time."""
    return any(token.text in ("离", "距") for token in sentence.tokens)


_ORDER = ("most", "fewest", "least_recent", "nearest", "farthest", "next", "last", "first")
"""Which of several words for an order counts: "the first with the most exchanges"."""


def _limit(sentence: Sentence, at: list[int]) -> int:
    """The number beside a word for an order: "the three oldest", 最近三次; 1 without."""
    for index in at:
        for near in (index - 1, index + 1):
            if 0 <= near < len(sentence.spans) and near not in sentence.used:
                number = sentence.spans[near].number
                if number:
                    sentence.use(near)
                    return number
    return 1


def per_of_rank(form: Form, query: Query) -> Per | None:
    """What is ranked by how many there are of it."""
    if form.head == "country":
        return Per.COUNTRY
    if form.asked is Asked.DATE:
        return Per.YEAR
    return Per.PARTNER if query.about is About.EXCHANGES else Per.HOME
