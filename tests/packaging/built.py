"""The project as it is handed out, built here without a network, and a bare environment to put it into."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def build(into: Path) -> tuple[Path, Path]:
    """The source archive, and the wheel made from nothing but that archive."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(into), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (source,), (wheel,) = into.glob("*.tar.gz"), into.glob("*.whl")
    return source, wheel


def bare_environment(folder: Path) -> Path:
    """A new environment with the locked packages of this one and nothing of the project; its Python."""
    venv.EnvBuilder(with_pip=False, symlinks=True).create(folder)
    paths = {"base": str(folder), "platbase": str(folder)}
    own = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    # A folder named in a .pth file is searched, but no .pth file in it is read: the checkout stays out.
    (own / "locked.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return folder / "bin" / "python"


def pip(python: Path, *words: str) -> None:
    """This environment's pip, at work on another one, without a network."""
    command = [sys.executable, "-m", "pip", "--isolated", "--python", str(python), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def install(python: Path, wheel: Path) -> Path:
    """The wheel alone; the `kiosk` command that comes of it."""
    pip(python, "install", "--no-index", "--no-deps", "--ignore-installed", str(wheel))
    return python.with_name("kiosk")


def elsewhere(home: Path) -> dict[str, str]:
    """The environment of somebody who knows nothing of this checkout."""
    return {"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8", "KIOSK_SOUND": "off"}
