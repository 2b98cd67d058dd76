"""`attache lesson find|add|list`: what was learnt from exchanges, at the command line."""

from typing import Annotated
from uuid import uuid4

import typer

from bot.console.audit import RecordArgument
from bot.console.frame import (
    ActingFor,
    OfficeOption,
    acting_on,
    at_desk,
    command_group,
    out,
    say,
    speaking_for,
)
from bot.console.partner_lists import plain_text
from bot.domain.access import Scope
from bot.domain.lessons import NotedLesson
from bot.services.desk import Desk
from bot.services.lessons import KeptLesson, LessonFields, add_lesson, find_lessons, lessons_of
from bot.ui.lessons import lesson_card, lesson_line

lesson_commands = command_group(say("cli.lesson.about"))


@lesson_commands.command("find", help=say("cli.lesson.find"))
def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help=say("cli.option.lesson_text"))],
    office: OfficeOption = None,
) -> None:
    _print_lines(text, office)


@lesson_commands.command("list", help=say("cli.lesson.list"))
def list_(
    record: Annotated[
        str | None, typer.Argument(metavar="RECORD", help=say("cli.option.lesson_record"))
    ] = None,
    office: OfficeOption = None,
) -> None:
    if record is None:
        _print_lines("", office)
        return

    async def found(desk: Desk) -> list[NotedLesson]:
        return await lessons_of(desk, await speaking_for(desk, office), record)

    for each in at_desk(found):
        _print_card(each)


@lesson_commands.command("add", help=say("cli.lesson.add"))
def add(
    record: RecordArgument,
    worked: Annotated[str, typer.Option("--worked", help=say("lesson.form.worked"))] = "",
    otherwise: Annotated[str, typer.Option("--otherwise", help=say("lesson.form.otherwise"))] = "",
    who: Annotated[str, typer.Option("--who", help=say("lesson.form.who"))] = "",
    topics: Annotated[str, typer.Option("--topics", help=say("lesson.form.topics"))] = "",
    ask: Annotated[str, typer.Option("--ask", help=say("lesson.form.ask"))] = "",
    evidence: Annotated[str, typer.Option("--evidence", help=say("lesson.form.evidence"))] = "",
    scope: Annotated[Scope | None, typer.Option("--scope", help=say("lesson.form.scope"))] = None,
    office: ActingFor = None,
) -> None:
    fields = LessonFields(worked, otherwise, who, topics, ask, evidence, scope)

    async def kept(desk: Desk) -> KeptLesson:
        return await add_lesson(
            desk, await acting_on(desk, record, office), record, f"cli:{uuid4().hex}", fields
        )

    _print_card(at_desk(kept).noted)


def _print_lines(text: str, office: str | None) -> None:
    async def found(desk: Desk) -> list[NotedLesson]:
        return await find_lessons(desk, await speaking_for(desk, office), text)

    lines = [lesson_line(say, each) for each in at_desk(found)] or [say("lessons.none")]
    out.print(plain_text("\n".join(lines)), markup=False, soft_wrap=True)


def _print_card(noted: NotedLesson) -> None:
    card = lesson_card(say, noted)
    parts = [card.title, card.description, *(f"{field.name}: {field.value}" for field in card.fields)]
    out.print("\n".join(plain_text(part) for part in parts if part), markup=False, soft_wrap=True)
