"""How exchanges are listed, with their count and its rule, in pages and as files; and the balance of visits."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import discord

from bot.domain.exchange_lists import ExchangeFilter
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.domain.places import Place
from bot.domain.reciprocity import Balance
from bot.i18n.texts import Texts, Written
from bot.services.calendars import Entry, calendar_file
from bot.services.desk import Caller, Desk
from bot.services.exchange_lists import ExchangeList, VisitBalance, find_exchanges, visit_balance
from bot.ui.audience import restricted
from bot.ui.callers import Interaction, caller_of, desk_of
from bot.ui.cards import Card
from bot.ui.exchange_filters import decode_exchange_filter, encode_exchange_filter, exchange_filter_lines
from bot.ui.files import FileButton, FileKind, Row, Table, filed, send_table
from bot.ui.pages import Page, page_of, paged, show_page
from bot.ui.partner_exchanges import COLUMNS, exchange_row
from bot.ui.partnerships import exchange_title

ICS = "ics"
"""What is asked for by this name is a calendar, beside the kinds of `FileKind`."""


async def show_exchanges(interaction: Interaction, chosen: ExchangeFilter, file: str | None = None) -> None:
    """Answer with the list that the filter describes, or with the file that it is."""
    arguments = encode_exchange_filter(chosen)
    if file is None:
        await show_page(interaction, "visits", arguments)
    elif file == ICS:
        await _send_calendar(interaction, chosen)
    else:
        language = (await caller_of(interaction)).language
        await send_table(interaction, "visits", language, FileKind(file), arguments)


@paged("visits")
async def exchanges_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    listed = await find_exchanges(desk, caller, decode_exchange_filter(arguments))
    lines = [listed_line(texts, listed, each) for each in listed.exchanges]
    shown, index, pages = page_of(lines, index)
    footer = texts("visits.footer", n=len(lines), page=index + 1, pages=pages)
    card = Card(list_title(texts, listed), footer=footer)
    card.text([*exchange_filter_lines(texts, listed.filter), *(shown if lines else [texts("visits.none")])])
    card.field(texts("list.counted"), exchange_count_lines(texts, listed))
    more = [FileButton("visits", texts.language, arguments, label=texts("files.button"))] if lines else []
    private = restricted(each.scope for each in listed.exchanges)
    return Page(card.embed, index, pages, private, more)


def list_title(texts: Texts, listed: ExchangeList) -> str:
    if listed.partner is not None:
        return texts("exchanges.title", home=listed.home, partner=listed.partner)
    return texts("visits.title", home=listed.home)


def listed_line(texts: Texts, listed: ExchangeList, each: Exchange) -> str:
    """One exchange in a line: number, day, kind, with whom, about what; a status that is not held."""
    others = [place for place in each.places if place.id != listed.home.id]
    line = texts(
        f"visits.line_{each.status.value}",
        record=Written(each.record),
        date=each.date,
        kind=each.kind,
        partners=others,
    )
    return f"{line} · {exchange_title(texts, each)}" if each.title or each.title_zh else line


def exchange_count_lines(texts: Texts, listed: ExchangeList) -> Iterator[str]:
    """How many there are of each status, and by what rule they were counted."""
    for status in ExchangeStatus:
        if n := listed.counted.get(status, 0):
            yield texts(f"visits.count_{status.value}", n=n)
    yield texts("visits.rule")
    if listed.uncertain:
        yield texts("visits.uncertain", n=listed.uncertain)


@filed("visits")
async def exchanges_table(desk: Desk, caller: Caller, texts: Texts, arguments: str) -> Table:
    return exchanges_table_of(texts, await find_exchanges(desk, caller, decode_exchange_filter(arguments)))


def exchanges_table_of(texts: Texts, listed: ExchangeList) -> Table:
    """Exactly the exchanges that the list shows, on all its pages, with all that is known of each."""
    rows: list[Row] = [exchange_row(texts, each) for each in listed.exchanges]
    private = restricted(each.scope for each in listed.exchanges)
    return Table(f"visits-{listed.home.key}", list_title(texts, listed), COLUMNS, rows, private)


# As a calendar -----------------------------------------------------------------------------------------------

_STATUS = {
    ExchangeStatus.HELD: "CONFIRMED",
    ExchangeStatus.PLANNED: "TENTATIVE",
    ExchangeStatus.CANCELLED: "CANCELLED",
}


@dataclass(frozen=True, slots=True)
class ExchangeCalendar:
    """The file, how many entries it has, and how many exchanges have no exact day and are left out."""

    content: bytes
    entries: int
    left_out: int


def exchange_calendar(texts: Texts, listed: ExchangeList) -> ExchangeCalendar:
    """The list as an iCalendar file; the id of an entry is that of the record, and stays."""
    entries = [
        entry for each in listed.exchanges if (entry := exchange_entry(texts, listed.home, each)) is not None
    ]
    content = calendar_file(list_title(texts, listed), entries, listed.now)
    return ExchangeCalendar(content, len(entries), len(listed.exchanges) - len(entries))


def exchange_entry(texts: Texts, home: Place, each: Exchange) -> Entry | None:
    """An exchange as the calendar of one of its places shows it; None where its day is not known."""
    day = each.date.exact()
    if day is None:
        return None
    others = [place for place in each.places if place.id != home.id]
    return Entry(
        key=each.record,
        day=day,
        yearly=False,
        title=texts("visits.entry", kind=each.kind, partners=others),
        text=" · ".join(filter(None, (each.record, exchange_title(texts, each), each.summary))),
        last=each.end_date.exact() if each.end_date else None,
        starts_at=each.starts_at,
        minutes=each.minutes,
        status=_STATUS[each.status],
    )


async def _send_calendar(interaction: Interaction, chosen: ExchangeFilter) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    caller = await caller_of(interaction)
    listed = await find_exchanges(desk_of(interaction), caller, chosen)
    texts = Texts(caller.language)
    made = exchange_calendar(texts, listed)
    file = discord.File(io.BytesIO(made.content), f"visits-{listed.home.key}.ics")
    said = [texts("files.sent", n=made.entries), *left_out_lines(texts, made)]
    if restricted(each.scope for each in listed.exchanges):
        said.append(texts("files.restricted"))
    await interaction.followup.send("\n".join(said), file=file, ephemeral=True)


def left_out_lines(texts: Texts, made: ExchangeCalendar) -> Iterator[str]:
    if made.left_out:
        yield texts("visits.left_out", n=made.left_out)


# The balance -------------------------------------------------------------------------------------------------


@paged("balance")
async def balance_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    chosen = decode_exchange_filter(arguments)
    found = await visit_balance(desk, caller, chosen.home_id, chosen.partner_id)
    lines = [balance_line(texts, each) for each in found.balances]
    shown, index, pages = page_of(lines, index)
    card = Card(
        texts("balance.title", home=found.home), footer=texts("balance.footer", page=index + 1, pages=pages)
    )
    card.text(shown if lines else [texts("balance.none")])
    card.field(texts("list.counted"), balance_count_lines(texts, found))
    return Page(card.embed, index, pages, restricted(found.scopes))


def balance_line(texts: Texts, each: Balance) -> str:
    """Visits in, out and of no known direction, and whose turn it is."""
    return texts(
        "balance.line",
        partner=each.partner,
        visits_in=each.visits_in,
        visits_out=each.visits_out,
        unrecorded=each.unrecorded,
        owing=each.owing,
    )


def balance_count_lines(texts: Texts, found: VisitBalance) -> Iterator[str]:
    yield texts(
        "balance.all",
        visits_in=sum(each.visits_in for each in found.balances),
        visits_out=sum(each.visits_out for each in found.balances),
        unrecorded=sum(each.unrecorded for each in found.balances),
    )
    yield texts("balance.rule")
