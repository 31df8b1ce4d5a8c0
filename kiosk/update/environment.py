"""A version of the program with all its packages, made from wheels, without a network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from kiosk.update.refused import Refused

WHEELS, LOCK = "wheels", "requirements.lock"
_OWN = re.compile(rf"{WHEELS}/bangban-([0-9.]+)-py3-none-any\.whl")


def version_of(names: set[str]) -> str | None:
    """The version of the program among the files of an update, if there is exactly one."""
    found = [match[1] for name in names if (match := _OWN.fullmatch(name))]
    return found[0] if len(found) == 1 else None


def make_environment(folder: Path, older: Path | None) -> None:
    """In `folder`, where its wheels and lock already lie. Raises Refused, OSError.

    Packages that the update does not bring are taken from what came with the `older` version, where the lock
    wants the same ones. Each was compared with a signature when it came. So the lock of an update names
    versions and no digests: a package that is handed out as source is another file wherever it is built.
    """
    _keep_wheels(folder / WHEELS, older / WHEELS if older else None)
    _run([sys.executable, "-I", "-m", "venv", "--without-pip", str(folder)])
    python = str(folder / "bin" / "python")
    pip = [sys.executable, "-I", "-m", "pip", "--isolated", "--disable-pip-version-check", "--python", python]
    here = ["install", "-q", "--no-index", "--no-deps", "--only-binary", ":all:", "--no-cache-dir"]
    here += ["--root-user-action=ignore", "--find-links", str(folder / WHEELS)]
    _run([*pip, *here, "-r", str(folder / LOCK)])
    own = sorted(path for path in (folder / WHEELS).iterdir() if _OWN.fullmatch(f"{WHEELS}/{path.name}"))
    _run([*pip, *here, str(own[-1])])


def _keep_wheels(wheels: Path, older: Path | None) -> None:
    """The next update may need them as well. A second name for the same file takes no room."""
    if older is None or not older.is_dir():
        return
    for path in older.glob("*.whl"):
        if not (wheels / path.name).exists() and not _OWN.fullmatch(f"{WHEELS}/{path.name}"):
            os.link(path, wheels / path.name)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Refused("environment", said=said[-1] if said else str(done.returncode))
