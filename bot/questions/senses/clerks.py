"""Words that clerks type for short: the mayor's travels, the last thing with somebody, friend or sister."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import Span, is_passed
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

_TOURISM = ("topics", "tourism")
_ABOUT = frozenset(("about", "on", "regarding", "concerning"))


@only_where(("travel", "travels"))
def _travels(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Travels that are somebody's are trips and no field: "mayor travels 2010"; what is "about travel" is no trip."""
    for index, span in enumerate(spans):
        said = span.words(tokens)
        somebody = index > 0 and (spans[index - 1].of("people") or spans[index - 1].of("level"))
        if span.has(_TOURISM) and index and tokens[span.start - 1].text in _ABOUT:
            spans[index] = replace(span, concepts=frozenset({_TOURISM}))
        elif span.has(_TOURISM) and (said == "travels" or (said == "travel" and somebody)):
            spans[index] = replace(span, concepts=(span.concepts - {_TOURISM}) | {("meet", "went")})


_ABROAD = ("logic", "abroad")
_DO = frozenset(("do", "did", "done", "doing"))
_WERE = frozenset(("was", "were", "been"))
_DONE = frozenset("做办")


@only_where(("abroad", "overseas", "国外", "海外", "境外"))
def _does_abroad(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What somebody does abroad is done on visits there: "what did the mayor do abroad?", 市長在國外做了什麼."""
    if any(span.of("kind") or span.has(("noun", "city"), ("noun", "tie")) for span in spans):
        return
    for index, span in enumerate(spans):
        if not span.has(_ABROAD) or not index:
            continue
        done = tokens[span.start - 1].text in _DO or _was_there(spans[:index], tokens)
        behind = tokens[span.end].text if span.end < len(tokens) else ""
        if done or behind in _DONE:
            spans[index] = replace(span, concepts=frozenset({("meet", "went")}))
            if spans[index - 1].words(tokens) == "在":
                spans[index - 1] = spans[index - 1].silenced()


def _was_there(before: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether it is asked of a mayor who "was" abroad."""
    return bool(before[-1].of("people")) and any(span.words(tokens) in _WERE for span in before)


_EXCHANGE: frozenset[Concept] = frozenset({("noun", "exchange")})
_WITH = frozenset(("with", "between", "from", "we", "in"))


@only_where(("thing", "things"))
def _last_thing(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The last thing with somebody is an exchange: "last thing with Nagoya", "the last things we did"."""
    for index in range(1, len(spans)):
        span = spans[index]
        behind = tokens[span.end].text if span.end < len(tokens) else ""
        if span.words(tokens) in ("thing", "things") and spans[index - 1].of("order") and behind in _WITH:
            spans[index] = replace(span, concepts=_EXCHANGE)


_MORE = ("kind", "event", "kinds", "anniversary", "meet", "items", "order")


@only_where(("anything", "something"))
def _anything_then(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Anything with somebody in a time is an exchange: "anything with Aomori this year?"."""
    if any(span.of(section) for span in spans for section in _MORE) or not any(span.time for span in spans):
        return
    for index, span in enumerate(spans):
        begins = not any(each.of("ask") or each.of("small") for each in spans[:index])
        behind = tokens[span.end].text if span.end < len(tokens) else ""
        if span.words(tokens) in ("anything", "something") and begins and behind == "with":
            spans[index] = replace(span, concepts=_EXCHANGE)


_FRIENDS = {
    "friend": "friendship",
    "friends": "friendship",
    "friendly": "friendship",
    "friendship": "friendship",
}
_SISTERS = {"sister": "sister", "sisters": "sister"}


@only_where(_FRIENDS)
def _friend_or_sister(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Which kind it is of the two: "is Oita a friend or a sister?"."""
    for index, span in enumerate(spans):
        if span.words(tokens) != "or":
            continue
        before = next((i for i in range(index - 1, -1, -1) if not is_passed(spans[i])), None)
        behind = next((i for i in range(index + 1, len(spans)) if not is_passed(spans[i])), None)
        if before is None or behind is None:
            continue
        said = [spans[i].words(tokens) for i in (before, behind)]
        kinds = [(_FRIENDS | _SISTERS).get(each, "") for each in said]
        if sorted(kinds) == ["friendship", "sister"]:
            for at, kind in zip((before, behind), kinds, strict=True):
                spans[at] = replace(spans[at], concepts=frozenset({("kind", kind)}))
            spans[index] = replace(span, concepts=frozenset({("logic", "or")}))


_COUNCILS = frozenset(("council", "councils", "borough", "boroughs", "local authority", "local authorities"))


@only_where(_COUNCILS)
def _councils(spans: list[Span], tokens: Sequence[Token]) -> None:
    """The councils of a country are its towns: "a link with a UK council"."""
    for index in range(1, len(spans)):
        mention = spans[index - 1].mention
        if mention is not None and not mention.places and spans[index].words(tokens) in _COUNCILS:
            spans[index] = replace(spans[index], concepts=frozenset({("noun", "city")}))


CLERKS: Sequence[Rule] = (_travels, _last_thing, _anything_then, _friend_or_sister, _councils)
BOTH_CLERKS: Sequence[Rule] = (_does_abroad,)
