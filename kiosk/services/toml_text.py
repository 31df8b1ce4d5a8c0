"""Writes TOML as people like to read it in service files: a key a line, a blank line before a table.

`tomllib` only reads. What comes out here reads back as the same document.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

_NARROW = 96
"""Columns up to which a list stays on one line."""
_APART = {"faq", "question", "item", "fact", "stop", "staff_note", "material", "consent", "precheck"}
_APART |= {"basis", "amount", "print", "story"}
"""Lists with a heading for each thing, however short: so one more can be added at the end of the file."""
_INLINE = {
    "valid",
    "checked",
    "is",
    "when",
    "ask_if",
    "need_if",
    "self_when",
    "anonymous_when",
    "answers",
    "expect",
}
"""Tables that stand on one line, as in the files that people write."""


def dump(document: Mapping[str, Any]) -> str:
    """The whole document."""
    return "\n".join(_table(document, ())).lstrip("\n") + "\n"


def inline(value: Any) -> str:
    """One value on one line. Raises TypeError for what TOML does not know."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal():
            return str(value)
        case datetime.date() | datetime.time():
            return value.isoformat()
        case str():
            return _string(value)
        case Mapping():
            inner = ", ".join(f"{_key(key)} = {inline(part)}" for key, part in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case list() | tuple():
            return f"[{', '.join(inline(part) for part in value)}]"
    raise TypeError(f"not a value of TOML: {type(value).__name__}")


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Plain keys first, then the tables inside."""
    later: list[tuple[str, Any]] = []
    for key, value in table.items():
        if _is_tables(key, value) or _is_table(key, value):
            later.append((key, value))
        else:
            yield from _lines(key, value)
    for key, value in later:
        name = ".".join(_key(part) for part in (*path, key))
        if isinstance(value, Mapping):
            yield from ("", f"[{name}]", *_table(value, (*path, key)))
        else:
            for part in value:
                yield from ("", f"[[{name}]]", *_table(part, (*path, key)))


def _is_tables(key: str, value: Any) -> bool:
    """A list of things with a table each: questions, stops; not options, which stand in rows."""
    if not isinstance(value, list) or not value or not all(isinstance(part, Mapping) for part in value):
        return False
    in_rows = all(_is_flat(part) and len(inline(part)) <= _NARROW for part in value)
    return key in _APART or not in_rows


def _is_flat(part: Mapping[str, Any]) -> bool:
    return all(not isinstance(value, Mapping | list) or key in {"rule"} for key, value in part.items())


def _is_table(key: str, value: Any) -> bool:
    return isinstance(value, Mapping) and key not in _INLINE and not _is_wording(value)


def _is_wording(value: Mapping[str, Any]) -> bool:
    return bool(value) and all(isinstance(part, str) for part in value.values())


def _lines(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping) and key not in _INLINE and _is_wording(value):
        yield from (f"{_key(key)}.{_key(inner)} = {_string(words)}" for inner, words in value.items())
        return
    line = f"{_key(key)} = {inline(value)}"
    if isinstance(value, list) and value and (len(line) > _NARROW or isinstance(value[0], Mapping)):
        yield f"{_key(key)} = ["
        yield from (f"  {inline(part)}," for part in value)
        yield "]"
    else:
        yield line


def _key(key: str) -> str:
    plain = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if plain else _string(key)


def _string(words: str) -> str:
    """A basic string: JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
