"""The rows of the table as values: one requirement each, what it means on this kiosk, what it still needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kiosk.text import LANGUAGES, Text

_ROW_KEYS = {"id", "level", "title", "here", "needs", "by", "seen"}
_STANDARD_KEYS = {"title", "edition", "checked", "row"}


class RowFault(ValueError):
    """A file of rows that cannot be used: which row, what is wrong."""


class Needs(StrEnum):
    """What a row stands on, or what is still missing for it."""

    TESTS = "tests"
    """The tests alone prove it."""
    PEOPLE = "people"
    """Only people who try it can show it; tests may prove a part."""
    DEVICE = "device"
    """Only a real box, panel, keypad or loudspeaker can show it; tests may prove a part."""
    NOT_YET = "not-yet"
    """Something of it is not built; tests may prove a part."""
    OUTSIDE = "outside"
    """It does not apply, for the reason the row gives."""


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement. `here` says what it means on this kiosk: what is missing, or why it does not apply."""

    id: str
    title: Text
    here: Text
    needs: Needs = Needs.TESTS
    level: str = ""
    """A, AA or AAA, where the standard has levels."""
    by: tuple[str, ...] = ()
    """Rows that ask for at least as much: the tests that prove them prove this one too."""
    seen: Text | None = None
    """What was seen when people or a real device tried it: when, where, how many. Written by hand."""


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard and the rows of it that are looked at."""

    title: Text
    edition: str
    checked: Text
    """How sure it is that numbers and meanings are those of the standard: what was compared with what."""
    rows: tuple[Row, ...]


def every_row(standards: tuple[Standard, ...]) -> Iterator[Row]:
    """All rows in the order of the table."""
    for standard in standards:
        yield from standard.rows


def read_standard(document: Mapping[str, Any]) -> Standard:
    """One file of rows, as TOML gives it. Raises RowFault."""
    _only(document, _STANDARD_KEYS, "the standard")
    return Standard(
        title=_text(document, "title", "the standard"),
        edition=str(document.get("edition", "")),
        checked=_text(document, "checked", "the standard"),
        rows=tuple(_row(entry) for entry in document.get("row", ())),
    )


def _row(entry: Mapping[str, Any]) -> Row:
    where = str(entry.get("id", "a row without an id"))
    _only(entry, _ROW_KEYS, where)
    if not entry.get("id"):
        raise RowFault(where)
    needs = entry.get("needs", Needs.TESTS.value)
    if needs not in set(Needs):
        raise RowFault(f"{where}: needs may not be {needs!r}")
    return Row(
        id=entry["id"],
        title=_text(entry, "title", where),
        here=_text(entry, "here", where),
        needs=Needs(needs),
        level=entry.get("level", ""),
        by=tuple(entry.get("by", ())),
        seen=_text(entry, "seen", where) if "seen" in entry else None,
    )


def _only(entry: Mapping[str, Any], keys: set[str], where: str) -> None:
    if unknown := set(entry) - keys:
        raise RowFault(f"{where}: unknown {', '.join(sorted(unknown))}")


def _text(entry: Mapping[str, Any], key: str, where: str) -> Text:
    words = entry.get(key)
    if not isinstance(words, Mapping) or set(words) != set(LANGUAGES) or not all(words.values()):
        raise RowFault(f"{where}: {key} must be given in {' and '.join(LANGUAGES)}")
    return Text(dict(words))
