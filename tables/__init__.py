"""How the tables under data/hanzi are made from packages that only development needs: one module a table."""

from __future__ import annotations

from importlib import import_module

from kiosk.paths import data_file

TABLES = {
    "hanzi/readings.txt": "tables.readings",
    "hanzi/typing.bin": "tables.typing_table",
    "hanzi/told_apart.txt": "tables.told_apart",
}
"""The file below the data folder, and the module whose `made()` gives its bytes."""


def made(name: str) -> bytes:
    """The table as the locked packages give it."""
    content = import_module(TABLES[name]).made()
    assert isinstance(content, bytes)
    return content


def is_stale(name: str) -> bool:
    """Whether making it again would give something else than what is shipped."""
    shipped = data_file(name)
    return not shipped.is_file() or shipped.read_bytes() != made(name)
