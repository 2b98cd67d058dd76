"""How a question asks for a number, and what then is counted."""

import re

from bot.questions.parts.form import Form, about_exchanges, head_after, head_of, subject_of
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Unit

_UNITS = {
    "country": Unit.COUNTRIES,
    "act": Unit.AGREEMENTS,
    "city": Unit.PLACES,
    "people": Unit.PEOPLE,
    "exchange": Unit.EXCHANGES,
}


_AGREEMENTS = re.compile("agreement|memorand|mou|協[議定]|协[议定]|備忘錄|备忘录|盟約|盟约")


def how_many(sentence: Sentence) -> Form | None:
    """A number of ties, places, agreements, exchanges or people."""
    counted = sentence.free(("ask", "count"), ("ask", "times"))
    if not counted:
        return None
    at = counted[0]
    apart = [
        i for i in counted if sentence.spans[i].has(("logic", "than"))
    ]  # 差幾個, which has to be compared
    if _is_told_anyhow(sentence, apart=bool(apart)) or _counts_the_first(sentence, at):
        sentence.used.update(i for i in counted if i not in apart)
        return None
    # A second count is another question, but for one that says the same: 總共有幾個.
    counted = [i for i in counted if all(not sentence.means(n) or n in counted for n in range(at, i))]
    times = any(sentence.spans[i].has(("ask", "times")) for i in counted)
    act = head_after(sentence, at) == "act" or not about_exchanges(sentence)
    if times and sentence.any_of("event") and act:
        return None  # 簽過幾次約: neither exchanges nor what is in force
    head = _counted_head(sentence, counted, times=times)
    sentence.used.update(i for i in counted if i not in apart)
    if not about_exchanges(sentence):
        sentence.take(("meet", "together"))  # "how many do all German cities together have"
    form = Form(Asked.NUMBER, subject_of(sentence, head), unit=_UNITS.get(head or ""), asked_at=at, head=head)
    asked = "".join(sentence.written(i) for i in sentence.all(("ask", "count")))
    if {"對", "对", "組", "组", "件"} & {*asked} and form.about is About.TIES:  # 幾對, 總共有幾組, 件數
        form.unit = Unit.AGREEMENTS
    first = sentence.after(counted[-1])
    if first is not None and sentence.spans[first].of("kind") and _AGREEMENTS.search(sentence.plainly(first)):
        form.unit = Unit.AGREEMENTS  # "how many sister city agreements"
    if head in ("exchange", "people"):
        form.about = About.EXCHANGES
    if head in ("people", "country"):
        sentence.take(("noun", head))
    _list_too(sentence, form, at)
    _kinds_too(sentence, form, at)
    return form


def _is_told_anyhow(sentence: Sentence, *, apart: bool) -> bool:
    """Whether a number is told with what else is asked for: 最多的是哪座，有幾個; "who has more, A or B, and how many".

    `apart` where it is by how many two are apart: 哪個多，差幾個.
    """
    ranked = sentence.has(("order", "most"), ("order", "fewest")) and sentence.chinese
    more = sentence.has(("logic", "more"), ("logic", "fewer"))
    compared = more and sentence.has(("logic", "than"))
    who = sentence.free(("ask", "which"), ("ask", "who"))
    named = bool(who or sentence.free(("ask", "when")))
    asked = sentence.has(("ask", "whether")) or (apart and named)
    chosen = (
        more and sentence.has(("logic", "or")) and bool(who) and who[0] < sentence.all(("ask", "count"))[0]
    )
    return (ranked and named) or (compared and asked) or (chosen and not sentence.chinese)


def _counted_head(sentence: Sentence, counted: list[int], *, times: bool) -> str | None:
    """What is counted, by the words that ask or by the noun behind them: 幾國城市, 幾場, "how many people"."""
    if any({"國", "国"} & {*sentence.written(i)} for i in counted):
        return "country"
    first = sentence.after(counted[-1])
    performers = first is not None and sentence.plainly(first) in _PERFORMERS
    if performers or any(sentence.spans[i].has(("noun", "people")) for i in counted):
        return "people"
    behind = counted[-1] + 2
    if (
        behind < len(sentence.spans)
        and behind - 1 in sentence.names
        and sentence.plainly(behind) in _COUNTRIES
    ):
        return "country"  # "how many African countries"
    return "exchange" if times else head_after(sentence, counted[0])


_PERFORMERS = frozenset(
    (
        "singers",
        "dancers",
        "musicians",
        "actors",
        "artists",
        "athletes",
        "players",
        "runners",
        "rowers",
        "drummers",
    )
)
"""People by what they do, who are counted as people though the word tells of what kind the exchange was."""

_COUNTRIES = frozenset(("countries", "nations"))


