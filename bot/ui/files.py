"""Lists as files: the table that a list is, sent as a spreadsheet or as JSON. The button outlives a restart.

A list registers what its table holds, under the name that its pages have (`bot.ui.pages`).
"""

import io
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

import discord

from bot.domain.access import Action
from bot.domain.dates import PartialDate
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.sheets import Column, SheetKind, make_sheet
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton, Rest
from bot.ui.callers import Interaction, caller_of, desk_of


class Told(NamedTuple):
    """A value with the words for it, where neither follows from the other."""

    plain: str
    shown: str


Row = Mapping[str, Any]
"""The cells of a row by the key of the column: words of a vocabulary, dates, numbers, texts, or several of them."""

SEPARATOR = " ; "


class FileKind(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Table:
    """A list as a table: its columns with their widths, in order; what stands above them is `column.<key>`.

    `private` where anything in it is not for everybody; `name` is that of the file, without its ending.
    """

    name: str
    title: str
    columns: Mapping[str, int]
    rows: Sequence[Row]
    private: bool


TableMaker = Callable[[Desk, Caller, Texts, str], Awaitable[Table]]
"""Makes the table of the list that the arguments describe, with texts that are not made for a chat."""

_MAKERS: dict[str, TableMaker] = {}


def filed(name: str) -> Callable[[TableMaker], TableMaker]:
    """Register the table of a list."""

    def register(make: TableMaker) -> TableMaker:
        _MAKERS[name] = make
        return make

    return register


async def table_of(desk: Desk, caller: Caller, texts: Texts, name: str, arguments: str) -> Table:
    """The table of the list with this name."""
    return await _MAKERS[name](desk, caller, texts, arguments)


def file_content(texts: Texts, table: Table, kind: FileKind) -> bytes:
    """The file: words in the reader's language for a spreadsheet, those of the vocabulary for JSON."""
    if kind is FileKind.JSON:
        records = [{key: _plain(row.get(key)) for key in table.columns} for row in table.rows]
        return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()
    columns = [Column(texts(f"column.{key}"), width) for key, width in table.columns.items()]
    rows = [[_shown(texts, row.get(key)) for key in table.columns] for row in table.rows]
    return make_sheet(SheetKind(kind.value), table.title, columns, rows)


def _shown(texts: Texts, value: Any) -> str:
    match value:
        case None:
            return ""
        case Told():
            return value.shown
        case PartialDate() | date():
            return str(_plain(value))  # so that a column of dates can be sorted
        case list() | tuple():
            return SEPARATOR.join(_shown(texts, each) for each in value)
        case int():
            return str(value)
        case _:
            return texts.write(value)


def _plain(value: Any) -> Any:
    match value:
        case Told():
            return value.plain
        case StrEnum():
            return value.value
        case PartialDate():
            return value.iso()
        case date():
            return value.isoformat()
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            return value


# In the chat -------------------------------------------------------------------------------------------------


async def send_table(
    interaction: Interaction, name: str, language: str, kind: FileKind, arguments: str
) -> None:
    """Answer with a list as a file, for the person alone; where anything in it is restricted, it says so."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    texts = Texts(language)
    table = await table_of(desk_of(interaction), await caller_of(interaction), texts, name, arguments)
    content = file_content(texts, table, kind)
    said = texts("files.restricted") if table.private else texts("files.sent", n=len(table.rows))
    file = discord.File(io.BytesIO(content), f"{table.name}.{kind.value}")
    await interaction.followup.send(said, file=file, ephemeral=True)


class FileButton(PersistentButton, custom_id="file:{name}:{language}:{arguments}"):
    """Sends the list that it stands under as a spreadsheet."""

    name: str
    language: str
    arguments: Rest

    @presses(Action.READ)
    async def callback(self, interaction: Interaction) -> None:
        await send_table(interaction, self.name, self.language, FileKind.XLSX, self.arguments)
