"""What a folder is, by what lies in it; and whether it works here, tried in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from voice.engines import EngineFault
from voice.engines.recorded import LIST, read_list
from voice.install.shelf import Kind

_PATIENCE = 180.0
"""Seconds in which it has to load and do something once."""
_LICENCES = ("LICENSE*", "LICENCE*", "COPYING*", "MODEL_CARD*", "license*")
_LONGEST = 4000


class NoUse(Exception):
    """The folder is of no use here; the message is for staff."""


def kind_of(folder: Path) -> Kind:
    """Raises NoUse."""
    if (folder / LIST).is_file():
        return Kind.RECORDINGS
    if any((folder / place).is_file() for place in ("am/final.mdl", "final.mdl")):
        return Kind.MODEL
    if (folder / "tokens.txt").is_file() and any(folder.glob("*.onnx")):
        return Kind.MODEL if any(folder.glob("encoder*.onnx")) else Kind.VOICE
    raise NoUse("there is no voice, no recordings and no listening model in it")


def languages_of(folder: Path) -> tuple[str, ...]:
    """Of recordings, which say so themselves; nothing for anything else. Raises NoUse."""
    if not (folder / LIST).is_file():
        return ()
    try:
        return tuple(sorted({one.language for one in read_list(folder)}))
    except EngineFault as fault:
        raise NoUse(str(fault)) from None


def licence_in(folder: Path) -> str:
    """What a file in it says, shortened; empty where there is none."""
    for pattern in _LICENCES:
        for file in sorted(folder.glob(pattern)):
            if file.is_file():
                return file.read_text(encoding="utf-8", errors="replace")[:_LONGEST].strip()
    return ""


def try_out(folder: Path, kind: Kind, languages: tuple[str, ...]) -> None:
    """Have it say or hear something. A damaged network can end its process, so that is not this one. Raises
    NoUse.
    """
    order = (sys.executable, "-m", "voice.install.trial", str(kind), str(folder), *languages)
    try:
        ran = subprocess.run(
            order, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            timeout=_PATIENCE, check=False, cwd=Path(__file__).parents[2],
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NoUse(f"it did nothing within {_PATIENCE:.0f} seconds") from None
    if ran.returncode:
        raise NoUse(ran.stdout.strip() or "it is damaged: the program that tried it fell")