def _list_too(sentence: Sentence, form: Form, at: int) -> None:
    """Take what asks for the counted by name as well: ties are listed then, as a list counts, too."""
    by_name = sentence.free(("ask", "which"), ("ask", "who"))
    by_name += (
        sentence.free(("ask", "where")) if sentence.chinese else []
    )  # 有幾個，在哪裡: a list tells where
    anew = any(_begins_anew(sentence, i) for i in sentence.free(("ask", "list")) if i > at)
    named = anew or any(i > at for i in by_name)
    sentence.take(("ask", "whether"), ("ask", "which"), ("ask", "list"), ("ask", "who"))
    if named and sentence.chinese:
        sentence.take(("ask", "where"))
    if named and form.about is About.EXCHANGES and sentence.chinese:
        sentence.take(("per", "home"), ("logic", "each"))  # 共有幾場，分別和誰: each is told with its places
    if named and form.about is About.TIES and form.unit in (None, Unit.AGREEMENTS, Unit.PLACES):
        form.unit = None
        form.asked = Asked.PLACES  # 有幾個、分別是哪些
        sentence.take(("per", "home"), ("logic", "each"))
        sentence.take(("noun", "country"))  # 有幾個，分別在哪些國家: a list says where they lie


def _kinds_too(sentence: Sentence, form: Form, at: int) -> None:
    """Take what asks behind how many agreements there are of what kind they are: a number of each kind tells both."""
    kinds = [i for i in sentence.free(("ask", "kind")) if i > at]
    acts = form.asked is Asked.NUMBER and form.about is About.TIES and form.head == "act"
    if not (kinds and acts) or sentence.any_of("kind"):
        return
    sentence.used.update(kinds)
    form.asked, form.per, form.unit = Asked.STATISTICS, Per.KIND, None
    sentence.take(("per", "home"), ("logic", "each"))


_TIES = frozenset(
    ("partnership", "twinning", "tie", "link", "relationship", "relation", "friendship", "connection", "bond")
)


def counts_ties(sentence: Sentence, form: Form) -> bool:
    """Whether a word for what joins two places is counted, and not one for the places: "how many friendship ties"."""
    asks = form.asked is Asked.NUMBER and form.about is About.TIES and form.unit is None
    if not asks or form.asked_at is None or sentence.chinese:
        return False
    head = next((i for i in range(form.asked_at + 1, len(sentence.spans)) if head_of(sentence, i)), None)
    if head is not None and re.search(r"\bpairs\b", sentence.text.lower()):
        return True
    return head is not None and sentence.plainly(head).split()[-1].removesuffix("s") in _TIES


_PERSONS = frozenset(("pupil", "secondment"))
"""Items that are people: how many took part is not on record."""


def how_much(sentence: Sentence) -> Form | None:
    """How many things were given, of which only the gift is on record, with what its title says: 送了幾片口罩."""
    things = sentence.any_of("items") or sentence.has(("kinds", "aid"))
    if sentence.has(("items", "pupil"), ("items", "refugee")):
        return None  # people, of whom no title says how many
    if not things or not (sentence.names or sentence.has(("small", "own"))):
        return None
    behind = [sentence.after(i) for i in sentence.free(("ask", "count"))]
    counted = any(i is not None and set(sentence.spans[i].of("items")) - _PERSONS for i in behind)
    counted = counted or (_counts_what_leads(sentence) and not sentence.chinese)
    if sentence.take(("ask", "amount")) or (counted and sentence.take(("ask", "count"))):
        return Form(Asked.RECORDS, About.EXCHANGES, unit=Unit.THINGS, head="exchange")
    return None


def _counts_what_leads(sentence: Sentence) -> bool:
    """Whether nothing stands behind "how many", and things lead the question: "masks for Prague: how many?"."""
    asked = sentence.free(("ask", "count"))
    first = next((i for i in range(len(sentence.spans)) if sentence.means(i)), None)
    ends = bool(asked) and all(not sentence.means(i) for i in range(asked[-1] + 1, len(sentence.spans)))
    return ends and first is not None and bool(set(sentence.spans[first].of("items")) - _PERSONS)


def _begins_anew(sentence: Sentence, index: int) -> bool:
    """Whether a part stands at the beginning of a second question: 有多少？請列出…"""
    before = next((i for i in range(index - 1, -1, -1) if not sentence.spans[i].of("filler")), None)
    if sentence.chinese and any(sentence.written(index).endswith(each) for each in _LISTED):
        return True  # 總共幾座，列出來
    if sentence.chinese and before is not None and sentence.spans[before].mark:
        return sentence.after(index) is None  # 有幾個姊妹市，請條列
    return before is not None and sentence.spans[before].mark and sentence.written(before) in "?？"


_LISTED = (
    "列出",
    "列出來",
    "列出来",
    "列一下",
    "列一列",
    "列舉",
    "列举",
    "條列",
    "条列",
    "臚列",
    "開列",
    "列名",
)


def _counts_the_first(sentence: Sentence, at: int) -> bool:
    """Whether it is asked which has most and then how many, which the ranking tells: 夥伴最多的是哪座，有幾個."""
    ranked = sentence.all(("order", "most"), ("order", "fewest"))
    named = sentence.free(("ask", "which"), ("ask", "who"))
    last = max(named, default=at)
    apart = any(sentence.spans[i].mark for i in range(last, at))
    return bool(ranked) and max(ranked) < at and last < at and apart
