"""Some kiosks in one process, to be killed and begun again: `python -m tests.hub.kiosk_crowd FILE`.

Each has a folder and a store of its own and hands in application after application. What it has told a person
("it is handed in") is a line of `told` in its folder, safely on the disk.
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kiosk.cases.parcels import pause_before
from kiosk.config import Hub
from kiosk.hub.link import LinkTrouble
from kiosk.hub.opening import open_link
from kiosk.hub.sending import Courier
from kiosk.store import Store, open_store
from tests.store.people import WallClock, application, shipped_calendar

TOLD = "told"
_HASTE = 0.02
"""Pauses are this much shorter than a kiosk's own: a test has minutes, not days."""


@dataclass(frozen=True)
class One:
    """A kiosk, and what it is to do."""

    name: str
    folder: str
    hub: Mapping[str, Any]
    cases: int


def write_crowd(path: Path, crowd: Sequence[One]) -> None:
    path.write_text(json.dumps([asdict(one) for one in crowd]))


def told_in(folder: Path) -> list[str]:
    """The cases of which people were told."""
    path = folder / TOLD
    return path.read_text().split() if path.exists() else []


def _live(one: One, chance: random.Random) -> None:
    folder = Path(one.folder)
    store = open_store(folder, clock=WallClock(), calendar=shipped_calendar())
    store.send_to_hub()
    link = open_link(Hub(**one.hub))
    courier = Courier(store, link, WallClock())
    left, in_vain = one.cases - len(told_in(folder)), 0
    while left > 0 or courier.waits():
        # nobody hands in at a new kiosk before it was set up and knows its centre's key
        if left > 0 and store.has_key_of_hub():
            _hand_in(store, folder)
            left -= 1
            if left > 0 and chance.random() < 0.5:
                continue
        try:
            courier.round()
            in_vain = 0
        except LinkTrouble:
            time.sleep(pause_before(in_vain, chance.random()) * _HASTE)
            in_vain += 1
    link.close()
    store.close()


def _hand_in(store: Store, folder: Path) -> None:
    case_id = store.submit(application()).case_id
    handle = os.open(folder / TOLD, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, f"{case_id}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _main() -> None:
    crowd = [One(**given) for given in json.loads(Path(sys.argv[1]).read_text())]
    failed: list[str] = []

    def live(one: One) -> None:
        try:
            _live(one, random.Random())
        except BaseException as error:
            failed.append(f"{one.name}: {error!r}")
            raise

    threads = [threading.Thread(target=live, args=(one,)) for one in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.exit("\n".join(failed) or 0)


if __name__ == "__main__":
    _main()
