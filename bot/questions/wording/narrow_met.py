"""The same as `narrow` of exchanges: the visit before the last, what was held at home, signed at a hall."""

import re

from bot.domain.exchanges import ExchangeStatus
from bot.questions.conditions import KindWord
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, Unit


def is_of_fewer_meetings(query: Query, sentence: Sentence) -> bool:
    """Whether a question asks for fewer exchanges than its query would tell, or for partners by them."""
    return (
        _is_of_one_before(sentence)
        or _signed_so(query, sentence)
        or _goes_without(query, sentence)
        or _not_just_one(query, sentence)
        or _was_held_here(query, sentence)
        or _signed_somewhere(query, sentence)
        or _with_others(query)
        or _in_some_month(query, sentence)
        or _in_years_without(query, sentence)
        or _in_each_of_two_years(query, sentence)
        or _in_each_year(query, sentence)
        or _how_many_as_well(query, sentence)
        or _never_held(query)
        or _of_a_jubilee(query)
        or _asks_on(query, sentence)
        or _most_in_a_year(query, sentence)
    )


_ONE_BEFORE = re.compile(
    r"(上|最近|最後|最后)一?[次回].{0,8}(之前|以前|前)的?(那|再|上)一?[次回]?"
    r"|\b(time|one|visit|meeting|exchange) before (last|that)\b(?! (year|month|week|summer|winter|spring|autumn))"
)


def _is_of_one_before(sentence: Sentence) -> bool:
    """Whether the one before the last is asked for: 上次之前那一次, "the visit before last"."""
    return _ONE_BEFORE.search(sentence.text.lower()) is not None


def _signed_so(query: Query, sentence: Sentence) -> bool:
    """Whether agreements are told apart by how they were signed: a partner who was met so need not have signed so."""
    met = query.met or query.unmet
    if (
        query.about is not About.TIES
        or met is None
        or (met.mode is None and not (met.levels and not met.kinds))
    ):
        return False
    of_acts = sentence.has(("noun", "act")) or query.acts.kinds - {KindWord.PARTNERS}
    if query.asked is Asked.PLACES and not of_acts:
        return False  # "with which partners did we sign by video": see `for_a_signing`
    return any(
        any(word in sentence.plainly(i) for word in ("sign", "簽", "签", "締", "缔"))
        for i in (*sentence.all(("event", "signed")), *sentence.any_of("mode"), *sentence.any_of("kinds"))
    )


_IN_EXCHANGES = ("level", "people", "mode", "topics", "items")


def _goes_without(query: Query, sentence: Sentence) -> bool:
    """Whether a visit is told by what was not in it, and not denied: "visited without a mayor", 市長沒來的訪問."""
    if sentence.chinese:
        last = next((i for i in range(len(sentence.spans) - 1, 0, -1) if sentence.means(i)), 0)
        asked = [i for i in sentence.all(("ask", "which")) if i > 1]
        ends = [last, *(i - 1 for i in asked), *(i - _TWO for i in asked)]
        noun = any(
            sentence.spans[i].has(("noun", "exchange"), ("meet", "visit"), ("kinds", "visit"))
            and sentence.plainly(i - 1) == "的"
            for i in ends
            if i > 0
        )
        noun = noun or any(
            sentence.spans[i + 1].of("kinds")
            or sentence.spans[i + 1].has(
                ("meet", "visit"), ("meet", "went"), ("meet", "came"), ("noun", "exchange")
            )
            for i in sentence.all(("ask", "which"))
            if i + 1 < len(sentence.spans) and "人" not in sentence.plainly(i)
        )
        return query.about is About.TIES and query.unmet is not None and noun
    for index in sentence.all(("logic", "without")):
        behind = sentence.after(index)
        met = any(sentence.spans[i].of("meet") or sentence.spans[i].of("kinds") for i in range(index))
        if behind is not None and met and any(sentence.spans[behind].of(key) for key in _IN_EXCHANGES):
            return True
    return False


_TWO = 2


_NOT_JUST = re.compile(r"不(只|止|僅|仅)(一|1|有一)")


def _not_just_one(query: Query, sentence: Sentence) -> bool:
    """Whether "not just one" would be read as one: 不只一次."""
    bound = query.having
    return bound is not None and bound.most == 1 and _NOT_JUST.search(sentence.text) is not None


_HELD = re.compile(
    r"\b(held|took place|take place|taken place|hosted|staged)\b|[舉举]辦|[舉举]行|辦過|办过|辦的|办的|辦了"
)


def _was_held_here(query: Query, sentence: Sentence) -> bool:
    """Whether exchanges are told apart by having been at home, which only their titles say: "held in Taipei"."""
    listed = query.asked in (Asked.RECORDS, Asked.NUMBER, Asked.PLACES, Asked.DATE)
    if query.about is not About.EXCHANGES or not listed or query.partner.places:
        return False
    homes = [i for i, name in sentence.names.items() if set(name.where.places) & set(query.home.places)]
    before = {word for i in homes for word in sentence.small_before(i)}
    at_home = "in" in before or any(sentence.plainly(i - 1) == "在" for i in homes if i)
    return at_home and _HELD.search(sentence.text.lower()) is not None


