"""How many a place has to have: "twinned with three German cities", "how many cities in Taiwan have partners"."""

from bot.questions.parts.sentence import Name, Sentence
from bot.questions.reading.excluding import passed_over


def with_so_many(sentence: Sentence, name: Name) -> bool:
    """Whether it is with so many there that others have ties: 哪些城市跟三座以上的德國城市締盟."""
    spans, at = sentence.spans, name.span - 1
    while at > 0 and (_counts(sentence, at) or passed_over(sentence, at)):
        if spans[at].has(("small", "with")) or (_counts(sentence, at) and not sentence.chinese):
            break
        at -= 1
    if sentence.chinese:
        counted = any(_counts(sentence, i) for i in range(at, name.span))
        return counted and spans[at].has(("small", "with"))
    while at > 0 and _counts(sentence, at - 1):
        at -= 1
    return at > 1 and _counts(sentence, at) and _leads_to_ties(sentence, at - 1)


def _counts(sentence: Sentence, index: int) -> bool:
    span = sentence.spans[index]
    return span.number is not None or span.has(("logic", "least"), ("logic", "over"), ("order", "most"))


_LEADING = ("with", "to", "of", "by", "have", "has", "having", "the")


def _leads_to_ties(sentence: Sentence, at: int) -> bool:
    """Whether those with whom others have ties are named behind: "ties to", "twinned with", "have"."""
    return sentence.plainly(at).split()[-1] in _LEADING


def its_cities_have(sentence: Sentence, name: Name) -> bool:
    """Whether cities of a country are said to have something: "German cities have", "cities in Germany have"."""
    end = len(sentence.spans)
    said = [sentence.plainly(i) for i in range(name.span + 1, min(name.span + len("ab") + 1, end))]
    behind = said[1:] if said[:1] in (["cities"], ["towns"], ["municipalities"]) else said
    return behind[:1] == ["have"]
