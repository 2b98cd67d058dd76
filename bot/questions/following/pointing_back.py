"""Whether a question goes on from the one before: it points back, or says not enough to be whole by itself."""

import re

from bot.questions.conditions import Event
from bot.questions.following.chosen import only_of_those, with_whom
from bot.questions.following.compared import says_compared
from bot.questions.following.signed import counts_agreements
from bot.questions.following.signings import of_the_signings
from bot.questions.following.words import asks_of_any_kind, asks_yes_or_no, told_apart_by_time_or_place
from bot.questions.frame import Frame
from bot.questions.parts.auxiliaries import LEADING
from bot.questions.parts.form import about_exchanges, head_of
from bot.questions.parts.sentence import Sentence
from bot.questions.parts.spans import Span
from bot.questions.query import About, Asked, Query


def points_back(sentence: Sentence) -> bool:
    """Whether it speaks of "them" and names nobody, nor has a noun before it that they may be."""
    at = next(iter(sentence.any_of("pointing")), None)
    if at is not None and _points_beside_the_only_name(sentence, at):
        return True
    if at is None or sentence.names or any(span.record for span in sentence.spans):
        return False
    if sentence.has(("pointing", "place")) or _asks_what_they_are(sentence):
        return True
    others = _NOT_WITH if "with" in sentence.small_before(at) else ()  # "how many exchanges with them"
    return not any(head not in others for i in range(at) if (head := head_of(sentence, i)))


_THEY_ARE = re.compile(
    r"\b(?:what|which) (?:kinds?|sorts?|types?) of \w+(?: \w+)? (?:are|is|was|were) (?:they|he|she)\b"
)


def _asks_what_they_are(sentence: Sentence) -> bool:
    """Whether the noun before is what they are asked to be: "what kind of partner are they?"."""
    return _THEY_ARE.search(" ".join(token.text for token in sentence.tokens)) is not None


_NOT_WITH = ("exchange", "anniversary")

_OF_IT = re.compile(
    r"[,.:;–—-] (?:and |so |but |please )?(?:(?:where|when|why|how) )?(?:is|was|does|did|has)(?:n t)? it\b"
)
_OF_NOTHING = frozenset(("true", "correct", "right", "possible", "known", "case", "certain", "so"))
"""Words behind an "it" that stands for what is said behind it: "is it true that…"."""
_SINCE_THEN = frozenset(("that", "it", "this"))
_NAMING = ("kind", "meet", "kinds", "noun", "people", "event", "time", "anniversary")


def speaks_of_it(sentence: Sentence) -> bool:
    """Whether "it" is asked about, or nothing at all, and no place is named that it may be: "is it still valid?"."""
    if sentence.names or any(span.record for span in sentence.spans):
        return False
    if is_said_of_one(sentence):
        return True
    if sentence.chinese:  # 還有效嗎
        stands = bool(sentence.any_of("status")) and sentence.has(("ask", "whether"))
        others = any(sentence.any_of(section) for section in _NAMING)
        return stands and not others and not sentence.has(("small", "own"))
    words = f", {' '.join(token.text for token in sentence.tokens)}"
    if _SINCE_THEN & set(words.split()) and sentence.has(("ask", "since_last")):
        return not any(sentence.any_of(section) for section in _NAMING)  # "how long ago was that?"
    return bool(_OF_IT.search(words)) and not _OF_NOTHING & set(words.split())


_BE = frozenset(("is", "was", "are", "were", "isn", "wasn", "aren", "weren"))
_ONES = frozenset(("it", "this", "that", "they", "he", "she"))
_IS = re.compile(
    "^[那所以但可]*(?:我们|[他她它][们]?)?(?:现在)?(?:算|也|还|真|到底|究竟)?(?:是不是|是|算是|算)(?!有)"
)


