"""Whose ties are told, where homes are asked for by the partners that they have: 哪個縣, "how many cities have"."""

from bot.domain.places import Level
from bot.questions.conditions import Where
from bot.questions.parts.sentence import Name
from bot.questions.parts.spans import is_passed
from bot.questions.query import About, Asked
from bot.questions.reading.numbers import counts_things
from bot.questions.reading.so_many import its_cities_have, with_so_many
from bot.questions.sharing.asked import AskedSets
from bot.questions.sharing.whose import asks_whose, level_asked_for, municipalities

_TWO = 2
_MUNICIPALITY = frozenset(("municipality", "municipalities"))


class AskedHomes(AskedSets):
    """The names of one sentence where whoever has ties is asked for; see `bot.questions.sharing.share`."""

    def _counts_cities(self) -> bool:
        """Whether those are counted that have partners, not the partners: 臺灣有幾個縣市有日本的友好城市."""
        at = self.form.asked_at
        cities = at is not None and at + 1 < len(self.sentence.spans)
        return (
            cities
            and self.sentence.chinese
            and self.sentence.spans[(at or 0) + 1].has(("noun", "city"))
            and (asks_whose(self.sentence) or self._signed_with_others(at or 0) or self._signed_some(at or 0))
        )

    def _signed_some(self, at: int) -> bool:
        """Whether it is said of the cities that are counted what they signed: 有幾個城市簽有友好城市."""
        behind = self.sentence.spans[at + 2 : at + 5]
        signed = bool(behind) and behind[0].has(("event", "signed"))
        return signed and any(span.of("kind") for span in behind[1:])

    def _signed_with_others(self, at: int) -> bool:
        """Whether it is said behind the cities that are counted with whom they signed: 有幾個城市跟日本締結."""
        behind = [name for name in self._sets if name.span > at]
        with_them = all("with" in self.sentence.small_before(name.span) for name in behind)
        return bool(behind) and with_them and self.sentence.has(("event", "signed"))

    def _of_all_homes(self) -> bool:
        """Whether homes are asked for, of all that there are: "which city has the most partners"."""
        counted = self.sentence.has(
            ("order", "most"), ("order", "fewest"), ("logic", "over"), ("logic", "least"), ("logic", "single")
        )
        exactly = self.sentence.has(("logic", "exactly"), ("logic", "only"))
        counted = counted or (exactly and counts_things(self.sentence))
        cities = self.form.head == "city" or self._who_has()
        number = self.form.asked is Asked.NUMBER and len(self._sets) == 1 and not self.sentence.chinese
        places = cities and (
            self.form.asked is Asked.PLACES or (number and self._tells_numbers(self._sets[0]))
        )
        return places and counted and self.form.about is About.TIES

    def _was_first(self) -> bool:
        """Whether a city of any is asked for that was first to sign: "which city was first to sign in Poland"."""
        at, spans = self.form.asked_at, self.sentence.spans
        if self.sentence.chinese or at is None or not spans[at].has(("ask", "which")) or len(self._sets) != 1:
            return False
        cities = at + 1 < len(spans) and spans[at + 1].has(("noun", "city")) and not spans[at + 1].of("kind")
        ordered = [
            i for i in self.sentence.all(("order", "first"), ("order", "last")) if at < i < len(spans) - _TWO
        ]
        signs = bool(ordered) and spans[ordered[0] + 1].has(("small", "to"))
        signs = signs and spans[ordered[0] + _TWO].has(("event", "signed"))
        between = spans[at + 2 : ordered[0]] if ordered else []
        apart = all(is_passed(span) for span in between) and self._sets[0].span > at
        return cities and signs and apart and self.form.about is About.TIES

    def _who_has(self) -> bool:
        """Whether homes are asked for by "who": "who has most partners"."""
        at, spans = self.form.asked_at, self.sentence.spans
        if at is None or at + 1 >= len(spans) or not spans[at].has(("ask", "who")):
            return False
        return self.sentence.plainly(at + 1) in ("has", "have", "keeps", "boasts", "holds")

    def _asked_homes(self) -> Where | None:
        """The homes, where they are asked for by what they have: 哪個城市在非洲有夥伴, 日本城市是誰的姊妹市."""
        form = self.form
        listed = form.asked in (Asked.PLACES, Asked.NUMBER) and form.about is About.TIES
        at_home = [name for name in self._sets if self._is_home_country(name)]
        level = level_asked_for(self.sentence, form.asked_at)
        if level is not None and listed and asks_whose(self.sentence):
            return self._of_that_level(level)
        of_any = len(self._sets) == len(at_home)  # "how many cities have a sister city"
        ours = self.asker is None or form.asked is Asked.NUMBER or self._asks_for_counties()
        if not listed or (of_any and not ours):
            return None
        if not of_any and self._of_the_nation():
            self.sentence.take(("logic", "nationwide"))
            return Where(countries=tuple(self.lexicon.home_countries))
        if not asks_whose(self.sentence):
            return None
        return at_home[0].where if at_home else Where(levels=self._own_level())

    def _asks_for_counties(self) -> bool:
        """Whether 縣市 are asked for, which are those at home, whoever asks: 哪些縣市沒有姊妹市."""
        asked = self.sentence.all(("ask", "which"))
        behind = [index + 1 for index in asked if index + 1 < len(self.sentence.spans)]
        return any(self.sentence.plainly(index) in ("縣市", "县市") for index in behind)

    def _of_the_nation(self) -> bool:
        """Whether cities of the offices' country are asked for in Chinese: 帛琉跟我國哪些縣市締盟."""
        spans = self.sentence.spans
        for index in self.sentence.all(("logic", "nationwide")) if self.sentence.chinese else ():
            behind = [span for span in spans[index + 1 : index + 4] if not span.mark]
            asked = [span for span in behind if span.has(("ask", "which"), ("ask", "count"))]
            if asked and behind[0].has(("ask", "which"), ("ask", "count"), ("noun", "city"), ("small", "of")):
                return any(span.has(("noun", "city")) for span in behind)
        return False

    def _of_that_level(self, level: int) -> Where:
        """Where places of a kind lie that are the homes: "townships in Taiwan", "atolls that have one in Taiwan"."""
        beside = [
            name
            for name in self._sets
            if name.span in (level - 1, level + _TWO)
            and self.sentence.plainly(name.span - 1) not in ("with", "have", "has")
        ]
        return beside[0].where if beside else Where()

    def _own_level(self) -> tuple[Level, ...]:
        """Of which level the homes are that are asked for: 哪個縣; a town may be any city."""
        at, spans = self.form.asked_at, self.sentence.spans
        named = spans[at + 1].of("places") if at is not None and at + 1 < len(spans) else ()
        if levels := tuple(Level(key) for key in named if key != Level.TOWN):
            return levels
        nouns = self.sentence.all(("noun", "city"))
        asked = [
            i for i in nouns if self.sentence.chinese or at is None or i <= at + _TWO
        ]  # "a partner of most …"
        said = any(self.sentence.plainly(i) in _MUNICIPALITY for i in asked)
        return municipalities(self.lexicon) if said else ()

    def _cities_of_first(self) -> bool:
        """Whether cities of the offices' country are told by their partners: 全德國跟法國結盟的城市有哪幾個."""
        sets, sentence = self._sets, self.sentence
        counted = self.form.asked in (Asked.PLACES, Asked.NUMBER) and self.form.about is About.TIES
        listed = counted and self.asker is None
        if not (listed and sentence.chinese and len(sets) > 1 and self._is_home_country(sets[0])):
            return False
        with_them = all("with" in sentence.small_before(name.span) for name in sets[1:])
        cities = [i for i in sentence.all(("noun", "city")) if i > sets[-1].span]
        whose = [i for i in cities if sentence.plainly(i).startswith("的") or sentence.plainly(i - 1) == "的"]
        return with_them and bool(whose) and not sentence.any_of("order")

    def _tells_numbers(self, name: Name) -> bool:
        """Whether cities are counted by how many they have: "how many German cities have more than ten partners"."""
        return self._with_so_many(name) or self._all_ours() or self._of_ours(name)

    def _with_so_many(self, name: Name) -> bool:
        return with_so_many(self.sentence, name) and (self.sentence.chinese or self._asked_set() is None)

    def _all_ours(self) -> bool:
        """Whether all that is named is the country of the offices, so that its cities are the homes: 全德國."""
        if len(self._sets) != 1 or "in" in self.sentence.small_before(self._sets[0].span):
            return False
        if self._with_so_many(self._sets[0]):
            return False
        return self._is_home_country(self._sets[0])

    def _of_ours(self, name: Name) -> bool:
        """Whether those of the offices' own country are counted that have something: "how many cities in Taiwan"."""
        counted = self.form.asked is Asked.NUMBER and len(self._sets) == 1 and not self.sentence.chinese
        return counted and self._is_home_country(name) and its_cities_have(self.sentence, name)
