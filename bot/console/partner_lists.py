"""`attache partner list`, `compare`, `ties` and `calendar`: the registry at the command line, and as files."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from bot.console.frame import SeeingAs, SpeakingFor, at_desk, err, out, say, speaking_for
from bot.domain.access import Scope
from bot.domain.dormancy import Contact
from bot.domain.errors import BadInput
from bot.domain.partner_lists import Order, PartnerFilter
from bot.domain.partnerships import Kind, Status
from bot.domain.places import Level
from bot.domain.regions import Region
from bot.services.calendars import OfficeCalendar, office_calendar
from bot.services.comparing import Comparison, compare
from bot.services.desk import Desk
from bot.services.partner_lists import PartnerList, list_partners
from bot.services.place_ties import PlaceTies, ties_with
from bot.services.places import place_meant
from bot.services.sheets import write_sheet
from bot.ui.calendars import calendar_content, left_out_lines
from bot.ui.comparisons import comparison_lines
from bot.ui.files import FileKind, Table, file_content
from bot.ui.partner_filters import ALL, TypedFilter, filter_lines, read_filter
from bot.ui.partner_lists import count_lines, list_lines, partners_table_of
from bot.ui.place_ties import tie_lines, ties_count_lines

FileOption = Annotated[Path | None, typer.Option("--file", help=say("cli.option.list_file"))]


def _words(*words: str) -> str:
    return ", ".join(words)


def list_(
    office: SeeingAs = None,
    city: Annotated[str | None, typer.Option("--city", help=say("cli.option.list_city"))] = None,
    country: Annotated[str | None, typer.Option("--country", help=say("cli.option.list_country"))] = None,
    kind: Annotated[str | None, typer.Option("--kind", help=_words(*Kind, ALL))] = None,
    status: Annotated[str | None, typer.Option("--status", help=_words(*Status, ALL))] = None,
    region: Annotated[Region | None, typer.Option("--region", help=say("cli.option.region"))] = None,
    contact: Annotated[Contact | None, typer.Option("--contact", help=say("cli.option.contact"))] = None,
    level: Annotated[Level | None, typer.Option("--level", help=say("cli.option.level"))] = None,
    signed_from: Annotated[
        str | None, typer.Option("--signed-from", help=say("cli.option.signed_from"))
    ] = None,
    signed_until: Annotated[
        str | None, typer.Option("--signed-until", help=say("cli.option.signed_until"))
    ] = None,
    text: Annotated[str | None, typer.Option("--text", help=say("cli.option.text"))] = None,
    sort: Annotated[Order, typer.Option("--sort", help=say("cli.option.sort"))] = Order.DATE,
    file: FileOption = None,
) -> None:
    _check_word(kind, (*Kind, ALL))
    _check_word(status, (*Status, ALL))
    ending = _file_kind(file) if file else None
    typed = TypedFilter(country, region, kind, status, contact, level, signed_from, signed_until, text, sort)
    found = at_desk(lambda desk: _listed(desk, office, city, typed))
    if file and ending:
        write_table(file, ending, partners_table_of(say, found))
        return
    _print([*filter_lines(say, found.filter), *list_lines(say, found), "", *count_lines(say, found)])


async def _listed(desk: Desk, office: str | None, city: str | None, typed: TypedFilter) -> PartnerList:
    caller = await speaking_for(desk, office)
    home = await place_meant(desk, caller, city) if city else caller.own_office().place
    chosen: PartnerFilter = read_filter(typed, home.id, caller.today(desk))
    return await list_partners(desk, caller, chosen)


def compare_(
    one: Annotated[str, typer.Argument(metavar="ONE", help=say("cli.option.one"))],
    two: Annotated[str, typer.Argument(metavar="TWO", help=say("cli.option.two"))],
    office: SeeingAs = None,
) -> None:
    async def found(desk: Desk) -> Comparison:
        return await compare(desk, await speaking_for(desk, office), one, two)

    _print(comparison_lines(say, at_desk(found)))


def ties(
    place: Annotated[str, typer.Argument(metavar="PLACE", help=say("cli.option.tied_place"))],
    office: SeeingAs = None,
) -> None:
    async def found(desk: Desk) -> PlaceTies:
        caller = await speaking_for(desk, office)
        return await ties_with(desk, caller, (await place_meant(desk, caller, place)).id)

    listed = at_desk(found)
    if not listed.everything:
        _print([say("ties.none", place=listed.place)])
        return
    _print([*tie_lines(say, listed), "", *ties_count_lines(say, listed)])


def calendar(
    office: SpeakingFor,
    file: Annotated[Path, typer.Option("--file", help=say("cli.option.calendar_file"))],
    reach: Annotated[Scope, typer.Option("--reach", help=say("cli.option.reach"))] = Scope.OFFICE,
) -> None:
    async def found(desk: Desk) -> OfficeCalendar:
        return await office_calendar(desk, await speaking_for(desk, office), reach)

    days = at_desk(found)
    write_sheet(file, calendar_content(say, days))
    typer.echo(say("cli.sheet_written", file=str(file), n=days.entries))
    if days.left_out:
        _print([say("calendar.left_out") + ":", *left_out_lines(say, days)])


def _check_word(typed: str | None, words: Iterable[str]) -> None:
    """Raises the command line's own error for a word that is none of these."""
    known = [str(word) for word in words]
    if typed is not None and typed not in known:
        raise typer.BadParameter(_words(*known))


def _file_kind(file: Path) -> FileKind:
    """What the name of a file asks for. Raises `BadInput` (`files.unknown_kind`)."""
    ending = file.suffix.lower().removeprefix(".")
    if ending not in set(FileKind):
        raise BadInput("files.unknown_kind", file=file.name)
    return FileKind(ending)


def write_table(file: Path, kind: FileKind, table: Table) -> None:
    """Write a list to a file, and say so; on standard error, that it is not for everybody, where it is not."""
    write_sheet(file, file_content(say, table, kind))
    typer.echo(say("cli.sheet_written", file=str(file), n=len(table.rows)))
    if table.private:
        err.print(say("files.restricted"), style="yellow", markup=False, soft_wrap=True)


_MARKS = re.compile(r"\*\*|__|`|^_|_$|^\*|\*$")
"""What makes bold, underlined and fixed-width text in a chat."""


def plain_text(line: str) -> str:
    """The line without what gives it an effect in a chat."""
    return _MARKS.sub("", line)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        out.print(plain_text(line), markup=False, soft_wrap=True)
