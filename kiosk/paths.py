"""Where shipped files and this box's own files lie."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_HERE = Path(__file__).resolve().parent


def data_dir() -> Path:
    """The shipped data folder: inside the installed package, else beside the source."""
    packed = _HERE / "_data"
    return packed if packed.is_dir() else _HERE.parent / "data"


def data_file(name: str) -> Path:
    """A shipped file, by its path below the data folder (`"calendars/2026.toml"`)."""
    return data_dir() / name


def shipped_config() -> Path:
    """The `kiosk.toml` that comes with the project."""
    packed = _HERE / "_data" / "kiosk.toml"
    return packed if packed.is_file() else _HERE.parent / "kiosk.toml"


def state_dir(override: Path | None = None) -> Path:
    """The folder for what this box keeps: `--data`, else `KIOSK_DATA`, else the platform's user data folder.

    Made if it is missing, readable by its owner only.
    """
    chosen = override or (Path(os.environ["KIOSK_DATA"]) if os.environ.get("KIOSK_DATA") else None)
    folder = chosen or Path(platformdirs.user_data_dir("bangban", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
