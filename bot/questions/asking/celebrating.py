"""What was done for an anniversary, which is asked of exchanges: that a day falls due is no celebration."""

import re
from dataclasses import replace

from bot.questions.conditions import Bound
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query, Told, Unit
from bot.questions.text.scripts import traditional

_KEEP = frozenset(("celebrate", "mark", "commemorate", "observe", "hold"))
_KEPT = frozenset(("celebrated", "marked", "commemorated", "observed", "held"))
_WAS = frozenset(("have", "has", "had", "was", "were"))
_KEEPING_CHINESE = ("慶祝", "紀念", "舉辦", "辦了", "辦過")
_KEPT_CHINESE = re.compile(
    "(?:慶祝|紀念|辦)[了過]|(?:曾|有沒有|有無).{0,8}(?:慶祝|(?<![週周]年)紀念|舉?辦)|有(?:舉?辦|慶祝|紀念)"
    "|[週周]年(?:那次|那天|當[天時]|典禮上?).{0,4}(?:簽|做|辦)"
)
_FEAST_CHINESE = re.compile("慶祝(?:活動|典禮|儀式|大會|酒會)|[週周]年(?:典禮|儀式|酒會)|的慶祝")
_AHEAD_CHINESE = re.compile("明年|後年|將[要來]?|預[定計]|打算|應該?|幾時要|要(?:慶祝|舉?辦)")
_ANSWERED = (Asked.BOOLEAN, Asked.RECORDS, Asked.PLACES, Asked.NUMBER)


def as_celebrated(query: Query, sentence: Sentence, form: Form) -> tuple[Query, Bound | None]:
    """The query of what was done for an anniversary, and of how many years that was; None where none is meant."""
    turning = query.turning
    if turning is None or not (_asks_of_exchanges(query, form) or _was_kept(query, sentence)):
        return query, None
    named = sentence.has(("anniversary", "anniversary")) or sentence.any_of("jubilee")
    narrowed = turning.milestones or turning.multiple or not (named or _keeps(sentence))
    sentence.unfit = sentence.unfit or bool(narrowed)  # "exchanges with partners that turn 40", round ones
    listed = query.asked is Asked.TEXT and query.told is Told.SUBJECT  # 六十週年做了什麼
    return replace(
        query,
        asked=Asked.RECORDS if listed else query.asked,
        told=None if listed else query.told,
        about=About.EXCHANGES,
        acts=replace(query.acts, any_status=False),
        unit=Unit.EXCHANGES if query.asked is Asked.NUMBER else query.unit,
        turning=None,
    ), turning.years or Bound()


def narrowed(query: Query, marking: Bound | None, people: Bound | None) -> Query:
    """The query with the anniversary that its exchanges were for, and with how many people there were at them."""
    if marking is None and people is None:
        return query
    if query.about is not About.EXCHANGES and query.met is not None:
        return replace(query, met=replace(query.met, marking=marking, people=people))
    return replace(query, exchanges=replace(query.exchanges, marking=marking, people=people))


def _asks_of_exchanges(query: Query, form: Form) -> bool:
    """Whether exchanges are what is asked for: "what did we do for the anniversary", "which exchanges were for it"."""
    of_them = query.about is About.EXCHANGES or form.head == "exchange"
    asked = query.asked in _ANSWERED or query.told is Told.SUBJECT
    return of_them and asked and query.rank is None and query.per is None


def _was_kept(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked if, or which, anniversaries were celebrated, and not which are to come."""
    dated = query.asked is Asked.DATE
    if not (dated or query.asked in _ANSWERED) or query.rank is not None or query.per is not None:
        return False
    if sentence.chinese:
        said = traditional(sentence.text)
        kept = _KEPT_CHINESE.search(said) or (dated and _FEAST_CHINESE.search(said))
        return bool(kept) and not _AHEAD_CHINESE.search(said)
    words = [token.text for token in sentence.tokens]
    return any(
        not (_KEEP if word == "did" else _KEPT).isdisjoint(words[at:])
        and (
            query.asked is Asked.BOOLEAN
            or (dated and word in ("did", "was", "were"))
            or _is_of_us(sentence, at + 1, was=word in ("was", "were"))
        )
        for at, word in enumerate(words)
        if word == "did" or word in _WAS
    )


def _is_of_us(sentence: Sentence, token: int, *, was: bool) -> bool:
    """Whether somebody is named there who celebrated, or it is said at once that it `was`: "were celebrated"."""
    span = next((span for span in sentence.spans if span.start == token), None)
    celebrated = was and token < len(sentence.tokens) and sentence.tokens[token].text in _KEPT
    return celebrated or (span is not None and (bool(span.mention) or "own" in span.of("small")))


def _keeps(sentence: Sentence) -> bool:
    if sentence.chinese:
        return any(word in traditional(sentence.text) for word in _KEEPING_CHINESE)
    return not (_KEEP | _KEPT).isdisjoint(token.text for token in sentence.tokens)
