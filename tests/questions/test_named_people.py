"""Who took part, by name: as logged with an exchange, or seen in its words; else the answer says that none is there."""

from typing import Any

import pytest

from bot.console.questions import document
from bot.domain.access import Role, Scope
from bot.domain.dates import PartialDate
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeStatus
from bot.i18n.texts import Texts
from bot.questions.answering.record_words import names_somebody, tells_a_number
from bot.services.desk import Caller, Desk
from bot.services.editing import open_visit
from bot.services.exchange_details import edit_details
from bot.services.exchanges import VisitForm, log_visit
from bot.services.questions import ask
from tests.domain.builders import place
from tests.records import office_of, person

WHO = "Who was the mayor of Seattle who visited us in 2026?"
TOOK_PART = "Who took part in the visit from Seattle in 2026?"


async def answered(desk: Desk, caller: Caller, question: str) -> dict[str, Any]:
    return dict(document(await ask(desk, caller, question), Texts(caller.language)))


async def visited(desk: Desk, caller: Caller, scope: Scope = Scope.SHARED) -> int:
    """A visit of Seattle's mayor, logged without a name."""
    form = VisitForm("Seattle", "2026-11-18", "visit_in", scope=scope)
    number = (await log_visit(desk, caller, form, "test:1")).exchange.id
    await tell(desk, caller, number, level="leader")
    return number


async def tell(desk: Desk, caller: Caller, number: int, **typed: str) -> None:
    version = (await open_visit(desk, caller, f"X{number}")).version
    await edit_details(desk, caller, number, version, typed)


@pytest.mark.both_engines
async def test_a_name_is_told_once_it_is_logged(seeded_desk: Desk) -> None:
    caller = person(await office_of(seeded_desk, "kaohsiung-tw"), Role.EDITOR)
    number = await visited(seeded_desk, caller)
    before = await answered(seeded_desk, caller, WHO)
    assert (before["outcome"], before["records"]) == ("no_record", [f"X{number}"])
    assert "not recorded by name" in before["text"]
    await tell(seeded_desk, caller, number, attendees="leader: 2 Bruce Harrell 哈瑞爾, Mayor")
    for question in (WHO, TOOK_PART):
        after = await answered(seeded_desk, caller, question)
        assert after["outcome"] == "answered"
        assert f"X{number} · leader: Bruce Harrell 哈瑞爾 (Seattle) · Mayor" in after["text"]
        assert "not recorded by name" not in after["text"]


async def test_in_chinese(seeded_desk: Desk) -> None:
    caller = person(await office_of(seeded_desk, "kaohsiung-tw"), Role.EDITOR, language="zh-TW")
    number = await visited(seeded_desk, caller)
    question = "2026年訪問我們的西雅圖市長是誰？"
    assert "未記載姓名" in (await answered(seeded_desk, caller, question))["text"]
    await tell(seeded_desk, caller, number, attendees="首長：2 哈瑞爾，市長")
    assert (
        f"X{number} · 首長：哈瑞爾（西雅圖） · 市長"
        in (await answered(seeded_desk, caller, question))["text"]
    )


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("Whom did our mayor meet in Prague in 2020?", "no_record"),
        ("Who was the mayor of Prague who visited us in 2020?", "no_record"),
        ("Who did the mayor of Prague visit in 2020?", "answered"),
        ("With whom did the mayor of Prague meet in 2020?", "answered"),
        ("2020年布拉格市長訪問了誰？", "answered"),
        ("2020年布拉格市長和誰會面？", "answered"),
    ],
)
async def test_whether_it_is_a_person_or_a_place(seeded_desk: Desk, question: str, outcome: str) -> None:
    """Whom the mayor of a place met is told with where; who that mayor was is not recorded."""
    language = "en" if question.isascii() else "zh-TW"
    caller = person(await office_of(seeded_desk, "taipei-tw"), Role.EDITOR, language=language)
    assert (await answered(seeded_desk, caller, question))["outcome"] == outcome


async def test_what_came_of_an_agreement_is_no_decision(seeded_desk: Desk) -> None:
    caller = person(await office_of(seeded_desk, "taipei-tw"), Role.EDITOR)
    question = "What was the result of the sister city agreement with Prague?"
    assert (await answered(seeded_desk, caller, question))["outcome"] == "not_understood"


async def test_how_many_were_given_is_told_by_the_quantity(seeded_desk: Desk) -> None:
    caller = person(await office_of(seeded_desk, "kaohsiung-tw"), Role.EDITOR)
    form = VisitForm("Seattle", "2026-11-18", "aid", topic="Masks")
    number = (await log_visit(seeded_desk, caller, form, "test:1")).exchange.id
    question = "How many masks did we give Seattle?"
    assert "number is not recorded" in (await answered(seeded_desk, caller, question))["text"]
    await tell(seeded_desk, caller, number, item="masks", quantity="50,000")
    after = await answered(seeded_desk, caller, question)
    assert after["outcome"] == "answered"
    assert f"X{number}: masks 50,000" in after["text"]


