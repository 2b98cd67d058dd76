"""Whose ties a question is about, and with whom: what the names of a sentence are shared out to."""

from dataclasses import dataclass

from bot.domain.places import Level
from bot.questions.conditions import Beside, Comparison, Where
from bot.questions.parts.sentence import Name, Sentence
from bot.questions.parts.spans import SILENT
from bot.questions.query import Per
from bot.questions.reading.naming import joined
from bot.questions.vocabulary.lexicon import Lexicon

ANYWHERE = Where()
OWN = Where(own=True)
ASSUMED = Where(own=True, assumed=True)


@dataclass
class Roles:
    """The parts of a query that say where."""

    home: Where
    partner: Where = ANYWHERE
    compare: Comparison | None = None
    per: Per | None = None
    at: Where | None = None
    """Where exchanges took place, be it with others than those of that place."""
    beside: Beside | None = None

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


def municipalities(lexicon: Lexicon) -> tuple[Level, ...]:
    """The level that "municipality" means: where the offices are of special municipalities, those for short."""
    ours = {each.place.level for i in lexicon.offices if (each := lexicon.known.get(i))}
    return (Level.SPECIAL_MUNICIPALITY,) if ours == {Level.SPECIAL_MUNICIPALITY} else ()


_HAVE = frozenset(
    ("have", "has", "had", "maintain", "maintains", "keep", "keeps", "possess", "possesses", "count", "counts", "list",
     "lists", "hold", "holds", "boast", "boasts", "entertain", "entertains", "can claim", "can point to", "有", "擁有",
     "拥有")
)  # fmt: skip
_HAVE_NOT = frozenset(("沒有", "没有", "尚無", "尚无", "無", "无", "lack", "lacks"))
_OF = ("的", "之")


def asks_with_whom(sentence: Sentence) -> bool:
    """Whether partners are asked for beside the day, in Chinese: 日本姊妹市是哪一座，哪一年締結的."""
    asked = sentence.all(("ask", "which"), ("ask", "who"), ("ask", "where"), ("ask", "whether"))
    when = [i for i in sentence.all(("ask", "when"), ("ask", "age")) if i not in asked]
    apart = bool(asked and when) and any(span.mark for span in sentence.spans[asked[0] : when[-1]])
    return sentence.chinese and apart


def asks_whose(sentence: Sentence) -> bool:
    """Whether homes are asked for by what they have: 哪些城市有日本姊妹市, 是誰的夥伴, "which city has a partner"."""
    asking = sentence.all(("ask", "which"), ("ask", "who"), ("ask", "count"))
    return any(_has_or_owns(sentence, at) for at in asking) or _that_have(sentence)


def ends_with_whose(sentence: Sentence) -> bool:
    """Whether it is asked at the end whose a tie is: 最早的一段締盟是哪個城市的."""
    said = [i for i, span in enumerate(sentence.spans) if not span.mark]
    if len(said) < len(("which", "city", "of")) or not sentence.chinese:
        return False
    which, city, of = said[-3:]
    asked = sentence.spans[which].has(("ask", "which")) and sentence.spans[city].has(("noun", "city"))
    whose = sentence.spans[of].has(("ask", "who")) or (asked and sentence.plainly(of) in _OF)
    return whose and any(sentence.spans[i].of("kind") for i in said[:-3])


