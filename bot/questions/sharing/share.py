"""The names of one sentence, shared out between home and partner.

Who asks is the home where a question names one place that it has a tie with; where it lists the ties of a place, that
place is.
"""

from dataclasses import dataclass
from itertools import pairwise

from bot.questions.conditions import Comparing, Comparison
from bot.questions.parts.sentence import Name
from bot.questions.parts.spans import is_passed
from bot.questions.query import About, Asked, Per
from bot.questions.reading.naming import joined
from bot.questions.reading.one_with_several import one_with_several
from bot.questions.reading.ordering import AGED, says_than
from bot.questions.sharing.one import SharingOne
from bot.questions.sharing.whose import ASSUMED, OWN, Roles

_TWO = 2
_WITH, _AND_AGAIN = ("跟", "和", "與", "与"), ("還有", "还有", "以及", "及", ",", "、", "，")


@dataclass
class Sharing(SharingOne):
    """The names of one sentence, shared out between home and partner."""

    def share(self, *, own: bool) -> Roles:
        """Which names are the home's and which the partner's; `own` where the sentence says "we"."""
        self.names = [name for name in self.names if not self._is_wider(name)]
        places, sets = self._places, self._sets
        if own:
            return self._of_own()
        if not places:
            return self._of_sets()
        if len(places) == 1:
            return self._of_one(places[0])
        if self._same_home():
            home, one, _, other = places
            return Roles(home.where, joined([one.where, other.where]))
        if pairs := self._pairs():
            (one, its), (other, others) = pairs
            if its.where == others.where:  # "Kiel-Coventry or Dresden-Coventry"
                return Roles(its.where, joined([one.where, other.where]))
            comparison = Comparison(Comparing.AGES, (other.where,), partners=(its.where, others.where))
            return Roles(one.where, joined([its.where, others.where]), comparison, Per.HOME)
        office = self._office_among() if self._either() else None
        of_it = office is not None and self.sentence.chinese and self.form.asked is Asked.BOOLEAN
        if prize := None if of_it else self._raced_for():  # 高雄跟波特蘭締盟是不是比西雅圖早
            return Roles(prize.where, joined([name.where for name in places if name is not prize]))
        if office is not None:
            return Roles(office.where, joined([name.where for name in places if name is not office]))
        if self._cities_with_either():
            return Roles(joined([name.where for name in places]), joined([name.where for name in sets]))
        if self.asker is None and self._either() and len(places) > _TWO and not self._all_in_a_row():
            self.sentence.used.difference_update(name.span for name in places)  # asked back
        if self._either() and self.asker is not None and self._is_asked_of_asker():
            self.sentence.used.difference_update(
                name.span for name in places
            )  # "oldest tie: Taipei or ours?"
        if self._either() or self._of_three():
            return Roles(ASSUMED, joined([name.where for name in places]))
        if self._both_with():
            return Roles(ASSUMED, joined([name.where for name in places]))
        if self._both_homes() or self._homes_that_were_first():
            return Roles(
                joined([name.where for name in places]), joined([n.where for n in sets]), per=Per.HOME
            )
        first = one_with_several(self.sentence, self.form, places)
        first = first or (places[0] if self._twin_of_both() else self._home_of(places))
        return Roles(first.where, self._partner([name for name in places if name is not first]))

    def _of_own(self) -> Roles:
        """With "we": the office is the home, but where the ties of another place are asked for."""
        if self.asker is not None:  # 咱高雄: that is the same
            self.names = [n for n in self.names if not n.is_place or n.where.places[0].id != self.asker.id]
        for name in self._places:
            official = name.where.places[0].id in self.lexicon.offices
            if official and self._owns(name) and not self.form.of_pairs and len(self._places) == 1:
                if self.asker is not None and name.where.places[0].id != self.asker.id:
                    self.sentence.used.discard(name.span)  # another's partners, whom we met: asked back
                return Roles(name.where, joined([each.where for each in self._sets]))
        self.names = [name for name in self.names if not self._says_where(name)]
        group = next((name for name in self._sets if name.where.groups), None)
        if group is not None and self.form.about is About.TIES and not self._places:
            among = {"with", "in", "to"} & self.sentence.small_before(group.span)
            return Roles(OWN, self._partner([])) if among else Roles(group.where, self._rest(group))
        return Roles(OWN, self._partner(self._places))

    def _home_of(self, places: list[Name]) -> Name:
        """Of several places the home: the asker's, else the first with an office, else the first that is known."""
        ids = [name.where.places[0].id for name in places]
        if self.asker is not None and self.asker.id in ids:
            return places[ids.index(self.asker.id)]
        official = [name for name, key in zip(places, ids, strict=True) if key in self.lexicon.offices]
        known = [name for name, key in zip(places, ids, strict=True) if key]  # others are the world's
        return (official or known or places)[0]

    def _twin_of_both(self) -> bool:
        """Whether one place is asked to be the partner of two: "is Coventry a twin of both Kiel and Dresden?"."""
        english = not self.sentence.chinese and self.form.of_pairs
        return english and len(self._places) == _TWO + 1 and (self._met_by_two() or self._is_tied_to_two())

    def _is_tied_to_two(self) -> bool:
        """Whether a word for a tie stands between one place and two in a row: "is A a sister of both B and C?"."""
        first, one, other = self._places
        between = self.sentence.spans[first.span + 1 : one.span]
        row = other.span - one.span == _TWO and self._joined(one, other)
        ties = any(span.of("kind") or span.has(("noun", "tie")) for span in between)
        return row and ties and not any(span.mark for span in between)

    def _either(self) -> bool:
        """Whether the question leaves a choice between places: "which is older, Seattle or Portland?"."""
        places = self._places
        chosen = any(self._is_choice(one, other) for one, other in pairwise(places))
        if self.form.asked is not Asked.BOOLEAN and chosen:
            return True
        aged = self.sentence.has(*AGED)
        others = sum(name.is_place for name in self.sentence.names.values()) - len(self._places)
        than = says_than(self.sentence) and not others  # "is A's tie with B older than that with C?"
        return aged and (self.form.asked is Asked.PLACES or (than and self.form.asked is Asked.BOOLEAN))

    def _cities_with_either(self) -> bool:
        """Whether cities of a country are asked for that have one of several partners: 有幾座德國城市跟A或B結盟."""
        listed = self.form.asked in (Asked.PLACES, Asked.NUMBER) and self.form.about is About.TIES
        apart = not any(self._listed(each, self._places) for each in self._sets)
        cities = any(self._of_cities(each) for each in self._sets) and apart
        ordered = self.sentence.any_of("order") or self.sentence.has(("logic", "earlier"), ("logic", "later"))
        told = self.sentence.chinese or not any(self._lie_within(each) for each in self._sets)
        return listed and cities and told and not ordered and self._either()

    def _lie_within(self, name: Name) -> bool:
        """Whether one of the places lies in what is named, and may be the answer: "which German city, A or B"."""
        codes, regions = name.where.countries, name.where.regions
        homes = {place.country for each in self._places for place in each.where.places}
        return bool(homes & set(codes)) or any(
            region.holds(code) for region in regions for code in homes if code
        )

    def _office_among(self) -> Name | None:
        """The one of three places or more that has an office: 西雅圖和波特蘭，哪個先跟高雄結盟."""
        asker = self.asker.id if self.asker is not None else None
        ours = [n for n in self._places if n.where.places[0].id in self.lexicon.offices | {asker}]
        return ours[0] if len(ours) == 1 and len(self._places) > _TWO else None

    def _raced_for(self) -> Name | None:
        """The place with which one of the others was first: "who twinned with Brno first, Leipzig or Stuttgart?"."""
        if self.sentence.chinese and self.form.asked is not Asked.BOOLEAN:
            return self._raced_for_in_chinese()
        wanted = [name for name in self._places if self._is_with(name)]
        if self._is_it_either():
            return self._places[-1]
        if wanted == self._places[1:] and len(wanted) == _TWO:
            between = self.sentence.spans[wanted[0].span : wanted[1].span]
            if any(span.has(("logic", "or"), ("logic", "than")) for span in between):
                return self._places[0]  # 鹿特丹是先跟科隆還是先跟德勒斯登結盟的, 跟科隆是不是早於跟德勒斯登
        if len(self._places) == _TWO + 1 and self._met_by_two():
            wanted = self._places[:1]
        wanted = wanted or [name for name in self._places[:1] if self._stands_apart(name) or self._chooses()]
        if len(wanted) != 1 or len(self._places) <= _TWO or not self._either():
            return None
        if self.form.asked is Asked.BOOLEAN and len(self._places) == _TWO + 1 and not self._office_among():
            return wanted[0]  # "did Kiel become a partner of Coventry earlier than Dresden did?"
        rest = [name for name in self._places if name is not wanted[0]]
        rows = all(other.span - one.span == _TWO for one, other in pairwise(rest))  # "A, B or C"
        return wanted[0] if rows else None

    def _is_asked_of_asker(self) -> bool:
        """Whether whoever asks is one of two between which is chosen, so that it is no partner of its own."""
        asker = self.asker.id if self.asker is not None else None
        return len(self._places) == _TWO and any(n.where.places[0].id == asker for n in self._places)

    def _is_it_either(self) -> bool:
        """Whether two are named first, of which the third has one: "is it Nantes or Nancy that Karlsruhe chose?"."""
        if len(self._places) != _TWO + 1 or self.sentence.chinese:
            return False
        one, other, last = self._places
        that = last.span > 0 and self.sentence.plainly(last.span - 1) in ("that", "which", "whom")
        return (
            that
            and last.span - other.span == _TWO
            and self._is_choice(one, other)
            and self._joined(one, other)
        )

    def _chooses(self) -> bool:
        """Whether a choice of two stands apart, at the end: "with whom did Stuttgart twin first, Cardiff or Lodz?"."""
        if len(self._places) != _TWO + 1 or self.sentence.chinese:
            return False
        first, one, other = self._places
        apart = self.sentence.spans[one.span - 1].mark and one.span - first.span > _TWO
        return apart and self._is_choice(one, other) and not self._joined(first, one)

    def _met_by_two(self) -> bool:
        """Whether a sentence begins with a place and tells of two in a row: "Haifa is with Kiel and Ulm"."""
        first, one, other = self._places
        row = other.span - one.span <= len("a 's and") and self._joined(one, other)
        verb = any(
            span.has(("small", "does")) or span.of("kind") or span.of("event")
            for span in self.sentence.spans[first.span : one.span]
        )
        return row and verb and not self._joined(first, one)

    def _all_in_a_row(self) -> bool:
        return all(other.span - one.span == _TWO for one, other in pairwise(self._places))

    def _joined(self, one: Name, other: Name) -> bool:
        """Whether nothing stands between two but an "and" or "or", and what makes a genitive."""
        between = self.sentence.spans[one.span + 1 : other.span]
        ands = [span for span in between if span.has(("small", "and"), ("logic", "or"))]
        return bool(ands) and all(span in ands or span.has(("small", "of")) for span in between)

    def _raced_for_in_chinese(self) -> Name | None:
        """The one of three places that stands beside no other: 德勒斯登和基爾誰先跟科芬特里結盟."""
        places = self._places
        if len(places) != _TWO + 1 or not self._either():
            return None
        between = [self.sentence.plainly(p.span + 1) for p in places[:-1]]
        if self._all_in_a_row() and between[0] in _WITH and self.sentence.written(places[1].span + 1) == "、":
            return places[0]  # 科芬特里跟德勒斯登、基爾哪個先締盟
        rows = [pair for pair in pairwise(places) if self._is_row(*pair)]
        rows = [pair for pair in rows if self._is_choice(*pair)] or rows
        rows = [pair for pair in pairwise(places) if self._with_each(*pair)] or rows
        return next(name for name in places if name not in rows[0]) if len(rows) == 1 else None

    def _with_each(self, one: Name, other: Name) -> bool:
        """Whether the one is said to be with, and the other, too: 里爾跟科隆還有跟艾福特."""
        between = self.sentence.spans[one.span + 1 : other.span]
        words = "".join(self.sentence.plainly(i) for i in range(one.span + 1, other.span))
        again = words.endswith(_WITH) and words.rstrip("".join(_WITH)) in _AND_AGAIN
        return bool(between) and again and "with" in self.sentence.small_before(one.span)

    def _is_choice(self, one: Name, other: Name) -> bool:
        return any(s.has(("logic", "or")) for s in self.sentence.spans[one.span + 1 : other.span])

    def _is_row(self, one: Name, other: Name) -> bool:
        """Whether nothing but an "and" or "or" stands between two places, or a 先 and a verb that says no more."""
        between = self.sentence.spans[one.span + 1 : other.span]
        either = self._is_choice(one, other)
        return all(
            span.has(("small", "and"), ("logic", "or"))
            or (span.mark and len(between) == 1)
            or (either and (is_passed(span) or span.has(("logic", "earlier"), ("event", "signed"))))
            for span in between
        )

    def _stands_apart(self, name: Name) -> bool:
        """Whether a place is named before a colon, and behind it who is asked of it: "Basseterre: who was first, …"."""
        behind = name.span + 1
        marks = self.sentence.spans[behind : behind + 1]
        return any(span.mark and self.sentence.tokens[span.start].text == ":" for span in marks)

    def _is_with(self, name: Name) -> bool:
        """Whether a place is said to be the other side: "with Brno", "twinned with Brno"."""
        before = self.sentence.spans[name.span - 1] if name.span else None
        ends = before is not None and self.sentence.tokens[before.end - 1].text == "with"
        two = self.sentence.spans[name.span - 2 : name.span] if name.span > 1 else []
        ends = ends or (len(two) > 1 and bool(two[0].of("kind")) and two[1].has(("small", "of")))
        among = before is not None and self.sentence.tokens[before.end - 1].text == "between"
        return ends or ("with" in self.sentence.small_before(name.span) and not among)

    def _pairs(self) -> tuple[tuple[Name, Name], tuple[Name, Name]] | None:
        """Two ties of two homes that are compared: "which is older, Taipei-Houston or Kaohsiung-Honolulu"."""
        places = self._places
        if len(places) != 4 or not (self._either() or self._weighs(places[1], places[2])):
            return None
        ties = (places[0], places[1]), (places[2], places[3])
        for one, other in ties:
            between = self.sentence.tokens[self._end(one) : self.sentence.spans[other.span].start + 1]
            dashed = "-" in between[-1].gap
            joined_by = {"and", "with"} & {token.text for token in between}
            if not (dashed or joined_by or (self.sentence.chinese and self._is_joined_alone(one, other))):
                return None
        same = ties[0][0].where == ties[1][0].where
        return None if same else ties

    def _is_joined_alone(self, one: Name, other: Name) -> bool:
        """Whether nothing but a 跟 stands between two: 不來梅跟大連，羅斯托克跟大連，哪個早."""
        return self._joined(one, other) and other.span == one.span + _TWO

    def _weighs(self, one: Name, other: Name) -> bool:
        """Whether it is asked if the tie before is older than that behind: "is Ulm-Brno older than Kiel-Graz?"."""
        between = self.sentence.spans[one.span : other.span]
        aged = any(span.has(*AGED) for span in between)
        return aged and self.form.asked is Asked.BOOLEAN and not self.sentence.chinese

    def _same_home(self) -> bool:
        """Whether two ties of one home are compared: "which came earlier, Hanover-Bristol or Hanover-Hiroshima"."""
        places = self._places
        return (
            len(places) == 4
            and places[0].where == places[2].where
            and (self._either() or self._weighs(places[1], places[2]))
        )

    def _end(self, name: Name) -> int:
        return self.sentence.spans[name.span].end

    def _of_three(self) -> bool:
        """Whether it is an agreement of three of which two are named, so that we are the third."""
        official = any(name.where.places[0].id in self.lexicon.offices for name in self._places)
        return self.sentence.take(("noun", "three")) and not official

    def _both_with(self) -> bool:
        """Whether two places that have no office are both partners of the asker's: "with Aomori and Hirakawa"."""
        places = self._places
        official = any(name.where.places[0].id in self.lexicon.offices for name in places)
        if self.asker is None or official or self.sentence.chinese or len(places) != _TWO:
            return False
        one, other = places
        between = self.sentence.spans[one.span + 1 : other.span]
        joins = len(between) == 1 and between[0].has(("small", "and"))
        start = self.sentence.spans[one.span].start
        return joins and start > 0 and self.sentence.tokens[start - 1].text == "with"

    def _homes_that_were_first(self) -> bool:
        """Whether it is asked which of several was first with somebody in a country: 慕尼黑、柏林誰最早跟法國締盟."""
        at, spans = self.form.asked_at, self.sentence.spans
        ordered = self.sentence.has(("order", "first"), ("order", "last"))
        listed = self.form.asked is Asked.PLACES and self.form.about is About.TIES and self.sentence.chinese
        if at is None or not (ordered and listed) or at < self._places[-1].span or not self._all_in_a_row():
            return False
        with_them = next((i for i in range(at, len(spans)) if spans[i].has(("small", "with"))), len(spans))
        behind = spans[with_them + 1 : with_them + 2]
        return any(span.has(("logic", "abroad")) or (span.mention and not span.is_place) for span in behind)

    def _both_homes(self) -> bool:
        """Whether the ties of each are asked for: "how many partners do Taipei and Tainan have"."""
        official = all(name.where.places[0].id in self.lexicon.offices for name in self._places)
        each = self.sentence.all(("per", "home"))  # 新店區和永和區各有哪些姊妹市
        official = official or (self.sentence.chinese and self._places[-1].span + 1 in each)
        official = official or self._of_one_country()
        listed = self.form.asked in (Asked.NUMBER, Asked.PLACES) and self.form.head in ("kind", "act")
        start = self.sentence.spans[self._places[0].span].start
        if start and self.sentence.tokens[start - 1].text == "between":
            return False  # "how many ties between Kaohsiung and Tainan"
        if official and listed:
            self.sentence.take(("meet", "together"))
        return official and listed and self.form.about is About.TIES

    def _of_one_country(self) -> bool:
        """Whether places of one country stand in a row, whose ties are hardly with each other: "Kiel, Ulm and Bonn"."""
        countries = {name.where.places[0].country for name in self._places}
        within = len(countries) == 1 and None not in countries
        with_them = "with" in self.sentence.small_before(self._places[0].span)
        return within and not with_them and all(self._in_row(*pair) for pair in pairwise(self._places))

    def _in_row(self, one: Name, other: Name) -> bool:
        """Whether nothing but an "and" or a comma stands between two: "Kiel, and Ulm"."""
        between = self.sentence.spans[one.span + 1 : other.span]
        return bool(between) and all(span.mark or span.has(("small", "and")) for span in between)
