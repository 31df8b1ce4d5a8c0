"""The type size, from what is known of the panel and the terminal on it."""

from __future__ import annotations

from kiosk.display.panel import Panel
from kiosk.display.type_size import Fit
from kiosk.selftest.finding import Finding, State, finding


def screen(panel: Panel, offered: tuple[Fit, ...], begins: Fit, terminal: str) -> Finding:
    """How large a visit begins, and how many sizes there are to choose from."""
    return finding(
        "screen",
        State.GOOD if begins.keeps_the_contract else State.LOOK,
        "display.good",
        inches=f"{panel.inches:.1f}",
        capital=f"{begins.capital:.1f}",
        body=f"{begins.body:.1f}",
        grid=f"{begins.columns}x{begins.rows}",
        count=len(offered),
        terminal=terminal,
    )


def no_screen(why: str) -> Finding:
    """Why nothing can be said of it: a key of `display`."""
    return finding("screen", State.LOOK, f"display.{why}")
