"""Words of Chinese that say who did something with a tie, and until when: 遭外交部宣告無效, 維持到何時."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import ENDED, SIGNED, STATUS, Span, ends_clause, silence, written_in
from bot.questions.text.normal import Token

_INTERROGATIVE = frozenset("哪何几多谁什啥")

# Who declared it void -----------------------------------------------------------------------------------------------

_OVER = (("event", "ended"), ("status", "ended"))


@only_where(("外交部",))
def _declared_by(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Which ministry declared an agreement void says no more of it than that: 遭馬爾地夫外交部宣告無效."""
    if not any(span.has(*_OVER) for span in spans):
        return
    for index in range(1, len(spans)):
        country = spans[index - 1].mention
        if spans[index].has(("noun", "ministry")) and country is not None and not country.places:
            silence(spans, (index - 1, index))


# Until when ----------------------------------------------------------------------------------------------------------


@only_where(("到", "至", "于"))
def _until_when(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Until which day a tie lasted asks when it ended: 姊妹市關係到哪一天為止, 締盟維持到何時."""
    for index in range(1, len(spans) - 1):
        to, when = spans[index], spans[index + 1]
        lasts = to.has(("event", "ended")) and tokens[to.end - 1].text in "到至于"
        if not (lasts or written_in(to, tokens) in ("到", "至")) or not when.has(("ask", "when")):
            continue
        behind = spans[index + 2] if index + 2 < len(spans) else None
        until = behind is not None and (written_in(behind, tokens) == "为止" or behind.has(*_OVER))
        tie = spans[index - 1]
        if not (lasts or until or (tie.of("kind") and ends_clause(spans, index + 1))):
            continue
        spans[index] = Span(to.start, to.end, concepts=ENDED)
        if until:
            spans[index + 2] = spans[index + 2].silenced()
        if tie.of("kind"):
            kinds = frozenset(each for each in tie.concepts if each[0] == "kind")
            spans[index - 1] = replace(tie, concepts=kinds)


# One of two ends ----------------------------------------------------------------------------------------------------

_OR = frozenset(("还是", "或", "或者", "或是", "抑或", "还是已"))


@only_where(("还是", "或", "抑或"))
def _ended_or_not(spans: list[Span], tokens: Sequence[Token]) -> None:
    """有效還是已終止 asks how a tie stands, and 終止或失效 says the same of it twice."""
    for index in range(1, len(spans) - 1):
        before, behind = spans[index - 1], spans[index + 1]
        if written_in(spans[index], tokens) not in _OR or not behind.has(*_OVER):
            continue
        if before.has(("status", "active")):
            asks = written_in(spans[index], tokens).startswith(("还是", "抑"))
            if asks:
                spans[index - 1] = replace(before, concepts=STATUS)
                silence(spans, (index, index + 1))
        elif before.has(*_OVER):
            silence(spans, (index, index + 1))


# Words beside a number or a day --------------------------------------------------------------------------------------


_YEARS = ("年份", "年分", "年度", "日期", "时间", "年月", "日")
_IS = frozenset(("是", "为", "是不是", "是否为", "是否是", "不是"))


@only_where(("年", "日", "时"))
def _day_that_is_told(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether the day is one that is told asks for none: 締盟年份是1970年嗎."""
    if not any(span.has(("ask", "whether")) for span in spans):
        return
    for index in range(len(spans) - 2):
        span, said = spans[index], written_in(spans[index], tokens)
        noun = span.has(("ask", "when")) and said.endswith(_YEARS) and not _INTERROGATIVE & set(said)
        if noun and written_in(spans[index + 1], tokens) in _IS and spans[index + 2].time:
            spans[index] = Span(span.start, span.end, concepts=SIGNED)
            return
    told = (
        spans[0].time
        and written_in(spans[1], tokens) in _IS
        and spans[-1 - spans[-1].mark].has(("ask", "whether"))
    )
    for index in range(2, len(spans) if told else 0):
        span, said = spans[index], written_in(spans[index], tokens)
        if said in (
            "日子",
            "那天",
            "那一天",
            "日期",
            "的日子",
            "的日期",
            "那年",
            "那一年",
            "的那天",
            "的那年",
        ):
            spans[index] = span.silenced()  # 1966年6月30日是高雄跟釜山締盟的日子嗎


# The councils of both -------------------------------------------------------------------------------------------------

_BOTH = frozenset(("两边", "双方", "两市", "两地", "两个", "双边"))


@only_where(("议会",))
def _councils_of_both(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What the councils of both signed is none of the cities' agreements, and no aside: 兩邊議會，臺南跟水上町的."""
    for index in range(1, len(spans)):
        if written_in(spans[index - 1], tokens) not in _BOTH:
            continue
        said = "".join(written_in(span, tokens) for span in spans[index : index + 2])
        end = index + (1 if written_in(spans[index], tokens) == "议会" else 2)
        if said.startswith("议会"):
            council = Span(
                spans[index - 1].start, spans[end - 1].end, concepts=frozenset({("items", "council")})
            )
            mark = end < len(spans) and spans[end].mark
            spans[index - 1 : end + mark] = [replace(council, end=spans[end].end) if mark else council]
            return


ACTS: Sequence[Rule] = (
    _declared_by,
    _until_when,
    _ended_or_not,
    _day_that_is_told,
    _councils_of_both,
)
