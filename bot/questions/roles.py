"""Whose ties are meant and with whom: which names of a question are the home and which the partner.

A tie has no direction, so that this matters only where many are asked for. Who asks is the home where a question names
one place that it has a tie with; where it lists the ties of a place, that place is.
"""

from dataclasses import dataclass, replace

from bot.domain.places import Level, Place
from bot.questions.conditions import Comparing, Comparison, Where
from bot.questions.form import Form
from bot.questions.lexicon import Lexicon
from bot.questions.naming import joined
from bot.questions.query import About, Asked, Per, Told
from bot.questions.sentence import Name, Sentence

_ANYWHERE = Where()


@dataclass
class Roles:
    """The parts of a query that say where; `guest` is the span of the name of who went, `host` of where to."""

    home: Where
    partner: Where = _ANYWHERE
    compare: Comparison | None = None
    per: Per | None = None

    def positions(self, sentence: Sentence) -> tuple[set[int], set[int]]:
        """Where the sentence names the home, and where the partner; "we" is the home."""
        home = {i for i, name in sentence.names.items() if _within(name.where, self.home)}
        home |= {i for i, span in enumerate(sentence.spans) if "own" in span.of("small")}
        partner = {i for i, name in sentence.names.items() if _within(name.where, self.partner)}
        return home, partner


OWN = Where(own=True)
_ASSUMED = Where(own=True, assumed=True)


def read_roles(sentence: Sentence, form: Form, lexicon: Lexicon, home: Place | None) -> Roles:
    """Share the names out; all of them are used by this."""
    own = _own(sentence)
    names = [sentence.names[i] for i in sorted(sentence.names)]
    sentence.used.update(name.span for name in names)
    without = _without(sentence, names)
    names = [name for name in names if name.span not in without]
    places = [name for name in names if name.is_place]
    sets = [name for name in names if not name.is_place]
    roles = _compared(sentence, form, places, sets, own, lexicon) or _shared_out(
        sentence, form, places, sets, own, lexicon, home
    )
    levels = _levels(sentence)
    if without or levels:
        excluded = joined([sentence.names[i].where for i in without]) if without else None
        roles.partner = replace(roles.partner, without=excluded, levels=levels or roles.partner.levels)
    return roles


def _within(part: Where, whole: Where) -> bool:
    return bool(set(part.places) & set(whole.places)) or (
        not part.places and joined([whole, part]) == joined([whole])
    )


_WE = frozenset(("we", "our", "ours", "us"))


def _own(sentence: Sentence) -> bool:
    """Whether the question says "we" or "our", be it within a phrase: "what did we do"."""
    if any("own" in span.of("small") for span in sentence.spans):
        return True
    asking = [span for span in sentence.spans if span.of("ask") or span.of("meet")]
    return any(sentence.tokens[i].text in _WE for span in asking for i in range(span.start, span.end))


def _levels(sentence: Sentence) -> tuple[Level, ...]:
    """Which kinds of places are asked for: counties, prefectures."""
    found = [(index, key) for index, key in sentence.words("places") if not _lie_in(sentence, index)]
    sentence.used.update(index for index, _ in found)
    return tuple(Level(key) for _, key in found)


def _lie_in(sentence: Sentence, index: int) -> bool:
    """Whether states or counties are asked for in which there are partners, not such that are partners."""
    asked = (index > 0 and sentence.spans[index - 1].of("ask")) or (
        index > 1 and sentence.spans[index - 2].of("ask")
    )
    have = [i for i in range(index + 1, len(sentence.spans)) if "does" in sentence.spans[i].of("small")]
    verbs = [sentence.written(i).lower() for i in have]
    return bool(asked) and any(verb in ("do", "does", "has", "have", "有") for verb in verbs)


def _without(sentence: Sentence, names: list[Name]) -> list[int]:
    """The names that are left out: "outside Japan", 除了日本, 不在亞洲."""
    found: list[int] = []
    for name in names:
        before = next((i for i in range(name.span - 1, -1, -1) if not _passed(sentence, i)), None)
        behind = name.span + 1 if name.span + 1 < len(sentence.spans) else None
        for index in (before, behind):
            if index is None or index in sentence.used:
                continue
            span = sentence.spans[index]
            # "Asia excluding Japan" says it before, 日本以外 behind the name.
            outside = span.has(("logic", "except")) and (
                index == before or not sentence.written(index).isascii()
            )
            negated = (
                index == before and span.has(("logic", "not")) and _right_before(sentence, index, name.span)
            )
            if outside or negated:
                sentence.use(index)
                found.append(name.span)
                break
    if found:  # 除了日本以外 says it twice
        sentence.take(("logic", "except"))
    return found


