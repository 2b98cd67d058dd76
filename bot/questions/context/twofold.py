"""Two questions in one: "when did we sign with Miami, and who came last?"; the second goes on from the first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.questions.conditions import OF_A_SIGNING, KindWord
from bot.questions.context.shared_halves import (
    asks_of_another_time,
    asks_of_others,
    is_bare,
    of_those,
    one_of_them,
    with_what_stands_behind,
)
from bot.questions.frame import Frame
from bot.questions.outcomes import NotUnderstood, Reading, Twofold, Why
from bot.questions.parts.auxiliaries import AUXILIARIES
from bot.questions.parts.spans import SILENT, Span
from bot.questions.query import About, Asked, Query, Told, Unit
from bot.questions.text.normal import Token

Read = Callable[[str, Frame | None], Reading]
"""Reads a text, with what was asked before."""

_MOST_CUTS = 4
"""At so many places a question is cut at most."""

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
_CONDITIONAL = ("沒有的話", "没有的话", "有的話", "有的话", "如果", "若", "if ", "If ")
"""With these the second question is put only for one answer to the first."""
_DIVIDING = frozenset(",;?")


def in_two(
    written: str,
    reading: Reading,
    tokens: Sequence[Token],
    spans: Sequence[Span],
    read: Read,
    frame: Frame | None,
) -> Reading:
    """Both questions, where a text holds two of which the reading is none, or the second alone; else the reading."""
    if not isinstance(reading, NotUnderstood | Query):
        return reading
    for at in islice(_cuts(spans, tokens), _MOST_CUTS):
        listed = _names_exchanges([span for span in spans if span.start >= at.end])
        begins = _begins_question(tokens, at) or _leads_to_another(written, tokens, at)
        halves = _halves(written, tokens, at, read, frame, listed=listed, begins=begins)
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


def _halves(
    written: str,
    tokens: Sequence[Token],
    at: Span,
    read: Read,
    frame: Frame | None,
    *,
    listed: bool,
    begins: bool,
) -> _Halves | None:
    """Both parts read, the second as what goes on from the first; None where they are no two questions.

    `listed`: nothing but exchanges is named in the second, which are those with whom the first is about. `begins`: the
    second begins as a question does.
    """
    rest = written[tokens[at.end - 1].end :]
    if rest.lstrip().startswith(_CONDITIONAL):
        return None
    first = read(written[: tokens[at.start].start].rstrip(" ,"), frame)
    if not isinstance(first, Query):
        return None
    known = first.told is Told.OVERVIEW and not listed
    if known and not (begins and len(first.partner.places) == 1):
        return None
    second = read(rest, None if listed else Frame(first))
    of_another = isinstance(second, Query) and second.home != first.home and not second.home.assumed
    if of_another and isinstance(second, Query) and _leads_to_another(written, tokens, at):
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
    if not isinstance(second, Query) or second.about is About.PEOPLE:
        return None
    if tokens[at.start].text != "?":
        first = _at_the_time_of(second, first)
    return _Halves(first, _of_what_lies_there(of_those(second, first, rest), first, rest))


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


def _begins_question(tokens: Sequence[Token], at: Span) -> bool:
    """Whether an "and" is followed by what begins a question in English: "…, and did our deputy mayor go there?"."""
    begins = [token.text for token in tokens[at.end : at.end + 2]]
    led = len(begins) > 1 and begins[0] in _LEADS and begins[1] in _WHOM  # "and with whom"
    return tokens[at.start].text == "and" and (led or (bool(begins) and begins[0] in _BEGINS))


def _leads_to_another(written: str, tokens: Sequence[Token], at: Span) -> bool:
    """Whether a comma is followed by the same of another: ", and what about Pyeongtaek?"."""
    rest = written[tokens[at.end - 1].end :].lower().lstrip()
    return tokens[at.start].text == "," and rest.startswith(_ANOTHER)


_OF_ANOTHER = frozenset(("and what about", "what about", "and how about", "how about"))
_ANOTHER = ("and what about ", "what about ", "and how about ", "how about ")
_LEADS = frozenset(("with", "in", "from", "to", "by", "at", "of", "on", "since"))
_WHOM = frozenset(("whom", "which", "what", "when"))
_BEGINS = AUXILIARIES | {"when", "how", "who", "what", "which", "where", "why", "whose"}


def _is_half(reading: Query, first: Query, second: Query, *, surely: bool) -> bool:
    """Whether a reading of all says no more than the second question, or mixes both; `surely` if the text divides them.

    Whether there is a tie, or with whom, and its date are told together anyhow, as are an exchange and its day.
    """
    if (
        reading.asked is Asked.STATISTICS is not second.asked
    ):  # "how many are in the US and how many in Japan?"
        return False
    mixed = _is_without_the_first(reading, first, second) or _is_mixed(reading, first, second)
    if mixed or asks_of_another_time(first, second):
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


def _cuts(spans: Sequence[Span], tokens: Sequence[Token]) -> Iterator[Span]:
    """The parts between two questions: a mark or "and" with something asked on both its sides."""
    for index, span in enumerate(spans):
        between = index > 0 and _is_party(spans[index - 1]) and _joins_parties(span, spans[index + 1 :])
        joins = span.has(("small", "and")) and not between
        divides = (span.mark and tokens[span.start].text in _DIVIDING) or joins
        behind = spans[index + 1 :]
        joined = bool(behind) and behind[0].has(("small", "and"))  # ", and"
        ended = span.mark and tokens[span.start].text == "?"
        leads = span.mark and bool(behind) and behind[0].words(tokens) in _OF_ANOTHER
        asks_on = (_asks(behind, tokens) and not _asks_alone(behind)) or (
            (ended or leads) and _says_what_of(behind, tokens)
        )
        begins = _begins_question(tokens, span) and (not _asks_alone(behind) or _says_it(behind, tokens))
        asks_on = asks_on or begins or _names_exchanges(behind)
        asked = _asks(spans[:index], tokens) or (_names_exchanges(behind) and _names_ties(spans[:index]))
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
    if not any(span.mention or span.time for span in said):
        return False
    return bool(said[0].of("follow")) or tokens[said[-1].end - 1].text == "呢"


def _names_exchanges(spans: Sequence[Span]) -> bool:
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
    ours = any(span.has(("ask", "kind")) for span in said) and any(
        span.has(("small", "own")) for span in said
    )
    return bool(said) and not rest and not ours and sum(bool(span.of("ask")) for span in said) <= 1


def _says_it(spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether a question that is little more than its word has a subject: "what kind of agreement is it?"."""
    words = [word for span in spans for word in span.words(tokens).split()]
    return words[-2:] in (["is", "it"], ["it", "?"]) or "it" in words[-2:] or words[:2] == ["whose", "else"]


_LITTLE = ("ask", "small", "filler", "pointing")


def _asks(spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    said = [span for span in spans if not span.mark]
    begins = bool(said) and tokens[said[0].start].text in _BEGINS and said[0].concepts != SILENT
    ends = bool(said) and tokens[said[-1].end - 1].text in _WHETHER and said[-1].has(("logic", "not"))
    return begins or ends or any(_ASKING & set(span.of("ask")) for span in said)


_WHETHER = frozenset(("没", "没有", "否", "有"))
"""How a question in Chinese ends that asks whether: 市長去過沒有."""
