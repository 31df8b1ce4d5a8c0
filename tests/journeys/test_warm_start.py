"""The second sitting finds the program loaded."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.journeys.conftest import StartKiosk
from tests.journeys.kiosk_terminal import CLEARED
from tests.journeys.resident import Resident, words

IMPORTED = re.compile(rb"import time:\s+\d+ \|\s+\d+ \|\s+([\w.]+)")
OURS_OR_LARGE = (
    "kiosk",
    "screens",
    "voice",
    "textual",
    "rich",
    "pydantic",
    "sqlite_utils",
    "sqlcipher3",
    "serial",
)


def test_the_next_sitting_loads_nothing_that_the_kiosk_has_loaded(folder: Path, kiosk: StartKiosk) -> None:
    """The first sitting loads for itself, the kiosk meanwhile for all that follow."""
    report = folder / "imports"
    report.touch()
    told = f'exec "{sys.executable}" -X importtime -m kiosk.cli run --demo 2>>"{report}"'
    terminal = kiosk(program=("sh", "-c", told))
    terminal.shows(words("language.heading")[:8])
    terminal.until(lambda _: b"voice.turn" in report.read_bytes(), what="the kiosk's own loading")
    assert b"textual.app" in IMPORTED.findall(bytes(terminal.raw)), "a sitting reports to its terminal"
    terminal.kill_sitting()
    Resident(terminal).go_to("home.heading")
    again = {name.decode() for name in IMPORTED.findall(bytes(terminal.raw[terminal.raw.rindex(CLEARED) :]))}
    assert not {name for name in again if name.partition(".")[0] in OURS_OR_LARGE}
