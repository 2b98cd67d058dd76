"""Dates, periods and times of day in running text of both languages."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import PartialDate
from bot.domain.periods import Period
from bot.questions.text.letters import plain_letters
from bot.questions.times.periods import Clock, NoSuchDate, TimeMention, Unsure, find_times
from bot.questions.times.points import _IN_WORDS, _SAYS_A_TIME
from tests.questions.bank import read_questions
from tests.questions.test_bank import BANK

FRIDAY = date(2026, 11, 20)
"""The writer's day in every table: Friday, 20 November 2026."""


def told(mention: TimeMention) -> str:
    """The value in a few characters: `2026-11`, `2020..2022`, `2020..`, `a|b`, `09:30`, `09:30-10:00`, `!`."""
    match mention.value:
        case Period(first, last, throughout):
            dots = "..." if throughout else ".."
            return f"{first or ''}{dots}{last or ''}"
        case Unsure(choices):
            return "|".join(str(each) for each in choices)
        case NoSuchDate():
            return "!"
        case Clock(at, until):
            return f"{at:%H:%M}" + (f"-{until:%H:%M}" if until else "")
        case PartialDate():
            return str(mention.value)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("planned before the end of the year", "before the end of the year", "2026-11-20..2026-12-31"),
        ("anything by year's end?", "by year's end", "2026-11-20..2026-12-31"),
        ("年底前有排定的交流嗎", "年底前", "2026-11-20..2026-12-31"),
        # Days by word
        ("call with Seattle yesterday", "yesterday", "2026-11-19"),
        ("met the day before yesterday in Taipei", "the day before yesterday", "2026-11-18"),
        ("this morning we met", "this morning", "2026-11-20"),
        ("yesterday afternoon, a call", "yesterday afternoon", "2026-11-19"),
        ("tomorrow we call", "tomorrow", "2026-11-21"),
        ("昨天和西雅圖視訊討論住宅", "昨天", "2026-11-19"),
        ("大前天開會", "大前天", "2026-11-17"),
        ("今早視訊", "今早", "2026-11-20"),
        ("昨晚與布拉格通話", "昨晚", "2026-11-19"),
        ("後天要和大邱開會", "後天", "2026-11-22"),
        ("於昨下午拜會", "於昨", "2026-11-19"),
        # Days by number
        ("Signed on 2026-11-03 in Prague", "on 2026-11-03", "2026-11-03"),
        ("on 3 March 2025 we", "on 3 march 2025", "2025-03-03"),
        ("On March 26, 2021, the mayors", "on march 26, 2021", "2021-03-26"),
        ("July 17, 2015", "july 17, 2015", "2015-07-17"),
        ("the 20th of May 2025", "20th of may 2025", "2025-05-20"),
        ("20 Nov 2026", "20 nov 2026", "2026-11-20"),
        ("2026年3月5日與關島簽約", "2026年3月5日", "2026-03-05"),
        ("民國80年10月18日締盟", "民國80年10月18日", "1991-10-18"),
        ("113年5月3日來訪", "113年5月3日", "2024-05-03"),
        ("111/11/30 視訊", "111/11/30", "2022-11-30"),
        ("二〇二六年三月五日", "二〇二六年三月五日", "2026-03-05"),
        ("10月20日率團訪問", "10月20日", "2026-10-20"),
        ("今年三月的參訪", "今年三月", "2026-03"),
        ("去年12月3日來訪", "去年12月3日", "2025-12-03"),
        ("於本(11)月3日抵台", "於本(11)月3日", "2026-11-03"),
        ("今(20)日上午", "今(20)日", "2026-11-20"),
        ("昨（19）日拜會", "昨（19）日", "2026-11-19"),
        ("上個月3日", "上個月3日", "2026-10-03"),
        # Ambiguous: the choices, the likelier one first
        ("met on 03/04/2026", "on 03/04/2026", "2026-04-03|2026-03-04"),
        ("call on 3/4", "on 3/4", "2026-04-03|2026-03-04"),
        ("21 Nov call with Seattle", "21 nov", "2026-11-21|2025-11-21"),
        ("昨(28)日拜會", "昨(28)日", "2026-10-28|2026-11-28"),
        ("市長18日接待訪團", "18日", "2026-11-18|2026-12-18"),
        ("於本(11)月26日抵台", "於本(11)月26日", "2026-11-26"),
        ("十七日接待", "十七日", "2026-11-17|2026-12-17"),
        ("on Friday we met", "on friday", "2026-11-20|2026-11-13|2026-11-27"),
        ("31 Feb 2025", "31 feb 2025", "!"),
        ("2月30日", "2月30日", "!"),
        # Weekdays
        ("met last Friday", "last friday", "2026-11-13"),
        ("last Monday", "last monday", "2026-11-16"),
        ("this Monday", "this monday", "2026-11-16"),
        ("on Tuesday", "on tuesday", "2026-11-17"),
        ("next Friday", "next friday", "2026-11-27"),
        ("Friday last week", "friday last week", "2026-11-13"),
        ("上週五與德勒斯登", "上週五", "2026-11-13"),
        ("上禮拜三", "上禮拜三", "2026-11-11"),
        ("上上週五", "上上週五", "2026-11-06"),
        ("下週二和檀香山", "下週二", "2026-11-24"),
        ("本週三", "本週三", "2026-11-18"),
        ("週三的會議", "週三", "2026-11-18"),
        # Months and years
        ("in March 2025", "in march 2025", "2025-03"),
        ("in June", "in june", "2026-06"),
        ("March of last year", "march of last year", "2025-03"),
        ("last March", "last march", "2026-03"),
        ("at the end of March 2023", "at the end of march 2023", "2023-03"),
        ("last month", "last month", "2026-10"),
        ("上個月", "上個月", "2026-10"),
        ("下個月", "下個月", "2026-12"),
        ("last year", "last year", "2025"),
        ("去年", "去年", "2025"),
        ("前年底", "前年底", "2024-11..2024-12"),
        ("2023年底", "2023年底", "2023-11..2023-12"),
        ("113年初", "113年初", "2024-01..2024-03"),
        ("到2023年底", "到2023年底", "..2023"),
        ("至2023年為止", "至2023年為止", "..2023"),
        ("從2020年到2023年底", "從2020年到2023年底", "2020..2023-12"),
        ("2021到2023年底", "2021到2023年底", "2021..2023-12"),
        ("2019年1月到2019年底", "2019年1月到2019年底", "2019-01...2019-12"),
        ("今年初至今年底", "今年初至今年底", "2026-01...2026-12"),
        ("截至去年年底", "截至去年年底", "..2025-12"),
        ("直到2019年底", "直到2019年底", "..2019-12"),
        ("迄2023年底", "迄2023年底", "..2023-12"),
        ("到去年年底為止", "到去年年底為止", "..2025"),
        ("2023年的年底", "2023年的年底", "2023-11..2023-12"),
        ("民國99年底", "民國99年底", "2010-11..2010-12"),
        ("二〇二三年底", "二〇二三年底", "2023-11..2023-12"),
        ("113年度底", "113年度底", "2024-11..2024-12"),
        ("2023年初次", "2023年", "2023"),
        ("2019年底特律", "2019年", "2019"),
        ("2023年底以前", "2023年底以前", "..2023"),
        ("2021年初之前", "2021年初之前", "..2020"),
        ("in 2019", "in 2019", "2019"),
        ("2019年", "2019年", "2019"),
        ("113年", "113年", "2024"),
        ("民國80年", "民國80年", "1991"),
        ("民國八十年", "民國八十年", "1991"),
        ("2024年5月下旬", "2024年5月下旬", "2024-05"),
        ("two years ago", "two years ago", "2024"),
        ("兩年前", "兩年前", "2024"),
        ("三個月前", "三個月前", "2026-08"),
        ("3 days ago", "3 days ago", "2026-11-17"),
        ("三天前", "三天前", "2026-11-17"),
        ("三天後", "三天後", "2026-11-23"),
        # Periods
        ("since 2020", "since 2020", "2020.."),
        ("since March 2020", "since march 2020", "2020-03.."),
        ("2020年以來", "2020年以來", "2020.."),
        ("自2020年起", "自2020年起", "2020.."),
        ("從去年開始", "從去年開始", "2025.."),
        ("民國100年以後", "民國100年以後", "2011.."),
        ("before 2019", "before 2019", "..2018"),
        ("before the end of March 2020", "before the end of march 2020", "..2020-03"),
        ("2024年6月底以前", "2024年6月底以前", "..2024-06"),
        ("十月底前", "十月底前", "..2026-10"),
        ("before March 2020", "before march 2020", "..2020-02"),
        ("2019年以前", "2019年以前", "..2018"),
        ("after 2019", "after 2019", "2020.."),
        ("until 2019", "until 2019", "..2019"),
        ("截至2019年", "截至2019年", "..2019"),
        ("between 2020 and 2022", "between 2020 and 2022", "2020..2022"),
        ("from 2020 to 2022", "from 2020 to 2022", "2020..2022"),
        ("2020-2022", "2020-2022", "2020..2022"),
        ("2020年到2022年之間", "2020年到2022年之間", "2020..2022"),
        ("in the 1990s", "in the 1990s", "1990..1999"),
        ("in the 90s", "in the 90s", "1990..1999"),
        ("1990年代", "1990年代", "1990..1999"),
        ("九〇年代", "九〇年代", "1990..1999"),
        ("in the last two years", "in the last two years", "2024-11-20..2026-11-20"),
        ("for two years", "for two years", "2024-11-20..2026-11-20"),
        ("over the past 6 months", "over the past 6 months", "2026-05-20..2026-11-20"),
        ("not talked to in two years", "in two years", "2024-11-20..2026-11-20"),
        ("since the beginning of 2023", "since the beginning of 2023", "2023.."),
        ("兩年內", "兩年內", "2024-11-20..2026-11-20"),
        ("近三年", "近三年", "2023-11-20..2026-11-20"),
        ("過去六個月", "過去六個月", "2026-05-20..2026-11-20"),
        ("兩年沒有聯絡", "兩年", "2024-11-20..2026-11-20"),
        ("last week", "last week", "2026-11-09..2026-11-15"),
        ("上週", "上週", "2026-11-09..2026-11-15"),
        ("a week ago", "a week ago", "2026-11-09..2026-11-15"),
        ("第三季", "第三季", "2026-07..2026-09"),
        ("2025年上半年", "2025年上半年", "2025-01..2025-06"),
        ("in the first half of 2025", "in the first half of 2025", "2025-01..2025-06"),
        ("Q3 2025", "q3 2025", "2025-07..2025-09"),
        ("visits this summer", "this summer", "2026-06..2026-08"),
        ("last autumn", "last autumn", "2025-09..2025-11"),
        ("last spring", "last spring", "2026-03..2026-05"),
        ("next spring", "next spring", "2027-03..2027-05"),
        # From day to day
        ("5 to 7 October 2025", "5 to 7 october 2025", "2025-10-05...2025-10-07"),
        ("13 and 14 April", "13 and 14 april", "2026-04-13...2026-04-14"),
        ("July 4-15, 2017", "july 4-15, 2017", "2017-07-04...2017-07-15"),
        ("from 28 June to 3 July 2025", "from 28 june to 3 july 2025", "2025-06-28...2025-07-03"),
        ("2025年6月28日至7月3日", "2025年6月28日至7月3日", "2025-06-28...2025-07-03"),
        ("10月5日至7日", "10月5日至7日", "2026-10-05...2026-10-07"),
        ("4月13、14日", "4月13、14日", "2026-04-13...2026-04-14"),
        ("2019 年 7 月 11 日 到 20 日", "2019 年 7 月 11 日 到 20 日", "2019-07-11...2019-07-20"),
        # As other people type
        ("昨天和西雅图视讯", "昨天", "2026-11-19"),
        ("２０２６年３月５日", "２０２６年３月５日".lower(), "2026-03-05"),
        ("上个月5号", "上个月5号", "2026-10-05"),
        # Times of day
        ("at 9 am", "at 9 am", "09:00"),
        ("2:30 p.m.", "2:30 p.m.", "14:30"),
        ("上午九點半", "上午九點半", "09:30"),
        ("下午2時30分", "下午2時30分", "14:30"),
        ("from 4:00 to 4:30 p.m.", "from 4:00 to 4:30 p.m.", "16:00-16:30"),
        ("14:00-14:40", "14:00-14:40", "14:00-14:40"),
        ("at noon", "at noon", "12:00"),
    ],
)  # fmt: skip
def test_one_expression(text: str, words: str, expected: str) -> None:
    """Its words, and what they mean."""
    found = find_times(text, FRIDAY)
    assert [(text[each.start : each.end].lower(), told(each)) for each in found] == [(words, expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("昨天上午9點和西雅圖視訊", ["2026-11-19", "09:00"]),
        ("20 Nov 2026 at 9:30 am, call", ["2026-11-20", "09:30"]),
        ("visits since 2020 and before 2023", ["2020..", "..2022"]),
        ("signed in 1991, renewed on 3 May 2014", ["1991", "2014-05-03"]),
    ],
)
def test_several(text: str, expected: list[str]) -> None:
    assert [told(each) for each in find_times(text, FRIDAY)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "we may meet them", "the march of history", "100,800 masks", "2000 masks", "6 people, 40 min", "for 40 min",
        "六人", "四十分鐘", "半小時", "25週年", "30年情誼", "P12 and X2020", "the score was 3:2", "version 2.7.1",
        "三個月亮", "五年級學生", "first visit", "120 people", "前往西雅圖", "second mayor", "sun and sea", "3月台",
        "mayor of Wednesbury", "2小時", "12人", "a 16-person delegation", "37 projects", "$2020",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert [(text[each.start : each.end], told(each)) for each in find_times(text, FRIDAY)] == []


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("we meet on Monday", "2026-11-23"),
        ("週一開會", "2026-11-23"),
        ("3 March", "2027-03-03"),
        ("25日", "2026-11-25"),
    ],
)
def test_what_is_meant_of_the_future(text: str, ahead: str) -> None:
    [found] = find_times(text, FRIDAY)
    assert str(found.ahead) == ahead


