"""How a question asks for numbers side by side: of each year, each country, each city, or of two of them."""

import re
from collections.abc import Sequence

from bot.domain.regions import Region
from bot.questions.asking.more import lists_over_years
from bot.questions.parts.form import Form, about_exchanges, head_after, names_partners, subject_of
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import About, Asked, Per

_TWO = 2


def statistics(sentence: Sentence) -> Form | None:
    """Numbers side by side, where a question asks for more than one."""
    if _weighs_two(sentence):
        return _weighed(sentence)
    if sentence.has(("ask", "compare")) and _asks_which_has_more(sentence):
        sentence.take(("ask", "compare"))
        return None
    if sentence.take(("ask", "compare")):
        sentence.take(("ask", "count"), ("ask", "times"), ("ask", "which"), ("ask", "list"))
        sentence.take(("per", "home"), ("meet", "together"))  # 兩邊各有幾個
        head = head_after(sentence, -1)
        return Form(Asked.STATISTICS, subject_of(sentence, head), per=Per.HOME, head=head)
    if sentence.has(("order", "most"), ("order", "fewest")):
        return None
    if _ranks_a_group(sentence):
        sentence.take(("ask", "count"), ("ask", "list"))
        head = head_after(sentence, -1)
        return Form(Asked.STATISTICS, subject_of(sentence, head), per=Per.HOME, head=head)
    if _on_which_continents(sentence):
        return Form(Asked.STATISTICS, subject_of(sentence, "region"), per=Per.REGION, head="region")
    listed = sentence.has(("ask", "which")) and not sentence.has(("ask", "count"), ("ask", "times"))
    listed = listed or lists_over_years(sentence) or _over_all_years(sentence) or _lists_by_year(sentence)
    per = next((key for _, key in sentence.words("per")), None)
    if (by_area := _by_area(sentence)) and per in (Per.HOME, Per.AREA):
        sentence.used.update(by_area)
        per = Per.AREA
    counted = sentence.has(("ask", "count"), ("ask", "times"), ("ask", "statistics")) or _per_home_alone(
        sentence
    )
    if per == Per.HOME and listed_too(sentence) and sentence.has(("ask", "times")):
        sentence.take(("per", "home"))  # 共幾次，分別是哪些: they are told with their number
        per = None
    if per == Per.HOME and (
        listed_too(sentence) or not counted or _of_each_year(sentence) or _each_with_whom(sentence)
    ):
        per = None
    if per is None and (listed or not sentence.has(("ask", "statistics")) or _broke_down(sentence)):
        sentence.take(("ask", "statistics"))  # 歷年有哪些 lists them
        return None
    head = "exchange" if _counts_exchanges(sentence) else head_after(sentence, -1)
    form = Form(Asked.STATISTICS, subject_of(sentence, head), per=Per(per) if per else Per.YEAR, head=head)
    sentence.take(
        ("ask", "statistics"), ("ask", "count"), ("ask", "times"), ("ask", "list"), ("ask", "which")
    )
    if counted and not sentence.chinese:
        sentence.take(("ask", "whether"))  # "how many were there each year"
    sentence.used.update(sentence.any_of("per"))
    sentence.unfit = sentence.unfit or (form.per is Per.AREA and form.about is not About.TIES)
    return form


_BY_YEAR = re.compile("(?:by|year by) years?$|[依按照]年[份度分]?.{0,2}列|[依按照]年[份度分]?$")


def _lists_by_year(sentence: Sentence) -> bool:
    """Whether things are to be listed in the order of their years: "list all sister cities by year", 依年份列出."""
    said = [sentence.plainly(i) for i in sentence.all(("ask", "statistics"))]
    list_them = sentence.has(("ask", "list")) or any("列" in each for each in said)
    counted = sentence.has(("ask", "count"), ("ask", "times"))
    return bool(said) and list_them and not counted and all(map(_BY_YEAR.search, said))


_AREAS = (("places", "state"), ("places", "province"), ("places", "prefecture"))


def _by_area(sentence: Sentence) -> list[int]:
    """Where it is said that partners are counted by the state in which they lie: "in each US state", 美國各州."""
    if by := sentence.all(("per", "area")):
        return by
    for index in (
        sentence.all(("per", "home")) if sentence.has(("ask", "count"), ("ask", "statistics")) else ()
    ):
        named = index + 1 in sentence.names and not sentence.names[index + 1].is_place
        at = index + 1 + named
        if at >= len(sentence.spans) or not sentence.spans[at].has(*_AREAS):
            continue
        before = sentence.names.get(index - 1)
        there = before is not None and not before.is_place
        within = "in" in sentence.small_before(index) or sentence.plainly(index) in ("by", "per")
        if (there if sentence.chinese else within) and not sentence.spans[at].has(("places", "county")):
            return [index, at]
    return []


def _over_all_years(sentence: Sentence) -> bool:
    """Whether no number of each year is asked for: "the newest by year", 歷年已終止的姊妹市."""
    if sentence.has(("ask", "count"), ("ask", "times")):
        return False
    ended = sentence.chinese and sentence.has(("status", "ended"))
    return ended or sentence.has(("order", "first"), ("order", "last"))


def _broke_down(sentence: Sentence) -> bool:
    """Whether why or when a tie broke down is asked, and no numbers are broken down."""
    said = sentence.all(("ask", "statistics"))
    ended = all(sentence.spans[i].has(("event", "ended")) for i in said)
    return ended and sentence.has(("ask", "why"), ("ask", "when"), ("ask", "whether"))


