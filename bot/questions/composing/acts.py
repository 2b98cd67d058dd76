"""Which agreements a question is about: their kinds, how they stand, and which day in their life it speaks of."""

import re
from datetime import date

from bot.domain.partnerships import Status
from bot.questions.conditions import Acts, Event, KindWord
from bot.questions.parts.form import Form, about_exchanges
from bot.questions.parts.sentence import Sentence
from bot.questions.parts.spans import Span
from bot.questions.query import About, Asked, Told
from bot.questions.reading.named_acts import named_after
from bot.questions.reading.narrowing import (
    read_event,
    read_kinds,
    read_statuses,
)
from bot.questions.reading.numbers import read_age


def read_acts(sentence: Sentence, form: Form, today: date) -> tuple[Acts, Event | None]:
    """Which agreements, and which day in their life the sentence speaks of, if any."""
    kinds, without_kinds = read_kinds(sentence, form)
    event = read_event(sentence)
    statuses = read_statuses(sentence)
    if event in _LEAVES and Status.ACTIVE in statuses and form.asked is Asked.BOOLEAN:
        event = None  # "they fell out; are they still sister cities?"
    if event in _LEAVES and (not form.of_pairs or form.asked is Asked.BOOLEAN):
        statuses |= {_LEAVES[event]}
    if event is None and len(statuses) == 1:
        event = next((each for each, status in _LEAVES.items() if status in statuses), None)
    ties = form.asked is Asked.BOOLEAN and form.about is About.TIES
    past = ties and not statuses and not about_exchanges(sentence) and _speaks_of_past(sentence)
    if _of_ties(sentence, form) and sentence.take(("logic", "formerly")):
        past = past or not statuses
    if _of_anything(sentence, form, kinds):
        kinds, past = frozenset({KindWord.ALL}), True
    if not kinds and _of_any_act(sentence, form):
        kinds = frozenset({KindWord.ALL})
    if not kinds and ties and _is_twinned(sentence):
        kinds = frozenset({KindWord.PARTNERS})
    acts = Acts(
        any_status=past,
        ever=form.asked is Asked.PLACES and not statuses and _ever_signed(sentence),
        kinds=kinds,
        without_kinds=without_kinds,
        statuses=statuses,
        event=event or Event.SIGNED,
        undated=_undated(sentence),
        age=read_age(sentence, today),
        disputed=sentence.take(("noun", "disputed")) or sentence.has(("noun", "disputed")),
        replaced=sentence.take(("noun", "replaced")),
        invalid=event is Event.ENDED and _declared_invalid(sentence, form),
        fields=named_after(sentence, form),
        by_home=form.asked is Asked.BOOLEAN and form.about is About.TIES and _of_the_city(sentence),
        of_three=form.about is About.TIES and sentence.take(("noun", "three")),
    )
    return acts, event


def _of_ties(sentence: Sentence, form: Form) -> bool:
    """Whether "in the past" is said of ties, which may be over, and of no exchange."""
    tied = sentence.has(("event", "signed"), ("event", "ended"), ("noun", "tie"))
    listed = form.asked in (Asked.PLACES, Asked.RECORDS) and tied
    told = form.asked is Asked.BOOLEAN or listed or form.told in (Told.KIND, Told.OVERVIEW)
    return form.about is About.TIES and told and not about_exchanges(sentence)


_CITY_ITSELF = frozenset(
    (
        "市府",
        "市政府",
        "縣府",
        "县府",
        "縣政府",
        "县政府",
        "本府",
        "the city government",
        "our city government",
        "the city hall",
        "city hall",
    )
)


def _of_the_city(sentence: Sentence) -> bool:
    """Whether it is said that the city's government is meant, and so none of its districts: 是市府的姊妹市嗎."""
    return any(sentence.plainly(i) in _CITY_ITSELF for i in sentence.all(("small", "own")))


_INVALID = re.compile(r"\binvalid|\bvoid\b|無效|无效")
_LISTED = (Asked.PLACES, Asked.RECORDS, Asked.NUMBER, Asked.BOOLEAN)


def _declared_invalid(sentence: Sentence, form: Form) -> bool:
    """Whether those are asked for that were declared invalid, and not all that ended."""
    said = [sentence.plainly(i) for i in sentence.any_of("event") if "ended" in sentence.spans[i].of("event")]
    return form.asked in _LISTED and any(map(_INVALID.search, said))


def _of_anything(sentence: Sentence, form: Form, kinds: frozenset[KindWord]) -> bool:
    """Whether the first of whatever two places signed is meant: "when did they first sign something?"."""
    first = sentence.has(("order", "first")) and not kinds
    return first and form.asked is Asked.DATE and form.about is About.TIES and bool(sentence.any_of("event"))


_WHATEVER = frozenset(("什麼", "什么", "甚麼", "啥"))


_ACTS = re.compile("agreement|accord|pact|協[議定]|协[议定]")


