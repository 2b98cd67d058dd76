"""/ask as staff use it: the answer first, pages, what one asks next, and what is asked back."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.access import Role, Scope
from bot.services.asked_queries import KEPT
from bot.services.desk import Caller, Desk
from bot.services.office_settings import PostingForm
from bot.services.offices import set_up_office
from tests.chat.conftest import Seen, Stage
from tests.chat.forms import submit
from tests.chat.test_registry import add_act
from tests.chat.test_sentences import Replied, say


@pytest.mark.usefixtures("no_pings")
async def test_asking_and_what_one_asks_next(stage: Stage) -> None:
    """One tie with its buttons, a count with its list, a long list in pages, all of it after a restart as well."""
    seen = await stage.slash("ask", question="When did Kaohsiung and Seattle become sister cities?")
    assert "1991" in (seen.embed.title or "")
    assert "P195" in (seen.embed.title or "")
    assert "Understood: " in (seen.embed.footer.text or "")
    assert not seen.private
    assert seen.buttons == ["Log a visit with Seattle", "Partner card", "Timeline", "Exchanges"]

    many = await stage.slash("ask", question="Which partners have we not talked to for two years?")
    assert "page 1 of" in (many.embed.footer.text or "")
    title, first = many.embed.title, many.embed.description
    await stage.restart()
    second = await stage.click(many, "Next →")
    assert second.embed.title == title
    assert second.embed.description != first
    assert "page 2 of" in (second.embed.footer.text or "")

    assert "Kaohsiung – Seattle" in (await stage.click(seen, "Partner card")).text
    assert "1991" in (await stage.click(seen, "Timeline")).text

    count = await stage.slash("ask", question="How many sister cities do we have?")
    listed = await stage.click(count, "Which ones?")
    assert "`P195` Seattle" in listed.text
    friends = await stage.click(count, "Friendship cities")
    assert "Hachioji" in friends.text
    assert "Seattle" not in friends.text

    chinese = await stage.slash("ask", question="和西雅圖最近一次交流是什麼時候？")
    assert "2011年4月28日" in chinese.text, "whoever asks in Chinese reads it"


@pytest.mark.usefixtures("no_pings")
async def test_two_questions_in_one(stage: Stage) -> None:
    """Both are answered on one page, a long list in short; what goes on, goes on from the second."""
    seen = await stage.slash("ask", question="When did we sign with Miami and when did we last meet?")
    assert "P225" in seen.text
    assert "X23" in seen.text
    assert "**Last exchange with Miami" in (seen.embed.description or "")
    assert "and then" in (seen.embed.footer.text or "")
    assert "Partner card" in seen.buttons

    chinese = await stage.slash("ask", question="我們有幾個姊妹市，最早的是哪一個？")
    assert "33" in chinese.text
    assert "檀香山" in chinese.text
    assert "再問" in (chinese.embed.footer.text or "")

    long = await stage.slash(
        "ask", question="Which sister cities do we have and when did we last meet Miami?"
    )
    assert "more lines" in long.text
    assert "X23" in long.text
    assert "page" not in (long.embed.footer.text or "")


@pytest.mark.usefixtures("no_pings")
async def test_what_is_asked_back_and_what_is_no_question(stage: Stage) -> None:
    """Homonyms come back as buttons; nonsense and injected text do nothing; what is kept too long is gone."""
    back = await stage.slash("ask", question="When did Columbus become a sister city?")
    assert back.private
    assert back.buttons == ["Columbus, Georgia, United States", "Columbus, Ohio, United States"]
    georgia = await stage.click(back, back.buttons[0])
    assert "Georgia" in (georgia.embed.footer.text or "") or "Columbus" in (georgia.embed.title or "")

    for text in (
        "@everyone **wear** [blue](http://x.example) hats",
        "\u202eelttaeS",
        "?" * 4000,
        "x " * 2000,
    ):
        answer = await stage.slash("ask", question=text)
        assert "@everyone" not in answer.text
        assert "**wear**" not in answer.text
        assert "[blue](" not in answer.text

    seen = await stage.slash("ask", question="How many sister cities do we have?")
    now = stage.desk.clock()
    later = Desk(stage.desk.database, lambda: now + KEPT + timedelta(days=1))
    stage.env.bot.desk = later
    await stage.slash("ask", question="How many partners do we have?")
    gone = await stage.click(seen, "Which ones?")
    assert gone.private
    assert "no longer kept" in gone.text


@pytest.mark.usefixtures("no_pings")
async def test_questions_in_messages_and_what_goes_on_from_them(stage: Stage) -> None:
    """A mention, a reply, the same person again, ten minutes later; talk between people is left alone."""
    seen = await say(stage, "When did we last have contact with Seattle?")
    assert "28 April 2011" in seen.text
    other = await reply(stage, seen, "and Portland?", stage.administrator)
    assert other is not None
    assert "2025" in other.text
    again = await say(stage, "and Brisbane?")
    assert "Brisbane" in again.text
    slash = await stage.slash("ask", question="and Portland?")
    assert "2025" in slash.text
    talk = await reply(stage, seen, "thanks, I shall call them", stage.administrator)
    assert talk is None, talk.text
    report = await reply(stage, seen, "video call with Seattle today, 30 min")
    assert report is not None
    assert "Confirm" in report.buttons

    back = await say(stage, "When did Columbus become a sister city?")
    assert "Only the person who asked" in (await stage.click(back, back.buttons[0], stage.administrator)).text
    chosen = await stage.click(back, back.buttons[0])
    assert "Georgia" in chosen.text or "Columbus" in chosen.text

    now = stage.desk.clock()
    stage.env.bot.desk = Desk(stage.desk.database, lambda: now + timedelta(minutes=11))
    late = await say(stage, "and Portland?")
    assert "Understood: what is known" in late.text


@pytest.mark.usefixtures("no_pings")
async def test_who_was_spoken_of_is_known_to_the_next_question(stage: Stage) -> None:
    """The one that an answer told, by command, message and reply; also after what was not understood."""
    await stage.slash("ask", question="Which is our oldest sister city?")
    asked = await stage.slash("ask", question="when did we last meet?")
    assert "14 June 2015" in asked.text
    again = await say(stage, "is it a friendship city?")
    assert "Honolulu" in again.text
    refused = await say(stage, "what did he look at?")
    assert "1962" not in refused.text
    signed = await reply(stage, refused, "when was it signed?")
    assert signed is not None
    assert "1962" in signed.text
    assert "1962" in (await say(stage, "when was it signed?")).text

    await say(stage, "When did we sign with Emeraldtown?")
    lost = await say(stage, "when was it signed?")
    assert "1962" not in lost.text, "of Emeraldtown nobody knows, and it is not taken for Honolulu"


async def test_direct_messages(stage: Stage) -> None:
    """For the office whose server one is in; who is in several is asked once, and what was written is answered."""
    dm = stage.staff.user
    await dm.send_dm("How many sister cities do we have?")
    first = Replied(dm.dm_channel.last_message)
    assert "33" in first.text
    assert (await dm.send_dm("and friendship cities?")) is not None
    assert "7" in Replied(dm.dm_channel.last_message).text
    await dm.send_dm("Which is our oldest sister city?")
    await dm.send_dm("what did he look at?")
    await dm.send_dm("when was it signed?")
    assert "1962" in Replied(dm.dm_channel.last_message).text

    other = stage.env.create_guild("Taipei")
    other.add_member(dm)
    here = Caller("en", stage.administrator.id, other.id, role=Role.OPERATOR)
    await set_up_office(stage.desk, here, "taipei-tw", stage.channel.id, PostingForm("en"))
    await stage.restart()
    await dm.send_dm("How many sister cities do we have?")
    asked = Replied(dm.dm_channel.last_message)
    assert asked.buttons == ["Taipei", "Kaohsiung"] or asked.buttons == ["Kaohsiung", "Taipei"]
    await dm.click(asked.result.response, label="Taipei")
    assert "Taipei: 53" in Replied(dm.dm_channel.last_message).text
    await dm.send_dm("Which is our oldest sister city?")
    assert "Houston" in Replied(dm.dm_channel.last_message).text

    stranger = stage.env.create_user("passer-by")
    await stranger.send_dm("How many sister cities do we have?")
    assert "none of the offices' servers" in Replied(stranger.dm_channel.last_message).text


async def test_what_is_not_understood_is_taught(stage: Stage) -> None:
    """Three examples that have an answer; the administrator sees the question, and one form later it works."""
    seen = await stage.slash("ask", question="When did we sign with Emeraldtown, @everyone?")
    assert "Emeraldtown" in seen.text
    hats = await stage.slash("ask", question="Which **mayors** wear blue hats?")
    assert hats.text.count("•") == 3
    for line in hats.field("You can ask, for example:").splitlines():
        again = await stage.slash("ask", question=line.removeprefix("• "))
        assert "Understood:" in again.text
    assert "Perhaps you mean this: which partners · of Kaohsiung" in hats.text
    meant = await stage.click(hats, "Yes, answer that")
    assert "Understood: which partners · of Kaohsiung" in meant.text
    listed = await stage.slash("office questions", stage.administrator)
    assert listed.private
    assert "mayors" in listed.text or "Emeraldtown" in listed.text
    while "Emeraldtown" not in listed.text:
        listed = await stage.click(listed, "Next →", stage.administrator)
    form = await stage.click(listed, "It is a name of a place", stage.administrator)
    wrong = await submit(form, stage.administrator, name="Emeraldtown", place="Nowhereville")
    assert "Nowhereville" in wrong.text
    back = await stage.click(wrong, wrong.buttons[0], stage.administrator)
    taught = await submit(back, stage.administrator, name="Emeraldtown", place="Seattle")
    assert "1991" in taught.text
    works = await stage.slash("ask", question="When did we sign with Emeraldtown?")
    assert "1991" in works.text
    listed = await stage.slash("office questions", stage.administrator)
    listed = await stage.click(listed, "Not our business", stage.administrator)
    assert "None." in listed.text
    listed = await stage.click(listed, "Stop keeping these", stage.administrator)
    assert "They are not kept." in listed.text
    helped = await stage.click(await stage.slash("help"), "What you can ask")
    assert "When did Kaohsiung and" in helped.text
    assert helped.text.count("•") > 6


async def reply(stage: Stage, seen: Seen, text: str, person: Any = None) -> Replied | None:
    """Reply to a message of the bot's, as Discord does it: with a ping; None where the bot says nothing."""
    person = person or stage.staff
    sent = await person.send(stage.channel, text, reply_to=seen.result.response)
    last = stage.channel.last_message
    return None if last.id == sent.id else Replied(last)


async def test_what_only_the_office_may_see_is_answered_privately(stage: Stage) -> None:
    """Also when it is asked in a message: then a button shows it to whoever presses, as they may see it."""
    question = "When did Kaohsiung and Prague become sister cities?"
    open_ = await stage.slash("ask", question=question)
    assert not open_.private
    await add_act(stage, scope=Scope.OFFICE, office_id=(await stage.desk_office()).id)
    closed = await stage.slash("ask", question=question)
    assert closed.private
    assert "11 September 2007" in closed.text

    public = await say(stage, question)
    assert "2007" not in public.text
    assert public.buttons == ["Show me"]
    await stage.restart()
    told = await stage.click(public, "Show me", stage.administrator)
    assert told.private
    assert "11 September 2007" in told.text
