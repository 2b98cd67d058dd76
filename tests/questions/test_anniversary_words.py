"""Which anniversary of a tie the words of a record tell of, and which are of something else."""

import pytest

from bot.questions.answering.anniversary_words import anniversaries_in

TOLD = [
    ("Mayor of Yokohama in Taipei for the 10th anniversary", {10}),
    ("Online ceremony for 60 years, mayors sign a partnership agreement", {60}),
    ("Mayor of Hualien in Takachiho for five years as sister cities", {5}),
    ("Culture and arts memorandum signed in Perth in the 20th year", {20}),
    ("Gala for the 25th anniversary of our partnership", {25}),
    ("Deputy mayor at the 250th birthday of San Diego", set()),
    ("Fair for the 800th anniversary of the city", set()),
    ("Two pangolins stay for 2 years", set()),
    ("締盟 50 週年音樂會", {50}),
    ("兩市慶祝締結姊妹市六十週年", {60}),
    ("臺中副市長出席聖地牙哥建城 250 週年慶典", set()),
    ("建校一百週年交流", set()),
]


@pytest.mark.parametrize(("text", "years"), TOLD, ids=[text for text, _ in TOLD])
def test_the_years_that_a_record_tells(text: str, years: set[int]) -> None:
    assert anniversaries_in(text) == years
