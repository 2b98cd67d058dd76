"""The names of one sentence, shared out between home and partner.

Who asks is the home where a question names one place that it has a tie with; where it lists the ties of a place, that
place is.
"""

from dataclasses import dataclass
from itertools import pairwise

from bot.domain.places import Place
from bot.domain.regions import territories_of
from bot.questions.conditions import Comparing, Comparison, PlaceRef, Where
from bot.questions.excluding import passed_over
from bot.questions.form import Form
from bot.questions.lexicon import Lexicon
from bot.questions.naming import joined, lies_within
from bot.questions.query import About, Asked, Per, Unit
from bot.questions.sentence import Name, Sentence

_ANYWHERE = Where()
OWN = Where(own=True)
_ASSUMED = Where(own=True, assumed=True)
_TWO = 2
_HAVE = frozenset(("do", "does", "has", "have", "有"))
_HAVE_ANY = frozenset(("have any", "有沒有", "有無", "是否有", "可有", "有否"))


@dataclass
class Roles:
    """The parts of a query that say where."""

    home: Where
    partner: Where = _ANYWHERE
    compare: Comparison | None = None
    per: Per | None = None
    at: Where | None = None
    """Where exchanges took place, be it with others than those of that place."""

    def positions(self, sentence: Sentence) -> tuple[set[int], set[int]]:
        """Where the sentence names the home, and where the partner; "we" is the home."""
        home = {i for i, name in sentence.names.items() if _within(name.where, self.home)}
        home |= {i for i, span in enumerate(sentence.spans) if "own" in span.of("small")}
        partner = {i for i, name in sentence.names.items() if _within(name.where, self.partner)}
        return home, partner


def _within(part: Where, whole: Where) -> bool:
    if part.places:
        return bool(set(part.places) & set(whole.places))
    return joined([whole, part]) == joined([whole])


