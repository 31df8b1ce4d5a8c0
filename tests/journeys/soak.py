"""How long a soak lasts and where its chance begins, as whoever starts it wishes.

Read when the tests are collected: while one runs, no test sees settings of the machine (`tests/conftest.py`).
"""

from __future__ import annotations

import os
import random

SECONDS = float(os.environ.get("KIOSK_SOAK_SECONDS", "7200"))
KILLS = int(os.environ.get("KIOSK_SOAK_KILLS", "1000"))
_SEED = os.environ.get("KIOSK_TEST_SEED", "")


def seed() -> int:
    """The one that was asked for, else any; printed, so that a failure can be repeated."""
    chosen = int(_SEED) if _SEED else random.randrange(1 << 32)
    print(f"KIOSK_TEST_SEED={chosen}")
    return chosen
