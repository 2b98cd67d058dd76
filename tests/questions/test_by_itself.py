"""Questions behind a story: read by themselves where they lack nothing that the story could give."""

from datetime import date

import pytest

from bot.questions.outcomes import NotUnderstood, Reading
from bot.questions.parser import parse
from bot.questions.query import Query
from tests.questions.registry import starter_lexicon, starter_places

TODAY = date(2026, 11, 20)

STORIES = (
    "The caretaker lost the folder with the green ribbon.",
    "I promised the fire brigade a rhyme about garden gnomes:",
    "We are choosing wallpaper for the vestibule -",
    "My aunt is knitting flags again!",
)
QUESTIONS = (
    "When did Kaohsiung and Seattle become sister cities?",
    "How many sister cities does Taipei have in Japan?",
    "Which partners does Tainan have in the United States?",
    "Is Busan a sister city of Kaohsiung?",
)
CHINESE_STORIES = ("我阿姨又在織旗子了，", "檔案室的貓把名冊咬爛了。", "主任要挑玄關的壁紙，")
CHINESE_QUESTIONS = ("高雄和西雅圖何時締盟？", "臺北在日本有哪些姊妹市？", "釜山是高雄的姊妹市嗎？")


def read(text: str) -> Reading:
    return parse(text, starter_lexicon(), TODAY, starter_places()["taichung-tw"].place)


@pytest.mark.parametrize(
    ("story", "question"),
    [(story, question) for story in STORIES for question in QUESTIONS]
    + [(story, question) for story in CHINESE_STORIES for question in CHINESE_QUESTIONS],
)
def test_a_story_changes_nothing(story: str, question: str) -> None:
    alone = read(question)
    assert isinstance(alone, Query)
    assert read(f"{story} {question}" if story[-1].isascii() else story + question) == alone


@pytest.mark.parametrize("question", QUESTIONS)
def test_nor_does_what_is_told_behind_it(question: str) -> None:
    assert read(f"{question} My aunt is knitting flags, you know.") == read(question)


@pytest.mark.parametrize(
    "more", ["Only the oldest.", "In Korea, I mean.", "Since 2015.", "But not memoranda."]
)
def test_but_what_says_more_does(more: str) -> None:
    question = "Which partners does Tainan have in the United States?"
    assert read(f"{question} {more}") != read(question)


@pytest.mark.parametrize(
    ("story", "question"),
    [
        ("The caretaker adores Prague.", "When did Taipei sign with it?"),
        ("My aunt is knitting a flag for Seattle again.", "Are there others like that in Kaohsiung?"),
        ("If the caretaker has his way with Lyon,", "how many partners will Kaohsiung have?"),
        ("Apart from the gnomes of Osaka,", "which sister cities does Kaohsiung have in Japan?"),
        (
            "Since 2015 the caretaker has dusted gnomes,",
            "which partners does Tainan have in the United States?",
        ),
        ("Memoranda are what the caretaker dusts.", "Which does Kaohsiung have in Japan?"),
        ("Of Taipei, the gnomes and Tainan,", "who has the most sister cities?"),
        ("館員只擦2015年以後的櫃子，", "臺南在美國有哪些夥伴？"),
        ("我阿姨最喜歡布拉格了，", "臺北是哪年跟它締盟的？"),
        ("假如館員又簽了里昂，", "高雄會有幾個姊妹市？"),
    ],
)
def test_what_a_story_may_mean_is_not_passed_over(story: str, question: str) -> None:
    """It is not answered as if nothing had been told; what may be meant is offered at most."""
    whole = read(f"{story} {question}" if story[-1].isascii() else story + question)
    assert whole != read(question) or not isinstance(whole, Query)


def test_what_is_not_sure_is_offered() -> None:
    question = "臺南在美國有哪些夥伴？"
    whole = read(f"館員只擦2015年以後的櫃子，{question}")
    assert isinstance(whole, NotUnderstood)
    assert whole.nearest == read(question)
