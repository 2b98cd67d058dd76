"""Words that narrow which ties are asked for and of which a query holds nothing: it would answer something wider."""

import re

from bot.domain.contacts import ContactState
from bot.domain.places import Level
from bot.questions.conditions import Comparing, Event
from bot.questions.parts.auxiliaries import AUXILIARIES
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, Unit
from bot.questions.reading.each_home import asks_each_home
from bot.questions.wording.together import is_first_of_all, is_of_one_signing


def is_narrower(query: Query, sentence: Sentence) -> bool:
    """Whether a question asks for less than its query would tell."""
    return (
        _only_with(query, sentence)
        or _of_so_many(query, sentence)
        or _is_renewed(query, sentence)
        or _signed_between(query, sentence)
        or _aged_when(query, sentence)
        or _of_states(query, sentence)
        or _is_still_to_come(query)
        or _of_both_kinds(query, sentence)
        or _of_one_home(query)
        or _shares_a_day(query, sentence)
        or _is_weighed(query, sentence)
        or _asks_for_the_replaced(query, sentence)
        or _ever_turned(query)
        or _has_it_too(query, sentence)
        or _ties_to_confirm(query, sentence)
        or _includes_what_ended(sentence)
        or _grew_from_another(query, sentence)
        or _before_they_were(query, sentence)
        or _taken_together(query, sentence)
        or _of_any_kind(query, sentence)
        or _by_the_clock(query, sentence)
        or _if_there_is_none(query, sentence)
        or _with_their_districts(query, sentence)
        or _had_none(query, sentence)
        or _counts_pairs(query, sentence)
        or _asks_for_homes(query, sentence)
        or _asked_beside_when(query, sentence)
        or _became_another(query, sentence)
        or _signed_at_home(query, sentence)
        or _works_there(query, sentence)
        or _not_of_that_level(query, sentence)
        or _asks_for_its_place(query, sentence)
        or _signed_as_well(query, sentence)
        or is_of_one_signing(query, sentence)
        or is_first_of_all(query, sentence)
    )


def _only_with(query: Query, sentence: Sentence) -> bool:
    """Whether those are asked for that have ties with nobody else: 只跟臺南締盟的日本城市."""
    if query.about is not About.TIES or query.asked is Asked.BOOLEAN:
        return False
    for index in (*sentence.all(("logic", "sole")), *sentence.all(("logic", "only"))):
        behind = index + 1
        while behind < len(sentence.spans) and "with" in sentence.spans[behind].of("small"):
            behind += 1
        if behind > index + 1 and behind in sentence.names:
            return True
    return False


_OF = frozenset(("of", "with", "by", "to", "in"))


def _of_so_many(query: Query, sentence: Sentence) -> bool:
    """Whether partners of so many homes are asked for: "sister cities of at least two of the six municipalities"."""
    if query.per is not Per.HOME or query.having is None or sentence.chinese:
        return False
    for index, name in sentence.names.items():
        number = sentence.before(index)
        if number is None or name.is_place or sentence.spans[number].number is None:
            continue
        bound = sentence.before(number)
        behind = sentence.after(index)
        of_them = bound is not None and {*sentence.small_before(bound)} & _OF
        of_ties = behind is not None and sentence.spans[behind].of("kind")
        if of_them and not of_ties and name.where != query.partner:
            return True
    return False


_RENEWED = re.compile(
    r"\b(re-?sign|renew|sign(ed)? again)|[續续](簽|签|約|约)|重(新)?(簽|签|締|缔)|再[次度](簽|签|締|缔)"
)


