"""/office cadence, /office weights, and the form of the weekly list, as an administrator uses them."""

from tests.chat.conftest import Stage
from tests.chat.forms import held, submit


async def test_an_office_sets_what_it_measures_by(stage: Stage) -> None:
    """Shown without options, set with them, refused where it cannot be; settings tell what is its own."""
    boss = stage.administrator
    assert "sister city: every 12 months" in (await stage.slash("office cadence", boss)).text
    done = await stage.slash("office cadence", boss, kind="sister_city", months=9)
    assert done.private
    assert "sister city: every 9 months** (built in: 12)" in done.text
    refused = await stage.slash("office weights", boss, **{"last-contact": 50})
    assert "Together the weights are 120" in refused.text
    weights = await stage.slash("office weights", boss, **{"last-contact": 40, "contacts": 0})
    assert "last contact: 40** (built in: 30)" in weights.text
    settings = await stage.slash("office settings", boss)
    shown = settings.field("Quiet ties")
    assert shown.startswith("Weekly list: Monday, 09:00\n**sister city: every 9 months")
    assert "last contact 40" in shown
    form = await stage.click(settings, "Quiet ties", boss)
    assert held(form) == {"day": "monday", "hour": "9"}
    changed = await submit(form, boss, day=["thursday"], hour=["14"])
    assert "Weekly list: Thursday, 14:00" in changed.field("Quiet ties")
    assert (
        "every 12 months"
        in (await stage.slash("office cadence", boss, kind="sister_city", **{"built-in": True})).text
    )
