"""The set of names of which a question asks for some: "which of the six", "German cities with a partner in Peru"."""

from dataclasses import dataclass

from bot.domain.places import Place
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.parts.spans import is_passed
from bot.questions.query import About, Asked
from bot.questions.reading.excluding import passed_over
from bot.questions.vocabulary.lexicon import Lexicon

_TWO = 2
_WITH, _HAVE = frozenset("跟和與与"), frozenset(("有", "共有", "總共有", "总共有", "一共有"))
_CITIES = ("市", "城", "縣市", "县市")
_SEVERAL = frozenset("些幾几兩两二三四五")
_GENITIVE = frozenset(("s", "'s", "’s"))


def _is_level(sentence: Sentence, index: int) -> bool:
    """Whether a part is nothing but a kind of places: counties, townships."""
    return bool(sentence.spans[index].of("places")) and not sentence.spans[index].of("kind")


@dataclass
class AskedSets:
    """The names of one sentence, and which set of them is asked about."""

    sentence: Sentence
    form: Form
    lexicon: Lexicon
    asker: Place | None
    names: list[Name]

    @property
    def _places(self) -> list[Name]:
        return [name for name in self.names if name.is_place]

    @property
    def _sets(self) -> list[Name]:
        return [name for name in self.names if not name.is_place]

    def _of_cities(self, name: Name) -> bool:
        """Whether a set is said to be of cities: "German cities", "cities in Germany"."""
        sentence, behind = self.sentence, name.span + 1
        if behind + 1 < len(sentence.spans) and sentence.plainly(behind) in _GENITIVE:
            behind += 1  # "Germany's cities"
        if behind < len(sentence.spans) and sentence.spans[behind].has(("noun", "city")):
            return True
        before = sentence.before(name.span)
        located = "in" in sentence.small_before(name.span)
        if not located or before is None:
            return False
        each = sentence.spans[before].has(("per", "home")) and not sentence.chinese  # 各縣市在日本的姊妹市
        return each or sentence.spans[before].has(("noun", "city"))

    def _is_home_country(self, name: Name) -> bool:
        return bool(name.where.countries) and {*name.where.countries} == self.lexicon.home_countries

    def _asked_set(self) -> Name | None:
        """The set of which some are asked for: "which of the six", "which Korean cities", 六都哪些城市."""
        at, sentence = self.form.asked_at, self.sentence
        listed = at is None or sentence.spans[at].of("ask") == ("list",)
        if listed and self._sets and self.form.asked is Asked.PLACES and sentence.chinese:
            ends = self._that_ends()
            if ends is not None or at is None:
                return ends
        if (cities := self._with_partners_there()) is not None:
            return cities
        if (cities := self._among_which()) is not None:
            return cities
        if self._opens_with_cities() and (at is None or at > self._sets[-1].span):
            return self._sets[0]
        if at is None or self.form.asked not in (Asked.PLACES, Asked.NUMBER):
            return None
        if with_a_tie := next((name for name in self._sets if self._with_a_tie(name)), None):
            return with_a_tie  # "are there German towns with a partner in Peru? Which?"
        if there_are := next((name for name in self._sets if self._are_there(name)), None):
            return there_are
        return next((name for name in self._sets if self._is_asked_set(name, at)), None)

    def _is_asked_set(self, name: Name, at: int) -> bool:
        """Whether some of this set are asked for by the word at `at`, by what stands between them."""
        sentence = self.sentence
        if at < name.span and "with" in sentence.small_before(name.span):
            return False  # 哪些與波蘭城市締盟
        if at < name.span and self._have_theirs_in_chinese(name):
            return False  # 哪些是德國城市的夥伴
        if at < name.span and self._lie_theirs_there(name):
            return False  # 哪個縣市在美國的姊妹市最多
        if name.span < at and self._whose_partners(name, at):
            return False  # 六都有哪些夥伴在以色列
        if name.span < at and self._asks_where_in_another(at):
            return False  # 尼加拉瓜在哪些德國城市有夥伴
        between = range(min(at, name.span) + 1, max(at, name.span))
        passed = [
            passed_over(sentence, i)
            or sentence.spans[i].has(("logic", "among"))
            or (sentence.spans[i].mark and (bool(name.where.groups) or self._is_located(name)))
            for i in between
        ]
        located = [i for i in between if sentence.spans[i].has(("noun", "city")) or _is_level(sentence, i)]
        whose = sentence.spans[at].has(("ask", "who")) and all(passed)
        if whose and at < name.span and self._is_located(name) and not sentence.chinese:
            return True  # "who in Germany has a Japanese sister city"
        if (
            at < name.span
            and located
            and "in" in sentence.small_before(name.span)
            and sum(passed) == len(passed) - 1
        ):
            return True  # "which cities in Israel"
        if (
            name.span < at
            and name.where.groups
            and located == [name.span + 1]
            and sum(passed) == len(passed) - 1
        ):
            return True  # 最近一次締盟的六都城市是哪一個
        among = name.span < at and sum(passed) == len(passed) - 1 and bool(located)
        if among and any(sentence.spans[i].has(("logic", "among")) for i in between):
            return True  # 德國的城市中哪些
        if among and (self._told_by_partner(name) or self._are_all_homes(name)):
            return True
        if not all(passed):
            return False
        owned = name.span + 1 < len(sentence.spans) and sentence.plainly(name.span + 1) in _GENITIVE
        behind = sentence.spans[name.span + 1 + owned : name.span + 2 + owned]  # "which of Germany's cities"
        city = any(span.has(("noun", "city")) or span.of("places") for span in behind)
        if at < name.span and (name.where.groups or city):
            return True
        cities = self.form.head in ("city", None) or sentence.plainly(at).endswith(_CITIES)  # 德國有哪幾市
        return name.span < at and (cities or bool(name.where.groups))

    def _are_all_homes(self, name: Name) -> bool:
        """Whether cities of the offices' country are asked for where no office asks: 1958年結盟的德國城市有哪些."""
        at, spans = self.form.asked_at, self.sentence.spans
        cities = at is not None and at + 1 < len(spans) and spans[at + 1].has(("noun", "city"))
        ours = self.asker is None and self._is_home_country(name) and (cities or self._of_cities(name))
        counted = self.form.asked is Asked.NUMBER  # "how many German cities have a sister city"
        return ours and (counted or self.sentence.chinese) and self.form.about is About.TIES

    def _that_ends(self) -> Name | None:
        """The set whose cities end a few words in Chinese and are told by all before: 最早跟美國締盟的德國城市."""
        name, sentence = self._sets[-1], self.sentence
        cities = name.span + 1
        ends = all(span.mark or is_passed(span) for span in sentence.spans[cities + 1 :])
        told = name.span > 0 and sentence.plainly(name.span - 1) in ("的", "之")
        first = self._sets[0]
        others = first is not name and "with" in sentence.small_before(first.span)
        return name if ends and told and others and self._of_cities(name) else None

    def _among_which(self) -> Name | None:
        """The set among whose cities some are asked for: 波蘭城市中，跟最多德國城市締盟的是哪座."""
        name, spans = self._sets[0] if self._sets else None, self.sentence.spans
        if name is None or len(self._sets) != _TWO or not self.sentence.chinese:
            return None
        behind = [i for i in range(name.span + 1, min(name.span + 4, len(spans))) if not is_passed(spans[i])]
        cities = bool(behind) and spans[behind[0]].has(("noun", "city"))
        among = len(behind) > 1 and spans[behind[1]].has(("logic", "among"))
        asked = self.form.about is About.TIES and self.form.asked in (Asked.PLACES, Asked.NUMBER)
        ranked = self.sentence.has(("order", "most"), ("order", "fewest"))
        first = self.sentence.has(("order", "first"), ("order", "last"))
        with_them = "with" in self.sentence.small_before(self._sets[1].span)
        at = self.form.asked_at
        one = at is not None and not _SEVERAL & set(self.sentence.plainly(at))
        ranked = ranked or (first and with_them and one)  # 德國城市裡最早和波蘭締盟的是哪一個
        return name if cities and among and asked and ranked else None

    def _with_partners_there(self) -> Name | None:
        """The cities with partners "there", in what is named before: "on Ukraine, cities with partners there"."""
        there = self.sentence.all(("pointing", "place"))
        if len(self._sets) != _TWO or not there or self.form.asked is not Asked.PLACES:
            return None
        before, cities = self._sets
        return cities if self._of_cities(cities) and not self._of_cities(before) else None

    def _opens_with_cities(self) -> bool:
        """Whether it begins with cities of which some are meant: "towns in Germany with partners in Nicaragua"."""
        if self.form.asked is not Asked.PLACES or self.sentence.chinese or len(self._sets) < _TWO:
            return False
        name = self._sets[0]
        kinds = any(self.sentence.spans[i].of("kind") for i in range(name.span))
        theirs = self._have_theirs(name)  # "German cities' partners in Poland"
        begins = self.sentence.before(name.span) in (None, 0)
        return self._of_cities(name) and begins and not (kinds or theirs)

    def _have_theirs(self, name: Name) -> bool:
        """Whether a word for ties stands right behind the cities, so that those are asked for."""
        spans, at = self.sentence.spans, name.span + 1
        while at < len(spans) and (spans[at].has(("noun", "city")) or self.sentence.plainly(at) in _GENITIVE):
            at += 1
        return at < len(spans) and bool(spans[at].of("kind"))

    def _have_theirs_in_chinese(self, name: Name) -> bool:
        """Whether the partners of the cities are asked for, not the cities: 哪些是德國城市的夥伴."""
        spans, of = self.sentence.spans, name.span + 2
        named = of + 1 < len(spans) and spans[of - 1].has(("noun", "city")) and self.sentence.chinese
        return named and self.sentence.plainly(of) in ("的", "之") and bool(spans[of + 1].of("kind"))

    def _lie_theirs_there(self, name: Name) -> bool:
        """Whether it is the partners that lie there, not the cities: 哪個縣市在美國的姊妹市最多."""
        spans, of = self.sentence.spans, name.span + 1
        named = self.sentence.chinese and of + 1 < len(spans) and self._is_located(name)
        return named and self.sentence.plainly(of) in ("的", "之") and bool(spans[of + 1].of("kind"))

    def _whose_partners(self, name: Name, at: int) -> bool:
        """Whether the partners of a group are asked for, not its members: 六都有哪些夥伴, 六都跟誰結盟."""
        sentence, spans = self.sentence, self.sentence.spans
        between = range(name.span + 1, at)
        if not sentence.chinese or not name.where.groups or any(spans[i].mark for i in between):
            return False
        with_whom = sentence.plainly(at)[:1] in _WITH and spans[at].has(("ask", "who"))
        has = any(sentence.plainly(i) in _HAVE for i in between) and spans[at].of("ask") == ("which",)
        kind = at + 1 < len(spans) and bool(spans[at + 1].of("kind")) and not spans[at + 1].of("event")
        return with_whom or (has and kind)

    def _are_there(self, name: Name) -> bool:
        """Whether it is asked whether there are cities with a tie, and then which: 德國有城市跟加拿大結盟嗎，哪一個."""
        spans, at = self.sentence.spans, name.span
        if not self.sentence.chinese or len(self._sets) != _TWO or name is not self._sets[0]:
            return False
        asked = [i for i in (at - 1, at + 1) if 0 <= i < len(spans) and self._says_there_are(i)]
        cities = at + 1 + (at + 1 in asked)
        named = bool(asked) and cities < len(spans) and spans[cities].has(("noun", "city"))
        return named and "with" in self.sentence.small_before(self._sets[1].span)

    def _says_there_are(self, index: int) -> bool:
        return self.sentence.plainly(index) in ("有", "有沒有", "有没有", "有無", "有无", "是否有")

    def _with_a_tie(self, name: Name) -> bool:
        """Whether cities are told by what they have: "German towns with a partner in Peru"."""
        sentence, city = self.sentence, name.span + 1
        if city + 2 >= len(sentence.spans) or not sentence.spans[city].has(("noun", "city")):
            return False
        behind = sentence.after(city)
        having = sentence.plainly(city + 1) in ("with", "having", "that have", "which have", "who have")
        return having and behind is not None and bool(sentence.spans[behind].of("kind"))

    def _is_located(self, name: Name) -> bool:
        return "in" in self.sentence.small_before(name.span)

    def _told_by_partner(self, name: Name) -> bool:
        """Whether cities are told by whom they have ties with, named before them: 和以色列締盟的德國城市."""
        first = self._sets[0]
        return (
            first is not name and "with" in self.sentence.small_before(first.span) and self._of_cities(name)
        )

    def _asks_where_in_another(self, at: int) -> bool:
        """Whether cities of a set behind are asked for, in which one before has partners: 在哪些德國城市."""
        behind = next((name for name in self._sets if name.span == at + 1), None)
        return "in" in self.sentence.small_before(at) and behind is not None and self._of_cities(behind)
