"""The names of one sentence that names a single place: whose ties are asked for, and of whom."""

from bot.domain.regions import territories_of
from bot.questions.conditions import PlaceRef, Where
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.query import About, Asked, Per, Told, Unit
from bot.questions.reading.naming import joined, lies_within
from bot.questions.sharing.sets import SharingSets
from bot.questions.sharing.whose import ASSUMED, Roles, asks_with_whom

_TWO = 2
HAVE = frozenset(("do", "does", "has", "have", "有"))
_HAVE_ANY = frozenset(
    ("have any", "有沒有", "有無", "是否有", "可有", "有否", "只有", "僅有", "共有", "總共有", "一共有")
)


def _only_asks(sentence: Sentence, index: int) -> bool:
    """Whether a word between a place and what it has only asks: 是不是, 是否, 真的."""
    span = sentence.spans[index]
    asks = span.of("ask") == ("whether",) and sentence.plainly(index) not in _HAVE_ANY
    return sentence.chinese and (asks or (bool(span.of("filler")) and not span.of("small")))


class SharingOne(SharingSets):
    """The names of one sentence in which one is a place."""

    def _of_one(self, name: Name) -> Roles:
        """With one place: it is the home where its ties are listed, else the partner of whoever asks."""
        if self._is_home(name):
            if self._dates_own_part(name):
                self.form.asked = Asked.PLACES  # each of its ties is told with its day
            return self._own_ties(name)
        if self.form.about is About.TIES and not self.form.of_pairs:
            return (
                Roles(ASSUMED, self._partner([name])) if self._asks_for_acts(name) else self._own_ties(name)
            )
        place, sets = name.where.places[0], self._sets
        at_home = bool(sets) and all(map(self._is_home_country, sets))
        ranked = self.sentence.has(("order", "most"), ("order", "fewest"))
        if at_home and self.form.about is About.EXCHANGES and not (ranked or self._lies_there(place)):
            return self._own_ties(name)  # 布拉格跟臺灣哪些城市有來往
        if group := next((each for each in sets if each.where.groups), None):
            return Roles(group.where, name.where, per=Per.HOME if self._asked_set() is not None else None)
        if at_home and self._dates_in_chinese():
            return Roles(joined([each.where for each in sets]), name.where)  # 哥倫布跟臺灣是哪年結盟的
        return self._beside_sets(name)

    def _own_ties(self, name: Name) -> Roles:
        """The place's ties, with what lies in the sets that are named."""
        return Roles(name.where, joined([each.where for each in self._sets]))

    def _is_home(self, name: Name) -> bool:
        """Whether the place's own ties are asked for, whatever else is named."""
        form, place = self.form, name.where.places[0]
        with_it = "with" in self.sentence.small_before(name.span)
        if self.asker is not None and place.id == self.asker.id:
            return True
        if place.id in self.lexicon.offices and (not with_it or self._met_whom()):
            return True
        ranked = self.sentence.has(("order", "most"), ("order", "fewest")) and not with_it
        its_own = form.asked is Asked.DATE and form.about is About.TIES and (self._own_order(name) or ranked)
        anniversaries = form.about is About.ANNIVERSARIES and not form.of_pairs and self.asker is None
        return bool(
            (form.of_which and self._sets)
            or self._asks_for_giver()
            or self._has_any(name)
            or its_own
            or self._asks_who_turns(place)
            or self._met_abroad(place)
            or (self._is_told_of_ours(place) and not with_it)
            or (self._is_own_part(place) and not with_it)
            or (anniversaries and not with_it)  # "which anniversaries can Leipzig celebrate"
        )

    def _met_abroad(self, place: PlaceRef) -> bool:
        """Whether it is asked what one of our country has with others abroad: 花蓮市跟外國交流過嗎."""
        ours = place.country in self.lexicon.home_countries
        return ours and self.form.about is About.EXCHANGES and self.sentence.has(("logic", "abroad"))

    def _is_told_of_ours(self, place: PlaceRef) -> bool:
        """Whether all that is on record of one of our country is asked for, where nobody asks: 嘉義市."""
        told = self.form.told is Told.OVERVIEW and self.form.about is About.TIES
        return told and self.asker is None and place.country in self.lexicon.home_countries

    def _is_own_part(self, place: PlaceRef) -> bool:
        """Whether a place belongs to the one that asks, which has no tie with it: 安南區什麼時候簽的."""
        known = self.lexicon.known.get(place.id or 0)
        return self.asker is not None and known is not None and known.place.parent_id == self.asker.id

    def _dates_own_part(self, name: Name) -> bool:
        """Whether the day of a tie of such a place is asked for, and not with whom it is."""
        dated = self.form.asked is Asked.DATE and self.form.about is About.TIES and self.form.told is None
        ordered = self.sentence.any_of("order")
        return dated and not ordered and not self._sets and self._is_own_part(name.where.places[0])

    def _met_whom(self) -> bool:
        """Whether those are asked for that met a place, or turn so many years with it: 與臺南交流過的城市."""
        met = self.form.about in (About.EXCHANGES, About.ANNIVERSARIES)
        return met and self.form.asked is Asked.PLACES

    def _asks_for_acts(self, name: Name) -> bool:
        """Whether what the asker has signed with a place is asked for: "which agreements with Osaka"."""
        acts = self.form.told is None and self.form.head == "act" and self.asker is not None
        return acts and "with" in self.sentence.small_before(name.span)

    def _dates_in_chinese(self) -> bool:
        dates = self.form.asked is Asked.DATE or self.form.unit is Unit.YEARS
        return dates and self.form.about is About.TIES and self.sentence.chinese and self.asker is None

    def _beside_sets(self, name: Name) -> Roles:
        """Where sets are named beside the place, and only what is asked tells whose ties are meant."""
        form, chinese = self.form, self.sentence.chinese
        with_it = "with" in self.sentence.small_before(name.span)
        if not self._sets and self.asker is None and (form.of_which or self._dates_whom()) and not with_it:
            return self._own_ties(name)  # 澎湖縣的姊妹市是哪裡，哪一年簽的
        if not self._sets or self._lies_there(name.where.places[0]):
            return Roles(ASSUMED, self._partner([name]))
        asked = form.asked is Asked.BOOLEAN or (form.asked is Asked.DATE and chinese)
        if asked and form.about is About.TIES:
            return self._own_ties(name)
        if self._with_home_country():
            return Roles(self._sets[0].where, name.where)
        if (self._dates_whom() or self._dates_there()) and not with_it:
            return self._own_ties(name)
        return Roles(ASSUMED, self._partner([name]))

    def _with_home_country(self) -> bool:
        """Whether the day is asked of a tie with somebody in the offices' country: "since when has Juneau been twinned
        with Taiwan?".
        """
        ours = len(self._sets) == 1 and self._is_home_country(self._sets[0])
        dated = self.form.about is About.TIES and self.form.of_pairs and self.form.asked is not Asked.BOOLEAN
        return ours and dated and not self.sentence.chinese

    def _dates_whom(self) -> bool:
        """Whether it is asked with whom, or whether at all, before it is asked when: 跟澳洲哪個城市締盟？何時簽的."""
        dated = self.form.asked is Asked.DATE and self.form.about is About.TIES
        return dated and asks_with_whom(self.sentence)

    def _dates_there(self) -> bool:
        """Whether the day of a tie in a country abroad is asked: "since when has Ulm a partner in Hungary?"."""
        dated = self.form.asked is Asked.DATE and self.form.about is About.TIES and self.form.told is None
        tied = self.sentence.any_of("kind") or self.sentence.any_of("event")
        return bool(dated and tied) and not any(map(self._is_home_country, self._sets))

    def _asks_who_turns(self, place: PlaceRef) -> bool:
        """Whether it is asked whose anniversary with a place comes, which can be only its own."""
        known = self.asker is None or place.id in self.lexicon.offices
        return known and self.form.asked is Asked.PLACES and self.form.about is About.ANNIVERSARIES

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
        while behind < len(sentence.spans) and _only_asks(sentence, behind):
            behind += 1  # 慕尼黑是不是只有七個姊妹市
        has = behind < len(sentence.spans) and sentence.plainly(behind) in HAVE | _HAVE_ANY
        return has and not sentence.any_of("event")

    def _own_order(self, name: Name) -> bool:
        """Whether the first or last tie of the place itself is meant: "when did Berlin sign its first partnership?"."""
        ordered = self.sentence.has(("order", "first"), ("order", "last"))
        its = any(token.text in ("its", "their") for token in self.sentence.tokens)
        its = its or self._whose_first(name)
        return ordered and its and "with" not in self.sentence.small_before(name.span)

    def _asks_for_giver(self) -> bool:
        """Whether it is asked in Chinese who gave something to a place, or got it: 布拉格的穿山甲是誰送的."""
        sentence = self.sentence
        gave = self.form.about is About.EXCHANGES and sentence.has(("kinds", "aid"))
        own = sentence.has(("small", "own"))
        return sentence.chinese and gave and not own and self.form.asked is Asked.PLACES

    def _whose_first(self, name: Name) -> bool:
        """Whether the first or last stands right behind a place in Chinese: 新竹市最早的姊妹市是哪個，何時簽的."""
        spans, behind = self.sentence.spans, name.span + 1
        if behind < len(spans) and self.sentence.plainly(behind) in ("的", "之"):
            behind += 1
        ordered = behind < len(spans) and spans[behind].has(("order", "first"), ("order", "last"))
        kind = any(span.of("kind") and not span.of("event") for span in spans[behind + 1 : behind + 4])
        return self.sentence.chinese and ordered and kind

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

    def _partner(self, places: list[Name]) -> Where:
        """The partners: the places, or what lies in the sets; a place with the country that it lies in is the place."""
        wheres = [name.where for name in places]
        for each in self._sets:
            if places and not self._listed(each, places):
                within = all(
                    lies_within(place, each.where, self.lexicon) for w in wheres for place in w.places
                )
                if self._acted_on(each) or not (within or self._holds_home(each, places)):
                    self.sentence.used.discard(each.span)  # two conditions on one place: asked back
                continue
            wheres.append(each.where)
        return joined(wheres)

    def _holds_home(self, name: Name, partners: list[Name]) -> bool:
        """Whether a country says where the home lies behind which it stands: "when did Radom in Poland sign with A"."""
        home = next((each for each in self._places if each.span == name.span - _TWO), None)
        if home is None or home in partners or not self.form.of_pairs:
            return False
        return lies_within(home.where.places[0], name.where, self.lexicon)

    def _acted_on(self, name: Name) -> bool:
        """Whether a country is what a place did something with, not where it lies: "Cebu joined the Philippines"."""
        before = self.sentence.before(name.span)
        bare = not self.sentence.small_before(name.span)
        return before is not None and bare and bool(self.sentence.spans[before].of("event"))
