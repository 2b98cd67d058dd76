"""Numbers in a question: ages, anniversaries, and how many there have to be."""

from datetime import date

from bot.domain.periods import Period
from bot.questions.conditions import Bound, Turning
from bot.questions.parts.form import Form, head_of
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked
from bot.questions.text.scripts import traditional

_YEARS = frozenset(("年", "歲", "岁", "年的", "週年", "周年", "years", "year", "yrs", "years old"))


def _free(sentence: Sentence) -> list[int]:
    return [i for i, span in enumerate(sentence.spans) if span.number is not None and i not in sentence.used]


def _jubilees(sentence: Sentence) -> list[tuple[int, int]]:
    """Names for so many years, "silver", "half a century", with their positions."""
    return [(i, int(key)) for i, key in sentence.words("jubilee")]


def _of_years(sentence: Sentence, index: int) -> bool:
    """Whether a number is one of years: "30 years", 滿30, the "40th anniversary", "older than thirty"."""
    before = sentence.spans[index - 1] if index else None
    behind = sentence.spans[index + 1] if index + 1 < len(sentence.spans) else None
    if sentence.spans[index].of("anniversary"):
        return True
    if behind is not None and (behind.of("anniversary") or sentence.plainly(index + 1) in _YEARS):
        return True
    if before is None or before.of("logic"):
        return before is not None and before.has(("anniversary", "turning"))
    return before.has(("anniversary", "turning"), ("anniversary", "older"), ("anniversary", "younger"))


def counts_things(sentence: Sentence) -> bool:
    """Whether there is a number that is none of years: not 剛好三十年."""
    return any(
        span.number is not None and not _of_years(sentence, i) for i, span in enumerate(sentence.spans)
    )


# Ages ----------------------------------------------------------------------------------------------------------

_MORE = (("logic", "least"), ("logic", "over"), ("anniversary", "older"))
_LESS = (("logic", "most"), ("logic", "under"), ("anniversary", "younger"))
_MORE_WITHIN = ("超過", "逾", "以上", "more than", "over", "for ", "at least")
_LESS_WITHIN = ("不到", "未滿", "less than", "under")


def read_age(sentence: Sentence, today: date) -> Bound | None:
    """An age that is asked for: "older than 30 years", 締盟超過三十年; None if there is none."""
    if sentence.has(("noun", "exchange")) or sentence.any_of("meet") or sentence.any_of("state"):
        return None
    named = dict(_jubilees(sentence))
    for index, span in enumerate(sentence.spans):
        if _turns_in_a_time(sentence, index):
            continue
        years = span.number if _is_age(sentence, index) else named.get(index)
        if (
            years is None
            and span.time is not None
            and span.time.period is not None
            and index not in sentence.used
        ):
            years = _years_within(span.time.period, today)
        if years is None:
            continue
        written = traditional(sentence.plainly(index))
        for words, within, bound in (
            (_LESS, _LESS_WITHIN, Bound(most=years - 1)),
            (_MORE, _MORE_WITHIN, Bound(least=years)),
        ):
            if sentence.take(*words) or any(word in written for word in within):
                sentence.use(index)
                sentence.take(("anniversary", "years_old"), ("logic", "than"))
                if index and sentence.spans[index - 1].has(("anniversary", "turning")):
                    sentence.use(index - 1)  # 滿六十年以上
                return bound
    return None


def _turns_in_a_time(sentence: Sentence, index: int) -> bool:
    """Whether ties are said to become so old in a year, and not to be it: "turn 50 or more in 2026"."""
    before = sentence.spans[index - 1] if index else None
    return (
        before is not None
        and before.has(("anniversary", "turning"))
        and any(span.time is not None and at != index for at, span in enumerate(sentence.spans))
    )


def _is_age(sentence: Sentence, index: int) -> bool:
    return (
        sentence.spans[index].number is not None and index not in sentence.used and _of_years(sentence, index)
    )


def _years_within(period: Period, today: date) -> int | None:
    """How many years a duration up to today has: "for 30 years"; None for other periods."""
    first, last = period.first, period.last
    if first is None or last is None or last.exact() != today or first.exact() is None:
        return None
    years = today.year - first.year
    return years if years and (first.month, first.day) == (today.month, today.day) else None


# Anniversaries -------------------------------------------------------------------------------------------------


