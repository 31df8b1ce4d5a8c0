"""Which sounds are one sound in old people's mouths: a table that a site may replace by its own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.paths import data_file

_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
Merges = tuple[tuple[str, str], ...]
"""Each sound, and the sound that stands for all that are the same."""


class AccentsFault(ValueError):
    """A table of accents that cannot be used: which file, and what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable without its tone, as it is written and as it is when the accents are one."""

    plain: str
    initial: str
    final: str


@dataclass(frozen=True, slots=True)
class Accents:
    """Sounds that are not told apart."""

    initials: Merges = ()
    finals: Merges = ()
    syllables: Merges = ()

    def syllable(self, plain: str) -> Syllable:
        """One syllable of pinyin, without a tone."""
        merged = dict(self.syllables).get(plain, plain)
        initial = next((sound for sound in _INITIALS if merged.startswith(sound)), "")
        final = merged[len(initial) :]
        return Syllable(plain, dict(self.initials).get(initial, initial), dict(self.finals).get(final, final))

    def merged(self, plain: str) -> tuple[str, str]:
        """A syllable as it sounds where the accents are one: for `kiosk.hanzi.candidates`."""
        heard = self.syllable(plain)
        return heard.initial, heard.final


def load_accents(path: Path | None = None) -> Accents:
    """The shipped table, or a site's own. Raises AccentsFault naming the file and what is wrong in it."""
    path = path or data_file("lexicon/accents.toml")
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise AccentsFault(f"{path.name}: {fault}") from fault
    if unknown := set(document) - {"initials", "finals", "syllables"}:
        raise AccentsFault(f"{path.name}: unknown {', '.join(sorted(unknown))}")
    return Accents(
        **{name: _merges(f"{path.name}, {name}", document, name) for name in Accents.__dataclass_fields__}
    )


def _merges(where: str, document: Mapping[str, Any], name: str) -> Merges:
    """Rows that share a sound are one row: what is the same as the same is the same."""
    rows = document.get(name, [])
    if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        raise AccentsFault(f"{where}: each line is a list of two sounds or more, in quotes")
    together: list[set[str]] = []
    for row in rows:
        touching = [sounds for sounds in together if sounds & set(row)]
        together = [sounds for sounds in together if sounds not in touching]
        together.append(set(row).union(*touching))
    return tuple((sound, min(sounds)) for sounds in together for sound in sorted(sounds))


def _is_row(row: object) -> bool:
    return isinstance(row, list) and len(row) > 1 and all(isinstance(sound, str) and sound for sound in row)