def _is_renewed(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked of a signing anew, which is kept as a note, a claim or an act of its own, and is no pause."""
    return query.about is About.TIES and _RENEWED.search(sentence.text.lower()) is not None


def _signed_between(query: Query, sentence: Sentence) -> bool:
    """Whether those are asked for that came between two others: "which did we sign between Portland and Brisbane?"."""
    listed = query.asked in (Asked.PLACES, Asked.NUMBER, Asked.RECORDS) and query.about is About.TIES
    words = {token.text for token in sentence.tokens}
    if sentence.chinese:
        return (
            query.about is About.TIES
            and re.search("(?<![年月日])之[間间](還|还|又|[結结締缔簽签])", sentence.text) is not None
        )
    return listed and len(query.partner.places) > 1 and "between" in words and query.rank is None


_AT_THAT_TIME = re.compile("[約约盟署結结](的時候|的时候|時|时|那年|當年|当年|之際|之际)")


def _aged_when(query: Query, sentence: Sentence) -> bool:
    """Whether an age is asked for as it was at another event: "how old was it when Prague signed?"."""
    if query.unit is not Unit.YEARS or query.about is not About.TIES:
        return False
    if sentence.chinese:
        return len(sentence.names) > 1 and _AT_THAT_TIME.search(sentence.text) is not None
    words = [token.text for token in sentence.tokens]
    return "when" in words[1:] and len(sentence.names) > 1


_HOLDS_ONE = re.compile(
    r"\b(states|provinces|prefectures|counties) (have|has|had|hold) (a |an |any |one )?(sister|partner|twin|friend)"
    r"|[幾几哪多][個个些少]?(州|省)"
)


def _of_states(query: Query, sentence: Sentence) -> bool:
    """Whether states are asked for in which there are partners, not such that are partners themselves."""
    levels = {*query.partner.levels} & {Level.STATE, Level.PROVINCE, Level.PREFECTURE, Level.COUNTY}
    of_ties = query.about is About.TIES and query.asked in (Asked.NUMBER, Asked.PLACES)
    if query.about is About.TIES and Level.STATE in query.home.levels and "US" in query.home.countries:
        return True  # "which US state has most sister cities in Taiwan"
    if not of_ties or not levels or query.per is Per.HOME:
        return False
    american = "US" in query.partner.countries and Level.STATE in levels
    return american or (not sentence.chinese and _HOLDS_ONE.search(sentence.text.lower()) is not None)


def _is_still_to_come(query: Query) -> bool:
    """Whether "left" is said of anniversaries that are still to come, and not of ties that were left."""
    of_them = query.about is About.ANNIVERSARIES or query.turning is not None
    return of_them and query.acts.event is Event.ENDED


def _of_both_kinds(query: Query, sentence: Sentence) -> bool:
    """Whether one partner is to have ties of both kinds: "both a sister and a friendship tie with any city"."""
    several = len(query.acts.kinds) > 1 and query.about is About.TIES and query.partner.anywhere
    both = any(token.text == "both" for token in sentence.tokens) or "同時" in sentence.text
    return several and both and query.compare is None


def _of_one_home(query: Query) -> bool:
    """Whether homes would be told apart by how many they have, where there is but one: "more than one agreement"."""
    one = query.home.own or len(query.home.places) == 1
    counted = query.per is Per.HOME and query.having is not None and query.asked is Asked.PLACES
    return counted and one and query.about is About.TIES and query.compare is None


def _shares_a_day(query: Query, sentence: Sentence) -> bool:
    """Whether anniversaries are to be on the same day: "do we share an anniversary day with another partner?"."""
    if query.about is not About.ANNIVERSARIES and query.turning is None:
        return False
    words = {token.text for token in sentence.tokens}
    return bool(words & {"share", "shared", "shares", "coincide"}) or "同一天" in sentence.text


def _is_weighed(query: Query, sentence: Sentence) -> bool:
    """Whether two ties are weighed of which one alone would be told: "partners with A longer than B is"."""
    told = query.asked is Asked.TEXT and query.about is About.TIES
    older = sentence.has(("anniversary", "older"), ("anniversary", "younger"), ("logic", "than"))
    return told and older and not sentence.chinese


_REPLACED = re.compile(r"\b(replaced|superseded|supplanted)\b|取代")


def _asks_for_the_replaced(query: Query, sentence: Sentence) -> bool:
    """Whether all there are would be told where those are asked for that were replaced."""
    told = query.asked is Asked.TEXT and query.about is About.TIES and query.partner.anywhere
    return told and not query.records and _REPLACED.search(sentence.text.lower()) is not None


def _ever_turned(query: Query) -> bool:
    """Whether anniversaries of all the past are asked for: "which turned 40 before 2020?"."""
    turning = query.turning
    within = turning.within if turning is not None else None
    return within is not None and within.first is None and query.unit is not Unit.YEARS


_SHARES = frozenset(
    ("share", "shares", "shared", "have in common", "都有", "共有", "皆有", "均有", "同樣有", "也都有")
)


def _has_it_too(query: Query, sentence: Sentence) -> bool:
    """Whether a partner is to be another's, too, who is no partner: "does Cologne share Rotterdam with us?"."""
    if not query.every or not query.partner.places or query.compare is not None or asks_each_home(query):
        return False
    own = sentence.has(("small", "own"))
    return own and any(sentence.plainly(i) in _SHARES for i in sentence.all(("logic", "common")))


def _ties_to_confirm(query: Query, sentence: Sentence) -> bool:
    """Whether ties are to be confirmed, and not people: "which of our ties are unconfirmed?"."""
    state = query.people is not None and query.people.state is ContactState.TO_CONFIRM
    return state and (sentence.has(("noun", "tie"), ("noun", "act")) or bool(sentence.any_of("kind")))


def _includes_what_ended(sentence: Sentence) -> bool:
    """Whether what ended is only let in: 包含已終止的, of which ended ones alone would be told."""
    for index in sentence.any_of("status"):
        before = index - 1
        while before > 0 and sentence.spans[before].of("small") and not sentence.spans[before].mark:
            before -= 1
        if before >= 0 and sentence.spans[before].has(("filler", "includes")):
            return True
    return False


_GREW = re.compile(
    "(變成|变成|升級|升级|升格(?!([為为成]?直[轄辖]市)?[之以]?[後后来來起])|轉為|转为|轉成|转成|晉升)"
)  # 桃園升格後 is said of the city and not of a tie


def _grew_from_another(query: Query, sentence: Sentence) -> bool:
    """Whether partners are asked for whose tie was of another kind before: 先簽備忘錄後來變成友好城市的有哪些."""
    listed = query.asked in (Asked.PLACES, Asked.NUMBER) and query.about is About.TIES
    return listed and not query.partner.places and _GREW.search(sentence.text) is not None


_BEFORE_THEY = re.compile(
    r"\bbefore (they|we|it|that|becoming|being)\b|(成為|變成|结为|結為|締結)姊妹市(之前|以前)"
)


def _before_they_were(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked what two places were before: "what were they before they were sister cities?"."""
    listed = query.asked in (Asked.PLACES, Asked.TEXT) and query.about is About.TIES
    return listed and _BEFORE_THEY.search(sentence.text.lower()) is not None


_TOGETHER = re.compile(r"\b(together|combined|jointly|in total|sum)\b|加起來|加起来|合計|合计|加總|總和")


def _taken_together(query: Query, sentence: Sentence) -> bool:
    """Whether homes are weighed together against another: "do A and B together have more than C?"."""
    weighed = query.compare is not None and query.compare.how is Comparing.NUMBERS
    several = query.compare is not None and len(query.compare.others) > 1
    return weighed and several and _TOGETHER.search(sentence.text.lower()) is not None


_ANY_KIND = re.compile(
    r"\b(any|whatever|whichever|some) (kind|sort|form)\b|任何(形式|種類|關係)|不論(種類|類型|形式)"
)


def _of_any_kind(query: Query, sentence: Sentence) -> bool:
    """Whether a day is asked for since which there was anything at all, be it replaced since."""
    dated = query.asked is Asked.DATE and query.about is About.TIES
    return dated and _ANY_KIND.search(sentence.text.lower()) is not None


_CLOCK = re.compile(r"\b(what|which) (time|hour)\b(?! zone)(?!s)|幾點")


def _by_the_clock(query: Query, sentence: Sentence) -> bool:
    """Whether the hour is asked for, which is not on record: "what time was the signing?"."""
    return query.about is About.TIES and _CLOCK.search(sentence.text.lower()) is not None


_IF_NONE = re.compile("(沒有|没有)的[話话]|[如若](果)?[沒没]有|否則|否则|不然")


def _if_there_is_none(query: Query, sentence: Sentence) -> bool:
    """Whether what is denied is only a condition of a second question: 有締盟嗎？沒有的話有交流嗎."""
    return query.negated and _IF_NONE.search(sentence.text) is not None


_DISTRICTS = re.compile("[含括連连同加][其各轄辖下的市]{0,3}區|[含括連连同加][其各轄辖下的市]{0,3}区")


def _with_their_districts(query: Query, sentence: Sentence) -> bool:
    """Whether districts are only counted in, of which alone would be told: 臺南市（含各區）."""
    of_them = Level.DISTRICT in query.partner.levels
    return of_them and query.about is About.TIES and _DISTRICTS.search(sentence.text) is not None


def _had_none(query: Query, sentence: Sentence) -> bool:
    """Whether those are asked for that have no anniversary: 哪一個今年沒有過生日."""
    listed = query.asked in (Asked.PLACES, Asked.NUMBER, Asked.RECORDS) and query.turning is not None
    denied = sentence.all(("logic", "not"), ("logic", "without"))
    of_them = query.acts.undated is None and query.unmet is None and not query.acts.without_kinds
    held = query.partner.without is None and query.home.without is None and query.acts.outside is None
    return listed and of_them and held and bool(denied) and not query.without_states


def _counts_pairs(query: Query, sentence: Sentence) -> bool:
    """Whether pairs are counted, and not the cities that are in one: 有幾對."""
    asked = "".join(sentence.plainly(i) for i in sentence.all(("ask", "count")))
    return query.unit is Unit.HOMES and bool({"對", "对", "組", "组"} & {*asked})


def _asks_for_homes(query: Query, sentence: Sentence) -> bool:
    """Whether municipalities are asked for, and partners of all would be told: "which municipalities but A have…"."""
    listed = query.asked in (Asked.PLACES, Asked.NUMBER) and query.about is About.TIES
    asked = sentence.all(("ask", "which"), ("ask", "count"))
    of_homes = any("municipalit" in sentence.plainly(i + 1) for i in asked if i + 1 < len(sentence.spans))
    left_out = query.partner.without is not None and bool(query.partner.without.places)
    return listed and of_homes and left_out and query.per is not Per.HOME and not query.home.places


def _asked_beside_when(query: Query, sentence: Sentence) -> bool:
    """Whether "when" tells the time of what is asked and asks for none: "was A tied to B when it signed with C?"."""
    words = [token.text for token in sentence.tokens]
    if query.asked is not Asked.DATE or "when" not in words[1:]:
        return False
    if (
        words[0] in ("which", "what", "who") and query.about is About.TIES
    ):  # "which did we have when we signed with A"
        which = sentence.spans[0].has(("ask", "which"), ("ask", "who")) and ", when" not in sentence.text
        return which and any(span.of("kind") for span in sentence.spans[1:3])
    if words[0] not in AUXILIARIES:
        return False
    at = words.index("when")  # "do you know when" asks for it
    return any(sentence.spans[i].end == at for i in sentence.names) and ", when" not in sentence.text


_BECAME = re.compile(r"\b(become|became|turn(ed)?|upgrade[d]?|convert(ed)?|replaced)\b")


def _became_another(query: Query, sentence: Sentence) -> bool:
    """Whether a tie of one kind became one of another, whose day is asked for, not that of either."""
    several = len(query.acts.kinds) > 1 and query.about is About.TIES
    several = several and (query.asked is Asked.DATE or not query.partner.places)
    return several and _BECAME.search(sentence.text.lower()) is not None


def _signed_at_home(query: Query, sentence: Sentence) -> bool:
    """Whether it is told by the home where something was signed, which would narrow nothing: "signed in Taipei"."""
    if query.about is not About.TIES or sentence.chinese:
        return False
    for index in sentence.all(("event", "signed")):
        name = sentence.names.get(index + 2)
        there = index + 1 < len(sentence.spans) and sentence.plainly(index + 1) in ("in", "at")
        if there and name is not None and name.is_place and name.where.places == query.home.places:
            return True
    return False


_WORKS = re.compile(r"(?<!\bi )(?<!\bwe )\bwork(s|ed|ing)? (in|at|for)\b")


def _works_there(query: Query, sentence: Sentence) -> bool:
    """Whether people work somewhere, and no tie is meant: "does anyone from Mutsu work in Kaohsiung?"."""
    return query.about is About.TIES and _WORKS.search(sentence.text.lower()) is not None


def _not_of_that_level(query: Query, sentence: Sentence) -> bool:
    """Whether those are asked for that are no counties, of which the counties would be told: 不是縣的有哪些."""
    if query.about is not About.TIES or not query.partner.levels:
        return False
    for index in sentence.any_of("places"):
        before = sentence.spans[index - 1] if index else None
        if before is not None and before.has(("logic", "not"), ("logic", "except"), ("logic", "without")):
            return True
    return False


_PLACED = re.compile(r"排名|名次|排行|第幾名|\b(ranked|ranking|(what|which) rank|rank among)\b")


def _asks_for_its_place(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked which place a home has among others: 在六都排名."""
    one = query.home.own or len(query.home.places) == 1
    among = one and query.rank is None and query.about is About.TIES
    among = among and query.per not in (Per.COUNTRY, Per.REGION, Per.CONTINENT)  # 各國數量排名
    return among and _PLACED.search(sentence.text.lower()) is not None


def _signed_as_well(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked what else was signed then, which is told by titles alone."""
    listed = query.asked in (Asked.PLACES, Asked.RECORDS, Asked.TEXT) and query.about is About.TIES
    named = bool(query.partner.places) or len(query.home.places) == 1
    return listed and named and query.rank is None and re.search("時[還还][簽签]", sentence.text) is not None
