"""Whether the words of a question say what is meant, though every one of them is known; else it is asked back.

The rules of `bot.questions.wording.sense` look at what was read, these at what was said.
"""

from bot.questions.asking.more import (
    asks_twice,
    asks_what_was_replaced,
    compares_acts,
    names_a_thing,
    ranks_people,
)
from bot.questions.asking.where import asks_its_land
from bot.questions.conditions import KindWord
from bot.questions.parts.form import Form, about_exchanges, names_partners
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, RankBy, Told, Unit
from bot.questions.reading.giving import gave_the_other_way
from bot.questions.wording.exchanges import (
    asks_for_more_than_a_day,
    asks_what_should_be,
    came_for_it,
    counts_people_of_nothing,
    counts_things,
    has_only_things,
    is_of_a_visit,
    only_has_a_mayor,
)
from bot.questions.wording.foretelling import foretells
from bot.questions.wording.narrow import is_narrower
from bot.questions.wording.narrow_met import is_of_fewer_meetings
from bot.questions.wording.others import asks_beside, asks_for_a_share

_PAIR = 2


def says_too_little(query: Query, sentence: Sentence, form: Form) -> bool:
    """Whether the words do not say that ties or exchanges are meant, or count what is not counted here."""
    return (
        _names_no_tie(query, sentence)
        or asks_beside(query, sentence)
        or asks_for_a_share(sentence)
        or _is_of_the_calendar(query, sentence)
        or names_a_thing(sentence)
        or _is_of_the_place(query, sentence)
        or _names_no_other(query)
        or (query.told is not Told.SITUATION and asks_its_land(sentence))
        or _supposes(sentence)
        or _asks_for_advice(query, sentence)
        or _asks_of_others(query, sentence)
        or _asks_where_it_was_signed(query, sentence)
        or _joins_a_country(sentence)
        or counts_people_of_nothing(query, sentence)
        or counts_things(sentence, form)
        or asks_for_more_than_a_day(query, sentence)
        or _kinds_of_each(query, sentence)
        or foretells(query, sentence)
        or _asks_who(query, sentence)
        or _asks_of_all(query, sentence)
        or _says_only_new(query, sentence)
        or _narrows_what_is_told(query, sentence)
        or gave_the_other_way(query, sentence)
        or is_of_a_visit(query, sentence)
        or _asks_whose(query, sentence)
        or asks_twice(query, sentence)
        or asks_what_was_replaced(query, sentence)
        or compares_acts(query, sentence)
        or _lasts(query, sentence)
        or _signs_on_it(query, sentence)
        or has_only_things(query, sentence)
        or asks_what_should_be(query, sentence)
        or ranks_people(sentence)
        or came_for_it(query, sentence)
        or _compares_sizes(query, sentence)
        or only_has_a_mayor(query, sentence)
        or is_narrower(query, sentence)
        or is_of_fewer_meetings(query, sentence)
        or _denies_partners(query)
        or _counts_what_was_not(query, sentence, form)
        or (form.head == "region" and query.per not in (Per.REGION, Per.CONTINENT))
    )


def _counts_what_was_not(query: Query, sentence: Sentence, form: Form) -> bool:
    """Whether exchanges are counted that were not, of which partners without any would be told."""
    counted = query.asked is Asked.NUMBER and query.about is About.TIES
    of_times = not sentence.chinese or sentence.has(("ask", "times"))  # 尚未有交流者幾個 asks for partners
    return counted and of_times and form.head == "exchange" and query.unmet is not None


def _denies_partners(query: Query) -> bool:
    """Whether one kind is wanted and not "partnerships", which hold it: "a friendship rather than a partnership"."""
    held = query.acts.kinds & {KindWord.SISTER, KindWord.FRIENDSHIP}
    return bool(held) and KindWord.PARTNERS in query.acts.without_kinds


def _kinds_of_each(query: Query, sentence: Sentence) -> bool:
    """Whether homes are compared each for a kind of its own: sister cities of the one that are friends of the other."""
    kinds = sentence.any_of("kind")
    if query.compare is None or len(query.acts.kinds) < _PAIR:
        return False
    return any(name.is_place and kinds[0] < at < kinds[-1] for at, name in sentence.names.items())


