"""Words of English for exchanges, as typed into a chat box: "were here", "the housing offices", "sport on record".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.normal import Token
from bot.questions.remarks import names_ours
from bot.questions.rules import Rule, only_where
from bot.questions.spans import Span

_HERE = frozenset(("here", "over here", "with us", "in town"))
_WERE = frozenset(("was", "were", "been", "be", "is", "are"))


@only_where(_HERE)
def _were_here(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who "was here" came: "when were the pupils from Columbus here?"."""
    if any(
        span.of("kind") or span.of("event") or span.has(("noun", "tie"), ("noun", "act")) for span in spans
    ):
        return
    were = next((i for i, span in enumerate(spans) if tokens[span.end - 1].text in _WERE), None)
    if were is None:
        return
    for index in range(were + 1, len(spans)):
        span = spans[index]
        somebody = any(
            each.mention is not None or each.of("people") or each.of("level") or each.has(("noun", "people"))
            for each in spans[were:index]
        )
        if span.words(tokens) in _HERE and somebody and not span.has(("meet", "came")):
            spans[index] = replace(span, concepts=frozenset({("meet", "came")}))
            return


def _sport_on_record(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A field that is on record with somebody is an exchange in it: "have we got sport on record with Graz?"."""
    if any(
        span.of("kind") or span.has(("noun", "tie"), ("noun", "act"), ("noun", "exchange")) for span in spans
    ):
        return
    fields = [i for i, span in enumerate(spans) if span.of("topics") and not span.of("scope")]
    has = bool(spans) and spans[0].words(tokens) in _HAVE
    named = any(map(names_ours, spans)) and any(span.words(tokens) == "with" for span in spans)
    met = any(span.of("meet") or span.of("kinds") for span in spans if span.words(tokens) != "got")
    if len(fields) == 1 and has and named and not met:
        spans[fields[0]] = replace(
            spans[fields[0]], concepts=spans[fields[0]].concepts | {("noun", "exchange")}
        )
        for index, span in enumerate(spans[: fields[0]]):
            if span.words(tokens) == "got":
                spans[index] = span.silenced()


_HAVE = frozenset(
    ("have", "do", "is", "is there", "are there", "was there", "has there been", "did", "does", "has")
)


def _present(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who was present took part, and was no gift: "which partner was present at the conference?"."""
    for index in range(1, len(spans)):
        before = tokens[spans[index].start - 1].text
        at_it = index + 1 < len(spans) and spans[index + 1].words(tokens) in ("at", "in", "during")
        was = at_it and tokens[0].text in _WERE  # "was our mayor present at the festival?"
        if spans[index].words(tokens) == "present" and (before in _WERE or was):
            spans[index] = replace(spans[index], concepts=frozenset({("meet", "held")}))


def _were_in(spans: list[Span], tokens: Sequence[Token]) -> None:
    """People from one place who "were in" another came there: "when were pupils from Columbus in Dresden?"."""
    if any(span.of("kind") or span.of("event") or span.of("meet") or span.of("kinds") for span in spans):
        return
    people = [
        i
        for i, span in enumerate(spans)
        if span.has(("noun", "people")) or span.of("level") or span.of("people")
    ]
    were = [i for i, span in enumerate(spans) if span.words(tokens) in _WERE and span.has(("small", "does"))]
    named = [i for i, span in enumerate(spans) if names_ours(span)]
    if len(named) != 2 or not people or not were or not were[0] < named[0]:
        return
    if tokens[spans[named[1]].start - 1].text == "in" and people[0] < named[1]:
        spans[were[0]] = replace(spans[were[0]], concepts=frozenset({("meet", "came")}))


_OFFICES = frozenset(
    (
        "office", "offices", "department", "departments", "authority", "authorities", "agency", "agencies", "services",
        "service", "experts", "specialists", "planners", "officers", "teams", "units", "bureaus", "bureaux", "bodies",
    )
)  # fmt: skip


def _offices(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind a field "offices" says no more: "when did the housing offices of Dresden and Ostrava meet?"."""
    for index in range(1, len(spans)):
        field = spans[index - 1].of("topics") and not spans[index - 1].of("kind")
        if field and not spans[index].known and spans[index].words(tokens) in _OFFICES:
            spans[index] = spans[index].silenced()


_SHARE = frozenset(("share", "shared", "shares"))
_STAGED = ("kinds", "mode", "items")


@only_where(_SHARE)
def _share(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who "shared a concert" held it: "on which day did they share their online remembrance?"."""
    for index, span in enumerate(spans):
        behind = spans[index + 1 : index + 3]
        ours = any(each.of("kind") or each.has(("noun", "tie")) for each in spans)
        done = any(
            each.has(("noun", "exchange")) for each in spans[:index]
        )  # "which activities did they share?"
        staged = done or any(each.of(s) for each in behind for s in _STAGED)
        if span.words(tokens) in _SHARE and not ours and staged:
            spans[index] = replace(span, concepts=frozenset({("meet", "held")}))
            for at in (index + 1, index + 2):
                if at < len(spans) and spans[at].words(tokens) in ("their", "its", "his", "her"):
                    spans[at] = spans[at].silenced()


_SING = frozenset(("sing", "sang", "sung", "singing"))


def _sang(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Choirs that sing are no song that is asked for: "with which city did we sing, choir and choir?"."""
    choir = any(span.has(("kinds", "culture")) and span.words(tokens) not in _SING for span in spans)
    for index, span in enumerate(spans):
        if choir and span.words(tokens) in _SING and span.of("scope"):
            spans[index] = replace(span, concepts=frozenset({("kinds", "culture")}))


_SOMETHING = frozenset(("something", "anything"))


@only_where(_SOMETHING)
def _last_something(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of "something" with somebody the last is an exchange: "when was there last something with Graz?"."""
    if any(
        span.of(section) for span in spans for section in ("kind", "event", "kinds", "anniversary", "meet")
    ):
        return
    last = any(span.has(("order", "last")) for span in spans) and any(span.of("ask") for span in spans)
    for index, span in enumerate(spans[:-1]):
        if last and span.words(tokens) in _SOMETHING and tokens[span.end].text in ("with", "from"):
            spans[index] = replace(span, concepts=frozenset({("noun", "exchange")}))


@only_where(("or",))
def _or_online(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether it was "in person or online" is told by what it was: such exchanges are listed, of either kind."""
    for index in range(1, len(spans) - 1):
        modes = _says_how(spans[index - 1]) and _says_how(spans[index + 1])
        asked = any(set(span.of("ask")) - {"whether"} for span in spans)
        named = any(span.is_place for span in spans)
        if any(span.of("event") for span in spans) and not named:
            return  # "can I sign in online or in person?"
        if spans[index].words(tokens) == "or" and modes and not asked:
            _signed_how(spans, tokens)
            spans[index - 1] = replace(
                spans[index - 1], concepts=frozenset({("ask", "which"), ("noun", "exchange")})
            )
            spans[index], spans[index + 1] = spans[index].silenced(), spans[index + 1].silenced()
            return


def _says_how(span: Span) -> bool:
    return bool(span.of("mode")) or span.has(("kinds", "virtual_visit"))


def _signed_how(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How an agreement was signed is told by its signing: "was the agreement signed in person or online?"."""
    signed = any(span.of("event") == ("signed",) for span in spans)
    if not signed or not any(span.is_place for span in spans):
        return
    for index, span in enumerate(spans):
        if span.of("kind") or span.has(("noun", "act")) or span.words(tokens) == "how":
            spans[index] = span.silenced()


MEETINGS: Sequence[Rule] = (
    _were_here,
    _were_in,
    _sport_on_record,
    _present,
    _offices,
    _share,
    _sang,
    _last_something,
    _or_online,
)