def read_turning(sentence: Sentence, form: Form) -> Turning | None:
    """Which anniversaries are spoken of; None if there are none."""
    said = sentence.free(("anniversary", "anniversary"))
    milestones = sentence.free(("anniversary", "milestone"))
    if not said and form.about is not About.ANNIVERSARIES:  # "what is special about the agreement"
        milestones = [i for i in milestones if sentence.plainly(i) != "special"]
    tens = sentence.free(("anniversary", "tens"))
    numbers = [i for i in _free(sentence) if form.counts_years or _of_years(sentence, i)]
    turning = sentence.free(("anniversary", "turning"), ("anniversary", "years_old"))
    if numbers and sentence.chinese:  # 明年剛好三十年
        turning += sentence.free(("logic", "exactly"))
    jubilees = _jubilees(sentence)
    of_years = form.about is About.ANNIVERSARIES or (
        numbers and (turning or form.counts_years or _asks_when_so_old(sentence, form, numbers[0]))
    )
    if not (of_years or said or milestones or tens or jubilees):
        return None
    coming = sentence.free(("meet", "planned"))  # "a silver anniversary coming up"
    if sentence.chinese and said:  # 什麼時候要辦五十週年慶
        coming += sentence.free(("meet", "held"))
    sentence.used.update((*said, *turning, *milestones, *tens, *coming))
    years = None
    if jubilees:
        at, number = jubilees[0]
        again = [
            i for i in _free(sentence) if sentence.spans[i].number == number
        ]  # "golden jubilees (50 years)"
        sentence.used.update((at, *again))
        years = Bound(number, number)
    elif numbers:
        sentence.use(numbers[0])
        years = _or_more(sentence, numbers[0]) or Bound(
            sentence.spans[numbers[0]].number, sentence.spans[numbers[0]].number
        )
    round_ones = bool(milestones) or (years is None and not tens and _lists_jubilees(sentence, form, said))
    return Turning(years=years, milestones=round_ones, multiple=10 if tens and not milestones else None)


def _lists_jubilees(sentence: Sentence, form: Form, said: list[int]) -> bool:
    """Whether those are asked for that have a jubilee, which is a round number of years; of one tie it is any."""
    of_one = any(name.is_place for name in sentence.names.values())
    listed = form.asked in (Asked.PLACES, Asked.RECORDS) and form.told is None
    return listed and not of_one and any(sentence.plainly(i) in _JUBILEES for i in said)


_JUBILEES = frozenset(("jubilee", "jubilees"))


def _or_more(sentence: Sentence, index: int) -> Bound | None:
    """So many years or more, where that is said right behind the number: "turn 50 or more", 滿50年以上."""
    at, number = index + 1, sentence.spans[index].number
    behind = sentence.spans[at] if at < len(sentence.spans) else None
    if behind is None or not behind.has(("logic", "least"), ("anniversary", "older")):
        return None
    if not sentence.plainly(at).endswith(("more", "older", "以上")):
        return None
    sentence.use(at)
    return Bound(least=number)


def _asks_when_so_old(sentence: Sentence, form: Form, index: int) -> bool:
    """Whether the day is asked for that makes it so many years: 締盟四十年是哪一年."""
    asked = form.asked_at is not None and form.asked_at > index
    signed_behind = any(i > index for i in sentence.any_of("event"))
    return sentence.chinese and form.asked is Asked.DATE and asked and not signed_behind


# How many ------------------------------------------------------------------------------------------------------

_NEAR = 2
"""How many parts may stand between a number and the word that compares with it."""


def read_bound(sentence: Sentence, form: Form) -> Bound | None:
    """How many there have to be: "more than 5", 三個以上; None if nothing says so."""
    if sentence.take(("logic", "single")):
        return None if _is_told(sentence, form) else Bound(1, 1)
    if (times := _once(sentence)) is not None:
        return times
    for index in _free(sentence):
        number = sentence.spans[index].number
        assert number is not None, "only numbers are looked at"
        near = range(max(0, index - _NEAR), min(index + _NEAR + 1, len(sentence.spans)))
        for words, bound in _bounds(number):
            at = [i for i in near if sentence.spans[i].has(*words) and i not in sentence.used]
            if at and not _of_years(sentence, index):
                sentence.used.update((index, *at))
                sentence.take(("logic", "more"), ("logic", "than"))
                return bound
    return None


def is_of_meetings(sentence: Sentence, index: int) -> bool:
    """Whether a word for "only one" is said of exchanges: "only one visit", "a single exchange"."""
    behind = sentence.after(index)
    return behind is not None and (
        sentence.spans[behind].has(("noun", "exchange"))
        or bool(sentence.spans[behind].of("kinds"))
        or sentence.spans[behind].has(("meet", "visit"))
    )


def _once(sentence: Sentence) -> Bound | None:
    """How often something has to have been, told by "once": "more than once", "only once"."""
    for index in range(1, len(sentence.spans)):
        before = sentence.spans[index - 1]
        if sentence.plainly(index) == "once" and index - 1 not in sentence.used:
            if before.has(("logic", "over")):
                sentence.used.update((index - 1, index))
                return Bound(least=2)
            if before.has(("logic", "only"), ("logic", "exactly")):
                sentence.used.update((index - 1, index))
                return Bound(1, 1)
    return None


