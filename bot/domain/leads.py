"""How many days before an anniversary an office wants to be told of it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.errors import BadInput

MOST_LEADS, LONGEST_LEAD = 12, 366

MILESTONE_LEADS = (180, 90, 30, 7, 0)
ORDINARY_LEADS = (30, 7, 0)
"""What an office has that has not chosen otherwise."""

NO_LEADS = ("none", "無", "-")
"""What somebody types who wants no such anniversaries told at all; the first is how it is written out."""


@dataclass(frozen=True, slots=True)
class Leads:
    """In days, the longest first: for milestones of sister and friendship cities, and for everything else.

    Of memoranda and the like only the milestones are told of, with the others' leads. Empty: not told at all.
    """

    milestones: tuple[int, ...] = MILESTONE_LEADS
    others: tuple[int, ...] = ORDINARY_LEADS


DEFAULT_LEADS = Leads()


def read_leads(text: str) -> tuple[int, ...]:
    """Days as they are typed: `30, 7, 0`; `none` or 無 for none.

    Raises `BadInput`: `leads.missing`, `leads.unreadable`, `leads.too_long`, `leads.too_many`.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        raise BadInput("leads.missing")
    if typed.lower() in NO_LEADS:
        return ()
    parts = [part.strip() for part in re.split(r"[,、;]", typed)]
    if not all(re.fullmatch(r"[0-9]{1,6}", part) for part in parts):
        raise BadInput("leads.unreadable", text=typed[:80])
    found = sorted({int(part) for part in parts}, reverse=True)
    if found[0] > LONGEST_LEAD:
        raise BadInput("leads.too_long", n=LONGEST_LEAD, lead=found[0])
    if len(found) > MOST_LEADS:
        raise BadInput("leads.too_many", n=MOST_LEADS)
    return tuple(found)


def write_leads(leads: Sequence[int]) -> str:
    """As `read_leads` reads them."""
    return ", ".join(map(str, leads)) or NO_LEADS[0]
