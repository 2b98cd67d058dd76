"""However a question is typed, it is the same question; and whatever is typed, nothing is raised."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from opencc import OpenCC

from bot.domain.names import fold
from bot.questions.frame import Frame
from bot.questions.outcomes import Reading, UnknownPlace
from bot.questions.parser import parse
from bot.questions.query import Query
from bot.questions.vocabulary.concepts import phrases
from tests.questions.bank import read_questions
from tests.questions.registry import starter_lexicon, starter_places

TODAY = date(2026, 11, 20)
HOME = starter_places()["kaohsiung-tw"].place


def read(text: str, frame: Query | None = None) -> Reading:
    """What is read; the name of an unknown place, which is told as it was typed, as it is compared."""
    reading = parse(text, starter_lexicon(), TODAY, HOME, Frame(frame) if frame else None)
    return replace(reading, words=fold(reading.words)) if isinstance(reading, UnknownPlace) else reading


def bank() -> list[str]:
    """The questions of the bank that have an answer or are asked back, whichever words are not understood."""
    folder = Path(str(files("bot").joinpath("questions", "bank")))
    rows = [row for file in sorted(folder.glob("*.csv")) for row in read_questions(file)]
    return [row.text for row in rows if "not_understood" not in row.outcomes]


QUESTIONS = bank()


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def plain_letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")


_SIMPLIFIED = OpenCC("t2s")


def simplified(text: str) -> str:
    return str(_SIMPLIFIED.convert(text))


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def politely(text: str) -> str:
    return (
        f"您好，請問{text}謝謝！"
        if is_chinese(text)
        else f"Hello, could you please tell me: {text} Thank you!"
    )


def marked(text: str) -> str:
    return f"<@123456789012345678> **{text}** <:city:123456789012345678>"


def with_invisible(text: str) -> str:
    return "\u202e" + "\u200b".join(text[i : i + 7] for i in range(0, len(text), 7)) + "\u2069\x07"


WAYS: list[Callable[[str], str]] = [
    str.upper, str.lower, full_width, plain_letters, simplified, politely, marked, with_invisible,
    lambda text: text.rstrip("?？!.。"), lambda text: f"  {text}\n\n", lambda text: f"「{text}」",
    lambda text: text.replace("臺", "台"), lambda text: text.replace("姊", "姐"),
]  # fmt: skip


@given(st.sampled_from(QUESTIONS), st.sampled_from(WAYS), st.sampled_from(WAYS))
def test_how_it_is_typed_changes_nothing(
    question: str, one: Callable[[str], str], other: Callable[[str], str]
) -> None:
    if one in (marked, simplified) or other is simplified:
        other = one  # nobody writes a mention in full width, or simplified what is in other forms already
    assert read(one(question) if one is other else other(one(question))) == read(question)


LONG_NAMES = (
    "Kaohsiung",
    "Seattle",
    "Brisbane",
    "Honolulu",
    "Taichung",
    "Prague",
    "Tacoma",
)
NAMED = [q for q in QUESTIONS if sum(q.count(name) for name in LONG_NAMES) == 1]


@given(st.sampled_from(NAMED), st.integers(1, 5), st.sampled_from(("swap", "drop", "double", "wrong")))
def test_a_slip_in_a_name_changes_nothing(question: str, at: int, slip: str) -> None:
    name = next(each for each in LONG_NAMES if each in question)
    at = min(at, len(name) - 2)
    typed = {
        "swap": name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        "drop": name[:at] + name[at + 1 :],
        "double": name[:at] + name[at] + name[at:],
        "wrong": name[:at] + "q" + name[at + 1 :],
    }[slip]
    found, expected = read(question.replace(name, typed)), read(question)
    # A slip in a name that nobody knows, Tacihung County, may be near to one that is known; the answer says so.
    assert found == expected or (
        isinstance(expected, UnknownPlace) and isinstance(found, Query | UnknownPlace)
    )


@given(st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    read(text)


@given(
    st.lists(
        st.sampled_from([*phrases(), *LONG_NAMES, "2020", "民國80年", "03/04/2026", "30", "P12", "，"]),
        max_size=9,
    )
)
def test_any_words_of_the_grammar_are_read(words: list[str]) -> None:
    frame = read(QUESTIONS[len(words)])
    read(" ".join(words), frame if isinstance(frame, Query) else None)


@example("高雄在日本有簽的城市列出來，備忘錄不算", "I", 19)  # ended where a word behind was looked for
@given(st.sampled_from(QUESTIONS), st.text(max_size=12), st.integers(0, 60))
def test_a_question_with_anything_in_it_is_read(question: str, other: str, at: int) -> None:
    read(question[:at] + other + question[at:])


@pytest.mark.parametrize("length", [601, 4000])
def test_a_long_text_is_no_question(length: int) -> None:
    question = QUESTIONS[0]
    assert read((question + " ") * (length // len(question) + 1)) == read("x" * length)
