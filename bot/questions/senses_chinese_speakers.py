"""For whom somebody speaks in Chinese who says so first: 我是朱諾市府的人，想確認我們跟嘉義市的簽約日.

The rules are of the kind that `bot.questions.senses` describes.
"""

from collections.abc import Sequence
from itertools import pairwise

from bot.questions.concepts import Concept
from bot.questions.normal import Token
from bot.questions.rules import Rule, only_where
from bot.questions.spans import Span, clauses_of, silence, written_in

_BEGINS = (
    "我是", "我们是", "本人是", "敝人是", "这里是", "这边是", "我这边是", "我们这边是", "此为", "我代表", "我们代表",
)  # fmt: skip
_WORKS = ("我在", "我们在", "本人在", "我任职于", "我服务于", "本人任职于")
_OFFICE = ("政府", "市府", "县府", "公所", "市役所", "县厅", "厅", "区公所", "议会", "市政府", "县政府")
_OURS = ("我们", "我市", "本市", "我县", "本县", "敝市", "敝县", "我方", "我们的", "我府", "本府", "咱们")
_TELLS = ("ask", "kind", "event", "order", "anniversary", "meet", "kinds")


@only_where(("我", "本", "敝", "这", "此"))
def _speaks_for(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Where somebody says first for which place they speak, 我們 is that place."""
    clauses = list(clauses_of(spans))
    if len(clauses) == 1:
        return
    first = clauses[0]
    said = "".join(written_in(spans[i], tokens) for i in first)
    places = [i for i in first if spans[i].is_place]
    office = len(places) == 1 and any(word in said for word in _OFFICE)
    speaks = said.startswith(_BEGINS) or (said.startswith(_WORKS) and office)
    if not speaks or len(places) != 1 or any(spans[i].of(section) for i in first for section in _TELLS):
        return
    rest = range(first.stop, len(spans))
    ours = [i for i in rest if "own" in spans[i].of("small") and written_in(spans[i], tokens) in _OURS]
    if not ours or not any(spans[i].mention or spans[i].of("kind") for i in rest):
        return
    mention = spans[places[0]].mention
    silence(spans, range(first.stop + (first.stop < len(spans) and spans[first.stop].mark)))
    for i in reversed(ours):
        noun = spans[i + 1] if i + 1 < len(spans) else None
        county = noun is not None and written_in(noun, tokens) in ("市", "县", "府", "镇", "区")
        end = noun.end if noun is not None and county else spans[i].end
        spans[i : i + 1 + county] = [Span(spans[i].start, end, mention=mention)]


_HALLS = ("市府", "市政府", "县府", "县政府")
_OWN: frozenset[Concept] = frozenset({("small", "own")})


@only_where(("市府", "县府"))
def _town_hall(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Where no name stands before it, 市府 is ours: 市府跟哪些城市締盟, not 臺南市府."""
    for index, span in enumerate(spans):
        if written_in(span, tokens) not in _HALLS or not span.of("filler"):
            continue
        before = spans[index - 1] if index else None
        if before is None or not (before.mention or "own" in before.of("small")):
            spans[index] = Span(span.start, span.end, concepts=_OWN)


@only_where(_OURS)
def _our_own_name(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Beside another place, or alone, 我們高雄 is Kaohsiung: 我們高雄的夥伴也是臺北的夥伴嗎, 我們高雄的友好城市."""
    places = [span for span in spans if span.is_place]
    if len(places) == 1 and any(span.of("ask") for span in spans):
        return
    for ours, name in pairwise(range(len(spans))):
        if "own" in spans[ours].of("small") and spans[name].is_place:
            spans[ours] = spans[ours].silenced()


SPEAKERS: Sequence[Rule] = (_town_hall, _speaks_for, _our_own_name)
