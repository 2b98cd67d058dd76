"""Contacts: who is in office, whose term ends, who has to be confirmed; and names typed in two scripts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contacts import (
    ContactState,
    Person,
    is_email,
    is_phone,
    joined_scripts,
    joined_term,
    split_scripts,
    split_term,
)
from bot.domain.dates import PartialDate

TODAY = date(2026, 11, 21)
CONFIRMED = PartialDate.of(TODAY)
STATES = {
    "with no end": ({}, {"in_office"}),
    "until this year, which may be its last day": ({"until": PartialDate(2026)}, {"in_office", "ending"}),
    "until the 60th day": ({"until": PartialDate(2027, 1, 20)}, {"in_office", "ending"}),
    "until the 61st day": ({"until": PartialDate(2027, 1, 21)}, {"in_office"}),
    "until today": ({"until": PartialDate(2026, 11, 21)}, {"in_office", "ending"}),
    "over, and nobody said whether they left": ({"until": PartialDate(2026, 11, 20)}, {"former", "ending"}),
    "over, and they left": ({"until": PartialDate(2026, 11, 20), "has_left": True}, {"former"}),
    "left this year": ({"until": PartialDate(2026), "has_left": True}, {"former"}),
    "over, and somebody came after": ({"until": PartialDate(2026, 11, 20), "replaced_by": 2}, {"former"}),
    "replaced, at a day that nobody knows": ({"replaced_by": 2}, {"former"}),
    "never confirmed": ({"confirmed_on": None}, {"in_office", "to_confirm"}),
    "confirmed six months ago": ({"confirmed_on": PartialDate(2026, 5, 21)}, {"in_office"}),
    "confirmed longer ago": ({"confirmed_on": PartialDate(2026, 5, 20)}, {"in_office", "to_confirm"}),
    "left, and never confirmed": ({"confirmed_on": None, "has_left": True}, {"former"}),
}


@pytest.mark.parametrize("case", STATES)
def test_states(case: str) -> None:
    """What a list narrowed to a state has; a partial date is read as its last day."""
    known, expected = STATES[case]
    person = Person(**({"confirmed_on": CONFIRMED} | known))
    assert {state.value for state in ContactState if person.is_in(state, TODAY)} == expected


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
DATES = DAYS.flatmap(
    lambda day: st.sampled_from(
        [PartialDate.of(day), PartialDate(day.year, day.month), PartialDate(day.year)]
    )
)


@given(until=st.none() | DATES, has_left=st.booleans(), today=DAYS)
def test_everybody_is_in_office_or_is_not(until: PartialDate | None, has_left: bool, today: date) -> None:
    """One of the two; who has left is never soon to leave; and who is in office today was so before."""
    person = Person(until=until, has_left=has_left, confirmed_on=None)
    former = person.is_in(ContactState.FORMER, today)
    assert person.is_in(ContactState.IN_OFFICE, today) is not former
    assert not (has_left and person.is_ending(today))
    assert former or not person.is_former(today - timedelta(days=1))


@pytest.mark.parametrize(
    ("typed", "latin", "chinese"),
    [
        ("Bruce Harrell", "Bruce Harrell", ""),
        ("哈瑞爾", "", "哈瑞爾"),
        ("Bruce Harrell / 哈瑞爾", "Bruce Harrell", "哈瑞爾"),
        ("哈瑞爾／Bruce  Harrell", "Bruce Harrell", "哈瑞爾"),
        ("Bruce Harrell\n布魯斯・哈瑞爾", "Bruce Harrell", "布魯斯・哈瑞爾"),
        ("Mayor / Chair", "Mayor / Chair", ""),
        ("市長／主席", "", "市長／主席"),
        ("Mayor / Chair / 市長", "", "Mayor / Chair / 市長"),
        ("  ", "", ""),
    ],
)
def test_two_scripts_are_told_apart(typed: str, latin: str, chinese: str) -> None:
    """Only where one part is in each script; otherwise the text stays whole."""
    assert split_scripts(typed) == (latin, chinese)


WORDS = st.lists(st.text("abcXYZ.'-é", min_size=1, max_size=8), min_size=1, max_size=3).map(" ".join)
HAN = st.text("王小明陳李・", min_size=1, max_size=6).filter(lambda text: text.strip("・"))


@given(st.none() | WORDS, st.none() | HAN)
def test_what_is_joined_is_taken_apart_again(latin: str | None, chinese: str | None) -> None:
    """A form that is opened and sent off untouched says the same."""
    assert split_scripts(joined_scripts(latin, chinese)) == (latin or "", chinese or "")


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("2022-01-01 – 2026-01", "2022-01-01", "2026-01"),
        ("2022-01-01", "2022-01-01", ""),
        ("2022 - 2026", "2022", "2026"),
        ("2022 to 2026", "2022", "2026"),
        ("2022年1月至2026年", "2022年1月", "2026年"),
        ("– 2026", "", "2026"),
        ("- 2026", "", "2026"),
        ("2022 –", "2022", ""),
        ("until 2026", "", "2026"),
        ("", "", ""),
    ],
)
def test_a_term_is_taken_apart(typed: str, since: str, until: str) -> None:
    """And what is shown is read again as it was."""
    assert split_term(typed) == (since, until)
    assert split_term(joined_term(since, until)) == (since, until)


def test_what_is_an_address() -> None:
    """E-mail addresses and phone numbers are known by their form; nothing is rung up."""
    assert all(map(is_email, ("a@b.tw", " mayor.office@city.example ", "王@城市.台灣")))
    assert not any(map(is_email, ("a@b", "a b@c.de", "@b.de", "a@b.de, c@d.de", "")))
    assert all(
        map(is_phone, ("+886 7 331-2345", "(07) 331 2345", "+1 206 555 0100 ext 12", "07-3312345 分機 88"))
    )
    assert not any(map(is_phone, ("call me", "12", "", "a@b.tw")))
