"""`attache privacy`: what is stored on a person, and erasing it, everywhere; and an office's own data."""

import json
from dataclasses import replace
from typing import Annotated

import typer

from bot.console.frame import OPERATOR, JsonOption, YesOption, ask, at_desk, command_group, out, say
from bot.domain.offices import SLEEP_KEPT, Office
from bot.domain.privacy import Counts
from bot.services import offices, privacy
from bot.services.desk import Caller, Desk
from bot.services.privacy import Holdings, OwnData, Receipt
from bot.ui.privacy import count_lines, receipt_stays

privacy_commands = command_group(say("cli.privacy.about"))

NamesArgument = Annotated[list[str], typer.Argument(metavar="NAME...", help=say("cli.option.names"))]


# By name -----------------------------------------------------------------------------------------------------


@privacy_commands.command("find", help=say("cli.privacy.find"))
def find(names: NamesArgument, as_json: JsonOption = False) -> None:
    _print_holdings(at_desk(lambda desk: privacy.find_person(desk, OPERATOR, names)), as_json)


@privacy_commands.command("erase", help=say("cli.privacy.erase"))
def erase(names: NamesArgument, yes: YesOption = False) -> None:
    if not yes:
        found = at_desk(lambda desk: privacy.find_person(desk, OPERATOR, names))
        _print_counts(found.counts)
        if found.traces:
            ask(say("cli.privacy.sure_to_erase", n=len(found.traces)))
    _print_receipt(
        at_desk(lambda desk: privacy.erase_person(desk, OPERATOR, names)), say("privacy.stays_records")
    )


# By Discord user ---------------------------------------------------------------------------------------------


@privacy_commands.command("user", help=say("cli.privacy.user"))
def user(
    user_id: Annotated[int, typer.Argument(metavar="ID", min=1, help=say("cli.option.user_id"))],
    erase_: Annotated[bool, typer.Option("--erase", help=say("cli.option.erase"))] = False,
    yes: YesOption = False,
    as_json: JsonOption = False,
) -> None:
    if not erase_:
        _print_holdings(at_desk(lambda desk: privacy.stored_about_user(desk, OPERATOR, user_id)), as_json)
        return
    if not yes:
        found = at_desk(lambda desk: privacy.stored_about_user(desk, OPERATOR, user_id))
        _print_counts(found.counts)
        if found.traces:
            ask(say("cli.privacy.sure_to_erase", n=len(found.traces)))
    _print_receipt(
        at_desk(lambda desk: privacy.forget_user(desk, OPERATOR, user_id)), say("privacy.stays_logged")
    )


# An office's own data ----------------------------------------------------------------------------------------


@privacy_commands.command("office", help=say("cli.privacy.office"))
def office(
    city: Annotated[str, typer.Argument(metavar="CITY", help=say("cli.option.erased_city"))],
    yes: YesOption = False,
) -> None:
    own = at_desk(lambda desk: _own_data(desk, city))
    place = own.office.place
    if not yes:
        _print(say("privacy.office_means", place=place, n=SLEEP_KEPT.days))
        _print(say("privacy.goes"), *count_lines(say, own.goes), say("privacy.goes_besides", place=place))
        _print(say("privacy.stays"), *count_lines(say, own.stays), say("privacy.stays_besides"))
        ask(say("cli.privacy.sure_of_office", place=place))
    erased = at_desk(lambda desk: privacy.erase_own_data(desk, _as_office(own.office)))
    if not erased:
        _print(say("privacy.nothing_erased"))
        return
    _print(say("privacy.office_erased", place=place))
    _print_counts(erased)
    _print(say("privacy.stays"), *receipt_stays(say, say("privacy.stays_besides")))


async def _own_data(desk: Desk, city: str) -> OwnData:
    return await privacy.own_data(desk, _as_office(await offices.office_named(desk, city)))


def _as_office(office: Office) -> Caller:
    return replace(OPERATOR, office=office)


# Asking and printing -----------------------------------------------------------------------------------------


def _print(heading: str, *lines: str) -> None:
    out.print(heading, markup=False, soft_wrap=True)
    for line in lines:
        out.print(f"  {line}", markup=False, soft_wrap=True)


def _print_counts(counts: Counts) -> None:
    for line in count_lines(say, counts):
        out.print(f"  {line}", markup=False, soft_wrap=True)


def _print_holdings(holdings: Holdings, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(holdings.document, ensure_ascii=False))
        return
    for trace in holdings.traces:
        typer.echo(f"{trace.record}  {trace.field}  {' '.join(trace.text.split())}")
    if not holdings.traces:
        typer.echo(say("cli.privacy.nothing_found"))


def _print_receipt(receipt: Receipt, what_stays: str) -> None:
    if not receipt.erased:
        _print(say("privacy.nothing_erased"))
        return
    _print(say("privacy.receipt", number=receipt.number))
    _print(f"{receipt.at:%Y-%m-%d %H:%M} UTC", *count_lines(say, receipt.erased))
    _print(say("privacy.stays"), *receipt_stays(say, what_stays))
