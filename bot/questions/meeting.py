"""Which exchanges a question speaks of, and whether it asks for those that were not."""

from dataclasses import replace

from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.profiles import Topic
from bot.questions.conditions import Met, Role
from bot.questions.form import Form
from bot.questions.moving import partners_move
from bot.questions.query import About
from bot.questions.sentence import Sentence
from bot.questions.signings import VISITS, for_a_signing
from bot.questions.title_words import (
    DEPUTIES,
    about,
    called,
    called_by_name,
    called_in_english,
    deputies,
    halls,
    items,
    persons,
    venues,
)

_SAME_WORD = frozenset(("culture", "education", "sport"))
"""Fields that are kinds of exchanges, too: "cultural exchanges", 教育交流."""

_PASSED = ("filler", "small", "ask", "order")
_FAR = 8


def negation_of(sentence: Sentence, index: int) -> int | None:
    """Where a part is denied: the "not" or "without" before it, with nothing but names and small words between."""
    for i in range(index - 1, max(-1, index - 1 - _FAR), -1):
        span = sentence.spans[i]
        if span.has(("logic", "not"), ("logic", "without")) and i not in sentence.used:
            return i
        if span.mark or (span.concepts and not any(span.of(section) for section in _PASSED)):
            return None
    return None


def _said(sentence: Sentence, form: Form) -> list[int]:
    """The parts that speak of exchanges."""
    found = [*sentence.any_of("kinds"), *sentence.any_of("mode"), *sentence.any_of("meet")]
    if form.about is not About.EXCHANGES:  # an agreement is cancelled, too
        found = [i for i in found if not (sentence.spans[i].of("event") or sentence.spans[i].of("status"))]
    found += sentence.all(("noun", "exchange"), DEPUTIES)
    found += [*sentence.any_of("level"), *sentence.any_of("items")]
    asks = form.asked_at if sentence.chinese else None  # 哪場賽事, 多少學生 ask and say of what
    return sorted(
        i for i in set(found) if (i not in sentence.used or i == asks) and not _says_nothing(sentence, i)
    )


_OF_NOBODY = frozenset(("來", "来", "去"))


def _says_nothing(sentence: Sentence, index: int) -> bool:
    """Whether a lone 來 or 去 stands beside nobody who might come or go: 列出來."""
    if sentence.written(index) not in _OF_NOBODY:
        return False
    behind = sentence.after(index)
    near = [i for i in (index - 2, index - 1, index + 1) if 0 <= i < len(sentence.spans)]
    if (
        behind is not None
        and sentence.spans[behind].has(("ask", "which"))
        and "位" in sentence.written(behind)
    ):
        return False  # 來了哪幾位
    return not any(
        sentence.spans[i].mention
        or "own" in sentence.spans[i].of("small")
        or sentence.spans[i].has(
            ("ask", "who"),
            ("ask", "where"),
            ("ask", "when"),
            ("noun", "city"),
            ("noun", "people"),
            ("people", "mayor"),
        )
        or sentence.spans[i].of("kinds")
        or sentence.spans[i].of("kind")
        for i in near
    )


def read_met(sentence: Sentence, form: Form, host: bool | None) -> tuple[Met | None, bool]:
    """The exchanges that are spoken of, None if there are none, and whether they are denied.

    `host` is whether others came to the home (True) or people of it went (False), where the sentence says so.
    """
    said = _said(sentence, form)
    if not said and not (form.about is About.EXCHANGES and sentence.any_of("topics")):
        return None, False
    denied = [at for i in said if (at := negation_of(sentence, i)) is not None]
    sentence.used.update(denied)
    met = _what(sentence, said, host)
    kinds, topics = _topics(sentence, form)
    words = _titled(sentence, form, said, denied=bool(denied))
    met = replace(met, kinds=met.kinds | kinds, topics=topics, words=words)
    if met.kinds <= _GATHERED and sentence.chinese and called_by_name(words, sentence):
        met = replace(met, kinds=frozenset())  # 神社祭典: its title tells which, whatever it is logged as
    met = for_a_signing(sentence, form, met)
    if "aid" in {key for i in said for key in sentence.spans[i].of("kinds")}:
        sentence.take(("noun", "thing"))  # 收到什麼禮
    if form.role is Role.PARTICIPANT and met.kinds <= VISITS and _only_came(sentence):
        met = replace(met, kinds=frozenset())  # pupils come, too, on what is no visit
    if met.kinds and met.kinds <= VISITS | _OF_THE_YOUNG and _young(sentence):
        met = replace(met, kinds=met.kinds | _OF_THE_YOUNG if met.kinds & VISITS else met.kinds | _SCHOOLED)
    said_so = form.about is About.EXCHANGES or denied or _exchanged(sentence, said)
    if said_so or met not in (Met(), _ONLY_PLANNED):
        sentence.used.update(said)
        return met, bool(denied)
    return None, False


