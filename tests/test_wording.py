"""The words that residents and staff meet, wherever they stand in the shipped data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[1] / "data"
BLAMING = re.compile(
    r"无效|非法|错误代码|^请重试[。！!]?$|\b(?:invalid|illegal|error code)\b|^please try again[.!]?$", re.I
)


def words_in(value: Any, place: str) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield place, value
        case dict():
            for key, inner in value.items():
                yield from words_in(inner, f"{place}.{key}")
        case list():
            for number, inner in enumerate(value):
                yield from words_in(inner, f"{place}[{number}]")


def shipped_words() -> Iterator[tuple[str, str]]:
    for path in sorted(DATA.rglob("*.toml")):
        yield from words_in(
            tomllib.loads(path.read_text(encoding="utf-8")), path.relative_to(DATA).as_posix()
        )


def test_nobody_is_told_that_they_are_invalid() -> None:
    """K11: a message names the item and the way out; it never blames and never shows a code."""
    assert [f"{place}: {words}" for place, words in shipped_words() if BLAMING.search(words)] == []
