"""Sticks with updates, as a maker lays them out, and boxes that take them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.paths import shipped_config
from kiosk.security.device_key import signing_key
from kiosk.update.contents import Contents
from kiosk.update.environment import make_environment
from kiosk.update.making import sign_folder
from kiosk.update.stick import bring, contents_of, stick_at
from kiosk.update.versions import Versions

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = "0.1.0", "0.2.0"
_SOURCE = (
    "kiosk",
    "screens",
    "voice",
    "data",
    "kiosk.toml",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "NOTICE",
)

FALLS = {"kiosk/cli/check.py": "\nraise RuntimeError('made wrong')\n"}
"""A program that does not even start its check."""
NEW_FORM = {
    "kiosk/store/migrations/__init__.py": (
        "\n\ndef _of_the_new_version(db: object) -> None:\n"
        "    db.execute('CREATE TABLE of_the_new_version (one INTEGER)')\n\n\n"
        "MIGRATIONS = (*MIGRATIONS, _of_the_new_version)\n"
    )
}
"""A program that brings the store into a form which the older one does not read."""
FALLS_IN_PLACE = {
    **NEW_FORM,
    "kiosk/cli/check.py": (
        "\n\n_good = _findings\n\n\ndef _findings(settings, folder, clock):\n"
        "    found = _good(settings, folder, clock)\n"
        "    if (folder / 'before-update').is_dir():\n        raise RuntimeError('made wrong')\n"
        "    return found\n"
    ),
}
"""One that is well until it has the box's own data folder before it, and has changed the store by then."""

FALLS_ON_A_SCREEN = {
    "screens/resident/app.py": (
        "\n\ndef _fallen(app, *words, **more):\n    raise RuntimeError('made wrong')\n\n\n"
        "if __import__('sys').stdout.isatty():\n    ResidentApp.run = _fallen\n"
    ),
}
"""One that is well wherever nobody sits before it."""


def wheel(into: Path, version: str, more: Mapping[str, str] | None = None) -> Path:
    """The program as it is here under another number, with lines added to some of its files."""
    tree = into / f"source-{version}"
    tree.mkdir(parents=True)
    for name in _SOURCE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, tree / name)
    numbered = tree / "kiosk" / "__init__.py"
    numbered.write_text(
        "".join(
            f'__version__ = "{version}"\n' if line.startswith("__version__") else line
            for line in numbered.read_text(encoding="utf-8").splitlines(keepends=True)
        ),
        encoding="utf-8",
    )
    for name, lines in (more or {}).items():
        with (tree / name).open("a", encoding="utf-8") as file:
            file.write(lines)
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(into), str(tree)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return into / f"bangban-{version}-py3-none-any.whl"


def packages(into: Path) -> Path:
    """One wheel for all packages: it leads to those of this environment, so that no network is needed."""
    path = into / "locked_packages-1-py3-none-any.whl"
    about = "locked_packages-1.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("locked.pth", f"{sysconfig.get_path('purelib')}\n")
        archive.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: locked-packages\nVersion: 1\n")
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", "")
    return path


@dataclass(frozen=True, slots=True)
class Maker:
    """Somebody with a key."""

    key: Path

    @property
    def public(self) -> str:
        return signing_key(self.key).public.hex()

    def stick(self, folder: Path, *wheels: Path) -> Path:
        """Laid out and signed."""
        (folder / "wheels").mkdir(parents=True)
        for one in wheels:
            shutil.copy(one, folder / "wheels")
        (folder / "requirements.lock").write_text("locked-packages==1\n")
        sign_folder(folder, signing_key(self.key), self.key)
        return folder


@dataclass(frozen=True, slots=True)
class Place:
    """A box: a folder of versions, a data folder, settings."""

    folder: Path

    @property
    def versions(self) -> Versions:
        return Versions(self.folder / "program")

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def config(self) -> Path:
        return self.folder / "kiosk.toml"

    def command(self, *words: str) -> list[str]:
        """As whoever looks after the box types it."""
        kiosk = str(self.versions.folder / "current" / "bin" / "kiosk")
        return [kiosk, "--data", str(self.data), "--config", str(self.config), *words]

    @property
    def environment(self) -> dict[str, str]:
        ours = {
            name: value for name, value in os.environ.items() if not name.startswith(("KIOSK_", "PYTHON"))
        }
        return {**ours, "KIOSK_SOUND": "off"}

    def ran(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words),
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def accounts(self) -> set[str]:
        """What stands in the store, as the version that runs reads it."""
        told = self.ran("account", "list", "--json")
        assert told.returncode == 0, told.stderr
        return {one["name"] for one in json.loads(told.stdout)}

    def runs(self) -> str:
        """The version that answers."""
        return self.ran("--version").stdout.split()[-1]


def unpacked_box(folder: Path, maker: Maker) -> Place:
    """One without a version yet, that takes this maker's."""
    place = Place(folder)
    place.data.mkdir(parents=True, mode=0o700)
    shipped = shipped_config().read_text(encoding="utf-8")
    begun, section, rest = shipped.partition("\n[update]\n")
    assert section and "\nkeys = []\n" in rest
    own = rest.replace("\nkeys = []\n", f'\nkeys = ["{maker.public}"]\n', 1)
    place.config.write_text(begun + section + own, encoding="utf-8")
    return place


def settle_in(folder: Path, maker: Maker, stick: Path) -> Place:
    """A box with one version and somebody's account, as it comes out of the first update."""
    place = unpacked_box(folder, maker)
    with stick_at(stick) as found:
        contents: Contents = contents_of(found, (maker.public,))
        made = place.versions.begin(contents.version)
        bring(found, contents, made)
        make_environment(made, None)
    place.versions.finish(contents.version)
    place.versions.switch(contents.version)
    assert place.ran("account", "add", "王丽").returncode == 0
    return place
