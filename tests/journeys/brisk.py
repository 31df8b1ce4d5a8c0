"""The kiosk as it is, only without the pauses after a fall: for tests in which it falls hundreds of times."""

from __future__ import annotations

import kiosk.cli
from kiosk.sitting import supervisor

supervisor.PAUSE_AFTER_FALL = supervisor.PAUSE_AFTER_FALLS = 0.0

if __name__ == "__main__":
    kiosk.cli.main()
