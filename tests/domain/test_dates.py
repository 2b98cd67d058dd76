"""Partial dates, and reading them from what people type in both languages."""

import calendar
from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.date_reading import ROC_EPOCH, read_date, read_moment
from bot.domain.dates import FIRST_YEAR, LAST_YEAR, PartialDate, Precision, add_months
from bot.domain.errors import BadInput

FRIDAY = date(2026, 11, 20)
"""The writer's day in every table: Friday, 20 November 2026."""

days = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
partial_dates = st.builds(
    lambda day, parts: PartialDate(*(day.year, day.month, day.day)[:parts]), days, st.integers(1, 3)
)
typed = st.one_of(
    st.text(max_size=60),
    st.text(
        alphabet="0123456789０９²٣零〇一二三十百兩元年月日號天週星期前後今昨去個上下午點半民國"
        "-/.,: ampNovlastdy\u200b\t\x00",
        max_size=12,
    ),
    st.lists(
        st.sampled_from(
            [
                *(
                    "last",
                    "on",
                    "Friday",
                    "week",
                    "month",
                    "years",
                    "ago",
                    "a",
                    "3",
                    "20",
                    "31",
                    "Nov",
                    "2026",
                ),
                *("民國", "下午", *"0:/-年月日十上週五前點"),
            ]
        ),
        max_size=7,
    ).map(" ".join),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # ISO and its relatives, as precise as they were written
        ("2026-11-20", "2026-11-20"),
        ("2026-11", "2026-11"),
        ("2026", "2026"),
        ("2026/11/20", "2026-11-20"),
        ("2026/11", "2026-11"),
        ("2026.11.20", "2026-11-20"),
        ("2026 - 11 - 20", "2026-11-20"),
        ("2026-3-4", "2026-03-04"),
        ("20261120", "2026-11-20"),
        ("2024-02-29", "2024-02-29"),
        ("in 2024", "2024"),
        ("the year 2024", "2024"),
        # Months by name
        ("20 Nov 2026", "2026-11-20"),
        ("20 November 2026", "2026-11-20"),
        ("20-Nov-2026", "2026-11-20"),
        ("20th of November, 2026", "2026-11-20"),
        ("1st May 2020", "2020-05-01"),
        ("Nov 20, 2026", "2026-11-20"),
        ("NOVEMBER 20TH 2026", "2026-11-20"),
        ("Sept. 5, 2025", "2025-09-05"),
        ("Nov 2026", "2026-11"),
        ("November of 2026", "2026-11"),
        # Without a year: the latest that is not in the future
        ("20 Nov", "2026-11-20"),
        ("20 Jan", "2026-01-20"),
        ("Nov", "2026-11"),
        ("October", "2026-10"),
        ("29 Feb", "2024-02-29"),
        ("20/11", "2026-11-20"),
        ("11/20", "2026-11-20"),
        ("31/10", "2026-10-31"),
        # Numbers whose order is certain
        ("20/11/2026", "2026-11-20"),
        ("11/20/2026", "2026-11-20"),
        ("20.11.2026", "2026-11-20"),
        ("3/3/2026", "2026-03-03"),
        # Chinese
        ("2026年11月20日", "2026-11-20"),
        ("2026年11月20", "2026-11-20"),
        ("2026年11月", "2026-11"),
        ("2026年11月份", "2026-11"),
        ("2026年", "2026"),
        ("二〇二六年十一月二十日", "2026-11-20"),
        ("一九八零年五月", "1980-05"),
        ("11月20日", "2026-11-20"),
        ("11月20號", "2026-11-20"),
        ("十一月二十日", "2026-11-20"),
        ("十月三十一日", "2026-10-31"),
        ("5月", "2026-05"),
        ("五月份", "2026-05"),
        ("2月29日", "2024-02-29"),
        # ROC
        ("民國115年11月20日", "2026-11-20"),
        ("民國 115 年 11 月 20 日", "2026-11-20"),
        ("民國80年", "1991"),
        ("民國80", "1991"),
        ("民國八十年五月", "1991-05"),
        ("民國元年", "1912"),
        ("民國元年元月", "1912-01"),
        ("元月三十一日", "2026-01-31"),
        ("民國一百一十五年十一月二十日", "2026-11-20"),
        ("民國一百零五年", "2016"),
        ("民國一一五年", "2026"),
        ("民國十年", "1921"),
        ("115年11月20日", "2026-11-20"),
        ("115年", "2026"),
        ("115/11/20", "2026-11-20"),
        ("115.11.20", "2026-11-20"),
        ("民國115/11/20", "2026-11-20"),
        ("ROC 115-11-20", "2026-11-20"),
        # Words
        ("today", "2026-11-20"),
        ("Today.", "2026-11-20"),
        ("yesterday", "2026-11-19"),
        ("the day before yesterday", "2026-11-18"),
        ("tomorrow", "2026-11-21"),
        ("今天", "2026-11-20"),
        ("剛剛", "2026-11-20"),
        ("昨天", "2026-11-19"),
        ("昨日", "2026-11-19"),
        ("前天", "2026-11-18"),
        ("大前天", "2026-11-17"),
        ("明天", "2026-11-21"),
        ("last month", "2026-10"),
        ("this month", "2026-11"),
        ("last year", "2025"),
        ("this year", "2026"),
        ("上個月", "2026-10"),
        ("上月", "2026-10"),
        ("本月", "2026-11"),
        ("這個月", "2026-11"),
        ("去年", "2025"),
        ("前年", "2024"),
        ("今年", "2026"),
        ("今年5月", "2026-05"),
        ("去年11月20日", "2025-11-20"),
        ("去年十二月", "2025-12"),
        # Weekdays: the newest before today, which on a Friday is not today; 上週 is the calendar week before
        ("last Friday", "2026-11-13"),
        ("Friday", "2026-11-13"),
        ("on Thursday", "2026-11-19"),
        ("Thurs", "2026-11-19"),
        ("last Monday", "2026-11-16"),
        ("this past Saturday", "2026-11-14"),
        ("上週五", "2026-11-13"),
        ("上周一", "2026-11-09"),
        ("上個禮拜天", "2026-11-15"),
        ("上星期日", "2026-11-15"),
        ("週四", "2026-11-19"),
        ("星期五", "2026-11-13"),
        # So long ago, as precise as the unit
        ("3 days ago", "2026-11-17"),
        ("a day ago", "2026-11-19"),
        ("0 days ago", "2026-11-20"),
        ("two months ago", "2026-09"),
        ("11 months ago", "2025-12"),
        ("12 months ago", "2025-11"),
        ("5 years ago", "2021"),
        ("3天前", "2026-11-17"),
        ("三天前", "2026-11-17"),
        ("兩個月前", "2026-09"),
        ("10個月以前", "2026-01"),
        ("五年之前", "2021"),
        # What phones and spreadsheets put in
        ("２０２６／１１／２０", "2026-11-20"),
        ("２０２６年１１月２０日", "2026-11-20"),
        ("\u200b2026-11-20\ufeff", "2026-11-20"),
        ("2026\u200b-11-\u200d20", "2026-11-20"),
        ("\u202d2026-11-20\u202c", "2026-11-20"),
        ("2026-11-20\x00\x07", "2026-11-20"),
        ("  yesterday\t\n", "2026-11-19"),
        ("last \u00a0 Friday", "2026-11-13"),
        ("昨天。", "2026-11-19"),
        ("٢٠٢٦-١١-٢٠", "2026-11-20"),
        # The ends of the calendar
        ("1800-01-01", "1800-01-01"),
        ("2200", "2200"),
    ],
)
def test_dates_that_are_read(text: str, expected: str) -> None:
    """Each form is read, and never as more precise than it was written."""
    assert read_date(text, FRIDAY).iso() == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "date.empty"),
        ("   \t\n", "date.empty"),
        ("\u200b\u200b", "date.empty"),
        ("。", "date.empty"),
        ("30 Feb 2026", "date.impossible"),
        ("29 Feb 2026", "date.impossible"),
        ("30 Feb", "date.impossible"),
        ("2026-02-30", "date.impossible"),
        ("2026-13", "date.impossible"),
        ("2026-13-01", "date.impossible"),
        ("2026-00", "date.impossible"),
        ("2026-00-00", "date.impossible"),
        ("2026-11-00", "date.impossible"),
        ("20260230", "date.impossible"),
        ("32/1/2026", "date.impossible"),
        ("13/13/2026", "date.impossible"),
        ("31/4", "date.impossible"),
        ("0/5", "date.impossible"),
        ("0/0/2026", "date.impossible"),
        ("13月", "date.impossible"),
        ("0月", "date.impossible"),
        ("零月", "date.impossible"),
        ("2月30日", "date.impossible"),
        ("11月0日", "date.impossible"),
        ("去年2月29日", "date.impossible"),
        ("民國115年2月30日", "date.impossible"),
        ("民國0年", "date.impossible"),
        ("03/04/2026", "date.ambiguous"),
        ("3-4-2026", "date.ambiguous"),
        ("3/4", "date.ambiguous"),
        ("last week", "date.which_day_of_week"),
        ("this week", "date.which_day_of_week"),
        ("3 weeks ago", "date.which_day_of_week"),
        ("上週", "date.which_day_of_week"),
        ("上個禮拜", "date.which_day_of_week"),
        ("這週", "date.which_day_of_week"),
        ("兩週前", "date.which_day_of_week"),
        ("兩個星期前", "date.which_day_of_week"),
        ("0999", "date.year_out_of_range"),
        ("9999", "date.year_out_of_range"),
        ("1799-12-31", "date.year_out_of_range"),
        ("2201", "date.year_out_of_range"),
        ("0000-01-01", "date.year_out_of_range"),
        ("20/11/0000", "date.year_out_of_range"),
        ("20 Nov 0000", "date.year_out_of_range"),
        ("999年", "date.year_out_of_range"),
        ("9999 years ago", "date.year_out_of_range"),
        ("9999 months ago", "date.year_out_of_range"),
        ("999", "date.unreadable"),
        ("20", "date.unreadable"),
        ("99999", "date.unreadable"),
        ("📅", "date.unreadable"),
        ("👨‍👩‍👧", "date.unreadable"),
        ("soon", "date.unreadable"),
        ("next Friday", "date.unreadable"),
        ("Mayor", "date.unreadable"),
        ("Marchtrenk", "date.unreadable"),
        ("1十2月", "date.unreadable"),
        ("十十月", "date.unreadable"),
        ("民國一百五年", "date.unreadable"),  # 一百五 is 150 in speech, and 105 to a careless reader
        ("10月前", "date.unreadable"),  # "before October" as well as "ten months ago"
        ("20日前", "date.unreadable"),  # "by the 20th" as well as "twenty days ago"
        ("DROP TABLE places", "date.unreadable"),
        ("2026-11-20; 2026-11-21", "date.unreadable"),
        ("x" * 10_000, "date.unreadable"),
        ("2026-11-20 " * 900, "date.unreadable"),
        ("十" * 10_000, "date.unreadable"),
        (" " * 10_000, "date.empty"),
    ],
)
def test_dates_that_are_refused(text: str, key: str) -> None:
    """What is impossible, ambiguous, vague or no date is refused with the key of its remedy."""
    with pytest.raises(BadInput) as refused:
        read_date(text, FRIDAY)
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("03/04/2026", {"2026-04-03", "2026-03-04"}),
        ("12.11.2025", {"2025-11-12", "2025-12-11"}),
        ("3/4", {"2026-04-03", "2026-03-04"}),
    ],
)
def test_an_ambiguous_date_is_asked_back_with_both_readings(text: str, readings: set[str]) -> None:
    """Day first and month first are both offered, neither is guessed."""
    with pytest.raises(BadInput) as refused:
        read_date(text, FRIDAY)
    assert {str(refused.value.values[name]) for name in ("one", "other")} == readings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Without a year: the next that is not over
        ("20 Nov", "2026-11-20"),
        ("5 Dec", "2026-12-05"),
        ("Sept 5", "2027-09-05"),
        ("Nov", "2026-11"),
        ("May", "2027-05"),
        ("29 Feb", "2028-02-29"),
        ("30/11", "2026-11-30"),
        ("12/25", "2026-12-25"),
        ("4/4", "2027-04-04"),
        ("12月5日", "2026-12-05"),
        ("五月", "2027-05"),
        # What says its year, or is past by its words, stays what it is
        ("2026-11-19", "2026-11-19"),
        ("5 Dec 2025", "2025-12-05"),
        ("去年12月", "2025-12"),
        ("yesterday", "2026-11-19"),
        ("last Friday", "2026-11-13"),
        ("上週五", "2026-11-13"),
        # Weekdays: alone the one after today, which on a Friday is not today; weeks begin on Monday
        ("Friday", "2026-11-27"),
        ("on Saturday", "2026-11-21"),
        ("coming Sunday", "2026-11-22"),
        ("this Sunday", "2026-11-22"),
        ("next Friday", "2026-11-27"),
        ("next Monday", "2026-11-23"),
        ("Sunday next week", "2026-11-29"),
        ("週五", "2026-11-27"),
        ("這週日", "2026-11-22"),
        ("本週一", "2026-11-16"),
        ("下週五", "2026-11-27"),
        ("下個禮拜天", "2026-11-29"),
        ("下下週一", "2026-11-30"),
        # In so long, as precise as the unit
        ("tomorrow", "2026-11-21"),
        ("大後天", "2026-11-23"),
        ("in 3 days", "2026-11-23"),
        ("in two months", "2027-01"),
        ("in a year", "2027"),
        ("3天後", "2026-11-23"),
        ("兩個月後", "2027-01"),
        ("next month", "2026-12"),
        ("next year", "2027"),
        ("下個月", "2026-12"),
        ("明年3月", "2027-03"),
    ],
)
def test_dates_that_lie_ahead(text: str, expected: str) -> None:
    """Where a date to come is asked for, what can be past or to come is to come."""
    assert read_date(text, FRIDAY, ahead=True).iso() == expected


