"""/partner match and /partner profile as a person sees them."""

import pytest

from bot.domain.access import Role
from bot.services.profiles import show_profile
from tests.chat.conftest import Stage
from tests.chat.forms import held, submit
from tests.records import person


@pytest.mark.usefixtures("no_pings")
async def test_a_profile_is_written_in_one_form_and_gives_matches(stage: Stage) -> None:
    """From an empty profile to a match with its points; the form comes back with what stands there."""
    seen = await stage.slash("partner profile", person=stage.administrator)
    assert "Nobody has written a profile" in seen.text
    form = await stage.click(seen, "Write the profile", stage.administrator)
    done = await submit(
        form, stage.administrator, strength="港口: 貨櫃 @everyone", seeks="beekeeping", source=""
    )
    assert "on whose word" in done.text
    again = await stage.click(done, "Open the form again", stage.administrator)
    assert held(again)["seeks"] == "beekeeping"
    card = await submit(again, stage.administrator, source="the office itself")
    assert "port: 貨櫃" in card.text
    await stage.restart()
    reopened = await stage.click(card, "Write the profile", stage.administrator)
    assert held(reopened)["seeks"] == "beekeeping"
    match = await stage.slash("partner match", topic="airport")
    assert "First, partners you have that went quiet" not in match.text
    assert match.embed.title == "Partners for Kaohsiung: airport"
    undone = await stage.click(card, "Undo", stage.administrator)
    assert "Nobody has written a profile" in undone.text
    assert "port: 貨櫃" in (await stage.click(undone, "Put it back", stage.administrator)).text


async def test_readers_may_look_and_not_write(stage: Stage) -> None:
    """The button refuses who may not press it, and nothing is stored."""
    seen = await stage.slash("partner profile")
    refused = await stage.click(seen, "Write the profile")
    assert refused.private
    assert "editor" in refused.text
    assert not (await show_profile(stage.desk, person(await stage.desk_office(), Role.READER))).lines


async def test_in_chinese(stage: Stage) -> None:
    """臺灣用語, with the points of each reason."""
    stage.speaks("zh-TW")
    seen = await stage.slash("partner match")
    assert seen.embed.title == "可能適合高雄市的夥伴"
    assert "貴市尚未填寫城市簡介" in seen.text
