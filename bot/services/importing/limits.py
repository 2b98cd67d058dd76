"""How much a file from outside may hold. What is larger is refused before it is held in memory."""

from bot.domain.errors import BadInput

MAX_BYTES = 50_000_000
"""On disk. The table of the world's twin towns has 5 MB; the rest is room for workbooks full of formatting."""

MAX_EXPANDED = 100_000_000
"""Unpacked, and as characters of all cells together: 200,000 rows of 500 characters. It is held in memory."""

MAX_RATIO, SMALL = 200, 10_000_000
"""How many times its size a packed file may unpack to once it is more than `SMALL`: sheets reach 50, bombs 1,000."""

MAX_PARTS = 2_000
"""Files in the archive that a workbook is; even one with a hundred sheets and charts has some hundreds."""

MAX_ROWS = 200_000
"""Rows that are not blank: ten times the world's twin towns."""

MAX_SHEET_ROWS, MAX_SHEET_COLUMNS = 1_048_576, 16_384
"""What a spreadsheet has room for, blanks included."""

MAX_COLUMNS = 200
"""Columns with something in them. The widest layout has twenty."""

MAX_CELLS = 4_000_000
"""Cells of the whole sheet, blank ones between others included: `MAX_ROWS` of twenty columns."""

MAX_CELL = 131_072
"""Characters in a cell: what Python's reader of CSV takes, four times what Excel does."""

MAX_RECORD = 1_000_000
"""Characters in a row of a CSV. A quotation mark that is never closed would make one row of the whole file."""

MAX_ELEMENTS = 300_000
"""XML elements that have to be in memory together: a full row has 80,000, the styles of a workbook fewer."""


def check_expansion(packed: int, expanded: int, file: str) -> None:
    """Refuse what unpacks to too much. Raises `BadInput` (`import.file_too_large`, `import.file_swollen`)."""
    if expanded > MAX_EXPANDED:
        raise BadInput("import.file_too_large", file=file, most=MAX_EXPANDED // 1_000_000)
    if expanded > max(SMALL, packed * MAX_RATIO):
        raise BadInput("import.file_swollen", file=file, ratio=MAX_RATIO)
