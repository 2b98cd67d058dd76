"""Questions of what will or may be, which no record tells: 何時會跟東京締盟, "can we sign with Kyiv?"."""

import re
from dataclasses import replace

from bot.domain.exchanges import ExchangeStatus
from bot.questions.conditions import Event
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query

_TO_COME = frozenset(("會", "将", "將", "will", "shall", "won't", "should"))
_WHEN_WILL = ("會", "会")


def foretells(query: Query, sentence: Sentence) -> bool:
    """Whether it is asked if, or in Chinese when, something will or may be that is not on record."""
    ahead = any(sentence.plainly(i) in _TO_COME for i in sentence.any_of("small"))
    if query.asked is Asked.DATE and sentence.chinese:
        ahead = ahead or any(sentence.plainly(i).endswith(_WHEN_WILL) for i in sentence.all(("ask", "when")))
        signs = query.about is About.TIES and query.acts.event is Event.SIGNED and query.turning is None
        return ahead and signs and not sentence.has(("level", "leader"))
    called_off = query.about is About.EXCHANGES and (
        sentence.has(("meet", "cancelled")) or sentence.has(("event", "ended"), ("event", "paused"))
    )
    of_tie = query.about is About.TIES and query.turning is None
    asks_leave = of_tie and _LEAVE.search(sentence.text) is not None
    return query.asked is Asked.BOOLEAN and (asks_leave or (ahead and (of_tie or called_off)))


def of_what_is_to_come(query: Query, sentence: Sentence) -> Query:
    """Exchanges that are planned, where it is asked if there will be any: "will there be an exchange with Chicago?"."""
    met = query.exchanges
    whether = query.about is About.EXCHANGES and query.asked is Asked.BOOLEAN and query.rank is None
    if not whether or met.statuses or met.within is not None or not _AHEAD.search(sentence.text):
        return query
    return replace(query, exchanges=replace(met, statuses=frozenset({ExchangeStatus.PLANNED})))


_AHEAD = re.compile(
    r"^\W*(?:will (?:there|we|they|any|an?y?one|somebody)\b|(?:is|are) (?:there|we|they) going to\b)"
    "|[會会]再?[跟和與与]|[會会]不[會会]",
    re.IGNORECASE,
)


_LEAVE = re.compile(
    r"\b(?:can|may|could|might)\s+(?:\w+\s+){1,3}?(?:sign|twin|tie|ally|partner|conclude|enter|form)\b"
    r"|(?:可不可以|可以|可否|能不能|能否|能)[再也还還直接自己]*[跟和與与同].*(?:[締缔結结]盟|[締缔][結结约約]|[結结][為为成]|[簽签])",
    re.IGNORECASE,
)