@pytest.mark.parametrize(
    ("text", "today", "readings"),
    [
        ("12/5", FRIDAY, {"2026-12-05", "2027-05-12"}),
        ("18 Nov", FRIDAY, {"2026-11-18", "2027-11-18"}),  # it has just been
        ("10月", FRIDAY, {"2026-10", "2027-10"}),
        ("next Friday", date(2026, 11, 18), {"2026-11-20", "2026-11-27"}),  # in two days, or in nine
        ("next week", FRIDAY, set()),
        ("兩週後", FRIDAY, set()),
    ],
)
def test_a_date_ahead_that_is_asked_back(text: str, today: date, readings: set[str]) -> None:
    with pytest.raises(BadInput) as refused:
        read_date(text, today, ahead=True)
    assert refused.value.key == ("date.ambiguous" if readings else "date.which_day_of_week")
    assert {str(refused.value.values[name]) for name in ("one", "other") if readings} == readings


@pytest.mark.parametrize("text", ["x" * 10_000, "2026-11-20 " * 900])
def test_a_refusal_repeats_no_more_than_a_line_of_what_was_typed(text: str) -> None:
    """Ten thousand characters come back as at most eighty."""
    with pytest.raises(BadInput) as refused:
        read_date(text, FRIDAY)
    assert len(refused.value.values["text"]) <= 80


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("yesterday 9:00", "2026-11-19", time(9)),
        ("yesterday at 9:05", "2026-11-19", time(9, 5)),
        ("yesterday 9am", "2026-11-19", time(9)),
        ("yesterday, 9 p.m.", "2026-11-19", time(21)),
        ("2026-11-20 14:30", "2026-11-20", time(14, 30)),
        ("Nov 20, 2026 at 2:30 PM", "2026-11-20", time(14, 30)),
        ("last Friday 00:00", "2026-11-13", time(0)),
        ("9:00", "2026-11-20", time(9)),
        ("12:30 am", "2026-11-20", time(0, 30)),
        ("12 pm", "2026-11-20", time(12)),
        ("14:30 pm", "2026-11-20", time(14, 30)),
        ("23:59", "2026-11-20", time(23, 59)),
        ("昨天下午2點", "2026-11-19", time(14)),
        ("昨天下午2:30", "2026-11-19", time(14, 30)),
        ("昨天下午2點半", "2026-11-19", time(14, 30)),
        ("昨天下午兩點半", "2026-11-19", time(14, 30)),
        ("11月20日上午十點三十分", "2026-11-20", time(10, 30)),
        ("11月20日14點05分", "2026-11-20", time(14, 5)),
        ("上週五早上9點", "2026-11-13", time(9)),
        ("星期二十點", "2026-11-17", time(10)),
        ("二十一點", "2026-11-20", time(21)),
        ("中午12點", "2026-11-20", time(12)),
        ("中午1點", "2026-11-20", time(13)),
        ("凌晨12點半", "2026-11-20", time(0, 30)),
        ("晚上8點", "2026-11-20", time(20)),
        ("２０２６年１１月２０日　下午２：３０", "2026-11-20", time(14, 30)),
        ("民國115年11月20日 下午2點", "2026-11-20", time(14)),
        ("2026-11-20", "2026-11-20", None),
        ("Nov 2026", "2026-11", None),
        ("昨天", "2026-11-19", None),
    ],
)
def test_times_of_day(text: str, day: str, at: time | None) -> None:
    """A time behind the date is the writer's wall clock; without one there is none."""
    found, clock = read_moment(text, FRIDAY)
    assert (found.iso(), clock) == (day, at)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nov 2026 9:00", "date.time_without_day"),
        ("2026 下午2點", "date.time_without_day"),
        ("去年 9:00", "date.time_without_day"),
        ("24:00", "date.unreadable"),
        ("9:60", "date.unreadable"),
        ("yesterday 25點", "date.unreadable"),
        ("14:00 am", "date.unreadable"),
        ("上午14:00", "date.unreadable"),
        ("晚上12點", "date.unreadable"),  # which of the two midnights?
        ("晚上2點", "date.unreadable"),
        ("last week 9:00", "date.which_day_of_week"),
        ("03/04/2026 9:00", "date.ambiguous"),
        ("", "date.empty"),
    ],
)
def test_times_that_are_refused(text: str, key: str) -> None:
    """A time needs its day, and a part of the day that it does not contradict."""
    with pytest.raises(BadInput) as refused:
        read_moment(text, FRIDAY)
    assert refused.value.key == key


