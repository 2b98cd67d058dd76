"""`attache visit confirm|dispute`: what another office says of an exchange, at the command line."""

from typing import Annotated

import typer

from bot.console.audit import RecordArgument
from bot.console.frame import SpeakingFor, at_desk, out, say, speaking_for
from bot.console.partner_lists import plain_text
from bot.services.confirmations import Responded, confirm_exchange, note_difference
from bot.services.desk import Desk
from bot.ui.confirmations import responded_title, side_lines


def confirm(record: RecordArgument, office: SpeakingFor) -> None:
    async def confirmed(desk: Desk) -> Responded:
        return await confirm_exchange(desk, await speaking_for(desk, office), record)

    _print(at_desk(confirmed))


def dispute(
    record: RecordArgument,
    what: Annotated[str, typer.Option("--what", help=say("confirmations.form.what"))],
    office: SpeakingFor,
) -> None:
    async def noted(desk: Desk) -> Responded:
        return await note_difference(desk, await speaking_for(desk, office), record, what)

    _print(at_desk(noted))


def _print(responded: Responded) -> None:
    for line in (responded_title(say, responded), *side_lines(say, responded.sides)):
        out.print(plain_text(line), markup=False, soft_wrap=True)
