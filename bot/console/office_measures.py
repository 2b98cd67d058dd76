"""`attache office cadence|weights|list-time`: what an office measures its ties by."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Annotated

import typer

from bot.console.frame import OPERATOR, at_desk, fail, out, say
from bot.domain.errors import BadInput
from bot.domain.health import Aspect
from bot.domain.offices import Office, Weekday
from bot.domain.partnerships import Kind
from bot.services.desk import Caller, Desk
from bot.services.office_measures import WeeklyListForm, change_cadence, change_weekly_list, change_weights
from bot.services.offices import office_named
from bot.ui.office_measures import cadence_lines, weekly_list_line, weight_lines

CityArgument = Annotated[str, typer.Argument(metavar="CITY", help=say("cli.option.city"))]
BuiltInOption = Annotated[bool, typer.Option("--built-in", help=say("cli.option.built_in"))]


def cadence(
    city: CityArgument,
    kind: Annotated[Kind | None, typer.Argument(metavar="KIND", help=say("cli.option.cadence_kind"))] = None,
    months: Annotated[int | None, typer.Argument(metavar="MONTHS", help=say("cli.option.months"))] = None,
    built_in: BuiltInOption = False,
) -> None:
    if (built_in and (kind is None or months is not None)) or (
        kind is not None and months is None and not built_in
    ):
        fail(BadInput("cadence.which"))

    async def changed(desk: Desk, caller: Caller, office: Office) -> Office:
        assert kind is not None
        return await change_cadence(desk, caller, kind, months, office.version)

    _print(cadence_lines(say, _done(city, changed if kind else None)))


def weights(
    city: CityArgument,
    weight: Annotated[
        list[str] | None, typer.Argument(metavar="ASPECT=NUMBER…", help=say("cli.option.weights"))
    ] = None,
    built_in: BuiltInOption = False,
) -> None:
    wanted = None if built_in else dict(map(_read_weight, weight or ()))

    async def changed(desk: Desk, caller: Caller, office: Office) -> Office:
        return await change_weights(desk, caller, wanted, office.version)

    _print(weight_lines(say, _done(city, changed if weight or built_in else None)))


def _read_weight(text: str) -> tuple[Aspect, int]:
    aspect, _, number = text.partition("=")
    if aspect not in set(Aspect) or not (number.isascii() and number.isdigit()):
        raise BadInput("health.weight_unreadable", text=text[:40], aspects=[a.value for a in Aspect])
    return Aspect(aspect), int(number)


def list_time(
    city: CityArgument,
    day: Annotated[Weekday | None, typer.Option("--day", help=say("cli.option.list_day"))] = None,
    hour: Annotated[str | None, typer.Option("--hour", help=say("cli.option.list_hour"))] = None,
) -> None:
    async def changed(desk: Desk, caller: Caller, office: Office) -> Office:
        now = office.weekly_list
        form = WeeklyListForm(day or now.day, str(now.hour) if hour is None else hour)
        return await change_weekly_list(desk, caller, form, office.version)

    _print([weekly_list_line(say, _done(city, changed if day or hour is not None else None))])


def _done(city: str, change: Callable[[Desk, Caller, Office], Awaitable[Office]] | None) -> Office:
    """The office of a city, changed if anything is to be changed."""

    async def done(desk: Desk) -> Office:
        office = await office_named(desk, city)
        return await change(desk, replace(OPERATOR, office=office), office) if change else office

    return at_desk(done)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        out.print(line.replace("**", ""), markup=False, soft_wrap=True)