@given(typed, days, st.booleans())
@example("1十2月", FRIDAY, False)
@example("十百年", FRIDAY, False)
@example("1 year ago", date(1800, 1, 1), False)
@example("2月29日", date(1900, 2, 28), False)
@example("last Friday", date(1, 1, 1), False)
@example("明天", date(9999, 12, 31), True)
@example("\ud800", FRIDAY, False)
def test_any_text_is_read_or_refused(text: str, today: date, ahead: bool) -> None:
    """Whatever is typed, on whatever day: a partial date that is one, or `BadInput` and nothing else."""
    with suppress(BadInput):
        found, _ = read_moment(text, today, ahead=ahead)
        assert PartialDate.from_iso(found.iso()) == found


@given(partial_dates, days)
def test_a_partial_date_is_read_back(partial: PartialDate, today: date) -> None:
    """From its ISO form, from Chinese, and from the ROC form, whatever day it is."""
    units = zip((partial.year, partial.month, partial.day), "年月日", strict=True)
    chinese = "".join(f"{number}{unit}" for number, unit in units if number is not None)
    assert PartialDate.from_iso(partial.iso()) == partial
    assert read_date(partial.iso(), today) == partial
    assert read_date(chinese, today) == partial
    if partial.year > ROC_EPOCH:
        assert read_date(f"民國{partial.year - ROC_EPOCH}{chinese[4:]}", today) == partial