_AT_A_HALL = re.compile(
    r"\b(at|in|inside) (the |our )?([a-z]+ ){0,2}(city|town|county) hall\b"
    r"|(?<![我屬属現现])[在於于][^,，:後后]{0,6}(市政?府|市政廳|縣政?府)"
)


def _signed_somewhere(query: Query, sentence: Sentence) -> bool:
    """Whether agreements are told apart by where they were signed: "which did we sign at Taipei City Hall?"."""
    return query.about is About.TIES and _AT_A_HALL.search(sentence.text.lower()) is not None


def _with_others(query: Query) -> bool:
    """Whether those are asked for that are no partners, by what was done with them: no list of ties has them."""
    met = query.met or query.unmet
    return query.about is About.TIES and met is not None and bool(query.acts.without_kinds)


_MONTH = re.compile(r"\b(month|week|weekday|season|quarter)\b|[哪幾几][個个一]?(月|季|週|周)")


def _in_some_month(query: Query, sentence: Sentence) -> bool:
    """Whether the month with most is asked for, where years would be ranked."""
    return query.per is Per.YEAR and _MONTH.search(sentence.text.lower()) is not None


_YEARS_WITHOUT = re.compile(
    r"\b(which|what) years?\b.*\b(no|not|without|never|didn|any)\b|(哪[幾几些]年|哪一年).*[沒没]"
)


def _in_years_without(query: Query, sentence: Sentence) -> bool:
    """Whether years are asked for in which there was nothing: "in which years did we have no exchange?"."""
    dated = query.asked is Asked.DATE and query.about is About.EXCHANGES
    denied = sentence.has(("logic", "not"), ("logic", "without"))
    return dated and denied and _YEARS_WITHOUT.search(sentence.text.lower()) is not None


_PAIR = 2


def _in_each_of_two_years(query: Query, sentence: Sentence) -> bool:
    """Whether partners are asked for who were met in each of two years: "both in 2024 and 2025"."""
    times = [i for i, span in enumerate(sentence.spans) if span.time is not None]
    both = any(token.text in ("both", "each") for token in sentence.tokens) or any(
        word in sentence.text for word in ("都", "皆", "均", "兩年", "两年")
    )
    met = query.met or query.unmet or (query.about is About.EXCHANGES and query.asked is Asked.PLACES)
    return bool(met) and both and len(times) >= _PAIR


def _in_each_year(query: Query, sentence: Sentence) -> bool:
    """Whether numbers of each year are wanted, where those of each home would be told, and there is but one."""
    one = len(query.home.places) == 1 or query.home.own
    each = query.asked is Asked.STATISTICS and query.per is Per.HOME and query.compare is None
    return each and one and any(span.time is not None for span in sentence.spans)


def _how_many_as_well(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked who got things and how many: of these no number is on record but in words."""
    counts = query.asked is Asked.NUMBER and query.about is About.EXCHANGES
    things = bool(sentence.any_of("items")) and sentence.has(("kinds", "aid"))
    return counts and things and sentence.has(("ask", "which"), ("ask", "who"))


def _never_held(query: Query) -> bool:
    """Whether exchanges are asked for that never were, or partners by plans that came to nothing."""
    counted = query.asked in (Asked.NUMBER, Asked.RECORDS) and query.about is About.EXCHANGES
    plans = query.unmet is not None and query.unmet.statuses == {ExchangeStatus.PLANNED}
    counted = counted or query.unit in (Unit.EXCHANGES, Unit.PEOPLE)
    return plans or (counted and query.unmet is not None) or (counted and query.negated)


def _of_a_jubilee(query: Query) -> bool:
    """Whether an anniversary tells which exchange is meant, of which the last one would be told instead."""
    told = query.asked is Asked.TEXT and query.about is About.EXCHANGES
    return told and query.turning is not None and query.people is None


_AND_THAT = re.compile("[？?][^？?]{1,10}呢[？?]?$")


def _asks_on(query: Query, sentence: Sentence) -> bool:
    """Whether a second question is only begun: 首長層級的交流有幾次？官方的呢？"""
    return query.asked is not Asked.DATE and _AND_THAT.search(sentence.text.strip()) is not None


_IN_WHICH_YEAR = re.compile(r"最[多少]的?(一|那|是哪)一?年|\b(year|month) with (the )?(most|fewest)\b")


def _most_in_a_year(query: Query, sentence: Sentence) -> bool:
    """Whether the year with most exchanges is asked for, where partners would be ranked."""
    return query.per is Per.PARTNER and _IN_WHICH_YEAR.search(sentence.text.lower()) is not None