def is_said_of_one(sentence: Sentence) -> bool:
    """Whether it is asked if somebody who is not named is a partner of a kind: "is it a sister city?", 是姊妹市嗎."""
    said = sentence.any_of("kind") or sentence.any_of("status")
    if sentence.names or not said or any(span.record for span in sentence.spans):
        return False
    words = _words(sentence)
    if sentence.chinese:
        written = "".join(words)
        asks = sentence.has(("ask", "whether")) or "还是" in written[1:]
        return asks and _only_names_a_kind(sentence) and bool(_IS.match(written))
    if len(words) < len(("are", "they")) or words[0] not in _BE:
        return False
    return bool(_ONES & set(words[1:3])) or ("we" in words[1:3] and _only_names_a_kind(sentence))


def _words(sentence: Sentence) -> list[str]:
    """Its words, without those that lead to a question."""
    words = [token.text for token in sentence.tokens]
    while words and words[0] in LEADING:
        words = words[1:]
    return words


def _only_names_a_kind(sentence: Sentence) -> bool:
    """Whether nothing is said but a kind of partners, and that it is asked for."""
    said = [span for index, span in enumerate(sentence.spans) if sentence.means(index)]
    others = ("ask", "whether"), ("small", "does"), ("logic", "or")
    return all(span.of("kind") or span.of("status") or span.has(*others) for span in said)


def tells_of_it(sentence: Sentence) -> bool:
    """Whether it is asked of somebody who is not named where it lies, or which it is: "is it in Japan?", 是最老的嗎.

    Partners that lie there, or the first there is, would be told.
    """
    places = any(name.is_place for name in sentence.names.values())
    where = bool(sentence.names or sentence.any_of("places") or sentence.any_of("order"))
    if places or not where or any(span.record for span in sentence.spans):
        return False
    words = _words(sentence)
    if not sentence.chinese:
        return len(words) > 1 and words[0] in _BE and words[1] == "it" and not _OF_NOTHING & set(words)
    own = sentence.has(("small", "own")) or sentence.any_of("event")
    return not own and sentence.has(("ask", "whether")) and bool(_IS.match("".join(words)))


def _points_beside_the_only_name(sentence: Sentence, at: int) -> bool:
    """Whether somebody is pointed at with whom the only place that is named has to do: 科隆跟那個城市是姊妹市嗎."""
    with_it = sentence.chinese and at > 1 and "with" in sentence.spans[at - 1].of("small")
    return with_it and at - 2 in sentence.names and len(sentence.names) == 1


def goes_on(sentence: Sentence, frame: Frame) -> bool:
    """Whether a sentence asks nothing whole by itself: it says neither what is asked nor about what."""
    if points_back(sentence) or speaks_of_it(sentence) or asks_of_one(sentence) or asks_of_those(sentence):
        return True
    if frame.of_several and (asks_which_are(sentence) or only_narrows(sentence)):
        return True
    if frame.query.about is About.EXCHANGES and asks_which_are(sentence) and not sentence.any_of("kind"):
        return True
    if asks_what_was_before(sentence) or says_in_few_words(sentence, frame):
        return True
    if frame.of_several and told_apart_by_time_or_place(frame.query) and asks_of_any_kind(sentence):
        return True
    if _counts_some(sentence, frame):
        return True
    begins = any(span.of("follow") for span in sentence.spans[:2]) or _ends_with_ne(sentence)
    asks = bool(sentence.any_of("ask"))
    heads = (head_of(sentence, i) for i in range(len(sentence.spans)) if sentence.plainly(i) not in _ONE)
    subject = any(heads) or about_exchanges(sentence)
    subject = subject or bool(sentence.names and sentence.any_of("status") and _asks_whether(sentence))
    subject = subject or bool(
        sentence.any_of("event") or sentence.any_of("state") or sentence.any_of("people")
    )
    if len(sentence.names) > 1 and sentence.has(("ask", "who")) and not begins:
        return False  # "who else in Taiwan has Guam?"
    if sentence.names and sentence.has(*_OF_AN_EXCHANGE):
        return begins  # "what was decided with Prague?"
    return not (asks and (subject or sentence.names)) if begins else not subject


