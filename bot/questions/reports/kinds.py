"""What an exchange was, as a sentence tells it: kind, mode, level, and who went to whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.exchanges import ExchangeKind, ExchangeLevel, Mode
from bot.questions.reports.sentence import Sentence, Span
from bot.questions.vocabulary.exchanges import Way

_RANK = (
    ExchangeKind.WEBINAR, ExchangeKind.VIRTUAL_VISIT, ExchangeKind.SIGNING, ExchangeKind.AID, ExchangeKind.EXHIBITION,
    ExchangeKind.CONFERENCE, ExchangeKind.SPORT, ExchangeKind.EDUCATION, ExchangeKind.CULTURE, ExchangeKind.VISIT,
    ExchangeKind.OTHER,
)  # fmt: skip
"""Of several kinds in a sentence, the first of these: who goes to a signing also visits."""

_ANYWHERE = {ExchangeKind.WEBINAR, ExchangeKind.VIRTUAL_VISIT, ExchangeKind.SIGNING}
"""What it was wherever in the sentence this stands."""

_MEETINGS = (ExchangeKind.SIGNING, ExchangeKind.VISIT, ExchangeKind.OTHER)
"""What is a virtual visit where it was done by video (design §3, reading 11)."""

VISITS = (ExchangeKind.VISIT, ExchangeKind.VISIT_IN, ExchangeKind.VISIT_OUT)
_LEVELS = (ExchangeLevel.LEADER, ExchangeLevel.OFFICIAL, ExchangeLevel.CIVIC)


@dataclass(frozen=True, slots=True)
class Told:
    kind: ExchangeKind | None
    mode: Mode | None
    level: ExchangeLevel | None


def what_told(
    sentence: Sentence, partners: Sequence[Span], homes: Sequence[Span], answered: ExchangeKind | None
) -> Told:
    """Kind, mode and level, None where the sentence does not say. `partners` and `homes` are where places are named.

    The kind that was `answered` when asked back counts before what the words say.
    """
    modes = {word.value for word in sentence.modes}
    kind = answered or _kind(sentence)
    if answered is None and Mode.VIRTUAL in modes and (kind is None or kind in _MEETINGS):
        kind = ExchangeKind.VIRTUAL_VISIT
    if kind is ExchangeKind.VISIT and answered is None:
        kind = _direction(sentence, partners, homes)
    levels = {word.value for word in sentence.levels}
    return Told(kind, _mode(kind, modes), next((each for each in _LEVELS if each in levels), None))


def _kind(sentence: Sentence) -> ExchangeKind | None:
    """What the words say: in the first part of the sentence that says what it was, but for what counts anywhere."""
    kinds = [word for word in sentence.kinds if word.value is not ExchangeKind.OTHER]
    anywhere = {word.value for word in kinds} & _ANYWHERE
    if kinds:
        clause = sentence.clause(kinds[0].start)
        said = anywhere or {word.value for word in kinds if sentence.clause(word.start) == clause}
        return next(each for each in _RANK if each in said)
    if any(sentence.is_told(word) for word in sentence.arrivals):
        return ExchangeKind.VISIT
    return ExchangeKind.OTHER if sentence.kinds else None


def _mode(kind: ExchangeKind | None, said: set[Mode]) -> Mode | None:
    if kind in VISITS:
        return Mode.IN_PERSON
    if kind in (ExchangeKind.VIRTUAL_VISIT, ExchangeKind.WEBINAR):
        return Mode.VIRTUAL
    return next(iter(said)) if len(said) == 1 else None


def _direction(sentence: Sentence, partners: Sequence[Span], homes: Sequence[Span]) -> ExchangeKind:
    """Who went to whom: by where somebody went or came from, else by words such as "hosted"; else it is not told."""
    for going, coming in (_by_places(sentence, partners, homes), _by_words(sentence)):
        if going != coming:
            return ExchangeKind.VISIT_OUT if going else ExchangeKind.VISIT_IN
    return ExchangeKind.VISIT


def _by_places(sentence: Sentence, partners: Sequence[Span], homes: Sequence[Span]) -> tuple[bool, bool]:
    """Whether somebody went to a partner or came from home, and the other way round."""
    to_partner, from_partner = (_any_behind(sentence, partners, way) for way in (_TO, _FROM))
    to_home, from_home = (_any_behind(sentence, homes, way) for way in (_TO, _FROM))
    going, coming = to_partner or from_home, to_home or from_partner
    return (going, coming) if going != coming else (to_partner, to_home)


_TO = frozenset((Way.TOWARD, Way.GOING))
_FROM = frozenset((Way.FROM,))


def _any_behind(sentence: Sentence, places: Sequence[Span], ways: frozenset[Way]) -> bool:
    """Whether a word of these ways stands right before one of the places."""
    return any(
        word.value in ways and word.end <= start and not sentence.text[word.end : start].strip(" \u3000")
        for start, _ in places
        for word in sentence.ways
    )


def _by_words(sentence: Sentence) -> tuple[bool, bool]:
    said = {word.value for word in sentence.ways}
    return Way.GOING in said, Way.RECEIVING in said
