"""Words of Chinese that set one beside another: 先和釜山還是先和關島, 跟漢堡一樣, 最久沒跟…聯絡; and a few that ask for
something else than they seem to: 漢堡到馬賽要多久, 誰簽了…的協定."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import OR, WHETHER, Span, is_passed, written_in
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

# One or the other ---------------------------------------------------------------------------------------------------

EARLIER: Concept = ("logic", "earlier")
LATER: Concept = ("logic", "later")


@only_where(("还是",))
def _either(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Between two names 還是 leaves a choice and says of no tie that it still stands: 先和釜山還是先和關島."""
    for index in range(1, len(spans) - 1):
        before = index - 1
        while before and (
            spans[before].mark or spans[before].has(EARLIER, ("event", "signed")) or is_passed(spans[before])
        ):
            before -= 1  # 跟臺中先簽，還是跟高雄先簽
        if written_in(spans[index], tokens) != "还是" or not spans[before].mention:
            continue
        behind = index + 1
        while behind + 1 < len(spans) and (is_passed(spans[behind]) or spans[behind].has(EARLIER)):
            behind += 1
        if not spans[behind].mention:
            continue
        spans[index] = Span(spans[index].start, spans[index].end, concepts=OR)
        if spans[index - 1].mark and before < index - 1:
            spans[index - 1] = spans[index - 1].silenced()
        for again in range(index + 1, behind):
            if spans[again].has(EARLIER):
                spans[again] = spans[again].silenced()
        for again in range(behind + 1, len(spans) if before < index - 1 else 0):
            if spans[again].has(EARLIER, ("event", "signed")) and not spans[again].of("kind"):
                spans[again] = spans[again].silenced()


