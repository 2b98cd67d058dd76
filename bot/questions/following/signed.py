"""What was signed, asked where one place was spoken of before and none is named: "what did we sign?", 協議叫什麼."""

import re
from dataclasses import replace

from bot.domain.exchanges import ExchangeKind
from bot.questions.conditions import Acts, KindWord, Where
from bot.questions.frame import Frame
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query, Told, Unit

_WHAT = frozenset(("what", "which"))
_ALL = frozenset(
    ("all", "every", "any", "agreements", "treaties", "ties", "partnerships", "memoranda", "哪", "所", "全")
)
_ASKS = frozenset(("list", "which", "tell"))
_SIGNED = (("event", "signed"), ("noun", "act"), ("noun", "tie"))
_CALLED = frozenset(("called", "named", "titled", "叫", "名"))


def what_was_signed(sentence: Sentence, frame: Frame | None) -> Query | None:
    """All that is known of the tie with the one place, where it is asked what was signed, and nothing else is said."""
    asks = _asks_what(sentence) or names_the_agreement(sentence) or _asks_what_was_before(sentence)
    if frame is None or not asks:
        return None
    place = frame.place
    sentence.unfit = place is None and bool(frame.query.partner.places)  # of which of several?
    if place is None:
        return None
    sentence.used.update(range(len(sentence.spans)))
    home = frame.query.home
    partner = Where(places=(replace(place, said="", corrected=False),))
    return Query(asked=Asked.TEXT, about=About.TIES, told=Told.OVERVIEW, home=home, partner=partner)


def names_the_agreement(sentence: Sentence) -> bool:
    """Whether it is asked what the agreement is called, of which nothing says with whom it is."""
    return _only_signs(sentence) and bool(_CALLED & _words(sentence)) and sentence.has(("noun", "act"))


def asks_who_else(sentence: Sentence) -> bool:
    """Whether it is asked who else signed the same agreement, and nothing is named that tells others apart."""
    if not _only_signs(sentence) and not sentence.has(("people", "signatory")):
        return False
    if sentence.names or any(span.time or span.record for span in sentence.spans) or sentence.any_of("kind"):
        return False
    signs = sentence.has(("event", "signed"), ("people", "signatory"))
    if sentence.chinese:
        first = sentence.plainly(0)
        others = first.startswith(("還有", "还有")) or _TOGETHER in sentence.plain
        return signs and others and bool({"谁"} & _words(sentence))
    return signs and "else" in _words(sentence)


_TOGETHER = "一起"


def asks_who_signed(sentence: Sentence, frame: Frame | None) -> bool:
    """Whether it is asked who signed, and neither it nor what was spoken of says what: "who signed it?", 誰簽的."""
    if frame is not None and (frame.place is not None or frame.query.records or frame.query.partner.places):
        return False
    said = [span for index, span in enumerate(sentence.spans) if sentence.means(index)]
    signs = all(span.has(("people", "signatory"), ("event", "signed")) for span in said)
    return bool(said) and signs and sentence.has(("people", "signatory")) and not sentence.names


def _asks_what(sentence: Sentence) -> bool:
    words = _words(sentence)
    what = bool(_WHAT & words) or ("什" in words and "么" in words) or "什么" in words
    return what and not words & _ALL and _only_signs(sentence) and "什么样" not in words


_BEFORE = re.compile(
    r"^(?:and )?(?:did|have|had) (?:we|they) (?:ever )?(?:sign|signed) anything (?:else )?"
    r"(?:before|earlier)(?: that| then| it)?$"
    "|^那?(?:我们)?(?:在?[此这那]?之前|以前|先前|更早)(?:我们)?(?:有没有|是否|有|还)?(?:有)?"
    "签过?(?:什么|别的|其他)?(?:协议|协定)?吗?$"
)


def _asks_what_was_before(sentence: Sentence) -> bool:
    """Whether it is asked if anything was signed before what was told: "did we sign anything before that?"."""
    words = [token.text for token in sentence.tokens if token.text.isalnum()]
    return _BEFORE.match(("" if sentence.chinese else " ").join(words)) is not None


def _only_signs(sentence: Sentence) -> bool:
    """Whether nothing is said but that something is asked, and was signed."""
    if sentence.names:
        return False
    said = [span for index, span in enumerate(sentence.spans) if sentence.means(index)]
    signs = any(span.has(*_SIGNED) for span in said)
    asks = (span.of("ask") for span in said if not span.has(*_SIGNED))
    return signs and all(keys and set(keys) <= _ASKS | {"who", "whom"} for keys in asks)


def _words(sentence: Sentence) -> set[str]:
    return {token.text for token in sentence.tokens}


def counts_agreements(sentence: Sentence) -> bool:
    """Whether it is asked how many agreements there are, and nothing says with whom: "how many agreements?"."""
    said = [span for index, span in enumerate(sentence.spans) if sentence.means(index)]
    acts = [span for span in said if span.has(("noun", "act")) and not span.of("kind")]
    counts = sentence.has(("ask", "count")) and not sentence.names and not sentence.has(("small", "own"))
    return bool(acts) and counts and all(span in acts or span.has(("ask", "count")) for span in said)


def agreements_with(sentence: Sentence, frame: Frame) -> Query | None:
    """How many agreements there are with the one place that was named: 那大分呢… 有幾個協議."""
    query = frame.query
    if len(query.partner.places) != 1 or not counts_agreements(sentence):
        return None
    sentence.used.update(range(len(sentence.spans)))
    acts = Acts(kinds=frozenset({KindWord.ALL}))
    partner = Where(places=query.partner.places)
    return Query(asked=Asked.NUMBER, unit=Unit.AGREEMENTS, home=query.home, partner=partner, acts=acts)


def who_signed_then(sentence: Sentence, frame: Frame) -> Query | None:
    """Who was there when something was signed, after the exchanges of a time: 近三年有哪些交流… 是誰簽的."""
    query = frame.query
    then = (
        query.about is About.EXCHANGES and query.asked is Asked.RECORDS and query.exchanges.within is not None
    )
    said = [span for index, span in enumerate(sentence.spans) if sentence.means(index)]
    signs = bool(said) and all(span.has(("people", "signatory"), ("event", "signed")) for span in said)
    if not (then and signs) or not sentence.has(("people", "signatory")) or frame.place is None:
        return None
    sentence.used.update(range(len(sentence.spans)))
    one = frame.of_one
    exchanges = replace(one.exchanges, kinds=frozenset({ExchangeKind.SIGNING}))
    return replace(one, asked=Asked.TEXT, told=Told.PERSON, unit=None, exchanges=exchanges)
