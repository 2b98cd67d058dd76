"""`attache group`: the operator's hand on groups of offices."""

from dataclasses import replace
from typing import Annotated

import typer

from bot.console.frame import OPERATOR, at_desk, command_group, say
from bot.domain.groups import Group
from bot.domain.places import Place
from bot.services import group_lists, groups
from bot.services.desk import Desk
from bot.services.groups import Leaving
from bot.services.offices import office_named
from bot.ui.groups import membership_lines

group_commands = command_group(say("cli.group.about"))

GroupArgument = Annotated[str, typer.Argument(metavar="GROUP", help=say("cli.option.group"))]
CityArgument = Annotated[str, typer.Argument(metavar="CITY", help=say("cli.option.group_city"))]


@group_commands.command("list", help=say("cli.group.list"))
def list_() -> None:
    found = at_desk(lambda desk: group_lists.list_groups(desk, OPERATOR))
    for group in found:
        _print(say("cli.group.line", group=group, handle=group.key), group)
    if not found:
        typer.echo(say("cli.group.none"))


def _print(title: str, group: Group) -> None:
    typer.echo(title)
    for line in membership_lines(say, group):
        typer.echo(f"  {line}")


@group_commands.command("found", help=say("cli.group.found"))
def found(
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("cli.option.group_name"))],
    name_zh: Annotated[str | None, typer.Option("--zh", help=say("cli.option.group_name_zh"))] = None,
) -> None:
    group = at_desk(lambda desk: groups.found_group(desk, OPERATOR, name, name_zh))
    typer.echo(say("cli.group.line", group=group, handle=group.key))


@group_commands.command("invite", help=say("cli.group.invite"))
def invite(group: GroupArgument, city: CityArgument) -> None:
    known, place = at_desk(lambda desk: groups.invite_office(desk, OPERATOR, group, city))
    _print(say("group.invited_title", place=place, group=known), known)


@group_commands.command("withdraw", help=say("cli.group.withdraw"))
def withdraw(group: GroupArgument, city: CityArgument) -> None:
    known, place = at_desk(lambda desk: groups.withdraw_invitation(desk, OPERATOR, group, city))
    _print(say("group.withdrawn", place=place, group=known), known)


@group_commands.command("join", help=say("cli.group.join"))
def join(group: GroupArgument, city: CityArgument) -> None:
    known, place = at_desk(lambda desk: groups.join_group(desk, OPERATOR, group, city))
    _print(say("cli.group.joined", place=place, group=known), known)


@group_commands.command("leave", help=say("cli.group.leave"))
def leave(group: GroupArgument, city: CityArgument) -> None:
    left, place = at_desk(lambda desk: _leave(desk, group, city))
    typer.echo(say("cli.group.left", place=place, group=left.group))
    if left.dissolves:
        typer.echo(say("group.dissolved"))


async def _leave(desk: Desk, group: str, city: str) -> tuple[Leaving, Place]:
    office = await office_named(desk, city)
    speaking = replace(OPERATOR, office=office)
    leaving = await groups.about_to_leave(desk, speaking, group)
    left = await groups.leave_group(desk, speaking, leaving.group.id, leaving.membership.since)
    return left, office.place