def _titled(sentence: Sentence, form: Form, said: list[int], *, denied: bool) -> tuple[str, ...]:
    """Words that are looked for in titles."""
    called_so = (*called(sentence, form), *called_in_english(sentence, form)) if not denied else ()
    named = () if denied else (*persons(sentence), *called_so, *deputies(sentence))
    return (*items(sentence, said), *about(sentence), *named, *venues(sentence)) or halls(sentence)


def _only_came(sentence: Sentence) -> bool:
    """Whether nothing says that it was a visit but that somebody came or went, in English."""
    visits = sentence.has(("kinds", "visit"), ("meet", "visit"))
    return not visits and not sentence.chinese and sentence.has(("meet", "came"), ("meet", "went"))


_YOUNG = (
    "student", "students", "pupil", "pupils", "youth", "young people", "young leader", "young leaders",
    "學生", "学生", "師生", "师生", "青年", "青少年", "青年領袖", "青年领袖", "年輕人", "交換學生", "交换学生",
)  # fmt: skip
_OF_THE_YOUNG = frozenset((ExchangeKind.EDUCATION, ExchangeKind.CULTURE, ExchangeKind.SPORT))
_GATHERED = _OF_THE_YOUNG | {ExchangeKind.EXHIBITION, ExchangeKind.CONFERENCE, ExchangeKind.WEBINAR}
_SCHOOLED = frozenset((ExchangeKind.EDUCATION,))
"""What young people take part in may be logged as education: 女學生參加龍舟賽."""


def _young(sentence: Sentence) -> bool:
    """Whether young people came, which is seldom logged as a visit: "when did students from Columbus visit us?"."""
    said = [*sentence.any_of("topics"), *sentence.any_of("kinds"), *sentence.all(("noun", "people"))]
    pupils = sentence.chinese and sentence.has(("items", "pupil"))
    return pupils or any(sentence.plainly(i).removesuffix(" from").endswith(_YOUNG) for i in said)


_ONLY_PLANNED = Met(statuses=frozenset({ExchangeStatus.PLANNED}))
"""What 會有 says of ties, when no exchange is spoken of: that is no plan."""


def _exchanged(sentence: Sentence, said: list[int]) -> bool:
    return any(sentence.spans[i].has(("noun", "exchange"), ("meet", "talked")) for i in said)


def _what(sentence: Sentence, said: list[int], host: bool | None) -> Met:
    """Kind, mode, level and state."""
    spans = [sentence.spans[i] for i in said]
    keys = {key for span in spans for key in span.of("kinds")}
    meet = {key for span in spans for key in span.of("meet")}
    modes = {key for span in spans for key in span.of("mode")}
    levels = {key for span in spans for key in span.of("level")}
    if sentence.has(("people", "participant")) and "signed" in {key for _, key in sentence.words("event")}:
        keys.add(ExchangeKind.SIGNING.value)  # "who attended the signing"
    kinds: set[ExchangeKind] = {ExchangeKind(key) for key in keys} - {
        ExchangeKind.VIRTUAL_VISIT,
        ExchangeKind.VISIT,
    }
    mode = Mode(min(modes)) if len(modes) == 1 else None
    if "virtual_visit" in keys:
        mode = Mode.VIRTUAL
    gathering = any(_GATHERINGS & set(span.of("items")) for span in spans)
    given = "aid" in keys or any(span.of("items") for span in spans)  # "which city received fire engines"
    moved = meet & ({"visit"} if given else {"visit", "came", "went", "received"})
    held = bool(
        keys - {"visit", "virtual_visit"}
    )  # who came for a tournament is found with it, whoever visited
    moved = moved if "visit" in meet or not held else set()
    if not gathering and mode is not Mode.VIRTUAL and ("visit" in keys or moved):
        kinds |= VISITS if host is None else {ExchangeKind.VISIT_IN if host else ExchangeKind.VISIT_OUT}
    statuses = set[ExchangeStatus]()
    if "planned" in meet or sentence.has(("order", "next")):
        statuses.add(ExchangeStatus.PLANNED)
    if sentence.has(("ask", "status")):
        statuses.update(ExchangeStatus)  # what became of it, be it that it was called off
    if "cancelled" in meet:
        statuses.add(ExchangeStatus.CANCELLED)
    return Met(
        kinds=frozenset(kinds),
        mode=mode,
        levels=frozenset(ExchangeLevel(key) for key in levels | _ABOVE.get("".join(sorted(levels)), set())),
        statuses=frozenset(statuses),
    )


