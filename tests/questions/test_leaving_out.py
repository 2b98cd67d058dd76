"""A country or region that a question names is in what it was read as, else it is asked back."""

import pytest

from bot.questions.outcomes import NotUnderstood
from bot.questions.query import Query
from tests.questions.test_invariance import read


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("Asia-wise, who are the sister cities of Tainan?", "Asia"),
        ("Japanese side only: the friendship cities of Tainan", "Japanese"),
        ("With Poland in mind the sister cities of Taipei", "Poland"),
    ],
)
def test_left_out(question: str, left_out: str) -> None:
    """It is never answered as if it had not been said."""
    reading = read(question)
    if isinstance(reading, Query):
        assert reading.partner.countries or reading.partner.regions
    else:
        assert isinstance(reading, NotUnderstood), left_out


@pytest.mark.parametrize(
    "question",
    [
        "Sister cities in Japan?",
        "Which Asian partners does Kaohsiung have that Taipei does not have?",
        "When did we sign with Busan in Korea?",
        "When did we sign with Houston in North America?",
        "Which Taiwanese cities are twinned with Prague?",
        "Guests from Poland came last week. When did we sign with Seattle?",
        "高雄在亞洲有哪些姊妹市？",
        "我們與韓國釜山何時締盟？",
    ],
)
def test_nothing_left_out(question: str) -> None:
    """What it is read as holds it, or a place that lies there; and what another sentence tells is no condition."""
    assert isinstance(read(question), Query)
