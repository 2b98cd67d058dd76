"""Replies that say too little to tell what is meant of what was told: "what about last year?" after who signed."""

from bot.domain.places import Place
from bot.questions.following.words import only_names_places
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query, Told


def says_too_little(
    followed: Query, said: Query, sentence: Sentence, home: Place | None, *, asks: bool
) -> bool:
    """Whether a reply would change nothing, or not what it was meant to, and has to be asked back."""
    return (
        _is_of_the_signers(followed, said, asks=asks)
        or _is_earlier_than_whom(followed, sentence)
        or (not asks and _names_home_again(followed, said, sentence, home))
    )


def _is_of_the_signers(followed: Query, said: Query, *, asks: bool) -> bool:
    """Whether a time or another home is told after it was asked who signed, which one agreement tells."""
    signed = followed.about is About.TIES and followed.told is Told.PERSON and followed.asked is Asked.TEXT
    return signed and not asks and (said.acts.within is not None or len(followed.home.places) > 1)


def _is_earlier_than_whom(followed: Query, sentence: Sentence) -> bool:
    """Whether it is asked which of two came first, and one alone is spoken of: 誰先, "which was earlier?"."""
    weighs = sentence.has(("logic", "earlier"), ("logic", "later"))
    weighs = weighs and sentence.has(("ask", "who"), ("ask", "which")) and not sentence.names
    return weighs and len(followed.partner.places) == 1 and not sentence.has(("ask", "times"))


def _names_home_again(followed: Query, said: Query, sentence: Sentence, home: Place | None) -> bool:
    """Whether nothing but the home is named whose exchanges were asked for anyhow: "to Taichung"."""
    again = home is not None and [each.id for each in said.home.places] == [home.id]
    with_one = followed.about is About.EXCHANGES and bool(followed.partner.places)
    return again and with_one and only_names_places(sentence) and sentence.has(("small", "to"))
