"""What people say around a question: whom they speak to, who they are, and what they take back while they type."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.spans import Span
from bot.questions.text.normal import Token

_GREETING = re.compile(
    r"^(?:(?:help|hello|hi|hey|(?:good )?(?:morning|afternoon|evening)|dear (?:all|team|colleagues?)|"
    r"(?:hello|hi) (?:there|all)|您好|你好|哈[囉啰]|嗨|[早午晚]安)\s*[,.!:;、。]+\s*"
    r"|but,?\s+(?=(?:how|when|which|what|who|where|is|are|was|were|did|do|does|has|have)\b)"
    r"|(?:re|fwd?|ref|subject|query|enquiry|inquiry)\s*:\s*"
    r"|(?:could|can|would|will) you (?:please )?(?:tell me|let me know)\s*[:,]\s*|[請请][問问]\s*[:,]?\s*)+",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"(?<=[?.!,;])\s*(?:please )?help(?: me| us)?(?: out)?(?:,? please)?\s*[!.]*$", re.IGNORECASE
)
_THANKS = re.compile(
    r"(?<=\S)[\s,.。、;]*(?:(?:many )?thanks(?: a lot| in advance)?|thank you(?: very much)?|[謝谢]{2}[您你]?)"
    r"\s*[!.。~]*$",
    re.IGNORECASE,
)

_QUOTED = re.compile(r"\s*[「『“\"]([^「『“\"」』”]+)[」』”\"]\s*")


def without_greeting(text: str) -> str:
    """The text without a greeting before it, thanks behind it and quotes around it, unless it is nothing else.

    Whatever looks at where a question begins and ends then finds it as it is without them.
    """
    quoted = _QUOTED.fullmatch(text)
    bare = _THANKS.sub("", _HELP.sub("", _GREETING.sub("", quoted[1] if quoted else text)))
    return bare if any(map(str.isalnum, bare)) else text


def without_courtesies(spans: Sequence[Span], tokens: Sequence[Token]) -> list[Span]:
    """The parts, with those that belong to no question turned into filler; their places stay."""
    spans = [_asking_if(span, tokens) for span in spans]
    found = list(spans)
    for index, span in enumerate(spans):
        if _is_address(spans, index) or _says_but(spans, index, tokens):
            found[index] = span.silenced()
        elif (span.has(("filler", "lead")) or _asks_if(span, tokens)) and all(
            _says_who(each, tokens) for each in spans[:index]
        ):
            found[:index] = [each.silenced() for each in spans[:index]]
        elif span.has(("filler", "title")) and index + 1 < len(spans) and not spans[index + 1].known:
            found[index + 1] = spans[index + 1].silenced()  # "Ms Lin"
        elif span.has(("filler", "claims")):  # 高雄號稱有45個締盟城市
            number = next((i for i in range(index + 1, len(spans)) if not _is_filler(spans[i])), index)
            if spans[number].number is not None:
                found[number] = spans[number].silenced()
        elif _takes_back(spans, index, tokens):
            found[index] = span.silenced()
            for before in _taken_back(spans, index):
                found[before] = spans[before].silenced()
    return _without_noise(found, tokens)


def _without_noise(spans: list[Span], tokens: Sequence[Token]) -> list[Span]:
    """What stands behind the question mark is no part of it if no word is known: pasted code, a cat on the keys."""
    ends = [i for i, span in enumerate(spans) if span.mark and tokens[span.start].text == "?"]
    for end in ends:
        behind = [i for i in range(end + 1, len(spans)) if not (spans[i].mark or _is_filler(spans[i]))]
        if (
            any(not span.mark and not _is_filler(span) for span in spans[:end])
            and any(not spans[i].known for i in behind)
            and not any(_is_ours(spans[i]) for i in behind)
        ):
            return [s.silenced() if i > end and not s.mark else s for i, s in enumerate(spans)]
    return spans


def _is_filler(span: Span) -> bool:
    return bool(span.concepts) and all(section in ("filler", "small") for section, _ in span.concepts)


def _is_ours(span: Span) -> bool:
    """Whether a part is known here; that some place of the world is called so says little."""
    return span.known and (span.mention is None or any(place.id for place in span.mention.places))


def _is_address(spans: Sequence[Span], index: int) -> bool:
    """Whether somebody is spoken to at the beginning: 市長，請問…"""
    behind = index + 1 < len(spans) and spans[index + 1].mark
    first = all(span.of("filler") or span.mark for span in spans[:index])
    return first and behind and bool(spans[index].of("people") and spans[index].of("level"))


_BEFORE_IF = frozenset(
    ("ask", "asked", "asks", "asking", "know", "see", "check", "find", "out", "say", "says", "said", "tell", "me",
     "us", "confirm", "verify", "wonder", "wondering", "up", "sure", "certain", "clear", "remember", "establish",
     "determine", "ascertain")
)  # fmt: skip
"""Words behind which "if" asks whether something is so; elsewhere it says on what condition."""


def _asking_if(span: Span, tokens: Sequence[Token]) -> Span:
    """An "if" of which somebody says that the answer is wanted asks: "let me know if", "does the list say if"."""
    asks = tokens[span.start].text == "if" and span.start and tokens[span.start - 1].text in _BEFORE_IF
    if span.end - span.start > 1 or not asks or [t.text for t in tokens[span.end : span.end + 1]] == ["you"]:
        return span
    return replace(span, concepts=frozenset({("ask", "whether")}))


def _says_but(spans: Sequence[Span], index: int, tokens: Sequence[Token]) -> bool:
    """Whether the question follows an excuse: "sorry to bother you, but when…"."""
    said = spans[:index]
    return bool(said) and spans[index].words(tokens) == "but" and all(s.mark or _is_filler(s) for s in said)


def _asks_if(span: Span, tokens: Sequence[Token]) -> bool:
    """Whether somebody "asks if" something is so."""
    return span.has(("ask", "whether")) and tokens[span.end - 1].text in ("if", "whether") and span.start > 0


def _says_who(span: Span, tokens: Sequence[Token]) -> bool:
    """Whether a part can say for whom somebody asks: "our new deputy mayor wants to know"."""
    unknown = not (span.known or span.mark)
    if span.words(tokens) == "new":  # "our new mayor"
        return True
    return unknown or (
        not span.is_name and span.time is None and all(section in _OF_WHO for section, _ in span.concepts)
    )


_OF_WHO = ("filler", "small", "people", "level", "noun", "kind", "repair", "topics", "items")


def _takes_back(spans: Sequence[Span], index: int, tokens: Sequence[Token]) -> bool:
    """Whether a word takes back the name before it, for that behind it: "Lodz... I mean Gdynia"."""
    span = spans[index]
    denied = span.has(("logic", "not")) and tokens[span.start].text == "不" and _before_mark(spans, index)
    return (
        (bool(span.of("repair")) or denied)
        and bool(_taken_back(spans, index))
        and _names_behind(spans, index)
    )


def _before_mark(spans: Sequence[Span], index: int) -> bool:
    return index + 1 < len(spans) and spans[index + 1].mark and index > 0 and not spans[index - 1].of("small")


def _taken_back(spans: Sequence[Span], index: int) -> list[int]:
    """The name that stands right before, with nothing but marks and sighs between."""
    for before in range(index - 1, -1, -1):
        if spans[before].mention is not None:
            return [before]
        if not (spans[before].mark or spans[before].of("filler") or spans[before].of("event")):
            return []
    return []


def _names_behind(spans: Sequence[Span], index: int) -> bool:
    behind = next(
        (s for s in spans[index + 1 :] if not (s.mark or s.of("filler") or "with" in s.of("small"))), None
    )
    return behind is not None and behind.mention is not None
