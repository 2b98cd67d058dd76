"""`attache visit plan`: when an office and its partners can meet, and planning it, at the command line."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from bot.console.frame import OPERATOR, at_desk, out, say
from bot.console.partner_lists import plain_text
from bot.domain.exchanges import Format
from bot.services.desk import Desk
from bot.services.lessons import fitting_lessons
from bot.services.offices import office_named
from bot.services.visit_planning import USUAL, PlanForm, plan_visit, propose_slots
from bot.ui.visit_planning import plan_content, planned_card, proposal_card


def plan(
    office: Annotated[str, typer.Option("--office", help=say("cli.option.office"))],
    partner: Annotated[list[str], typer.Option("--partner", help=say("cli.option.planned_with"))],
    minutes: Annotated[int, typer.Option("--minutes", help=say("cli.option.minutes"))] = USUAL,
    since: Annotated[str, typer.Option("--from", help=say("cli.option.planned_from"))] = "",
    at: Annotated[str | None, typer.Option("--at", help=say("cli.option.planned_at"))] = None,
    topic: Annotated[str, typer.Option("--topic", help=say("cli.option.planned_topic"))] = "",
    format_: Annotated[
        Format, typer.Option("--format", help=say("cli.option.planned_format"))
    ] = Format.VIDEO,
    file: Annotated[Path | None, typer.Option("--file", help=say("cli.option.planned_file"))] = None,
) -> None:
    async def work(desk: Desk) -> None:
        caller = replace(OPERATOR, office=await office_named(desk, office))
        if at is None:
            card = proposal_card(say, await propose_slots(desk, caller, partner, minutes, since))
        else:
            form = PlanForm(partner, at, str(minutes), topic, format_)
            planned = await plan_visit(desk, caller, form, f"cli:{uuid4().hex}"[:40])
            card = planned_card(say, planned, lessons=await fitting_lessons(desk, caller, planned.exchange))
            if file is not None:
                file.write_bytes(plan_content(say, planned, desk.clock()))
        parts = [card.title, card.description, *(f"{field.name}\n{field.value}" for field in card.fields)]
        out.print("\n".join(plain_text(part) for part in parts if part), markup=False, soft_wrap=True)

    at_desk(work)