@given(partial_dates, partial_dates, partial_dates)
def test_ordering_is_total_and_that_of_the_text(a: PartialDate, b: PartialDate, c: PartialDate) -> None:
    """Exactly one of <, = and > holds, it is transitive, and databases that sort the text sort the dates."""
    assert (a < b) + (a == b) + (a > b) == 1
    assert (a < b) == (a.iso() < b.iso())
    assert sorted([a, b, c]) == [PartialDate.from_iso(text) for text in sorted([a.iso(), b.iso(), c.iso()])]
    assert a.earliest() <= b.earliest() if a <= b else a.earliest() >= b.earliest()


@pytest.mark.parametrize(
    ("iso", "precision", "earliest", "latest", "exact"),
    [
        ("2026", Precision.YEAR, date(2026, 1, 1), date(2026, 12, 31), None),
        ("2026-11", Precision.MONTH, date(2026, 11, 1), date(2026, 11, 30), None),
        ("2024-02", Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29), None),
        ("2025-02", Precision.MONTH, date(2025, 2, 1), date(2025, 2, 28), None),
        ("2026-11-20", Precision.DAY, FRIDAY, FRIDAY, FRIDAY),
    ],
)
def test_what_a_partial_date_can_mean(
    iso: str, precision: Precision, earliest: date, latest: date, exact: date | None
) -> None:
    """The first and the last day that it can mean; only a day is exact."""
    partial = PartialDate.from_iso(iso)
    assert partial.precision is precision
    assert (partial.earliest(), partial.latest(), partial.exact()) == (earliest, latest, exact)


