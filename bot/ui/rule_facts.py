"""What a rule says, and where that was read, in words."""

from bot.domain.pressure import RuleFact
from bot.i18n.texts import Texts, Written


def fact_text(texts: Texts, fact: RuleFact) -> Written:
    """What it says, as it stands in the list in that language."""
    return Written(fact.text_zh if _chinese(texts) else fact.text_en)


def fact_source(texts: Texts, fact: RuleFact) -> str:
    """What it was read in, where that stands, and when."""
    title = Written(fact.title_zh if _chinese(texts) else fact.title_en)
    return texts("pressure.fact_source", title=title, source=fact.source, as_of=fact.as_of)


def _chinese(texts: Texts) -> bool:
    return texts.language.startswith("zh")