def _asks_which_has_more(sentence: Sentence) -> bool:
    """Whether a yes or no is asked of what is compared: "compared with A, do we have more?"."""
    whether = sentence.has(("ask", "whether")) and not sentence.has(("ask", "count"), ("ask", "which"))
    return whether and sentence.has(("logic", "more"), ("logic", "fewer"))


def _counts_exchanges(sentence: Sentence) -> bool:
    """Whether it is exchanges that are counted, with whomever: 與姊妹市的交流共有幾筆."""
    entries = any(
        sentence.plainly(i).endswith(("筆", "笔", "場", "场")) for i in sentence.all(("ask", "count"))
    )
    return sentence.has(("ask", "times")) or (entries and sentence.has(("noun", "exchange")))


def _per_home_alone(sentence: Sentence) -> bool:
    """Whether nothing but "by city" asks, and so for numbers: "sister cities by municipality"."""
    told = [sentence.plainly(i) for i in sentence.all(("per", "home"))]
    return not sentence.any_of("ask") and any(each.startswith(("by ", "per ")) for each in told)


def _weighs_two(sentence: Sentence) -> bool:
    """Whether it is asked of two countries where there are more partners, which a number for each tells."""
    sets = [n for n in sentence.names.values() if n.where.regions or len(n.where.countries) == 1]
    alike = len({bool(name.where.regions) for name in sets}) == 1
    homes = sum(name.is_place for name in sentence.names.values())
    ties = names_partners(sentence) and not about_exchanges(sentence)
    weighed = _more_in_either(sentence) or _set_against(sentence, sets) or _counts_each(sentence, sets)
    return len(sets) == _TWO and alike and weighed and homes < _TWO and ties


def _more_in_either(sentence: Sentence) -> bool:
    """Whether it is asked where there are more: "in Europe or in Africa", 在美國和越南，哪國的姊妹市多."""
    if not sentence.has(("logic", "more"), ("logic", "fewer")) or sentence.any_of("anniversary"):
        return False
    asked = sentence.has(("ask", "which"), ("ask", "where")) and sentence.has(("noun", "country"))
    than = sentence.has(("logic", "than")) and not sentence.chinese and not sentence.has(("ask", "count"))
    return sentence.has(("logic", "or")) or than or (asked and sentence.chinese)


def _set_against(sentence: Sentence, sets: Sequence[Name]) -> bool:
    """Whether "vs" stands between the two."""
    between = sentence.spans[sets[0].span + 1] if len(sets) == _TWO else None
    return between is not None and between.has(("ask", "compare")) and sets[1].span - sets[0].span == _TWO


def _counts_each(sentence: Sentence, sets: Sequence[Name]) -> bool:
    """Whether a number is asked for of either: "how many in Japan and how many in Korea?"."""
    if len(sets) != _TWO or sentence.chinese:
        return False
    counted = sentence.free(("ask", "count"))
    return len(counted) == _TWO and counted[0] < sets[0].span < counted[1] < sets[1].span


def _weighed(sentence: Sentence) -> Form:
    """A number for each of the two."""
    sentence.take(
        ("ask", "which"), ("ask", "where"), ("ask", "count"), ("ask", "whether"), ("ask", "compare")
    )
    sentence.take(("logic", "more"), ("logic", "fewer"), ("logic", "or"), ("logic", "than"))
    sentence.take(("noun", "country"), ("noun", "region"))
    regions = [region for name in sentence.names.values() for region in name.where.regions]
    by = Per.CONTINENT if Region.ASIA in regions else Per.REGION if regions else Per.COUNTRY
    return Form(Asked.STATISTICS, About.TIES, per=by, head="kind", weighs=True)


def _ranks_a_group(sentence: Sentence) -> bool:
    """Whether members of a group are to be put in order by a number, which a number for each does: 六都的數量排名."""
    ranked = any("排" in sentence.plainly(i) for i in sentence.free(("ask", "list")))
    group = any(name.where.groups for name in sentence.names.values())
    return ranked and group and sentence.has(("ask", "count"))


def _of_each_year(sentence: Sentence) -> bool:
    """Whether 各 says of years what 每年 does, as there are no homes to be told apart: 每年各辦了幾場."""
    yearly = any("年" in sentence.plainly(i) for i in sentence.all(("ask", "statistics")))
    several = len(sentence.names) > 1 or any(name.where.groups for name in sentence.names.values())
    return yearly and not several


def _each_with_whom(sentence: Sentence) -> bool:
    """Whether 分別 asks with whom each of them was: 共有幾場，分別和誰."""
    per = sentence.free(("per", "home"))
    return any(i > per[-1] for i in sentence.free(("ask", "who"))) and sentence.chinese


def _on_which_continents(sentence: Sentence) -> bool:
    """Whether parts of the world are asked for, which a number for each answers."""
    which = [i for i in sentence.free(("ask", "which"), ("ask", "where")) if i + 1 < len(sentence.spans)]
    if not any(sentence.spans[i + 1].has(("noun", "region")) for i in which):
        return False
    return sentence.take(("ask", "which"), ("ask", "where")) and sentence.take(("noun", "region"))


def listed_too(sentence: Sentence) -> bool:
    """Whether a list is asked for beside a number: 有幾個、分別是哪些."""
    counted = sentence.free(("ask", "count"), ("ask", "times"))
    named = sentence.free(("ask", "which"), ("ask", "who"))
    return bool(counted and named) and counted[0] < named[-1]
