"""Steps that an office brings itself: from a file, in place of those of its country, and told as its own."""

from pathlib import Path

import pytest

from bot.domain.access import Role, Standing
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.imports import ImportReport, Sheet, import_file
from bot.services.partnership_adding import ActForm, add_partnership
from bot.services.prospect_steps import drop_office_steps, prospect_steps, steps_of_office, take_step
from bot.ui.prospects import steps_card
from tests.records import audit_entries, office_of, person

HEADER = "office,key,text_en,text_zh,warning_en,warning_zh,source,as_of"
COUNCIL = "{},council,The council decides,議會決議,Ask early,請及早送件,https://example.org/rules,2026-10"
MAYOR = "{},mayor,The mayor signs,市長簽署,,,https://example.org/rules,2026-10"
OPERATOR = Caller("en", role=Role.OPERATOR)


async def bring(desk: Desk, folder: Path, *rows: str, dry_run: bool = False) -> ImportReport:
    file = folder / "steps.csv"
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return await import_file(desk, Sheet.STEPS, file, dry_run=dry_run)


async def prospect(desk: Desk, office: str, partner: str) -> tuple[Caller, str]:
    """Somebody of the office, and a prospect of theirs."""
    caller = person(await office_of(desk, office), Role.EDITOR)
    added = await add_partnership(desk, caller, ActForm(partner, "prospective", source="a letter"), "r1")
    return caller, added.act.record


def keys(steps: object) -> list[str]:
    return [state.step.key for state in steps]  # type: ignore[attr-defined]


@pytest.mark.both_engines
async def test_an_office_elsewhere_has_its_own_steps(seeded_desk: Desk, tmp_path: Path) -> None:
    """Without any it is told so, and shown nobody else's; then its own, in both languages, to be ticked off."""
    caller, record = await prospect(seeded_desk, "prague-cz", "Kaohsiung")
    none = await prospect_steps(seeded_desk, caller, record)
    assert none.steps == []
    for language, told in (
        ("en", "neither of its own nor of its country"),
        ("zh-TW", "沒有布拉格的程序清單"),
    ):
        card = steps_card(Texts(language), none)
        assert told in str(card.description)
        assert card.footer.text is None
    rows = [row.format("prague-cz") for row in (COUNCIL, MAYOR)]
    report = await bring(seeded_desk, tmp_path, *rows, dry_run=True)
    assert (report.added, (await steps_of_office(seeded_desk, caller)).own) == (2, False)
    report = await bring(seeded_desk, tmp_path, *rows)
    assert (report.added, report.merged, report.unchanged) == (2, 0, 0)
    assert (await bring(seeded_desk, tmp_path, *rows)).unchanged == 2
    listed = await take_step(seeded_desk, caller, record, "市長")
    assert keys(listed.steps) == ["council", "mayor"]
    card = steps_card(Texts("zh-TW"), listed)
    assert "議會決議" in str(card.description)
    assert "請及早送件" in str(card.description)
    assert "☑" in str(card.description)
    assert "布拉格自訂的程序" in str(card.footer.text)
    assert "https://example.org/rules" in str(card.fields[0].value)


async def test_a_file_is_the_whole_list_of_an_office(seeded_desk: Desk, tmp_path: Path) -> None:
    """In its order; what it leaves out is gone, and told; other offices keep theirs, and Taiwan's are the default."""
    taipei, tainan = [person(await office_of(seeded_desk, f"{city}-tw")) for city in ("taipei", "tainan")]
    taiwan = [step.key for step in (await steps_of_office(seeded_desk, taipei)).steps]
    assert len(taiwan) > 3
    await bring(seeded_desk, tmp_path, *(row.format("taipei-tw") for row in (COUNCIL, MAYOR)))
    report = await bring(seeded_desk, tmp_path, *(row.format("taipei-tw") for row in (MAYOR, COUNCIL)))
    assert (report.merged, report.unchanged) == (1, 1)
    report = await bring(seeded_desk, tmp_path, MAYOR.format("taipei-tw").replace("signs", "signs last"))
    assert (report.merged, report.notes[0].key) == (1, "note_step_gone")
    found = await steps_of_office(seeded_desk, taipei)
    assert [(step.key, step.text_en) for step in found.steps] == [("mayor", "The mayor signs last")]
    assert found.own
    assert [step.key for step in (await steps_of_office(seeded_desk, tainan)).steps] == taiwan
    office = await office_of(seeded_desk, "taipei-tw")
    assert await drop_office_steps(seeded_desk, OPERATOR, office) == 1
    assert await drop_office_steps(seeded_desk, OPERATOR, office) == 0
    assert [step.key for step in (await steps_of_office(seeded_desk, taipei)).steps] == taiwan
    trail = [each.after for each in await audit_entries(seeded_desk) if each.action == "office.steps"]
    assert [(after or {})["steps"] for after in trail] == [
        ["council", "mayor"], ["mayor", "council"], ["mayor"], [],
    ]  # fmt: skip


async def test_what_is_wrong_with_a_sheet_of_steps(seeded_desk: Desk, tmp_path: Path) -> None:
    """Each row gets its remedy, and nothing is stored."""
    await office_of(seeded_desk, "prague-cz", Standing.GUEST)
    rows = {
        MAYOR.format("nowhere"): ("office", "place_key_unknown"),
        MAYOR.format("seattle-us"): ("office", "office_unknown"),
        MAYOR.format(""): ("office", "cell_empty"),
        "prague-cz,The Mayor,a,b,,,x,2026": ("key", "key_unreadable"),
        "prague-cz,a,a,,,,x,2026": ("text_zh", "cell_empty"),
        "prague-cz,b,a,b,only,,x,2026": ("warning_zh", "one_language"),
        "prague-cz,c,a,b,,,,2026": ("source", "cell_empty"),
        "prague-cz,d,a,b,,,x,": ("as_of", "cell_empty"),
        "prague-cz,e,a,b,,,x,2027": ("as_of", "date_in_future"),
        MAYOR.format("prague-cz"): None,
        COUNCIL.format("prague-cz").replace("council,", "mayor,", 1): ("key", "step_twice"),
    }
    report = await bring(seeded_desk, tmp_path, *rows)
    found = {problem.row: (problem.column, problem.key) for problem in report.problems}
    assert found == {n: wrong for n, wrong in enumerate(rows.values(), 2) if wrong}
    caller = person(await office_of(seeded_desk, "prague-cz"))
    assert (await steps_of_office(seeded_desk, caller)).steps == []
