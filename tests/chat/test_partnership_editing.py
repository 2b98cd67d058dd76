"""/partner add and /partner edit as a person uses them."""

import pytest

from bot.domain.access import Role
from bot.domain.dates import PartialDate
from bot.domain.partnerships import Kind, Partnership
from bot.services.partnership_editing import edit_act
from db.partnerships import all_partnerships
from tests.chat.conftest import Seen, Stage
from tests.chat.forms import fields, held, submit
from tests.records import person

SOURCE = "https://example.org/fukuoka"


async def acts(stage: Stage) -> list[Partnership]:
    """The office's own acts, by number."""
    office = await stage.desk_office()
    async with stage.desk.database.read() as session:
        return [act for act in await all_partnerships(session, office.viewer) if act.office_id == office.id]


async def add(stage: Stage, partner: str = "Fukuoka", kind: str = "sister_city", **typed: str) -> Seen:
    form = await stage.slash("partner add", stage.administrator, partner=partner, kind=kind)
    return await submit(form, stage.administrator, **({"source": SOURCE} | typed))


@pytest.mark.both_engines
@pytest.mark.usefixtures("no_pings")
async def test_from_the_command_to_the_card_with_one_form(stage: Stage) -> None:
    """The card of the partner, with what was added at its head; undone and edited from there, after a restart too."""
    (choice, *_) = await stage.administrator.autocomplete(
        stage.channel, "partner add", "partner", "福岡", kind="sister_city"
    )
    form = await stage.slash(
        "partner add",
        stage.administrator,
        partner=choice["value"],
        kind="sister_city",
        signed="民國80年3月4日",
    )
    assert list(fields(form)) == ["signed", "source", "named", "others", "note"]
    assert form.result.modal["title"] == "sister city: Fukuoka"
    assert held(form)["signed"] == "民國80年3月4日"
    seen = await submit(form, stage.administrator, source=SOURCE, note="@everyone come")
    (act,) = await acts(stage)
    assert str(seen.embed.title).startswith("Kaohsiung – Fukuoka")
    assert seen.embed.description is not None
    assert seen.embed.description.startswith(f"**{act.record} added: sister city, active**")
    assert "4 March 1991" in seen.text
    assert SOURCE in seen.text
    assert seen.buttons == ["Undo", "Edit"]
    assert not seen.private
    await stage.restart()
    edit = await stage.click(seen, "Edit", stage.administrator)
    assert held(edit)["kind"] == "sister_city"
    changed = await submit(edit, stage.administrator, kind=["friendship_city"], signed="1991")
    assert f"{act.record} changed: Fukuoka" in changed.text
    (act,) = await acts(stage)
    assert (act.kind, act.signed) == (Kind.FRIENDSHIP_CITY, PartialDate(1991))
    await stage.click(changed, "Undo", stage.administrator)
    gone = await stage.click(seen, "Undo", stage.administrator)
    assert f"{act.record}" in gone.text
    assert await acts(stage) == []


@pytest.mark.usefixtures("no_pings")
async def test_the_second_attempt_in_the_other_script_is_recognised(stage: Stage) -> None:
    """Before a form is opened; added all the same after a restart, it may take the place of the first."""
    await add(stage, signed="1991", kind="mou")
    asked = await stage.slash("partner add", stage.administrator, partner="福岡", kind="mou", signed="2020")
    (first,) = await acts(stage)
    assert asked.private
    assert asked.embed.title == "Kaohsiung and Fukuoka: already in the registry"
    assert asked.buttons == [f"Edit {first.record}", "Add all the same"]
    await stage.restart()
    edit = await stage.click(asked, f"Edit {first.record}", stage.administrator)
    assert held(edit)["sources"] == SOURCE
    form = await stage.click(asked, "Add all the same", stage.administrator)
    assert held(form)["signed"] == "2020"
    seen = await submit(form, stage.administrator, source="a letter")
    _, second = await acts(stage)
    assert seen.buttons == ["Undo", "Edit", f"It replaces {first.record}"]
    await stage.restart()
    replaced = await stage.click(seen, f"It replaces {first.record}", stage.administrator)
    assert replaced.embed.title == f"{second.record} replaces {first.record}"
    first, _ = await acts(stage)
    assert first.superseded_by == second.id
    await stage.click(replaced, "Undo", stage.administrator)
    first, _ = await acts(stage)
    assert first.in_force


