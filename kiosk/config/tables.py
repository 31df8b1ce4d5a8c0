"""A TOML table as a dataclass: every key is known, of its type and within its bounds."""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from kiosk.text import LANGUAGES, Text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

KeyPath = tuple[str | int, ...]
_Section = TypeVar("_Section", bound="DataclassInstance")


def between(least: int, most: int, default: int) -> Any:
    """A field that holds a number within these bounds."""
    return dataclasses.field(default=default, metadata={"least": least, "most": most})


class Fault(Exception):
    """What is wrong with one key, and its path."""

    def __init__(self, path: KeyPath, what: str) -> None:
        super().__init__(what)
        self.path, self.what = path, what


def section_of(section: type[_Section], table: Any, path: KeyPath) -> _Section:
    """The section that a table describes. Raises Fault."""
    if not isinstance(table, dict):
        raise Fault(path, "is a section, with its keys below it")
    fields = {f.name: f for f in dataclasses.fields(section)}
    hints = typing.get_type_hints(section)
    for key in table:
        if key not in fields:
            raise Fault((*path, key), f"is not known; known are {', '.join(fields)}")
    for name, known in fields.items():
        if name not in table and known.default is known.default_factory is dataclasses.MISSING:
            raise Fault((*path, name), "is missing")
    given = {
        key: _value(hints[key], value, fields[key].metadata, (*path, key)) for key, value in table.items()
    }
    return section(**given)


def _value(wanted: Any, value: Any, bounds: types.MappingProxyType[Any, Any], path: KeyPath) -> Any:
    if isinstance(wanted, type) and dataclasses.is_dataclass(wanted) and wanted is not Text:
        return section_of(wanted, value, path)
    if wanted == tuple[str, ...]:
        return _words(value, path)
    if typing.get_origin(wanted) is tuple:
        return _tables(typing.get_args(wanted)[0], value, path)
    if wanted is Text:
        return _text(value, path)
    if typing.get_origin(wanted) is typing.Union:
        return _either(typing.get_args(wanted), value, bounds, path)
    if typing.get_origin(wanted) is Literal:
        allowed = typing.get_args(wanted)
        if value not in allowed or type(value) is not type(allowed[0]):
            raise Fault(path, f"is one of {', '.join(map(str, allowed))}")
        return value
    if type(value) is not wanted:
        raise Fault(path, f"is a {_WORDS[wanted]}")
    if "least" in bounds and not bounds["least"] <= value <= bounds["most"]:
        raise Fault(path, f"is from {bounds['least']} to {bounds['most']}")
    return value


def _either(
    kinds: tuple[Any, ...], value: Any, bounds: types.MappingProxyType[Any, Any], path: KeyPath
) -> Any:
    """As the first of these kinds that it is."""
    whats = []
    for kind in kinds:
        try:
            return _value(kind, value, bounds, path)
        except Fault as fault:
            whats.append(str(fault))
    raise Fault(path, ", or ".join(whats))


def _words(value: Any, path: KeyPath) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise Fault(path, 'is a list of texts in quotes: ["...", "..."]')
    return tuple(value)


def _text(value: Any, path: KeyPath) -> Text:
    """A text in each language."""
    if not isinstance(value, dict) or set(value) != set(LANGUAGES):
        raise Fault(path, f"needs a text in each of {', '.join(LANGUAGES)}")
    for language, words in value.items():
        if not isinstance(words, str) or not words.strip():
            raise Fault((*path, language), "is a text in quotes, not empty")
    return Text(value)


def _tables(section: type[_Section], tables: Any, path: KeyPath) -> tuple[_Section, ...]:
    """Every `[[section]]` of the file."""
    if not isinstance(tables, list):
        raise Fault(path, f"is written [[{path[-1]}]], once for each")
    return tuple(section_of(section, table, (*path, number)) for number, table in enumerate(tables))


_WORDS = {str: "text in quotes", int: "whole number", bool: "yes or no, written true or false"}
