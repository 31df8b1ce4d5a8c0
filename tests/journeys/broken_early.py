"""The kiosk with one fault built in: its settings make it fall, and the error quotes somebody's name."""

from __future__ import annotations

from pathlib import Path

import kiosk.cli
from kiosk import config
from kiosk.config import Settings


def _faulty(path: Path | None = None) -> Settings:
    raise RuntimeError("张桂芳 990101194403050029")


if __name__ == "__main__":
    config.load_settings = _faulty
    kiosk.cli.main()
