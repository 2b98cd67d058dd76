"""Which exchanges a question speaks of, and whether it asks for those that were not."""

from dataclasses import replace

from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.profiles import Topic
from bot.questions.conditions import Met, Role
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Sentence
from bot.questions.parts.spans import Span
from bot.questions.query import About
from bot.questions.reading.kinds_by_word import by_their_word
from bot.questions.reading.signings import VISITS, asks_how, for_a_signing
from bot.questions.reading.title_words import (
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


def _is_idle(span: Span) -> bool:
    """Whether a part only fills or points: 布里斯本那邊上次來."""
    return bool(span.concepts) and {section for section, _ in span.concepts} <= {"filler", "pointing"}


def _says_nothing(sentence: Sentence, index: int) -> bool:
    """Whether a lone 來 or 去 stands beside nobody who might come or go: 列出來."""
    if sentence.written(index) not in _OF_NOBODY:
        return False
    behind = sentence.after(index)
    before = [i for i in range(index) if not (_is_idle(sentence.spans[i]) or sentence.spans[i].time)]
    near = [*before[-2:], *range(index + 1, min(index + 2, len(sentence.spans)))]
    if (
        behind is not None
        and sentence.spans[behind].has(("ask", "which"))
        and "位" in sentence.written(behind)
    ):
        return False  # 來了哪幾位
    at = index - 1 - bool(index and sentence.spans[index - 1].of("pointing"))
    if at >= 0 and sentence.spans[at].has(("order", "last"), ("order", "first")):
        return False  # 他們上次來是什麼時候, 上次他們來
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
            DEPUTIES,
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
    if not said and not (form.about is About.EXCHANGES and (sentence.any_of("topics") or asks_how(sentence))):
        return None, False
    denied = [at for i in said if (at := negation_of(sentence, i)) is not None]
    sentence.used.update(denied)
    met = _what(sentence, said, host)
    kinds, topics = _topics(sentence, form)
    named = () if denied else tuple(persons(sentence))
    words = _titled(sentence, form, said, named, denied=bool(denied))
    met = replace(met, kinds=met.kinds | kinds, topics=topics, words=words, persons=named)
    if met.kinds <= _GATHERED and sentence.chinese and called_by_name(words, sentence):
        met = replace(met, kinds=frozenset())  # 神社祭典: its title tells which, whatever it is logged as
    met = by_their_word(sentence, said, for_a_signing(sentence, form, met))
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


def _titled(
    sentence: Sentence, form: Form, said: list[int], persons: tuple[str, ...], *, denied: bool
) -> tuple[str, ...]:
    """Words that are looked for in titles."""
    called_so = (*called(sentence, form), *called_in_english(sentence, form)) if not denied else ()
    named = () if denied else (*persons, *called_so, *deputies(sentence))
    return (*items(sentence, said), *about(sentence), *named, *venues(sentence)) or halls(sentence)


def _only_came(sentence: Sentence) -> bool:
    """Whether nothing says that it was a visit but that somebody came or went, in English; "who from Prague came" asks
    for visits, as nothing else is said to have been the occasion.
    """
    visits = sentence.has(("kinds", "visit"), ("meet", "visit"))
    came = sentence.all(("meet", "came"), ("meet", "went"))
    nobody_else = any(sentence.plainly(i).startswith("visit") for i in came) or _is_who_from(sentence)
    return bool(came) and not visits and not sentence.chinese and not nobody_else


def _is_who_from(sentence: Sentence) -> bool:
    """Whether a question begins with "who from" a place, and tells of no group of people."""
    return sentence.plainly(0) == "who" and sentence.plainly(1) == "from" and not _young(sentence)


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
    if moved == {"visit"} and _only_led(sentence, said):
        moved = set()  # "which exchanges were led by the mayor": also what was no visit
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


_LED = ("led by", "headed by", "guided by")


def _only_led(sentence: Sentence, said: list[int]) -> bool:
    """Whether nothing says that it was a visit but that somebody led it, of what is called an exchange."""
    visits = [i for i in said if sentence.spans[i].has(("meet", "visit"), ("kinds", "visit"))]
    return sentence.has(("noun", "exchange")) and all(sentence.plainly(i).endswith(_LED) for i in visits)


_GATHERINGS = frozenset(("twin_city_forum", "asia_pacific_cities_summit", "harbour_birthday"))
"""Things that are gatherings: who came to one was there, and is not logged as a visitor."""

_ABOVE = {ExchangeLevel.OFFICIAL.value: {ExchangeLevel.LEADER.value}}
"""Leaders meet officially, too: asked for what was official, theirs is in it."""


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
        said_of_it = behind is None or behind.mark  # "how many were cultural?"
        said_of_it = said_of_it and index > 0 and sentence.plainly(index - 1) in ("was", "were", "are", "is")
        if key in _SAME_WORD and (said_of_it or (behind and behind.has(("noun", "exchange")))):
            kinds.add(ExchangeKind(key))
        else:
            topics.add(Topic(key))
    sisters = any(
        key.startswith("sister_") for _, key in sentence.words("items")
    )  # no port but a sister port
    return frozenset(kinds), frozenset() if sisters else frozenset(topics)
