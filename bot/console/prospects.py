"""`attache prospect`: prospects by stage, moving one, and the steps that the rules ask for."""

from collections.abc import Iterable
from typing import Annotated

import typer

from bot.console.audit import RecordArgument
from bot.console.frame import (
    ActingFor,
    SpeakingFor,
    acting_on,
    at_desk,
    command_group,
    err,
    out,
    say,
    speaking_for,
)
from bot.domain.partnerships import Kind
from bot.domain.prospects import Stage
from bot.services import prospect_steps, prospects
from bot.services.desk import Desk
from bot.services.prospect_steps import StepList
from bot.services.prospects import Move, Moved, ProspectList
from bot.ui.prospects import moved_card, prospect_line, steps_footer, steps_lines

prospect_commands = command_group(say("cli.prospect.about"))

ReasonOption = Annotated[str, typer.Option("--reason", help=say("cli.option.moved_because"))]
OnOption = Annotated[str, typer.Option("--on", help=say("cli.option.moved_on"))]


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)


@prospect_commands.command("list", help=say("cli.prospect.list"))
def list_(office: SpeakingFor) -> None:
    async def work(desk: Desk) -> ProspectList:
        return await prospects.list_prospects(desk, await speaking_for(desk, office))

    listed = at_desk(work)
    _print(f"{say.word(item.stage)}  {prospect_line(say, item)}" for item in listed.items)
    if not listed.items:
        _print([say("prospect.list_none")])


@prospect_commands.command("move", help=say("cli.prospect.move"))
def move(
    record: RecordArgument,
    stage: Annotated[Stage, typer.Argument(metavar="STAGE", help=say("cli.option.stage"))],
    office: ActingFor = None,
    reason: ReasonOption = "",
    on: OnOption = "",
    by_whom: Annotated[str, typer.Option("--by", help=say("cli.option.moved_by"))] = "",
    kind: Annotated[Kind | None, typer.Option("--kind", help=say("cli.option.signed_kind"))] = None,
    despite: Annotated[bool, typer.Option("--all-the-same", help=say("cli.option.pass_gate"))] = False,
) -> None:
    typed = Move(stage, reason, on, by_whom, kind.value if kind else "", despite)

    async def work(desk: Desk) -> Moved:
        return await prospects.move_prospect(desk, await acting_on(desk, record, office), record, typed)

    moved = at_desk(work)
    card = moved_card(say, moved)
    shown = out if moved.entry is not None else err
    shown.print(card.title or "", markup=False, soft_wrap=True)
    shown.print(card.description or "", markup=False, soft_wrap=True)
    if moved.entry is None:
        raise typer.Exit(1)


@prospect_commands.command("steps", help=say("cli.prospect.steps"))
def steps(
    record: RecordArgument,
    office: ActingFor = None,
    done: Annotated[str | None, typer.Option("--done", help=say("cli.option.step_done"))] = None,
    on: OnOption = "",
    note: Annotated[str, typer.Option("--note", help=say("cli.option.step_note"))] = "",
) -> None:
    async def work(desk: Desk) -> StepList:
        caller = await acting_on(desk, record, office)
        if done:
            return await prospect_steps.take_step(desk, caller, record, done, on, note)
        return await prospect_steps.prospect_steps(desk, caller, record)

    listed = at_desk(work)
    _print([*steps_lines(say, listed), steps_footer(say, listed)])
