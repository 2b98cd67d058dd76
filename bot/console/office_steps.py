"""`attache office steps`: what an office has to do on its way to an agreement."""

from dataclasses import replace
from typing import Annotated

import typer

from bot.console.frame import OPERATOR, LanguageOption, at_desk, out, say
from bot.domain.offices import Office
from bot.i18n.texts import Texts
from bot.services.desk import Desk
from bot.services.offices import office_named
from bot.services.prospect_steps import OfficeSteps, drop_office_steps, steps_of_office
from bot.ui.prospects import office_steps_lines


def steps(
    city: Annotated[str, typer.Argument(metavar="CITY", help=say("cli.option.city"))],
    drop: Annotated[bool, typer.Option("--drop", help=say("cli.option.drop_steps"))] = False,
    language: LanguageOption = None,
) -> None:
    texts = Texts(language.value) if language else say
    if drop:
        office, dropped = at_desk(lambda desk: _drop(desk, city))
        out.print(
            texts("prospect.steps_dropped", place=office.place, n=dropped), markup=False, soft_wrap=True
        )
        return
    for line in office_steps_lines(texts, at_desk(lambda desk: _steps(desk, city))):
        out.print(line, markup=False, soft_wrap=True)


async def _drop(desk: Desk, city: str) -> tuple[Office, int]:
    office = await office_named(desk, city)
    return office, await drop_office_steps(desk, OPERATOR, office)


async def _steps(desk: Desk, city: str) -> OfficeSteps:
    return await steps_of_office(desk, replace(OPERATOR, office=await office_named(desk, city)))