def _has_or_owns(sentence: Sentence, at: int) -> bool:
    """Whether a word that asks for cities is followed by "have" or 的, and that by a word for ties."""
    spans = sentence.spans
    head = level_asked_for(sentence, at)
    behind = at + 1 if head is None else head
    cities = head is not None or (behind < len(spans) and spans[behind].has(("noun", "city")))
    level = level_in_chinese(sentence, at)
    if not cities and level is None and not spans[at].has(("ask", "who")):
        return False
    behind = behind + cities if level is None else level + 1
    if head is not None:
        behind = _behind_where(sentence, behind)
    if cities and _are_tied_with(sentence, behind):
        return True
    if behind < len(spans) and sentence.plainly(behind) in _OF:
        return _names_tie(sentence, behind + 1)
    with_it = False
    while behind < len(spans) and (
        behind in sentence.names
        or spans[behind].concepts == SILENT
        or (_LEADING if sentence.chinese else {*_LEADING, "of"}) & set(spans[behind].of("small"))
        or (behind - 1 in sentence.names and spans[behind].has(("noun", "city")) and sentence.chinese)
        or _of_that_kind_there(sentence, behind)
    ):
        with_it = with_it or "with" in spans[behind].of("small")
        behind += 1
    if behind < len(spans) and sentence.plainly(behind) in _HAVE | _HAVE_NOT:
        return _names_tie(sentence, behind + 1)
    of_those = sentence.chinese and behind - 1 in sentence.names and behind < len(spans)
    if of_those and sentence.plainly(behind) in _OF and "in" in sentence.small_before(behind - 1):
        return _names_tie(sentence, behind + 1)  # 哪個縣市在美國的姊妹市最多
    return with_it and sentence.chinese and _names_tie(sentence, behind)  # 哪些城市跟日本締盟


_LEADING = frozenset(("in", "with"))


def _of_that_kind_there(sentence: Sentence, index: int) -> bool:
    """Whether it is said in Chinese of which kind the places are in what is named: 跟美國的郡締結姊妹."""
    spans = sentence.spans
    if sentence.plainly(index) in _OF and index - 1 in sentence.names and index + 1 < len(spans):
        return sentence.chinese and bool(spans[index + 1].of("places")) and not spans[index + 1].of("kind")
    of_it = index - (2 if sentence.plainly(index - 1) in _OF else 1)
    kind = spans[index].of("places") and not spans[index].of("kind")
    return sentence.chinese and bool(kind) and of_it in sentence.names


def level_asked_for(sentence: Sentence, at: int | None) -> int | None:
    """Where the kind of places stands for which a word asks: "which *townships*", "how many Taiwanese *districts*"."""
    if at is None or sentence.chinese:
        return None
    for index in (at + 1, at + 2):
        if index < len(sentence.spans) and sentence.spans[index].of("places"):
            return None if sentence.spans[index].of("kind") else index
        if index not in sentence.names:
            return None
    return None


def level_in_chinese(sentence: Sentence, at: int | None) -> int | None:
    """Where the kind of places stands that is asked for in Chinese: 哪些鄉鎮跟日本締盟, 有日本姊妹市的鄉鎮有哪些."""
    if at is None or not sentence.chinese:
        return None
    before = at - 1
    while before > 0 and sentence.plainly(before) in _ARE:
        before -= 1
    for index in (at, at + 1, before):
        if 0 <= index < len(sentence.spans):
            span = sentence.spans[index]
            owned = index >= at or sentence.plainly(index - 1).startswith(_OF)
            if span.of("places") and not span.of("kind") and owned:
                return index
    return None


def are_of_whom(sentence: Sentence, index: int) -> bool:
    """Whether it is asked in Chinese with which of the places in what is named there is a tie: 跟日本哪些縣有簽約."""
    at = index - 1
    while at > 0 and (sentence.spans[at].of("ask") or sentence.plainly(at) == "的"):
        at -= 1
    asked = sentence.chinese and 0 <= at < index - 1 and at in sentence.names
    return asked and not sentence.names[at].is_place and "with" in sentence.small_before(at)


_ARE = ("是", "有", "為", "为")


def _behind_where(sentence: Sentence, behind: int) -> int:
    """What stands behind "of the Marshall Islands" that says where those places lie."""
    spans = sentence.spans
    within = behind < len(spans) and spans[behind].has(("logic", "among"), ("small", "of"), ("small", "in"))
    return behind + 2 if within and behind + 1 in sentence.names else behind


_BE = frozenset(("is", "are", "was", "were", "been", "be", "have", "has", "had"))


