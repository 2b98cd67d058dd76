"""Words whose sense the words around them decide: "there" at the end, "how far back", "for a banner", "counterparts".

Each rule rewrites the parts of a question before anybody reads them, so that the readers need not know of it. In which
order all rules run is told here; those of one theme are kept in a module that is called after it.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.domain.places import Place
from bot.questions.parts.everyday_verbs import gave
from bot.questions.parts.rules import InOrder, Rule, only_where
from bot.questions.parts.spans import Span, is_passed
from bot.questions.senses.asking import ASKING, whose_it_is
from bot.questions.senses.both import IN_BOTH, TOPICS
from bot.questions.senses.briefing import BRIEFING
from bot.questions.senses.chinese import RULES as CHINESE
from bot.questions.senses.clerks import BOTH_CLERKS, CLERKS
from bot.questions.senses.comparisons import COMPARED
from bot.questions.senses.contents import CONTENTS
from bot.questions.senses.dates import DATES, OVER_TIME, YEARS
from bot.questions.senses.each_signed import EACH_SIGNED
from bot.questions.senses.everyday import EVERYDAY
from bot.questions.senses.facts import FACTS
from bot.questions.senses.formerly import FORMERLY
from bot.questions.senses.gifts import GIVEN, SWAPPED
from bot.questions.senses.joining import JOINING, TAKING
from bot.questions.senses.jubilees import JUBILEES, LASTING
from bot.questions.senses.let_in import LET_IN
from bot.questions.senses.listed import LISTED
from bot.questions.senses.loose import LOOSE
from bot.questions.senses.meetings import HAPPENING, MEETINGS
from bot.questions.senses.office import OFFICE
from bot.questions.senses.persons import PERSONS, SPOKEN_FOR
from bot.questions.senses.requests import CHAT, DEMANDED, WANTED
from bot.questions.senses.signed_again import SIGNED_AGAIN
from bot.questions.senses.signing_sides import SIGNING_SIDES
from bot.questions.senses.stated import STATED
from bot.questions.senses.ties import STANDING, TYING
from bot.questions.senses.verbs import PLAIN_VERBS, RARE_VERBS
from bot.questions.senses.whether import IS_IT_NOT, OR_IS_IT, WHETHER_IT_IS
from bot.questions.text.normal import Sort, Token
from bot.questions.vocabulary.concepts import Concept
from bot.questions.vocabulary.mentions import Mention


def in_their_sense(spans: Sequence[Span], tokens: Sequence[Token]) -> list[Span]:
    """The parts, with those that mean something else beside their neighbours turned into that."""
    found = list(spans)
    han = any(token.sort is Sort.HAN for token in tokens)
    latin = any(token.sort is Sort.WORD for token in tokens)
    written = {token.text for token in tokens}
    for rules in (_IN_EITHER, *((_IN_ENGLISH,) if latin else ()), *((_IN_CHINESE,) if han else ()), _AT_LAST):
        for rule in rules.where(written):
            rule(found, tokens)
    return found


# Where somebody comes from ------------------------------------------------------------------------------------------

_COME = frozenset(("come", "comes"))


@only_where(_COME)
def _origins(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Partners "come from" the country where they lie; that is no visit."""
    words = [token.text for token in tokens]
    whence = any(one == "from" and two in ("which", "what", "how", "where") for one, two in pairwise(words))
    if not whence:
        return
    for index, span in enumerate(spans):
        ends = all(each.mark or is_passed(each) for each in spans[index + 1 :])
        if span.has(("meet", "came")) and span.words(tokens) in _COME and ends:
            spans[index] = span.silenced()


# There ---------------------------------------------------------------------------------------------------------------

_EXISTS = frozenset(("is", "are", "was", "were", "be", "been", "s", "has", "have"))


