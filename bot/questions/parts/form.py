"""What a question wants: the form of its answer and what it is about, before places and conditions are looked at."""

from dataclasses import dataclass

from bot.questions.conditions import Role
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Told, Unit


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
    of_which: bool = False
    """Whether it is asked with which one, beside when: 跟澳洲哪個城市締盟？何時簽的."""
    weighs: bool = False
    """Whether two countries or parts of the world are weighed against each other, in which partners lie."""
    by_contact: bool = False
    """Whether all are wanted in the order in which they were last met."""
    counts_years: bool = False
    """Whether a mere number is one of years: after "who turns 40?", "and 50?"."""

    @property
    def of_pairs(self) -> bool:
        """Whether it is asked of one tie rather than of many: when, whether, why, how it stands."""
        pairs = (Asked.DATE, Asked.BOOLEAN, Asked.TEXT)
        return self.asked in pairs or self.unit in (Unit.YEARS, Unit.DAYS_SINCE)


# What words speak of ---------------------------------------------------------------------------------------------

MEETING = frozenset(("talked", "dialogue", "visit", "came", "went", "received"))
"""Words of "meet" that tell of exchanges by themselves; the others do so beside another word for one."""

TIED = frozenset(
    verb + with_it
    for verb in ("twinned", "paired", "partnered", "linked", "allied", "tied", "affiliated", "sistered", "connected")
    for with_it in ("", " with", " to", " by", " up", " up with")
)  # fmt: skip
"""What a tie makes of two places, and no act of one day: "were they twinned in 1980?"."""

_HEADS = {
    "kind": "kind",
    "kinds": "exchange",
    "mode": "exchange",
    "items": "exchange",
    "places": "city",
}
_NOUNS = {
    "people": "people",
    "tie": "kind",
    "act": "act",
    "city": "city",
    "country": "country",
    "region": "region",
    "exchange": "exchange",
}


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
        sentence.has(("noun", "exchange"), ("noun", "deputy"), ("ask", "did"))
        or sentence.any_of("kinds")
        or sentence.any_of("mode")
        or sentence.any_of("items")
    ):
        return True
    if any(key in MEETING for _, key in sentence.words("meet")):
        return True
    return any(not sentence.spans[i].of("people") for i in sentence.any_of("level"))


_EXPECTED = frozenset(("expected", "expecting", "expect", "awaited", "awaiting", "due", "due here"))


def expects_somebody(sentence: Sentence) -> bool:
    """Whether somebody is said to be on the way, and nothing else is spoken of: "is their mayor expected"."""
    said = any(sentence.plainly(i) in _EXPECTED for i in sentence.all(("meet", "planned")))
    return said and not (
        names_partners(sentence) or sentence.any_of("event") or sentence.any_of("anniversary")
    )


def names_partners(sentence: Sentence) -> bool:
    """Whether agreements are spoken of by a word for them."""
    return bool(sentence.any_of("kind")) or sentence.has(("noun", "tie"), ("noun", "act"))


def _is_of_countries(sentence: Sentence, index: int) -> bool:
    """Whether a word for ties only says which countries are meant: "how many partner countries"."""
    behind = sentence.spans[index + 1 : index + 2]
    alone = sentence.plainly(index) in ("partner", "sister", "twin", "partnership", "friendship", "夥伴")
    return alone and any(span.has(("noun", "country"), ("noun", "region")) for span in behind)


def head_after(sentence: Sentence, asked_at: int) -> str | None:
    """The noun that a word asks for: behind it, else the last before it, or "*partners* with exchanges: which?"."""
    behind = (
        head_of(sentence, i)
        for i in range(asked_at + 1, len(sentence.spans))
        if not _is_of_countries(sentence, i)
    )
    ahead = [head for i in range(asked_at) if (head := head_of(sentence, i))]
    colon = asked_at > 0 and sentence.plainly(asked_at - 1) == ":" and ahead[:1] == ["kind"]
    return next((h for h in behind if h), None) or (ahead[0 if colon else -1] if ahead else None)


def subject_of(sentence: Sentence, head: str | None) -> About:
    """What the question is about, given what is asked for."""
    if head == "anniversary" or (sentence.has(("anniversary", "anniversary")) and head != "kind"):
        return About.ANNIVERSARIES
    if head in ("exchange", "city", "country", "region") or head is None:
        times = sentence.has(("ask", "times"))
        return (
            About.EXCHANGES if (times or about_exchanges(sentence)) and _meets(sentence, head) else About.TIES
        )
    return About.TIES


def _meets(sentence: Sentence, head: str | None) -> bool:
    """Whether places are asked for because they were met, not because there is a tie."""
    return head == "exchange" or not names_partners(sentence)
