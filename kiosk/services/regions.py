"""The table of regions from disk."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from kiosk.flow.regions import LEVELS, Regions, above
from kiosk.text import LANGUAGES, Text


class RegionFault(ValueError):
    """A table that cannot be used; the message names the file, the code and what is wrong."""


def load_regions(path: Path) -> Regions:
    """Read a table. Raises RegionFault, also where there is none."""
    try:
        document = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as fault:
        raise RegionFault(f"{path.name}: {fault}") from None
    entries = document.get("region")
    if set(document) != {"region"} or not isinstance(entries, dict):
        raise RegionFault(f"{path.name}: one section [region], with the codes below it")
    names = {code: _name(f"{path.name}: {code}", code, entry) for code, entry in entries.items()}
    for code in names:
        if above(code) and above(code) not in names:
            raise RegionFault(f"{path.name}: {code} lies in {above(code)}, which is missing")
    return Regions.of(names)


def _name(where: str, code: str, entry: Any) -> Text:
    if not (code.isascii() and code.isdigit() and len(code) in LEVELS):
        raise RegionFault(f"{where}: a code has {', '.join(map(str, LEVELS))} digits")
    if not isinstance(entry, dict) or set(entry) != set(LANGUAGES):
        raise RegionFault(f"{where}: needs a name in each of {', '.join(LANGUAGES)}")
    if not all(isinstance(name, str) and name.strip() for name in entry.values()):
        raise RegionFault(f"{where}: a name is a text in quotes, not empty")
    return Text(entry)
