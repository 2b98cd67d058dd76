"""Telling more of a visit, and what became of a planned one, as a person presses it, in both languages."""

import pytest

from tests.chat.conftest import Stage
from tests.chat.forms import fields, held, submit


@pytest.mark.usefixtures("no_pings")
async def test_a_visit_with_several_cities_and_its_details(stage: Stage) -> None:
    """One command, one form; then as much as one likes: two further forms, each to be taken back or gone on from."""
    form = await stage.slash("visit log", partner="Seattle", **{"with": "Prague, Gdynia"})
    seen = await stage.fill(form, date="yesterday 9:00", format=["webinar"], topic="Housing", people="60")
    assert seen.embed.title == "X148 logged: Seattle, Prague, and Gdynia"
    assert "webinar · virtual" in seen.text
    assert "Wed 18 Nov 2026, 17:00 in Seattle" in seen.text
    assert "Thu 19 Nov 2026, 02:00 in Prague and Gdynia" in seen.text
    assert "Areas: housing" in seen.text
    assert "Gdynia: 🟢 fresh" in seen.field("Contact")
    assert seen.buttons == ["Undo", "Edit", "Add details"]
    await stage.restart()
    first = await stage.click(seen, "Add details")
    assert list(fields(first)) == ["series", "co_hosts", "minutes", "recording_url", "attendees"]
    refused = await submit(first, stage.staff, series="City talks 3", minutes="soon")
    assert "“soon” is not a length of time" in refused.text
    again = await stage.click(refused, "Open the form again")
    assert held(again)["series"] == "City talks 3"
    more = await submit(again, stage.staff, minutes="1 h 30", attendees="speaker: 2 Ann @everyone")
    assert more.buttons == ["Undo", "More details", "Edit"]
    assert "90" in more.text
    second = await stage.click(more, "More details")
    assert held(second)["between"] == "Kaohsiung ↔ Seattle, Prague, Gdynia"
    assert held(second)["topics"] == "housing"
    changed = await submit(second, stage.staff, between="Tainan, Kaohsiung ↔ Seattle", level=["official"])
    assert "Tainan" in changed.text
    third = await stage.click(changed, "More details")
    assert list(fields(third)) == ["note"]
