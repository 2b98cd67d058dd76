"""`attache office`: who may take an office, and what the offices are."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.console.frame import OPERATOR, LanguageOption, at_desk, command_group, say
from bot.console.kind_rules import kinds
from bot.console.office_measures import cadence, list_time, weights
from bot.console.office_steps import steps
from bot.console.savings import savings
from bot.domain.access import Standing
from bot.domain.offices import Office
from bot.i18n.texts import Texts, Written
from bot.services.desk import Desk
from bot.services.invitations import invite_office
from bot.services.office_settings import change_standing
from bot.services.offices import ListedOffice, list_offices, office_named

office_commands = command_group(say("cli.office.about"))
office_commands.command("kinds", help=say("cli.office.kinds"))(kinds)
office_commands.command("cadence", help=say("cli.office.cadence"))(cadence)
office_commands.command("weights", help=say("cli.office.weights"))(weights)
office_commands.command("list-time", help=say("cli.office.list_time"))(list_time)
office_commands.command("steps", help=say("cli.office.steps"))(steps)
office_commands.command("savings", help=say("cli.office.savings"))(savings)

CityArgument = Annotated[str, typer.Argument(metavar="CITY", help=say("cli.option.city"))]


@office_commands.command("invite", help=say("cli.office.invite"))
def invite(
    city: CityArgument,
    standing: Annotated[Standing, typer.Option(help=say("cli.option.standing"))] = Standing.MEMBER,
    language: LanguageOption = None,
) -> None:
    texts = Texts(language.value) if language else say
    invited = at_desk(lambda desk: invite_office(desk, OPERATOR, city, standing))
    zone = invited.place.zone or "UTC"
    typer.echo(
        texts(
            "cli.office.invited",
            place=Written(texts.place_in_full(invited.place)),
            standing=invited.standing,
            until=Written(f"{texts.moment(invited.expires_at, zone)} {zone}"),
            code=Written(invited.code),
            name=Written(invited.place.key),
        )
    )


@office_commands.command("list", help=say("cli.office.list"))
def list_() -> None:
    found = at_desk(lambda desk: list_offices(desk, OPERATOR))
    for listed in found:
        typer.echo(_line(listed))
    if not found:
        typer.echo(say("cli.office.none"))


def _line(listed: ListedOffice) -> str:
    groups = say.listed(listed.groups) if listed.groups else say("cli.office.in_no_group")
    seen = say("cli.office.never_seen")
    if listed.last_change is not None:
        seen = say("cli.office.seen", day=_day(listed.last_change))
    office = listed.office
    parts = (say.place_in_full(office.place), say.word(office.standing), _server(office), groups, seen)
    return "  ".join(parts)


def _server(office: Office) -> str:
    if office.guild_id is None:
        return say("cli.office.free")
    server = Written(str(office.guild_id))
    if office.asleep_since is not None:
        return say("cli.office.asleep", day=_day(office.asleep_since), server=server)
    return say("cli.office.tied", server=server)


def _day(moment: datetime) -> Written:
    return Written(moment.astimezone(UTC).date().isoformat())


@office_commands.command("standing", help=say("cli.office.set_standing"))
def set_standing(
    city: CityArgument,
    standing: Annotated[Standing, typer.Argument(metavar="STANDING", help=say("cli.option.standing"))],
) -> None:
    office = at_desk(lambda desk: _set_standing(desk, city, standing))
    typer.echo(say("cli.office.standing_is", place=office.place, standing=office.standing))


async def _set_standing(desk: Desk, city: str, standing: Standing) -> Office:
    return await change_standing(desk, OPERATOR, await office_named(desk, city), standing)
