"""Who came to sign, or met by video for it, did so at a signing, whatever that is logged as."""

from dataclasses import replace

from bot.domain.exchanges import ExchangeKind, Mode
from bot.questions.conditions import OF_A_SIGNING, KindWord, Met
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query

VISITS = frozenset((ExchangeKind.VISIT, ExchangeKind.VISIT_IN, ExchangeKind.VISIT_OUT))


def for_a_signing(sentence: Sentence, form: Form, met: Met) -> Met:
    """Who came or met by video to sign did so at a signing, whatever that is logged as: 派來簽約的代表團."""
    moved = bool(met.kinds) and met.kinds <= VISITS
    said = sentence.all(("event", "signed"), ("kinds", "virtual_visit"))  # 視訊簽約 is one part
    signs = [i for i in said if _is_of_signing(sentence, i)]
    partners = form.about is About.TIES and form.asked is Asked.PLACES and met.mode is not None
    asked = partners or (
        form.about is About.EXCHANGES
        and form.asked
        in (
            Asked.DATE,
            Asked.NUMBER,
            Asked.RECORDS,
            Asked.TEXT,
            Asked.PLACES,
        )
    )
    if signs and form.asked is Asked.RECORDS and met == Met() and asks_how(sentence):
        return replace(met, words=OF_A_SIGNING[::-1])
    if not (signs and asked and (moved or met.mode is not None)) or met.words or met.topics:
        return met
    if met.mode is Mode.IN_PERSON and not met.kinds:
        return replace(met, kinds=frozenset({ExchangeKind.SIGNING}))  # 當面簽的
    return replace(met, kinds=met.kinds | {ExchangeKind.SIGNING} if moved else met.kinds, words=OF_A_SIGNING)


def by_how_signed(query: Query) -> Query:
    """Agreements that are told apart by how they were signed are told by the signings: 哪些協議是視訊簽的.

    An agreement does not say how it was signed; the record of the exchange does. Those of one kind are left as they
    are: it is not on record of what kind of agreement it was the signing.
    """
    met, listed = query.met, query.about is About.TIES and query.asked is Asked.PLACES
    if not listed or met is None or met.mode is None or met.words != OF_A_SIGNING or query.unmet is not None:
        return query
    if query.acts.kinds != {KindWord.ALL} or query.rank or query.per or query.having:
        return query
    return replace(query, about=About.EXCHANGES, asked=Asked.RECORDS, exchanges=met, met=None)


def asks_how(sentence: Sentence) -> bool:
    """Whether it is asked if it was "in person or online", which is told by what it was."""
    return any(span.of("ask") == ("which",) and span.has(("noun", "exchange")) for span in sentence.spans)


def _is_of_signing(sentence: Sentence, index: int) -> bool:
    said = sentence.plainly(index)
    return any(word in said for word in ("簽", "签", "締", "缔", "sign"))
