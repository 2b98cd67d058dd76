"""Column types that behave alike on SQLite and PostgreSQL and refuse what would be stored wrongly."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import JSON, BigInteger, Integer, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import DateTime, TypeDecorator

from bot.domain.claims import Claim, Fact
from bot.domain.dates import PartialDate
from bot.domain.saving_rules import DEFAULT_SAVINGS, SavingRules, SavingsForm, read_savings, savings_form

E = TypeVar("E", bound=StrEnum)

Key = BigInteger().with_variant(Integer, "sqlite")
"""Primary keys: SQLite numbers rows by itself only in a column of type INTEGER."""

Document = JSON().with_variant(JSONB, "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Naive values are refused; what comes back is aware and in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"a moment needs its offset from UTC: {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PartialDateType(TypeDecorator[PartialDate]):
    """A partial date, kept as ISO text: it keeps its precision, and text order is date order."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:
        if value is not None and not isinstance(value, PartialDate):
            raise TypeError(f"not a partial date: {value!r}")
        return None if value is None else value.iso()

    def process_result_value(self, value: Any, dialect: Dialect) -> PartialDate | None:
        return None if value is None else PartialDate.from_iso(value)


class Word(TypeDecorator[E]):
    """A word of a fixed vocabulary, kept as its text; a word outside it is refused on the way in."""

    impl = String(32)
    cache_ok = True

    def __init__(self, vocabulary: type[E]) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        return None if value is None else self.vocabulary(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> E | None:
        return None if value is None else self.vocabulary(value)


class Days(TypeDecorator[tuple[int, ...]]):
    """Numbers of days, kept as text: only ever read and written as a whole."""

    impl = String(80)
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else ",".join(map(str, value))

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[int, ...] | None:
        return None if value is None else tuple(int(part) for part in value.split(",") if part)


class Savings(TypeDecorator[SavingRules]):
    """How an office wants savings told, kept as its form in JSON; None is what holds without a choice."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: SavingRules | None, dialect: Dialect) -> str | None:
        if value is None or value == DEFAULT_SAVINGS:
            return None
        return json.dumps(asdict(savings_form(value)), ensure_ascii=False)

    def process_result_value(self, value: Any, dialect: Dialect) -> SavingRules | None:
        return DEFAULT_SAVINGS if value is None else read_savings(SavingsForm(**json.loads(value)))


class Claims(TypeDecorator[tuple[Claim, ...]]):
    """What sources say, kept as a JSON text: only ever read and written as a whole. None and nothing are alike."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Claim, ...] | None, dialect: Dialect) -> str | None:
        return json.dumps([_written(claim) for claim in value], ensure_ascii=False) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Claim, ...] | None:
        return None if value is None else tuple(_read(each) for each in json.loads(value))


def _written(claim: Claim) -> dict[str, Any]:
    return {
        "fact": claim.fact.value,
        "value": claim.value,
        "source": claim.source,
        "as_of": claim.as_of.iso() if claim.as_of else None,
        "preferred": claim.preferred,
        "note": claim.note,
    }


def _read(found: dict[str, Any]) -> Claim:
    as_of = PartialDate.from_iso(found["as_of"]) if found["as_of"] else None
    return Claim(
        Fact(found["fact"]), found["value"], found["source"], as_of, found["preferred"], found["note"]
    )
