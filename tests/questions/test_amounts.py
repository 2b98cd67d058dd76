"""How long, and how many people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.text.amounts import durations, headcounts


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("video call, 40 min, 6 people", 40),
        ("40 minutes with Seattle", 40),
        ("a forty-minute call", 40),
        ("a 90-minute webinar", 90),
        ("1.5 hours", 90),
        ("1 hour", 60),
        ("an hour", 60),
        ("an hour and a half", 90),
        ("two and a half hours", 150),
        ("1 hour 30 minutes", 90),
        ("1h30", 90),
        ("half an hour", 30),
        ("a half-hour call", 30),
        ("an hour-long talk", 60),
        ("a quarter of an hour", 15),
        ("視訊四十分鐘", 40),
        ("談了 40 分鐘", 40),
        ("半小時", 30),
        ("半個鐘頭", 30),
        ("一個半小時", 90),
        ("1.5小時", 90),
        ("兩小時", 120),
        ("兩個小時", 120),
        ("1小時30分", 90),
        ("一小時二十分鐘", 80),
        ("三刻鐘", 45),
        ("in 5 minutes", None),
        ("an hour ago", None),
        ("30 minutes late", None),
        ("兩小時前", None),
        ("6 people", None),
        ("2 days", None),
        ("3 months", None),
    ],
)
def test_minutes(text: str, minutes: int | None) -> None:
    assert [each.value for each in durations(text)] == ([] if minutes is None else [minutes])


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("video call, 40 min, 6 people", 6),
        ("六人", 6),
        ("6 人", 6),
        ("12名學生參加", 12),
        ("一行17人", 17),
        ("訪問團一行十七人", 17),
        ("29 community leaders from Phoenix", 29),
        ("a 16-person delegation", 16),
        ("a delegation of 23 officials", 23),
        ("led a group of seven", 7),
        ("twenty-three participants", 23),
        ("120 people, two MOUs", 120),
        ("about 1,200 visitors", 1200),
        ("40多人", 40),
        ("四位同仁", 4),
        ("參加人數：35", 35),
        ("with six of us", 6),
        ("100,800 masks", None),
        ("the two mayors met", None),
        ("40 years of ties", None),
        ("人口20萬", None),
        ("第12名", None),
        ("a member", None),
        ("2 million", None),
    ],
)
def test_people(text: str, people: int | None) -> None:
    assert [each.value for each in headcounts(text)] == ([] if people is None else [people])


@given(st.text(max_size=80), st.text("0123456789一二三十百半個小時分鐘人名位 andhourmipel.-", max_size=30))
def test_any_text_is_read_without_a_fault(text: str, numbers: str) -> None:
    for each in (*durations(text + numbers), *headcounts(numbers + text)):
        assert each.value >= 0
