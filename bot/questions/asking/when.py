"""How a question asks for a date, an age, or how long ago something was."""

from collections.abc import Sequence

from bot.questions.parts.form import MEETING, Form, about_exchanges, expects_somebody, names_partners
from bot.questions.parts.sentence import Sentence
from bot.questions.parts.spans import OF_A_VISIT
from bot.questions.query import About, Asked, Unit
from bot.questions.text.normal import Token


def how_long(sentence: Sentence) -> Form | None:
    """An age, or the time since the last exchange."""
    if _ago_was_signed(sentence):
        return Form(Asked.DATE, About.TIES)
    if sentence.take(("ask", "since_last")):
        sentence.take(("logic", "not"), ("order", "last"), ("ask", "age"), ("ask", "when"))
        return Form(Asked.NUMBER, About.EXCHANGES, unit=Unit.DAYS_SINCE)
    if not sentence.has(("ask", "age")) or _in_years(sentence):
        return None
    if _how_long_quiet(sentence):
        return Form(Asked.NUMBER, About.EXCHANGES, unit=Unit.DAYS_SINCE)
    if _turns_how_old_when(sentence):
        sentence.take(("ask", "age"), ("ask", "when"))
        return Form(Asked.DATE, About.ANNIVERSARIES)
    if _when_and_how_old(sentence):
        sentence.take(("ask", "age"))
        return None
    if _whose_anniversary(sentence):
        sentence.take(("ask", "age"), ("ask", "which"), ("ask", "who"))
        return Form(Asked.RECORDS, About.ANNIVERSARIES, head="anniversary")
    if _of_which_anniversary(sentence):
        sentence.take(("ask", "age"), ("ask", "when"))
        return Form(Asked.DATE, About.ANNIVERSARIES)
    sentence.take(("ask", "age"), ("meet", "together"))
    if about_exchanges(sentence) and not names_partners(sentence):
        if not sentence.take(("logic", "not"), ("logic", "without")):
            return None
        return Form(Asked.NUMBER, About.EXCHANGES, unit=Unit.DAYS_SINCE)
    sentence.take(("anniversary", "anniversary"), ("ask", "count"), ("ask", "when"), ("ask", "list"))
    if sentence.chinese and sentence.any_of("order"):
        sentence.take(("ask", "which"), ("ask", "who"))  # 締盟最久的是哪座城市，幾年了
    if sentence.chinese or any(name.is_place for name in sentence.names.values()):
        sentence.take(("anniversary", "turning"))  # 已屆幾年, "how many years do A and B celebrate?"
    return Form(Asked.NUMBER, About.TIES, unit=Unit.YEARS)


def _how_long_quiet(sentence: Sentence) -> bool:
    """Whether it is asked how long a tie has been dormant, which its last exchange tells: 小岩城多久沒消息了."""
    quiet = sentence.free(("state", "dormant"), ("state", "stale"))
    if not quiet or sentence.has(("event", "signed")) or len(sentence.names) != 1:
        return False
    sentence.used.update(quiet)
    return sentence.take(("ask", "age"), ("noun", "tie")) or True


def _ago_was_signed(sentence: Sentence) -> bool:
    """Whether it is asked how long ago a tie began, which its day tells: "how long ago did they pair up?"."""
    ago = [i for i in sentence.free(("ask", "since_last")) if "ago" in sentence.plainly(i)]
    signed = (
        sentence.has(("event", "signed")) and not about_exchanges(sentence) and not sentence.any_of("order")
    )
    if not (ago and signed):
        return False
    sentence.used.update(ago)
    return sentence.take(("ask", "when"), ("ask", "age")) or True


def _when_and_how_old(sentence: Sentence) -> bool:
    """Whether the day is asked for and then the age, which a date tells: "when was it signed, and how old is it?"."""
    when, age = sentence.free(("ask", "when")), sentence.free(("ask", "age"))
    apart = [i for i in age if not sentence.spans[i].has(("ask", "when"))]
    if not sentence.chinese:
        return bool(when and apart) and when[0] < apart[0]
    clause = when and apart and any(sentence.spans[i].mark for i in range(apart[0], when[0]))
    return bool(clause) and not sentence.any_of("anniversary")  # 姊妹多久了，從哪年開始


def _turns_how_old_when(sentence: Sentence) -> bool:
    """Whether the day of an anniversary is asked for behind the number that it has: 明年是幾週年，哪一天."""
    if not sentence.chinese or sentence.any_of("event"):
        return False
    turned = [i for i in sentence.free(("ask", "age")) if "周年" in _plain(sentence, i)]
    day = [i for i in sentence.free(("ask", "when")) if {"天", "日"} & {*_plain(sentence, i)}]
    timed = any(span.time for span in sentence.spans) or sentence.has(("order", "next"))
    return bool(turned and day) and turned[0] < day[0] and timed