def _passed(sentence: Sentence, index: int) -> bool:
    """Words between "not" and a name that do not matter: not *in the* USA."""
    span = sentence.spans[index]
    return bool(span.of("filler") or span.of("small")) and not span.of("logic")


def _right_before(sentence: Sentence, index: int, name: int) -> bool:
    """Whether "not" is said of the place itself, which only "in" between them tells: "not in Asia", 不在亞洲."""
    return any("in" in sentence.spans[i].of("small") for i in range(index + 1, name))


# Two or more homes ---------------------------------------------------------------------------------------------


def _compared(
    sentence: Sentence, form: Form, places: list[Name], sets: list[Name], own: bool, lexicon: Lexicon
) -> Roles | None:
    """Homes that are compared; None where nothing says so."""
    homes = [name.where for name in places] + ([OWN] if own and places else [])
    if own and places and _own_at(sentence) < places[0].span:
        homes = [OWN, *homes[:-1]]
    if len(homes) < 2:
        return _shared_by_all(sentence, form, sets) if not homes else None
    others = joined([name.where for name in sets]) if sets else Where()
    for how, concepts in _COMPARING.items():
        at = sentence.free(*(("logic", word) for word in concepts))
        if at and _compares(sentence, form, how, len(places)):
            sentence.used.update(at)
            sentence.take(("logic", "than"), ("logic", "difference"), ("logic", "not"))
            if how is Comparing.DIFFERENCE and _negated_first(sentence, at, places):
                homes = homes[1:] + homes[:1]
            per = Per.HOME if how is Comparing.NUMBERS else None
            return Roles(homes[0], others, Comparison(how, tuple(homes[1:])), per)
    if form.asked is Asked.STATISTICS and form.per is Per.HOME:
        return Roles(homes[0], others, Comparison(Comparing.NUMBERS, tuple(homes[1:])), Per.HOME)
    return None


_COMPARING = {
    Comparing.DIFFERENCE: ("difference", "not"),
    Comparing.COMMON: ("common",),
    Comparing.NUMBERS: ("more", "fewer", "than"),
}


def _shared_by_all(sentence: Sentence, form: Form, sets: list[Name]) -> Roles | None:
    """A group whose members are compared with each other: "which partners do all six share"."""
    groups = [name for name in sets if name.where.groups]
    if not groups or form.of_pairs or not sentence.take(("logic", "common")):
        return None
    rest = [name.where for name in sets if name is not groups[0]]
    return Roles(groups[0].where, joined(rest), Comparison(Comparing.COMMON))


def _own_at(sentence: Sentence) -> int:
    return next((i for i, span in enumerate(sentence.spans) if "own" in span.of("small")), 0)


def _compares(sentence: Sentence, form: Form, how: Comparing, places: int) -> bool:
    """Whether a word sets homes side by side in this way, and is not said of exchanges or of the tie of two."""
    match how:
        case Comparing.DIFFERENCE:
            many = form.asked in (Asked.PLACES, Asked.NUMBER, Asked.RECORDS) and form.about is About.TIES
            return many and not any(span.of("meet") or span.of("state") for span in sentence.spans)
        case Comparing.COMMON:
            return not form.of_pairs or form.asked is Asked.BOOLEAN or places > 2
        case _:
            return form.asked in (Asked.BOOLEAN, Asked.PLACES, Asked.NUMBER, Asked.STATISTICS)


def _negated_first(sentence: Sentence, at: list[int], places: list[Name]) -> bool:
    """Whether the place that lacks them is named before the one that has them: 高雄沒有、臺北有的."""
    if sentence.chinese and len(places) > 1:
        return places[0].span < at[0] < places[1].span and not _has_before(sentence, places[0].span, at[0])
    return False


def _has_before(sentence: Sentence, start: int, end: int) -> bool:
    return any(sentence.spans[i].of("small") == ["does"] for i in range(start, end))


# One home ------------------------------------------------------------------------------------------------------


def _shared_out(
    sentence: Sentence,
    form: Form,
    places: list[Name],
    sets: list[Name],
    own: bool,
    lexicon: Lexicon,
    home: Place | None,
) -> Roles:
    asked_set = _asked_set(sentence, form, sets)
    where = joined([name.where for name in sets]) if sets else Where()
    if own:
        return Roles(OWN, joined([where, *(name.where for name in places)]))
    if not places:
        return _of_sets(sentence, form, sets, asked_set, where)
    if len(places) == 1:
        return _of_one(sentence, form, places[0], where, lexicon, home)
    first = _home_of(sentence, places, lexicon, home)
    others = [name.where for name in places if name is not first]
    if _either(sentence, form, places):
        return Roles(_ASSUMED, joined([name.where for name in places]))
    if _both_homes(form, places, lexicon):
        return Roles(joined([name.where for name in places]), where, per=Per.HOME)
    return Roles(first.where, joined([where, *others]) if form.about is not About.PLACES else joined(others))


