"""Reads which panels and fonts there are, and what this machine's screen says of itself."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.display.edid import panel_of
from kiosk.display.panel import Panel, panel_by_hand
from kiosk.display.type_size import Face
from kiosk.paths import data_file

if TYPE_CHECKING:
    from kiosk.config import Screen

CONNECTORS = Path("/sys/class/drm")
"""Where Linux shows each connector with the EDID of the screen at it."""
_AUTO = "auto"


class UnknownDisplay(ValueError):
    """The settings name a display that nobody knows."""


@cache
def panels() -> dict[str, Panel]:
    """Those that come with the program, by name."""
    return {
        name: Panel(name, table["width"], table["height"], *table["pixels"])
        for name, table in _tables("panels").items()
    }


@cache
def faces() -> dict[str, Face]:
    """The fonts, by the terminal that shows them."""
    return {terminal: Face(**table) for terminal, table in _tables("faces").items()}


def _tables(name: str) -> dict[str, Any]:
    return tomllib.loads(data_file(f"displays/{name}.toml").read_text(encoding="utf-8"))


def panel_here(screen: Screen, connectors: Path = CONNECTORS) -> Panel | None:
    """The panel of this box, corrected by the ruler; None where neither it nor the settings say.

    Raises UnknownDisplay.
    """
    if screen.display == _AUTO:
        found = _connected(connectors)
    else:
        found = panels().get(screen.display) or panel_by_hand(screen.display)
        if found is None:
            raise UnknownDisplay(screen.display)
    return found.measured(screen.ruler) if found else None


def _connected(connectors: Path) -> Panel | None:
    """The one screen that is connected; None where there are several, as nobody knows which is meant."""
    found = []
    for edid in sorted(connectors.glob("*/edid")):
        try:
            panel = panel_of(edid.read_bytes())
        except OSError:
            continue
        if panel is not None:
            found.append(panel)
    return found[0] if len(found) == 1 else None
