"""Questions that are whole but for whom they are of, where one partner was spoken of before: "is it a sister city?"."""

from dataclasses import replace
from datetime import date

from bot.domain.places import Place
from bot.questions.asking.forms import read_form
from bot.questions.composing.compose import compose
from bot.questions.conditions import PlaceRef, Where
from bot.questions.frame import Frame
from bot.questions.parts.form import head_of
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import Asked, Query, Unit
from bot.questions.vocabulary.lexicon import Lexicon
from bot.questions.vocabulary.mentions import Mention

_OF_ONE = (Asked.DATE, Asked.BOOLEAN, Asked.TEXT)
_MANY = (("logic", "each"), ("logic", "anywhere"), ("logic", "throughout"), ("logic", "among"))
_ALL = frozenset(("all", "every", "each", "everyone", "anyone", "someone", "都"))
_ANY = frozenset(("any", "there"))
_AGREEMENTS = frozenset(("agreement", "agreements", "accord", "pact", "协"))


def is_of_the_one(
    sentence: Sentence, frame: Frame, lexicon: Lexicon, today: date, home: Place | None
) -> bool:
    """Whether a day, a text or a yes is asked for and nobody is named, so that it is of the one who was spoken of.

    What says "we", or that it is of all or of any, is a question of its own, if it is one: "since when are we sister
    cities?" is none.
    """
    if frame.place is None or sentence.names or any(span.record for span in sentence.spans):
        return False
    alone = sentence.copy()
    form = read_form(alone)
    if form is None:
        return False
    said = compose(alone, form, lexicon, today, home)
    if said.asked not in _OF_ONE and said.unit not in (Unit.YEARS, Unit.DAYS_SINCE):
        return False
    whole = not (alone.unfit or alone.left_over())
    own = sentence.has(("small", "own"))
    return said.partner.anywhere and not (whole and own) and not _is_of_many(sentence)


def _is_of_many(sentence: Sentence) -> bool:
    """Whether it is of all, or whether there are such cities: 有友好城市嗎; agreements there may be with one."""
    words = {token.text for token in sentence.tokens}
    has = sentence.chinese and any(sentence.plainly(i).startswith("有") for i in range(len(sentence.spans)))
    cities = bool(sentence.any_of("kind")) and not (words & _AGREEMENTS or sentence.has(("kind", "mou")))
    there_are = (has or bool(words & _ANY)) and cities
    return bool(words & _ALL) or sentence.has(*_MANY) or there_are


def standing_for(
    sentence: Sentence, frame: Frame, lexicon: Lexicon, today: date, home: Place | None
) -> Query | None:
    """What is asked "with them", read with the one place in their stead; None where that is no whole question.

    "Who else in Germany is twinned with them?", 我們跟他們簽了什麼.
    """
    place = frame.place
    known = lexicon.known.get(place.id or 0) if place else None
    they = _they_with_another(sentence)
    they = _another_with_them(sentence) if they is None else they
    sentence.unfit = they is not None or _says_they_of_another(sentence)  # else it would be read of the asker
    at = _with_them(sentence) if they is None else they
    if place is None and at is not None and sentence.names and not _has_others_before(sentence, at):
        sentence.unfit = True  # of several, or of nobody
    if place is None or known is None or at is None:
        return None
    named = sentence.copy()
    span = named.spans[at]
    mention = Mention(span.start, span.end, (known.place,))
    spans = list(named.spans)
    spans[at] = replace(span, concepts=frozenset(), mention=mention)
    named.spans = spans
    named.names[at] = Name(at, (Where(places=(_said_now(place),)),))
    form = read_form(named)
    query = compose(named, form, lexicon, today, home) if form is not None else None
    if query is None or named.unfit or named.left_over():
        return None
    sentence.spans, sentence.names, sentence.used = named.spans, named.names, named.used
    sentence.unfit = False
    return query


def _has_others_before(sentence: Sentence, at: int) -> bool:
    """Whether a noun stands before that "them" may be: "which partners have twins, and who meets with them?"."""
    return any(head_of(sentence, i) in ("kind", "city", "country", "region", "people") for i in range(at))


