"""What the asker's place was before, told by its kind: "our former county", 我們以前的縣."""

from collections.abc import Sequence

from bot.domain.places import Level, Place
from bot.questions.parts.spans import Span
from bot.questions.text.normal import Token
from bot.questions.vocabulary.lexicon import Lexicon
from bot.questions.vocabulary.mentions import Mention

_FORMER = ("former", "old", "previous", "erstwhile", "以前", "从前", "原来", "旧", "改制前")


def naming_what_it_was(
    spans: list[Span], tokens: Sequence[Token], lexicon: Lexicon, home: Place | None
) -> list[Span]:
    """The parts with the place itself for "our former county", where the asker's was one and no more than one."""
    for index in range(1, len(spans)):
        before = _former(spans, tokens, index)
        if home is None or before is None or spans[index].of("kind"):
            continue
        levels = {Level(key) for key in spans[index].of("places")}
        was = [each.place for each in lexicon.known.values() if each.place.successor_id == home.id]
        named = [place for place in was if place.level in levels]
        if len(named) == 1:
            start, end = spans[before].start, spans[index].end
            name = Mention(start, end, (named[0],))
            return [*spans[:before], Span(start, end, mention=name), *spans[index + 1 :]]
    return spans


def _former(spans: Sequence[Span], tokens: Sequence[Token], index: int) -> int | None:
    """Where "our former" begins that stands before a part."""
    said = spans[index - 1].words(tokens).replace(" ", "").removesuffix("的")
    at = index - 1
    if not said and index > 1:
        at = index - 2
        said = spans[at].words(tokens).replace(" ", "")
    if said not in _FORMER or not at or "own" not in spans[at - 1].of("small"):
        return None
    return at - 1