def _asked_set(sentence: Sentence, form: Form, sets: list[Name]) -> Name | None:
    """The set of which some are asked for: "which of the six", "which Korean cities", 六都哪些城市."""
    at = form.asked_at
    if at is None or form.asked not in (Asked.PLACES, Asked.NUMBER):
        return None
    for name in sets:
        behind = at < name.span and all(_passed(sentence, i) for i in range(at + 1, name.span))
        ahead = name.span < at and all(
            _passed(sentence, i) or sentence.spans[i].has(("logic", "among"))
            for i in range(name.span + 1, at)
        )
        if behind and (name.where.groups or _city_follows(sentence, name.span)):
            return name
        if ahead and (form.head in ("city", None) or name.where.groups):
            return name
    return None


def _city_follows(sentence: Sentence, index: int) -> bool:
    return index + 1 < len(sentence.spans) and sentence.spans[index + 1].has(("noun", "city"))


def _of_sets(sentence: Sentence, form: Form, sets: list[Name], asked_set: Name | None, where: Where) -> Roles:
    """Without a single place: the ties of the office with what is named, or of one set with the other."""
    groups = [name for name in sets if name.where.groups]
    if asked_set is not None and (len(sets) > 1 or asked_set.where.groups):
        rest = joined([name.where for name in sets if name is not asked_set])
        return Roles(asked_set.where, rest, per=Per.HOME)
    if groups:
        rest = joined([name.where for name in sets if name is not groups[0]])
        return Roles(groups[0].where, rest, per=Per.HOME if form.per is Per.HOME else None)
    if len(sets) > 1 and form.head != "exchange":
        return Roles(sets[0].where, joined([name.where for name in sets[1:]]))
    if (
        form.head == "city"
        and sentence.has(("order", "most"), ("order", "fewest"))
        and form.about is About.TIES
    ):
        return Roles(_ANYWHERE, where, per=Per.HOME)  # "which city has the most partners": of all
    return Roles(_ASSUMED, where)


def _of_one(
    sentence: Sentence, form: Form, name: Name, where: Where, lexicon: Lexicon, home: Place | None
) -> Roles:
    """With one place: it is the home where its ties are listed, else the partner of whoever asks."""
    place = name.where.places[0]
    is_own = home is not None and place.id == home.id
    with_it = "with" in sentence.small_before(name.span)
    official = place.id in lexicon.offices
    if is_own or (official and not with_it):
        return Roles(name.where, where)
    if form.about is About.TIES and not form.of_pairs:
        if form.told is None and form.head == "act" and with_it and home is not None:
            return Roles(_ASSUMED, name.where)
        return Roles(name.where, where)
    if form.asked is Asked.TEXT and form.told is Told.OVERVIEW:
        return Roles(_ASSUMED, name.where)
    if not where.anywhere and form.asked is Asked.BOOLEAN:
        return Roles(name.where, where)
    if form.about is About.EXCHANGES and not with_it and _has_its_own(sentence, name):
        return Roles(name.where, where)
    return Roles(_ASSUMED, joined([where, name.where]) if where.anywhere else name.where)


def _has_its_own(sentence: Sentence, name: Name) -> bool:
    """Whether exchanges are said to be the place's: "how many visits did Prague hold"."""
    return False


def _home_of(sentence: Sentence, places: list[Name], lexicon: Lexicon, home: Place | None) -> Name:
    """Of several places the home: the asker's, else the first with an office, else the first."""
    ids = [name.where.places[0].id for name in places]
    if home is not None and home.id in ids:
        return places[ids.index(home.id)]
    return next((name for name in places if name.where.places[0].id in lexicon.offices), places[0])


def _either(sentence: Sentence, form: Form, places: list[Name]) -> bool:
    """Whether the question leaves a choice between them: "Seattle or Portland"."""
    between = range(places[0].span + 1, places[1].span)
    if form.asked is not Asked.BOOLEAN and any(sentence.spans[i].has(("logic", "or")) for i in between):
        sentence.take(("logic", "or"))
        return True
    return bool(sentence.free(("logic", "earlier"), ("logic", "later"))) and sentence.has(("ask", "which"))


def _both_homes(form: Form, places: list[Name], lexicon: Lexicon) -> bool:
    """Whether the ties of each are asked for: "how many partners do Taipei and Tainan have"."""
    official = all(name.where.places[0].id in lexicon.offices for name in places)
    return (
        official
        and form.about is About.TIES
        and form.asked in (Asked.NUMBER, Asked.PLACES)
        and form.head == "kind"
    )
