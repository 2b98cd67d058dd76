"""The ways to ask: each reader knows one, and gives the form of the answer where a question asks so."""

from collections.abc import Callable

from bot.questions.asking.bare import bare, names_a_record
from bot.questions.asking.called_off import called_off
from bot.questions.asking.contact import contact_of_each
from bot.questions.asking.how_many import how_many, how_much
from bot.questions.asking.more import head_of_clause, kind_that_leads, subjects_of_all, venue
from bot.questions.asking.names import what_it_is_called
from bot.questions.asking.numbers import statistics
from bot.questions.asking.open import last_said, signed_on
from bot.questions.asking.when import how_long, in_which_year, on_which_day, which_jubilee
from bot.questions.asking.where import where_it_lies
from bot.questions.asking.whether import whether
from bot.questions.asking.who import of_people
from bot.questions.parts.form import (
    TIED,
    Form,
    about_exchanges,
    expects_somebody,
    head_after,
    names_partners,
    subject_of,
)
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Told, Unit


def _of_places(sentence: Sentence) -> Form | None:
    if sentence.take(("ask", "clock")):
        sentence.take(
            ("ask", "far"), ("ask", "count"), ("ask", "which"), ("ask", "whether"), ("logic", "than")
        )
        sentence.take(("logic", "difference"))  # "by how many hours do they differ"
        sentence.take(("meet", "together"), ("ask", "compare"))
        return Form(Asked.TEXT, About.PLACES, Told.TIME_DIFFERENCE)
    if sentence.take(("ask", "far")):
        sentence.take(("ask", "count"), ("ask", "which"), ("meet", "together"))
        return Form(Asked.TEXT, About.PLACES, Told.DISTANCE)
    return what_it_is_called(sentence) or where_it_lies(sentence)


def _reason(sentence: Sentence) -> Form | None:
    asked = [i for i in sentence.free(("ask", "why")) if not _says_is_what(sentence, i)]
    if not asked or (
        sentence.has(("ask", "when")) and all(sentence.spans[i].of("ask") != ("why",) for i in asked)
    ):
        return None
    if _told_anyhow(sentence, asked):
        sentence.used.update(asked)
        return None
    sentence.take(("ask", "why"))
    if sentence.has(("event", "ended"), ("status", "ended")) and (sentence.chinese or not sentence.names):
        sentence.take(("ask", "which"), ("ask", "list"), ("ask", "who"))  # 已終止的有哪些，原因是什麼
    return Form(Asked.TEXT, subject_of(sentence, "kind"), Told.REASON)


def _told_anyhow(sentence: Sentence, asked: list[int]) -> bool:
    """Whether a gift is asked for and then why it was given, which its title tells: "who got masks, and why?"."""
    before = sentence.free(("ask", "which"), ("ask", "who"), ("ask", "when"))
    last = all(span.mark or span.of("filler") for span in sentence.spans[asked[-1] + 1 :])
    given = sentence.has(("kinds", "aid")) and not sentence.chinese
    return given and bool(before) and before[0] < asked[0] and last


def _says_is_what(sentence: Sentence, index: int) -> bool:
    """Whether 為何 ends the question, where it says "is what": 締盟最久者為何."""
    if not sentence.spans[index].has(("ask", "which")):
        return False
    last = all(span.mark or span.of("filler") for span in sentence.spans[index + 1 :])
    events = {key for i in sentence.any_of("event") for key in sentence.spans[i].of("event")}
    return last and not events & {"ended", "paused"}


def _source(sentence: Sentence) -> Form | None:
    """Asked before dates and counts are: "where does the date come from"."""
    if not sentence.take(("ask", "source")):
        return None
    sentence.take(("ask", "when"), ("ask", "which"), ("ask", "where"), ("noun", "record"), ("ask", "list"))
    return Form(Asked.TEXT, About.TIES, Told.SOURCE)


_TOLD = {
    "decided": Told.DECISIONS,
    "status": Told.STATUS,
    "kind": Told.KIND,
    "subject": Told.SUBJECT,
    "promised": Told.COMMITMENTS,
    "often": Told.CADENCE,
    "tell": Told.OVERVIEW,
}


