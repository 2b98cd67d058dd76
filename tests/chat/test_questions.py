"""/ask as staff use it: the answer first, pages, what one asks next, and what is asked back."""

from datetime import timedelta

import discord
import pytest

from bot.domain.access import Scope
from bot.services.asked_queries import KEPT
from bot.services.desk import Desk
from tests.chat.conftest import Stage
from tests.chat.test_registry import add_act


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


async def test_what_only_the_office_may_see_is_answered_privately(stage: Stage) -> None:
    """Also when a page is turned or a button pressed in the channel."""
    question = "When did Kaohsiung and Prague become sister cities?"
    open_ = await stage.slash("ask", question=question)
    assert not open_.private
    await add_act(stage, scope=Scope.OFFICE, office_id=(await stage.desk_office()).id)
    closed = await stage.slash("ask", question=question)
    assert closed.private
    assert "11 September 2007" in closed.text
    assert isinstance(closed.embed, discord.Embed)
