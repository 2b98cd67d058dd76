"""`attache visit list|show|balance`: exchanges at the command line, and as files."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.console.audit import RecordArgument
from bot.console.frame import OPERATOR, JsonOption, OfficeOption, at_desk, command_group, err, out, say
from bot.console.partner_lists import plain_text, write_table
from bot.domain.errors import BadInput
from bot.domain.exchange_lists import Only
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.services.desk import Caller, Desk
from bot.services.exchange_lists import (
    ExchangeCard,
    ExchangeList,
    VisitBalance,
    find_exchanges,
    show_exchange,
    visit_balance,
)
from bot.services.offices import office_named
from bot.services.places import place_meant
from bot.services.sheets import write_sheet
from bot.ui.audience import restricted
from bot.ui.confirmations import side_lines
from bot.ui.decisions import decision_line
from bot.ui.exchange_cards import (
    attachment_lines,
    attendee_lines,
    card_title,
    exchange_lines,
    source_lines,
)
from bot.ui.exchange_filters import TypedExchangeFilter, exchange_filter_lines, read_exchange_filter
from bot.ui.exchange_lists import (
    ICS,
    balance_count_lines,
    balance_line,
    exchange_calendar,
    exchange_count_lines,
    exchanges_table_of,
    left_out_lines,
    listed_line,
)
from bot.ui.files import FileKind
from bot.ui.lessons import gist_lines
from bot.ui.savings import savings_lines

visit_commands = command_group(say("cli.visit.about"))

PartnerOption = Annotated[str | None, typer.Option("--partner", help=say("cli.option.visit_partner"))]
PlaceOption = Annotated[str | None, typer.Option("--place", help=say("cli.option.visit_place"))]


@visit_commands.command("list", help=say("cli.visit.list"))
def list_(
    office: OfficeOption = None,
    partner: PartnerOption = None,
    place: PlaceOption = None,
    kind: Annotated[ExchangeKind | None, typer.Option("--kind", help=say("cli.option.visit_kind"))] = None,
    level: Annotated[
        ExchangeLevel | None, typer.Option("--level", help=say("cli.option.visit_level"))
    ] = None,
    status: Annotated[
        ExchangeStatus | None, typer.Option("--status", help=say("cli.option.visit_status"))
    ] = None,
    mode: Annotated[Mode | None, typer.Option("--mode", help=say("cli.option.visit_mode"))] = None,
    only: Annotated[Only | None, typer.Option("--only", help=say("cli.option.visit_only"))] = None,
    since: Annotated[str | None, typer.Option("--from", help=say("cli.option.visit_from"))] = None,
    until: Annotated[str | None, typer.Option("--until", help=say("cli.option.visit_until"))] = None,
    topic: Annotated[str | None, typer.Option("--topic", help=say("cli.option.visit_topic"))] = None,
    file: Annotated[Path | None, typer.Option("--file", help=say("cli.option.visit_file"))] = None,
    as_json: JsonOption = False,
) -> None:
    ending = _ending(file) if file else ""
    typed = TypedExchangeFilter(kind, level, status, mode, only, since, until, topic)

    async def found(desk: Desk) -> ExchangeList:
        caller = await _caller(desk, office)
        home_id, partner_id = await _places(desk, caller, place, partner)
        chosen = read_exchange_filter(typed, home_id, partner_id, caller.today(desk))
        return await find_exchanges(desk, caller, chosen)

    listed = at_desk(found)
    if file and ending == ICS:
        _write_calendar(file, listed)
    elif file:
        write_table(file, FileKind(ending), exchanges_table_of(say, listed))
    elif as_json:
        typer.echo(json.dumps([_document(each) for each in listed.exchanges], ensure_ascii=False))
    else:
        lines = [listed_line(say, listed, each) for each in listed.exchanges] or [say("visits.none")]
        counted = exchange_count_lines(say, listed)
        _print([*exchange_filter_lines(say, listed.filter), *lines, "", *counted])


@visit_commands.command("show", help=say("cli.visit.show"))
def show(record: RecordArgument, office: OfficeOption = None) -> None:
    async def found(desk: Desk) -> ExchangeCard:
        return await show_exchange(desk, await _caller(desk, office), record)

    card = at_desk(found)
    _print(
        [
            card_title(say, card),
            *exchange_lines(say, card),
            *side_lines(say, card.sides),
            *attendee_lines(say, card),
            *(decision_line(say, each) for each in card.parts.decisions),
            *attachment_lines(say, card.parts.attachments),
            *gist_lines(say, card.parts.lessons),
            *source_lines(say, card.exchange.sources),
            *([say("savings.title") + ":", *savings_lines(say, card.savings)] if card.savings else []),
        ]
    )


@visit_commands.command("balance", help=say("cli.visit.balance"))
def balance(office: OfficeOption = None, partner: PartnerOption = None, place: PlaceOption = None) -> None:
    async def found(desk: Desk) -> VisitBalance:
        caller = await _caller(desk, office)
        return await visit_balance(desk, caller, *await _places(desk, caller, place, partner))

    done = at_desk(found)
    lines = [balance_line(say, each) for each in done.balances] or [say("balance.none")]
    _print([*lines, "", *balance_count_lines(say, done)])


async def _caller(desk: Desk, office: str | None) -> Caller:
    """The operator, seeing what the office sees, or what is shared or public."""
    return replace(OPERATOR, office=await office_named(desk, office)) if office else OPERATOR


async def _places(
    desk: Desk, caller: Caller, place: str | None, partner: str | None
) -> tuple[int, int | None]:
    home = await place_meant(desk, caller, place) if place else caller.own_office().place
    return home.id, (await place_meant(desk, caller, partner)).id if partner else None


def _ending(file: Path) -> str:
    """What the name of a file asks for. Raises `BadInput` (`visits.unknown_file`)."""
    ending = file.suffix.lower().removeprefix(".")
    if ending not in (*FileKind, ICS):
        raise BadInput("visits.unknown_file", file=file.name)
    return ending


def _write_calendar(file: Path, listed: ExchangeList) -> None:
    made = exchange_calendar(say, listed)
    write_sheet(file, made.content)
    typer.echo(say("cli.sheet_written", file=str(file), n=made.entries))
    _print(left_out_lines(say, made))
    if restricted(each.scope for each in listed.exchanges):
        err.print(say("files.restricted"), style="yellow", markup=False, soft_wrap=True)


def _document(each: Exchange) -> dict[str, Any]:
    return {
        "record": each.record,
        "kind": each.kind.value,
        "mode": each.mode.value if each.mode else None,
        "status": each.status.value,
        "level": each.level.value if each.level else None,
        "date": each.date.iso(),
        "end_date": each.end_date.iso() if each.end_date else None,
        "starts_at": each.starts_at.isoformat() if each.starts_at else None,
        "title": each.title or None,
        "topics": list(each.topics),
        "people": each.people,
        "minutes": each.minutes,
        "places": [{"name": place.name_en, "country": place.country} for place in each.places],
        "sources": list(each.sources),
    }


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        out.print(plain_text(line), markup=False, soft_wrap=True)
