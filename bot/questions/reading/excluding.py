"""Names that a question leaves out: "outside Japan", 除了日本, "excluding the US and Japan"."""

from functools import cache
from itertools import pairwise

from bot.questions.parts.sentence import Name, Sentence
from bot.questions.text.scripts import plain_characters
from bot.questions.vocabulary.lexicon import Lexicon

BEHIND = frozenset(
    (
        "excluded", "not counted", "not included", "left out", "aside", "left aside", "put aside", "set aside",
        "left off",        "skipped", "not wanted", "ignored", "disregarded",
        "除外", "不算", "不計", "以外", "之外", "外", "不含", "另計", "另算", "另列", "別算", "別列", "不用算",
        "不用列", "不必列", "不必算", "免列", "不列入", "不計入", "先不算", "先不計", "先別算", "先不列", "剔除",
        "去掉", "先不用列", "不要算", "不要列", "不要混", "不要加", "拿掉", "撇掉", "剔掉", "去除", "摒除", "免算",
        "不用加", "不用放", "不用混", "不予計入", "不予列入", "撇除",
    )
)  # fmt: skip
"""Words that leave out what stands before them, as 除了 does not."""


_BUT_NOT_IN = frozenset(("but not in", "and not in"))


_BUT_NOT = frozenset(("but not", "and not", "but not also", "yet not"))


def left_out(sentence: Sentence, names: list[Name], lexicon: Lexicon, *, own: bool) -> list[int]:
    """The names that are left out: "outside Japan", 除了日本, 不在亞洲."""
    found: list[int] = []
    for name in names:
        before = next((i for i in range(name.span - 1, -1, -1) if not passed_over(sentence, i)), None)
        behind = name.span + 1 if name.span + 1 < len(sentence.spans) else None
        for index in (before, behind):
            if (
                index is None
                or index in sentence.used
                or (index == before and _is_of_another(sentence, index))
            ):
                continue
            if index == before and _is_lacking_home(sentence, index, name, names, lexicon, own=own):
                continue
            if _leaves_out(sentence, index, name.span):
                sentence.use(index)
                found.append(name.span)
                break
    for one, other in pairwise(names):  # 美國和日本以外 leaves out both
        backward = other.span in found and one.span == other.span - 2 and not (one.is_place or other.is_place)
        if backward and one.span not in found and _in_a_row(sentence, one.span + 1, names):
            found.append(one.span)
    for name in names:  # "excluding the US and Japan" leaves out both
        if name.span - 2 in found and _in_a_row(sentence, name.span - 1, names):
            found.append(name.span)
    if found:  # 除了日本以外 says it twice
        sentence.take(("logic", "except"))
    return found


def _is_lacking_home(
    sentence: Sentence, index: int, name: Name, names: list[Name], lexicon: Lexicon, *, own: bool
) -> bool:
    """Whether what is named has not what another home has: "which partners does Taichung have but not Tainan?"."""

    def official(each: Name) -> bool:
        return each.is_place and each.where.places[0].id in lexicon.offices

    homes = own or any(official(each) for each in names if each.span < index)
    return sentence.plainly(index) in _BUT_NOT and official(name) and homes


def _is_of_another(sentence: Sentence, index: int) -> bool:
    """Whether 以外 leaves out the name right before it, and not that behind it: 除了日本以外亞洲還有哪些夥伴."""
    return sentence.plainly(index).endswith("外") and index - 1 in sentence.names


def _in_a_row(sentence: Sentence, index: int, names: list[Name]) -> bool:
    """Whether a part joins the name before it with that behind it: an "and", or a comma with an "and" later on."""
    if sentence.spans[index].has(("small", "and"), ("logic", "or")) or sentence.written(index) == "、":
        return True
    if sentence.chinese:
        return False  # 除了德勒斯登，德國還有誰跟科芬特里締結
    later = (name.span for name in names if name.span > index + 1)
    return sentence.written(index) == "," and any(
        sentence.spans[i - 1].has(("small", "and"), ("logic", "or")) for i in later
    )


def is_behind(word: str) -> bool:
    """Whether it leaves out what stands before it, in whichever characters it is typed."""
    plain = word.translate(plain_characters())
    return plain in _plain_behind() or plain.startswith("别") or plain.endswith(("在内", "进来", "进去"))


@cache
def _plain_behind() -> frozenset[str]:
    return frozenset(word.translate(plain_characters()) for word in BEHIND)


_ARE_NOT = frozenset(
    (
        "that are not",
        "which are not",
        "that aren t",
        "which aren t",
        "who are not",
        "are not",
        "aren t",
        "not",
    )
)


def _ends_with(sentence: Sentence, name: int) -> bool:
    """Whether a question that asks for some ends with a name, or a clause of it does."""
    listed = sentence.any_of("kind") and not sentence.spans[0].has(("small", "does"))
    return bool(listed) and all(span.mark for span in sentence.spans[name + 1 : name + 2])


_NOTHING = frozenset(("nothing", "nobody", "none", "no", "zero"))


def _leaves_out(sentence: Sentence, index: int, name: int) -> bool:
    """Whether a word leaves a name out: "excluding Japan" says it before the name, 日本以外 behind it."""
    span = sentence.spans[index]
    if span.has(("logic", "except")):
        of_kind = index + 1 < len(sentence.spans) and sentence.spans[index + 1].of("kind")
        word = sentence.plainly(index)
        return index < name or word.endswith("外") or (is_behind(word) and not of_kind)
    if span.has(("logic", "without")) and index < name and sentence.names[name].where.groups:
        return True  # "how many do the counties have without the six?"
    if index == name - 1 and sentence.written(index) in ("不是", "並非", "并非"):
        return not sentence.names[name].is_place  # 不是日本的友好城市
    if index == name - 1 and _ends_with(sentence, name) and sentence.plainly(index) in _ARE_NOT:
        return not sentence.names[name].is_place  # "our partners that are not Asian"
    if span.has(("logic", "difference")) and sentence.plainly(index) in _BUT_NOT_IN:
        return index < name and not sentence.names[name].is_place  # "in Asia but not in Japan"
    ones = sentence.plainly(name + 1) in ("one", "ones") if name + 1 < len(sentence.spans) else False
    if index < name and ones and span.has(("logic", "without"), ("logic", "not")):
        return True  # "our partners without the German one"
    located = any("in" in sentence.spans[i].of("small") for i in range(index + 1, name))
    denies_all = sentence.plainly(index) in _NOTHING  # "we have nothing in Spain"
    return index < name and span.has(("logic", "not")) and located and not denies_all


def passed_over(sentence: Sentence, index: int) -> bool:
    """Words between "not" and a name that do not matter: not *in the* USA."""
    span = sentence.spans[index]
    return bool(span.of("filler") or span.of("small")) and not span.of("logic")
