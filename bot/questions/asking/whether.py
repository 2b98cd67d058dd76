"""How a question asks for a yes or a no."""

from bot.questions.parts.form import Form, about_exchanges, expects_somebody, subject_of
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked


def whether(sentence: Sentence) -> Form | None:
    """A yes or no: by a word that asks for it, or by a verb that stands first."""
    if _only_begs(sentence):
        sentence.take(("ask", "whether"))
        return None
    asked = sentence.take(("ask", "whether"))
    _take_for_true(sentence)
    first = _first(sentence)
    if not asked and not (says_how_it_stands(sentence) or _leaves_a_choice(sentence)):
        if first is None or not _inverts(sentence, first):
            return None
        if sentence.spans[first].has(("logic", "not")):
            sentence.use(first)  # "don't we have a partner in Chile?" asks the same as "do we"
    if _chooses_one(sentence):
        return Form(Asked.PLACES, About.TIES, head="kind")
    if expects_somebody(sentence):
        return Form(Asked.BOOLEAN, About.EXCHANGES)
    return Form(Asked.BOOLEAN, subject_of(sentence, "kind" if not about_exchanges(sentence) else "exchange"))


def _only_begs(sentence: Sentence) -> bool:
    """Whether what is begged for is told behind it by "what was", in English: "could you say what was the last?"."""
    said = sentence.all(("ask", "whether"))
    behind = sentence.tokens[sentence.spans[said[0]].end :][:_TWO] if said else []
    begs = all(sentence.spans[i].of("filler") for i in said)
    return bool(said) and begs and any(token.text in ("what", "which") for token in behind[:1])


_TWO = 2
_COMPARED = (
    ("logic", "earlier"), ("logic", "later"), ("order", "first"), ("order", "last"), ("anniversary", "older"),
    ("logic", "more"), ("logic", "fewer"), ("order", "nearer"), ("order", "further"),
)  # fmt: skip


def _chooses_one(sentence: Sentence) -> bool:
    """Whether one of two is to be told: "did we sign with Coventry or Ostrava first?", "has Graz or Brno more?"."""
    between = [(i - 1, _behind(sentence, i)) for i in sentence.all(("logic", "or"))]
    between = [pair for pair in between if {*pair} <= set(sentence.names)]
    places = between and all(sentence.names[i].is_place for i in between[0])
    compared = (
        sentence.has(*_COMPARED) and not sentence.has(("logic", "than")) and not about_exchanges(sentence)
    )
    return bool(places) and compared and not sentence.chinese and not sentence.any_of("ask")


def _behind(sentence: Sentence, index: int) -> int:
    """What stands behind an "or", and behind the small word that is said again: "to A or to B"."""
    again = sentence.spans[index + 1 : index + 2]
    return (
        index + 1 + any(span.has(("small", "with"), ("small", "to")) and not span.mention for span in again)
    )


_STANDS = ("state", "status")


def says_how_it_stands(sentence: Sentence) -> bool:
    """Whether a few words say of one place how its tie stands, which is to be confirmed: "Minakami overdue?"."""
    names = list(sentence.names.values())
    if sentence.chinese or len(names) != 1 or not names[0].is_place or sentence.any_of("ask"):
        return False
    said = [i for i, span in enumerate(sentence.spans) if any(span.of(each) for each in _STANDS)]
    behind = said and all(i > names[0].span for i in said)
    nouns = sentence.any_of("kind") or sentence.any_of("noun") or sentence.any_of("order")
    return bool(behind and not nouns)


def _leaves_a_choice(sentence: Sentence) -> bool:
    """Whether one of two dates is to be told: 釜山是1966年還1967年簽的."""
    times = {i for i, span in enumerate(sentence.spans) if span.time is not None}
    return sentence.chinese and any({i - 1, i + 1} <= times for i in sentence.free(("logic", "or")))


def _take_for_true(sentence: Sentence) -> None:
    """Use the 不是 of 不是…嗎, which denies nothing: 科隆不是跟北京有締盟嗎."""
    said = [
        i
        for i in sentence.all(("logic", "not"))
        if sentence.plainly(i) in ("不是", "可不是", "難道不是", "难道不是")
    ]
    behind = sentence.tokens[sentence.spans[said[0]].end :] if len(said) == 1 else []
    if any(token.text == "吗" for token in behind):
        sentence.used.update(said)


_LEFT_OUT = frozenset(("not", "no", "without"))
"""Words that leave something out behind a mark: "friendship cities of Wolfsburg, not the sister ones"."""


def _first(sentence: Sentence) -> int | None:
    """Where the question begins: behind what it is about, where that is said before: "regarding Japan: do we…"."""
    said = [i for i, span in enumerate(sentence.spans) if not span.of("filler")]
    for mark in (i for i in said if sentence.spans[i].mark and sentence.written(i) in ",:.;"):
        before = [i for i in said if i < mark and not sentence.spans[i].mark]
        verb = any(sentence.spans[i].has(("small", "does")) for i in before)
        behind = [i for i in said if i > mark and not sentence.spans[i].mark]
        left_out = bool(behind) and sentence.plainly(behind[0]) in _LEFT_OUT
        if before and not (verb or left_out) and all(_is_topic(sentence, i) for i in before):
            said = behind
    if len(said) > 1 and sentence.spans[said[0]].is_place and _dashed(sentence, said[1]):
        said = said[1:]  # "Oakland – do we have an agreement?"
    return next((i for i in said if not sentence.spans[i].mark), None)


def _dashed(sentence: Sentence, index: int) -> bool:
    """Whether a dash stands before a part."""
    return any(dash in sentence.tokens[sentence.spans[index].start].gap for dash in "-–—")


def _is_topic(sentence: Sentence, index: int) -> bool:
    """Whether a part may say what is asked about before the question: "and a Canadian partner, do we have one?"."""
    span = sentence.spans[index]
    return (
        span.mention is not None
        or span.time is not None
        or not sentence.means(index)
        or bool(span.of("kind") or span.of("items"))
        or span.has(("noun", "tie"), ("noun", "act"), ("logic", "except"))
    )


def _inverts(sentence: Sentence, first: int) -> bool:
    """Whether the sentence begins with its verb, as an English question does: "is Busan dormant"."""
    span = sentence.spans[first]
    latin = sentence.tokens[span.start].text.isascii()
    return latin and span.has(("small", "does"), ("logic", "not")) and len(sentence.spans) > first + 1
