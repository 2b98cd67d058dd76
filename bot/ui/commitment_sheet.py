"""The sheet of implementation that councils ask for: its columns, its cells, and sending it."""

import io
from collections.abc import Mapping, Sequence
from datetime import date

import discord

from bot.domain.access import Scope
from bot.domain.agreements import Commitment
from bot.domain.commitments import standing
from bot.domain.dates import PartialDate
from bot.domain.exchange_particulars import Decision
from bot.domain.exchanges import Exchange
from bot.domain.names import slug
from bot.i18n.texts import Texts
from bot.services.commitment_sheet import ImplementationSheet, SheetRow, implementation_sheet
from bot.services.commitments import CommitmentFilter
from bot.services.sheets import Column, SheetKind, make_sheet
from bot.ui.audience import restricted
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.errors import soon

COLUMNS: Mapping[str, int] = {
    "record": 9, "partners": 24, "country": 16, "kind": 18, "status": 12, "signed": 12, "entry": 16,
    "number": 9, "what": 60, "exchange_kind": 16, "date": 12, "owner": 22, "due": 12, "done": 12,
    "standing": 12, "evidence": 40, "sources": 50, "as_of": 12, "told_on": 12,
}  # fmt: skip
"""The columns of the sheet, and how wide they are."""

SOURCES = " | "


def sheet_file(texts: Texts, sheet: ImplementationSheet, kind: SheetKind) -> tuple[str, bytes]:
    """The name and the content of the file, in the language of `texts`, which must not escape."""
    columns = [Column(texts(f"sheet.{name}"), width) for name, width in COLUMNS.items()]
    rows = [[cells.get(name, "") for name in COLUMNS] for cells in sheet_cells(texts, sheet)]
    title = texts("sheet.title", home=sheet.home)
    content = make_sheet(kind, title, columns, rows)
    return f"implementation-{slug(sheet.home.name_en)}-{sheet.today.isoformat()}.{kind}", content


def sheet_cells(texts: Texts, sheet: ImplementationSheet) -> list[dict[str, str]]:
    """A row for each promise, exchange and decision, by column; what is not on record is empty."""
    return [
        _act_cells(texts, row) | _own_cells(texts, row, sheet.today) | {"told_on": sheet.today.isoformat()}
        for row in sheet.rows
    ]


def _act_cells(texts: Texts, row: SheetRow) -> dict[str, str]:
    countries = dict.fromkeys(place.country for place in row.partners if place.country)
    return {
        "record": row.act.record,
        "partners": texts.listed(row.partners),
        "country": texts.listed([texts.country(code) for code in countries]),
        "kind": texts.word(row.act.kind),
        "status": texts.word(row.act.status),
        "signed": _iso(row.act.signed),
    }


def _own_cells(texts: Texts, row: SheetRow, today: date) -> dict[str, str]:
    cells = {
        "entry": texts("sheet.nothing"),
        "sources": SOURCES.join(row.act.sources),
        "as_of": _iso(row.act.as_of),
    }
    if row.exchange is not None:
        cells = _exchange_cells(texts, row.exchange)
    if row.commitment is not None:
        cells |= _owed_cells(texts, row.commitment, today)
    return cells


def _exchange_cells(texts: Texts, exchange: Exchange) -> dict[str, str]:
    chinese = texts.language.startswith("zh") and exchange.title_zh
    return {
        "entry": texts("sheet.exchange"),
        "number": exchange.record,
        "what": (exchange.title_zh if chinese else exchange.title) or exchange.topic or "",
        "exchange_kind": texts.word(exchange.kind),
        "date": _iso(exchange.date),
        "sources": SOURCES.join(exchange.sources),
    }


def _owed_cells(texts: Texts, owed: Commitment | Decision, today: date) -> dict[str, str]:
    return {
        "entry": texts("sheet.decision" if isinstance(owed, Decision) else "sheet.promise"),
        "what": owed.what,
        "owner": owed.owner or "",
        "due": _iso(owed.due),
        "done": _iso(owed.done),
        "standing": texts(f"sheet.state.{standing(owed, today)}"),
        "evidence": (owed.evidence or "") if isinstance(owed, Commitment) else "",
    }


def _iso(on: PartialDate | None) -> str:
    return on.iso() if on else ""


async def send_sheet(interaction: Interaction, chosen: CommitmentFilter, kind: SheetKind) -> None:
    """Answer with the sheet as a file."""
    caller = await caller_of(interaction)
    sheet = await soon(interaction, implementation_sheet(desk_of(interaction), caller, chosen))
    name, content = sheet_file(Texts(caller.language), sheet, kind)
    texts = chat_texts(caller.language)
    card = Card(texts("sheet.title", home=sheet.home))
    card.text([texts("sheet.told", since=sheet.since, today=sheet.today), *_counts(texts, sheet.rows)])
    private = restricted(_scopes(sheet.rows))
    file = discord.File(io.BytesIO(content), filename=name)
    if interaction.response.is_done():
        await interaction.followup.send(embed=card.embed, file=file, ephemeral=private)
    else:
        await interaction.response.send_message(embed=card.embed, file=file, ephemeral=private)


def _counts(texts: Texts, rows: Sequence[SheetRow]) -> list[str]:
    decisions = sum(isinstance(row.commitment, Decision) for row in rows)
    return [
        texts("sheet.promises", n=sum(isinstance(row.commitment, Commitment) for row in rows)),
        *([texts("sheet.decisions", n=decisions)] if decisions else []),
        texts("sheet.exchanges", n=sum(row.exchange is not None and row.commitment is None for row in rows)),
    ]


def _scopes(rows: Sequence[SheetRow]) -> set[Scope]:
    return {row.act.scope for row in rows} | {row.exchange.scope for row in rows if row.exchange}
