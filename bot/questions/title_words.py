"""Words of a question that the title of an exchange may have: things, persons, what it was about or called."""

import re

from bot.questions.grammar import table
from bot.questions.scripts import traditional
from bot.questions.sentence import Sentence
from bot.questions.slips import is_han


def items(sentence: Sentence, said: list[int]) -> list[str]:
    """Things that are named, in the words of both languages."""
    counted = [words for index in said if (words := _so_many(sentence, index))]
    if counted:
        return counted
    keys = [key for index in said for key in sentence.spans[index].of("items")]
    return [
        word
        for key in dict.fromkeys(keys)
        for language in ("en", "zh")
        for word in (table(language)["items"].get(key) or table(language)["anniversary"]["anniversary"])
    ]


_PACKED = frozenset(("boxes of", "crates of", "cartons of"))


def _so_many(sentence: Sentence, index: int) -> str | None:
    """Things with their number, as titles have them: "47 boxes of pineapples"; of another number nothing is told."""
    at = index - 1
    if at >= 0 and sentence.plainly(at) in _PACKED:
        at -= 1
    if at < 0 or sentence.spans[at].number is None or not sentence.spans[index].of("items"):
        return None
    sentence.use(at)
    start, end = sentence.spans[at].start, sentence.spans[index].end
    return sentence.text[sentence.tokens[start].start : sentence.tokens[end - 1].end].lower()


def persons(sentence: Sentence) -> list[str]:
    """Chinese names that stand beside an office, which the title of an exchange may have: 陳菊市長.

    In English nothing tells a name from other words that nobody knows: "mayors wear blue hats".
    """
    found: list[str] = []
    spans = sentence.spans
    for index in sentence.any_of("people"):
        for step in (-1, 1):
            at, run = index + step, list[int]()
            while (
                0 <= at < len(spans) and not spans[at].known and is_han(sentence.tokens[spans[at].start].text)
            ):
                run.append(at)
                at += step
            if not run:
                continue
            start, end = spans[min(run)].start, spans[max(run)].end
            name = sentence.text[sentence.tokens[start].start : sentence.tokens[end - 1].end]
            if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name):
                sentence.used.update(run)
                found.append(name)
    return [traditional(name) for name in found]


_ABOUT = frozenset(("about", "on", "regarding", "concerning", "關於", "有關"))


def about(sentence: Sentence) -> tuple[str, ...]:
    """Words that nothing explains right behind "about": what an exchange was about, though it is no field of ours."""
    for index in range(len(sentence.spans)):
        if sentence.plainly(index) in _ABOUT:
            free: list[int] = []
            for at in range(index + 1, len(sentence.spans)):
                if sentence.spans[at].known and not (free and sentence.spans[at].of("filler")):
                    break
                free.append(at)
            if free:
                sentence.used.update(free)
                start = sentence.tokens[sentence.spans[free[0]].start].start
                end = sentence.tokens[sentence.spans[free[-1]].end - 1].end
                return (traditional(sentence.text[start:end].strip().lower()),)
    return ()


_CALLED = (
    ("meet", "dialogue"),
    ("kinds", "conference"),
    ("kinds", "culture"),
    ("kinds", "exhibition"),
    ("kinds", "sport"),
)
_LONGEST = 6


def called(sentence: Sentence) -> tuple[str, ...]:
    """What nobody knows right before a word for a gathering in Chinese, which may be its name: 易北河會議."""
    spans = sentence.spans
    for index in sentence.all(*_CALLED):
        run: list[int] = []
        at = index - 1
        while at >= 0 and not spans[at].known and is_han(sentence.tokens[spans[at].start].text):
            run.append(at)
            at -= 1
        if _SHORTEST <= len(run) <= _LONGEST:
            sentence.used.update(run)
            start, end = spans[run[-1]].start, spans[run[0]].end
            return (traditional(sentence.text[sentence.tokens[start].start : sentence.tokens[end - 1].end]),)
    return ()


_SHORTEST = 2
