"""What an exchange was about, as a sentence tells it: topics of the list, or words of the writer's own."""

import re
from collections.abc import Iterable, Iterator

from bot.domain.exchanges import ExchangeKind
from bot.domain.profiles import Topic, read_topic
from bot.questions.reports.sentence import Sentence, Span, overlaps
from bot.questions.vocabulary import exchanges as words

_ABOUT = re.compile(
    r"\b(?:about|regarding|concerning|on\s+the\s+(?:topics?|subjects?)\s+of|to\s+discuss|discuss(?:ed|es|ing)?"
    r"|focus(?:ed|ing)?\s+on|topics?\s*:|subjects?\s*:|on)\b\s*(?:the\s+(?:topics?|issues?)\s+of\s+)?"
    r"|(?:針對|關於|有關|主題[是為:：]?|議題[是為:：]?|聚焦於?|討論|商討|洽談|探討|談論|(?<![會對座洽訪晤])談到?|聊|分享)了?(?:有關|關於)?",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[,.;:!?。，；：！？\n(（]|\s(?:with|at|in|for|from|by|during|via|over|between|to|while|where|who|held|took)\s"
    r"|等(?:議題|領域|事宜|主題|面向|方面)|議題|事宜|進行|交換|的?(?:合作|交流)",
    re.IGNORECASE,
)
_NO_TOPIC = re.compile(r"^(?:behalf|site|the sidelines|time|and|the|a|an|it|them|this|that)\b", re.IGNORECASE)


def subjects(sentence: Sentence, taken: Iterable[Span], kind: ExchangeKind | None) -> dict[str, str]:
    """The topics in the order of the sentence, each with the words for it.

    What is `taken` means a place, a time or a number, and what tells the `kind` tells no topic.
    """
    taken = list(taken)
    spans = list(_phrases(sentence, taken))
    found: list[tuple[str, str]] = []
    for start, end in spans:
        known = [
            word
            for word in words.topics().find(sentence.text)
            if start <= word.start and word.end <= end and not overlaps(word.span, taken)
        ]
        found += _said(sentence, known) or _own_words(sentence, (start, end))
    if not spans:
        of_kind = [word.span for word in sentence.all_kinds if word.value is kind]
        others = [*taken, *of_kind, *(word.span for word in sentence.levels)]
        free = [word for word in words.topics().find(sentence.text) if not overlaps(word.span, others)]
        found = _said(sentence, [word for word in free if sentence.is_told(word)])
    first: dict[str, str] = {}
    for topic, said in found:
        first.setdefault(topic, said)
    return first


def _said(sentence: Sentence, found: Iterable[words.Word[Topic]]) -> list[tuple[str, str]]:
    return [(word.value.value, sentence.text[word.start : word.end]) for word in found]


def _phrases(sentence: Sentence, taken: list[Span]) -> Iterator[Span]:
    """What stands behind "about" and its like, up to the end of the phrase."""
    for match in _ABOUT.finditer(sentence.text):
        if overlaps(match.span(), taken) or not sentence.is_told_at(match.start()):
            continue
        closing = _ENDS.search(sentence.text, match.end())
        end = closing.start() if closing else len(sentence.text)
        end = min([end, *(start for start, _ in taken if start >= match.end())])
        phrase = sentence.text[match.end() : end]
        if any(letter.isalpha() for letter in phrase) and not _NO_TOPIC.search(phrase):
            yield match.end(), end


def _own_words(sentence: Sentence, span: Span) -> list[tuple[str, str]]:
    """The phrase as a tag of the writer's own; not where it says how they met ("on Zoom") or of whom."""
    start, end = span
    how = [*(word.start for word in sentence.modes), *(word.start for word in sentence.all_kinds)]
    if any(start <= each < end for each in how):
        return []
    said = sentence.text[start:end].strip(" 的之「」『』\"'“”")
    tag = read_topic(said)
    return [(tag, said)] if len(tag) > 1 else []
