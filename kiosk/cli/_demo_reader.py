"""The emulated reader of a demo: `kiosk reader emulate` beside the screens, worked through its menu."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

from kiosk.identity.people import load_people
from kiosk.sitting.lifeline import end_with


class DemoCards:
    """Lays the fictional people's cards on the emulated reader."""

    def __init__(self, menu: IO[str]) -> None:
        self._menu = menu
        self.names: Sequence[str] = [f"{person.label}（{person.id}）" for person in load_people()]

    def lay(self, number: int) -> None:
        """The card of person `number`, counted from 1."""
        self._press(str(number))

    def lift(self) -> None:
        """Take the card away."""
        self._press("0")

    def _press(self, key: str) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._menu.write(f"{key}\n")
            self._menu.flush()


@contextmanager
def demo_reader() -> Iterator[tuple[str, DemoCards]]:
    """A reader on a pseudo-terminal for as long as the demo runs: its port, and the cards beside it."""
    with tempfile.TemporaryDirectory(prefix="bangban-demo-") as folder:
        port = Path(folder) / "reader"
        emulator = subprocess.Popen(
            [sys.executable, "-m", "kiosk.cli", "reader", "emulate", "--link", str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            preexec_fn=partial(end_with, os.getpid()),  # noqa: PLW1509 - no thread has been started yet
        )
        assert emulator.stdin is not None
        try:
            yield str(port), DemoCards(emulator.stdin)
        finally:
            emulator.terminate()
            emulator.wait()