@only_where(("there", "over there"))
def _there(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "there" that ends a sentence points to a place: "which towns have partners there?"."""
    for index, span in enumerate(spans):
        if span.words(tokens) not in ("there", "over there") or span.start == 0:
            continue
        ends = index + 1 == len(spans) or spans[index + 1].mark or spans[index - 1].has(("noun", "city"))
        ends = ends or _says_only_when(spans[index + 1 :])
        if ends and tokens[span.start - 1].text not in _EXISTS:
            spans[index] = Span(span.start, span.end, concepts=frozenset({("pointing", "place")}))


def _says_only_when(behind: Sequence[Span]) -> bool:
    """Whether a time is all that stands behind: "what was signed there in 2019?"."""
    return any(span.time for span in behind) and all(span.time or span.mark for span in behind)


# With whom and when ---------------------------------------------------------------------------------------------------

_TOLD_ANYHOW: Sequence[Concept] = (("ask", "when"), ("ask", "who"), ("ask", "where"))


def _details(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Details that are asked for behind a yes-or-no question are told with a yes: "any visits? With whom and when?"."""
    end = next((i for i, span in enumerate(spans) if span.mark and tokens[span.start].text == "?"), None)
    if end is None or any(key != "whether" for span in spans[:end] for key in span.of("ask")):
        return
    behind = [i for i in range(end + 1, len(spans)) if not (spans[i].mark or is_passed(spans[i]))]
    if not behind or not all(spans[i].of("ask") or spans[i].has(("noun", "city")) for i in behind):
        return
    if not any(spans[i].has(("ask", "when"), ("ask", "where")) for i in behind) or len(behind) == 1:
        return
    for index in behind:
        if spans[index].has(*_TOLD_ANYHOW):
            spans[index] = spans[index].silenced()


_DATED = ("small", "filler", "follow", "pointing")


def _dates_of_list(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A list tells since when; "which partners are in Asia, and since when?" asks for no more than the list."""
    asked = [i for i, span in enumerate(spans) if span.of("ask")]
    if len(asked) < _TWO or any(span.of("order") for span in spans):
        return
    if any(span.has(("anniversary", "anniversary")) for span in spans) and any(s.is_place for s in spans):
        return  # "which anniversary is it with Busan, and when was it signed?"
    first, last = spans[asked[0]], asked[-1]
    if not first.has(("ask", "which"), ("ask", "list"), ("ask", "who")) or not spans[last].has(
        ("ask", "when")
    ):
        return
    joined = any(spans[i].has(("small", "and")) for i in range(max(0, last - _TWO), last))
    plain = all(
        s.mark or s.has(("event", "signed")) or s.words(tokens) in _THOSE or _is_said_of_dates(s)
        for s in spans[last + 1 :]
    )
    if joined and plain:
        spans[last:] = [span if span.mark else span.silenced() for span in spans[last:]]


_TWO = 2
_THOSE = ("those", "these")


def _is_said_of_dates(span: Span) -> bool:
    return bool(span.concepts) and all(section in _DATED for section, _ in span.concepts)


# How far back ---------------------------------------------------------------------------------------------------------

_GOES = frozenset(("go", "goes", "going", "went", "reach", "reaches", "date", "dates"))


@only_where(("how far",))
def _how_far_back(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How far back a tie goes is since when there is one, and neither a way nor a visit."""
    words = [token.text for token in tokens]
    far = next((i for i, span in enumerate(spans) if span.words(tokens).startswith("how far")), None)
    if far is None or "back" not in words:
        return
    spans[far] = replace(spans[far], concepts=frozenset({("ask", "when")}))
    for index in range(far + 1, len(spans)):
        said = spans[index].words(tokens).split()
        if said[0] in _GOES or said == ["back"]:
            spans[index] = spans[index].silenced()


# What for -------------------------------------------------------------------------------------------------------------


@only_where(("for",))
def _purposes(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What the answer is for, where the question ends with it: "… for a banner", "… for our footnote"."""
    end = len(spans)
    while end and spans[end - 1].mark:
        end -= 1
    for index in range(end - 1, 0, -1):
        span = spans[index]
        if span.words(tokens) == "for":
            rest = spans[index + 1 : end]
            if _LASTING & {token.text for token in tokens[span.end :]}:
                return  # "for a long while" says how long
            if _is_written_for(spans[:index], rest, tokens):
                spans[index:end] = [each.silenced() for each in spans[index:end]]
                return
            told = [each for each in rest if not is_passed(each)]
            if told and not any(each.known for each in told) and len(told) <= len("abc"):
                spans[index:end] = [each.silenced() for each in spans[index:end]]
            return
        if span.known and not is_passed(span) and (span.mention or span.of("ask") or span.time):
            return


_LASTING = frozenset(("while", "ages", "long", "time", "years", "months", "weeks", "days", "ever", "decades"))
_SOME = frozenset(("a", "an", "my", "our", "his", "her", "this", "some", "tonight", "tomorrow"))


def _is_written_for(asked: Sequence[Span], rest: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether the day of an agreement is asked for, and what stands behind says for what: "for a finding aid"."""
    dated = any(span.has(("ask", "when"), ("ask", "age"), ("noun", "year")) for span in asked)
    signed = any(span.of("event") or span.of("kind") or span.has(("noun", "tie")) for span in asked)
    others = any(span.of("meet") or span.of("kinds") or span.of("anniversary") for span in asked)
    named = any(span.mention or span.time or span.number is not None or span.of("ask") for span in rest)
    words = tokens[rest[0].start : rest[-1].end] if rest else ()
    some = len(words) > 1 and words[0].text in _SOME and any(not span.known for span in rest)
    some = some or (len(words) > 1 and words[0].text == "the" and not rest[-1].known)
    return dated and signed and some and not (others or named)


# Counterparts ---------------------------------------------------------------------------------------------------------


_OPPOSITE = frozenset(("counterpart", "counterparts", "opposite number", "opposite numbers"))


@only_where(_OPPOSITE)
def _counterparts(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The counterparts of a place in a country are its partners; elsewhere they are people to write to."""
    for index, span in enumerate(spans[:-1]):
        abroad = spans[index + 1].has(("logic", "abroad")) or (
            spans[index + 1].has(("small", "in"))
            and any(
                each.mention is not None and _may_hold(each.mention) for each in spans[index + 2 : index + 4]
            )
        )
        if span.words(tokens) in _OPPOSITE and (abroad or _has_foreign(spans, index)):
            spans[index] = replace(span, concepts=frozenset({("kind", "partners")}))


def _has_foreign(spans: Sequence[Span], index: int) -> bool:
    """Whether a place is said to have one of a country: "Xindian has a Japanese counterpart"."""
    country = spans[index - 1].mention if index > 1 else None
    has = any(span.has(("small", "does")) for span in spans[: index - 1])
    holder = any(span.is_place or "own" in span.of("small") for span in spans[: index - 1])
    owned = spans[index - 2].has(("small", "of"), ("small", "own"))  # "Bethlehem's German counterpart"
    single = not any(span.of("people") or span.of("ask") for span in spans[:index])
    return country is not None and _may_hold(country) and holder and (has or (owned and single))


def _may_hold(mention: Mention) -> bool:
    """Whether what is named may be a country or a state, in which places lie."""
    return any(not isinstance(each, Place) for each in mention.meanings)


_TONGUES = frozenset(("english", "german", "chinese", "mandarin"))


@only_where(_TONGUES)
def _tongues(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who says "sorry, English" between two marks names a language and no country."""
    for index in range(1, len(spans) - 1):
        ends = spans[index + 1].mark or "-" in tokens[spans[index + 1].start].gap
        if spans[index - 1].mark and ends and spans[index].words(tokens) in _TONGUES:
            spans[index] = spans[index].silenced()


_CHOSEN_BY: Sequence[Concept] = (
    ("logic", "earlier"), ("logic", "later"), ("order", "first"), ("order", "last"),
    ("order", "nearer"), ("order", "nearest"), ("order", "further"), ("order", "farthest"),
)  # fmt: skip


@only_where(("versus", "vs", "v", "of", "between"))
def _versus(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of places side by side one is chosen: "Seattle versus Portland, which was first?", "which of A and B was?"."""
    if not any(span.has(*_CHOSEN_BY) for span in spans):
        return
    asked = {"which", "who", "whom"} & {token.text for token in tokens}
    for index in range(1, len(spans) - 1):
        said, first = spans[index].words(tokens), index - 1
        if spans[first].mention is None or spans[index + 1].mention is None:
            continue
        while first > 1 and spans[first - 1].mark and spans[first - _TWO].mention is not None:
            first -= _TWO
        before = {token.text for token in tokens[: spans[first].start][-_TWO:]}
        pair = asked and said == "and" and before & {"of", "between", "two", "three"}
        if pair or said in ("versus", "vs", "v"):
            spans[index] = replace(spans[index], concepts=frozenset({("logic", "or")}))


_RULES: Sequence[Rule] = (
    _origins,
    _there,
    gave,
    _details,
    _dates_of_list,
    _how_far_back,
    _purposes,
    _counterparts,
    _versus,
    _tongues,
)

_IN_EITHER = InOrder(
    (*BRIEFING, *OFFICE, *TOPICS, *IN_BOTH, *BOTH_CLERKS, *FORMERLY, *SIGNING_SIDES, *EACH_SIGNED)
)
_IN_ENGLISH = InOrder(
    (
        whose_it_is,
        *CLERKS,
        *LET_IN,
        *RARE_VERBS,
        *IS_IT_NOT,
        *DEMANDED,
        *HAPPENING,
        *GIVEN,
        *STANDING,
        *WANTED,
        *YEARS,
        *TAKING,
        *LOOSE,
        *CHAT,
        *JUBILEES,
        *FACTS,
        *OR_IS_IT,
        *JOINING,
        *LASTING,
        *MEETINGS,
        *EVERYDAY,
        *_RULES,
        *PLAIN_VERBS,
        *DATES,
        *SWAPPED,
        *TYING,
        *ASKING,
        *WHETHER_IT_IS,
        *STATED,
        *COMPARED,
        *PERSONS,
        *LISTED,
        *OVER_TIME,
        *SPOKEN_FOR,
    )
)
_IN_CHINESE = InOrder(CHINESE)
_AT_LAST = InOrder((*CONTENTS, *SIGNED_AGAIN))
