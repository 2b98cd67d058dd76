"""What comes first, and how many of it: "the three oldest", 交流最多的前五個."""

from itertools import pairwise

from bot.questions.parts.form import Form, head_of
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query, Rank, RankBy


def read_rank(sentence: Sentence, form: Form, *, chosen: bool) -> Rank | None:
    """What comes first, and how many of it; `chosen` where it is to be one of several places that are named."""
    said = [
        (i, _COMPARED.get(key, key)) for i, key in sentence.words("order") if chosen or key not in _COMPARED
    ]
    if not said:
        return _earlier(sentence) if chosen else _beginning(sentence, form) or _first_few(sentence, form)
    if any(key in ("most", "fewest") and _of_people(sentence, i) for i, key in said):
        return None  # "which exchange involved the most people", which is not weighed: asked back
    keys = {key for _, key in said}
    positions = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "tenth": 10}
    position = next((positions[key] for key in keys if key in positions), None)
    if position is not None and _goes_on(sentence, said):
        return None  # 第四十個 is not the fourth
    if position is not None and keys & {"most", "fewest", "nearest", "farthest"}:
        return None  # the second by number, which no ranking picks out: asked back
    if keys >= {"first", "last"} and _first_and_last(sentence, said):
        return None
    if from_end := next((_FROM_END[key] for key in keys if key in _FROM_END), None):
        position, by = from_end, RankBy.LAST
    elif position is not None and _apart_from(sentence, said):
        return None  # "which was first and which third": two questions
    elif position is not None:
        by = RankBy.LAST if "last" in keys else RankBy.FIRST
    elif {"last", "nearest"} <= keys:
        by = RankBy.NEAREST if _from_somewhere(sentence) or _is_of_places(sentence, form) else RankBy.LAST
    else:
        by = RankBy(min(keys, key=_ORDER.index))
    sentence.used.update(i for i, _ in said)
    silent = sentence.any_of("state") or _is_silent(sentence)
    if by is RankBy.FIRST and silent and any(_is_longest(sentence, i) for i, _ in said):
        by = RankBy.LEAST_RECENT  # "silent the longest"
    if by is RankBy.NEXT and all(sentence.plainly(i) in _TO_COME for i, _ in said) and _lists(form):
        return None  # all that is to come
    return Rank(by, _limit(sentence, [i for i, _ in said]), position)


def _apart_from(sentence: Sentence, said: list[tuple[int, str]]) -> bool:
    """Whether a position and an order stand apart: not "the third oldest", "the third from last"."""
    at = sorted({i for i, _ in said})
    between = [i for one, other in pairwise(at) for i in range(one + 1, other)]
    return any(not {*sentence.plainly(i).split()} <= _JOINS for i in between)


def _goes_on(sentence: Sentence, said: list[tuple[int, str]]) -> bool:
    """Whether a number goes on behind a position: 第四十個, 第二十一."""
    last = max(i for i, _ in said)
    behind = sentence.spans[last + 1 : last + 2]
    return sentence.chinese and any(span.number is not None for span in behind)


_FROM_END = {"penultimate": 2, "third_last": 3}


def _first_and_last(sentence: Sentence, said: list[tuple[int, str]]) -> bool:
    """Whether both ends are asked for: "the first and the last visit"."""
    only = {key: [i for i, other in said if other == key] for key in ("first", "last")}
    both = any(i not in only["last"] and sentence.plainly(i) != "先" for i in only["first"])
    return both and any(i not in only["first"] for i in only["last"])


_JOINS = frozenset(("to", "from", "the", "of", "most", "-"))


def _of_people(sentence: Sentence, index: int) -> bool:
    """Whether people are said to be most, right behind."""
    behind = sentence.spans[index + 1 : index + 2]
    return any(span.has(("noun", "people")) and not span.of("meet") for span in behind)


AGED = (("logic", "earlier"), ("logic", "later"), ("anniversary", "older"), ("anniversary", "younger"))
"""What is said of the older or younger of two ties."""


def says_than(sentence: Sentence) -> bool:
    """Whether one of two is said to be older or younger "than" the other."""
    return sentence.has(("logic", "than")) or any(
        sentence.plainly(i).endswith(" than") for i in sentence.all(*AGED)
    )


