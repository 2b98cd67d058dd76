"""Homes set side by side: what they have in common, what one has and the other lacks, which has more."""

from dataclasses import dataclass
from itertools import pairwise

from bot.questions.conditions import Comparing, Where
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import About, Asked, Per
from bot.questions.reading.naming import joined
from bot.questions.reading.one_with_several import one_with_several
from bot.questions.reading.so_many_more import asks_by_how_many
from bot.questions.vocabulary.lexicon import Lexicon

_OWN = Where(own=True)
_TWO = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """`home` against `others`, for the ties with `partner`."""

    how: Comparing
    home: Where
    others: tuple[Where, ...]
    partner: Where
    fewer: bool = False
    lacking: int = 0
    """How many of the others, the last ones, must not have what the rest has in common."""


def compared(
    sentence: Sentence, form: Form, names: list[Name], lexicon: Lexicon, *, own: bool
) -> Compared | None:
    """The comparison that a sentence asks for; None where it asks for none."""
    places = [name for name in names if name.is_place]
    sets = [name for name in names if not name.is_place]
    if not places and not own:
        return _shared_by_all(sentence, form, sets)
    if shared := _shared_but_for(sentence, form, places, sets):
        return shared
    if most := _most_of(sentence, form, places, sets):
        return most
    for how, words in _WORDS.items():
        at = sentence.free(*(("logic", word) for word in words))
        if not at or not _compares(sentence, form, how, at):
            continue
        if how is Comparing.COMMON and _both_partners(sentence, places, at, own=own):
            continue
        if how is Comparing.COMMON and _is_also(sentence, form, places, at):
            sentence.used.update(at)
            continue
        homes, partners = _homes(sentence, places, how, at)
        if own:
            homes = [*homes, None] if not _own_first(sentence, homes) else [None, *homes]
        whether = how is Comparing.COMMON and form.asked is Asked.BOOLEAN
        whether = whether and not (own and len(places) == 1)  # "is any city twinned with both us and Cologne"
        of_all = not any(sentence.plainly(i) in _SHARED and i + 1 not in sentence.names for i in at)
        if whether and of_all and _names_partners(homes, lexicon):
            continue  # 釜山和大田都是高雄的姊妹市嗎
        lacking = how is Comparing.DIFFERENCE
        if whether and "with" in sentence.small_before(at[0]):
            sentence.used.update(at)
            continue  # "does Cologne have ties with both Tel Aviv and Bethlehem"
        if len(homes) < _TWO or (lacking and not _as_homes(sentence, homes, lexicon)):
            continue
        homes, met_by = _weighed(form, homes, lexicon) if how is Comparing.NUMBERS else (homes, None)
        if len(homes) < _TWO:
            continue
        if how is Comparing.NUMBERS and form.asked is Asked.NUMBER:
            sentence.unfit = sentence.unfit or not asks_by_how_many(sentence, form, homes, lexicon, at)
        sentence.used.update(at)
        fewer = any("fewer" in sentence.spans[i].of("logic") for i in at)
        sentence.take(("logic", "than"), ("logic", "difference"), ("logic", "not"), ("logic", "or"))
        if how is Comparing.NUMBERS and sentence.chinese:
            sentence.take(("ask", "compare"))  # 臺中和高雄相比誰的比較多
        if how is Comparing.DIFFERENCE and _lacks_first(sentence, at, homes):
            homes = homes[1:] + homes[:1]
        if how is Comparing.NUMBERS and _names_yardstick_first(sentence, homes):
            homes = homes[1:] + homes[:1]
        first, *rest = (_OWN if home is None else home.where for home in homes)
        partner = met_by or joined([name.where for name in (*sets, *partners)])
        return Compared(how, first, tuple(rest), partner, fewer)
    weighed = sentence.has(("ask", "compare"))
    if form.about is About.EXCHANGES and not weighed and any(_is_with(sentence, name) for name in places):
        return None  # "how many exchanges did we have with Guam and Brisbane each?"
    return _each_of(sentence, form, places, sets, lexicon, own=own)


_WORDS = {
    Comparing.DIFFERENCE: ("difference", "not"),
    Comparing.COMMON: ("common",),
    Comparing.NUMBERS: ("more", "fewer", "than"),
}


def _homes(
    sentence: Sentence, places: list[Name], how: Comparing, at: list[int]
) -> tuple[list[Name | None], list[Name]]:
    """The homes among the places; what stands behind "both have" with a "with" before it is their partner."""
    if how is not Comparing.COMMON:
        return list(places), []
    partners = [p for p in places if p.span > at[0] and _is_with(sentence, p)]
    homes: list[Name | None] = [p for p in places if p not in partners]
    return (homes, partners) if len(homes) > 1 else (list(places), [])