def says_in_few_words(sentence: Sentence, frame: Frame) -> bool:
    """Whether it asks of what was told in a few words that alone ask nothing: "only the visits", "which cities?"."""
    return (
        only_of_those(sentence, frame)
        or with_whom(sentence.copy(), frame) is not None
        or (frame.query.partner.is_one_place and counts_agreements(sentence))
        or _counts_their_countries(sentence, frame)
        or (frame.query.about is About.TIES and says_compared(sentence))
        or of_the_signings(sentence.copy(), frame) is not None
    )


def _counts_their_countries(sentence: Sentence, frame: Frame) -> bool:
    """Whether it is asked in how many countries those lie that were counted or listed: 在幾個國家."""
    query, counted = frame.query, sentence.all(("ask", "count"))
    listed = query.asked in (Asked.NUMBER, Asked.PLACES) and frame.of_several and query.rank is None
    if not (listed and counted) or sentence.names or sentence.has(("small", "own")):
        return False
    said = [sentence.spans[i] for i in range(len(sentence.spans)) if sentence.means(i)]
    lands = any(span.has(("noun", "country")) for span in said)
    return lands and all(span.has(("ask", "count"), ("noun", "country")) for span in said)


def _counts_some(sentence: Sentence, frame: Frame) -> bool:
    """Whether it is asked how many exchanges there were of a sort, and nothing else: "how many virtual?"."""
    counted = sentence.has(("ask", "count"), ("ask", "times"))
    if frame.query.about is not About.EXCHANGES or not counted or sentence.names:
        return False
    said = [sentence.spans[i] for i in range(len(sentence.spans)) if sentence.means(i)]
    of_a_sort = [span for span in said if span.of("mode") or span.of("kinds")]
    rest = (span for span in said if span not in of_a_sort)
    return bool(of_a_sort) and all(span.of("ask") or span.has(("meet", "visit")) for span in rest)


def _asks_whether(sentence: Sentence) -> bool:
    return asks_yes_or_no(sentence) or sentence.has(("ask", "whether"))


_OF_AN_EXCHANGE = (("ask", "decided"), ("ask", "subject"))
"""What is asked of exchanges, though none is spoken of."""

_ONE = frozenset(("one", "ones"))
"""What is named before: "the last one"."""


def _ends_with_ne(sentence: Sentence) -> bool:
    """Whether 呢 asks for the same of something else: 友好城市呢."""
    said = [index for index, span in enumerate(sentence.spans) if not span.mark]
    return bool(said) and sentence.written(said[-1]).endswith("呢")


_WHOLE = ("kind", "anniversary", "jubilee", "per")
_WHOLE_NOUNS = (("noun", "tie"), ("noun", "act"), ("noun", "city"), ("noun", "country"), ("noun", "region"))
_OF_ONE = ("event", "status", "meet", "kinds", "mode", "people", "state")
_MANY = (("ask", "count"), ("ask", "times"), ("ask", "which"), ("ask", "list"), ("ask", "statistics"))


def asks_of_one(sentence: Sentence) -> bool:
    """Whether it asks of a tie or its exchanges, and not with whom: "when was it signed?", 有交流過嗎."""
    if sentence.names or any(span.record for span in sentence.spans):
        return False
    if any(sentence.any_of(section) for section in _WHOLE) or sentence.has(*_WHOLE_NOUNS):
        return False
    if sentence.has(*_MANY) and any(map(_narrows, sentence.spans)):
        return False  # "how many exchanges did we hold?", "which exchanges in 2025 were virtual?"
    return sentence.has(("noun", "exchange")) or any(sentence.any_of(section) for section in _OF_ONE)


def _narrows(span: Span) -> bool:
    """Whether a part says of which of many it is asked: ours, those of a time, virtual ones."""
    return bool(span.has(("small", "own")) or span.time or span.of("mode") or span.of("topics"))


THOSE = frozenset(
    ("of them", "of these", "of those", "among them", "其中", "當中", "当中", "这些", "這些", "那些")
)  # fmt: skip
"""Words for those that were told before."""


