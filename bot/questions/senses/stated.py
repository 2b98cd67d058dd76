"""Clauses of English that say what somebody wants or does: "… is what I need to know", "send its mayor"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import DOES, OR, Span, is_passed, next_meant
from bot.questions.senses.ties import names_tie
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

_IS_WHAT = (
    ("is", "what"),
    ("is", "the", "question"),
    ("is", "my", "question"),
    ("is", "all"),
    ("is", "something"),
)
_WANTS = frozenset(
    (
        "want", "wants", "wanted", "need", "needs", "needed", "ask", "asks", "asked", "asking", "know", "wonder",
        "wonders", "wondering", "question", "like",
    )
)  # fmt: skip


@only_where([words[0] for words in _IS_WHAT])
def _is_what_is_wanted(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who ends with "is what the councillor wants to know" asked before: "whether A and B are twinned is what …"."""
    asked = next((i for i, span in enumerate(spans) if span.of("ask")), None)
    if asked is None or not all(span.mark or is_passed(span) for span in spans[:asked]):
        return
    words = tuple(token.text for token in tokens)
    for index in range(asked + 2, len(spans)):
        at = spans[index].start
        said = any(words[at : at + len(each)] == each for each in _IS_WHAT)
        if said and _WANTS & set(words[at:]) and not any(span.mention for span in spans[index:]):
            spans[index:] = [span if span.mark else span.silenced() for span in spans[index:]]
            return


_CALLS = frozenset(("call", "calls", "called", "term", "style"))
_WHOSE = frozenset(("its", "our", "their", "his", "her", "a", "as"))


