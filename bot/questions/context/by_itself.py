"""The question in a story, read by itself: nothing that is told around it can be meant, as it lacks nothing.

"I promised the fire brigade a line for their newsletter. Who is twinned with Lille in Germany?" What is told may be
anything, in words that nobody put into the grammar. So it does not matter what it says, but only whether the question
leaves something open that it could fill: a pronoun, a place, a kind, a time.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from bot.questions.conditions import Where
from bot.questions.parts.spans import Span
from bot.questions.query import About, Asked, Query
from bot.questions.text.normal import Token
from bot.questions.text.slips import is_han


class _Cut(Enum):
    """What stands between the story and the question."""

    SENTENCE = "sentence"
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True)
class Core:
    """A question in a message, as it was typed."""

    text: str
    _told: Sequence[Span]
    _asked: Sequence[Span]
    _after: Sequence[Span]
    _tokens: Sequence[Token]
    _cut: _Cut

    def lacks_nothing(self, query: Query) -> bool:
        """Whether what is told can change nothing in the question, which alone was read as this query."""
        if self._supposes() or _limits((*self._told, *self._after)):
            return False
        if _is_of_one_tie(query):
            return not any(map(_names_more, self._after))
        if any(map(_says_more, self._after)):
            return False
        if self._points_back() or not _names_whose(query):
            return False
        sections = ("order",) if _says_of_what(query) else ("order", "kind", "kinds", "topics")
        if any(_could_fill(span, self._tokens, sections) for span in self._told):
            return False
        return self._cut is _Cut.SENTENCE or self._is_story()

    def _supposes(self) -> bool:
        """Whether it is told what would be: "if we sign with Lyon, how many partners would we have?"."""
        words = [word for span in self._told for word in span.words(self._tokens).split()]
        return not _SUPPOSING.isdisjoint(words) or any(each in "".join(words) for each in _CHINESE_SUPPOSING)

    def _points_back(self) -> bool:
        """Whether a word of the question stands for something that was told."""
        if self._is_chinese():
            said = "".join(span.words(self._tokens).replace(" ", "") for span in self._asked)
            return any(word in said for word in _CHINESE_PRONOUNS)
        return any(span.words(self._tokens) in _PRONOUNS and not span.of("ask") for span in self._asked)

    def _is_story(self) -> bool:
        """Whether the clause before a comma tells what somebody does, and is no part of the question put first."""
        start = max((i + 1 for i, span in enumerate(self._told[:-1]) if span.mark), default=0)
        words = [word for span in self._told[start:-1] for word in span.words(self._tokens).split()]
        if self._is_chinese():
            said = "".join(words)
            return any(word in said for word in _PERSONS) or said.endswith(_TELLING)
        first = self._asked[0].words(self._tokens).split()[0]
        return first in _OPENING and bool(_SUBJECTS & set(words)) and words[0] not in _PREPOSITIONS

    def _is_chinese(self) -> bool:
        return any(is_han(self._tokens[span.start].text) for span in self._asked)


def cores(spans: Sequence[Span], tokens: Sequence[Token], text: str) -> Iterator[Core]:
    """Questions in a message, the last and shortest first, each time with one clause more before it."""
    marks = [i for i, span in enumerate(spans) if span.mark and tokens[span.start].text == "?"]
    if len(marks) > 1:
        return
    ends = [marks[0] + 1] if marks else [len(spans), *_sentence_ends(spans, tokens)]
    for end in ends:
        after = spans[end:]
        if any(_asks(span, tokens) for span in after):
            continue
        for start in range(end - 1, -1, -1):
            cut = _cut_before(spans, tokens, start) if start else _Cut.SENTENCE
            told, asked = spans[:start], spans[start:end]
            if cut is None or spans[start].mark or (start, end) == (0, len(spans)):
                continue
            if not any(_asks(span, tokens) for span in told) and any(span.known for span in asked):
                question = text[tokens[asked[0].start].start : tokens[asked[-1].end - 1].end]
                yield Core(question, told, asked, after, tokens, cut)


def _sentence_ends(spans: Sequence[Span], tokens: Sequence[Token]) -> list[int]:
    """Where a sentence ends that is not the last, from behind."""
    return [end for end in range(len(spans) - 1, 0, -1) if _cut_before(spans, tokens, end) is _Cut.SENTENCE]


def _cut_before(spans: Sequence[Span], tokens: Sequence[Token], start: int) -> _Cut | None:
    before = spans[start - 1]
    mark = tokens[before.start].text if before.mark else ""
    gap = unicodedata.normalize("NFKC", tokens[spans[start].start].gap)
    if mark in (".", "!", ";", ":") or (" " in gap and any(dash in gap for dash in "-–—")):
        return _Cut.SENTENCE
    return _Cut.CLAUSE if mark == "," else None


_ASKING = frozenset(
    ("which", "who", "whom", "whose", "how", "where", "when", "why", "what", *"哪何几谁吗呢怎")
)


def _asks(span: Span, tokens: Sequence[Token]) -> bool:
    return any(tokens[i].text in _ASKING for i in range(span.start, span.end))


def _limits(told: Sequence[Span]) -> bool:
    """Whether it is told what is to be left out, or among whom: 高雄的夥伴中，…"""
    left_out = (("logic", "except"), ("logic", "difference"), ("logic", "without"))
    among = any(one.of("kind") and other.has(("logic", "among")) for one, other in pairwise(told))
    return among or any(span.has(*left_out) for span in told)


def _could_fill(span: Span, tokens: Sequence[Token], sections: Sequence[str]) -> bool:
    """Whether a part of what is told could be a condition that the question does not repeat."""
    timed = span.time is not None or span.words(tokens) in ("before", "after", "since", "until", "during")
    return timed or any(span.of(section) for section in sections)


def _says_more(span: Span) -> bool:
    """Whether a part behind the question may say more of it: "… with Japan? Only the oldest"."""
    of_question = any(
        section not in ("filler", "small", "follow", "people", "level") for section, _ in span.concepts
    )
    return of_question or bool(span.mention or span.time or span.record) or span.number is not None


def _names_more(span: Span) -> bool:
    """Whether a part behind a question for one fact names another place, time or kind of tie."""
    return bool(span.mention or span.time or span.record or span.of("kind")) or span.number is not None


def _is_of_one_tie(query: Query) -> bool:
    """Whether one fact of two places is asked for, both of which are named."""
    of_fact = query.asked in (Asked.DATE, Asked.BOOLEAN, Asked.NUMBER) and query.about is not About.PEOPLE
    return of_fact and _is_one(query.home) and _is_one(query.partner) and query.compare is None


def _is_one(where: Where) -> bool:
    named = len(where.places) + (where.own and not where.assumed)
    return named == 1 and not (where.groups or where.countries or where.regions or where.areas)


def _names_whose(query: Query) -> bool:
    """Whether it is said whose partners are asked for, and not taken from who asks."""
    home = query.home
    if home.assumed or home.anywhere:
        return False
    return query.compare is None and not query.records


def _says_of_what(query: Query) -> bool:
    return bool(query.acts.kinds or query.met or query.unmet) or query.about is About.EXCHANGES


_PRONOUNS = (
    frozenset(
        (
            "it",
            "its",
            "they",
            "them",
            "their",
            "theirs",
            "he",
            "him",
            "his",
            "she",
            "her",
            "hers",
            "that",
            "this",
        )
    )
    | frozenset(
        (
            "those",
            "these",
            "one",
            "ones",
            "there",
            "then",
            "such",
            "same",
            "other",
            "others",
            "another",
            "else",
        )
    )
    | frozenset(("also", "too", "both", "former", "latter"))
)
_CHINESE_PRONOUNS = (
    *("它", "他", "她", "其", "此", "该", "这", "那", "另", "也", "呢"),
    *("彼此", "前者", "后者", "还有", "当地"),
)
_SUBJECTS = frozenset(
    ("i", "we", "he", "she", "they", "you", "it", "my", "our", "his", "her", "their", "somebody", "everybody")
)
_OPENING = _ASKING | frozenset(
    ("do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "can", "could", "so")
)
_PREPOSITIONS = frozenset(
    ("of", "among", "between", "in", "since", "before", "after", "until", "during", "from", "for", "with")
) | frozenset(("besides", "apart", "except"))
_PERSONS = (
    *(
        "我",
        "同事",
        "长官",
        "市长",
        "局长",
        "处长",
        "科长",
        "主任",
        "秘书",
        "记者",
        "朋友",
        "老师",
        "同学",
        "议员",
    ),
    *(
        "老板",
        "客人",
        "学生",
        "助理",
        "妈",
        "爸",
        "爷",
        "奶",
        "邻居",
        "隔壁",
        "学长",
        "学姐",
        "实习",
        "大家",
        "有人",
    ),
)
"""Who is told of in a story, in simplified characters, as questions are compared."""

_SUPPOSING = frozenset(("if", "suppose", "supposing", "assuming", "unless", "once", "provided"))
_CHINESE_SUPPOSING = ("如果", "假如", "假设", "要是", "若", "万一", "的话")
_TELLING = ("了", "啦", "耶", "喔", "哦", "欸")
