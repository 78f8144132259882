"""Reads YAML into dataclasses, and says where a file is wrong rather than guess."""

from __future__ import annotations

import types
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")


class WrongData(ValueError):
    """A file of the demo says something that nobody would understand."""


def read_list(kind: type[T], path: Path) -> tuple[T, ...]:
    rows = yaml.safe_load(path.read_text("utf-8")) or []
    if not isinstance(rows, list):
        raise WrongData(f"{path.name}: this is to be a list.")
    return tuple(_build(kind, row, f"{path.name}, {_name(row, i)}") for i, row in enumerate(rows))


def read_one(kind: type[T], path: Path) -> T:
    return _build(kind, yaml.safe_load(path.read_text("utf-8")), path.name)


def _name(row: object, index: int) -> str:
    """What a person looks for in the file: a name, a day, or else how far down."""
    if isinstance(row, dict):
        for key in ("name", "days_ago", "what"):
            if key in row:
                return f"{key} {row[key]}"
    return f"no. {index + 1}"


def _build(kind: type[T], given: object, where: str) -> T:
    if not isinstance(given, dict):
        raise WrongData(f"{where}: this is to have keys and values.")
    known = {_key(field): field for field in fields(kind)}  # type: ignore[arg-type]
    for key in given:
        if key not in known:
            good = ", ".join(sorted(known))
            raise WrongData(f"{where}: there is no key called {key}. Those there are: {good}.")
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, field in known.items():
        if key in given:
            values[field.name] = _value(hints[field.name], given[key], f"{where}: {key}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise WrongData(f"{where}: {key} is missing.")
    return kind(**values)


def _key(field: Field[Any]) -> str:
    """A key such as `with` cannot name a field; then the field says which key it has."""
    return str(field.metadata.get("key", field.name))


def _value(hint: Any, given: object, where: str) -> object:
    if get_origin(hint) is tuple:
        if not isinstance(given, list):
            raise WrongData(f"{where} is to be a list.")
        return tuple(
            _value(get_args(hint)[0], one, f"{where}, {_name(one, i)}")
            for i, one in enumerate(given)
        )
    if get_origin(hint) in {Union, types.UnionType}:
        hint = next(one for one in get_args(hint) if one is not type(None))
    if is_dataclass(hint) and isinstance(hint, type):
        return _build(hint, given, where)
    if type(given) is not hint:
        raise WrongData(f"{where} is to be of type {hint.__name__}, and is {given!r}.")
    return given
