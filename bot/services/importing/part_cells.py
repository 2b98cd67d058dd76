"""Cells that hold the particulars and parts of acts and exchanges, as an export writes them."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar, get_args, get_type_hints

from bot.domain.claims import Claim
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput, FormRefused
from bot.domain.exchange_details import MOST
from bot.domain.exchange_particulars import ExchangeParticulars
from bot.domain.kind_rules import MAX_RULE, KindRule
from bot.domain.names import clean
from bot.domain.partnerships import Particulars, StatusChange
from bot.domain.profiles import ProfileLine
from bot.domain.saving_rules import DEFAULT_SAVINGS, SavingRules, SavingsForm, read_savings, savings_form
from bot.services.documents import EXCHANGE_PART_FORMS, HISTORY_FORM, PART_FORMS, parts_form
from bot.services.importing.cells import Cells
from db.act_parts import HISTORY, PART_KINDS
from db.exchange_parts import EXCHANGE_PART_KINDS
from db.exchanges import exchange_lengths
from db.partnerships import particular_lengths
from db.parts import PartKind
from db.profiles import profile_lengths


@dataclass(frozen=True, slots=True)
class PartCells:
    """Which cells a kind of record has: its particulars by their fields, its parts, and how long its texts may be.

    `most` is the largest number that a particular takes, if not as many as the record has places; `coming` are the
    dates that may lie ahead.
    """

    particulars: type[Any]
    parts: Mapping[str, PartKind]
    lengths: Callable[[], Mapping[str, int]]
    most: Mapping[str, int]
    coming: frozenset[str] = frozenset()

    @property
    def columns(self) -> tuple[str, ...]:
        return (*(field.name for field in fields(self.particulars)), *self.parts)


ACT_CELLS = PartCells(Particulars, PART_KINDS, particular_lengths, {}, frozenset({"review_on", "expires_on"}))
EXCHANGE_CELLS = PartCells(ExchangeParticulars, EXCHANGE_PART_KINDS, exchange_lengths, MOST)
N = TypeVar("N", bound=StrEnum)

_FORMS = {**PART_FORMS, **EXCHANGE_PART_FORMS}
_PROFILE = parts_form(ProfileLine)
_KIND_RULES = parts_form(KindRule)
KIND_RULE_LENGTHS = {"text_en": MAX_RULE, "text_zh": MAX_RULE}


def write_history(history: tuple[StatusChange, ...]) -> str:
    """A status history in one cell: a JSON list of its steps."""
    return _json(HISTORY_FORM.write(history))


def write_part_cells(content: Any, of: PartCells) -> dict[str, str | int | None]:
    """The particulars and parts of a record, each in its cell; parts as a JSON list of their fields."""

    def cell(name: str) -> str | int | None:
        value = getattr(content, name)
        if name in of.parts:
            return _json(_FORMS[name].write(value)) if value else None
        return _plain(value)

    return {name: cell(name) for name in of.columns}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _plain(value: Any) -> str | int | None:
    if isinstance(value, PartialDate):
        return value.iso()
    return value.value if isinstance(value, StrEnum) else value


def read_part_cells(cells: Cells, of: PartCells, parties: int) -> dict[str, Any]:
    """What `write_part_cells` wrote, checked as if somebody had typed it; `parties` is how many places there are."""
    lengths = of.lengths()
    found: dict[str, Any] = {}
    for name, hint in get_type_hints(of.particulars).items():
        kind = get_args(hint)[0]
        if kind is PartialDate:
            found[name] = cells.date(name, past=name not in of.coming)
        elif issubclass(kind, StrEnum):
            found[name] = cells.word(name, kind, "word_unknown")
        elif kind is int:
            found[name] = cells.number(name, of.most.get(name, parties))
        else:
            found[name] = cells.text(name, lengths[name]) if name in lengths else cells.text(name)
    return found | {name: _parts(cells, name, kind, parties) for name, kind in of.parts.items()}


def read_history_cell(cells: Cells) -> tuple[StatusChange, ...]:
    """The history in its cell, empty where it cannot be read, which is then a problem of the row."""
    try:
        steps = [_four(step) if isinstance(step, list) else step for step in json.loads(cells.raw("history"))]
        return tuple(_checked(HISTORY.part, HISTORY.lengths, step, 0) for step in steps)
    except (ValueError, TypeError, KeyError, RecursionError):
        cells.problem("history", "history_unreadable")
        return ()


def read_claims_cell(cells: Cells, name: str) -> tuple[Claim, ...] | None:
    """Claims that stand apart from an act, None where the cell is empty, or cannot be read: a problem of the row."""
    return _parts(cells, name, PART_KINDS["claims"], 0) or None


def read_profile_cell(cells: Cells) -> tuple[ProfileLine, ...] | None:
    """The profile of a place, None where the cell is empty, or cannot be read: a problem of the row."""
    return _listed(cells, "profile", ProfileLine, profile_lengths(), 0) or None


def write_profile_cell(lines: tuple[ProfileLine, ...] | None) -> str | None:
    return _json(_PROFILE.write(lines)) if lines else None


def write_savings_cell(rules: SavingRules) -> str | None:
    """How an office wants savings told, as a JSON object of what its form holds; nothing where it chose nothing."""
    return _json(asdict(savings_form(rules))) if rules != DEFAULT_SAVINGS else None


def read_savings_cell(cells: Cells) -> SavingRules:
    """What `write_savings_cell` wrote; where it cannot be read, that is a problem of the row."""
    if not cells.has("savings"):
        return DEFAULT_SAVINGS
    try:
        return read_savings(
            SavingsForm(**{str(k): str(v) for k, v in json.loads(cells.raw("savings")).items()})
        )
    except (ValueError, TypeError, AttributeError, RecursionError, FormRefused):
        cells.problem("savings", "parts_unreadable")
        return DEFAULT_SAVINGS


def read_kind_rules_cell(cells: Cells) -> tuple[KindRule, ...]:
    """An office's words for kinds, empty where the cell is, or cannot be read, which is a problem of the row."""
    rules = _listed(cells, "kind_rules", KindRule, KIND_RULE_LENGTHS, 0)
    if len({rule.kind for rule in rules}) < len(rules):
        cells.problem("kind_rules", "parts_unreadable")
    return rules


