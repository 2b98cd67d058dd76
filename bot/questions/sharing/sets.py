"""Countries, regions and groups of one sentence, shared out between home and partner."""

from itertools import pairwise

from bot.questions.conditions import Where
from bot.questions.parts.sentence import Name
from bot.questions.query import About, Asked, Per, Unit
from bot.questions.reading.excluding import passed_over
from bot.questions.reading.naming import joined
from bot.questions.sharing.homes import AskedHomes
from bot.questions.sharing.whose import ASSUMED, Roles, ends_with_whose, of_places_there

_TWO = 2
_TIES_OF = frozenset(
    f"{kind}{noun}{ending}"
    for kind in ("", "city ", "town ", "sister city ", "sister-city ", "municipal ")
    for noun in ("partnership", "twinning", "tie", "agreement", "twinning agreement")
    for ending in ("", "s")
)
"""Words with which a country says whose ties are meant, and not where the partners lie as in "German partners"."""


_COUNTRIES = ("countries", "states", "nations", "republics", "國家", "国家", "諸國", "三國")


class SharingSets(AskedHomes):
    """The names of one sentence where none of them is a single place: "Polish partners of German cities"."""

    def _is_wider(self, name: Name) -> bool:
        """Whether a part of it is named behind it, which is meant: "in the Baltic states: the Latvian one"."""
        countries, behind = set(name.where.countries), self.sentence.spans[name.span + 1 : name.span + 2]
        if not name.is_place and any(self._names_again(name, other) for other in self._sets):
            return True  # 想找個「德國第一」，…是哪座德國城市
        if any(span.has(("noun", "country")) for span in behind):
            return False  # "which Asian countries have sister cities in Taiwan?"
        if not name.is_place and any(self._only(other) for other in self._sets if other.span > name.span):
            return True
        if name.is_place or name.where.groups or not (name.where.regions or len(countries) > 1):
            return False
        return any(
            other.span > name.span
            and other.where.countries
            and len(other.where.countries) == 1
            and not self._in_one_row(name, other)
            and (
                set(other.where.countries) < countries
                or any(region.holds(other.where.countries[0]) for region in name.where.regions)
            )
            for other in self._sets
        )

    def _names_again(self, name: Name, other: Name) -> bool:
        """Whether the same is named again behind a mark, so that it is told only once."""
        between = self.sentence.spans[name.span + 1 : other.span]
        again = other.where == name.where and "with" not in self.sentence.small_before(other.span)
        return again and any(span.mark for span in between)

    def _says_where(self, name: Name) -> bool:
        """Whether a part of it was named before of the same partners: "our American partner across the Atlantic"."""
        if name.is_place or not name.where.regions or self.sentence.has(("logic", "than"), ("logic", "more")):
            return False
        return any(
            other.span < name.span
            and len(other.where.countries) == 1
            and any(region.holds(other.where.countries[0]) for region in name.where.regions)
            and not self._in_one_row(other, name)
            for other in self._sets
        )

    def _only(self, name: Name) -> bool:
        """Whether only this is meant of what was named before: "…: just the Norwegian one"."""
        before = next((i for i in range(name.span - 1, 0, -1) if not passed_over(self.sentence, i)), 0)
        said = self.sentence.spans[before].has(("logic", "only"), ("logic", "exactly"))
        return before > 0 and said and self.sentence.spans[before - 1].mark

    def _in_one_row(self, one: Name, other: Name) -> bool:
        """Whether an "and" or "or" joins them."""
        between = self.sentence.spans[one.span + 1 : other.span]
        joined_by = [span for span in between if span.has(("small", "and"), ("logic", "or"))]
        return bool(joined_by) and len(between) <= 2

    def _listed(self, name: Name, places: list[Name]) -> bool:
        """Whether a country stands in a row with a place: "with Seattle and Japan"."""
        return any(
            abs(name.span - place.span) == 2
            and (
                self.sentence.spans[min(name.span, place.span) + 1].has(("small", "and"), ("logic", "or"))
                or self.sentence.written(min(name.span, place.span) + 1) == "、"
            )
            for place in places
        )

    def _owns(self, name: Name) -> bool:
        """Whether something is said to be the place's: "partners of Tainan", 臺南的夥伴."""
        before, behind = self.sentence.small_before(name.span), self.sentence.small_after(name.span)
        return ("of" in before and "with" not in before) or "of" in behind

    def _lies_where(self) -> Name | None:
        """The set in which it is asked where another has its partners, which are what is asked for."""
        spans = self.sentence.spans
        for name in self._sets if len(self._sets) > 1 and self.form.asked is Asked.PLACES else ():
            which = name.span - 1
            located = (
                which > 0 and spans[which].has(("ask", "which")) and spans[which - 1].has(("small", "in"))
            )
            if located and self.sentence.chinese and not spans[which - 1].mention:
                return name
        return None

    def _of_sets(self) -> Roles:
        """Without a single place: the ties of the office with what is named, or of one set with the other."""
        self.names = [name for name in self.names if not self._tells_where_group_lies(name)]
        where = joined([name.where for name in self._sets])
        if where_at := self._lies_where():  # 巴拿馬在哪些臺灣城市有夥伴
            return Roles(self._rest(where_at), where_at.where)
        if self.form.weighs:
            return Roles(ASSUMED, where)
        if ours := self._countries_with_ours():
            return Roles(ours.where, self._rest(ours))
        return self._homes_asked_for(where) or self._one_side() or self._all_of_it(where)

    def _homes_asked_for(self, where: Where) -> Roles | None:
        """Where homes are asked for, by the partners that they have: "how many of the six have one in Poland"."""
        sets, number = self._sets, self.form.asked is Asked.NUMBER
        asked = self._asked_set()
        told_apart = asked is not None and self._are_all_homes(asked)
        if asked is not None and (len(sets) > 1 or asked.where.groups or self._of_all_homes() or told_apart):
            told = self._told_by_partner(asked) or self._counts_cities()
            if number and (told or (self.form.asked_at or 0) < asked.span):
                self.form.unit = Unit.HOMES
            return Roles(asked.where, self._rest(asked), per=Per.HOME)
        if self._was_first():
            return Roles(Where(levels=self._own_level()), where, per=Per.HOME)
        if self._ranks_countries():  # "in which country do German cities have most partners"
            return Roles(sets[0].where, self._rest(sets[0]))
        if (whose := self._asked_homes()) is not None:
            if number:
                self.form.unit = Unit.HOMES
            named = next((name for name in sets if name.where == whose), None)
            return Roles(whose, self._rest(named) if named else where, per=Per.HOME)
        if self._cities_of_first():
            if number:
                self.form.unit = Unit.HOMES
            return Roles(sets[0].where, self._rest(sets[0]), per=Per.HOME)
        return None

    def _one_side(self) -> Roles | None:
        """Where one of the sets is whose ties are asked for, and the rest are their partners."""
        if between := self._between():
            if self.form.asked is Asked.NUMBER:
                self.form.unit = self.form.unit or Unit.AGREEMENTS
            return Roles(between.where, self._rest(between))
        if side := self._side():
            return Roles(side.where, self._rest(side))
        if each := self._each_of():
            return Roles(each.where, self._rest(each), per=Per.HOME)
        if at_home := self._home_country():  # 德國跟以色列有幾對姊妹市, asked from a German city
            return Roles(at_home.where, self._rest(at_home))
        if group := next((name for name in self._sets if name.where.groups), None):
            return Roles(group.where, self._rest(group), per=Per.HOME if self.form.per is Per.HOME else None)
        return None

    def _all_of_it(self, where: Where) -> Roles:
        """Where all that is named is the home, or is where the partners lie."""
        sets, ties = self._sets, self.form.about is About.TIES
        if self.form.about is About.EXCHANGES and len(sets) == 1 and self._is_home_country(sets[0]):
            return Roles(where)  # "how many visits abroad did Taiwanese mayors make?"
        ours = self._all_ours() or (len(sets) == 1 and self._of_ours(sets[0]))
        if self.form.about is About.ANNIVERSARIES and len(sets) == 1 and self._is_home_country(sets[0]):
            asked = self.form.asked is Asked.PLACES and self._asked_set() is sets[0]
            return Roles(where, per=Per.HOME if asked else None)  # "which German cities turn 50?"
        if self._of_all_homes():
            every = Where(levels=self._own_level())
            if self.form.asked is Asked.NUMBER:
                self.form.unit = Unit.HOMES  # "how many cities have more than one Taiwanese partner?"
            if (ours and self._partners_lie_there(sets[0])) or (sets and self._with_so_many(sets[0])):
                self.sentence.take(("logic", "abroad"))
                return Roles(every, where, per=Per.HOME)
            return Roles(where if ours else every, Where() if ours else where, per=Per.HOME)
        if len(sets) == 1 and self._of_ours(sets[0]) and ties and self.form.head == "city":
            self.form.unit = Unit.HOMES
            return Roles(where, per=Per.HOME)  # "how many cities in Taiwan have sister cities?"
        whole = ours and (self.asker is None or self.sentence.plainly(sets[0].span).startswith("全"))
        if whole and ties and self.sentence.chinese:
            return Roles(where, per=Per.HOME if ends_with_whose(self.sentence) else None)
        if ours and ties and not self.form.of_pairs and self._has(sets[0]):
            return Roles(where)
        if ties and len(sets) == 1 and self._is_home_country(sets[0]) and self._ordered_at_home(sets[0]):
            return Roles(where)
        if len(sets) > 1 and self.form.head != "exchange" and not self._row(sets):
            if self._row(sets[:_TWO]):  # of a row none alone is the home: asked back
                self.sentence.used.difference_update(name.span for name in sets)
            return Roles(sets[0].where, self._rest(sets[0]))
        return Roles(ASSUMED, where)

    def _ordered_at_home(self, name: Name) -> bool:
        """Whether all ties of the country are asked for: 臺灣最早的姊妹市是哪一對, 臺灣有幾個姊妹市."""
        sentence = self.sentence
        ordered = sentence.chinese and sentence.has(
            ("order", "first"), ("order", "last"), ("noun", "country")
        )
        own = sentence.has(("small", "own"))
        beside = name.span + 1 < len(sentence.spans) and sentence.plainly(name.span + 1)
        ordered = ordered or (sentence.chinese and beside in ("有", "共有", "總共有", "一共有", "總計有"))
        if not sentence.chinese and not own and "in" in sentence.small_before(name.span):
            return sentence.has(("order", "first"), ("order", "last"))  # "newest ties in Taiwan"
        begins = not any(sentence.means(i) for i in range(name.span))
        return ordered and begins and not own and not sentence.small_before(name.span) & {"in", "with"}

    def _tells_where_group_lies(self, name: Name) -> bool:
        """Whether it is the country of the offices that stands before a group of them: 臺灣六都."""
        ours = bool(name.where.countries) and {*name.where.countries} == self.lexicon.home_countries
        return ours and any(other.where.groups and abs(other.span - name.span) == 1 for other in self._sets)

    def _has(self, name: Name) -> bool:
        """Whether it is said to have ties: "does Taiwan have ties", "Taiwan has"."""
        sentence, at = self.sentence, name.span
        if at > 1 and sentence.plainly(at - 1) == "by" and sentence.spans[at - 2].has(("event", "signed")):
            return True  # "agreements signed by Taiwanese cities"
        beside = [i for i in (at - 1, at + 1) if 0 <= i < len(sentence.spans)]
        return any(sentence.plainly(i) in ("do", "does", "did", "has", "have", "had") for i in beside)

    def _ranks_countries(self) -> bool:
        """Whether countries are asked for in which the cities of the one set have their partners."""
        of_countries = self.form.head == "country" and self.form.asked_at is not None
        return (
            of_countries
            and len(self._sets) == 1
            and self._of_cities(self._sets[0])
            and not self.sentence.chinese
        )

    def _countries_with_ours(self) -> Name | None:
        """The country of the offices, where those with partners in it are asked for: 哪些歐洲國家在台灣有姊妹市."""
        if self.form.asked is not Asked.PLACES or not (
            self.form.head == "country" or self._named_as_countries()
        ):
            return None
        ours = [name for name in self._sets if self._is_home_country(name)]
        if len(ours) != 1 or self.form.about is not About.TIES or self.sentence.any_of("order"):
            return None
        asked = any("own" in span.of("small") for span in self.sentence.spans)
        there = {"in", "with", "to"} & self.sentence.small_before(ours[0].span)
        if not there or asked:
            return None
        self.form.unit = Unit.COUNTRIES
        return ours[0]

    def _named_as_countries(self) -> bool:
        """Whether those that are asked for are countries by their name: "which Baltic states"."""
        at = self.form.asked_at
        named = at is not None and at + 1 in self.sentence.names
        return named and self.sentence.plainly((at or 0) + 1).endswith(_COUNTRIES)

    def _partners_lie_there(self, name: Name) -> bool:
        """Whether partners in the country of the offices are counted, those of cities abroad: "which foreign city has
        most German partners"."""
        spans = self.sentence.spans
        behind = spans[self.sentence.after(name.span) or 0]
        most = name.span > 0 and spans[name.span - 1].has(("order", "most"), ("order", "fewest"))
        if most and (behind.of("kind") or behind.has(("noun", "city"))):
            return True  # "which city is twinned with the most German cities"
        return bool(behind.of("kind")) and self.sentence.has(("logic", "abroad"))

    def _each_of(self) -> Name | None:
        """The set whose cities are told apart: "each German city", "top five cities in Germany"."""
        ranked = self.form.asked_at is None and self._of_all_homes()
        if self.form.per is not Per.HOME and not ranked:
            return None
        return next((name for name in self._sets if self._of_cities(name)), None)

    def _home_country(self) -> Name | None:
        """Of two countries side by side the one in which the office lies that asks, or all offices."""
        if len(self._sets) < _TWO or self.form.about not in (About.TIES, About.EXCHANGES):
            return None
        home = {self.asker.country} if self.asker is not None else self.lexicon.home_countries
        ties = self.form.about is About.TIES  # "from Japan" is "in" it, and tells no home of who met
        located = ties and any("in" in self.sentence.small_before(name.span) for name in self._sets)
        own = [n for n in self._sets if len(home) == 1 and {*n.where.countries} == home]
        rest = [name for name in self._sets if name not in own]
        return own[0] if len(own) == 1 and not located and self._row(rest) else None

    def _between(self) -> Name | None:
        """The first of two sets between which ties are asked for: "between German and Israeli cities"."""
        sets, sentence = self._sets, self.sentence
        if len(sets) != _TWO or not self._row(sets) or self.form.about is not About.TIES:
            return None
        before = range(max(sets[0].span - _TWO, 0), sets[0].span)
        said = any(sentence.tokens[sentence.spans[i].end - 1].text == "between" for i in before)
        return sets[0] if said else None

    def _side(self) -> Name | None:
        """The set from whose side ties are asked for: "Polish partners of German cities", "German partnerships"."""
        if self.form.about is not About.TIES or not self._sets:
            return None
        for name in self._sets:
            theirs = self._of_cities(name) and self._owns(name) and not self.sentence.chinese
            if theirs or (name is not self._sets[0] and of_places_there(self.sentence, name)):
                return name
        name = self._sets[0]
        behind = name.span + 1
        if len(self._sets) > 1 or behind >= len(self.sentence.spans) or self.sentence.small_before(name.span):
            return None
        said_of_ties = self.sentence.plainly(behind) in _TIES_OF and name.where.countries
        return name if said_of_ties and set(name.where.countries) <= self.lexicon.home_countries else None

    def _rest(self, name: Name) -> Where:
        return joined([each.where for each in self._sets if each is not name])

    def _row(self, sets: list[Name]) -> bool:
        """Whether sets stand in a row: "in Japan and Korea", "in Japan, Korea and Poland"."""
        ends = len(sets) > _TWO and self._listed(sets[-_TWO], [sets[-1]])
        return all(
            self._listed(one, [other]) or (ends and self._behind_comma(one, other))
            for one, other in pairwise(sets)
        )

    def _behind_comma(self, one: Name, other: Name) -> bool:
        return other.span - one.span == _TWO and self.sentence.written(one.span + 1) == ","
