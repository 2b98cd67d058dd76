"""Questions about the rules on ties: what they may ask for is what the list of facts holds."""

from bot.domain.pressure import Bearing
from bot.questions.asking.regulations import regulations_asked
from bot.questions.outcomes import AboutRegulations, Regulation
from bot.questions.text.normal import tokens_of
from bot.services.pressure_facts import countries_with_rules, facts_in
from tests.questions.registry import starter_lexicon

OF_ONE_CITY = {"tainan"}


def test_every_fact_can_be_asked_for() -> None:
    """Each fact on rules has its topic, and each topic its fact; what one city alone asks for is told with all."""
    for country in countries_with_rules():
        facts = {fact.key for fact in facts_in(country) if fact.bearing is not Bearing.HAPPENED}
        assert facts - OF_ONE_CITY == {topic.value for topic in Regulation}


def read(question: str) -> AboutRegulations | None:
    return regulations_asked(tokens_of(question), starter_lexicon())


def test_each_topic_in_both_languages() -> None:
    asked = {
        Regulation.APPROVAL: ("Which ministry approves county agreements?", "縣市締盟要由哪個部會核准？"),
        Regulation.NO_PROMISE: ("May a city promise anything to a foreign city?", "可以先向對方城市承諾嗎？"),
        Regulation.MISSION: ("Does the embassy have to help with the agreement?", "簽姊妹市一定要透過駐外館處嗎？"),
        Regulation.LEVEL: ("Must both sides of an agreement be of the same level?", "締盟雙方層級要對等嗎？"),
        Regulation.TRAVEL: ("Whom must a city inform before travelling abroad to sign?", "出國簽署協議要先知會誰？"),
        Regulation.MONEY: ("Who bears the costs of a partnership?", "姊妹市的費用誰負擔？"),
        Regulation.ALLOWED: ("Are townships allowed to sign agreements?", "鄉鎮可不可以簽姊妹市？"),
        Regulation.RECOGNITION: ("Does a tie need diplomatic relations?", "結盟需要邦交嗎？"),
        Regulation.NAME: ("Under which name must a city sign?", "協議上的國名有規定嗎？"),
        Regulation.END: ("How does a city terminate an agreement?", "解除締盟有什麼程序？"),
    }  # fmt: skip
    assert asked.keys() == set(Regulation)
    assert [
        (topic, question, found)
        for topic, questions in asked.items()
        for question in questions
        if (found := read(question)) is None or topic not in found.of
    ] == []


def test_one_word_more_and_it_is_none() -> None:
    """What names a place, a person, an amount or anything else that rules do not speak of is not taken for one."""
    for question in (
        "Who has to approve the agreement with Seattle?",
        "Who has to approve the parking of a city bus?",
        "How much must a city pay for a tie?",
        "與西雅圖的協議要由誰核定？",
        "我們要跟誰簽協議？",
        "Which of our ties must be approved?",
    ):
        assert read(question) is None, question


def test_whose_rules() -> None:
    named = read("What are the rules in Germany for a twinning agreement?")
    assert named == AboutRegulations(frozenset(), "DE")
    assert read("What do the rules of Germany and Japan say on twinning agreements?") is None
