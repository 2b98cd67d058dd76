"""Questions of more than one answer tells: two in one, a list over years, or what no registry knows of people."""

from bot.domain.exchanges import ExchangeKind
from bot.questions.conditions import Role
from bot.questions.parts.form import Form, head_of, names_partners
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Per, Query

_OTHER_ASKS = (("ask", "which"), ("ask", "who"), ("ask", "when"), ("ask", "where"))


def asks_twice(query: Query, sentence: Sentence) -> bool:
    """Whether a number is asked for and then something else, of which only one would be told.

    "How many partners have we, and which was the first?"; or when, and then by whom: 哪一年締盟，是誰簽的.
    """
    if _dates_twice(query, sentence) or _tells_last_beside(query, sentence):
        return True
    counted = sentence.all(("ask", "count"), ("ask", "times"))
    if counted and query.asked is not Asked.STATISTICS:
        ordered = any(i > counted[0] for i in sentence.any_of("order"))
        asks_on = any(i > counted[0] and i not in counted for i in sentence.all(*_OTHER_ASKS))
        if ordered and asks_on:
            return True
    signed_by = query.people is not None and query.people.role in (Role.SIGNATORY, Role.INITIATOR)
    return signed_by and query.asked is Asked.DATE


def _dates_twice(query: Query, sentence: Sentence) -> bool:
    """Whether the day of a signing is asked for and then that of a visit: 何時締結，知事哪年來訪."""
    asked = sentence.all(("ask", "when"))
    if query.asked is not Asked.DATE or len(asked) < _PAIR or not sentence.chinese:
        return False
    apart = next((i for i in range(asked[0], asked[-1]) if sentence.spans[i].mark), None)
    moved = sentence.all(("meet", "came"), ("meet", "went"), ("meet", "visit"), ("meet", "received"))
    signed = sentence.any_of("event")
    if apart is None or not moved or not signed:
        return False
    return all(i < apart for i in signed) is not all(i < apart for i in moved)


def _tells_last_beside(query: Query, sentence: Sentence) -> bool:
    """Whether the day of a signing is asked for and then the last exchange: "when did we sign, and what was last?"."""
    signed, met = sentence.any_of("event"), sentence.all(("noun", "exchange"))
    met += [i for section in ("meet", "kinds") for i in sentence.any_of(section) if i not in signed]
    dated = query.asked is Asked.DATE and sentence.has(("ask", "when"))
    if not dated or not signed or not met or query.exchanges.kinds & {ExchangeKind.SIGNING}:
        return False
    low, high = sorted((signed[0], met[-1])) if signed[0] < met[-1] else (met[0], signed[-1])
    joins = [i for i in range(low, high) if sentence.spans[i].mark or "and" in sentence.spans[i].of("small")]
    return any(_asks_anew(sentence, i + 1) for i in joins)


def _asks_anew(sentence: Sentence, index: int) -> bool:
    """Whether a part begins another question, or names the first or last of something."""
    behind = sentence.spans[index] if index < len(sentence.spans) else None
    if behind is None:
        return False
    what = sentence.plainly(index).split()[:1] == ["what"]
    return what or bool(behind.of("ask") or behind.of("order"))


_OF_AGE = frozenset(("youngest", "oldest", "最年輕", "最年轻", "最老", "最資深", "最資淺"))


def ranks_people(sentence: Sentence) -> bool:
    """Whether people are ranked by what no registry knows: "which partner has the youngest mayor"."""
    ranked = [i for i in sentence.any_of("order") if sentence.plainly(i) in _OF_AGE]
    behind = [sentence.after(i) for i in ranked]
    return any(i is not None and bool(sentence.spans[i].of("people")) for i in behind)


_KINDS_OF = frozenset("種种類类型")


def kind_that_leads(sentence: Sentence) -> Form | None:
    """The kind of exchange of which there were most: 哪一類交流最多, "what kind of exchange is most frequent"."""
    ranked = sentence.free(("order", "most"), ("order", "fewest"))
    asked = sentence.free(("ask", "kind")) or [
        i for i in sentence.free(("ask", "which")) if sentence.plainly(i)[-1] in _KINDS_OF
    ]
    said = sentence.has(("noun", "exchange"), ("meet", "talked"), ("meet", "visit"))
    if not ranked or not asked or not said or sentence.any_of("kinds") or names_partners(sentence):
        return None
    sentence.used.update(asked)
    return Form(Asked.RECORDS, About.EXCHANGES, per=Per.KIND, asked_at=asked[0], head="exchange")


