"""`kiosk serve` as it is started, and browsers before it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.serve.chromium import PROGRAM, Chromium, Page

ROOT = Path(__file__).resolve().parents[2]
TABLET = (1280, 800)
PER_MM = 5.88
"""Pixels in a millimetre of a tablet of 10.1 inches."""


class Served:
    """A kiosk for browsers, from its start to its end."""

    def __init__(self, data: Path, *words: str, more: Mapping[str, str] | None = None) -> None:
        """`more`: in its environment."""
        self.data = data
        environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("KIOSK_", "TEXTUAL"))
            },
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(data.parent),
            "KIOSK_SOUND": "off",
            **(more or {}),
        }
        command = [sys.executable, "-m", "kiosk.cli", "--data", str(data), "serve", "--port", "0", *words]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()
        assert self.said.startswith("ready at "), self.said

    @property
    def address(self) -> str:
        """What a helper opens."""
        return (self.data / "browser-address").read_text().strip()

    @property
    def base(self) -> str:
        """Without what lets a browser in."""
        return self.address.partition("/enter/")[0]

    @property
    def token(self) -> str:
        return self.address.rpartition("/")[2]

    def visits(self) -> set[int]:
        """The processes `kiosk run` that a browser shows; not the sittings that each of them forks."""
        return {pid for pid in self._below(self.process.pid) if _runs(pid) and not _runs(_parent(pid))}

    def _below(self, pid: int) -> Iterator[int]:
        with suppress(OSError):
            for child in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
                yield child
                yield from self._below(child)

    def end(self) -> int:
        """As by a system that stops it."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def _runs(pid: int) -> bool:
    with suppress(OSError):
        return b"\0run\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def _parent(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


Serve = Callable[..., Served]
Tablet = Callable[..., Page]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """What the box keeps."""
    kept = tmp_path / "data"
    kept.mkdir(mode=0o700)
    return kept


@pytest.fixture
def serve(data: Path) -> Iterator[Serve]:
    """Starts it; it ends with the test."""
    with ExitStack() as started:

        def start(*words: str, **more: str) -> Served:
            served = Served(data, *words, more=more)
            started.callback(served.end)
            return served

        yield start


@pytest.fixture
def chromium(tmp_path: Path) -> Iterator[Chromium]:
    if PROGRAM is None:
        pytest.skip("needs Debian's chromium")
    with Chromium(tmp_path) as browser:
        yield browser


@pytest.fixture
def tablet(chromium: Chromium) -> Tablet:
    """A browser that a helper has brought in and measured."""

    def bring_in(served: Served, size: tuple[int, int] = TABLET, per_mm: float = PER_MM) -> Page:
        page = chromium.page(*size)
        page.go(served.address)
        page.until("document.body?.dataset.state", lambda state: state == "measure")
        page.value(f"localStorage.setItem(MEASURED, '{per_mm}')")
        page.go(f"{served.base}/")
        return page

    return bring_in


@pytest.fixture
def chromium_page(chromium: Chromium) -> Page:
    """A browser that nobody has brought in."""
    return chromium.page(*TABLET)
