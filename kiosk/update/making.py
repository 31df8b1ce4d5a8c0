"""An update is put under a signature, by whoever makes it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kiosk.security.device_key import DeviceKey
from kiosk.update.contents import SHEET, SIGNATURE, Contents, Mark, is_name, signature, steps
from kiosk.update.environment import LOCK, version_of
from kiosk.update.refused import Refused


def sign_folder(folder: Path, key: DeviceKey, key_file: Path) -> Contents:
    """Write the sheet of all files in it, and the signature beside the sheet. Raises Refused, OSError.

    The codes of Refused are keys of the catalogue's group `release` here.
    """
    if key_file.resolve().is_relative_to(folder.resolve()):
        raise Refused("key_inside")
    for name in (SHEET, SIGNATURE):
        (folder / name).unlink(missing_ok=True)
    files = {
        path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()
    }
    for name in files:
        if not is_name(name):
            raise Refused("bad_name", name=name)
    version = version_of(set(files))
    if version is None or LOCK not in files:
        raise Refused("no_program")
    steps(version)
    contents = Contents(version, {name: _mark(path) for name, path in files.items()})
    sheet = contents.written()
    (folder / SIGNATURE).write_bytes(signature(sheet, key))
    (folder / SHEET).write_bytes(sheet)
    return contents


def _mark(path: Path) -> Mark:
    with path.open("rb") as file:
        return Mark(hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)
