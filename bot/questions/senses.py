"""Words whose sense the words around them decide: an ordinal before "anniversary", "work with" of every day, "there".

Each rule rewrites the parts of a question before anybody reads them, so that the readers need not know of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.questions.concepts import Concept
from bot.questions.everyday_verbs import gave, got_together
from bot.questions.normal import Token
from bot.questions.senses_chinese import RULES as IN_CHINESE
from bot.questions.senses_english import ENGLISH
from bot.questions.spans import Span

_NOTHING = frozenset({("filler", "words")})


def in_their_sense(spans: Sequence[Span], tokens: Sequence[Token]) -> list[Span]:
    """The parts, with those that mean something else beside their neighbours turned into that."""
    found = list(spans)
    for rule in (*_RULES, *ENGLISH, *IN_CHINESE):
        rule(found, tokens)
    return found


def _silent(span: Span) -> Span:
    return Span(span.start, span.end, concepts=_NOTHING)


def _words(span: Span, tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens[span.start : span.end])


_LITTLE = ("filler", "small", "follow")


def _is_passed(span: Span) -> bool:
    return not span.mark and bool(span.concepts) and all(s in _LITTLE for s, _ in span.concepts)


def _next(spans: Sequence[Span], index: int) -> int | None:
    """The next part that is neither filler nor a small word; None before a mark."""
    return next((i for i in range(index + 1, len(spans)) if not _is_passed(spans[i])), None)


# Ordinals ----------------------------------------------------------------------------------------------------------

_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "tenth": 10}


def _anniversaries(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The "10th anniversary" is no place in an order but a number of years."""
    for index, span in enumerate(spans):
        numbers = [_ORDINALS[key] for key in span.of("order") if key in _ORDINALS]
        behind = _next(spans, index)
        if numbers and behind is not None and spans[behind].has(("anniversary", "anniversary")):
            spans[index] = replace(span, concepts=frozenset(), number=numbers[0])
        elif _is_jubilee(spans, index, tokens):
            number = numbers[0] if numbers else span.number
            spans[index] = replace(span, concepts=frozenset({("anniversary", "anniversary")}), number=number)


_ITS = frozenset(("its", "their", "our", "the", "a", "upcoming", "coming"))


def _is_jubilee(spans: Sequence[Span], index: int, tokens: Sequence[Token]) -> bool:
    """Whether an ordinal stands alone for so many years: "when does the tie reach its 40th?"."""
    span, word = spans[index], tokens[spans[index].start].text
    ordinal = (word.endswith(("th", "st", "nd", "rd")) and (span.number or 0) >= _TEN) or span.has(
        ("order", "tenth")
    )
    behind = spans[index + 1] if index + 1 < len(spans) else None
    ends = behind is None or behind.mark or behind.time is not None or behind.has(("small", "with"))
    return ordinal and ends and span.start > 0 and tokens[span.start - 1].text in _ITS


_TEN = 10


# Ties that are told as a habit --------------------------------------------------------------------------------------

_HABITS = frozenset(
    ("work with", "cooperate with", "collaborate with", "work together with", "work", "cooperate")
)
_TIE: frozenset[Concept] = frozenset({("noun", "tie")})