def read_people(sentence: Sentence, form: Form) -> Bound | None:
    """How many people there have to be at an exchange: "over 100 people", 20人以上; None if nothing says so."""
    of_exchanges = form.about is About.EXCHANGES or bool(sentence.any_of("kinds"))
    for index in _free(sentence) if of_exchanges else ():
        number, behind = sentence.spans[index].number, sentence.after(index)
        if number is None or behind is None or not sentence.spans[behind].has(("noun", "people")):
            continue
        near = range(max(0, index - _NEAR), min(behind + _NEAR, len(sentence.spans)))
        for words, bound in _bounds(number):
            at = [i for i in near if sentence.spans[i].has(*words) and i not in sentence.used]
            if at:
                sentence.used.update((index, behind, *at))
                sentence.take(("logic", "more"), ("logic", "than"))
                return bound
    return None


def _is_told(sentence: Sentence, form: Form) -> bool:
    """Whether that there is one alone is told of a place, of which is asked who it is: 只有一個姊妹市，是哪裡."""
    told = sentence.all(("logic", "single"))
    asked = form.asked_at is not None and form.asked_at > told[-1]
    named = any(name.is_place and at < told[0] for at, name in sentence.names.items())
    return named and asked and form.asked is Asked.PLACES and form.head != "city"


def read_claimed(sentence: Sentence, form: Form) -> Bound | None:
    """A number that is said to be so: "we have 41 partners, is that right?"."""
    if form.about is not About.TIES:
        return None
    if form.asked is Asked.PLACES and form.head == "city" and not sentence.chinese:
        return _held(sentence)
    if form.asked is not Asked.BOOLEAN:
        return None
    if sentence.chinese:
        return _claimed_in_chinese(sentence)
    for index in _free(sentence):
        behind = sentence.after(index)
        while behind is not None and behind in sentence.names:
            behind = sentence.after(behind)
        if (
            behind is not None
            and head_of(sentence, behind) in ("kind", "act")
            and not _of_years(sentence, index)
        ):
            sentence.use(index)
            return Bound(sentence.spans[index].number, sentence.spans[index].number)
    return None


_HOLDING = frozenset(("have", "has", "had", "keep", "keeps", "with"))


def _held(sentence: Sentence) -> Bound | None:
    """How many those have that are asked for: "which German towns have two Japanese partners?"."""
    for index in _free(sentence):
        behind = sentence.after(index)
        while behind is not None and behind in sentence.names:
            behind = sentence.after(behind)
        holds = index > 0 and sentence.plainly(index - 1) in _HOLDING
        if (
            holds
            and behind is not None
            and head_of(sentence, behind) == "kind"
            and not _of_years(sentence, index)
        ):
            sentence.use(index)
            return Bound(sentence.spans[index].number, sentence.spans[index].number)
    return None


_COUNTED = frozenset("有共达是为")
"""Behind what a number is one of how many there are: 有33個, 共33個."""


def _claimed_in_chinese(sentence: Sentence) -> Bound | None:
    """The same: 高雄有33個姊妹市對嗎, 姊妹市是33個嗎."""
    if not any(head_of(sentence, i) in ("kind", "act") for i in range(len(sentence.spans))):
        return None
    for index in _free(sentence):
        start = sentence.spans[index].start
        counted = bool(start) and sentence.tokens[start - 1].text in _COUNTED
        if (counted or _stands_beside_whose(sentence, index)) and not _of_years(sentence, index):
            sentence.use(index)
            return Bound(sentence.spans[index].number, sentence.spans[index].number)
    return None


_MEASURES = frozenset("个個座")


def _stands_beside_whose(sentence: Sentence, index: int) -> bool:
    """Whether a number is said of whose partners they are without a verb: 新北姊妹市9個對嗎, 高市40個締盟城市對嗎."""
    spans = sentence.spans
    if not 0 < index < len(spans) - 2 or sentence.plainly(index + 1) not in _MEASURES:
        return False
    before, behind = spans[index - 1], spans[index + 2]
    kinds_before = bool(before.of("kind")) and behind.of("ask") == ("whether",)
    whose = before.mention is not None or "own" in before.of("small")
    return kinds_before or (whose and bool(behind.of("kind")))


def _bounds(number: int) -> list[tuple[tuple[tuple[str, str], ...], Bound]]:
    return [
        ((("logic", "least"),), Bound(least=number)),
        ((("logic", "most"),), Bound(most=number)),
        ((("logic", "over"), ("logic", "more"), ("anniversary", "older")), Bound(least=number + 1)),
        ((("logic", "under"), ("logic", "fewer"), ("anniversary", "younger")), Bound(most=number - 1)),
        ((("logic", "exactly"), ("logic", "only")), Bound(number, number)),
    ]
