"""Places that stand only in records which the asker may not see: no question tells that they are there."""

import pytest

from bot.domain.access import Scope
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.offices import office_named
from bot.services.questions import Answered, Outcome, ask
from bot.ui.answers import answer_lines, choice_label, understood_line
from db.partnerships import NewPartnership, insert_partnerships
from db.places import NewPlace, insert_places

PLACES = (
    NewPlace("hiddenburgshausen-de", "Hiddenburgshausen", name_zh="密堡", country="DE"),
    NewPlace("columbus-de", "Columbus", country="DE", region_en="Secretland"),
)


@pytest.fixture
async def desk_with_hidden(seeded_desk: Desk) -> Desk:
    """Two ties that only the office of Kaohsiung may see."""
    kaohsiung = await office_named(seeded_desk, "Kaohsiung")
    async with seeded_desk.database.write() as session:
        ids = await insert_places(session, PLACES)
        acts = [
            NewPartnership(
                Kind.SISTER_CITY, (kaohsiung.place.id, number), (StatusChange(Status.ACTIVE),),
                scope=Scope.OFFICE, office_id=kaohsiung.id,
            )
            for number in ids.values()
        ]  # fmt: skip
        await insert_partnerships(session, acts)
    return seeded_desk


async def told(desk: Desk, city: str, question: str) -> tuple[Answered, str]:
    """The answer to somebody of that office, and all that is said with it."""
    answered = await ask(desk, Caller("en", office=await office_named(desk, city)), question)
    texts = Texts("en")
    choices = [choice_label(texts, each) for each in answered.choices]
    return answered, "\n".join(
        [*answer_lines(texts, answered.answer), understood_line(texts, answered), *choices]
    )


@pytest.mark.parametrize(
    "question",
    [
        "When did we sign with Hiddenburgshausen?",
        "Is Kaohsiung twinned with Hiddenburgshausen?",
        "Which partners do Hiddenburgshausen and Kaohsiung share?",
    ],
)
async def test_a_name_by_itself(desk_with_hidden: Desk, question: str) -> None:
    """To Taipei it is a name that nobody has heard of, and to Kaohsiung its partner."""
    answered, _ = await told(desk_with_hidden, "Taipei", question)
    unheard, _ = await told(
        desk_with_hidden, "Taipei", question.replace("Hiddenburgshausen", "Qwortlemundsau")
    )
    assert answered.answer.outcome is unheard.answer.outcome is Outcome.NO_RECORD
    assert answered.answer.statements[0].key == unheard.answer.statements[0].key
    own, text = await told(desk_with_hidden, "Kaohsiung", "When did we sign with Hiddenburgshausen?")
    assert "Hiddenburgshausen" in text
    assert own.answer.scopes == {Scope.OFFICE}


@pytest.mark.parametrize(
    "question",
    [
        "When did we sign with Hidenburgshausen?",
        "When did we sign with Hiddenburgshausem?",
        "我們和密堡市何時締盟？",
        "When did Columbus become a sister city?",
        "Which partners does Kaohsiung have in Germany?",
        "How many partners does Kaohsiung have in Germany?",
        "Which partners of Kaohsiung do we not have?",
        "Is Kaohsiung frobnicatingly twinned with Hiddenburgshausen?",
    ],
)
async def test_slips_homonyms_and_lists(desk_with_hidden: Desk, question: str) -> None:
    """Neither a slip put right nor a homonym or a reading offered tells of it, nor a number."""
    answered, text = await told(desk_with_hidden, "Taipei", question)
    assert "Hiddenburgshausen" not in text
    assert "Secretland" not in text
    assert not answered.answer.places or "columbus-de" not in {each.key for each in answered.answer.places}
    _, own = await told(desk_with_hidden, "Kaohsiung", question)
    assert text != own or "do we not have" in question


async def test_what_the_world_knows_may_be_named(desk_with_hidden: Desk) -> None:
    """Munich is no secret; that somebody has a tie with it may be."""
    kaohsiung = await office_named(desk_with_hidden, "Kaohsiung")
    async with desk_with_hidden.database.write() as session:
        ids = await insert_places(session, [NewPlace("munich-de", "Munich", country="DE")])
        act = NewPartnership(
            Kind.SISTER_CITY, (kaohsiung.place.id, ids["munich-de"]), (StatusChange(Status.ACTIVE),),
            scope=Scope.OFFICE, office_id=kaohsiung.id,
        )  # fmt: skip
        await insert_partnerships(session, [act])
    answered, text = await told(desk_with_hidden, "Taipei", "Is Kaohsiung twinned with Munich?")
    assert answered.answer.value is False
    assert "no tie of Kaohsiung with Munich" in text
