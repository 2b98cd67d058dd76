"""/office kind: one form for what the office calls a kind of tie, and where staff read it."""

from tests.chat.conftest import Stage
from tests.chat.forms import held, submit


async def test_an_office_writes_its_own_rule(stage: Stage) -> None:
    """The form begins with the built-in rule; half of it comes back; then it stands on the help and on a new act."""
    boss = stage.administrator
    form = await stage.slash("office kind", boss, kind="friendship_city")
    assert "friendship" in held(form)["en"]
    assert "友好" in held(form)["zh-TW"]
    await stage.restart()
    half = await submit(form, boss, **{"en": "By *resolution* of @everyone.", "zh-TW": ""})
    assert "in both languages" in half.text
    again = await stage.click(half, half.buttons[0], boss)
    assert held(again)["en"] == "By *resolution* of @everyone."
    done = await submit(again, boss, **{"zh-TW": "經議會決議。"})
    assert done.private
    assert "經議會決議。" in done.text
    assert "\\*resolution\\*" in done.text
    kinds = await stage.click(await stage.slash("help"), "What the kinds mean")
    assert "friendship city: By \\*resolution\\*" in kinds.text
    assert "sister city: A lasting partnership" in kinds.text
    settings = await stage.slash("office settings", boss)
    assert "friendship city: By" in settings.field("Own words for kinds")
    unchanged = await submit(await stage.slash("office kind", boss, kind="mou"), boss)
    assert "the built-in rule holds" in unchanged.text
    assert list((await stage.desk_office()).kind_rules) == ["friendship_city"]
