"""The store's statements, which SQLite understands, as PostgreSQL understands them."""

from __future__ import annotations

import re
from functools import lru_cache

_FORMS: tuple[tuple[str, str], ...] = (
    (r"\bINDEXED BY \w+", ""),
    # every key of the hub begins with the centre
    (r"\bON CONFLICT \(", "ON CONFLICT (centre, "),
    (r"\bCAST\(\? AS TEXT\)", "convert_from(?, 'UTF8')"),
    (r"\bCAST\(([\w.]+) AS BLOB\)", r"convert_to(\1, 'UTF8')"),
    (r"\bx''", "''::bytea"),
    (r"\bjson_each\((\?\d*|:\w+)\)", r"jsonb_array_elements_text(CAST(\1 AS jsonb)) AS each_one (value)"),
    (r"\bjson_object\(", "json_build_object("),
    (r"\binstr\(", "strpos("),
    (r"\bgroup_concat\(", "string_agg("),
    (r"\bstrftime\('%W', (\w+)\)", r"to_char(CAST(\1 AS date), 'IW')"),
    # a day's own number, times 100,000: more than their INTEGER holds
    (r"\bCAST\(julianday\((:\w+)\) AS INTEGER\)", r"CAST(to_char(CAST(\1 AS date), 'J') AS bigint)"),
)
"""Wherever SQLite has a word of its own; everything else is written so that both read it alike."""

_MARK = re.compile(r"'(?:[^']|'')*'|(?P<casting>::)|(?P<place>\?)(?P<number>\d*)|:(?P<name>[a-z_]\w*)|%")


@lru_cache(512)
def translated(statement: str) -> str:
    """With psycopg's marks for what is put in: `%s`, or `%(name)s` for `:name` and `?1`."""
    for form, other in _FORMS:
        statement = re.sub(form, other, statement)
    return _MARK.sub(_mark, statement)


def numbered(statement: str) -> bool:
    """Does it say of each value which place it has?"""
    return "?1" in statement or "?2" in statement


def _mark(found: re.Match[str]) -> str:
    if found["casting"]:
        return found[0]
    if found["place"]:
        return f"%({'p' + found['number']})s" if found["number"] else "%s"
    if found["name"]:
        return f"%({found['name']})s"
    return found[0].replace("%", "%%")
