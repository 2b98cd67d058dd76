"""What the part of a question that stands before a mark tells: a time, a topic, or something that happens anyhow."""

from collections.abc import Sequence

from bot.questions.context.remarks import is_named_again
from bot.questions.parts.spans import Span
from bot.questions.text.normal import Token
from bot.questions.text.slips import is_han

SINCE = ("以来", "以后", "之后", "以前", "之前", "后", "时", "期间")
"""What ends a clause that says when: 自2020年締盟以來，請問…"""


_FEW = 4
_BEFORE = ("before", "until", "till", "by")
_WITHIN = ("during", "in", "between", "from", "since", "after", "over", "within", "throughout")
_IN_TIME = frozenset((*_BEFORE, *_WITHIN))
"""Words with which a part begins that says when: "during the GDR years 1970 to 1979, whom did Dresden add?"."""


def says_when(told: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether it names a time, or ends in a word that makes a time of what a place did: 西雅圖締盟後，…"""
    if told and tokens[told[0].start].text in _IN_TIME and any(span.time for span in told):
        return True  # "during the years 1970 to 1979, …"
    while told and (told[-1].mark or told[-1].of("filler")):
        told = told[:-1]
    ending = "".join(token.text for token in tokens[: told[-1].end][-2:]) if told else ""
    named = any(span.mention is not None or span.of("event") for span in told)
    return named and ending.endswith((*SINCE, "后", "前"))


def is_told(told: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether it is a sentence with its verb: "we host Busan on Friday"."""
    words = {tokens[i].text for span in told for i in range(span.start, span.end)}
    first = next((span for span in told if not (span.mark or span.has(("filler", "greeting")))), None)
    if first is not None and tokens[first.start].text == "i" and len(told) > 1:
        return True  # "I blog about trains: …"
    comes = any(_is_coming(i, tokens) for span in told for i in range(span.start, span.end))
    announced = comes and any(span.time for span in told)
    return announced or any(span.has(("small", "does")) for span in told) or bool(words & {"m", "re", "am"})


def _is_coming(i: int, tokens: Sequence[Token]) -> bool:
    """Whether it is the verb of somebody who comes: "the mayor of Daegu visits tomorrow", not "visits to Daegu"."""
    return tokens[i].text in _COMES and not (i + 1 < len(tokens) and tokens[i + 1].text == "to")


_COMES = frozenset(("visits", "comes", "arrives", "returns"))


_CONDITIONS = ("kind", "kinds", "topics", "mode", "level", "items", "places", "state", "anniversary", "order")
_OF_A_TIE = ("kind", "anniversary", "order")
"""Of these those that say of which tie one fact is asked, as a topic or a state does not."""


def is_topic(told: Sequence[Span], tokens: Sequence[Token], asked: Sequence[Span]) -> bool:
    """Whether what stands before a comma says in Chinese what is asked about: 體育類的交流，我們辦過幾場.

    A name that the question names again, or that it keeps because it has none, says no more; nor does a time where the
    question has its own.
    """
    if not any(is_han(tokens[span.start].text) for span in told):
        return _is_field(told, tokens, asked)
    names = any(span.mention is not None for span in asked)
    names = names and not any(span.has(("pointing", "place")) for span in asked)  # 那裡跟德國哪個城市是姊妹
    times = any(span.time is not None for span in asked)
    fact = asks_of_a_tie(asked)
    conditions: Sequence[str] = _OF_A_TIE if fact else _CONDITIONS
    said_again = [each for each in ("kind",) if any(span.of(each) for span in asked)]
    if any(span.has(("ask", "when")) for span in asked):
        said_again.append("state")
    conditions = [each for each in conditions if each not in said_again]
    if not fact and is_plan(told, tokens) and asks_of_ties(asked):
        return any(names and span.is_name and not is_named_again(span, asked) for span in told)
    return any(
        (names and span.is_name and not is_named_again(span, asked))
        or (span.time is not None and not times and not fact)
        or any(span.of(section) for section in conditions)
        or (span.has(("noun", "exchange")) and not fact)
        for span in told
    )


_FIELDS = ("topics", "items", "kinds", "mode", "level")


def _is_field(told: Sequence[Span], tokens: Sequence[Token], asked: Sequence[Span]) -> bool:
    """The same in English of exchanges, by a few words without a verb: "touching on zoos, with whom did we work?"."""
    said = [section for span in told for section in _FIELDS if span.of(section)]
    again = any(span.of(section) for span in asked for section in said)
    meets = any(span.of("meet") or span.of("kinds") or span.has(("noun", "exchange")) for span in asked)
    return bool(said) and meets and not again and len(told) <= _FEW + 1 and not is_told(told, tokens)


def asks_of_a_tie(asked: Sequence[Span]) -> bool:
    """Whether the day or the age of a tie is asked, which no circumstance that is told bears on."""
    dated = any(span.has(("ask", "when"), ("ask", "age")) for span in asked)
    ties = any(span.of("event") or span.of("kind") or span.has(("noun", "tie")) for span in asked)
    meets = any(span.of("meet") or span.of("kinds") or span.has(("noun", "exchange")) for span in asked)
    return dated and ties and not meets and not any(span.of("anniversary") for span in asked)


_WE = ("我", "我们", "本团", "本校", "本班", "本社", "本台", "敝校", "敝社", "学校", "班上", "公司", "社团")
_PLAN = frozenset("想要拟在正")


def is_plan(told: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether it tells in Chinese what whoever asks means to do: 我們合唱團明年想去法國巡演."""
    words = [token.text for token in tokens[told[0].start : told[-1].end]]
    return "".join(words).startswith(_WE) and not _PLAN.isdisjoint(words)


def asks_of_ties(asked: Sequence[Span]) -> bool:
    """Whether ties are asked for, and neither what was done nor anniversaries."""
    ties = any(span.of("event") or span.of("kind") for span in asked)
    others = ("meet", "kinds", "anniversary", "jubilee", "state", "items")
    done = any(span.has(("noun", "exchange")) or any(map(span.of, others)) for span in asked)
    return ties and not done


_REMARKS = ("我", "他", "她", "大家", "因为", "不然", "免得", "以免", "以便", "省得", "否则", "好让", "好交")
_WANTS = ("我要", "我想", "我指", "我说", "我只", "我是", "我们要", "我们想", "我们只", "他要", "她要")


def begins_remark(behind: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether it begins in Chinese as what is only added: 我愣住了, 大家都在等, 免得出糗; 我要… says what is wanted."""
    words = "".join(token.text for token in tokens[behind[0].start : behind[-1].end])
    return words.startswith(_REMARKS) and not words.startswith(_WANTS)


_WHERE = frozenset(
    ("in", "down", "up", "within", "inside", "outside", "across", "around", "over", "throughout", "on", "among", "from",
     "near", "beyond", "along", "upstate", "overseas", "north", "south", "east", "west", "central")
)  # fmt: skip


def may_be_a_place(told: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether a few words before a comma may say where, by a name that nobody knows: "down under, who are…"."""
    words = [tokens[i].text for span in told for i in range(span.start, span.end) if not span.mark]
    unknown = any(not span.known for span in told)
    few = 0 < len(words) <= _FEW and tokens[told[-1].start].text == ","
    return unknown and few and words[0] in _WHERE and not is_told(told, tokens)