def _both_partners(sentence: Sentence, places: list[Name], at: list[int], *, own: bool) -> bool:
    """Whether "both" stands behind "with": two partners of one place are named, "a partnership with both A and B"."""
    for index in at:
        if not own and all(place.span > index for place in places):
            continue  # "which cities have ties with both Szczecin and Kaliningrad"
        with_them = index > 0 and sentence.tokens[sentence.spans[index].start - 1].text == "with"
        if with_them and index + 1 in {p.span for p in places} and not sentence.chinese:
            sentence.use(index)
            return True
    return False


def _is_also(sentence: Sentence, form: Form, places: list[Name], at: list[int]) -> bool:
    """Whether the word tells of one place what it is to those behind: 鹿特丹同時也是科隆的姊妹市嗎."""
    if one_with_several(sentence, form, places) is not None:
        return True
    alone = form.asked is Asked.BOOLEAN and sentence.chinese and len(places) > 1
    return alone and all(places[0].span < i < places[1].span for i in at)


def _is_with(sentence: Sentence, name: Name) -> bool:
    before = sentence.small_before(name.span)
    return "with" in before and ("and" not in before or sentence.chinese)


def _names_partners(homes: list[Name | None], lexicon: Lexicon) -> bool:
    """Whether an office stands beside places that have none: these are its partners."""
    official = [home is None or home.where.places[0].id in lexicon.offices for home in homes]
    return any(official) and not all(official)


def _weighed(
    form: Form, homes: list[Name | None], lexicon: Lexicon
) -> tuple[list[Name | None], Where | None]:
    """What is weighed by its numbers; partners by how often one office met them: "with Seattle or with Portland"."""
    if form.about is not About.EXCHANGES:
        return homes, None
    offices = [home for home in homes if home is None or home.where.places[0].id in lexicon.offices]
    if len(offices) != 1 or len(homes) == 1:
        return homes, None
    office = offices[0]
    return [home for home in homes if home is not office], _OWN if office is None else office.where


def _own_at(sentence: Sentence) -> int:
    return next((i for i, span in enumerate(sentence.spans) if "own" in span.of("small")), 0)


def _own_first(sentence: Sentence, homes: list[Name | None]) -> bool:
    return any(home is not None and _own_at(sentence) < home.span for home in homes)


def _names_yardstick_first(sentence: Sentence, homes: list[Name | None]) -> bool:
    """Whether a clause in front names what another is measured by: "compared with A, has B more", 跟A比，B多嗎."""
    first, second = (_own_at(sentence) if home is None else home.span for home in homes[:_TWO])
    mark = next((i for i in range(first + 1, second) if sentence.spans[i].mark), None)
    return mark is not None and any(
        span.has(("logic", "than"), ("ask", "compare")) for span in sentence.spans[:mark]
    )


def _as_homes(sentence: Sentence, homes: list[Name | None], lexicon: Lexicon) -> bool:
    """Whether the partners of each are meant: all have offices, or none is named as the partner of another is."""
    official = all(home is None or home.where.places[0].id in lexicon.offices for home in homes)
    return official or all(home is not None and not _is_with(sentence, home) for home in homes)


def _shared_by_all(sentence: Sentence, form: Form, sets: list[Name]) -> Compared | None:
    """A group whose members are compared with each other: "which partners do all six share"."""
    group = next((name for name in sets if name.where.groups), None)
    if group is None or form.of_pairs or len(sets) > _TWO:  # "which of the six have both Japan and Korea?"
        return None
    if not sentence.take(("logic", "common")):
        return None
    return Compared(Comparing.COMMON, group.where, (), joined([n.where for n in sets if n is not group]))


def _shared_but_for(sentence: Sentence, form: Form, places: list[Name], sets: list[Name]) -> Compared | None:
    """What some have in common and others lack: 臺北和高雄都有、臺南沒有的; the words for it stand behind the names."""
    common = [i for i in sentence.free(("logic", "common")) if sentence.plainly(i) in _BOTH]
    denied = sentence.free(("logic", "difference"), ("logic", "not"))
    many = form.asked in (Asked.PLACES, Asked.NUMBER, Asked.RECORDS) and form.about is About.TIES
    if not (many and common and denied and sentence.chinese):
        return None
    both, lacks = common[0], denied[-1]
    first = min(both, lacks)
    sharing = [p for p in places if (p.span < first) is (both < lacks) and p.span < both]
    lacking = [p for p in places if p not in sharing and p.span < lacks]
    if len(sharing) < _TWO or not lacking or len(sharing) + len(lacking) != len(places):
        return None
    sentence.used.update((*common, *denied))
    others = (*(p.where for p in sharing[1:]), *(p.where for p in lacking))
    partner = joined([name.where for name in sets])
    return Compared(Comparing.COMMON, sharing[0].where, others, partner, lacking=len(lacking))