def _said_now(place: PlaceRef) -> PlaceRef:
    return replace(place, said="", corrected=False)


_THEM = frozenset(
    ("them", "it", "him", "her", "他們", "他们", "它", "它們", "它们", "她", "他", "對方", "对方", "那裡", "那里",
     "那邊", "那边")
)  # fmt: skip
_THEY = _THEM | {"they", "he", "she"}
_TO = frozenset(("with", "to", "跟", "和", "與", "与", "同"))


def _they_with_another(sentence: Sentence) -> int | None:
    """Where somebody is pointed at of whom it is asked what there is with another: "are they twinned with Taipei?"."""
    places = [name.span for name in sentence.names.values() if name.is_place]
    if len(places) != 1 or sentence.has(("small", "own")):
        return None
    start = sentence.spans[places[0]].start
    if not start or sentence.tokens[start - 1].text not in _TO:
        return None
    pointing = (at for at in sentence.any_of("pointing") if at < places[0])
    return next((at for at in pointing if sentence.plainly(at) in _THEY), None)


def says_them_of_another(sentence: Sentence) -> bool:
    """Whether it is asked what a place that is named has with somebody who is only pointed at."""
    return _another_with_them(sentence) is not None


def _another_with_them(sentence: Sentence) -> int | None:
    """Where it is asked of a place what it has with them: "has Kiel signed with them?", 臺北也是他們的姊妹市嗎."""
    places = [name.span for name in sentence.names.values() if name.is_place]
    spans = sentence.spans
    own = any("own" in span.of("small") for span in spans) or any(t.text in _WE for t in sentence.tokens)
    if len(places) != 1 or own:  # "Daegu comes: what did we sign with them?"
        return None
    if (it := _it_of_another(sentence, places[0])) is not None:
        return it
    for at in sentence.any_of("pointing"):
        said = sentence.plainly(at)
        if at < places[0] or not spans[at].start:
            continue
        with_them = said in _THEM and sentence.tokens[spans[at].start - 1].text in _TO
        behind = at + 2 if at + 1 < len(spans) and spans[at + 1].of("filler") else at + 1
        lists = sentence.has(("ask", "which"), ("ask", "who"), ("ask", "list"), ("ask", "count"))
        kind = (
            not lists
            and behind < len(spans)
            and bool(spans[behind].of("kind"))
            and not spans[behind].of("event")
        )
        if with_them or (kind and said in _THEIR):
            return at
    return None


def _it_of_another(sentence: Sentence, place: int) -> int | None:
    """Where it is asked if it is a partner of another: "is it Kiel's sister city, too?", 它也是高雄的姊妹市嗎."""
    spans = sentence.spans
    kinds = [i for i in sentence.any_of("kind") if not spans[i].of("event")]
    if not kinds or "in" in sentence.small_before(place):
        return None
    first, second = (sentence.plainly(i) if i < len(spans) else "" for i in (0, 1))
    if sentence.chinese:
        return 0 if first in _THEY and second.endswith("是") and place < kinds[0] else None
    return 1 if first in ("is", "are", "was", "were") and second in _THEY else None


_WE = frozenset(("we", "us", "our", "ours"))
_THEIR = frozenset(
    ("their", "its", "他", "它", "她", "他們", "他们", "他們的", "他们的", "它的", "他的", "她的")
)


def _says_they_of_another(sentence: Sentence) -> bool:
    """Whether "they" stands in a word that only asks, beside another place: "what did they do with Taipei?"."""
    places = [name.span for name in sentence.names.values() if name.is_place]
    own = sentence.has(("small", "own"))
    return len(places) == 1 and not own and any(token.text == "they" for token in sentence.tokens)


def _with_them(sentence: Sentence) -> int | None:
    """Where somebody is pointed at with whom it is asked about, and no place is named."""
    if any(name.is_place for name in sentence.names.values()):
        return None
    for at in range(1, len(sentence.spans)):
        span = sentence.spans[at]
        alone = span.of("pointing") or (span.end == span.start + 1 and not span.known) or span.of("filler")
        start = span.start
        if alone and sentence.plainly(at) in _THEM and sentence.tokens[start - 1].text in _TO:
            return at
    return None