def _telling(sentence: Sentence) -> Form | None:
    for key, told in _TOLD.items():
        if told is Told.DECISIONS and _is_of_a_tie(sentence):
            continue  # "what came of our tie with Messina"
        if sentence.has(("ask", key)):
            sentence.take(("ask", key))
            if told is Told.KIND and _of_exchanges(sentence):
                sentence.take(("ask", "whether"))
                return Form(Asked.RECORDS, About.EXCHANGES, head="exchange")
            if told is Told.STATUS and _of_an_exchange(sentence):
                return Form(Asked.RECORDS, About.EXCHANGES, head="exchange")
            if told is Told.OVERVIEW and _of_exchanges_in_a_field(sentence):
                sentence.take(("noun", "record"), ("ask", "whether"), ("ask", "which"), ("ask", "list"))
                return Form(Asked.RECORDS, About.EXCHANGES, head="exchange")
            if told is Told.SUBJECT and subjects_of_all(sentence):
                sentence.take(("ask", "which"), ("ask", "list"), ("ask", "whether"), ("noun", "record"))
                return Form(Asked.RECORDS, About.EXCHANGES, head="exchange")
            if told is Told.OVERVIEW and _of_many_partners(sentence):
                sentence.take(("noun", "record"), ("ask", "whether"), ("ask", "which"), ("ask", "list"))
                return Form(Asked.PLACES, About.TIES, head="kind")
            about = About.EXCHANGES if told in (Told.SUBJECT, Told.DECISIONS) else About.TIES
            if told is Told.SUBJECT and sentence.chinese:
                sentence.take(("ask", "who"))  # 視訊是跟誰、談什麼: each is told with whom it was
            sentence.take(("ask", "which"), ("ask", "list"), ("ask", "whether"), ("noun", "record"))
            return Form(Asked.TEXT, about, told)
    return None


def _is_of_a_tie(sentence: Sentence) -> bool:
    """Whether it is asked what came of an agreement, of which no decisions are recorded."""
    tie = names_partners(sentence) or sentence.has(("noun", "tie"), ("noun", "act"), ("ask", "status"))
    return tie and not about_exchanges(sentence)


def _of_exchanges(sentence: Sentence) -> bool:
    """Whether it is asked of what kind exchanges were, which is told with each: "what kind of visit was it"."""
    said = about_exchanges(sentence) and not (names_partners(sentence) or sentence.any_of("event"))
    return said and not sentence.chinese


def _of_exchanges_in_a_field(sentence: Sentence) -> bool:
    """Whether what is known of exchanges is asked for, told by a list: "anything on sport with Portland?"."""
    field = sentence.any_of("topics") or sentence.any_of("items") or sentence.has(("noun", "exchange"))
    return bool(field) and not names_partners(sentence) and not sentence.any_of("event")


def _of_many_partners(sentence: Sentence) -> bool:
    """Whether partners are spoken of that a list tells: "an overview of our sister cities in Japan"."""
    plural = any(sentence.plainly(i).endswith("s") for i in sentence.any_of("kind"))
    own = sentence.has(("small", "own"))
    places = sum(name.is_place for name in sentence.names.values())
    return plural and not sentence.chinese and places + own == 1 and not about_exchanges(sentence)


def _of_an_exchange(sentence: Sentence) -> bool:
    """Whether it is asked what became of an exchange, and not how a tie stands: 攝影展後來怎麼了."""
    said = sentence.any_of("kinds") and not sentence.has(("kinds", "signing"))
    return bool(said) and not names_partners(sentence)


def _which(sentence: Sentence) -> Form | None:
    asked = sentence.free(("ask", "which"), ("ask", "list"), ("ask", "who"), ("ask", "where"), ("ask", "did"))
    asked = asked or _opens_with_which(sentence)
    if not asked:
        return None
    at = asked[0]
    where = sentence.has(("ask", "where")) and sentence.spans[at].has(("noun", "country"))
    head = "country" if where else head_of_clause(sentence, at) or head_after(sentence, at)
    if sentence.spans[at].has(("noun", "exchange")) and not sentence.chinese:
        head = "exchange"  # "was it signed in person or online"
    places = any(sentence.spans[i].has(("ask", "who"), ("ask", "where")) for i in asked)
    if places and head in ("exchange", "people"):
        head = None
    if not about_exchanges(sentence):
        sentence.take(("per", "home"), ("logic", "each"))  # 六都各有哪些
    did = sentence.take(("ask", "did")) or (head is None and (_does(sentence) or _plans(sentence, at)))
    if did:
        head = "exchange"
        sentence.take(("meet", "together"))
    sentence.used.update(i for i in asked if not sentence.spans[i].of("state"))  # 該跟誰聯絡
    sentence.take(("ask", "whether"))
    only_listed = all(sentence.spans[i].of("ask") == ("list",) for i in asked)  # 查 檀香山
    places = any(name.is_place for name in sentence.names.values())
    if head is None and (names_a_record(sentence) or (only_listed and places)):
        return Form(Asked.TEXT, About.TIES, Told.OVERVIEW)
    awaited = head is None and expects_somebody(sentence)
    about = About.EXCHANGES if did or awaited else subject_of(sentence, head)
    form = Form(Asked.PLACES, about, asked_at=at, head=head)
    who = sentence.spans[at].has(("ask", "who")) and not sentence.spans[at].has(("ask", "which"))
    if head in ("exchange", "anniversary") and form.about is not About.TIES and not (places and who):
        form.asked = Asked.RECORDS
    if head == "country":
        form.unit = Unit.COUNTRIES
        sentence.take(("noun", "country"))
    if head == "region":  # numbers are told by parts of the world, which continents are not
        said = sentence.all(("noun", "region"))
        sentence.used.update(i for i in said if "world" in sentence.plainly(i))
        if sentence.has(("order", "most"), ("order", "fewest")):
            sentence.used.update(said)
            form.per = Per.REGION if any("world" in sentence.plainly(i) for i in said) else Per.CONTINENT
    return form


