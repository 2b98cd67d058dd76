"""`attache partner revive`: what it takes to take up a quiet tie again, and the letter as a file."""

from pathlib import Path
from typing import Annotated

import typer

from bot.console.frame import SpeakingFor, at_desk, out, say, speaking_for
from bot.console.partner_lists import plain_text
from bot.services.desk import Desk
from bot.services.reviving import ReviveKit, revive_kit
from bot.services.sheets import write_sheet
from bot.ui.revive_letter import letter_file
from bot.ui.reviving import kit_sections, kit_title, state_lines


def revive(
    partner: Annotated[str, typer.Argument(metavar="PARTNER", help=say("cli.option.partner_or_record"))],
    office: SpeakingFor,
    file: Annotated[Path | None, typer.Option("--file", help=say("cli.option.letter_file"))] = None,
) -> None:
    async def found(desk: Desk) -> ReviveKit:
        return await revive_kit(desk, await speaking_for(desk, office), partner)

    kit = at_desk(found)
    told = (line for name, lines in kit_sections(say, kit) for line in ("", name, *lines))
    for line in (kit_title(say, kit), *state_lines(say, kit), *told):
        out.print(plain_text(line), markup=False, soft_wrap=True)
    if file is not None:
        write_sheet(file, letter_file(say, kit))
        typer.echo(say("cli.letter_written", file=str(file)))
