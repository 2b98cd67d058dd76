"""The words for exchanges in both languages."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.exchanges import ExchangeKind
from bot.domain.profiles import Topic
from bot.questions.grammar import table
from bot.questions.vocabulary.exchanges import Vocabulary, kinds, levels, modes, stances, topics, ways

VOCABULARIES = {
    "kinds": kinds, "modes": modes, "levels": levels, "topics": topics, "stances": stances, "ways": ways,
}  # fmt: skip


@pytest.mark.parametrize("section", VOCABULARIES)
def test_every_word_of_the_table_is_found_as_what_it_stands_for(section: str) -> None:
    """In a sentence of its own language; none stands in two lines of a section."""
    vocabulary: Vocabulary[Any] = VOCABULARIES[section]()
    for name, phrases in table("exchanges")[section].items():
        for phrase in phrases:
            glue = " " if phrase.isascii() else ""
            text = f"X{glue}{phrase}{glue}X"
            found = [(word.value, text[word.start : word.end]) for word in vocabulary.find(text)]
            assert found == [(name, phrase)], (section, phrase)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a video call with Seattle", ["virtual_visit"]),
        ("昨天和西雅圖視訊討論住宅", ["virtual_visit"]),
        ("昨天和西雅图视讯讨论住宅", ["virtual_visit"]),  # as typed across the strait
        ("線上研討會", ["webinar"]),
        ("市長率團參訪", ["visit", "visit"]),
        ("two delegations and three webinars", ["visit", "webinar"]),
        ("ＷＥＢＩＮＡＲ", ["webinar"]),
        ("the signature of a recall", []),  # words within words
    ],
)
def test_kinds_in_sentences(text: str, expected: list[str]) -> None:
    assert [word.value for word in kinds().find(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on housing and public transit", [Topic.HOUSING, Topic.TRANSPORT]),
        ("討論社會住宅與淨零", [Topic.HOUSING, Topic.CLIMATE]),
        ("智慧城市", [Topic.TECHNOLOGY]),
    ],
)
def test_topics_in_sentences(text: str, expected: list[Topic]) -> None:
    assert [word.value for word in topics().find(text)] == expected


def test_every_kind_has_words_but_those_of_direction() -> None:
    """Who went to whom is not in a word: see [ways]."""
    without = {ExchangeKind.VISIT_IN, ExchangeKind.VISIT_OUT}
    assert set(table("exchanges")["kinds"]) == set(ExchangeKind) - without
    assert set(table("exchanges")["topics"]) == set(Topic)


@given(st.text(max_size=80))
def test_spans_lie_in_the_text(text: str) -> None:
    for vocabulary in VOCABULARIES.values():
        end = 0
        for word in vocabulary().find(text):  # type: ignore[attr-defined]
            assert end <= word.start < word.end <= len(text)
            end = word.end
