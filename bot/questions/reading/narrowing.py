"""The conditions of a question on agreements and their numbers: kinds, states, times, age, anniversaries, order."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.dates import PartialDate
from bot.domain.dormancy import QUIET, Contact
from bot.domain.partnerships import Status
from bot.domain.periods import Period
from bot.questions.conditions import Event, KindWord
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Sentence
from bot.questions.parts.spans import is_passed
from bot.questions.query import Asked
from bot.questions.reading.excluding import is_behind
from bot.questions.reading.meeting import negation_of
from bot.questions.times.periods import TimeMention, Unsure

# Kinds and states ------------------------------------------------------------------------------------------------


def read_kinds(sentence: Sentence, form: Form) -> tuple[frozenset[KindWord], frozenset[KindWord]]:
    """The kinds that are asked for by a word, and those that are left out: "partners that are not sister cities"."""
    wanted, left_out, added = set[KindWord](), set[KindWord](), set[KindWord]()
    for index in sentence.any_of("kind"):
        if index in sentence.used:
            continue
        keys = {KindWord(key) for key in sentence.spans[index].of("kind")}
        outside = _left_out(sentence, index)
        at = negation_of(sentence, index)
        if outside is not None:
            sentence.use(outside)
            left_out |= keys
        elif (
            at is not None
            and form.asked is not Asked.BOOLEAN
            and (_of_what_it_is(sentence, at, index) or (at and sentence.spans[at - 1].mark))
        ):
            sentence.use(at)
            left_out |= keys
        elif sentence.spans[index].has(("logic", "added")):
            added |= keys
        else:
            wanted |= keys
            if form.asked in (Asked.PLACES, Asked.NUMBER) and (only := _only_at(sentence, index)) is not None:
                sentence.use(only)
                left_out |= {more for key in keys for more in _MORE_THAN.get(key, ())}
        sentence.use(index)
    if (wanted and _or_any_act(sentence)) or (wanted == {KindWord.PARTNERS} and _act_with_partner(sentence)):
        wanted = {KindWord.ALL}
    sentence.take(("noun", "tie"), ("noun", "act"), ("noun", "city"), ("noun", "record"))
    if wanted - {KindWord.PARTNERS}:
        wanted -= {KindWord.PARTNERS}
    if added:
        wanted = (wanted or {KindWord.PARTNERS}) | added
    return frozenset(wanted), frozenset(left_out)


_MORE_THAN = {
    KindWord.FRIENDSHIP: (KindWord.SISTER,),
    **dict.fromkeys(
        (KindWord.MOU, KindWord.PROJECT, KindWord.CONTACT), (KindWord.SISTER, KindWord.FRIENDSHIP)
    ),
}
"""The kinds that are more than one of which somebody has "only" that."""


def _only_at(sentence: Sentence, index: int) -> int | None:
    """Where it is said of a kind that there is no more: "only a memorandum", "by memorandum only", 只簽了備忘錄."""
    before, behind = index - 1, index + 1
    while before >= 0 and (
        is_passed(sentence.spans[before]) or sentence.spans[before].has(("event", "signed"))
    ):
        before -= 1
    ends = (before,) if sentence.chinese else (before, behind)  # 夥伴只交流過一次
    found = (at for at in ends if 0 <= at < len(sentence.spans))
    return next((at for at in found if sentence.spans[at].has(("logic", "only"))), None)


def _act_with_partner(sentence: Sentence) -> bool:
    """Whether a partner is only with whom an agreement is, of whichever kind: "the last agreement with a partner"."""
    if sentence.chinese or not sentence.has(("noun", "act")):
        return False
    partners = sentence.all(("kind", "partners"))
    named = [i - 1 if i - 1 in sentence.names else i for i in partners]  # "with a Japanese partner"
    return bool(partners) and all("with" in sentence.small_before(i) for i in named)


def _or_any_act(sentence: Sentence) -> bool:
    """Whether any agreement will do beside the kind that is named: 友好或合作協定."""
    found = [
        i
        for i in sentence.free(("logic", "or"))
        if 0 < i < len(sentence.spans) - 1
        and sentence.spans[i - 1].of("kind")
        and sentence.spans[i + 1].has(("noun", "act"))
        and not sentence.spans[i + 1].of("kind")
    ]
    sentence.used.update(found)
    return bool(found)


def _left_out(sentence: Sentence, index: int) -> int | None:
    """Where a kind is left out: 不含 before 備忘錄, "excluded" behind "memoranda"; None where it is not."""
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(sentence.spans) and _is_passed(sentence, at):
            at += step
        excepts = 0 <= at < len(sentence.spans) and sentence.spans[at].has(("logic", "except"))
        if excepts and at not in sentence.used and (step < 0 or is_behind(sentence.plainly(at))):
            return at
    return None


def _is_passed(sentence: Sentence, index: int) -> bool:
    span = sentence.spans[index]
    return (
        not span.mark and set(span.of("logic")) <= {"common"} and bool(span.of("filler") or span.of("small"))
    )


_IS = frozenset(("are", "is", "aren", "isn", "是", "非", "不是", "并非"))


def _of_what_it_is(sentence: Sentence, at: int, index: int) -> bool:
    """Whether a negation says what something is not, rather than what there is none of."""
    if sentence.chinese and any(n in sentence.names and sentence.names[n].is_place for n in range(at, index)):
        return False  # 不是釜山的友好城市: another's, or another one
    near = [n for n in range(max(0, at - 1), index) if sentence.spans[n].mention is None]
    words = {sentence.tokens[i].text for n in near for i in _tokens(sentence, n)}
    return bool(words & _IS) and "without" not in words


def _tokens(sentence: Sentence, index: int) -> range:
    return range(sentence.spans[index].start, sentence.spans[index].end)


_STATES = {
    "dormant": frozenset((Contact.DORMANT, Contact.STALE)),  # asked whether dormant, stale is yes (reading 7)
    "stale": frozenset((Contact.STALE,)),
    "cooling": frozenset((Contact.COOLING,)),
    "overdue": QUIET,
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
        said = sentence.free(("noun", "exchange"), ("status", "active"))
        sentence.used.update(i for i in said if negation_of(sentence, i) is None)
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
    """The day in the life of an agreement that is spoken of; ended goes before signed: "who ended what we signed".

    A word that says what an agreement is now, too (`read_statuses`), is left to be read as that as well.
    """
    said = {key for _, key in sentence.words("event")}
    said |= {Event.ENDED.value} if sentence.has(("people", "ended_by")) else set()
    found = next((event for event in _EVENTS if event.value in said), None)
    for index in sentence.any_of("event"):
        span = sentence.spans[index]
        if found is not None and found.value in span.of("event") and not span.of("status"):
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
    """How ties stand; "active" takes in those that nobody has confirmed, unless that is asked for."""
    found = frozenset((Status.ACTIVE,)) if sentence.take(("noun", "confirmed")) else frozenset[Status]()
    for index in sentence.any_of("status"):
        span = sentence.spans[index]
        if index not in sentence.used or span.has(("ask", "whether")):  # 有效嗎
            found = found.union(*(_STATUSES[key] for key in span.of("status")))
            sentence.use(index)
    return found


# Times -----------------------------------------------------------------------------------------------------------


def read_times(sentence: Sentence, *, ahead: bool) -> dict[int, Period]:
    """The times that a question names, by position; `ahead` where it looks to what is to come.

    Dates that can be read in two ways were settled before (`unsure`).
    """
    found: dict[int, Period] = {}
    for index, span in enumerate(sentence.spans):
        if span.time is not None and index not in sentence.used:
            coming = span.time.ahead if ahead else None
            period = Period(coming, coming) if coming is not None else span.time.period
            if period is not None:
                found[index] = period
    return found


def use_together(sentence: Sentence, times: dict[int, Period], *, apart: bool) -> Period | None:
    """What times together say; used by this, where they go together. `apart` where the question tells them apart."""
    whole = joined_periods(list(times.values()), apart=apart) if times else None
    if whole is not None:
        sentence.used.update(times)
    return whole


def times_of_signing(sentence: Sentence, times: dict[int, Period]) -> dict[int, Period]:
    """Of several times those of signings, not of meetings: each goes with the word that is nearer."""
    signed = sentence.any_of("event")
    met = [*sentence.any_of("meet"), *sentence.any_of("kinds"), *sentence.all(("noun", "exchange"))]
    if not signed or not met:
        return {}
    return {
        index: period
        for index, period in times.items()
        if not _is_of_silence(sentence, index)
        and min(_distance(sentence, index, i) for i in signed)
        < min(_distance(sentence, index, i) for i in met)
    }


def _is_of_silence(sentence: Sentence, index: int) -> bool:
    """Whether a time says for how long there was nothing: 超過十年沒互動."""
    behind = sentence.after(index)
    return behind == index + 1 and sentence.spans[behind].has(("logic", "not"), ("logic", "without"))


def _distance(sentence: Sentence, time: int, word: int) -> tuple[int, bool]:
    """How far a time is from a word; of two as far, that before it counts in English, that behind it in Chinese."""
    return abs(time - word), (word > time) is not sentence.chinese


def unsure(sentence: Sentence) -> tuple[int, tuple[PartialDate, ...]] | None:
    """The first date that can be read in two ways, and in which."""
    for index, span in enumerate(sentence.spans):
        if span.time is not None and isinstance(span.time.value, Unsure):
            return index, span.time.value.choices
    return None


def settled_time(time: TimeMention, choice: PartialDate, before: Sequence[str]) -> TimeMention:
    """The same words, read in one way; `before` are the small words in front of them, which may open its end."""
    value: PartialDate | Period = choice
    if "since" in before or "after" in before:
        value = Period(choice, None)
    elif "before" in before:
        value = Period(None, choice)
    return TimeMention(time.start, time.end, value, time.ahead)


def joined_periods(periods: list[Period], *, apart: bool) -> Period | None:
    """What several times together say: "last year in May" is May of last year, "2023 and 2024" is two years.

    None where they are neither within each other nor side by side; `apart` takes all from the first to the last, for
    questions that tell the years apart.
    """
    whole = periods[0]
    for other in periods[1:]:
        both = _within_both(whole, other)
        if both is None and (apart or _side_by_side(whole, other)):
            both = _around(whole, other)
        if both is None:
            return None
        whole = both
    return whole


def _within_both(one: Period, other: Period) -> Period | None:
    firsts = [p.first for p in (one, other) if p.first is not None]
    lasts = [p.last for p in (one, other) if p.last is not None]
    first = max(firsts, key=lambda each: each.earliest(), default=None)
    last = min(lasts, key=lambda each: each.latest(), default=None)
    if first is not None and last is not None and first.earliest() > last.latest():
        return None
    return Period(first, last)


def _side_by_side(one: Period, other: Period) -> bool:
    early, late = sorted((one, other), key=lambda each: each.first_day or date.min)
    return early.last_day is not None and late.first_day == early.last_day + timedelta(days=1)


def _around(one: Period, other: Period) -> Period:
    early, late = sorted((one, other), key=lambda each: each.first_day or date.min)
    return Period(early.first, late.last)