def asks_of_those(sentence: Sentence) -> bool:
    """Whether it is asked which of those that were told: "which of them are quiet?"."""
    if sentence.names:
        return False
    return any(sentence.plainly(index) in THOSE for index in range(len(sentence.spans)))


_WHICH_ARE = re.compile(
    "^(?:and |so |but )?(?:which|how many)(?: ones?)?(?: of (?:them|these|those))?(?: \\w+)? (?:are|were|is|was) "
    "(?!there\\b|we\\b|our\\b)"
    "|^(?:and |so |but )?(?:which|how many)(?: ones)?(?: of (?:them|these|those))? (?:signed|joined|began|started)\\b"
    "|^(?:and |so |but )?which ones\\b"
)
_WHICH_ARE_CHINESE = re.compile(
    "^[那么其中有]{0,4}(?:哪些|哪几[个座次场]|哪一?[个次场]|几[个座件份次场]|多少[个座次场]?)(?:是|属于)(?!我们)"
    "|^[^我们]*(?:签署?|缔结|缔盟|结盟|签约)的?(?:有|是)?(?:哪些|哪几个)\\?*$"
)


def asks_which_are(sentence: Sentence) -> bool:
    """Whether it is asked which, or how many, are so, and not which of what: "how many are memoranda?", 哪些是….

    That may be all that there are, or those that were told.
    """
    if sentence.has(("small", "own")):
        return False
    words = [token.text for token in sentence.tokens]
    if sentence.chinese:
        return _WHICH_ARE_CHINESE.match("".join(words)) is not None
    return _WHICH_ARE.match(" ".join(words)) is not None


_ONLY = ("only", "just", "只要", "只看", "只列", "只算", "只有", "只", "僅", "仅")


def only_narrows(sentence: Sentence) -> bool:
    """Whether only some of what was told are wanted, and nothing else is said: "only the sister cities", 只要姊妹市."""
    if sentence.any_of("ask") or sentence.has(("small", "own")):
        return False
    return bool(sentence.spans) and sentence.plainly(0) in _ONLY and bool(sentence.any_of("kind"))


_SEVERAL = re.compile("^(?:and |so |but )?which(?: ones)? (?:are|were|have|had)\\b|哪些|哪几")


def asks_for_several(sentence: Sentence) -> bool:
    """Whether more than one is asked for, which are no longer the first that was told: "which have a date?", 哪些."""
    return _SEVERAL.search(sentence.plain) is not None


_BEFORE_THAT = re.compile(
    "^(?:and |what about )?(?:the (?:one|time) before(?: (?:that|then|it|this))?|before (?:that|then|it)(?: one)?"
    "|the previous (?:one|time))$|^那?再?[之更]?前一?[次一]?呢?$|^那?再往?上一?次?呢?$"
)


def asks_what_was_before(sentence: Sentence) -> bool:
    """Whether what was before the one that was told is asked for, and nothing else: "and before that?", 再之前呢."""
    words = [token.text for token in sentence.tokens if token.text.isalnum()]
    said = (" " if not sentence.chinese else "").join(words)
    return _BEFORE_THAT.match(said) is not None


_PRESENT = ("there", "在場", "在场", "出席", "到場", "到场", "present")


def points_to_a_signing(sentence: Sentence, before: Query) -> bool:
    """Whether somebody's presence is asked about behind the day of a signing: "was the mayor there?"."""
    signed = before.asked is Asked.DATE and before.about is About.TIES and before.acts.event is Event.SIGNED
    moved = sentence.has(("meet", "went"), ("meet", "came"), ("meet", "visit"))  # "when did we go there?"
    return signed and not moved and any(sentence.plainly(i) in _PRESENT for i in range(len(sentence.spans)))


def says_signed(sentence: Sentence) -> bool:
    """Whether it is spoken of a signing, be it in a word that only asks: "when was it signed?"."""
    return any(token.text in _SIGNED for token in sentence.tokens)


_SIGNED = frozenset(("sign", "signed", "签", "缔"))
