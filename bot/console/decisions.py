"""`attache visit decision-done`: that a decision of an exchange was carried out, at the command line."""

from typing import Annotated

import typer

from bot.console.audit import RecordArgument
from bot.console.frame import ActingFor, acting_on, at_desk, out, say
from bot.console.partner_lists import plain_text
from bot.services.decisions import DoneDecision, finish_decision
from bot.services.desk import Desk
from bot.ui.decisions import decision_line, done_title


def decision_done(
    record: RecordArgument,
    which: Annotated[str, typer.Argument(metavar="WHICH", help=say("cli.option.which_decision"))],
    on: Annotated[str, typer.Option("--on", help=say("cli.option.done_on"))] = "",
    office: ActingFor = None,
) -> None:
    async def finished(desk: Desk) -> DoneDecision:
        return await finish_decision(desk, await acting_on(desk, record, office), record, which, on)

    done = at_desk(finished)
    for line in (done_title(say, done), decision_line(say, done.decision)):
        out.print(plain_text(line), markup=False, soft_wrap=True)
