"""Who has more partners, in other words of English: "whose list is longer", "is ahead in".

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.senses_set_beside import is_home
from bot.questions.senses_tying import names_tie
from bot.questions.spans import Span, silence

_MORE: frozenset[Concept] = frozenset({("logic", "more")})
_BEFORE: frozenset[Concept] = frozenset({("logic", "earlier"), ("time", "before")})
_LONGER = frozenset(
    ("longer", "larger", "bigger", "greater", "higher", "fuller", "wider", "more extensive", "richer")
)
_SHORTER = frozenset(("shorter", "smaller", "lower"))
_EXCEEDS = frozenset(
    ("exceed", "exceeds", "surpass", "surpasses", "top", "tops", "beat", "beats", "outdo", "outdoes")
)
_SIZES = _LONGER | _SHORTER | _EXCEEDS
_LISTS = frozenset(
    (
        "list",
        "network",
        "circle",
        "roster",
        "roll",
        "portfolio",
        "collection",
        "family",
        "tally",
        "count",
        "number",
        "total",
    )
)


@only_where(_SIZES | {"more"})
def _longer_list(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whose list of partners is longer has more of them: "whose network is bigger, Taichung's or Tainan's?"."""
    if not _weighs_homes(spans, tokens):
        return
    lists = [i for i, span in enumerate(spans) if not _LISTS.isdisjoint(span.words(tokens).split())]
    sizes = [i for i, span in enumerate(spans) if span.words(tokens).removesuffix(" than") in _SIZES]
    if not lists or len(sizes) != 1 or any(spans[i].mention for i in lists):
        return
    said = spans[sizes[0]].words(tokens)
    than = said.endswith(" than") or said in _EXCEEDS
    key = "fewer" if said.removesuffix(" than") in _SHORTER else "more"
    spans[sizes[0]] = replace(
        spans[sizes[0]],
        concepts=frozenset({("logic", key), *([("logic", "than")] if than else ())}),
    )
    silence(spans, (index for index in lists if not names_tie(spans[index])))


@only_where(("ahead", "leads"))
def _leads(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is ahead in partners, or leads, has more of them; who signed ahead of another, before."""
    ahead = next((i for i, span in enumerate(spans) if span.words(tokens) == "ahead of"), None)
    if ahead is not None and sum(map(is_home, spans)) > 1:
        if any(span.has(("event", "signed")) for span in spans):
            spans[ahead] = replace(spans[ahead], concepts=_BEFORE)
        elif any(map(names_tie, spans)):
            spans[ahead] = replace(spans[ahead], concepts=frozenset({("logic", "more"), ("logic", "than")}))
    if not _weighs_homes(spans, tokens):
        return
    for index, span in enumerate(spans):
        if span.words(tokens) in ("ahead", "leads") and not any(
            each.has(("logic", "more")) for each in spans
        ):
            spans[index] = replace(span, concepts=_MORE)
            for at in range(index + 1, min(index + len("abcd"), len(spans))):
                if spans[at].has(("ask", "count")):
                    spans[at] = spans[at].silenced()


def _weighs_homes(spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether two are named of which one may have more ties than the other."""
    named = sum(map(is_home, spans))
    chosen = any(span.has(("logic", "or"), ("logic", "than")) for span in spans)
    chosen = chosen or any(tokens[span.end - 1].text in ("than", *_EXCEEDS) for span in spans)
    others = any(span.of("meet") and not span.has(("meet", "planned")) for span in spans)
    dated = any(span.time or span.of("anniversary") or span.of("kinds") for span in spans)
    return named > 1 and chosen and any(map(names_tie, spans)) and not (others or dated)


@only_where(("separates", "separate", "itself", "themselves", "ourselves"))
def _unsaid(spans: list[Span], tokens: Sequence[Token]) -> None:
    """What separates two "in number of partners", and what one has "all to itself", no word here says."""
    if not any(map(names_tie, spans)):
        return
    counted = any(span.has(("ask", "count")) for span in spans)
    for index, span in enumerate(spans):
        said = span.words(tokens)
        alone = said in ("itself", "themselves", "ourselves") and tokens[span.start - 1].text == "to"
        if alone or (said in ("separates", "separate") and counted):
            spans[index] = Span(span.start, span.end)


WEIGHING: Sequence[Rule] = (_longer_list, _leads, _unsaid)
