"""`attache history` and `attache undo`: what was done to a record, and taking it back, whoever did it."""

from collections.abc import Iterable
from typing import Annotated

import typer

from bot.console.frame import current_desk, err, out, run_work, say
from bot.domain.access import Role
from bot.services import audit
from bot.services.audit import History, TakenBack
from bot.services.desk import Caller
from bot.services.telling import ChangedSince
from bot.ui.audit import taken_back_title
from bot.ui.changes import change_lines, since_lines, told_lines

RecordArgument = Annotated[str, typer.Argument(metavar="RECORD", help=say("cli.option.record"))]
ZONE = "UTC"


def _operator() -> Caller:
    return Caller(say.language, role=Role.OPERATOR)


def history(record: RecordArgument) -> None:
    found = run_work(_history(record))
    lines = [line for told in found.entries for line in told_lines(say, told, ZONE)]
    _print(lines or [say("history.none")])


async def _history(record: str) -> History:
    async with current_desk() as desk:
        return await audit.record_history(desk, _operator(), record)


def undo(record: RecordArgument) -> None:
    try:
        done = run_work(_undo(record))
    except ChangedSince as changed:
        for line in since_lines(say, changed, ZONE):
            err.print(line, markup=False, soft_wrap=True)
        raise
    _print([taken_back_title(say, done), *change_lines(say, done.changes, ZONE)])


async def _undo(record: str) -> TakenBack:
    async with current_desk() as desk:
        return await audit.undo(desk, _operator(), record)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)