_GATHERINGS = frozenset(("twin_city_forum", "asia_pacific_cities_summit", "harbour_birthday"))
"""Things that are gatherings: who came to one was there, and is not logged as a visitor."""

_ABOVE = {ExchangeLevel.OFFICIAL.value: {ExchangeLevel.LEADER.value}}
"""Leaders meet officially, too: asked for what was official, theirs is in it."""


_MOVING = frozenset(("visit", "came", "went", "received", "sent"))
_DID = frozenset(("did", "do", "does", "has", "have", "had", "will"))
_MADE = frozenset(("make", "made", "pay", "paid", "undertake", "undertaken"))


def direction(sentence: Sentence, home: set[int], partner: set[int]) -> bool | None:
    """Whether others came to the home (True), or people of it went (False); None where the sentence does not say.

    `home` and `partner` are the positions of the words that name them, "we" among them.
    """
    if any(token.text == "neither" for token in sentence.tokens):
        return None  # neither visited nor received
    if any(span.has(("meet", "came")) and _names_us(sentence, i) for i, span in enumerate(sentence.spans)):
        return True
    moving = [(i, set(span.of("meet")) & _MOVING) for i, span in enumerate(sentence.spans)]
    moving = [(i, keys or _moves_whoever(sentence, i)) for i, keys in moving]
    verbs = sorted(((i, keys) for i, keys in moving if keys), key=lambda each: "visit" in each[1])
    for index, keys in verbs:  # "how many visits did we receive": what was done says more than what it was
        mover = _nearest(sentence, range(index - 1, -1, -1), home | partner)
        goal = _nearest(sentence, range(index + 1, len(sentence.spans)), home | partner)
        if mover is not None and _is_goal(sentence, mover):  # 到洛杉磯郡訪問
            mover, goal = None, mover
        described = goal is not None and "came" in keys and _is_described(sentence, goal)
        if mover is None and goal is not None and (described or _comes_behind(sentence, index, goal)):
            mover, goal = goal, None
        if ("received" in keys) is not _is_passive(sentence, index):  # "were visited by our mayor"
            mover, goal = goal, mover
        elif _is_visited(sentence, index):  # "which partners were visited most recently?"
            return False
        elif goal is not None and (
            _is_mover(sentence, goal) or (mover is None and _is_theirs(sentence, index))
        ):
            mover, goal = goal, None
        if goal is None and mover not in partner and _is_our_mayor(sentence, index):
            return False
        if goal is None and partners_move(sentence, index, keys):
            return True
        if "came" in keys and mover in home and goal is None and not partner and sentence.chinese:
            return True  # 高雄到現在有多少人來訪過
        if mover in home or goal in partner:
            return False
        if goal in home or mover in partner:
            return True
        if keys & {"came", "received"}:
            return True
        if keys & {"went", "sent"}:
            return False
    return _way(sentence, home, partner)


_WHOEVER = {"来": "came", "去": "went", "率团": "went"}


def _moves_whoever(sentence: Sentence, index: int) -> set[str]:
    """Which way they moved of whom nothing but that is asked: 誰來, 誰去."""
    span = sentence.spans[index]
    if not span.has(("people", "participant")):
        return set()
    said = "".join(token.text for token in sentence.tokens[span.start : span.end])
    return {way for word, way in _WHOEVER.items() if word in said}


_US = frozenset(("us", "here"))


def _names_us(sentence: Sentence, index: int) -> bool:
    """Whether a verb of coming has in it where to: "who sent a delegation to us?"."""
    span = sentence.spans[index]
    return any(sentence.tokens[i].text in _US for i in range(span.start, span.end))


def _way(sentence: Sentence, home: set[int], partner: set[int]) -> bool | None:
    """The same by the small words before a name: "the delegation to Gdynia", "visits from Japan"."""
    if not sentence.has(("kinds", "visit"), ("meet", "visit")):
        return None
    for index in sorted(home | partner):
        start = sentence.spans[index].start
        before = sentence.tokens[start - 1].text if start else ""
        if before in _TO:
            return index in home
        if before in _FROM:
            return index in partner
    return None


def _is_passive(sentence: Sentence, index: int) -> bool:
    """Whether who did it is named behind a verb: "visited by our mayor"."""
    first = [token.text for token in sentence.tokens[: len(("by", "whom"))]]
    return "by" in sentence.small_after(index) or first == ["by", "whom"]