def read_weighed(sentence: Sentence, read: Rank | None) -> Rank | None:
    """Which of two ties is said to be the older: "is the tie of Ulm and Brno older than that of Kiel and Graz?"."""
    sentence.take(("logic", "or"), ("logic", "than"))
    return read or _earlier(sentence)


_COUNTERS = frozenset(("個", "个", "座", "位", "件", "份"))


def _first_few(sentence: Sentence, form: Form) -> Rank | None:
    """The first of a place's ties, in Chinese: 前三個姊妹市; 前三名 are those with most of something."""
    for index in sentence.free(("logic", "top")):
        behind = sentence.spans[index + 1 : index + 3]
        few = len(behind) == len(("三", "個")) and behind[0].number is not None and sentence.chinese
        ties = (
            form.asked is Asked.PLACES and form.about is About.TIES and form.head in ("kind", "city", "act")
        )
        if few and ties and sentence.plainly(index + 2) in _COUNTERS:
            return Rank(RankBy.FIRST, _limit(sentence, [index]))
    return None


def _is_silent(sentence: Sentence) -> bool:
    """Whether it is said that nobody was in touch: "haven't we heard from"."""
    denied = sentence.has(("logic", "not"), ("logic", "without"))
    return denied and sentence.has(("meet", "talked"), ("noun", "exchange")) and not sentence.chinese


_COMPARED = {"nearer": "nearest", "further": "farthest"}
"""Said of two; of one, "is Seattle near?", they ask for an opinion."""

_BEGINS = frozenset(("begin", "began", "begun", "start", "started", "beginning", "start of"))


def _beginning(sentence: Sentence, form: Form) -> Rank | None:
    """When exchanges began is when the first was."""
    dated = form.asked is Asked.DATE and form.about is About.EXCHANGES
    begins = any(sentence.plainly(i) in _BEGINS for i in sentence.all(("event", "signed")))
    coming = any(token.text in ("does", "will", "ll") for token in sentence.tokens)
    return Rank(RankBy.FIRST) if dated and begins and not coming else None


_TO_COME = frozenset(("upcoming", "coming", "the coming"))


def _lists(form: Form) -> bool:
    return form.asked in (Asked.RECORDS, Asked.PLACES, Asked.NUMBER, Asked.BOOLEAN)


def _is_longest(sentence: Sentence, index: int) -> bool:
    said = sentence.plainly(index)
    return said in ("最久", "最長") or "longest" in said.split()


def _earlier(sentence: Sentence) -> Rank | None:
    """Which of two was first: "which is older, Seattle or Portland", 哪一個比較早."""
    if sentence.take(("logic", "earlier"), ("anniversary", "older")):
        return Rank(RankBy.FIRST)
    return Rank(RankBy.LAST) if sentence.take(("logic", "later"), ("anniversary", "younger")) else None


def _from_somewhere(sentence: Sentence) -> bool:
    """Whether 最近 is said of the way, 離臺南最近, not of the time."""
    return any(token.text in ("离", "距") for token in sentence.tokens)


def _is_of_places(sentence: Sentence, form: Form) -> bool:
    """Whether 最近 is said of partners themselves and of nothing that happened: 我們的姊妹市哪個最近."""
    places = form.about is About.TIES and form.asked is Asked.PLACES and form.head in ("kind", "city")
    happened = sentence.any_of("event") or sentence.any_of("meet") or sentence.any_of("time")
    return (
        places and bool(sentence.any_of("kind")) and not happened and not any(s.time for s in sentence.spans)
    )


_ORDER = ("most", "fewest", "least_recent", "nearest", "farthest", "next", "last", "first")
"""Which of several words for an order counts: "the first with the most exchanges"."""


_BEFORE_ONLY = frozenset(("the", "our", "my", "its", "their", "s", "an"))


