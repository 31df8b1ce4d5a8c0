"""Which type sizes this box offers, from its settings, its panel and the terminal it is shown in."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.config import Screen
    from kiosk.display.panel import Panel
    from kiosk.display.type_size import Face, Fit
    from kiosk.selftest.finding import Finding
    from screens.resident.type_sizes import Sizes

log = logging.getLogger(__name__)
TERMINALS = ("kitty", "xterm", "foot")
"""In the order in which they are looked for."""


def installed(environment: Mapping[str, str]) -> Iterator[str]:
    """Those that are here and can open a window in this session; all of them where no session is told."""
    x11, wayland = "DISPLAY" in environment, "WAYLAND_DISPLAY" in environment
    useless = {"xterm": wayland and not x11, "foot": x11 and not wayland}
    return (name for name in TERMINALS if shutil.which(name) and not useless.get(name, False))


class NoSize(Exception):
    """No type size can be told; its text is a key of `display` in the catalogue `box`."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel in front of people, and the terminal on it."""

    terminal: str
    panel: Panel
    face: Face
    offered: tuple[Fit, ...]
    restarts: bool
    """It takes no size while it runs: another one is opened around the same visit."""


def show_on(screen: Screen, terminal: str = "") -> Shown:
    """With this terminal, or that of the settings, or the first one that is installed. Raises NoSize."""
    from kiosk.display.tables import UnknownDisplay, faces, panel_here
    from kiosk.display.type_size import fits

    try:
        panel = panel_here(screen)
    except UnknownDisplay:
        raise NoSize("unknown") from None
    if panel is None:
        raise NoSize("silent")
    wanted = terminal or ("" if screen.terminal == "auto" else screen.terminal)
    name = wanted or next(installed(os.environ), "")
    if name not in faces():
        raise NoSize("no_terminal")
    offered = fits(panel, faces()[name], screen.distance)
    if not offered:
        raise NoSize("too_small")
    return Shown(name, panel, faces()[name], offered, _restarts(screen, name))


def _restarts(screen: Screen, terminal: str) -> bool:
    from kiosk.display.launching import FALLS_WHEN_TOLD, STARTS

    if terminal not in STARTS:
        return True
    return terminal in FALLS_WHEN_TOLD if screen.restart == "auto" else screen.restart


def sizes_for(screen: Screen, environment: Mapping[str, str]) -> Sizes | None:
    """For the visits in this terminal. None where nobody has said which one it is, or the panel is not known:
    then its grid is taken as it comes.
    """
    if "KIOSK_TERMINAL" not in environment:
        return None
    from screens.resident.type_sizes import Sizes
    from screens.terminals import terminal_named

    terminal, reached = terminal_named(environment)
    try:
        shown = show_on(screen, terminal)
    except NoSize as trouble:
        log.warning("no type size to change: %s", trouble)
        return None
    return Sizes(terminal, reached, shown.face, shown.offered, screen.size)


def screen_finding(screen: Screen) -> Finding:
    """For the morning check."""
    from kiosk.display.type_size import usual
    from kiosk.selftest import screen as selftest

    try:
        shown = show_on(screen)
    except NoSize as trouble:
        return selftest.no_screen(str(trouble))
    begins = usual(shown.offered, screen.size)
    assert begins is not None
    return selftest.screen(shown.panel, shown.offered, begins, shown.terminal)
