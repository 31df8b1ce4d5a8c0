"""Records of what devices say, as lines that a terminal can show: nothing in them is obeyed by it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping


def json_line(record: Mapping[str, object]) -> str:
    """As JSON. Controls, private-use characters and halves of characters are written as escapes."""
    return _printable(json.dumps(record, ensure_ascii=False))


def plain_line(record: Mapping[str, object]) -> str:
    """For people: the type, then each field with its name."""
    head, *fields = _fields(record)
    return _printable("  ".join([head.partition(" ")[2], *fields]))


def plain_lines(record: Mapping[str, object]) -> Iterator[str]:
    """For people: one field a line."""
    return map(_printable, _fields(record))


def _fields(record: Mapping[str, object], prefix: str = "") -> Iterator[str]:
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from _fields(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name} {_words(value)}"


def _words(value: object) -> str:
    match value:
        case None | "" | []:
            return "-"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(str, value))
    return str(value)


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
