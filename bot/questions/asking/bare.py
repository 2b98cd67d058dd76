"""Questions that no word asks: a few words as one types them into a search, or that are only stated."""

import re

from bot.questions.asking.more import names_a_pair
from bot.questions.parts.form import TIED, Form, about_exchanges, head_of, names_partners, subject_of
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Told, Unit
from bot.questions.text.normal import Sort
from bot.questions.vocabulary.concepts import Concept


def bare(sentence: Sentence) -> Form | None:
    """No word asks: a few words as one types them into a search."""
    if _claims(sentence) or _are_tied(sentence) or _is_ours(sentence) or _is_one(sentence):
        return Form(Asked.BOOLEAN, About.TIES)
    heads = [head for i in range(len(sentence.spans)) if (head := head_of(sentence, i))]
    if (names_a_pair(sentence) and {*heads} == {"kind"}) or _is_the_tie(sentence):
        return Form(Asked.TEXT, About.TIES, Told.OVERVIEW)  # 尼姆與不倫瑞克的關係
    ordered = sentence.has(("order", "first"), ("order", "last"), ("order", "next"))
    ordered = ordered and (_of_contact(sentence) or not _says_what(sentence))
    if not heads:
        if any(sentence.plainly(i).endswith(" time") for i in sentence.any_of("order")) and sentence.names:
            return Form(Asked.DATE, About.EXCHANGES, head="exchange")  # "the last time its mayor was here"
        if sentence.has(("logic", "or")) and sentence.has(*_WEIGHED):
            return Form(Asked.PLACES, About.TIES)  # 跟臺中先簽還是跟高雄先簽, "nearer to Taipei: A or B?"
        if about_exchanges(sentence) or sentence.has(("meet", "planned")):
            return Form(Asked.DATE if ordered else Asked.RECORDS, About.EXCHANGES, head="exchange")
        if _dates(sentence):
            return Form(Asked.BOOLEAN, About.TIES)
        if sentence.has(("small", "own")) and sentence.names and not _names_one(sentence):
            return Form(Asked.PLACES)  # "our Texans"
        return (
            Form(Asked.TEXT, About.TIES, Told.OVERVIEW)
            if sentence.names or names_a_record(sentence)
            else None
        )
    head = heads[-1] if sentence.chinese else heads[0]
    about = subject_of(sentence, head)
    if head == "country":
        sentence.take(("noun", "country"))
    if about is About.EXCHANGES:
        if head == "exchange":
            ordered = ordered and not _several(sentence, ("noun", "exchange"), ("meet", "visit"))
            return Form(Asked.DATE if ordered else Asked.RECORDS, about, head=head)
        return Form(Asked.PLACES, about, head=head)
    if about is About.ANNIVERSARIES:
        ordered = sentence.has(("order", "next")) and not _several(sentence, ("anniversary", "anniversary"))
        return Form(Asked.DATE if ordered else Asked.RECORDS, about, head=head)
    request = next(iter(sentence.all(("filler", "request"))), None)
    unit = Unit.COUNTRIES if head == "country" else None
    return Form(Asked.PLACES, about, head=head, unit=unit, asked_at=request)


_WEIGHED = (("logic", "earlier"), ("order", "nearer"), ("order", "further"))

_THE_TIE = re.compile(r"\b(the|this|that) (\S+ ){0,3}(?!\S+s )\S+ with$")


def _is_the_tie(sentence: Sentence) -> bool:
    """Whether one agreement with one place is named, and no more is said: "the sister city agreement with Malé"."""
    names = list(sentence.names.values())
    if len(names) != 1 or not names[0].is_place or sentence.chinese or not names_partners(sentence):
        return False
    at = names[0].span
    before = " ".join(token.text for token in sentence.tokens[: sentence.spans[at].start])
    nouns = (("noun", "tie"), ("noun", "act"))
    said = [i for i in range(len(sentence.spans)) if sentence.means(i) and i != at]
    tied = all(sentence.spans[i].of("kind") or sentence.spans[i].has(*nouns) for i in said)
    return tied and bool(_THE_TIE.search(before))


def _claims(sentence: Sentence) -> bool:
    """Whether something is stated of two places, to be told whether it is so: 柏林跟臺北是姊妹關係？"""
    states = any(sentence.written(i) in ("是", "也是", "算是") for i in range(len(sentence.spans)))
    meaning = [i for i in range(len(sentence.spans)) if sentence.means(i)]
    places = sum(name.is_place for name in sentence.names.values())
    ends = bool(meaning) and bool(sentence.spans[meaning[-1]].of("kind"))
    return sentence.chinese and states and ends and places == len(sentence.names) == _TWO


_TWO = 2