async def test_recognised_when_the_form_is_submitted(stage: Stage) -> None:
    """Somebody else was quicker: nothing is stored until it is said all the same, and then once."""
    form = await stage.slash("partner add", stage.administrator, partner="Fukuoka", kind="sister_city")
    await add(stage)
    asked = await submit(form, stage.administrator, source="a letter", note="kept")
    assert "already in the registry" in asked.text
    assert len(await acts(stage)) == 1
    await stage.restart()
    seen = await stage.click(asked, "Add all the same", stage.administrator)
    again = await stage.click(asked, "Add all the same", stage.administrator)
    assert seen.embed.description == again.embed.description
    _, second = await acts(stage)
    assert (second.note, second.sources) == ("kept", ("a letter",))


async def test_a_refused_form_comes_back_as_typed(stage: Stage) -> None:
    """With a sentence for each field, also for a line in the middle of one."""
    refused = await add(stage, signed="03/04/2015", others="Qwertyville", note="kept")
    assert refused.private
    assert "3 April 2015 or 4 March 2015" in refused.text
    assert "Qwertyville" in refused.text
    again = await stage.click(refused, "Open the form again", stage.administrator)
    assert held(again)["note"] == "kept"
    assert held(again)["signed"] == "03/04/2015"
    await submit(again, stage.administrator, signed="2015", others="")
    (act,) = await acts(stage)
    form = await stage.slash("partner edit", stage.administrator, record=act.record, what="wording")
    assert list(fields(form)) == ["signed_names", "signatories", "clauses"]
    typed = "1 en: City of Kaohsiung\nFukuoka City"
    refused = await submit(form, stage.administrator, signed_names=typed, clauses="costs: shared")
    assert "Line 2, “Fukuoka City”" in refused.text
    again = await stage.click(refused, "Open the form again", stage.administrator)
    assert held(again)["signed_names"] == typed
    done = await submit(
        again, stage.administrator, signed_names="1 en: City of Kaohsiung\n2 en: Fukuoka City"
    )
    assert "Fukuoka City" in done.text


async def test_each_part_has_its_form(stage: Stage) -> None:
    """In Chinese as well; suggestions find the act by name in either script."""
    await add(stage)
    (act,) = await acts(stage)
    found = await stage.administrator.autocomplete(stage.channel, "partner edit", "record", "福岡")
    assert [choice["value"] for choice in found] == [act.record]
    stage.speaks("zh-TW", stage.administrator)
    expected = {
        "basics": ["kind", "signed", "named", "sources", "note"],
        "origin": ["initiator", "civil_since", "lead_association", "council_liaison", "owner"],
        "agreement": ["languages", "document_url", "document_name", "review_on", "expires_on"],
        "wording": ["signed_names", "signatories", "clauses"],
        "upkeep": ["cadence_months", "sustain_plan"],
    }
    for part, names in expected.items():
        form = await stage.slash("partner edit", stage.administrator, record=act.record, what=part)
        assert list(fields(form)) == names
        assert all(len(field.get("placeholder", "")) <= 100 for field in fields(form).values())
    form = await stage.slash("partner edit", stage.administrator, record=act.record, what="origin")
    options = [option["label"] for option in fields(form)["initiator"]["options"]]
    assert "福岡市的民間團體" in options
    done = await submit(form, stage.administrator, initiator=["civil_society:2"], owner="王小明")
    assert "王小明" in done.text


async def test_a_change_meanwhile_is_shown_first(stage: Stage) -> None:
    """Nothing is stored over it without a press."""
    await add(stage)
    (act,) = await acts(stage)
    form = await stage.slash("partner edit", stage.administrator, record=act.record)
    other = person(await stage.desk_office(), Role.EDITOR, 77)
    await edit_act(stage.desk, other, act.id, 1, {"note": "theirs"})
    asked = await submit(form, stage.administrator, note="mine")
    assert asked.private
    assert "theirs" in asked.text
    await stage.restart()
    done = await stage.click(asked, "Save mine over it", stage.administrator)
    assert "mine" in done.text
    (act,) = await acts(stage)
    assert act.note == "mine"


async def test_levels_that_differ_are_remarked(stage: Stage) -> None:
    """Quietly, in the answer and on the card ever after; nothing is refused."""
    seen = await add(stage, partner="Aomori Prefecture, Japan")
    assert "Not of one level: Kaohsiung (special municipality)" in seen.text
    card = await stage.slash("partner show", partner=(await acts(stage))[0].record)
    assert "*Not of one level" in card.text


async def test_who_may_not_is_told(stage: Stage) -> None:
    """Staff log visits; agreements are for editors."""
    seen = await stage.slash("partner add", partner="Fukuoka", kind="mou")
    assert seen.private
    assert "editor" in seen.text
    edit = await stage.slash("partner edit", record="P1")
    assert "editor" in edit.text