def _are_tied_with(sentence: Sentence, behind: int) -> bool:
    """Whether cities are asked for that are tied with some: "which cities are twinned with Polish ones?"."""
    verb = behind
    while verb < len(sentence.spans) and sentence.plainly(verb) in _BE:
        verb += 1
    if verb == behind or verb >= len(sentence.spans) or not sentence.spans[verb].has(("event", "signed")):
        return False
    end = sentence.spans[verb].end
    with_them = any(token.text in ("with", "to") for token in sentence.tokens[end - 1 : end + 1])
    return with_them and any(index > verb for index in sentence.names)


def _that_have(sentence: Sentence) -> bool:
    """Whether cities are asked for behind what they have: 有日本姊妹市的城市有哪些."""
    kinds = [i for i, _ in sentence.words("places") if not sentence.spans[i].has(("noun", "city"))]
    cities = [i for i in (*sentence.all(("noun", "city")), *kinds) if sentence.chinese]
    before = [_back(sentence, i) for i in cities]
    owners = [
        i
        for i in before
        if i > 0
        and sentence.plainly(i).startswith(_OF)
        and (sentence.spans[i - 1].of("kind") or _has_them_in(sentence, i - 1))
    ]
    return any(_first_has(sentence, i) for i in owners)


def _has_them_in(sentence: Sentence, name: int) -> bool:
    """Whether a name says where the ties are that somebody has: 有姊妹市在中國的城市."""
    located = name > 1 and name in sentence.names and "in" in sentence.spans[name - 1].of("small")
    return located and bool(sentence.spans[name - 2].of("kind"))


def _back(sentence: Sentence, index: int) -> int:
    """Where 的 stands before cities that are asked for, with nothing but 是哪些 between."""
    if sentence.plainly(index).startswith(_OF):  # 的城市
        return index
    at = index - 1
    while at > 0 and (
        sentence.spans[at].has(("ask", "which")) or sentence.plainly(at) in ("是", "有", "為", "为")
    ):
        at -= 1
    return at


def _first_has(sentence: Sentence, of: int) -> bool:
    """Whether what stands before 的 is a tie that somebody has: 有日本姊妹市, 在非洲有夥伴, not 紐澳有締盟的城市."""
    at = of - 1
    while at >= 0 and (
        sentence.spans[at].of("kind") or at in sentence.names or sentence.plainly(at) in (*_OF, "在", "於")
    ):
        at -= 1
    if at < 0 or sentence.plainly(at) not in _HAVE:
        return False
    located = at - 1 in sentence.names and "in" in sentence.small_before(at - 1)
    return located or any(at < i < of for i in sentence.names)  # 紐澳有締盟的城市 are those that lie there


def _names_tie(sentence: Sentence, start: int) -> bool:
    """Whether the next word that is neither a name nor a small one is for ties."""
    for index in range(start, len(sentence.spans)):
        if sentence.spans[index].of("kind") or _is_tie_with(sentence, index):
            return True
        signed = sentence.chinese and sentence.spans[index].has(("event", "signed"))  # 締結姊妹市
        passed = sentence.spans[index].has(
            ("logic", "abroad"), ("logic", "least"), ("logic", "not"), ("logic", "without")
        )
        passed = passed or index in sentence.names or sentence.spans[index].number is not None
        if sentence.means(index) and not (signed or passed):
            return False
    return False


def _is_tie_with(sentence: Sentence, index: int) -> bool:
    """Whether a tie is spoken of with whoever is named behind it: "a link with Peru", "something going with Peru"."""
    ends = sentence.spans[index].end
    words = [token.text for token in sentence.tokens[ends - 1 : ends + 1]]
    return sentence.spans[index].has(("noun", "tie")) and "with" in words


def of_places_there(sentence: Sentence, name: Name) -> bool:
    """Whether it is of places there that partners are asked for: "atolls that are sisters of places in Taiwan"."""
    at = sentence.before(name.span)
    if at is None or not sentence.spans[at].has(("noun", "city")) or sentence.chinese:
        return False
    kind = sentence.before(at)
    said = kind is not None and bool(sentence.spans[kind].of("kind"))
    located = "in" in sentence.small_before(name.span)
    return said and located and bool({"of", "with", "to"} & sentence.small_before(at))
