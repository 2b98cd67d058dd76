"""`attache partner commitments`: what was promised and decided: a list, JSON, or the sheet that councils ask for."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.console.frame import JsonOption, SpeakingFor, at_desk, out, say, speaking_for
from bot.domain.agreements import Commitment
from bot.domain.commitments import CommitmentState
from bot.domain.dates import PartialDate
from bot.services import commitment_sheet, commitments
from bot.services.commitment_sheet import ImplementationSheet
from bot.services.commitments import CommitmentFilter, CommitmentList, ListedCommitment
from bot.services.desk import Caller, Desk
from bot.services.held_acts import read_act_record
from bot.services.places import place_meant
from bot.services.sheets import SheetKind, kind_of_file, write_sheet
from bot.ui.commitment_sheet import sheet_file
from bot.ui.commitments import commitment_line


def list_commitments(
    office: SpeakingFor,
    partner: Annotated[str | None, typer.Option("--partner", help=say("cli.option.promised_partner"))] = None,
    record: Annotated[str | None, typer.Option("--record", help=say("cli.option.promised_record"))] = None,
    state: Annotated[
        CommitmentState, typer.Option("--state", help=say("cli.option.promise_state"))
    ] = CommitmentState.OPEN,
    sheet: Annotated[Path | None, typer.Option("--sheet", help=say("cli.option.sheet_file"))] = None,
    as_json: JsonOption = False,
) -> None:
    if sheet is not None:
        kind = kind_of_file(sheet)
        _write(sheet, kind, at_desk(lambda desk: _sheet(desk, office, partner, record)))
        return
    listed = at_desk(lambda desk: _listed(desk, office, partner, record, state))
    for item in listed.items:
        if as_json:
            typer.echo(json.dumps(_document(item), ensure_ascii=False))
        else:
            out.print(commitment_line(say, item), markup=False, soft_wrap=True)
    if not listed.items and not as_json:
        out.print(say("promises.none"), markup=False)


async def _listed(
    desk: Desk, office: str, partner: str | None, record: str | None, state: CommitmentState
) -> CommitmentList:
    caller, chosen = await _asked(desk, office, partner, record)
    return await commitments.list_commitments(desk, caller, replace(chosen, state=state))


async def _sheet(desk: Desk, office: str, partner: str | None, record: str | None) -> ImplementationSheet:
    caller, chosen = await _asked(desk, office, partner, record)
    return await commitment_sheet.implementation_sheet(desk, caller, chosen)


async def _asked(
    desk: Desk, office: str, partner: str | None, record: str | None
) -> tuple[Caller, CommitmentFilter]:
    """Who asks, for which office, and about what."""
    caller = await speaking_for(desk, office)
    place = await place_meant(desk, caller, partner) if partner else None
    number = read_act_record(record).number if record else None
    return caller, CommitmentFilter(place.id if place else None, number)


def _write(file: Path, kind: SheetKind, sheet: ImplementationSheet) -> None:
    _, content = sheet_file(say, sheet, kind)
    write_sheet(file, content)
    typer.echo(say("cli.sheet_written", file=str(file), n=len(sheet.rows)))


def _document(item: ListedCommitment) -> dict[str, Any]:
    owed = item.commitment
    return {
        "kind": "decision" if item.is_decision else "promise",
        "record": item.source.record,
        "partners": [{"name": place.name_en, "country": place.country} for place in item.partners],
        "what": owed.what,
        "owner": owed.owner,
        "due": _iso(owed.due),
        "done": _iso(owed.done),
        "evidence": owed.evidence if isinstance(owed, Commitment) else None,
        "state": item.standing.value,
        "days_overdue": item.days,
    }


def _iso(on: PartialDate | None) -> str | None:
    return on.iso() if on else None
