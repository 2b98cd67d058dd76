"""Places of a kind that are said to have ties, and are no partners: "what do the counties have", 六都以外的縣市."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.questions.conditions import Where
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import About, Asked, Per, Unit
from bot.questions.reading.naming import joined
from bot.questions.sharing.levels_asked import levels_meant
from bot.questions.sharing.ours import at_home, of_levels, units_at
from bot.questions.sharing.whose import Roles
from bot.questions.vocabulary.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class _Owners:
    """Where they are named; `name` where their country is named beside them, `asked` where it is they who are asked
    for."""

    at: tuple[int, ...]
    name: int | None = None
    asked: bool = False
    said: tuple[int, ...] = ()
    """Where it is said that each is meant, 各縣, which a list says anyhow."""


def seen_from_owners(
    roles: Roles,
    sentence: Sentence,
    form: Form,
    names: list[Name],
    out: list[int],
    lexicon: Lexicon,
    *,
    ours: bool,
) -> None:
    """Take for the homes the counties or towns at home that are said to have ties; `out` are names left out.

    `ours` where an office asks, whose partners are those that are told by whom they are tied with: 跟日本結盟的縣市.
    """
    sentence.unfit = sentence.unfit or _stand_beside_a_group(sentence)
    about = form.about in (About.TIES, About.EXCHANGES)
    of_owners = about and roles.per is not Per.HOME and not (roles.compare or roles.beside)
    unsaid = roles.home.assumed or not (roles.home.own or roles.home.places or roles.home.groups)
    if not (of_owners and unsaid) or len(lexicon.home_countries) != 1:
        return
    owners = _Reader(sentence, lexicon, out, ours).owners()
    if owners is None:
        return
    rest = [name.where for name in names if name.span != owners.name]
    said = [(i, key) for i in owners.at for key in sentence.spans[i].of("places")]
    levels = levels_meant(said) or next((u for i in owners.at if (u := units_at(sentence, i, lexicon))), ())
    if said and len({i for i, _ in said}) < len(owners.at):
        sentence.unfit = True  # "counties and the cities"
    abroad = sentence.names[owners.name].where if owners.name is not None else Where()
    if not {*abroad.countries} <= lexicon.home_countries:
        if sentence.any_of("order"):
            return  # 日本城市當中最早與德國城市締結的 is one of theirs, told by whom it is tied with
        _seen_from_abroad(roles, sentence, owners, replace(abroad, levels=levels), joined(rest), lexicon)
        return
    of_group = any(sentence.names[i].where.groups for i in out)
    if not (levels or owners.name is not None or of_group):
        return
    if levels and not at_home(levels, lexicon):  # "how many do the prefectures have in Taiwan?"
        theirs = any({*where.countries} & {*lexicon.home_countries} for where in rest)
        sentence.unfit = sentence.unfit or not theirs
        return
    sentence.used.update((*owners.at, *(i for i in owners.said if form.per is not Per.HOME)))
    roles.home, roles.partner = of_levels(at_home(levels, lexicon), lexicon), joined(rest)
    if owners.asked and form.asked in (Asked.PLACES, Asked.NUMBER):
        roles.per = Per.HOME
        form.unit = Unit.HOMES if form.asked is Asked.NUMBER else form.unit


def _stand_beside_a_group(sentence: Sentence) -> bool:
    """Whether a kind of places is named in a row with a group, which no query holds: "the counties and the six"."""
    for index in sentence.any_of("places"):
        for step in (1, -1):
            row = index + step
            if not 0 < row < len(sentence.spans) - 1 or sentence.plainly(row) not in _EITHER:
                continue
            other = row + step
            if 0 < other < len(sentence.spans) - 1 and sentence.plainly(other) == "the":
                other += step
            if other in sentence.names and sentence.names[other].where.groups:
                return True
    return False


def _seen_from_abroad(
    roles: Roles, sentence: Sentence, owners: _Owners, home: Where, partner: Where, lexicon: Lexicon
) -> None:
    """Take those abroad for the homes whose partners at home are asked for: "how many here do prefectures have?"."""
    if partner.countries and {*partner.countries} <= lexicon.home_countries:
        sentence.used.update(owners.at)
        roles.home, roles.partner = home, partner
        roles.per = Per.HOME if owners.asked else roles.per


def without_groups(roles: Roles, excluded: list[Where], lexicon: Lexicon) -> list[Where]:
    """What is left out but for groups of offices, which are left out of the homes: 六都以外有幾個姊妹市.

    Where the homes are named, such groups are left out of partners in their own country.
    """
    groups = [where for where in excluded if where.groups]
    if not groups or len(lexicon.home_countries) != 1:
        return excluded
    ours = tuple(lexicon.home_countries)
    unsaid = roles.home.assumed or not (roles.home.names_any or roles.home.own)
    if roles.per is Per.HOME or unsaid or roles.home.countries == ours:
        home = replace(roles.home, own=False, assumed=False, countries=ours) if unsaid else roles.home
        out = home.without or Where()
        roles.home = replace(home, without=replace(out, groups=(*out.groups, *joined(groups).groups)))
        return [where for where in excluded if not where.groups]
    if not roles.partner.names_any:
        roles.partner = replace(roles.partner, countries=ours)
    return excluded


_ASK = frozenset(("do", "does", "did", "that"))
_HAVE = frozenset(("have", "has", "had", "maintain", "maintains", "keep", "hold", "boast", "possess", "own"))
_THAT_HAVE = frozenset(("that have", "which have", "who have", "having"))
_BESIDE = frozenset(("the", "all", "all the", "all of the", "other", "of the", "of all", "of"))
_HAS = frozenset(("有", "共有", "總共有", "总共有", "一共有", "擁有", "拥有", "的", "之"))
_WHICH = (("ask", "which"), ("ask", "count"))
_WHETHER = frozenset(("有沒有", "有没有", "是否有", "有無", "有无"))
_LEVEL = ("級", "级", "level")
"""Words that end so tell of which level ties are: 縣級的姊妹市."""
_EITHER = frozenset(("and", "or", "和", "與", "与", "及", "或", "跟", "、"))


@dataclass(frozen=True, slots=True)
class _Reader:
    """A sentence in which it is looked for those who have ties."""

    sentence: Sentence
    lexicon: Lexicon
    out: Iterable[int]
    ours: bool

    def owners(self) -> _Owners | None:
        sentence, spans = self.sentence, self.sentence.spans
        said = {*sentence.any_of("places"), *sentence.all(("noun", "city"))}
        said = {i for i in said if not (spans[i].of("kind") or spans[i].of("ask") or spans[i].of("per"))}
        said = {i for i in said if not sentence.plainly(i).endswith(_LEVEL)}
        for index in sorted(said):
            last = index
            at = [index]
            while (behind := self._in_row(last)) in said:
                last = behind
                at.append(last)
            first, names = self._begin(index)
            behind, located = self._behind(last + 1)
            name = next(iter((*names, *located)), None)
            asked, own = self._are_asked_for(first, last, behind), self._have
            if sentence.chinese:
                asked, own = self._are_asked_for_in_chinese(first, behind), self._have_in_chinese
            if asked:
                return _Owners(tuple(at), name, asked=True)
            if own(first, behind):
                each = (i for i in range(first) if spans[i].has(("logic", "each"), ("per", "home")))
                return _Owners(tuple(at), name, said=tuple(each))
        return None

    def _in_row(self, index: int) -> int:
        """What is joined with a part by an "and", whatever it is."""
        sentence, spans = self.sentence, self.sentence.spans
        if index + 2 >= len(spans) or sentence.plainly(index + 1) not in _EITHER:
            return -1
        return index + 3 if sentence.plainly(index + 2) == "the" else index + 2

    def _is_ours(self, index: int) -> bool:
        name = self.sentence.names.get(index)
        countries = {*name.where.countries} if name is not None else set[str]()
        return bool(countries) and countries == self.lexicon.home_countries

    def _is_country(self, index: int) -> bool:
        """Whether they may be those of a country, at home or abroad."""
        name = self.sentence.names.get(index)
        return name is not None and bool(name.where.countries) and index not in self.out

    def _begin(self, index: int) -> tuple[int, list[int]]:
        """Where what is said of them begins, and the names of their country in it: "all Taiwanese counties"."""
        first, names = index, list[int]()
        while first and (self._is_country(first - 1) or self._says_of(first - 1)):
            first -= 1
            names += [first] if self._is_country(first) else []
        return first, names

    def _says_of(self, index: int) -> bool:
        """Whether it is an article, or says that those behind it are of the country before it: 台灣的縣."""
        said, span = self.sentence.plainly(index), self.sentence.spans[index]
        article = (
            not self.sentence.chinese and bool(span.of("filler")) and not (span.of("small") or span.mark)
        )
        return said in _BESIDE or article or (said in ("的", "之") and self._is_country(index - 1))

    def _are_asked_for(self, first: int, last: int, behind: int) -> bool:
        """Whether it is asked which of them have something: "which cities outside the six have a partner in Korea"."""
        sentence = self.sentence
        asked = first > 0 and sentence.spans[first - 1].has(*_WHICH)
        told = last + 1 < behind < len(sentence.spans)
        return asked and told and sentence.plainly(behind) in _HAVE

    def _are_asked_for_in_chinese(self, first: int, behind: int) -> bool:
        """The same where the question begins with them or their ties: 鄉鎮有哪些跟日本締結, 跟日本締結的鄉鎮有哪些."""
        sentence = self.sentence
        at = behind + 1 if behind < len(sentence.spans) and sentence.plainly(behind) == "有" else behind
        if at >= len(sentence.spans) or not sentence.spans[at].has(*_WHICH):
            return False
        if self._are_tied(first):
            return not self.ours
        with_them = any(span.has(("small", "with")) for span in sentence.spans[at + 1 : at + 2])
        return at > behind and with_them and self._have_in_chinese(first, behind)

    def _behind(self, index: int) -> tuple[int, list[int]]:
        """What stands behind them and what is said of them: "counties *outside the six*", "towns *in Taiwan*"."""
        spans, names = self.sentence.spans, list[int]()
        while index < len(spans):
            span = spans[index]
            if {"in", "of"} & set(span.of("small")) and self._is_ours(index + 1):
                names.append(index + 1)
                index += 2
            elif index in self.out or self._says_no_more(index):
                index += 1
            else:
                break
        return index, names

    def _says_no_more(self, index: int) -> bool:
        """Whether it is a word or mark beside what is left out, or one that may be left over."""
        span = self.sentence.spans[index]
        if span.mark:
            return bool({index - 1, index + 1, index + 2} & {*self.out})
        silent = bool(span.of("filler")) and not span.of("small")
        return span.has(("logic", "except"), ("logic", "without")) or (
            silent and self.sentence.plainly(index) not in _HAS
        )

    def _have(self, first: int, behind: int) -> bool:
        """Whether it is asked what they have, "what do the counties have", or of "partners of counties"."""
        sentence, start = self.sentence, self.sentence.spans[first].start
        asks = start > 0 and sentence.tokens[start - 1].text in _ASK
        owned = (
            sentence.tokens[start].text == "of" and first > 0 and bool(sentence.spans[first - 1].of("kind"))
        )
        ends = behind >= len(sentence.spans) or not ({"of", "in"} & set(sentence.spans[behind].of("small")))
        has = behind < len(sentence.spans) and sentence.plainly(behind) in _HAVE
        there = start > 0 and sentence.tokens[start - 1].text == "there" and behind < len(sentence.spans)
        those = there and (sentence.plainly(behind) == "with" or sentence.plainly(behind - 1) in _THAT_HAVE)
        return (asks and has) or (owned and ends) or those

    def _have_in_chinese(self, first: int, behind: int) -> bool:
        """Whether a question begins with them, and with what they have: 縣的姊妹市, 鄉鎮有哪些跟日本締結."""
        sentence, spans = self.sentence, self.sentence.spans
        begins = all(
            not sentence.means(i)
            or i in self.out
            or spans[i].time
            or self._is_ours(i)
            or self._goes_before(i)
            for i in range(first)
        )
        if not begins or behind >= len(spans):
            return False
        ties = any(
            span.of("kind") or span.has(("event", "signed"), ("noun", "exchange")) or span.of("meet")
            for span in spans[behind:]
        )
        has = sentence.plainly(behind) in _HAS or {"with", "in"} & {*spans[behind].of("small")}
        return ties and bool(has or any(spans[behind].of(part) for part in ("order", "event", "per")))

    def _are_tied(self, first: int) -> bool:
        """Whether they are told by whom they are tied with: 跟日本締結的鄉鎮."""
        sentence, spans = self.sentence, self.sentence.spans
        if first < len("跟日本締結的") - 2 or sentence.plainly(first - 1) not in ("的", "之"):
            return False
        with_them = [
            i for i in range(1, first) if i in sentence.names and spans[i - 1].has(("small", "with"))
        ]
        tied = spans[first - 2].of("kind") or spans[first - 2].has(("event", "signed"))
        return bool(tied and with_them) and not any(
            sentence.names[i].is_place or self._is_ours(i) for i in with_them
        )

    def _goes_before(self, index: int) -> bool:
        span = self.sentence.spans[index]
        if span.has(("ask", "whether")):
            return self.sentence.plainly(index) in _WHETHER  # 有沒有鄉鎮跟日本締結
        return span.has(("logic", "except"), ("logic", "else"), ("logic", "each"), ("per", "home"))