@only_where(_CALLS)
def _calls_its_sister(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whom a city "calls its sister" is its sister, and nobody called anybody up."""
    for index, span in enumerate(spans[:-1]):
        behind = next_meant(spans, index)
        if span.words(tokens) not in _CALLS or behind is None or not names_tie(spans[behind]):
            continue
        if tokens[span.end].text in _WHOSE or spans[index + 1].of("small"):
            spans[index] = replace(span, concepts=frozenset({("small", "does")}))


_SENDS = frozenset(("send", "sent", "sends", "dispatch", "dispatched", "sending"))
_SENT: Sequence[Concept] = (
    ("level", "leader"),
    ("level", "official"),
    ("people", "mayor"),
    ("noun", "people"),
    ("kinds", "visit"),
)
_SENDS_US = frozenset(("send us", "sent us", "sends us"))
_VISIT: frozenset[Concept] = frozenset({("meet", "visit")})


@only_where(_SENDS | _SENDS_US)
def _sends_somebody(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who sends a mayor or a team pays a visit, and nothing is given: "when did Radom send its mayor to Taoyuan?"."""
    for index, span in enumerate(spans[:-1]):
        behind = next_meant(spans, index)
        if behind is not None and spans[behind].of("pointing"):
            behind = next_meant(spans, behind)  # "sent us their mayors"
        if behind is None or not spans[behind].has(*_SENT):
            continue
        said = span.words(tokens)
        if said in _SENDS and spans[index + 1].words(tokens) == "us":
            spans[index] = replace(span, concepts=frozenset({("meet", "came")}))
        elif said in _SENDS:
            spans[index] = replace(span, concepts=_VISIT)
        elif said in _SENDS_US and any(each.mention for each in spans[:index]):
            spans[index] = replace(span, concepts=frozenset({("meet", "came")}))


@only_where(("they", "these", "those"))
def _and_which(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Behind a number those that were counted are asked for, too: "how many in Africa, and which are they?"."""
    counted = next((i for i, span in enumerate(spans) if span.has(("ask", "count"))), None)
    if counted is None:
        return
    for index in range(counted + 1, len(spans) - 1):
        said = f"{spans[index].words(tokens)} {spans[index + 1].words(tokens)}"
        if said in ("which are they", "who are they", "what are they", "which are these", "which are those"):
            spans[index] = replace(spans[index], concepts=frozenset({("ask", "which")}))
            spans[index + 1] = spans[index + 1].silenced()
            return


_WAS = frozenset(("was", "were", "is", "been", "has been", "being"))


@only_where(("visited", "called"))
def _was_visited(spans: list[Span], tokens: Sequence[Token]) -> None:
    """A partner that "was visited" was gone to: "was Seoul visited in 2023?"; who did so is not said with "by"."""
    for index in range(1, len(spans)):
        if spans[index].words(tokens) not in ("visited", "called on") or not spans[index].has(
            ("meet", "visit")
        ):
            continue
        before = index - 1
        while before and (is_passed(spans[before]) or spans[before].of("order")):
            if spans[before].words(tokens) in _WAS:
                break
            before -= 1
        if spans[before].mention is not None and before:
            before -= 1
        if spans[before].words(tokens) not in _WAS or _OURS & {t.text for t in tokens}:
            continue
        spans[index] = replace(spans[index], concepts=frozenset({("meet", "received")}))
        if index + 1 < len(spans) and spans[index + 1].words(tokens) == "by":
            spans[index + 1] = spans[index + 1].silenced()


_OURS = frozenset(("we", "us", "our"))


_SAYS = frozenset(
    ("name", "list", "state", "mention", "cover", "contain", "comprise", "include", "foresee", "show")
)


@only_where(_SAYS)
def _how_many_it_names(spans: list[Span], tokens: Sequence[Token]) -> None:
    """How many things an agreement "names" is written in it, and nowhere here: nothing is to be listed."""
    counted = any(span.has(("ask", "count")) for span in spans)
    for index in range(1, len(spans)):
        did = any(span.words(tokens) in ("did", "does", "do") for span in spans[:index])
        ends = all(span.mark for span in spans[index + 1 :])
        if counted and did and ends and spans[index].words(tokens) in _SAYS and spans[index].of("ask"):
            spans[index] = replace(spans[index], concepts=DOES if _of_a_city(spans, index) else frozenset())


def _of_a_city(spans: Sequence[Span], verb: int) -> bool:
    """Whether it is a city that names its partners: "how many twin towns does Wiesbaden list?"."""
    city = verb > 1 and spans[verb - 1].is_place and spans[verb - _TWO].has(("small", "does"))
    return city and sum(bool(span.of("kind")) for span in spans[:verb]) == 1


_TWO = 2


def _most_of_two(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Of two that are named the one that has most has more: "who has the most partners, Berlin or Hamburg?"."""
    of_two = tokens[0].text in ("between", "of", "out")  # "between Berlin and Hamburg, who has the most"
    joins = ("small", "and") if of_two else ("logic", "or")
    named = [i for i, span in enumerate(spans) if span.mention is not None and span.mention.places]
    either = [i for i in range(named[0], named[1]) if spans[i].has(joins)] if len(named) == _TWO else []
    if len(either) != 1:
        return
    for index, span in enumerate(spans):
        if span.has(("order", "nearer"), ("order", "further")):
            _asks_which(spans, tokens, index)
            spans[either[0]] = replace(spans[either[0]], concepts=OR)
        elif span.words(tokens).endswith("most") and span.has(("order", "most")):
            spans[index] = replace(span, concepts=frozenset({("logic", "more")}))
        elif span.words(tokens) in ("the fewest", "fewest", "the least") and span.has(("order", "fewest")):
            spans[index] = replace(span, concepts=frozenset({("logic", "fewer")}))


def _asks_which(spans: list[Span], tokens: Sequence[Token], nearer: int) -> None:
    """Which of two is nearer is asked in whatever order: "Busan or Da Nang: which is closer to us?"."""
    asked = next(
        (i for i in range(nearer) if spans[i].words(tokens) in ("which is", "which s", "is", "which")), None
    )
    if asked is not None and not any(span.of("ask") for span in spans):
        spans[asked] = replace(spans[asked], concepts=frozenset({("ask", "which")}))


_FRIENDS = frozenset(("friend", "friends", "friendly", "befriended", "a friend", "friends with", "friend of"))
_MERELY = frozenset(("only", "just", "merely", "simply", "mere", "rather"))


def _sisters_or_friends(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Beside sisters, friends are a kind of partners: "are we sisters with Kumamoto, or only friends?"."""
    kind = next((i for i, span in enumerate(spans) if span.has(("kind", "sister"))), None)
    _friend_and_no_sister(spans, tokens, kind)
    either = next((i for i, span in enumerate(spans) if span.has(("logic", "or"))), None)
    if kind is None or either is None or kind > either:
        return
    friends = either + 1
    while friends < len(spans) and (is_passed(spans[friends]) or spans[friends].words(tokens) in _MERELY):
        friends += 1
    if friends == len(spans) or not (
        spans[friends].words(tokens) in _FRIENDS or spans[friends].has(("kind", "friendship"))
    ):
        return
    kept = frozenset(each for each in spans[friends].concepts if each[0] == "small")
    spans[friends] = replace(spans[friends], concepts=kept | {("kind", "friendship")})
    for index in range(either + 1, friends):
        spans[index] = spans[index].silenced()


def _friend_and_no_sister(spans: list[Span], tokens: Sequence[Token], kind: int | None) -> None:
    """The same where the sister is denied: "which Korean city is our friend rather than our sister?"."""
    for index in range(kind or 0):
        denied = [i for i in range(index + 1, kind or 0) if spans[i].has(("logic", "not"))]
        if denied and spans[index].words(tokens) in _FRIENDS:
            spans[denied[-1]] = replace(spans[denied[-1]], concepts=frozenset({("logic", "except")}))
            kept = frozenset(each for each in spans[index].concepts if each[0] == "small")
            spans[index] = replace(spans[index], concepts=kept | {("kind", "friendship")})


_SHIPS = frozenset(("ship", "ships", "lend", "loan", "fly", "bring", "hand", "pass", "mail", "post"))


@only_where(_SHIPS)
def _ships_things(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Things that are shipped to somebody are given: "which animals did the zoo ship to Leipzig?"."""
    things = next((i for i, span in enumerate(spans) if span.of("items")), None)
    for index, span in enumerate(spans[:-1]):
        thing = things is not None and things < index and not any(map(names_tie, spans))
        if thing and span.words(tokens) in _SHIPS and tokens[span.end].text in ("to", "over", "across"):
            spans[index] = replace(span, concepts=frozenset({("kinds", "aid"), ("meet", "sent")}))


STATED: Sequence[Rule] = (
    _is_what_is_wanted,
    _calls_its_sister,
    _sends_somebody,
    _was_visited,
    _and_which,
    _how_many_it_names,
    _most_of_two,
    _sisters_or_friends,
    _ships_things,
)
