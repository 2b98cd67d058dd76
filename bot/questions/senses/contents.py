"""What an agreement is about, or called, which its record tells: 備忘錄的內容, "what is the pact about?"."""

from collections.abc import Sequence

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import Span, written_in
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

_TELL: frozenset[Concept] = frozenset({("ask", "tell"), ("ask", "contents")})
_AGREEMENT: Sequence[Concept] = (("noun", "act"), ("kind", "mou"))
_WRITTEN = frozenset(("about", "subject", "subjects", "theme", "content", "purpose", "aim", "内", "旨", "题"))
_NAMES = ("名称", "名称是", "名字", "全名", "正式名称")
_CONTENTS = ("协定内容", "协议内容", "盟约内容")
_ELSEWHERE = ("meet", "kinds", "items", "order", "anniversary", "topics", "people", "event")


@only_where((*_WRITTEN, "名"))
def _contents(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Asked what the agreement with one place is about, or what its name is, it is told."""
    agreements = [i for i, span in enumerate(spans) if span.has(*_AGREEMENT)]
    if len(agreements) != 1 or sum(span.mention is not None for span in spans) not in (1, 2):
        return
    if any(_says_more(span) for span in spans) or any(span.time or span.record for span in spans):
        return
    subject = next((i for i, span in enumerate(spans) if _is_of_contents(span, tokens)), None)
    which = [i for i, span in enumerate(spans) if span.has(("ask", "which"))]
    if subject is not None:
        _tell(spans, subject)
        for index in which:
            spans[index] = spans[index].silenced()
    elif len(which) == 1 and _is_of_the_name(spans, agreements[0], which[0], tokens):
        _tell(spans, which[0])


def _says_more(span: Span) -> bool:
    """Whether exchanges, people or numbers are asked for, or which agreement is told by more than the place."""
    signed = span.has(("event", "signed")) or bool(span.of("filler"))
    return span.has(("noun", "exchange")) or (not signed and any(map(span.of, _ELSEWHERE)))


def _is_of_contents(span: Span, tokens: Sequence[Token]) -> bool:
    """Whether the contents of something written are asked for, and not what was talked of."""
    said = any(token.text in _WRITTEN for token in tokens[span.start : span.end])
    return span.has(("ask", "subject")) and said and not span.of("meet")


def _is_of_the_name(spans: Sequence[Span], agreement: int, which: int, tokens: Sequence[Token]) -> bool:
    """Whether the name or the contents of the agreement are what is asked for: 協議名稱是什麼, 協定內容是什麼."""
    behind = [written_in(span, tokens) for span in spans[agreement:]]
    return which > agreement and (behind[0] in _CONTENTS or any(said in _NAMES for said in behind))


def _tell(spans: list[Span], index: int) -> None:
    spans[index] = Span(spans[index].start, spans[index].end, concepts=_TELL)


CONTENTS: Sequence[Rule] = (_contents,)