def write_kind_rules_cell(rules: Iterable[KindRule]) -> str | None:
    listed = sorted(rules, key=lambda rule: rule.kind)
    return _json(_KIND_RULES.write(listed)) if listed else None


def read_numbers_cell(cells: Cells, column: str, words: type[N], read: Callable[[int], Any]) -> dict[N, int]:
    """Numbers of an office by the words of a vocabulary; what cannot be read is a problem of the row, and left out.

    `read` raises `BadInput` for a number that is not taken.
    """
    text = cells.raw(column)
    try:
        found = {words(word): number for word, number in json.loads(text or "{}").items()}
        if any(type(number) is not int for number in found.values()):
            raise TypeError(column)
        for number in found.values():
            read(number)
    except (ValueError, TypeError, AttributeError, BadInput):
        cells.problem(column, "parts_unreadable")
        return {}
    return found


def write_numbers_cell(numbers: Mapping[Any, int]) -> str | None:
    return _json({word.value: numbers[word] for word in sorted(numbers)}) if numbers else None


def write_claims_cell(claims: tuple[Claim, ...] | None) -> str | None:
    return _json(PART_FORMS["claims"].write(claims)) if claims else None


def _four(step: list[Any]) -> Mapping[str, Any]:
    """A step as the first release wrote it."""
    return dict(zip(("status", "since", "reason", "by_whom"), step, strict=True))


def _parts(cells: Cells, name: str, kind: PartKind, parties: int) -> tuple[Any, ...]:
    return _listed(cells, name, kind.part, kind.lengths, parties)


def _listed(
    cells: Cells, name: str, part: type[Any], lengths: Mapping[str, int], parties: int
) -> tuple[Any, ...]:
    if not cells.has(name):
        return ()
    try:
        return tuple(_checked(part, lengths, each, parties) for each in json.loads(cells.raw(name)))
    except (ValueError, TypeError, KeyError, RecursionError):
        cells.problem(name, "parts_unreadable")
        return ()


def _checked(part: type[Any], lengths: Mapping[str, int], document: Any, parties: int) -> Any:
    """A part out of its JSON. Raises `ValueError`, `TypeError` or `KeyError` for what it should not hold."""
    if not isinstance(document, dict):
        raise TypeError("a part is an object")
    hints = get_type_hints(part)
    values = {name: value for name, value in document.items() if value is not None}
    read = {name: _READERS[_kind_of(hints[name])](values[name], hints[name]) for name in values}
    for name, text in read.items():
        if isinstance(text, str) and not isinstance(text, StrEnum) and len(text) > lengths.get(name, 4000):
            raise ValueError(name)
    if any(not 0 <= read.get(name, 0) <= most for name, most in MOST.items()):
        raise ValueError("number")
    if not 1 <= read.get("party", 1) <= max(parties, 1):
        raise ValueError("party")
    return part(**{name: value for name, value in read.items() if value != ""})


def _kind_of(hint: Any) -> type[Any]:
    kind: type[Any] = next((each for each in get_args(hint) if each is not type(None)), hint)
    return StrEnum if issubclass(kind, StrEnum) else kind


def _word(value: Any, hint: Any) -> StrEnum:
    kind: type[StrEnum] = next((each for each in get_args(hint) if each is not type(None)), hint)
    return kind(value)


def _exactly(kind: type[Any]) -> Callable[[Any, Any], Any]:
    def read(value: Any, hint: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(type(value).__name__)
        return clean(value) if kind is str else value

    return read


_READERS: Mapping[type[Any], Callable[[Any, Any], Any]] = {
    StrEnum: _word,
    PartialDate: lambda value, _: PartialDate.from_iso(_exactly(str)(value, None)),
    str: _exactly(str),
    int: _exactly(int),
    bool: _exactly(bool),
}