def _plain(sentence: Sentence, index: int) -> str:
    return "".join(token.text for token in _tokens(sentence, index))


def _whose_anniversary(sentence: Sentence) -> bool:
    """Whether it is asked whose anniversary is near, and of how many years: "which city, and how many years?"."""
    said = sentence.has(("anniversary", "anniversary")) and sentence.free(("ask", "which"), ("ask", "who"))
    dated = any(span.time for span in sentence.spans) or sentence.has(("order", "next"))
    return (
        bool(said) and dated and not sentence.chinese and not any(n.is_place for n in sentence.names.values())
    )


def _of_which_anniversary(sentence: Sentence) -> bool:
    """Whether 幾年 asks for the year of an anniversary that is named: 三十五週年是幾年."""
    numbered = any(
        i and sentence.spans[i - 1].number is not None for i in sentence.all(("anniversary", "anniversary"))
    )
    in_years = any(
        sentence.plainly(i) == "幾年" or sentence.plainly(i) == "几年" for i in sentence.all(("ask", "age"))
    )
    return numbered and in_years


def which_jubilee(sentence: Sentence) -> Form | None:
    """How old a tie is at a time, by the anniversary that it has then: "what round birthday did they have?"."""
    for index in sentence.free(("ask", "which")):
        behind = sentence.after(index)
        if behind is not None and sentence.spans[behind].has(("anniversary", "milestone")):
            behind = sentence.after(behind)
        if behind is None or not sentence.spans[behind].has(("anniversary", "anniversary")):
            continue
        singular = not sentence.plainly(behind).endswith("s")
        dated = any(span.time for span in sentence.spans) and not sentence.any_of("order")
        places = any(name.is_place for name in sentence.names.values())
        if singular and dated and places and not sentence.chinese:
            sentence.used.update((index, behind))
            sentence.take(("anniversary", "milestone"), ("anniversary", "turning"))
            return Form(Asked.NUMBER, About.TIES, unit=Unit.YEARS)
    return None


def on_which_day(sentence: Sentence) -> Form | None:
    """A date, by a word that asks for one."""
    asked = sentence.free(("ask", "when")) or _in_years(sentence) or _trailing_since(sentence)
    if not asked:
        return None
    if (
        _has_disputed_dates(sentence)
        or _lists_with_dates(sentence, asked)
        or _lists_exchanges_with_days(sentence, asked)
    ):
        sentence.used.update(asked)
        return None
    if sentence.chinese:
        sentence.take(("ask", "whether"))
    sentence.used.update(asked)
    sentence.used.update(i for i in sentence.free(("ask", "whether")) if _asks_no_more(sentence, i, asked))
    of_which = _asks_with_which(sentence)
    sentence.take(("ask", "which"), ("ask", "where"), ("ask", "list"))
    if sentence.any_of("order"):
        sentence.take(("ask", "who"))  # 第一個是誰、哪一年
    if sentence.has(*_ANNIVERSARY):
        if sentence.has(*OF_A_VISIT) and sentence.chinese:
            return None  # 五十週年那回抵達臺南: of the visit, not of the anniversary
        return Form(Asked.DATE, About.ANNIVERSARIES, asked_at=asked[0])
    moved = about_exchanges(sentence) or expects_somebody(sentence) or _was_there(sentence)
    exchanges = moved and not _signs(sentence)
    if not exchanges and sentence.chinese:
        sentence.take(("ask", "kind"))  # 日期與性質: of what kind it is is told
    elif sentence.chinese:
        sentence.take(("ask", "subject"), ("ask", "did"))  # 上次是什麼時候、談了什麼: its title is told
    about = About.EXCHANGES if exchanges else About.TIES
    return Form(Asked.DATE, about, asked_at=asked[0], of_which=of_which and not exchanges)


def _was_there(sentence: Sentence) -> bool:
    """Whether it is asked when somebody was somewhere: "when was Coventry's Lord Mayor in Dresden?"."""
    somebody = sentence.has(("level", "leader")) and not sentence.chinese
    tied = (
        names_partners(sentence) or sentence.any_of("event") or sentence.has(("noun", "tie"), ("noun", "act"))
    )
    return somebody and not tied and "was" in {sentence.plainly(i) for i in sentence.all(("small", "does"))}


