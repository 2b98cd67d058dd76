"""Whether there are partners without an exchange, which is another question than whether there was none."""

from dataclasses import replace

from bot.questions.conditions import Met
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query

_HAVING = frozenset(
    ("have", "has", "had", "having", "got", "there", "any", "some", "which", "a", "an", "one")
)
"""What stands before those of whom it is asked whether there are any: "do we *have* partners", "is *any* partner"."""
_THEIR_OWN = frozenset(("our", "my", "the", "your", "all", "every", "these", "those", "both"))


def whether_there_are_unmet(query: Query, sentence: Sentence) -> Query:
    """Asked whether there are partners with whom there was nothing, those are looked for: "any we never visited?".

    "Have our partners never come?" asks whether none of them did, and stays as it is.
    """
    partner, denied = query.partner, query.asked is Asked.BOOLEAN and query.negated
    several = bool(query.acts.kinds) and not partner.places and query.rank is None and query.per is None
    if not (denied and several) or query.about is not About.EXCHANGES or not _are_looked_for(sentence):
        return query
    return replace(query, about=About.TIES, unmet=query.exchanges, exchanges=Met(), negated=False)


def _are_looked_for(sentence: Sentence) -> bool:
    """Whether the word for partners is what there may be, and the denial says which of them."""
    kind = next(iter(sentence.any_of("kind")), None)
    denial = next(iter(sentence.all(("logic", "not"), ("logic", "without"))), None)
    if kind is None or denial is None:
        return False
    if sentence.chinese:
        return _described(sentence, denial, kind) if denial < kind else _there_are(sentence, kind)
    return (denial < kind and _is_clause(sentence, denial)) or (denial > kind and _is_any(sentence, kind))


def _is_clause(sentence: Sentence, denial: int) -> bool:
    """Whether a denial before the partners is said of them alone: "are there any never visited partners?"."""
    behind = sentence.spans[denial + 1 : denial + 3]
    return any(span.of("meet") for span in behind) and any(span.of("kind") for span in behind)


def _is_any(sentence: Sentence, kind: int) -> bool:
    """Whether it is asked if there are such partners at all, by the words before them."""
    words = [token.text for token in sentence.tokens[: sentence.spans[kind].start]]
    said = [word for word in words if word in _HAVING or word in _THEIR_OWN]
    if said and said[-1] in _THEIR_OWN:
        return "of" in words and bool({"any", "some", "one"} & set(words))  # "any of our partners"
    return bool(said) and (said[-1] not in ("have", "has", "had") or len(words) > 1)


def _described(sentence: Sentence, denial: int, kind: int) -> bool:
    """Whether a denial is said of the partners behind it: 從來沒交流過的姊妹市, not 沒去過日本的姊妹市."""
    names = {sentence.spans[at].end for at in sentence.names}
    of = [
        i
        for i in range(sentence.spans[denial].end, sentence.spans[kind].start)
        if sentence.tokens[i].text == "的"
    ]
    return any(i not in names for i in of)


def _there_are(sentence: Sentence, kind: int) -> bool:
    """Whether 有 stands before the partners, or the denial ends in 的: 有姊妹市沒來過嗎, 姊妹市有沒來過的嗎."""
    words = [token.text for token in sentence.tokens]
    end = [word for word in words if word not in ("吗", "呢", "?", "？", "。")]
    return "有" in words[: sentence.spans[kind].start] or end[-1:] == ["的"]