@dataclass
class Sharing:
    """The names of one sentence, shared out between home and partner."""

    sentence: Sentence
    form: Form
    lexicon: Lexicon
    asker: Place | None
    names: list[Name]

    def share(self, *, own: bool) -> Roles:
        """Which names are the home's and which the partner's; `own` where the sentence says "we"."""
        places, sets = self._places, self._sets
        if own:
            return self._of_own()
        if not places:
            return self._of_sets()
        if len(places) == 1:
            return self._of_one(places[0])
        if pairs := self._pairs():
            (one, its), (other, others) = pairs
            comparison = Comparison(Comparing.AGES, (other.where,))
            return Roles(one.where, joined([its.where, others.where]), comparison, Per.HOME)
        if self._either() or self._of_three():
            return Roles(_ASSUMED, joined([name.where for name in places]))
        if self._both_homes():
            return Roles(
                joined([name.where for name in places]), joined([n.where for n in sets]), per=Per.HOME
            )
        first = self._home_of(places)
        return Roles(first.where, self._partner([name for name in places if name is not first]))

    @property
    def _places(self) -> list[Name]:
        return [name for name in self.names if name.is_place]

    @property
    def _sets(self) -> list[Name]:
        return [name for name in self.names if not name.is_place]

    def _partner(self, places: list[Name]) -> Where:
        """The partners: the places, or what lies in the sets; a place with the country that it lies in is the place."""
        wheres = [name.where for name in places]
        for each in self._sets:
            if places and not self._listed(each, places):
                if self._acted_on(each) or not all(
                    lies_within(place, each.where, self.lexicon) for w in wheres for place in w.places
                ):
                    self.sentence.used.discard(each.span)  # two conditions on one place: asked back
                continue
            wheres.append(each.where)
        return joined(wheres)

    def _acted_on(self, name: Name) -> bool:
        """Whether a country is what a place did something with, not where it lies: "Cebu joined the Philippines"."""
        before = self.sentence.before(name.span)
        bare = not self.sentence.small_before(name.span)
        return before is not None and bare and bool(self.sentence.spans[before].of("event"))

    def _listed(self, name: Name, places: list[Name]) -> bool:
        """Whether a country stands in a row with a place: "with Seattle and Japan"."""
        return any(
            abs(name.span - place.span) == 2
            and self.sentence.spans[min(name.span, place.span) + 1].has(("small", "and"), ("logic", "or"))
            for place in places
        )

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
        return Roles(OWN, self._partner(self._places))

    def _owns(self, name: Name) -> bool:
        """Whether something is said to be the place's: "partners of Tainan", 臺南的夥伴."""
        before, behind = self.sentence.small_before(name.span), self.sentence.small_after(name.span)
        return ("of" in before and "with" not in before) or "of" in behind

    # Sets

    def _of_sets(self) -> Roles:
        """Without a single place: the ties of the office with what is named, or of one set with the other."""
        self.names = [name for name in self.names if not self._tells_where_group_lies(name)]
        sets, where = self._sets, joined([name.where for name in self._sets])
        asked = self._asked_set()
        if asked is not None and (len(sets) > 1 or asked.where.groups or self._of_all_homes()):
            if self.form.asked is Asked.NUMBER and (self.form.asked_at or 0) < asked.span:
                self.form.unit = Unit.HOMES  # "how many of the six have a partner in Poland"
            return Roles(asked.where, self._rest(asked), per=Per.HOME)
        each = self._each_of()
        if each is not None:
            return Roles(each.where, self._rest(each), per=Per.HOME)
        at_home = self._home_country()
        if at_home is not None:  # 德國跟以色列有幾對姊妹市, asked from a German city
            return Roles(at_home.where, self._rest(at_home))
        group = next((name for name in sets if name.where.groups), None)
        if group is not None:
            return Roles(group.where, self._rest(group), per=Per.HOME if self.form.per is Per.HOME else None)
        ours = self._all_ours()
        if self._of_all_homes():
            return Roles(where if ours else _ANYWHERE, _ANYWHERE if ours else where, per=Per.HOME)
        if ours and self.asker is None and self.form.about is About.TIES and self.sentence.chinese:
            return Roles(where)
        if len(sets) > 1 and self.form.head != "exchange" and not self._row(sets):
            return Roles(sets[0].where, self._rest(sets[0]))
        return Roles(_ASSUMED, where)

    def _tells_where_group_lies(self, name: Name) -> bool:
        """Whether it is the country of the offices that stands before a group of them: 臺灣六都."""
        ours = bool(name.where.countries) and {*name.where.countries} == self.lexicon.home_countries
        group = any(other.where.groups and other.span == name.span + 1 for other in self._sets)
        return ours and group

    def _all_ours(self) -> bool:
        """Whether all that is named is the country of the offices, so that its cities are the homes: 全德國."""
        if len(self._sets) != 1 or "in" in self.sentence.small_before(self._sets[0].span):
            return False
        countries = self._sets[0].where.countries
        return bool(countries) and {*countries} == self.lexicon.home_countries

    def _each_of(self) -> Name | None:
        """The set whose cities are told apart: "each German city", "top five cities in Germany"."""
        ranked = self.form.asked_at is None and self._of_all_homes()
        if self.form.per is not Per.HOME and not ranked:
            return None
        return next((name for name in self._sets if self._of_cities(name)), None)

    def _of_cities(self, name: Name) -> bool:
        """Whether a set is said to be of cities: "German cities", "cities in Germany"."""
        sentence, behind = self.sentence, name.span + 1
        if behind < len(sentence.spans) and sentence.spans[behind].has(("noun", "city")):
            return True
        before = sentence.before(name.span)
        located = "in" in sentence.small_before(name.span)
        return (
            located and before is not None and sentence.spans[before].has(("noun", "city"), ("per", "home"))
        )

    def _home_country(self) -> Name | None:
        """Of two countries side by side the one in which the office lies that asks, or all offices."""
        if len(self._sets) != _TWO or self.form.about is not About.TIES:
            return None
        home = {self.asker.country} if self.asker is not None else self.lexicon.home_countries
        located = any("in" in self.sentence.small_before(name.span) for name in self._sets)
        own = [n for n in self._sets if len(home) == 1 and {*n.where.countries} == home]
        return own[0] if len(own) == 1 and not located else None

    def _rest(self, name: Name) -> Where:
        return joined([each.where for each in self._sets if each is not name])

    def _row(self, sets: list[Name]) -> bool:
        """Whether sets stand in a row: "in Japan and Korea"."""
        return all(self._listed(one, [other]) for one, other in pairwise(sets))

    def _of_all_homes(self) -> bool:
        """Whether homes are asked for, of all that there are: "which city has the most partners"."""
        counted = self.sentence.has(
            ("order", "most"), ("order", "fewest"), ("logic", "over"), ("logic", "least")
        )
        places = self.form.asked is Asked.PLACES and self.form.head == "city"
        return places and counted and self.form.about is About.TIES

    def _asked_set(self) -> Name | None:
        """The set of which some are asked for: "which of the six", "which Korean cities", 六都哪些城市."""
        at, sentence = self.form.asked_at, self.sentence
        if at is None or self.form.asked not in (Asked.PLACES, Asked.NUMBER):
            return None
        for name in self._sets:
            if at < name.span and "with" in sentence.small_before(name.span):
                continue  # 哪些與波蘭城市締盟
            between = range(min(at, name.span) + 1, max(at, name.span))
            passed = [
                passed_over(sentence, i)
                or sentence.spans[i].has(("logic", "among"))
                or (sentence.spans[i].mark and bool(name.where.groups))
                for i in between
            ]
            located = [i for i in between if sentence.spans[i].has(("noun", "city"))]
            if (
                at < name.span
                and located
                and "in" in sentence.small_before(name.span)
                and sum(passed) == len(passed) - 1
            ):
                return name  # "which cities in Israel"
            among = name.span < at and sum(passed) == len(passed) - 1 and bool(located)
            if among and any(sentence.spans[i].has(("logic", "among")) for i in between):
                return name  # 德國的城市中哪些
            if not all(passed):
                continue
            city = name.span + 1 < len(sentence.spans) and sentence.spans[name.span + 1].has(("noun", "city"))
            if at < name.span and (name.where.groups or city):
                return name
            if name.span < at and (self.form.head in ("city", None) or name.where.groups):
                return name
        return None

    # One place and more

    def _of_one(self, name: Name) -> Roles:
        """With one place: it is the home where its ties are listed, else the partner of whoever asks."""
        form, place = self.form, name.where.places[0]
        with_it = "with" in self.sentence.small_before(name.span)
        is_own = self.asker is not None and place.id == self.asker.id
        if is_own or (place.id in self.lexicon.offices and not with_it):
            return Roles(name.where, joined([each.where for each in self._sets]))
        its_own = form.asked is Asked.DATE and form.about is About.TIES and self._own_order(name)
        if self._has_any(name) or its_own:
            return Roles(name.where, joined([each.where for each in self._sets]))
        if form.about is About.TIES and not form.of_pairs:
            if form.told is None and form.head == "act" and with_it and self.asker is not None:
                return Roles(_ASSUMED, self._partner([name]))
            return Roles(name.where, joined([each.where for each in self._sets]))
        groups = [each for each in self._sets if each.where.groups]
        if groups:
            per = Per.HOME if self._asked_set() is not None else None
            return Roles(groups[0].where, name.where, per=per)
        if (
            self._sets
            and form.asked is Asked.BOOLEAN
            and form.about is About.TIES
            and not self._lies_there(place)
        ):
            return Roles(name.where, joined([each.where for each in self._sets]))
        return Roles(_ASSUMED, self._partner([name]))

    def _has_any(self, name: Name) -> bool:
        """Whether it is asked whether a place has partners at all: 烏爾姆有姊妹市嗎, "does Ulm have a sister city"."""
        sentence = self.sentence
        if (
            self.form.asked is not Asked.BOOLEAN
            or self.form.about is not About.TIES
            or not sentence.any_of("kind")
        ):
            return False
        before, behind = sentence.small_before(name.span), name.span + 1
        if before & {"with", "and", "of", "in"} or behind >= len(sentence.spans):
            return False
        return sentence.plainly(behind) in _HAVE | _HAVE_ANY and not sentence.any_of("event")

    def _own_order(self, name: Name) -> bool:
        """Whether the first or last tie of the place itself is meant: "when did Berlin sign its first partnership?"."""
        ordered = self.sentence.has(("order", "first"), ("order", "last"))
        its = any(token.text in ("its", "their") for token in self.sentence.tokens)
        return ordered and its and "with" not in self.sentence.small_before(name.span)

    def _lies_there(self, place: PlaceRef) -> bool:
        """Whether a place lies in what is named, be it as a territory: Guam and the US."""
        territories = {
            code
            for each in self._sets
            for country in each.where.countries
            for code in territories_of(country)
        }
        return place.country in territories or any(
            lies_within(place, s.where, self.lexicon) for s in self._sets
        )

    def _home_of(self, places: list[Name]) -> Name:
        """Of several places the home: the asker's, else the first with an office, else the first."""
        ids = [name.where.places[0].id for name in places]
        if self.asker is not None and self.asker.id in ids:
            return places[ids.index(self.asker.id)]
        return next((name for name in places if name.where.places[0].id in self.lexicon.offices), places[0])

    def _either(self) -> bool:
        """Whether the question leaves a choice between places: "which is older, Seattle or Portland?"."""
        places = self._places
        between = range(places[0].span + 1, places[1].span)
        chosen = any(self.sentence.spans[i].has(("logic", "or")) for i in between)
        if self.form.asked is not Asked.BOOLEAN and chosen:
            return True
        aged = self.sentence.has(
            ("logic", "earlier"), ("logic", "later"), ("anniversary", "older"), ("anniversary", "younger")
        )
        than = self.sentence.has(("logic", "than"))
        return aged and (self.form.asked is Asked.PLACES or (than and self.form.asked is Asked.BOOLEAN))

    def _pairs(self) -> tuple[tuple[Name, Name], tuple[Name, Name]] | None:
        """Two ties of two homes that are compared: "which is older, Taipei-Houston or Kaohsiung-Honolulu"."""
        places = self._places
        if len(places) != 4 or not self._either():
            return None
        ties = (places[0], places[1]), (places[2], places[3])
        for one, other in ties:
            between = self.sentence.tokens[self._end(one) : self.sentence.spans[other.span].start + 1]
            dashed = "-" in between[-1].gap
            if not dashed and not {"and", "with"} & {token.text for token in between}:
                return None
        same = ties[0][0].where == ties[1][0].where
        return None if same else ties

    def _end(self, name: Name) -> int:
        return self.sentence.spans[name.span].end

    def _of_three(self) -> bool:
        """Whether it is an agreement of three of which two are named, so that we are the third."""
        official = any(name.where.places[0].id in self.lexicon.offices for name in self._places)
        return self.sentence.take(("noun", "three")) and not official

    def _both_homes(self) -> bool:
        """Whether the ties of each are asked for: "how many partners do Taipei and Tainan have"."""
        official = all(name.where.places[0].id in self.lexicon.offices for name in self._places)
        listed = self.form.asked in (Asked.NUMBER, Asked.PLACES) and self.form.head == "kind"
        return official and listed and self.form.about is About.TIES