def _asks_with_which(sentence: Sentence) -> bool:
    """Whether the partner is asked for beside the day, which the date of the tie tells, too: 跟哪個城市、何時簽的."""
    which = sentence.free(("ask", "which"), ("ask", "where"))
    named = sum(name.is_place for name in sentence.names.values()) + bool(sentence.all(("small", "own")))
    cities = any(
        sentence.spans[i].has(("ask", "where")) or _is_city(sentence, i + 1) or _is_city(sentence, i + 2)
        for i in which
    )
    if sentence.any_of("order") or named >= _PAIR:
        return False
    return cities if sentence.chinese else _asks_which_one(sentence)


def _asks_which_one(sentence: Sentence) -> bool:
    """Whether it is asked behind the day which one of a country it is: "since when, and which one?"."""
    when = sentence.all(("ask", "when"))
    which = [i for i in sentence.free(("ask", "which")) if when and i > when[0]]
    lands = any(name.where.countries for name in sentence.names.values())
    rest = range(which[-1] + 1, len(sentence.spans)) if which else ()
    ends = all(not sentence.means(i) or sentence.spans[i].has(("noun", "city")) for i in rest)
    return bool(which) and lands and ends


def _is_city(sentence: Sentence, index: int) -> bool:
    """Whether a city is spoken of there, with no more than a country before it: 哪個城市, 哪個日本城市."""
    if index >= len(sentence.spans) or not sentence.spans[index].has(("noun", "city")):
        return False
    return sentence.spans[index - 1].has(("ask", "which")) or index - 1 in sentence.names


_EXISTS = frozenset(("has there been", "have there been", "is there", "are there", "was there", "were there"))
_CHECKS = ("confirm", "verify", "check")
_ANNIVERSARY = (("anniversary", "anniversary"), ("anniversary", "milestone"), ("anniversary", "tens"))


def _asks_no_more(sentence: Sentence, index: int, asked: Sequence[int]) -> bool:
    """Whether a yes or no is not asked for beside a day: "since when has there been a tie", "please confirm when…"."""
    said = sentence.plainly(index)
    if index < min(asked) and sentence.spans[index].end < sentence.spans[min(asked)].start:
        return not sentence.chinese  # "I was told that they shook hands in the nineties; which year?"
    return (index - 1 in asked and said in _EXISTS) or (index + 1 in asked and said.endswith(_CHECKS))


def in_which_year(sentence: Sentence) -> Form | None:
    """A noun that asks for a date where it ends a few words or is of something: "Boston and Taipei: year?"."""
    for index in sentence.all(("noun", "year")):
        numbered = index and sentence.spans[index - 1].number is not None
        ends = all(span.mark or span.of("filler") for span in sentence.spans[index + 1 :])
        behind = sentence.spans[index + 1 : index + 2]
        of_it = any(span.has(("small", "of"), ("logic", "among")) for span in behind)
        begins = all(not sentence.means(i) for i in range(index)) and any(span.mention for span in behind)
        if not numbered and (ends or of_it or begins or _of_what_was_done(sentence, index)):
            sentence.take(("ask", "which"), ("ask", "list"))
            claimed = [i for i in sentence.free(("ask", "whether")) if _asks_no_more(sentence, i, [index])]
            sentence.used.update(claimed)  # "didn't we sign in the eighties? Give me the year"
            about = About.ANNIVERSARIES if sentence.has(("anniversary", "anniversary")) else About.TIES
            return Form(Asked.DATE, about, asked_at=index)
    return None


_OF_WHICH = frozenset(("that", "when", "in which", "on which", "in", "the", "a", "city of"))


def _of_what_was_done(sentence: Sentence, index: int) -> bool:
    """Whether a clause behind the noun says of which deed the day is: "year we signed", "day Houston joined"."""
    behind = index + 1
    while behind < len(sentence.spans) and (
        behind in sentence.names
        or sentence.spans[behind].of("small")
        or sentence.spans[behind].of("pointing")
        or sentence.plainly(behind) in _OF_WHICH
    ):
        behind += 1
    told = behind > index + 1 and behind < len(sentence.spans)
    return told and sentence.spans[behind].has(("event", "signed"))


def _has_disputed_dates(sentence: Sentence) -> bool:
    """Whether ties are asked for by their dates: "which of our ties have disputed dates?"."""
    listed = sentence.has(("ask", "which"), ("ask", "list"), ("ask", "count"))
    places = sum(name.is_place for name in sentence.names.values())
    disputed = sentence.has(("noun", "disputed")) and not sentence.chinese
    return disputed and listed and names_partners(sentence) and places < _PAIR


