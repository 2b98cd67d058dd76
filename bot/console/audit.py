"""`attache history` and `attache undo`: what was done to a record, and taking it back, whoever did it."""

from collections.abc import Iterable
from typing import Annotated

import typer

from bot.console.frame import OPERATOR, at_desk, err, out, say
from bot.services import audit
from bot.services.telling import ChangedSince
from bot.ui.audit import taken_back_title
from bot.ui.changes import change_lines, since_lines, told_lines

RecordArgument = Annotated[str, typer.Argument(metavar="RECORD", help=say("cli.option.record"))]
ZONE = "UTC"


def history(record: RecordArgument) -> None:
    found = at_desk(lambda desk: audit.record_history(desk, OPERATOR, record))
    lines = [line for told in found.entries for line in told_lines(say, told, ZONE)]
    _print(lines or [say("history.none")])


def undo(record: RecordArgument) -> None:
    try:
        done = at_desk(lambda desk: audit.undo(desk, OPERATOR, record))
    except ChangedSince as changed:
        for line in since_lines(say, changed, ZONE):
            err.print(line, markup=False, soft_wrap=True)
        raise
    _print([taken_back_title(say, done), *change_lines(say, done.changes, ZONE)])


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)
