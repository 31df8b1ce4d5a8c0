"""What is installed: one folder each, with a note of what it is and where it came from."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

NOTE = "installed.json"
_HIDDEN = "."
_LEAVING = ".old-"
_WAITING = ".before-"
"""The one before, until the new one is in its place."""
_COMING = re.compile(r"\.new-(\d+)-.*")
"""Behind it the number of the process that unpacks there."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]{0,79}")


class Kind(StrEnum):
    """What it is good for."""

    VOICE = "voice"
    """A network that speaks."""
    MODEL = "model"
    """A network that listens."""
    RECORDINGS = "recordings"
    """Sentences that a person spoke."""


@dataclass(frozen=True, slots=True)
class Note:
    """Written when it is installed."""

    kind: Kind
    languages: tuple[str, ...]
    licence: str
    """As it was agreed to."""
    origin: str
    """The name of the file or folder it came from."""
    sha256: str = ""
    """Of the file, where it was one."""


@dataclass(frozen=True, slots=True)
class Installed:
    """One thing on the shelf."""

    name: str
    folder: Path
    note: Note

    @property
    def kind(self) -> Kind:
        return self.note.kind

    @property
    def languages(self) -> tuple[str, ...]:
        return self.note.languages

    def size(self) -> int:
        """Bytes that it takes."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())


class Shelf:
    """The folder `voices` in the data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> Iterator[Installed]:
        """By name. What has no note was never finished, and is not there."""
        for folder in sorted(self._folder.glob("*")):
            note = _read_note(folder / NOTE) if not folder.name.startswith(_HIDDEN) else None
            if note:
                yield Installed(folder.name, folder, note)

    def find(self, name: str) -> Installed | None:
        return next((one for one in self.all() if one.name == name), None)

    def first(self, kind: Kind, language: str) -> Installed | None:
        """The first by name that is of use for this."""
        return next((one for one in self.all() if one.kind is kind and language in one.languages), None)

    def workplace(self) -> Path:
        """A new folder to unpack into, on the same disk. What a run that was killed left half done is put
        right first."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._settle()
        for folder in self._folder.iterdir():
            if (begun := _COMING.fullmatch(folder.name)) and not _runs(int(begun[1])):
                discard(folder)
        return Path(tempfile.mkdtemp(prefix=f".new-{os.getpid()}-", dir=self._folder))

    def downloads(self) -> Path:
        """Where what was begun to be fetched waits to be fetched to its end."""
        place = self._folder / ".downloads"
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        return place

    def put(self, name: str, folder: Path, note: Note) -> Installed:
        """Move a finished folder to its place; the one before it goes. All or nothing. Raises OSError."""
        if not is_name(name):
            raise ValueError("a name is of Latin letters, figures, dots and hyphens")
        (folder / NOTE).write_text(json.dumps(asdict(note), ensure_ascii=False, indent=1), encoding="utf-8")
        place, before = self._folder / name, self._folder / f"{_WAITING}{name}"
        self._settle()
        with suppress(FileNotFoundError):
            os.rename(place, before)
        os.rename(folder, place)
        discard(before)
        return Installed(name, place, note)

    def _settle(self) -> None:
        """What was to be exchanged when the power went is there again, if the new one is not."""
        self._sweep()
        for before in self._folder.glob(f"{_WAITING}*"):
            place = self._folder / before.name.removeprefix(_WAITING)
            if place.exists():
                discard(before)
            else:
                os.rename(before, place)

    def remove(self, name: str) -> None:
        """It goes whole, in one step: nobody finds half of it, and who has loaded it keeps it. What an
        earlier run left half taken away goes too. Raises OSError, and then it is all there."""
        self._sweep()
        os.rename(self._folder / name, self._folder / f"{_LEAVING}{name}")
        self._sweep()

    def _sweep(self) -> None:
        for folder in self._folder.glob(f"{_LEAVING}*"):
            discard(folder)


def is_name(name: str) -> bool:
    """Fit to be the name of a folder here."""
    return _NAME.fullmatch(name) is not None


def discard(folder: Path) -> None:
    """Take a folder away, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _read_note(path: Path) -> Note | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Note(**{**told, "kind": Kind(told["kind"]), "languages": tuple(told["languages"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None
