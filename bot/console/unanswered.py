"""`attache questions`: what was not understood in an office, and teaching the bot a name."""

import json
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from bot.console.frame import JsonOption, SpeakingFor, at_desk, command_group, out, say, speaking_for
from bot.domain.unanswered import Unanswered
from bot.services.desk import Desk
from bot.services.unanswered import (
    Taught,
    keep_questions,
    list_unanswered,
    mark_out_of_scope,
    remove_unanswered,
    teach_name,
)
from bot.ui.unanswered import question_lines, taught_lines

question_commands = command_group(say("cli.questions.about"))

NumberArgument = Annotated[int, typer.Argument(metavar="NUMBER", help=say("cli.option.question_number"))]


class Switch(StrEnum):
    ON = "on"
    OFF = "off"


@question_commands.command("review", help=say("cli.questions.review"))
def review(office: SpeakingFor, as_json: JsonOption = False) -> None:
    async def found(desk: Desk) -> list[Unanswered]:
        return list(await list_unanswered(desk, await speaking_for(desk, office)))

    for asked in at_desk(found):
        if as_json:
            typer.echo(json.dumps(asdict(asked), ensure_ascii=False, default=str))
        else:
            lines = [f"{asked.number}", *question_lines(say, asked)]
            out.print(" · ".join(lines), markup=False, soft_wrap=True)


@question_commands.command("teach", help=say("cli.questions.teach"))
def teach(
    number: NumberArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("cli.option.further_name"))],
    place: Annotated[str, typer.Argument(metavar="PLACE", help=say("cli.option.named_place"))],
    office: SpeakingFor,
) -> None:
    async def taught(desk: Desk) -> Taught:
        return await teach_name(desk, await speaking_for(desk, office), number, name, place)

    found = at_desk(taught)
    lines = [say("unanswered.taught", name=found.name, place=found.place), *taught_lines(say, found)]
    out.print("\n".join(lines), markup=False, soft_wrap=True)


@question_commands.command("out-of-scope", help=say("cli.questions.out_of_scope"))
def out_of_scope(number: NumberArgument, office: SpeakingFor) -> None:
    async def done(desk: Desk) -> None:
        await mark_out_of_scope(desk, await speaking_for(desk, office), number)

    at_desk(done)


@question_commands.command("remove", help=say("cli.questions.remove"))
def remove(number: NumberArgument, office: SpeakingFor) -> None:
    async def done(desk: Desk) -> None:
        await remove_unanswered(desk, await speaking_for(desk, office), number)

    at_desk(done)


@question_commands.command("keep", help=say("cli.questions.keep"))
def keep(
    switch: Annotated[Switch, typer.Argument(metavar="on|off", help=say("cli.option.keep_questions"))],
    office: SpeakingFor,
) -> None:
    async def done(desk: Desk) -> None:
        await keep_questions(desk, await speaking_for(desk, office), switch is Switch.ON)

    at_desk(done)