def _lists_with_dates(sentence: Sentence, asked: list[int]) -> bool:
    """Whether days are wanted beside each of a list, which tells them anyhow: 列出所有姊妹市及締盟日期."""
    listed = sentence.free(("ask", "list"))
    places = sum(name.is_place for name in sentence.names.values())
    places += sentence.chinese and sentence.has(("small", "own"))  # 查本市與熊本市友好城市協定簽署日
    if not listed or (places and _of_us(sentence, listed[0], asked[0])):
        return False
    if any(
        sentence.plainly(i).endswith("with") and i + 1 in sentence.names
        for i in range(asked[0], len(sentence.spans))
    ):
        return False  # "give me the day of the agreement with Busan"
    return listed[0] < asked[0] and bool(sentence.any_of("kind")) and places < _PAIR


def _of_us(sentence: Sentence, listed: int, asked: int) -> bool:
    """Whether the day alone is to be given, of what we did: "give me the date we became sisters with Houston"."""
    ours = "we" in sentence.plainly(asked).split() or sentence.has(("small", "own"))
    return ours and not any(map(sentence.means, range(listed + 1, asked)))


def _lists_exchanges_with_days(sentence: Sentence, asked: list[int]) -> bool:
    """Whether some of several are asked for who met, and then when: 有哪些縣知事來過，時間分別是."""
    which = [i for i in sentence.free(("ask", "which")) if _asks_for_several(sentence, i)]
    signs = sentence.any_of("event") or names_partners(sentence)
    if _asks_with_whom(sentence, asked):
        return not signs and about_exchanges(sentence)
    return bool(which) and which[0] < asked[0] and about_exchanges(sentence) and not signs


def _asks_with_whom(sentence: Sentence, asked: list[int]) -> bool:
    """Whether behind the day the city is asked for, in a part of its own: 是哪一天，對象是哪個城市."""
    for index in sentence.free(("ask", "which"), ("ask", "who")):
        behind = index + 1
        city = behind < len(sentence.spans) and sentence.spans[behind].has(("noun", "city"))
        apart = any(sentence.spans[i].mark for i in range(asked[0], index))
        if apart and (city or sentence.spans[index].has(("ask", "who"))):
            return True
    return False


def _asks_for_several(sentence: Sentence, index: int) -> bool:
    """Whether 哪些 is asked for, or 什麼活動 in a sentence of its own."""
    behind = index + 1
    activity = behind < len(sentence.spans) and sentence.spans[behind].has(("noun", "exchange"))
    return "些" in sentence.plainly(index) or (
        activity and any(span.mark for span in sentence.spans[behind:]) and sentence.chinese
    )


_PAIR = 2


def _in_years(sentence: Sentence) -> list[int]:
    """Where 幾年 asks in which year something was done, standing right before the word for it: 是幾年成為姊妹市的."""
    return [
        index
        for index in sentence.all(("ask", "age"))
        if "".join(token.text for token in _tokens(sentence, index)) == "几年"
        and _is_signed_next(sentence, index)
        and not any("event" in {section for section, _ in sentence.spans[i].concepts} for i in range(index))
    ]


def _is_signed_next(sentence: Sentence, index: int) -> bool:
    """Whether a word for signing comes next, but for the names of who signed."""
    behind = sentence.after(index)
    while behind is not None and sentence.spans[behind].mention is not None:
        behind = sentence.after(behind)
    return behind is not None and sentence.spans[behind].has(("event", "signed"))


def _tokens(sentence: Sentence, index: int) -> Sequence[Token]:
    span = sentence.spans[index]
    return sentence.tokens[span.start : span.end]


def _trailing_since(sentence: Sentence) -> list[int]:
    """Where a question of a few words ends with "since", which is no "was here in 2024, any visit since?"."""
    spans = sentence.spans
    if sentence.has(("noun", "exchange")) or sentence.any_of("meet") or sentence.any_of("kinds"):
        return []
    last = next((i for i in range(len(spans) - 1, 0, -1) if not (spans[i].mark or spans[i].of("filler"))), 0)
    return [last] if last and "since" in sentence.spans[last].of("time") else []


def _signs(sentence: Sentence) -> bool:
    """Whether it is asked of an agreement, though words for exchanges are in the sentence: 交流促進協定."""
    if sentence.has(("kinds", "signing"), ("mode", "virtual"), ("items", "council")):
        return False  # 透過視訊簽成姊妹市
    signed = sentence.any_of("event") and names_partners(sentence)
    visits = any(key in MEETING for _, key in sentence.words("meet"))
    return bool(signed) and not visits
