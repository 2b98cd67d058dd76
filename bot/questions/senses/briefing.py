"""What somebody should know before a visit: whatever is on record with the one place that is named."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.parts.rules import Rule
from bot.questions.parts.spans import Span
from bot.questions.text.normal import Token

_ASKING = ("when", "count", "times", "who", "why", "statistics", "source")
_OF_MORE = ("anniversary", "order", "state", "per", "jubilee")


def _briefing(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Who is coming, and when, says why it is asked: "what should I know before the mayor of Busan arrives?"."""
    at = next((i for i, span in enumerate(spans) if span.has(("ask", "brief"))), None)
    places = [i for i, span in enumerate(spans) if span.is_place]
    if at is None or len(places) != 1 or any(span.mention and not span.is_place for span in spans):
        return
    rest = [span for i, span in enumerate(spans) if i not in (at, places[0])]
    asks = any(set(span.of("ask")) & set(_ASKING) for span in rest)
    turns = [span for span in rest if span.has(("anniversary", "turning")) or span.has(("order", "next"))]
    narrows = any(any(map(span.of, _OF_MORE)) for span in rest if span not in turns)
    wants_it_written = any(span.of("scope") for span in rest)  # 幫我寫一篇給仙台市長的歡迎詞
    if asks or narrows or wants_it_written:
        return
    for index, span in enumerate(spans):
        if index == at:
            spans[index] = replace(span, concepts=frozenset({("ask", "tell")}))
        elif index != places[0] and not span.mark:
            spans[index] = span.silenced()


BRIEFING: Sequence[Rule] = (_briefing,)
