"""Two questions in one: "when did we sign with Miami, and who came last?"; the second goes on from the first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.questions.auxiliaries import AUXILIARIES
from bot.questions.normal import Token
from bot.questions.outcomes import NotUnderstood, Reading, Twofold, Why
from bot.questions.query import About, Asked, Query, Told
from bot.questions.spans import SILENT, Span

Read = Callable[[str, Query | None], Reading]
"""Reads a text, with what was asked before."""

_MOST_CUTS = 4
"""At so many places a question is cut at most."""

_ASKING = frozenset(
    ("when", "count", "who", "which", "list", "where", "why", "times", "age", "whether", "subject", "decided")
)
_CONDITIONAL = ("沒有的話", "没有的话", "有的話", "有的话", "如果", "若", "if ", "If ")
"""With these the second question is put only for one answer to the first."""
_DIVIDING = frozenset(",;?")


def in_two(
    written: str, reading: Reading, tokens: Sequence[Token], spans: Sequence[Span], read: Read
) -> Reading:
    """Both questions, where a text holds two of which the reading is none, or the second alone; else the reading."""
    if not isinstance(reading, NotUnderstood | Query):
        return reading
    for at in islice(_cuts(spans, tokens), _MOST_CUTS):
        halves = _halves(written, tokens, at, read)
        if halves is None:
            continue
        begins = _begins_question(tokens, at)
        if halves.says_nothing_new:
            return NotUnderstood(Why.DOES_NOT_FIT, nearest=halves.first) if begins else reading
        surely = begins or tokens[at.start].text == "?"
        apart = not isinstance(reading, Query) or _is_half(
            reading, halves.first, halves.second, surely=surely
        )
        if apart and (surely or not halves.is_led) and not halves.names_for_both:
            return Twofold(halves.first, halves.second)
    return reading


@dataclass(frozen=True, slots=True)
class _Halves:
    first: Query
    second: Query

    @property
    def says_nothing_new(self) -> bool:
        """Whether nothing of the second was understood, so that it asks what the first does."""
        return replace(self.second, presumed=self.first.presumed) == self.first

    @property
    def is_led(self) -> bool:
        """Whether the first is a yes or no, which is often only what leads to the question."""
        return self.first.asked is Asked.BOOLEAN

    @property
    def names_for_both(self) -> bool:
        """Whether the second names whom the first is about, too: "when did we sign and who signed with Prague?"."""
        first = self.first
        return first.partner.anywhere and bool(self.second.partner.places) and first.asked is not Asked.PLACES


def _halves(written: str, tokens: Sequence[Token], at: Span, read: Read) -> _Halves | None:
    """Both parts read, the second as what goes on from the first; None where they are no two questions."""
    rest = written[tokens[at.end - 1].end :]
    if rest.lstrip().startswith(_CONDITIONAL):
        return None
    first = read(written[: tokens[at.start].start].rstrip(" ,"), None)
    if not isinstance(first, Query) or first.told is Told.OVERVIEW:
        return None
    second = read(rest, first)
    if not isinstance(second, Query) or second.about is About.PEOPLE:
        return None
    return _Halves(first, _of_those(second, first, rest))


def _of_those(second: Query, first: Query, rest: str) -> Query:
    """The second question of those that the first is about, where it only points to them: "with one of them"."""
    points = not _POINTING.isdisjoint(rest.lower().replace("?", " ").split())
    lost = second.partner.anywhere and not first.partner.anywhere
    return replace(second, partner=first.partner) if points and lost else second


_POINTING = frozenset(("one", "them", "those", "these", "there"))


def _begins_question(tokens: Sequence[Token], at: Span) -> bool:
    """Whether an "and" is followed by what begins a question in English: "…, and did our deputy mayor go there?"."""
    return tokens[at.start].text == "and" and at.end < len(tokens) and tokens[at.end].text in _BEGINS


_BEGINS = AUXILIARIES | {"when", "how", "who", "what", "which", "where", "why"}


def _is_half(reading: Query, first: Query, second: Query, *, surely: bool) -> bool:
    """Whether a reading of all says no more than the second question, or mixes both; `surely` if the text divides them.

    Whether there is a tie, or with whom, and its date are told together anyhow, as are an exchange and its day.
    """
    if reading.asked is Asked.STATISTICS:  # "how many are in the US and how many in Japan?"
        return False
    if surely:
        together = reading.about is first.about is second.about
        known = first.asked is Asked.BOOLEAN and second.asked is not Asked.BOOLEAN
        listed = first.about is About.TIES and first.asked in (Asked.BOOLEAN, Asked.PLACES, Asked.RECORDS)
        return not (together and (known or listed))
    apart = first.asked in (Asked.DATE, Asked.NUMBER, Asked.PLACES) and reading.about is not first.about
    return apart and replace(reading, acts=second.acts) == second


def _cuts(spans: Sequence[Span], tokens: Sequence[Token]) -> Iterator[Span]:
    """The parts between two questions: a mark or "and" with something asked on both its sides."""
    for index, span in enumerate(spans):
        between = index > 0 and span.has(("small", "with")) and _is_party(spans[index - 1])  # 我們和波特蘭
        joins = span.has(("small", "and")) and not between
        divides = (span.mark and tokens[span.start].text in _DIVIDING) or joins
        behind = spans[index + 1 :]
        joined = bool(behind) and behind[0].has(("small", "and"))  # ", and"
        ended = span.mark and tokens[span.start].text == "?"
        asks_on = (_asks(behind, tokens) and not _asks_alone(behind)) or (
            ended and _says_what_of(behind, tokens)
        )
        if divides and not joined and _asks(spans[:index], tokens) and asks_on:
            yield span


def _is_party(span: Span) -> bool:
    return span.mention is not None or span.has(("small", "own"))


def _says_what_of(spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether the same is asked of something else: 日本呢, "and in Japan?"."""
    said = [span for span in spans if not span.mark]
    if not any(span.mention or span.time for span in said):
        return False
    return bool(said[0].of("follow")) or tokens[said[-1].end - 1].text == "呢"


def _asks_alone(spans: Sequence[Span]) -> bool:
    """Whether nothing but a word that asks stands there: "who received pineapples, and how many?", "…, and when?"."""
    said = [span for span in spans if not span.mark]
    rest = [span for span in said if not (span.of("ask") or span.of("small") or span.of("filler"))]
    return bool(said) and not rest and sum(bool(span.of("ask")) for span in said) == 1


def _asks(spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    said = [span for span in spans if not span.mark]
    begins = bool(said) and tokens[said[0].start].text in _BEGINS and said[0].concepts != SILENT
    return begins or any(_ASKING & set(span.of("ask")) for span in said)
