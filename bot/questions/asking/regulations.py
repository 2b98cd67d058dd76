"""Questions about the rules on ties themselves: "who has to approve the draft of an agreement?".

No tie is meant by them and no place but a country, so that they are read apart: they are such a question only if every
word is in the grammar's table of regulations or is filler.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from bot.questions.outcomes import AboutRegulations, Regulation
from bot.questions.parts.spans import Span, cheapest
from bot.questions.text.normal import Sort, Token
from bot.questions.vocabulary.concepts import Concept, phrases, phrases_of
from bot.questions.vocabulary.lexicon import Countries, Lexicon


def regulations_asked(tokens: Sequence[Token], lexicon: Lexicon) -> AboutRegulations | None:
    """What it asks of the rules on ties; None where it says anything else as well."""
    said = _said(tokens, lexicon)
    if said is None or _TIES not in said or said.isdisjoint(_DUTIES) or _ONE_TIE in said:
        return None
    of = frozenset(Regulation(key) for section, key in said if section == "topic")
    at_issue = _COUNTRY if said.isdisjoint(_DEPENDS_ON_WHOM) else _OTHER_SIDE
    countries = [key for section, key in said if section in (_COUNTRY, at_issue)]
    if len(countries) > 1 or not (of or _RULES in said):
        return None
    return AboutRegulations(of, *countries)


_TIES, _ONE_TIE, _RULES, _COUNTRY = ("beside", "ties"), ("beside", "one_tie"), ("duty", "rules"), "country"
_AS_WHOM = ("duty", "as_whom")
_OTHER_SIDE = "other_side"
_DEPENDS_ON_WHOM: frozenset[Concept] = frozenset((("topic", "allowed"), ("topic", "recognition")))
_DUTIES: frozenset[Concept] = frozenset((_RULES, ("duty", "must"), ("topic", "allowed")))
_TELLING, _GLUE, _FILLER = 1.0, 1.2, 2.5
"""The price of a phrase: those in which more is said are preferred."""


def what_is_allowed(tokens: Sequence[Token], lexicon: Lexicon) -> AboutRegulations | None:
    """The same where it is asked whether something is allowed, which is told of no tie: 可不可以用…名義."""
    if _leave().isdisjoint(token.text for token in tokens):  # as in most, and cutting it anew takes long
        return None
    asked, said = regulations_asked(tokens, lexicon), _said(tokens, lexicon)
    if asked is None or said is None or not asked.of > {Regulation.ALLOWED}:
        return None
    named = Regulation.NAME in asked.of and _AS_WHOM not in said  # 可否給我姊妹市的名稱
    return None if named else asked


@cache
def _leave() -> frozenset[str]:
    """The words with which phrases begin that ask whether something is allowed."""
    allowed = ("topic", Regulation.ALLOWED.value)
    return frozenset(key.split()[0] for key, said in phrases_of("regulations").items() if allowed in said)


def _said(tokens: Sequence[Token], lexicon: Lexicon) -> frozenset[Concept] | None:
    """What the cheapest phrases that make up the whole stand for; None if some of it is in no table."""
    parts = cheapest(len(tokens), _phrases(tokens, lexicon))
    return None if parts is None else frozenset(concept for part in parts for concept in part.concepts)


def _phrases(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[tuple[float, Span]]:
    """The phrases that are said, with their prices; those of the other tables only as far as they are filler.

    What stands behind a word that is in no table is not looked at: the whole can be made of phrases no more.
    """
    reached = {0}
    for start, token in enumerate(tokens):
        if start not in reached:
            continue
        if token.sort is Sort.MARK:
            reached.add(start + 1)
            yield 0.0, Span(start, start + 1, mark=True)
        for end in range(start + 1, min(start + _longest(), len(tokens)) + 1):
            for price, concepts in _said_by(tokens, start, end, lexicon):
                reached.add(end)
                yield price, Span(start, end, concepts=concepts)


def _said_by(
    tokens: Sequence[Token], start: int, end: int, lexicon: Lexicon
) -> Iterator[tuple[float, frozenset[Concept]]]:
    """What these words together may stand for, with the price of it; nothing for filler."""
    words = [each.text for each in tokens[start:end]]
    key = " ".join(words)
    if concepts := phrases_of("regulations").get(key):
        yield (_GLUE if concepts == {("beside", "glue")} else _TELLING), concepts
    elif any(section == "filler" for section, _ in phrases().get(key, ())):
        yield _FILLER, frozenset()
    for meaning in lexicon.meanings(words):
        if isinstance(meaning, Countries) and len(meaning.codes) == 1:
            code = meaning.codes[0]
            other_side = code not in _UNDER_OTHER_RULES and _is_other_side(tokens, start, end)
            yield _TELLING, frozenset({(_OTHER_SIDE if other_side else _COUNTRY, code)})


_UNDER_OTHER_RULES = frozenset(("CN", "HK", "MO"))
"""With places of these Taiwan's cities have ties by laws of their own, whatever is said of foreign ones."""
_WITH = frozenset(("with", "跟", "和", "与", "同"))
_SIGNS = frozenset("的城县都签缔结建合")


def _is_other_side(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a country is that of the other side, whose rules are not those that are asked for: 跟越南的城市簽."""
    before = tokens[start - 1].text if start else ""
    behind = tokens[end].text if end < len(tokens) else ""
    return before in _WITH and (before == "with" or behind in _SIGNS)


@cache
def _longest() -> int:
    return max(key.count(" ") for key in phrases_of("regulations")) + 1