def _most_of(sentence: Sentence, form: Form, places: list[Name], sets: list[Name]) -> Compared | None:
    """Which of several that stand in a row has most: 漢堡、柏林、慕尼黑誰的姊妹市最多."""
    most, fewest = sentence.free(("order", "most")), sentence.free(("order", "fewest"))
    asked = form.asked is Asked.PLACES and form.about is About.TIES and sentence.chinese
    at = form.asked_at
    if not asked or at is None or len(places) < _TWO or len(most) + len(fewest) != 1:
        return None
    last = (most or fewest)[0]
    rows = all(other.span - one.span == _TWO for one, other in pairwise(places))
    kinds = any(sentence.spans[i].of("kind") for i in range(at, last))
    if not (rows and kinds and places[-1].span < at < last) or "with" in sentence.small_before(at):
        return None
    sentence.used.add(last)
    first, *rest = (name.where for name in places)
    partner = joined([name.where for name in sets])
    return Compared(Comparing.NUMBERS, first, tuple(rest), partner, bool(fewest))


def _each_of(
    sentence: Sentence, form: Form, places: list[Name], sets: list[Name], lexicon: Lexicon, *, own: bool
) -> Compared | None:
    """The numbers of each of several; of us and another where the two are compared: "compare us with Kaohsiung"."""
    if not (form.asked is Asked.STATISTICS and form.per is Per.HOME):
        return None
    ours = own and sentence.has(("ask", "compare"))
    homes, met_by = _weighed(form, [*([None] if ours else ()), *places], lexicon)
    if len(homes) < _TWO:
        return None
    first, *rest = (_OWN if home is None else home.where for home in homes)
    return Compared(Comparing.NUMBERS, first, tuple(rest), met_by or joined([name.where for name in sets]))


_BOTH = frozenset((
    "both", "both of them", "share", "shared", "in common", "have in common", "common", "same", "of both",
    "overlap",
    "overlaps",
    "都", "皆", "均", "都有", "皆有", "均有", "都是", "同時",
    "共同", "共同的", "共有的", "共同擁有", "重疊", "重複", "交集",
))  # fmt: skip


_SHARED = frozenset(
    (
        "共同",
        "共同的",
        "共有的",
        "共同擁有",
        "重疊",
        "重複",
        "交集",
        "重叠",
        "重复",
        "in common",
        "share",
        "common",
        "mutual",
        "same",
        "have in common",
    )
)
"""Words that can only be said of what two have, so that neither is the other's partner."""


def _compares(sentence: Sentence, form: Form, how: Comparing, at: list[int]) -> bool:
    """Whether a word sets homes side by side in this way, and is not said of exchanges or of the tie of two."""
    match how:
        case Comparing.DIFFERENCE:
            many = form.asked in (Asked.PLACES, Asked.NUMBER, Asked.RECORDS) and form.about is About.TIES
            return many and not any(span.of("meet") or span.of("state") for span in sentence.spans)
        case Comparing.COMMON:
            both = any(  # not "also", 也
                sentence.plainly(i) in _BOTH or sentence.spans[i].has(("logic", "shared")) for i in at
            )
            return not form.of_pairs or (form.asked is Asked.BOOLEAN and both)
        case _:
            ages = sentence.has(("logic", "earlier"), ("logic", "later"), ("anniversary", "older"))
            far = ("nearer", "nearest", "further", "farthest")
            ages = ages or any(key in far for _, key in sentence.words("order"))
            weighs = form.asked in (Asked.BOOLEAN, Asked.PLACES, Asked.NUMBER, Asked.STATISTICS)
            return not ages and (weighs or _weighs_meetings(sentence, form))


def asks_for_one_of(sentence: Sentence, form: Form) -> bool:
    """Whether what has more is asked for, be it put as a yes or no: "does A or B have more sister cities?"."""
    either = sentence.has(("logic", "or")) and not sentence.has(("logic", "than"))
    return form.asked is Asked.RECORDS or (form.asked is Asked.BOOLEAN and either)


def _weighs_meetings(sentence: Sentence, form: Form) -> bool:
    """Whether "which had more exchanges, A or B?" asks for one of the two, and not for the exchanges."""
    one_of = sentence.has(("logic", "or")) and sentence.has(("logic", "more"), ("logic", "fewer"))
    return form.asked is Asked.RECORDS and form.about is About.EXCHANGES and one_of


def _lacks_first(sentence: Sentence, at: list[int], homes: list[Name | None]) -> bool:
    """Whether the place that lacks them is named before the one that has them: 高雄沒有、臺北有的.

    Not where it is first said what the one before has: 跟高雄締盟但沒跟臺北締盟的, 高雄獨有、臺北沒有的.
    """
    one, other = homes[0], homes[1]
    if not sentence.chinese or one is None or other is None or not one.span < at[0] < other.span:
        return False
    if sentence.plainly(at[0]) in _HAS_ALONE:
        return False
    between = range(one.span + 1, at[0])
    return all(sentence.spans[i].of("small") != ("does",) and not _says_tie(sentence, i) for i in between)


_HAS_ALONE = frozenset(("獨有", "独有", "才有"))


def _says_tie(sentence: Sentence, index: int) -> bool:
    span = sentence.spans[index]
    return bool(span.of("kind") or span.of("event"))
