"""/partner revive and the buttons under its kit, as staff and editors press them, also after a restart."""

from bot.domain.offices import Purpose
from db.offices import set_channels
from tests.chat.conftest import Stage
from tests.chat.forms import fields, submit


async def test_a_quiet_tie_is_dealt_with(stage: Stage) -> None:
    """The kit is private, the letter a file; contact, pause, snooze and proposal are one press away."""
    async with stage.desk.database.write() as session:
        await set_channels(session, (await stage.desk_office()).id, {Purpose.DORMANCY: stage.channel.id})
    kit = await stage.slash("partner revive", partner="Seattle")
    assert kit.private
    assert kit.buttons == ["Write", "Log contact", "Pause", "Snooze", "Propose to end"]
    assert "Nobody in office is on record" in kit.text
    await stage.restart()
    letter = await stage.click(kit, "Write")
    (file,) = letter.result.response.attachments
    assert file.filename == "letter-seattle-us.txt"
    assert letter.private
    refused = await stage.click(kit, "Pause")
    assert "editor" in refused.text
    proposal = await stage.click(kit, "Propose to end")
    done = await submit(proposal, stage.staff, reason="No answer since @everyone left.")
    assert done.private
    assert f"told in <#{stage.channel.id}>" in done.text
    (post,) = [
        m for m in stage.channel.history() if m.embeds and "Proposed: end P195" in str(m.embeds[0].title)
    ]
    assert "Nothing has changed" in str(post.embeds[0].description)
    boss = stage.administrator
    own = await stage.slash("partner revive", boss, partner="P195")
    assert set(fields(await stage.click(own, "Propose to end", boss))) >= {"date", "by_whom", "reason"}
    paused = await submit(
        await stage.click(own, "Pause", boss), boss, reason="Elections there", until="2027-06"
    )
    assert "paused until June 2027" in paused.text
    again = await stage.slash("partner revive", boss, partner="P195")
    assert again.buttons == ["Write", "Log contact", "Propose to end"]
