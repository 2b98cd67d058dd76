"""Questions for a day without a word that asks: they end where it would stand, "Kiel and Brest signed in …?"."""

from bot.questions.parts.form import TIED, Form
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked

_PAIR = 2
_FALLS = frozenset(
    ("falls on", "fall on", "is on", "falls", "falls in", "is due", "comes up", "is due on", "is")
)


_OPEN_ENDS = frozenset(
    (
        "in",
        "on",
        "from",
        "since",
        "as from",
        "as of",
        "dates from",
        "date from",
        "dated",
        "dating from",
        "dates back to",
        "date back to",
        "dating back to",
        "goes back to",
        "go back to",
        "reaches back to",
        "dates to",
        "dates back",
        "goes back",
    )
)


def last_said(sentence: Sentence) -> int | None:
    """The last part that is neither a mark nor thanks."""
    spans = sentence.spans
    said = (
        i for i in range(len(spans) - 1, -1, -1) if not (spans[i].mark or spans[i].has(("filler", "thanks")))
    )
    return next(said, None)


_BEGAN = frozenset(("started", "established", "founded", "began", "begun", "concluded", "formed", "signed"))
_FALLS_ON = frozenset(("falls on", "fall on", "falls in", "fall in", "on", "falls", "is on", "due on"))


def signed_on(sentence: Sentence) -> Form | None:
    """A few words that end where the day would stand: 三方友好協定，簽署於, "the tie was formalised in …?"."""
    last = last_said(sentence)
    if not last or sentence.any_of("ask"):
        return None
    met = sentence.has(("noun", "exchange"), ("meet", "visit"))
    if met and sentence.spans[last].has(("time", "since")):
        return None  # "twinned in 2025: any exchange since?" asks for those after that
    falls = sentence.plainly(last) in _FALLS or (
        sentence.plainly(last) in ("on", "in") and sentence.plainly(last - 1) in _FALLS
    )
    if falls and sentence.has(("anniversary", "anniversary")) and not sentence.chinese:
        sentence.use(last)
        return Form(Asked.DATE, About.ANNIVERSARIES, asked_at=last)  # "the 10th anniversary falls on?"
    signed = sentence.spans[last - 1].has(("event", "signed"))
    if sentence.has(("anniversary", "anniversary")) and sentence.plainly(last) in _FALLS_ON:
        sentence.use(last)
        return Form(Asked.DATE, About.ANNIVERSARIES, asked_at=last)
    if sentence.chinese:
        ends = sentence.plainly(last) in ("於", "于", "在") and signed
    elif sentence.spans[last].has(("event", "signed")) and sentence.spans[last - 1].mark:
        tied = sentence.plainly(last) in TIED  # "Guam and Keelung, connected?" asks whether they are
        ends = bool(sentence.names) and not tied  # "the link with Ulaanbaatar, established?"
    elif sentence.plainly(last) in _BEGAN and len(sentence.names) == _PAIR and last - 1 in sentence.names:
        ends = sentence.tokens[-1].text == "?"  # "Würzburg-Mwanza started?"
    else:
        said = (
            bool(sentence.any_of("event"))
            or sentence.has(("anniversary", "anniversary"))  # "the 10th anniversary with Aomori falls on?"
            or sentence.plainly(last) == "dated"
            or sentence.spans[last].has(("time", "since"))
        )
        ends = sentence.plainly(last) in _OPEN_ENDS and said and bool(sentence.names)
    if not ends:
        return None
    sentence.use(last)
    jubilee = sentence.has(("anniversary", "anniversary"))
    return Form(Asked.DATE, About.ANNIVERSARIES if jubilee else About.TIES, asked_at=last)