def head_of_clause(sentence: Sentence, at: int) -> str | None:
    """What is to be listed where a clause in Chinese tells which: 列出近五年與我們有交流的城市."""
    if not sentence.chinese or sentence.spans[at].of("ask") != ("list",):
        return None
    said = [i for i in range(at + 1, len(sentence.spans)) if sentence.means(i)]
    if not said:
        return None
    last = said[-1]
    start = sentence.spans[last].start
    told = sentence.plainly(last).startswith("的") or sentence.tokens[start - 1].text == "的"
    head = head_of(sentence, last)
    return head if told and head in ("city", "kind", "country") else None


def names_a_pair(sentence: Sentence) -> bool:
    """Whether two places are named in Chinese, or one beside "we", and nothing else: 我們與尼姆的姊妹市關係."""
    places = sum(name.is_place for name in sentence.names.values())
    own = sentence.has(("small", "own"))
    narrowed = sentence.any_of("order") or sentence.any_of("event") or sentence.any_of("logic")
    alone = places == len(sentence.names) and not any(span.time or span.number for span in sentence.spans)
    return sentence.chinese and alone and places + own == _PAIR and not narrowed


_PAIR = 2


def lists_over_years(sentence: Sentence) -> bool:
    """Whether a list is wanted of what was done over the years, and no numbers of each: 歷年簽署的姊妹市名單."""
    said = sentence.all(("ask", "statistics"))
    counted = sentence.has(("ask", "count"), ("ask", "times"), ("noun", "people"))
    over = all(sentence.plainly(i).startswith(("歷年", "历年")) for i in said)
    listed = any(sentence.plainly(i) in _LISTS for i in sentence.all(("ask", "list")))
    return bool(said) and over and listed and not counted


_LISTS = frozenset(("名單", "清單", "名冊", "一覽", "一覽表", "列出", "名单", "清单", "名册", "一览", "列表"))


def names_a_thing(sentence: Sentence) -> bool:
    """Whether the name of what was given, or of somebody, is asked for, which is not on record: 穿山甲叫什麼名字."""
    named = any("名字" in sentence.plainly(i) for i in sentence.all(("ask", "which"), ("ask", "who")))
    return named and bool(sentence.any_of("items") or sentence.any_of("people") or sentence.any_of("level"))


def venue(sentence: Sentence) -> Form | None:
    """Where an agreement was signed, which only the title of a signing may say: 在哪個場館簽的."""
    asked = sentence.free(("ask", "venue"))
    if not asked:
        return None
    sentence.used.update(asked)
    sentence.take(("noun", "act"), ("noun", "tie"))
    return Form(Asked.RECORDS, About.EXCHANGES, asked_at=asked[0], head="exchange")


def subjects_of_all(sentence: Sentence) -> bool:
    """Whether it is asked in Chinese what several exchanges were about, and not the last: 談過哪些議題."""
    if not sentence.chinese or sentence.any_of("order") or any(span.time for span in sentence.spans):
        return False
    said = sentence.all(("ask", "subject"), ("ask", "which"), ("meet", "talked"), ("noun", "exchange"))
    written = "".join(sentence.plainly(i) for i in said)
    return "哪些" in written or "過" in written or "过" in written


def asks_what_was_replaced(query: Query, sentence: Sentence) -> bool:
    """Whether agreements are asked for that later ones replaced, which is no end that is told: 哪些協定已被取代."""
    replaced = any(word in sentence.text.lower() for word in ("取代", "superseded", "replaced by"))
    return replaced and query.about is About.TIES and not query.partner.places and not query.records


def compares_acts(query: Query, sentence: Sentence) -> bool:
    """Whether two acts of one tie are set against each other: 備忘錄比友好城市協定早簽嗎."""
    compared = sentence.has(("logic", "than")) and query.rank is not None
    return compared and query.asked is Asked.BOOLEAN and len(query.acts.kinds) > 1
