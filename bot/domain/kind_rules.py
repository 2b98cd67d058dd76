"""What an office calls a kind of tie: its own words for the rule, in both languages."""

from dataclasses import dataclass

from bot.domain.errors import BadInput
from bot.domain.names import clean
from bot.domain.partnerships import Kind

MAX_RULE = 300
"""The most characters of a rule, in each language: it stands below lists and on cards."""


@dataclass(frozen=True, slots=True)
class KindRule:
    """What an office calls a kind of tie, such as which act makes a friendship city."""

    kind: Kind
    text_en: str
    text_zh: str

    def in_language(self, language: str) -> str:
        return self.text_zh if language.startswith("zh") else self.text_en


def read_rule(kind: Kind, text_en: str, text_zh: str) -> KindRule | None:
    """The rule that somebody typed, on one line in each language; None where both are left empty.

    Raises `BadInput`: `kind_rule.one_language` where one of them is empty, `text.too_long`.
    """
    english, chinese = (" ".join(clean(text).split()) for text in (text_en, text_zh))
    if not english and not chinese:
        return None
    if not english or not chinese:
        raise BadInput("kind_rule.one_language")
    for text in (english, chinese):
        if len(text) > MAX_RULE:
            raise BadInput("text.too_long", begins=text[:30], length=len(text), most=MAX_RULE)
    return KindRule(kind, english, chinese)