def _habits(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whom a city "works with", of no time in particular, are its partners."""
    verbs = {_words(span, tokens) for span in spans if span.has(("small", "does"))}
    if not verbs & {"do", "does"} or verbs & {"did", "have", "has", "had"} or any(s.time for s in spans):
        return
    for index, span in enumerate(spans):
        if span.has(("meet", "talked")) and _words(span, tokens) in _HABITS:
            spans[index] = replace(span, concepts=_TIE)


# Where somebody comes from ------------------------------------------------------------------------------------------

_COME = frozenset(("come", "comes"))


def _origins(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Partners "come from" the country where they lie; that is no visit."""
    words = [token.text for token in tokens]
    whence = any(one == "from" and two in ("which", "what") for one, two in pairwise(words))
    if not whence:
        return
    for index, span in enumerate(spans):
        ends = all(each.mark or _is_passed(each) for each in spans[index + 1 :])
        if span.has(("meet", "came")) and _words(span, tokens) in _COME and ends:
            spans[index] = _silent(span)


# Places of whichever level ------------------------------------------------------------------------------------------


def _levels(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who asks for "cities or provinces" leaves the level open."""
    for index in range(1, len(spans) - 1):
        between, before, behind = spans[index], spans[index - 1], spans[index + 1]
        joined = between.has(("logic", "or"), ("small", "and"))
        if not joined or before.of("kind") or behind.of("kind"):
            continue
        one, other = before.of("places"), behind.of("places")
        if one and other:
            continue  # 縣或郡
        if (before.has(("noun", "city")) and other) or (one and behind.has(("noun", "city"))):
            for at in (index - 1, index + 1):
                spans[at] = replace(spans[at], concepts=frozenset({("noun", "city")}))
            spans[index] = _silent(between)


# Six ----------------------------------------------------------------------------------------------------------------


def _numbers(spans: list[Span], tokens: Sequence[Token]) -> None:
    """ "Six" alone is the group of that many, but before a word for ties it is how many: "we have six partners"."""
    for index, span in enumerate(spans[:-1]):
        number = _SIX.get(tokens[span.end - 1].text) if span.mention is not None else None
        behind = _next_named(spans, index)
        if number and behind is not None and (spans[behind].of("kind") or spans[behind].has(*_COUNTED)):
            spans[index] = Span(span.start, span.end, number=number)
        more = index and spans[index - 1].has(("logic", "over"), ("logic", "under"), ("logic", "least"))
        after = spans[index + 1]
        if (
            more
            and _words(span, tokens) == "one"
            and (after.of("kind") or after.mention or after.has(*_COUNTED))
        ):
            spans[index] = Span(span.start, span.end, number=1)  # "more than one partner"


_SIX = {"six": 6, "6": 6}
_COUNTED: Sequence[Concept] = (("noun", "tie"), ("noun", "act"), ("noun", "exchange"), ("meet", "visit"))


def _next_named(spans: Sequence[Span], index: int) -> int | None:
    """The next part that is no filler, small word or name: "six Japanese partners"."""
    behind = index + 1
    while behind < len(spans) and spans[behind].mention is not None:
        behind += 1
    return behind if behind < len(spans) else None


# There ---------------------------------------------------------------------------------------------------------------

_EXISTS = frozenset(("is", "are", "was", "were", "be", "been", "s", "has", "have"))


def _there(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "there" that ends a sentence points to a place: "which towns have partners there?"."""
    for index, span in enumerate(spans):
        if _words(span, tokens) not in ("there", "over there") or span.start == 0:
            continue
        ends = index + 1 == len(spans) or spans[index + 1].mark or spans[index - 1].has(("noun", "city"))
        if ends and tokens[span.start - 1].text not in _EXISTS:
            spans[index] = Span(span.start, span.end, concepts=frozenset({("pointing", "place")}))


# With whom and when ---------------------------------------------------------------------------------------------------

_TOLD_ANYHOW: Sequence[Concept] = (("ask", "when"), ("ask", "who"), ("ask", "where"))


def _details(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Details that are asked for behind a yes-or-no question are told with a yes: "any visits? With whom and when?"."""
    end = next((i for i, span in enumerate(spans) if span.mark and tokens[span.start].text == "?"), None)
    if end is None or any(key != "whether" for span in spans[:end] for key in span.of("ask")):
        return
    behind = [i for i in range(end + 1, len(spans)) if not (spans[i].mark or _is_passed(spans[i]))]
    if not behind or not all(spans[i].of("ask") or spans[i].has(("noun", "city")) for i in behind):
        return
    if not any(spans[i].has(("ask", "when"), ("ask", "where")) for i in behind) or len(behind) == 1:
        return
    for index in behind:
        if spans[index].has(*_TOLD_ANYHOW):
            spans[index] = _silent(spans[index])


_DATED = ("small", "filler", "follow", "pointing")


def _dates_of_list(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A list tells since when; "which partners are in Asia, and since when?" asks for no more than the list."""
    asked = [i for i, span in enumerate(spans) if span.of("ask")]
    if len(asked) < _TWO or any(span.of("order") for span in spans):
        return
    first, last = spans[asked[0]], asked[-1]
    if not first.has(("ask", "which"), ("ask", "list"), ("ask", "who")) or not spans[last].has(
        ("ask", "when")
    ):
        return
    joined = any(spans[i].has(("small", "and")) for i in range(max(0, last - _TWO), last))
    plain = all(
        s.mark or s.has(("event", "signed")) or (s.concepts and all(x in _DATED for x, _ in s.concepts))
        for s in spans[last + 1 :]
    )
    if joined and plain:
        spans[last:] = [span if span.mark else _silent(span) for span in spans[last:]]


_TWO = 2

# Coming --------------------------------------------------------------------------------------------------------------

_ON_THE_WAY: frozenset[Concept] = frozenset({("meet", "came"), ("meet", "planned")})


def _coming(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Somebody who "is coming next month" is on the way; "coming visits" are the next ones."""
    for index, span in enumerate(spans):
        if _words(span, tokens) != "coming" or not {"is", "are"} & {t.text for t in tokens[: span.start]}:
            continue
        behind = spans[index + 1] if index + 1 < len(spans) else None
        if behind is None or behind.mark or behind.time or behind.has(("small", "to"), ("small", "in")):
            spans[index] = replace(span, concepts=_ON_THE_WAY)


# Numbers that tell what is known --------------------------------------------------------------------------------------


def _which_two(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How many there are is known to who asks "which two Spanish cities…", and "both" at the end says it again."""
    if any(span.of("order") or span.of("jubilee") for span in spans):
        return
    for index, span in enumerate(spans):
        before = spans[index - 1] if index else None
        if span.number is not None and before is not None and before.has(("ask", "which")):
            behind = _next_named(spans, index)
            if behind is not None and (spans[behind].of("kind") or spans[behind].has(("noun", "city"))):
                spans[index] = _silent(span)
        last = all(each.mark or _is_passed(each) for each in spans[index + 1 :])
        if _words(span, tokens) in ("both", "both of them") and last and before is not None and before.mark:
            spans[index] = _silent(span)


# Tags ----------------------------------------------------------------------------------------------------------------

_WHO = frozenset(("it", "they", "we", "he", "she", "you", "there"))


def _tags(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "wasn't it?" at the end denies nothing, but asks to be told that it is so."""
    said = [span for span in spans if not (span.mark or span.has(("filler", "thanks")))]
    end = said[-1].end if said else 0
    if end < _TWO or tokens[end - 1].text not in _WHO:
        return
    at = next((i for i, span in enumerate(spans) if span.end > end - _TWO), None)
    while at is not None and at and not spans[at].mark and spans[at].end > end - 4:
        if spans[at].has(("logic", "not")) and spans[at - 1].mark:
            spans[at] = replace(spans[at], concepts=frozenset({("ask", "whether")}))
            return
        at -= 1


# How far back ---------------------------------------------------------------------------------------------------------

_GOES = frozenset(("go", "goes", "going", "went", "reach", "reaches", "date", "dates"))


def _how_far_back(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How far back a tie goes is since when there is one, and neither a way nor a visit."""
    words = [token.text for token in tokens]
    far = next((i for i, span in enumerate(spans) if _words(span, tokens).startswith("how far")), None)
    if far is None or "back" not in words:
        return
    spans[far] = replace(spans[far], concepts=frozenset({("ask", "when")}))
    for index in range(far + 1, len(spans)):
        said = _words(spans[index], tokens).split()
        if said[0] in _GOES or said == ["back"]:
            spans[index] = _silent(spans[index])


# What for -------------------------------------------------------------------------------------------------------------


def _purposes(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What the answer is for, where the question ends with it: "… for a banner", "… for our footnote"."""
    end = len(spans)
    while end and spans[end - 1].mark:
        end -= 1
    for index in range(end - 1, 0, -1):
        span = spans[index]
        if _words(span, tokens) == "for":
            rest = spans[index + 1 : end]
            told = [each for each in rest if not _is_passed(each)]
            if told and not any(each.known for each in told) and len(told) <= len("abc"):
                spans[index:end] = [_silent(each) for each in spans[index:end]]
            return
        if span.known and not _is_passed(span):
            return


# Counterparts ---------------------------------------------------------------------------------------------------------


def _counterparts(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The counterparts of a place in a country are its partners; elsewhere they are people to write to."""
    for index, span in enumerate(spans[:-1]):
        abroad = spans[index + 1].has(("logic", "abroad")) or (
            spans[index + 1].has(("small", "in"))
            and any(
                each.mention is not None and not each.mention.places for each in spans[index + 2 : index + 4]
            )
        )
        if _words(span, tokens) in ("counterparts", "counterpart") and abroad:
            spans[index] = replace(span, concepts=frozenset({("kind", "partners")}))


def _just_one(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A "one" behind "just" or "only" counts: "which city has just one single partner?"."""
    for index in range(1, len(spans) - 1):
        before, behind = spans[index - 1], _next(spans, index)
        counted = behind is not None and (spans[behind].of("kind") or spans[behind].has(*_COUNTED))
        if (
            _words(spans[index], tokens) == "one"
            and counted
            and before.has(("logic", "exactly"), ("logic", "only"))
        ):
            spans[index] = Span(spans[index].start, spans[index].end, number=1)


_TONGUES = frozenset(("english", "german", "chinese", "mandarin"))


def _tongues(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who says "sorry, English" between two marks names a language and no country."""
    for index in range(1, len(spans) - 1):
        ends = spans[index + 1].mark or "-" in tokens[spans[index + 1].start].gap
        if spans[index - 1].mark and ends and _words(spans[index], tokens) in _TONGUES:
            spans[index] = _silent(spans[index])


def _versus(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of two places side by side one is chosen: "Seattle versus Portland, which one was first?"."""
    chosen = any(
        s.has(("logic", "earlier"), ("logic", "later"), ("order", "first"), ("order", "last")) for s in spans
    )
    for index in range(1, len(spans) - 1):
        between = spans[index - 1].mention is not None and spans[index + 1].mention is not None
        if chosen and between and _words(spans[index], tokens) in ("versus", "vs", "v"):
            spans[index] = replace(spans[index], concepts=frozenset({("logic", "or")}))


def _arriving(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A 到 that ends a question behind the word that asks for a day is of who arrives: 市長預計哪天到."""
    for index in range(1, len(spans)):
        ends = all(each.mark or each.of("filler") for each in spans[index + 1 :])
        if ends and _words(spans[index], tokens) == "到" and spans[index - 1].has(("ask", "when")):
            spans[index] = replace(spans[index], concepts=frozenset({("meet", "came")}))


_RULES: Sequence[Callable[[list[Span], Sequence[Token]], None]] = (
    _anniversaries,
    _habits,
    _origins,
    _levels,
    _numbers,
    _there,
    got_together,
    gave,
    _details,
    _dates_of_list,
    _coming,
    _which_two,
    _tags,
    _how_far_back,
    _purposes,
    _counterparts,
    _versus,
    _tongues,
    _just_one,
    _arriving,
)
