"""Embeds that never overflow what Discord takes, whatever the data."""

from collections.abc import Iterable

import discord

COLOUR = discord.Colour(0x3BA9C4)
QUIET_COLOUR = discord.Colour(0xC77D0A)
WRONG_COLOUR = discord.Colour(0xB3261E)

TITLE, DESCRIPTION, FIELD_NAME, FIELD_VALUE, FIELDS, FOOTER, ALL = 256, 4096, 256, 1024, 25, 2048, 6000
"""Discord's limits for one embed, in characters (fields: their number)."""


def fit(text: str, limit: int) -> str:
    """The text, cut with an ellipsis where it is longer than the limit (Discord counts UTF-16 units)."""
    if _length(text) <= limit:
        return text
    if limit < 1:
        return ""
    cut = text[: limit - 1]
    while _length(cut) > limit - 1:
        cut = cut[:-1]
    return cut.rstrip() + "…"


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class Card:
    """An embed in the making; what does not fit in 6,000 characters any more is left out, fields last."""

    def __init__(self, title: str, *, colour: discord.Colour = COLOUR, footer: str = "") -> None:
        footer = fit(footer, FOOTER)
        self._embed = discord.Embed(title=fit(title, TITLE), colour=colour)
        if footer:
            self._embed.set_footer(text=footer)
        self._left = ALL - _length(self._embed.title or "") - _length(footer)

    def text(self, lines: Iterable[str]) -> "Card":
        description = fit("\n".join(line for line in lines if line), min(DESCRIPTION, self._left))
        self._embed.description = description
        self._left -= _length(description)
        return self

    def field(self, name: str, lines: Iterable[str], *, inline: bool = False) -> "Card":
        """Add a field; one without lines is left out."""
        value = fit("\n".join(line for line in lines if line), FIELD_VALUE)
        name = fit(name, FIELD_NAME)
        size = _length(name) + _length(value)
        if value and size <= self._left and len(self._embed.fields) < FIELDS:
            self._embed.add_field(name=name, value=value, inline=inline)
            self._left -= size
        return self

    @property
    def embed(self) -> discord.Embed:
        return self._embed
