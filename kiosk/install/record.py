"""What was put on a machine: the file that a later installing and the uninstalling go by."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from kiosk.install.steps import Keep

PATH = "/etc/bangban/installed.json"
BESIDE, BEFORE = ".dpkg-new", ".dpkg-old"
"""As Debian marks them: none of its programs reads a file of such a name."""


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


@dataclass(slots=True)
class Record:
    """Every path is that of the finished box."""

    files: dict[str, list[str]] = field(default_factory=dict)
    """With the digests of all that was ever written there: what has none of them is somebody else's."""
    links: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    """Folders among them that stay, each with its Keep."""
    over: list[str] = field(default_factory=list)
    """Files of the system that gave way."""
    asked: dict[str, list[str]] = field(default_factory=dict)
    """What was chosen, by the names of `kiosk.install.plan.USUAL_CHOICE`: the next time begins with it."""

    def expect(self, path: str, content: bytes) -> None:
        """That is about to be written there."""
        known = self.files.setdefault(path, [])
        if digest(content) not in known:
            known.append(digest(content))

    def wrote(self, path: str, content: bytes) -> bool:
        """Is it one of ours?"""
        return digest(content) in self.files.get(path, ())

    def add_folder(self, path: str, keep: Keep = Keep.NO) -> None:
        if path not in self.folders:
            self.folders.append(path)
        if keep is not Keep.NO:
            self.kept[path] = keep

    def only(self, paths: Iterable[str]) -> list[str]:
        """Files and links that are none of these any more."""
        wanted = {*paths}
        beside = {path + BESIDE for path in wanted}
        return [path for path in (*self.files, *self.links) if path not in wanted | beside]

    def forget(self, path: str) -> None:
        self.files.pop(path, None)
        self.links.pop(path, None)


def read_record(root: Path) -> Record:
    """Of the box in this folder; an empty one where nothing was installed. Raises OSError, ValueError."""
    try:
        told = json.loads((root / PATH.lstrip("/")).read_text(encoding="utf-8"))
        known = {name: told[name] for name in ("files", "links", "folders", "kept", "over")}
        return Record(**known, asked=told.get("asked", {}))
    except FileNotFoundError:
        return Record()
    except (KeyError, TypeError) as fault:
        raise ValueError(str(fault)) from None


def record_text(record: Record) -> str:
    told = {
        "files": record.files,
        "links": record.links,
        "folders": record.folders,
        "kept": record.kept,
        "over": record.over,
        "asked": record.asked,
    }
    return json.dumps(told, indent=1, sort_keys=True) + "\n"
