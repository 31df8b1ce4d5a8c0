"""What lies in a backup: its files by their digests, how far the books were, and which keys open it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from kiosk.store.instant import read, written

FILE_NAME = "manifest.json"
_FORM = 1
_BLOCK = 1 << 20


class BadBackup(Exception):
    """A folder that cannot be restored from; `code` is a key of the catalogue `box`."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(f"backup: {code}")
        self.code, self.name = code, name


@dataclass(frozen=True, slots=True)
class Manifest:
    """One backup. Nothing in it names a person."""

    made_at: datetime
    program: str
    store_form: int
    """The number of the last migration; an older program refuses it."""
    cases: int
    line: int
    link: str
    """Number and digest of the last line of the book of cases."""
    centre: str
    keys: tuple[str, ...]
    """The key files of the box: kept elsewhere, and needed for the restored store to open anything."""
    files: Mapping[str, str]
    """SHA-256 by name."""

    def write(self, folder: Path) -> None:
        """As the last file: a backup without it is no backup."""
        plain = {"form": _FORM, **asdict(self), "made_at": written(self.made_at)}
        text = json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True)
        (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Of the backup in this folder. Raises BadBackup."""
    try:
        plain = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        form = plain.pop("form")
        if form > _FORM:
            raise BadBackup("newer")
        files = {str(name): str(digest) for name, digest in plain.pop("files").items()}
        made_at = read(plain.pop("made_at"))
        manifest = Manifest(made_at=made_at, files=files, keys=tuple(plain.pop("keys")), **plain)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BadBackup("no_manifest") from None
    # names out of a file that anybody may have written must not lead out of the folder
    if any(name != Path(name).name for name in (*manifest.files, *manifest.keys)):
        raise BadBackup("no_manifest")
    return manifest


def check_files(folder: Path, manifest: Manifest) -> None:
    """Every file is there and is what was written. Raises BadBackup."""
    for name, digest in manifest.files.items():
        try:
            same = digest_of(folder / name) == digest
        except OSError:
            raise BadBackup("file_gone", name) from None
        if not same:
            raise BadBackup("file_changed", name)


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()