_WORDS = (
    "since before between and to from until last next this week month year Friday 3 31 2020 99 0 March 2/30 in of "
    "the 1990s ago 年 月 日 今 昨 去 上 下 週 五 兩 百 十 民國 前 後 以來 ( ) : 半 點 am pm - ~ 至 9:30 9999 0年"
)
_PIECES = st.sampled_from(_WORDS.split())
_texts = st.one_of(
    st.text(max_size=80),
    *(st.lists(_PIECES, max_size=9).map(glue.join) for glue in ("", " ")),
)


@given(_texts, st.dates())
def test_any_text_is_read_without_a_fault(text: str, today: date) -> None:
    """Spans lie in the text, in order, without overlap; bounds are in order."""
    end = 0
    for mention in find_times(text, today):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        if isinstance(mention.value, Period) and mention.value.first and mention.value.last:
            assert mention.value.first <= mention.value.last


@given(
    st.dates(date(1912, 1, 1), date(2100, 12, 31)),
    st.sampled_from(
        ["{y}-{m:02}-{d:02}", "{d} {name} {y}", "{y}年{m}月{d}日", "民國{r}年{m}月{d}日", "{name} {d}, {y}"]
    ),
)
def test_a_written_day_is_read_as_itself(day: date, form: str) -> None:
    """Whatever the form, in the middle of a sentence."""
    written = form.format(y=day.year, m=day.month, d=day.day, r=day.year - 1911, name=f"{day:%B}")
    [found] = find_times(f"exchange with Seattle, {written}; 6 people", FRIDAY)
    assert found.value == PartialDate.of(day)


def test_noon_is_a_time() -> None:
    [found] = find_times("noon", FRIDAY)
    assert found.value == Clock(time(12))


def test_no_rule_fits_where_nothing_says_a_time() -> None:
    """Rules on English and on figures are passed over where none of their words is written; that loses none."""
    texts = [
        plain_letters(each.text) for table in sorted(BANK.glob("*.csv")) for each in read_questions(table)
    ]
    passed = [text for text in texts if not _SAYS_A_TIME.search(text)]
    fitting = [(text, pattern.pattern) for text in passed for pattern, _ in _IN_WORDS if pattern.search(text)]
    assert len(passed) > len(texts) // 3
    assert fitting == []