def _are_tied(sentence: Sentence) -> bool:
    """Whether no more is said of two places than that they are twinned: "A and B twinned?"."""
    names = list(sentence.names.values())
    own = sentence.all(("small", "own"))
    both = [i for i in sentence.all(("logic", "common")) if sentence.plainly(i) == "both"]
    said = (*sentence.names, *own, *both)
    rest = [i for i in range(len(sentence.spans)) if sentence.means(i) and i not in said]
    asks = sentence.tokens[-1].text == "?"
    pair = len(names) + len(own) == _TWO + bool(both) and all(name.is_place for name in names)
    plural = [i for i in rest if sentence.spans[i].of("kind") and sentence.plainly(i).endswith("s")]
    if sentence.chinese or not pair or len(rest) != 1:
        return False
    return sentence.plainly(rest[0]) in TIED or (asks and rest == plural)


def _is_one(sentence: Sentence) -> bool:
    """Whether places are said to be partners of another, to be told whether they are.

    "Prague a partner of Taipei?", "Seattle: still our sister city?", "A and B: both sister cities of ours?"
    """
    own = [i for i in range(len(sentence.spans)) if {"our", "ours"} & {*sentence.plainly(i).split()}]
    places = sorted(sentence.names)
    subjects, other = (places, own) if own else (places[:-1], places[-1:])
    both = [i for i in sentence.all(("logic", "common")) if sentence.plainly(i) == "both"]
    if sentence.chinese or sentence.tokens[-1].text != "?" or len(subjects) != (_TWO if both else 1):
        return False
    if min(other) < subjects[-1] or not all(name.is_place for name in sentence.names.values()):
        return False
    still = sentence.all(("status", "active"))
    said = [
        i for i in range(len(sentence.spans)) if sentence.means(i) and i not in (*places, *own, *both, *still)
    ]
    opens = sentence.tokens[sentence.spans[subjects[-1]].end]
    begins = opens.sort is Sort.MARK or opens.text in _SAYS_WHAT
    one = len(said) == 1 and subjects[-1] < said[0] and bool(sentence.spans[said[0]].of("kind"))
    joined = bool(own) or (
        said[-1:] < other and sentence.tokens[sentence.spans[other[0]].start - 1].text in _TO
    )
    plural = one and sentence.plainly(said[0]).endswith("s")
    return one and begins and joined and (not plural or bool(both) or "one" in opens.text)


_SAYS_WHAT = frozenset(("a", "an", "one", "our", "still", "both", "also", "is", "was"))
_TO = frozenset(("of", "for", "to", "with"))


_IS_OURS = re.compile(r"\b(is|was) (that|it|this|she|he) (one )?(of )?ours\b|[,:–-] (one of )?ours ?\\?")


def _is_ours(sentence: Sentence) -> bool:
    """Whether a place is named and then asked for as "that": "Seattle – is that one of ours?"."""
    words = " ".join(token.text for token in sentence.tokens)
    return len(sentence.names) == 1 and bool(_IS_OURS.search(words)) and not sentence.any_of("ask")


def _dates(sentence: Sentence) -> bool:
    """Whether nothing but two places and a year are named, to be confirmed: "Mannheim - Swansea, 1957?"."""
    times = [i for i, span in enumerate(sentence.spans) if span.time is not None]
    rest = [i for i in range(len(sentence.spans)) if sentence.means(i) and i not in (*times, *sentence.names)]
    places = sum(name.is_place for name in sentence.names.values())
    alone = places == len(sentence.names) == _TWO and not rest and not sentence.chinese
    return len(times) == 1 and alone and not _says_what(sentence)


def _names_one(sentence: Sentence) -> bool:
    return any(name.is_place for name in sentence.names.values())


def _of_contact(sentence: Sentence) -> bool:
    """Whether contact is spoken of, of which the day is what matters: "what was the most recent contact with us?"."""
    said = sentence.all(("noun", "exchange"), ("meet", "talked"))
    return any(sentence.plainly(i) in ("contact", "contact with") for i in said)


def _several(sentence: Sentence, *concepts: Concept) -> bool:
    """Whether an English word for one of these is in the plural: "upcoming visits"."""
    return any(sentence.plainly(i).endswith("s") for i in sentence.all(*concepts))


def _says_what(sentence: Sentence) -> bool:
    """Whether "what is" stands in a phrase that says no more: "what was our most recent exchange"."""
    tokens = {
        sentence.tokens[i].text
        for span in sentence.spans
        if span.of("filler")
        for i in range(span.start, span.end)
    }
    return bool(tokens & {"what", "which", "whats"})


def names_a_record(sentence: Sentence) -> bool:
    """Whether the number of a record is written."""
    return any(span.record for span in sentence.spans)
