"""The page for staff in a real terminal: no key ends it, and it leaves the terminal as it was."""

from __future__ import annotations

import signal
import sys

from kiosk.catalogue import load_catalogue
from tests.journeys.conftest import StartKiosk
from tests.journeys.test_ends import assert_clean

HEADING = load_catalogue("box")["out_of_order.heading"]
PROGRAM = (sys.executable, "-m", "kiosk.cli", "out-of-order")


def test_keys_do_nothing_and_a_signal_ends_it(kiosk: StartKiosk) -> None:
    terminal = kiosk("--seconds", "3600", program=PROGRAM, columns=40, rows=10)
    for language in ("zh", "en"):
        terminal.shows(HEADING.show(language))
    terminal.type("q\x03\x04\x1a\x1c\x1b[24~9999")
    terminal.rest()
    assert terminal.status() is None and "9999" not in terminal.text
    terminal.send(signal.SIGTERM)
    assert terminal.wait_end() == 0
    assert_clean(terminal)


def test_it_ends_by_itself_so_that_the_kiosk_is_tried_again(kiosk: StartKiosk) -> None:
    terminal = kiosk("--seconds", "1", program=PROGRAM)
    assert terminal.wait_end() == 0
    assert HEADING.show("en").encode() in terminal.raw
    assert_clean(terminal)
