"""Where a text may be cut into two questions: at a mark or "and" with something asked on both its sides."""

from collections.abc import Iterator, Sequence

from bot.questions.parts.auxiliaries import AUXILIARIES
from bot.questions.parts.spans import SILENT, Span
from bot.questions.text.normal import Sort, Token

_ASKING = frozenset(
    (
        "when",
        "did",
        "count",
        "who",
        "which",
        "list",
        "where",
        "why",
        "times",
        "age",
        "kind",
        "whether",
        "subject",
        "decided",
    )
)
_DIVIDING = frozenset(",;?")


def cuts(spans: Sequence[Span], tokens: Sequence[Token], *, understood: bool) -> Iterator[Span]:
    """The parts between two questions: a mark or "and" with something asked on both its sides.

    Unless all was understood as one, a comma may stand where a question mark would: 歐洲有幾個，歐洲以外呢.
    """
    for index, span in enumerate(spans):
        between = index > 0 and _is_party(spans[index - 1]) and _joins_parties(span, spans[index + 1 :])
        joins = span.has(("small", "and")) and not between
        divides = (span.mark and tokens[span.start].text in _DIVIDING) or joins
        behind = spans[index + 1 :]
        ended = span.mark and tokens[span.start].text == "?"
        says_what_of = _says_what_of(behind, tokens)
        joined = bool(behind) and behind[0].has(("small", "and")) and not (ended and says_what_of)  # ", and"
        leads = span.mark and bool(behind) and behind[0].words(tokens) in _OF_ANOTHER
        asks_on = (_asks(behind, tokens) and not _asks_alone(behind)) or (
            (ended or leads or not understood) and says_what_of
        )
        begins = begins_question(tokens, span) and (not _asks_alone(behind) or _says_it(behind, tokens))
        asks_on = asks_on or begins or names_exchanges(behind)
        asked = ended or _asks(spans[:index], tokens)
        asked = asked or (names_exchanges(behind) and _names_ties(spans[:index]))
        asked = asked or (not understood and _asks_of_another_too(behind))
        if divides and not joined and asked and asks_on:
            yield span


def _joins_parties(joint: Span, behind: Sequence[Span]) -> bool:
    """Whether an "and" behind a name says with whom, or joins another: 我們和波特蘭, "Cologne and Volgograd"."""
    return joint.has(("small", "with")) or (bool(behind) and behind[0].mention is not None)


def _is_party(span: Span) -> bool:
    return span.mention is not None or span.has(("small", "own"))


def _says_what_of(spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether the same is asked of something else: 日本呢, "and in Japan?"."""
    said = [span for span in spans if not span.mark]
    if not any(span.mention or span.time or span.of("order") for span in said):
        return False
    return bool(said[0].of("follow")) or tokens[said[-1].end - 1].text == "呢"


def _asks_of_another_too(spans: Sequence[Span]) -> bool:
    """Whether it is asked if what was told before is so of another as well: 高雄也有嗎."""
    also = any(span.has(("logic", "common")) for span in spans)
    named = [span for span in spans if span.mention is not None]
    return also and len(named) == 1 and any(span.has(("ask", "whether")) for span in spans)


def names_exchanges(spans: Sequence[Span]) -> bool:
    """Whether nothing but exchanges is named there, as what is wanted besides: 締盟日期及歷年交流."""
    said = [span for span in spans if not span.mark]
    only = all(span.has(*_OF_EXCHANGES) or span.of("filler") or span.time for span in said)
    return only and any(span.has(("noun", "exchange")) for span in said)


def _names_ties(spans: Sequence[Span]) -> bool:
    return any(span.of("kind") or span.has(*_OF_TIES) for span in spans)


_OF_TIES = (("noun", "act"), ("noun", "tie"), ("event", "signed"))


_OF_EXCHANGES = (
    ("noun", "exchange"),
    ("noun", "record"),
    ("small", "of"),
    ("order", "last"),
    ("logic", "each"),
    ("ask", "statistics"),
    ("ask", "status"),
    ("ask", "times"),
)


def _asks_alone(spans: Sequence[Span]) -> bool:
    """Whether nothing but a word that asks stands there: "who received pineapples, and how many?", "…, and when?"."""
    said = [span for span in spans if not span.mark]
    rest = [s for s in said if not any(s.of(section) for section in _LITTLE) and not s.has(("noun", "city"))]
    rest += [s for s in said if s.has(("ask", "did")) or (s.of("ask") and s.of("status"))]
    ours = any(span.has(("ask", "kind")) for span in said) and any(
        span.has(("small", "own")) for span in said
    )
    return bool(said) and not rest and not ours and sum(bool(span.of("ask")) for span in said) <= 1


def _says_it(spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether a question that is little more than its word has a subject: "what kind of agreement is it?"."""
    words = [word for span in spans for word in span.words(tokens).split()]
    return words[-2:] in (["is", "it"], ["it", "?"]) or "it" in words[-2:] or words[:2] == ["whose", "else"]


_LITTLE = ("ask", "small", "filler", "pointing")


def asks_something(spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether a question stands there, and not only what is told of it, or that it is to be listed."""
    if tokens[-1].text in _ENDING:
        return True
    han = any(token.sort is Sort.HAN for token in tokens)
    return han and any(set(span.of("ask")) - _LISTING for span in spans)


_ENDING = frozenset(("?", "呢", "吗"))
_LISTING = frozenset(("list", "statistics", "whether"))


def _asks(spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    said = [span for span in spans if not span.mark]
    begins = bool(said) and tokens[said[0].start].text in _BEGINS and said[0].concepts != SILENT
    ends = bool(said) and tokens[said[-1].end - 1].text in _WHETHER and said[-1].has(("logic", "not"))
    return begins or ends or any(_ASKING & set(span.of("ask")) for span in said)


_WHETHER = frozenset(("没", "没有", "否", "有"))
"""How a question in Chinese ends that asks whether: 市長去過沒有."""


def begins_question(tokens: Sequence[Token], at: Span) -> bool:
    """Whether an "and" is followed by what begins a question in English: "…, and did our deputy mayor go there?"."""
    begins = [token.text for token in tokens[at.end : at.end + 2]]
    led = len(begins) > 1 and begins[0] in _LEADS and begins[1] in _WHOM  # "and with whom"
    return tokens[at.start].text == "and" and (led or (bool(begins) and begins[0] in _BEGINS))


def leads_to_another(written: str, tokens: Sequence[Token], at: Span) -> bool:
    """Whether a comma is followed by the same of another: ", and what about Pyeongtaek?"."""
    rest = written[tokens[at.end - 1].end :].lower().lstrip()
    return tokens[at.start].text == "," and rest.startswith(_ANOTHER)


_OF_ANOTHER = frozenset(("and what about", "what about", "and how about", "how about"))
_ANOTHER = ("and what about ", "what about ", "and how about ", "how about ")
_LEADS = frozenset(("with", "in", "from", "to", "by", "at", "of", "on", "since"))
_WHOM = frozenset(("whom", "which", "what", "when"))
_BEGINS = AUXILIARIES | {"when", "how", "who", "what", "which", "where", "why", "whose"}
