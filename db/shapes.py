"""What the tables of a revision look like, for reading and writing them whole at any revision, on either engine."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any

from alembic import command
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Inspector,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    inspect,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from db.schema import alembic_config
from db.types import UtcDateTime

LARGEST = (1 << 63) - 1


class Form(Enum):
    """How the values of a column are stored, and how a backup writes them in JSON."""

    WHOLE = "whole"
    REAL = "real"
    TRUTH = "truth"
    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    DOCUMENT = "document"


_FORMS: tuple[tuple[type[TypeEngine[Any]], Form], ...] = (
    (Boolean, Form.TRUTH),
    (JSON, Form.DOCUMENT),
    (DateTime, Form.MOMENT),
    (Date, Form.DAY),
    (Float, Form.REAL),
    (Integer, Form.WHOLE),
    (String, Form.TEXT),
)

_TYPES: Mapping[Form, TypeEngine[Any]] = {
    Form.WHOLE: BigInteger(),
    Form.REAL: Float(),
    Form.TRUTH: Boolean(),
    Form.TEXT: Text(),
    Form.DAY: Date(),
    Form.MOMENT: UtcDateTime(),
    Form.DOCUMENT: JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql"),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One table of a revision. `own_references` are the columns that point to other rows of the same table."""

    name: str
    columns: Mapping[str, Form]
    key: tuple[str, ...]
    own_references: tuple[str, ...]

    @property
    def table(self) -> Table:
        """The table for Core statements, with types that both engines take."""
        columns = [
            Column(name, _TYPES[form], primary_key=name in self.key) for name, form in self.columns.items()
        ]
        return Table(self.name, MetaData(), *columns)

    @property
    def counted(self) -> str | None:
        """The column that the engine may number by itself, if there is one."""
        (first, *more) = self.key
        return first if not more and self.columns[first] is Form.WHOLE else None


@cache
def shapes_at(revision: str) -> tuple[Shape, ...]:
    """The tables of a known revision, each after those that its rows point to.

    They are had by running the migrations on an empty database in memory, so that they are right for old revisions.
    """
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            migrate_to(connection, revision)
            inspector = inspect(connection)
            names = [name for name, _ in inspector.get_sorted_table_and_fkc_names() if name]
            return tuple(_shape(inspector, name) for name in names if name != "alembic_version")
    finally:
        engine.dispose()


def _shape(inspector: Inspector, name: str) -> Shape:
    return Shape(
        name,
        {column["name"]: _form(column["type"]) for column in inspector.get_columns(name)},
        tuple(inspector.get_pk_constraint(name)["constrained_columns"]),
        tuple(
            column
            for reference in inspector.get_foreign_keys(name)
            if reference["referred_table"] == name
            for column in reference["constrained_columns"]
        ),
    )


def _form(kind: TypeEngine[Any]) -> Form:
    return next(form for known, form in _FORMS if isinstance(kind, known))


def migrate_to(connection: Connection, revision: str) -> None:
    """Bring the tables of an open connection up to a revision, within its transaction."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def clear_away(connection: Connection) -> None:
    """Take our tables off an open connection, within its transaction. They must be at a known revision."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.downgrade(config, "base")


# Values ------------------------------------------------------------------------------------------------------


def to_json(form: Form, value: Any) -> Any:
    """A stored value as a backup writes it. Raises `ValueError` or `TypeError` for what the column should not hold.

    A document comes as its JSON text, and is written in a list of one, as the document `null` is not the same as
    no document.
    """
    if value is None:
        return None
    return _TO_JSON[form](value)


def from_json(form: Form, value: Any) -> Any:
    """What `to_json` wrote, as it is to be stored. Raises `ValueError` or `TypeError` for anything else."""
    if value is None:
        return None
    return _FROM_JSON[form](value)


def _typed(*kinds: type) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if type(value) not in kinds:
            raise TypeError(type(value).__name__)
        return value

    return check


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(type(value).__name__)
    if not -LARGEST <= value <= LARGEST:
        raise ValueError("number out of range")
    return value


def _one(value: Any) -> Any:
    (document,) = _typed(list)(value)
    return JSON.NULL if document is None else document


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(_typed(str)(value))
    if moment.tzinfo is None:
        raise ValueError("moment without offset")
    return moment.astimezone(UTC)


_TO_JSON: Mapping[Form, Callable[[Any], Any]] = {
    Form.WHOLE: _whole,
    Form.REAL: lambda value: float(_typed(float, int)(value)),
    Form.TRUTH: _typed(bool),
    Form.TEXT: _typed(str),
    Form.DAY: lambda value: _typed(date)(value).isoformat(),
    Form.MOMENT: lambda value: _typed(datetime)(value).isoformat(),
    Form.DOCUMENT: lambda value: [json.loads(_typed(str)(value))],
}

_FROM_JSON: Mapping[Form, Callable[[Any], Any]] = {
    Form.WHOLE: _whole,
    Form.REAL: lambda value: float(_typed(float, int)(value)),
    Form.TRUTH: _typed(bool),
    Form.TEXT: _typed(str),
    Form.DAY: lambda value: date.fromisoformat(_typed(str)(value)),
    Form.MOMENT: _moment,
    Form.DOCUMENT: _one,
}
