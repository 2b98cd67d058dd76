"""Handles: one of several parts is named so that it is still the one that was meant when others come and go."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreements import Commitment
from bot.domain.marks import find_part, handle_of

PARTS = [Commitment("A visit"), Commitment("學生交流"), Commitment("A visit of students")]


def find(parts: Sequence[Commitment], text: str) -> int | None:
    return find_part(parts, text, lambda part: part.what)


@pytest.mark.parametrize(
    ("text", "index"),
    [("1", 0), (" 3 ", 2), ("0", None), ("4", None), ("學生", 1), ("students", 2), ("visit", None), ("", None),
     ("a VISIT of", 2), ("2.00000000", None)],
)  # fmt: skip
def test_what_people_type(text: str, index: int | None) -> None:
    """A position, or words that only one of them has."""
    assert find(PARTS, text) == index


@given(st.lists(st.text(max_size=3), min_size=1, max_size=6), st.data())
def test_a_handle_survives_what_happens_to_others(texts: list[str], data: st.DataObject) -> None:
    """Others are added and removed; the part is found as long as it says the same."""
    parts = [Commitment(text) for text in texts]
    index = data.draw(st.integers(0, len(parts) - 1))
    handle = handle_of(parts, index)
    assert find(parts, handle) == index
    added = [Commitment("new"), *parts]
    found = find(added, handle)
    assert found is not None
    assert added[found] == parts[index]
    others = [part for part in parts if part != parts[index]]
    assert find(others, handle) is None
