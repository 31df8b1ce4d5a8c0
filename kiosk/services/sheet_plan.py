"""How a service file lies in a workbook: which list is on which sheet, and which key in which column. Pure.

The first sheet has a row for each key of the file itself; every other one has a row for each thing of a
list. A text by language takes a column a language; anything else that is not plain (a condition, a list)
stands in one cell, written as in the file.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.services.proof import CardRole
from kiosk.services.question import FieldKind
from kiosk.services.toml_text import inline
from kiosk.text import Privacy

Path = tuple[str | int, ...]

HEAD_ROWS = 2
"""The heading for people, and below it the key as in the file."""
SINGLE = "service"
"""The sheet of the keys that stand once."""
OWNER = "of"
"""The column that says to which question an option or item belongs: `kind`, `goods/what`."""
WORDING = ("zh", "en", "say_zh", "say_en")

LISTS: dict[str, Path] = {
    "basis": ("guide", "basis"),
    "amount": ("guide", "amount"),
    "faq": ("faq",),
    "question": ("question",),
    "fact": ("fact",),
    "stop": ("stop",),
    "staff_note": ("staff_note",),
    "material": ("material",),
    "consent": ("consent",),
    "precheck": ("precheck",),
    "print": ("print",),
    "story": ("story",),
}
"""Sheet by sheet, where its list stands in the file."""
INNER = {"item": "item", "option": "options"}
"""Sheets of what stands inside a question, with its key there."""


def _in_both(*keys: str, said: bool = False) -> tuple[str, ...]:
    """A column a language for each of these texts, and for how it is said."""
    return tuple(f"{key}.{language}" for key in keys for language in (WORDING if said else WORDING[:2]))


COLUMNS: dict[str, tuple[str, ...]] = {
    "basis": (*_in_both("law"), "local_notice"),
    "amount": ("when", *_in_both("whom"), "yuan_per_month", "yuan_once", "valid"),
    "faq": _in_both("ask", "answer"),
    "question": (
        *("id", "type", "include", *_in_both("label"), *_in_both("ask", "ask_self", said=True)),
        *(*_in_both("say", "hint", "help"), "optional", "ask_if", "from_card", "privacy"),
        *("at_least", "at_most", *_in_both("unit"), "calendar", "accepts", "material", "within"),
        *("source", "reuse", "check"),
    ),
    "item": (
        *(OWNER, "id", "type", *_in_both("label", "ask", "say", "hint", "help"), "optional", "privacy"),
        *("at_least", "at_most", *_in_both("unit"), "calendar", "accepts", "material"),
    ),
    "option": (OWNER, "value", *WORDING),
    "fact": ("id", "is"),
    "stop": ("id", "after", "when", *_in_both("tell", "passed"), "good_end"),
    "staff_note": ("when", "zh", "en"),
    "material": ("id", "zh", "en", "form", "copies", "need_if", "card"),
    "consent": (
        "id",
        *WORDING,
        "before",
        "covers",
        "separate",
        "need_if",
        "keep_days",
        *_in_both("withdraw", "other"),
    ),
    "precheck": ("id", "kind", "when", *_in_both("good", "bad")),
    "print": ("id", "paper", *_in_both("title"), "rows"),
    "story": ("name", "today", "answers", "refuse", "expect"),
}
"""The usual columns, in the order people write; a key that a service has besides gets one at the end."""


def usual_columns(sheet: str) -> tuple[str, ...]:
    """The keys of a sheet's second row, without those that one service has besides."""
    return ("key", "value") if sheet == SINGLE else COLUMNS[sheet]


CHOICES: dict[str, tuple[str, ...]] = {
    "type": tuple(FieldKind),
    "privacy": tuple(Privacy),
    "from_card": tuple(CardRole),
    "card": tuple(CardRole),
    "form": ("original", "copy", "photo", "printed_here"),
    "calendar": ("solar", "lunar_ok"),
    "paper": ("a4", "roll58", "roll80"),
    "kind": ("consistent", "eligible"),
    **dict.fromkeys(("optional", "separate", "good_end"), ("TRUE", "FALSE")),
}
"""Columns with a list to choose from."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: the place in the file it is, and its cells by column."""

    sheet: str
    place: Path
    cells: Mapping[str, Any]


def rows_of(document: Mapping[str, Any]) -> Iterator[Row]:
    """Everything of a service file, row by row. Options and items follow on sheets of their own."""
    alone = {key: value for key, value in document.items() if (key,) not in LISTS.values()}
    alone["guide"] = {
        k: v for k, v in document.get("guide", {}).items() if ("guide", k) not in LISTS.values()
    }
    for key, value in _flat_alone(alone):
        yield Row(SINGLE, tuple(key.split(".")), {"key": key, "value": value})
    for sheet, place in LISTS.items():
        for number, part in enumerate(_at(document, place)):
            at = (*place, number)
            bare = {key: value for key, value in part.items() if key not in INNER.values()}
            yield Row(sheet, at, dict(_flat(bare)))
            yield from _inside(part, at, str(part.get("id", "")))


def _inside(part: Mapping[str, Any], place: Path, owner: str) -> Iterator[Row]:
    for sheet, key in INNER.items():
        for number, one in enumerate(part.get(key, ())):
            at = (*place, key, number)
            bare = {name: value for name, value in one.items() if name not in INNER.values()}
            yield Row(sheet, at, {OWNER: owner, **dict(_flat(bare))})
            yield from _inside(one, at, f"{owner}/{one.get('id', '')}")


def _at(document: Mapping[str, Any], place: Path) -> Sequence[Mapping[str, Any]]:
    found: Any = document
    for part in place:
        found = found.get(part, {}) if isinstance(found, Mapping) else {}
    return found if isinstance(found, list) else ()


def _flat_alone(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, Mapping) and key not in {"valid", "checked"} and not key.endswith("_when"):
            yield from _flat_alone(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", as_cell(value)


def _flat(part: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in part.items():
        if isinstance(value, Mapping) and value and set(value) <= set(WORDING):
            yield from ((f"{key}.{language}", as_cell(words)) for language, words in value.items())
        else:
            yield key, as_cell(value)


def as_cell(value: Any) -> Any:
    """What stands in the cell: plain values as they are, all else as in the file."""
    if isinstance(value, Mapping | list) or (isinstance(value, str) and value[:1] in '{["='):
        return inline(value)
    return value


def from_cell(cell: Any) -> Any:
    """The value again. Raises ValueError where what is written in the cell cannot be read."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if hasattr(cell, "date"):
        return cell.date()
    if isinstance(cell, str):
        words = cell.strip()
        return tomllib.loads(f"value = {words}")["value"] if words[:1] in ("{", "[", '"') else words
    if not isinstance(cell, int | float | datetime.date | datetime.time):
        raise ValueError("no value of a service file")
    return cell


def put(document: dict[str, Any], place: Sequence[str], value: Any) -> None:
    """The value at its place, with the tables on the way there."""
    for part in place[:-1]:
        document = document.setdefault(part, {})
    document[place[-1]] = value
