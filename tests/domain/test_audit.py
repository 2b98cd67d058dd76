"""Record numbers, and which changes stand: what was taken back does not, what was put back does."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.audit import Deed, Entry, RecordKind, find_record, in_effect, read_record, taken_back
from bot.domain.errors import BadInput


def entry(number: int, undoes: int | None = None) -> Entry:
    deed = Deed.EDITED if undoes is None else Deed.UNDONE
    at = datetime(2026, 11, 20, tzinfo=UTC)
    return Entry(number, at, 1, 1, 1, deed.of(RecordKind.EXCHANGE), "X1", None, None, undoes)


@pytest.mark.parametrize("text", ["X40", "x40", " X40 ", "Ｘ４０", "X 40", "X040"])
def test_a_record_is_read_as_people_type_it(text: str) -> None:
    """Wide letters and small ones among them."""
    record = read_record(text)
    assert (record.kind, record.number, str(record)) == (RecordKind.EXCHANGE, 40, "X40")


@pytest.mark.parametrize(
    "text", ["", "40", "Y40", "X", "X-1", "X4O", "X40 P1", "X" * 5000, "office", "partnerships"]
)
def test_what_is_no_record_number(text: str) -> None:
    """It gets a sentence, with no more of what was typed than fits into one."""
    assert find_record(text) is None
    with pytest.raises(BadInput) as refused:
        read_record(text)
    assert refused.value.key == "record.unreadable"
    assert len(refused.value.values["text"]) <= 40


STEPS = [
    # undoes, those that stand afterwards, those that count as taken back
    ([None], [1], set()),
    ([None, None], [1, 2], set()),
    ([None, None, 2], [1], {2}),
    ([None, None, 2, 1], [], {1, 2}),
    ([None, None, 2, 3], [1, 4], {3}),
    ([None, None, 2, 3, 4], [1], {2, 4}),
    ([None, 1, None], [3], {1}),
    ([None, None, 2, None, 4, 1], [], {1, 2, 4}),
]


@pytest.mark.parametrize(("undoes", "standing", "back"), STEPS)
def test_what_stands(undoes: list[int | None], standing: list[int], back: set[int]) -> None:
    """A change that was put back stands in the entry that put it back, and can be taken back by that one again."""
    entries = [entry(number, of) for number, of in enumerate(undoes, 1)]
    assert [each.id for each in in_effect(entries)] == standing
    assert taken_back(entries) == back


@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=40))
def test_undoing_is_a_stack(presses: list[str]) -> None:
    """Whatever is pressed in whatever order, what stands is what a list of states says."""
    entries: list[Entry] = []
    stack: list[int] = []
    undone: list[int] = []
    for press in presses:
        number = len(entries) + 1
        if press == "change":
            entries.append(entry(number))
            stack.append(number)
            undone = []
        elif press == "undo" and stack:
            entries.append(entry(number, stack.pop()))
            undone.append(number)
        elif press == "redo" and undone:
            entries.append(entry(number, undone.pop()))
            stack.append(number)
    assert [each.id for each in in_effect(entries)] == stack
    standing = {each.id for each in in_effect(entries)}
    assert not standing & taken_back(entries)