def _asks_whose(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked whose partners some are, where partners would be told: 在誰的姊妹市名單上."""
    whose = [
        i
        for i in sentence.all(("ask", "who"))
        if i + 1 < len(sentence.spans) and sentence.written(i + 1) == "的" and query.per is not Per.HOME
    ]
    of_one = len(query.home.places) == 1 and query.partner.places == ()  # 西雅圖是誰的姊妹市
    return bool(whose) and query.about is About.TIES and not (of_one or query.compare or query.rank)


_SIZES = frozenset(("bigger", "larger", "smaller", "greater", "higher", "lower", "richer", "taller"))


def _compares_sizes(query: Query, sentence: Sentence) -> bool:
    """Whether places are compared by how large they are, and not by their ties: "is Busan bigger than Kaohsiung?"."""
    if query.compare is None or names_partners(sentence) or about_exchanges(sentence):
        return False
    sized = any(set(sentence.plainly(i).split()) & _SIZES for i in sentence.any_of("logic"))
    return sized and not sentence.any_of("event")


_ALL = frozenset(
    ("all", "every", "everyone", "each", "each of", "全部", "全", "所有", "全都", "通通", "每個", "每一個")
)


def _asks_of_all(query: Query, sentence: Sentence) -> bool:
    """Whether a yes is wanted for all there are, where it would be given for any: "are all our partners active"."""
    asks = sentence.has(("ask", "whether")) or any(token.text == "吗" for token in sentence.tokens)
    yes_or_no = query.asked is Asked.BOOLEAN or asks
    if (
        not yes_or_no
        or query.compare is not None
        or (
            query.negated and query.asked is Asked.BOOLEAN and query.about is About.TIES
        )  # "are all in Japan?"
        or query.asked in (Asked.NUMBER, Asked.STATISTICS, Asked.DATE)
    ):
        return False
    listed = any(sentence.written(i) not in _ALL for i in sentence.all(("ask", "list")))
    if query.each:
        return False  # "on all continents"
    said = [i for i in range(len(sentence.spans)) if sentence.written(i).lower() in _ALL]
    said += [
        i for i in sentence.names if sentence.plainly(i).startswith(("all ", "every "))
    ]  # "all six cities"
    said = [i for i in said if not (sentence.written(i) == "全" and i + 1 in sentence.names)]  # 全臺灣
    of_group = bool(query.home.groups) and query.asked is Asked.BOOLEAN and sentence.has(("logic", "common"))
    return of_group or (bool(said) and not listed)


def _says_only_new(query: Query, sentence: Sentence) -> bool:
    """Whether partners are to be new, and nothing says since when."""
    new = any(sentence.written(i).lower() in ("新", "new") for i in sentence.any_of("event"))
    return new and query.about is About.TIES and query.acts.within is None and query.rank is None


_WHO_ELSE = frozenset(("還有誰", "还有谁"))


def _asks_who(query: Query, sentence: Sentence) -> bool:
    """Whether somebody is asked for, and all that would be told is the tie of two places; or who did not come last."""
    who = sentence.has(("ask", "who"))
    pair = query.told is Told.OVERVIEW and bool(query.partner.places)
    others = any(sentence.plainly(i) in _WHO_ELSE for i in sentence.all(("ask", "who")))
    pair = pair or (others and query.asked is Asked.PLACES and bool(query.partner.places))
    last = query.unmet is not None and query.rank is not None and query.rank.by in (RankBy.LAST, RankBy.NEXT)
    return who and (pair or last)


_AFTER = frozenset(("replaced", "superseded", "succeeded", "supplanted"))


def _asks_what_came_after(sentence: Sentence) -> bool:
    """Whether it is asked by what an agreement was replaced, which is told with all there are, whatever the date."""
    told = sentence.all(("ask", "tell"))
    return any(set(sentence.plainly(i).split()) & _AFTER for i in told)


def _narrows_what_is_told(query: Query, sentence: Sentence) -> bool:
    """Whether all that is known is to be told, though a time or a state is named that it does not keep to."""
    if query.told is not Told.OVERVIEW or query.about is not About.TIES or _asks_what_came_after(sentence):
        return False
    acts = query.acts
    return bool(acts.within or acts.outside or acts.age or query.states or query.without_states)


_OF_TIES = (
    "kind", "event", "state", "status", "anniversary", "meet", "kinds", "mode", "level", "topics", "people",
    "order", "per",
)  # fmt: skip


def _is_of_the_calendar(query: Query, sentence: Sentence) -> bool:
    """Whether a day is asked for, and neither anybody nor anything that happened is spoken of: 今天幾號."""
    of_nobody = (
        query.asked is Asked.DATE and query.home.assumed and query.partner.anywhere and not query.records
    )
    said = any(sentence.any_of(section) for section in (*_OF_TIES, "noun")) or about_exchanges(sentence)
    return of_nobody and sentence.chinese and not said


def _names_no_tie(query: Query, sentence: Sentence) -> bool:
    """Whether places are listed or counted with no word for what ties them: "which cities are there in Korea"."""
    listed = query.asked in (Asked.PLACES, Asked.NUMBER, Asked.STATISTICS)
    if query.about is not About.TIES or not listed or query.records:
        return False
    if any(sentence.any_of(section) for section in _OF_TIES) or about_exchanges(sentence):
        return False
    if sentence.has(("noun", "tie"), ("noun", "act"), ("noun", "record"), ("logic", "common")):
        return False
    if query.acts.undated is not None or query.acts.disputed or query.compare is not None:
        return False
    if query.unit is Unit.YEARS and query.turning is not None and query.partner.places and sentence.chinese:
        return False  # 光州明年滿幾週年: of what but a tie
    if _asks_for_how_long(query, sentence) or _asks_for_the_one_there(query, sentence):
        return False
    own = bool({"own", "with"} & {key for span in sentence.spans for key in span.of("small")})
    partner = query.partner
    named = partner.places or partner.countries or partner.regions or partner.areas or partner.groups
    return not own and (query.home.assumed or not named)


def _asks_for_how_long(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked of a place for how many years it has been so, which is the tie: 波特蘭幾年了."""
    last = next((i for i in range(len(sentence.spans) - 1, 0, -1) if sentence.means(i)), 0)
    asked = sentence.spans[last].has(("ask", "age")) and sentence.written(last).endswith("了")
    return (
        query.unit is Unit.YEARS and len(query.partner.places) == 1 and asked and last - 1 in sentence.names
    )


def _asks_for_the_one_there(query: Query, sentence: Sentence) -> bool:
    """Whether the one that lies in a country is asked for: 馬紹爾群島的是哪個城市."""
    name = next((i for i, each in sentence.names.items() if not each.is_place), None)
    if name is None or len(sentence.names) != 1 or len(query.partner.countries) != 1:
        return False
    behind = range(name + 1, min(name + 1 + _PAIR, len(sentence.spans)))
    the_one = [sentence.written(i) for i in behind][:1] in (["的"], ["那個"])
    asks = sentence.spans[behind[-1]].has(("ask", "which"), ("ask", "who")) if the_one else False
    return asks and sentence.written(behind[-1]).startswith("是")


_FOUNDING = frozenset(
    ("founded", "established", "born", "created", "formed", "inaugurated", "created", "started")
)


def _is_of_the_place(query: Query, sentence: Sentence) -> bool:
    """Whether a date or an age is asked of a place by itself: "when was Seattle founded?", "how old is Busan?"."""
    dated = query.asked is Asked.DATE or query.unit is Unit.YEARS
    if query.about is not About.TIES or not dated or len(sentence.names) != 1 or names_partners(sentence):
        return False
    if any({"own", "with"} & set(span.of("small")) for span in sentence.spans) or sentence.chinese:
        return False
    if sentence.has(("anniversary", "anniversary")):
        return False  # a place by itself has none
    events = sentence.any_of("event")
    if query.unit is Unit.YEARS:
        return not events
    name = min(sentence.names)
    apart = any(span.mark for span in sentence.spans[name:])  # "Marseille: started when?"
    return any(i > name and sentence.plainly(i) in _FOUNDING for i in events) and not (
        apart and _ends_when(sentence)
    )


def _ends_when(sentence: Sentence) -> bool:
    """Whether the word that asks for the day ends the question, as one asks of what both know."""
    asked = sentence.all(("ask", "when"))
    return bool(asked) and all(not sentence.means(i) for i in range(asked[-1] + 1, len(sentence.spans)))


def _asks_of_others(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked whether there are such cities, of whose ties nothing is said: "any city without partners"."""
    without = sentence.has(("logic", "without"), ("logic", "not")) or query.negated
    any_home = query.home.assumed or bool(query.home.countries)
    assumed = query.asked is Asked.BOOLEAN and query.about is About.TIES and any_home
    return assumed and without and sentence.has(("noun", "city")) and not query.partner.places


def _signs_on_it(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked if something was signed at a meeting that is told of: 上次見面有簽約嗎."""
    yes_or_no = query.asked is Asked.BOOLEAN and query.about is About.EXCHANGES
    told = query.rank is not None or sentence.has(("meet", "came"), ("meet", "went"), ("meet", "visit"))
    signs = [i for i in sentence.all(("event", "signed")) if not sentence.spans[i].of("kinds")]
    return yes_or_no and told and bool(signs) and sentence.chinese


def _lasts(query: Query, sentence: Sentence) -> bool:
    """Whether a time is to be exceeded, be it of contact or without it: 往來是否已超過一年."""
    yes_or_no = query.asked is Asked.BOOLEAN and query.about is About.EXCHANGES and not query.negated
    long = [i for i, span in enumerate(sentence.spans) if span.time and sentence.written(i)[0] in "超逾"]
    return yes_or_no and bool(long)


def _asks_for_advice(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked what should be done with a tie, which no record tells: "should we suspend it"."""
    first = sentence.tokens[0].text
    return first in ("should", "shall") and query.about is About.TIES and bool(sentence.any_of("event"))


def _supposes(sentence: Sentence) -> bool:
    """Whether it asks what would be: "if we sign with Lyon, how many partners do we have?"."""
    recalled = {  # "if memory serves", "if you don't mind"
        i
        for span in sentence.spans
        if span.has(("ask", "whether"))
        or sentence.tokens[span.start].text == "if" != sentence.tokens[span.end - 1].text
        for i in range(span.start, span.end)
    }
    words = [token.text for i, token in enumerate(sentence.tokens) if i not in recalled]
    return words[:1] in (["if"], ["should"]) or ("if" in words and "would" in words[words.index("if") :])


def _asks_where_it_was_signed(query: Query, sentence: Sentence) -> bool:
    """Whether the place of a signing is asked for, which is not on record."""
    pair = query.about is About.TIES and bool(query.partner.places)
    held = {token.text for token in sentence.tokens} & {"place", "held", "舉"}
    pair = pair or (query.about is About.TIES and len(query.home.places) == 1 and bool(held))
    return pair and sentence.has(("ask", "where")) and bool(sentence.any_of("event"))


_JOINS = frozenset(("join", "joined", "enter", "entered", "leave", "left", "quit"))


def _joins_a_country(sentence: Sentence) -> bool:
    """Whether something became a part of what is named: "which partners joined the EU?"."""
    for index, name in sentence.names.items():
        before = sentence.before(index)
        if before is None or name.is_place or sentence.small_before(index):
            continue
        if sentence.plainly(before) in _JOINS:
            return True
    return False


def _names_no_other(query: Query) -> bool:
    """Whether clocks or distances are asked for and no second place is named: "partners in our time zone"."""
    measured = query.about is About.PLACES and query.rank is None and query.told is not Told.SITUATION
    return measured and query.partner.anywhere
