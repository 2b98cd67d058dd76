"""What the tables look like: their columns, and how one cell holds a list, or what looks like a formula."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.domain.errors import BadInput

SOURCES, PLACES, NAMES = " ; ", "|", "|"
"""What stands between the items of a cell."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a kind of table, in the order of an export, and those that it cannot do without."""

    columns: tuple[str, ...]
    required: frozenset[str]


def _layout(columns: str, required: str) -> Layout:
    return Layout(tuple(columns.split()), frozenset(required.split()))


PLACE_LAYOUT = _layout(
    "key name_en name_zh name_local aliases level country region_en region_zh lat lon zone wikidata parent"
    " successor note counts profile",
    required="key name_en country",
)
OFFICE_LAYOUT = _layout(
    "place language zone posting_hour leap_day_rule rest_day_rule milestone_leads other_leads standing everyone "
    "kind_rules list_day list_hour cadences weights savings",
    required="place language zone",
)
GROUP_LAYOUT = _layout("key name_en name_zh members invited", required="key name_en members")
STEP_LAYOUT = _layout(
    "office key text_en text_zh warning_en warning_zh source as_of",
    required="office key text_en text_zh source as_of",
)
PARTNERSHIP_LAYOUT = _layout(
    "number kind status signed parties named ended end_reason superseded_by sources as_of note scope office"
    " cadence_months history initiator initiator_party civil_since lead_association council_liaison owner"
    " sustain_plan languages document_url document_name review_on expires_on signed_names signatories clauses"
    " commitments stages pilots steps claims",
    required="number kind status signed parties sources",
)
EXCHANGE_LAYOUT = _layout(
    "number kind mode status level date end_date title_en title_zh places sources note starts_at topic summary"
    " people scope office home_places topics minutes platform recording_url venue event series co_hosts teams"
    " result direction footfall item quantity thanked_on school study_programme pupils conference_role"
    " proceedings cancel_reason attendees attachments decisions lessons responses paired_with",
    required="number kind status date title_en places sources",
)
CONTACT_LAYOUT = _layout(
    "number role name name_zh post post_zh place organisation since until has_left replaced_by email phone"
    " programme programme_year consent confirmed_on note sources scope office",
    required="role place",
)
PRESSURE_LAYOUT = _layout(
    "number kind date what places act trigger sources as_of scope office",
    required="kind date what places sources",
)
"""The registry's own: what an export writes and the starter data is kept in."""

GATHERED_TIES = _layout(
    "city city_zh city_country partner partner_zh partner_region partner_country kind signed status source note",
    required="city partner partner_country kind source",
)
WORLD_TIES = _layout(
    "city country lat lon partner partner_country partner_lat partner_lon since kind city_wikidata"
    " partner_wikidata source since_other",
    required="city country partner partner_country since kind source",
)
GATHERED_EXCHANGES = _layout(
    "date city partner kind title source", required="date city partner kind title source"
)
"""What people gather, and the table of the world's twin towns."""


def recognise(columns: Sequence[str], layouts: Collection[Layout]) -> Layout:
    """The layout that has these columns. Raises `BadInput`: `import.file_columns_missing`, `…_unknown`."""
    found = set(columns)

    def strangeness(layout: Layout) -> int:
        return len(layout.required - found) + len(found - set(layout.columns))

    layout = min(layouts, key=strangeness)
    missing = [column for column in layout.columns if column in layout.required - found]
    if missing:
        raise BadInput("import.file_columns_missing", missing=missing, found=list(columns))
    unknown = [column for column in columns if column not in layout.columns]
    if unknown:
        raise BadInput("import.file_columns_unknown", unknown=unknown, known=list(layout.columns))
    return layout


# Cells that hold more than a plain text ---------------------------------------------------------------------

_FORMULA = r"[\s\"\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]"
"""How a cell begins that some spreadsheet might run: some pass over spaces and quotation marks before the sign, some
take the full-width ＝＋－＠ for it, and some a tab or a line break for the border of a cell."""

_RUN, _GUARDED = re.compile(_FORMULA), re.compile(f"'+(?:{_FORMULA})")


def guarded(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula; `unguarded` takes it off."""
    return f"'{text}" if _RUN.match(text) or _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """Take off the apostrophe that `guarded` put there."""
    return text[1:] if _GUARDED.match(text) else text


def split_list(cell: str, separator: str) -> list[str]:
    r"""The parts of a cell that `join_list` made: `\` before a character takes it as it is."""
    parts, part = [], ""
    for token in re.findall(rf"\\.|{re.escape(separator)}|.", cell, re.DOTALL):
        if token == separator:
            parts.append(part)
            part = ""
        else:
            part += token[1] if len(token) > 1 else token
    parts.append(part)
    return [stripped for part in parts if (stripped := part.strip())]


def join_list(parts: Iterable[str], separator: str) -> str:
    """The parts in one cell; a separator within a part, or what could become one, is marked."""
    mark = re.escape(separator.strip())
    spaced = separator != separator.strip()
    inside = rf"(?<!\S){mark}|{mark}(?!\S)" if spaced else mark
    return separator.join(re.sub(rf"\\|{inside}", lambda m: "\\" + m[0], part) for part in parts)
