"""Text catalogues: everything the program itself shows or says, Chinese and English side by side.

A catalogue is a TOML file in `data/locale`. A table is a group, a key holds
`{ zh = "…", en = "…" }`, with `say_zh` / `say_en` where the spoken words differ and
`decoration = true` for what is drawn but not said.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.paths import data_file
from kiosk.text import LANGUAGES, Catalogue, Text

_KEYS = {*LANGUAGES, *(f"say_{language}" for language in LANGUAGES), "decoration"}


class CatalogueFault(ValueError):
    """A catalogue file that cannot be used: which file, which key, what is wrong."""


def _placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def _read_text(where: str, entry: Mapping[str, Any]) -> Text:
    unknown = set(entry) - _KEYS
    if unknown:
        raise CatalogueFault(f"{where}: unknown {', '.join(sorted(unknown))}")
    for language in LANGUAGES:
        if not isinstance(entry.get(language), str) or not entry[language]:
            raise CatalogueFault(f"{where}: {language} is missing")
    names = _placeholders(entry[LANGUAGES[0]])
    for key in _KEYS - {"decoration"}:
        if key in entry and _placeholders(entry[key]) != names:
            raise CatalogueFault(f"{where}: {key} has other placeholders than {LANGUAGES[0]}")
    said = {language: entry[f"say_{language}"] for language in LANGUAGES if f"say_{language}" in entry}
    shown = {language: entry[language] for language in LANGUAGES}
    return Text(shown, said, decoration=bool(entry.get("decoration", False)))


def read_catalogue(path: Path) -> Catalogue:
    """Read one catalogue file. Raises CatalogueFault naming the file and key."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise CatalogueFault(f"{path.name}: {fault}") from fault
    texts = {
        f"{group}.{key}": _read_text(f"{path.name}: {group}.{key}", entry)
        for group, entries in document.items()
        for key, entry in entries.items()
    }
    return Catalogue(texts)


@cache
def load_catalogue(name: str) -> Catalogue:
    """The shipped catalogue of that name (`"resident"`, `"desk"`)."""
    return read_catalogue(data_file(f"locale/{name}.toml"))
