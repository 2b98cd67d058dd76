"""A query as a document, and back: how one outlives the process that read it.

The words of the question are left out; beside places, dates and words of fixed vocabularies a query holds none but
those that are searched for (`Met.words`).
"""

from collections.abc import Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from bot.questions.query import Query

T = TypeVar("T")

_AS_TYPED = frozenset({"said", "corrected"})
"""Fields that repeat what somebody typed."""


def query_document(query: Query) -> dict[str, Any]:
    """The query, as what JSON takes; parts at their default are left out."""
    return cast("dict[str, Any]", _written(query))


def read_query(document: Mapping[str, Any]) -> Query:
    """The query of a document. Raises `ValueError` for one that this release does not write."""
    try:
        return _read_parts(Query, document)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("not a query of this release") from error


def _written(value: Any) -> Any:
    if is_dataclass(value):
        return {
            each.name: _written(held)
            for each in fields(value)
            if each.name not in _AS_TYPED and (held := getattr(value, each.name)) != each.default
        }
    if isinstance(value, frozenset):
        return sorted(map(_written, value))
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    return value


def _read(kind: Any, value: Any) -> Any:
    """The value of this type that was written so."""
    if get_origin(kind) in (Union, UnionType):
        (inner,) = (each for each in get_args(kind) if each is not NoneType)
        return None if value is None else _read(inner, value)
    if get_origin(kind) is frozenset:
        return frozenset(_read(get_args(kind)[0], each) for each in value)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], each) for each in value)
    if is_dataclass(kind):
        return _read_parts(cast("type[Any]", kind), value)
    if issubclass(kind, StrEnum):
        return kind(value)
    if not isinstance(value, kind):
        raise ValueError(f"{value!r} is no {kind.__name__}")
    return value


def _read_parts(kind: type[T], document: Mapping[str, Any]) -> T:
    types = _types(cast("Hashable", kind))
    if unknown := set(document) - set(types):
        raise ValueError(f"{kind.__name__} has no {sorted(unknown)}")
    needed = {
        f.name for f in fields(cast(Any, kind)) if f.default is MISSING and f.default_factory is MISSING
    }
    if missing := needed - set(document):
        raise ValueError(f"{kind.__name__} needs {sorted(missing)}")
    return kind(**{name: _read(types[name], value) for name, value in document.items()})


@cache
def _types(kind: Hashable) -> Mapping[str, Any]:
    return get_type_hints(kind)
