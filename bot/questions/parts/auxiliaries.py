"""English verbs that begin a question for a yes or no, and what may lead to it."""

from collections.abc import Sequence

AUXILIARIES = frozenset(
    (
        "is",
        "was",
        "are",
        "were",
        "isn",
        "wasn",
        "aren",
        "weren",
        "did",
        "didn",
        "does",
        "do",
        "has",
        "have",
        "had",
    )
)
LEADING = frozenset((",", "and", "so", "but", "or", "then", "ok", "okay"))
"""Words before a question that goes on from another."""


def begins_with_auxiliary(words: Sequence[str]) -> bool:
    """Whether the first of the words, but for those that lead to it, asks for a yes or no: "so, has anyone come"."""
    return next((word for word in words if word not in LEADING), "") in AUXILIARIES
