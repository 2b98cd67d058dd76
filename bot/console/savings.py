"""`attache office savings`: whether and by which factors it is told what virtual visits saved."""

from dataclasses import asdict, replace
from typing import Annotated

import typer

from bot.console.frame import OPERATOR, at_desk, out, say
from bot.domain.offices import Office
from bot.domain.saving_rules import SavingsForm, savings_form
from bot.services.desk import Desk
from bot.services.offices import office_named
from bot.services.savings import change_savings
from bot.ui.saving_rules import saving_rule_lines


def savings(
    city: Annotated[str, typer.Argument(metavar="CITY", help=say("cli.option.city"))],
    shown: Annotated[bool | None, typer.Option("--on/--off", help=say("cli.option.savings_shown"))] = None,
    nights: Annotated[str | None, typer.Option("--nights", help=say("savings.form.nights"))] = None,
    flight: Annotated[str | None, typer.Option("--flight", help=say("savings.form.flight"))] = None,
    cost: Annotated[str | None, typer.Option("--cost", help=say("savings.form.cost"))] = None,
    source: Annotated[str | None, typer.Option("--source", help=say("savings.form.source"))] = None,
) -> None:
    told = {"nights": nights, "flight": flight, "cost": cost, "source": source}
    told["shown"] = None if shown is None else "yes" if shown else "no"
    changes = {name: text for name, text in told.items() if text is not None}

    async def done(desk: Desk) -> Office:
        office = await office_named(desk, city)
        if not changes:
            return office
        form = SavingsForm(**(asdict(savings_form(office.savings)) | changes))
        return await change_savings(desk, replace(OPERATOR, office=office), form, office.version)

    office = at_desk(done)
    for line in saving_rule_lines(say, office):
        out.print(line, markup=False, soft_wrap=True)
    for name, text in asdict(savings_form(office.savings)).items():
        if text and name != "shown":
            out.print(f"{say(f'savings.form.{name}')}: {text}", markup=False, soft_wrap=True)