@pytest.mark.both_engines
async def test_nobody_else_learns_it(seeded_desk: Desk) -> None:
    """What stays in an office is not told to another, and what was read once is not remembered for it."""
    caller = person(await office_of(seeded_desk, "kaohsiung-tw"), Role.EDITOR)
    number = await visited(seeded_desk, caller, Scope.OFFICE)
    await tell(seeded_desk, caller, number, attendees="leader: 2 Bruce Harrell")
    await tell(seeded_desk, caller, number, decisions="Exchange of trainees (Lin, 2027-03-01)")
    other = person(await office_of(seeded_desk, "tainan-tw"), Role.EDITOR, user_id=2)
    asked = {
        WHO.replace("us", "Kaohsiung"): "Bruce Harrell",
        "What was decided between Kaohsiung and Seattle?": "trainees",
    }
    for question, what in asked.items():
        assert what in (await answered(seeded_desk, caller, question))["text"]
        assert what not in (await answered(seeded_desk, other, question))["text"]


@pytest.mark.both_engines
async def test_what_was_decided_is_told_once_it_is_logged(seeded_desk: Desk) -> None:
    caller = person(await office_of(seeded_desk, "kaohsiung-tw"), Role.EDITOR)
    number = await visited(seeded_desk, caller)
    for question in (
        "What was decided with Seattle in November 2026?",
        "What came out of the visit from Seattle in 2026?",
    ):
        assert "No decisions are recorded." in (await answered(seeded_desk, caller, question))["text"]
    none = await answered(seeded_desk, caller, "What was decided with Seattle?")
    assert "The last of 2:" in none["text"]
    await tell(seeded_desk, caller, number, decisions="Exchange of trainees (Lin, 2027-03-01)")
    later = VisitForm("Seattle", "2026-11-19", "video")
    await log_visit(seeded_desk, caller, later, "test:2")
    after = await answered(seeded_desk, caller, "What was decided with Seattle?")
    assert (after["outcome"], after["records"]) == ("answered", [f"X{number}"])
    assert f"Decided in X{number}:" in after["text"]
    assert "Exchange of trainees" in after["text"]
    chinese = person(await office_of(seeded_desk, "kaohsiung-tw"), Role.EDITOR, language="zh-TW")
    said = await answered(seeded_desk, chinese, "2026年11月和西雅圖的交流決定了什麼？")
    assert f"X{number} 的決議：" in said["text"]


# The words of a record -----------------------------------------------------------------------------------------

HOUSTON = place(1, "Houston", name_zh="休士頓")
KAOHSIUNG = place(2, "Kaohsiung", name_zh="高雄市")


def called(title: str, title_zh: str | None = None) -> Exchange:
    return Exchange(
        id=1, kind=ExchangeKind.AID, mode=None, status=ExchangeStatus.HELD, level=None, date=PartialDate(2020),
        end_date=None, starts_at=None, title=title, title_zh=title_zh, topic=None, summary=None, people=None,
        places=(KAOHSIUNG, HOUSTON),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("47 boxes of pineapples for school lunches", True),
        ("Taipei gives Prague 100,800 masks", True),
        ("Two pangolins on loan reach the zoo", True),
        ("兩隻穿山甲運抵動物園", True),
        ("2000 masks", True),
        ("12 marble lions", True),
        ("捐贈500盒口罩", True),
        ("三尊石獅", True),
        ("口罩20000", True),
        ("a pair of pandas", True),
        ("致贈口罩十萬片", True),
        ("Fire engines for Dar es Salaam", False),
        ("Books for the 60th anniversary, in 2021", False),
        ("A gift on 13 April", False),
        ("Gift for 40 years of ties", False),
        ("2021年5月3日致贈消防車，締盟 40 週年", False),
        ("Kaohsiung gives Houston a pavilion", False),
    ],
)
def test_whether_a_number_is_told(title: str, told: bool) -> None:
    assert tells_a_number(called(title)) is told


@pytest.mark.parametrize(
    ("title", "title_zh", "told"),
    [
        ("Mayor Chen Chu in Houston", None, True),
        ("Visit", "朱立倫市長於休士頓會見僑胞", True),
        ("Visit", "市長陳其邁訪問休士頓", True),
        (
            "Mayor of Houston leads 23 people to Kaohsiung City Hall",
            "休士頓市長率 23 人拜會高雄市政府",
            False,
        ),
        ("Mayors of Kaohsiung and Houston meet", "高雄市長與休士頓市長會面", False),
        ("Deputy mayor in Houston", None, False),
        ("Visit", "高雄市長陳其邁訪問休士頓", True),
        ("Visit", "東京都知事小池百合子來訪", True),
        ("Visit", "哈瑞爾市長來訪", True),
        ("Mayor Young visits", None, True),
        ("Mayor Élodie Ôté visits", None, True),
    ],
)
def test_whether_somebody_is_named(title: str, title_zh: str | None, told: bool) -> None:
    assert names_somebody(called(title, title_zh)) is told
