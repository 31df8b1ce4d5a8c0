"""The world around a kiosk in a test, and whether anything of it was touched: programs, and files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_TELLS = '#!/bin/sh\nprintf "%s\\n" "$0 $*" >> "$KIOSK_TEST_TOLD"\n'
_WAYS_OUT = (
    *("xdg-open", "sensible-browser", "x-www-browser", "x-terminal-emulator", "open", "gio", "kde-open"),
    *("editor", "sensible-editor", "vi", "nano", "pager", "less", "man", "lpr", "lp", "sudo", "su", "login"),
)
"""What terminals and programs begin for a person who wants more."""


class Outside:
    """A home, and programs that only tell that somebody began them."""

    def __init__(self, folder: Path) -> None:
        self._told, self._home, programs = folder / "told", folder / "home", folder / "programs"
        self._home.mkdir(parents=True)
        programs.mkdir()
        for name in (*_WAYS_OUT, "shell"):
            (programs / name).write_text(_TELLS, encoding="utf-8")
            (programs / name).chmod(0o755)
        shells = dict.fromkeys(("SHELL", "BROWSER", "EDITOR", "VISUAL", "PAGER"), str(programs / "shell"))
        self.home = self._home
        self.world = {
            **shells,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(self._home),
            "KIOSK_TEST_TOLD": str(self._told),
        }
        """The environment of a kiosk in it."""
        self._programs: set[str] = set()
        self._files: set[Path] = set()

    def begin(self, processes: Iterable[int]) -> None:
        """What is there before anybody has done anything."""
        self._programs = {program for pid in processes if (program := _program(pid))} | {_REAL_PYTHON}
        self._files = self._now()

    def see(self, processes: Iterable[int]) -> None:
        """No other program is among them."""
        now = {program for pid in processes if (program := _program(pid))}
        assert now <= self._programs, now - self._programs

    def assert_untouched(self) -> None:
        """No way out was taken, and no file lies where none lay."""
        assert not self._told.exists(), self._told.read_text()
        assert self._now() == self._files

    def _now(self) -> set[Path]:
        return {path.relative_to(self._home) for path in self._home.rglob("*")}


_REAL_PYTHON = os.path.realpath(sys.executable)


def _program(pid: int) -> str:
    """The file it runs; empty where it has gone."""
    with suppress(OSError):
        return os.readlink(f"/proc/{pid}/exe")
    return ""
