"""The versions that lie beside one another, and the link that says which of them runs.

FOLDER/versions/0.1.0/    one whole version each, never changed once it is whole
FOLDER/current            a link to one of them: the switch is the renaming of a link, which has no middle
FOLDER/update.json        the last switch: from, to, whether it has been found good
FOLDER/before             a link to the version before: what goes back must not hang on the one that falls
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.durable import sync
from kiosk.update.refused import Refused

CURRENT, BEFORE, ALL = "current", "before", "versions"
_WHOLE = ".whole"
"""In a version's folder, written last."""
_RECORD = "update.json"


@dataclass(frozen=True, slots=True)
class Switch:
    """From one version to the next."""

    before: str
    """Empty where there was none."""
    after: str
    good: bool
    """Has it been tried since, and stays?"""
    backup: str = ""
    """The backup of the store from before, with the data folder's path; empty where there is none."""


class Versions:
    """Those of one thing, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One update at a time. Raises Refused, OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise Refused("at_work") from None
        finally:
            os.close(handle)

    @property
    def current(self) -> str:
        """The version that runs; empty where there is none yet."""
        try:
            return os.readlink(self.folder / CURRENT).rpartition("/")[2]
        except OSError:
            return ""

    def path(self, version: str) -> Path:
        """Its folder, whether it is there or not."""
        return self.folder / ALL / version

    def is_whole(self, version: str) -> bool:
        """Is it there, and was it made to its end?"""
        return bool(version) and (self.path(version) / _WHOLE).is_file()

    def begin(self, version: str) -> Path:
        """An empty folder for it; what an earlier try left half made goes."""
        path = self.path(version)
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return path

    def finish(self, version: str) -> None:
        """It is whole, and on the disk."""
        os.sync()
        write_safely(self.path(version) / _WHOLE, b"")

    def drop(self, version: str) -> None:
        """Not the one that runs."""
        if version and version != self.current:
            # Unmarked first: a plug pulled in between must leave nothing that looks whole.
            (self.path(version) / _WHOLE).unlink(missing_ok=True)
            shutil.rmtree(self.path(version), ignore_errors=True)

    def keep_only(self, *versions: str) -> None:
        """The others go."""
        for path in sorted((self.folder / ALL).glob("*")):
            if path.name not in versions:
                self.drop(path.name)

    def switch(self, version: str) -> None:
        """From now on this one runs. Safely on the disk when this returns."""
        self._link(CURRENT, version)

    def none(self) -> None:
        """From now on none of them runs, as before the first."""
        (self.folder / CURRENT).unlink(missing_ok=True)
        sync(self.folder)

    def keep_before(self, version: str) -> None:
        """This is the one before; empty: there is none."""
        if version:
            self._link(BEFORE, version)
        else:
            (self.folder / BEFORE).unlink(missing_ok=True)
            sync(self.folder)

    def record(self) -> Switch | None:
        """The last switch."""
        try:
            return Switch(**json.loads((self.folder / _RECORD).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def note(self, switch: Switch) -> None:
        """Safely on the disk when this returns."""
        write_safely(self.folder / _RECORD, json.dumps(asdict(switch)).encode())

    def _link(self, name: str, version: str) -> None:
        fresh = self.folder / f".{name}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(f"{ALL}/{version}")
        fresh.replace(self.folder / name)
        sync(self.folder)


def write_safely(path: Path, told: bytes) -> None:
    """The whole of it or what was there before; on the disk when this returns. Raises OSError."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("wb") as file:
        file.write(told)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync(path.parent)