def _opens_with_which(sentence: Sentence) -> list[int]:
    """Where "which is" begins a question, or follows what is to be chosen from; elsewhere it says "that is"."""
    chosen = sentence.all(("logic", "or"))
    for index, span in enumerate(sentence.spans):
        if sentence.plainly(index) in ("which is", "which are") or (
            chosen and sentence.plainly(index) == "what is"
        ):
            return [index]
        if not (span.mark or span.of("filler") or (chosen and (span.mention or index in chosen))):
            break
    return []


_OPEN = frozenset(("with", "are", "is", "are called", "is called", "would be", "with whom"))


def _open_end(sentence: Sentence) -> Form | None:
    """A few words that end where the partner would stand: "Hsinchu is twinned in Japan with …?"."""
    last = last_said(sentence)
    if not last or sentence.chinese or sentence.any_of("ask") or not sentence.names:
        return None
    said = sentence.plainly(last)
    ends = said in _OPEN or (said in TIED and said.endswith("with"))
    if not ends or about_exchanges(sentence):
        return None
    if not (names_partners(sentence) or sentence.any_of("event")):
        return None
    return Form(Asked.PLACES, About.TIES, asked_at=last, head="kind")


_DO_WITH = frozenset(("do with", "done with", "do together with", "done together with"))
_DOING = frozenset(
    ("do", "done", "doing", "undertake", "undertaken", "organise", "organised", "organize", "organized", "stage",
     "staged", "put on", "carry out", "carried out", "get up to", "arrange", "arranged",
     *_DO_WITH)
)  # fmt: skip


def _does(sentence: Sentence) -> bool:
    """Whether it is asked what places do: "what did Kaohsiung and Little Rock do in 2013?"."""
    doing = [i for i in range(len(sentence.spans)) if sentence.plainly(i) in _DOING]
    if doing and sentence.names and doing[-1] > min(sentence.names):
        return True
    did = [i for i in range(len(sentence.spans)) if sentence.plainly(i) == "did"]
    asked = sentence.all(("ask", "which"))
    what = any(
        i
        and i - 1 in asked
        and sentence.plainly(i) in ("did", "have", "has")
        and sentence.plainly(i - 1) == "what"
        for i in sentence.all(("small", "does"))
    )
    ties = names_partners(sentence) or sentence.any_of("event")
    if what and any(sentence.plainly(i) in _DO_WITH for i in doing):
        return True  # "what did we last do with Mutsu"
    ends = doing and (doing[-1] == last_said(sentence) or _is_with(sentence, doing[-1] + 1))
    if what and ends and sentence.has(("small", "own")):
        return not ties  # "what did we last do"
    there = sentence.names or (sentence.has(("meet", "went")) and not ties)
    if doing and there and any(i - 1 in asked for i in did) and sentence.any_of("level"):
        return True  # "what did the mayor do in Honolulu", "what did the mayor do abroad"
    return any(  # "what we did": somebody stands between
        "own" in sentence.spans[i - 1].of("small") or i - 1 in sentence.names
        for i in did
        if i and i - 2 in asked
    )


def _is_with(sentence: Sentence, index: int) -> bool:
    """Whether it is said there with whom: "together with Mutsu", "jointly with Mutsu"."""
    words = [token.text for token in sentence.tokens[sentence.spans[index].start :][:_TWO]]
    return words[:1] == ["with"] or words in (["together", "with"], ["jointly", "with"])


_TWO = 2


def _plans(sentence: Sentence, at: int) -> bool:
    """Whether it is asked what is planned: "what is planned with Ostrava?"."""
    planned = sentence.all(("meet", "planned"))
    between = range(at + 1, planned[0]) if planned else range(0)
    alone = all(not sentence.means(i) for i in between)
    return bool(planned) and planned[0] > at and alone and sentence.plainly(at) in ("what", "what s", "whats")


_READERS: tuple[Callable[[Sentence], Form | None], ...] = (
    contact_of_each,
    _of_places,
    of_people,
    kind_that_leads,
    venue,
    statistics,
    called_off,
    _reason,
    _source,
    which_jubilee,
    how_long,
    how_much,
    how_many,
    on_which_day,
    in_which_year,
    _open_end,
    signed_on,
    _telling,
    _which,
    whether,
    bare,
)


def read_form(sentence: Sentence) -> Form | None:
    """The form of the answer; None where nothing says what is wanted."""
    for reader in _READERS:
        form = reader(sentence)
        if form is not None:
            return form
    return None
