"""`kiosk hub serve` as it is run: a program of its own, killed and begun again at the same place."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from kiosk.hub.members import Kind
from kiosk.sitting.lifeline import end_with
from tests.hub.free_port import free_port
from tests.hub.https_hub import HOST, Office
from tests.hub.hubs import Hub

SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'


@dataclass
class Front:
    """One of them; `settings` names the database."""

    office: Office
    settings: Path
    port: int = field(default_factory=free_port)
    receipt_key: str = ""
    _program: subprocess.Popen[str] | None = None

    def words(self) -> list[str]:
        """What `kiosk` is given."""
        files = {
            "certificate": "hub.crt",
            "key": "hub.key",
            "authority": "authority.crt",
            "receipt-key": "box.key",
        }
        given = [
            word for name, file in files.items() for word in (f"--{name}", str(self.office.folder / file))
        ]
        return ["--config", str(self.settings), "hub", "serve", "--listen", f"{HOST}:{self.port}", *given]

    def start(self) -> None:
        """Returns when it answers."""
        self.begin()
        self.is_ready()

    def begin(self) -> None:
        """Returns at once."""
        self._program = subprocess.Popen(
            [sys.executable, "-m", "kiosk.cli", *self.words()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=partial(end_with, os.getpid()),  # noqa: PLW1509
        )

    def is_ready(self) -> None:
        """Returns when it answers."""
        assert self._program is not None
        assert self._program.stdout is not None and self._program.stderr is not None
        ready = self._program.stdout.readline()
        assert ready.startswith(f"ready at {HOST}:{self.port}; "), self._program.stderr.read()
        self.receipt_key = ready.split()[-1]

    def kill(self) -> None:
        """At once."""
        assert self._program is not None
        self._program.kill()
        self._program.communicate()

    def end(self) -> tuple[int, str]:
        """In order: its exit code, and what it has logged."""
        assert self._program is not None
        self._program.terminate()
        _, said = self._program.communicate()
        return self._program.returncode, said


def front(hub: Hub, office: Office, name: str = "front") -> Front:
    """Not started yet."""
    settings = hub.files / f"{name}.toml"
    address = hub.member(Kind.SERVER, name)
    settings.write_text(f'{SITE}[hub]\naddress = "{address}"\n', encoding="utf-8")
    return Front(office, settings)
