"""What a process keeps by itself while it cannot be stored: for its writer, for an hour, and not without end."""

from datetime import UTC, datetime, timedelta

from bot.ui.drafts import HELD, MOST_HELD, HeldDrafts

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LIN, WANG = 7, 8


def test_a_draft_is_its_writers_alone() -> None:
    """As those in the database are."""
    held = HeldDrafts()
    key = held.hold(LIN, "visit", {"typed": {"topic": "Housing"}}, NOW)
    assert held.read(LIN, key, NOW) == {"typed": {"topic": "Housing"}}
    assert held.read(WANG, key, NOW) is None
    assert held.read(LIN, "another", NOW) is None


def test_a_draft_is_gone_after_an_hour() -> None:
    """And what is in memory of it with the next one that comes."""
    held = HeldDrafts()
    key = held.hold(LIN, "visit", {}, NOW)
    assert held.read(LIN, key, NOW + HELD) == {}
    assert held.read(LIN, key, NOW + HELD + timedelta(seconds=1)) is None
    held.hold(WANG, "visit", {}, NOW + HELD + timedelta(seconds=1))
    assert len(held) == 1


def test_the_next_draft_of_a_form_takes_the_place_of_the_last() -> None:
    """Of the same form and the same person; others stay."""
    held = HeldDrafts()
    first, other = held.hold(LIN, "visit", {"n": 1}, NOW), held.hold(LIN, "edit", {"n": 2}, NOW)
    second = held.hold(LIN, "visit", {"n": 3}, NOW)
    assert [held.read(LIN, key, NOW) for key in (first, other, second)] == [None, {"n": 2}, {"n": 3}]


def test_of_very_many_the_oldest_go() -> None:
    """A long outage fills no memory."""
    held = HeldDrafts()
    keys = [held.hold(person, "visit", {"n": person}, NOW) for person in range(MOST_HELD + 1)]
    assert len(held) == MOST_HELD
    assert held.read(0, keys[0], NOW) is None
    assert held.read(1, keys[1], NOW) == {"n": 1}


def test_who_is_forgotten_is_forgotten_here_too() -> None:
    """And nobody else is."""
    held = HeldDrafts()
    hers, his = held.hold(LIN, "visit", {"n": 1}, NOW), held.hold(WANG, "visit", {"n": 2}, NOW)
    held.forget(LIN)
    assert held.read(LIN, hers, NOW) is None
    assert held.read(WANG, his, NOW) == {"n": 2}
