"""A walk that was asked for from another screen comes first when the kiosk starts next, on its own screen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import click

from kiosk.cli import option_values

_WANTED = "walk-wanted"
"""In the data folder; its content is the language."""
_ENDINGS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def want_walk(state: Path, language: str) -> None:
    """Raises OSError."""
    (state / _WANTED).write_text(language, encoding="utf-8")


def walk_if_wanted(ctx: click.Context, state: Path) -> None:
    """Once, in a process of its own, before the first visit. Told to end meanwhile, the kiosk ends, too."""
    wanted = state / _WANTED
    try:
        language = wanted.read_text(encoding="utf-8")
        # first of all: a walk that falls must not come again and again
        wanted.unlink()
    except (OSError, ValueError):
        return
    names = {"config": "KIOSK_CONFIG", "data": "KIOSK_DATA"}
    given = {names[key]: str(path.absolute()) for key, path in option_values(ctx).items() if path}
    program = [sys.executable, "-m", "kiosk.cli", "check", "--guided"]
    told: list[int] = []
    before = {sign: signal.signal(sign, lambda number, _: told.append(number)) for sign in _ENDINGS}
    try:
        walk = subprocess.Popen(
            [*program, "--lang", "en" if language == "en" else "zh"], env={**os.environ, **given}
        )
        while walk.poll() is None:
            if told:
                walk.terminate()
            try:
                walk.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                continue
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
    if told:
        sys.exit(0)