@only_where(("还是", "或是", "抑或", "或"))
def _earlier_or_later(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether it is the earlier of two is asked with 早還是晚, too: 比雷根斯堡與亞伯丁早還是晚."""
    if not any(span.has(("logic", "than")) for span in spans):
        return
    for index in range(1, len(spans) - 1):
        before, behind = spans[index - 1], spans[index + 1]
        opposed = (before.has(EARLIER) and behind.has(LATER)) or (before.has(LATER) and behind.has(EARLIER))
        if opposed and spans[index].has(("logic", "or")):
            spans[index] = Span(spans[index].start, spans[index].end, concepts=WHETHER)
            spans[index + 1] = behind.silenced()


_WHICH_EXCHANGE: frozenset[Concept] = frozenset({("ask", "which"), ("noun", "exchange")})


@only_where(("还", "或", "抑"))
def _in_person_or_not(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Which of two modes it had is told by what was held, and 還是 says of no tie that it stands: 線上還是實體."""
    for index in range(1, len(spans) - 1):
        modes = spans[index - 1].of("mode") and spans[index + 1].of("mode")
        if modes and written_in(spans[index], tokens) in ("还是", "或", "或是", "或者", "抑或"):
            spans[index - 1] = replace(spans[index - 1], concepts=_WHICH_EXCHANGE)
            spans[index], spans[index + 1] = spans[index].silenced(), spans[index + 1].silenced()
            return


# As another does ----------------------------------------------------------------------------------------------------

_EXCEPT: frozenset[Concept] = frozenset({("logic", "except")})


@only_where(("样",))
def _like_another(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who does as somebody else does is somebody else: 跟漢堡一樣有芝加哥當姊妹市的城市 are all such but Hamburg."""
    for index in range(len(spans) - 2):
        first, name, alike = spans[index : index + 3]
        begins = index == 0 or spans[index - 1].mark or spans[index - 1].has(("filler", "lead"))
        said = alike.has(("logic", "common")) and "样" in written_in(alike, tokens)
        others = any(span.mention for span in spans[index + 3 :])
        if begins and said and others and first.has(("small", "with")) and name.mention:
            spans[index] = Span(first.start, first.end, concepts=_EXCEPT)
            spans[index + 2] = alike.silenced()


_THREE = frozenset(("三市", "三地", "三城", "三方", "三县", "三县市", "三都"))


@only_where(_THREE)
def _three_named(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind three names 三市 says no more than these, and asks for no agreement of three: 臺北、臺中、高雄三市."""
    for index in range(5, len(spans)):
        names = spans[index - 5 : index : 2]
        between = (spans[index - 4], spans[index - 2])
        row = all(span.mention for span in names) and all(s.mark or s.has(("small", "and")) for s in between)
        if (
            row
            and written_in(spans[index], tokens) in _THREE
            and any(s.has(("logic", "common")) for s in spans)
        ):
            spans[index] = spans[index].silenced()


# The longest silence ------------------------------------------------------------------------------------------------

_LEAST_RECENT: frozenset[Concept] = frozenset({("order", "least_recent")})
_WITH: frozenset[Concept] = frozenset({("small", "with")})
_TALKS = (("noun", "exchange"), ("meet", "talked"))


_LONGEST = frozenset(("最久", "最长", "最长久"))


@only_where(_LONGEST)
def _longest_without(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who was not in touch for longest, with whom between: 最久沒跟德勒斯登聯絡的是誰, 沒跟我們來往最久的城市."""
    longest = next((i for i, span in enumerate(spans) if written_in(span, tokens) in _LONGEST), None)
    denied = next((i for i, span in enumerate(spans) if span.has(("logic", "not"))), None)
    if longest is None or denied is None:
        return
    talks = next((i for i in range(denied + 1, len(spans)) if spans[i].has(*_TALKS)), None)
    if talks is None or not (longest + 1 == denied or talks + 1 == longest):
        return
    spans[longest] = Span(spans[longest].start, spans[longest].end, concepts=_LEAST_RECENT)
    with_them = written_in(spans[denied], tokens).endswith(("跟", "和", "与"))
    spans[denied] = replace(spans[denied], concepts=_WITH) if with_them else spans[denied].silenced()
    spans[talks] = spans[talks].silenced()


# How long it takes --------------------------------------------------------------------------------------------------

_TRAVEL: frozenset[Concept] = frozenset({("scope", "travel")})
_TAKES = ("要", "需要", "需", "得", "花", "得花", "要花")


@only_where(_TAKES)
def _takes_so_long(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How long it takes from one place to another is the way, not the tie: 漢堡到馬賽要多久."""
    tie = any(
        span.of("kind") or span.of("event") or set(span.of("anniversary")) - {"turning"} for span in spans
    )
    if tie or any(span.has(("noun", "tie"), ("noun", "act"), ("noun", "exchange")) for span in spans):
        return
    for index in range(1, len(spans)):
        asked = spans[index].has(("ask", "age"), ("ask", "clock"))
        if asked and written_in(spans[index - 1], tokens).endswith(_TAKES):
            spans[index] = Span(spans[index].start, spans[index].end, concepts=_TRAVEL)


# Who came and who signed --------------------------------------------------------------------------------------------


def _pupils_who_came(spans: list[Span], tokens: Sequence[Token]) -> None:
    """That pupils came says no more than that they were with us: 2018年來的學生是哪個城市的."""
    for index in range(len(spans) - 2):
        pupils = spans[index + 2].has(("items", "pupil")) and spans[index + 1].has(("small", "of"))
        if pupils and spans[index].has(("meet", "came")):
            spans[index] = spans[index].silenced()


_SIGNATORY: frozenset[Concept] = frozenset({("people", "signatory")})


@only_where(("谁", "何"))
def _who_signed(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who signed the agreement of a place is a person, who signed one with it a city: 誰當年簽了科芬特里的協定."""
    for index, span in enumerate(spans):
        if not span.has(("ask", "who")) or written_in(span, tokens) not in ("谁", "是谁", "由谁", "何人"):
            continue
        verb = next((i for i in range(index + 1, len(spans)) if not is_passed(spans[i])), None)
        if verb is None or not written_in(spans[verb], tokens).startswith("签"):
            continue
        act = next((i for i in range(verb + 1, len(spans)) if spans[i].has(("noun", "act"))), None)
        if act is not None and spans[act - 1].has(("small", "of")) and spans[act - 2].mention:
            spans[index] = Span(span.start, span.end, concepts=_SIGNATORY)


EITHER: Sequence[Rule] = (
    _either,
    _earlier_or_later,
    _like_another,
)
COMPARED: Sequence[Rule] = (
    _longest_without,
    _in_person_or_not,
    _three_named,
    _pupils_who_came,
    _takes_so_long,
    _who_signed,
)