def _is_our_mayor(sentence: Sentence, index: int) -> bool:
    """Whether it is the asker's mayor who visits partners: "which partner city did the mayor last visit?"."""
    before = next((i for i in range(index - 1, -1, -1) if sentence.spans[i].of("people")), None)
    if before is None or not sentence.plainly(index).startswith("visit") or sentence.chinese:
        return False
    between = [sentence.spans[i] for i in range(before + 1, index)]
    did = {token.text for token in sentence.tokens[: sentence.spans[before].start]} & {"did", "has", "have"}
    article = sentence.tokens[sentence.spans[before].start - 1].text in ("the", "our")
    return bool(did) and article and all(span.of("order") or span.of("filler") for span in between)


_BE = frozenset(("was", "were", "been", "being", "is", "are"))


def _is_visited(sentence: Sentence, index: int) -> bool:
    """Whether partners are said to be visited, and by whom is left open, so that it was by us."""
    start = sentence.spans[index].start
    before = [token.text for token in sentence.tokens[max(0, start - 2) : start]]
    kinds = any(i < index for i in sentence.any_of("kind"))
    return sentence.plainly(index) == "visited" and bool(_BE & set(before)) and kinds


def _is_mover(sentence: Sentence, index: int) -> bool:
    """Whether who is named behind a visit went on it: "visits from Prague", "visits did we make"."""
    start = sentence.spans[index].start
    before = sentence.tokens[start - 1].text if start else ""
    made = any(token.text in _MADE for token in sentence.tokens[start:])
    return before in _FROM or (before in _DID and made)


def _is_described(sentence: Sentence, index: int) -> bool:
    """Whether a verb of coming stands before a name to say who is meant: 來訪的日本城市."""
    start = sentence.spans[index].start
    return sentence.chinese and start > 0 and sentence.tokens[start - 1].text == "的"


_COMES = frozenset(("come", "comes", "came", "go", "goes", "went", "travelled", "traveled"))


def _comes_behind(sentence: Sentence, index: int, goal: int) -> bool:
    """Whether who moves is named behind the verb, and not where to: "on what date came the mayor of Vilnius to us?"."""
    words = {sentence.tokens[i].text for i in range(sentence.spans[index].end, sentence.spans[goal].start)}
    return sentence.plainly(index) in _COMES and not words & {"to", "into", "here", "over"}


def _is_theirs(sentence: Sentence, index: int) -> bool:
    """Whether a visit is said to be somebody's: "the visit of Strasbourg's mayor"."""
    end = sentence.spans[index].end
    behind = sentence.tokens[end].text if end < len(sentence.tokens) else ""
    return behind == "of" and sentence.plainly(index) in ("visit", "visits")


def _is_goal(sentence: Sentence, index: int) -> bool:
    start = sentence.spans[index].start
    return sentence.chinese and start > 0 and sentence.tokens[start - 1].text in _TO


_TO, _FROM = frozenset(("to", "到", "往", "访", "赴")), frozenset(("from", "从", "自"))


def _nearest(sentence: Sentence, positions: range, names: set[int]) -> int | None:
    """The next name in this direction that is not one of two that met: "between A and B", 和布拉格."""
    for index in positions:
        span = sentence.spans[index]
        if index in names:
            beside = sentence.small_before(index) | sentence.small_after(index)
            paired = bool(beside & {"with", "and"})
            return None if paired else index
        if span.mark or {"with", "and"} & set(span.of("small")) or span.has(("ask", "who")):
            return None  # 有誰要來訪: it is they who move
    return None


def _topics(sentence: Sentence, form: Form) -> tuple[frozenset[ExchangeKind], frozenset[Topic]]:
    """Fields that are named; right before the word for an exchange some are its kind: "cultural exchange"."""
    kinds, topics = set[ExchangeKind](), set[Topic]()
    asking = sentence.spans[form.asked_at].of("topics") if form.asked_at is not None else ()
    if sentence.chinese:
        topics.update(map(Topic, asking))  # 多少青年
    for index, key in list(sentence.words("topics")):
        sentence.use(index)
        if sentence.spans[index].of("items") or key in sentence.spans[index].of("kinds"):
            continue  # a thing says more than its field, and a kind as much
        behind = sentence.spans[index + 1] if index + 1 < len(sentence.spans) else None
        if key in _SAME_WORD and behind is not None and behind.has(("noun", "exchange")):
            kinds.add(ExchangeKind(key))
        else:
            topics.add(Topic(key))
    return frozenset(kinds), frozenset(topics)
