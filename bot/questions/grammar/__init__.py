"""The grammar of questions as tables: words and phrases of both languages, by what they stand for.

Whoever misses a wording adds it to a line of a table here; no code has to change for it. The README beside it says how.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

_CHOICE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


def variants(phrase: str) -> Iterator[str]:
    """What a phrase stands for: `(a|b)` is one of them, `[a]` or `[a|b]` may be left out."""
    match = _CHOICE.search(phrase)
    if match is None:
        yield " ".join(phrase.split())
        return
    choices = match[1].split("|") if match[1] is not None else ["", *match[2].split("|")]
    for choice in choices:
        yield from variants(f"{phrase[: match.start()]}{choice}{phrase[match.end() :]}")


@cache
def table(name: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """A table: for each section, what stands for each of its words, with all variants written out."""
    text = files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return {
        section: {
            key: tuple(dict.fromkeys(each for phrase in _phrases(cell) for each in variants(phrase)))
            for key, cell in cells.items()
        }
        for section, cells in tomllib.loads(text).items()
    }


def _phrases(cell: str | list[str]) -> Iterator[str]:
    """The phrases of a cell: a list, or one text with commas between them."""
    yield from (part.strip() for part in cell.split(",") if part.strip()) if isinstance(cell, str) else cell
