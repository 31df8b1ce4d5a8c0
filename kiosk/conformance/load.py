"""The shipped rows and the kept proofs, read from `data/conformance`."""

from __future__ import annotations

import tomllib
from pathlib import Path

from kiosk.conformance.proofs import Proof, read_proofs
from kiosk.conformance.rows import RowFault, Standard, every_row, read_standard
from kiosk.paths import data_file

ORDER = ("section-508", "en-301-549", "wcag-2.2", "gb-t-37668", "elder-rules", "bangban")
"""The files of rows, in the order of the table."""


def proofs_file() -> Path:
    """Where the last run of the proving tests is kept."""
    return data_file("conformance/proofs.toml")


def load_standards() -> tuple[Standard, ...]:
    """All rows. Raises RowFault, OSError or tomllib.TOMLDecodeError."""
    standards = tuple(_standard(name) for name in ORDER)
    seen: set[str] = set()
    for row in every_row(standards):
        if row.id in seen:
            raise RowFault(f"{row.id} is there twice")
        seen.add(row.id)
    return standards


def _standard(name: str) -> Standard:
    document = tomllib.loads(data_file(f"conformance/{name}.toml").read_text(encoding="utf-8"))
    try:
        return read_standard(document)
    except RowFault as fault:
        raise RowFault(f"{name}.toml: {fault}") from None


def load_proofs(path: Path) -> tuple[Proof, ...]:
    """What was kept there; nothing where there is no such file yet."""
    if not path.exists():
        return ()
    return read_proofs(tomllib.loads(path.read_text(encoding="utf-8")))
