"""Nonsense in every option that takes text: a sentence that helps, no change, no ping, no overflow."""

import pytest

from bot.domain.access import ANYONE
from db.exchanges import all_exchanges
from tests.chat.conftest import Stage
from tests.records import audit_entries

NONSENSE = (
    "30 Feb",
    "-1",
    "1e400",
    "NaN",
    "x" * 10_000,
    "市" * 10_000,
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "@everyone @here <@123456789012345678> <@&123456789012345678> <#1>",
    "Narnia",
    "```\n# heading\n> quote",
    "[link](http://evil.example) **bold**",
    "'; DROP TABLE partnerships; --",
    "%_%",
    "\x00\x1b[31m",
    "\u202e\u2066right to left",
    "{home} {0} %s",
)

OPTIONS = (
    ("partner show", "partner", {}),
    ("partner list", "city", {}),
    ("partner list", "country", {}),
    ("visit log", "partner", {}),
)


@pytest.mark.both_engines
@pytest.mark.parametrize(("command", "option", "others"), OPTIONS)
@pytest.mark.usefixtures("no_pings")
async def test_nonsense_gets_a_sentence(
    stage: Stage, command: str, option: str, others: dict[str, str]
) -> None:
    """One answer each, private, in words, within Discord's limits; nothing is stored."""
    before = len(await audit_entries(stage.desk))
    for typed in NONSENSE:
        seen = await stage.slash(command, **{option: typed}, **others)
        assert seen.private, typed
        assert len(str(seen.embed.description)) > 20
        assert "Something unexpected" not in seen.text
        assert "@everyone" not in seen.text
        assert "<@" not in seen.text
        await stage.suggestions(command, option, typed[:6000])
    async with stage.desk.database.read() as session:
        assert len(await all_exchanges(session, ANYONE)) == 147
    assert len(await audit_entries(stage.desk)) == before


@pytest.mark.usefixtures("no_pings")
async def test_nonsense_as_an_office(stage: Stage) -> None:
    """The administrator's command is no different."""
    before = len(await audit_entries(stage.desk))
    for typed in NONSENSE:
        seen = await stage.slash("office setup", stage.administrator, city=typed, channel=stage.channel)
        assert seen.private
        assert "Something unexpected" not in seen.text
    assert len(await audit_entries(stage.desk)) == before


@pytest.mark.proof
@pytest.mark.parametrize("field", ["date", "people", "topic", "summary"])
@pytest.mark.usefixtures("no_pings")
async def test_nonsense_in_the_form(stage: Stage, field: str) -> None:
    """Free text is kept as it is and shown without effect; a date or a number is refused."""
    longest = {"date": 100, "people": 40, "topic": 200, "summary": 1500}[field]
    for typed in NONSENSE:
        form = await stage.slash("visit log", partner="Seattle")
        seen = await stage.fill(form, **{field: typed[:longest]})
        assert "Something unexpected" not in seen.text, typed
        assert "@everyone" not in seen.text
        if field in ("date", "people"):
            assert seen.private
            assert "Open the form again" in seen.buttons
        else:
            assert "logged: Seattle" in seen.text
