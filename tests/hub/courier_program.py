"""Couriers to be killed: a line on standard input begins one, as a process of its own; its id is the answer.

Data folder and address are on the command line. Each goes to the hub and back until somebody kills it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kiosk.cases import parcels
from kiosk.clock import SystemClock
from kiosk.hub.direct import DirectLink, Entry, entering
from kiosk.hub.sending import Courier
from kiosk.store import open_store
from tests.store.people import shipped_calendar

parcels.MOST = 4
"""Few at a time: there are more moments to be killed at."""


def carry(folder: Path, address: str) -> None:
    store = open_store(folder, clock=SystemClock(), calendar=shipped_calendar())
    courier = Courier(store, DirectLink(entering(Entry(address))), SystemClock())
    os.write(1, f"{os.getpid()}\n".encode())
    while True:
        courier.round()


def main() -> None:
    folder, address = Path(sys.argv[1]), sys.argv[2]
    for _ in sys.stdin:
        if os.fork() == 0:
            try:
                carry(folder, address)
            finally:
                os._exit(1)
        os.wait()


main()