@pytest.mark.parametrize(
    "parts",
    [(1799,), (2201,), (2026, 0), (2026, 13), (2026, 2, 30), (2026, 11, 0), (2026, None, 5), (2025, 2, 29)],
)
def test_there_is_no_impossible_partial_date(parts: tuple[int, ...]) -> None:
    """Not even code can make one."""
    with pytest.raises(ValueError, match=r"year|month|day"):
        PartialDate(*parts)


@pytest.mark.parametrize(
    "text", ["", "26", "2026-1", "2026-11-", "2026/11/20", "2026-11-20 ", "٢٠٢٦", "+2026", "2026-00"]
)
def test_iso_is_strict(text: str) -> None:
    """What the databases hold is one form only."""
    with pytest.raises(ValueError, match=r"ISO|month"):
        PartialDate.from_iso(text)


@given(days, st.integers(-600, 600))
def test_adding_months_agrees_with_counting_them(day: date, months: int) -> None:
    """Stepping from first to first of the month, and the same day or the month's last one."""
    first = day.replace(day=1)
    for _ in range(abs(months)):
        first = (
            (first + timedelta(days=31)).replace(day=1)
            if months > 0
            else (first - timedelta(days=1)).replace(day=1)
        )
    length = calendar.monthrange(first.year, first.month)[1]
    assert add_months(day, months) == first.replace(day=min(day.day, length))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 8, 31), 0, date(2026, 8, 31)),
    ],
)
def test_adding_months(day: date, months: int, expected: date) -> None:
    """A day that the month lacks becomes its last one."""
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("text", "soon", "past"),
    [
        ("21 Nov", "2026-11-21", "2025-11-21"),
        ("11月21日", "2026-11-21", "2025-11-21"),
        ("December", "2026-12", "2025-12"),
        ("19 Jan", "2027-01-19", "2026-01-19"),
    ],
)
def test_what_may_be_yet_to_come_is_asked_back(text: str, soon: str, past: str) -> None:
    """A day of next week is hardly meant a year ago; both readings are named."""
    with pytest.raises(BadInput) as refused:
        read_date(text, FRIDAY)
    assert refused.value.key == "date.ambiguous"
    assert {str(refused.value.values["one"]), str(refused.value.values["other"])} == {soon, past}
