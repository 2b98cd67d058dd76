"""`attache partner add|edit`: writing acts down and changing them, on behalf of an office."""

from collections.abc import Sequence
from typing import Annotated

import typer

from bot.console.audit import ZONE, RecordArgument
from bot.console.frame import ActingFor, SpeakingFor, acting_on, at_desk, say, speaking_for
from bot.domain.access import Scope
from bot.domain.errors import BadInput
from bot.i18n.texts import Written
from bot.services import partnership_adding, partnership_editing
from bot.services.desk import Desk
from bot.services.partnership_adding import ActForm, AddedAct
from bot.services.partnership_editing import EditedAct
from bot.ui.changes import change_lines
from bot.ui.levels import level_lines
from bot.ui.partnership_adding import added_line
from bot.ui.partnership_editing import act_label


def add(
    office: SpeakingFor,
    partner: Annotated[str, typer.Option("--partner", help=say("cli.option.new_partner"))],
    kind: Annotated[str, typer.Option("--kind", help=say("cli.option.act_kind"))],
    source: Annotated[list[str], typer.Option("--source", help=say("cli.option.act_source"))],
    signed: Annotated[str, typer.Option("--signed", help=say("cli.option.act_signed"))] = "",
    others: Annotated[list[str] | None, typer.Option("--with", help=say("cli.option.act_with"))] = None,
    named: Annotated[str, typer.Option("--named", help=say("cli.option.act_named"))] = "",
    note: Annotated[str, typer.Option("--note", help=say("cli.option.act_note"))] = "",
    scope: Annotated[Scope, typer.Option("--scope", help=say("cli.option.act_scope"))] = Scope.SHARED,
    replaces: Annotated[str, typer.Option("--replaces", help=say("cli.option.act_replaces"))] = "",
    all_the_same: Annotated[
        bool, typer.Option("--all-the-same", help=say("cli.option.all_the_same"))
    ] = False,
) -> None:
    form = ActForm(
        partner, kind, signed, ";".join(others or ()), named, "\n".join(source), note, scope, replaces,
        all_the_same,
    )  # fmt: skip
    added, own = at_desk(lambda desk: _add(desk, office, form))
    act = added.act
    typer.echo(added_line(say, act))
    typer.echo(act_label(say, own, act))
    if added.new_places:
        typer.echo(
            say("act.new_places", places=[Written(say.place_in_full(each)) for each in added.new_places])
        )
    for line in level_lines(say, act.parties):
        typer.echo(line)
    if added.replaced is not None:
        typer.echo(say("act.replaced", record=Written(str(added.replaced)), later=Written(act.record)))


async def _add(desk: Desk, city: str, form: ActForm) -> tuple[AddedAct, int]:
    caller = await speaking_for(desk, city)
    return await partnership_adding.add_partnership(desk, caller, form), caller.own_office().place.id


def edit(
    record: RecordArgument,
    changes: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE…", help=say("cli.option.act_changes"))],
    office: ActingFor = None,
) -> None:
    typed = _read_changes(changes)
    edited, zone = at_desk(lambda desk: _edit(desk, office, record, typed))
    title = "edit.done" if edited.entry is not None else "edit.nothing"
    typer.echo(say(title, record=Written(edited.act.record), places=list(edited.act.parties)))
    for line in change_lines(say, edited.changes, zone):
        typer.echo(f"  {line}")


def _read_changes(changes: Sequence[str]) -> dict[str, str]:
    """The fields with what each is to hold; one that is named several times holds several lines."""
    found: dict[str, list[str]] = {}
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals:
            raise BadInput("act.change_unreadable", text=change[:60])
        found.setdefault(name.strip(), []).append(value)
    return {name: "\n".join(values) for name, values in found.items()}


async def _edit(desk: Desk, city: str | None, record: str, typed: dict[str, str]) -> tuple[EditedAct, str]:
    caller = await acting_on(desk, record, city)
    opened = await partnership_editing.open_act(desk, caller, record)
    edited = await partnership_editing.edit_act(desk, caller, opened.act.id, opened.version, typed)
    return edited, caller.office.zone if caller.office else ZONE