def read_sole(sentence: Sentence, form: Form) -> Rank | None:
    """Whether a partner is to be the only one: "is Da Nang our only partner in Vietnam?". In a list it says no more."""
    if sentence.chinese and form.asked is Asked.BOOLEAN and form.about is About.TIES:
        return Rank(RankBy.ONLY) if sentence.take(("logic", "sole")) else None
    for index in sentence.free(("logic", "only")):
        behind = sentence.after(index)
        while behind is not None and behind in sentence.names:
            behind = sentence.after(behind)
        noun = behind is not None and head_of(sentence, behind) in ("kind", "act")
        said_of_it = index and sentence.tokens[sentence.spans[index].start - 1].text in _BEFORE_ONLY
        asked = form.about is About.TIES and form.asked in (Asked.BOOLEAN, Asked.PLACES)
        if asked and form.asked is Asked.PLACES and _adds(sentence, index):
            sentence.use(index)
            continue
        if noun and said_of_it and asked:
            sentence.use(index)
            return Rank(RankBy.ONLY) if form.asked is Asked.BOOLEAN else None
    return None


def _adds(sentence: Sentence, index: int) -> bool:
    """Whether what was asked is narrowed by words that are added: "our partners since 2000, only those in Japan"."""
    spans = sentence.spans
    before = next((i for i in range(index - 1, -1, -1) if not spans[i].of("repair")), None)
    behind = sentence.after(index)
    asked = before is not None and spans[before].has(("ask", "list"), ("filler", "request"))  # "show only"
    if behind is None or (before is not None and not (spans[before].mark or asked)):
        return False
    return behind in sentence.names or head_of(sentence, behind) in ("kind", "city")


def _limit(sentence: Sentence, at: list[int]) -> int:
    """The number beside a word for an order: "the three oldest", 最近三次; 1 without."""
    for index in (*at, *sentence.free(("logic", "top"))):
        for near in (_number_behind(sentence, index), _number_before(sentence, index)):
            if 0 <= near < len(sentence.spans) and near not in sentence.used:
                number = sentence.spans[near].number
                if number and not _is_of_years(sentence, near):
                    sentence.used.update((near, index))
                    if near and sentence.spans[near - 1].has(("logic", "top")):
                        sentence.use(near - 1)  # 前三久的
                    return number
    return _asked_for(sentence) or 1


def _asked_for(sentence: Sentence) -> int | None:
    """The number right behind what asks for so many: "which two of our partnerships are the oldest?"."""
    for index in sentence.all(("ask", "which"), ("ask", "who"), ("ask", "list")):
        number = sentence.spans[index + 1].number if index + 1 < len(sentence.spans) else None
        of_them = sentence.spans[index + 2 : index + 3]
        counted = any("of" in span.of("small") or span.of("kind") or span.mention for span in of_them)
        if number and counted and index + 1 not in sentence.used and not sentence.chinese:
            sentence.use(index + 1)
            return number
    return None


def _is_of_years(sentence: Sentence, index: int) -> bool:
    """Whether a number says which anniversary: "our next 50th anniversary", "turns 60 next"."""
    turns = index > 0 and sentence.spans[index - 1].has(("anniversary", "turning"))
    behind = sentence.spans[index + 1 : index + 2]
    ordinal = sentence.plainly(index).endswith(("th", "st", "nd", "rd"))
    jubilee = (ordinal or sentence.chinese) and any(span.of("anniversary") for span in behind)
    return turns or jubilee or bool(sentence.spans[index].of("anniversary"))


def _number_behind(sentence: Sentence, index: int) -> int:
    """Where the number of 最頻繁的五個 stands: right behind, or behind 的."""
    behind = index + 1
    if (
        behind + 1 < len(sentence.spans)
        and sentence.chinese
        and sentence.spans[behind].has(("event", "signed"))
    ):
        behind += 1  # 最近簽的三個
    if behind + 1 < len(sentence.spans) and sentence.written(behind) == "的":
        return behind + 1
    return behind


def _number_before(sentence: Sentence, index: int) -> int:
    """Where the number of "three of our oldest" stands; -1 at the beginning."""
    at = index - 1
    while (
        at >= 0
        and sentence.spans[at].number is None
        and not sentence.means(at)
        and not sentence.spans[at].mark
    ):
        at -= 1
    return at


def per_of_rank(form: Form, query: Query) -> Per | None:
    """What is ranked by how many there are of it."""
    if form.head == "country":
        return Per.COUNTRY
    if form.head == "region":
        return Per.REGION
    if form.asked is Asked.DATE:
        return Per.YEAR
    return Per.PARTNER if query.about is About.EXCHANGES else Per.HOME
