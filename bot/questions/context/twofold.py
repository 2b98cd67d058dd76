"""Two questions in one: "when did we sign with Miami, and who came last?"; the second goes on from the first."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.questions.conditions import OF_A_SIGNING, KindWord
from bot.questions.context.cuts import (
    asks_something,
    begins_question,
    cuts,
    leads_to_another,
    names_exchanges,
)
from bot.questions.context.dropped import drops_one, of_each_state, of_the_signing, says_no_more, whoever_met
from bot.questions.context.opposites import with_either
from bot.questions.context.shared_halves import (
    asks_of_another_time,
    asks_of_others,
    is_bare,
    of_those,
    one_of_them,
    with_what_stands_behind,
)
from bot.questions.frame import Frame
from bot.questions.outcomes import Ambiguous, Difference, NotUnderstood, Reading, Twofold, Why
from bot.questions.parts.spans import Span
from bot.questions.query import About, Asked, Query, Told, Unit
from bot.questions.text.normal import Token

Read = Callable[[str, Frame | None], Reading]
"""Reads a text, with what was asked before."""

_MOST_CUTS = 4
"""At so many places a question is cut at most."""

_CONDITIONAL = ("沒有的話", "没有的话", "有的話", "有的话", "如果", "若", "if ", "If ")
"""With these the second question is put only for one answer to the first."""
_IF_SO = re.compile(
    r"^\s*(?:and )?(?:if (?:so|yes|there (?:is|are|was)|it is|we are|we do|they are)|in that case"
    r"|有的[话話]|如果有的?[话話]?|若有|是的[话話]|如果是的?[话話]?|若是)\s*[,:，]?\s*(?=\S)",
    re.IGNORECASE,
)
"""With these it is put for a yes, after which a no is followed by no record anyhow."""


def in_two(
    written: str,
    reading: Reading,
    tokens: Sequence[Token],
    spans: Sequence[Span],
    read: Read,
    frame: Frame | None,
) -> Reading:
    """Both questions, where a text holds two of which the reading is none, or the second alone; else the reading."""
    if isinstance(reading, Ambiguous):
        return _of_either_place(written, reading, tokens, spans, read, frame)
    if not isinstance(reading, NotUnderstood | Query):
        return reading
    if (either := with_either(written, tokens, spans)) is not None:
        return _both_of(either, reading, read, frame)
    understood = isinstance(reading, Query)
    for at in islice(cuts(spans, tokens, understood=understood), _MOST_CUTS):
        listed = names_exchanges([span for span in spans if span.start >= at.end])
        begins = begins_question(tokens, at) or leads_to_another(written, tokens, at)
        halves = _halves(written, tokens, at, read, frame, listed=listed, begins=begins)
        if isinstance(halves, Query):  # the second was not understood
            asks = begins or (
                at.mark and asks_something([span for span in spans if span.start >= at.end], tokens)
            )
            if asks and isinstance(reading, Query) and says_no_more(reading, halves):
                return NotUnderstood(Why.DOES_NOT_FIT, nearest=halves)
            continue
        if halves is None:
            continue
        if halves.says_nothing_new:
            return NotUnderstood(Why.DOES_NOT_FIT, nearest=halves.first) if begins else reading
        if is_bare([span for span in spans if span.end <= at.start]):
            halves = replace(halves, first=with_what_stands_behind(halves.first, halves.second))
        surely = begins or listed or tokens[at.start].text == "?"
        apart = (
            listed
            or not isinstance(reading, Query)
            or _is_half(reading, halves.first, halves.second, surely=surely)
        )
        if apart and (surely or halves.is_of_another or not halves.is_led) and not halves.names_for_both:
            return Twofold(halves.first, of_each_state(halves.second, halves.first))
    return reading


def _both_of(
    texts: tuple[str, str], reading: Query | NotUnderstood, read: Read, frame: Frame | None
) -> Reading:
    """Both questions that differ in a pair of opposites; no reading that has but one of these."""
    first, second = (read(text, frame) for text in texts)
    if isinstance(first, Query) and isinstance(second, Query):
        return Twofold(first, second)
    nearest = next((each for each in (first, second) if isinstance(each, Query)), None)
    return NotUnderstood(Why.DOES_NOT_FIT, nearest=nearest) if isinstance(reading, Query) else reading


def _of_either_place(
    written: str,
    reading: Ambiguous,
    tokens: Sequence[Token],
    spans: Sequence[Span],
    read: Read,
    frame: Frame | None,
) -> Reading:
    """Both questions, each with the places of one name to be chosen from, where they are two for all of them."""
    if reading.differs is not Difference.PLACE:
        return reading
    firsts, seconds = list[Query](), list[Query]()
    for choice, query in enumerate(reading.choices):

        def of_this(part: str, before: Frame | None, choice: int = choice) -> Reading:
            said = read(part, before)
            same = isinstance(said, Ambiguous) and said.labels == reading.labels
            return said.choices[choice] if isinstance(said, Ambiguous) and same else said

        both = in_two(written, query, tokens, spans, of_this, frame)
        if not (
            isinstance(both, Twofold) and isinstance(both.first, Query) and isinstance(both.second, Query)
        ):
            return reading
        firsts.append(both.first)
        seconds.append(both.second)
    return Twofold(replace(reading, choices=tuple(firsts)), replace(reading, choices=tuple(seconds)))


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
    def is_of_another(self) -> bool:
        """Whether the second asks of another home what the first is about: 加賀市是我們的友好城市，高雄也有嗎."""
        alike = self.first.asked is self.second.asked and self.first.partner == self.second.partner
        return alike and not self.second.home.assumed and self.second.home != self.first.home

    @property
    def names_for_both(self) -> bool:
        """Whether the second names whom the first is about, too: "when did we sign and who signed with Prague?"."""
        first = self.first
        return first.partner.anywhere and bool(self.second.partner.places) and first.asked is not Asked.PLACES


def _halves(
    written: str,
    tokens: Sequence[Token],
    at: Span,
    read: Read,
    frame: Frame | None,
    *,
    listed: bool,
    begins: bool,
) -> _Halves | Query | None:
    """Both parts read, the second as what goes on from the first; None where they are no two questions.

    The first alone, where the second is not understood.

    `listed`: nothing but exchanges is named in the second, which are those with whom the first is about. `begins`: the
    second begins as a question does.
    """
    rest = _IF_SO.sub("", written[tokens[at.end - 1].end :])
    if rest.lstrip().startswith(_CONDITIONAL):
        return None
    first = read(written[: tokens[at.start].start].rstrip(" ,"), frame)
    if not isinstance(first, Query):
        return None
    known = first.told is Told.OVERVIEW and not listed
    if known and not (begins and len(first.partner.places) == 1):
        return None
    second = read(rest, None if listed else Frame(first))
    if isinstance(second, NotUnderstood) and (others := whoever_met(first)) is not None:
        second = read(rest, Frame(others))
    of_another = isinstance(second, Query) and second.home != first.home and not second.home.assumed
    if of_another and isinstance(second, Query) and leads_to_another(written, tokens, at):
        second = one_of_them(second, first) or NotUnderstood(Why.DOES_NOT_FIT)
    if known:  # "what do we have with Brisbane and when was the last visit?"
        if not isinstance(second, Query) or second.about is not About.EXCHANGES:
            return None
        first = _listed(first)
    if listed and isinstance(second, Query):
        if len(first.partner.places) != 1 and first.asked is not Asked.NUMBER:
            return None
        second = _with_the_same(second, first)
        first = _listed(first)
    if isinstance(second, NotUnderstood):
        return first
    if not isinstance(second, Query) or second.about is About.PEOPLE:
        return None
    if tokens[at.start].text != "?":
        first = _at_the_time_of(second, first)
    second = of_the_signing(of_those(second, first, rest), first)
    return _Halves(first, _of_what_lies_there(second, first, rest))


def _asks_where(query: Query) -> bool:
    """Whether it is asked where one place lies."""
    return query.told is Told.SITUATION and len(query.partner.places) == 1


def _of_what_lies_there(second: Query, first: Query, rest: str) -> Query:
    """The tie of another with the place of which it was asked where it lies: 科羅州在哪一國，跟高雄什麼關係."""
    if not _asks_where(first) or second.about is not About.TIES:
        return second
    other = len(second.partner.places) == 1 and second.partner.places != first.partner.places
    if other and second.home.assumed:
        return replace(second, home=second.partner, partner=first.partner)
    of_another = len(second.home.places) == 1 and second.partner.anywhere and "its" in rest.lower().split()
    return replace(second, partner=first.partner) if of_another else second


def _with_the_same(second: Query, first: Query) -> Query:
    """The exchanges of those that the first question is about; of one partner they are listed, not counted by year."""
    second = replace(second, home=first.home, partner=first.partner)
    if second.asked is not Asked.STATISTICS or not first.partner.places:
        return second
    return replace(second, asked=Asked.RECORDS, per=None)


def _listed(first: Query) -> Query:
    """The ties with the one partner, where all that is known would tell of the exchanges, too."""
    if first.told is not Told.OVERVIEW:
        return first
    acts = replace(first.acts, kinds=frozenset({KindWord.ALL}))
    return replace(first, asked=Asked.PLACES, told=None, acts=acts)


def _at_the_time_of(second: Query, first: Query) -> Query:
    """The first question, at the time that stands behind both: "how many came and how many went in 2019?"."""
    alike = (
        first.about is second.about is About.EXCHANGES and first.asked is second.asked and first.rank is None
    )
    timed = first.exchanges.within is not None or first.exchanges.outside is not None
    if timed or not alike:
        return first
    met = second.exchanges
    exchanges = replace(first.exchanges, within=met.within, outside=met.outside, yearless=met.yearless)
    return replace(first, exchanges=exchanges)


def _is_half(reading: Query, first: Query, second: Query, *, surely: bool) -> bool:
    """Whether a reading of all says no more than the second question, or mixes both; `surely` if the text divides them.

    Whether there is a tie, or with whom, and its date are told together anyhow, as are an exchange and its day.
    """
    if (
        reading.asked is Asked.STATISTICS is not second.asked
    ):  # "how many are in the US and how many in Japan?"
        return False
    mixed = _is_without_the_first(reading, first, second) or _is_mixed(reading, first, second)
    if mixed or asks_of_another_time(first, second) or drops_one(reading, first, second):
        return True
    if surely:
        together = reading.about is first.about is second.about
        known = first.asked is Asked.BOOLEAN and second.asked is not Asked.BOOLEAN
        listed = first.about is About.TIES and first.asked in (Asked.BOOLEAN, Asked.PLACES, Asked.RECORDS)
        return not (together and (known or listed)) or asks_of_others(reading, first, second)
    apart = first.asked in (Asked.DATE, Asked.NUMBER, Asked.PLACES) and reading.about is not first.about
    return apart and replace(reading, acts=second.acts) == second


def _is_without_the_first(reading: Query, first: Query, second: Query) -> bool:
    """Whether two lists of ties are asked for and one alone was read: 有哪些締盟城市，哪些只是備忘錄."""
    lists = first.asked is second.asked is Asked.PLACES and first.about is second.about is About.TIES
    apart = bool(first.acts.kinds) and first.acts.kinds.isdisjoint(reading.acts.kinds)
    return lists and apart and reading.acts == second.acts


def _is_mixed(reading: Query, first: Query, second: Query) -> bool:
    """Whether exchanges are asked for what the first asks of a tie, or its signing is taken for one of them."""
    if not (first.about is About.TIES and reading.about is second.about is About.EXCHANGES):
        return False
    asks_the_first = reading.asked is first.asked is Asked.DATE and second.asked is Asked.BOOLEAN
    signing = reading.exchanges.words == OF_A_SIGNING != second.exchanges.words
    return asks_the_first or (signing and first.unit is Unit.YEARS)
