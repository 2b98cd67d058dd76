"""What a question on exchanges says that its query does not: visits, guests, things that were given."""

import re

from bot.domain.exchanges import ExchangeLevel, ExchangeStatus
from bot.questions.conditions import Event, Met
from bot.questions.parts.form import Form, about_exchanges, head_of, names_partners
from bot.questions.parts.sentence import Sentence
from bot.questions.parts.spans import OF_A_VISIT
from bot.questions.query import About, Asked, Query, Told, Unit
from bot.questions.reading.title_words import DEPUTIES


def is_of_a_visit(query: Query, sentence: Sentence) -> bool:
    """Whether an anniversary only tells which visit is meant: 橫濱市長在十週年那年有來臺北嗎."""
    moved = sentence.has(*OF_A_VISIT)
    moved = moved or (not sentence.chinese and sentence.has(("kinds", "visit")))
    asked = query.asked in (Asked.BOOLEAN, Asked.DATE)
    return asked and moved and query.about is About.ANNIVERSARIES


def came_for_it(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked who came for an anniversary, and not of the anniversary: "did they come for the jubilee"."""
    dated = query.about is About.ANNIVERSARIES and query.asked is Asked.DATE
    return (
        dated
        and sentence.has(("meet", "came"), ("meet", "visit"), ("kinds", "visit"))
        and not sentence.chinese
    )


def only_has_a_mayor(query: Query, sentence: Sentence) -> bool:
    """Whether nothing is said of a mayor but that there is one: "does Portland have a new mayor?"."""
    leaders = Met(levels=frozenset({ExchangeLevel.LEADER}), within=query.exchanges.within)
    asks = query.asked is Asked.BOOLEAN and query.about is About.EXCHANGES and query.exchanges == leaders
    met = query.met or query.unmet
    if query.about is About.TIES and met is not None:  # "where was the mayor of Taipei born?"
        asks = met == Met(levels=leaders.levels, within=met.within)
    if not asks:
        return False
    said = any(map(sentence.any_of, ("meet", "kinds", "mode"))) or sentence.has(("noun", "exchange"))
    return not said and not sentence.chinese


def counts_people_of_nothing(query: Query, sentence: Sentence) -> bool:
    """Whether people are counted, and neither exchanges nor anybody's part is spoken of."""
    people = query.unit is Unit.PEOPLE and query.about is About.EXCHANGES
    return people and not (about_exchanges(sentence) or sentence.any_of("meet") or sentence.any_of("people"))


_WHAT_ELSE = re.compile(r"^\W*what (?:else|other)\b|還.{0,4}什麼|还.{0,4}什么", re.IGNORECASE)


def asks_for_more_than_a_day(query: Query, sentence: Sentence) -> bool:
    """Whether a day would be told where somebody's journey is asked for, or what else there was on it."""
    dated = query.asked is Asked.DATE and query.about is not About.EXCHANGES
    return dated and (sentence.has(DEPUTIES) or _WHAT_ELSE.search(sentence.text) is not None)


def counts_things(sentence: Sentence, form: Form) -> bool:
    """Whether things are counted that were given, where only the giving is on record: 多少口罩."""
    at = form.asked_at
    thing = form.asked is Asked.PLACES and at is not None and sentence.spans[at].has(("ask", "which"))
    if (
        at is None
        or not (form.asked is Asked.NUMBER or (thing and not sentence.chinese))
        or sentence.spans[at].has(("ask", "times"))
    ):
        return False
    behind = sentence.after(at)
    if behind is None:
        return False
    span = sentence.spans[behind]
    if form.asked is Asked.PLACES and span.of("level"):
        return False  # "which mayor"
    if span.has(("level", "leader")) and sentence.has(*OF_A_VISIT):
        return False  # as often as they came
    of_people = span.of("topics") or (span.of("level") and not sentence.plainly(behind).endswith("al"))
    return bool(span.of("items")) or bool(of_people and not _names_exchange(sentence, behind + 1))


def _names_exchange(sentence: Sentence, index: int) -> bool:
    """Whether a word for exchanges or ties stands there: "how many housing exchanges", not "how many students"."""
    return index < len(sentence.spans) and head_of(sentence, index) is not None


_OUGHT = frozenset(("should", "ought", "must"))


def asks_what_should_be(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked what should be, where what was would be told: "which partners should be contacted?"."""
    ought = any(
        sentence.plainly(i) in _OUGHT for i in range(len(sentence.spans)) if sentence.spans[i].of("small")
    )
    met = query.exchanges if query.about is About.EXCHANGES else query.met
    if not ought or met is None or sentence.chinese:
        return False
    return ExchangeStatus.PLANNED not in met.statuses and query.told is not Told.CADENCE and not query.states


def has_only_things(query: Query, sentence: Sentence) -> bool:
    """Whether ties are narrowed to those with a thing, and nothing says that it was given: "a partner on the books"."""
    things = query.met if query.about is About.TIES else None
    if things is None or things != Met(words=things.words, topics=things.topics, within=things.within):
        return False
    said = any(sentence.any_of(section) for section in ("meet", "kinds", "mode"))
    alone = [
        i for i in sentence.any_of("items") if " " not in sentence.plainly(i)
    ]  # not "seconded an employee"
    return bool(alone) and not said and not sentence.has(("noun", "exchange"))


_BY_LEADERS = Met(levels=frozenset({ExchangeLevel.LEADER}))


def is_dropped(met: Met | None, query: Query, sentence: Sentence) -> bool:
    """Whether exchanges are narrowed by what is said, and found no place in the query."""
    if met is None or met == Met() or query.turning is not None or query.states or query.without_states:
        return False
    signs = sentence.chinese or bool(sentence.any_of("event")) or names_partners(sentence)
    if query.asked is Asked.DATE and query.acts.event is Event.SIGNED and met == _BY_LEADERS and signs:
        return False  # "when did the mayors sign?" asks when it was signed
    return query.about is About.TIES and query.met is None and query.unmet is None
