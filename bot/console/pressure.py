"""`attache pressure`: the pressure notes of an office, and the fact card, at the command line."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

import typer

from bot.console.frame import OPERATOR, JsonOption, at_desk, command_group, out, say
from bot.domain.access import Scope
from bot.domain.pressure import Incident, PressureNote
from bot.services import pressure, pressure_facts, pressure_lists
from bot.services.desk import Caller, Desk
from bot.services.offices import office_named
from bot.services.places import place_meant
from bot.services.pressure import NoteForm
from bot.services.pressure_facts import FactCard
from bot.services.pressure_fields import NoteFields
from bot.services.pressure_lists import NoteCard, NoteFilter
from bot.ui.pressure_cards import fact_lines, note_line, note_lines, note_title

pressure_commands = command_group(say("cli.pressure.about"))

ForOffice = Annotated[str, typer.Option("--office", help=say("cli.option.pressure_office"))]


@pressure_commands.command("list", help=say("cli.pressure.list"))
def list_(
    office: ForOffice,
    place: Annotated[str | None, typer.Option("--place", help=say("cli.option.pressure_place"))] = None,
    kind: Annotated[Incident | None, typer.Option("--kind", help=say("cli.option.incident"))] = None,
    as_json: JsonOption = False,
) -> None:
    found = at_desk(lambda desk: _list(desk, office, place, kind))
    for note in found:
        if as_json:
            typer.echo(json.dumps(_document(note), ensure_ascii=False))
        else:
            out.print(_plain(note_line(say, note)), markup=False, soft_wrap=True)
    if not found and not as_json:
        out.print(say("pressure.none"), markup=False)


async def _list(desk: Desk, city: str, place: str | None, kind: Incident | None) -> Sequence[PressureNote]:
    caller = await _speaking(desk, city)
    where = await place_meant(desk, caller, place) if place else None
    return await pressure_lists.list_notes(desk, caller, NoteFilter(where.id if where else None, kind))


@pressure_commands.command("show", help=say("cli.pressure.show"))
def show(
    note: Annotated[str, typer.Argument(metavar="NOTE", help=say("cli.option.note"))],
    office: ForOffice,
    as_json: JsonOption = False,
) -> None:
    _print(at_desk(lambda desk: _show(desk, office, note)), as_json)


async def _show(desk: Desk, city: str, note: str) -> NoteCard:
    return await pressure_lists.show_note(desk, await _speaking(desk, city), note)


@pressure_commands.command("add", help=say("cli.pressure.add"))
def add(
    office: ForOffice,
    kind: Annotated[Incident, typer.Option("--kind", help=say("cli.option.incident"))],
    date: Annotated[str, typer.Option("--date", help=say("cli.option.pressure_date"))],
    what: Annotated[str, typer.Option("--what", help=say("cli.option.pressure_what"))],
    source: Annotated[list[str], typer.Option("--source", help=say("cli.option.pressure_source"))],
    place: Annotated[list[str] | None, typer.Option("--place", help=say("cli.option.pressure_place"))] = None,
    act: Annotated[str, typer.Option("--act", help=say("cli.option.pressure_act"))] = "",
    trigger: Annotated[str, typer.Option("--trigger", help=say("cli.option.pressure_trigger"))] = "",
    as_of: Annotated[str, typer.Option("--as-of", help=say("cli.option.pressure_as_of"))] = "",
    scope: Annotated[Scope, typer.Option("--scope", help=say("cli.option.pressure_scope"))] = Scope.OFFICE,
    as_json: JsonOption = False,
) -> None:
    fields = NoteFields(date, what, trigger, "\n".join(source), as_of)
    form = NoteForm(kind, fields, tuple(place or ()), act, scope)
    _print(at_desk(lambda desk: _add(desk, office, form)), as_json)


async def _add(desk: Desk, city: str, form: NoteForm) -> NoteCard:
    caller = await _speaking(desk, city)
    saved = await pressure.add_note(desk, caller, form)
    return await pressure_lists.show_note(desk, caller, saved.note.record)


@pressure_commands.command("facts", help=say("cli.pressure.facts"))
def facts(office: ForOffice, as_json: JsonOption = False) -> None:
    card = at_desk(lambda desk: _facts(desk, office))
    if as_json:
        for fact in card.facts:
            told = {
                "bearing": fact.bearing.value, "text": fact.text_en, "text_zh": fact.text_zh,
                "source": fact.source, "as_of": fact.as_of.iso(),
            }  # fmt: skip
            typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for line in fact_lines(say, card):
        typer.echo(line)


async def _facts(desk: Desk, city: str) -> FactCard:
    return await pressure_facts.rule_facts(desk, await _speaking(desk, city))


async def _speaking(desk: Desk, city: str) -> Caller:
    return replace(OPERATOR, office=await office_named(desk, city))


def _print(shown: NoteCard, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_document(shown.note), ensure_ascii=False))
        return
    typer.echo(note_title(say, shown.note))
    for line in note_lines(say, shown):
        typer.echo(f"  {_plain(line)}")


def _plain(line: str) -> str:
    return line.replace("**", "")


def _document(note: PressureNote) -> dict[str, Any]:
    return {
        "record": note.record,
        "kind": note.kind.value,
        "date": note.date.iso(),
        "what": note.what,
        "places": [{"name": place.name_en, "country": place.country} for place in note.places],
        "act": f"P{note.act}" if note.act is not None else None,
        "trigger": note.trigger,
        "sources": list(note.sources),
        "as_of": note.as_of.iso() if note.as_of else None,
        "scope": note.scope.value,
    }
