"""Which characters are surnames, by the table of typed words."""

from __future__ import annotations

from functools import cache

from kiosk.hanzi.typing_table import typing_table


def begins_with_surname(text: str) -> bool:
    """王秀英, but not 借钱不还. Of surnames of two characters only those that begin with one of their own."""
    return text[:1] in _surnames()


@cache
def _surnames() -> frozenset[str]:
    table = typing_table()
    as_surname = table.weights[1][: table.starts[1]].tolist()
    return frozenset(table.text(word) for word, weight in enumerate(as_surname) if weight)
