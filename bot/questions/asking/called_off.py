"""What was called off, which is asked of exchanges where nothing else is named: an agreement is not called off."""

from bot.questions.parts.form import Form, names_partners
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked

_WHAT = frozenset(("what", "什么", "什麼", "哪些"))
_ANY = frozenset(("anything", "something", "任何"))


def called_off(sentence: Sentence) -> Form | None:
    """Exchanges that were called off, of which no word but "what" or "anything" says what they are."""
    named = names_partners(sentence) or sentence.has(("noun", "act"), ("noun", "tie"), ("noun", "exchange"))
    of_places = any(name.is_place for name in sentence.names.values()) or sentence.has(("noun", "city"))
    if not sentence.has(("meet", "cancelled")) or named or of_places or sentence.any_of("kinds"):
        return None
    words = {token.text for token in sentence.tokens}
    chinese_what = sentence.chinese and ("什么" in sentence.text or "什麼" in sentence.text)
    if not (words & (_WHAT | _ANY) or chinese_what):
        return None
    whether = bool(words & _ANY) and not words & _WHAT
    sentence.take(("ask", "whether"), ("ask", "which"), ("ask", "did"))
    return Form(Asked.BOOLEAN if whether else Asked.RECORDS, About.EXCHANGES, head="exchange")
