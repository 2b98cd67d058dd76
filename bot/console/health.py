"""`attache partner health`: how well the ties of a city are kept, and why."""

import json
from collections.abc import Iterable
from typing import Annotated, Any

import typer

from bot.console.frame import JsonOption, SeeingAs, at_desk, out, say, speaking_for
from bot.domain.health import Line
from bot.services.desk import Desk
from bot.services.health import HealthList, TieHealth, health_of_ties, tie_health
from bot.ui.health import health_lines, health_title, list_line


def show_health(
    partner: Annotated[
        str | None, typer.Argument(metavar="PARTNER", help=say("cli.option.partner_or_record"))
    ] = None,
    office: SeeingAs = None,
    as_json: JsonOption = False,
) -> None:
    """Of one partner the points, without one a list of all."""

    async def one(desk: Desk, name: str) -> TieHealth:
        return await tie_health(desk, await speaking_for(desk, office), name)

    async def all_(desk: Desk) -> HealthList:
        return await health_of_ties(desk, await speaking_for(desk, office))

    if partner is not None:
        found = at_desk(lambda desk: one(desk, partner))
        _print([found], as_json, [health_title(say, found), *health_lines(say, found.health)])
        return
    listed = at_desk(all_)
    every = [*listed.scored, *listed.unscored]
    _print(every, as_json, [say("health.list_title", home=listed.home), *(list_line(say, e) for e in every)])


def _print(found: Iterable[TieHealth], as_json: bool, lines: Iterable[str]) -> None:
    if as_json:
        for each in found:
            typer.echo(json.dumps(_document(each), ensure_ascii=False))
        return
    for line in lines:  # a terminal shows no marks
        out.print(line.replace("**", "").replace("`", ""), markup=False, soft_wrap=True)


def _document(found: TieHealth) -> dict[str, Any]:
    """One line of `attache partner health --json`."""
    health, partner = found.health, found.tie.partner
    return {
        "partner": {"name": partner.name_en, "country": partner.country},
        "record": found.tie.lead_act.record,
        "score": health.score,
        "unscored": health.unscored.value if health.unscored else None,
        "points": [_line(line) for line in health.lines],
        "left_out": [aspect.value for aspect in health.left_out],
        "raise": health.advice.aspect.value if health.advice else None,
        "as_of": found.today.isoformat(),
    }


def _line(line: Line) -> dict[str, Any]:
    told = {"aspect": line.aspect.value, "points": line.points, "out_of": line.out_of, "why": line.why}
    return told | {"records": list(line.records), "gain": line.gain}
