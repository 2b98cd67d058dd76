"""Which side signed, asked as a choice: 甲佐町是市府簽的還是區公所簽的, "was it signed by the city or a district?"."""

from collections.abc import Sequence

from bot.questions.parts.rules import Rule, only_where
from bot.questions.parts.spans import Span, silence, written_in
from bot.questions.text.normal import Token
from bot.questions.vocabulary.concepts import Concept

_TELL: frozenset[Concept] = frozenset({("ask", "tell")})
_HALLS = frozenset(("市府", "市政府", "县府", "县政府"))
_CITY = (("small", "own"), ("noun", "city"), ("places", "municipality"))
_OFFICES = frozenset(("公所", "区公所", "office", "offices"))


@only_where(("还是", "或", "or"))
def _city_or_district(spans: list[Span], tokens: Sequence[Token]) -> None:
    """Whether the city signed or a district of it is told by what is known of the tie, which says who signed."""
    chosen = [i for i, span in enumerate(spans) if span.has(("logic", "or"))]
    signed = [i for i, span in enumerate(spans) if span.has(("event", "signed"))]
    districts = [i for i, span in enumerate(spans) if span.has(("places", "district"))]
    ours = [i for i, span in enumerate(spans) if span.has(*_CITY) or written_in(span, tokens) in _HALLS]
    named = any(span.mention for span in spans)
    if not (len(chosen) == len(districts) == 1 and signed and named and ours):
        return
    at, district = chosen[0], districts[0]
    city = next((i for i in ours if (i < at) is (district > at) and i != district), None)
    if city is None or any(span.of("ask") and not span.has(("ask", "whether")) for span in spans):
        return
    between = range(min(city, district), max(city, district) + 1)
    away = [i for i in between if i != at and not spans[i].has(("small", "own"))]
    away += [i for i in signed if i not in away]
    away += [
        i for i, span in enumerate(spans) if span.words(tokens) in _OFFICES or span.has(("ask", "whether"))
    ]
    silence(spans, away)
    spans[at] = Span(spans[at].start, spans[at].end, concepts=_TELL)


SIGNING_SIDES: Sequence[Rule] = (_city_or_district,)
