"""Simplified Chinese read as the Traditional that Taiwan writes."""

from functools import cache

from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    return OpenCC("s2tw")


def traditional(text: str) -> str:
    """The text with simplified characters made traditional; other text stays as it is.

    Characters only: names that Taiwan has of its own (德勒斯登, not 德累斯頓) are matters of the registry's aliases.
    """
    return str(_converter().convert(text))