def _of_any_act(sentence: Sentence, form: Form) -> bool:
    """Whether agreements of whatever kind are asked for: "which agreements", 今年簽了什麼, 三方協議有哪些."""
    if form.about is not About.TIES:
        return False
    listed = form.asked in (Asked.PLACES, Asked.RECORDS, Asked.NUMBER, Asked.DATE, Asked.STATISTICS)
    said = (*sentence.all(("noun", "act")), *sentence.any_of("event"))
    agreements = any(_ACTS.search(sentence.plainly(i)) for i in said)
    agreements = agreements or any(_asks_what_was_signed(sentence.spans[i]) for i in said)
    pair = form.of_pairs and any(name.is_place for name in sentence.names.values())
    timed = any(span.time for span in sentence.spans)
    any_act = agreements and timed and not pair and not sentence.any_of("kind")
    if form.asked is Asked.BOOLEAN and (any_act or _signed_then(sentence)):
        return True
    if listed and not pair and (form.head == "act" or agreements):
        return True
    if form.asked is not Asked.DATE and listed and not pair and _signs_whatever(sentence):
        return True
    if not sentence.chinese:
        return False
    at = form.asked_at
    what = at is not None and sentence.plainly(at) in _WHATEVER and sentence.after(at) is None
    acts = sentence.has(("noun", "three")) and sentence.has(("noun", "act"))
    return (what and form.asked is Asked.PLACES and sentence.has(("event", "signed"))) or acts


def _asks_what_was_signed(span: Span) -> bool:
    return span.has(("noun", "act")) and span.has(("event", "signed")) and bool(span.of("ask"))


def _signed_then(sentence: Sentence) -> bool:
    """Whether it is asked if anything was signed at a time, of whichever kind: 2018年有沒有簽約, "did we sign?"."""
    signed = [i for i in sentence.all(("event", "signed")) if not sentence.spans[i].of("kind")]
    signed = [i for i in signed if sentence.plainly(i) not in _NEW]  # 新簽的約
    said = bool(signed) and all(_SIGNS.search(sentence.plainly(i)) for i in signed)
    return said and not sentence.any_of("kind") and any(span.time for span in sentence.spans)


def _is_twinned(sentence: Sentence) -> bool:
    """Whether towns are asked to be twins, which a memorandum does not make of them."""
    said = [i for i in sentence.all(("event", "signed")) if sentence.plainly(i).startswith("twin")]
    return bool(said) and not sentence.chinese


_SIGNS = re.compile("^sign(?:s|ed|ing)?$|[簽签](?:[署訂订下]?[過过了的]?[約约]|[過过了]?$)")
"""Words for signing that do not say what is signed, as 締盟 and "twinned" do."""

_NEW = frozenset(("new", "newly", "新", "新的"))
_SOMETHING = frozenset(("something", "anything", "whatever"))


def _signs_whatever(sentence: Sentence) -> bool:
    """Whether it is only said that something was signed: "who has signed something with Korea?", 哪些城市跟日本簽約."""
    signed = [i for i in sentence.all(("event", "signed")) if not sentence.spans[i].of("kind")]
    said = [i for i in signed if _SIGNS.search(sentence.plainly(i))]
    whatever = sentence.chinese or any(token.text in _SOMETHING for token in sentence.tokens)
    return bool(said) and len(said) == len(signed) and whatever and not sentence.any_of("kind")


_EVER = frozenset(("ever", "once", "formerly", "used", "was", "were", "did", "had", "曾", "过"))
_AT_FIRST = frozenset(("原本", "原先", "本來", "本来", "起初", "當初", "当初", "最初"))
"""What was so at first another agreement may have replaced: 跟高千穗町原本是友好城市嗎."""


def _speaks_of_past(sentence: Sentence) -> bool:
    """Whether it is asked what was at any time: "was Malé ever a sister city?", 簽過."""
    first = {i for i, span in enumerate(sentence.spans) if not (span.mark or span.of("filler"))}
    start = min(first, default=0)
    verbs = {t.text for t in sentence.tokens[sentence.spans[start].start : sentence.spans[start].end]}
    tokens = {
        sentence.tokens[i].text
        for span in sentence.spans
        if span.end - span.start == 1 or not (span.of("logic") or span.of("anniversary"))  # not 超過
        for i in range(span.start, span.end)
    }
    ever = tokens & {"ever", "once", "formerly", "曾", "过"}
    at_first = any(sentence.plainly(i) in _AT_FIRST for i in range(len(sentence.spans)))
    return not sentence.any_of("order") and bool(ever or at_first or verbs & _EVER)


def _ever_signed(sentence: Sentence) -> bool:
    """Whether a list is asked for of what was ever signed: 簽過哪些備忘錄, "which memoranda have we ever signed?"."""
    signed = sentence.all(("event", "signed"))
    if not sentence.chinese:
        return bool(signed) and any(token.text == "ever" for token in sentence.tokens)
    behind = (sentence.tokens[sentence.spans[i].end : sentence.spans[i].end + 1] for i in signed)
    through = any(sentence.plainly(i).endswith(("過", "过")) for i in signed)
    return (
        through or any(token.text == "过" for tokens in behind for token in tokens) or "曾" in sentence.plain
    )


_GONE_THROUGH = ("過", "过")

_LEAVES = {Event.ENDED: Status.ENDED, Event.PAUSED: Status.PAUSED}
"""What an agreement is after that day: those that "were ended" are asked for by it."""


def _undated(sentence: Sentence) -> bool | None:
    """Whether only those without a recorded day of signing are asked for, or with one; None for both."""
    if sentence.take(("noun", "date_missing")):
        return True
    return False if sentence.take(("noun", "date_known")) else None
