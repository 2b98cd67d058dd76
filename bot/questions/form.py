"""What a question wants: the form of its answer and what it is about, before places and conditions are looked at."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.questions.conditions import Role
from bot.questions.query import About, Asked, Per, Told, Unit
from bot.questions.sentence import Sentence


@dataclass
class Form:
    """See `Query` for the parts. `head` is what the word that asks, the part `asked_at`, asks for: "which *cities*"."""

    asked: Asked
    about: About = About.TIES
    told: Told | None = None
    unit: Unit | None = None
    per: Per | None = None
    role: Role | None = None
    asked_at: int | None = None
    head: str | None = None
    negated: bool = False
    counts_years: bool = False
    """Whether a mere number is one of years: after "who turns 40?", "and 50?"."""

    @property
    def of_pairs(self) -> bool:
        """Whether it is asked of one tie rather than of many: when, whether, why, how it stands."""
        pairs = (Asked.DATE, Asked.BOOLEAN, Asked.TEXT)
        return self.asked in pairs or self.unit in (Unit.YEARS, Unit.DAYS_SINCE)


# What words speak of ---------------------------------------------------------------------------------------------

_MEETING = frozenset(("talked", "dialogue", "visit", "came", "went", "received"))
"""Words of "meet" that tell of exchanges by themselves; the others do so beside another word for one."""

_HEADS = {
    "kind": "kind",
    "kinds": "exchange",
    "mode": "exchange",
    "places": "city",
}
_NOUNS = {"tie": "kind", "act": "act", "city": "city", "country": "country", "exchange": "exchange"}


def head_of(sentence: Sentence, index: int) -> str | None:
    """What kind of thing a part is a noun for: kind, act, city, country, exchange or anniversary."""
    span = sentence.spans[index]
    for key in span.of("noun"):
        if key in _NOUNS:
            return _NOUNS[key]
    for section, head in _HEADS.items():
        if span.of(section):
            return head
    if span.has(("anniversary", "anniversary")):
        return "anniversary"
    if span.has(("meet", "visit"), ("meet", "dialogue")):
        return "exchange"
    return None


def about_exchanges(sentence: Sentence) -> bool:
    """Whether exchanges are spoken of at all."""
    if (
        sentence.has(("noun", "exchange"), ("ask", "did"))
        or sentence.any_of("kinds")
        or sentence.any_of("mode")
    ):
        return True
    if any(key in _MEETING for _, key in sentence.words("meet")):
        return True
    return any(not sentence.spans[i].of("people") for i in sentence.any_of("level"))


def names_partners(sentence: Sentence) -> bool:
    """Whether agreements are spoken of by a word for them."""
    return bool(sentence.any_of("kind")) or sentence.has(("noun", "tie"), ("noun", "act"))


def _head_after(sentence: Sentence, asked_at: int) -> str | None:
    """The noun that a word asks for: behind it, else the last before it."""
    behind = (head_of(sentence, i) for i in range(asked_at + 1, len(sentence.spans)))
    ahead = (head_of(sentence, i) for i in range(asked_at - 1, -1, -1))
    return next((h for h in behind if h), None) or next((h for h in ahead if h), None)


def _subject(sentence: Sentence, head: str | None) -> About:
    """What the question is about, given what is asked for."""
    if head == "anniversary" or (sentence.has(("anniversary", "anniversary")) and head != "kind"):
        return About.ANNIVERSARIES
    if head in ("exchange", "city", "country") or head is None:
        return About.EXCHANGES if about_exchanges(sentence) and _meets(sentence, head) else About.TIES
    return About.TIES


def _meets(sentence: Sentence, head: str | None) -> bool:
    """Whether places are asked for because they were met, not because there is a tie."""
    return head == "exchange" or not names_partners(sentence)


# Readers, one for each way to ask --------------------------------------------------------------------------------


def _of_places(sentence: Sentence) -> Form | None:
    if sentence.take(("ask", "clock")):
        sentence.take(("ask", "far"), ("ask", "count"), ("ask", "which"), ("logic", "than"))
        return Form(Asked.TEXT, About.PLACES, Told.TIME_DIFFERENCE)
    if sentence.take(("ask", "far")):
        sentence.take(("ask", "count"), ("ask", "which"))
        return Form(Asked.TEXT, About.PLACES, Told.DISTANCE)
    return None


_ROLES = {
    "contact": (About.PEOPLE, Role.CONTACT),
    "signatory": (About.TIES, Role.SIGNATORY),
    "initiator": (About.TIES, Role.INITIATOR),
    "ended_by": (About.TIES, Role.ANY),
    "owner": (About.TIES, Role.OWNER),
    "leaving": (About.PEOPLE, Role.ANY),
    "to_confirm": (About.PEOPLE, Role.ANY),
    "former_person": (About.PEOPLE, Role.ANY),
    "adviser": (About.PEOPLE, Role.ANY),
    "alumnus": (About.PEOPLE, Role.ANY),
    "participant": (About.EXCHANGES, Role.PARTICIPANT),
}


def _of_people(sentence: Sentence) -> Form | None:
    for key, (about, role) in _ROLES.items():
        if sentence.has(("people", key)):
            form = Form(Asked.TEXT, about, Told.PERSON, role=role)
            if sentence.take(("ask", "when")):
                form.asked, form.told = Asked.DATE, None
            elif sentence.take(("ask", "count")):
                form.asked, form.told, form.unit = Asked.NUMBER, None, Unit.PEOPLE
            sentence.take(("ask", "who"), ("ask", "list"), ("ask", "which"), ("ask", "whether"))
            return form
    if sentence.has(("people", "mayor")) and sentence.has(("ask", "who")) and not about_exchanges(sentence):
        sentence.take(("ask", "who"), ("ask", "which"), ("people", "mayor"))
        return Form(Asked.TEXT, About.PEOPLE, Told.PERSON, role=Role.MAYOR)
    return None


def _statistics(sentence: Sentence) -> Form | None:
    if sentence.take(("ask", "compare")):
        sentence.take(("ask", "count"), ("ask", "times"), ("ask", "which"), ("ask", "list"))
        head = _head_after(sentence, -1)
        return Form(Asked.STATISTICS, _subject(sentence, head), per=Per.HOME, head=head)
    if sentence.has(("order", "most"), ("order", "fewest")):
        return None
    listed = sentence.has(("ask", "which")) and not sentence.has(("ask", "count"), ("ask", "times"))
    per = next((key for _, key in sentence.words("per")), None)
    if per == Per.HOME and not sentence.has(("ask", "count"), ("ask", "times"), ("ask", "statistics")):
        per = None
    if per is None and (listed or not sentence.has(("ask", "statistics"))):
        sentence.take(("ask", "statistics"))  # 歷年有哪些 lists them
        return None
    head = _head_after(sentence, -1)
    form = Form(Asked.STATISTICS, _subject(sentence, head), per=Per(per) if per else Per.YEAR, head=head)
    sentence.take(
        ("ask", "statistics"), ("ask", "count"), ("ask", "times"), ("ask", "list"), ("ask", "which")
    )
    sentence.used.update(sentence.any_of("per"))
    return form


def _reason(sentence: Sentence) -> Form | None:
    asked = sentence.free(("ask", "why"))
    if not asked or (
        sentence.has(("ask", "when")) and all(sentence.spans[i].of("ask") != ["why"] for i in asked)
    ):
        return None
    sentence.take(("ask", "why"))
    return Form(Asked.TEXT, _subject(sentence, "kind"), Told.REASON)


def _count(sentence: Sentence) -> Form | None:
    counted = sentence.free(("ask", "count"), ("ask", "times"))
    if not counted:
        return None
    at = counted[0]
    times = any(sentence.spans[i].has(("ask", "times")) for i in counted)
    head = "exchange" if times else _head_after(sentence, at)
    sentence.used.update(counted)
    about = _subject(sentence, head)
    units = {
        "country": Unit.COUNTRIES,
        "act": Unit.AGREEMENTS,
        "city": Unit.PLACES,
        "exchange": Unit.EXCHANGES,
    }
    form = Form(Asked.NUMBER, about, unit=units.get(head or ""), asked_at=at, head=head)
    if head == "exchange" and about is not About.EXCHANGES:
        form.about = About.EXCHANGES
    if head == "country":
        sentence.take(("noun", "country"))
    if sentence.take(("ask", "whether"), ("ask", "which"), ("ask", "list")):
        pass
    return form


def _duration(sentence: Sentence) -> Form | None:
    if sentence.take(("ask", "since_last")):
        sentence.take(("logic", "not"), ("order", "last"), ("ask", "age"))
        return Form(Asked.NUMBER, About.EXCHANGES, unit=Unit.DAYS_SINCE)
    if not sentence.has(("ask", "age")):
        return None
    sentence.take(("ask", "age"))
    if about_exchanges(sentence) and not names_partners(sentence):
        if not sentence.take(("logic", "not"), ("logic", "without")):
            return None
        return Form(Asked.NUMBER, About.EXCHANGES, unit=Unit.DAYS_SINCE)
    sentence.take(("anniversary", "anniversary"), ("ask", "count"))
    return Form(Asked.NUMBER, About.TIES, unit=Unit.YEARS)


def _date(sentence: Sentence) -> Form | None:
    asked = sentence.free(("ask", "when")) or _trailing_since(sentence)
    if not asked:
        return None
    sentence.used.update(asked)
    sentence.take(("ask", "which"), ("ask", "where"))
    if sentence.has(("anniversary", "anniversary")):
        return Form(Asked.DATE, About.ANNIVERSARIES, asked_at=asked[0])
    exchanges = about_exchanges(sentence) and not _signs(sentence)
    return Form(Asked.DATE, About.EXCHANGES if exchanges else About.TIES, asked_at=asked[0])


def _trailing_since(sentence: Sentence) -> list[int]:
    """Where a question of a few words ends with "since"."""
    last = next((i for i in range(len(sentence.spans) - 1, 0, -1) if not sentence.spans[i].mark), 0)
    return [last] if last and "since" in sentence.spans[last].of("small") else []


def _signs(sentence: Sentence) -> bool:
    """Whether it is asked of an agreement, though words for exchanges are in the sentence: 交流促進協定."""
    if sentence.has(("kinds", "signing")):
        return False
    signed = sentence.any_of("event") and names_partners(sentence)
    visits = any(key in _MEETING for _, key in sentence.words("meet"))
    return bool(signed) and not visits


_TOLD = {
    "status": Told.STATUS,
    "kind": Told.KIND,
    "subject": Told.SUBJECT,
    "promised": Told.COMMITMENTS,
    "source": Told.SOURCE,
    "often": Told.CADENCE,
    "tell": Told.OVERVIEW,
}


def _telling(sentence: Sentence) -> Form | None:
    for key, told in _TOLD.items():
        if sentence.has(("ask", key)):
            sentence.take(("ask", key))
            about = About.EXCHANGES if told is Told.SUBJECT else About.TIES
            sentence.take(("ask", "which"), ("ask", "list"), ("noun", "record"))
            return Form(Asked.TEXT, about, told)
    return None


def _which(sentence: Sentence) -> Form | None:
    asked = sentence.free(("ask", "which"), ("ask", "list"), ("ask", "who"), ("ask", "where"), ("ask", "did"))
    if not asked:
        return None
    at = asked[0]
    head = _head_after(sentence, at)
    places = any(sentence.spans[i].has(("ask", "who"), ("ask", "where")) for i in asked)
    if places and head == "exchange":
        head = None
    if sentence.take(("ask", "did")):
        head = "exchange"
    sentence.used.update(asked)
    sentence.take(("ask", "whether"))
    form = Form(Asked.PLACES, _subject(sentence, head), asked_at=at, head=head)
    if head in ("exchange", "anniversary") and form.about is not About.TIES:
        form.asked = Asked.RECORDS
    if head == "country":
        form.unit = Unit.COUNTRIES
        sentence.take(("noun", "country"))
    return form


def _whether(sentence: Sentence) -> Form | None:
    asked = sentence.take(("ask", "whether"))
    first = next(
        (i for i, span in enumerate(sentence.spans) if not span.mark and not span.of("filler")), None
    )
    if not asked:
        if first is None or not _inverts(sentence, first):
            return None
        if sentence.spans[first].has(("logic", "not")):
            sentence.use(first)  # "don't we have a partner in Chile?" asks the same as "do we"
    return Form(Asked.BOOLEAN, _subject(sentence, "kind" if not about_exchanges(sentence) else "exchange"))


def _inverts(sentence: Sentence, first: int) -> bool:
    """Whether the sentence begins with its verb, as an English question does: "is Busan dormant"."""
    span = sentence.spans[first]
    latin = sentence.tokens[span.start].text.isascii()
    return latin and span.has(("small", "does"), ("logic", "not")) and len(sentence.spans) > first + 1


def _bare(sentence: Sentence) -> Form | None:
    """No word asks: a few words as one types them into a search."""
    heads = [head for i in range(len(sentence.spans)) if (head := head_of(sentence, i))]
    ordered = sentence.has(("order", "first"), ("order", "last"), ("order", "next")) and not _says_what(
        sentence
    )
    if not heads:
        if about_exchanges(sentence):
            return Form(Asked.DATE if ordered else Asked.RECORDS, About.EXCHANGES, head="exchange")
        return Form(Asked.TEXT, About.TIES, Told.OVERVIEW) if sentence.names or _record(sentence) else None
    head = heads[-1] if sentence.chinese else heads[0]
    about = _subject(sentence, head)
    if about is About.EXCHANGES:
        if head == "exchange":
            return Form(Asked.DATE if ordered else Asked.RECORDS, about, head=head)
        return Form(Asked.PLACES, about, head=head)
    if about is About.ANNIVERSARIES:
        return Form(Asked.DATE if ordered else Asked.RECORDS, about, head=head)
    return Form(Asked.PLACES, about, head=head, unit=Unit.COUNTRIES if head == "country" else None)


def _says_what(sentence: Sentence) -> bool:
    """Whether "what is" stands in a phrase that says no more: "what was our most recent exchange"."""
    tokens = {
        sentence.tokens[i].text
        for span in sentence.spans
        if span.of("filler")
        for i in range(span.start, span.end)
    }
    return bool(tokens & {"what", "which", "whats"})


def _record(sentence: Sentence) -> bool:
    return any(span.record for span in sentence.spans)


_READERS: tuple[Callable[[Sentence], Form | None], ...] = (
    _of_places,
    _of_people,
    _statistics,
    _reason,
    _count,
    _duration,
    _date,
    _telling,
    _which,
    _whether,
    _bare,
)


def read_form(sentence: Sentence) -> Form | None:
    """The form of the answer; None where nothing says what is wanted."""
    for reader in _READERS:
        form = reader(sentence)
        if form is not None:
            return form
    return None
