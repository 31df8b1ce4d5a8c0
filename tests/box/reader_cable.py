"""A card reader at a virtual box: that of `kiosk reader emulate`, at the far end of the box's USB line."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import threading
import tty
from pathlib import Path

from tests.journeys.kiosk_terminal import ROOT

_WAITS = 0.2


class ReaderCable:
    """Carries bytes between an emulated reader's port and the socket of the box's serial line."""

    def __init__(self, folder: Path, line: Path) -> None:
        link = folder / "reader"
        link.unlink(missing_ok=True)
        emulate = [sys.executable, "-m", "kiosk.cli", "reader", "emulate", "--link", str(link)]
        self._reader = subprocess.Popen(
            emulate, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert self._reader.stdout
        # Its first line says that the port is there.
        self._reader.stdout.readline()
        self._port = os.open(link, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self._port)
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(os.path.relpath(line))
        self._ends = threading.Event()
        self._carries = threading.Thread(target=self._carry, daemon=True)
        self._carries.start()

    def lay(self, person: int) -> None:
        """Lay that fictional person's card; 0 takes it away."""
        assert self._reader.stdin
        self._reader.stdin.write(f"{person}\n")
        self._reader.stdin.flush()

    def close(self) -> None:
        """Pull it out."""
        self._ends.set()
        self._carries.join()
        self._line.close()
        os.close(self._port)
        self._reader.terminate()
        self._reader.communicate()

    def _carry(self) -> None:
        while not self._ends.is_set():
            ends: list[int | socket.socket] = [self._port, self._line]
            ready = select.select(ends, [], [], _WAITS)[0]
            if self._port in ready:
                self._line.sendall(os.read(self._port, 4096))
            if self._line in ready:
                told = self._line.recv(4096)
                if not told:
                    return
                os.write(self._port, told)
