"""What an update says of itself: its version, and each of its files. Signed as a whole. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from kiosk.security.device_key import DeviceKey, signed_by
from kiosk.update.refused import Refused

SHEET, SIGNATURE = "update.json", "update.sig"
LARGEST_SHEET = 1 << 20
MOST_FILES = 2000
LARGEST = 2 << 30
"""Bytes of all files together."""
_SIGNED_FOR = b"bangban update 1\n"
"""Before what is signed: no signature made for something else will do."""
_VERSION = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){1,3}")
_PART = re.compile(r"\w[\w.+-]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """One file as it was signed."""

    sha256: str
    """64 hexadecimal digits."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole update."""

    version: str
    files: Mapping[str, Mark]
    """By the path below the update's folder, with `/` between its parts."""

    def written(self) -> bytes:
        """As it lies on the stick, and as it is signed."""
        files = {name: {"sha256": one.sha256, "size": one.size} for name, one in self.files.items()}
        told = {"version": self.version, "files": files}
        return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def signature(sheet: bytes, key: DeviceKey) -> bytes:
    """The line of the file beside the sheet."""
    return key.sign(_SIGNED_FOR + sheet).hex().encode() + b"\n"


def opened(sheet: bytes, signed: bytes, keys: Iterable[str]) -> Contents:
    """What is in it, if somebody signed it whose key is among `keys` (64 hexadecimal digits each).

    Nothing of the sheet is read before that. Raises Refused.
    """
    try:
        line = bytes.fromhex(signed.decode("ascii").strip())
    except ValueError:
        raise Refused("signature") from None
    if not any(signed_by(bytes.fromhex(key), _SIGNED_FOR + sheet, line) for key in keys):
        raise Refused("signature")
    try:
        return _read(json.loads(sheet))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused("sheet") from None


def steps(version: str) -> tuple[int, ...]:
    """To be compared: the higher one is newer. Raises ValueError for what is no version."""
    if not _VERSION.fullmatch(version):
        raise ValueError(version)
    return tuple(int(step) for step in version.split("."))


def is_name(name: str) -> bool:
    """May a file of an update be called so? Only below its own folder, and nothing hidden."""
    parts = PurePosixPath(name).parts
    return "/".join(parts) == name and 0 < len(parts) <= 4 and all(_PART.fullmatch(part) for part in parts)


def _read(told: Mapping[str, Any]) -> Contents:
    files = {name: Mark(str(one["sha256"]), int(one["size"])) for name, one in told["files"].items()}
    version = str(told["version"])
    steps(version)
    fits = 0 < len(files) <= MOST_FILES and sum(one.size for one in files.values()) <= LARGEST
    if not fits or not all(is_name(name) and one.size >= 0 for name, one in files.items()):
        raise ValueError(version)
    return Contents(version, files)
