"""The kiosk with one fault built in: F12 is handled for ever. Its page for staff stays for ten minutes."""

from __future__ import annotations

import time

from textual.events import Key

import kiosk.cli
from kiosk.sitting import supervisor
from screens.resident.app import ResidentApp

supervisor.PAUSE_AFTER_FALLS = 600.0
_as_it_is = ResidentApp.on_key


def _stuck(app: ResidentApp, event: Key) -> None:
    while event.key == "f12":
        time.sleep(1.0)
    _as_it_is(app, event)


if __name__ == "__main__":
    ResidentApp.on_key = _stuck  # type: ignore[assignment]
    kiosk.cli.main()
